//! Patterns of output lines that loggers may drop.

/// Returns whether the whole of `line` is like `pattern`.
///
/// `*` stands for any bytes, `?` for one byte, `[a-z]` for one of these and `[!a-z]` for one of all others;
/// `\` takes the special meaning from what follows. It never takes longer than the product of both lengths.
pub(super) fn is_like(pattern: &str, line: &[u8]) -> bool {
    let mut rest = pattern.as_bytes();
    let mut bytes = line;
    // Where to go on when what follows the last `*` does not fit: behind it, with one byte more left to it.
    let mut again: Option<(&[u8], &[u8])> = None;
    loop {
        if let Some(behind) = rest.strip_prefix(b"*") {
            again = Some((behind, bytes));
            rest = behind;
            continue;
        }
        match (one(rest), bytes.split_first()) {
            (None, None) => return true,
            (Some((part, behind)), Some((byte, others))) if part.takes(*byte) => {
                (rest, bytes) = (behind, others);
            }
            _ => match again {
                Some((behind, [_, left @ ..])) => {
                    again = Some((behind, left));
                    (rest, bytes) = (behind, left);
                }
                _ => return false,
            },
        }
    }
}

/// Says what is wrong with a pattern, if something is.
pub(crate) fn fault(pattern: &str) -> Option<&'static str> {
    if pattern.is_empty() {
        return Some("a pattern is not empty");
    }
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.next().is_none() => return Some("a pattern cannot end with `\\`"),
            '[' if !letters.any(|letter| letter == ']') => return Some("`[` is not closed"),
            _ => {}
        }
    }
    None
}

/// What one byte of a line is compared with.
enum Part<'a> {
    Any,
    Byte(u8),
    Class { set: &'a [u8], inside: bool },
}

/// Splits off the first part of a pattern that does not begin with `*`.
fn one(pattern: &[u8]) -> Option<(Part<'_>, &[u8])> {
    let (first, rest) = pattern.split_first()?;
    Some(match (first, rest) {
        (b'?', _) => (Part::Any, rest),
        (b'\\', [byte, rest @ ..]) => (Part::Byte(*byte), rest),
        (b'[', _) => match memchr::memchr(b']', rest).and_then(|end| rest.split_at_checked(end)) {
            Some((set, rest)) => {
                let rest = rest.get(1..).unwrap_or_default();
                match set.strip_prefix(b"!") {
                    Some(set) => (Part::Class { set, inside: false }, rest),
                    None => (Part::Class { set, inside: true }, rest),
                }
            }
            None => (Part::Byte(b'['), rest),
        },
        _ => (Part::Byte(*first), rest),
    })
}

impl Part<'_> {
    fn takes(&self, byte: u8) -> bool {
        match self {
            Self::Any => true,
            Self::Byte(wanted) => byte == *wanted,
            Self::Class { set, inside } => holds(set, byte) == *inside,
        }
    }
}

/// Returns whether a byte is in a set such as `a-z_`.
fn holds(mut set: &[u8], byte: u8) -> bool {
    loop {
        set = match set {
            [first, b'-', last, rest @ ..] => {
                if (*first..=*last).contains(&byte) {
                    return true;
                }
                rest
            }
            [one, rest @ ..] => {
                if *one == byte {
                    return true;
                }
                rest
            }
            [] => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_about_the_whole_line() {
        for (pattern, line, expected) in [
            ("hint: *", "hint: use --force", true),
            ("hint: *", "a hint: no", false),
            ("progress:*", "progress:", true),
            ("*done*", "all done.", true),
            ("*done", "all done.", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("[0-9][0-9]%", "42%", true),
            ("[!0-9]*", "42%", false),
            ("[!0-9]*", "x", true),
            ("[a-]x", "-x", true),
            (r"\[INFO\]*", "[INFO] built", true),
            (r"\[INFO\]*", "I built", false),
            (r"\*", "*", true),
            ("*", "", true),
            ("?", "", false),
            ("*a*b*c", "xaxbxcxc", true),
            ("[", "[", true),
        ] {
            assert_eq!(is_like(pattern, line.as_bytes()), expected, "{pattern} {line}");
        }
    }

    /// The meaning, as plainly as it can be said.
    fn plainly(pattern: &[u8], line: &[u8]) -> bool {
        match (pattern, line) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => (0..=line.len()).any(|taken| plainly(rest, &line[taken..])),
            ([b'?', rest @ ..], [_, others @ ..]) => plainly(rest, others),
            ([letter, rest @ ..], [byte, others @ ..]) => letter == byte && plainly(rest, others),
            _ => false,
        }
    }

    #[test]
    fn all_short_patterns_and_lines_are_compared_as_plainly_said() {
        fn texts(letters: &str, most: usize) -> Vec<String> {
            let mut all = vec![String::new()];
            let mut last = all.clone();
            for _ in 0..most {
                last = last
                    .iter()
                    .flat_map(|text| letters.chars().map(move |letter| format!("{text}{letter}")))
                    .collect();
                all.extend(last.iter().cloned());
            }
            all
        }
        let lines = texts("ab", 5);
        for pattern in texts("ab*?", 5) {
            for line in &lines {
                let expected = plainly(pattern.as_bytes(), line.as_bytes());
                assert_eq!(is_like(&pattern, line.as_bytes()), expected, "{pattern} {line}");
            }
        }
    }

    #[test]
    fn many_stars_end_soon() {
        let pattern = "*a".repeat(40) + "b";
        assert!(!is_like(&pattern, "a".repeat(20_000).as_bytes()));
    }

    #[test]
    fn what_is_wrong_with_a_pattern_is_said() {
        assert_eq!(fault("[0-9"), Some("`[` is not closed"));
        assert_eq!(fault("x\\"), Some("a pattern cannot end with `\\`"));
        assert_eq!(fault(""), Some("a pattern is not empty"));
        assert_eq!(fault(r"\[INFO\]*"), None);
    }
}
