//! Every captured output, read to its last byte, beside what it says.
//!
//! The snapshots were compared with a reading of the same outputs that is not ours.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use cuprum::Lab;
use cuprum::lab::Script;
use cuprum_builders::args::{RemoteUrl, Revision};
use cuprum_builders::prelude::*;
use cuprum_builders::{git, rsync, tar};

use crate::scratch::fixture;

/// A captured output, and how it is read.
type Row = (&'static str, fn(&[u8]) -> String);

/// Outputs that no command of ours asks for, and why.
const UNREAD: &[(&str, &str)] = &[
    ("git-diff-cached-name-status-z", "`git::diff` asks for `--raw --numstat`, which says more"),
    ("git-log-z-name-status", "`git::history` asks for `--raw --numstat`, which says more"),
    ("git-rev-list-objects", "its paths are cut at line ends; `git::rev_list_objects` asks for none"),
    ("rsync-progress2-human", "numbers for people are refused, and `--no-human-readable` is always given"),
];

fn each<T: Debug>(list: impl IntoIterator<Item = T>) -> String {
    list.into_iter().map(|item| format!("{item:?}\n")).collect()
}

macro_rules! lists {
    ($($name:literal: $type:ident),+ $(,)?) => {
        &[$(($name, |output| each(git::$type::parse_list(output).unwrap()))),+]
    };
}

macro_rules! wholes {
    ($($name:literal: $($type:ident)::+),+ $(,)?) => {
        &[$(($name, |output| format!("{:#?}\n", $($type)::+::parse(output).unwrap()))),+]
    };
}

const LISTS: &[Row] = lists! {
        "git-check-attr-z": AttributeOf,
        "git-check-ignore-z-v": IgnoreMatch,
        "git-check-mailmap": Contact,
        "git-diff-tree-combined-raw-z": CombinedChange,
        "git-format-patch-mboxrd": PatchMail,
        "git-grep-none": Match,
        "git-ls-files-stage-z": IndexEntry,
        "git-ls-files-unmerged-z": IndexEntry,
        "git-ls-tree-r-l-z": TreeEntry,
        "git-reflog-z": ReflogEntry,
        "git-remote-v": RemoteLine,
        "git-rev-list-parents": RevListEntry,
        "git-shortlog-sne": Author,
        "git-show-ref-d": RefLine,
        "git-stash-list-z": Stash,
        "git-submodule-status": SubmoduleStatus,
        "git-worktree-list-z": Worktree,
        "git-worktree-list-z-bare": Worktree,
};

const WHOLES: &[Row] = wholes! {
        "git-blame-incremental": git::Blame,
        "git-blame-porcelain": git::Blame,
        "git-count-objects": git::ObjectCount,
        "git-describe-tags-dirty": git::Description,
        "git-diff-cached-raw-numstat-z": git::Diff,
        "git-diff-cached-raw-z-renames": git::Diff,
        "git-diff-raw-z": git::Diff,
        "git-err-push-hook-declined": git::Pushed,
        "git-fetch-porcelain": git::Fetched,
        "git-log-z-empty-range": git::Log,
        "git-merge-tree-z-clean": git::MergeTree,
        "git-merge-tree-z-conflict": git::MergeTree,
        "git-rev-list-left-right-count": git::Counts,
        "git-status-v2-copies": git::Status,
        "git-status-v2-mixed": git::Status,
        "git-status-v2-no-ahead-behind": git::Status,
        "git-status-v2-submodules": git::Status,
        "git-status-v2-unborn-staged": git::Status,
        "git-status-v2-upstream-gone": git::Status,
        "rsync-list-only": rsync::Listing,
        "rsync-stats": rsync::Transfer,
        "tar-bsdtar-list": tar::bsd::Listing,
};

/// What needs more than one function.
const OTHERS: &[Row] = &[
    ("git-branch-format-detached", |output| each(git::records(output, 3).unwrap())),
    ("git-fetch-stderr-human", told),
    ("git-log-z-raw-encoding", |output| each(git::records(output, 3).unwrap())),
    ("git-ls-files-others-z", |output| each(played(git::ls_paths().others(), output))),
    ("git-merge-base-all", |output| {
        each(played(git::merge_bases([lit!(Revision, "a"), lit!(Revision, "b")]), output))
    }),
    ("git-progress-clone", told),
    ("git-progress-clone-recurse", told),
    ("git-progress-fetch", told),
    ("git-progress-fsck", told),
    ("git-tag-format", |output| each(git::records(output, 3).unwrap())),
    ("rsync-out-format", itemized),
    ("tar-list-names-escape", |output| each(tar::Report::parse(output, b"").unwrap().members)),
    ("tar-err-strip-leading", |output| format!("{:#?}\n", tar::Report::parse(b"", output).unwrap())),
];

/// Reads an output as a command that has printed it does.
fn played<C: cuprum::IntoSafe<Program = git::Git>>(command: C, output: &[u8]) -> C::Output {
    let lab = Lab::new().on_program::<git::Git>(Script::stdout(output));
    lab.cx().run(command).wait().unwrap()
}

/// Reads what git tells people, as it comes in chunks of seven bytes.
fn told(output: &[u8]) -> String {
    let lines = output.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
    let lines: Vec<git::Told> = lines.map(git::Told::parse).collect();
    let script = output.chunks(7).fold(Script::new(), Script::stderr);
    let lab = Lab::new().on::<git::GitClone>(script);
    let (sender, seen) = std::sync::mpsc::channel();
    let sink = git::Told::sink(move |line| sender.send(line).unwrap());
    let url = lit!(RemoteUrl, "https://example.org/x.git");
    let clone = git::clone(url).stderr(cuprum::spec::Capture::new().tee(sink));
    lab.cx().run(clone).wait().unwrap();
    assert_eq!(seen.iter().collect::<Vec<_>>(), lines);
    each(lines)
}

/// Reads the changes of another format, which has the same fields as ours, and more.
fn itemized(output: &[u8]) -> String {
    let mut lines = Vec::new();
    for line in output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let fields: Vec<&[u8]> = line.splitn(10, |byte| *byte == b'|').collect();
        let [code, _, length, literal, _, _, _, _, link, name] = fields.as_slice() else {
            panic!("{line:?}")
        };
        lines.extend([b"|", *code, b" ", length, b" ", literal, b" ", name, b"//", link, b"\n"].concat());
    }
    lines.extend(fixture("rsync-stats"));
    each(rsync::Transfer::parse(&lines).unwrap().changes)
}

/// Reads a failure; which kind it is stands in `failures`.
fn failure(name: &str, output: &[u8]) -> String {
    let code = |codes: &[(&str, i32)], default| {
        codes.iter().find(|(part, _)| name.ends_with(part)).map_or(default, |(_, code)| *code)
    };
    let (tool, _) = name.split_once("-err-").unwrap();
    match tool {
        "git" => {
            let ones =
                ["local-changes", "nothing-to-stash", "push-nonff", "declined-stderr", "unknown-command"];
            let ones: Vec<(&str, i32)> = ones
                .iter()
                .chain(&["nothing-to-commit", "merge-conflict", "rebase-conflict", "hook-declined"])
                .map(|part| (*part, 1))
                .chain([("unknown-option", 129)])
                .collect();
            let code = code(&ones, 128);
            let stdout = ["nothing-to-commit", "merge-conflict", "hook-declined"];
            let failure = match stdout.iter().any(|part| name.ends_with(part)) {
                true => git::Failure::classify(Some(code), output, b""),
                false => git::Failure::classify(Some(code), b"", output),
            };
            format!("{failure:#?}\n")
        }
        "rsync" => {
            let codes = [("missing-source", 23), ("vanished", 23), ("dest-missing", 11)];
            let failure = rsync::Failure::classify(Some(code(&codes, 12)), b"", output);
            format!("{failure:#?}\n{:?}\n", failure.path())
        }
        _ => {
            let failure = tar::Failure::classify(Some(code(&[("bad-option", 64)], 2)), b"", output);
            format!("{failure:#?}\n{:?}\n", failure.path())
        }
    }
}

#[test]
fn every_output_is_read_or_there_is_a_reason() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/outputs");
    let files = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut left: BTreeSet<String> =
        files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, read) in LISTS.iter().chain(WHOLES).chain(OTHERS) {
            assert!(left.remove(*name), "{name} is not there, or read twice");
            insta::assert_snapshot!(*name, read(&fixture(name)));
        }
        left.retain(|name| {
            let is_failure = name.contains("-err-");
            if is_failure {
                insta::assert_snapshot!(name.as_str(), failure(name, &fixture(name)));
            }
            !is_failure
        });
    });
    let unread: BTreeSet<String> = UNREAD.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(left, unread);
}
