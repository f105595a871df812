//! What is known of an argument before it has a value.

use super::{ArgKind, Danger, Facts, List, Style};

/// The constant facts about one argument: its field, its names, how its value is written.
///
/// The derives write one for each field; the command line is written from it, so what it says is true.
///
/// Plain arguments are a variant each: a constant that only names texts costs the compiler a third of one that
/// calls functions, and there is one for each field of each command.
#[derive(Clone, Copy, Debug)]
pub enum Arg {
    /// A flag: its field, its long name.
    #[doc(hidden)]
    Flag(&'static str, &'static str),
    /// An option with a value: its field, its long name.
    #[doc(hidden)]
    Value(&'static str, &'static str),
    /// The same, and it must be given.
    #[doc(hidden)]
    Required(&'static str, &'static str),
    /// The same, and it is repeated for each value.
    #[doc(hidden)]
    Values(&'static str, &'static str),
    /// A flag with a short name alone: its field, its short name.
    #[doc(hidden)]
    ShortFlag(&'static str, char),
    /// A flag that counts, with a short name alone: its field, its short name.
    #[doc(hidden)]
    ShortCount(&'static str, char),
    /// An option with a value and a short name alone: its field, its short name.
    #[doc(hidden)]
    ShortValue(&'static str, char),
    /// An operand: its field.
    #[doc(hidden)]
    Operand(&'static str),
    /// An operand that must be given.
    #[doc(hidden)]
    RequiredOperand(&'static str),
    /// Operands: their field.
    #[doc(hidden)]
    Operands(&'static str),
    /// All that can be said.
    #[doc(hidden)]
    Other(Facts),
}

impl Arg {
    /// Describes the argument of the field called `field`.
    pub const fn new(field: &'static str, kind: ArgKind) -> Self {
        Self::Other(Facts::new(field, kind, None))
    }

    /// Describes a flag with a long name, without dashes.
    pub const fn flag(field: &'static str, long: &'static str) -> Self {
        Self::Flag(field, long)
    }

    /// Describes an option with a long name, without dashes, and a value.
    pub const fn value(field: &'static str, long: &'static str) -> Self {
        Self::Value(field, long)
    }

    /// Describes an operand.
    pub const fn operand(field: &'static str) -> Self {
        Self::Operand(field)
    }

    /// Says that a list repeats the name, or the operand, for each of its items.
    #[must_use]
    pub const fn repeated(self) -> Self {
        let mut facts = self.facts();
        facts.list = List::Repeat;
        Self::Other(facts)
    }

    /// Describes the argument of the field called `field`, with a long name, without dashes.
    pub const fn named(field: &'static str, kind: ArgKind, long: &'static str) -> Self {
        Self::Other(Facts::new(field, kind, Some(long)))
    }

    /// Returns all that is known.
    pub(super) const fn facts(&self) -> Facts {
        match *self {
            Self::Flag(field, long) => Facts::new(field, ArgKind::Flag, Some(long)),
            Self::Value(field, long) => Facts::new(field, ArgKind::Value, Some(long)),
            Self::Required(field, long) => Facts::new(field, ArgKind::Value, Some(long)).required(),
            Self::Values(field, long) => Facts::new(field, ArgKind::Value, Some(long)).repeated(),
            Self::ShortFlag(field, short) => Facts::new(field, ArgKind::Flag, None).short(short),
            Self::ShortCount(field, short) => Facts::new(field, ArgKind::Count, None).short(short),
            Self::ShortValue(field, short) => Facts::new(field, ArgKind::Value, None).short(short),
            Self::Operand(field) => Facts::new(field, ArgKind::Operand, None),
            Self::RequiredOperand(field) => Facts::new(field, ArgKind::Operand, None).required(),
            Self::Operands(field) => Facts::new(field, ArgKind::Operand, None).repeated(),
            Self::Other(facts) => facts,
        }
    }

    /// Returns the name of the field.
    pub const fn field(&self) -> &'static str {
        self.facts().field
    }

    /// Returns what the argument is.
    pub const fn kind(&self) -> ArgKind {
        match *self {
            Self::Flag(..) | Self::ShortFlag(..) => ArgKind::Flag,
            Self::ShortCount(..) => ArgKind::Count,
            Self::Value(..) | Self::Required(..) | Self::Values(..) | Self::ShortValue(..) => ArgKind::Value,
            Self::Operand(_) | Self::RequiredOperand(_) | Self::Operands(_) => ArgKind::Operand,
            Self::Other(facts) => facts.kind,
        }
    }

    /// Returns the long name, without dashes.
    pub const fn long(&self) -> Option<&'static str> {
        match *self {
            Self::Flag(_, long) | Self::Value(_, long) | Self::Required(_, long) | Self::Values(_, long) => {
                Some(long)
            }
            Self::Other(facts) => facts.long,
            _ => None,
        }
    }

    /// Returns the short name.
    pub const fn short(&self) -> Option<char> {
        match *self {
            Self::ShortFlag(_, short) | Self::ShortCount(_, short) | Self::ShortValue(_, short) => {
                Some(short)
            }
            Self::Other(facts) => facts.short,
            _ => None,
        }
    }

    /// Returns the long name, without dashes, that says the opposite.
    pub const fn negation(&self) -> Option<&'static str> {
        match *self {
            Self::Other(facts) => facts.negation,
            _ => None,
        }
    }

    /// Returns how the value is joined to the name, if the field or its struct says so.
    pub const fn style(&self) -> Option<Style> {
        self.facts().style
    }

    /// Returns how several values are written.
    pub const fn list(&self) -> List {
        self.facts().list
    }

    /// Returns the fewest items of a list.
    pub const fn min(&self) -> usize {
        self.facts().min
    }

    /// Returns the most items of a list.
    pub const fn max(&self) -> usize {
        self.facts().max
    }

    /// Returns whether the argument stands before the subcommand.
    pub const fn is_global(&self) -> bool {
        self.facts().global
    }

    /// Returns whether the argument must be given.
    pub const fn is_required(&self) -> bool {
        self.facts().required
    }

    /// Returns whether a `--` is written behind the operands also where nothing follows it.
    pub const fn is_always_closed(&self) -> bool {
        self.facts().always
    }

    /// Returns whether a value may begin with `-` where no separator protects it.
    pub const fn allows_hyphen(&self) -> bool {
        self.facts().allow_hyphen
    }

    /// Returns whether the value is never shown.
    pub const fn is_secret(&self) -> bool {
        self.facts().secret
    }

    /// Returns what harm the argument can do.
    pub const fn danger(&self) -> Option<Danger> {
        self.facts().danger
    }

    /// Returns the first version of the program that knows the argument.
    pub const fn since(&self) -> Option<&'static str> {
        self.facts().since
    }
}

impl PartialEq for Arg {
    fn eq(&self, other: &Self) -> bool {
        self.facts() == other.facts()
    }
}

impl Eq for Arg {}
