//! Recorded runs: what real commands did, in a file, and how it is played back without them.
//!
//! In reading order: [`Cassette`] and `replay` (playing it back), `format` (the lines of the file), `read`
//! and [`CassetteError`], [`Recorder`] (making one), `tee` and `edge` (listening to a process, and
//! to what flows between two), `mask` (what is never
//! written), [`Tape`] (recording once, and passing the rest through).

mod edge;
mod format;
mod mask;
mod read;
mod record;
mod replay;
mod tape;
mod tee;

use std::ffi::OsString;
use std::path::PathBuf;

use crate::outcome::ExitStatus;

pub(super) use self::mask::Mask;
pub use self::read::CassetteError;
pub use self::record::Recorder;
pub use self::tape::Tape;

/// Runs that were recorded, in the order of their ends.
///
/// The file is text, one JSON object a line; `docs/cassettes.md` describes it. What was marked as a secret
/// when a run was recorded is not in it.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Git;
/// # #[derive(Command)]
/// # #[command(program = Git, subcommand = "rev-parse", output = String)]
/// # struct RevParse {
/// #     #[arg(positional, allow_hyphen)]
/// #     revision: String,
/// # }
/// use cuprum::Lab;
/// use cuprum::lab::cassette::Cassette;
/// use cuprum::prelude::*;
///
/// let recorded = r#"{"cassette":1}
/// {"run":{"argv":["git","rev-parse","HEAD"]}}
/// {"at":1800,"out":"1f0c6a1\n"}
/// {"at":2100,"exit":0}
/// "#;
/// let lab = Lab::replay(&Cassette::parse(recorded)?);
/// let head = lab.run(async { RevParse::new("HEAD").run().await })?;
/// assert_eq!(head, "1f0c6a1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cassette {
    path: Option<PathBuf>,
    runs: Vec<Recorded>,
}

/// One recorded run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// The name of the program's file, then the words.
    pub argv: Vec<OsString>,
    /// The working directory, if the command was given one.
    pub dir: Option<PathBuf>,
    /// The variables that were set or, where there is no value, removed.
    pub environment: Vec<(OsString, Option<OsString>)>,
    /// The library asked for a version here; a replay does not have to.
    pub asked: bool,
    /// Where it stands in the file, by the number of its first line.
    pub line: usize,
    pub(super) moments: Vec<(u64, Moment)>,
}

/// What happened in a recorded run, so many microseconds after its start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Stdout(Vec<u8>),
    Stderr(Vec<u8>),
    /// It was asked to end.
    Asked,
    Ended(ExitStatus),
    /// It was not started, with this error number.
    Refused(i32),
}

impl Cassette {
    /// Returns the runs, in the order of their ends.
    pub fn runs(&self) -> &[Recorded] {
        &self.runs
    }
}

impl Recorded {
    /// Returns how it ended; `None` if it was not started.
    pub fn status(&self) -> Option<ExitStatus> {
        self.moments.iter().find_map(|(_, moment)| match moment {
            Moment::Ended(status) => Some(*status),
            _ => None,
        })
    }

    /// Returns what it printed on standard output.
    pub fn stdout(&self) -> Vec<u8> {
        let chunks = self.moments.iter().filter_map(|(_, moment)| match moment {
            Moment::Stdout(bytes) => Some(bytes.as_slice()),
            _ => None,
        });
        chunks.collect::<Vec<_>>().concat()
    }

    /// Returns what it printed on standard error.
    pub fn stderr(&self) -> Vec<u8> {
        let chunks = self.moments.iter().filter_map(|(_, moment)| match moment {
            Moment::Stderr(bytes) => Some(bytes.as_slice()),
            _ => None,
        });
        chunks.collect::<Vec<_>>().concat()
    }
}
