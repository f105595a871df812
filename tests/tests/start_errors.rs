//! What keeps a command from starting: each cause has its own kind and names the file at fault.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use cuprum::prelude::*;
use cuprum::{Error, ErrorKind};

/// Runs the program `probe` of the directory `dir`.
fn run_in(dir: &Path) -> Error {
    cuprum_tests::probe(dir.join("probe").to_str().unwrap(), ["out"]).run().wait().unwrap_err()
}

#[track_caller]
fn check(make: impl FnOnce(&Path), kind: ErrorKind, at_fault: &str, text: &str) {
    let dir = tempfile::tempdir().unwrap();
    let program = dir.path().join("probe");
    make(&program);
    let error = run_in(dir.path());
    assert_eq!(error.kind(), kind, "{error}");
    if let Some(path) = error.path() {
        let shown = path.display().to_string().replace(&dir.path().display().to_string(), "DIR");
        assert_eq!(shown, at_fault);
    }
    let shown = error.to_string().replace(&dir.path().display().to_string(), "DIR");
    assert_eq!(shown, text);
}

fn write(program: &Path, content: &str, mode: u32) {
    fs::write(program, content).unwrap();
    fs::set_permissions(program, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_missing_program_is_not_found_and_the_path_is_named() {
    check(
        |_| {},
        ErrorKind::ProgramNotFound,
        "probe",
        "cannot run `probe out`: program not found: probe (looked in DIR)",
    );
}

#[test]
fn a_file_without_the_execute_bit_is_not_executable() {
    check(
        |program| write(program, "#!/bin/sh\n", 0o644),
        ErrorKind::NotExecutable,
        "DIR/probe",
        "cannot run `probe out`: the program is not executable: DIR/probe\nhint: make it executable: chmod +x DIR/probe",
    );
}

#[test]
fn a_directory_is_no_program() {
    check(
        |program| fs::create_dir(program).unwrap(),
        ErrorKind::ProgramIsDirectory,
        "DIR/probe",
        "cannot run `probe out`: the program is a directory: DIR/probe",
    );
}

#[test]
fn a_script_whose_interpreter_is_missing_names_the_interpreter() {
    check(
        |program| write(program, "#!/nope/sh -e\n", 0o755),
        ErrorKind::InterpreterNotFound,
        "/nope/sh",
        "cannot run `probe out`: the program's interpreter was not found: /nope/sh (named by DIR/probe)",
    );
}

#[test]
fn a_script_with_the_line_ends_of_windows_is_told_so() {
    check(
        |program| write(program, "#!/bin/sh\r\necho x\r\n", 0o755),
        ErrorKind::InterpreterNotFound,
        "/bin/sh\r",
        "cannot run `probe out`: the program's interpreter was not found: /bin/sh\\r (named by DIR/probe)\nhint: the lines of DIR/probe end with CR LF, and the CR is taken as a part of the name",
    );
}

#[test]
fn a_name_that_is_nearly_right_is_told_the_right_one() {
    check(
        |program| write(&program.with_file_name("prboe"), "#!/bin/sh\n", 0o755),
        ErrorKind::ProgramNotFound,
        "probe",
        "cannot run `probe out`: program not found: probe (looked in DIR)\nhint: did you mean `prboe`? it is in DIR",
    );
    // What may not be executed is no help.
    check(
        |program| write(&program.with_file_name("prboe"), "", 0o644),
        ErrorKind::ProgramNotFound,
        "probe",
        "cannot run `probe out`: program not found: probe (looked in DIR)",
    );
}

#[test]
fn the_part_of_a_directory_that_is_missing_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let probe = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["pwd"]);
    let error = probe.in_dir(dir.path().join("a/b/c")).run().wait().unwrap_err();
    let hint = format!("{} exists, but there is no `a` in it", dir.path().display());
    assert_eq!(error.hint(), Some(&*hint));
}

#[test]
fn a_script_without_an_interpreter_line_is_refused_and_no_shell_runs_it() {
    let dir = tempfile::tempdir().unwrap();
    let witness = dir.path().join("witness");
    check(
        |program| write(program, &format!("echo ran > {}\n", witness.display()), 0o755),
        ErrorKind::UnknownFormat,
        "DIR/probe",
        "cannot run `probe out`: the kernel knows no way to run the program: DIR/probe (neither a binary of this machine nor a script with a `#!` line)",
    );
    assert!(!witness.exists());
}

#[test]
fn an_empty_directory_is_refused_rather_than_the_parents_own() {
    let probe = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["pwd"]);
    let error = probe.in_dir("").run().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DirectoryNotFound);
    assert!(error.to_string().ends_with("(its path is empty)"), "{error}");
}

#[test]
fn a_program_without_a_name_or_with_a_nul_in_it_is_not_found() {
    for (name, why) in [
        ("", "cannot run `''`: program not found: its name is empty"),
        ("a\0b", "cannot run `$'a\\000b'`: program not found: its name holds a NUL byte"),
        ("/bin/a\0b", "cannot run `$'/bin/a\\000b'`: program not found: its name holds a NUL byte"),
    ] {
        let error = cuprum::unchecked::command(name).run().wait().unwrap_err();
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::ProgramNotFound, why.to_owned()));
    }
}

#[test]
fn what_is_shown_of_paths_cannot_drive_a_terminal() {
    let probe = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["pwd"]);
    let error = probe.in_dir("/nope/\u{1b}[2J").run().wait().unwrap_err();
    assert!(!error.to_string().contains('\u{1b}'), "{error}");
    let error = cuprum_tests::probe("/no\u{1b}pe/probe", ["x"]).run().wait().unwrap_err();
    assert!(!error.to_string().contains('\u{1b}'), "{error}");
}

#[test]
fn a_very_long_command_line_is_cut_in_an_error() {
    let probe = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["x".repeat(200_000)]);
    assert!(probe.run().wait().unwrap_err().to_string().len() < 3000);
}

#[test]
fn a_missing_working_directory_and_a_file_in_its_place_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    for (place, cause) in [(dir.path().join("nope"), "no such directory"), (file, "not a directory")] {
        let probe = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["pwd"]);
        let error = probe.in_dir(&place).run().wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DirectoryNotFound);
        assert_eq!(error.dir(), Some(&*place));
        let place = place.display();
        let text = format!("cannot run `probe pwd`: the working directory was not found: {place} ({cause})");
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn a_directory_in_the_way_does_not_hide_a_program_later_in_the_path() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("probe")).unwrap();
    let real = Path::new(env!("CARGO_BIN_EXE_probe")).parent().unwrap();
    let path = std::env::join_paths([dir.path(), real]).unwrap();
    let probe = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["out", "x"]);
    assert_eq!(probe.env("PATH", path).read().wait().unwrap(), "x");
}

#[test]
fn words_and_variables_that_no_process_can_be_given_are_refused_before_the_start() {
    let probe = |word: &str| cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["out", word]);
    let kind = |error: Error| error.kind();
    assert_eq!(probe("a\0b").run().wait().map_err(kind), Err(ErrorKind::InvalidArgument));
    assert_eq!(probe(&"x".repeat(200_000)).run().wait().map_err(kind), Err(ErrorKind::ArgumentsTooLong));
    assert_eq!(probe("x").env("A=B", "").run().wait().map_err(kind), Err(ErrorKind::InvalidEnvironment));
    assert_eq!(probe("x").env("", "").run().wait().map_err(kind), Err(ErrorKind::InvalidEnvironment));
    assert_eq!(probe("x").env("A", "\0").run().wait().map_err(kind), Err(ErrorKind::InvalidEnvironment));
}

#[test]
fn more_arguments_than_the_kernel_takes_have_their_own_kind() {
    let words = std::iter::repeat_n("x".repeat(100_000), 100);
    let error = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words).run().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ArgumentsTooLong);
    let text = error.to_string();
    assert!(
        text.contains("the arguments are too long: ")
            && text.contains("its 100 words have 10000100 bytes, its ")
    );
    assert!(text.ends_with("hint: give it on standard input or in a file, or give less at once"), "{text}");
}

#[test]
fn variables_that_are_more_than_the_kernel_takes_are_counted_and_not_taken_for_words() {
    let mut command = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["out", "x"]);
    for number in 0..100 {
        command = command.env(format!("LONG{number}"), "x".repeat(100_000));
    }
    let error = command.env_only(["LONG*"]).run().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ArgumentsTooLong);
    // The path, and a hundred names, each with a `=` and a NUL.
    let bytes = 100 * 100_000 + (10 * 5 + 90 * 6) + 100 * 2;
    let path = env!("CARGO_BIN_EXE_probe").len() - "/probe".len() + "PATH=".len() + 1;
    let text = format!("its 2 words have 6 bytes, its 101 variables {}", bytes + path);
    assert!(error.to_string().contains(&text), "{error}");
}

#[test]
fn a_file_that_is_open_for_writing_runs_once_it_is_closed() {
    let dir = tempfile::tempdir().unwrap();
    let program = dir.path().join("probe");
    fs::copy(env!("CARGO_BIN_EXE_probe"), &program).unwrap();
    let writer = fs::OpenOptions::new().append(true).open(&program).unwrap();
    let command = || cuprum_tests::probe(program.to_str().unwrap(), ["out", "x"]);
    let error = command().run().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Spawn);
    assert!(error.to_string().contains("Text file busy"), "{error}");
    assert!(error.hint().unwrap().contains("open for writing"), "{error}");
    drop(writer);
    assert_eq!(command().read().wait().unwrap(), "x");
}

#[tokio::test(start_paused = true)]
async fn a_paused_clock_is_refused_where_processes_are_real() {
    let error = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["out", "x"]).run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Spawn);
    assert!(error.to_string().contains("the runtime's clock is paused"), "{error}");
}
