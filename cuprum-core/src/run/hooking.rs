//! Calls hooks, and keeps their panics from the run.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::Poll;

use crate::outcome::{Mask, panic_text};
use crate::spec::{AfterHook, BeforeHook, Finish, HookFuture, Invocation, Refusal};

type Panic = Box<dyn Any + Send>;

/// Why a hook has not let a command pass.
pub(super) enum Stopped {
    Refused(Refusal),
    /// It has panicked, and said this, if it has said something.
    Panicked(Option<String>),
}

/// Asks whether a command may run.
pub(super) async fn before(hook: &BeforeHook, invocation: &Arc<Invocation>) -> Result<(), Stopped> {
    let called = match hook {
        BeforeHook::Sync(hook) => catch(|| hook(invocation)),
        BeforeHook::Async(hook) => match catch(|| hook(Arc::clone(invocation))) {
            Ok(asked) => caught(asked).await,
            Err(panic) => Err(panic),
        },
    };
    match called {
        Ok(answer) => answer.map_err(Stopped::Refused),
        Err(panic) => Err(Stopped::Panicked(panic_text(&*panic).map(str::to_owned))),
    }
}

/// Says how a command ended. Where the hook panics, that is told without these secrets.
pub(super) async fn after(hook: &AfterHook, invocation: &Invocation, finish: Finish<'_>, mask: &Mask) {
    let called = match hook {
        AfterHook::Sync(hook) => catch(|| hook(invocation, finish)),
        AfterHook::Async(hook) => match catch(|| hook(invocation, finish)) {
            Ok(told) => caught(told).await,
            Err(panic) => Err(panic),
        },
    };
    if let Err(panic) = called {
        let (program, text) = (invocation.program(), mask.text(panic_text(&*panic).unwrap_or_default()));
        tracing::warn!(target: "cuprum::hook", program, panic = &*text, "an after hook has panicked");
    }
}

fn catch<T>(call: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(call))
}

/// Waits for a hook. What has panicked is not looked at again.
async fn caught<T>(future: HookFuture<'_, T>) -> Result<T, Panic> {
    let mut future = Some(future);
    poll_fn(|context| {
        let Some(hook) = &mut future else { return Poll::Pending };
        let polled = catch(|| hook.as_mut().poll(context));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(panic) => {
                // Its destructors may panic, too.
                let _ = catch(|| future = None);
                Poll::Ready(Err(panic))
            }
        }
    })
    .await
}
