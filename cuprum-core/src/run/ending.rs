//! The four ways in which a run ends, and what became of several that were to give one result.

use std::fmt;

use super::engine;
use crate::error::{Error, ErrorKind, Result};
use crate::outcome::{CancelKind, Cancellation};

/// How a run ended: as it should, with a failure, by a cancellation, or by a panic of code that it called.
///
/// The order of the [severities](Severity) is that of the variants, and a group is as bad as its worst member.
/// Nothing is lost on the way from a [`Result`] and back.
#[derive(Clone, Debug)]
pub enum Ending<T> {
    /// It ran, and this is what it gave.
    Done(T),
    /// It could not be started, or it failed; a limit of its own that was reached is a failure, too.
    Failed(Error),
    /// It was [cancelled](ErrorKind::Cancelled), and [`Error::cancellation`] says why.
    Cancelled(Error),
    /// Code that was called [panicked](ErrorKind::Panicked): a reader of the output, or a function that was
    /// given.
    Panicked(Error),
}

/// How bad an [`Ending`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// As it should be.
    Done,
    /// A failure.
    Failed,
    /// A cancellation.
    Cancelled,
    /// A panic.
    Panicked,
}

impl<T> Ending<T> {
    /// Returns how bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Done(_) => Severity::Done,
            Self::Failed(_) => Severity::Failed,
            Self::Cancelled(_) => Severity::Cancelled,
            Self::Panicked(_) => Severity::Panicked,
        }
    }

    /// Returns what it gave, if it was done.
    pub fn done(&self) -> Option<&T> {
        match self {
            Self::Done(value) => Some(value),
            _ => None,
        }
    }

    /// Returns why it was not done.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Done(_) => None,
            Self::Failed(error) | Self::Cancelled(error) | Self::Panicked(error) => Some(error),
        }
    }

    /// Returns whether it was stopped because of what became of another one.
    fn is_consequence(&self) -> bool {
        let kind = self.error().and_then(Error::cancellation).map(Cancellation::kind);
        matches!(kind, Some(CancelKind::RaceLost | CancelKind::FailFast))
    }

    /// Returns it as a result.
    ///
    /// # Errors
    ///
    /// Why it was not done.
    pub fn into_result(self) -> Result<T> {
        match self {
            Self::Done(value) => Ok(value),
            Self::Failed(error) | Self::Cancelled(error) | Self::Panicked(error) => Err(error),
        }
    }
}

impl<T> From<Result<T>> for Ending<T> {
    fn from(result: Result<T>) -> Self {
        match result {
            Ok(value) => Self::Done(value),
            Err(error) => match error.kind() {
                ErrorKind::Cancelled => Self::Cancelled(error),
                ErrorKind::Panicked => Self::Panicked(error),
                _ => Self::Failed(error),
            },
        }
    }
}

/// What became of each command that was started for one result, in the order in which they were given; where one
/// is run again, of each attempt.
#[derive(Clone, Debug)]
pub struct Settled<T> {
    endings: Vec<Ending<T>>,
    /// Which of them gives the result, or its error.
    decisive: Option<usize>,
}

impl<T> Settled<T> {
    pub(super) fn new(endings: Vec<Ending<T>>, decisive: Option<usize>) -> Self {
        Self { endings, decisive }
    }

    /// Returns what became of each.
    pub fn endings(&self) -> &[Ending<T>] {
        &self.endings
    }

    /// Returns them by value.
    pub fn into_endings(self) -> Vec<Ending<T>> {
        self.endings
    }

    /// Returns the position of the one that gave the result; `None` if none did.
    ///
    /// The winner of a [`race`](crate::race) may have failed.
    pub fn winner(&self) -> Option<usize> {
        self.decisive
    }

    /// Returns the value of the one that gave the result.
    ///
    /// # Errors
    ///
    /// The winner's error; without a winner, the worst of all, of several the first. What else failed is with
    /// it, in [`Error::others`].
    pub fn into_result(mut self) -> Result<T> {
        if let Some(decisive) = self.decisive.filter(|decisive| *decisive < self.endings.len()) {
            return self.endings.swap_remove(decisive).into_result();
        }
        // What was stopped because of others stands for them only where there is nothing else.
        let rank = |ending: &Ending<T>| (!ending.is_consequence(), ending.severity());
        let worst = self.endings.iter().map(rank).max();
        let worst = self.endings.iter().position(|ending| Some(rank(ending)) == worst);
        Err(self.into_error(worst.unwrap_or(0)))
    }

    /// Returns the value of the one that gave the result, or the error of the last, with the others.
    pub(super) fn into_last_result(self) -> Result<T> {
        match self.endings.len() {
            last @ 1.. if self.decisive.is_none() => Err(self.into_error(last - 1)),
            _ => self.into_result(),
        }
    }

    /// Returns the values of all that were done, if there are so many, or the error of the worst.
    pub(super) fn into_results(self, needed: usize) -> Result<Vec<T>> {
        let done = self.endings.iter().filter(|ending| ending.done().is_some()).count();
        if done < needed {
            return match (Self { decisive: None, ..self }).into_result() {
                Ok(_) => Err(engine::lost("too few commands were started")),
                Err(error) if error.hint().is_none() => {
                    Err(error.with_hint(Some(format!("{needed} were to succeed, and {done} did"))))
                }
                Err(error) => Err(error),
            };
        }
        Ok(self.endings.into_iter().filter_map(|ending| ending.into_result().ok()).collect())
    }

    /// Returns the error at this position, with all others that are no consequence of something else.
    fn into_error(mut self, index: usize) -> Error {
        if index >= self.endings.len() {
            return engine::lost("no command was started");
        }
        let own = self.endings.remove(index);
        let others = self.endings.into_iter().filter(|ending| !ending.is_consequence());
        let others = others.filter_map(|ending| ending.into_result().err()).collect();
        match own.into_result() {
            Ok(_) => engine::lost("no command gave the result"),
            Err(error) => error.with_others(others),
        }
    }
}

/// How many ended so or so, in one line.
impl<T> fmt::Display for Settled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = [
            (Severity::Done, "done"),
            (Severity::Failed, "failed"),
            (Severity::Cancelled, "cancelled"),
            (Severity::Panicked, "panicked"),
        ];
        let mut separator = "";
        for (severity, word) in all {
            let count = self.endings.iter().filter(|ending| ending.severity() == severity).count();
            if count > 0 || (severity == Severity::Done && self.endings.is_empty()) {
                write!(f, "{separator}{count} {word}")?;
                separator = ", ";
            }
        }
        Ok(())
    }
}
