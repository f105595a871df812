//! A few threads that start processes, for when several are to be started at once.
//!
//! A thread that starts a process sleeps until the process executes its program. On a runtime's thread that
//! holds up everything else it does, and starts one process after the other while other cores are idle. But
//! handing a start over and hearing of it costs two wakes, so a process that is started alone is started
//! where it is asked for.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use tokio::sync::oneshot;

use super::PerProcess;
use super::process::OsProcess;
use super::request::Fault;
use super::spawn::Order;
use super::streams::ChildEnds;

/// More threads than this take the processor from what was started.
const MOST_THREADS: usize = 4;

/// What came of an order; a failed one gives the child's ends back.
pub(super) type Started = Result<io::Result<OsProcess>, (Fault, ChildEnds)>;

/// How many starts are asked for and not done.
static PENDING: AtomicUsize = AtomicUsize::new(0);

/// Starts a process here if it is the only one that is asked for, and on one of the threads otherwise, or if
/// it is said so.
pub(super) async fn start(order: Order, always: bool) -> Started {
    let _pending = Pending::new();
    if !always && is_alone().await {
        return order.carry_out();
    }
    let (reply, started) = oneshot::channel();
    if let Some(order) = hand_over(order, reply) {
        return order.carry_out();
    }
    started.await.unwrap_or_else(|_| Ok(Err(io::Error::other("the thread that starts processes panicked"))))
}

/// Counts a start as long as it lives.
struct Pending;

impl Pending {
    fn new() -> Self {
        PENDING.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        PENDING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Returns whether no other start is asked for.
///
/// While other processes run, tasks of this thread that are ready may be about to start more: they get one
/// turn to say so.
async fn is_alone() -> bool {
    if OsProcess::alive() > 0 {
        let mut turns = 1;
        poll_fn(|context| {
            if turns == 0 || PENDING.load(Ordering::Relaxed) > 1 {
                return Poll::Ready(());
            }
            turns -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
    PENDING.load(Ordering::Relaxed) == 1
}

/// An order, and where to tell what came of it.
type Entry = (Order, oneshot::Sender<Started>);

#[derive(Default)]
struct Queue {
    entries: Mutex<VecDeque<Entry>>,
    filled: Condvar,
}

impl Queue {
    fn entries(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        // Nothing panics while it is held.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the order to the threads, which are started on first use; gives it back if there are none.
fn hand_over(order: Order, reply: oneshot::Sender<Started>) -> Option<Order> {
    static QUEUE: PerProcess<&'static Queue> = PerProcess::new();
    let Ok(queue) = QUEUE.get_or_try_make(|| start_threads().ok_or(())) else { return Some(order) };
    queue.entries().push_back((order, reply));
    queue.filled.notify_one();
    None
}

/// Starts the threads; one is enough to go on with.
fn start_threads() -> Option<&'static Queue> {
    let queue: &'static Queue = Box::leak(Box::default());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let start =
        |_: &usize| std::thread::Builder::new().name("cuprum-spawn".to_owned()).spawn(|| work(queue)).is_ok();
    let started = (0..cores.min(MOST_THREADS)).filter(start).count();
    (started > 0).then_some(queue)
}

fn work(queue: &Queue) {
    loop {
        let mut entries = queue.entries();
        let (order, reply) = loop {
            match entries.pop_front() {
                Some(entry) => break entry,
                None => entries = queue.filled.wait(entries).unwrap_or_else(PoisonError::into_inner),
            }
        };
        drop(entries);
        // A process that nobody waits for any more is ended by being dropped.
        if !reply.is_closed() {
            let _ = reply.send(order.carry_out());
        }
    }
}
