//! Recorded runs: what real commands did, in a file, and how it is played back without them.
//!
//! A [`Tape`] records the first run of a test and plays it from then on:
//!
//! ```
//! use cuprum::lab::cassette::Tape;
//! use cuprum::prelude::*;
//! use cuprum::Program;
//!
//! #[derive(Program)]
//! struct Uname;
//!
//! let folder = std::env::temp_dir().join(format!("cuprum-{}", std::process::id()));
//! std::fs::create_dir_all(&folder)?;
//! let printed = [true, false].map(|is_first| {
//!     let tape = Tape::once(folder.join("uname.cassette")).unwrap();
//!     assert_eq!(tape.is_recording(), is_first);
//!     let printed = tape.cx().read(cmd!(Uname, "-s")).wait().unwrap();
//!     tape.finish().unwrap();
//!     printed
//! });
//! assert_eq!(printed[0], printed[1]);
//! # std::fs::remove_dir_all(folder)?;
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! [`Recorder`] and [`Cassette`] are its two halves. The format of the file is described in `docs/cassettes.md`.

// In reading order: `Cassette` and `replay` (playing it back), `format` (the lines of the file), `read` and
// `CassetteError`, `Recorder` (making one), `tee` and `edge` (listening to a process, and to what flows between two),
// `mask` (what is never written), `Tape` (recording once, and passing the rest through).

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
