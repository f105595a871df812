//! Which variables a command has, and which file its program is.

use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{SafeCmd, Secret};
use cuprum::{Command, Cx, ErrorKind, Program, unchecked};
use cuprum_tests::Probe;

const PROBE: &str = env!("CARGO_BIN_EXE_probe");

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(PROBE, words)
}

fn lab() -> Lab {
    Lab::new().var("HOME", "/root").var("LC_ALL", "C").var("LANG", "de").when(|_| true, Script::exit(0))
}

/// Returns the changes that a command is started with, as text.
#[track_caller]
fn given(
    cx: impl FnOnce(Cx) -> Cx,
    change: impl FnOnce(SafeCmd<Vec<u8>, Probe>) -> SafeCmd<Vec<u8>, Probe>,
) -> String {
    let lab = lab();
    let command = change(cuprum_tests::ProbeWords::new().prepare()).env("PATH", "/lab/bin");
    cx(lab.cx()).run(command).wait().unwrap();
    let ran = lab.ran();
    let inherits = if ran[0].environment.inherits() { "all " } else { "" };
    let changes = ran[0].environment.changes().map(|(name, value)| {
        let value = value.map_or("removed".into(), |value| value.to_string_lossy());
        format!("{}={value}", name.display())
    });
    inherits.to_owned() + &changes.filter(|change| !change.starts_with("PATH=")).collect::<Vec<_>>().join(" ")
}

#[test]
fn only_what_is_named_is_inherited_and_what_is_set_is_given() {
    assert_eq!(given(|cx| cx, |cmd| cmd.env_only(["LC_*", "HOME"]).env("A", "1")), "A=1 HOME=/root LC_ALL=C");
    assert_eq!(given(|cx| cx, |cmd| cmd.env("A", "1").env_only(["NOPE"])), "A=1");
    assert_eq!(given(|cx| cx.with_env_only(["LC_*"]), |cmd| cmd.env("B", "2")), "B=2 LC_ALL=C");
}

#[test]
fn a_command_cannot_take_back_what_its_context_keeps_out() {
    assert_eq!(given(|cx| cx.with_env_only(["LC_*"]), |cmd| cmd.env_only(["LC_ALL", "HOME"])), "LC_ALL=C");
    assert_eq!(given(|cx| cx.with_env_clear(), |cmd| cmd.env_only(["HOME"])), "");
}

#[test]
fn a_command_that_starts_from_nothing_but_some_names_has_these_as_its_context_does() {
    let but =
        |cmd: SafeCmd<Vec<u8>, Probe>| cmd.env("A", "1").env_clear_except(["LC_*", "HOME"]).env("B", "2");
    assert_eq!(given(|cx| cx, but), "B=2 HOME=/root LC_ALL=C");
    let context = |cx: Cx| cx.with_env("HOME", "/h").with_env("LC_ALL", "de").with_env("X", "x");
    assert_eq!(given(context, but), "B=2 HOME=/h LC_ALL=de");
    assert_eq!(given(|cx| cx.with_env_remove("HOME"), but), "B=2 HOME=removed LC_ALL=C");
    assert_eq!(given(|cx| cx.with_env_only(["HOME"]), but), "B=2 HOME=/root");
    assert_eq!(given(|cx| cx.with_env_clear(), but), "B=2");
}

#[test]
fn the_command_wins_over_its_context() {
    let context = |cx: Cx| cx.with_env("A", "context").with_env("B", "context").with_env_remove("LANG");
    assert_eq!(given(context, |cmd| cmd.env("A", "1").env_remove("B")), "all A=1 B=removed LANG=removed");
    assert_eq!(given(context, |cmd| cmd.env("LANG", "en")), "all A=context B=context LANG=en");
    assert_eq!(given(context, |cmd| cmd.env_clear().env("C", "3")), "C=3");
}

#[derive(Debug, Program)]
#[program(name = "picky", env(inherit = ["HOME", "LC_*"], set("MODE" = "batch")))]
struct Picky;

#[derive(Debug, Command)]
#[command(program = Picky)]
struct Pick {}

#[test]
fn what_a_program_is_always_given_stays_and_its_own_list_narrows_too() {
    let lab = lab();
    lab.cx().run(Pick::new().env_only(["LC_ALL", "LANG"]).env("PATH", "/lab/bin")).wait().unwrap();
    let shown: Vec<_> = lab.ran()[0].environment.changes().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(shown, ["LC_ALL", "MODE", "PATH"]);
}

#[derive(Debug, Program)]
#[program(name = "wary", env(deny("LC_*")))]
struct Wary;

#[test]
fn what_a_program_never_inherits_no_list_of_a_command_or_context_brings_back() {
    let lab = lab();
    let names = |cx: Cx, command: SafeCmd<(), Wary>| {
        cx.run(command.env("PATH", "/lab/bin")).wait().unwrap();
        let ran = lab.ran().pop().unwrap();
        let given = ran.environment.changes().filter(|(_, value)| value.is_some());
        given.map(|(name, _)| name.to_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(lab.cx(), Wary::cmd().env_only(["LC_ALL", "HOME"])), ["HOME", "PATH"]);
    assert_eq!(names(lab.cx().with_env_only(["LC_*"]), Wary::cmd().env("LC_TIME", "C")), ["LC_TIME", "PATH"]);
}

#[tokio::test]
async fn a_real_child_sees_only_what_is_kept() {
    let words = ["env", "CARGO_PKG_NAME", "out", ",", "env", "CARGO_MANIFEST_DIR"];
    let seen = probe(&words).env_only(["CARGO_PKG_*"]).read().await.unwrap();
    assert_eq!(seen, "cuprum-tests,<unset>");
}

#[tokio::test]
async fn a_program_is_looked_up_in_the_path_that_its_command_gets() {
    let error = cuprum_tests::ProbeWords::new().env_clear().run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProgramNotFound);
    assert!(error.to_string().contains("program not found: probe (the child has no PATH)"), "{error}");
    let error = cuprum_tests::ProbeWords::new().env_only(["HOME"]).run().await.unwrap_err();
    assert!(error.to_string().contains("the child has no PATH"), "{error}");
    let dir = Path::new(PROBE).parent().unwrap();
    let found = cuprum_tests::ProbeWords::new().env_clear().env("PATH", dir).run().await;
    assert!(found.is_ok(), "{found:?}");
}

#[tokio::test]
async fn a_relative_program_is_taken_from_the_parents_directory_and_not_from_the_commands() {
    let dir = tempfile::tempdir().unwrap();
    let there = dir.path().join("tests");
    std::fs::create_dir(&there).unwrap();
    // A file of the same relative path, as seen from the command's directory.
    let decoy = there.join("decoy.sh");
    std::fs::write(&decoy, "#!/bin/sh\necho decoy\n").unwrap();
    std::fs::set_permissions(&decoy, std::fs::Permissions::from_mode(0o755)).unwrap();
    let error = cuprum::unchecked::command("tests/decoy.sh").in_dir(dir.path()).run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProgramNotFound);
    let here = std::env::current_dir().unwrap();
    assert_eq!(error.path(), Some(&*here.join("tests/decoy.sh")));
}

#[tokio::test]
async fn a_secret_value_reaches_the_command_and_no_text() {
    let command = probe(&["env", "TOKEN"]).env("TOKEN", Secret::new("hunter2!"));
    let shown = format!("{command:?} {}", command.clone().plan().unwrap());
    assert!(!shown.contains("hunter2!") && shown.contains("TOKEN=***"), "{shown}");
    assert_eq!(command.read().await.unwrap(), "hunter2!");
    let cx = Cx::new().with_env("TOKEN", Secret::new("hunter2!"));
    assert!(!format!("{cx:?}").contains("hunter2!"));
    assert_eq!(cx.read(probe(&["env", "TOKEN"])).await.unwrap(), "hunter2!");
}

#[test]
fn names_and_values_that_no_process_can_have_are_named() {
    let lab = lab();
    let error = |name: &str, value: &str| {
        let command = cuprum_tests::ProbeWords::new().env(name, value);
        let error = lab.cx().run(command).wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidEnvironment);
        error.to_string()
    };
    assert!(error("A=B", "x").ends_with("the variable's name \"A=B\" holds a `=`"));
    assert!(error("", "x").ends_with("a variable has no name"));
    assert!(error("A\0B", "x").ends_with("the variable's name \"A\\0B\" holds a NUL byte"));
    let text = error("TOKEN", "hush\0");
    assert!(text.ends_with("the value of TOKEN holds a NUL byte") && !text.contains("hush"), "{text}");
}

type Words = SafeCmd<Vec<u8>, Probe>;
type Tool = SafeCmd<(), unchecked::UncheckedProgram>;

#[test]
fn what_the_child_starts_is_not_found_in_its_working_directory_by_an_inherited_path() {
    let path = |inherited: &str, change: fn(Words) -> Words| {
        let lab = Lab::new().var("PATH", inherited).when(|_| true, Script::exit(0));
        lab.cx().run(change(cuprum_tests::ProbeWords::new().prepare())).wait().unwrap();
        let ran = lab.ran();
        let path = ran[0].environment.change_of("PATH".as_ref()).flatten();
        (path.map(|path| path.to_string_lossy().into_owned()), ran[0].environment.inherits())
    };
    let keeps = |command| command;
    assert_eq!(path(":/lab/bin:.:../x:/b:", keeps), (Some("/lab/bin:/b".into()), true));
    assert_eq!(path("/lab/bin", keeps), (None, true), "it is inherited as it is");
    let only = |command: Words| command.env_only(["PATH"]);
    assert_eq!(path("x:/lab/bin", only), (Some("/lab/bin".into()), false));
    let but = |command: Words| command.env_clear_except(["PATH"]);
    assert_eq!(path("x:/lab/bin", but), (Some("/lab/bin".into()), false));
    // What a command is given is its own affair.
    let given = |command: Words| command.env("PATH", "x:/lab/bin");
    assert_eq!(path("y:/a", given), (Some("x:/lab/bin".into()), true));
    let removed = |command: Words| command.env_remove("PATH").env("PATH", "/lab/bin");
    assert_eq!(path("y:/a", removed), (Some("/lab/bin".into()), true));
}

#[test]
fn a_program_that_needs_no_path_is_given_none_that_is_empty_or_was_not_asked_for() {
    let path = |inherited: &str, change: fn(Tool) -> Tool| {
        let lab = Lab::new().var("PATH", inherited).when(|_| true, Script::exit(0));
        lab.cx().run(change(unchecked::command("/opt/tool").into_safe())).wait().unwrap();
        let ran = lab.ran();
        ran[0].environment.change_of("PATH".as_ref()).map(|path| path.map(OsString::from))
    };
    // An empty one is the working directory to those who look there.
    assert_eq!(path(":", |tool| tool), Some(None));
    assert_eq!(path("x:/a", |tool| tool), Some(Some("/a".into())));
    assert_eq!(path("x:/a", |tool| tool.env_clear()), Some(None));
    assert_eq!(path("x:/a", |tool| tool.env_only(["HOME"])), Some(None));
}

#[test]
fn a_path_with_nothing_but_relative_entries_is_none() {
    for inherited in ["", ":", "bin:."] {
        let lab = Lab::new().var("PATH", inherited).when(|_| true, Script::exit(0));
        let command = cuprum_tests::ProbeWords::new().prepare();
        let error = lab.cx().run(command).wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ProgramNotFound, "{inherited:?}: {error}");
    }
}
