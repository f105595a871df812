//! The command line of each form of field, one test a row of the table in `cases/argv.md`.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::ffi::OsString;

use cuprum::Command;

#[track_caller]
fn check<C: Command>(command: &C, expected: &str) {
    match expected.strip_prefix("ERR ") {
        Some(kind) => assert_eq!(format!("{:?}", command.argv().unwrap_err().kind()), kind),
        None => {
            let words: Vec<String> = serde_json::from_str(expected).unwrap();
            let expected: Vec<OsString> = words.into_iter().map(OsString::from).collect();
            assert_eq!(command.argv().unwrap(), expected);
        }
    }
}

#[expect(
    dead_code,
    unreachable_pub,
    reason = "a row stands as a user writes it, and uses a part of what it declares"
)]
mod rows {
    use super::check;
    use cuprum::spec::Secret;
    use cuprum::{ArgValue, Args, Command, Program, Subcommand, lit};
    use std::path::{Path, PathBuf};

    #[derive(Program)]
    #[program(name = "tool")]
    pub struct Tool;

    #[derive(Program)]
    #[program(name = "git", separator = "--end-of-options")]
    pub struct Git;

    #[derive(Program)]
    #[program(name = "tar", separator = "--")]
    pub struct Tar;

    #[derive(Program)]
    #[program(name = "rsync", separator = "--")]
    pub struct Rsync;

    include!(concat!(env!("OUT_DIR"), "/golden.rs"));
}
