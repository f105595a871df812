//! Commands that run at the same time: results in order, limits, and what a failure does to the others.

use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::run::Slot;
use cuprum::spec::SafeCmd;
use cuprum::{Command, Cx, ErrorKind, Program, allowlist, concurrent};
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
async fn a_command_that_fails_takes_nothing_from_the_others() {
    let codes = ["0", "1", "0", "2"].map(|code| probe(&["out", code, "exit", code]));
    let results = concurrent(codes.clone()).results().await.unwrap();
    assert_eq!(results.failures().collect::<Vec<_>>(), [1, 3]);
    assert_eq!(results.first_failure().unwrap().outcome().unwrap().status().code(), Some(1));
    assert_eq!(results.slots()[2].done().unwrap(), b"0");
    assert_eq!(results.to_string(), "2 done, 2 failed");
    let error = concurrent(codes.clone()).run().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome().unwrap().stdout().text_lossy().as_ref()),
        (ErrorKind::Exit, "1")
    );
    assert_eq!(concurrent(codes.clone()).code().await.unwrap(), 1);
    // An exit code is no failure to whoever wants all that is known.
    assert!(concurrent(codes).output().await.unwrap().success());
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

#[tokio::test]
async fn those_that_wait_are_not_started_after_a_failure() {
    let lab = Lab::new().on_program::<Probe>(Script::exit(1));
    let batch = concurrent([probe(&["a"]), probe(&["b"]), probe(&["c"])]).limit(1).fail_fast();
    let results = lab.cx().scope(batch.results()).await.unwrap();
    assert_eq!(lab.ran().len(), 1);
    assert_eq!(results.to_string(), "0 done, 1 failed, 2 not started");
    assert_eq!(results.into_result().unwrap_err().kind(), ErrorKind::Exit);
}

#[tokio::test]
async fn a_limit_of_zero_is_refused_before_anything_starts() {
    let lab = Lab::new().on_program::<Probe>(Script::exit(0));
    let error = lab.cx().run(concurrent([probe(&["a"])]).limit(0)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidLimit);
    assert!(lab.ran().is_empty());
}

#[tokio::test]
async fn a_batch_without_commands_succeeds_at_once() {
    let none: [SafeCmd<Vec<u8>, Probe>; 0] = [];
    assert!(concurrent(none).run().await.unwrap().is_empty());
}

#[tokio::test]
async fn every_program_is_checked_before_anything_starts() {
    allowlist! {
        /// The test program, and no other.
        Only = [Probe];
    }
    let lab = Lab::new().on_program::<Probe>(Script::exit(0)).on_program::<Absent>(Script::exit(0));
    let cx = lab.cx().narrow::<Only>();
    let batch = concurrent([probe(&["a"])]).and(Never::new());
    let error = cx.scope(batch.run()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert!(lab.ran().is_empty());
}

#[tokio::test]
async fn pipelines_are_batched_like_commands() {
    let pipelines = ["a", "b"].map(|text| probe(&["out", text]) | probe(&["cat"]));
    let batch = concurrent(pipelines);
    assert_eq!(batch.clone().read().await.unwrap(), "a\nb");
    assert_eq!(batch.clone().bytes().await.unwrap(), b"ab");
    assert_eq!(batch.plan().unwrap().plans().len(), 2);
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
