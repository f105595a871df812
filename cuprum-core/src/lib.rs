//! Cuprum runs local commands as typed values.
//!
//! A [`Program`] names an executable, a [`Command`] is a struct whose fields are its arguments, and a
//! context ([`Cx`]) says what may run and how. The verbs of [`Run`] return the typed output, the text,
//! the lines while they come, a handle, or all that is known: the [`Outcome`]. What goes wrong is one [`Error`],
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
//! | say where input comes from and output goes | [`Stdin`](spec::Stdin), [`Stdio`](spec::Stdio), [`Capture`](spec::Capture), [`Sink`](spec::Sink) |
//! | follow a command while it runs | [`Follow`] |
//! | set a directory, variables, limits | [`IntoSafe`], whose methods every command has |
//! | signal, feed or watch a running command | [`Follow::spawn`], [`Child`] |
//! | write one line of a program you have listed | [`cmd!`], [`Program::cmd`] |
//! | join commands by pipes | `a \| b`, [`pipe!`], [`Pipeline`](spec::Pipeline) |
//! | run several at once | [`concurrent`] |
//! | run one after the other, as each ended | [`graph`] |
//! | start some on the way and leave none behind | [`nursery`] |
//! | release what was acquired, whatever happens between | [`bracket`] |
//! | take the result of one of several | [`first_ok`], [`race`], [`race_ok`], [`hedge`], [`quorum`] |
//! | say what may run | [`allowlist!`], [`context`], [`Catalogue`](context::Catalogue) |
//! | be told what runs, and be asked before | [`event`], [`Cx::with_observer`], [`Cx::with_before`] |
//! | log, count, trace or draw what runs | [`observe`] |
//! | see what would happen | [`Run::plan`] |
//! | test without processes | [`lab`] |
//! | run something that has no type | [`unchecked`] |
//!
//! No shell is ever involved: a word is given to the program as it is.
//!
//! # Features
//!
//! - `derive`, on by default: the derives, `cmd!` and `allowlist!`.
//! - `cassette`: recorded runs for the lab (`lab::cassette`).
//! - `digest`: programs pinned to the SHA-256 of their files (`Cx::with_digests`).
//! - `json`: `observe::JsonLines`, events as lines of JSON.
//! - `metrics`: `observe::Metrics`, through the facade of the crate metrics.
//! - `opentelemetry`: `observe::Spans`, and `TRACEPARENT` for the child.
//! - `rate-limit`: `cuprum::spec::RateLimit`, which limits how often commands start.
//! - `retry`: `cuprum::retry`, which runs a command again after a failure that may pass.
//! - `serde`: what others read, as JSON: the catalogue, events.
//! - `timeline`: `observe::Timeline`, a page to look at and a trace for Perfetto.
//! - `tower`: `cuprum::run::Tower`, which runs commands as a `tower::Service`.

// The derives write paths that begin with `::cuprum`, also for the commands of this crate's tests.
#[cfg(all(test, feature = "derive"))]
extern crate self as cuprum;

pub mod backend;
pub mod context;
mod error;
pub mod event;
pub mod lab;
pub mod observe;
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
#[cfg(feature = "retry")]
pub use crate::run::retry;
pub use crate::run::{Child, Follow, Run, Running, bracket, nursery};
pub use crate::spec::{ArgValue, Args, Command, IntoSafe, Program, SafeCmd, Subcommand, Tier};
pub use crate::spec::{concurrent, first_ok, graph, hedge, quorum, race, race_ok, unchecked};
#[cfg(feature = "derive")]
#[doc(hidden)]
pub use cuprum_macros::__cmd;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use cuprum_macros::{ArgValue, Args, Command, Program, Subcommand, allowlist};
