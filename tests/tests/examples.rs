//! The examples `agent`, `mirror` and `rotate`, run as programs.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn tree() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("from/sub")).unwrap();
    for name in ["from/a", "from/b", "from/sub/c"] {
        std::fs::write(dir.path().join(name), name).unwrap();
    }
    dir
}

#[expect(clippy::disallowed_methods, reason = "the example is started as any other program is")]
fn run(program: &str, dir: &Path, words: &[&str]) -> Output {
    Command::new(program).args(words).current_dir(dir).output().unwrap()
}

fn mirror(dir: &Path, words: &[&str]) -> Output {
    run(env!("CARGO_BIN_EXE_mirror"), dir, words)
}

#[track_caller]
fn rotate(dir: &Path, keep: &str) {
    let output = run(env!("CARGO_BIN_EXE_rotate"), dir, &["from", "to", keep]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_mirror_is_made_when_it_was_shown() {
    let dir = tree();
    let shown = mirror(dir.path(), &["from", "to"]);
    assert!(shown.status.success() && String::from_utf8_lossy(&shown.stdout).contains("sub/c"));
    assert!(!dir.path().join("to").exists());
    assert!(mirror(dir.path(), &["from", "to", "--yes"]).status.success());
    assert_eq!(std::fs::read(dir.path().join("to/sub/c")).unwrap(), b"from/sub/c");
    std::fs::remove_file(dir.path().join("from/b")).unwrap();
    assert!(mirror(dir.path(), &["from", "to", "--yes"]).status.success());
    assert!(!dir.path().join("to/b").exists());
}

#[test]
fn an_empty_source_deletes_nothing() {
    let dir = tree();
    assert!(mirror(dir.path(), &["from", "to", "--yes"]).status.success());
    std::fs::create_dir(dir.path().join("empty")).unwrap();
    let refused = mirror(dir.path(), &["empty", "to", "--yes"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is empty"));
    std::fs::write(dir.path().join("empty/one"), "x").unwrap();
    let refused = mirror(dir.path(), &["empty", "to", "--yes"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("4 of 4 files would be deleted"));
    assert!(dir.path().join("to/sub/c").exists());
    let refused = mirror(dir.path(), &["host:from", "to", "--yes"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("rsync reads `host:path`"));
}

#[test]
fn the_last_backups_are_kept_and_share_what_has_not_changed() {
    let dir = tree();
    let inode = |name: &str| dir.path().join(name).metadata().unwrap().ino();
    let content = |name: &str| std::fs::read_to_string(dir.path().join(name)).unwrap();
    rotate(dir.path(), "3");
    for i in 1..5 {
        std::fs::write(dir.path().join("from/a"), format!("changed {i} times")).unwrap();
        rotate(dir.path(), "3");
    }
    assert_eq!(content("to/backup.0/a"), "changed 4 times");
    assert_eq!(content("to/backup.2/a"), "changed 2 times");
    assert!(!dir.path().join("to/backup.3").exists());
    assert_eq!(inode("to/backup.0/b"), inode("to/backup.2/b"));
    rotate(dir.path(), "1");
    assert!(!dir.path().join("to/backup.1").exists());
}

/// Runs the example `agent`, which permits the test program only, with these requests.
#[expect(clippy::disallowed_methods, reason = "the example is started as any other program is")]
fn agent(requests: &str) -> String {
    use std::io::Write as _;
    use std::process::Stdio;

    let mut agent = Command::new(env!("CARGO_BIN_EXE_agent"))
        .arg(env!("CARGO_BIN_EXE_probe"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    agent.stdin.take().unwrap().write_all(requests.as_bytes()).unwrap();
    let output = agent.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_agent_is_answered_line_by_line_and_gets_no_program_but_those_named() {
    let probe = env!("CARGO_BIN_EXE_probe");
    let answers =
        agent(&format!("{probe} out a;b err $HOME exit 3\n/bin/sh -c true\n{probe} spam out 20000000\n"));
    let (first, rest) = answers.split_once("= 3\n").unwrap();
    let mut lines: Vec<&str> = first.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["stderr | $HOME", "stdout | a;b"]);
    assert!(rest.starts_with(&format!("! /bin/sh may not be run: only {probe}\n")), "{rest}");
    assert!(rest.contains("! output_limit: "), "too much is stopped");
}
