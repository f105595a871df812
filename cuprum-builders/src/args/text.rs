//! What every argument type that is a checked text has in common.

/// Gives a type with a field `text: String` its constructors and its text.
///
/// `$noun` is the type in words, with its article; `$fault` is the `const fn` that finds what is wrong
/// with a text; `$keep` makes the value of a text that has passed, by default as it is.
macro_rules! checked_text {
    ($type:ident, $noun:literal, $fault:path) => {
        checked_text!($type, $noun, $fault, |text| Self { text: text.to_owned() });
    };
    ($type:ident, $noun:literal, $fault:path, $keep:expr) => {
        impl $type {
            /// Checks a text that comes from outside of the program.
            ///
            /// # Errors
            ///
            /// An [`ArgError`](crate::args::ArgError) that names the rule that the text breaks.
            pub fn new(text: impl AsRef<std::ffi::OsStr>) -> Result<Self, $crate::args::ArgError> {
                Self::read(text.as_ref().as_encoded_bytes())
            }

            fn read(bytes: &[u8]) -> Result<Self, $crate::args::ArgError> {
                let fault = match ($fault(bytes), std::str::from_utf8(bytes)) {
                    (None, Ok(text)) => return Ok(Self::keep(text)),
                    (Some(fault), _) => fault,
                    (None, Err(error)) => $crate::args::fault::Fault::not_utf8(error),
                };
                Err($crate::args::ArgError::new(stringify!($type), $noun, fault, bytes))
            }

            /// Takes a text that is known to be one.
            pub(super) fn keep(text: &str) -> Self {
                let keep: fn(&str) -> Self = $keep;
                keep(text)
            }

            /// Checks a literal while the program is compiled.
            #[doc(hidden)]
            #[track_caller]
            pub const fn assert_literal(text: &'static str) {
                if let Some(fault) = $fault(text.as_bytes()) {
                    $crate::args::error::refuse_literal($noun, fault)
                }
            }

            /// Creates the value of a literal that `assert_literal` has checked.
            ///
            /// # Panics
            ///
            /// Panics if it has not, and the literal is wrong.
            #[doc(hidden)]
            #[track_caller]
            pub fn from_literal(text: &'static str) -> Self {
                Self::assert_literal(text);
                Self::keep(text)
            }

            /// Returns the text.
            pub fn as_str(&self) -> &str {
                &self.text
            }
        }

        impl TryFrom<&str> for $type {
            type Error = $crate::args::ArgError;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $type {
            type Error = $crate::args::ArgError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(text)
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::args::ArgError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.text)
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($type)).field(&self.text).finish()
            }
        }

        impl cuprum::spec::Operand for $type {}

        /// The text.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.text)
            }
        }

        /// Checks a text, as `new` does.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::new(&*text).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(super) use checked_text;

#[cfg(test)]
mod tests {
    use crate::args::GitRef;

    const _: () = GitRef::assert_literal("main");

    #[test]
    fn a_literal_is_the_value_that_the_same_input_gives() {
        assert_eq!(GitRef::from_literal("main"), "main".parse().unwrap());
    }

    #[test]
    #[should_panic(expected = "not a git ref: a component begins with `-` (byte 5)")]
    fn a_literal_that_the_compiler_did_not_check_is_checked_all_the_same() {
        GitRef::from_literal("main/-x");
    }

    #[test]
    fn a_value_is_shown_with_its_type() {
        let value = GitRef::new("main").unwrap();
        assert_eq!((format!("{value:?}"), value.to_string()), ("GitRef(\"main\")".into(), "main".into()));
    }
}
