//! The commands behind a reader of objects: a `git cat-file` that stays and is asked one by one.

use cuprum::spec::{FromOutput, OutputError};
use cuprum::{Args, Command, Outcome};

use crate::git::Git;

/// How a `git cat-file` that stays is asked; one of [`BatchCommand`] and [`Batch`].
pub trait Protocol: Sealed {}

/// Only the protocols of this file.
pub trait Sealed: Send + 'static {
    /// Whether each request says if contents are wanted.
    const HAS_VERBS: bool;
}

/// `--batch-command`: a request is for the facts or for the contents; since git 2.36.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchCommand;

/// `--batch`: every answer has the contents, which are read past where nobody wants them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch;

impl Protocol for BatchCommand {}
impl Protocol for Batch {}

impl Sealed for BatchCommand {
    const HAS_VERBS: bool = true;
}

impl Sealed for Batch {
    const HAS_VERBS: bool = false;
}

impl FromOutput for BatchCommand {
    fn from_output(_: &Outcome) -> Result<Self, OutputError> {
        Ok(Self)
    }
}

impl FromOutput for Batch {
    fn from_output(_: &Outcome) -> Result<Self, OutputError> {
        Ok(Self)
    }
}

/// How a [`GitObjects`] is asked.
#[derive(Clone, Copy, Debug, Args)]
pub enum Requests {
    /// By a verb and a name.
    #[arg(since = "2.36")]
    BatchCommand,
}

/// Answers for one object after the other, for [`Objects`](super::Objects) (git-cat-file(1),
/// `--batch-command`).
#[derive(Clone, Copy, Debug, Command)]
#[command(program = Git, subcommand = "cat-file", output = BatchCommand, tier = read)]
pub struct GitObjects {
    /// How it is asked.
    #[arg(flatten, required)]
    pub requests: Requests,
}

/// Makes a [`GitObjects`].
pub fn objects() -> GitObjects {
    GitObjects::new(Requests::BatchCommand)
}

/// The same for a git before 2.36 (git-cat-file(1), `--batch`).
#[derive(Clone, Copy, Debug, Command)]
#[command(program = Git, subcommand = "cat-file", fixed("--batch"), fn = objects_by_batch, output = Batch, tier = read)]
pub struct GitObjectsByBatch;
