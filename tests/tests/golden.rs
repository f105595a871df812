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
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
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

    #[derive(Command)]
    #[command(program = Tar)]
    pub struct Pack {
        file: PathBuf,
        #[arg(short = 'C', style = "attached")]
        dir: Option<PathBuf>,
        #[arg(delimiter = ",")]
        only: Vec<PathBuf>,
        #[arg(short = 'p', style = "attached", secret)]
        password: Option<Secret<String>>,
        #[arg(positional)]
        members: Vec<PathBuf>,
    }

    /// A path whose name is not UTF-8.
    fn odd() -> PathBuf {
        PathBuf::from(OsStr::from_bytes(b"-\xff"))
    }

    #[test]
    fn non_utf8_path() {
        let words = Pack::new(odd()).dir(odd()).only(odd()).only("a").members(odd()).argv().unwrap();
        let expected: [&[u8]; 5] = [b"--file=-\xff", b"-C-\xff", b"--only=-\xff,a", b"--", b"-\xff"];
        assert_eq!(words, expected.map(OsStr::from_bytes));
    }

    #[test]
    fn display_quoting() {
        let pack = Pack::new("a b").only("it's").password("hunter2").members("x\ny").members("");
        let shown = "tar '--file=a b' \"--only=it's\" '-p***' -- $'x\\ny' ''";
        assert_eq!(pack.to_string(), shown);
        let words = ["--file=a b", "--only=it's", "-phunter2", "--", "x\ny", ""];
        assert_eq!(pack.argv().unwrap(), words);
    }

    include!(concat!(env!("OUT_DIR"), "/golden.rs"));
}
