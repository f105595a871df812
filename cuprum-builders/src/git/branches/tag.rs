//! `git tag`: makes, lists and deletes tags.

use cuprum::Command;

use crate::args::{GitRef, RefPattern, Revision};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Cleanup, Git, Ref, RefFilter, When};

/// Lists tags with their objects and messages (git-for-each-ref(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "for-each-ref",
    fixed(Ref::FORMAT, "refs/tags/"),
    fn = tags,
    output = Vec<Ref>,
    parse = Ref::read_list,
    tier = read
)]
pub struct GitTags {
    /// Which tags, and in which order.
    #[arg(flatten)]
    pub filter: RefFilter,
    /// How many are listed at most.
    pub count: Option<u32>,
}

/// Prints tags for people (git-tag(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "tag",
    fixed("--list", "--no-column"),
    fn = tag_text,
    output = Vec<u8>,
    tier = read
)]
pub struct GitTagText {
    /// Prints so many lines of the messages; by default one.
    #[arg(short = 'n')]
    pub message_lines: Option<Option<u32>>,
    /// Uses the colors of the format.
    pub color: Option<Option<When>>,
    /// Prints no line where the format gives none.
    #[arg(since = "2.41")]
    pub omit_empty: bool,
    /// What is printed of each tag.
    pub format: Option<String>,
    /// Which tags, and in which order.
    #[arg(flatten)]
    pub filter: RefFilter,
    /// Only tags that match.
    #[arg(positional)]
    pub patterns: Vec<RefPattern>,
}

/// Makes a tag that is a name only (git-tag(1)); one with a message is [`tag_annotated`].
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "tag", fixed("--no-sign"), fn = tag, tier = write)]
pub struct GitTagCreate {
    /// Replaces a tag that is there.
    #[arg(danger = "loss")]
    pub force: bool,
    /// Records what it names.
    pub create_reflog: bool,
    /// Its name.
    #[arg(positional)]
    pub name: GitRef,
    /// What it names; `HEAD` by default.
    #[arg(positional)]
    pub object: Option<Revision>,
}

/// Makes a tag with a message (git-tag(1)).
///
/// The message goes to git's standard input.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "tag",
    fixed("--annotate", "--file=-"),
    fn = tag_annotated,
    tier = write
)]
pub struct GitTagAnnotated {
    /// Replaces a tag that is there.
    #[arg(danger = "loss")]
    pub force: bool,
    /// How the message is cleaned up.
    pub cleanup: Option<Cleanup>,
    /// Records what it names.
    pub create_reflog: bool,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::TagUnchecked,
    /// The message.
    #[arg(stdin)]
    pub message: String,
    /// Its name.
    #[arg(positional)]
    pub name: GitRef,
    /// What it names; `HEAD` by default.
    #[arg(positional)]
    pub object: Option<Revision>,
}

/// Deletes tags; what only they name is lost, and git does not look whether that is so.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "tag", fixed("--delete"), fn = tag_delete, tier = destructive)]
pub struct GitTagDelete {
    /// The tags.
    #[arg(positional, min = 1)]
    pub names: Vec<GitRef>,
}
