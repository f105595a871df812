//! What may help somebody whose command cannot be planned; it is the same when it cannot be started.

use std::ffi::OsStr;
use std::path::Path;

use super::check::LONGEST_WORD;
use crate::backend::{Backend, FileKind, Launch};
use crate::spec::{ArgvError, ArgvErrorKind, ProgramSpec};

/// What can be done about too many or too long arguments.
pub(crate) const TOO_LONG: &str = "give it on standard input or in a file, or give less at once";

/// Returns how an argument can be written that cannot be written as it is.
pub(super) fn argument(fault: &ArgvError, program: &ProgramSpec) -> Option<String> {
    match (fault.kind(), program.separator()) {
        (ArgvErrorKind::LeadingDash, Some(separator)) => {
            Some(format!("put it behind the separator `{separator}`, or give it as the value of an option"))
        }
        (ArgvErrorKind::LeadingDash, None) => {
            let attribute = "#[program(separator = \"--\")]";
            Some(format!(
                "give it as the value of an option; a path may begin with `./`; if `{}` knows a word that ends its \
                 options, say so by `{attribute}` and put it behind that",
                program.name()
            ))
        }
        _ => None,
    }
}

/// Returns what may help somebody who gave a whole line as the name of a program.
pub(super) fn whole_line(name: &str) -> Option<String> {
    let (program, words) = name.split_once(char::is_whitespace)?;
    let is_line = !program.is_empty() && !program.contains('/') && !words.trim().is_empty();
    is_line.then(|| {
        format!("no shell splits `{name}`: the program is `{program}`; give it the rest by `arg` or `args`")
    })
}

/// Says what is too long for the kernel: the words and the variables together, or one inherited variable.
pub(crate) fn too_long(launch: &Launch, backend: &dyn Backend) -> String {
    // Each ends in a NUL byte, and a name in a `=`.
    let words: usize = launch.args.iter().map(|word| word.len() + 1).sum();
    let variable = |name: &OsStr, value: &OsStr| name.len() + value.len() + 2;
    let set = launch.environment.changes().filter_map(|(name, value)| Some(variable(name, value?)));
    let (mut variables, mut bytes) = set.fold((0, 0), |(count, bytes), more| (count + 1, bytes + more));
    let inherited = if launch.environment.inherits() { backend.vars() } else { Vec::new() };
    for (name, value) in inherited.iter().filter(|(name, _)| launch.environment.change_of(name).is_none()) {
        let length = variable(name, value);
        if length > LONGEST_WORD {
            let (name, most) = (name.to_string_lossy(), LONGEST_WORD - 1);
            return format!("the variable {name} has {} bytes; the kernel takes {most}", length - 1);
        }
        (variables, bytes) = (variables + 1, bytes + length);
    }
    format!("its {} words have {words} bytes, its {variables} variables {bytes}", launch.args.len())
}

/// Returns which part of a path is the first that does not exist.
pub(crate) fn missing_part(path: &Path, backend: &dyn Backend) -> Option<String> {
    let parent = path.parent()?;
    let there = parent.ancestors().find(|parent| backend.probe_dir(parent) == FileKind::Directory)?;
    if there == parent {
        return None;
    }
    let next = path.strip_prefix(there).ok()?.components().next()?;
    Some(format!("{} exists, but there is no `{}` in it", there.display(), next.as_os_str().display()))
}
