//! How a typed value is read from what a command printed.

use crate::outcome::{Mask, Outcome};

/// A typed output: what a command printed, read into a value.
pub trait FromOutput: Sized {
    /// Reads the value from a finished run whose exit was accepted.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] that says what was expected and at which byte it was not found.
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError>;
}

/// Reads the output of a command into an `O`.
///
/// Every [`FromOutput`] reads itself. A command with a function of its own, `#[command(parse = ..)]`, is its
/// own reader.
#[diagnostic::on_unimplemented(
    message = "`{O}` cannot be read from the output of a command",
    label = "no `FromOutput`",
    note = "implement `FromOutput` for it, or name a function with `#[command(parse = ..)]`"
)]
pub trait ReadOutput<O> {
    /// Reads the value from a finished run whose exit was accepted.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] that says what was expected and at which byte it was not found.
    fn read_output(outcome: &Outcome) -> Result<O, OutputError>;
}

impl<O: FromOutput> ReadOutput<O> for O {
    fn read_output(outcome: &Outcome) -> Result<O, OutputError> {
        O::from_output(outcome)
    }
}

impl FromOutput for () {
    fn from_output(_: &Outcome) -> Result<Self, OutputError> {
        Ok(())
    }
}

/// Standard output as text, without the line end at its end.
impl FromOutput for String {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        let bytes = outcome.complete_stdout()?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.trim_end_matches(['\n', '\r']).to_owned()),
            Err(error) => Err(OutputError::new("UTF-8 text", error.valid_up_to())),
        }
    }
}

/// Standard output, byte for byte.
impl FromOutput for Vec<u8> {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Ok(outcome.complete_stdout()?.to_vec())
    }
}

/// Says why an output could not be read as its type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} at byte {offset} of the output")]
pub struct OutputError {
    expected: std::borrow::Cow<'static, str>,
    offset: usize,
}

impl OutputError {
    /// Creates an error: `expected` was not found at byte `offset`.
    pub fn new(expected: impl Into<std::borrow::Cow<'static, str>>, offset: usize) -> Self {
        Self { expected: expected.into(), offset }
    }

    /// Hides secrets in what was expected, which may quote the output.
    pub(crate) fn masked(mut self, mask: &Mask) -> Self {
        if let std::borrow::Cow::Owned(masked) = mask.text(&self.expected) {
            self.expected = masked.into();
        }
        self
    }

    /// Returns what was expected.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// Returns the byte of the output at which it was not found.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl From<crate::outcome::Truncated> for OutputError {
    fn from(truncated: crate::outcome::Truncated) -> Self {
        Self::new(format!("the whole output ({truncated})"), truncated.kept())
    }
}
