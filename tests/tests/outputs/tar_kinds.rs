//! Archives of every form that GNU tar writes, as `tar::Listing` reads them.

use std::os::unix::fs::symlink;

use cuprum::spec::FromOutput as _;
use cuprum_builders::tar::{EntryKind, Listing};

use crate::scratch::Scratch;

/// Makes an archive of `in` and reads its list.
#[track_caller]
fn listed(scratch: &Scratch, create: &[&str], list: &[&str]) -> Listing {
    let words = ["--create", "--file=a.tar", "--sort=name", "--owner=7", "--group=8"];
    let made = scratch.run("tar", words.iter().chain(create).chain(&["in"]));
    assert!(made.status().success(), "{create:?}: {}", made.stderr().text_lossy());
    let words = ["--list", "--file=a.tar"].iter().chain(list).copied().chain(Listing::FORMAT);
    let outcome = scratch.run("tar", words);
    assert!(outcome.status().success(), "{create:?}: {}", outcome.stderr().text_lossy());
    Listing::from_output(&outcome).unwrap()
}

fn shown(listing: &Listing) -> Vec<(EntryKind, u64, String)> {
    listing.iter().map(|entry| (entry.kind, entry.size, entry.to_string())).collect()
}

#[test]
fn every_format_has_the_same_list() {
    let scratch = Scratch::new();
    let long = format!("in/{}/{}", "d".repeat(90), "f".repeat(60));
    scratch.write(&long, "12345");
    scratch.write("in/a b", "x");
    std::fs::hard_link(scratch.path("in/a b"), scratch.path("in/b link to c")).unwrap();
    symlink("t".repeat(90), scratch.path("in/link -> x")).unwrap();
    let expected = [
        (EntryKind::Directory, 0, "in/".to_owned()),
        (EntryKind::File, 1, "in/a b".to_owned()),
        (EntryKind::HardLink, 0, "in/b link to c link to in/a b".to_owned()),
        (EntryKind::Directory, 0, format!("in/{}/", "d".repeat(90))),
        (EntryKind::File, 5, long.clone()),
        (EntryKind::Symlink, 0, format!("in/link -> x -> {}", "t".repeat(90))),
    ];
    for format in ["gnu", "oldgnu", "pax", "ustar"] {
        let listing = listed(&scratch, &[&format!("--format={format}")], &[]);
        assert_eq!(shown(&listing), expected, "{format}");
    }
    // More than fits into a header, of names and of targets.
    let deep = format!("in/{}/{}", "e".repeat(200), "g".repeat(200));
    scratch.write(&deep, "1");
    symlink("u".repeat(300), scratch.path("in/zlink")).unwrap();
    for format in ["gnu", "oldgnu", "pax"] {
        let listing = listed(&scratch, &[&format!("--format={format}"), "--xattrs"], &[]);
        assert!(listing.iter().any(|entry| entry.name.as_bytes() == deep.as_bytes()), "{format}");
        let link = listing.iter().find(|entry| entry.name.as_bytes() == b"in/zlink").unwrap();
        assert_eq!(link.target.as_ref().unwrap().as_bytes(), "u".repeat(300).as_bytes());
    }
}

#[test]
fn sparse_files_have_their_whole_size() {
    let scratch = Scratch::new();
    scratch.write("in/dense", "x");
    let sparse = std::fs::File::create(scratch.path("in/sparse")).unwrap();
    sparse.set_len(3 << 30).unwrap();
    std::os::unix::fs::FileExt::write_at(&sparse, b"end", (3 << 30) - 3).unwrap();
    for format in [
        &["--format=gnu"][..],
        &["--format=oldgnu"],
        &["--format=pax"],
        &["--format=pax", "--sparse-version=0.0"],
        &["--format=pax", "--sparse-version=0.1"],
        &["--format=pax", "--sparse-version=1.0"],
    ] {
        let listing = listed(&scratch, &[&["--sparse"], format].concat(), &[]);
        let expected = (EntryKind::File, 3 << 30, "in/sparse".to_owned());
        assert_eq!(shown(&listing)[2], expected, "{format:?}");
    }
}

#[test]
fn labels_volumes_and_times_out_of_the_ordinary_are_read() {
    let scratch = Scratch::new();
    scratch.write("in/f", &"x".repeat(40_000));
    let labelled = listed(&scratch, &["--label=a -> b\tc"], &[]);
    assert_eq!(labelled.entries()[0].name.as_bytes(), b"a -> b\tc");
    for time in [
        "1969-12-31 23:59:58 UTC",
        "1901-01-01 00:00:00 UTC",
        "2200-01-01 00:00:00.123456789 UTC",
        "9999-12-31 UTC",
    ] {
        for format in ["gnu", "pax"] {
            let listing = listed(&scratch, &[&format!("--mtime={time}"), &format!("--format={format}")], &[]);
            assert_eq!(shown(&listing).len(), 2, "{time} {format}");
        }
    }
    let listing = listed(&scratch, &["--owner=someone else:4294967294", "--group=:2147483647"], &[]);
    assert_eq!((listing.entries()[1].uid, listing.entries()[1].gid), (4_294_967_294, 2_147_483_647));
    let blocks = listed(&scratch, &[], &["--block-number"]);
    assert_eq!(blocks.entries()[0].block, Some(0));
    // Volumes: the second one begins with the rest of a file.
    let words = [
        "--create",
        "--multi-volume",
        "--tape-length=20",
        "--file=v1.tar",
        "--file=v2.tar",
        "--file=v3.tar",
        "in",
    ];
    let made = scratch.run("tar", words);
    assert!(made.status().success(), "{}", made.stderr().text_lossy());
    let words = ["--list", "--multi-volume", "--file=v1.tar", "--file=v2.tar", "--file=v3.tar"];
    let outcome = scratch.run("tar", words.into_iter().chain(Listing::FORMAT));
    let volumes = Listing::from_output(&outcome).unwrap();
    assert_eq!(shown(&volumes)[1], (EntryKind::File, 40_000, "in/f".to_owned()));
    let outcome = scratch.run("tar", ["--list", "--file=v2.tar"].into_iter().chain(Listing::FORMAT));
    let rest = Listing::from_output(&outcome).unwrap();
    assert!(
        matches!(shown(&rest)[0], (EntryKind::Continuation, 1..40_000, ref name) if name == "in/f"),
        "{rest:?}"
    );
}

#[test]
fn absolute_names_and_those_that_lead_up_are_names() {
    let scratch = Scratch::new();
    scratch.write("in/f", "x");
    let listing = listed(&scratch, &["--absolute-names", "--transform=s,^in,/../in,"], &["--absolute-names"]);
    assert_eq!(shown(&listing)[1].2, "/../in/f");
    let listing = listed(&scratch, &["--absolute-names", "--transform=s,^in,/../in,"], &[]);
    assert_eq!(shown(&listing)[1].2, "/../in/f");
}
