//! `git init`: creates an empty repository.

use cuprum::{ArgValue, Command};

use crate::args::{GitRef, SafePath};
use crate::git::Git;
#[cfg(feature = "unchecked")]
use crate::git::unchecked;

/// Creates an empty repository, or completes one that is there (git-init(1)).
///
/// Templates are empty, so the repository has no hooks.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "init", fn = init, tier = write)]
pub struct GitInit {
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Creates a repository without a work tree.
    pub bare: bool,
    /// Lets a group of users, or all, use the repository.
    pub shared: Option<Option<SharedAccess>>,
    /// The branch that `HEAD` names; by default what git is configured to take.
    pub initial_branch: Option<GitRef>,
    /// How ids are computed; `sha1` by default.
    pub object_format: Option<ObjectFormat>,
    /// How refs are stored; `files` by default.
    #[arg(since = "2.45")]
    pub ref_format: Option<RefFormat>,
    /// Options that write elsewhere.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::InitUnchecked,
    /// The directory, which is created if it is missing; by default the working directory.
    #[arg(positional)]
    pub dir: Option<SafePath>,
}

/// Who may use a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum SharedAccess {
    /// Whom the umask lets.
    Umask,
    /// The group may read and write.
    Group,
    /// The group may read and write, and all may read; git calls it `world` and `everybody`, too.
    All,
}

/// How ids are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum ObjectFormat {
    /// 20 bytes.
    Sha1,
    /// 32 bytes.
    Sha256,
}

/// How refs are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum RefFormat {
    /// A file each, and a file for those that were packed.
    Files,
    /// Tables.
    Reftable,
}
