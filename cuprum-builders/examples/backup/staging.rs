//! The target of a backup, and the folder in it where a run works until everything is right.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

/// The name of the working folder in the target.
pub(crate) const INCOMING: &str = ".incoming";

/// The file that says of which repository a target is the backup.
const MARKER: &str = ".backup-of";

/// The working folder of one run. Dropping it leaves the target without anything half-made.
#[derive(Debug)]
pub(crate) struct Staging {
    target: PathBuf,
    /// The target and the folders above it that this run has created, outermost first.
    created: Vec<PathBuf>,
    /// Whether the target was empty before, and no backup has been completed since.
    is_new: bool,
}

impl Staging {
    /// Creates the target, if it is missing, and the working folder in it.
    ///
    /// A folder that is there already must be empty, or hold a backup of the same repository.
    pub(crate) fn open(target: &Path, repository: &OsStr) -> Result<Self, String> {
        let target = std::path::absolute(target).map_err(|error| naming(target, error))?;
        let mut created: Vec<PathBuf> =
            target.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        created.reverse();
        fs::create_dir_all(&target).map_err(|error| naming(&target, error))?;
        let is_new = fs::read_dir(&target).map_err(|error| naming(&target, error))?.next().is_none();
        let marker = target.join(MARKER);
        match fs::read(&marker) {
            Ok(of) if of == repository.as_bytes() => {}
            Ok(of) => {
                let of = String::from_utf8_lossy(&of).into_owned();
                return Err(format!("{} holds a backup of {of}", target.display()));
            }
            Err(_) if !is_new => {
                return Err(format!("{} holds other things than a backup", target.display()));
            }
            Err(_) => fs::write(&marker, repository.as_bytes()).map_err(|error| naming(&marker, error))?,
        }
        let incoming = target.join(INCOMING);
        match fs::create_dir(&incoming) {
            Ok(()) => Ok(Self { target, created, is_new }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(format!(
                "{} exists: another backup is running, or one was killed; remove it then",
                incoming.display()
            )),
            Err(error) => Err(naming(&incoming, error)),
        }
    }

    /// Returns the target.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Returns the working folder.
    pub(crate) fn incoming(&self) -> PathBuf {
        self.target.join(INCOMING)
    }

    /// Puts what was made under `name` in the place of what the target had under that name.
    pub(crate) fn publish(&mut self, name: &str) -> Result<(), String> {
        let (from, to, old) =
            (self.incoming().join(name), self.target.join(name), self.incoming().join("old"));
        if to.exists() {
            fs::rename(&to, &old).map_err(|error| naming(&to, error))?;
        }
        fs::rename(&from, &to).map_err(|error| naming(&from, error))?;
        self.is_new = false;
        let removed = if old.is_dir() { fs::remove_dir_all(&old) } else { fs::remove_file(&old) };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(naming(&old, error)),
            _ => Ok(()),
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.incoming());
        if self.is_new {
            let _ = fs::remove_dir_all(self.target.join("mirror"));
            let _ = fs::remove_file(self.target.join(MARKER));
        }
        for folder in self.created.iter().rev() {
            // Only an empty folder goes; after a backup that worked there is something in it.
            let _ = fs::remove_dir(folder);
        }
    }
}

fn naming(path: &Path, error: io::Error) -> String {
    format!("{}: {error}", path.display())
}
