//! Panics of code that a run calls, turned into errors, so that they take nothing from other runs.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::{Cause, Error, ErrorKind, Result};
use crate::outcome::panic_text;

/// A future whose panic is its error. What it held is dropped with it.
pub(super) struct Contained<T> {
    work: Option<Pin<Box<dyn Future<Output = Result<T>> + Send>>>,
    line: String,
}

impl<T> Contained<T> {
    pub(super) fn new(line: String, work: impl Future<Output = Result<T>> + Send + 'static) -> Self {
        Self { work: Some(Box::pin(work)), line }
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
                Poll::Ready(Err(panicked(std::mem::take(&mut self.line), &*panic)))
            }
        }
    }
}

/// Calls a function whose panic becomes an error.
pub(super) fn contained<T>(line: &str, call: impl FnOnce() -> Result<T>) -> Result<T> {
    let called = catch_unwind(AssertUnwindSafe(call));
    called.unwrap_or_else(|panic| Err(panicked(line.to_owned(), &*panic)))
}

fn panicked(line: String, panic: &(dyn Any + Send)) -> Error {
    Error::new(
        ErrorKind::Panicked,
        "",
        line,
        panic_text(panic).map_or(Cause::None, |text| Cause::Text(text.to_owned())),
    )
}
