//! `git am`: makes commits of mails.

use cuprum::spec::IntoArg;
use cuprum::{ArgValue, Args, Command};

use crate::args::{Glob, RelPath};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Git, OnEmpty, PatchMail, WhitespaceAction};

/// Makes a commit of each mail (git-am(1)).
///
/// The mails go to git's standard input. Who wrote a mail chooses author, date and message of its commit, and its
/// changes: all that looks like a patch in it, wherever it stands. Paths that lead out of the work tree, into `.git`,
/// or through a symbolic link, are refused, whatever a mail says. No hook runs.
///
/// A patch that does not fit is an error; [`am_step`] goes on from there.
///
/// ```no_run
/// use cuprum::{Run, lit};
/// use cuprum_builders::args::RevisionRange;
/// use cuprum_builders::git::{self, MailForm};
///
/// let mails = git::format_patch(lit!(RevisionRange, "v1.0..main")).in_dir("/srv/a").run_sync()?;
/// git::am(mails).form(MailForm::Mboxrd).in_dir("/srv/b").run_sync()?;
/// # use cuprum::IntoSafe;
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "am", fn = am, tier = write)]
pub struct GitAm {
    /// The form that the mails are in; `mbox` by default.
    #[arg(long = "patch-format")]
    pub form: Option<MailForm>,
    /// Merges where a hunk does not fit and the versions that it was made from are known, or does not.
    #[arg(long = "3way", negatable)]
    pub three_way: Option<bool>,
    /// Adds a `Signed-off-by` line, or does not.
    #[arg(negatable)]
    pub signoff: Option<bool>,
    /// Keeps the whole subject, also what stands in brackets before it.
    pub keep: bool,
    /// Keeps what stands in brackets before the subject, but for `[PATCH]`.
    #[arg(conflicts("keep"))]
    pub keep_non_patch: bool,
    /// Adds the id of the mail to the message, or does not.
    #[arg(negatable)]
    pub message_id: Option<bool>,
    /// Keeps a carriage return at the end of lines, or does not.
    #[arg(negatable)]
    pub keep_cr: Option<bool>,
    /// What is done about one in an encoded mail.
    #[arg(since = "2.32")]
    pub quoted_cr: Option<QuotedCr>,
    /// Leaves out what stands before a line with scissors, or does not.
    #[arg(negatable)]
    pub scissors: Option<bool>,
    /// Makes the message UTF-8, which it does by default.
    #[arg(negatable)]
    pub utf8: Option<bool>,
    /// What becomes of a mail without a patch; git stops by default.
    #[arg(since = "2.34")]
    pub empty: Option<OnEmpty>,
    /// Takes the author's time for the commit's.
    pub committer_date_is_author_date: bool,
    /// Takes the commit's time for the author's.
    pub ignore_date: bool,
    /// Makes hunks that fit, and leaves others in files that end with `.rej`.
    pub reject: bool,
    /// Leaves out changes of files that match.
    pub exclude: Vec<Glob>,
    /// Makes changes of files that match only.
    pub include: Vec<Glob>,
    /// How many leading components of paths are dropped; 1 by default.
    #[arg(short = 'p', style = "attached")]
    pub strip: Option<u8>,
    /// A directory that all paths are below.
    pub directory: Option<RelPath>,
    /// How many lines around a change must be the same; by default all of them.
    #[arg(short = 'C', style = "attached")]
    pub context: Option<u32>,
    /// What is done about wrong white space.
    pub whitespace: Option<WhitespaceAction>,
    /// Ignores white space where the lines around are compared.
    pub ignore_whitespace: bool,
    /// Puts what was joined at an earlier time into the index, or does not.
    #[arg(negatable)]
    pub rerere_autoupdate: Option<bool>,
    /// Prints errors only.
    pub quiet: bool,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::SignUnchecked,
    /// The mails.
    #[arg(stdin)]
    pub mails: Mails,
}

/// Goes on with [`am`] after a patch that did not fit.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "am", fn = am_step, tier = destructive)]
pub struct GitAmStep {
    /// How.
    #[arg(flatten, required)]
    pub step: AmStep,
}

/// How it goes on after a patch that did not fit.
#[derive(Clone, Debug, Args)]
pub enum AmStep {
    /// The changes are made and added: with a commit of them, and the next mail.
    Continue,
    /// The mail holds no patch: with a commit without changes, and the next mail.
    #[arg(since = "2.34")]
    AllowEmpty,
    /// With the same mail again.
    #[arg(since = "2.46")]
    Retry,
    /// Without this mail.
    Skip,
    /// Not at all; the branch is put back, also after other commits.
    Abort,
    /// Not at all; everything stays as it is.
    Quit,
}

/// Prints the mail that did not fit.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "am",
    fixed("--show-current-patch=raw"),
    fn = am_show_current_mail,
    output = Vec<u8>,
    tier = read
)]
pub struct GitAmMail {}

/// The form that mails are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum MailForm {
    /// One after the other, each behind a line that begins with `From `.
    Mbox,
    /// The same, with lines of texts that begin so quoted; [`format_patch`](crate::git::format_patch) prints it.
    Mboxrd,
    /// A patch of Stacked Git.
    Stgit,
    /// The list of such patches, whose files git reads.
    #[cfg(feature = "unchecked")]
    StgitSeries,
    /// A patch of Mercurial.
    Hg,
}

/// What is done about a carriage return at the end of lines of an encoded mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum QuotedCr {
    /// Nothing.
    Nowarn,
    /// It is reported, which is the default.
    Warn,
    /// It is taken away.
    Strip,
}

/// Mails, one after the other: any bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mails(Vec<u8>);

impl AsRef<[u8]> for Mails {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl IntoArg<Mails> for Vec<u8> {
    fn into_arg(self) -> Mails {
        Mails(self)
    }
}

impl IntoArg<Mails> for Vec<PatchMail> {
    fn into_arg(self) -> Mails {
        self.into_iter().collect()
    }
}

impl FromIterator<PatchMail> for Mails {
    fn from_iter<I: IntoIterator<Item = PatchMail>>(mails: I) -> Self {
        let mut bytes = Vec::new();
        mails.into_iter().for_each(|mail| bytes.extend_from_slice(mail.text.as_bytes()));
        Self(bytes)
    }
}
