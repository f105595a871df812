//! Lines of a command while it runs.

use cuprum::prelude::*;
use cuprum::run::Lines;
use cuprum::stream::{LineEnd, Source};
use cuprum::{Cx, ErrorKind};
use cuprum_tests::Fifo;

fn lines(words: &[&str]) -> Lines {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words).lines()
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
async fn each_line_says_which_stream_it_came_on_and_keeps_its_bytes() {
    let mut lines = lines(&["out", "a\r\n", "err", "b\r"]);
    let mut seen = Vec::new();
    while let Some(line) = lines.next().await {
        let line = line.unwrap();
        seen.push((line.source, line.bytes));
    }
    seen.sort_by_key(|(source, _)| *source == Source::Stderr);
    assert_eq!(seen, [(Source::Stdout, b"a".to_vec()), (Source::Stderr, b"b".to_vec())]);
}

#[tokio::test]
async fn a_failure_is_the_last_item_after_all_lines() {
    let mut lines = lines(&["out", "a\nb\n", "exit", "3"]);
    assert_eq!(text(&mut lines).await, "a");
    assert_eq!(text(&mut lines).await, "b");
    assert_eq!(lines.next().await.unwrap().unwrap_err().kind(), ErrorKind::Exit);
    assert!(lines.next().await.is_none());
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

#[tokio::test]
async fn a_reader_that_is_slower_than_the_command_loses_nothing() {
    let text: String = (0..20_000).map(|number| format!("{number}\n")).collect();
    let mut lines = lines(&["out", &text[..100_000]]);
    let mut read = String::new();
    while let Some(line) = lines.next().await {
        tokio::task::yield_now().await;
        read += &format!("{}\n", line.unwrap());
    }
    assert_eq!(read.trim_end(), text[..100_000].trim_end());
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
