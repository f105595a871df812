//! Which failures of a command may pass: what [`retry`](super::retry) is told, as functions.
//!
//! A function of one's own is told as easily, and combines these by `||` and `&&`.

use std::sync::Arc;

use memchr::memmem::Finder;

use crate::error::{Error, ErrorKind};

/// Returns whether a failure is an exit with one of these codes.
pub fn exit_code(
    codes: impl IntoIterator<Item = i32>,
) -> impl Fn(&Error) -> bool + Clone + Send + Sync + 'static {
    let codes: Arc<[i32]> = codes.into_iter().collect();
    move |error| {
        let code = error.outcome().and_then(|outcome| outcome.status().code());
        error.kind() == ErrorKind::Exit && code.is_some_and(|code| codes.contains(&code))
    }
}

/// Returns whether a command has failed and what was kept of its standard error has this text in it.
pub fn stderr_has(text: impl AsRef<[u8]>) -> impl Fn(&Error) -> bool + Clone + Send + Sync + 'static {
    let text = Arc::new(Finder::new(text.as_ref()).into_owned());
    move |error| error.outcome().is_some_and(|outcome| text.find(outcome.stderr().bytes()).is_some())
}

/// Returns whether a failure is of one of these kinds: a [timeout](ErrorKind::Timeout) of the command's own, or
/// a [program that cannot be started](ErrorKind::Spawn), for example.
pub fn kind(
    kinds: impl IntoIterator<Item = ErrorKind>,
) -> impl Fn(&Error) -> bool + Clone + Send + Sync + 'static {
    let kinds: Arc<[ErrorKind]> = kinds.into_iter().collect();
    move |error| kinds.contains(&error.kind())
}
