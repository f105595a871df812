//! What stops a command, what is kept of it then, and what becomes of its group.

use std::time::Duration;

use cuprum::outcome::CancelReason;
use cuprum::prelude::*;
use cuprum::spec::{CancelToken, Leftovers, SafeCmd};
use cuprum::{Error, ErrorKind, ExitStatus, Lab, Result, graph};
use cuprum_tests::{Fifo, GENEROUS, Probe};
use tokio::task::JoinHandle;

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

/// Cancels a run when its process is up, and returns its error.
async fn cancel_when_up(fifo: &Fifo, command: SafeCmd<Vec<u8>, Probe>) -> Error {
    let token = CancelToken::new();
    let (up, gone) = fifo.watch();
    let run = tokio::spawn(command.cancelled_by(&token).run());
    up.await;
    token.cancel();
    let error = run.await.unwrap().unwrap_err();
    gone.await;
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    error
}

const SHORT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_timeout_ends_the_whole_group_and_keeps_the_output() {
    let fifo = Fifo::new();
    let (_, gone) = fifo.watch();
    let command = probe(&["out", "a", "err", "b", "fork", "hold", fifo.name()]).timeout(4 * SHORT);
    let error = command.run().await.unwrap_err();
    gone.await;
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let outcome = error.outcome().unwrap();
    assert_eq!((outcome.stdout().bytes(), outcome.stderr().bytes()), (&b"a"[..], &b"b"[..]));
    assert_eq!(outcome.status(), ExitStatus::Signal(15));
    assert_eq!(outcome.stopped().unwrap().reason, CancelReason::Timeout(4 * SHORT));
    assert!(!outcome.stopped().unwrap().forced && !outcome.leaked());
    let text = error.to_string();
    assert!(text.ends_with("failed: timed out after 1.2s; killed by SIGTERM\n  b"), "{text}");
}

#[tokio::test]
async fn a_command_that_handles_the_signal_is_given_time_to_do_so() {
    let fifo = Fifo::new();
    let command = probe(&["block-term", "say", fifo.name(), "wait-term", "out", "bye"]);
    let error = cancel_when_up(&fifo, command).await;
    let outcome = error.outcome().unwrap();
    assert_eq!(outcome.stdout().bytes(), b"bye");
    assert_eq!(outcome.status(), ExitStatus::Code(0));
    assert!(!outcome.stopped().unwrap().forced);
}

#[tokio::test]
async fn a_command_that_ignores_the_signal_is_killed_after_the_grace() {
    let fifo = Fifo::new();
    let command = probe(&["out", "kept", "block-term", "hold", fifo.name()]).grace(SHORT);
    let error = cancel_when_up(&fifo, command).await;
    let outcome = error.outcome().unwrap();
    assert_eq!(outcome.stdout().bytes(), b"kept");
    assert_eq!(outcome.status(), ExitStatus::Signal(9));
    assert!(outcome.stopped().unwrap().forced);
    assert!(error.to_string().contains("was cancelled and had to be killed\n"), "{error}");
}

#[tokio::test]
async fn a_member_of_the_group_that_outlives_its_leader_is_killed() {
    let fifo = Fifo::new();
    let command = probe(&["fork", "block-term", "hold", fifo.name()]).grace(SHORT);
    // The leader ends at the signal, and the other at the end of the grace.
    let error = cancel_when_up(&fifo, command).await;
    assert_eq!(error.outcome().unwrap().status(), ExitStatus::Signal(15));
}

#[tokio::test]
async fn a_member_of_the_group_that_outlives_its_leader_has_a_grace_too() {
    let (fifo, last) = (Fifo::new(), Fifo::new());
    let (up, _) = fifo.watch();
    let member = ["block-term", "say", fifo.name(), "wait-term", "until", last.name(), "out", "bye"];
    let command = probe(&[&["fork"], &member[..]].concat()).grace(10 * GENEROUS);
    let token = CancelToken::new();
    let run = tokio::spawn(command.cancelled_by(&token).run());
    up.await;
    token.cancel();
    let release = last.release().await;
    // It is looked whether the group is gone, and it is not, although its leader is.
    for _ in 0..20 {
        probe(&[]).run().await.unwrap();
    }
    drop(release);
    let error = run.await.unwrap().unwrap_err();
    let outcome = error.outcome().unwrap();
    assert_eq!((outcome.stdout().bytes(), outcome.leaked()), (&b"bye"[..], false));
    assert_eq!(outcome.status(), ExitStatus::Signal(15));
}

#[tokio::test]
async fn a_stopped_command_is_continued_so_that_it_can_end() {
    let fifo = Fifo::new();
    let command = probe(&["say", fifo.name(), "stop", "stay"]).grace(100 * SHORT);
    let error = cancel_when_up(&fifo, command).await;
    assert_eq!(error.outcome().unwrap().status(), ExitStatus::Signal(15));
}

#[test]
fn waiting_obeys_a_timeout_too() {
    assert_eq!(probe(&["stay"]).timeout(SHORT).run().wait().unwrap_err().kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn a_limit_that_is_over_while_the_stages_start_ends_those_that_have() {
    let limit = Duration::from_millis(1);
    let first = (probe(&["stay"]) | probe(&["cat"])).mixed();
    let line = (0..300).fold(first, |line, _| (line | probe(&["cat"])).mixed());
    let error = line.timeout(limit).run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let stages = error.stages().unwrap();
    let started = stages.stages().filter(|stage| stage.pid() > 0).count();
    assert!((1..302).contains(&started), "{started}");
    assert!(stages.stages().skip(started).all(|stage| stage.pid() == 0), "{stages:?}");
    let reason = stages.final_stage().stopped().map(|stopped| stopped.reason);
    assert_eq!((stages.len(), reason), (302, Some(CancelReason::Timeout(limit))));
}

#[test]
fn a_limit_of_no_time_is_refused_before_anything_starts() {
    let lab = Lab::new();
    let command = || cuprum_tests::probe("/lab/bin/probe", ["x"]);
    for command in [command().timeout(Duration::ZERO), command().idle_timeout(Duration::ZERO)] {
        let error = lab.cx().run(command).wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidLimit);
    }
    let pipeline = (command() | command()).timeout(Duration::ZERO);
    let graph = graph(pipeline.clone()).then(command());
    let errors =
        [lab.cx().run(pipeline.clone()).wait().unwrap_err(), lab.cx().run(graph).wait().unwrap_err()];
    for error in errors.into_iter().chain([lab.cx().scope_sync(|| pipeline.plan()).unwrap_err()]) {
        assert_eq!(error.kind(), ErrorKind::InvalidLimit);
    }
    assert!(lab.ran().is_empty());
}

#[test]
fn a_token_that_is_cancelled_already_starts_nothing() {
    let lab = Lab::new();
    let token = CancelToken::new();
    token.cancel();
    let command = cuprum_tests::probe("/lab/bin/probe", ["x"]).cancelled_by(&token);
    let error = lab.cx().run(command).wait().unwrap_err();
    assert_eq!((error.kind(), error.outcome().is_none()), (ErrorKind::Cancelled, true));
    assert!(lab.ran().is_empty());
}

/// Runs a command that exits at once and leaves a process behind that holds its output.
fn leave(fifo: &Fifo, session: bool, leftovers: Leftovers) -> JoinHandle<Result<cuprum::Outcome>> {
    let until = ["until", fifo.name()];
    let words = if session { ["leave", "session"].to_vec() } else { ["leave"].to_vec() };
    let words = [&["out", "hi"], &words[..], &until].concat();
    tokio::spawn(probe(&words).leftovers(leftovers).output())
}

#[tokio::test]
async fn by_default_a_run_waits_for_whoever_holds_its_output() {
    let fifo = Fifo::new();
    let run = leave(&fifo, false, Leftovers::Wait);
    let release = fifo.release().await;
    assert!(!run.is_finished());
    drop(release);
    let outcome = run.await.unwrap().unwrap();
    assert_eq!((outcome.stdout().bytes(), outcome.leaked()), (&b"hi"[..], false));
}

#[tokio::test]
async fn a_drained_run_ends_when_its_output_is_quiet_and_says_that_it_leaked() {
    let fifo = Fifo::new();
    let run = leave(&fifo, false, Leftovers::Drain(SHORT));
    let release = fifo.release().await;
    let outcome = run.await.unwrap().unwrap();
    assert_eq!((outcome.stdout().bytes(), outcome.leaked()), (&b"hi"[..], true));
    assert_eq!(outcome.status(), ExitStatus::Code(0));
    drop(release);
}

#[tokio::test]
async fn leftovers_of_the_group_are_killed_on_request() {
    let fifo = Fifo::new();
    let release = fifo.release();
    let run = leave(&fifo, false, Leftovers::Kill);
    let outcome = run.await.unwrap().unwrap();
    assert_eq!((outcome.stdout().bytes(), outcome.leaked()), (&b"hi"[..], true));
    // Whether it had opened the pipe before it was killed is not certain.
    drop(release);
}

#[tokio::test]
async fn a_holder_outside_of_the_group_does_not_keep_a_timeout_waiting() {
    let fifo = Fifo::new();
    let until = ["out", "x", "leave", "session", "until", fifo.name()];
    let run = tokio::spawn(probe(&until).timeout(4 * SHORT).grace(10 * GENEROUS).run());
    let release = fifo.release().await;
    // The grace is for those who are left of the group, and nobody is.
    let error = tokio::time::timeout(GENEROUS, run).await.unwrap().unwrap().unwrap_err();
    let outcome = error.outcome().unwrap();
    assert_eq!((outcome.stdout().bytes(), outcome.leaked()), (&b"x"[..], true));
    // The command itself had ended long before.
    assert_eq!((outcome.stopped(), outcome.status()), (None, ExitStatus::Code(0)));
    assert!(error.to_string().contains("failed: timed out after 1.2s; exit status 0"), "{error}");
    drop(release);
}
