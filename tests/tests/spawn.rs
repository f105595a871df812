//! The handle of a running command: who waits, who signals, who drops it.

use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use cuprum::backend::Signal;
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{SafeCmd, Stdin, Stdio};
use cuprum::stream::LineEnd;
use cuprum::{Child, ErrorKind, ExitStatus, pipe};
use cuprum_tests::{Fifo, Probe};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

async fn spawn(words: &[&str]) -> Child<Vec<u8>> {
    probe(words).spawn().await.unwrap()
}

#[tokio::test]
async fn whoever_waits_gets_the_same_outcome() {
    let fifo = Fifo::new();
    let child = spawn(&["out", "x", "until", fifo.name()]).await;
    let (one, other) = (child.output(), child.output());
    let tasks = [tokio::spawn(one), tokio::spawn(other)];
    assert!(child.try_wait().unwrap().is_none());
    drop(fifo.release().await);
    assert_eq!((&child).await.unwrap(), b"x");
    let [one, other] = tasks;
    let (one, other) = (one.await.unwrap().unwrap(), other.await.unwrap().unwrap());
    assert!(std::ptr::eq(&*one, &*other), "the same outcome, and no copy");
    assert_eq!(one.stdout().bytes(), b"x");
    assert_eq!((one.pid(), child.pids()), (child.pid(), &[child.pid()][..]));
    assert!(child.try_wait().unwrap().is_some());
    assert_eq!(child.await.unwrap(), b"x");
}

#[tokio::test]
async fn a_failure_is_an_error_for_the_typed_output_and_none_for_the_outcome() {
    let child = spawn(&["err", "no\n", "exit", "3"]).await;
    assert_eq!(child.output().await.unwrap().status(), ExitStatus::Code(3));
    for error in [(&child).await.unwrap_err(), child.wait().unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Exit);
        assert!(error.to_string().ends_with("failed: exit status 3\n  no"), "{error}");
    }
    assert_eq!(child.try_wait().unwrap().unwrap().stderr().bytes(), b"no\n");
}

#[tokio::test]
async fn what_cannot_start_has_no_handle() {
    let error = cuprum::unchecked::command("/nope/tool").spawn().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProgramNotFound);
    let error = probe(&["pwd"]).in_dir("/nope").spawn().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DirectoryNotFound);
}

#[tokio::test]
async fn a_signal_reaches_the_command_and_what_it_makes_of_it_is_its_own_end() {
    let fifo = Fifo::new();
    let (up, _) = fifo.watch();
    let child = spawn(&["block-term", "say", fifo.name(), "wait-term", "out", "bye"]).await;
    up.await;
    child.signal(Signal::Term).unwrap();
    let outcome = child.output().await.unwrap();
    assert_eq!((outcome.status(), outcome.stopped()), (ExitStatus::Code(0), None));
    assert_eq!(child.await.unwrap(), b"bye");

    let child = spawn(&["stay"]).await;
    child.signal(Signal::Usr1).unwrap();
    let error = (&child).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome().unwrap().status()),
        (ErrorKind::Signal, ExitStatus::Signal(10))
    );
}

#[tokio::test]
async fn a_signal_reaches_the_whole_group() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let child = spawn(&["fork", "hold", fifo.name()]).await;
    up.await;
    child.signal(Signal::Kill).unwrap();
    gone.await;
    assert_eq!(child.output().await.unwrap().status(), ExitStatus::Signal(9));
}

#[tokio::test]
async fn what_has_ended_is_neither_signalled_nor_cancelled() {
    let child = spawn(&["out", "x"]).await;
    child.output().await.unwrap();
    child.signal(Signal::Kill).unwrap();
    child.cancel();
    assert_eq!(child.try_wait().unwrap().unwrap().stopped(), None);
    assert_eq!(child.await.unwrap(), b"x");
}

#[tokio::test]
async fn a_cancelled_command_is_ended_and_everybody_is_told() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let child = spawn(&["out", "kept", "fork", "hold", fifo.name()]).await;
    up.await;
    let waiting = child.output();
    child.cancel();
    gone.await;
    let error = waiting.await.unwrap_err();
    assert_eq!(
        (error.kind(), child.try_wait().unwrap_err().kind()),
        (ErrorKind::Cancelled, ErrorKind::Cancelled)
    );
    assert_eq!(error.outcome().unwrap().stdout().bytes(), b"kept");
    let copy = child.await.unwrap_err();
    assert!(std::ptr::eq(copy.outcome().unwrap(), error.outcome().unwrap()), "the same outcome, and no copy");
}

#[tokio::test]
async fn limits_hold_for_a_spawned_command() {
    let limit = Duration::from_millis(300);
    let child = probe(&["out", "x", "stay"]).timeout(limit).spawn().await.unwrap();
    let error = child.await.unwrap_err();
    assert_eq!((error.kind(), error.outcome().unwrap().stdout().bytes()), (ErrorKind::Timeout, &b"x"[..]));
}

#[tokio::test]
async fn dropping_the_last_handle_ends_the_group_and_an_earlier_one_does_not() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let child = spawn(&["fork", "hold", fifo.name()]).await;
    let other = child.clone();
    up.await;
    drop(child);
    assert!(other.try_wait().unwrap().is_none());
    let waiting = other.output();
    drop(other);
    let mut waiting = Box::pin(waiting);
    let polled = std::future::poll_fn(|context| Poll::Ready(waiting.as_mut().poll(context))).await;
    assert!(polled.is_pending(), "whoever waits is a handle, too");
    drop(waiting);
    gone.await;
}

#[test]
fn a_handle_outlives_the_runtime_that_started_it() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let fifo = Fifo::new();
    let child = runtime.block_on(spawn(&["until", fifo.name(), "out", "x"]));
    drop(runtime);
    drop(fifo.release().wait());
    assert_eq!(child.wait().unwrap(), b"x");
}

#[tokio::test]
async fn what_is_left_running_ends_by_itself() {
    let (fifo, other) = (Fifo::new(), Fifo::new());
    let child = spawn(&["until", fifo.name(), "hold", other.name()]).await;
    let pid = child.pid();
    child.leave_running();
    let (up, gone) = other.watch();
    drop(fifo.release().await);
    up.await;
    let pid = nix::unistd::Pid::from_raw(pid.try_into().unwrap());
    #[expect(clippy::disallowed_methods, reason = "nobody else can end it any more")]
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGKILL).unwrap();
    gone.await;
}

#[tokio::test]
async fn waiting_on_a_thread_works_inside_a_runtime_and_for_several_threads() {
    let fifo = Fifo::new();
    let child = spawn(&["until", fifo.name(), "out", "x"]).await;
    let threads =
        [child.clone(), child.clone()].map(|child| std::thread::spawn(move || child.wait().unwrap()));
    drop(fifo.release().await);
    assert_eq!(child.wait().unwrap(), b"x");
    for thread in threads {
        assert_eq!(thread.join().unwrap(), b"x");
    }
}

#[test]
fn the_background_thread_does_not_wait_for_itself() {
    let child = probe(&["stay"]).spawn().wait().unwrap();
    let seen = Arc::new(std::sync::Mutex::new(None));
    let (keep, other) = (seen.clone(), child.clone());
    let look = move |_: &cuprum::Outcome| *keep.lock().unwrap() = Some(other.wait().unwrap_err().kind());
    probe(&["out", "x"]).run().inspect(look).wait().unwrap();
    assert_eq!(*seen.lock().unwrap(), Some(ErrorKind::Io));
    child.cancel();
    assert_eq!(child.wait().unwrap_err().kind(), ErrorKind::Cancelled);
}

#[tokio::test]
async fn a_look_is_taken_at_the_outcome_of_a_spawned_command() {
    let (sender, seen) = tokio::sync::oneshot::channel();
    let mut sender = Some(sender);
    let child = probe(&["exit", "3"]).spawn().inspect(move |outcome| {
        sender.take().unwrap().send(outcome.status()).unwrap();
    });
    let child = child.await.unwrap();
    assert_eq!(seen.await.unwrap(), ExitStatus::Code(3));
    drop(child);
}

#[tokio::test]
async fn streams_are_written_and_read_while_the_command_runs() {
    let child = probe(&["cat"]).stdin(Stdin::Piped).stdout(Stdio::Piped).spawn().await.unwrap();
    let (mut stdin, mut stdout) = (child.take_stdin().unwrap(), child.take_stdout().unwrap());
    assert!(child.take_stdin().is_none() && child.take_stdout().is_none() && child.take_stderr().is_none());
    for word in ["one", "two", "six"] {
        stdin.write_all(word.as_bytes()).await.unwrap();
        let mut read = [0; 3];
        stdout.read_exact(&mut read).await.unwrap();
        assert_eq!(read, word.as_bytes());
    }
    drop(stdin);
    assert_eq!(stdout.read(&mut [0; 9]).await.unwrap(), 0, "the command has seen the end of its input");
    let outcome = child.output().await.unwrap();
    assert_eq!((outcome.status(), outcome.stdout().total()), (ExitStatus::Code(0), 0));
}

#[tokio::test]
async fn lines_are_read_while_the_command_runs() {
    let child = probe(&["cat"]).stdin(Stdin::Piped).stdout(Stdio::Piped).spawn().await.unwrap();
    let (mut stdin, mut lines) = (child.take_stdin().unwrap(), child.take_stdout().unwrap().lines());
    for word in ["one", "two", "six"] {
        stdin.write_all(format!("{word}\r\n").as_bytes()).await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap().to_string(), word);
    }
    stdin.write_all(b"rest").await.unwrap();
    drop(stdin);
    let last = lines.next().await.unwrap().unwrap();
    assert_eq!((&*last.bytes, last.end), (&b"rest"[..], LineEnd::Stream));
    assert!(lines.next().await.is_none() && lines.next().await.is_none());
    assert_eq!(child.await.unwrap(), b"");
}

#[test]
fn lines_are_waited_for_on_a_thread() {
    let command = probe(&["err", "a\nb\n", "out", "kept"]).stderr(Stdio::Piped);
    let child = command.spawn().wait().unwrap();
    let lines: Vec<String> =
        child.take_stderr().unwrap().lines().wait().map(|line| line.unwrap().to_string()).collect();
    assert_eq!(lines, ["a", "b"]);
    assert_eq!(child.wait().unwrap(), b"kept");
}

#[test]
fn a_thread_writes_and_reads_by_turns() {
    let child = probe(&["cat"]).stdin(Stdin::Piped).stdout(Stdio::Piped).spawn().wait().unwrap();
    let (mut stdin, mut lines) = (child.take_stdin().unwrap(), child.take_stdout().unwrap().lines().wait());
    for word in ["one", "two"] {
        stdin.write_sync(format!("{word}\n").as_bytes()).unwrap();
        assert_eq!(lines.next().unwrap().unwrap().to_string(), word);
    }
    child.signal(Signal::Kill).unwrap();
    child.output().wait().unwrap();
    assert_eq!(stdin.write_sync(b"x").unwrap_err().kind(), std::io::ErrorKind::BrokenPipe);
    assert!(lines.next().is_none());
}

#[tokio::test]
async fn whoever_stops_reading_ends_a_command_that_writes_on() {
    let child = probe(&["spam", "out", "100000000"]).stdout(Stdio::Piped).spawn().await.unwrap();
    drop(child.take_stdout());
    let status = child.output().await.unwrap().status();
    assert_ne!(status, ExitStatus::Code(0));
}

#[tokio::test]
async fn pipes_of_a_handle_are_the_other_verbs_own() {
    assert_eq!(probe(&["cat", "out", "x"]).stdin(Stdin::Piped).run().await.unwrap(), b"x");
    let outcome = probe(&["out", "x", "err", "y"]).stdout(Stdio::Piped).stderr(Stdio::Piped).output();
    let outcome = outcome.await.unwrap();
    assert_eq!((outcome.stdout().bytes(), outcome.stderr().bytes()), (&b"x"[..], &b"y"[..]));
}

#[tokio::test]
async fn a_pipeline_has_a_handle_too() {
    let pipeline = pipe![probe(&["cat", "out", "b"]).stdin(Stdin::Piped), probe(&["cat", "out", "c"])];
    let child = pipeline.spawn().await.unwrap();
    assert_eq!((child.pids().len(), child.pid()), (2, child.pids()[1]));
    let mut stdin = child.take_stdin().unwrap();
    stdin.write_all(b"a").await.unwrap();
    drop(stdin);
    let outcome = child.output().await.unwrap();
    assert_eq!((outcome.len(), outcome.stdout().bytes()), (2, &b"abc"[..]));
    assert_eq!(child.await.unwrap(), b"abc");

    let child = pipe![probe(&["stay"]), probe(&["cat"])].spawn().await.unwrap();
    child.signal(Signal::Kill).unwrap();
    let error = child.await.unwrap_err();
    assert_eq!((error.kind(), error.stage().is_some()), (ErrorKind::Signal, true));
}

/// Signals that race with the end reach the command or nobody, and are no error.
#[test]
fn signals_that_race_with_the_end_are_no_error() {
    for _ in 0..100 {
        let child = probe(&["exit", "0"]).spawn().wait().unwrap();
        let other = child.clone();
        let thread = std::thread::spawn(move || {
            while other.try_wait().is_ok_and(|outcome| outcome.is_none()) {
                other.signal(Signal::Cont).unwrap();
            }
            other.signal(Signal::Kill).unwrap();
        });
        assert_eq!(child.output().wait().unwrap().status(), ExitStatus::Code(0));
        thread.join().unwrap();
    }
}

#[tokio::test]
async fn a_scripted_command_is_awaited_in_virtual_time() {
    let hour = Duration::from_secs(3600);
    let lab = Lab::new().on_program::<Probe>(Script::stdout("late").takes(hour));
    let command = || cuprum_tests::probe("/lab/bin/probe", ["x"]);
    let child = lab.cx().spawn(command()).await.unwrap();
    assert_eq!(child.output().await.unwrap().duration(), hour);
    assert_eq!(child.await.unwrap(), b"late");
    let child = lab.cx().spawn(command().timeout(hour / 2)).await.unwrap();
    assert_eq!(child.await.unwrap_err().kind(), ErrorKind::Timeout);
}

#[test]
fn a_scripted_command_has_a_handle() {
    let lab = Lab::new().on_program::<Probe>(Script::stdout("scripted").then_exit(3));
    let child = lab.cx().spawn(cuprum_tests::probe("/lab/bin/probe", ["x"])).wait().unwrap();
    assert_eq!(child.wait().unwrap_err().kind(), ErrorKind::Exit);
    assert_eq!(child.output().wait().unwrap().stdout().bytes(), b"scripted");
    assert!(format!("{child:?}").contains("probe x"));
}
