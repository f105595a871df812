//! `rsync::Transfer` against captured statistics and real transfers.

use std::os::unix::fs::symlink;

use cuprum::spec::FromOutput as _;
use cuprum_builders::output::{RawPath, RawText};
use cuprum_builders::rsync::{Attribute, Change, FileKind, Files, Link, Transfer, Update};

use crate::scratch::{Scratch, fixture};

fn transfer(scratch: &Scratch, more: &[&str]) -> Transfer {
    let args = ["-rtlpH", "--delete"].into_iter().chain(Transfer::FORMAT).chain(more.iter().copied());
    let outcome = scratch.run("rsync", args.chain(["./src/", "./dst/"]));
    assert!(outcome.status().success(), "{}", outcome.stderr().text_lossy());
    Transfer::from_output(&outcome).unwrap()
}

fn of<'a>(transfer: &'a Transfer, path: &[u8]) -> &'a Change {
    transfer.changes.iter().find(|change| change.path.as_bytes() == path).unwrap()
}

#[test]
fn captured_statistics_are_read() {
    let transfer = Transfer::parse(&fixture("rsync-stats")).unwrap();
    let stats = &transfer.stats;
    assert_eq!(
        stats.files,
        Files { total: 24, regular: 18, directories: 4, links: 1, devices: 0, special: 1 }
    );
    assert_eq!(
        stats.created,
        Files { total: 19, regular: 14, directories: 3, links: 1, devices: 0, special: 1 }
    );
    assert_eq!(stats.deleted, Some(Files { total: 4, regular: 3, directories: 1, ..Files::default() }));
    assert_eq!((stats.transferred_files, stats.total_size, stats.transferred_size), (15, 304, 281));
    assert_eq!((stats.literal, stats.matched, stats.sent, stats.received), (0, 0, 573, 156));
    assert_eq!((stats.speedup.to_string().as_str(), stats.dry_run), ("0.42", true));
    assert_eq!((transfer.changes.len(), transfer.messages.len()), (0, 0));
    assert_eq!(
        transfer.to_string(),
        "15 of 24 files transferred, 573 bytes sent, 156 received, 304 in all (dry run)"
    );
}

#[test]
fn names_and_links_of_any_bytes_are_read() {
    let names: [&[u8]; 9] = [
        b" lead",
        b"a | b",
        b"arrow -> x",
        b"back\\slash\\#012",
        b"new\nline",
        b"tab\t\x07\x1b",
        b"l\xff\xfe",
        b"trail ",
        b"\xe6\x97\xa5",
    ];
    let scratch = Scratch::new();
    for name in names {
        scratch.write([b"src/sub dir/", name].concat(), "12345");
    }
    symlink("to // | => \n there", scratch.path("src/sym -> link")).unwrap();
    std::fs::hard_link(scratch.path("src/sub dir/a | b"), scratch.path("src/twin")).unwrap();
    let transfer = transfer(&scratch, &[]);
    for name in names {
        let change = of(&transfer, &[b"sub dir/", name].concat());
        assert_eq!((change.kind, change.length, change.is_new()), (Some(FileKind::File), 5, true));
    }
    let link = of(&transfer, b"sym -> link");
    assert_eq!((link.update, link.kind), (Update::Local, Some(FileKind::Symlink)));
    assert_eq!(link.link, Some(Link::Symbolic(RawPath::new("to // | => \n there"))));
    // Which of the two names is the file, and which the link to it, is up to rsync.
    let mut twins = [of(&transfer, b"twin"), of(&transfer, b"sub dir/a | b")];
    twins.sort_by_key(|twin| twin.link.is_some());
    assert_eq!((twins[0].update, twins[1].update), (Update::Received, Update::HardLink));
    assert_eq!(twins[1].link, Some(Link::Hard(twins[0].path.clone())));
    let directory = of(&transfer, b"sub dir/");
    assert_eq!((directory.kind, directory.link.as_ref()), (Some(FileKind::Directory), None));
    // Before 3.5 rsync itemizes the destination itself, when it makes it.
    let others = transfer.changes.iter().filter(|change| change.path.as_bytes() != b"./").count();
    assert_eq!(others, names.len() + 3);
    assert_eq!((transfer.stats.files.regular, transfer.stats.files.links), (10, 1));
}

#[test]
fn what_changed_is_told_attribute_by_attribute() {
    let scratch = Scratch::new();
    scratch.write("src/file", "1");
    scratch.write("src/mode", "1");
    scratch.write("src/same", "1");
    transfer(&scratch, &[]);
    scratch.write("src/file", "123456");
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(scratch.path("src/mode"), permissions).unwrap();
    scratch.write("dst/gone/deep", "1");
    let planned = transfer(&scratch, &["--dry-run"]);
    let done = transfer(&scratch, &[]);
    assert!(planned.stats.dry_run && !done.stats.dry_run);
    for transfer in [&planned, &done] {
        let file = of(transfer, b"file");
        assert!(file.changed(Attribute::Size) && !file.changed(Attribute::Permissions) && !file.is_new());
        let mode = of(transfer, b"mode");
        assert_eq!(mode.update, Update::Kept);
        assert!(mode.changed(Attribute::Permissions) && !mode.changed(Attribute::Size));
        assert!(transfer.changes.iter().all(|change| change.path.as_bytes() != b"same"));
        let gone = of(transfer, b"gone/deep");
        assert_eq!((gone.update, gone.kind), (Update::Deleted, None));
        assert_eq!(of(transfer, b"gone/").to_string(), "*deleting   gone/");
        assert_eq!(transfer.stats.deleted.unwrap().total, 2);
    }
}

#[test]
fn lines_about_skipped_files_are_kept_as_messages() {
    let output =
        b"skipping non-regular file \"p\\#012\"\n|>f+++++++++ 1 2 a//\n\nNumber of files: 1 (reg: 1)\n\
        A line of the future\nAnother: one\ntotal size is 1  speedup is 0.50\n";
    let transfer = Transfer::parse(output).unwrap();
    assert_eq!(transfer.messages, [RawText::new("skipping non-regular file \"p\n\"")]);
    assert_eq!((transfer.changes.len(), transfer.stats.files.regular), (1, 1));
    assert!(Transfer::parse(b"").is_err());
    assert!(Transfer::parse(b"|>f+++++++++ 1 2 a//\n").is_err());
}
