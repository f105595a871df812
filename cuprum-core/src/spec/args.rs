//! Sets of arguments that commands share, and nested subcommands.

use super::{Arg, ArgKind, Argv, List};

/// A set of arguments that a command takes in with `#[arg(flatten)]`.
///
/// Implemented by `#[derive(Args)]`: for a struct of arguments, or for an enum of options of which one
/// is given.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of arguments",
    label = "not a set of arguments",
    note = "derive `Args` for it: for a struct with named fields, or for an enum of options"
)]
pub trait Args {
    /// The type itself, by which a missing implementation is reported without what follows from it.
    #[doc(hidden)]
    type Itself;
    /// The constant facts about the arguments.
    const ARGS: &'static [Arg];

    /// Writes the arguments.
    fn write(&self, argv: &mut Argv);

    /// Returns the set of which nothing is given.
    #[doc(hidden)]
    fn unset() -> Self
    where
        Self: Sized,
        Self::Itself: Optional + Into<Self>,
    {
        <Self::Itself as Default>::default().into()
    }
}

/// A set of arguments that can be left out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has required arguments, so it cannot be left out",
    label = "must be given",
    note = "make it a parameter of `new`: `#[arg(flatten, required)]`",
    note = "or make the field an `Option`, or implement `Default` for an enum of options"
)]
pub trait Optional: Default {}

impl<T: Default> Optional for T {}

/// A choice of subcommands, each with its own arguments.
///
/// Implemented by `#[derive(Subcommand)]` on an enum.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a subcommand",
    label = "not a subcommand",
    note = "a subcommand is an enum with `#[derive(Subcommand)]`; a fixed one is `#[command(subcommand = \"name\")]` on the struct"
)]
pub trait Subcommand {
    /// The constant facts about each subcommand.
    const SUBCOMMANDS: &'static [SubcommandSpec];

    /// Writes the subcommand's name and its arguments.
    fn write(&self, argv: &mut Argv);
}

/// The constant facts about one subcommand of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubcommandSpec {
    name: &'static str,
    args: &'static [Arg],
}

impl SubcommandSpec {
    /// Describes the subcommand called `name`.
    pub const fn new(name: &'static str, args: &'static [Arg]) -> Self {
        Self { name, args }
    }

    /// Returns the name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the facts about its arguments.
    pub const fn args(&self) -> &'static [Arg] {
        self.args
    }
}

/// Returns whether an option of `args`, or of a group in it, has the long name `name`.
///
/// The derives ask it about flattened groups, at compile time.
pub const fn has_long(args: &[Arg], name: &str) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if is_name(arg.long(), name) || is_name(arg.negation(), name) {
            return true;
        }
        if let ArgKind::Group(group) = arg.kind()
            && has_long(group, name)
        {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether an option of `args`, or of a group in it, has the short name `name`.
pub const fn has_short(args: &[Arg], name: char) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if let Some(short) = arg.short()
            && short == name
        {
            return true;
        }
        if let ArgKind::Group(group) = arg.kind()
            && has_short(group, name)
        {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether `args`, or a group in it, holds operands.
pub const fn has_operands(args: &[Arg]) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        match arg.kind() {
            ArgKind::Operand | ArgKind::Last => return true,
            ArgKind::Group(group) if has_operands(group) => return true,
            _ => rest = tail,
        }
    }
    false
}

/// Returns whether `args`, or a group in it, holds a subcommand.
pub const fn has_subcommand(args: &[Arg]) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        match arg.kind() {
            ArgKind::Subcommand(_) => return true,
            ArgKind::Group(group) if has_subcommand(group) => return true,
            _ => rest = tail,
        }
    }
    false
}

/// Returns whether a list of `args`, or of a group in it, has no end but the next option.
pub const fn has_open_list(args: &[Arg]) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if let List::Values = arg.list() {
            return true;
        }
        if let ArgKind::Group(group) = arg.kind()
            && has_open_list(group)
        {
            return true;
        }
        rest = tail;
    }
    false
}

const fn is_name(given: Option<&str>, name: &str) -> bool {
    match given {
        Some(given) => same(given.as_bytes(), name.as_bytes()),
        None => false,
    }
}

const fn same(left: &[u8], right: &[u8]) -> bool {
    match (left, right) {
        ([], []) => true,
        ([a, left @ ..], [b, right @ ..]) => *a == *b && same(left, right),
        _ => false,
    }
}
