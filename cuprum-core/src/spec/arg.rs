//! What is known of an argument before it has a value.

use super::{Style, SubcommandSpec, Tier};

/// The constant facts about one argument: its field, its names, how its value is written.
///
/// The derives write one for each field; the command line is written from it, so what it says is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arg {
    field: &'static str,
    kind: ArgKind,
    long: Option<&'static str>,
    short: Option<char>,
    negation: Option<&'static str>,
    style: Option<Style>,
    list: List,
    global: bool,
    required: bool,
    allow_hyphen: bool,
    secret: bool,
    has_dashes: bool,
    danger: Option<Danger>,
    since: Option<&'static str>,
    min: usize,
    max: usize,
}

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

impl Arg {
    /// Describes the argument of the field called `field`.
    pub const fn new(field: &'static str, kind: ArgKind) -> Self {
        Self::described(field, kind, None)
    }

    /// Describes a flag with a long name, without dashes.
    pub const fn flag(field: &'static str, long: &'static str) -> Self {
        Self::described(field, ArgKind::Flag, Some(long))
    }

    /// Describes an option with a long name, without dashes, and a value.
    pub const fn value(field: &'static str, long: &'static str) -> Self {
        Self::described(field, ArgKind::Value, Some(long))
    }

    /// Describes an operand.
    pub const fn operand(field: &'static str) -> Self {
        Self::described(field, ArgKind::Operand, None)
    }

    /// Says that a list repeats the name, or the operand, for each of its items.
    #[must_use]
    pub const fn repeated(mut self) -> Self {
        self.list = List::Repeat;
        self
    }

    /// Describes the argument of the field called `field`, with a long name, without dashes.
    pub const fn named(field: &'static str, kind: ArgKind, long: &'static str) -> Self {
        Self::described(field, kind, Some(long))
    }

    const fn described(field: &'static str, kind: ArgKind, long: Option<&'static str>) -> Self {
        Self {
            field,
            kind,
            long,
            short: None,
            negation: None,
            style: None,
            list: List::Single,
            global: false,
            required: false,
            allow_hyphen: false,
            secret: false,
            has_dashes: false,
            danger: None,
            since: None,
            min: 0,
            max: usize::MAX,
        }
    }

    /// Sets the long name, without dashes.
    #[must_use]
    pub const fn with_long(mut self, long: &'static str) -> Self {
        self.long = Some(long);
        self
    }

    /// Sets the short name, which is written only where there is no long one.
    #[must_use]
    pub const fn with_short(mut self, short: char) -> Self {
        self.short = Some(short);
        self
    }

    /// Sets the long name, without dashes, that says the opposite.
    #[must_use]
    pub const fn with_negation(mut self, negation: &'static str) -> Self {
        self.negation = Some(negation);
        self
    }

    /// Says that the long name is written with its dashes.
    pub(super) const fn with_dashes(mut self) -> Self {
        self.has_dashes = true;
        self
    }

    /// Returns whether the long name is written with its dashes.
    pub(super) const fn has_dashes(&self) -> bool {
        self.has_dashes
    }

    /// Sets how the value is joined to the name, in place of what the command and the program say.
    #[must_use]
    pub const fn with_style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }

    /// Sets how several values are written.
    #[must_use]
    pub const fn with_list(mut self, list: List) -> Self {
        self.list = list;
        self
    }

    /// Sets the fewest and the most items that a list may have.
    #[must_use]
    pub const fn with_limits(mut self, min: usize, max: usize) -> Self {
        self.min = min;
        self.max = max;
        self
    }

    /// Puts the argument before the subcommand.
    #[must_use]
    pub const fn with_global(mut self) -> Self {
        self.global = true;
        self
    }

    /// Says that the argument must be given.
    #[must_use]
    pub const fn with_required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Accepts a value that begins with `-` where no separator protects it.
    #[must_use]
    pub const fn with_allow_hyphen(mut self) -> Self {
        self.allow_hyphen = true;
        self
    }

    /// Says that the value is never shown.
    #[must_use]
    pub const fn with_secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Says what harm the argument can do.
    #[must_use]
    pub const fn with_danger(mut self, danger: Danger) -> Self {
        self.danger = Some(danger);
        self
    }

    /// Sets the first version of the program that knows the argument.
    #[must_use]
    pub const fn with_since(mut self, version: &'static str) -> Self {
        self.since = Some(version);
        self
    }

    /// Returns the name of the field.
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// Returns what the argument is.
    pub const fn kind(&self) -> ArgKind {
        self.kind
    }

    /// Returns the long name, without dashes.
    pub const fn long(&self) -> Option<&'static str> {
        self.long
    }

    /// Returns the short name.
    pub const fn short(&self) -> Option<char> {
        self.short
    }

    /// Returns the long name, without dashes, that says the opposite.
    pub const fn negation(&self) -> Option<&'static str> {
        self.negation
    }

    /// Returns how the value is joined to the name, if the field or its struct says so.
    pub const fn style(&self) -> Option<Style> {
        self.style
    }

    /// Returns how several values are written.
    pub const fn list(&self) -> List {
        self.list
    }

    /// Returns the fewest items of a list.
    pub const fn min(&self) -> usize {
        self.min
    }

    /// Returns the most items of a list.
    pub const fn max(&self) -> usize {
        self.max
    }

    /// Returns whether the argument stands before the subcommand.
    pub const fn is_global(&self) -> bool {
        self.global
    }

    /// Returns whether the argument must be given.
    pub const fn is_required(&self) -> bool {
        self.required
    }

    /// Returns whether a value may begin with `-` where no separator protects it.
    pub const fn allows_hyphen(&self) -> bool {
        self.allow_hyphen
    }

    /// Returns whether the value is never shown.
    pub const fn is_secret(&self) -> bool {
        self.secret
    }

    /// Returns what harm the argument can do.
    pub const fn danger(&self) -> Option<Danger> {
        self.danger
    }

    /// Returns the first version of the program that knows the argument.
    pub const fn since(&self) -> Option<&'static str> {
        self.since
    }
}
