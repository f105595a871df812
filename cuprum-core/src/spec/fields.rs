//! The fields of a struct as they are written: one after the other, each by what describes it.

use std::ffi::OsString;

use super::{Arg, ArgKind, ArgValue, Argv};

/// Writes the fields of one struct of arguments, in the order of their descriptions; what the derives call.
///
/// Each method writes one field, or nothing if the field is not set, and goes on to the next description.
#[doc(hidden)]
#[derive(Debug)]
pub struct Fields<'a> {
    argv: &'a mut Argv,
    rest: &'static [Arg],
}

/// A number of times, which `count` fields hold.
#[doc(hidden)]
pub trait Times {
    /// Returns the number.
    fn times(self) -> u64;
}

macro_rules! times {
    ($($type:ty),+) => {
        $(impl Times for $type {
            fn times(self) -> u64 {
                self as u64
            }
        })+
    };
}

times!(u8, u16, u32, u64, usize);

impl Argv {
    /// Writes the fields that `args` describes.
    #[doc(hidden)]
    pub fn fields(&mut self, args: &'static [Arg]) -> Fields<'_> {
        Fields { argv: self, rest: args }
    }
}

impl Fields<'_> {
    /// Writes a flag if it is set.
    pub fn flag(mut self, set: bool) -> Self {
        let arg = self.next();
        self.argv.flag(arg, set);
        self
    }

    /// Writes a flag, its opposite, or neither.
    pub fn switch(mut self, state: Option<bool>) -> Self {
        let arg = self.next();
        self.argv.switch(arg, state);
        self
    }

    /// Writes a flag as often as it was counted.
    pub fn count(mut self, times: impl Times) -> Self {
        let arg = self.next();
        self.argv.count(arg, times.times());
        self
    }

    /// Writes a value.
    pub fn value(mut self, value: &dyn ArgValue) -> Self {
        let arg = self.next();
        self.argv.value(arg, value);
        self
    }

    /// Writes a value that may not be given at all.
    pub fn maybe<T: ArgValue>(mut self, value: &Option<T>) -> Self {
        let arg = self.next();
        self.argv.maybe(arg, value);
        self
    }

    /// Writes an option whose value may be left out.
    pub fn optional<T: ArgValue>(mut self, value: &Option<Option<T>>) -> Self {
        let arg = self.next();
        self.argv.optional(arg, value);
        self
    }

    /// Writes the values of a list. A slice would have to be found behind each `Vec` by the compiler.
    #[expect(clippy::ptr_arg, reason = "it is called with fields, which are a `Vec`")]
    pub fn list<T: ArgValue>(mut self, values: &Vec<T>) -> Self {
        let arg = self.next();
        self.argv.list(arg, values);
        self
    }

    /// Gives these bytes to standard input.
    pub fn stdin<T: AsRef<[u8]> + ?Sized>(mut self, bytes: &T) -> Self {
        self.next();
        self.argv.stdin(bytes);
        self
    }

    /// Gives these bytes to standard input, if there are any.
    pub fn maybe_stdin<T: AsRef<[u8]>>(mut self, bytes: &Option<T>) -> Self {
        self.next();
        if let Some(bytes) = bytes {
            self.argv.stdin(bytes);
        }
        self
    }

    /// Gives this secret to standard input.
    pub fn secret_stdin<T: AsRef<[u8]> + ?Sized>(mut self, bytes: &T) -> Self {
        self.next();
        self.argv.secret_stdin(bytes);
        self
    }

    /// Gives this secret to standard input, if there is one.
    pub fn maybe_secret_stdin<T: AsRef<[u8]>>(mut self, bytes: &Option<T>) -> Self {
        self.next();
        if let Some(bytes) = bytes {
            self.argv.secret_stdin(bytes);
        }
        self
    }

    /// Writes a flattened set of arguments.
    pub fn group<T>(self, set: &T, write: fn(&T, &mut Argv)) -> Self {
        self.groups(std::slice::from_ref(set), write)
    }

    /// Writes a flattened set of arguments that may not be given.
    pub fn maybe_group<T>(self, set: &Option<T>, write: fn(&T, &mut Argv)) -> Self {
        self.groups(set.as_slice(), write)
    }

    /// Writes flattened sets of arguments, one after the other.
    pub fn groups<T>(mut self, sets: &[T], write: fn(&T, &mut Argv)) -> Self {
        let arg = self.next();
        sets.iter().for_each(|set| self.argv.grouped(arg, |argv| write(set, argv)));
        self
    }

    /// Writes a nested subcommand.
    pub fn subcommand<T>(mut self, subcommand: &T, write: fn(&T, &mut Argv)) -> Self {
        self.next();
        write(subcommand, self.argv);
        self
    }

    /// Writes a nested subcommand that may not be given.
    pub fn maybe_subcommand<T>(mut self, subcommand: &Option<T>, write: fn(&T, &mut Argv)) -> Self {
        self.next();
        if let Some(subcommand) = subcommand {
            write(subcommand, self.argv);
        }
        self
    }

    /// Returns what describes the next field. The derives write as many calls as there are descriptions.
    fn next(&mut self) -> &'static Arg {
        const NOTHING: Arg = Arg::new("", ArgKind::Operand);
        debug_assert!(!self.rest.is_empty(), "more fields than descriptions");
        let (arg, rest) = self.rest.split_first().unwrap_or((&NOTHING, &[]));
        self.rest = rest;
        arg
    }
}

/// Returns the words that a function makes of values; written by the derives.
#[doc(hidden)]
pub fn each<T>(values: &[T], write: impl FnMut(&T) -> OsString) -> Vec<OsString> {
    values.iter().map(write).collect()
}
