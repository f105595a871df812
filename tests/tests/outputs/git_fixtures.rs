//! The readers of git's outputs against captured outputs.

use cuprum_builders::git::*;

use crate::scratch::fixture;

fn id(digits: &str) -> ObjectId {
    ObjectId::from_hex(digits.as_bytes()).unwrap()
}

fn short(id: Option<ObjectId>) -> String {
    id.map_or("none".to_owned(), |id| id.to_string().chars().take(7).collect())
}

#[test]
fn a_fetch_tells_each_ref() {
    let fetched = Fetched::parse(&fixture("git-fetch-porcelain")).unwrap();
    let first = &fetched.refs[0];
    assert_eq!(
        (first.update, short(first.old), short(first.new)),
        (RefUpdate::Deleted, "3a0f8d2".into(), "none".into())
    );
    assert_eq!(first.name.as_bytes(), b"refs/remotes/origin/gone");
    let updates: Vec<RefUpdate> = fetched.refs.iter().map(|fetched| fetched.update).collect();
    assert!(updates.contains(&RefUpdate::New) && updates.contains(&RefUpdate::Forced));
    assert!(updates.contains(&RefUpdate::Rejected));
}

#[test]
fn a_push_that_a_hook_declined_tells_why() {
    let pushed = Pushed::parse(&fixture("git-err-push-hook-declined")).unwrap();
    assert_eq!(pushed.to.unwrap().as_bytes(), b"../srv.git");
    let [only] = pushed.refs.as_slice() else { panic!("one ref") };
    assert_eq!(only.update, RefUpdate::Rejected);
    assert_eq!(only.from.as_ref().unwrap().as_bytes(), b"refs/heads/main");
    assert_eq!(only.to.as_bytes(), b"refs/heads/q");
    assert_eq!(only.summary.as_bytes(), b"[remote rejected]");
    assert_eq!(only.reason.as_ref().unwrap().as_bytes(), b"pre-receive hook declined");
    assert!(pushed.done && pushed.messages.is_empty());
}

#[test]
fn blame_knows_the_commit_of_each_line() {
    let blame = Blame::parse(&fixture("git-blame-porcelain")).unwrap();
    let first = &blame.lines[0];
    assert_eq!((first.original, first.number, first.group), (1, 1, Some(1)));
    assert_eq!(first.content.as_ref().unwrap().as_bytes(), b"1");
    assert_eq!(first.path.as_bytes(), b"f");
    let root = &blame.commits[&first.commit];
    assert_eq!(
        (root.author.name.as_bytes(), root.summary.as_bytes()),
        (&b"Ann Author"[..], &b"root commit"[..])
    );
    assert_eq!(root.author.time, Some(Time { seconds: 1_700_005_580, zone: 200 }));
    assert!(root.boundary);
    let incremental = Blame::parse(&fixture("git-blame-incremental")).unwrap();
    let mut numbers: Vec<u32> = incremental.lines.iter().map(|line| line.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=blame.lines.len() as u32).collect::<Vec<_>>());
    assert!(incremental.lines.iter().all(|line| line.content.is_none() && line.path.as_bytes() == b"f"));
    let odd = incremental.lines[0].previous.as_ref().unwrap();
    assert_eq!(
        (odd.0.to_string().as_str(), odd.1.as_bytes()),
        ("08e47b2ead8a11c3271105a94431102bbe1fd697", &b"f"[..])
    );
    let person = &incremental.commits[&incremental.lines[0].commit].author;
    assert_eq!(person.name.as_bytes(), "O'Br\u{ed}an \"Q\" (x)".as_bytes());
    assert_eq!(person.time, Some(Time { seconds: 1_234_567_890, zone: -530 }));
}

#[test]
fn a_merge_without_a_work_tree_lists_its_conflicts() {
    let merge = MergeTree::parse(&fixture("git-merge-tree-z-conflict")).unwrap();
    assert_eq!(merge.tree, id("11e1b36eae1ab4156308ba10119cf02fcef7043a"));
    assert!(!merge.is_clean());
    let stages: Vec<(u8, &[u8])> =
        merge.conflicts.iter().map(|file| (file.stage, file.path.as_bytes())).collect();
    assert_eq!(stages[..3], [(2, &b"aa"[..]), (3, b"aa"), (1, b"dd-src")]);
    assert!(merge.messages.iter().any(|message| message.kind.as_bytes().starts_with(b"CONFLICT (")));
    assert!(merge.messages.iter().all(|message| !message.paths.is_empty() && !message.text.is_empty()));
    let clean = MergeTree::parse(&fixture("git-merge-tree-z-clean")).unwrap();
    assert!(clean.is_clean() && clean.messages.is_empty());
}

#[test]
fn work_trees_have_reasons_with_line_ends() {
    let trees = Worktree::parse_list(&fixture("git-worktree-list-z")).unwrap();
    let paths: Vec<&[u8]> = trees.iter().map(|tree| tree.path.as_bytes()).collect();
    assert_eq!(paths, [&b"/base/r"[..], b"/base/wt one", b"/base/wt2", b"/base/wt3"]);
    assert_eq!(trees[1].branch.as_ref().unwrap().as_bytes(), b"refs/heads/wt1");
    assert!(trees[2].detached);
    assert_eq!(trees[2].locked.as_ref().unwrap().as_bytes(), b"because\nof reasons");
    assert!(trees[3].prunable.is_some() && trees[3].locked.is_none());
    let bare = Worktree::parse_list(&fixture("git-worktree-list-z-bare")).unwrap();
    assert!(bare[0].bare && bare[0].head.is_none());
}

#[test]
fn changes_come_with_their_counts() {
    let diff = Diff::parse(&fixture("git-diff-cached-raw-numstat-z")).unwrap();
    let renamed = diff.changes.iter().find(|change| change.path.as_bytes() == b"re\nnamed.txt").unwrap();
    assert_eq!((renamed.kind, renamed.score), (ChangeKind::Renamed, Some(100)));
    assert_eq!(renamed.origin.as_ref().unwrap().as_bytes(), b"new\nline.txt");
    assert_eq!(renamed.lines, Some(LineCount { added: 0, deleted: 0 }));
    let binary = &diff.changes[0];
    assert_eq!((binary.path.as_bytes(), binary.lines), (&b"bin.dat"[..], None));
    let others = diff.changes.iter().skip(1);
    assert!(others.clone().count() > 2 && others.clone().all(|change| change.lines.is_some()));
    for name in ["git-diff-raw-z", "git-diff-cached-raw-z-renames"] {
        let diff = Diff::parse(&fixture(name)).unwrap();
        assert!(!diff.is_empty() && diff.changes.iter().all(|change| change.lines.is_none()), "{name}");
    }
}

#[test]
fn a_merge_differs_from_each_parent() {
    let [file] =
        CombinedChange::parse_list(&fixture("git-diff-tree-combined-raw-z")).unwrap().try_into().unwrap();
    assert_eq!(file.path.as_bytes(), b"uu");
    let kinds: Vec<ChangeKind> = file.parents.iter().map(|(_, kind)| *kind).collect();
    assert_eq!(kinds, [ChangeKind::Modified, ChangeKind::Modified]);
    assert_eq!(short(file.parents[1].0.id), "950b81b");
    assert_eq!((file.new.mode, short(file.new.id)), (0o100_644, "80b7f18".to_owned()));
}

#[test]
fn the_index_and_trees_keep_odd_names() {
    let entries = IndexEntry::parse_list(&fixture("git-ls-files-stage-z")).unwrap();
    assert_eq!(
        (entries[0].path.as_bytes(), entries[0].mode, entries[0].stage),
        (&b" lead"[..], 0o100_644, 0)
    );
    assert_eq!(entries[1].path.as_bytes(), b"-dash.txt");
    let unmerged = IndexEntry::parse_list(&fixture("git-ls-files-unmerged-z")).unwrap();
    assert!(unmerged.iter().all(|entry| (1..=3).contains(&entry.stage)));
    let tree = TreeEntry::parse_list(&fixture("git-ls-tree-r-l-z")).unwrap();
    assert_eq!(
        (tree[0].path.as_bytes(), tree[0].size, tree[0].kind),
        (&b" lead"[..], Some(41), ObjectKind::Blob)
    );
    // All files of the commit, and its directories, which have no size.
    let files = tree.iter().filter(|entry| entry.kind == ObjectKind::Blob).count();
    assert!(files > 10 && tree.iter().all(|entry| entry.size.is_some() == (entry.kind == ObjectKind::Blob)));
}

#[test]
fn refs_and_remotes_are_read_line_by_line() {
    let refs = RefLine::parse_list(&fixture("git-show-ref-d")).unwrap();
    let [.., tag, peeled] = refs.as_slice() else { panic!("six refs") };
    assert_eq!((tag.peeled, peeled.peeled), (false, true));
    assert_eq!(tag.name, peeled.name);
    let remotes = RemoteLine::parse_list(&fixture("git-remote-v")).unwrap();
    assert_eq!(remotes[2].url.as_bytes(), b"https://example.org/two with space.git");
    assert_eq!(remotes[2].filter.as_ref().unwrap().as_bytes(), b"blob:none");
    assert_eq!(remotes.iter().map(|line| line.push).collect::<Vec<_>>(), [false, true, false, true, true]);
    let list = RevListEntry::parse_list(&fixture("git-rev-list-parents")).unwrap();
    assert_eq!(list.iter().map(|entry| entry.parents.len()).collect::<Vec<_>>(), [2, 1, 1, 0]);
    let counts = Counts::parse(&fixture("git-rev-list-left-right-count")).unwrap();
    assert_eq!((counts.left, counts.right), (2, 1));
}

#[test]
fn people_names_and_counts_are_read() {
    let authors = Author::parse_list(&fixture("git-shortlog-sne")).unwrap();
    assert_eq!((authors[0].commits, authors[0].email.as_bytes()), (8, &b"ann@example.org"[..]));
    assert_eq!(authors[1].name.as_bytes(), "O'Br\u{ed}an \"Q\" (x)".as_bytes());
    let name = Description::parse(&fixture("git-describe-tags-dirty")).unwrap();
    assert_eq!(
        (name.tag.unwrap().as_bytes(), name.distance, name.dirty, name.broken),
        (&b"v1.1"[..], 4, true, false)
    );
    assert_eq!(name.abbrev.as_bytes(), b"68e9fac");
    let count = ObjectCount::parse(&fixture("git-count-objects")).unwrap();
    assert_eq!((count.loose, count.loose_kib, count.packs), (30, 120, 0));
}

#[test]
fn logs_of_refs_are_read() {
    let stashes = Stash::parse_list(&fixture("git-stash-list-z")).unwrap();
    assert_eq!((stashes[0].name.as_bytes(), stashes[0].time), (&b"stash@{0}"[..], 1_700_004_740));
    assert_eq!(stashes[1].subject.as_bytes(), b"On main: message with newline");
    assert!(!stashes[0].has_untracked());
    let log = ReflogEntry::parse_list(&fixture("git-reflog-z")).unwrap();
    assert_eq!((log[0].time(), log[0].reason.as_bytes()), (Some(1_700_006_840), &b"commit: rename g"[..]));
}

#[test]
fn submodules_have_states() {
    use SubmoduleState::{Modified, Recorded, Uninitialised};
    let modules = SubmoduleStatus::parse_list(&fixture("git-submodule-status")).unwrap();
    let states: Vec<_> = modules.iter().map(|module| (module.state, module.path.as_bytes())).collect();
    assert_eq!(
        states,
        [(Recorded, &b"s1"[..]), (Modified, b"s2 sp"), (Uninitialised, b"s3"), (Recorded, b"s4")]
    );
    assert_eq!(modules[1].describe.as_ref().unwrap().as_bytes(), b"v1.1-3-g3f579a9");
    assert_eq!(modules[2].describe, None);
}

#[test]
fn rules_about_paths_are_read() {
    let rules = IgnoreMatch::parse_list(&fixture("git-check-ignore-z-v")).unwrap();
    let ignored: Vec<(&[u8], bool)> =
        rules.iter().map(|rule| (rule.path.as_bytes(), rule.is_ignored())).collect();
    let expected: [(&[u8], bool); 5] = [
        (b"skip.ign", true),
        (b"keep.ign", false),
        (b"plain.txt", false),
        (b"build/x", true),
        (b"we\nird.ign", true),
    ];
    assert_eq!(ignored, expected);
    assert_eq!(rules[3].rule.as_ref().map(|rule| rule.line), Some(2));
    let attributes = AttributeOf::parse_list(&fixture("git-check-attr-z")).unwrap();
    let last = attributes.last().unwrap();
    assert_eq!(
        (last.name.as_bytes(), last.value.as_ref().unwrap().as_bytes()),
        (&b"myattr"[..], &b"a\\040b"[..])
    );
    assert_eq!(Match::parse_list(&fixture("git-grep-none")).unwrap(), []);
    assert_eq!(Log::parse(&fixture("git-log-z-empty-range")).unwrap().len(), 0);
}
