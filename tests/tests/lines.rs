//! Lines of a command while it runs, as far as they need a kernel or a thread; the rest is in `worlds/lines.rs`.

use cuprum::prelude::*;
use cuprum::run::Lines;
use cuprum::spec::{SafeCmd, Stdio};
use cuprum::stream::{LineEnd, LineRef, Source};
use cuprum::{Cx, ErrorKind};
use cuprum_tests::Fifo;
use cuprum_tests::Probe;

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

fn lines(words: &[&str]) -> Lines {
    probe(words).lines()
}

async fn text(lines: &mut Lines) -> String {
    lines.next().await.unwrap().unwrap().to_string()
}

#[tokio::test]
async fn a_line_comes_while_the_command_still_runs() {
    let fifo = Fifo::new();
    let mut lines = lines(&["out", "first\nsec", "until", fifo.name(), "out", "ond\nlast"]);
    assert_eq!(text(&mut lines).await, "first");
    assert!(lines.outcome().is_none());
    // The command waits until the pipe is opened and closed.
    drop(fifo.release().await);
    assert_eq!(text(&mut lines).await, "second");
    let last = lines.next().await.unwrap().unwrap();
    assert_eq!((last.to_string().as_str(), last.end), ("last", LineEnd::Stream));
    assert!(lines.next().await.is_none() && lines.next().await.is_none());
    assert_eq!(lines.outcome().unwrap().stdout().bytes(), b"first\nsecond\nlast");
}

#[tokio::test]
async fn a_line_that_is_too_long_comes_in_pieces_and_nothing_is_lost() {
    let mut lines = lines(&["spam", "out", "2500000"]);
    let mut pieces = Vec::new();
    while let Some(line) = lines.next().await {
        let line = line.unwrap();
        pieces.push((line.bytes.len(), line.end));
    }
    assert_eq!(pieces, [(1 << 20, LineEnd::Cut), (1 << 20, LineEnd::Cut), (402_848, LineEnd::Stream)]);
}

#[test]
fn lines_can_be_waited_for_and_obey_the_scope_of_the_thread() {
    let words = ["env", "X", "out", "\n", "out", "b\n"];
    let cx = Cx::new().with_env("X", "scoped");
    let seen: Vec<String> =
        cx.scope_sync(|| lines(&words).wait().map(|line| line.unwrap().to_string()).collect());
    assert_eq!(seen, ["scoped", "b"]);
    let error = lines(&["exit", "3"]).wait().next().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Exit);
}

#[tokio::test]
async fn a_command_that_cannot_start_gives_one_error() {
    let mut lines = cuprum::unchecked::command("/nope/tool").lines();
    assert_eq!(lines.next().await.unwrap().unwrap_err().kind(), ErrorKind::ProgramNotFound);
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn lines_that_nobody_can_read_are_refused_before_the_start() {
    let dir = tempfile::tempdir().unwrap();
    let (ran, log) = (dir.path().join("ran"), dir.path().join("log"));
    let touch = || probe(&["touch", ran.to_str().unwrap()]);
    let refused = async |mut lines: Lines, why: &str| {
        let error = lines.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidStream);
        assert!(error.to_string().contains(why), "{error}");
        assert!(lines.next().await.is_none() && error.outcome().is_none());
    };
    let to_log = format!("standard output is written to {}", log.display());
    refused(touch().stdout(Stdio::file(&log)).lines().only(Source::Stdout), &to_log).await;
    refused(touch().stdout(Stdio::file(&log)).stderr(Stdio::Null).lines(), &to_log).await;
    refused(touch().lines().only(Source::Merged), "the outputs are not merged").await;
    refused(touch().stderr(Stdio::Merged).lines().only(Source::Stderr), "merged into the other").await;
    let error = touch().stdout(Stdio::Null).stderr(Stdio::Null).for_each_line(|_| {}).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidStream);
    assert!(!ran.exists() && !log.exists());
    // What is captured is read, wherever the other one goes.
    let mut lines = probe(&["out", "o\n", "err", "e\n"]).stdout(Stdio::Null).lines();
    assert_eq!(text(&mut lines).await, "e");
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_lossy_reader_lets_the_command_run_on_and_is_told_what_it_missed() {
    let dir = tempfile::tempdir().unwrap();
    let fifo = dir.path().join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    // Half a million short lines, then a word that it has printed them all.
    let words = ["yes", "500000", "say", fifo.to_str().unwrap()];
    let mut lines = lines(&words).lossy();
    let mut read = u64::from(lines.next().await.unwrap().unwrap().bytes == b"y");
    // Nothing is read until the command is done.
    let said = tokio::task::spawn_blocking(move || std::fs::read(fifo).unwrap());
    assert_eq!(said.await.unwrap(), b"up");
    while let Some(line) = lines.next().await {
        read += u64::from(line.unwrap().bytes == b"y");
    }
    let stdout = lines.outcome().unwrap().stdout();
    assert_eq!(stdout.total(), 1_000_000);
    assert_eq!(read + stdout.lines_dropped(), 500_000);
    assert!(stdout.lines_dropped() > 400_000 && read > 1, "{read}");
}

#[tokio::test]
async fn each_line_is_seen_where_it_was_read() {
    let (sender, seen) = std::sync::mpsc::channel();
    let words = ["out", "a\r\nb\n", "err", "x\n", "out", "last\u{e9}", "yes", "100000"];
    let run = probe(&words).for_each_line(move |line: LineRef<'_>| {
        sender.send((line.source, line.bytes.to_vec())).unwrap();
    });
    let outcome = run.await.unwrap();
    assert_eq!((outcome.stdout().total(), outcome.stdout().kept()), (200_011, 0));
    assert_eq!(outcome.stderr().bytes(), b"x\n");
    let (out, err): (Vec<_>, Vec<_>) = seen.iter().partition(|(source, _)| *source == Source::Stdout);
    assert_eq!(err, [(Source::Stderr, b"x".to_vec())]);
    let out: Vec<Vec<u8>> = out.into_iter().map(|(_, bytes)| bytes).collect();
    assert_eq!(out[..2], [b"a".to_vec(), b"b".to_vec()]);
    assert_eq!(out[2], "last\u{e9}y".as_bytes());
    assert_eq!(out.len(), 2 + 100_000);
    assert!(out[3..].iter().all(|line| line == b"y"));
}

#[tokio::test]
async fn a_look_that_panics_ends_the_command() {
    let run = probe(&["out", "a\n", "stay"]).for_each_line(|_| panic!("as a mistake would"));
    assert!(tokio::spawn(run).await.unwrap_err().is_panic());
    let run = probe(&["out", "a\n", "stay"]).for_each_line(|_| panic!("as a mistake would"));
    let error = tokio::task::spawn_blocking(|| run.wait()).await.unwrap().unwrap_err();
    assert!(error.to_string().contains("panicked"), "{error}");
}
