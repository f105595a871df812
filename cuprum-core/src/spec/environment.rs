//! Changes to the environment that a child gets.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;

use super::Secret;

/// Changes to the inherited environment: what is set, what is removed, what is inherited at all.
///
/// The child gets the parent's environment as it is when the command starts, with these changes on
/// top. The parent's own environment is never changed. The `Debug` form shows secret values as `***`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// What is named by none of these lists is cleared; none if nothing is.
    cleared_but: Vec<Vec<OsString>>,
    /// Each layer's patterns, all of which an inherited name must match; none if all are inherited.
    only: Vec<Vec<OsString>>,
    changes: BTreeMap<OsString, Option<Value>>,
}

#[derive(Clone, PartialEq, Eq)]
struct Value {
    text: OsString,
    secret: bool,
}

/// What an environment variable can be set to: text, or a [`Secret`] text that is never shown.
pub trait EnvValue {
    /// Returns the value, and whether it is shown as `***`.
    fn into_value(self) -> (OsString, bool);
}

impl<T: Into<OsString>> EnvValue for T {
    fn into_value(self) -> (OsString, bool) {
        (self.into(), false)
    }
}

impl<T: Into<OsString>> EnvValue for Secret<T> {
    fn into_value(self) -> (OsString, bool) {
        (self.into_inner().into(), true)
    }
}

impl Environment {
    /// Creates a set of changes that changes nothing.
    pub const fn new() -> Self {
        Self { cleared_but: Vec::new(), only: Vec::new(), changes: BTreeMap::new() }
    }

    /// Sets `name` to `value`; a later change of the same name wins.
    pub fn set(&mut self, name: impl Into<OsString>, value: impl EnvValue) {
        let (text, secret) = value.into_value();
        self.changes.insert(name.into(), Some(Value { text, secret }));
    }

    /// Takes `name` away, also when the parent has it.
    pub fn remove(&mut self, name: impl Into<OsString>) {
        self.changes.insert(name.into(), None);
    }

    /// Starts from nothing: forgets earlier changes and inherits no variable.
    pub fn clear(&mut self) {
        *self = Self { cleared_but: vec![Vec::new()], ..Self::new() };
    }

    /// Forgets earlier changes and inherits no variable, but for these names; a trailing `*` stands for any ending.
    pub fn clear_except<N: Into<OsString>>(&mut self, names: impl IntoIterator<Item = N>) {
        self.clear_but(names.into_iter().map(Into::into).collect());
    }

    fn clear_but(&mut self, names: Vec<OsString>) {
        if names.is_empty() {
            return self.clear();
        }
        self.changes.retain(|name, _| any(&names, name));
        self.cleared_but.push(names);
    }

    /// Inherits only variables of these names; a trailing `*` stands for any ending.
    ///
    /// What is set stays set. Called again, it keeps what both name.
    pub fn keep_only<N: Into<OsString>>(&mut self, names: impl IntoIterator<Item = N>) {
        self.only.push(names.into_iter().map(Into::into).collect());
    }

    /// Adds the changes of `later` on top of these.
    pub fn extend(&mut self, later: Self) {
        later.cleared_but.into_iter().for_each(|names| self.clear_but(names));
        self.only.extend(later.only);
        self.changes.extend(later.changes);
    }

    /// Adds what `later` sets and removes on top of these, and leaves alone what is inherited.
    pub(crate) fn change(&mut self, later: Self) {
        self.changes.extend(later.changes);
    }

    /// Marks what `name` is set to as a secret.
    pub(super) fn hide(&mut self, name: &OsStr) {
        if let Some(Some(value)) = self.changes.get_mut(name) {
            value.secret = true;
        }
    }

    /// Returns whether any of the parent's variables are inherited.
    pub fn inherits(&self) -> bool {
        !self.cleared_but.iter().any(Vec::is_empty)
    }

    /// Returns whether the parent's variable `name` would be inherited, if these changes do not name it.
    pub fn passes(&self, name: &OsStr) -> bool {
        self.lists().all(|names| any(names, name))
    }

    /// Returns whether some of the parent's variables are inherited and others are not.
    pub(crate) fn is_selective(&self) -> bool {
        self.inherits() && self.lists().next().is_some()
    }

    /// Returns the lists of patterns, all of which an inherited name must match.
    fn lists(&self) -> impl Iterator<Item = &Vec<OsString>> {
        self.cleared_but.iter().chain(&self.only)
    }

    /// Returns the changes by name; `None` means removed.
    pub fn changes(&self) -> impl Iterator<Item = (&OsStr, Option<&OsStr>)> {
        self.changes.iter().map(|(name, value)| (&**name, value.as_ref().map(|value| &*value.text)))
    }

    /// Returns the changes by name as they may be shown: a secret is `***`.
    pub fn shown_changes(&self) -> impl Iterator<Item = (&OsStr, Option<&OsStr>)> {
        self.changes.iter().map(|(name, value)| (&**name, value.as_ref().map(Value::shown)))
    }

    /// Returns the values that are secrets.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &OsStr> {
        self.changes.values().flatten().filter(|value| value.secret).map(|value| &*value.text)
    }

    /// Returns the bytes of the values that are secrets.
    pub(crate) fn secret_bytes(&self) -> impl Iterator<Item = &[u8]> {
        self.secrets().map(OsStr::as_encoded_bytes)
    }

    /// Returns what these changes say about `name`: nothing, removed, or a value.
    ///
    /// An environment that does not inherit the name says "removed" where it does not set it.
    pub fn change_of(&self, name: &OsStr) -> Option<Option<&OsStr>> {
        match self.changes.get(name) {
            Some(value) => Some(value.as_ref().map(|value| &*value.text)),
            None if self.passes(name) => None,
            None => Some(None),
        }
    }

    /// Returns whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.lists().next().is_none() && self.changes.is_empty()
    }
}

impl Value {
    fn shown(&self) -> &OsStr {
        if self.secret { OsStr::new("***") } else { &self.text }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("cleared_but", &self.cleared_but)
            .field("only", &self.only)
            .field("changes", &self.shown_changes().collect::<BTreeMap<_, _>>())
            .finish()
    }
}

fn any(patterns: &[OsString], name: &OsStr) -> bool {
    patterns.iter().any(|pattern| matches(pattern, name))
}

/// Matches a name against a pattern whose trailing `*` stands for any ending.
pub(crate) fn matches(pattern: impl AsRef<OsStr>, name: &OsStr) -> bool {
    let (pattern, name) = (pattern.as_ref().as_encoded_bytes(), name.as_encoded_bytes());
    match pattern.strip_suffix(b"*") {
        Some(prefix) => name.starts_with(prefix),
        None => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_change_wins() {
        let mut environment = Environment::new();
        environment.set("A", "1");
        environment.remove("A");
        assert_eq!(environment.change_of(OsStr::new("A")), Some(None));
        environment.set("A", "2");
        assert_eq!(environment.change_of(OsStr::new("A")), Some(Some(OsStr::new("2"))));
    }

    #[test]
    fn a_cleared_environment_knows_only_what_is_set_after() {
        let mut environment = Environment::new();
        environment.set("A", "1");
        environment.clear();
        environment.set("B", "2");
        assert!(!environment.inherits());
        assert_eq!(environment.change_of(OsStr::new("A")), Some(None));
        assert_eq!(environment.changes().count(), 1);
    }

    #[test]
    fn extending_with_a_cleared_environment_forgets_the_earlier_one() {
        let mut first = Environment::new();
        first.set("A", "1");
        let mut second = Environment::new();
        second.clear();
        first.extend(second.clone());
        assert_eq!(first, second);
    }

    #[test]
    fn an_environment_that_keeps_some_names_inherits_no_others() {
        let mut environment = Environment::new();
        environment.set("A", "1");
        environment.keep_only(["PATH", "LC_*"]);
        let says = |name: &str| environment.change_of(OsStr::new(name));
        assert_eq!((says("PATH"), says("LC_ALL"), says("LC_")), (None, None, None));
        assert_eq!((says("HOME"), says("PATHS"), says("LC")), (Some(None), Some(None), Some(None)));
        assert_eq!(says("A"), Some(Some(OsStr::new("1"))));
        let mut narrower = environment.clone();
        narrower.keep_only(["LC_ALL", "HOME"]);
        assert!(narrower.passes(OsStr::new("LC_ALL")) && !narrower.passes(OsStr::new("PATH")));
        assert!(!narrower.passes(OsStr::new("HOME")), "what one layer keeps out stays out");
    }

    #[test]
    fn what_is_cleared_but_for_some_names_forgets_all_others_and_gives_nothing_back() {
        let says = |environment: &Environment, name: &str| {
            environment.change_of(OsStr::new(name)).map(|change| change.map(OsStr::to_owned))
        };
        let mut command = Environment::new();
        command.set("A", "1");
        command.clear_except(["PATH", "B*"]);
        let mut context = Environment::new();
        context.set("HOME", "/h");
        context.set("B1", "b");
        let mut both = context.clone();
        both.extend(command.clone());
        assert_eq!((says(&both, "PATH"), says(&both, "B2")), (None, None));
        assert_eq!((says(&both, "HOME"), says(&both, "A")), (Some(None), Some(None)));
        assert_eq!(says(&both, "B1"), Some(Some("b".into())));
        assert!(both.is_selective());
        // What the context keeps out or clears stays out.
        context.keep_only(["HOME"]);
        context.extend(command.clone());
        assert_eq!(says(&context, "PATH"), Some(None));
        let mut cleared = Environment::new();
        cleared.clear();
        cleared.set("B1", "b");
        cleared.extend(command.clone());
        assert!(!cleared.inherits());
        assert_eq!((says(&cleared, "PATH"), says(&cleared, "B1")), (Some(None), Some(Some("b".into()))));
        // And nothing but these names is as clearing all.
        command.clear_except::<&str>([]);
        assert!(!command.inherits() && command.changes().next().is_none());
    }

    #[test]
    fn a_secret_value_is_given_and_not_shown() {
        let mut environment = Environment::new();
        environment.set("TOKEN", Secret::new("hunter2"));
        environment.set("SITE", "north");
        assert_eq!(environment.change_of(OsStr::new("TOKEN")), Some(Some(OsStr::new("hunter2"))));
        assert_eq!(environment.secrets().collect::<Vec<_>>(), ["hunter2"]);
        let shown = format!("{environment:?}");
        assert!(shown.contains("\"TOKEN\": Some(\"***\")") && shown.contains("north"), "{shown}");
        environment.set("TOKEN", "plain");
        assert_eq!(environment.secrets().count(), 0, "the last change decides");
    }
}
