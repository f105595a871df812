//! Commands that run at the same time, as far as it needs real ones; the rest is in `lab` and `worlds`.

use std::time::Duration;

use cuprum::prelude::*;
use cuprum::run::Slot;
use cuprum::spec::SafeCmd;
use cuprum::{Command, Cx, ErrorKind, Program, concurrent};
use cuprum_tests::{Fifo, Probe};

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

#[derive(Program)]
struct Absent;

#[derive(Command)]
#[command(program = Absent)]
struct Never {}

#[tokio::test]
async fn results_are_in_the_order_of_the_commands() {
    let fifo = Fifo::new();
    // The first one ends only when the second one has.
    let batch =
        concurrent([probe(&["until", fifo.name(), "out", "a"]), probe(&["say", fifo.name(), "out", "b"])]);
    assert_eq!(batch.run().await.unwrap(), [b"a", b"b"]);
}

#[tokio::test]
async fn a_stream_gives_each_result_when_its_command_ends() {
    let fifo = Fifo::new();
    let waits = probe(&["until", fifo.name(), "out", "a"]);
    let mut stream = concurrent([waits, probe(&["out", "b"])]).stream();
    let (index, result) = stream.next().await.unwrap();
    assert_eq!((index, result.unwrap()), (1, b"b".to_vec()));
    drop(fifo.release().await);
    let (index, result) = stream.next().await.unwrap();
    assert_eq!((index, result.unwrap()), (0, b"a".to_vec()));
    assert!(stream.next().await.is_none());
}

#[test]
fn a_stream_is_an_iterator_on_a_thread_that_waits() {
    let stream = concurrent([probe(&["out", "a"]), probe(&["exit", "3"])]).limit(1).stream();
    let codes: Vec<_> = stream.wait().map(|(index, result)| (index, result.is_ok())).collect();
    assert_eq!(codes, [(0, true), (1, false)]);
}

#[tokio::test]
async fn no_more_run_at_once_than_the_limit() {
    let fifo = Fifo::new();
    // With both at once the first ends; alone it would wait for ever.
    let batch = |limit, time| {
        let first = probe(&["until", fifo.name()]).timeout(Duration::from_millis(time));
        concurrent([first, probe(&["say", fifo.name()]).timeout(Duration::from_millis(time))]).limit(limit)
    };
    assert_eq!(batch(1, 100).run().await.unwrap_err().kind(), ErrorKind::Timeout);
    batch(2, 60_000).run().await.unwrap();
}

#[tokio::test]
async fn a_missing_program_takes_nothing_from_the_others() {
    let results = concurrent([probe(&["out", "a"])])
        .and(Never::new())
        .and(probe(&["out", "c"]))
        .output()
        .await
        .unwrap();
    assert_eq!(results.slots()[1].error().unwrap().kind(), ErrorKind::ProgramNotFound);
    assert_eq!(results.slots()[2].done().unwrap().stdout().text_lossy(), "c");
}

#[tokio::test]
async fn a_failure_stops_the_others_where_that_is_asked() {
    let fifo = Fifo::new();
    let batch = concurrent([
        probe(&["out", "done"]),
        probe(&["until", fifo.name(), "exit", "4"]),
        probe(&["say", fifo.name(), "stay"]),
        probe(&["out", "never"]),
    ]);
    let results = batch.limit(3).fail_fast().results().await.unwrap();
    assert_eq!(results.failures().collect::<Vec<_>>(), [1]);
    let slots = results.slots();
    let stopped = slots[2].error().unwrap();
    assert_eq!(stopped.kind(), ErrorKind::Cancelled);
    assert_eq!(stopped.outcome().unwrap().status().signal_name(), Some("SIGTERM"));
    // The first one may not have been seen to end in time, or its place may have been free for the last.
    assert!(slots[0].done().is_some() || slots[0].error().unwrap().kind() == ErrorKind::Cancelled);
    assert!(matches!(slots[3], Slot::NotStarted | Slot::Done(_) | Slot::Failed(_)));
}

#[test]
fn a_batch_is_run_under_a_context_and_waited_for() {
    let cx = Cx::new().with_env("CUPRUM_TEST", "set");
    let words = ["env", "CUPRUM_TEST"];
    assert_eq!(cx.read(concurrent([probe(&words), probe(&words)])).wait().unwrap(), "set\nset");
}

#[tokio::test]
async fn a_dropped_batch_tears_down_what_runs() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let batch = concurrent([probe(&["hold", fifo.name()])]);
    let run = tokio::spawn(batch.run());
    up.await;
    run.abort();
    gone.await;
}
