//! `git format-patch`: commits as mails, each with the patch that makes its changes.

use cuprum::{ArgValue, Args, Command};

use crate::args::{Identity, Pathspec, RefPattern, Revision, RevisionRange};
use crate::git::{Compare, Git, PatchMail};

/// Prints commits as mails that [`am`](crate::git::am) makes commits of again, oldest first (git-format-patch(1)).
///
/// A single revision `R` stands for `R..HEAD`. Merges are left out. Nothing is written: what becomes of the mails is
/// the caller's affair, while git would name files by the subjects of commits, and follow links that lie there
/// ([`unchecked`](crate::git::unchecked) has that form).
///
/// There is no mail about all of them, and there are no attachments. They are in the form `mboxrd`, in which no line of
/// a message can be taken for the beginning of the next mail; tell [`am`](crate::git::am) so. **A message can still hold a patch of its own**, behind a line `---`, which `am` then
/// makes, too, and which no form of mail keeps apart. Take commits of strangers by
/// [`fetch`](crate::git::fetch) and [`cherry_pick`](crate::git::cherry_pick) instead.
///
/// There is no signature unless one is given: a configured one can be the content of any file.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "format-patch",
    fixed(PatchMail::FORMAT),
    fn = format_patch,
    output = Vec<PatchMail>,
    parse = PatchMail::read_list,
    tier = read
)]
pub struct GitFormatPatch {
    /// What stands in the mails.
    #[arg(flatten)]
    pub mail: MailOptions,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// A range, or the revision after which it begins; it ends with `HEAD` then.
    #[arg(positional)]
    pub range: RevisionRange,
    /// Prints only commits that change these files and directories.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// What stands in the mails of commits (git-format-patch(1)); as git is configured, unless said otherwise.
#[derive(Clone, Debug, Args)]
pub struct MailOptions {
    /// At most so many commits, the newest ones.
    pub max_count: Option<u32>,
    /// Takes all commits that lead to the revision, from the first.
    pub root: bool,
    /// Leaves out commits of which the upstream has one with the same change.
    pub ignore_if_in_upstream: bool,
    /// Numbers the mails, or does not; by default if there are several.
    #[arg(negatable)]
    pub numbered: Option<bool>,
    /// Counts from this number.
    pub start_number: Option<u32>,
    /// Which version of the commits these are.
    #[arg(since = "2.40")]
    pub reroll_count: Option<MailText>,
    /// What stands in brackets before a subject, instead of `PATCH`.
    pub subject_prefix: Option<MailText>,
    /// Asks for comments by a word before it; `RFC` by default.
    pub rfc: Option<Option<MailText>>,
    /// Puts nothing before a subject.
    #[arg(conflicts("subject_prefix", "numbered"))]
    pub keep_subject: bool,
    /// Adds a `Signed-off-by` line, or does not.
    #[arg(negatable)]
    pub signoff: Option<bool>,
    /// Shows notes, by default those of `refs/notes/commits`.
    pub notes: Option<Option<RefPattern>>,
    /// Names this person as the sender, by default who runs git; authors of commits are named in the texts.
    pub from: Option<Option<Identity>>,
    /// Names the author in every text.
    #[arg(negatable, since = "2.38")]
    pub force_in_body_from: Option<bool>,
    /// To whom they go.
    pub to: Vec<Identity>,
    /// Who else gets them.
    pub cc: Vec<Identity>,
    /// The id of the mail that is answered.
    pub in_reply_to: Option<MailText>,
    /// Makes the mails a thread.
    pub thread: Option<Option<ThreadStyle>>,
    /// Does not.
    #[arg(conflicts("thread"))]
    pub no_thread: bool,
    /// Names the commit that the first one follows; `auto` is the last one that the upstream has.
    pub base: Option<Revision>,
    /// Shows how the result differs from that of an earlier version, of a single commit.
    pub interdiff: Option<Revision>,
    /// A last line.
    pub signature: Option<MailText>,
    /// Prints no statistics.
    pub no_stat: bool,
    /// Prints this many lines around each difference; 3 by default.
    pub unified: Option<Option<u32>>,
    /// Prints differences as one if so few lines lie between them.
    pub inter_hunk_context: Option<u32>,
    /// Prints the whole function around each difference.
    #[arg(negatable)]
    pub function_context: Option<bool>,
    /// Prints ids in full.
    #[arg(negatable)]
    pub full_index: Option<bool>,
    /// Leaves out the contents of deleted files; the result cannot be applied.
    pub irreversible_delete: bool,
    /// Nothing stands before names, instead of `a/` and `b/`.
    pub no_prefix: bool,
    /// `a/` and `b/` stand before names, whatever git is configured to.
    #[arg(conflicts("no_prefix"), since = "2.41")]
    pub default_prefix: bool,
}

/// What each mail of a thread answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum ThreadStyle {
    /// The first one.
    Shallow,
    /// The one before it.
    Deep,
}

/// A line of a mail: without control characters, and not one that begins a mail, `From `.
#[derive(Clone, Debug, PartialEq, Eq, Hash, ArgValue)]
#[arg(check = is_mail_text)]
pub struct MailText(String);

const fn is_mail_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some((byte, _)) = bytes.split_at(i).1.split_first() {
        if byte.is_ascii_control() {
            return false;
        }
        i += 1;
    }
    !matches!(bytes, [b'F', b'r', b'o', b'm', b' ', ..])
}
