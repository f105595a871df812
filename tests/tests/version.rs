//! What commands require of the installed program, and how it is asked.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::{Command, Cx, ErrorKind, Program};
use cuprum_tests::Fifo;

#[derive(Program)]
#[program(name = "tool", version = ">=2.30, <3", version_args = ["version"])]
struct Tool;

#[derive(Command)]
#[command(program = Tool, subcommand = "do", output = String)]
struct Do {
    #[arg(since = "2.41")]
    fast: bool,
    #[arg(since = "2.36")]
    level: Option<u32>,
}

fn with(version: &str) -> Cx {
    Lab::new().version::<Tool>(version).on::<Do>(Script::stdout("done")).cx()
}

#[test]
fn a_version_outside_of_the_requirement_is_refused_before_the_start() {
    assert_eq!(with("tool version 2.30.0").read(Do::new()).wait().unwrap(), "done");
    for version in ["2.29.9", "3.0"] {
        let error = with(version).run(Do::new()).wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Version);
        let text = format!(
            "cannot run `tool do`: the program's version does not fit: /lab/bin/tool \
             (version {version} is installed, and `>=2.30, <3` is required)"
        );
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn an_argument_that_the_version_does_not_know_is_refused_only_when_it_is_set() {
    let cx = with("2.40");
    assert!(cx.run(Do::new()).wait().is_ok());
    assert!(cx.run(Do::new().level(3)).wait().is_ok());
    let error = cx.run(Do::new().level(3).fast()).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Version);
    assert!(error.to_string().ends_with("(version 2.40 is installed, and `fast` needs 2.41)"), "{error}");
}

#[test]
fn a_lab_without_a_version_meets_every_requirement() {
    let cx = Lab::new().on::<Do>(Script::stdout("done")).cx();
    assert_eq!(cx.read(Do::new().fast()).wait().unwrap(), "done");
}

/// Writes a script that counts how often it was asked for its version.
fn install(dir: &Path, version: &str) {
    let asked = dir.join("asked");
    let script = format!(
        "#!/bin/sh\n[ \"$1\" = version ] && echo x >> '{}' && echo 'tool {version}' && exit\necho done\n",
        asked.display()
    );
    let new = dir.join("new");
    fs::write(&new, script).unwrap();
    fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
    fs::rename(new, dir.join("tool")).unwrap();
}

#[test]
fn a_program_is_asked_once_and_again_when_its_file_has_changed() {
    let dir = tempfile::tempdir().unwrap();
    install(dir.path(), "2.36");
    let cx = Cx::new().with_env("PATH", dir.path());
    let asked = || fs::read_to_string(dir.path().join("asked")).unwrap().lines().count();
    for _ in 0..3 {
        assert_eq!(cx.run(Do::new().level(1)).wait().unwrap(), "done");
    }
    assert_eq!(asked(), 1);
    install(dir.path(), "10.0 (the file has another length now)");
    let error = cx.run(Do::new()).wait().unwrap_err();
    assert!(error.to_string().contains("version 10.0 is installed"), "{error}");
    assert_eq!(asked(), 2);
}

#[test]
fn who_is_asked_for_its_version_gets_neither_the_input_nor_the_directory_of_the_command() {
    let dir = tempfile::tempdir().unwrap();
    let asked = dir.path().join("asked");
    let question = format!("{{ pwd; cat; }} > '{}'", asked.display());
    let script = format!("#!/bin/sh\n[ \"$1\" = version ] && {question} && echo 'tool 2.36' && exit\ncat\n");
    let path = dir.path().join("tool");
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let cx = Cx::new().with_env("PATH", format!("{}:/usr/bin:/bin", dir.path().display()));
    let run = Do::new().level(1).stdin("the input").in_dir(dir.path());
    assert_eq!(cx.run(run).wait().unwrap(), "the input");
    let here = std::env::current_dir().unwrap().canonicalize().unwrap();
    assert_eq!(fs::read_to_string(asked).unwrap(), format!("{}\n", here.display()));
}

#[test]
fn a_program_that_prints_no_version_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    install(dir.path(), "unknown");
    let error = Cx::new().with_env("PATH", dir.path()).run(Do::new()).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Version);
    assert!(error.to_string().ends_with("(`tool version` printed no version)"), "{error}");
}

#[tokio::test]
async fn who_waits_for_the_answer_to_another_command_is_stopped_by_its_own_limit() {
    let dir = tempfile::tempdir().unwrap();
    let gate = Fifo::new();
    let script = format!("#!/bin/sh\n[ \"$1\" = version ] && cat '{}'\nexit 0\n", gate.name());
    let path = dir.path().join("tool");
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let cx = Cx::new().with_env("PATH", format!("{}:/usr/bin:/bin", dir.path().display()));
    let short = async {
        let error = cx.run(Do::new().timeout(Duration::from_millis(50))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        gate.release().await.write_all(b"tool 2.40\n").unwrap();
    };
    let (first, ()) = tokio::join!(cx.run(Do::new()), short);
    first.unwrap();
}
