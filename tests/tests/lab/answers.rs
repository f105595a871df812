//! Runs in the scripted world: what is answered, what is refused, what is recorded.

use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::Stdin;
use cuprum::{Command, ErrorKind, ExitStatus, Program};
use cuprum_tests::{Probe, ProbeWords};

use crate::probe;

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
    let text = error.to_string();
    assert!(text.starts_with("cannot run `probe unknown word`: the lab has no script"), "{text}");
    assert!(
        text.contains("the only script is for what a closure accepts (tests/tests/lab/answers.rs:"),
        "{text}"
    );
}

#[test]
fn the_same_words_are_answered_by_one_script_after_the_other() {
    let lab = Lab::new().on_words_each(["probe", "a"], [Script::exit(1), Script::exit(2)]);
    let codes: Vec<_> = (0..2).map(|_| lab.cx().code(probe(&["a"])).wait().unwrap()).collect();
    assert_eq!(codes, [1, 2]);
    let error = lab.cx().code(probe(&["a"])).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unscripted);
    assert!(error.to_string().contains("whose 2 answers are used up"), "{error}");
}

#[test]
fn the_nearest_script_is_named_with_the_word_that_differs() {
    let lab = Lab::new()
        .on_words(["other", "a", "b"], Script::new())
        .on_words(["probe", "x", "y z"], Script::new())
        .on_words(["probe", "a", "b"], Script::new());
    let error = lab.cx().run(probe(&["a", "c"])).wait().unwrap_err().to_string();
    assert!(error.contains("the nearest of 3 scripts is for `probe a b` (tests"), "{error}");
    assert!(error.contains("differs at word 2: it has `b`, the command has `c`"), "{error}");
    let breaches = lab.breaches();
    assert_eq!(breaches.len(), 1);
    assert!(breaches[0].to_string().starts_with("there is no script for `probe a c`: "), "{breaches:?}");
    assert_eq!(lab.allow_unscripted().breaches(), []);
}

#[test]
fn answers_may_be_one_for_each_command_and_are_then_used_up() {
    let lab = Lab::new().on_each::<ProbeWords>([Script::exit(1), Script::stdout("b")]);
    assert_eq!(lab.cx().code(probe(&["x"])).wait().unwrap(), 1);
    assert_eq!(lab.cx().read(probe(&["x"])).wait().unwrap(), "b");
    let error = lab.cx().run(probe(&["x"])).wait().unwrap_err().to_string();
    assert!(error.contains("whose 2 answers are used up"), "{error}");
}

#[test]
fn one_of_several_answers_may_be_a_refusal() {
    let lab = Lab::new().on_each::<ProbeWords>([
        Script::stdout("a"),
        Script::refused(13),
        Script::refused(26),
        Script::stdout("b"),
    ]);
    assert_eq!(lab.cx().read(probe(&["x"])).wait().unwrap(), "a");
    assert_eq!(lab.cx().run(probe(&["x"])).wait().unwrap_err().kind(), ErrorKind::NotExecutable);
    // It was busy, and is tried again.
    assert_eq!(lab.cx().read(probe(&["x"])).wait().unwrap(), "b");
}

#[test]
fn an_answer_may_depend_on_the_words() {
    let lab = Lab::new().answer(|launch| Some(Script::stdout(launch.args.first()?.as_encoded_bytes())));
    assert_eq!(lab.cx().read(probe(&["echoed"])).wait().unwrap(), "echoed");
    assert_eq!(lab.cx().run(probe(&[])).wait().unwrap_err().kind(), ErrorKind::Unscripted);
}

#[test]
fn what_was_started_is_asserted_as_command_lines() {
    let lab = Lab::new().on_program::<Probe>(Script::new());
    lab.run(async {
        probe(&["a b", "-c"]).run().await.unwrap();
        Add::new().word("x").run().await.unwrap();
    });
    lab.assert_ran(["probe 'a b' -c", "probe add --word=x"]);
    assert_eq!(lab.ran_of::<Add>().len(), 1);
    let panic =
        std::panic::catch_unwind(|| lab.assert_ran(["probe 'a b' -c", "probe add --word=y"])).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.ends_with(":\n  probe 'a b' -c\n- probe add --word=y\n+ probe add --word=x\n"), "{text}");
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
