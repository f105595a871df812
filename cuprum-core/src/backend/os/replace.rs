//! Files that take the place of others when they are whole.

use std::collections::hash_map::RandomState;
use std::fs::{File, Metadata, Permissions};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, Gid, Uid};

use crate::backend::Replacement;

/// Names of temporary files begin with this.
const PREFIX: &str = ".cuprum-";

/// Makes an empty file beside that at `path`, links followed, whose place it can take.
pub(super) fn replacement(path: &Path) -> io::Result<(File, OsReplacement)> {
    let invalid = |why| io::Error::new(io::ErrorKind::InvalidInput, why);
    let (target, replaced) = match path.canonicalize() {
        Ok(target) => {
            let replaced = target.metadata()?;
            if replaced.is_dir() {
                return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
            }
            if !replaced.is_file() {
                return Err(invalid("it is no regular file, so that no other one can take its place"));
            }
            // A file that may not be written may not be replaced either, though its directory would allow it.
            rustix::fs::access(&target, Access::WRITE_OK)?;
            (target, Some(replaced))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_ok() => {
            return Err(invalid("it is a link to nothing"));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    let Some(dir) = target.parent().filter(|_| target.file_name().is_some()) else {
        return Err(invalid("it names no file"));
    };
    // What is to have the permissions of another file is nobody else's until it has.
    let (file, temporary) = create(dir, if replaced.is_some() { 0o600 } else { 0o666 })?;
    // From here on it is removed if anything fails.
    let replacement = OsReplacement { temporary: Some(temporary), target };
    if let Some(replaced) = replaced {
        like(&file, &replaced)?;
    }
    Ok((file, replacement))
}

/// Makes a file of a name that nobody else has.
fn create(dir: &Path, mode: u32) -> io::Result<(File, PathBuf)> {
    const TRIES: usize = 100;
    let mut options = File::options();
    options.write(true).create_new(true).mode(mode);
    let mut tries = 0;
    loop {
        // Each state is another one, from random numbers of the kernel.
        let random = RandomState::new().build_hasher().finish();
        let path = dir.join(format!("{PREFIX}{}-{random:016x}", std::process::id()));
        match options.open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < TRIES => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Gives a file the permissions of the one that it replaces, and its owner and group where that is allowed.
fn like(file: &File, replaced: &Metadata) -> io::Result<()> {
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (replaced.uid(), replaced.gid()) {
        let ids = (Uid::from_raw(replaced.uid()), Gid::from_raw(replaced.gid()));
        // Only root may give files away; others at least keep the group, if it is one of theirs.
        if rustix::fs::fchown(file, Some(ids.0), Some(ids.1)).is_err() {
            let _ = rustix::fs::fchown(file, None, Some(ids.1));
        }
    }
    // What runs as another user is not made by writing to a file.
    file.set_permissions(Permissions::from_mode(replaced.mode() & 0o777))
}

/// A file that is removed unless it takes another one's place.
#[derive(Debug)]
pub(super) struct OsReplacement {
    temporary: Option<PathBuf>,
    target: PathBuf,
}

impl Replacement for OsReplacement {
    fn target(&self) -> &Path {
        &self.target
    }

    fn commit(mut self: Box<Self>) -> io::Result<()> {
        if let Some(temporary) = &self.temporary {
            std::fs::rename(temporary, &self.target)?;
            self.temporary = None;
        }
        Ok(())
    }
}

impl Drop for OsReplacement {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            let _ = std::fs::remove_file(temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::os::unix::fs::symlink;

    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(dir).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_as_a_whole_and_keeps_its_permissions() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o4640)).unwrap();
        let (mut file, replacement) = replacement(&path).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(dir.path()).len()), ("old", 2));
        Box::new(replacement).commit().unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(dir.path()).len()), ("new", 1));
        assert_eq!(path.metadata().unwrap().mode() & 0o7777, 0o640);
    }

    #[test]
    fn the_owner_and_the_group_are_kept_where_that_is_allowed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        fs::write(&path, "old").unwrap();
        // Only root may give files away, so only root has such a file here.
        let _ = std::os::unix::fs::chown(&path, Some(1234), Some(1235));
        let before = path.metadata().unwrap();
        Box::new(replacement(&path).unwrap().1).commit().unwrap();
        let after = path.metadata().unwrap();
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_ne!(after.ino(), before.ino());
    }

    #[test]
    fn a_new_file_has_the_permissions_of_any_new_file_and_is_gone_if_it_is_not_wanted() {
        let dir = tempfile::tempdir().unwrap();
        let (path, other) = (dir.path().join("out"), dir.path().join("other"));
        fs::write(&other, "").unwrap();
        let (_, kept) = replacement(&path).unwrap();
        drop(replacement(&dir.path().join("unwanted")).unwrap());
        Box::new(kept).commit().unwrap();
        assert_eq!(names(dir.path()), ["other", "out"]);
        assert_eq!(path.metadata().unwrap().mode(), other.metadata().unwrap().mode());
    }

    #[test]
    fn a_link_stays_and_what_it_names_is_replaced() {
        let (dir, far) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (link, target) = (dir.path().join("link"), far.path().join("target"));
        fs::write(&target, "old").unwrap();
        symlink(&target, &link).unwrap();
        let (mut file, replacement) = replacement(&link).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(names(dir.path()), ["link"]);
        Box::new(replacement).commit().unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
    }

    #[test]
    fn what_no_file_can_replace_is_refused_and_nothing_is_left() {
        let dir = tempfile::tempdir().unwrap();
        symlink(dir.path().join("nowhere"), dir.path().join("dangling")).unwrap();
        let kind = |path: &Path| replacement(path).unwrap_err().kind();
        assert_eq!(kind(dir.path()), io::ErrorKind::IsADirectory);
        assert_eq!(kind(Path::new("/dev/null")), io::ErrorKind::InvalidInput);
        assert_eq!(kind(&dir.path().join("dangling")), io::ErrorKind::InvalidInput);
        assert_eq!(kind(&dir.path().join("absent/out")), io::ErrorKind::NotFound);
        assert_eq!(names(dir.path()), ["dangling"]);
    }
}
