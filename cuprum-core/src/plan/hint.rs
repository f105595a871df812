//! What may help somebody whose command cannot be planned; it is the same when it cannot be started.

use std::path::Path;

use crate::backend::{Backend, FileKind};

/// What can be done about too many or too long arguments.
pub(crate) const TOO_LONG: &str = "give it on standard input or in a file, or give less at once";

/// Returns which part of a path is the first that does not exist.
pub(crate) fn missing_part(path: &Path, backend: &dyn Backend) -> Option<String> {
    let parent = path.parent()?;
    let there = parent.ancestors().find(|parent| backend.probe_dir(parent) == FileKind::Directory)?;
    if there == parent {
        return None;
    }
    let next = path.strip_prefix(there).ok()?.components().next()?;
    Some(format!("{} exists, and in it there is no {}", there.display(), next.as_os_str().display()))
}
