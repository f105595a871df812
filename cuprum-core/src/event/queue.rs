//! Events on their way to an observer that has a thread of its own.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::listener::{Delivered, Post};
use super::{Event, EventKind};

/// How much text of lines is held for each place of a queue, in bytes.
const TEXT: usize = 16 << 10;

/// How long the thread lets events gather when it has handed over those before.
///
/// To wake a thread costs more than to tell a whole run. While events come again and again, nobody wakes it.
const LULL: Duration = Duration::from_millis(5);

/// A bounded queue of events, and the thread that hands them over.
///
/// The thread begins with the first event. It ends when the queue is closed and what was in it is handed over.
pub(super) struct Queue {
    post: Post,
    places: usize,
    state: Mutex<State>,
    /// An event has come, or the queue was closed.
    filled: Condvar,
    /// An event was handed over.
    settled: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Event>,
    /// How much text the lines that wait have.
    text: usize,
    /// How many were put in, and how many of these the observer has had or never will have.
    put: u64,
    done: u64,
    started: bool,
    /// The thread waits until it is woken.
    idle: bool,
    closed: bool,
    /// Somebody waits until all are handed over.
    watched: usize,
}

impl Queue {
    pub(super) fn new(post: Post, places: usize) -> Arc<Self> {
        let (filled, settled) = (Condvar::new(), Condvar::new());
        Arc::new(Self { post, places: places.max(1), state: Mutex::default(), filled, settled })
    }

    /// Puts an event in if there is room for it.
    pub(super) fn put(self: &Arc<Self>, event: &Event) {
        let mut state = self.state();
        if !self.has_room(&state, event) || !self.started(&mut state) {
            drop(state);
            return self.post.drop_one();
        }
        state.text += text(event);
        state.waiting.push_back(event.clone());
        state.put += 1;
        let is_filling = state.waiting.len() == self.places.div_ceil(2);
        let wake = std::mem::take(&mut state.idle) || is_filling;
        drop(state);
        if wake {
            self.filled.notify_one();
        }
    }

    fn has_room(&self, state: &State, event: &Event) -> bool {
        let waiting = state.waiting.len();
        match text(event) {
            0 => waiting < self.places,
            text => {
                waiting < (self.places - self.places / 4)
                    && state.text.saturating_add(text) <= self.places.saturating_mul(TEXT)
            }
        }
    }

    /// Starts the thread unless it was; returns whether there is one.
    fn started(self: &Arc<Self>, state: &mut State) -> bool {
        if !state.started {
            let queue = Arc::clone(self);
            let thread = std::thread::Builder::new().name("cuprum-observer".to_owned());
            state.started = thread.spawn(move || queue.hand_over()).is_ok();
        }
        state.started
    }

    /// Hands over one event after the other, until the queue is closed and empty.
    fn hand_over(&self) {
        loop {
            let mut state = self.state();
            let event = loop {
                match state.waiting.pop_front() {
                    Some(event) => break event,
                    None if state.closed => return,
                    None => state = self.rest(state),
                }
            };
            state.text -= text(&event);
            drop(state);
            self.post.hand_over(&event);
            drop(event);
            let mut state = self.state();
            state.done += 1;
            let watched = state.watched > 0;
            drop(state);
            if watched {
                self.settled.notify_all();
            }
        }
    }

    /// Waits for events: first while they gather, then for the next one.
    fn rest<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let gathers = |state: &mut State| {
            !state.closed && state.watched == 0 && state.waiting.len() < self.places.div_ceil(2)
        };
        let lull = self.filled.wait_timeout_while(state, LULL, gathers);
        let (mut state, _) = lull.unwrap_or_else(PoisonError::into_inner);
        if state.waiting.is_empty() && !state.closed {
            state.idle = true;
            let waits = |state: &mut State| state.waiting.is_empty() && !state.closed;
            state = self.filled.wait_while(state, waits).unwrap_or_else(PoisonError::into_inner);
        }
        state
    }

    /// Waits until everything that is in the queue now is handed over, for `limit` at most.
    pub(super) fn flush(&self, limit: Duration) {
        let mut state = self.state();
        let until = state.put;
        state.watched += 1;
        self.filled.notify_one();
        let waited = self.settled.wait_timeout_while(state, limit, |state| state.done < until);
        waited.unwrap_or_else(PoisonError::into_inner).0.watched -= 1;
    }

    /// Lets the thread end when it has handed over what is in the queue.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.filled.notify_one();
    }

    pub(super) fn delivered(&self) -> Delivered {
        let state = self.state();
        let waiting = state.put - state.done;
        drop(state);
        Delivered { waiting, ..self.post.delivered() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that can panic happens while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns how much text an event holds.
fn text(event: &Event) -> usize {
    match &event.kind {
        EventKind::Lines(lines) => lines.text().len(),
        _ => 0,
    }
}
