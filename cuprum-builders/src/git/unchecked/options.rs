//! Sets of unchecked options, for the commands that have them.

use std::ffi::OsString;

use cuprum::{ArgValue, Args};

use crate::args::{Pathspec, SafePath};
use crate::git::Remote;

/// Options of `git init` that write elsewhere.
#[derive(Clone, Debug, Args)]
pub struct InitUnchecked {
    /// Copies this directory into the repository, hooks and all.
    #[arg(danger = "exec")]
    pub template: Option<SafePath>,
    /// Puts git's files there.
    #[arg(danger = "write")]
    pub separate_git_dir: Option<SafePath>,
}

/// Options of `git clone` that run programs or write elsewhere.
#[derive(Clone, Debug, Args)]
pub struct CloneUnchecked {
    /// The program that serves the other side; a shell reads it.
    #[arg(danger = "exec")]
    pub upload_pack: Option<String>,
    /// Copies this directory into the repository, hooks and all.
    #[arg(danger = "exec")]
    pub template: Option<SafePath>,
    /// Sets a variable of the new repository, `key=value`.
    #[arg(danger = "exec")]
    pub config: Vec<String>,
    /// Puts git's files there.
    #[arg(danger = "write")]
    pub separate_git_dir: Option<SafePath>,
    /// Takes objects from this repository.
    #[arg(danger = "exec")]
    pub reference: Vec<SafePath>,
    /// The same, if it is there.
    #[arg(danger = "exec")]
    pub reference_if_able: Vec<SafePath>,
    /// Copies them, so that it can go.
    #[arg(danger = "exec")]
    pub dissociate: bool,
    /// Takes the objects of a local source, without copying them.
    #[arg(danger = "exec")]
    pub shared: bool,
    /// Clones submodules, too.
    #[arg(danger = "exec")]
    pub recurse_submodules: Option<Option<Pathspec>>,
    /// With their last commit only.
    #[arg(danger = "exec")]
    pub shallow_submodules: bool,
    /// With what their branch has now.
    #[arg(danger = "exec")]
    pub remote_submodules: bool,
    /// Leaves objects out in them, too.
    #[arg(danger = "exec")]
    pub also_filter_submodules: bool,
    /// How many are cloned at a time.
    #[arg(danger = "exec")]
    pub jobs: Option<u32>,
    /// Another server, which has most of it.
    #[arg(danger = "exec")]
    pub bundle_uri: Option<String>,
}

/// Options of `git fetch` that run programs.
#[derive(Clone, Debug, Args)]
pub struct FetchUnchecked {
    /// The program that serves the other side; a shell reads it.
    #[arg(danger = "exec")]
    pub upload_pack: Option<String>,
    /// Fetches submodules, too; it excludes the typed output.
    #[arg(danger = "exec")]
    pub recurse_submodules: Option<Option<FetchSubmodules>>,
    /// How many are fetched at a time.
    #[arg(danger = "exec")]
    pub jobs: Option<u32>,
    /// Tidies up afterwards, perhaps in the background.
    #[arg(danger = "exec")]
    pub auto_maintenance: bool,
}

/// Which submodules are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum FetchSubmodules {
    /// All.
    Yes,
    /// Those of which a new commit is recorded.
    OnDemand,
    /// None.
    No,
}

/// Options of `git push` that run programs.
#[derive(Clone, Debug, Args)]
pub struct PushUnchecked {
    /// The program that serves the other side; a shell reads it.
    #[arg(danger = "exec")]
    pub receive_pack: Option<String>,
    /// What becomes of commits of submodules.
    #[arg(danger = "exec")]
    pub recurse_submodules: Option<PushSubmodules>,
    /// Signs the push, as [`Git`](crate::git::Git) says.
    #[arg(danger = "exec")]
    pub signed: Option<Option<SignPush>>,
}

/// What becomes of commits of submodules that the push records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum PushSubmodules {
    /// They must be there.
    Check,
    /// They are pushed, too.
    OnDemand,
    /// They are pushed, and nothing else.
    Only,
    /// Nothing.
    No,
}

/// Whether a push is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum SignPush {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// It is, if the server can take it.
    IfAsked,
}

/// Options of `git ls-remote` that run programs.
#[derive(Clone, Debug, Args)]
pub struct LsRemoteUnchecked {
    /// The program that serves the other side; a shell reads it.
    #[arg(danger = "exec")]
    pub upload_pack: Option<String>,
}

/// Options that sign, by the programs that [`Git`](crate::git::Git) names.
#[derive(Clone, Debug, Args)]
pub struct SignUnchecked {
    /// Signs the commit, with this key.
    #[arg(danger = "exec")]
    pub gpg_sign: Option<Option<KeyId>>,
}

/// Options of `git commit` that run programs.
#[derive(Clone, Debug, Args)]
pub struct CommitUnchecked {
    /// Signs the commit, with this key.
    #[arg(danger = "exec")]
    pub gpg_sign: Option<Option<KeyId>>,
    /// Adds a line to the message; programs that are configured for its name run.
    #[arg(danger = "exec")]
    pub trailer: Vec<String>,
}

/// Options of `git tag` that run programs.
#[derive(Clone, Debug, Args)]
pub struct TagUnchecked {
    /// Signs the tag.
    #[arg(danger = "exec")]
    pub sign: bool,
    /// Signs the tag, with this key.
    #[arg(danger = "exec")]
    pub local_user: Option<KeyId>,
    /// Adds a line to the message; programs that are configured for its name run.
    #[arg(danger = "exec")]
    pub trailer: Vec<String>,
}

/// Options of `git rebase` that run programs.
#[derive(Clone, Debug, Args)]
pub struct RebaseUnchecked {
    /// Runs this in a shell after each commit.
    #[arg(danger = "exec")]
    pub exec: Vec<String>,
    /// Runs it again where it failed.
    #[arg(negatable, danger = "exec")]
    pub reschedule_failed_exec: Option<bool>,
    /// Signs the commits, with this key.
    #[arg(danger = "exec")]
    pub gpg_sign: Option<Option<KeyId>>,
}

/// Options of commands that show differences which run programs, or write.
#[derive(Clone, Debug, Args)]
pub struct DiffUnchecked {
    /// Compares by the programs that are configured.
    #[arg(danger = "exec")]
    pub ext_diff: bool,
    /// Converts files by the programs that are configured.
    #[arg(danger = "exec")]
    pub textconv: bool,
    /// Writes to this file.
    #[arg(danger = "write")]
    pub output: Option<SafePath>,
    /// Reads from this file which paths come first.
    #[arg(short = 'O', style = "attached", danger = "write")]
    pub order_file: Option<SafePath>,
    /// Checks signatures, as [`Git`](crate::git::Git) says; not of `git diff`.
    #[arg(danger = "exec")]
    pub show_signature: bool,
}

/// Options of `git archive` that run programs or write.
#[derive(Clone, Debug, Args)]
pub struct ArchiveUnchecked {
    /// Takes the tree from another repository.
    #[arg(danger = "exec")]
    pub remote: Option<Remote>,
    /// The program that serves the other side; a shell reads it.
    #[arg(danger = "exec", requires("remote"))]
    pub exec: Option<String>,
    /// Writes to this file.
    #[arg(danger = "write")]
    pub output: Option<SafePath>,
    /// Adds a file, `path:contents`.
    #[arg(danger = "write")]
    pub add_virtual_file: Vec<String>,
}

/// The key that something is signed with, as the program that signs knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyId(String);

impl KeyId {
    /// Takes the name of a key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }
}

/// The name.
impl ArgValue for KeyId {
    fn to_os(&self) -> OsString {
        self.0.clone().into()
    }
}
