//! Functions that are called before and after a command, of a context and of the command itself.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::Invocation;
use crate::outcome::Outcome;

/// Says that a command must not run, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(Arc<str>);

impl Refusal {
    /// Refuses for this reason, which the caller reads in the error.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into().into())
    }

    /// Returns the reason.
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Refusal {
    fn from(reason: &str) -> Self {
        Self(reason.into())
    }
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self(reason.into())
    }
}

/// How a command ended, as an after hook sees it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Finish<'a> {
    /// The process ran and is gone; it may have failed, or may have been stopped.
    ///
    /// Of a run that was dropped, what it printed is not known any more.
    Ran(&'a Outcome),
    /// There is no outcome: it was refused, could not be started, or was lost sight of.
    NotRun(&'a NotRun),
}

impl<'a> Finish<'a> {
    /// Returns the outcome, if there is one.
    pub fn outcome(self) -> Option<&'a Outcome> {
        match self {
            Self::Ran(outcome) => Some(outcome),
            Self::NotRun(_) => None,
        }
    }
}

/// Why a command has no outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotRun {
    /// The [kind](crate::ErrorKind::name) of the error, `refused` for example; `stage` if it is another stage of
    /// its pipeline that was not started, `dropped` if the run was given up before.
    pub error: &'static str,
    /// The error in words.
    pub reason: Arc<str>,
}

/// What an asynchronous after hook does; `Box::pin(async move { … })` makes it.
pub type HookFuture<'a, T = ()> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

type Ask = dyn Fn(&Invocation) -> Result<(), Refusal> + Send + Sync;
type AskAsync = dyn Fn(Arc<Invocation>) -> HookFuture<'static, Result<(), Refusal>> + Send + Sync;
type Tell = dyn Fn(&Invocation, Finish<'_>) + Send + Sync;
type TellAsync = dyn for<'a> Fn(&'a Invocation, Finish<'a>) -> HookFuture<'a> + Send + Sync;

/// A function that is called before a command starts.
#[derive(Clone)]
pub(crate) enum BeforeHook {
    Sync(Arc<Ask>),
    Async(Arc<AskAsync>),
}

/// A function that is called after a command has ended.
#[derive(Clone)]
pub(crate) enum AfterHook {
    Sync(Arc<Tell>),
    Async(Arc<TellAsync>),
}

impl BeforeHook {
    pub(crate) fn sync(hook: impl Fn(&Invocation) -> Result<(), Refusal> + Send + Sync + 'static) -> Self {
        Self::Sync(Arc::new(hook))
    }

    pub(crate) fn asynchronous<F>(hook: impl Fn(Arc<Invocation>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        Self::Async(Arc::new(move |invocation| Box::pin(hook(invocation))))
    }
}

impl AfterHook {
    pub(crate) fn sync(hook: impl Fn(&Invocation, Finish<'_>) + Send + Sync + 'static) -> Self {
        Self::Sync(Arc::new(hook))
    }

    pub(crate) fn asynchronous(
        hook: impl for<'a> Fn(&'a Invocation, Finish<'a>) -> HookFuture<'a> + Send + Sync + 'static,
    ) -> Self {
        Self::Async(Arc::new(hook))
    }
}

impl fmt::Debug for BeforeHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BeforeHook")
    }
}

impl fmt::Debug for AfterHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AfterHook")
    }
}

/// What a command itself carries: its hooks and its tags.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attached {
    pub(crate) before: Vec<BeforeHook>,
    pub(crate) after: Vec<AfterHook>,
    pub(crate) tags: super::Tags,
}

impl Attached {
    pub(crate) fn has_hooks(&self) -> bool {
        !self.before.is_empty() || !self.after.is_empty()
    }
}
