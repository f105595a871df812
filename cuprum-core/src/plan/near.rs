//! Which program somebody may have meant whose name was not found.

use std::ffi::OsStr;
use std::path::Path;

use crate::backend::{Backend, FileKind};
use crate::spec::distance;

/// Where the names of so many files have been read, no more are: it is only about a hint.
const MOST_NAMES: usize = 50_000;

/// Returns the program in these directories whose name is nearest to `name`, if one is near.
pub(super) fn similar<'a>(
    name: &str,
    dirs: impl Iterator<Item = &'a Path>,
    backend: &dyn Backend,
) -> Option<String> {
    let mut read = 0;
    let mut nearest: Option<(usize, String, &Path)> = None;
    for dir in dirs {
        if read > MOST_NAMES {
            break;
        }
        let names = backend.names(dir);
        read += names.len();
        for other in names.iter().filter_map(|other| other.to_str()) {
            let Some(distance) = distance(name, other) else { continue };
            let is_nearer = nearest.as_ref().is_none_or(|(least, _, _)| distance < *least);
            if is_nearer && backend.probe(&dir.join(other)) == FileKind::Executable {
                nearest = Some((distance, other.to_owned(), dir));
            }
        }
    }
    nearest.map(|(_, other, dir)| format!("did you mean `{other}`? it is in {}", dir.display()))
}

/// Returns the entries of a `PATH` that are not looked into, as text.
pub(super) fn skipped(path: &OsStr) -> Option<String> {
    let relative: Vec<String> = std::env::split_paths(path)
        .filter(|dir| !dir.is_absolute())
        .map(|dir| if dir.as_os_str().is_empty() { "an empty one".into() } else { dir.display().to_string() })
        .collect();
    let entries = relative.join(", ");
    (!relative.is_empty()).then(|| format!("entries of PATH that are not absolute are skipped: {entries}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skipped_entries_are_named() {
        assert_eq!(skipped(OsStr::new("/a:/b")), None);
        let text = "entries of PATH that are not absolute are skipped: bin, an empty one";
        assert_eq!(skipped(OsStr::new("/a:bin:")).as_deref(), Some(text));
    }
}
