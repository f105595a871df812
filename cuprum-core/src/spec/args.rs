//! Sets of arguments that commands share, and nested subcommands.

use super::{Arg, Argv};

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

    /// Applies `then` if `condition` is true.
    #[must_use]
    fn when(self, condition: bool, then: impl FnOnce(Self) -> Self) -> Self
    where
        Self: Sized,
    {
        if condition { then(self) } else { self }
    }

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

/// A set of arguments in a box, for an enum whose variants would differ much in size.
#[diagnostic::do_not_recommend]
impl<T: Args> Args for Box<T> {
    type Itself = T::Itself;
    const ARGS: &'static [Arg] = T::ARGS;

    fn write(&self, argv: &mut Argv) {
        T::write(self, argv);
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
    /// The type itself, by which a missing implementation is reported without what follows from it.
    #[doc(hidden)]
    type Itself;
    /// The constant facts about each subcommand.
    const SUBCOMMANDS: &'static [SubcommandSpec];

    /// Writes the subcommand's name and its arguments.
    fn write(&self, argv: &mut Argv);
}

#[diagnostic::do_not_recommend]
impl<T: Subcommand> Subcommand for Box<T> {
    type Itself = T::Itself;
    const SUBCOMMANDS: &'static [SubcommandSpec] = T::SUBCOMMANDS;

    fn write(&self, argv: &mut Argv) {
        T::write(self, argv);
    }
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
