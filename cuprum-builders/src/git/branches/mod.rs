//! Branches, tags and other refs, and which of them is checked out.

mod branch;
mod reflog;
mod refs;
mod switch;
mod tag;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::branch::{
    GitBranchCopy, GitBranchCreate, GitBranchDelete, GitBranchMove, GitBranchNoUpstream, GitBranchText,
    GitBranchUpstream, GitBranches, GitCurrentBranch, branch, branch_copy, branch_delete, branch_no_upstream,
    branch_rename, branch_text, branch_upstream, branches, current_branch,
};
pub use self::reflog::{
    GitReflogDelete, GitReflogExists, GitReflogExpire, ReflogPlace, reflog_delete, reflog_exists,
    reflog_expire,
};
pub use self::refs::{
    GitForEachRef, GitForEachRefText, GitRefExists, GitShowRef, GitSymbolicRef, GitSymbolicRefDelete,
    GitSymbolicRefSet, GitUpdateRef, GitUpdateRefDelete, GitUpdateRefs, RefQuoting, for_each_ref,
    for_each_ref_text, ref_exists, show_ref, symbolic_ref, symbolic_ref_delete, symbolic_ref_set, update_ref,
    update_ref_delete, update_refs,
};
pub use self::switch::{
    CheckoutTo, GitCheckout, GitCheckoutPaths, GitSwitch, GitSwitchCreate, NewBranch, checkout,
    checkout_paths, switch, switch_create,
};
pub use self::tag::{
    GitTagAnnotated, GitTagCreate, GitTagDelete, GitTagText, GitTags, tag, tag_annotated, tag_delete,
    tag_text, tags,
};

/// The facts about the commands of this folder.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    GitUpdateRefs::SPEC,
    GitBranches::SPEC,
    GitBranchText::SPEC,
    GitBranchCreate::SPEC,
    GitBranchDelete::SPEC,
    GitBranchMove::SPEC,
    GitBranchCopy::SPEC,
    GitBranchUpstream::SPEC,
    GitBranchNoUpstream::SPEC,
    GitCurrentBranch::SPEC,
    GitReflogExists::SPEC,
    GitReflogExpire::SPEC,
    GitReflogDelete::SPEC,
    GitForEachRef::SPEC,
    GitForEachRefText::SPEC,
    GitShowRef::SPEC,
    GitRefExists::SPEC,
    GitSymbolicRef::SPEC,
    GitSymbolicRefSet::SPEC,
    GitSymbolicRefDelete::SPEC,
    GitUpdateRef::SPEC,
    GitUpdateRefDelete::SPEC,
    GitSwitch::SPEC,
    GitSwitchCreate::SPEC,
    GitCheckout::SPEC,
    GitCheckoutPaths::SPEC,
    GitTags::SPEC,
    GitTagText::SPEC,
    GitTagCreate::SPEC,
    GitTagAnnotated::SPEC,
    GitTagDelete::SPEC,
];
