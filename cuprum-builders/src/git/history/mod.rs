//! Commits: making them, listing them, comparing them.

mod bisect;
mod blame;
mod commit;
mod describe;
mod diff;
mod format_patch;
mod log;
mod merge_base;
mod notes;
mod rev_list;
mod rev_parse;
mod shortlog;
mod show;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::bisect::{
    BisectEnd, BisectTerm, GitBisectBad, GitBisectGood, GitBisectLog, GitBisectMark, GitBisectNew,
    GitBisectNext, GitBisectOld, GitBisectReplay, GitBisectReset, GitBisectSkip, GitBisectStart,
    GitBisectTerm, bisect_bad, bisect_good, bisect_log, bisect_mark, bisect_new, bisect_next, bisect_old,
    bisect_replay, bisect_reset, bisect_skip, bisect_start, bisect_term,
};
pub use self::blame::{GitBlame, GitBlameText, blame, blame_text};
pub use self::commit::{
    GitCommit, GitCommitDryRun, GitCommitReuse, ReusedMessage, commit, commit_dry_run, commit_reuse,
};
pub use self::describe::{GitDescribe, GitDescribeContains, describe, describe_contains};
pub use self::diff::{
    DiffSide, GitCombined, GitDiff, GitDiffCheck, GitDiffIndex, GitDiffText, GitDiffers, combined, diff,
    diff_check, diff_index, diff_text, differs,
};
pub use self::format_patch::{GitFormatPatch, MailOptions, MailText, ThreadStyle, format_patch};
pub use self::log::{GitHistory, GitLog, GitLogText, GitReflog, history, log, log_text, reflog};
pub use self::merge_base::{
    GitForkPoint, GitIndependent, GitIsAncestor, GitMergeBase, GitMergeBases, MergeBasesOf, fork_point,
    independent, is_ancestor, merge_base, merge_bases,
};
pub use self::notes::{
    GitNoteAdd, GitNoteAppend, GitNoteCopy, GitNoteRemove, GitNoteShow, GitNotes, note, note_add,
    note_append, note_copy, note_remove, notes,
};
pub use self::rev_list::{
    GitRevList, GitRevListCount, GitRevListDiskUsage, GitRevListObjects, rev_list, rev_list_count,
    rev_list_disk_usage, rev_list_objects,
};
pub use self::rev_parse::{
    GitAbbreviate, GitFullName, GitIs, GitPlace, GitResolve, GitRevParse, IsRepo, PlaceOf, abbreviate,
    full_name, is, place, resolve, rev_parse,
};
pub use self::shortlog::{GitCheckMailmap, GitShortlog, ShortlogGroup, check_mailmap, shortlog};
pub use self::show::{GitShow, show};

/// The facts about the commands of this folder.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    GitRevListDiskUsage::SPEC,
    GitNotes::SPEC,
    GitNoteShow::SPEC,
    GitNoteAdd::SPEC,
    GitNoteAppend::SPEC,
    GitNoteCopy::SPEC,
    GitNoteRemove::SPEC,
    GitBisectStart::SPEC,
    GitBisectGood::SPEC,
    GitBisectBad::SPEC,
    GitBisectOld::SPEC,
    GitBisectNew::SPEC,
    GitBisectMark::SPEC,
    GitBisectSkip::SPEC,
    GitBisectNext::SPEC,
    GitBisectReset::SPEC,
    GitBisectLog::SPEC,
    GitBisectReplay::SPEC,
    GitBisectTerm::SPEC,
    GitBlame::SPEC,
    GitBlameText::SPEC,
    GitCommit::SPEC,
    GitCommitReuse::SPEC,
    GitCommitDryRun::SPEC,
    GitDescribe::SPEC,
    GitDescribeContains::SPEC,
    GitDiff::SPEC,
    GitDiffText::SPEC,
    GitDiffers::SPEC,
    GitDiffCheck::SPEC,
    GitCombined::SPEC,
    GitDiffIndex::SPEC,
    GitFormatPatch::SPEC,
    GitLog::SPEC,
    GitHistory::SPEC,
    GitLogText::SPEC,
    GitReflog::SPEC,
    GitMergeBase::SPEC,
    GitMergeBases::SPEC,
    GitIndependent::SPEC,
    GitIsAncestor::SPEC,
    GitForkPoint::SPEC,
    GitRevList::SPEC,
    GitRevListCount::SPEC,
    GitRevListObjects::SPEC,
    GitRevParse::SPEC,
    GitResolve::SPEC,
    GitFullName::SPEC,
    GitAbbreviate::SPEC,
    GitPlace::SPEC,
    GitIs::SPEC,
    GitShortlog::SPEC,
    GitCheckMailmap::SPEC,
    GitShow::SPEC,
];
