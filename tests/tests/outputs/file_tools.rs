//! The readers of tar and rsync against captured outputs, byte for byte.

use cuprum_builders::output::{RawPath, Time};
use cuprum_builders::{rsync, tar};
use serde_json::Value;

use crate::scratch::fixture;

#[test]
fn every_row_of_failures_has_its_kind() {
    for line in include_str!("../../cases/failures.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| row[key].as_str().unwrap_or_default().as_bytes().to_vec();
        let stderr = row["fixture"].as_str().map_or_else(|| text("stderr"), fixture);
        let code = row["exit"].as_i64().and_then(|code| code.try_into().ok());
        let (kind, shown) = match row["tool"].as_str().unwrap() {
            "tar" => {
                let failure = tar::Failure::classify(code, &text("stdout"), &stderr);
                (format!("{:?}", failure.kind()), failure.to_string())
            }
            _ => {
                let failure = rsync::Failure::classify(code, &text("stdout"), &stderr);
                (format!("{:?}", failure.kind()), failure.to_string())
            }
        };
        assert_eq!(kind, row["kind"].as_str().unwrap(), "{line}");
        assert!(!shown.is_empty() && !shown.contains("Exiting with"), "{line}: {shown}");
    }
}

#[test]
fn a_list_of_rsync_is_read_byte_for_byte() {
    let listing = rsync::Listing::parse(&fixture("rsync-list-only")).unwrap();
    let names: Vec<&[u8]> = listing.entries.iter().map(|entry| entry.path.as_bytes()).collect();
    for name in [
        &b"."[..],
        b" lead",
        b"arrow -> x.txt",
        b"back\\slash.txt",
        b"esc\x1bape.txt",
        b"latin1-\xe9.txt",
        b"new\nline.txt",
        b"tab\there.txt",
        b"trail ",
        "\u{65e5}\u{672c}\u{8a9e}.txt".as_bytes(),
    ] {
        assert!(names.contains(&name), "{}", RawPath::new(name));
    }
    let top = &listing.entries[0];
    assert_eq!((top.kind, top.mode, top.size), ('d', 0o755, 4096));
    assert_eq!(top.modified, Time { seconds: 1_700_000_000, nanoseconds: 0 });
    let lines = fixture("rsync-list-only").iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(listing.entries.len(), lines);
}

#[test]
fn progress_in_units_is_no_number() {
    let output = fixture("rsync-progress2-human");
    let segments: Vec<&[u8]> = output.split(|byte| matches!(byte, b'\r' | b'\n')).collect();
    assert!(segments.len() > 10);
    assert!(segments.iter().all(|segment| rsync::Progress::parse(segment).is_none()));
}

#[test]
fn names_that_tar_escaped_are_read_byte_for_byte() {
    // What `--verbose` prints when an archive is written has the same form.
    let report = tar::Report::parse(&fixture("tar-list-names-escape"), b"").unwrap();
    assert_eq!(report.members.len(), 26);
    for name in [
        &b"in/ lead"[..],
        b"in/back\\slash.txt",
        b"in/esc\x1bape.txt",
        b"in/latin1-\xe9.txt",
        b"in/new\nline.txt",
    ] {
        assert!(report.members.iter().any(|member| member.as_bytes() == name), "{}", RawPath::new(name));
    }
}

#[test]
fn a_prefix_that_is_left_out_is_a_warning() {
    let report = tar::Report::parse(b"", &fixture("tar-err-strip-leading")).unwrap();
    let [warning] = report.warnings.as_slice() else { panic!("{report}") };
    assert_eq!(warning.kind(), tar::WarningKind::PrefixRemoved);
    assert_eq!(warning.path().unwrap().as_bytes(), b"/");
}

#[test]
fn a_list_of_bsdtar_is_read_byte_for_byte() {
    let listing = tar::bsd::Listing::parse(&fixture("tar-bsdtar-list")).unwrap();
    assert_eq!(listing.entries.len(), 26);
    let find = |name: &[u8]| listing.entries.iter().find(|entry| entry.name.as_bytes() == name).unwrap();
    assert_eq!((find(b"in/chr").kind, find(b"in/chr").mode), (tar::EntryKind::CharDevice, 0o640));
    assert_eq!(find(b"in/blk").device, Some(tar::DeviceNumbers { major: 7, minor: 0 }));
    assert_eq!(find(b"in/suid").mode, 0o4755);
    assert_eq!(find(b"in/with space.txt").target.as_ref().unwrap().as_bytes(), b"in/hard");
    assert_eq!(find(b"in/zlink").target.as_ref().unwrap().as_bytes(), b"t\nl");
    for name in
        [&b"in/ lead"[..], b"in/trail ", b"in/esc\x1bape.txt", b"in/latin1-\xe9.txt", b"in/new\nline.txt"]
    {
        assert_eq!((find(name).size, find(name).modified.as_bytes()), (5, &b"Nov 14  2023"[..]));
    }
}
