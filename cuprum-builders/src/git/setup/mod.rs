//! How a repository is configured, and what hangs on it: work trees and submodules.

mod config;
mod sparse;
mod submodule;
mod worktree;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::config::{
    ConfigScopeOption, ConfigType, GitConfigAdd, GitConfigGet, GitConfigGetAll, GitConfigGetRegexp,
    GitConfigList, GitConfigNames, GitConfigSet, GitConfigUnset, config_add, config_get, config_get_all,
    config_get_regexp, config_list, config_names, config_set, config_unset,
};
pub use self::sparse::{
    GitSparseAdd, GitSparseDisable, GitSparseList, GitSparseReapply, GitSparseSet, SparseCone, sparse_add,
    sparse_disable, sparse_list, sparse_reapply, sparse_set,
};
pub use self::submodule::{
    GitSubmoduleAbsorb, GitSubmoduleDeinit, GitSubmoduleInit, GitSubmoduleSetBranch, GitSubmoduleSetUrl,
    GitSubmoduleStatus, GitSubmoduleSummary, GitSubmoduleSync, SubmoduleBranch, submodule_absorb,
    submodule_deinit, submodule_init, submodule_set_branch, submodule_set_url, submodule_status,
    submodule_summary, submodule_sync,
};
pub use self::worktree::{
    GitWorktreeAdd, GitWorktreeList, GitWorktreeLock, GitWorktreeMove, GitWorktreePrune, GitWorktreeRemove,
    GitWorktreeRepair, GitWorktreeUnlock, WorktreeBranch, WorktreeEnds, worktree_add, worktree_list,
    worktree_lock, worktree_move, worktree_prune, worktree_remove, worktree_repair, worktree_unlock,
};

/// The facts about the commands of this folder.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    GitConfigGetRegexp::SPEC,
    GitConfigNames::SPEC,
    GitConfigList::SPEC,
    GitConfigGet::SPEC,
    GitConfigGetAll::SPEC,
    GitConfigSet::SPEC,
    GitConfigAdd::SPEC,
    GitConfigUnset::SPEC,
    GitSparseList::SPEC,
    GitSparseSet::SPEC,
    GitSparseAdd::SPEC,
    GitSparseReapply::SPEC,
    GitSparseDisable::SPEC,
    GitSubmoduleStatus::SPEC,
    GitSubmoduleInit::SPEC,
    GitSubmoduleDeinit::SPEC,
    GitSubmoduleSetBranch::SPEC,
    GitSubmoduleSetUrl::SPEC,
    GitSubmoduleSync::SPEC,
    GitSubmoduleAbsorb::SPEC,
    GitSubmoduleSummary::SPEC,
    GitWorktreeList::SPEC,
    GitWorktreeAdd::SPEC,
    GitWorktreeLock::SPEC,
    GitWorktreeUnlock::SPEC,
    GitWorktreeMove::SPEC,
    GitWorktreePrune::SPEC,
    GitWorktreeRemove::SPEC,
    GitWorktreeRepair::SPEC,
];
