//! All that can be said of an argument, and how it is said.

use super::{Arg, ArgKind, Danger, List, Style};

/// All that is known of one argument.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub(super) field: &'static str,
    pub(super) kind: ArgKind,
    pub(super) long: Option<&'static str>,
    pub(super) short: Option<char>,
    pub(super) negation: Option<&'static str>,
    pub(super) style: Option<Style>,
    pub(super) list: List,
    pub(super) global: bool,
    pub(super) required: bool,
    pub(super) allow_hyphen: bool,
    pub(super) always: bool,
    pub(super) secret: bool,
    pub(super) has_dashes: bool,
    pub(super) danger: Option<Danger>,
    pub(super) since: Option<&'static str>,
    pub(super) min: usize,
    pub(super) max: usize,
}

impl Arg {
    /// Sets the long name, without dashes.
    #[must_use]
    pub const fn with_long(self, long: &'static str) -> Self {
        let mut facts = self.facts();
        facts.long = Some(long);
        Self::Other(facts)
    }

    /// Sets the short name, which is written only where there is no long one.
    #[must_use]
    pub const fn with_short(self, short: char) -> Self {
        let mut facts = self.facts();
        facts.short = Some(short);
        Self::Other(facts)
    }

    /// Sets the long name, without dashes, that says the opposite.
    #[must_use]
    pub const fn with_negation(self, negation: &'static str) -> Self {
        let mut facts = self.facts();
        facts.negation = Some(negation);
        Self::Other(facts)
    }

    /// Says that the long name is written with its dashes.
    pub(super) const fn with_dashes(self) -> Self {
        let mut facts = self.facts();
        facts.has_dashes = true;
        Self::Other(facts)
    }

    /// Returns whether the long name is written with its dashes.
    pub(super) const fn has_dashes(&self) -> bool {
        self.facts().has_dashes
    }

    /// Sets how the value is joined to the name, in place of what the command and the program say.
    #[must_use]
    pub const fn with_style(self, style: Style) -> Self {
        let mut facts = self.facts();
        facts.style = Some(style);
        Self::Other(facts)
    }

    /// Sets how several values are written.
    #[must_use]
    pub const fn with_list(self, list: List) -> Self {
        let mut facts = self.facts();
        facts.list = list;
        Self::Other(facts)
    }

    /// Sets the fewest and the most items that a list may have.
    #[must_use]
    pub const fn with_limits(self, min: usize, max: usize) -> Self {
        let mut facts = self.facts();
        facts.min = min;
        facts.max = max;
        Self::Other(facts)
    }

    /// Puts the argument before the subcommand.
    #[must_use]
    pub const fn with_global(self) -> Self {
        let mut facts = self.facts();
        facts.global = true;
        Self::Other(facts)
    }

    /// Says that the argument must be given.
    #[must_use]
    pub const fn with_required(self) -> Self {
        let mut facts = self.facts();
        facts.required = true;
        Self::Other(facts)
    }

    /// Writes a `--` behind the operands, if there are any, also where nothing follows it: so a program that knows
    /// words of another kind there does not ask itself which kind they are.
    #[must_use]
    pub const fn with_always(self) -> Self {
        let mut facts = self.facts();
        facts.always = true;
        Self::Other(facts)
    }

    /// Accepts a value that begins with `-` where no separator protects it.
    #[must_use]
    pub const fn with_allow_hyphen(self) -> Self {
        let mut facts = self.facts();
        facts.allow_hyphen = true;
        Self::Other(facts)
    }

    /// Says that the value is never shown.
    #[must_use]
    pub const fn with_secret(self) -> Self {
        let mut facts = self.facts();
        facts.secret = true;
        Self::Other(facts)
    }

    /// Says what harm the argument can do.
    #[must_use]
    pub const fn with_danger(self, danger: Danger) -> Self {
        let mut facts = self.facts();
        facts.danger = Some(danger);
        Self::Other(facts)
    }

    /// Sets the first version of the program that knows the argument.
    #[must_use]
    pub const fn with_since(self, version: &'static str) -> Self {
        let mut facts = self.facts();
        facts.since = Some(version);
        Self::Other(facts)
    }
}

impl Facts {
    pub(super) const fn new(field: &'static str, kind: ArgKind, long: Option<&'static str>) -> Self {
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
            always: false,
            secret: false,
            has_dashes: false,
            danger: None,
            since: None,
            min: 0,
            max: usize::MAX,
        }
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn short(mut self, short: char) -> Self {
        self.short = Some(short);
        self
    }

    pub(super) const fn repeated(mut self) -> Self {
        self.list = List::Repeat;
        self
    }
}
