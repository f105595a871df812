//! The backup example as a program: what it leaves behind when it works and when it fails.

use std::fs;
use std::path::Path;

use cuprum::prelude::*;
use cuprum::{Command, Outcome, Program};
use cuprum_builders::args::Pathspec;
use cuprum_builders::git;

#[derive(Program)]
#[program(name = "backup", separator = none)]
struct BackupProgram;

#[derive(Command)]
#[command(program = BackupProgram)]
struct Backup<'a> {
    #[arg(style = "space")]
    timeline: Option<&'a Path>,
    #[arg(positional, allow_hyphen)]
    repository: &'a Path,
    #[arg(positional, allow_hyphen)]
    target: &'a Path,
}

fn backup(repository: &Path, target: &Path) -> Outcome {
    run(Backup::new(repository, target))
}

fn run(backup: Backup<'_>) -> Outcome {
    let programs = Path::new(env!("CARGO_BIN_EXE_backup")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap();
    let path = std::iter::once(programs.to_owned()).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(path).unwrap();
    backup.env("PATH", path).output().wait().unwrap()
}

fn text(outcome: &Outcome) -> String {
    format!("{}{}", outcome.stdout().text_lossy(), outcome.stderr().text_lossy())
}

fn commit_all(repository: &Path, message: &str) {
    git::add().all().in_dir(repository).run_sync().unwrap();
    let who = [("NAME", "Ann"), ("EMAIL", "ann@example.org")];
    let commit = who.iter().fold(git::commit(message).quiet().into_safe(), |commit, (what, value)| {
        commit.env(format!("GIT_AUTHOR_{what}"), value).env(format!("GIT_COMMITTER_{what}"), value)
    });
    commit.in_dir(repository).run_sync().unwrap();
}

fn entries(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut entries: Vec<String> = entries.collect();
    entries.sort();
    entries
}

#[test]
fn a_second_backup_says_what_has_changed_and_verifies_again() {
    let dir = tempfile::tempdir().unwrap();
    let (repository, target) = (dir.path().join("it's a repo"), dir.path().join("new/target"));
    fs::create_dir(&repository).unwrap();
    git::init().quiet().in_dir(&repository).run_sync().unwrap();
    fs::create_dir(repository.join("sub")).unwrap();
    fs::write(repository.join("sub/ü \n-x"), "odd\n").unwrap();
    fs::write(repository.join("gone"), "soon\n").unwrap();
    std::os::unix::fs::symlink("sub", repository.join("link")).unwrap();
    commit_all(&repository, "one");

    let first = backup(&repository, &target);
    assert!(first.status().success(), "{}", text(&first));
    assert!(
        text(&first).contains("verified: archive, clone and mirror agree in 4 names"),
        "{}",
        text(&first)
    );
    assert!(text(&first).contains("rsync --dry-run  exit status 0"), "{}", text(&first));
    assert_eq!(entries(&target), [".backup-of", "backup.tar", "clone", "mirror"]);
    assert_eq!(entries(&target.join("mirror")), ["gone", "link", "sub"]);

    fs::remove_file(repository.join("gone")).unwrap();
    fs::write(repository.join("come"), "new\n").unwrap();
    commit_all(&repository, "two");
    let second = text(&backup(&repository, &target));
    assert!(second.contains("commits since the last backup: 1\n"), "{second}");
    assert!(second.contains("*deleting   gone") && second.contains(">f+++++++++ come"), "{second}");
    assert_eq!(entries(&target.join("mirror")), ["come", "link", "sub"]);

    let third = text(&backup(&repository, &target));
    assert!(third.contains("no new commits") && third.contains("nothing changed"), "{third}");
}

#[test]
fn a_folder_that_is_no_repository_is_named_and_nothing_is_left_behind() {
    let dir = tempfile::tempdir().unwrap();
    let plain = dir.path().join("plain");
    fs::create_dir(&plain).unwrap();
    let outcome = backup(&plain, &dir.path().join("new/target"));
    assert_eq!(outcome.status().code(), Some(1));
    let said = text(&outcome);
    let last = format!("fatal: repository '{}' does not exist (exit status 128)", plain.display());
    assert!(said.contains(&last), "{said}");
    assert_eq!(entries(dir.path()), ["plain"]);
}

#[test]
fn a_failed_backup_keeps_the_one_before() {
    let dir = tempfile::tempdir().unwrap();
    let (repository, target) = (dir.path().join("repo"), dir.path().join("target"));
    fs::create_dir(&repository).unwrap();
    git::init().quiet().in_dir(&repository).run_sync().unwrap();
    fs::write(repository.join("a"), "a\n").unwrap();
    commit_all(&repository, "one");
    assert!(backup(&repository, &target).status().success());
    fs::remove_dir_all(repository.join(".git")).unwrap();
    assert_eq!(backup(&repository, &target).status().code(), Some(1));
    assert_eq!(entries(&target), [".backup-of", "backup.tar", "clone", "mirror"]);
    git::status().paths(lit!(Pathspec, ".")).in_dir(target.join("clone")).run_sync().unwrap();
}

#[test]
fn a_backup_that_is_running_is_not_disturbed() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("target");
    fs::create_dir_all(target.join(".incoming")).unwrap();
    fs::write(target.join(".backup-of"), dir.path().as_os_str().as_encoded_bytes()).unwrap();
    let said = text(&backup(dir.path(), &target));
    assert!(said.contains(".incoming exists: another backup is running"), "{said}");
    assert_eq!(entries(&target), [".backup-of", ".incoming"]);
}

#[test]
fn a_target_that_holds_something_else_is_refused_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("target");
    fs::create_dir_all(target.join("mirror")).unwrap();
    fs::write(target.join("mirror/mine"), "mine").unwrap();
    let said = text(&backup(dir.path(), &target));
    assert!(said.contains("holds other things than a backup"), "{said}");
    fs::write(target.join(".backup-of"), "/another").unwrap();
    let said = text(&backup(dir.path(), &target));
    assert!(said.contains("holds a backup of /another"), "{said}");
    assert_eq!(entries(&target.join("mirror")), ["mine"]);
}

#[test]
fn a_link_that_leads_out_of_the_tree_stays_out_of_the_mirror() {
    let dir = tempfile::tempdir().unwrap();
    let (repository, target) = (dir.path().join("repo"), dir.path().join("target"));
    fs::create_dir(&repository).unwrap();
    git::init().quiet().in_dir(&repository).run_sync().unwrap();
    std::os::unix::fs::symlink("/etc/passwd", repository.join("out")).unwrap();
    commit_all(&repository, "one");
    let outcome = backup(&repository, &target);
    assert!(outcome.status().success(), "{}", text(&outcome));
    assert_eq!(entries(&target.join("mirror")), [""; 0], "{}", text(&outcome));
}

#[test]
fn a_timeline_is_written_also_of_a_backup_that_fails() {
    let dir = tempfile::tempdir().unwrap();
    let (plain, target) = (dir.path().join("plain"), dir.path().join("target"));
    fs::create_dir(&plain).unwrap();
    let (page, trace) = (dir.path().join("backup.html"), dir.path().join("backup.json"));
    for file in [&page, &trace] {
        assert_eq!(run(Backup::new(&plain, &target).timeline(file)).status().code(), Some(1));
    }
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("<title>backup</title>") && page.contains("\"state\":\"failed\""), "{page}");
    let trace: serde_json::Value = serde_json::from_str(&fs::read_to_string(trace).unwrap()).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let clone = events.iter().find(|event| event["args"]["status"] == "exit status 128").unwrap();
    assert!(clone["args"]["command"].as_str().unwrap().starts_with("git clone "), "{clone}");
    let missing = dir.path().join("no/such/folder/backup.html");
    let outcome = run(Backup::new(&plain, &target).timeline(&missing));
    assert!(text(&outcome).contains("cannot write"), "{}", text(&outcome));
}
