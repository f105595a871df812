//! Names that git has quoted, where a command has no form for programs.

use cuprum::spec::OutputError;

use super::read::{line, list};
use crate::output::RawPath;

/// Reads a path in each line.
pub(in crate::git) fn quoted_lines(output: &[u8]) -> Result<Vec<RawPath>, OutputError> {
    list(output, |cursor| line(cursor)?.all("a path", |bytes| unquoted(bytes).map(RawPath::new)))
}

/// Undoes the quoting of git: `"a\tb\303\251"`; `None` if the quotes do not fit.
pub(super) fn unquoted(bytes: &[u8]) -> Option<Vec<u8>> {
    let Some(inner) = bytes.strip_prefix(b"\"") else { return Some(bytes.to_vec()) };
    let mut rest = inner.strip_suffix(b"\"")?;
    let mut found = Vec::with_capacity(rest.len());
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match byte {
            b'"' => return None,
            b'\\' => {
                let (byte, tail) = escaped(rest)?;
                found.push(byte);
                rest = tail;
            }
            _ => found.push(*byte),
        }
    }
    Some(found)
}

/// Reads what follows a backslash.
fn escaped(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let [letter, tail @ ..] = bytes else { return None };
    let byte = match letter {
        b'a' => 0x07,
        b'b' => 0x08,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 0x0b,
        b'f' => 0x0c,
        b'r' => b'\r',
        b'"' | b'\\' => *letter,
        b'0'..=b'3' => {
            let [second @ b'0'..=b'7', third @ b'0'..=b'7', tail @ ..] = tail else { return None };
            return Some(((letter - b'0') << 6 | (second - b'0') << 3 | (third - b'0'), tail));
        }
        _ => return None,
    };
    Some((byte, tail))
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn quoting_is_undone() {
        assert_eq!(unquoted(b"a b").unwrap(), b"a b");
        assert_eq!(unquoted(b"\"a\\tb\\303\\251\\\\\\\"\\n\"").unwrap(), b"a\tb\xc3\xa9\\\"\n");
        for wrong in [&b"\""[..], b"\"a", b"\"\\\"", b"\"\\9\"", b"\"\\40\"", b"\"a\"b\""] {
            assert_eq!(unquoted(wrong), None);
        }
    }
}
