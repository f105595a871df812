//! Cuts Rust source into words and signs, without comments and literals.

/// A word, `::`, or a single sign, and the line it stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
}

/// Returns the tokens of a source that the compiler accepts; for any other the result means nothing.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while !rest.is_empty() {
        let (length, kept) = match skipped(rest) {
            Some(length) => (length, false),
            None => (length(rest), true),
        };
        let (text, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if kept {
            tokens.push(Token { text, line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

/// Returns the length of the blank, comment or literal at the start, if there is one.
fn skipped(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    match first {
        _ if first.is_whitespace() => Some(first.len_utf8()),
        '/' if rest.starts_with("//") => Some(rest.find('\n').unwrap_or(rest.len())),
        '/' if rest.starts_with("/*") => Some(block_comment(rest)),
        '"' => Some(quoted(rest, '"')),
        '\'' => character(rest),
        'r' | 'b' | 'c' => prefixed(rest),
        _ => None,
    }
}

/// Returns the length of the word or sign at the start.
fn length(rest: &str) -> usize {
    let word = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    match word {
        0 if rest.starts_with("::") => 2,
        0 => rest.chars().next().map_or(0, char::len_utf8),
        _ => word,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Block comments nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(tail) = rest.get(at..) {
        if tail.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if tail.starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            let Some(next) = tail.chars().next() else { break };
            at += next.len_utf8();
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Returns the length of a literal between two quotes, in which `\` hides the next sign.
fn quoted(rest: &str, quote: char) -> usize {
    let mut hidden = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if hidden => hidden = false,
            '\\' => hidden = true,
            _ if c == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// A `'` begins a character such as `'a'` or `'\n'`; otherwise it begins a lifetime, whose mark is skipped.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => Some(quoted(rest, '\'')),
        _ => Some(1),
    }
}

/// Strings with a prefix: `b"…"`, `c"…"`, `r"…"`, `br#"…"#`, `b'…'`; anything else is a word.
fn prefixed(rest: &str) -> Option<usize> {
    let word = rest.find(|c: char| !is_word(c))?;
    let (prefix, tail) = rest.split_at_checked(word)?;
    match prefix {
        "b" | "c" if tail.starts_with('"') => Some(word + quoted(tail, '"')),
        "b" if tail.starts_with('\'') => Some(word + quoted(tail, '\'')),
        "r" | "br" | "cr" => {
            let hashes = tail.find(|c| c != '#')?;
            let inside = tail.get(hashes..)?.strip_prefix('"')?;
            let close = format!("\"{}", "#".repeat(hashes));
            let end = inside.find(&close).map_or(inside.len(), |at| at + close.len());
            Some(word + hashes + 1 + end)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let found: Vec<&str> = tokens(source).iter().map(|token| token.text).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn words_and_signs_are_cut() {
        check(
            "use crate::{a as b, c_1};",
            &["use", "crate", "::", "{", "a", "as", "b", ",", "c_1", "}", ";"],
        );
        check("r#type: r", &["r", "#", "type", ":", "r"]);
    }

    #[test]
    fn comments_are_left_out() {
        check("a // crate::x\nb /// crate::y\n//! z\nc", &["a", "b", "c"]);
        check("a /* x /* y */ crate::z */ b", &["a", "b"]);
    }

    #[test]
    fn literals_are_left_out() {
        check(r#"a "crate::x \" y" b"#, &["a", "b"]);
        check(r##"a r#"say "x" // "# b br"\" c"z" b"w" d"##, &["a", "b", "d"]);
        check(r"a '\'' b '{' c b'}' d 'é' e", &["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn lifetimes_are_words() {
        check("&'a str, 'static", &["&", "a", "str", ",", "static"]);
    }

    #[test]
    fn lines_are_counted_through_what_is_left_out() {
        let found = tokens("a\n/* \n */ \"\n\" b // \nc");
        let lines: Vec<usize> = found.iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 4, 5]);
    }
}
