//! Commits as mails, as `git format-patch --stdout --pretty=mboxrd` prints them.

use cuprum::spec::OutputError;

use super::read::{line, optional_id, word};
use super::{ObjectId, listed};
use crate::output::{Cursor, RawText};

/// A commit as a mail (git-format-patch(1)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchMail {
    /// The commit.
    pub commit: ObjectId,
    /// The mail, with the line that begins it: `From `, the commit, and a time that is always the same.
    ///
    /// A line of the message that begins with `From `, or with `>` and that, has one `>` more.
    pub text: RawText,
}

listed!(PatchMail, mail);

/// How a line goes on behind `From ` and the id.
const STAMP: &[u8] = b" Mon Sep 17 00:00:00 2001\n";

impl PatchMail {
    /// The options that make `git format-patch` print what [`PatchMail::parse_list`] reads.
    pub const FORMAT: [&'static str; 8] = [
        "--stdout",
        "--pretty=mboxrd",
        "--no-attach",
        "--no-cover-letter",
        "--no-zero-commit",
        "--no-signature",
        "--no-ext-diff",
        "--no-textconv",
    ];
}

fn mail(cursor: &mut Cursor<'_>) -> Result<PatchMail, OutputError> {
    let mut first = line(&mut cursor.clone())?;
    if !first.skip(b"From ") {
        return Err(first.error("`From ` and the id of a commit"));
    }
    let id = optional_id(&word(&mut first)?)?.ok_or_else(|| first.error("the id of a commit"))?;
    let text = cursor.rest();
    if first.rest() != STAMP.trim_ascii() {
        return Err(first.error("the time of every mail"));
    }
    // Git quotes every other line that begins like this.
    let ends = memchr::memmem::find_iter(text, b"\nFrom ").map(|at| at + 1);
    let end = ends.into_iter().find(|end| begins(text.split_at(*end).1)).unwrap_or(text.len());
    Ok(PatchMail { commit: id, text: RawText::new(cursor.take(end).rest()) })
}

/// Returns whether a mail begins here.
fn begins(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"From ") else { return false };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    matches!(digits, 40 | 64) && rest.split_at(digits).1.starts_with(STAMP)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";

    #[test]
    fn each_mail_ends_where_the_next_one_begins() {
        let first = format!("From {ID} Mon Sep 17 00:00:00 2001\nSubject: a\n\n>From {ID} Mon\nFrom here\n");
        let second = format!("From {ID} Mon Sep 17 00:00:00 2001\nSubject: b\n");
        let mails = PatchMail::parse_list(format!("{first}{second}").as_bytes()).unwrap();
        let texts: Vec<String> = mails.iter().map(|mail| mail.text.to_string()).collect();
        assert_eq!(texts, [first, second]);
        assert_eq!(mails[1].commit.to_string(), ID);
        assert_eq!(PatchMail::parse_list(b"").unwrap(), []);
    }

    #[test]
    fn what_is_no_mail_is_an_error_with_its_place() {
        for (text, offset) in [
            ("x\n".to_owned(), 0),
            ("From x y\n".to_owned(), 5),
            (format!("From {ID} Tue\n"), 46),
            (format!("From {ID}"), 0),
        ] {
            assert_eq!(PatchMail::parse_list(text.as_bytes()).unwrap_err().offset(), Some(offset), "{text}");
        }
    }
}
