//! Cuprum runs local commands as typed values.
//!
//! You write down once what a program takes and what it prints; from then on the compiler checks how it is called, and
//! a run hands back a value instead of text.
//!
//! ```
//! use std::time::Duration;
//!
//! use cuprum::lab::{Lab, Script};
//! use cuprum::prelude::*;
//! use cuprum::{Command, Cx, ErrorKind, Program, pipe};
//!
//! /// A program, and how its command lines are written.
//! #[derive(Program)]
//! #[program(name = "grep", separator = "--", ok(0, 1))]
//! struct Grep;
//!
//! /// A command of it: its fields are the arguments.
//! #[derive(Command)]
//! #[command(program = Grep, tier = read, output = String)]
//! struct Search {
//!     count: bool,
//!     #[arg(positional)]
//!     pattern: String,
//!     #[arg(positional)]
//!     files: Vec<String>,
//! }
//!
//! /// A program for lines that are written once.
//! #[derive(Program)]
//! struct Sort;
//!
//! async fn report() -> cuprum::Result<String> {
//!     // A word of data is a word, whatever it holds, and no option.
//!     let count = Search::new("-x").count().files("notes.txt");
//!     assert_eq!(count.to_string(), "grep --count -- -x notes.txt");
//!
//!     // A verb runs it; adapters say what holds for this one.
//!     let count = count.timeout(Duration::from_secs(5)).run().await?;
//!     let sorted = pipe![cmd!(Grep, "-h TODO notes.txt"), cmd!(Sort, "-u")].read().await?;
//!     Ok(format!("{count}: {sorted}"))
//! }
//!
//! // In a test, a lab stands in for the system: no process is started, and no time passes.
//! let lab = Lab::new()
//!     .on::<Search>(Script::stdout("3\n"))
//!     .on_program::<Grep>(Script::stdout("b\na\n"))
//!     .on_program::<Sort>(Script::stdout("a\nb\n"));
//! assert_eq!(lab.run(report())?, "3: a\nb");
//!
//! // A context says what may run.
//! let cx: Cx = lab.cx().narrow_to([Sort::SPEC]);
//! assert_eq!(cx.run(Search::new("x")).wait().unwrap_err().kind(), ErrorKind::Forbidden);
//! # Ok::<(), cuprum::Error>(())
//! ```
//!
//! # The library on one screen
//!
//! | you want to | see |
//! | --- | --- |
//! | **describe** programs and commands | [`derive(Program)`](derive@Program), [`derive(Command)`](derive@Command), [`Args`](derive@Args), [`Subcommand`](derive@Subcommand), [`ArgValue`](derive@ArgValue) |
//! | write one line of a program | [`cmd!`], or word by word [`Program::cmd`] |
//! | run what has no type, such as words from a user | [`unchecked`] |
//! | **run**: typed output, text, bytes, code, all that is known | [`Run`], and `.await` or [`wait`](Running::wait) on what it returns |
//! | read lines while it runs; signal, feed or stop it | [`Follow`], [`Child`] |
//! | see what would happen | [`Run::plan`] |
//! | know what went wrong | [`Error`], its [`kind`](Error::kind), its [`outcome`](Error::outcome) |
//! | **set** a directory, variables, limits, streams | [`IntoSafe`], whose methods every command has |
//! | give input, keep or copy output | [`Stdin`](spec::Stdin), [`Stdio`](spec::Stdio), [`Capture`](spec::Capture), [`Sink`](spec::Sink) |
//! | keep a value out of every text | [`Secret`](spec::Secret) |
//! | **join** by pipes | `a \| b`, [`pipe!`] |
//! | run several: at once; one after the other, as each ended | [`concurrent`]; [`graph`] |
//! | take the result of one of several | [`first_ok`], [`race`], [`race_ok`], [`hedge`], [`quorum`] |
//! | start some on the way; release what was acquired | [`nursery`]; [`bracket`] |
//! | **permit** what may run | [`allowlist!`], [`Cx`], [`context`] |
//! | limit, cancel | [`Budget`](spec::Budget), [`CancelToken`](spec::CancelToken), [`Bulkhead`](spec::Bulkhead) |
//! | **watch**: be asked before, be told, log, count, draw | [`Cx::with_before`], [`event`], [`observe`] |
//! | **test** without processes | [`lab`] |
//!
//! # What always holds
//!
//! - No shell is ever involved: a word is given to the program as it is.
//! - Nothing starts until the future is awaited or waited for. With and without a runtime, both work.
//! - An exit code that is not accepted is an error, but for [`output`](Run::output) and [`code`](Run::code).
//! - Input is empty, output is captured: the first and last 32 MiB of it, and it never holds up the command.
//! - What ends a run early (a limit, a token, dropping it) ends the whole process group: it is asked, given a grace,
//!   killed. What it had printed is in the error. Your program has to go on for that long: one that ends itself, by Ctrl-C
//!   for example, leaves its commands running.
//!
//! # Features
//!
//! - `derive`, on by default: the derives, `cmd!` and `allowlist!`.
//! - `cassette`: recorded runs for the lab (`lab::cassette`).
//! - `digest`: programs pinned to the SHA-256 of their files (`Cx::with_digests`).
//! - `json`: `observe::JsonLines`, events as lines of JSON.
//! - `metrics`: `observe::Metrics`, through the facade of the crate metrics.
//! - `opentelemetry`: `observe::Spans`, and `TRACEPARENT` for the child.
//! - `rate-limit`: `spec::RateLimit`, which limits how often commands start.
//! - `retry`: `cuprum::retry`, which runs a command again after a failure that may pass.
//! - `serde`: what others read, as JSON: the catalogue, events.
//! - `timeline`: `observe::Timeline`, a page to look at and a trace for Perfetto.
//! - `tower`: `run::Tower`, which runs commands as a `tower::Service`.

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

#[doc(inline)]
pub use crate::context::Cx;
pub use crate::error::{Error, ErrorKind, Result};
#[doc(inline)]
pub use crate::lab::Lab;
#[doc(inline)]
pub use crate::outcome::{ExitStatus, Outcome};
#[cfg(feature = "retry")]
#[doc(inline)]
pub use crate::run::retry;
#[doc(inline)]
pub use crate::run::{Child, Follow, Run, Running, bracket, nursery};
#[doc(inline)]
pub use crate::spec::{ArgValue, Args, Command, IntoSafe, Program, SafeCmd, Subcommand, Tier};
#[doc(inline)]
pub use crate::spec::{concurrent, first_ok, graph, hedge, quorum, race, race_ok, unchecked};
#[cfg(feature = "derive")]
#[doc(hidden)]
pub use cuprum_macros::__cmd;
// What a derive does is said and shown here, where the library is at hand; what its keys mean, where they are read.
#[cfg(feature = "derive")]
#[doc = include_str!("../docs/arg_value.md")]
#[doc(inline)]
pub use cuprum_macros::ArgValue;
#[cfg(feature = "derive")]
#[doc = include_str!("../docs/args.md")]
#[doc(inline)]
pub use cuprum_macros::Args;
#[cfg(feature = "derive")]
#[doc = include_str!("../docs/command.md")]
#[doc(inline)]
pub use cuprum_macros::Command;
#[cfg(feature = "derive")]
#[doc = include_str!("../docs/program.md")]
#[doc(inline)]
pub use cuprum_macros::Program;
#[cfg(feature = "derive")]
#[doc = include_str!("../docs/subcommand.md")]
#[doc(inline)]
pub use cuprum_macros::Subcommand;
#[cfg(feature = "derive")]
#[doc = include_str!("../docs/allowlist.md")]
#[doc(inline)]
pub use cuprum_macros::allowlist;
