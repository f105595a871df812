//! Archives that never end: what is taken from them, and when tar is stopped.

use std::fmt::Write as _;

use cuprum::lab::{Lab, Script};
use cuprum_builders::args::SafePath;
use cuprum_builders::prelude::*;
use cuprum_builders::tar::{self, Limits, Refusal, UnpackError};

/// Unpacks an archive of which a scripted tar prints these lines, and never ends.
#[track_caller]
fn listed(lines: String, limits: &Limits) -> UnpackError {
    let lab = Lab::new().when(|launch| launch.args.iter().any(|word| word == "--list"), {
        Script::new().print(lines).hang()
    });
    let unpacked = lab.run(tar::unpack(lit!(SafePath, "a.tar"), lit!(SafePath, "new"), limits));
    assert_eq!(lab.ran().len(), 1, "nothing is taken out");
    assert!(!lab.ran()[0].signals.is_empty(), "tar is stopped");
    unpacked.unwrap_err()
}

#[test]
fn an_archive_without_an_end_is_refused_as_soon_as_it_is_too_long() {
    let mut many = String::new();
    let mut large = String::new();
    for number in 0..2_000 {
        writeln!(many, "-rw-r--r-- 0/0 0 2023-11-14 22:13:20 d/{number}").unwrap();
        writeln!(large, "-rw-r--r-- 0/0 1000000000 2023-11-14 22:13:20 d/{number}").unwrap();
    }
    for (lines, refusal) in [(many, Refusal::Entries), (large, Refusal::Size)] {
        match listed(lines, &Limits::new().entries(1_000)) {
            UnpackError::Refused(refused) => assert_eq!(refused.refusal(), refusal, "{refused}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_is_no_list_ends_tar_too() {
    for lines in ["tar: this is no list\n".to_owned(), "x".repeat(4 << 20)] {
        assert!(matches!(listed(lines, &Limits::default()), UnpackError::Listing(_)));
    }
}
