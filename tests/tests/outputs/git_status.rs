//! `git::Status` against captured outputs, real work trees, and records of random paths.

use cuprum::spec::FromOutput as _;
use cuprum_builders::git::{
    Change, Conflict, FileVersion, Moved, ObjectId, State, Status, Submodule, Tracked,
};
use cuprum_builders::output::{RawPath, RawText};
use proptest::prelude::*;

use crate::scratch::{Scratch, fixture};

fn read(name: &str) -> Status {
    Status::parse(&fixture(name)).unwrap()
}

fn lines(status: &Status) -> Vec<String> {
    status.to_string().lines().map(str::to_owned).collect()
}

fn id(digits: &str) -> Option<ObjectId> {
    Some(ObjectId::from_hex(digits.as_bytes()).unwrap())
}

fn version(mode: u32, digits: &str) -> FileVersion {
    FileVersion { mode, id: id(digits) }
}

const NONE: FileVersion = FileVersion { mode: 0, id: None };

#[test]
fn every_kind_of_change_is_read() {
    let status = read("git-status-v2-mixed");
    assert_eq!(status.branch.to_string(), "main");
    assert_eq!(status.branch.oid, id("798ead6dd18179a8a934b61cb90cf24969fbc238"));
    assert_eq!((status.branch.upstream.as_ref(), status.branch.ahead, status.stash), (None, None, None));
    assert_eq!(
        lines(&status),
        [
            "## main",
            " D gone.txt",
            " A ita.txt",
            "RM old name.txt -> new name.txt",
            " M plain.txt",
            "R  new\\nline.txt -> re\\nnamed.txt",
            " M run.sh",
            "AM staged-and-changed.txt",
            " T tolink.txt",
            "D  with space.txt",
            "?? untracked \\xff\\n.txt",
            "?? with space.txt",
            "!! build/out.o",
            "!! skip.ign",
        ]
    );
    assert!(!status.is_clean());
}

#[test]
fn the_fields_of_a_change_are_in_their_places() {
    let status = read("git-status-v2-mixed");
    let Change::Tracked(gone) = &status.changes[0] else { panic!("{:?}", status.changes[0]) };
    let before = version(0o100_644, "bda1ad40925a7dd72c1b73e99daa76aa8cd5fe82");
    assert_eq!((gone.index, gone.worktree, gone.submodule), (State::Unmodified, State::Deleted, None));
    assert_eq!((gone.head, gone.staged, gone.worktree_mode), (before, before, 0));
    let Change::Tracked(intended) = &status.changes[1] else { panic!("{:?}", status.changes[1]) };
    assert_eq!((intended.head, intended.staged, intended.worktree_mode), (NONE, NONE, 0o100_644));
    let Change::Tracked(executable) = &status.changes[5] else { panic!("{:?}", status.changes[5]) };
    assert_eq!((executable.head.mode, executable.worktree_mode), (0o100_755, 0o100_644));
    let Change::Moved(moved) = &status.changes[2] else { panic!("{:?}", status.changes[2]) };
    assert_eq!(
        (moved.copied, moved.score, moved.origin.as_bytes()),
        (false, 100, b"old name.txt".as_slice())
    );
    assert_eq!((moved.file.index, moved.file.worktree), (State::Renamed, State::Modified));
    assert_eq!(status.changes[9].path().as_bytes(), b"untracked \xff\n.txt");
}

#[test]
fn a_copy_keeps_its_origin() {
    let status = read("git-status-v2-copies");
    let Change::Moved(Moved { copied, score, origin, file }) = &status.changes[0] else {
        panic!("{status:?}")
    };
    assert_eq!((*copied, *score, file.index), (true, 100, State::Copied));
    assert_eq!(
        (origin.as_bytes(), file.path.as_bytes()),
        (b"copyme.txt".as_slice(), b"copied.txt".as_slice())
    );
    assert_eq!(status.changes.len(), 2);
}

#[test]
fn submodules_tell_what_differs_inside() {
    let status = read("git-status-v2-submodules");
    let inside = status.changes.iter().map(|change| match change {
        Change::Tracked(Tracked { submodule: Some(inside), path, .. }) => (path.to_string(), *inside),
        other => panic!("{other:?}"),
    });
    let none = Submodule::default();
    assert_eq!(
        inside.collect::<Vec<_>>(),
        [
            ("s1".to_owned(), Submodule { modified: true, ..none }),
            ("s2 sp".to_owned(), Submodule { new_commit: true, ..none }),
            ("s4".to_owned(), Submodule { untracked: true, ..none }),
        ]
    );
}

#[test]
fn headers_that_git_leaves_out_are_none() {
    let unborn = read("git-status-v2-unborn-staged");
    assert_eq!((unborn.branch.to_string().as_str(), unborn.branch.oid), ("main", None));
    let gone = read("git-status-v2-upstream-gone");
    assert_eq!(gone.branch.upstream, Some(RawText::new("origin/vanished")));
    assert_eq!((gone.branch.ahead, gone.branch.behind, gone.stash), (None, None, Some(2)));
    let uncounted = read("git-status-v2-no-ahead-behind");
    assert_eq!(uncounted.branch.upstream, Some(RawText::new("origin/main")));
    assert_eq!((uncounted.branch.ahead, uncounted.branch.behind), (None, None));
    assert_eq!(lines(&uncounted), ["## main...origin/main"]);
}

#[test]
fn unknown_headers_are_ignored_and_unknown_records_are_not() {
    let headers = b"# branch.oid (initial)\0# branch.head (detached)\0# new.header 1 2\0# branch.ab +2 -1\0";
    let status = Status::parse(headers).unwrap();
    assert_eq!((status.branch.ahead, status.branch.behind), (Some(2), Some(1)));
    assert_eq!(lines(&status), ["## (detached) [ahead 2, behind 1]"]);
    for (record, offset) in [
        ("3 x\0", 0),
        ("? \0", 2),
        ("? a", 0),
        ("1 .M N... 100644 100644 100644 x y p\0", 31),
        ("1 .X N... 0 0 0 a b p\0", 2),
        ("# stash x\0", 8),
        (
            "2 R. N... 0 0 0 0000000000000000000000000000000000000000 0000000000000000000000000000000000000000 R1 a\0",
            103,
        ),
    ] {
        let output = [headers.as_slice(), record.as_bytes()].concat();
        assert_eq!(Status::parse(&output).unwrap_err().offset(), Some(headers.len() + offset), "{record}");
    }
    assert!(Status::parse(b"").is_err());
    assert!(Status::parse(b"# branch.oid (initial)\0").is_err());
}

fn status(scratch: &Scratch, more: &[&str]) -> Status {
    let args = ["status"].into_iter().chain(Status::FORMAT).chain(more.iter().copied());
    Status::from_output(&scratch.run("git", args)).unwrap()
}

#[test]
fn a_real_work_tree_with_odd_names_is_read() {
    let names: [&[u8]; 9] = [
        b"a b",
        b"-x",
        b"new\nline",
        b"tab\t",
        b"\"quote\"",
        b"back\\slash",
        b"l\xff\xfe",
        b" lead",
        b"\xe6\x97\xa5",
    ];
    let scratch = Scratch::repository();
    for name in names {
        scratch.write(name, "x");
    }
    let found = status(&scratch, &["--untracked-files=all"]);
    let mut expected = names.map(|name| Change::Untracked(RawPath::new(name)));
    expected.sort_by(|left, right| left.path().cmp(right.path()));
    assert_eq!(found.changes, expected);
    assert_eq!(
        found.branch.oid.unwrap().to_string(),
        String::from_utf8(scratch.git(["rev-parse", "HEAD"])).unwrap().trim()
    );
    scratch.git(["add", "-A"]);
    let added = status(&scratch, &[]);
    assert!(added.changes.iter().all(|c| matches!(c, Change::Tracked(t) if t.index == State::Added)));
    assert_eq!(added.changes.len(), names.len());
}

#[test]
fn a_real_rename_detached_head_and_stash_are_read() {
    let scratch = Scratch::repository();
    scratch.write("base", "changed\n");
    scratch.git(["stash", "-q"]);
    scratch.git(["mv", "base", "moved\nbase"]);
    scratch.git(["checkout", "-q", "--detach"]);
    let found = status(&scratch, &["--find-renames"]);
    assert_eq!((found.branch.name.clone(), found.stash), (None, Some(1)));
    assert_eq!(lines(&found), ["## (detached)", "R  base -> moved\\nbase"]);
}

#[test]
fn a_real_unborn_branch_and_upstreams_are_read() {
    let scratch = Scratch::new();
    scratch.git(["init", "-q", "-b", "begin/here"]);
    let unborn = status(&scratch, &[]);
    assert_eq!(
        (unborn.branch.to_string().as_str(), unborn.branch.oid, unborn.is_clean()),
        ("begin/here", None, true)
    );
    let scratch = Scratch::repository();
    scratch.git(["branch", "other"]);
    scratch.git(["branch", "-q", "--set-upstream-to=other"]);
    scratch.git(["commit", "-q", "--allow-empty", "-m", "more"]);
    let ahead = status(&scratch, &[]);
    assert_eq!(lines(&ahead), ["## main...other [ahead 1]"]);
    scratch.git(["branch", "-q", "-D", "other"]);
    let gone = status(&scratch, &[]);
    assert_eq!((gone.branch.upstream, gone.branch.ahead), (Some(RawText::new("other")), None));
}

#[test]
fn every_conflict_of_a_real_index_is_read() {
    let scratch = Scratch::repository();
    let blob = String::from_utf8(scratch.git(["rev-parse", "HEAD:base"])).unwrap();
    let cases = [
        (Conflict::BothDeleted, "1"),
        (Conflict::AddedByUs, "2"),
        (Conflict::AddedByThem, "3"),
        (Conflict::DeletedByThem, "12"),
        (Conflict::DeletedByUs, "13"),
        (Conflict::BothAdded, "23"),
        (Conflict::BothModified, "123"),
    ];
    let entries = cases
        .iter()
        .flat_map(|(_, stages)| stages.chars().map(move |stage| (stage, stages)).collect::<Vec<_>>());
    let index: String =
        entries.map(|(stage, stages)| format!("100644 {} {stage}\tf{stages}\n", blob.trim())).collect();
    scratch.git_reads(&["update-index", "--index-info"], index.as_bytes());
    let found = status(&scratch, &[]);
    assert_eq!(found.changes.len(), cases.len());
    for change in &found.changes {
        let Change::Unmerged(unmerged) = change else { panic!("{change:?}") };
        let stages = change.path().to_string().split_off(1);
        let (conflict, _) = cases.iter().find(|case| case.1 == stages).unwrap();
        assert_eq!(unmerged.conflict, *conflict);
        for (stage, version) in ["1", "2", "3"].iter().zip([unmerged.base, unmerged.ours, unmerged.theirs]) {
            let there = stages.contains(stage);
            assert_eq!((version.mode, version.id.is_some()), (if there { 0o100_644 } else { 0 }, there));
        }
    }
}

fn path() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(1..=255_u8, 1..20)
}

fn change() -> impl Strategy<Value = (Vec<u8>, Change)> {
    let digits = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";
    let file = move |path: Vec<u8>| Tracked {
        index: State::Renamed,
        worktree: State::Unmodified,
        submodule: None,
        head: NONE,
        staged: version(0o120_000, digits),
        worktree_mode: 0o100_755,
        path: RawPath::new(path),
    };
    let fields = move || format!("R. N... 000000 120000 100755 {} {digits}", "0".repeat(40)).into_bytes();
    let line = |parts: &[&[u8]]| [parts.concat(), vec![0]].concat();
    prop_oneof![
        path().prop_map(move |p| (line(&[b"? ", &p]), Change::Untracked(RawPath::new(p)))),
        path().prop_map(move |p| (line(&[b"! ", &p]), Change::Ignored(RawPath::new(p)))),
        path().prop_map(move |p| (line(&[b"1 ", &fields(), b" ", &p]), Change::Tracked(file(p)))),
        (path(), path(), 0..=100_u8).prop_map(move |(p, origin, score)| {
            let score_field = format!(" C{score} ").into_bytes();
            let line = line(&[b"2 ", &fields(), &score_field, &p, b"\0", &origin]);
            let origin = RawPath::new(origin);
            (line, Change::Moved(Moved { file: file(p), copied: true, score, origin }))
        }),
    ]
}

proptest! {
    #[test]
    fn paths_of_any_bytes_come_back(changes in proptest::collection::vec(change(), 0..8), name in path()) {
        let mut output = [b"# branch.oid (initial)\0# branch.head ".as_slice(), &name, b"\0"].concat();
        changes.iter().for_each(|(line, _)| output.extend_from_slice(line));
        let status = Status::parse(&output).unwrap();
        prop_assert_eq!(status.branch.name, Some(RawText::new(name)));
        prop_assert!(status.changes.iter().eq(changes.iter().map(|(_, change)| change)));
    }
}
