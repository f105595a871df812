//! What has happened to what runs several commands.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Which attempt follows, and why the one before was not enough.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retried {
    /// The number of the attempt that follows; the first attempt of all is 1.
    pub attempt: u32,
    /// The pause before it.
    pub after: Duration,
    /// How the one before ended, in words.
    pub reason: Arc<str>,
}

/// What runs several commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Group {
    /// [`concurrent`](crate::concurrent)
    Batch,
    /// [`graph`](crate::graph)
    Graph,
    /// [`first_ok`](crate::first_ok)
    FirstOk,
    /// [`race`](crate::race)
    Race,
    /// [`race_ok`](crate::race_ok)
    RaceOk,
    /// [`hedge`](crate::hedge)
    Hedge,
    /// [`quorum`](crate::quorum)
    Quorum,
    /// `retry`
    Retry,
    /// [`nursery`](crate::nursery)
    Nursery,
}

impl Group {
    /// Returns it in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Batch => "batch",
            Self::Graph => "graph",
            Self::FirstOk => "first_ok",
            Self::Race => "race",
            Self::RaceOk => "race_ok",
            Self::Hedge => "hedge",
            Self::Quorum => "quorum",
            Self::Retry => "retry",
            Self::Nursery => "nursery",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is going to be run together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Opened {
    /// What runs it.
    pub group: Group,
    /// How many commands or pipelines there are; `None` if that is not known beforehand.
    pub commands: Option<usize>,
}

/// How far something has come that runs several.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progressed {
    /// The position of the one that has ended.
    pub position: usize,
    /// Whether it has failed.
    pub failed: bool,
    /// How many have ended.
    pub done: usize,
    /// How many there are, as far as it is known.
    pub of: Option<usize>,
}

/// How something ended that runs several.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Closed {
    /// What ran them.
    pub group: Group,
    /// How many have ended.
    pub done: usize,
    /// How many of these have failed.
    pub failed: usize,
    /// Whether the whole has failed; `None` if it was given up.
    pub success: Option<bool>,
    /// How long it took.
    pub duration: Duration,
}
