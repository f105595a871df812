//! Runs against real processes: streams, status, environment, directory, teardown.

use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use cuprum::prelude::*;
use cuprum::spec::{SafeCmd, Stdin, Stdio};
use cuprum::{Cx, ErrorKind, ExitStatus, context::CaptureLimit};
use cuprum_tests::{Fifo, Probe};

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

#[tokio::test]
async fn both_streams_and_the_status_are_in_the_outcome() {
    let outcome = probe(&["out", "hello", "err", "oh", "exit", "3"]).output().await.unwrap();
    assert_eq!(outcome.status(), ExitStatus::Code(3));
    assert_eq!(outcome.stdout().bytes(), b"hello");
    assert_eq!(outcome.stderr().bytes(), b"oh");
    assert!(outcome.pid() > 1 && outcome.duration() > Duration::ZERO);
    assert!(outcome.cpu().is_some_and(|cpu| cpu.user + cpu.system > Duration::ZERO));
}

#[tokio::test]
async fn text_is_trimmed_at_its_end_and_must_be_utf_8() {
    assert_eq!(probe(&["out", " a \r\n\n"]).read().await.unwrap(), " a ");
    let bytes = std::os::unix::ffi::OsStrExt::from_bytes(b"a\xff");
    let words: [&std::ffi::OsStr; 2] = ["out".as_ref(), bytes];
    let command = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words);
    let error = command.read().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Output);
    assert!(error.to_string().contains("expected UTF-8 text at byte 1 of the output"), "{error}");
    assert_eq!(error.outcome().unwrap().stdout().bytes(), b"a\xff");
}

#[tokio::test]
async fn a_large_output_on_both_streams_does_not_block_the_child() {
    let outcome = probe(&["spam", "err", "3000000", "spam", "out", "3000000"]).output().await.unwrap();
    assert_eq!(outcome.stdout().total(), 3_000_000);
    assert_eq!(outcome.stderr().total(), 3_000_000);
}

#[tokio::test]
async fn a_capture_beyond_its_limit_keeps_both_ends_and_fails_typed_readers() {
    let cx = Cx::new().with_capture_limit(CaptureLimit { head: 2, tail: 3 });
    let long = || probe(&["out", "a", "spam", "out", "1000000", "out", "z"]);
    let outcome = cx.output(long()).await.unwrap();
    assert_eq!((outcome.stdout().head(), outcome.stdout().tail()), (&b"ax"[..], &b"xxz"[..]));
    assert_eq!(outcome.stdout().total(), 1_000_002);
    let error = cx.run(long()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Output);
    assert!(error.to_string().contains("5 of 1000002 bytes were kept"), "{error}");
}

#[tokio::test]
async fn a_large_input_and_output_at_once_do_not_deadlock() {
    let input = vec![b'i'; 4 << 20];
    let output = probe(&["cat"]).stdin(Stdin::Bytes(input.clone())).run().await.unwrap();
    assert!(output == input);
}

#[tokio::test]
async fn a_child_that_does_not_read_its_input_is_no_error() {
    probe(&["exit", "0"]).stdin(Stdin::Bytes(vec![0; 4 << 20])).run().await.unwrap();
}

#[tokio::test]
async fn standard_input_is_empty_by_default() {
    assert_eq!(probe(&["cat"]).run().await.unwrap(), b"");
}

#[tokio::test]
async fn a_stream_that_goes_nowhere_is_not_captured() {
    let outcome = probe(&["out", "a", "err", "b"]).stdout(Stdio::Null).output().await.unwrap();
    assert_eq!((outcome.stdout().bytes(), outcome.stderr().bytes()), (&b""[..], &b"b"[..]));
}

#[tokio::test]
async fn the_environment_is_the_parents_with_the_changes_on_top() {
    assert_eq!(probe(&["env", "CARGO_PKG_NAME"]).read().await.unwrap(), "cuprum-tests");
    assert_eq!(
        probe(&["env", "CARGO_PKG_NAME"]).env_remove("CARGO_PKG_NAME").read().await.unwrap(),
        "<unset>"
    );
    assert_eq!(probe(&["env", "X"]).env("X", "1").env("X", "2").read().await.unwrap(), "2");
    let cx = Cx::new().with_env("X", "context").with_env("Y", "context");
    assert_eq!(
        cx.read(probe(&["env", "X", "env", "Y"]).env("X", "command,")).await.unwrap(),
        "command,context"
    );
    let path = std::path::Path::new(env!("CARGO_BIN_EXE_probe")).parent().unwrap();
    assert_eq!(probe(&["env", "HOME"]).env_clear().env("PATH", path).read().await.unwrap(), "<unset>");
}

#[tokio::test]
async fn the_directory_may_be_relative_to_the_parents() {
    let here = std::env::current_dir().unwrap().canonicalize().unwrap();
    assert_eq!(probe(&["pwd"]).in_dir("src").read().await.unwrap(), here.join("src").display().to_string());
    assert_eq!(probe(&["pwd"]).read().await.unwrap(), here.display().to_string());
}

#[test]
fn waiting_works_without_a_runtime() {
    assert_eq!(probe(&["out", "x"]).run().wait().unwrap(), b"x");
    assert_eq!(probe(&["out", "x"]).run_sync().unwrap(), b"x");
}

#[tokio::test]
async fn waiting_works_inside_a_current_thread_runtime() {
    assert_eq!(probe(&["out", "x"]).run().wait().unwrap(), b"x");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_works_inside_a_multi_thread_runtime() {
    assert_eq!(probe(&["out", "x"]).run().wait().unwrap(), b"x");
}

#[test]
fn awaiting_works_without_a_tokio_runtime() {
    let future = probe(&["out", "x"]).run();
    assert_eq!(block_on_without_tokio(future).unwrap(), b"x");
    let lines = block_on_without_tokio(Box::pin(async {
        let mut lines = probe(&["out", "a\nb\n"]).lines();
        let mut read = Vec::new();
        while let Some(line) = lines.next().await {
            read.push(line.unwrap().to_string());
        }
        read
    }));
    assert_eq!(lines, ["a", "b"]);
}

#[test]
fn waiting_works_while_another_run_is_looked_at() {
    let inner = || drop(probe(&["out", "y"]).run().wait().unwrap());
    assert_eq!(probe(&["out", "x"]).run().inspect(move |_| inner()).wait().unwrap(), b"x");
}

#[tokio::test]
async fn a_run_that_was_polled_is_not_waited_for() {
    let mut run = probe(&["stay"]).run();
    assert!(std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut run).poll(context))).await.is_pending());
    assert_eq!(run.wait().unwrap_err().kind(), ErrorKind::Io);
}

#[test]
fn waiting_inherits_the_current_scope() {
    let cx = Cx::new().with_env("X", "scoped");
    assert_eq!(cx.scope_sync(|| probe(&["env", "X"]).read().wait()).unwrap(), "scoped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropping_a_run_ends_the_whole_group() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let run = tokio::spawn(probe(&["fork", "hold", fifo.name()]).run());
    up.await;
    run.abort();
    gone.await;
}

#[test]
fn dropping_a_run_with_its_runtime_ends_the_whole_group() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.spawn(probe(&["fork", "hold", fifo.name()]).run());
    up.wait();
    drop(runtime);
    gone.wait();
}

#[test]
fn a_run_that_is_dropped_with_its_runtime_still_has_its_grace() {
    let (ready, on, bye) = (Fifo::new(), Fifo::new(), Fifo::new());
    let ((up, _up_gone), (said, _said_gone)) = (ready.watch(), bye.watch());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let words = ["block-term", "say", ready.name(), "wait-term", "until", on.name(), "say", bye.name()];
    let (sender, gone) = std::sync::mpsc::channel();
    let command = probe(&words).grace(Duration::from_secs(3600)).after(move |_, _| sender.send(()).unwrap());
    runtime.spawn(command.run());
    up.wait();
    drop(runtime);
    // It was asked to end, and takes its time; that it has ended is seen at once.
    drop(on.release().wait());
    said.wait();
    gone.recv_timeout(cuprum_tests::GENEROUS).unwrap();
}

fn block_on_without_tokio<F: Future>(future: F) -> F::Output {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        std::thread::park();
    }
}
