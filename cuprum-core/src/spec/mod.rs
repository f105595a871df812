//! What a command is: programs, typed commands, the argv they write, the value that is run.
//!
//! | for | see |
//! | --- | --- |
//! | describing programs | [`Program`], [`ProgramSpec`], [`Tier`], [`Search`], [`Project`] |
//! | describing commands | [`Command`], [`Args`], [`Subcommand`]; values are [`ArgValue`], [`Operand`], [`Secret`] |
//! | reading what they print | [`FromOutput`], [`OutputError`] |
//! | setting what holds for one command | [`IntoSafe`], whose methods every command has; each returns a [`SafeCmd`] |
//! | its streams | [`Stdin`], [`Stdio`], [`Capture`], [`Sink`], [`OpenFile`] |
//! | its limits | [`Budget`], [`CancelToken`], [`Leftovers`], [`Bulkhead`], [`Resource`] |
//! | who runs it | [`Uid`], [`Gid`] |
//! | lines without a type | [`LooseCmd`] of a program that has one, [`unchecked`] of any |
//! | several commands | [`Pipeline`], [`Batch`], [`Graph`], [`Choice`], [`Quorum`] |
//! | hooks | [`Invocation`], [`Refusal`], [`Finish`], [`Tags`] |
//!
//! The others are what the derives write, and what can be asked about a program or command by those who list or check
//! them: [`CommandSpec`], [`Arg`], [`Argv`] and so on.

// In reading order: `tier`, `program`, `program_spec`, `project`, `noise`, `near`, `separator`, `value`, `secret`,
// `into_arg`, `style`, `arg`, `args`, `argv`, `written`, `command`, `output`, `version`, `cancel`, `bulkhead`, `limits`,
// `environment`, `attributes`, `open_file`, `stdin`, `stdio`, `sink`, `capture`, `safe`, `into_safe`, `literal`,
// `template`, `loose`, `pipeline`, `batch`, `graph`, `choice`, `layer`, `tags`, `invocation`, `hook`, `trace`.

mod arg;
mod args;
mod argv;
mod argv_error;
mod attributes;
mod batch;
mod builder;
mod bulkhead;
mod cancel;
mod capture;
mod choice;
mod command;
mod command_spec;
#[doc(hidden)]
pub mod derived;
mod described;
mod environment;
#[doc(hidden)]
pub mod facts;
mod fields;
mod graph;
mod hook;
mod into_arg;
mod into_safe;
mod invocation;
mod kind;
mod layer;
mod limits;
mod literal;
mod loose;
mod near;
mod noise;
mod open_file;
mod output;
mod pipeline;
mod place;
mod program;
mod program_spec;
mod project;
mod pump;
mod quote;
#[cfg(feature = "rate-limit")]
mod rate_limit;
mod safe;
mod secret;
mod separator;
mod sink;
mod stdin;
mod stdio;
mod style;
mod tags;
mod taken_in;
mod template;
mod tier;
mod trace;
pub mod unchecked;
mod value;
mod version;
mod word;
mod written;

pub use self::arg::Arg;
pub use self::args::{Args, Optional, Subcommand, SubcommandSpec};
pub use self::argv::Argv;
pub use self::argv_error::{ArgvError, ArgvErrorKind};
pub use self::attributes::{Attributes, Gid, Limit, Resource, Uid};
pub(crate) use self::batch::BatchRule;
pub use self::batch::{Batch, concurrent};
pub use self::builder::{Given, Missing, Open};
pub use self::bulkhead::Bulkhead;
pub(crate) use self::bulkhead::NoPlace;
pub use self::cancel::CancelToken;
pub(crate) use self::capture::SpillTo;
pub use self::capture::{Capture, Destination};
pub use self::choice::{Choice, Quorum, first_ok, hedge, quorum, race, race_ok};
pub(crate) use self::choice::{ChoiceRule, How};
pub use self::command::Command;
pub use self::command_spec::{CommandSpec, Fixed};
#[doc(hidden)]
pub use self::described::Facts;
pub(crate) use self::environment::matches;
pub use self::environment::{EnvValue, Environment};
pub use self::fields::{Fields, Times};
pub use self::graph::{Branched, Graph, Step, graph};
pub(crate) use self::graph::{Link, Node};
pub(crate) use self::hook::{AfterHook, Attached, BeforeHook};
pub use self::hook::{Finish, HookFuture, NotRun, Refusal};
pub use self::into_arg::{IntoArg, IntoNonZero};
pub use self::into_safe::IntoSafe;
pub use self::invocation::{Invocation, VarChange};
pub use self::kind::{ArgKind, Danger, List};
pub use self::layer::{Layer, Widening};
pub(crate) use self::limits::Limits;
pub use self::limits::{Budget, Leftovers};
pub use self::literal::InvalidValue;
pub use self::loose::LooseCmd;
pub(crate) use self::near::{distance, nearest};
pub(crate) use self::noise::fault as noise_fault;
pub use self::open_file::OpenFile;
pub use self::output::{FromOutput, OutputError, ReadOutput};
pub(crate) use self::pipeline::Stages;
pub use self::pipeline::{Both, Mixed, Mode, Piped, Pipeline, Stage};
pub use self::program::{Inherit, NoProgram, Program, Search};
pub use self::program_spec::ProgramSpec;
pub use self::project::Project;
pub use self::pump::{InvalidPump, Pump};
pub(crate) use self::quote::{escape_line, quote};
#[cfg(feature = "rate-limit")]
pub use self::rate_limit::RateLimit;
pub use self::safe::SafeCmd;
pub(crate) use self::safe::{Line, command_line};
pub use self::secret::{Hidden, Secret, assert_hidden};
pub use self::separator::{ArgsUnder, OperandUnder, Separated, Unseparated, assert_args, assert_operand};
pub use self::sink::Sink;
pub(crate) use self::sink::SinkTo;
pub use self::stdin::{Input, Stdin};
pub use self::stdio::Stdio;
pub use self::style::Style;
pub use self::tags::{Tag, Tags};
#[doc(hidden)]
pub use self::taken_in::{ChoiceOf, Neither, ProgramOf, SetOf, assert_set};
pub use self::template::{Part, Template};
pub use self::tier::Tier;
pub use self::trace::TraceContext;
pub use self::value::{ArgValue, Operand};
pub(crate) use self::version::Version;
pub(crate) use self::written::{Need, Secrets, Written};
#[doc(hidden)]
pub use crate::outcome::Outcome;
