//! What an archive may hold that comes from somebody else.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path};

use super::output::{Entry, EntryKind, Listing};
use crate::args::RelPath;
use crate::output::RawPath;

/// What an archive may hold that comes from somebody else.
///
/// ```
/// use cuprum_builders::tar::{Limits, Listing, Refusal};
///
/// let listing = Listing::parse(b"-rwsr-xr-x 0/0 12 2023-11-14 22:13:20 bin/su\n")?;
/// assert_eq!(Limits::default().check(&listing).unwrap_err().refusal(), Refusal::Privileges);
/// # Ok::<(), cuprum::spec::OutputError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    entries: usize,
    size: u64,
    depth: usize,
}

/// 100,000 members, 10 GiB together, 64 directories deep.
impl Default for Limits {
    fn default() -> Self {
        Self { entries: 100_000, size: 10 << 30, depth: 64 }
    }
}

/// Says which member of an archive is refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the member {name} is refused: {}", refusal.text())]
pub struct Refused {
    refusal: Refusal,
    name: RawPath,
}

/// Why a member of an archive is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// There are more members than are allowed.
    Entries,
    /// All members together are larger than is allowed.
    Size,
    /// It is in more directories than are allowed.
    Depth,
    /// Its name is absolute, has `..`, is not UTF-8, or could be read otherwise; see [`RelPath`].
    Name,
    /// There is one of this name already, maybe in other letters.
    Duplicate,
    /// It is neither a file nor a directory nor a link.
    Kind,
    /// It has a set-user-id, set-group-id or sticky bit.
    Privileges,
    /// It is a link that leads out of the archive, or to no file of it.
    Target,
    /// A member that is a link, or a file, stands in its name where a directory should.
    ThroughLink,
}

impl Refusal {
    fn text(self) -> &'static str {
        match self {
            Self::Entries => "there are too many",
            Self::Size => "all are too large together",
            Self::Depth => "it is too deep",
            Self::Name => "its name is not safe",
            Self::Duplicate => "there is one of its name already",
            Self::Kind => "it is neither a file nor a directory nor a link",
            Self::Privileges => "it has a set-user-id, set-group-id or sticky bit",
            Self::Target => "it leads out of the archive",
            Self::ThroughLink => "its name goes through a link or a file",
        }
    }
}

impl Refused {
    /// Returns why.
    pub fn refusal(&self) -> Refusal {
        self.refusal
    }

    /// Returns the name of the member.
    pub fn name(&self) -> &RawPath {
        &self.name
    }
}

impl Limits {
    /// Returns the default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many members there may be.
    #[must_use]
    pub fn entries(self, entries: usize) -> Self {
        Self { entries, ..self }
    }

    /// Sets how many bytes all members may have together.
    #[must_use]
    pub fn size(self, size: u64) -> Self {
        Self { size, ..self }
    }

    /// Sets in how many directories a member may be.
    #[must_use]
    pub fn depth(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    /// Checks that an archive holds nothing that does harm where it is taken out.
    ///
    /// Members are files, directories and links that stay among them, of plain and different names, and
    /// without privileges.
    ///
    /// # Errors
    ///
    /// A [`Refused`] for the first member that is not allowed.
    pub fn check(&self, listing: &Listing) -> Result<(), Refused> {
        let mut seen = Seen::default();
        listing.iter().try_for_each(|entry| self.check_next(entry, &mut seen))
    }

    /// Checks a member that comes after those that were seen.
    pub(super) fn check_next(&self, entry: &Entry, seen: &mut Seen) -> Result<(), Refused> {
        match self.refusal(entry, seen) {
            Some(refusal) => Err(Refused { refusal, name: entry.name.clone() }),
            None => Ok(()),
        }
    }

    fn refusal(&self, entry: &Entry, seen: &mut Seen) -> Option<Refusal> {
        if seen.entries >= self.entries {
            return Some(Refusal::Entries);
        }
        seen.entries += 1;
        seen.size = seen.size.saturating_add(entry.size);
        if seen.size > self.size {
            return Some(Refusal::Size);
        }
        if entry.mode & 0o7000 != 0 {
            return Some(Refusal::Privileges);
        }
        let Some(name) = plain(&entry.name) else { return Some(Refusal::Name) };
        let depth = name.matches('/').count();
        if depth > self.depth {
            return Some(Refusal::Depth);
        }
        // A directory may be there twice, and the top is `.`.
        let folded = name.to_lowercase();
        let twice = seen.kinds.insert(folded.clone(), entry.kind);
        if twice.is_some_and(|before| (before, entry.kind) != (EntryKind::Directory, EntryKind::Directory)) {
            return Some(Refusal::Duplicate);
        }
        let mut parents = folded.match_indices('/').filter_map(|(at, _)| folded.get(..at));
        if parents.any(|parent| seen.kinds.get(parent).is_some_and(|kind| *kind != EntryKind::Directory)) {
            return Some(Refusal::ThroughLink);
        }
        if entry.kind != EntryKind::Directory && seen.parents.contains(&folded) {
            return Some(Refusal::ThroughLink);
        }
        seen.parents
            .extend(folded.match_indices('/').filter_map(|(at, _)| folded.get(..at)).map(str::to_owned));
        let target = entry.target.as_ref();
        match entry.kind {
            EntryKind::File | EntryKind::Contiguous => {
                seen.files.insert(name.to_owned());
                None
            }
            EntryKind::Directory => None,
            EntryKind::Symlink if target.is_some_and(|target| stays(target, depth)) => None,
            EntryKind::HardLink if target.and_then(plain).is_some_and(|to| seen.files.contains(to)) => None,
            EntryKind::Symlink | EntryKind::HardLink => Some(Refusal::Target),
            _ => Some(Refusal::Kind),
        }
    }
}

/// What the members so far were.
#[derive(Default)]
pub(super) struct Seen {
    entries: usize,
    size: u64,
    /// By the name in lower case.
    kinds: HashMap<String, EntryKind>,
    /// The directories that names go through, in lower case.
    parents: HashSet<String>,
    files: HashSet<String>,
}

/// Returns a name without the `./` before it and the `/` behind it, if it is a [`RelPath`], or `.`.
fn plain(name: &RawPath) -> Option<&str> {
    let text = std::str::from_utf8(name.as_bytes()).ok()?;
    let text = text.strip_suffix('/').unwrap_or(text);
    if text == "." {
        return Some(text);
    }
    let text = text.strip_prefix("./").unwrap_or(text);
    RelPath::new(text).is_ok().then_some(text)
}

/// Returns whether a symbolic link stays in the archive that is in `depth` directories of it.
///
/// `..` stands only at the beginning: behind a name, which may be another link, it could lead anywhere.
fn stays(target: &RawPath, depth: usize) -> bool {
    let mut up = 0;
    let mut named = false;
    for component in Path::new(target.as_path()).components() {
        match component {
            Component::ParentDir if named => return false,
            Component::ParentDir => up += 1,
            Component::Normal(_) => named = true,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return false,
        }
    }
    up <= depth && !target.as_bytes().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &str, expected: Option<Refusal>) {
        let output: String = lines
            .lines()
            .map(|line| {
                let (mode, name) = line.trim().split_once(' ').unwrap();
                format!("{mode} 0/0 10 2023-11-14 22:13:20 {name}\n")
            })
            .collect();
        let listing = Listing::parse(output.as_bytes()).unwrap();
        let found = Limits::new().entries(4).size(30).depth(2).check(&listing);
        assert_eq!(found.err().map(|refused| refused.refusal()), expected, "{lines}");
    }

    #[test]
    fn files_directories_and_links_among_them_are_taken() {
        check("drwxr-xr-x ./\n-rw-r--r-- ./a\nlrwxrwxrwx ./b -> a", None);
        check("drwxr-xr-x d/\ndrwxr-xr-x d/\n-rw-r--r-- d/a", None);
        check("-rw-r--r-- d/a\nhrw-r--r-- d/b link to d/a\nlrwxrwxrwx d/e/c -> ../../d/a", None);
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for target in ["/etc/passwd", "..", "../x", "a/../../x", "a/..", "./../x"] {
            check(&format!("lrwxrwxrwx l -> {target}"), Some(Refusal::Target));
        }
        check("lrwxrwxrwx a/l -> ../..", Some(Refusal::Target));
        check("hrw-r--r-- b link to a", Some(Refusal::Target));
        check("lrwxrwxrwx a -> b\nhrw-r--r-- c link to a", Some(Refusal::Target));
        check("hrw-r--r-- b link to /etc/passwd", Some(Refusal::Target));
        check("lrwxrwxrwx d -> e\n-rw-r--r-- d/a", Some(Refusal::ThroughLink));
        check("lrwxrwxrwx D -> e\n-rw-r--r-- d/a", Some(Refusal::ThroughLink));
        check("-rw-r--r-- d/a\nlrwxrwxrwx d -> e", Some(Refusal::ThroughLink));
        for name in ["/a", "../a", "a/../b", "-a", "a//b", "a\\\\b", "a\\377"] {
            check(&format!("-rw-r--r-- {name}"), Some(Refusal::Name));
        }
    }

    #[test]
    fn privileges_devices_and_what_is_there_twice_are_refused() {
        for mode in ["-rwsr-xr-x", "-rwxr-sr-x", "drwxrwxrwt"] {
            check(&format!("{mode} a"), Some(Refusal::Privileges));
        }
        check("prw-r--r-- a", Some(Refusal::Kind));
        check("-rw-r--r-- a\n-rw-r--r-- ./a", Some(Refusal::Duplicate));
        check("-rw-r--r-- a\n-rw-r--r-- A", Some(Refusal::Duplicate));
        check("drwxr-xr-x a\nlrwxrwxrwx a -> b", Some(Refusal::Duplicate));
    }

    #[test]
    fn more_than_is_allowed_is_refused() {
        check("drwxr-xr-x a\ndrwxr-xr-x a\ndrwxr-xr-x a\ndrwxr-xr-x a", Some(Refusal::Size));
        check("-rw-r--r-- a/b/c/d", Some(Refusal::Depth));
        let five = Listing::parse(&b"-rw-r--r-- 0/0 0 2023-11-14 22:13:20 a\n".repeat(2)).unwrap();
        assert_eq!(Limits::new().entries(1).check(&five).unwrap_err().refusal(), Refusal::Entries);
    }
}
