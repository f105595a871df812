//! Commands joined by pipes: what flows, what a failure is, and who is stopped.

use std::time::Duration;

use cuprum::outcome::CancelReason;
use cuprum::prelude::*;
use cuprum::spec::{Mode, SafeCmd, Stdin};
use cuprum::{Command, Cx, Error, ErrorKind, ExitStatus, Program, Running};
use cuprum_tests::Probe;

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

/// A program that has no end of its own.
#[derive(Program)]
struct Yes;

#[derive(Command)]
#[command(program = Yes)]
struct Forever {}

#[derive(Program)]
#[program(separator = "--", tier = read)]
struct Head;

#[derive(Command)]
#[command(program = Head, tier = read, output = String)]
struct First {
    #[arg(short)]
    n: u32,
}

#[derive(Program)]
struct Sh;

#[derive(Program)]
struct Absent;

#[derive(Command)]
#[command(program = Absent)]
struct Never {}

const EXITED: fn(i32) -> ExitStatus = ExitStatus::Code;

async fn failed(run: Running<Vec<u8>>) -> Error {
    run.await.unwrap_err()
}

#[tokio::test]
async fn the_output_of_a_stage_is_the_input_of_the_next() {
    let three = probe(&["out", "a b"]) | probe(&["cat", "out", "!"]) | probe(&["cat"]);
    assert_eq!(three.to_string(), "probe out 'a b' | probe cat out '!' | probe cat");
    let outcome = three.output().await.unwrap();
    assert_eq!(outcome.stdout().text_lossy(), "a b!");
    assert_eq!((outcome.len(), outcome.failure_index()), (3, None));
    assert!(outcome.stages().all(|stage| stage.status().success() && stage.pid() > 0));
    assert_eq!(outcome.stage(0).unwrap().stdout().total(), 0);
}

#[tokio::test]
async fn grouping_changes_nothing() {
    let [a, b, c] = [probe(&["out", "x"]), probe(&["cat", "out", "y"]), probe(&["cat", "out", "z"])];
    let left = (a.clone() | b.clone()) | c.clone();
    let right = a.clone() | (b.clone() | c.clone());
    assert_eq!(left.to_string(), right.to_string());
    assert_eq!(right.read().await.unwrap(), "xyz");
    assert_eq!(pipe![a, b, c].read().await.unwrap(), "xyz");
}

#[tokio::test]
async fn a_reader_that_ends_early_ends_its_writer_and_that_is_no_failure() {
    let outcome = (Forever::new() | First::new(1)).output().await.unwrap();
    assert_eq!(outcome.stdout().text_lossy(), "y\n");
    assert_eq!(outcome.failure_index(), None);
    assert_eq!(outcome.stage(0).unwrap().status().signal_name(), Some("SIGPIPE"));
    assert_eq!((Forever::new() | First::new(2)).run().await.unwrap(), "y\ny");
}

#[tokio::test]
async fn a_broken_pipe_of_the_last_stage_is_a_failure() {
    // Rust's own programs ignore the signal.
    let dies = cmd!(Sh, "-c 'kill -PIPE $$'");
    let error = (probe(&["out", "x"]) | dies).run().await.unwrap_err();
    assert_eq!((error.kind(), error.stage()), (ErrorKind::Signal, Some(1)));
}

#[tokio::test]
async fn a_stage_before_the_last_that_fails_is_named() {
    let error = failed((probe(&["err", "no\n", "exit", "3"]) | probe(&["cat"])).run()).await;
    assert_eq!((error.kind(), error.stage()), (ErrorKind::Exit, Some(0)));
    assert_eq!(error.outcome().unwrap().status(), EXITED(3));
    assert_eq!(
        error.to_string(),
        "`probe err $'no\\n' exit 3`, stage 0 of `probe err $'no\\n' exit 3 | probe cat`, failed: exit status 3\n  no"
    );
}

#[tokio::test]
async fn the_first_to_fail_in_time_stops_the_others() {
    let (first, last) = (probe(&["stay"]), probe(&["stay"]));
    let outcome = (first | probe(&["exit", "3"]) | last).output().await.unwrap();
    assert_eq!(outcome.failure_index(), Some(1));
    assert_eq!(outcome.failure().unwrap().status(), EXITED(3));
    for index in [0, 2] {
        let stage = outcome.stage(index).unwrap();
        assert_eq!(stage.status().signal_name(), Some("SIGTERM"));
        let stopped = stage.stopped().unwrap();
        assert_eq!((stopped.reason, stopped.forced), (CancelReason::StageFailed(1), false));
    }
    assert_eq!(outcome.stage(1).unwrap().stopped(), None);
}

#[tokio::test]
async fn a_last_stage_that_fails_stops_those_before_it() {
    let outcome = (probe(&["stay"]) | probe(&["exit", "5"])).output().await.unwrap();
    assert_eq!(outcome.failure_index(), Some(1));
    assert_eq!(outcome.stage(0).unwrap().status().signal_name(), Some("SIGTERM"));
}

#[tokio::test]
async fn a_stage_that_ignores_the_request_is_killed() {
    let deaf = probe(&["block-term", "out", "x", "stay"]);
    // The reader fails only when the other one is up and deaf.
    let outcome =
        (deaf | probe(&["take", "1", "exit", "4"])).grace(Duration::from_millis(50)).output().await.unwrap();
    let stage = outcome.stage(0).unwrap();
    assert_eq!((stage.status().signal_name(), stage.stopped().unwrap().forced), (Some("SIGKILL"), true));
}

#[tokio::test]
async fn only_the_last_stage_counts_in_that_mode() {
    let outcome =
        (probe(&["out", "x", "exit", "3"]) | probe(&["cat"])).mode(Mode::Last).output().await.unwrap();
    assert_eq!((outcome.failure_index(), outcome.status()), (None, EXITED(0)));
    assert_eq!(outcome.stdout().text_lossy(), "x");
    let code = (probe(&["exit", "3"]) | probe(&["cat", "exit", "4"])).mode(Mode::Last).code().await.unwrap();
    assert_eq!(code, 4);
}

#[tokio::test]
async fn the_last_of_several_failures_counts_with_pipefail() {
    let stages = || probe(&["exit", "3"]) | probe(&["cat", "exit", "4"]) | probe(&["cat", "out", "z"]);
    let outcome = stages().mode(Mode::PipeFail).output().await.unwrap();
    assert_eq!((outcome.failure_index(), outcome.status()), (Some(1), EXITED(4)));
    assert_eq!(outcome.stdout().text_lossy(), "z");
    assert_eq!(stages().mode(Mode::PipeFail).code().await.unwrap(), 4);
}

#[tokio::test]
async fn a_stage_that_cannot_start_ends_those_before_it() {
    let error = (probe(&["stay"]) | Never::new()).run().await.unwrap_err();
    assert_eq!((error.kind(), error.program()), (ErrorKind::ProgramNotFound, "absent"));
}

#[tokio::test]
async fn the_standard_error_of_each_stage_is_its_own() {
    let two = probe(&["err", "e1", "out", "p"]) | probe(&["cat", "err", "e2"]);
    let outcome = two.output().await.unwrap();
    let kept: Vec<_> = outcome.stages().map(|stage| stage.stderr().text_lossy().into_owned()).collect();
    assert_eq!(kept, ["e1", "e2"]);
}

#[tokio::test]
async fn a_stage_in_the_middle_that_prints_many_errors_stalls_nothing() {
    let middle = probe(&["spam", "err", "1000000", "cat"]);
    let outcome = (probe(&["out", "x"]) | middle | probe(&["cat"])).output().await.unwrap();
    assert_eq!(outcome.stdout().text_lossy(), "x");
    assert_eq!(outcome.stage(1).unwrap().stderr().total(), 1_000_000);
}

#[tokio::test]
async fn a_million_bytes_come_through_three_stages() {
    let input: Vec<u8> = (0..1_000_003u32).map(|i| u8::try_from(i % 251).unwrap()).collect();
    let stages = probe(&["cat"]).stdin(Stdin::Bytes(input.clone())) | probe(&["cat"]) | probe(&["cat"]);
    assert!(stages.bytes().await.unwrap() == input);
}

#[tokio::test]
async fn a_timeout_covers_the_whole_and_keeps_what_was_printed() {
    let two = probe(&["out", "a", "err", "b", "stay"]) | probe(&["take", "1", "out", "c", "stay"]);
    // Of the limits of stages and of the whole the smallest holds.
    let two = two.timeout(Duration::from_secs(60)) | probe(&["cat"]).timeout(Duration::from_millis(300));
    let error = two.run().await.unwrap_err();
    assert_eq!((error.kind(), error.stage()), (ErrorKind::Timeout, None));
    let stages = error.stages().unwrap();
    assert!(stages.stages().take(2).all(|stage| stage.stopped().is_some()), "{error}");
    assert!(error.to_string().contains("| probe cat` failed: timed out after 300ms"), "{error}");
}

#[tokio::test]
async fn lines_are_those_of_the_last_stage_and_all_standard_errors() {
    let mut lines = (probe(&["err", "e1\n", "out", "a\nb"]) | probe(&["cat"])).lines();
    let mut all = Vec::new();
    while let Some(line) = lines.next().await {
        all.push(line.unwrap().to_string());
    }
    all.sort();
    assert_eq!(all, ["a", "b", "e1"]);
}

#[tokio::test]
async fn a_stage_in_the_middle_cannot_have_an_input_of_its_own() {
    let inner = probe(&["cat"]).stdin(Stdin::Bytes(b"x".to_vec()));
    let error = (probe(&["out", "y"]) | inner).run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidStream);
    assert!(error.to_string().contains("stage 1 reads what the stage before it prints"), "{error}");
}

#[test]
fn every_program_must_be_permitted() {
    allowlist! {
        /// The test program, and no other.
        Only = [Probe];
    }
    // The commands look for it elsewhere than the parent, and so must the list.
    let dir = std::path::Path::new(env!("CARGO_BIN_EXE_probe")).parent().unwrap();
    let cx = Cx::new().with_env("PATH", dir).narrow::<Only>();
    assert_eq!(cx.read(probe(&["out", "x"]) | probe(&["cat"])).wait().unwrap(), "x");
    let refused = cx.scope_sync(|| (probe(&["out", "x"]) | First::new(1)).run_sync());
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Forbidden);
}

#[test]
fn a_pipeline_can_be_waited_for_and_planned() {
    let two = probe(&["out", "x"]) | probe(&["cat"]);
    let plan = two.clone().plan().unwrap();
    assert_eq!(plan.stages().len(), 2);
    assert!(plan.to_string().contains("probe out x | env PATH="), "{plan}");
    assert_eq!(two.run_sync().unwrap(), b"x");
}
