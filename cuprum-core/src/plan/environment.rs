//! Which variables the child has: the layers joined, and what is inherited settled.

use std::ffi::{OsStr, OsString};

use crate::backend::Backend;
use crate::spec::{Environment, Inherit, ProgramSpec, matches};

/// What a child has, and the `PATH` that it would inherit.
pub(super) struct Joined {
    pub(super) environment: Environment,
    /// As the parent has it, which is read once; `None` if the child does not inherit it.
    inherited: Option<OsString>,
}

impl Joined {
    /// Returns the `PATH` of the child, in which its program is looked up.
    pub(super) fn path(&self) -> Option<&OsStr> {
        self.environment.change_of(OsStr::new(PATH)).unwrap_or(self.inherited.as_deref())
    }

    /// Returns the parent's `PATH`, if the child has what is absolute of it.
    pub(super) fn whole_path(&self) -> Option<&OsStr> {
        self.inherited.as_deref().filter(|own| only_absolute(own).as_deref() == self.path())
    }
}

const PATH: &str = "PATH";

/// Joins the layers: the program's own rules, then the context's, then the command's; later wins.
///
/// Clearing takes away what would be inherited, and never what the program is always given. A layer that
/// keeps some names only, takes away all others, and none gives back what another one takes away.
///
/// An inherited `PATH` loses its relative and empty entries, as the program is not looked up there: what the
/// program starts is not found in its working directory either.
pub(super) fn joined(
    program: &ProgramSpec,
    context: &Environment,
    command: Environment,
    backend: &dyn Backend,
) -> Joined {
    let mut asked = context.clone();
    asked.extend(command);
    let mut environment = Environment::new();
    let inherited = |name: &OsStr| {
        let by_program = match program.inherit_env() {
            Inherit::All => true,
            Inherit::Nothing => false,
            Inherit::Only(names) => any(names, name),
        };
        by_program && asked.passes(name)
    };
    let is_removed = |name: &OsStr| any(program.remove_env(), name);
    let vars = |keep: &dyn Fn(&OsStr) -> bool| -> Vec<(OsString, OsString)> {
        backend.vars().into_iter().filter(|(name, _)| keep(name)).collect()
    };
    match program.inherit_env() {
        Inherit::All if asked.inherits() && !asked.is_selective() => {
            // Only what the parent has is removed, so that a plan shows what differs.
            if !program.remove_env().is_empty() {
                vars(&is_removed).into_iter().for_each(|(name, _)| environment.remove(name));
            }
        }
        _ => {
            environment.clear();
            if asked.inherits() {
                let kept = vars(&|name| inherited(name) && !is_removed(name));
                kept.into_iter().for_each(|(name, value)| environment.set(name, value));
            }
        }
    }
    let inherited = match environment.change_of(OsStr::new(PATH)) {
        Some(kept) => kept.map(OsStr::to_owned),
        None => backend.var(OsStr::new(PATH)),
    };
    match inherited.as_deref().and_then(only_absolute) {
        Some(kept) if kept.is_empty() => environment.remove(PATH),
        Some(kept) => environment.set(PATH, kept),
        None => {}
    }
    for (name, value) in program.set_env() {
        environment.set(*name, *value);
    }
    environment.change(asked);
    Joined { environment, inherited }
}

/// Returns a `PATH` without the entries that are not absolute, if it has any of these.
fn only_absolute(path: &OsStr) -> Option<OsString> {
    // As bytes, since every plan asks, and mostly nothing is to be changed.
    if path.as_encoded_bytes().split(|byte| *byte == b':').all(|dir| dir.starts_with(b"/")) {
        return None;
    }
    std::env::join_paths(std::env::split_paths(path).filter(|dir| dir.is_absolute())).ok()
}

fn any(patterns: &[&str], name: &OsStr) -> bool {
    patterns.iter().any(|pattern| matches(pattern, name))
}
