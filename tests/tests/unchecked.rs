//! Commands of programs that no type names.

use std::path::Path;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::{ErrorKind, allowlist, unchecked};
use cuprum_tests::Probe;

allowlist! { Known = [Probe]; }

#[test]
fn raw_words_reach_the_program_as_they_are() {
    let probe = env!("CARGO_BIN_EXE_probe");
    assert_eq!(unchecked::command(probe).arg("out").args(["-x $(y)"]).read().wait().unwrap(), "-x $(y)");
}

#[test]
fn a_relative_path_is_taken_from_the_parents_directory() {
    let lab = Lab::new().when(|_| true, Script::exit(0));
    lab.cx().run(unchecked::command("./tool").in_dir("/elsewhere")).wait().unwrap();
    lab.cx().run(unchecked::command("tool")).wait().unwrap();
    let programs: Vec<_> = lab.ran().into_iter().map(|ran| ran.launch.program).collect();
    assert_eq!(programs, [Path::new("/lab/./tool"), Path::new("/lab/bin/tool")]);
}

#[test]
fn a_context_with_a_list_refuses_every_unchecked_command() {
    let cx = Lab::new().when(|_| true, Script::exit(0)).cx().narrow::<Known>();
    let error = cx.scope_sync(|| unchecked::command("probe").run().wait()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert_eq!(error.program(), "probe");
}

#[test]
fn a_missing_program_is_named() {
    let error = unchecked::command("/nope/tool").run().wait().unwrap_err();
    assert_eq!((error.kind(), error.path()), (ErrorKind::ProgramNotFound, Some(Path::new("/nope/tool"))));
}
