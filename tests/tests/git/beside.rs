//! Notes, patches, logs of refs, comparisons, and work trees with some directories only.

use cuprum_builders::args::*;
use cuprum_builders::git::{self, ApplyTo, FailureKind, PatchReading, ReflogPlace};
use cuprum_builders::prelude::*;

use crate::scratch::Scratch;

#[test]
fn notes_are_kept_beside_objects() {
    let scratch = Scratch::new();
    scratch.write("f", "1");
    let commit = scratch.commit("one");
    let head = || lit!(ObjectName, "HEAD");
    assert_eq!(scratch.run(git::notes()), []);
    scratch.run(git::note_add("-x\n", head()));
    scratch.fails(git::note_add("again", head()));
    scratch.run(git::note_append("more", head()));
    assert_eq!(scratch.run(git::note(head())).as_bytes(), b"-x\n\nmore");
    let notes = scratch.run(git::notes());
    assert_eq!((notes.len(), notes[0].object), (1, commit));
    let elsewhere = lit!(GitRef, "refs/notes/review");
    assert_eq!(scratch.run(git::notes().notes_ref(elsewhere.clone())), []);
    scratch.run(git::note_add("ok", head()).notes_ref(elsewhere.clone()));
    assert_eq!(scratch.run(git::note(head()).notes_ref(elsewhere)).as_bytes(), b"ok");
    scratch.run(git::note_copy(head(), lit!(ObjectName, "HEAD:f")));
    scratch.run(git::note_remove([lit!(Revision, "HEAD")]));
    assert_eq!(scratch.run(git::notes()).len(), 1);
    scratch.fails(git::note(head()));
}

/// Makes a patch of what has changed, and takes it back.
fn patch(scratch: &Scratch) -> Vec<u8> {
    let patch = scratch.run(git::diff_text());
    scratch.run(git::restore([lit!(Pathspec, ".")]));
    patch
}

#[test]
fn a_patch_is_applied_as_a_whole_or_not_at_all() {
    let scratch = Scratch::new();
    scratch.write("d/f", "1\n2\n3\n");
    scratch.write("g", "1\n");
    scratch.commit("one");
    scratch.write("d/f", "1\n2\n3\n4\n");
    scratch.write("g", "2\n");
    let patch = patch(&scratch);
    assert!(scratch.run(git::applies(patch.clone())));
    scratch.run(git::apply(patch.clone()).to(ApplyTo::Index));
    assert_eq!(std::fs::read(scratch.path("g")).unwrap(), b"2\n");
    assert_eq!(scratch.run(git::status()).changes.len(), 2);
    assert!(!scratch.run(git::applies(patch.clone())));
    scratch.run(git::apply(patch.clone()).to(ApplyTo::Index).reading(PatchReading::new().reverse()));
    assert!(scratch.run(git::status()).is_clean());
    scratch.write("g", "3\n");
    scratch.fails(git::apply(patch.clone()));
    assert_eq!(std::fs::read(scratch.path("d/f")).unwrap(), b"1\n2\n3\n");
    scratch.run(git::apply(patch).reading(PatchReading::new().exclude(lit!(Glob, "g"))));
    assert_eq!(std::fs::read(scratch.path("d/f")).unwrap(), b"1\n2\n3\n4\n");
}

#[test]
fn a_patch_writes_nowhere_else() {
    let scratch = Scratch::new();
    scratch.write("f", "1\n");
    scratch.commit("one");
    scratch.fails(git::apply("no patch"));
    let outside = scratch.dir.path().join("canary");
    std::fs::create_dir(scratch.dir.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", scratch.path("link")).unwrap();
    let into = |name: &str| {
        format!(
            "diff --git a/{name} b/{name}\nnew file mode 100644\n--- /dev/null\n+++ b/{name}\n@@ -0,0 +1 @@\n+x\n"
        )
    };
    for name in
        ["../canary", outside.to_str().unwrap(), ".git/hooks/pre-commit", "link/canary", "a/../../canary"]
    {
        for strip in [0, 1, 2] {
            // With components dropped, some of the names lead into the work tree.
            let apply = || git::apply(into(name)).reading(PatchReading::new().strip(strip));
            let _ = scratch.command(apply()).run_sync();
            let _ = scratch.command(apply().reject()).run_sync();
        }
        assert!(!outside.exists() && !scratch.dir.path().join("elsewhere/canary").exists(), "{name}");
        assert!(!scratch.path(".git/hooks/pre-commit").exists());
    }
}

#[test]
fn a_work_tree_with_some_directories_only() {
    let scratch = Scratch::new();
    for name in ["a/f", "b c/f", "d\"e/f", "top"] {
        scratch.write(name, "1");
    }
    scratch.commit("one");
    scratch.fails(git::sparse_list());
    scratch.run(git::sparse_set().directories(lit!(Pathspec, "d\"e")));
    assert!(scratch.path("top").exists() && !scratch.path("a/f").exists());
    scratch.run(git::sparse_add([lit!(Pathspec, "b c")]));
    let listed = scratch.run(git::sparse_list());
    assert_eq!(listed.iter().map(|path| path.as_bytes()).collect::<Vec<_>>(), [&b"b c"[..], b"d\"e"]);
    scratch.fails(git::sparse_set().directories(lit!(Pathspec, "!a")));
    scratch.run(git::sparse_reapply());
    scratch.run(git::sparse_disable());
    assert!(scratch.path("a/f").exists());
    scratch.run(git::sparse_set());
    assert!(scratch.path("top").exists() && !scratch.path("b c").exists());
}

#[test]
fn entries_of_a_log_go_one_by_one_or_all_at_once() {
    let scratch = Scratch::new();
    for content in ["1", "2", "3"] {
        scratch.write("f", content);
        scratch.commit(content);
    }
    let main = || lit!(GitRef, "refs/heads/main");
    let reasons = || {
        let log = scratch.run(git::reflog().name(main()));
        log.iter().map(|entry| entry.reason.to_string()).collect::<Vec<_>>()
    };
    assert!(scratch.run(git::reflog_exists(main())));
    assert!(!scratch.run(git::reflog_exists(lit!(GitRef, "main"))), "its full name is another");
    scratch.run(git::reflog_delete(ReflogPlace::new(main(), 1)).dry_run());
    scratch.run(git::reflog_delete(ReflogPlace::new(lit!(GitRef, "main"), 1)).rewrite());
    assert_eq!(reasons(), ["commit: 3", "commit (initial): 1"]);
    scratch.run(git::reflog_delete(ReflogPlace::new(main(), 99)));
    scratch.run(git::reflog_expire().refs(main()).expire(lit!(GitDate, "never")));
    assert_eq!(reasons().len(), 2);
    let told = scratch.run(git::reflog_expire().all().expire(lit!(GitDate, "now")).dry_run().verbose());
    assert!(told.starts_with(b"prune ") || told.starts_with(b"would prune "), "{}", told.escape_ascii());
    assert_eq!(reasons().len(), 2);
    scratch.run(git::reflog_expire().all().expire(lit!(GitDate, "now")));
    assert_eq!(reasons(), [""; 0]);
    let failure = scratch.fails(git::reflog_delete(ReflogPlace::new(lit!(GitRef, "nosuch"), 0)));
    assert!(failure.to_string().contains("nosuch"), "{failure}");
}

#[test]
fn the_index_and_the_work_tree_are_compared_with_a_revision_whatever_is_configured() {
    let scratch = Scratch::new();
    scratch.write("a", "1\n2\n3\n4\n");
    scratch.write("same", "x");
    scratch.commit("one");
    scratch
        .run(git::config_set(lit!(PlainConfigKey, "diff.renames"), git::ConfigValue::new("true").unwrap()));
    std::fs::rename(scratch.path("a"), scratch.path("b")).unwrap();
    scratch.run(git::add().all());
    scratch.write("b", "1\n2\n3\n4\n5\n");
    let kinds = |diff: git::Diff| {
        let each =
            diff.changes.iter().map(|change| (change.to_string(), change.lines.map(|lines| lines.added)));
        each.collect::<Vec<_>>()
    };
    let index = kinds(scratch.run(git::diff_index(lit!(Revision, "HEAD")).cached()));
    assert_eq!(index, [("D\ta".to_owned(), Some(0)), ("A\tb".to_owned(), Some(4))]);
    let tree = kinds(scratch.run(git::diff_index(lit!(Revision, "HEAD")).compare(renames()).cached()));
    assert_eq!(tree, [("R\ta -> b".to_owned(), Some(0))]);
    let tree = kinds(scratch.run(git::diff_index(lit!(Revision, "HEAD")).paths(lit!(Pathspec, "b"))));
    assert_eq!(tree, [("A\tb".to_owned(), Some(5))]);
    // A file whose times differ is listed, and no line of it.
    let past = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    std::fs::File::options().write(true).open(scratch.path("same")).unwrap().set_modified(past).unwrap();
    let touched = kinds(scratch.run(git::diff_index(lit!(Revision, "HEAD")).paths(lit!(Pathspec, "same"))));
    assert_eq!(touched, [("M\tsame".to_owned(), None)]);
    assert!(scratch.run(git::diff().paths(lit!(Pathspec, "same"))).is_empty());
    std::fs::remove_file(scratch.path("same")).unwrap();
    let gone = || git::diff_index(lit!(Revision, "HEAD")).paths(lit!(Pathspec, "same"));
    assert_eq!(kinds(scratch.run(gone())), [("D\tsame".to_owned(), Some(0))]);
    assert_eq!(kinds(scratch.run(gone().missing_unchanged())), []);
    assert_eq!(scratch.fails(git::diff_index(lit!(Revision, "nosuch"))).kind(), FailureKind::UnknownRevision);
}

fn renames() -> git::Compare {
    git::Compare::new().find_renames(None)
}
