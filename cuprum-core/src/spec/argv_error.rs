//! Why the fields of a command cannot be written as a command line.

use std::borrow::Cow;
use std::fmt;

/// Says which argument of a command cannot be written, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgvError {
    kind: ArgvErrorKind,
    argument: Cow<'static, str>,
    other: Option<&'static str>,
}

/// Why an argument cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArgvErrorKind {
    /// The word holds a NUL byte, which no program can be given.
    Nul,
    /// The word begins with `-` where the program would read it as an option.
    LeadingDash,
    /// The value is empty where the program would take the next word in its place.
    Empty,
    /// An item of a list holds the delimiter, so it would be read as two items.
    Delimiter,
    /// The list has fewer items than the argument needs.
    TooFew,
    /// The list has more items than the argument takes, or a flag is repeated past any use.
    TooMany,
    /// The name of an option is not one: it does not begin with `-`, or holds `=` or white space.
    Name,
    /// The argument is set without the other argument that it requires.
    Requires,
    /// The argument is set together with another that excludes it.
    Conflicts,
}

impl ArgvError {
    /// Creates an error about the argument called `argument`.
    pub fn new(kind: ArgvErrorKind, argument: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, argument: argument.into(), other: None }
    }

    /// Names the other argument of a requirement or a conflict.
    #[must_use]
    pub fn with_other(mut self, other: &'static str) -> Self {
        self.other = Some(other);
        self
    }

    /// Returns why.
    pub fn kind(&self) -> ArgvErrorKind {
        self.kind
    }

    /// Returns the argument's name: the field.
    pub fn argument(&self) -> &str {
        &self.argument
    }

    /// Returns the other argument of a requirement or a conflict.
    pub fn other(&self) -> Option<&str> {
        self.other
    }
}

impl std::error::Error for ArgvError {}

impl fmt::Display for ArgvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.kind {
            ArgvErrorKind::Nul => "holds a NUL byte",
            ArgvErrorKind::LeadingDash => "begins with `-` and would be read as an option",
            ArgvErrorKind::Empty => "is empty, so the next word would be taken as its value",
            ArgvErrorKind::Delimiter => "has an item that holds the delimiter",
            ArgvErrorKind::Name => misnamed(&self.argument),
            ArgvErrorKind::TooFew => "has too few items",
            ArgvErrorKind::TooMany => "has too many items",
            ArgvErrorKind::Requires => "requires another argument",
            ArgvErrorKind::Conflicts => "conflicts with another argument",
        };
        match (self.kind, self.other) {
            (ArgvErrorKind::Requires, Some(other)) => write!(f, "`{}` requires `{other}`", self.argument),
            (ArgvErrorKind::Conflicts, Some(other)) => {
                write!(f, "`{}` conflicts with `{other}`", self.argument)
            }
            _ => write!(f, "`{}` {reason}", self.argument),
        }
    }
}

/// Returns what is wrong with a name, or with a word that looks like one.
fn misnamed(name: &str) -> &'static str {
    if name.contains(|letter: char| letter == '=' || letter == '\0' || letter.is_whitespace()) {
        "is not the name of an option alone: a value is given by `value`"
    } else if name.trim_start_matches('-').is_empty() {
        "is not the name of an option"
    } else if name.starts_with('-') {
        "is not a word but an option: it is given by `opt`, or by `value` with its value"
    } else {
        "is not the name of an option, which begins with `-`: a word is given by `word`"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_field_and_the_other_one() {
        let nul = ArgvError::new(ArgvErrorKind::Nul, "message");
        assert_eq!(nul.to_string(), "`message` holds a NUL byte");
        let requires = ArgvError::new(ArgvErrorKind::Requires, "sign").with_other("key");
        assert_eq!(requires.to_string(), "`sign` requires `key`");
    }
}
