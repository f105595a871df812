//! The digests of programs' files, taken again when a file has changed.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use crate::backend::Digest;

/// Which file it is, and what changes whenever its content does: nobody but the kernel sets the last two numbers,
/// the time of the last change of the inode (inode(7): `ctime`).
type Stamp = (u64, u64, u64, i64, i64);

/// A file that was changed so short a time ago may be changed again within the same tick of the clock.
const SETTLED: Duration = Duration::from_secs(2);

/// Returns the SHA-256 of a file; that of one that has not changed is remembered.
pub(super) fn of_file(path: &Path) -> io::Result<Digest> {
    static TAKEN: LazyLock<Mutex<HashMap<PathBuf, (Stamp, Digest)>>> = LazyLock::new(Mutex::default);
    let taken = || TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut file = File::open(path)?;
    let before = file.metadata()?;
    let known = taken().get(path).filter(|(known, _)| *known == stamp(&before)).map(|(_, digest)| *digest);
    if let Some(digest) = known {
        return Ok(digest);
    }
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 128 << 10];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => hash.update(buffer.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let digest = Digest::new(hash.finalize().into());
    if is_settled(&before) && stamp(&before) == stamp(&file.metadata()?) {
        taken().insert(path.to_owned(), (stamp(&before), digest));
    }
    Ok(digest)
}

fn stamp(file: &Metadata) -> Stamp {
    (file.dev(), file.ino(), file.len(), file.ctime(), file.ctime_nsec())
}

fn is_settled(file: &Metadata) -> bool {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(file.ctime()).is_ok_and(|changed| changed + SETTLED.as_secs() < since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &Path, expected: &str) {
        assert_eq!(of_file(path).unwrap().to_string(), format!("sha256:{expected}"));
    }

    #[test]
    fn the_digest_is_that_of_sha256sum() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, "").unwrap();
        check(&path, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        std::fs::write(&path, "abc").unwrap();
        check(&path, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_change_is_seen_that_leaves_length_and_time_as_they_were() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, "abc").unwrap();
        let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
        let first = of_file(&path).unwrap();
        std::fs::write(&path, "abd").unwrap();
        File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
        assert_ne!(of_file(&path).unwrap(), first);
    }

    #[test]
    fn only_what_has_not_changed_for_a_while_is_remembered_and_a_change_is_another_stamp() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, "abc").unwrap();
        let before = std::fs::metadata(&path).unwrap();
        assert!(!is_settled(&before) && is_settled(&std::fs::metadata("/usr").unwrap()));
        // The clock of the file system ticks every few milliseconds.
        let is_seen = || {
            std::fs::write(&path, "abd").unwrap();
            let file = File::options().write(true).open(&path).unwrap();
            file.set_modified(before.modified().unwrap()).unwrap();
            stamp(&file.metadata().unwrap()) != stamp(&before)
        };
        assert!((0..100_000).any(|_| is_seen()));
    }

    #[test]
    fn a_file_that_is_not_there_has_none() {
        assert_eq!(of_file(Path::new("/nope/file")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
