//! What became of the copies of a stream.

use std::fmt;
use std::io;

/// What became of one copy of a stream: how much a sink was given, and what it did not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinkReport {
    sink: String,
    written: u64,
    dropped: u64,
    failure: Option<(io::ErrorKind, String)>,
    required: bool,
}

impl SinkReport {
    /// Creates a report of a sink that took `written` bytes, and missed `dropped`.
    pub fn new(sink: impl Into<String>, written: u64, dropped: u64) -> Self {
        Self { sink: sink.into(), written, dropped, failure: None, required: false }
    }

    /// Sets why the sink failed.
    #[must_use]
    pub fn with_failure(mut self, failure: Option<&io::Error>) -> Self {
        self.failure = failure.map(|error| (error.kind(), error.to_string()));
        self
    }

    /// Sets whether the run was to fail with the sink.
    #[must_use]
    pub fn with_required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    /// Returns what the sink is: a path, or what kind of sink it was.
    pub fn sink(&self) -> &str {
        &self.sink
    }

    /// Returns how many bytes the sink took.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Returns how many bytes the sink missed, because it was too slow or had failed.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Returns why the sink failed, if it did.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_ref().map(|(_, text)| text.as_str())
    }

    /// Returns what kind of failure it was, if the sink failed.
    pub fn failure_kind(&self) -> Option<io::ErrorKind> {
        self.failure.as_ref().map(|(kind, _)| *kind)
    }

    /// Returns whether the run was to fail with the sink.
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Returns whether the sink took the whole stream.
    pub fn is_complete(&self) -> bool {
        self.failure.is_none() && self.dropped == 0
    }
}

/// `the copy to /var/log/x missed 3 of 10 bytes: No space left on device`.
impl fmt::Display for SinkReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the copy to {} missed {} of ", self.sink, self.dropped)?;
        write!(f, "{} bytes", self.written.saturating_add(self.dropped))?;
        match self.failure() {
            Some(failure) => write!(f, ": {failure}"),
            None => Ok(()),
        }
    }
}
