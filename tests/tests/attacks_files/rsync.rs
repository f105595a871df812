//! Attacks on rsync: names that look like options or hosts, trees with links out of them.

use std::os::unix::fs::{PermissionsExt, symlink};

use cuprum::prelude::*;
use cuprum_builders::args::{Glob, ModeChange, RsyncPath, RsyncRemote};
use cuprum_builders::rsync::{self, FileList};

use crate::Scene;

/// A tree with one file, a destination, and a shell that leaves the mark of an attack.
fn scene() -> Scene {
    let scene = Scene::new();
    scene.write("s/f.txt", "hi");
    std::fs::create_dir(scene.path("d")).unwrap();
    scene.write("rsh", &format!("#!/bin/sh\ntouch {}\nexit 1\n", scene.canary()));
    std::fs::set_permissions(scene.path("rsh"), PermissionsExt::from_mode(0o755)).unwrap();
    scene
}

fn copy() -> rsync::RsyncCopy {
    rsync::copy(lit!(RsyncPath, "s/"), lit!(RsyncPath, "d/")).archive()
}

#[test]
fn no_source_is_an_option_or_a_host() {
    let scene = scene();
    let shell = scene.path("rsh").display().to_string();
    for text in [
        format!("--rsh={shell}"),
        format!("-e{shell}"),
        format!("--rsync-path=touch {};rsync", scene.canary()),
        format!("--write-batch={}", scene.canary()),
        "--files-from=/etc/passwd".into(),
        "--remove-source-files".into(),
        "--temp-dir=/tmp".into(),
        "notes:2024.txt".into(),
        "h.invalid::module".into(),
        "rsync://h.invalid/m".into(),
        "RSYNC://h.invalid/m".into(),
    ] {
        assert!(RsyncPath::new(&text).is_err(), "{text}");
        assert!(RsyncRemote::new(&text).is_err() || text == "notes:2024.txt", "{text}");
        // As a name in a list, and as the path that a program would write, they are names.
        let list = FileList::new([&text]).unwrap();
        assert!(copy().files(list).in_dir(scene.path("")).run_sync().is_err(), "{text}");
        if let Ok(path) = RsyncPath::new(format!("./{text}")) {
            let copy = rsync::copy(path, lit!(RsyncPath, "d/"));
            assert!(copy.in_dir(scene.path("")).run_sync().is_err(), "{text}");
        }
    }
    assert!(scene.path("s/f.txt").exists());
    scene.assert_unharmed();
}

#[test]
fn the_attack_by_a_shell_would_work() {
    let scene = scene();
    let shell = rsync::unchecked::Unchecked::new().rsh(scene.path("rsh").display().to_string());
    let push = rsync::push(lit!(RsyncPath, "s/"), lit!(RsyncRemote, "h1:/x/")).unchecked(shell);
    assert!(push.in_dir(scene.path("")).run_sync().is_err());
    assert!(scene.path("canary").exists(), "or the other tests could not fail");
}

#[test]
fn a_local_name_with_a_colon_is_copied() {
    let scene = scene();
    scene.write("notes:2024.txt", "x");
    let copy = rsync::copy(lit!(RsyncPath, "./notes:2024.txt"), lit!(RsyncPath, "d/"));
    copy.in_dir(scene.path("")).run_sync().unwrap();
    assert!(scene.path("d/notes:2024.txt").exists());
}

#[test]
fn no_host_and_no_user_is_an_option_of_ssh() {
    for text in ["-oProxyCommand=touch x:/p", "u@-oX:/p", "-l@h1:/p", "h1 -oX:/p", "h1\n-oX:/p", "[-oX]:/p"] {
        assert!(RsyncRemote::new(text).is_err(), "{text}");
    }
}

#[test]
fn links_out_of_a_tree_are_neither_followed_nor_copied() {
    let scene = scene();
    scene.write("secret", "TOPSECRET");
    symlink("../secret", scene.path("s/l")).unwrap();
    copy().in_dir(scene.path("")).run_sync().unwrap();
    assert!(scene.path("d/l").symlink_metadata().is_err());
}

#[test]
fn links_at_the_destination_are_not_gone_through() {
    let scene = scene();
    scene.write("s/sub/f", "1");
    std::fs::create_dir(scene.path("out")).unwrap();
    symlink("../out", scene.path("d/sub")).unwrap();
    let _ = copy().in_dir(scene.path("")).run_sync();
    assert!(!scene.path("out/f").exists());
}

#[test]
fn sources_are_kept_and_privileges_are_no_value() {
    let scene = scene();
    copy().in_dir(scene.path("")).run_sync().unwrap();
    assert!(scene.path("s/f.txt").exists());
    for text in ["u+s", "g+s", "+t", "4755", "D2755"] {
        assert!(ModeChange::new(text).is_err(), "{text}");
    }
}

#[test]
fn a_pattern_is_no_rule_and_no_list() {
    for text in ["- x", "+ x", "!", "merge x", ". /etc/passwd"] {
        let Ok(glob) = Glob::new(text) else { continue };
        let scene = scene();
        copy().exclude(glob).in_dir(scene.path("")).run_sync().unwrap();
        assert!(scene.path("d/f.txt").exists(), "{text}");
    }
    assert!(Glob::new("- x").is_err() && Glob::new("!").is_err());
}

#[test]
fn what_could_drive_a_terminal_is_shown_escaped() {
    let scene = scene();
    scene.write("s/a\u{9b}31mb\u{1b}[31m", "x");
    let transfer = copy().in_dir(scene.path("")).run_sync().unwrap();
    let shown = format!("{transfer}{transfer:?}");
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    assert!(
        transfer.changes.iter().any(|change| change.path.as_bytes() == "a\u{9b}31mb\u{1b}[31m".as_bytes())
    );
}
