//! Cuprum runs local commands as typed values.
//!
//! A command is a struct, [`derive(Command)`](Command) turns its fields into an argv, a context
//! ([`Cx`]) says how it is run, and the verbs of [`Run`] return its typed output, its [`Outcome`], or
//! an [`Error`] that says what was wrong.

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
pub use crate::run::{Run, Running};
pub use crate::spec::unchecked;
pub use crate::spec::{ArgValue, Args, Command, IntoSafe, Program, SafeCmd, Subcommand, Tier};
#[cfg(feature = "derive")]
#[doc(hidden)]
pub use cuprum_macros::__cmd;
#[cfg(feature = "derive")]
#[doc(inline)]
pub use cuprum_macros::{ArgValue, Args, Command, Program, Subcommand, allowlist};
