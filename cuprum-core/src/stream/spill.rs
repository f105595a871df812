//! Writes the whole of a stream to a file.

use std::collections::hash_map::RandomState;
use std::fs::File;
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use crate::outcome::Spill;

/// A file that the whole of a stream is written to, when it is longer than what is kept of its start.
#[derive(Debug)]
pub(crate) enum Spilling {
    /// Nothing was written yet: a temporary file is made when it is needed.
    Temporary,
    Open {
        file: File,
        spill: Spill,
        written: u64,
        failure: Option<String>,
    },
    /// No file could be made.
    Failed(Spill),
}

impl Spilling {
    /// Writes to this open file, which lies at `path`.
    pub(crate) fn to_file(file: File, path: PathBuf) -> Self {
        Self::Open { file, spill: Spill::named(path), written: 0, failure: None }
    }

    /// Says whether the file is there already, so that it gets everything from the start.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }

    /// Makes the file unless it is there, and writes to it; after a failure nothing more is written.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        if let Self::Temporary = self {
            *self = match temporary() {
                Ok((file, path)) => {
                    Self::Open { file, spill: Spill::temporary(path), written: 0, failure: None }
                }
                Err(error) => {
                    let spill = Spill::named(std::env::temp_dir());
                    Self::Failed(spill.with_failure(Some(format!("no file could be made: {error}"))))
                }
            };
        }
        if let Self::Open { file, written, failure, .. } = self
            && failure.is_none()
        {
            match file.write_all(bytes) {
                Ok(()) => *written += bytes.len() as u64,
                Err(error) => *failure = Some(error.to_string()),
            }
        }
    }

    /// Returns what was written, if there is a file; one that nobody needs is removed.
    pub(super) fn finish(self, is_whole: bool) -> Option<Spill> {
        match self {
            Self::Temporary => None,
            Self::Open { spill, .. } if is_whole && spill.is_temporary() => None,
            Self::Open { spill, written, failure, .. } => {
                Some(spill.with_written(written).with_failure(failure))
            }
            Self::Failed(spill) => Some(spill),
        }
    }
}

/// Makes a file that nobody else can have made or can read.
fn temporary() -> io::Result<(File, PathBuf)> {
    const TRIES: usize = 100;
    let mut options = File::options();
    options.write(true).create_new(true).mode(0o600);
    let mut tries = 0;
    loop {
        // Each state is another one, from random numbers of the kernel.
        let random = RandomState::new().build_hasher().finish();
        let path = std::env::temp_dir().join(format!("cuprum-{}-{random:016x}", std::process::id()));
        match options.open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < TRIES => tries += 1,
            Err(error) => return Err(error),
        }
    }
}
