//! Runs futures of a lab on one thread, in an order that a seed decides, and lets the time go on between.

use std::cell::RefCell;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use tokio::runtime::{EnterGuard, Handle};

use super::Lab;
use super::chance::Chance;
use super::moment::What;
use crate::backend::Detached;

thread_local! {
    /// The labs whose executors run on this thread, the innermost last.
    static RUNNING: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Returns whether the executor of this lab runs on this thread.
pub(super) fn is_running(lab: &Lab) -> bool {
    RUNNING.try_with(|running| running.borrow().contains(&key(lab))).unwrap_or(false)
}

fn key(lab: &Lab) -> usize {
    Arc::as_ptr(lab.shared()).addr()
}

/// Marks this thread as one on which the executor of a lab runs.
struct Running;

impl Running {
    fn enter(lab: &Lab) -> Self {
        RUNNING.with(|running| running.borrow_mut().push(key(lab)));
        Self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.with(|running| running.borrow_mut().pop());
    }
}

/// How long, of the real clock, the executor waits for other threads when nothing else is left to do.
///
/// Those are the writers of sinks, which are real also in a lab, and whatever the future under test has.
const OTHERS: Duration = Duration::from_secs(2);

/// The tasks that were woken, by number. The first one is the future that is run.
#[derive(Default)]
struct Ready {
    tasks: Mutex<Vec<usize>>,
    woken: Condvar,
}

impl Ready {
    fn tasks(&self) -> MutexGuard<'_, Vec<usize>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until another thread wakes a task; returns whether one did.
    fn wait(&self) -> bool {
        let none = |tasks: &mut Vec<usize>| tasks.is_empty();
        let waited = self.woken.wait_timeout_while(self.tasks(), OTHERS, none);
        let (tasks, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !tasks.is_empty()
    }
}

struct Task {
    number: usize,
    ready: Arc<Ready>,
    queued: AtomicBool,
}

impl Task {
    fn new(number: usize, ready: &Arc<Ready>) -> Arc<Self> {
        let task = Arc::new(Self { number, ready: Arc::clone(ready), queued: AtomicBool::new(false) });
        task.wake_by_ref();
        task
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.queued.swap(true, Ordering::AcqRel) {
            self.ready.tasks().push(self.number);
            self.ready.woken.notify_one();
        }
    }
}

/// How the future that was run has ended.
pub(super) enum Ended<T> {
    Done(T),
    /// It was to be cut off, and has waited often enough.
    Cut,
    /// Nothing is left that could wake it.
    Stuck,
}

/// When the future is cut off.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cut {
    Never,
    /// When it waits for the so-manieth time, counted from 0.
    At(usize),
    /// Not at all: there, the lab's token is cancelled.
    TokenAt(usize),
    /// Once in so many times that it waits; chance decides.
    OneIn(u32),
}

enum Turn {
    Task(usize),
    /// It went on by one event, or another thread did something.
    Machine,
    /// Nothing is ready, and nothing will come.
    Nobody,
}

/// Work that goes on beside the future, with what wakes it; none when it is done.
type Beside = Option<(Detached, Arc<Task>)>;

pub(super) struct Executor<'a> {
    lab: &'a Lab,
    ready: Arc<Ready>,
    beside: Vec<Beside>,
    _running: Running,
    _runtime: Option<EnterGuard<'static>>,
}

impl<'a> Executor<'a> {
    pub(super) fn new(lab: &'a Lab) -> Self {
        let ready = Arc::new(Ready::default());
        let runtime = runtime().map(Handle::enter);
        Self { lab, ready, beside: Vec::new(), _running: Running::enter(lab), _runtime: runtime }
    }

    /// Polls the future, and all that is done beside it, until it ends; returns how often it has waited, too.
    pub(super) fn run<T>(
        &mut self,
        mut future: Pin<&mut dyn Future<Output = T>>,
        cut: Cut,
    ) -> (Ended<T>, usize) {
        let task = Task::new(0, &self.ready);
        let waker = Waker::from(Arc::clone(&task));
        let mut context = Context::from_waker(&waker);
        let mut waited = 0;
        loop {
            match self.turn() {
                Turn::Nobody => return (Ended::Stuck, waited),
                Turn::Machine => {}
                Turn::Task(0) => {
                    task.queued.store(false, Ordering::Release);
                    if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                        return (Ended::Done(value), waited);
                    }
                    if self.cuts(cut, waited) {
                        return (Ended::Cut, waited);
                    }
                    waited += 1;
                }
                Turn::Task(number) => self.poll_beside(number),
            }
        }
    }

    /// Lets what is done beside come to its end, and what is due now happen; returns whether it could.
    pub(super) fn settle(&mut self) -> bool {
        loop {
            self.take_detached();
            if self.beside.iter().all(Option::is_none) && !self.lab.world().kernel.is_due() {
                return true;
            }
            match self.turn() {
                // The future itself has ended.
                Turn::Task(0) | Turn::Machine => {}
                Turn::Task(number) => self.poll_beside(number),
                Turn::Nobody => return self.beside.iter().all(Option::is_none),
            }
        }
    }

    fn cuts(&self, cut: Cut, waited: usize) -> bool {
        let mut world = self.lab.world();
        let cancels = match cut {
            Cut::Never => false,
            Cut::At(at) | Cut::TokenAt(at) => at == waited,
            Cut::OneIn(times) => world.kernel.chance.as_mut().is_some_and(|chance| chance.one_in(times)),
        };
        if !cancels {
            return false;
        }
        world.kernel.note(0, What::Cancelled);
        let by_token = match cut {
            Cut::OneIn(_) => world.kernel.chance.as_mut().is_some_and(|chance| chance.one_in(2)),
            cut => matches!(cut, Cut::TokenAt(_)),
        };
        match world.token.clone().filter(|_| by_token) {
            Some(token) => {
                drop(world);
                token.cancel();
                false
            }
            None => true,
        }
    }

    /// Chooses whose turn it is; if it is the machine's, lets it go on.
    fn turn(&mut self) -> Turn {
        self.take_detached();
        let mut world = self.lab.world();
        let is_due = world.kernel.is_due();
        let task = {
            let mut ready = self.ready.tasks();
            let turn = match &mut world.kernel.chance {
                Some(chance) => choose(chance, ready.len(), is_due),
                None => (!ready.is_empty()).then_some(0),
            };
            turn.map(|turn| ready.remove(turn))
        };
        match task {
            Some(number) => Turn::Task(number),
            None if world.kernel.go_on() => Turn::Machine,
            None => {
                drop(world);
                if self.ready.wait() { Turn::Machine } else { Turn::Nobody }
            }
        }
    }

    fn take_detached(&mut self) {
        let detached = std::mem::take(&mut self.lab.world().detached);
        for work in detached {
            let task = Task::new(self.beside.len() + 1, &self.ready);
            self.beside.push(Some((work, task)));
        }
    }

    fn poll_beside(&mut self, number: usize) {
        let Some(beside) = self.beside.get_mut(number - 1) else { return };
        let Some((work, task)) = beside else { return };
        task.queued.store(false, Ordering::Release);
        let waker = Waker::from(Arc::clone(task));
        if work.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            *beside = None;
        }
    }
}

/// Returns the runtime for what is real in a lab: tasks and pauses of Tokio. It lives as long as the process.
fn runtime() -> Option<&'static Handle> {
    static HANDLE: OnceLock<Option<Handle>> = OnceLock::new();
    let start = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        let handle = runtime.handle().clone();
        let run = move || runtime.block_on(std::future::pending::<()>());
        std::thread::Builder::new().name("cuprum-lab".to_owned()).spawn(run).ok()?;
        Some(handle)
    };
    HANDLE.get_or_init(start).as_ref()
}

/// Chooses one of the tasks that are ready, or the machine, if something is due there.
fn choose(chance: &mut Chance, ready: usize, is_due: bool) -> Option<usize> {
    let turn = chance.below(ready + usize::from(is_due));
    (turn < ready).then_some(turn)
}
