//! Values that can be written as one word of a command line.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8, NonZeroU16,
    NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize,
};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// A value that is written as exactly one command-line word.
///
/// The word is passed on as it is: nothing quotes, splits or expands it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as a command-line value",
    label = "not a command-line value",
    note = "derive `ArgValue` for your own type: for an enum of words, or for a one-field struct with `#[arg(check = ..)]`; for a foreign type name a function with `#[arg(with = ..)]`",
    note = "`Option`, `Vec` and `bool` are known by name: an alias of them is not seen through, so write them out"
)]
pub trait ArgValue {
    /// Returns the word.
    fn to_os(&self) -> OsString;

    /// Returns whether the word must never be shown; only [`Secret`](super::Secret) says so.
    fn is_secret(&self) -> bool {
        false
    }
}

/// Marks values whose word can never begin with `-`, so that no program reads it as an option.
///
/// Unsigned numbers, addresses, value enums and checked types are such values. Do not implement it by
/// hand: `#[derive(ArgValue)]` does where it is true.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not safe as an operand: its text may start with `-` and be read as an option",
    label = "its text may start with `-`",
    note = "if the program has a word that ends its options, declare it: `#[program(separator = \"--\")]`",
    note = "or use a type that cannot start with `-`: a number, a value enum, or a struct with `#[derive(ArgValue)]` and `#[arg(check = ..)]`",
    note = "or write `#[arg(allow_hyphen)]` if the program takes such text as an operand"
)]
pub trait Operand: ArgValue {}

impl<T: ArgValue + ?Sized> ArgValue for &T {
    fn to_os(&self) -> OsString {
        T::to_os(self)
    }

    fn is_secret(&self) -> bool {
        T::is_secret(self)
    }
}

impl<T: Operand + ?Sized> Operand for &T {}

macro_rules! pointers {
    ($($pointer:ident),+) => {$(
        impl<T: ArgValue + ?Sized> ArgValue for $pointer<T> {
            fn to_os(&self) -> OsString {
                T::to_os(self)
            }

            fn is_secret(&self) -> bool {
                T::is_secret(self)
            }
        }

        impl<T: Operand + ?Sized> Operand for $pointer<T> {}
    )+};
}

pointers!(Box, Rc, Arc);

impl<T: ArgValue + ToOwned + ?Sized> ArgValue for Cow<'_, T> {
    fn to_os(&self) -> OsString {
        T::to_os(self)
    }

    fn is_secret(&self) -> bool {
        T::is_secret(self)
    }
}

macro_rules! text_values {
    ($($type:ty),+) => {
        $(impl ArgValue for $type {
            fn to_os(&self) -> OsString {
                AsRef::<OsStr>::as_ref(self).to_owned()
            }
        })+
    };
}

text_values!(str, String, OsStr, OsString, Path, PathBuf);

macro_rules! shown_values {
    ($($type:ty),+) => {
        $(impl ArgValue for $type {
            fn to_os(&self) -> OsString {
                self.to_string().into()
            }
        })+
    };
}

macro_rules! shown_operands {
    ($($type:ty),+) => {
        shown_values!($($type),+);
        $(impl Operand for $type {})+
    };
}

shown_values!(i8, i16, i32, i64, i128, isize, f32, f64, char);
shown_values!(NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize);
shown_operands!(u8, u16, u32, u64, u128, usize);
shown_operands!(NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize);
shown_operands!(IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_as_it_is() {
        assert_eq!("a b".to_os(), "a b");
        assert_eq!((-5_i32).to_os(), "-5");
        assert_eq!(Path::new("-x").to_os(), "-x");
        assert_eq!((&&7_u8).to_os(), "7");
        assert_eq!(Cow::Borrowed("x").to_os(), "x");
    }
}
