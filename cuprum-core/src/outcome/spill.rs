//! A file that holds a whole stream, of which memory holds the head and the tail.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A file that the whole of a stream was written to.
///
/// A temporary one is removed with the last clone of the outcome that it belongs to, unless it is
/// [kept](Self::keep). One whose path the caller gave stays.
#[derive(Clone, Debug)]
pub struct Spill {
    file: Arc<SpillFile>,
    written: u64,
    failure: Option<String>,
}

#[derive(Debug)]
struct SpillFile {
    path: PathBuf,
    temporary: AtomicBool,
}

impl Spill {
    /// Creates the report of a file that the caller named.
    pub fn named(path: impl Into<PathBuf>) -> Self {
        Self::new(path.into(), false)
    }

    /// Creates the report of a file that goes away with it.
    pub fn temporary(path: impl Into<PathBuf>) -> Self {
        Self::new(path.into(), true)
    }

    fn new(path: PathBuf, temporary: bool) -> Self {
        let file = SpillFile { path, temporary: AtomicBool::new(temporary) };
        Self { file: Arc::new(file), written: 0, failure: None }
    }

    /// Sets how many bytes were written.
    #[must_use]
    pub fn with_written(self, written: u64) -> Self {
        Self { written, ..self }
    }

    /// Sets why not all was written.
    #[must_use]
    pub fn with_failure(self, failure: Option<String>) -> Self {
        Self { failure, ..self }
    }

    /// Returns where the file lies.
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// Returns how many bytes were written to it.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Returns why not all was written: a full disk, for example.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Returns whether the file goes away with the outcome.
    pub fn is_temporary(&self) -> bool {
        self.file.temporary.load(Ordering::Relaxed)
    }

    /// Leaves the file where it lies, and returns its path. From now on it is the caller's to remove.
    pub fn keep(&self) -> &Path {
        self.file.temporary.store(false, Ordering::Relaxed);
        &self.file.path
    }
}

/// Two are equal if they tell the same of the same path.
impl PartialEq for Spill {
    fn eq(&self, other: &Self) -> bool {
        let facts = |spill: &Self| (spill.path().to_owned(), spill.written, spill.failure.clone());
        facts(self) == facts(other)
    }
}

impl Eq for Spill {}

impl Drop for SpillFile {
    fn drop(&mut self) {
        if *self.temporary.get_mut() {
            // It may be gone already, and nobody is there to be told of anything else.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
