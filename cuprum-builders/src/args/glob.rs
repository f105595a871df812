//! Patterns of names to leave out.

use std::ffi::OsString;

use super::ArgErrorKind;
use super::fault::{Fault, at, clean, find, first_fault, has, refuse, refuse_option};
use super::text::checked_text;

/// A pattern of file names for `--exclude=` and `--include=` of tar and rsync.
///
/// `*`, `?`, `[…]` and `\` have the meaning that they have in a shell. The first byte is none of
/// `+ - ! ; # : ~`, by which rsync reads a rule and lists have comments. There are at most 16 `*`, as
/// matchers take exponential time; every class is closed and holds no `/`; no component is `..`; the
/// text does not end with a lone `\`, and has at most 1024 bytes.
///
/// ```
/// use cuprum_builders::args::Glob;
///
/// assert!(Glob::new("*.o").is_ok());
/// assert!(Glob::new("- *.o").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Glob {
    text: String,
}

checked_text!(Glob, "a glob", fault);

/// The pattern, as it is; it is glued to its option: `--exclude=PATTERN`.
impl cuprum::ArgValue for Glob {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    let rule = matches!(at(text, 0), b'+' | b'!' | b';' | b'#' | b':' | b'~');
    first_fault![
        clean(text, 1024),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(rule, "it begins with one of `+ ! ; # : ~`", 0),
        stars(text),
        syntax(text),
    ]
}

const fn stars(text: &[u8]) -> Option<Fault> {
    let mut count = 0;
    let mut i = find(text, 0, b'*');
    while i < text.len() {
        count += 1;
        if count > 16 {
            return refuse(true, "more than 16 `*`", i);
        }
        i = find(text, i + 1, b'*');
    }
    None
}

/// Walks over the pattern: escapes, classes, and components that are `..`, escaped or not.
const fn syntax(text: &[u8]) -> Option<Fault> {
    let mut i = 0;
    let mut dots = 0;
    let mut others = 0;
    while i < text.len() {
        let escaped = at(text, i) == b'\\';
        if escaped {
            i += 1;
        }
        match at(text, i) {
            _ if i == text.len() => return refuse(true, "it ends with a lone `\\`", i - 1),
            b'[' if !escaped => {
                others += 1;
                match class_end(text, i) {
                    Ok(end) => i = end,
                    Err(fault) => return Some(fault),
                }
            }
            b'.' => dots += 1,
            b'/' => (dots, others) = (0, 0),
            _ => others += 1,
        }
        i += 1;
        if dots == 2 && others == 0 && (i == text.len() || at(text, i) == b'/' || has(text, i, b"\\/")) {
            return refuse(true, "a component is `..`", i - 1);
        }
    }
    None
}

/// Returns where the class that begins at `start` has its `]`.
const fn class_end(text: &[u8], start: usize) -> Result<usize, Fault> {
    let negated = matches!(at(text, start + 1), b'!' | b'^');
    let first = if negated { start + 2 } else { start + 1 };
    let mut i = first;
    while i < text.len() {
        match (at(text, i), at(text, i + 1)) {
            (b']', _) if i > first => return Ok(i),
            (b'/', _) | (b'\\', b'/') => return Err(form("`/` in a class", i)),
            (b'\\', _) => i += 1,
            (b'[', kind @ (b':' | b'.' | b'=')) => match named_end(text, i, kind) {
                Ok(end) => i = end,
                Err(fault) => return Err(fault),
            },
            _ => {}
        }
        i += 1;
    }
    Err(form("a class is not closed", start))
}

/// Returns where the `[:name:]`, `[.name.]` or `[=name=]` that begins at `start` has its `]`.
const fn named_end(text: &[u8], start: usize, kind: u8) -> Result<usize, Fault> {
    let mut i = start + 2;
    while i < text.len() {
        if at(text, i) == b'/' {
            return Err(form("`/` in a class", i));
        }
        if at(text, i) == kind && at(text, i + 1) == b']' {
            return Ok(i + 1);
        }
        i += 1;
    }
    Err(form("a class is not closed", start))
}

const fn form(rule: &'static str, offset: usize) -> Fault {
    Fault::new(ArgErrorKind::Form, rule, offset)
}
