//! Futures that are waited for together; only those that were woken are polled.

use std::collections::VecDeque;
#[cfg(test)]
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// Futures of one type, each of which has a number.
///
/// Waiting for the next of a thousand must not poll a thousand, so each has a waker of its own, which puts its
/// number in a queue.
pub(super) struct Set<F> {
    slots: Vec<Slot<F>>,
    left: usize,
    woken: Arc<Woken>,
}

struct Slot<F> {
    future: Option<Pin<Box<F>>>,
    bell: Arc<Bell>,
}

/// The numbers of the futures that were woken, and who is to be told.
#[derive(Default)]
struct Woken(Mutex<(VecDeque<usize>, Option<Waker>)>);

/// What one future wakes.
struct Bell {
    number: usize,
    /// Its number is in the queue already.
    queued: AtomicBool,
    woken: Arc<Woken>,
}

impl Woken {
    fn lock(&self) -> MutexGuard<'_, (VecDeque<usize>, Option<Waker>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, number: usize) {
        let mut woken = self.lock();
        woken.0.push_back(number);
        let waker = woken.1.take();
        drop(woken);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Takes the next number; without one, `waker` is told when there is one.
    fn pop(&self, waker: &Waker) -> Option<usize> {
        let mut woken = self.lock();
        let number = woken.0.pop_front();
        if number.is_none() {
            woken.1 = Some(waker.clone());
        }
        number
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, Ordering::AcqRel) {
            self.woken.push(self.number);
        }
    }
}

impl<F: Future> Set<F> {
    pub(super) fn new() -> Self {
        Self { slots: Vec::new(), left: 0, woken: Arc::default() }
    }

    /// Adds a future; the first has the number 0, and each one more than the one before.
    pub(super) fn push(&mut self, future: F) {
        let number = self.slots.len();
        let bell = Arc::new(Bell { number, queued: AtomicBool::new(true), woken: Arc::clone(&self.woken) });
        self.slots.push(Slot { future: Some(Box::pin(future)), bell });
        self.woken.push(number);
        self.left += 1;
    }

    /// Returns how many are still waited for.
    pub(super) fn len(&self) -> usize {
        self.left
    }

    /// Waits for the next one to end; returns its number and its output, or `None` if there is none left.
    #[cfg(test)]
    pub(super) async fn next(&mut self) -> Option<(usize, F::Output)> {
        poll_fn(|context| self.poll_next(context)).await
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<(usize, F::Output)>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        while let Some(number) = self.woken.pop(context.waker()) {
            let Some(Slot { future: slot, bell }) = self.slots.get_mut(number) else { continue };
            let Some(future) = slot else { continue };
            // From here on it may be woken again.
            bell.queued.store(false, Ordering::Release);
            let waker = Waker::from(Arc::clone(bell));
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                *slot = None;
                self.left -= 1;
                return Poll::Ready(Some((number, output)));
            }
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::Set;

    #[tokio::test]
    async fn those_that_end_first_come_first() {
        let mut set = Set::new();
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..3).map(|_| oneshot::channel()).unzip();
        receivers.into_iter().for_each(|receiver| set.push(receiver));
        for (number, sender) in senders.into_iter().enumerate().rev() {
            sender.send(number * 10).unwrap();
            assert_eq!(set.next().await, Some((number, Ok(number * 10))));
            assert_eq!(set.len(), number);
        }
        assert_eq!(set.next().await, None);
    }

    #[tokio::test]
    async fn one_that_was_not_woken_is_not_polled() {
        let polls = std::cell::Cell::new(0);
        let never = std::future::poll_fn(|_| {
            polls.set(polls.get() + 1);
            std::task::Poll::<()>::Pending
        });
        let mut set = Set::new();
        set.push(Box::pin(never) as std::pin::Pin<Box<dyn Future<Output = ()>>>);
        for _ in 0..3 {
            set.push(Box::pin(tokio::task::yield_now()));
            set.next().await;
        }
        assert_eq!(polls.get(), 1);
    }
}
