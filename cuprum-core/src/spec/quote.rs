//! Words as text that a POSIX shell reads back as the same words; for people, never for running.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt as _;

/// Returns `word` as shell text on one line that cannot drive a terminal.
///
/// A word of harmless characters stays as it is, other text is put in single quotes, and a word with
/// control characters, direction marks or bytes that are not UTF-8 is written as `$'…'` (POSIX.1-2024,
/// Shell Command Language, 2.2.4).
pub(crate) fn quote(word: &OsStr) -> String {
    match std::str::from_utf8(word.as_bytes()) {
        Ok(text) if !text.is_empty() && text.bytes().all(is_plain) => text.to_owned(),
        Ok(text) if !text.chars().any(is_unprintable) => {
            // A NUL is a control character, so it never reaches this branch, and quoting cannot fail.
            shlex::try_quote(text).map_or_else(|_| dollar_quote(word.as_bytes()), Into::into)
        }
        _ => dollar_quote(word.as_bytes()),
    }
}

/// Returns `text` with everything that could move a cursor or forge a line written as an escape.
pub(crate) fn escape_line(bytes: &[u8]) -> Cow<'_, str> {
    // Most lines have nothing to escape, and to look at all of it is faster than to stop at the first.
    let is_plain = bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~' | b'\t'));
    if is_plain && let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\t' => shown.push('\t'),
                _ if is_unprintable(character) => shown.extend(character.escape_default()),
                _ => shown.push(character),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    Cow::Owned(shown)
}

fn dollar_quote(bytes: &[u8]) -> String {
    let mut quoted = String::from("$'");
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                '\r' => quoted.push_str("\\r"),
                '\'' | '\\' => quoted.extend(['\\', character]),
                _ if is_unprintable(character) => {
                    let mut encoded = [0; 4];
                    for byte in character.encode_utf8(&mut encoded).bytes() {
                        octal(&mut quoted, byte);
                    }
                }
                _ => quoted.push(character),
            }
        }
        for byte in chunk.invalid() {
            octal(&mut quoted, *byte);
        }
    }
    quoted.push('\'');
    quoted
}

/// Three octal digits end by themselves, where `\x` would swallow a digit that follows.
fn octal(quoted: &mut String, byte: u8) {
    let _ = write!(quoted, "\\{byte:03o}");
}

/// Characters that no shell reads as anything else, wherever they stand behind the first word.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte)
}

/// Control characters, line and paragraph separators, direction marks, the byte order mark.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &[u8], expected: &str) {
        assert_eq!(quote(OsStr::from_bytes(word)), expected);
    }

    #[test]
    fn words_are_quoted_only_where_a_shell_needs_it() {
        check(b"--depth=1", "--depth=1");
        check(b"a b", "'a b'");
        check(b"", "''");
        check(b"it's", "\"it's\"");
        check("größe".as_bytes(), "'größe'");
    }

    #[test]
    fn control_characters_and_foreign_bytes_are_written_as_escapes() {
        check(b"a\nb", "$'a\\nb'");
        check(b"\x1b[31m", "$'\\033[31m'");
        check(b"a\xff7", "$'a\\3777'");
        check("\u{202e}x".as_bytes(), "$'\\342\\200\\256x'");
    }

    #[test]
    fn an_escaped_line_holds_no_control_character_but_the_tab() {
        assert_eq!(escape_line(b"a\tb\x1b[0m\xff"), "a\tb\\u{1b}[0m\\xff");
        assert_eq!(escape_line("ä\u{7f} ~".as_bytes()), "ä\\u{7f} ~");
        for byte in 0..=255 {
            let shown = escape_line(&[byte]).into_owned();
            assert!(
                shown == "\t" || shown.chars().all(|shown| !is_unprintable(shown)),
                "{byte} is {shown:?}"
            );
        }
    }
}
