//! What an argument is, how its values are written, what harm it can do.

use super::{Arg, SubcommandSpec, Tier};

/// What an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArgKind {
    /// A name without a value.
    Flag,
    /// A name that may be repeated for more of the same.
    Count,
    /// A name and its value.
    Value,
    /// A name whose value may be left out.
    OptionalValue,
    /// A value without a name.
    Operand,
    /// A value without a name, after `--`.
    Last,
    /// A flattened set of arguments.
    Group(&'static [Arg]),
    /// A nested subcommand: one of these.
    Subcommand(&'static [SubcommandSpec]),
    /// An environment variable of this name.
    Variable(&'static str),
    /// Standard input.
    Stdin,
}

/// How several values of one argument are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    /// There is one value at most.
    #[default]
    Single,
    /// The name is repeated for each value, or there is no name.
    Repeat,
    /// One word, the values joined by this text.
    Joined(&'static str),
    /// The name once, then every value as a word of its own.
    Values,
}

/// The harm that an argument can do beyond what its command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Danger {
    /// It makes the program run another program.
    Exec,
    /// It makes the program write where the command alone would not.
    Write,
    /// It makes the program talk to the network.
    Net,
    /// It makes the program delete or overwrite what was there.
    Loss,
}

impl Danger {
    /// Returns the least tier of a command that is given such an argument.
    pub const fn tier(self) -> Tier {
        match self {
            Self::Exec | Self::Loss => Tier::Destructive,
            Self::Write | Self::Net => Tier::Write,
        }
    }
}
