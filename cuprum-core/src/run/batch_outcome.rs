//! What became of the commands of a batch.

use std::fmt;

use super::engine;
use crate::error::{Error, ErrorKind, Result};

/// What became of each command of a batch, in the order in which they were given.
#[derive(Debug)]
pub struct BatchOutcome<T> {
    slots: Vec<Slot<T>>,
}

/// What became of one command of a batch.
#[derive(Debug)]
pub enum Slot<T> {
    /// It ran, and this is what it gave.
    Done(T),
    /// It could not be started, it failed, or it was stopped because another one had failed: its kind is
    /// [`Cancelled`](ErrorKind::Cancelled) then.
    Failed(Error),
    /// It was not started, because another one had failed.
    NotStarted,
}

impl<T> Slot<T> {
    /// Returns what the command gave, if it was done.
    pub fn done(&self) -> Option<&T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Failed(_) | Self::NotStarted => None,
        }
    }

    /// Returns why the command failed, if it did.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Done(_) | Self::NotStarted => None,
        }
    }

    /// Returns why the command failed by value, if it did.
    pub fn into_error(self) -> Option<Error> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Done(_) | Self::NotStarted => None,
        }
    }

    /// Returns what the command gave by value, if it was done.
    pub fn into_done(self) -> Option<T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Failed(_) | Self::NotStarted => None,
        }
    }
}

impl<T> BatchOutcome<T> {
    pub(super) fn new(slots: Vec<Slot<T>>) -> Self {
        Self { slots }
    }

    /// Returns what became of each command, in the order in which they were given.
    pub fn slots(&self) -> &[Slot<T>] {
        &self.slots
    }

    /// Returns the slots by value.
    pub fn into_slots(self) -> Vec<Slot<T>> {
        self.slots
    }

    /// Returns the positions of the commands that failed, ascending; those that were stopped or not started
    /// because of them are not among them.
    pub fn failures(&self) -> impl Iterator<Item = usize> {
        let failed = |slot: &Slot<T>| slot.error().is_some_and(|error| error.kind() != ErrorKind::Cancelled);
        self.slots.iter().enumerate().filter(move |(_, slot)| failed(slot)).map(|(index, _)| index)
    }

    /// Returns the error of the first command, by position, that failed.
    pub fn first_failure(&self) -> Option<&Error> {
        let index = self.failures().next().or_else(|| self.slots.iter().position(|s| s.error().is_some()))?;
        self.slots.get(index)?.error()
    }

    /// Returns whether every command was done.
    pub fn success(&self) -> bool {
        self.slots.iter().all(|slot| slot.done().is_some())
    }

    /// Returns what each command gave, if every one was done.
    ///
    /// # Errors
    ///
    /// The [first failure](Self::first_failure), with the [others](Error::others).
    pub fn into_result(self) -> Result<Vec<T>> {
        if self.success() {
            return Ok(self.slots.into_iter().filter_map(Slot::into_done).collect());
        }
        let errors = self.slots.into_iter().filter_map(Slot::into_error);
        let (mut failures, mut stopped): (Vec<_>, Vec<_>) =
            errors.partition(|error| error.kind() != ErrorKind::Cancelled);
        match (failures.is_empty(), stopped.is_empty()) {
            (false, _) => Err(failures.remove(0).with_others(failures)),
            (true, false) => Err(stopped.remove(0)),
            (true, true) => Err(engine::lost("a command of the batch was not started")),
        }
    }
}

/// The numbers of the commands that ended so or so, in one line.
impl<T> fmt::Display for BatchOutcome<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = self.slots.iter().filter(|slot| slot.done().is_some()).count();
        let not_started = self.slots.iter().filter(|slot| matches!(slot, Slot::NotStarted)).count();
        let failed = self.failures().count();
        let stopped = self.slots.len() - done - not_started - failed;
        write!(f, "{done} done")?;
        for (count, what) in [(failed, "failed"), (stopped, "stopped"), (not_started, "not started")] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        Ok(())
    }
}
