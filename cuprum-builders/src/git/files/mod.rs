//! Files of the work tree and the index.

mod add;
mod apply;
mod clean;
mod grep;
mod ls_files;
mod mv;
mod reset;
mod restore;
mod rm;
mod status;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::add::{GitAdd, add};
pub use self::apply::{ApplyTo, Favor, GitApplies, GitApply, Patch, PatchReading, applies, apply};
pub use self::clean::{CleanIgnored, GitClean, GitCleanDryRun, clean, clean_dry_run};
pub use self::grep::{
    GitGrep, GitGrepFiles, GitGrepText, GrepFiles, GrepSyntax, grep, grep_files, grep_text,
};
pub use self::ls_files::{GitLineEnds, GitLsFiles, GitLsPaths, line_ends, ls_files, ls_paths};
pub use self::mv::{GitMv, mv};
pub use self::reset::{GitReset, GitUnstage, ResetMode, reset, unstage};
pub use self::restore::{GitRestore, restore};
pub use self::rm::{GitRm, rm};
pub use self::status::{GitStatus, Ignored, UntrackedFiles, status};

/// The facts about the commands of this folder.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    GitAdd::SPEC,
    GitApply::SPEC,
    GitApplies::SPEC,
    GitClean::SPEC,
    GitCleanDryRun::SPEC,
    GitGrep::SPEC,
    GitGrepFiles::SPEC,
    GitGrepText::SPEC,
    GitLsFiles::SPEC,
    GitLsPaths::SPEC,
    GitLineEnds::SPEC,
    GitMv::SPEC,
    GitReset::SPEC,
    GitUnstage::SPEC,
    GitRestore::SPEC,
    GitRm::SPEC,
    GitStatus::SPEC,
];
