//! Checked text that is known at compile time, and the shape of a checked type.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::os::unix::ffi::OsStrExt as _;

/// Makes a checked value from literal text; the compiler checks it, also in `cargo check`.
///
/// The type gives two inherent functions, as `#[derive(ArgValue)]` with `#[arg(check = ..)]` writes
/// them: `const fn assert_literal(&'static str)`, which panics with the reason, and
/// `fn from_literal(&'static str) -> Self`.
///
/// `lit!(Self, "..")` is checked by a build, not by `cargo check`. A type that names a type parameter of
/// the function around it cannot be checked: call `new`. The value is made where it is used, so a constant
/// cannot hold it: use a function, or a `LazyLock`.
///
/// # Examples
///
/// ```
/// use cuprum::{ArgValue, lit};
///
/// #[derive(ArgValue)]
/// #[arg(check = is_ticket)]
/// struct Ticket(String);
///
/// const fn is_ticket(text: &str) -> bool {
///     matches!(text.as_bytes(), [b'A'..=b'Z', .., b'0'..=b'9'])
/// }
///
/// assert_eq!(lit!(Ticket, "OPS-17").to_string(), "OPS-17");
/// assert!(Ticket::new("--all").is_err());
///
/// impl Ticket {
///     fn first() -> Self {
///         lit!(Self, "OPS-1")
///     }
/// }
/// assert_eq!(Ticket::first().to_string(), "OPS-1");
/// ```
#[macro_export]
macro_rules! lit {
    (Self, $text:literal) => {{
        const { Self::assert_literal($text) };
        Self::from_literal($text)
    }};
    ($type:ty, $text:literal) => {{
        const _: () = <$type>::assert_literal($text);
        <$type>::from_literal($text)
    }};
    ($($other:tt)*) => {
        compile_error!(
            "`lit!` takes a checked type and a literal, `lit!(GitRef, \"main\")`: text that is known when the program runs is checked by `GitRef::new(text)?`"
        )
    };
}

/// Says that a text is not a value of a checked type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    expected: &'static str,
    text: String,
}

impl InvalidValue {
    /// Creates an error: `text` is not a `expected`.
    pub fn new(expected: &'static str, text: impl Into<String>) -> Self {
        Self { expected, text: text.into() }
    }

    /// Returns the name of the type.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// Returns the text that was refused; bytes that are not UTF-8 are U+FFFD.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a `{}`", self.text, self.expected)
    }
}

impl std::error::Error for InvalidValue {}

/// Checks the text of a value; what `#[derive(ArgValue)]` makes `new` call.
#[doc(hidden)]
pub fn checked_text<'a>(
    expected: &'static str,
    text: &'a OsStr,
    may_start_with_dash: bool,
    check: impl FnOnce(&str) -> bool,
) -> Result<&'a str, InvalidValue> {
    match text.to_str() {
        Some(text) if !holds_nul(text) && (may_start_with_dash || !starts_with_dash(text)) && check(text) => {
            Ok(text)
        }
        _ => Err(InvalidValue::new(expected, text.to_string_lossy())),
    }
}

/// Returns whether a text holds a NUL byte, at compile time, too.
#[doc(hidden)]
pub const fn holds_nul(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        if *byte == 0 {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether a text starts with `-`, at compile time, too.
#[doc(hidden)]
pub const fn starts_with_dash(text: &str) -> bool {
    matches!(text.as_bytes(), [b'-', ..])
}

/// Returns the word of a path that must not be read as an option: `-x` is written `./-x`.
#[doc(hidden)]
pub fn dot_slash(word: OsString) -> OsString {
    if word.as_bytes().starts_with(b"-") {
        let mut safe = OsString::from("./");
        safe.push(word);
        return safe;
    }
    word
}
