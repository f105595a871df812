//! Cuprum runs local commands as typed values.
//!
//! A [`Program`] names an executable, a [`Command`] is a struct whose fields are its arguments, and a
//! context ([`Cx`]) says what may run and how. The verbs of [`Run`] return the typed output, the text,
//! the lines while they come, or all that is known: the [`Outcome`]. What goes wrong is one [`Error`],
//! whose [`kind`](Error::kind) tells a missing program from a missing directory or a timeout.
//!
//! ```
//! use std::time::Duration;
//!
//! use cuprum::lab::{Lab, Script};
//! use cuprum::prelude::*;
//! use cuprum::{Command, Program};
//!
//! /// The program, and how its command lines are written.
//! #[derive(Program)]
//! #[program(name = "grep", separator = "--", ok(0, 1))]
//! struct Grep;
//!
//! /// Counts the lines that match.
//! #[derive(Command)]
//! #[command(program = Grep, tier = read, output = String)]
//! struct Count {
//!     count: bool,
//!     ignore_case: bool,
//!     #[arg(positional)]
//!     pattern: String,
//!     #[arg(positional)]
//!     files: Vec<String>,
//! }
//!
//! let count = Count::new("-x").count().files("notes.txt");
//! assert_eq!(count.argv()?, ["--count", "--", "-x", "notes.txt"]);
//!
//! // In a test, a lab stands in for the system. Without one, this would run grep.
//! let lab = Lab::new().on::<Count>(Script::stdout("3\n"));
//! let matches = lab.cx().run(count.timeout(Duration::from_secs(5))).wait()?;
//! assert_eq!(matches, "3");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to look
//!
//! | you want to | see |
//! | --- | --- |
//! | describe programs and commands | [`derive(Program)`](derive@Program), [`derive(Command)`](derive@Command), [`spec`] |
//! | run a command | [`Run`], and `.await` or [`wait`](Running::wait) on what it returns |
//! | set a directory, variables, limits | [`IntoSafe`], whose methods every command has |
//! | write one line of a program you have listed | [`cmd!`], [`Program::cmd`] |
//! | say what may run | [`allowlist!`], [`Cx::narrow`] |
//! | see what would happen | [`Run::plan`] |
//! | test without processes | [`lab`] |
//! | run something that has no type | [`unchecked`] |
//!
//! No shell is ever involved: a word is given to the program as it is.
//!
//! # Features
//!
//! `derive`, on by default: the derives, `cmd!` and `allowlist!`.

// The derives write paths that begin with `::cuprum`, also for the commands of this crate's tests.
#[cfg(all(test, feature = "derive"))]
extern crate self as cuprum;

pub mod backend;
pub mod context;
mod error;
pub mod lab;
pub mod outcome;
pub mod plan;
pub mod prelude;
pub mod run;
pub mod spec;
pub mod stream;

pub use crate::context::Cx;
pub use crate::error::{Error, ErrorKind, Result};
pub use crate::lab::Lab;
pub use crate::outcome::{ExitStatus, Outcome};
pub use crate::run::{Follow, Run, Running};
pub use crate::spec::{ArgValue, Args, Command, IntoSafe, Program, SafeCmd, Subcommand, Tier};
pub use crate::spec::{concurrent, graph, unchecked};
#[cfg(feature = "derive")]
#[doc(hidden)]
pub use cuprum_macros::__cmd;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use cuprum_macros::{ArgValue, Args, Command, Program, Subcommand, allowlist};
