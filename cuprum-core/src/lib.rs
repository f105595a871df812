//! Cuprum runs local commands as typed values.

// The derives write paths that begin with `::cuprum`, also for the commands of this crate's tests.
#[cfg(all(test, feature = "derive"))]
extern crate self as cuprum;

pub mod outcome;
pub mod spec;

#[doc(inline)]
pub use crate::outcome::{ExitStatus, Outcome};
#[doc(inline)]
pub use crate::spec::{ArgValue, Args, Command, Program, SafeCmd, Subcommand, Tier};
#[cfg(feature = "derive")]
#[doc(inline)]
pub use cuprum_macros::{ArgValue, Args, Command, Program, Subcommand};
