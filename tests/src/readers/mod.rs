//! The readers of outputs and the checked arguments, as functions of any bytes: for the fuzzer, and for a
//! driver that needs none.
//!
//! Each target is a family of formats. It must not panic, and it must say the truth: what is read and written
//! again is what was read, and a path of any bytes comes back with all of them.

mod arguments;
mod git;
mod git_paths;
mod mutation;
mod tools;

pub use self::mutation::Mutator;

/// A family of formats.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, which is that of the fuzz target, too.
    pub name: &'static str,
    /// Reads bytes; panics if it finds a fault.
    pub run: fn(&[u8]),
    /// How the names of captured outputs begin that are good to start with.
    pub seeds: &'static [&'static str],
    /// More to start with.
    pub more: &'static [&'static [u8]],
}

/// All families.
pub const TARGETS: &[Target] = &[
    Target { name: "arguments", run: arguments::run, seeds: &[], more: arguments::SEEDS },
    Target { name: "git_changes", run: git::changes, seeds: &["git-diff-"], more: git::CHANGES },
    Target { name: "git_failures", run: git::failures, seeds: &["git-err-"], more: &[] },
    Target {
        name: "git_files",
        run: git::files,
        seeds: &["git-check-", "git-ls-", "git-merge-tree", "git-worktree"],
        more: git::FILES,
    },
    Target {
        name: "git_lines",
        run: git::lines,
        seeds: &[
            "git-blame-",
            "git-branch",
            "git-count",
            "git-describe",
            "git-remote",
            "git-rev-list",
            "git-shortlog",
            "git-show-ref",
            "git-submodule",
        ],
        more: git::LINES,
    },
    Target {
        name: "git_logs",
        run: git::logs,
        seeds: &["git-log-", "git-reflog", "git-stash", "git-tag"],
        more: git::LOGS,
    },
    Target { name: "git_paths", run: git_paths::run, seeds: &["git-ls-tree"], more: git_paths::SEEDS },
    Target { name: "git_status", run: git::status, seeds: &["git-status-"], more: &[] },
    Target {
        name: "git_transfers",
        run: git::transfers,
        seeds: &["git-fetch", "git-err-push", "git-progress-clone-r", "git-progress-fsck"],
        more: &[],
    },
    Target { name: "rsync", run: tools::rsync, seeds: &["rsync-"], more: tools::RSYNC },
    Target { name: "tar", run: tools::tar, seeds: &["tar-"], more: tools::TAR },
    Target { name: "tool_paths", run: tools::paths, seeds: &["tar-list-names"], more: git_paths::SEEDS },
];

/// Runs the target of this name.
///
/// # Panics
///
/// If there is none, or if it finds a fault.
pub fn run(name: &str, bytes: &[u8]) {
    match TARGETS.iter().find(|target| target.name == name) {
        Some(target) => (target.run)(bytes),
        None => panic!("no target `{name}`"),
    }
}
