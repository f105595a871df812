//! The target of a backup, and the folder in it where a run works until everything is right.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The name of the working folder in the target.
pub(crate) const INCOMING: &str = ".incoming";

/// The working folder of one run. Dropping it leaves the target without anything half-made.
#[derive(Debug)]
pub(crate) struct Staging {
    target: PathBuf,
    /// The target and the folders above it that this run has created, outermost first.
    created: Vec<PathBuf>,
}

impl Staging {
    /// Creates the target, if it is missing, and the working folder in it.
    pub(crate) fn open(target: &Path) -> Result<Self, String> {
        let target = std::path::absolute(target).map_err(|error| naming(target, error))?;
        let mut created: Vec<PathBuf> =
            target.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        created.reverse();
        fs::create_dir_all(&target).map_err(|error| naming(&target, error))?;
        let staging = Self { target, created };
        let incoming = staging.target.join(INCOMING);
        match fs::create_dir(&incoming) {
            Ok(()) => Ok(staging),
            Err(error) => {
                // What is there belongs to somebody else: dropping `staging` must not remove it.
                std::mem::forget(staging);
                Err(match error.kind() {
                    io::ErrorKind::AlreadyExists => format!(
                        "{} exists: another backup is running, or one was killed; remove it then",
                        incoming.display()
                    ),
                    _ => naming(&incoming, error),
                })
            }
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
    pub(crate) fn publish(&self, name: &str) -> Result<(), String> {
        let (from, to, old) =
            (self.incoming().join(name), self.target.join(name), self.incoming().join("old"));
        if to.exists() {
            fs::rename(&to, &old).map_err(|error| naming(&to, error))?;
        }
        fs::rename(&from, &to).map_err(|error| naming(&from, error))?;
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
        for folder in self.created.iter().rev() {
            // Only an empty folder goes; after a backup that worked there is something in it.
            let _ = fs::remove_dir(folder);
        }
    }
}

fn naming(path: &Path, error: io::Error) -> String {
    format!("{}: {error}", path.display())
}
