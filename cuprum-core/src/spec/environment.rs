//! Changes to the environment that a child gets.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

/// Changes to the inherited environment: what is set, what is removed, whether it starts empty.
///
/// The child gets the parent's environment as it is when the command starts, with these changes on
/// top. The parent's own environment is never changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    clear: bool,
    changes: BTreeMap<OsString, Option<OsString>>,
}

impl Environment {
    /// Creates a set of changes that changes nothing.
    pub const fn new() -> Self {
        Self { clear: false, changes: BTreeMap::new() }
    }

    /// Sets `name` to `value`; a later change of the same name wins.
    pub fn set(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.changes.insert(name.into(), Some(value.into()));
    }

    /// Takes `name` away, also when the parent has it.
    pub fn remove(&mut self, name: impl Into<OsString>) {
        self.changes.insert(name.into(), None);
    }

    /// Starts from nothing: forgets earlier changes and inherits no variable.
    pub fn clear(&mut self) {
        self.clear = true;
        self.changes.clear();
    }

    /// Adds the changes of `later` on top of these.
    pub fn extend(&mut self, later: Self) {
        if later.clear {
            *self = later;
        } else {
            self.changes.extend(later.changes);
        }
    }

    /// Adds the changes of `later` on top of these, and keeps these also where `later` was cleared.
    pub(crate) fn change(&mut self, later: Self) {
        self.changes.extend(later.changes);
    }

    /// Returns whether the parent's variables are inherited.
    pub fn inherits(&self) -> bool {
        !self.clear
    }

    /// Returns the changes by name; `None` means removed.
    pub fn changes(&self) -> impl Iterator<Item = (&OsStr, Option<&OsStr>)> {
        self.changes.iter().map(|(name, value)| (name.as_os_str(), value.as_deref()))
    }

    /// Returns what these changes say about `name`: nothing, removed, or a value.
    ///
    /// A cleared environment says "removed" for every name that is not set.
    pub fn change_of(&self, name: &OsStr) -> Option<Option<&OsStr>> {
        match self.changes.get(name) {
            Some(value) => Some(value.as_deref()),
            None if self.clear => Some(None),
            None => None,
        }
    }

    /// Returns whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        !self.clear && self.changes.is_empty()
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
}
