//! Transfers of rsync through the real program: on one host, and to one that stands in for another.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt, symlink};
use std::path::Path;

use cuprum::prelude::*;
use cuprum::{ErrorKind, Lab, Tier};
use cuprum_builders::args::{
    Glob, HostName, ModeChange, RelPath, RsyncPath, RsyncRemote, SafePath, UserName,
};
use cuprum_builders::prelude::*;
use cuprum_builders::rsync::{self, FailureKind, FileList, Filter, Rule, Update};
use proptest::prelude::*;
use tempfile::TempDir;

/// Returns a directory with the files `from/a`, `from/b.o`, `from/sub/c`.
fn tree() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("from/sub")).unwrap();
    for name in ["from/a", "from/b.o", "from/sub/c"] {
        std::fs::write(dir.path().join(name), name).unwrap();
    }
    dir
}

fn copy() -> rsync::RsyncCopy {
    rsync::copy(lit!(RsyncPath, "from/"), lit!(RsyncPath, "to/")).recursive().times()
}

#[track_caller]
fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_first_rule_that_matches_wins() {
    let dir = tree();
    copy().include(lit!(Glob, "b.o")).exclude(lit!(Glob, "*")).in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(names(&dir.path().join("to")), ["b.o"]);
    copy().exclude(lit!(Glob, "*.o")).include(lit!(Glob, "b.o")).in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(names(&dir.path().join("to")), ["a", "b.o", "sub"]);
}

#[test]
fn what_is_deleted_is_told_first_and_can_be_protected() {
    let dir = tree();
    for name in ["to/gone", "to/kept"] {
        std::fs::create_dir_all(dir.path().join("to")).unwrap();
        std::fs::write(dir.path().join(name), "x").unwrap();
    }
    let mirror = copy().delete().filters(Filter::Rule(Rule::Protect(lit!(Glob, "kept"))));
    assert_eq!(mirror.clone().in_dir(dir.path()).plan().unwrap().tier(), Tier::Destructive);
    assert_eq!(copy().in_dir(dir.path()).plan().unwrap().tier(), Tier::Write);
    let dry = mirror.clone().dry_run().in_dir(dir.path()).run_sync().unwrap();
    let deleted = |transfer: &rsync::Transfer| {
        let deleted = transfer.changes.iter().filter(|change| change.update == Update::Deleted);
        deleted.map(|change| change.path.to_string()).collect::<Vec<_>>()
    };
    assert_eq!((deleted(&dry), dry.stats.dry_run), (vec!["gone".to_owned()], true));
    assert!(dir.path().join("to/gone").exists());
    let done = mirror.in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(deleted(&done), ["gone"]);
    assert_eq!(names(&dir.path().join("to")), ["a", "b.o", "kept", "sub"]);
}

#[test]
fn more_than_may_be_deleted_is_a_failure() {
    let dir = tree();
    std::fs::create_dir_all(dir.path().join("to/x/y")).unwrap();
    let error = copy().delete().max_delete(1).in_dir(dir.path()).run_sync().unwrap_err();
    assert_eq!(error.rsync().unwrap().kind(), FailureKind::DeleteLimit);
    assert!(error.tar().is_none());
}

#[test]
fn a_source_that_is_not_there_is_named() {
    let dir = tree();
    let copy = rsync::copy(lit!(RsyncPath, "no\\#012such"), lit!(RsyncPath, "to/"));
    let error = copy.in_dir(dir.path()).run_sync().unwrap_err();
    let failure = error.rsync().unwrap();
    assert_eq!(failure.kind(), FailureKind::SourceNotFound);
    assert!(failure.path().unwrap().as_bytes().ends_with(b"/no\\#012such"), "{failure}");
}

#[test]
fn names_of_any_bytes_come_from_a_list() {
    let dir = tree();
    let odd: Vec<&OsStr> = [&b"-x"[..], b"new\nline", b"\xff", b"h:x", b"a\\#012b", b"# c", b"; d"]
        .map(OsStr::from_bytes)
        .into();
    for name in &odd {
        std::fs::write(dir.path().join("from").join(name), "x").unwrap();
    }
    let list = FileList::new(&odd).unwrap();
    let transfer = copy().files(list).in_dir(dir.path()).run_sync().unwrap();
    let mut copied: Vec<_> =
        std::fs::read_dir(dir.path().join("to")).unwrap().map(|e| e.unwrap().file_name()).collect();
    let mut expected: Vec<_> = odd.iter().map(|name| name.to_os_string()).collect();
    copied.sort();
    expected.sort();
    assert_eq!(copied, expected);
    let mut told: Vec<_> = transfer.changes.iter().map(|c| c.path.as_path().as_os_str().to_owned()).collect();
    told.retain(|name| name != "./");
    told.sort();
    assert_eq!(told, expected);
}

#[test]
fn a_list_of_files_is_read_byte_for_byte() {
    let dir = tree();
    symlink("to -> there", dir.path().join("from/link")).unwrap();
    std::fs::write(dir.path().join("from").join(OsStr::from_bytes(b"\xff\n#")), "12345").unwrap();
    std::fs::set_permissions(dir.path().join("from/a"), PermissionsExt::from_mode(0o6751)).unwrap();
    let file = std::fs::File::options().write(true).open(dir.path().join("from/a")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000)).unwrap();
    let listing = rsync::list(lit!(RsyncPath, "from/")).in_dir(dir.path()).run_sync().unwrap();
    let find = |name: &[u8]| listing.entries.iter().find(|entry| entry.path.as_bytes() == name).unwrap();
    let a = find(b"a");
    assert_eq!((a.kind, a.mode, a.size, a.modified.seconds), ('-', 0o6751, 6, 1_700_000_000));
    assert_eq!(find(b"\xff\n#").size, 5);
    assert_eq!(find(b"link").target.as_ref().unwrap().as_bytes(), b"to -> there");
    assert!(find(b"sub").is_directory() && find(b".").is_directory());
    assert!(!listing.entries.iter().any(|entry| entry.path.as_bytes() == b"sub/c"));
}

#[test]
fn permissions_and_links_are_as_asked_for() {
    let dir = tree();
    symlink("a", dir.path().join("from/inside")).unwrap();
    symlink("../../secret", dir.path().join("from/outside")).unwrap();
    std::fs::set_permissions(dir.path().join("from/a"), PermissionsExt::from_mode(0o6777)).unwrap();
    let attributes = rsync::Attributes::new()
        .chmod(rsync::Chmod::Files(lit!(ModeChange, "644")))
        .chmod(rsync::Chmod::Directories(lit!(ModeChange, "700")));
    copy().archive().attributes(attributes).in_dir(dir.path()).run_sync().unwrap();
    let mode = |name: &str| dir.path().join(name).symlink_metadata().unwrap().mode() & 0o7777;
    assert_eq!((mode("to/a"), mode("to/sub")), (0o644, 0o700));
    assert!(dir.path().join("to/inside").is_symlink());
    assert!(dir.path().join("to/outside").symlink_metadata().is_err());
}

#[test]
fn a_partial_directory_and_backups_stay_below_the_destination() {
    let dir = tree();
    copy().in_dir(dir.path()).run_sync().unwrap();
    std::fs::write(dir.path().join("from/a"), "changed now").unwrap();
    let writing = rsync::Writing::new()
        .backup()
        .backup_dir(lit!(SafePath, ".old"))
        .partial_dir(lit!(RelPath, ".partial"))
        .delay_updates();
    copy().writing(writing).in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(std::fs::read(dir.path().join("to/.old/a")).unwrap(), b"from/a");
    assert_eq!(std::fs::read(dir.path().join("to/a")).unwrap(), b"changed now");
}

#[test]
fn unchanged_files_are_linked_to_those_of_the_last_copy() {
    let dir = tree();
    copy().in_dir(dir.path()).run_sync().unwrap();
    std::fs::write(dir.path().join("from/a"), "changed now").unwrap();
    let last = SafePath::new(dir.path().join("to").to_str().unwrap()).unwrap();
    let next = rsync::copy(lit!(RsyncPath, "from/"), lit!(RsyncPath, "next/")).recursive().times();
    next.compare(rsync::Compare::new().link_dest(last)).in_dir(dir.path()).run_sync().unwrap();
    let inode = |name: &str| dir.path().join(name).metadata().unwrap().ino();
    assert_eq!(inode("next/b.o"), inode("to/b.o"));
    assert_ne!(inode("next/a"), inode("to/a"));
}

#[test]
fn progress_is_told_and_is_no_message() {
    let dir = tree();
    let inform = rsync::Inform::new().info(rsync::Info::Progress2);
    let transfer = copy().inform(inform).in_dir(dir.path()).run_sync().unwrap();
    let progress = transfer.progress.unwrap();
    assert_eq!((progress.bytes, progress.percent), (transfer.stats.transferred_size, 100));
    assert!(transfer.messages.iter().all(|message| message.as_bytes().starts_with(b"created directory ")));
}

/// A shell that goes nowhere: it drops the host, and runs the rest here.
fn local_shell(dir: &Path) -> rsync::unchecked::Unchecked {
    let script = dir.join("shell");
    let text = "#!/bin/sh\nwhile [ \"$1\" = -l ]; do shift 2; done\necho \"$1\" >host\nshift\nexec \"$@\"\n";
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
    rsync::unchecked::Unchecked::new().rsh(script.to_str().unwrap())
}

#[test]
fn files_go_to_another_host_and_back() {
    let dir = tree();
    let remote = RsyncRemote::new(format!("ann@web01:{}/to it/", dir.path().display())).unwrap();
    let push = rsync::push(lit!(RsyncPath, "from/"), remote.clone()).archive();
    assert_eq!(push.clone().in_dir(dir.path()).plan().unwrap().tier(), Tier::Write);
    let push = push.unchecked(local_shell(dir.path())).in_dir(dir.path());
    assert_eq!(push.clone().plan().unwrap().tier(), Tier::Destructive);
    let sent = push.run_sync().unwrap();
    assert!(sent.changes.iter().any(|change| change.update == Update::Sent), "{sent}");
    assert_eq!(names(&dir.path().join("to it")), ["a", "b.o", "sub"]);
    assert_eq!(std::fs::read(dir.path().join("host")).unwrap(), b"web01\n");
    let pull = rsync::pull(remote, lit!(RsyncPath, "back/")).archive().unchecked(local_shell(dir.path()));
    let received = pull.in_dir(dir.path()).run_sync().unwrap();
    assert!(received.changes.iter().any(|change| change.update == Update::Received), "{received}");
    assert_eq!(names(&dir.path().join("back")), ["a", "b.o", "sub"]);
}

#[test]
fn the_remote_shell_reads_no_configuration_and_asks_nothing() {
    let push = rsync::push(lit!(RsyncPath, "from/"), lit!(RsyncRemote, "web01:/srv/"));
    let words = push.clone().ssh(rsync::Ssh::new().port(2222)).argv().unwrap();
    let shell = words.iter().find_map(|word| word.to_str()?.strip_prefix("--rsh=")).unwrap();
    assert!(
        shell.starts_with("ssh -Fnone ") && shell.contains(" -oBatchMode=yes ") && shell.ends_with(" -p2222")
    );
    assert!(words.contains(&"-s".into()));
    assert_eq!(words[words.len() - 3..], ["--", "./from/", "web01:/srv/"]);
    let environment = |name: &str| {
        let lab = Lab::new().var("RSYNC_RSH", "evil").var("HOME", "/home").var("SSH_AUTH_SOCK", "/agent");
        let plan = lab.cx().scope_sync(|| push.clone().plan()).unwrap();
        plan.launch().environment.change_of(OsStr::new(name)).map(|value| value.map(OsStr::to_os_string))
    };
    assert_eq!(environment("RSYNC_RSH"), Some(None));
    assert_eq!(environment("HOME"), Some(Some("/nonexistent".into())));
}

#[test]
fn the_password_of_a_daemon_is_in_no_command_line() {
    let host = lit!(HostName, "::1");
    let url = rsync::unchecked::DaemonUrl::new(
        Some(lit!(UserName, "ann")),
        &host,
        Some(8730),
        &lit!(RsyncPath, "module/x/"),
    );
    let daemon = rsync::unchecked::Daemon::new().password("hunter2");
    let pull = rsync::unchecked::pull_daemon(url, lit!(RsyncPath, "to/")).daemon(daemon);
    assert!(pull.argv().unwrap().contains(&"rsync://ann@[::1]:8730/module/x/".into()));
    let shown = format!("{pull} {pull:?} {:?}", pull.clone().prepare());
    assert!(!shown.contains("hunter2"), "{shown}");
    let plan = Lab::new().cx().scope_sync(|| pull.plan()).unwrap();
    let password = plan.launch().environment.change_of("RSYNC_PASSWORD".as_ref());
    assert_eq!(password, Some(Some("hunter2".as_ref())));
}

#[test]
fn the_rsync_that_is_there_is_known() {
    let version = rsync::version().run_sync().unwrap();
    assert_eq!(version.flavour, rsync::Flavour::Samba);
    assert!(version.protocol.unwrap() >= 30 && !version.capabilities.is_empty());
}

#[test]
fn an_rsync_of_other_people_is_refused_before_it_is_given_anything() {
    let dir = tree();
    let bin = dir.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    // What openrsync says of itself on macOS and on OpenBSD, and what macOS had before.
    for said in [
        "openrsync: protocol version 29, rsync version 2.6.9 compatible",
        "openrsync: protocol version 27",
        "rsync  version 2.6.9  protocol version 29",
    ] {
        let text = format!("#!/bin/sh\n[ \"$*\" = --version ] && echo '{said}' && exit\ntouch ran\n");
        std::fs::write(bin.join("new"), text).unwrap();
        std::fs::set_permissions(bin.join("new"), PermissionsExt::from_mode(0o755)).unwrap();
        std::fs::rename(bin.join("new"), bin.join("rsync")).unwrap();
        let path = format!("{}:/usr/bin:/bin", bin.display());
        let error = copy().in_dir(dir.path()).env("PATH", path).run_sync().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Version, "{said}: {error}");
        assert!(!dir.path().join("ran").exists());
    }
}

/// Names of any bytes that a file can have.
fn odd_names() -> impl Strategy<Value = std::collections::BTreeSet<Vec<u8>>> {
    let special = proptest::sample::select(&b"\\#012\n\t\r -#;*?[]'\"\x1b\x7f\xff\x80\xc3 ->.|:%"[..]);
    let byte =
        prop_oneof![3 => special, 1 => 1..=u8::MAX].prop_filter("a name has no slash", |byte| *byte != b'/');
    let name = proptest::collection::vec(byte, 1..12)
        .prop_filter("not a directory", |name| name != b"." && name != b"..");
    proptest::collection::btree_set(name, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn no_byte_of_a_name_is_lost(names in odd_names()) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("from")).unwrap();
        let names: Vec<&OsStr> = names.iter().map(|name| OsStr::from_bytes(name)).collect();
        for name in &names {
            std::fs::write(dir.path().join("from").join(name), "").unwrap();
        }
        let list = FileList::new(&names).unwrap();
        let transfer = copy().files(list).in_dir(dir.path()).run_sync().unwrap();
        let mut told: Vec<&OsStr> = transfer.changes.iter().map(|change| change.path.as_path().as_os_str()).collect();
        told.retain(|name| *name != "./");
        told.sort();
        prop_assert_eq!(&told, &names);
        let listing = rsync::list(lit!(RsyncPath, "from/")).in_dir(dir.path()).run_sync().unwrap();
        let mut listed: Vec<&OsStr> = listing.entries.iter().map(|entry| entry.path.as_path().as_os_str()).collect();
        listed.retain(|name| *name != ".");
        listed.sort();
        prop_assert_eq!(&listed, &names);
    }
}
