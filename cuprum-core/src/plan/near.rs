//! Which program somebody may have meant whose name was not found.

use std::ffi::OsStr;
use std::path::Path;

use crate::backend::{Backend, FileKind};

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
    nearest.map(|(_, other, dir)| format!("`{other}` lies in {}", dir.display()))
}

/// Returns how many letters were mistyped, if that is few for a name of this length: left out, doubled,
/// replaced, or in turned order.
fn distance(name: &str, other: &str) -> Option<usize> {
    let most = match name.len() {
        ..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    if name.len().abs_diff(other.len()) > most {
        return None;
    }
    let (name, other) = (name.as_bytes(), other.as_bytes());
    // Three rows of the table of distances of all beginnings (optimal string alignment).
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in name.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&last, column) + usize::from(letter != wanted);
            let mut least = replaced.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let turned = row > 0
                && column > 0
                && name.get(row - 1) == Some(wanted)
                && other.get(column - 1) == Some(letter);
            if turned {
                least = least.min(at(&before, column - 1) + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().filter(|distance| (1..=most).contains(distance))
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
    fn few_mistyped_letters_are_near() {
        assert_eq!(distance("gti", "git"), Some(1));
        assert_eq!(distance("gitt", "git"), Some(1));
        assert_eq!(distance("rsnyc", "rsync"), Some(1));
        assert_eq!(distance("docekr-compose", "docker-compose"), Some(1));
        assert_eq!(distance("pyhton33", "python3"), Some(2));
        for (name, other) in
            [("git", "git"), ("ls", "lz"), ("cat", "tar"), ("grep", "fold"), ("make", "cmake3")]
        {
            assert_eq!(distance(name, other), None, "{name} {other}");
        }
    }

    #[test]
    fn skipped_entries_are_named() {
        assert_eq!(skipped(OsStr::new("/a:/b")), None);
        let text = "entries of PATH that are not absolute are skipped: bin, an empty one";
        assert_eq!(skipped(OsStr::new("/a:bin:")).as_deref(), Some(text));
    }
}
