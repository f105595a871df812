//! Whether the options of a command have a marked end, as a type.
//!
//! A word such as `--` makes every operand safe, whatever its text. Without one, only operands whose
//! text can never begin with `-` are. The rule is checked where a command is declared: its macro sees
//! the field's type, and knows the program by its name alone.

use super::{ArgValue, Operand};

/// Marks a program or command whose operands follow a separator.
#[derive(Debug)]
pub enum Separated {}

/// Marks a program or command that has no word for the end of its options.
#[derive(Debug)]
pub enum Unseparated {}

/// A value that may be an operand where `S` says whether a separator stands before it.
pub trait OperandUnder<S>: ArgValue {}

impl<T: ArgValue + ?Sized> OperandUnder<Separated> for T {}
impl<T: Operand + ?Sized> OperandUnder<Unseparated> for T {}

/// A set of arguments whose operands may be written where `S` says whether a separator stands before
/// them.
///
/// Implemented by `#[derive(Args)]` and `#[derive(Subcommand)]`, with the conditions that the fields set.
pub trait ArgsUnder<S> {}

/// Asserts that `T` may be an operand under `S`; written by `#[derive(Command)]`.
#[doc(hidden)]
pub const fn assert_operand<T: OperandUnder<S> + ?Sized, S>() {}

/// Asserts that the operands in `T` may be written under `S`; written by `#[derive(Command)]`.
#[doc(hidden)]
pub const fn assert_args<T: ArgsUnder<S> + ?Sized, S>() {}
