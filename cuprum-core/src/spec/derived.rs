//! The names in the code that derives write, which nothing in a user's scope has.
//!
//! A name of one part costs the compiler less than a path, and a command has sixty of them.

pub use super::command::show as __show;
pub use super::facts as __facts;
pub use super::fields::each as __each;
pub use super::into_arg::{collect as __collect, extend as __extend, push as __push, some as __some};
pub use super::literal::{
    checked_text as __checked_text, dot_slash as __dot_slash, holds_nul as __holds_nul,
    starts_with_dash as __starts_with_dash,
};
pub use super::program::package as __package;
pub use super::{
    Arg as __Arg, ArgKind as __ArgKind, ArgValue as __ArgValue, Args as __Args, ArgsUnder as __ArgsUnder,
    Argv as __Argv, ChoiceOf as __ChoiceOf, Command as __Command, CommandSpec as __CommandSpec,
    Danger as __Danger, Fixed as __Fixed, Given as __Given, Inherit as __Inherit, IntoArg as __IntoArg,
    IntoNonZero as __IntoNonZero, InvalidValue as __InvalidValue, List as __List, Missing as __Missing,
    Neither as __Neither, NoProgram as __NoProgram, Open as __Open, Operand as __Operand,
    OperandUnder as __OperandUnder, Outcome as __Outcome, OutputError as __OutputError, Program as __Program,
    ProgramOf as __ProgramOf, ProgramSpec as __ProgramSpec, ReadOutput as __ReadOutput, Search as __Search,
    Separated as __Separated, SetOf as __SetOf, Stage as __Stage, Style as __Style,
    Subcommand as __Subcommand, SubcommandSpec as __SubcommandSpec, Tier as __Tier,
    Unseparated as __Unseparated, assert_args as __assert_args, assert_hidden as __assert_hidden,
    assert_operand as __assert_operand, assert_set as __assert_set,
};
pub use std::default::Default as __Default;
pub use std::fmt::{Display as __Display, Formatter as __Formatter, Result as __Shown};
pub use std::iter::IntoIterator as __IntoIterator;
pub use std::ops::BitOr as __BitOr;
pub use std::option::Option::{None as __None, Some as __Some};
