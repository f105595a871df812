//! The code in which a context is current.

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::Rules;

thread_local! {
    /// The rules of the innermost scope of the code that runs on this thread right now.
    static CURRENT: RefCell<Option<Arc<Rules>>> = const { RefCell::new(None) };
}

impl Rules {
    /// Returns the rules of the innermost scope, or those of code without a context.
    pub(crate) fn current() -> Arc<Self> {
        // A thread that is ending has no current rules any more.
        let current = CURRENT.try_with(|current| current.borrow().clone()).ok().flatten();
        current.unwrap_or_else(Self::initial)
    }
}

/// Puts `rules` in force on this thread until the guard is dropped, also by a panic.
pub(super) fn enter(rules: Arc<Rules>) -> Entered {
    Entered { outer: replace(Some(rules)) }
}

pub(super) struct Entered {
    outer: Option<Arc<Rules>>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        replace(self.outer.take());
    }
}

fn replace(rules: Option<Arc<Rules>>) -> Option<Arc<Rules>> {
    CURRENT.try_with(|current| current.replace(rules)).ok().flatten()
}

/// A future during whose polls a context is current. Made by [`Cx::scope`](super::Cx::scope).
#[must_use = "futures do nothing unless they are awaited"]
pub struct Scope<F> {
    rules: Arc<Rules>,
    future: Pin<Box<F>>,
}

impl<F: Future> Scope<F> {
    pub(super) fn new(rules: Arc<Rules>, future: F) -> Self {
        Self { rules, future: Box::pin(future) }
    }
}

impl<F: Future> Future for Scope<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _entered = enter(Arc::clone(&self.rules));
        self.future.as_mut().poll(context)
    }
}

/// Carries the current context into a task.
///
/// A task that is spawned has no context, since it may outlive the scope that it was spawned in. This gives it
/// one, the context that is current where the method is called:
///
/// ```
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
/// use cuprum::unchecked;
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let lab = Lab::new().on_words(["sync"], Script::exit(0));
/// let task = lab.cx().scope(async {
///     tokio::spawn(async { unchecked::command("sync").run().await }.in_current_cx())
/// });
/// task.await.await.unwrap().unwrap();
/// lab.assert_ran(["sync"]);
/// # });
/// ```
///
/// A thread is given its context by [`scope_sync`](super::Cx::scope_sync):
///
/// ```
/// use cuprum::Cx;
///
/// let cx = Cx::current();
/// std::thread::spawn(move || cx.scope_sync(|| { /* as it was outside */ })).join().unwrap();
/// ```
pub trait InCurrentCx: Future + Sized {
    /// Makes the context that is current now current whenever the future is polled.
    fn in_current_cx(self) -> Scope<Self> {
        Scope::new(Rules::current(), self)
    }
}

impl<F: Future> InCurrentCx for F {}

impl<F> fmt::Debug for Scope<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("rules", &self.rules).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use crate::context::Cx;

    fn head() -> usize {
        Cx::current().rules().capture.head
    }

    fn keeping(head: usize) -> Cx {
        Cx::new().with_capture_limit(crate::context::CaptureLimit { head, tail: 0 })
    }

    #[tokio::test]
    async fn two_sides_of_a_join_keep_their_own_scopes() {
        async fn look() -> (usize, usize) {
            let first = head();
            tokio::task::yield_now().await;
            (first, head())
        }
        let (one, two) = tokio::join!(keeping(1).scope(look()), keeping(2).scope(look()));
        assert_eq!((one, two), ((1, 1), (2, 2)));
    }

    #[test]
    fn a_panic_in_a_scope_restores_the_outer_one() {
        keeping(1).scope_sync(|| {
            let inner = std::panic::catch_unwind(|| keeping(2).scope_sync(|| panic!("on purpose")));
            assert!(inner.is_err());
            assert_eq!(head(), 1);
        });
        assert_eq!(head(), 32 << 20);
    }

    #[tokio::test]
    async fn a_spawned_task_does_not_have_the_scope() {
        let seen = keeping(1).scope(async { tokio::spawn(async { head() }).await }).await;
        assert_eq!(seen.ok(), Some(32 << 20));
    }
}
