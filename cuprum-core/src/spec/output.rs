//! How a typed value is read from what a command printed.

use std::borrow::Cow;
use std::char::ParseCharError;
use std::fmt;
use std::num::{ParseFloatError, ParseIntError};
use std::str::{ParseBoolError, Utf8Error};
use std::string::FromUtf8Error;

use crate::outcome::{Mask, Outcome};

/// A typed output: what a command printed, read into a value.
pub trait FromOutput: Sized {
    /// Reads the value from a finished run whose exit was accepted.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] that says what was expected and at which byte it was not found, or what else is wrong.
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
    /// An [`OutputError`] that says what was expected and at which byte it was not found, or what else is wrong.
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
        let text = str::from_utf8(outcome.complete_stdout()?)?;
        Ok(text.trim_end_matches(['\n', '\r']).to_owned())
    }
}

/// Standard output, byte for byte.
impl FromOutput for Vec<u8> {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Ok(outcome.complete_stdout()?.to_vec())
    }
}

/// Says why an output could not be read as its type.
///
/// The errors of std's `parse` become one by `?`, and so does a text; of others, [`other`](Self::other) keeps the text.
///
/// # Examples
///
/// ```
/// use cuprum::Outcome;
/// use cuprum::spec::{FromOutput, OutputError};
///
/// /// How many files there are.
/// struct Count(u64);
///
/// impl FromOutput for Count {
///     fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
///         let text = str::from_utf8(outcome.complete_stdout()?)?;
///         let count = text.trim().strip_prefix("files: ").ok_or("there is no `files: `")?;
///         Ok(Self(count.parse()?))
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputError {
    text: Cow<'static, str>,
    /// Where the text says what was expected; else it says it all.
    offset: Option<usize>,
}

impl OutputError {
    /// Creates an error: `expected` was not found at byte `offset`.
    pub fn new(expected: impl Into<Cow<'static, str>>, offset: usize) -> Self {
        Self { text: expected.into(), offset: Some(offset) }
    }

    /// Creates an error with a reason of its own: a text, or the error of another reader.
    pub fn other(reason: impl fmt::Display) -> Self {
        Self { text: reason.to_string().into(), offset: None }
    }

    /// Hides secrets in what was expected, which may quote the output.
    pub(crate) fn masked(mut self, mask: &Mask) -> Self {
        if let Cow::Owned(masked) = mask.text(&self.text) {
            self.text = masked.into();
        }
        self
    }

    /// Returns what was expected, or the reason if nothing is known of that.
    pub fn expected(&self) -> &str {
        &self.text
    }

    /// Returns the byte of the output at which it was not found, if that is known.
    pub fn offset(&self) -> Option<usize> {
        self.offset
    }
}

impl std::error::Error for OutputError {}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            Some(offset) => write!(f, "expected {} at byte {offset} of the output", self.text),
            None => f.write_str(&self.text),
        }
    }
}

impl From<crate::outcome::Truncated> for OutputError {
    fn from(truncated: crate::outcome::Truncated) -> Self {
        Self::new(format!("the whole output ({truncated})"), truncated.kept())
    }
}

impl From<Utf8Error> for OutputError {
    fn from(error: Utf8Error) -> Self {
        Self::new("UTF-8 text", error.valid_up_to())
    }
}

impl From<FromUtf8Error> for OutputError {
    fn from(error: FromUtf8Error) -> Self {
        error.utf8_error().into()
    }
}

macro_rules! reasons {
    ($($reason:ty),+) => {$(
        impl From<$reason> for OutputError {
            fn from(reason: $reason) -> Self {
                Self::other(reason)
            }
        }
    )+};
}

reasons!(&str, String, ParseIntError, ParseFloatError, ParseBoolError, ParseCharError);
