//! What the builders write, from the facts of their commands.

use cuprum::spec::{Arg, ArgKind, CommandSpec, Style};

use crate::option::Value;

/// An option that a builder writes.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// The name: a long one without dashes, a short one with its dash.
    pub(crate) name: String,
    /// The long name of the opposite.
    pub(crate) negation: Option<&'static str>,
    pub(crate) value: Value,
    style: Style,
}

impl Written {
    /// Returns the words of the option with this value.
    pub(crate) fn words(&self, value: Option<&str>) -> Vec<String> {
        let name = if self.name.starts_with('-') { self.name.clone() } else { format!("--{}", self.name) };
        match (value, self.style) {
            (None, _) => vec![name],
            (Some(value), Style::Space) => vec![name, value.to_owned()],
            (Some(value), Style::Equals) => vec![format!("{name}={value}")],
            (Some(value), Style::Attached) => vec![format!("{name}{value}")],
        }
    }
}

/// Returns the options of a command, those of its sets, and those that it always writes.
pub(crate) fn written(spec: &CommandSpec) -> Vec<Written> {
    let mut found: Vec<Written> = flat(spec.args()).into_iter().filter_map(option).collect();
    let fixed = spec.fixed().iter().copied().flatten().filter(|word| word.len() > 1 && word.starts_with('-'));
    found.extend(fixed.map(|word| fixed_option(word)));
    found
}

fn fixed_option(word: &str) -> Written {
    let (name, value) = match word.split_once('=') {
        Some((name, _)) => (name, Value::Required),
        None => (word, Value::None),
    };
    let name = name.strip_prefix("--").unwrap_or(name).to_owned();
    Written { name, negation: None, value, style: Style::Equals }
}

/// Returns the arguments, with those of sets in their place.
pub(crate) fn flat(args: &'static [Arg]) -> Vec<&'static Arg> {
    let groups = args.iter().flat_map(|arg| match arg.kind() {
        ArgKind::Group(args) => flat(args),
        _ => vec![arg],
    });
    groups.collect()
}

/// Returns the option that an argument is; `None` for an operand.
pub(crate) fn option(arg: &'static Arg) -> Option<Written> {
    let value = match arg.kind() {
        ArgKind::Flag | ArgKind::Count => Value::None,
        ArgKind::Value => Value::Required,
        ArgKind::OptionalValue => Value::Optional,
        _ => return None,
    };
    let (name, style) = match (arg.long(), arg.short()) {
        (Some(long), _) => (long.to_owned(), Style::Equals),
        (None, Some(short)) => (format!("-{short}"), Style::Space),
        (None, None) => return None,
    };
    let style = if value == Value::Optional && arg.long().is_none() { Style::Attached } else { style };
    Some(Written { name, negation: arg.negation(), value, style: arg.style().unwrap_or(style) })
}
