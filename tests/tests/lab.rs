//! Runs in the scripted world: what is answered, what is refused, what is recorded.

use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{SafeCmd, Stdin};
use cuprum::{Command, ErrorKind, ExitStatus, Program};
use cuprum_tests::{Probe, ProbeWords};

/// A run of the test program, where the lab has installed it.
fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe("/lab/bin/probe", words)
}

#[test]
fn a_script_answers_with_its_streams_its_status_and_its_time() {
    let script = Script::stdout("out").stderr("err").then_exit(3).takes(Duration::from_secs(9));
    let lab = Lab::new().on_program::<Probe>(script);
    let outcome = lab.cx().output(probe(&["x"])).wait().unwrap();
    assert_eq!(outcome.status(), ExitStatus::Code(3));
    assert_eq!((outcome.stdout().bytes(), outcome.stderr().bytes()), (&b"out"[..], &b"err"[..]));
    assert_eq!(outcome.duration(), Duration::from_secs(9));
}

#[test]
fn a_failure_in_the_lab_is_the_error_of_a_real_one() {
    let lab = Lab::new().on::<ProbeWords>(Script::exit(0).stderr("fatal: no\n").then_signal(15));
    let error = lab.cx().run(probe(&["x"])).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Signal);
    assert_eq!(error.to_string(), "`probe x` failed: killed by SIGTERM\n  fatal: no");
}

#[test]
fn a_command_without_a_script_is_refused_and_its_words_are_shown() {
    let lab = Lab::new().when(|launch| launch.args == ["known"], Script::exit(0));
    assert!(lab.cx().run(probe(&["known"])).wait().is_ok());
    let error = lab.cx().run(probe(&["unknown", "word"])).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unscripted);
    assert!(
        error.to_string().starts_with("cannot run `probe unknown word`: the lab has no script"),
        "{error}"
    );
}

#[derive(Command)]
#[command(program = Probe, subcommand = "add")]
struct Add {
    word: Option<String>,
}

#[test]
fn a_script_for_a_type_answers_no_other_type() {
    let lab = Lab::new().on::<Add>(Script::exit(7)).on::<ProbeWords>(Script::exit(0));
    assert_eq!(lab.cx().code(probe(&["add"])).wait().unwrap(), 0);
    assert_eq!(lab.cx().code(Add::new().word("x")).wait().unwrap(), 7);
}

#[derive(Program)]
#[program(name = "pinned", path = "/opt/pinned-1")]
struct Pinned;
#[derive(Command)]
#[command(program = Pinned)]
struct RunPinned {}

#[test]
fn a_program_that_is_pinned_to_a_file_can_be_scripted() {
    let lab = Lab::new().on_program::<Pinned>(Script::stdout("x"));
    assert_eq!(lab.cx().read(RunPinned::new()).wait().unwrap(), "x");
}

#[test]
fn the_first_script_that_matches_answers() {
    let lab = Lab::new()
        .when(|launch| launch.args == ["a"], Script::stdout("a"))
        .on_program::<Probe>(Script::stdout("any"));
    assert_eq!(lab.cx().read(probe(&["a"])).wait().unwrap(), "a");
    assert_eq!(lab.cx().read(probe(&["b"])).wait().unwrap(), "any");
}

#[test]
fn the_lab_keeps_what_was_started() {
    let lab = Lab::new().on_program::<Probe>(Script::exit(0));
    let command = probe(&["x"]).in_dir("work").stdin(Stdin::Bytes(b"input".to_vec())).env("A", "1");
    lab.cx().run(command).wait().unwrap();
    let ran = lab.ran();
    assert_eq!(ran.len(), 1);
    assert_eq!(ran[0].program, std::path::Path::new("/lab/bin/probe"));
    assert_eq!(ran[0].args, ["x"]);
    assert_eq!(ran[0].dir.as_deref(), Some(std::path::Path::new("/lab/work")));
    assert_eq!(ran[0].stdin, Stdin::Bytes(b"input".to_vec()));
    assert_eq!(ran[0].environment.change_of("A".as_ref()), Some(Some("1".as_ref())));
}

#[test]
fn a_scope_runs_ambient_commands_in_the_lab() {
    let lab = Lab::new().on_program::<Probe>(Script::stdout("scripted"));
    assert_eq!(lab.cx().scope_sync(|| probe(&["x"]).read().wait()).unwrap(), "scripted");
}

#[test]
fn a_plan_starts_nothing_and_shows_shell_text() {
    let lab = Lab::new();
    let plan = lab.cx().scope_sync(|| probe(&["a b"]).in_dir("/work").env("X", "1 2").plan()).unwrap();
    assert_eq!(plan.to_string(), "cd /work && env PATH=/lab/bin 'X=1 2' /lab/bin/probe 'a b'");
    assert!(lab.ran().is_empty());
}
