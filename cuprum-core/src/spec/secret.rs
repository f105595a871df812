//! A value that is given to the program and never shown.

use std::ffi::OsString;
use std::fmt;
use std::str::FromStr;

use super::{ArgValue, InvalidValue, Operand};

/// A value that is given to the program and shown as `***` everywhere else.
///
/// Other users of the machine can read the arguments of a process, so a secret is better given by an
/// environment variable or on standard input, where the program allows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Creates a secret.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the value; what is done with it is in plain sight from here on.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Returns the value itself, for what keeps it hidden in its own way.
    pub(super) fn into_inner(self) -> T {
        self.0
    }
}

/// Reads a checked value; the error says why the text is none, and shows `***` for it.
impl<T: FromStr<Err = InvalidValue>> FromStr for Secret<T> {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        text.parse().map(Self).map_err(InvalidValue::hidden)
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T: ArgValue> ArgValue for Secret<T> {
    fn to_os(&self) -> OsString {
        self.0.to_os()
    }

    fn is_secret(&self) -> bool {
        true
    }
}

impl<T: Operand> Operand for Secret<T> {}

impl<T: AsRef<[u8]>> AsRef<[u8]> for Secret<T> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref()
    }
}

/// Marks types that never show their text; `#[arg(secret)]` asks for one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` shows its text in `Debug`, so it cannot be a secret",
    label = "not a secret",
    note = "make the field a `Secret<{Self}>`"
)]
pub trait Hidden {}

impl<T> Hidden for Secret<T> {}
impl<T: Hidden + ?Sized> Hidden for &T {}

/// Asserts that `T` never shows its text; written by the derives.
#[doc(hidden)]
pub const fn assert_hidden<T: Hidden + ?Sized>() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_stays_one_behind_a_pointer() {
        let secret = Secret::new("hunter2".to_owned());
        assert!(<&Secret<String>>::is_secret(&&secret) && Box::new(secret.clone()).is_secret());
        assert!(std::borrow::Cow::Borrowed(&secret).is_secret());
    }

    #[test]
    fn a_secret_shows_only_when_it_is_exposed() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?}"), "*** ***");
        assert_eq!(*secret.expose(), "hunter2");
        assert_eq!(secret.to_os(), "hunter2");
    }
}
