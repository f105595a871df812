//! What the readers of all tools have in common: bytes that are mostly text, and how they are read.
//!
//! Names and messages that a tool prints are bytes. They are kept as they are and become text only
//! where they are shown, with everything escaped that could drive a terminal.

mod cursor;
#[cfg(any(feature = "rsync", feature = "tar"))]
mod date;
mod failure;
mod raw;

pub(crate) use self::cursor::{Cursor, number};
#[cfg(any(feature = "rsync", feature = "tar"))]
pub use self::date::Time;
#[cfg(feature = "tar")]
pub(crate) use self::date::fraction;
#[cfg(any(feature = "rsync", feature = "tar"))]
pub(crate) use self::date::{days, time_of_day};
#[cfg(any(feature = "rsync", feature = "tar"))]
pub(crate) use self::failure::Sealed;
pub use self::failure::{Failure, Kinds};
pub(crate) use self::failure::{Row, classify};
pub use self::raw::{RawPath, RawText};
