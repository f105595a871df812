//! Commands of git against real repositories, with names of any kind.

use std::path::Path;

use cuprum_builders::args::*;
use cuprum_builders::git::{self, FailureKind, FoundObject, ObjectKind, Tracking};
use cuprum_builders::prelude::*;

use crate::scratch::Scratch;

const ODD: [&[u8]; 6] = [b" lead", b"tab\tand\nline", b"\xff\xfe", b"\x01one", b"quo\"te'", b"sub/-dash: x"];

#[test]
fn names_of_any_bytes_come_back_from_every_list() {
    let scratch = Scratch::new();
    for name in ODD {
        scratch.write(name, "a\nb\n");
    }
    let first = scratch.commit("one");
    for name in ODD {
        scratch.write(name, "a\nc\nd\n");
    }
    let mut expected: Vec<&[u8]> = ODD.to_vec();
    expected.sort_unstable();
    let sorted = |mut paths: Vec<Vec<u8>>| {
        paths.sort_unstable();
        paths
    };
    let diff = scratch.run(git::diff());
    assert_eq!(sorted(diff.changes.iter().map(|change| change.path.as_bytes().to_vec()).collect()), expected);
    assert_eq!((diff.lines_added(), diff.lines_deleted()), (12, 6));
    assert!(scratch.run(git::differs()));
    scratch.commit("two");
    assert!(!scratch.run(git::differs()));
    let history = scratch.run(git::history());
    let subjects: Vec<String> =
        history.commits.iter().map(|(commit, _)| commit.subject().to_string()).collect();
    assert_eq!(subjects, ["two", "one"]);
    for (_, diff) in &history.commits {
        assert_eq!(
            sorted(diff.changes.iter().map(|change| change.path.as_bytes().to_vec()).collect()),
            expected
        );
        assert!(diff.changes.iter().all(|change| change.lines.is_some()));
    }
    let entries = scratch.run(git::ls_files());
    assert_eq!(sorted(entries.iter().map(|entry| entry.path.as_bytes().to_vec()).collect()), expected);
    let tree = scratch.run(git::ls_tree(Revision::from(CommitHash::from(first))).recursive());
    assert_eq!(sorted(tree.iter().map(|entry| entry.path.as_bytes().to_vec()).collect()), expected);
    let ends = scratch.run(git::line_ends());
    assert_eq!(sorted(ends.iter().map(|file| file.path.as_bytes().to_vec()).collect()), expected);
    assert!(ends.iter().all(|file| file.index.as_bytes() == b"lf"));
    let matches = scratch.run(git::grep("^c$"));
    assert_eq!(sorted(matches.iter().map(|found| found.path.as_bytes().to_vec()).collect()), expected);
    assert!(matches.iter().all(|found| (found.line, found.column) == (Some(2), Some(1))));
    assert_eq!(scratch.run(git::grep("-e nothing --all")), []);
    let files = scratch.run(git::grep_files(git::GrepFiles::FilesWithMatches, "^c$"));
    assert_eq!(sorted(files.iter().map(|path| path.as_bytes().to_vec()).collect()), expected);
}

#[test]
fn what_clean_would_remove_is_told_before_it_goes() {
    let scratch = Scratch::new();
    scratch.write("kept", "x");
    scratch.commit("one");
    for name in ODD {
        scratch.write(name, "x");
    }
    let mut would: Vec<Vec<u8>> = scratch
        .run(git::clean_dry_run().directories())
        .iter()
        .map(|path| path.path.as_bytes().to_vec())
        .collect();
    assert!(scratch.path(ODD[2]).exists());
    let mut gone: Vec<Vec<u8>> =
        scratch.run(git::clean().directories()).iter().map(|path| path.path.as_bytes().to_vec()).collect();
    would.sort_unstable();
    gone.sort_unstable();
    assert_eq!(would, gone);
    assert!(gone.contains(&b"tab\tand\nline".to_vec()) && gone.contains(&b"sub/".to_vec()));
    assert!(ODD.iter().all(|name| !scratch.path(name).exists()) && scratch.path("kept").exists());
}

#[test]
fn branches_tags_and_their_upstreams_are_values() {
    let scratch = Scratch::new();
    scratch.write("f", "1");
    let first = scratch.commit("one\n\nbody\n");
    scratch.run(git::branch(lit!(GitRef, "side")));
    scratch.run(git::branch_upstream(lit!(GitRef, "main")).name(lit!(GitRef, "side")));
    scratch.write("f", "2");
    scratch.commit("two");
    scratch.run(
        git::tag_annotated("the\nmessage\n", lit!(GitRef, "v1"))
            .object(Revision::from(CommitHash::from(first))),
    );
    let branches = scratch.run(git::branches());
    let [main, side] = branches.as_slice() else { panic!("{branches:?}") };
    assert_eq!((main.short_name().as_bytes(), main.head, side.head), (&b"main"[..], true, false));
    assert_eq!(side.upstream.as_ref().unwrap().as_bytes(), b"refs/heads/main");
    assert_eq!(side.track, Tracking::Apart { ahead: 0, behind: 1 });
    assert_eq!((main.track, side.message.as_bytes()), (Tracking::Even, &b"one\n\nbody\n"[..]));
    let [tag] = scratch.run(git::tags()).try_into().unwrap();
    assert_eq!((tag.kind, tag.peeled), (ObjectKind::Tag, Some(first)));
    assert_eq!(tag.message.as_bytes(), b"the\nmessage\n");
    let name = scratch.run(git::describe());
    assert_eq!((name.tag.unwrap().as_bytes(), name.distance), (&b"v1"[..], 1));
    assert_eq!(scratch.run(git::current_branch()).unwrap().as_bytes(), b"main");
    scratch.run(git::checkout(git::CheckoutTo::Detach));
    assert_eq!(scratch.run(git::current_branch()), None);
    scratch.run(git::switch(lit!(Revision, "side")));
    scratch.run(git::branch_delete([lit!(GitRef, "main")]).force());
    assert_eq!(scratch.run(git::branches()).len(), 1);
    assert!(scratch.run(git::ref_exists(lit!(GitRef, "refs/tags/v1"))));
    assert_eq!(scratch.run(git::resolve(lit!(ObjectName, "nosuch"))), None);
}

#[test]
fn many_objects_are_read_at_once() {
    let scratch = Scratch::new();
    scratch.write("a b", "\0\nx missing\n");
    scratch.commit("one");
    let names = ["HEAD", "HEAD:a b", "nosuch", ":0:a b"].map(|name| ObjectName::new(name).unwrap());
    let found = scratch.run(git::cat_file_batch(names.clone().into_iter().collect::<git::ObjectNames>()));
    assert!(matches!(&found[0], FoundObject::Object { kind: ObjectKind::Commit, .. }));
    let FoundObject::Object { size, contents, .. } = &found[1] else { panic!("{found:?}") };
    assert_eq!((*size, contents.as_slice()), (12, &b"\0\nx missing\n"[..]));
    assert_eq!(found[2], FoundObject::Missing(git::RawText::new("nosuch")));
    assert_eq!(found[3], found[1]);
    let checks = scratch.run(git::cat_file_check(names.into_iter().collect::<git::ObjectNames>()));
    assert!(matches!(&checks[1], FoundObject::Object { size: 12, contents, .. } if contents.is_empty()));
    let id = scratch.run(git::hash_object().contents(b"\0\nx missing\n".to_vec()));
    assert!(scratch.run(git::object_exists(ObjectName::from(CommitHash::from(id)))));
    assert!(!scratch.run(git::object_exists(lit!(ObjectName, "HEAD:nosuch"))));
    assert_eq!(scratch.run(git::object_size(lit!(ObjectName, "HEAD:a b"))), 12);
    assert_eq!(scratch.run(git::object_type(lit!(ObjectName, "HEAD^{tree}"))), ObjectKind::Tree);
}

#[test]
fn fetch_and_push_tell_what_became_of_each_ref() {
    let scratch = Scratch::new();
    scratch.write("f", "1");
    scratch.commit("one");
    let there = scratch.dir.path().join("there.git");
    let url = RemoteUrl::local(&there).unwrap();
    scratch.run(git::init().bare().quiet().dir(SafePath::new(&there).unwrap()));
    scratch.run(git::remote_add(lit!(RemoteName, "origin"), url.clone()));
    let pushed = scratch.run(git::push(lit!(RemoteName, "origin")).refs(lit!(RefSpec, "main")));
    assert_eq!((pushed.refs[0].update, pushed.done), (git::RefUpdate::New, true));
    let [remote] = scratch
        .run(git::ls_remote(url.clone()).patterns(lit!(RefPattern, "refs/heads/*")))
        .try_into()
        .unwrap();
    assert_eq!(remote.name.as_bytes(), b"refs/heads/main");
    scratch.write("f", "2");
    scratch.commit("two");
    scratch.run(git::push(url).refs(lit!(RefSpec, "main")));
    let fetched = scratch.run(git::fetch(lit!(RemoteName, "origin")).prune(true));
    assert_eq!(
        fetched.refs.iter().map(|fetched| fetched.name.to_string()).collect::<Vec<_>>(),
        ["refs/remotes/origin/main"]
    );
    // Going back is refused, and the error tells it twice.
    scratch.run(git::reset(git::ResetMode::Hard).to(lit!(Revision, "HEAD~1")));
    let error = scratch
        .command(git::push(lit!(RemoteName, "origin")).refs(lit!(RefSpec, "main")))
        .run_sync()
        .unwrap_err();
    assert_eq!(error.git().unwrap().kind(), FailureKind::NonFastForward);
    let pushed = git::Pushed::parse(error.outcome().unwrap().stdout().bytes()).unwrap();
    assert_eq!(pushed.refs[0].update, git::RefUpdate::Rejected);
    // So is it where the other side has gone back, and the error says it in words.
    let side = |force: &str| RefSpec::new(format!("{force}refs/heads/main:refs/heads/side")).unwrap();
    scratch.run(git::fetch(lit!(RemoteName, "origin")).refs(side("")));
    scratch.run(git::push(lit!(RemoteName, "origin")).force().refs(lit!(RefSpec, "main")));
    let error =
        scratch.command(git::fetch(lit!(RemoteName, "origin")).refs(side(""))).run_sync().unwrap_err();
    let failure = error.git().unwrap();
    assert_eq!(
        (failure.kind(), failure.subject().unwrap().as_bytes()),
        (FailureKind::NonFastForward, &b"refs/heads/side"[..])
    );
    let hint = "refs/heads/side was not updated: what the other side has does not follow it";
    assert_eq!((error.hint(), failure.to_string().as_str()), (Some(hint), hint));
    scratch.run(git::fetch(lit!(RemoteName, "origin")).force().refs(side("")));
    let lines = scratch.run(git::remotes());
    assert_eq!((lines.len(), lines[0].name.as_bytes()), (2, &b"origin"[..]));
}

#[test]
fn conflicts_are_errors_that_name_files() {
    let scratch = Scratch::new();
    scratch.write("f", "1\n");
    scratch.commit("base");
    scratch.run(git::switch_create(git::NewBranch::Create(lit!(GitRef, "side"))));
    scratch.write("f", "side\n");
    scratch.commit("side");
    scratch.run(git::switch(lit!(Revision, "main")));
    scratch.write("f", "main\n");
    scratch.commit("main");
    let tree = scratch.run(git::merge_tree(lit!(Revision, "main"), lit!(Revision, "side")));
    assert_eq!(tree.conflicts.iter().map(|file| file.stage).collect::<Vec<_>>(), [1, 2, 3]);
    let failure = scratch.fails(git::merge([lit!(Revision, "side")]));
    assert_eq!(failure.kind(), FailureKind::Conflict);
    assert_eq!(failure.files().iter().map(|path| path.to_string()).collect::<Vec<_>>(), ["f"]);
    assert!(matches!(scratch.run(git::status()).changes[0], git::Change::Unmerged(_)));
    scratch.run(git::merge_abort());
    let failure = scratch.fails(git::cherry_pick([lit!(RevisionRange, "side")]));
    assert_eq!(failure.kind(), FailureKind::Conflict);
    scratch.write("f", "both\n");
    scratch.run(git::add().all());
    scratch.run(git::cherry_pick_step(git::Step::Continue));
    assert_eq!(scratch.run(git::log()).commits()[0].subject().as_bytes(), b"side");
    scratch.write("f", "mine\n");
    let failure = scratch.fails(git::switch(lit!(Revision, "side")));
    assert_eq!(failure.kind(), FailureKind::LocalChangesOverwritten);
    assert_eq!(failure.files().iter().map(|path| path.to_string()).collect::<Vec<_>>(), ["f"]);
    scratch.run(git::stash_push().message("put aside"));
    assert_eq!(scratch.run(git::stash_list())[0].subject.as_bytes(), b"On main: put aside");
    assert_eq!(scratch.run(git::stash_show()).changes.len(), 1);
    scratch.run(git::stash_pop());
    scratch.run(git::restore([lit!(Pathspec, "f")]));
    assert!(scratch.run(git::status()).is_clean());
    let blame = scratch.run(git::blame(lit!(Pathspec, "f")));
    assert_eq!(blame.commits[&blame.lines[0].commit].summary.as_bytes(), b"side");
    let counts = scratch.run(git::rev_list_count(lit!(RevisionRange, "main...side")));
    assert_eq!((counts.left, counts.right), (2, 1));
    let base = scratch.run(git::merge_base(lit!(Revision, "main"), lit!(Revision, "side"))).unwrap();
    assert!(scratch.run(git::is_ancestor(Revision::from(CommitHash::from(base)), lit!(Revision, "side"))));
    scratch.run(git::rebase().upstream(lit!(Revision, "main")).branch(lit!(GitRef, "main")));
}

#[test]
fn several_refs_change_together_or_not_at_all() {
    let scratch = Scratch::new();
    scratch.write("f", "1");
    let id = CommitHash::from(scratch.commit("one"));
    let [a, b] = ["refs/heads/a", "refs/heads/b"].map(|name| GitRef::new(name).unwrap());
    scratch.run(git::update_refs(git::RefChanges::new().create(&a, &id)));
    let failure = scratch.fails(git::update_refs(git::RefChanges::new().create(&b, &id).create(&a, &id)));
    assert_eq!(failure.kind(), FailureKind::RefChanged);
    assert_eq!(failure.subject().unwrap().as_bytes(), b"refs/heads/a");
    assert!(!scratch.run(git::ref_exists(b)));
}

#[test]
fn configuration_work_trees_and_archives_are_read() {
    let scratch = Scratch::new();
    scratch.write("d/f", "1");
    scratch.commit("one");
    scratch.run(git::config_set(lit!(PlainConfigKey, "user.name"), git::ConfigValue::new("A\nB").unwrap()));
    assert_eq!(scratch.run(git::config_get(lit!(ConfigKey, "user.name"))).unwrap().as_bytes(), b"A\nB");
    assert_eq!(scratch.run(git::config_get(lit!(ConfigKey, "user.nosuch"))), None);
    let entries = scratch.run(git::config_list().scope(git::ConfigScopeOption::Local));
    assert!(
        entries
            .iter()
            .any(|entry| entry.key.as_bytes() == b"core.bare" && entry.scope == git::ConfigScope::Local)
    );
    let tree = scratch.dir.path().join("other tree");
    let branch = git::WorktreeBranch::New(lit!(GitRef, "other"));
    scratch.run(git::worktree_add(SafePath::new(&tree).unwrap()).branch(branch).quiet());
    let trees = scratch.run(git::worktree_list());
    assert_eq!(trees[1].branch.as_ref().unwrap().as_bytes(), b"refs/heads/other");
    assert_eq!(Path::new(trees[1].path.as_path()).file_name(), tree.file_name());
    let archive =
        scratch.run(git::archive(lit!(Revision, "HEAD")).prefix(git::DirPrefix::new(lit!(RelPath, "top"))));
    assert!(archive.windows(7).any(|window| window == b"top/d/f"));
    let top = scratch.run(git::place(git::PlaceOf::ShowToplevel));
    assert!(top.as_path().ends_with("repo"));
    assert!(scratch.run(git::is(git::IsRepo::IsInsideWorkTree)));
    let log = scratch.run(git::reflog());
    assert!(log[0].reason.as_bytes().starts_with(b"commit (initial)") && log[0].time().is_some());
    let text = scratch.run(git::show(lit!(ObjectName, "HEAD:d/f")));
    assert_eq!(text, b"1");
}

#[test]
fn a_git_that_is_too_old_is_told_before_it_is_given_anything() {
    use cuprum::{ErrorKind, Lab};
    let lab = Lab::new().version::<git::Git>("git version 2.34.1");
    let url = || lit!(RemoteName, "origin");
    let old = |command: cuprum::Result<cuprum::plan::Plan>| command.map(|plan| plan.to_string());
    let fails = |error: cuprum::Error, since: &str| {
        assert_eq!(error.kind(), ErrorKind::Version, "{error}");
        assert!(error.to_string().contains(since), "{error}");
    };
    fails(lab.cx().run(git::fetch(url())).wait().unwrap_err(), "needs 2.41");
    fails(lab.cx().run(git::unchecked::fetch_all()).wait().unwrap_err(), "needs 2.41");
    fails(lab.cx().run(git::worktree_list()).wait().unwrap_err(), "needs 2.36");
    let (ours, theirs) = (lit!(Revision, "a"), lit!(Revision, "b"));
    fails(lab.cx().run(git::merge_tree(ours, theirs)).wait().unwrap_err(), "needs 2.38");
    let quiet = lab.cx().scope_sync(|| old(git::fetch_quietly(url()).plan())).unwrap();
    assert!(!quiet.contains("--porcelain"), "{quiet}");
}
