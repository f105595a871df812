//! What may help somebody whose command cannot be planned; it is the same when it cannot be started.

use std::path::Path;

use crate::backend::{Backend, FileKind};
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
