//! The tar of libarchive, where it is installed; GNU tar reads what it writes, and the other way round.

use cuprum::ErrorKind;
use cuprum::prelude::*;
use cuprum_builders::args::{Glob, SafePath};
use cuprum_builders::tar::{self, FileList, Flavour, bsd};

/// Returns whether there is a bsdtar; a test has nothing to say where there is none.
fn is_there() -> bool {
    match bsd::version().run_sync() {
        Ok(version) => version.flavour == Flavour::Bsd,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::ProgramNotFound, "{error}");
            eprintln!("skipped: no bsdtar is installed");
            false
        }
    }
}

#[test]
fn the_words_are_those_that_both_tars_know() {
    let extract = bsd::extract(lit!(SafePath, "a.tar"), lit!(SafePath, "x")).argv().unwrap();
    assert_eq!(extract[..2], ["--extract", "--keep-old-files"]);
    assert!(!extract.contains(&"--force-local".into()), "bsdtar does not know it");
}

#[test]
fn an_archive_goes_from_one_tar_to_the_other() {
    if !is_there() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    std::fs::create_dir_all(root.join("in/sub")).unwrap();
    for name in ["in/a b", "in/@x", "in/sub/new\nline", "in/skip.o"] {
        std::fs::write(root.join(name), name).unwrap();
    }
    let archive = || lit!(SafePath, "a.tar.gz");
    let create = bsd::create(archive()).gzip().exclude(lit!(Glob, "*.o")).members(lit!(SafePath, "in"));
    create.in_dir(root).run_sync().unwrap();
    let mut names: Vec<Vec<u8>> = Vec::new();
    for entry in &bsd::list(archive()).in_dir(root).run_sync().unwrap().entries {
        names.push(entry.name.as_bytes().to_vec());
    }
    let gnu = tar::list(archive()).in_dir(root).run_sync().unwrap();
    let gnu: Vec<Vec<u8>> = gnu.iter().map(|entry| entry.name.as_bytes().to_vec()).collect();
    assert_eq!(names, gnu);
    assert!(names.contains(&b"./in/sub/new\nline".to_vec()));
    std::fs::create_dir(root.join("out")).unwrap();
    bsd::extract(archive(), lit!(SafePath, "out")).in_dir(root).run_sync().unwrap();
    assert_eq!(std::fs::read(root.join("out/in/a b")).unwrap(), b"in/a b");
    assert!(!root.join("out/in/skip.o").exists());
}

#[test]
fn names_that_mean_something_to_bsdtar_are_names() {
    if !is_there() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    for name in ["@x", "-C", "--use-compress-program=touch canary"] {
        std::fs::write(dir.path().join(name), "x").unwrap();
    }
    let archive = || lit!(SafePath, "a.tar");
    let list = FileList::new(["./@x", "-C", "--use-compress-program=touch canary"]).unwrap();
    let _ = bsd::create(archive()).files(list).in_dir(dir.path()).run_sync();
    bsd::create(archive()).members(lit!(SafePath, "@x")).in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(bsd::list(archive()).in_dir(dir.path()).run_sync().unwrap().entries.len(), 1);
    assert!(!dir.path().join("canary").exists());
}
