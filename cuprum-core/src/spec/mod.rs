//! What a command is: programs, typed commands, the argv they write, the value that is run.
//!
//! In reading order: [`tier`](Tier), [`program`](Program), [`value`](ArgValue), [`argv`](Argv),
//! [`command`](Command), [`output`](FromOutput), [`environment`](Environment), [`safe`](SafeCmd).

mod argv;
mod command;
mod environment;
mod output;
mod program;
mod quote;
mod safe;
mod tier;
mod value;

pub use self::argv::{Argv, ArgvError, ArgvErrorKind};
pub use self::command::{Command, CommandSpec};
pub use self::environment::Environment;
pub use self::output::{FromOutput, OutputError};
pub use self::program::{Program, ProgramSpec};
pub(crate) use self::quote::{escape_line, quote};
pub(crate) use self::safe::Line;
pub use self::safe::{IntoSafe, SafeCmd, Stdin, Stdio};
pub use self::tier::Tier;
pub use self::value::{ArgValue, Operand};
