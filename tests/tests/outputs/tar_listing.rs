//! `tar::Listing` against real archives.

use std::os::unix::fs::{PermissionsExt, symlink};

use cuprum::spec::FromOutput as _;
use cuprum_builders::output::{RawPath, Time};
use cuprum_builders::tar::{EntryKind, Listing};

use crate::scratch::Scratch;

fn list(scratch: &Scratch) -> Listing {
    let args = ["--list", "--file=a.tar"].into_iter().chain(Listing::FORMAT);
    Listing::from_output(&scratch.run("tar", args)).unwrap()
}

fn create(scratch: &Scratch, more: &[&str]) {
    let args = ["--create", "--file=a.tar", "--sort=name", "--owner=7", "--group=8"];
    let outcome = scratch.run("tar", args.iter().chain(more).chain(&["in"]));
    assert!(outcome.status().success(), "{}", outcome.stderr().text_lossy());
}

#[test]
fn names_of_any_bytes_are_read() {
    let names: [&[u8]; 12] = [
        b"in/ lead",
        b"in/trail ",
        b"in/-dash",
        b"in/arrow -> x",
        b"in/a link to b",
        b"in/back\\slash\\101",
        b"in/new\nline",
        b"in/tab\t\x07\x08\x0b\x0c\r\x1b\x7f",
        b"in/l\xff\xfe",
        b"in/\xe6\x97\xa5",
        b"in/quo\"te'",
        b"in/2023-11-14 22:13:20 x",
    ];
    let scratch = Scratch::new();
    for name in names {
        scratch.write(name, "x");
    }
    create(&scratch, &[]);
    let listing = list(&scratch);
    let mut found: Vec<&[u8]> = listing.iter().map(|entry| entry.name.as_bytes()).collect();
    found.sort_unstable();
    let mut expected = [[b"in/".as_slice()].as_slice(), &names].concat();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn links_and_their_targets_are_told_apart() {
    let scratch = Scratch::new();
    scratch.write("in/a link to b", "x");
    std::fs::hard_link(scratch.path("in/a link to b"), scratch.path("in/b link to c")).unwrap();
    symlink("to -> there", scratch.path("in/from -> here")).unwrap();
    create(&scratch, &[]);
    let listing = list(&scratch);
    let links: Vec<_> = listing.iter().map(|entry| (entry.kind, entry.to_string())).collect();
    assert_eq!(
        links,
        [
            (EntryKind::Directory, "in/".to_owned()),
            (EntryKind::File, "in/a link to b".to_owned()),
            (EntryKind::HardLink, "in/b link to c link to in/a link to b".to_owned()),
            (EntryKind::Symlink, "in/from -> here -> to -> there".to_owned()),
        ]
    );
    assert_eq!(listing.entries()[3].target, Some(RawPath::new("to -> there")));
}

#[test]
fn owners_modes_sizes_and_times_are_read() {
    let scratch = Scratch::new();
    scratch.write("in/file", "12345");
    std::fs::set_permissions(scratch.path("in/file"), PermissionsExt::from_mode(0o6751)).unwrap();
    create(&scratch, &["--format=posix", "--mtime=@1700000000.125"]);
    let listing = list(&scratch);
    let file = &listing.entries()[1];
    assert_eq!((file.kind, file.mode, file.uid, file.gid, file.size), (EntryKind::File, 0o6751, 7, 8, 5));
    assert_eq!(file.modified, Time { seconds: 1_700_000_000, nanoseconds: 125_000_000 });
    assert_eq!((file.device, file.target.as_ref()), (None, None));
}

#[test]
fn a_label_and_an_empty_archive_are_read() {
    let scratch = Scratch::new();
    scratch.write("in/file", "");
    create(&scratch, &["--format=gnu", "--label=my -- label"]);
    let listing = list(&scratch);
    assert_eq!(
        (listing.entries()[0].kind, listing.entries()[0].to_string()),
        (EntryKind::VolumeHeader, "my -- label".into())
    );
    assert_eq!(listing.len(), 3);
    assert!(Listing::parse(b"").unwrap().is_empty());
}

#[test]
fn devices_have_numbers_for_a_size() {
    let output = b"crw-rw-rw- 0/0             1,3 2023-11-14 22:13:20.5         in/null\n\
        brw------- 0/0            8,16 1969-12-31 23:59:59 in/disk\n\
        prw-r--r-- 0/0               0 2023-11-14 22:13:20 in/pipe\n";
    let listing = Listing::parse(output).unwrap();
    let numbers: Vec<_> = listing.iter().map(|e| e.device.map(|d| (d.major, d.minor))).collect();
    assert_eq!(numbers, [Some((1, 3)), Some((8, 16)), None]);
    assert_eq!(listing.entries()[0].name.as_bytes(), b"in/null");
    assert_eq!(listing.entries()[1].modified, Time { seconds: -1, nanoseconds: 0 });
    assert_eq!(listing.entries()[2].kind, EntryKind::Fifo);
}
