//! The id that all events of one run share.

use std::fmt;
use std::str::FromStr;

/// The id of a run, of a command or pipeline, or of what runs several; no two in the world are the same.
///
/// The operating system's runs have a random half for each process and a counted one; those of a
/// [`Lab`](crate::Lab) are counted from 1, so that a test sees the same ids each time. The text is 32 hex
/// digits, which is the form of a trace id, too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(u128);

impl RunId {
    /// Creates the id of this number.
    pub const fn from_u128(number: u128) -> Self {
        Self(number)
    }

    /// Returns the id as a number.
    pub const fn as_u128(self) -> u128 {
        self.0
    }

    /// Writes the digits, which is a good part of what it costs to tell of a run.
    fn hex(self, digits: &mut [u8; 32]) -> &str {
        let digit = |half: u8| half + if half < 10 { b'0' } else { b'a' - 10 };
        for (pair, byte) in digits.as_chunks_mut().0.iter_mut().zip(self.0.to_be_bytes()) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

/// 32 hex digits.
impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 32];
        f.write_str(self.hex(&mut digits))
    }
}

impl fmt::Debug for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Says that a text is no [`RunId`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a run, which has 32 hex digits")]
pub struct InvalidRunId;

impl FromStr for RunId {
    type Err = InvalidRunId;

    fn from_str(text: &str) -> Result<Self, InvalidRunId> {
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(InvalidRunId);
        }
        u128::from_str_radix(text, 16).map(Self).map_err(|_| InvalidRunId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_an_id_reads_back() {
        let id = RunId::from_u128(0xabc);
        assert_eq!(id.to_string(), "00000000000000000000000000000abc");
        assert_eq!(id.to_string().parse(), Ok(id));
        let all = 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210;
        assert_eq!(RunId::from_u128(all).to_string(), format!("{all:032x}"));
        for text in ["", "abc", "+0000000000000000000000000000abc", "00000000000000000000000000000abcd"] {
            assert_eq!(text.parse::<RunId>(), Err(InvalidRunId), "{text:?}");
        }
    }
}
