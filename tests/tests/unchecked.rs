//! Commands of programs that no type names.

use std::path::Path;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::Layer;
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
fn a_context_with_a_list_runs_an_unchecked_command_only_if_its_file_is_listed() {
    let cx = Lab::new().when(|_| true, Script::exit(0)).cx().narrow::<Known>();
    let run = |program| cx.scope_sync(|| unchecked::command(program).run().wait());
    assert!(run("probe").is_ok());
    assert!(run("/lab/bin/probe").is_ok());
    let error = run("rm").unwrap_err();
    assert_eq!((error.kind(), error.program()), (ErrorKind::Forbidden, "rm"));
    let error = run("/home/probe").unwrap_err();
    assert_eq!((error.kind(), error.layer()), (ErrorKind::Forbidden, Some(Layer::File)));
}

#[test]
fn a_program_without_a_type_can_be_listed() {
    let cx = Lab::new().when(|_| true, Script::exit(0)).cx();
    let cx = cx.narrow_to([unchecked::program("legacy"), unchecked::program("/opt/deploy")]);
    assert!(cx.run(unchecked::command("legacy")).wait().is_ok());
    assert!(cx.run(unchecked::command("/opt/deploy")).wait().is_ok());
    assert!(cx.run(unchecked::command("deploy")).wait().is_err());
}

#[test]
fn a_missing_program_is_named() {
    let error = unchecked::command("/nope/tool").run().wait().unwrap_err();
    assert_eq!((error.kind(), error.path()), (ErrorKind::ProgramNotFound, Some(Path::new("/nope/tool"))));
}
