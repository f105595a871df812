//! A place in an output, from which it is read piece by piece.

use std::str::FromStr;

use cuprum::spec::OutputError;

/// The bytes that are still to be read, and where in the output they are.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(output: &'a [u8]) -> Self {
        Self { rest: output, offset: 0 }
    }

    /// Returns what is still to be read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes what is before the next `end`, and the `end`.
    pub(crate) fn until(&mut self, end: u8, expected: &'static str) -> Result<Self, OutputError> {
        let Some(length) = self.rest.iter().position(|byte| *byte == end) else {
            return Err(self.error(expected));
        };
        let taken = self.take(length);
        self.take(1);
        Ok(taken)
    }

    /// Takes this many bytes, or all if there are fewer.
    pub(crate) fn take(&mut self, length: usize) -> Self {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        let cursor = Self { rest: taken, offset: self.offset };
        *self = Self { rest, offset: self.offset + taken.len() };
        cursor
    }

    /// Takes the bytes of `prefix`, if they are next.
    pub(crate) fn skip(&mut self, prefix: &[u8]) -> bool {
        let found = self.rest.starts_with(prefix);
        if found {
            self.take(prefix.len());
        }
        found
    }

    /// Reads all that is left with `read`, which knows nothing of offsets.
    pub(crate) fn all<T>(
        &self,
        expected: &'static str,
        read: impl FnOnce(&'a [u8]) -> Option<T>,
    ) -> Result<T, OutputError> {
        read(self.rest).ok_or_else(|| self.error(expected))
    }

    /// Says that `expected` is not here.
    pub(crate) fn error(&self, expected: &'static str) -> OutputError {
        OutputError::new(expected, self.offset)
    }
}

/// Reads a decimal number: digits only, and not too many for the type.
pub(crate) fn number<T: FromStr>(bytes: &[u8]) -> Option<T> {
    let digits = bytes.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(bytes).ok().filter(|_| digits)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_byte_of_the_whole_output() {
        let mut cursor = Cursor::new(b"ab,cd;");
        cursor.until(b',', "a comma").unwrap();
        let mut part = cursor.until(b';', "a semicolon").unwrap();
        assert_eq!(part.rest(), b"cd");
        part.take(1);
        assert_eq!(part.until(b'x', "an x").unwrap_err(), OutputError::new("an x", 4));
        assert!(cursor.is_at_end());
    }

    #[test]
    fn numbers_are_digits_only() {
        assert_eq!(number::<u8>(b"255"), Some(255));
        for bytes in [b"".as_slice(), b"256", b"+1", b"-1", b" 1", b"1_0", b"\xff"] {
            assert_eq!(number::<u8>(bytes), None);
        }
    }
}
