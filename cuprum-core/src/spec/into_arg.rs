//! What a setter accepts for a field of a type.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Secret;

/// A value that a field of type `T` can be set to.
///
/// Every type sets a field of its own type, and borrowed text sets owned text and paths. Plain text
/// never becomes a checked type silently.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `{T}`",
    label = "expected a `{T}` here",
    note = "make one with `{T}::new(value)?`, which checks the value",
    note = "text that is known at compile time is checked there: `lit!({T}, \"...\")`",
    note = "a type without `new` is made in its own way: an enum by its variant, others by `.into()` or `.parse()?`"
)]
pub trait IntoArg<T> {
    /// Returns the value as the field holds it.
    fn into_arg(self) -> T;
}

impl<T> IntoArg<T> for T {
    fn into_arg(self) -> T {
        self
    }
}

/// A number that a field of a type such as `NonZeroU32` can be set to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `{T}`",
    label = "expected a `{T}` here",
    note = "make one with `{T}::new(value)`, which is `None` for zero"
)]
pub trait IntoNonZero<T> {
    /// Returns the number.
    fn into_non_zero(self) -> T;
}

impl<T> IntoNonZero<T> for T {
    fn into_non_zero(self) -> T {
        self
    }
}

macro_rules! from {
    ($target:ty: $($source:ty),+) => {
        $(impl IntoArg<$target> for $source {
            fn into_arg(self) -> $target {
                self.into()
            }
        })+
    };
}

from!(String: &str, &String, char, Cow<'_, str>, Box<str>);
from!(PathBuf: &str, &String, String, &OsStr, &OsString, OsString, &Path, &PathBuf, Cow<'_, Path>);
from!(OsString: &str, &String, String, &OsStr, &OsString, &Path, &PathBuf, PathBuf);
from!(Box<str>: &str, String);
from!(Arc<str>: &str, String);

macro_rules! borrow {
    ($target:ty: $($source:ty),+) => {
        $(impl<'a> IntoArg<&'a $target> for &'a $source {
            fn into_arg(self) -> &'a $target {
                self.as_ref()
            }
        })+
    };
}

borrow!(str: String);
borrow!(OsStr: str, String, OsString, Path, PathBuf);
borrow!(Path: str, String, OsStr, OsString, PathBuf);

macro_rules! cow {
    ($target:ty: $($source:ty),+) => {
        $(impl<'a> IntoArg<Cow<'a, $target>> for $source {
            fn into_arg(self) -> Cow<'a, $target> {
                self.into()
            }
        })+
    };
}

cow!(str: &'a str, &'a String, String);
cow!(OsStr: &'a OsStr, &'a OsString, OsString);
cow!(Path: &'a Path, &'a PathBuf, PathBuf);

macro_rules! borrowed_path {
    ($($source:ty),+) => {
        $(impl<'a> IntoArg<Cow<'a, Path>> for &'a $source {
            fn into_arg(self) -> Cow<'a, Path> {
                Cow::Borrowed(self.as_ref())
            }
        })+
    };
}

borrowed_path!(str, String);

macro_rules! secret {
    ($target:ty: $($source:ty),+) => {
        $(impl IntoArg<Secret<$target>> for $source {
            fn into_arg(self) -> Secret<$target> {
                Secret::new(self.into())
            }
        })+
    };
}

secret!(String: &str, &String, String);
secret!(OsString: &str, &String, String, &OsStr, OsString);

/// Returns what a field that may be left out is set to; written by the derives.
#[doc(hidden)]
pub fn some<T>(value: impl IntoArg<T>) -> Option<T> {
    Some(value.into_arg())
}

/// Appends to a field that is a list; written by the derives.
#[doc(hidden)]
pub fn push<T>(field: &mut Vec<T>, value: impl IntoArg<T>) {
    field.push(value.into_arg());
}

/// Appends all to a field that is a list; written by the derives.
#[doc(hidden)]
pub fn extend<T>(field: &mut Vec<T>, values: impl IntoIterator<Item = impl IntoArg<T>>) {
    field.extend(values.into_iter().map(IntoArg::into_arg));
}

/// Makes a list of what is given; written by the derives.
#[doc(hidden)]
pub fn collect<T>(values: impl IntoIterator<Item = impl IntoArg<T>>) -> Vec<T> {
    values.into_iter().map(IntoArg::into_arg).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borrowed_text_sets_owned_text_and_paths() {
        let path: PathBuf = "a".into_arg();
        let text: String = "a".into_arg();
        let borrowed: &Path = "a".into_arg();
        let either: Cow<'_, Path> = "a".into_arg();
        assert!(matches!(either, Cow::Borrowed(path) if path == borrowed));
        assert_eq!((path.as_path(), text.as_str()), (borrowed, "a"));
    }
}
