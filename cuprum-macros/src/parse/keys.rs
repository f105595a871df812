//! The keys that each attribute knows, and how each is written.

use super::hints::{self, Hints};

/// The keys that one attribute knows.
pub(super) struct Keys {
    /// The attribute: `arg` in `#[arg(..)]`.
    pub(super) attribute: &'static str,
    pub(super) keys: &'static [(&'static str, Form)],
    /// What is said about keys that it does not know.
    pub(super) hints: Hints,
}

/// How the value of a key is written.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// `key`
    Alone,
    /// `key = "text"`
    Text,
    /// `key` or `key = "text"`
    AloneOrText,
    /// `key` or `key = 'c'`
    AloneOrChar,
    /// `key = 1`
    Number,
    /// `key` or `key = false`
    AloneOrBool,
    /// `key = word`
    Name,
    /// `key = "text"` or `key = word`
    TextOrName,
    /// `key = "text"` or `key = ["a", "b"]`
    TextOrTexts,
    /// `key = ["a", "b"]`
    Texts,
    /// `key = word` or `key = ["a", "b"]`
    NameOrTexts,
    /// `key("a", "b")`
    TextList,
    /// `key("a", Type::CONSTANT)`
    WordList,
    /// `key(0, 1)`
    NumberList,
    /// `key("A" = "b")`
    Pairs,
    /// `key = path::to::it`
    Path,
    /// `key = path::to::it` or `key = path::to::it::<Type>`
    Function,
    /// `key = Type`
    Type,
    /// `key` or `key = expression`
    AloneOrExpr,
    /// `key(other = .., keys(..))`
    Nested(&'static Keys),
}

impl Form {
    /// Returns how the key is written, for a message.
    pub(super) fn usage(self, key: &str) -> String {
        match self {
            Self::Alone => format!("`{key}`, without a value"),
            Self::Text => format!("`{key} = \"text\"`"),
            Self::AloneOrText => format!("`{key}` or `{key} = \"text\"`"),
            Self::AloneOrChar => format!("`{key}` or `{key} = 'c'`"),
            Self::Number => format!("`{key} = 1`"),
            Self::AloneOrBool => format!("`{key}` or `{key} = false`"),
            Self::Name => format!("`{key} = word`"),
            Self::TextOrName => format!("`{key} = \"text\"` or `{key} = none`"),
            Self::TextOrTexts => format!("`{key} = \"text\"` or `{key} = [\"a\", \"b\"]`"),
            Self::Texts => format!("`{key} = [\"a\", \"b\"]`"),
            Self::NameOrTexts => format!("`{key} = word` or `{key} = [\"a\", \"b\"]`"),
            Self::TextList => format!("`{key}(\"a\", \"b\")`"),
            Self::WordList => format!("`{key}(\"a\", Type::CONSTANT)`"),
            Self::NumberList => format!("`{key}(0, 1)`"),
            Self::Pairs => format!("`{key}(\"NAME\" = \"value\")`"),
            Self::Path | Self::Function => format!("`{key} = path::to::it`"),
            Self::Type => format!("`{key} = Type`"),
            Self::AloneOrExpr => format!("`{key}` or `{key} = expression`"),
            Self::Nested(_) => format!("`{key}(..)`"),
        }
    }
}

pub(super) const NONE: Keys = Keys { attribute: "", keys: &[], hints: &[] };

pub(super) const PROGRAM: Keys = Keys {
    attribute: "program",
    keys: &[
        ("name", Form::Text),
        ("path", Form::Text),
        ("search", Form::NameOrTexts),
        ("version", Form::Text),
        ("version_args", Form::Texts),
        ("separator", Form::TextOrName),
        ("style", Form::Text),
        ("single_dash", Form::Alone),
        ("tier", Form::Name),
        ("project", Form::Text),
        ("docs", Form::TextList),
        ("noise", Form::TextList),
        ("env", Form::Nested(&PROGRAM_ENV)),
        ("ok", Form::NumberList),
        ("explain", Form::Path),
        ("crate", Form::Path),
    ],
    hints: hints::PROGRAM,
};

const PROGRAM_ENV: Keys = Keys {
    attribute: "program(env)",
    keys: &[("inherit", Form::NameOrTexts), ("set", Form::Pairs), ("deny", Form::TextList)],
    hints: &[],
};

pub(super) const COMMAND: Keys = Keys {
    attribute: "command",
    keys: &[
        ("program", Form::Path),
        ("subcommand", Form::TextOrTexts),
        ("fixed", Form::WordList),
        ("output", Form::Type),
        ("parse", Form::Function),
        ("tier", Form::Name),
        ("separator", Form::TextOrName),
        ("style", Form::Text),
        ("single_dash", Form::Alone),
        ("rename_all", Form::Text),
        ("ok", Form::NumberList),
        ("env", Form::Pairs),
        ("stdin", Form::Name),
        ("builder", Form::AloneOrBool),
        ("fn", Form::Name),
        ("alias_of", Form::Text),
        ("crate", Form::Path),
    ],
    hints: hints::COMMAND,
};

pub(super) const FIELD: Keys = Keys {
    attribute: "arg",
    keys: &[
        ("long", Form::AloneOrText),
        ("short", Form::AloneOrChar),
        ("positional", Form::Alone),
        ("last", Form::Alone),
        ("always", Form::Alone),
        ("style", Form::Text),
        ("count", Form::Alone),
        ("negatable", Form::Alone),
        ("negate", Form::Text),
        ("delimiter", Form::Text),
        ("values", Form::Alone),
        ("min", Form::Number),
        ("max", Form::Number),
        ("flatten", Form::Alone),
        ("required", Form::Alone),
        ("subcommand", Form::Alone),
        ("skip", Form::Alone),
        ("global", Form::Alone),
        ("env", Form::Text),
        ("stdin", Form::Alone),
        ("default", Form::AloneOrExpr),
        ("with", Form::Function),
        ("conflicts", Form::TextList),
        ("requires", Form::TextList),
        ("allow_hyphen", Form::Alone),
        ("secret", Form::Alone),
        ("danger", Form::Text),
        ("since", Form::Text),
    ],
    hints: hints::FIELD,
};

pub(super) const CHOICE: Keys =
    Keys { attribute: "command", keys: &[("crate", Form::Path)], hints: hints::CHOICE };

pub(super) const OPTION_VARIANT: Keys = Keys {
    attribute: "arg",
    keys: &[
        ("long", Form::AloneOrText),
        ("short", Form::AloneOrChar),
        ("style", Form::Text),
        ("danger", Form::Text),
        ("since", Form::Text),
    ],
    hints: hints::OPTION_VARIANT,
};

pub(super) const SUBCOMMAND: Keys =
    Keys { attribute: "command", keys: &[("crate", Form::Path)], hints: hints::SUBCOMMAND };

pub(super) const SUBCOMMAND_VARIANT: Keys =
    Keys { attribute: "command", keys: &[("name", Form::Text)], hints: hints::SUBCOMMAND_VARIANT };

pub(super) const WORDS: Keys = Keys { attribute: "arg", keys: &[("crate", Form::Path)], hints: hints::WORDS };

pub(super) const WORD_VARIANT: Keys =
    Keys { attribute: "arg", keys: &[("value", Form::Text)], hints: hints::WORD_VARIANT };

pub(super) const NEWTYPE: Keys = Keys {
    attribute: "arg",
    keys: &[("check", Form::Path), ("leading_hyphen", Form::Name), ("crate", Form::Path)],
    hints: &[],
};
