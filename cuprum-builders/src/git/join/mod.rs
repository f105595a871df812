//! Histories that are joined, moved, picked from, or put aside.

mod am;
mod merge;
mod pick;
mod rebase;
mod stash;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::am::{
    AmStep, GitAm, GitAmMail, GitAmStep, MailForm, Mails, QuotedCr, am, am_show_current_mail, am_step,
};
pub use self::merge::{
    FastForward, GitMerge, GitMergeAbort, GitMergeContinue, GitMergeQuit, GitMergeTree, MergeTreeResult,
    merge, merge_abort, merge_continue, merge_quit, merge_tree,
};
pub use self::pick::{
    GitCherryPick, GitCherryPickStep, GitRevert, GitRevertStep, Step, cherry_pick, cherry_pick_step, revert,
    revert_step,
};
pub use self::rebase::{
    GitRebase, GitRebaseAbort, GitRebaseContinue, GitRebasePatch, GitRebaseQuit, GitRebaseSkip, RebaseMerges,
    WhitespaceAction, rebase, rebase_abort, rebase_continue, rebase_quit, rebase_show_current_patch,
    rebase_skip,
};
pub use self::stash::{
    GitStashApply, GitStashBranch, GitStashClear, GitStashCreate, GitStashDrop, GitStashList, GitStashPop,
    GitStashPush, GitStashShow, GitStashShowText, GitStashStore, stash_apply, stash_branch, stash_clear,
    stash_create, stash_drop, stash_list, stash_pop, stash_push, stash_show, stash_show_text, stash_store,
};

/// The facts about the commands of this folder.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    GitAm::SPEC,
    GitAmStep::SPEC,
    GitAmMail::SPEC,
    GitStashShowText::SPEC,
    GitMerge::SPEC,
    GitMergeAbort::SPEC,
    GitMergeQuit::SPEC,
    GitMergeContinue::SPEC,
    GitMergeTree::SPEC,
    GitCherryPick::SPEC,
    GitCherryPickStep::SPEC,
    GitRevert::SPEC,
    GitRevertStep::SPEC,
    GitRebase::SPEC,
    GitRebaseContinue::SPEC,
    GitRebaseSkip::SPEC,
    GitRebaseAbort::SPEC,
    GitRebaseQuit::SPEC,
    GitRebasePatch::SPEC,
    GitStashPush::SPEC,
    GitStashList::SPEC,
    GitStashShow::SPEC,
    GitStashApply::SPEC,
    GitStashPop::SPEC,
    GitStashDrop::SPEC,
    GitStashClear::SPEC,
    GitStashBranch::SPEC,
    GitStashCreate::SPEC,
    GitStashStore::SPEC,
];
