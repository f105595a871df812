//! What crosses crates, needs programs, or must not compile: the commands that its tests share.

mod fifo;
pub mod readers;
pub mod recorded;
pub mod scripted;
pub mod soak;
pub mod stress;

use std::ffi::{OsStr, OsString};
use std::path::Path;

use cuprum::{Command, IntoSafe as _, Program, SafeCmd};

pub use self::fifo::{Fifo, GENEROUS, Moment};
pub use self::recorded::Recorded;

/// The test program of this package.
#[derive(Debug, Program)]
#[program(name = "probe", separator = none)]
pub struct Probe;

/// A run of the test program with these words.
#[derive(Debug, Command)]
#[command(program = Probe, output = Vec<u8>)]
pub struct ProbeWords {
    /// The words.
    #[arg(positional, allow_hyphen)]
    words: Vec<OsString>,
}

/// Returns a run of the test program that lies at `exe`, found through the child's `PATH`.
pub fn probe<W: AsRef<OsStr>>(exe: &str, words: impl IntoIterator<Item = W>) -> SafeCmd<Vec<u8>, Probe> {
    let words = words.into_iter().map(|word| word.as_ref().to_owned());
    let dir = Path::new(exe).parent().unwrap_or(Path::new("/"));
    ProbeWords::new().extend_words(words).env("PATH", dir)
}

/// The programs of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The programs of the guide compile and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide.md")]
pub struct Guide;

/// The programs of the page on security compile and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/security.md")]
pub struct Security;

/// The programs of the page on cassettes compile.
#[cfg(doctest)]
#[doc = include_str!("../../docs/cassettes.md")]
pub struct Cassettes;
