//! Runs futures of a lab on one thread, in an order that a seed decides, and lets the time go on between.

use std::cell::RefCell;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

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

/// The tasks that were woken, by number. The first one is the future that is run.
type Ready = Arc<Mutex<Vec<usize>>>;

struct Task {
    number: usize,
    ready: Ready,
    queued: AtomicBool,
}

impl Task {
    fn new(number: usize, ready: &Ready) -> Arc<Self> {
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
            self.ready.lock().unwrap_or_else(PoisonError::into_inner).push(self.number);
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
    /// Once in so many times that it waits; chance decides.
    OneIn(u32),
}

enum Turn {
    Task(usize),
    /// It went on by one event.
    Machine,
    /// Nothing is ready, and nothing will come.
    Nobody,
}

/// Work that goes on beside the future, with what wakes it; none when it is done.
type Beside = Option<(Detached, Arc<Task>)>;

pub(super) struct Executor<'a> {
    lab: &'a Lab,
    ready: Ready,
    beside: Vec<Beside>,
    _running: Running,
}

impl<'a> Executor<'a> {
    pub(super) fn new(lab: &'a Lab) -> Self {
        let ready = Ready::default();
        Self { lab, ready, beside: Vec::new(), _running: Running::enter(lab) }
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
        let cuts = match cut {
            Cut::Never => false,
            Cut::At(at) => at == waited,
            Cut::OneIn(times) => world.kernel.chance.as_mut().is_some_and(|chance| chance.one_in(times)),
        };
        if cuts {
            world.kernel.note(0, What::Cancelled);
        }
        cuts
    }

    /// Chooses whose turn it is; if it is the machine's, lets it go on.
    fn turn(&mut self) -> Turn {
        self.take_detached();
        let mut world = self.lab.world();
        let is_due = world.kernel.is_due();
        let task = {
            let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = match &mut world.kernel.chance {
                Some(chance) => choose(chance, ready.len(), is_due),
                None => (!ready.is_empty()).then_some(0),
            };
            turn.map(|turn| ready.remove(turn))
        };
        match task {
            Some(number) => Turn::Task(number),
            None if world.kernel.go_on() => Turn::Machine,
            None => Turn::Nobody,
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

/// Chooses one of the tasks that are ready, or the machine, if something is due there.
fn choose(chance: &mut Chance, ready: usize, is_due: bool) -> Option<usize> {
    let turn = chance.below(ready + usize::from(is_due));
    (turn < ready).then_some(turn)
}
