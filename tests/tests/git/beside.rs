//! Notes, patches, and work trees with some directories only.

use cuprum_builders::args::*;
use cuprum_builders::git::{self, ApplyTo, PatchReading};
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
