//! An option, as a tool lists it or as a builder writes it.

use std::fmt;

/// The names of an option, and what follows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opt {
    /// The long names, without dashes, and the short ones, with theirs.
    pub(crate) names: Vec<String>,
    pub(crate) value: Value,
    /// Whether `--no-NAME` is known, too.
    pub(crate) negatable: bool,
}

/// What follows the name of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    None,
    Optional,
    Required,
}

impl Opt {
    pub(crate) fn new(value: Value) -> Self {
        Self { names: Vec::new(), value, negatable: false }
    }

    /// Whether this is one of its names, or the opposite of one.
    pub(crate) fn is(&self, name: &str) -> bool {
        let opposes = |own: &String| {
            let not = name.strip_prefix("no-") == Some(own) && (self.negatable || self.value == Value::None);
            not || (own.strip_prefix("no-") == Some(name) && self.value == Value::None)
        };
        self.is_exactly(name) || self.names.iter().any(opposes)
    }

    /// Whether this is one of its names.
    pub(crate) fn is_exactly(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }

    /// Whether a builder that writes the option with this much behind it is understood.
    pub(crate) fn takes(&self, name: &str, value: Value) -> bool {
        let opposite = name.strip_prefix("no-").is_some_and(|name| self.is_exactly(name));
        let exact = !opposite && self.is_exactly(name);
        match (exact, self.value, value) {
            // The opposite never has a value.
            (false, _, value) => value == Value::None,
            (true, Value::None, value) => value == Value::None,
            (true, Value::Required, value) => value == Value::Required,
            // A builder may always give a value, or never.
            (true, Value::Optional, _) => true,
        }
    }
}

/// The first name, with its dashes.
impl fmt::Display for Opt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.names.first() {
            Some(name) if name.starts_with('-') => f.write_str(name),
            Some(name) => write!(f, "--{name}"),
            None => Ok(()),
        }
    }
}

/// Adds an option to a list, or its names to the option of the list that it is.
pub(crate) fn add(list: &mut Vec<Opt>, option: Opt) {
    let same = |known: &Opt| option.names.iter().any(|name| known.is_exactly(name));
    let like = |known: &Opt| option.value == Value::None && option.names.iter().any(|name| known.is(name));
    let at = list.iter().position(same).or_else(|| list.iter().position(like));
    match at.and_then(|at| list.get_mut(at)) {
        Some(known) => {
            for name in option.names {
                if !known.names.contains(&name) {
                    known.names.push(name);
                }
            }
            known.negatable |= option.negatable;
        }
        None => list.push(option),
    }
}

#[cfg(test)]
mod tests {
    use super::{Opt, Value, add};

    fn option(names: &[&str], value: Value) -> Opt {
        Opt { names: names.iter().map(|&name| name.to_owned()).collect(), value, negatable: false }
    }

    #[test]
    fn an_option_is_known_by_its_names_and_their_opposites() {
        let tags = option(&["tags", "-t"], Value::None);
        for name in ["tags", "-t", "no-tags"] {
            assert!(tags.is(name), "{name}");
        }
        assert!(!tags.is("tag") && !tags.is("no-t"));
        assert!(option(&["no-checkout"], Value::None).is("checkout"));
    }

    #[test]
    fn a_value_fits_where_the_tool_reads_one() {
        let required = option(&["depth"], Value::Required);
        assert!(required.takes("depth", Value::Required));
        assert!(!required.takes("depth", Value::None) && !required.takes("depth", Value::Optional));
        assert!(required.takes("no-depth", Value::None));
        let flag = option(&["bare"], Value::None);
        assert!(flag.takes("bare", Value::None) && !flag.takes("bare", Value::Required));
        let optional = option(&["stat"], Value::Optional);
        assert!(optional.takes("stat", Value::Required) && optional.takes("stat", Value::None));
    }

    #[test]
    fn opposites_in_two_lines_are_one_option() {
        let mut list = vec![option(&["no-checkout", "-n"], Value::None)];
        add(&mut list, option(&["checkout"], Value::None));
        assert_eq!(list.len(), 1);
    }
}
