//! Whether the options of a command have a marked end, as a type.
//!
//! A word such as `--` makes every operand safe, whatever its text. Without one, only operands whose
//! text can never begin with `-` are. The rule is checked where a command is declared: its macro sees
//! the field's type, and knows the program by its name alone.

use super::Operand;

/// Marks a program or command whose operands follow a separator.
#[derive(Debug)]
pub enum Separated {}

/// Marks a program or command that has no word for the end of its options.
#[derive(Debug)]
pub enum Unseparated {}

/// A value that may be an operand where `S` says whether a separator stands before it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not safe as an operand: its text may start with `-` and be read as an option",
    label = "its text may start with `-`",
    note = "if the program has a word that ends its options, declare it: `#[program(separator = \"--\")]`",
    note = "or use a type that cannot start with `-`: a number, a value enum, or a struct with `#[derive(ArgValue)]` and `#[arg(check = ..)]`",
    note = "or write `#[arg(allow_hyphen)]` if the program takes such text as an operand"
)]
pub trait OperandUnder<S> {}

impl<T: ?Sized> OperandUnder<Separated> for T {}
impl<T: Operand + ?Sized> OperandUnder<Unseparated> for T {}

/// A set of arguments whose operands may be written where `S` says whether a separator stands before
/// them.
///
/// Implemented by `#[derive(Args)]` and `#[derive(Subcommand)]`, with the conditions that the fields set.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a set of arguments nor a subcommand",
    label = "no arguments",
    note = "derive `Args` or `Subcommand` for it"
)]
pub trait ArgsUnder<S> {}

#[diagnostic::do_not_recommend]
impl<T: ArgsUnder<S> + ?Sized, S> ArgsUnder<S> for Box<T> {}

/// Asserts that `T` may be an operand under `S`; written by `#[derive(Command)]`.
#[doc(hidden)]
pub const fn assert_operand<T: OperandUnder<S> + ?Sized, S>() {}

/// Asserts that the operands in `T` may be written under `S`; written by `#[derive(Command)]`.
#[doc(hidden)]
pub const fn assert_args<T: ArgsUnder<S> + ?Sized, S>() {}
