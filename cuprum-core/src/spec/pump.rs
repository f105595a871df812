//! How the parent moves bytes that it must see between two stages.

use std::fmt;
use std::str::FromStr;

/// How the parent moves bytes from one stage of a pipeline to the next, where it must see them: they are kept,
/// copied to sinks, cut into lines, or counted.
///
/// Where nobody asked for that, stages are joined by a pipe of the kernel, and the parent moves nothing. Whichever
/// way is taken, the results are the same; it is there to compare the ways, and for kernels that offer one only.
///
/// It is set for one pipeline by [`Pipeline::pump`](super::Pipeline::pump), for a context by
/// [`Cx::with_pump`](crate::Cx::with_pump), and for a process by the variable `CUPRUM_STREAM_BACKEND`: `auto`,
/// `splice` or `copy`, whatever its case and the blanks around it. That is read once. Nothing is as good as `auto`,
/// and another value makes every pipeline fail whose stages are observed.
#[doc(alias = "StreamBackend")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Pump {
    /// Moves bytes within the kernel where they are only counted, and through a buffer where they are looked at.
    #[default]
    Auto,
    /// Moves bytes within the kernel (splice(2)); what is to be looked at is duplicated there first (tee(2)).
    Splice,
    /// Reads all bytes into a buffer and writes them from there.
    Copy,
}

impl Pump {
    /// The variable of the parent's environment that chooses for a process.
    pub const VARIABLE: &str = "CUPRUM_STREAM_BACKEND";
}

/// The word, `auto` for example.
impl fmt::Display for Pump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Splice => "splice",
            Self::Copy => "copy",
        })
    }
}

/// Reads the word as [`Pump::VARIABLE`] may have it: in any case, with blanks around it, or blank altogether.
impl FromStr for Pump {
    type Err = InvalidPump;

    fn from_str(text: &str) -> Result<Self, InvalidPump> {
        match text.trim() {
            "" => Ok(Self::Auto),
            word if word.eq_ignore_ascii_case("auto") => Ok(Self::Auto),
            word if word.eq_ignore_ascii_case("splice") => Ok(Self::Splice),
            word if word.eq_ignore_ascii_case("copy") => Ok(Self::Copy),
            _ => Err(InvalidPump(text.to_owned())),
        }
    }
}

/// Says that a text is none of the words for a [`Pump`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid CUPRUM_STREAM_BACKEND value `{0}`; expected one of: auto, copy, splice")]
pub struct InvalidPump(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Pump) {
        assert_eq!(text.parse(), Ok(expected), "{text:?}");
        assert_eq!(expected.to_string().parse(), Ok(expected));
    }

    #[test]
    fn case_and_blanks_do_not_matter_and_nothing_is_auto() {
        check("", Pump::Auto);
        check(" \t\n", Pump::Auto);
        check("auto", Pump::Auto);
        check(" SPLICE ", Pump::Splice);
        check("Copy\n", Pump::Copy);
    }

    #[test]
    fn any_other_word_is_refused_with_the_choices() {
        for text in ["turbo", "spl ice", "copyy", "auto,copy"] {
            let error = text.parse::<Pump>().unwrap_err().to_string();
            let expected =
                format!("invalid CUPRUM_STREAM_BACKEND value `{text}`; expected one of: auto, copy, splice");
            assert_eq!(error, expected);
        }
    }
}
