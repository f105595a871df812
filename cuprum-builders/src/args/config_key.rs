//! Names of git's configuration variables.

use std::ffi::OsString;

use super::fault::{Fault, at, clean, find, first_fault, part, refuse, refuse_option};
use super::text::checked_text;

/// The name of a configuration variable: `user.name`, `remote.origin.url`.
///
/// A section of letters, digits, `-` and `.`; perhaps a subsection of any clean text; and a name that
/// begins with a letter and has letters, digits and `-` (git-config(1), "Syntax"). At most 512 bytes.
///
/// It is for reading. What may be written without a thought is a [`PlainConfigKey`].
///
/// ```
/// use cuprum_builders::args::ConfigKey;
///
/// assert!(ConfigKey::new("branch.feature/x.merge").is_ok());
/// assert!(ConfigKey::new("name").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConfigKey {
    text: String,
}

checked_text!(ConfigKey, "the name of a configuration variable", fault);

/// The name, as it is.
impl cuprum::ArgValue for ConfigKey {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

/// The name of a configuration variable that names no program, no file and no other place.
///
/// Of git's several hundred variables it is these: `user.name` and `.email`, `author.` and
/// `committer.` the same, `init.defaultBranch`, `pull.rebase` and `.ff`, `push.default` and
/// `.autoSetupRemote`, `fetch.prune` and `.pruneTags`, `merge.conflictStyle` and `.ff`,
/// `rebase.autoStash` and `.autoSquash`, `branch.NAME.merge`, `.rebase` and `.description`,
/// `core.autocrlf`, `.eol`, `.safecrlf`, `.fileMode`, `.ignoreCase`, `.quotePath`, `.symlinks`,
/// `.sparseCheckout` and `.sparseCheckoutCone`, `diff.algorithm` and `.renames`, `status.` anything
/// with one dot. Letters count in either case.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlainConfigKey {
    text: String,
}

checked_text!(PlainConfigKey, "the name of a harmless configuration variable", plain);

/// The name, as it is.
impl cuprum::ArgValue for PlainConfigKey {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const PLAIN: &[&str] = &[
    "author.email",
    "author.name",
    "committer.email",
    "committer.name",
    "core.autocrlf",
    "core.eol",
    "core.filemode",
    "core.ignorecase",
    "core.quotepath",
    "core.safecrlf",
    "core.sparsecheckout",
    "core.sparsecheckoutcone",
    "core.symlinks",
    "diff.algorithm",
    "diff.renames",
    "fetch.prune",
    "fetch.prunetags",
    "init.defaultbranch",
    "merge.conflictstyle",
    "merge.ff",
    "pull.ff",
    "pull.rebase",
    "push.autosetupremote",
    "push.default",
    "rebase.autosquash",
    "rebase.autostash",
    "user.email",
    "user.name",
];

const PLAIN_OF_A_BRANCH: &[&str] = &["description", "merge", "rebase"];

const fn plain(text: &[u8]) -> Option<Fault> {
    if let Some(fault) = fault(text) {
        return Some(fault);
    }
    let dot = last_dot(text);
    let (section, name) = (part(text, 0, dot), part(text, dot + 1, text.len()));
    let known = if part(section, 0, 7).eq_ignore_ascii_case(b"branch.") {
        section.len() > 7 && is_one_of(name, PLAIN_OF_A_BRANCH)
    } else {
        is_one_of(text, PLAIN) || section.eq_ignore_ascii_case(b"status")
    };
    refuse(!known, "git could run a program or look elsewhere by it; see `git::unchecked`", 0)
}

const fn is_one_of(text: &[u8], names: &[&str]) -> bool {
    let mut rest = names;
    while let [name, tail @ ..] = rest {
        if name.as_bytes().eq_ignore_ascii_case(text) {
            return true;
        }
        rest = tail;
    }
    false
}

const fn last_dot(text: &[u8]) -> usize {
    let mut dot = find(text, 0, b'.');
    let mut next = find(text, dot + 1, b'.');
    while next < text.len() {
        dot = next;
        next = find(text, dot + 1, b'.');
    }
    dot
}

const fn fault(text: &[u8]) -> Option<Fault> {
    let first = find(text, 0, b'.');
    let last = last_dot(text);
    first_fault![
        clean(text, 512),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(first == 0 || first == text.len(), "no section and `.` stand before the name", first),
        letters(part(text, 0, first), 0),
        refuse(!at(text, last + 1).is_ascii_alphabetic(), "the name does not begin with a letter", last + 1),
        letters(part(text, last + 1, text.len()), last + 1),
    ]
}

const fn letters(text: &[u8], start: usize) -> Option<Fault> {
    let mut i = 0;
    while i < text.len() {
        if !at(text, i).is_ascii_alphanumeric() && at(text, i) != b'-' {
            return refuse(true, "not a letter, a digit or `-`", start + i);
        }
        i += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_section_and_a_variable() {
        for text in ["user.name", "remote.a.b c.url", "url.https://x/.insteadOf", "a-b.c-d1"] {
            assert_eq!(fault(text.as_bytes()), None, "{text}");
        }
        for text in ["", "a", ".a", "a.", "a.1", "a_b.c", "a.b_c", "-a.b", "a.b=c", "a.b\n.c", "a. b"] {
            assert!(fault(text.as_bytes()).is_some(), "{text}");
        }
    }

    #[test]
    fn only_harmless_variables_are_plain() {
        for text in ["user.name", "USER.Name", "branch.a.b.merge", "status.short", "core.autocrlf"] {
            assert_eq!(plain(text.as_bytes()), None, "{text}");
        }
        for text in [
            "core.editor",
            "core.fsmonitor",
            "alias.x",
            "filter.x.clean",
            "branch.merge",
            "branch.x.pushremote",
            "url.x.insteadof",
            "include.path",
            "status.x.y",
        ] {
            assert!(plain(text.as_bytes()).is_some(), "{text}");
        }
    }
}
