//! Every mode of tar through the real program, in a directory of its own.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt};
use std::path::Path;

use cuprum::prelude::*;
use cuprum::{Command, Tier};
use cuprum_builders::args::{Glob, ModeChange, Pathspec, RelPath, SafePath};
use cuprum_builders::output::Time;
use cuprum_builders::prelude::*;
use cuprum_builders::tar::{self, DifferenceKind, FailureKind, FileList, Match, Select, WarningKind};
use tempfile::TempDir;

const FILE: fn() -> SafePath = || lit!(SafePath, "a.tar");

/// Returns a directory with the files `in/a`, `in/b`, `in/sub/c`.
fn tree() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("in/sub")).unwrap();
    for name in ["in/a", "in/b", "in/sub/c"] {
        std::fs::write(dir.path().join(name), name).unwrap();
    }
    dir
}

fn create(dir: &Path) {
    let sorted = tar::Source::new().sort(tar::Sort::Name);
    tar::create(FILE()).source(sorted).members(lit!(SafePath, "in")).in_dir(dir).run_sync().unwrap();
}

#[track_caller]
fn names(dir: &Path) -> Vec<String> {
    let listing = tar::list(FILE()).in_dir(dir).run_sync().unwrap();
    listing.iter().map(|entry| entry.name.to_string()).collect()
}

#[test]
fn choices_hold_for_what_follows_them() {
    let dir = tree();
    let create = tar::create(FILE())
        .select(Select::Directory(lit!(SafePath, "in")))
        .select(Select::Add(lit!(SafePath, "a")))
        .select(Select::Directory(lit!(SafePath, "sub")))
        .select(Select::NoRecursion)
        .members(lit!(SafePath, "."))
        .members(lit!(SafePath, "c"));
    create.in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(names(dir.path()), ["./a", "./", "./c"]);
}

#[test]
fn names_of_any_bytes_come_from_a_list() {
    let dir = tree();
    let odd: Vec<&OsStr> = [&b"-x"[..], b"new\nline", b"\xff", b"--files-from=y", b"a\\056b", b" "]
        .into_iter()
        .map(OsStr::from_bytes)
        .collect();
    for name in &odd {
        std::fs::write(dir.path().join(name), "x").unwrap();
    }
    let list = || FileList::new(&odd).unwrap();
    tar::create(FILE()).files(list()).in_dir(dir.path()).run_sync().unwrap();
    let listing = tar::list(FILE()).in_dir(dir.path()).run_sync().unwrap();
    let listed: Vec<&Path> = listing.iter().map(|entry| entry.name.as_path()).collect();
    assert_eq!(listed, odd);
    std::fs::create_dir(dir.path().join("out")).unwrap();
    let one = FileList::new([odd[2]]).unwrap();
    tar::extract(FILE(), lit!(SafePath, "out")).files(one).in_dir(dir.path()).run_sync().unwrap();
    let out: Vec<_> =
        std::fs::read_dir(dir.path().join("out")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(out, [odd[2]]);
    assert!(FileList::new(["a\0b"]).is_err() && FileList::new([""]).is_err());
}

#[test]
fn a_backslash_in_a_name_is_no_escape() {
    let dir = tree();
    std::fs::write(dir.path().join("secret"), "x").unwrap();
    let odd = lit!(SafePath, "\\056\\056/secret");
    let error =
        tar::create(FILE()).members(odd.clone()).in_dir(dir.path().join("in")).run_sync().unwrap_err();
    assert_eq!(error.tar().unwrap().kind(), FailureKind::FileNotFound);
    let added = tar::create(FILE()).select(Select::Add(odd)).in_dir(dir.path().join("in")).run_sync();
    assert_eq!(added.unwrap_err().tar().unwrap().kind(), FailureKind::FileNotFound);
}

#[test]
fn an_archive_is_appended_to_and_updated() {
    let dir = tree();
    create(dir.path());
    let before = names(dir.path());
    assert_eq!(before, ["./in/", "./in/a", "./in/b", "./in/sub/", "./in/sub/c"]);
    tar::append(FILE()).members(lit!(SafePath, "in/a")).in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(names(dir.path()).len(), 6);
    let file = std::fs::File::options().write(true).open(dir.path().join("in/b")).unwrap();
    let modified = file.metadata().unwrap().modified().unwrap();
    file.set_modified(modified + std::time::Duration::from_secs(10)).unwrap();
    let report = tar::update(FILE()).inform(tar::Inform::new().verbose()).members(lit!(SafePath, "in"));
    let report = report.in_dir(dir.path()).run_sync().unwrap();
    assert!(report.members.iter().any(|name| name.as_bytes() == b"./in/b"), "{report:?}");
    assert!(!report.members.iter().any(|name| name.as_bytes() == b"./in/a"), "{report:?}");
    assert!(
        report.warnings.iter().any(|warning| warning.kind() == WarningKind::Timestamp)
            || report.warnings.is_empty()
    );
}

#[test]
fn archives_are_joined_and_members_deleted() {
    let dir = tree();
    create(dir.path());
    std::fs::write(dir.path().join("x"), "x").unwrap();
    tar::create(lit!(SafePath, "b.tar")).members(lit!(SafePath, "x")).in_dir(dir.path()).run_sync().unwrap();
    tar::concatenate(FILE(), [lit!(SafePath, "b.tar")]).in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(names(dir.path()).last().unwrap(), "./x");
    let delete = tar::delete(FILE()).members(lit!(Pathspec, "./in/sub"));
    assert_eq!(tar::TarDelete::SPEC.tier(), Tier::Destructive);
    delete.in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(names(dir.path()), ["./in/", "./in/a", "./in/b", "./x"]);
    let error =
        tar::delete(FILE()).members(lit!(Pathspec, "./nosuch")).in_dir(dir.path()).run_sync().unwrap_err();
    let failure = error.tar().unwrap();
    assert_eq!(failure.kind(), FailureKind::MemberNotFound);
    assert_eq!(failure.path().unwrap().as_bytes(), b"./nosuch");
}

#[test]
fn differences_are_values_and_no_failure() {
    let dir = tree();
    create(dir.path());
    let diff = || tar::diff(FILE()).in_dir(dir.path()).run_sync().unwrap();
    assert!(diff().is_empty());
    std::fs::write(dir.path().join("in/a"), "in/A").unwrap();
    std::fs::write(dir.path().join("in/b"), "longer than before").unwrap();
    std::fs::remove_file(dir.path().join("in/sub/c")).unwrap();
    std::fs::set_permissions(dir.path().join("in/a"), PermissionsExt::from_mode(0o600)).unwrap();
    let differences = diff();
    let has = |name: &str, kind| {
        differences.differences.iter().any(|found| found.path.to_string() == name && found.kind == kind)
    };
    assert!(has("./in/a", DifferenceKind::Contents), "{differences}");
    assert!(has("./in/a", DifferenceKind::Mode), "{differences}");
    assert!(has("./in/b", DifferenceKind::Size), "{differences}");
    assert!(has("./in/sub/c", DifferenceKind::Missing), "{differences}");
}

#[test]
fn a_label_is_read_and_compared() {
    let dir = tree();
    let layout = tar::Layout::new().label("my label");
    tar::create(FILE()).layout(layout).members(lit!(SafePath, "in")).in_dir(dir.path()).run_sync().unwrap();
    let test = |labels: &[&str]| {
        tar::test_label(FILE()).extend_labels(labels.iter().copied()).in_dir(dir.path()).run_sync().unwrap()
    };
    assert_eq!(test(&[]).label.unwrap().as_bytes(), b"my label");
    assert!(test(&[]).matches && test(&["other", "my label"]).matches);
    assert!(!test(&["other"]).matches && !test(&["--usage"]).matches);
}

#[test]
fn contents_are_returned_without_a_file() {
    let dir = tree();
    create(dir.path());
    let contents = tar::contents(FILE()).matching(Match::Wildcards).members(lit!(Pathspec, "./in/[ab]"));
    assert_eq!(contents.in_dir(dir.path()).run_sync().unwrap(), b"in/ain/b");
    let bytes =
        tar::create(tar::Archive::Stdio).members(lit!(SafePath, "in/a")).in_dir(dir.path()).bytes().wait();
    assert_eq!(bytes.unwrap().len() % 512, 0);
}

#[test]
fn what_files_are_given_is_what_was_asked_for() {
    let dir = tree();
    let stamp = tar::Stamp::new()
        .owner(tar::Account::Id(7))
        .group(tar::Account::Both("staff".parse().unwrap(), 8))
        .mode(lit!(ModeChange, "u=rw,go="))
        .mtime(Time { seconds: 1_000, nanoseconds: 250_000_000 });
    let layout = tar::Layout::new().format(tar::Format::Posix);
    let create = tar::create(FILE()).stamp(stamp).layout(layout).members(lit!(SafePath, "in/a"));
    create.in_dir(dir.path()).run_sync().unwrap();
    let listing = tar::list(FILE()).block_number().in_dir(dir.path()).run_sync().unwrap();
    let [entry] = listing.entries() else { panic!("{listing}") };
    assert_eq!((entry.uid, entry.gid, entry.mode, entry.block.is_some()), (7, 8, 0o600, true));
    assert_eq!(entry.modified, Time { seconds: 1_000, nanoseconds: 250_000_000 });
}

#[test]
fn warnings_totals_and_names_are_reported() {
    let dir = tree();
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("in/socket")).unwrap();
    let inform = tar::Inform::new().verbose().totals(None).checkpoint(Some(1));
    let absolute = SafePath::new(dir.path().join("in").to_str().unwrap()).unwrap();
    let report = tar::create(FILE()).inform(inform).members(absolute).in_dir(dir.path()).run_sync().unwrap();
    let kinds: Vec<WarningKind> = report.warnings.iter().map(|warning| warning.kind()).collect();
    assert!(kinds.contains(&WarningKind::PrefixRemoved), "{report}");
    assert!(kinds.contains(&WarningKind::FileIgnored), "{report}");
    assert!(!kinds.contains(&WarningKind::Other), "{report:?}");
    assert_eq!(report.totals.unwrap().bytes, 10_240);
    assert_eq!(report.members.len(), 5, "{report:?}");
    assert!(report.checkpoint.is_some());
}

#[test]
fn nothing_that_is_there_is_replaced_unless_it_is_said() {
    let dir = tree();
    create(dir.path());
    std::fs::write(dir.path().join("in/a"), "mine").unwrap();
    let extract = || tar::extract(FILE(), lit!(SafePath, "."));
    let error = extract().in_dir(dir.path()).run_sync().unwrap_err();
    assert_eq!(error.tar().unwrap().kind(), FailureKind::FileExists);
    extract().existing(tar::Existing::SkipOldFiles).in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(std::fs::read(dir.path().join("in/a")).unwrap(), b"mine");
    let replace = extract().existing(tar::Existing::Replace);
    assert_eq!(replace.clone().in_dir(dir.path()).plan().unwrap().tier(), Tier::Destructive);
    replace.in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(std::fs::read(dir.path().join("in/a")).unwrap(), b"in/a");
    let restore = tar::Restore::new().one_top_level(Some(lit!(RelPath, "top")));
    extract().restore(restore).in_dir(dir.path()).run_sync().unwrap();
    assert!(dir.path().join("top/in/sub/c").exists());
}

#[test]
fn incremental_backups_hold_what_has_changed() {
    let dir = tree();
    let backup = |file: SafePath| {
        let state = tar::Incremental::new().listed_incremental(lit!(SafePath, "state"));
        tar::create(file).incremental(state).members(lit!(SafePath, "in")).in_dir(dir.path())
    };
    assert_eq!(backup(FILE()).plan().unwrap().tier(), Tier::Destructive, "the file of state is rewritten");
    backup(FILE()).run_sync().unwrap();
    std::fs::write(dir.path().join("in/new"), "x").unwrap();
    backup(lit!(SafePath, "second.tar")).run_sync().unwrap();
    let listing = tar::list(lit!(SafePath, "second.tar")).in_dir(dir.path()).run_sync().unwrap();
    let files: Vec<String> =
        listing.iter().map(|e| e.name.to_string()).filter(|n| !n.ends_with('/')).collect();
    assert_eq!(files, ["./in/new"]);
}

#[test]
fn patterns_leave_files_out() {
    let dir = tree();
    tar::create(FILE())
        .exclude(lit!(Glob, "sub"))
        .members(lit!(SafePath, "in"))
        .in_dir(dir.path())
        .run_sync()
        .unwrap();
    assert!(!names(dir.path()).iter().any(|name| name.contains("sub")));
    let listing =
        tar::list(FILE()).matching(Match::Exclude(lit!(Glob, "b"))).in_dir(dir.path()).run_sync().unwrap();
    assert!(!listing.iter().any(|entry| entry.name.as_bytes().ends_with(b"/b")));
}

#[test]
fn files_are_deleted_when_they_are_in_the_archive() {
    let dir = tree();
    let create = tar::create(FILE()).remove_files().members(lit!(SafePath, "in/a")).in_dir(dir.path());
    assert_eq!(create.clone().plan().unwrap().tier(), Tier::Destructive);
    create.run_sync().unwrap();
    assert!(!dir.path().join("in/a").exists());
}

#[test]
fn what_runs_programs_is_destructive() {
    let unchecked = tar::unchecked::Unchecked::new();
    let to_command = tar::unchecked::UncheckedExtract::new().to_command("cat >out");
    let extract = || tar::extract(FILE(), lit!(SafePath, "."));
    let dir = tree();
    create(dir.path());
    let tier = |command: tar::TarExtract| command.in_dir(dir.path()).plan().unwrap().tier();
    assert_eq!(tier(extract()), Tier::Write);
    assert_eq!(tier(extract().unchecked_extract(to_command.clone())), Tier::Destructive);
    let compress = unchecked.clone().use_compress_program("cat");
    assert_eq!(tier(extract().unchecked(compress)), Tier::Destructive);
    let command = unchecked.checkpoint_command(tar::unchecked::CheckpointCommand("touch ran".into()));
    assert_eq!(tier(extract().unchecked(command.clone())), Tier::Destructive);
    let inform = tar::Inform::new().checkpoint(Some(1));
    let list = tar::list(FILE()).unchecked(command);
    assert!(list.argv().unwrap().contains(&"--checkpoint-action=exec=touch ran".into()));
    let _ = inform;
    extract().unchecked_extract(to_command).in_dir(dir.path()).run_sync().unwrap();
    assert!(dir.path().join("out").exists());
}

#[test]
fn the_tar_that_is_there_is_known() {
    let version = tar::version().run_sync().unwrap();
    assert_eq!(version.flavour, tar::Flavour::Gnu);
    assert!(tar::defaults().run_sync().unwrap().contains("--format="));
    assert!(tar::snapshot_field_ranges().run_sync().unwrap().contains("timestamp_sec"));
}

#[test]
fn a_text_in_an_echo_is_no_command() {
    let dir = tree();
    let inform = tar::Inform::new()
        .checkpoint(Some(1))
        .checkpoint_action(tar::CheckpointAction::Echo("exec=touch ran\n".into()));
    tar::create(FILE()).inform(inform).members(lit!(SafePath, "in")).in_dir(dir.path()).run_sync().unwrap();
    assert!(!dir.path().join("ran").exists());
}

#[test]
fn owners_of_an_archive_mean_nothing_when_it_comes_out() {
    let dir = tree();
    let stamp = tar::Stamp::new().owner(tar::Account::Id(12_345)).mode(lit!(ModeChange, "777"));
    tar::create(FILE()).stamp(stamp).members(lit!(SafePath, "in/a")).in_dir(dir.path()).run_sync().unwrap();
    std::fs::create_dir(dir.path().join("out")).unwrap();
    tar::extract(FILE(), lit!(SafePath, "out")).in_dir(dir.path()).run_sync().unwrap();
    let (ours, theirs) = (dir.path().metadata().unwrap(), dir.path().join("out/in/a").metadata().unwrap());
    assert_eq!(theirs.uid(), ours.uid());
}
