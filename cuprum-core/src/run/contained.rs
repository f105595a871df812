//! Panics of code that a run calls, turned into errors, so that they take nothing from other runs.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::outcome::{Mask, panic_text};
use crate::spec::Stages;

/// What is shown of commands for which code of others is called, and their secrets, of which nothing is.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    pub(super) line: String,
    mask: Mask,
}

impl Shown {
    /// Takes the text for several commands, and their secrets.
    pub(super) fn all<'a>(line: String, commands: impl IntoIterator<Item = &'a Stages>) -> Self {
        Self { line, mask: Mask::new(commands.into_iter().flat_map(Stages::secret_bytes)) }
    }

    /// Hides the secrets of the context, too.
    pub(super) fn under(self, rules: &Rules) -> Self {
        Self { mask: self.mask.and(Mask::new(rules.environment.secret_bytes())), ..self }
    }
}

impl From<&Stages> for Shown {
    fn from(stages: &Stages) -> Self {
        Self::all(stages.to_string(), [stages])
    }
}

/// A text for code of the caller, which has no secrets of its own.
impl From<&str> for Shown {
    fn from(line: &str) -> Self {
        Self { line: line.to_owned(), mask: Mask::default() }
    }
}

/// A future whose panic is its error. What it held is dropped with it.
pub(super) struct Contained<T> {
    work: Option<Pin<Box<dyn Future<Output = Result<T>> + Send>>>,
    shown: Shown,
}

impl<T> Contained<T> {
    pub(super) fn new(shown: Shown, work: impl Future<Output = Result<T>> + Send + 'static) -> Self {
        Self { work: Some(Box::pin(work)), shown }
    }
}

impl<T> Future for Contained<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let Some(mut work) = self.work.take() else { return Poll::Pending };
        // What has panicked is not looked at again: it is dropped.
        match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(Poll::Pending) => {
                self.work = Some(work);
                Poll::Pending
            }
            Ok(Poll::Ready(result)) => Poll::Ready(result),
            Err(panic) => {
                // The destructors of what panicked may panic, too.
                let _ = catch_unwind(AssertUnwindSafe(|| drop(work)));
                Poll::Ready(Err(panicked(std::mem::take(&mut self.shown), &*panic)))
            }
        }
    }
}

/// Calls a function whose panic becomes an error.
pub(super) fn contained<T>(shown: &Shown, call: impl FnOnce() -> Result<T>) -> Result<T> {
    let called = catch_unwind(AssertUnwindSafe(call));
    called.unwrap_or_else(|panic| Err(panicked(shown.clone(), &*panic)))
}

fn panicked(Shown { line, mask }: Shown, panic: &(dyn Any + Send)) -> Error {
    let cause = panic_text(panic).map_or(Cause::None, |text| Cause::Text(text.to_owned()));
    Error::new(ErrorKind::Panicked, "", line, cause).with_mask(mask)
}
