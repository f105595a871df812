//! Values that can be written as one word of a command line.

use std::ffi::{OsStr, OsString};

/// A value that is written as exactly one command-line word.
///
/// The word is passed on as it is: nothing quotes, splits or expands it.
pub trait ArgValue {
    /// Returns the word.
    fn to_os(&self) -> OsString;
}

/// Marks values whose word can never begin with `-`, so that no program reads it as an option.
pub trait Operand: ArgValue {}

impl<T: ArgValue + ?Sized> ArgValue for &T {
    fn to_os(&self) -> OsString {
        T::to_os(self)
    }
}

impl<T: Operand + ?Sized> Operand for &T {}

impl ArgValue for OsStr {
    fn to_os(&self) -> OsString {
        self.to_owned()
    }
}
