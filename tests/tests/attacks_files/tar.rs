//! Attacks on tar: names that look like options, archives that reach out of the directory.

use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, symlink};

use cuprum::prelude::*;
use cuprum_builders::args::{Pathspec, SafePath};
use cuprum_builders::prelude::*;
use cuprum_builders::tar::{self, FailureKind, FileList, Limits, Refusal, UnpackError};

use crate::Scene;
use crate::archive::*;

/// Names that tar would run a program for, if it took them for options.
fn options(canary: &str) -> Vec<String> {
    [
        format!("--checkpoint-action=exec=touch {canary}"),
        format!("--to-command=touch {canary}"),
        format!("--to-com=touch {canary}"),
        format!("-Ish -c 'touch {canary};cat'"),
        format!("--use-compress-program=sh -c 'touch {canary};cat'"),
        format!("--info-script=touch {canary}"),
        format!("--rsh-command=touch {canary}"),
        "--checkpoint=1".into(),
        "-P".into(),
        "-C..".into(),
    ]
    .into()
}

#[test]
fn no_name_of_a_file_is_an_option() {
    let scene = Scene::new();
    std::fs::create_dir(scene.path("d")).unwrap();
    // The classic: a file of each name lies in the directory that is archived.
    let names = ["--checkpoint=1", "--checkpoint-action=exec=sh evil.sh", "-Ievil.sh", "a"];
    for name in names {
        scene.write(&format!("d/{name}"), "x");
    }
    scene.write("d/evil.sh", &format!("touch {}", scene.canary()));
    let archive = lit!(SafePath, "a.tar");
    let list = FileList::new(names).unwrap();
    tar::create(archive.clone()).files(list).in_dir(scene.path("d")).run_sync().unwrap();
    let members = names.iter().map(|name| SafePath::new(format!("./{name}")).unwrap());
    tar::create(archive).extend_members(members).in_dir(scene.path("d")).run_sync().unwrap();
    scene.assert_unharmed();
    for name in options(&scene.canary()) {
        assert!(SafePath::new(&name).is_err() && Pathspec::new(&name).is_err(), "{name}");
    }
}

#[test]
fn a_member_that_is_asked_for_is_no_option() {
    let scene = Scene::new();
    std::fs::write(scene.path("a.tar"), archive(&[file("f")])).unwrap();
    for name in options(&scene.canary()) {
        let list = || FileList::new([&name]).unwrap();
        let (archive, here) = (|| lit!(SafePath, "a.tar"), lit!(SafePath, "."));
        let missing = |error: cuprum::Error| {
            let failure = error.tar().unwrap();
            assert_eq!(failure.kind(), FailureKind::MemberNotFound, "{failure}");
        };
        missing(tar::extract(archive(), here).files(list()).in_dir(scene.path("")).run_sync().unwrap_err());
        missing(tar::list(archive()).files(list()).in_dir(scene.path("")).run_sync().unwrap_err());
        missing(tar::contents(archive()).files(list()).in_dir(scene.path("")).run_sync().unwrap_err());
    }
    scene.assert_unharmed();
}

#[test]
fn an_archive_with_a_colon_is_no_host() {
    let scene = Scene::new();
    scene.write("f", "x");
    let archive = || lit!(SafePath, "localhost:backup-12:30.tar");
    tar::create(archive()).members(lit!(SafePath, "f")).in_dir(scene.path("")).run_sync().unwrap();
    assert!(scene.path(archive().as_str()).exists());
    assert_eq!(tar::list(archive()).in_dir(scene.path("")).run_sync().unwrap().len(), 1);
}

/// Takes an archive out, however that ends, into a directory `x`.
fn extract(scene: &Scene, members: &[Member]) -> cuprum::Result<tar::Report> {
    std::fs::write(scene.path("a.tar"), archive(members)).unwrap();
    std::fs::create_dir_all(scene.path("x")).unwrap();
    tar::extract(lit!(SafePath, "a.tar"), lit!(SafePath, "x")).in_dir(scene.path("")).run_sync()
}

#[test]
fn names_do_not_lead_out_of_the_directory() {
    let absolute: &'static str = Box::leak(Scene::new().canary().into_boxed_str());
    for name in ["../canary", "a/../../canary", "./../canary", "..//canary", "x/../../canary", absolute] {
        let scene = Scene::new();
        let _ = extract(&scene, &[file(name)]);
        scene.assert_unharmed();
        assert!(!std::path::Path::new(absolute).exists());
    }
}

#[test]
fn the_attack_by_a_name_would_work() {
    let scene = Scene::new();
    std::fs::write(scene.path("a.tar"), archive(&[file("../canary")])).unwrap();
    std::fs::create_dir(scene.path("x")).unwrap();
    let unchecked = tar::unchecked::Unchecked::new().absolute_names();
    let extract = tar::extract(lit!(SafePath, "a.tar"), lit!(SafePath, "x")).unchecked(unchecked);
    extract.in_dir(scene.path("")).run_sync().unwrap();
    assert!(scene.path("canary").exists(), "or the other tests could not fail");
}

#[test]
fn links_do_not_lead_out_of_the_directory() {
    let scene = Scene::new();
    let outside = scene.path("outside");
    std::fs::create_dir(&outside).unwrap();
    for (target, name) in
        [("../outside", "l/canary"), (outside.to_str().unwrap(), "l/canary"), ("..", "l/canary")]
    {
        let scene_of_one = Scene::new();
        let _ = extract(&scene_of_one, &[link(SYMLINK, "l", target), file(name)]);
        scene_of_one.assert_unharmed();
        assert!(!outside.join("canary").exists(), "{target}");
    }
    // A link to a link to the directory above.
    let members = [link(SYMLINK, "a", "."), link(SYMLINK, "a/b", ".."), file("b/canary")];
    let _ = extract(&scene, &members);
    scene.assert_unharmed();
    // A hard link to a file outside, which is then written through.
    let scene = Scene::new();
    scene.write("victim", "mine");
    let victim = scene.path("victim");
    for target in ["../victim", victim.to_str().unwrap()] {
        let _ = extract(&scene, &[link(HARD_LINK, "h", target), file("h")]);
        assert_eq!(std::fs::read(&victim).unwrap(), b"mine");
        let _ = std::fs::remove_dir_all(scene.path("x"));
    }
    // A symbolic link to a file outside, which is then written through.
    let _ = extract(&scene, &[link(SYMLINK, "s", "../victim"), file("s")]);
    assert_eq!(std::fs::read(&victim).unwrap(), b"mine");
}

#[test]
fn modes_and_owners_of_an_archive_mean_nothing() {
    let scene = Scene::new();
    let members = [
        Member { mode: 0o4755, uid: 12_345, ..file("setuid") },
        Member { mode: 0o2755, uid: 12_345, ..file("setgid") },
        Member { mode: 0o7777, uid: 12_345, kind: DIRECTORY, content: Vec::new(), ..file("d") },
    ];
    extract(&scene, &members).unwrap();
    for name in ["setuid", "setgid", "d"] {
        let file = scene.path("x").join(name).metadata().unwrap();
        assert_eq!(file.mode() & 0o7002, 0, "{name}");
        assert_eq!(file.uid(), scene.path("x").metadata().unwrap().uid(), "{name}");
    }
}

#[test]
fn extraction_deletes_nothing() {
    let scene = Scene::new();
    scene.write("x/d/precious", "mine");
    let record = Member { kind: DUMPDIR, mode: 0o755, content: b"Yother\0\0".to_vec(), ..file("d/") };
    let _ = extract(&scene, &[record, file("d/other")]);
    assert!(scene.path("x/d/precious").exists());
    assert!(extract(&scene, &[file("d/precious")]).is_err());
    assert_eq!(std::fs::read(scene.path("x/d/precious")).unwrap(), b"mine");
}

/// Unpacks an archive, and returns why a member was refused.
fn refused(members: &[Member]) -> Option<Refusal> {
    let scene = Scene::new();
    std::fs::write(scene.path("a.tar"), archive(members)).unwrap();
    let path = |name: &str| SafePath::new(scene.path(name)).unwrap();
    let unpacked = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(tar::unpack(path("a.tar"), path("new"), &Limits::default()));
    scene.assert_unharmed();
    match unpacked {
        Ok(_) => None,
        Err(UnpackError::Refused(refused)) => {
            assert!(!scene.path("new").exists(), "nothing is written when a member is refused");
            Some(refused.refusal())
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn what_is_not_harmless_is_not_unpacked_at_all() {
    assert_eq!(refused(&[special(DIRECTORY, "d/"), file("d/f"), link(SYMLINK, "l", "d/f")]), None);
    assert_eq!(refused(&[file("../canary")]), Some(Refusal::Name));
    assert_eq!(refused(&[file("/tmp/canary")]), Some(Refusal::Name));
    assert_eq!(refused(&[link(SYMLINK, "l", ".."), file("l/canary")]), Some(Refusal::Target));
    assert_eq!(refused(&[link(SYMLINK, "l", "/etc")]), Some(Refusal::Target));
    assert_eq!(refused(&[link(HARD_LINK, "l", "/etc/passwd")]), Some(Refusal::Target));
    assert_eq!(refused(&[link(SYMLINK, "l", "d"), file("l/f")]), Some(Refusal::ThroughLink));
    assert_eq!(refused(&[special(CHAR_DEVICE, "null")]), Some(Refusal::Kind));
    assert_eq!(refused(&[special(BLOCK_DEVICE, "disk")]), Some(Refusal::Kind));
    assert_eq!(refused(&[special(FIFO, "pipe")]), Some(Refusal::Kind));
    assert_eq!(refused(&[Member { mode: 0o4755, ..file("su") }]), Some(Refusal::Privileges));
    assert_eq!(refused(&[file("a"), file("A")]), Some(Refusal::Duplicate));
}

#[test]
fn an_archive_is_not_unpacked_into_what_is_there() {
    let scene = Scene::new();
    std::fs::write(scene.path("a.tar"), archive(&[file("f")])).unwrap();
    std::fs::create_dir(scene.path("outside")).unwrap();
    symlink("outside", scene.path("new")).unwrap();
    let path = |name: &str| SafePath::new(scene.path(name)).unwrap();
    let unpacked = tar::unpack_sync(path("a.tar"), path("new"), &Limits::default());
    assert!(matches!(unpacked, Err(UnpackError::Directory { .. })));
    assert!(!scene.path("outside/f").exists());
    tar::unpack_sync(path("a.tar"), path("other"), &Limits::default()).unwrap();
    assert!(scene.path("other/f").exists());
}

#[test]
fn devices_are_made_by_the_superuser_only_when_extract_is_asked_to() {
    let scene = Scene::new();
    // Without privileges tar fails; with them there is a device, which `unpack` would have refused.
    if extract(&scene, &[special(CHAR_DEVICE, "null")]).is_ok() {
        assert!(scene.path("x/null").symlink_metadata().unwrap().file_type().is_char_device());
    }
}
