//! `git fetch`: brings over what another repository has.

use cuprum::{Args, Command};

use crate::args::{GitDate, GitRef, RefSpec, Revision};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Fetched, Git, Net, ObjectFilter, Remote};

/// Writes a command that fetches: what is special to it, then what both have in common.
macro_rules! fetch_command {
    ($(#[$meta:meta])* $name:ident $(, $(#[$of:meta])* $field:ident: $type:ty)?) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[$of])* pub $field: $type,)?
            /// Prints errors and warnings only; unlike in git, the typed output is complete all the same.
            pub quiet: bool,
            /// Lists refs that are up to date, too.
            pub verbose: bool,
            /// Adds to `FETCH_HEAD` instead of overwriting it.
            pub append: bool,
            /// Updates all refs or none.
            #[arg(since = "2.31")]
            pub atomic: bool,
            /// Updates refs to commits that do not follow the old ones.
            #[arg(danger = "write")]
            pub force: bool,
            /// Fetches all tags, or none; by default those of commits that are fetched.
            #[arg(negatable)]
            pub tags: Option<bool>,
            /// Deletes remote-tracking branches that the remote does not have any more, or keeps them.
            #[arg(negatable)]
            pub prune: Option<bool>,
            /// Deletes tags that the remote does not have, too.
            #[arg(negatable, danger = "write")]
            pub prune_tags: Option<bool>,
            /// Updates nothing.
            pub dry_run: bool,
            /// Writes `FETCH_HEAD`, or does not; by default it does.
            #[arg(negatable, since = "2.29")]
            pub write_fetch_head: Option<bool>,
            /// Keeps the pack as it came.
            pub keep: bool,
            /// Updates the branch that is checked out.
            pub update_head_ok: bool,
            /// Makes the current branch follow what is fetched.
            pub set_upstream: bool,
            /// So many commits of each branch, from its tip; git refuses 0.
            pub depth: Option<u32>,
            /// So many commits more than there are now.
            pub deepen: Option<u32>,
            /// Only commits that are newer.
            pub shallow_since: Option<GitDate>,
            /// No commits that this branch or tag of the remote reaches.
            pub shallow_exclude: Vec<GitRef>,
            /// Fetches the whole history.
            #[arg(conflicts("depth", "deepen"))]
            pub unshallow: bool,
            /// Takes refs that need the edge of the history to move.
            pub update_shallow: bool,
            /// Fetches everything, also what is here.
            #[arg(since = "2.36")]
            pub refetch: bool,
            /// Puts everything below `refs/prefetch/`.
            #[arg(since = "2.32")]
            pub prefetch: bool,
            /// Which remote-tracking refs are updated, instead of those that are configured.
            pub refmap: Vec<RefSpec>,
            /// Says only that these commits, and what they reach, are here.
            pub negotiation_tip: Vec<Revision>,
            /// Leaves these objects out, to be fetched when they are needed.
            pub filter: Option<ObjectFilter>,
            /// Looks whether an update was forced, or does not.
            #[arg(negatable)]
            pub show_forced_updates: Option<bool>,
            /// Writes a commit graph afterwards, or does not.
            #[arg(negatable)]
            pub write_commit_graph: Option<bool>,
            /// Text for the server, if it takes any.
            pub server_option: Vec<String>,
            /// How the other repository is talked to.
            #[arg(flatten)]
            pub net: Net,
            /// Options that run programs.
            #[cfg(feature = "unchecked")]
            #[arg(flatten)]
            pub unchecked: unchecked::FetchUnchecked,
            /// The repository.
            #[arg(positional)]
            pub from: Remote,
            /// What is fetched; by default what is configured for the remote.
            #[arg(positional)]
            pub refs: Vec<RefSpec>,
        }
    };
}

fetch_command!(
    /// Brings over commits and refs of another repository (git-fetch(1)); since git 2.41. Before that there is
    /// [`fetch_quietly`].
    ///
    /// It is the first half of `git pull`; the second is a [`merge`](crate::git::merge()) or
    /// [`rebase`](crate::git::rebase()). No submodule is fetched. A ref that could not be updated is an error, which
    /// says why; the others are updated, unless [`atomic`](Self::atomic).
    ///
    /// Git would take the name of a group of remotes (`remotes.NAME`) for a remote, and then start whatever
    /// is configured as their `uploadpack`. It refuses a group here, since it is told to read refspecs from
    /// its standard input, which is empty.
    #[derive(Clone, Debug, Command)]
    #[command(
        program = Git,
        subcommand = "fetch",
        fixed("--upload-pack=git-upload-pack", "--no-recurse-submodules", "--stdin"),
        fn = fetch,
        output = Fetched,
        tier = write
    )]
    GitFetch,
    /// How git prints what it did.
    #[arg(flatten)] format: FetchFormat
);

fetch_command!(
    /// Does as [`fetch`] does, also with a git from 2.29 to 2.40, and returns nothing of what it did: look at
    /// the [refs](crate::git::for_each_ref()) before and after.
    #[derive(Clone, Debug, Command)]
    #[command(
        program = Git,
        subcommand = "fetch",
        fixed("--upload-pack=git-upload-pack", "--no-recurse-submodules", "--stdin"),
        fn = fetch_quietly,
        tier = write
    )]
    GitFetchQuietly
);

/// How `git fetch` prints what it did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
pub enum FetchFormat {
    /// As [`Fetched::parse`] reads it.
    #[default]
    #[arg(since = "2.41")]
    Porcelain,
}
