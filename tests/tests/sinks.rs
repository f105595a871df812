//! Copies of an output, and files that hold the whole of it, with real processes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::pin::Pin;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use cuprum::outcome::{Captured, SinkReport};
use cuprum::prelude::*;
use cuprum::spec::{CancelToken, Capture, SafeCmd, Secret, Sink, Stdio};
use cuprum::{ErrorKind, ExitStatus};
use cuprum_tests::{GENEROUS, Probe};
use tokio::io::{AsyncReadExt as _, AsyncWrite};

const PROBE: &str = env!("CARGO_BIN_EXE_probe");

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(PROBE, words)
}

/// Runs a command that prints `bytes`, with a copy to the sink; the output itself is captured whole.
async fn copied(bytes: u64, sink: Sink) -> SinkReport {
    let command = probe(&["spam", "out", &bytes.to_string()]).stdout(Capture::new().tee(sink));
    let outcome = command.output().await.unwrap();
    assert_eq!((outcome.status(), outcome.stdout().total()), (ExitStatus::Code(0), bytes));
    assert_eq!(outcome.stdout().kept() as u64, bytes);
    let [report] = outcome.stdout().sinks() else { panic!("one sink, one report") };
    assert_eq!(report.written() + report.dropped(), bytes);
    report.clone()
}

/// What was written to it can be looked at afterwards.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes nothing until it is let go.
struct Stuck(Receiver<()>);

impl Stuck {
    fn new() -> (Sender<()>, Self) {
        let (sender, receiver) = mpsc::channel();
        (sender, Self(receiver))
    }
}

impl Write for Stuck {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.recv();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn every_sink_gets_the_whole_output() {
    let dir = tempfile::tempdir().unwrap();
    let (path, other) = (dir.path().join("a"), dir.path().join("b"));
    fs::write(&other, "before,").unwrap();
    let writer = Kept::default();
    let (mut theirs, ours) = tokio::io::simplex(1 << 16);
    let calls = Kept::default();
    let mut called = calls.clone();
    let capture = Capture::new()
        .tee(Sink::file(&path))
        .tee(Sink::append(&other))
        .tee(Sink::writer(writer.clone()))
        .tee(Sink::async_writer(ours))
        .tee(Sink::call(move |chunk| called.write_all(chunk).unwrap()))
        .tee(File::create(dir.path().join("c")).unwrap());
    let outcome = probe(&["out", "one,", "out", "two"]).stdout(capture).output().await.unwrap();
    let sinks = outcome.stdout().sinks();
    assert!(sinks.iter().all(|sink| sink.is_complete() && sink.written() == 7), "{sinks:?}");
    assert_eq!(sinks.len(), 6);
    assert_eq!(fs::read_to_string(&path).unwrap(), "one,two");
    assert_eq!(fs::read_to_string(&other).unwrap(), "before,one,two");
    assert_eq!(fs::read_to_string(dir.path().join("c")).unwrap(), "one,two");
    assert_eq!((writer.text().as_str(), calls.text().as_str()), ("one,two", "one,two"));
    let mut read = [0; 7];
    theirs.read_exact(&mut read).await.unwrap();
    assert_eq!(&read, b"one,two");
}

#[tokio::test]
async fn one_sink_serves_both_outputs_and_many_runs() {
    let log = Kept::default();
    let sink = Sink::writer(log.clone());
    for _ in 0..2 {
        let command = probe(&["out", "o", "err", "e"]).stdout(Capture::new().tee(sink.clone()));
        command.stderr(Capture::new().tee(sink.clone())).output().await.unwrap();
    }
    let mut letters: Vec<char> = log.text().chars().collect();
    letters.sort_unstable();
    assert_eq!(letters, ['e', 'e', 'o', 'o']);
}

#[tokio::test]
async fn a_sink_that_takes_nothing_makes_nobody_wait_for_ever() {
    let (release, stuck) = Stuck::new();
    let report = copied(8 << 20, Sink::writer(stuck)).await;
    assert_eq!((report.written(), report.dropped()), (0, 8 << 20));
    assert_eq!(report.failure_kind(), Some(io::ErrorKind::TimedOut));
    drop(release);
}

#[test]
fn a_pipe_that_nobody_reads_makes_nobody_wait_for_ever() {
    let (_reader, pipe) = io::pipe().unwrap();
    let (done, ended) = mpsc::channel();
    // On a thread of its own, since it is the runtime that would hang.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        done.send(runtime.block_on(copied(1 << 20, Sink::from(File::from(OwnedFd::from(pipe))))))
    });
    let report = ended.recv_timeout(GENEROUS).expect("the run ends");
    assert!(report.written() < 1 << 20, "{report:?}");
    assert_eq!(report.failure_kind(), Some(io::ErrorKind::TimedOut));
}

#[tokio::test]
async fn a_writer_that_collects_is_flushed_when_the_output_has_ended() {
    let kept = Kept::default();
    let sink = Sink::writer(io::BufWriter::with_capacity(1 << 20, kept.clone()));
    // The sink lives on, so that it is not its end that writes.
    copied(3000, sink.clone()).await;
    assert_eq!(kept.text().len(), 3000);
    drop(sink);
}

/// Takes what comes, but only after the other side has seen that it was asked.
struct OnCall {
    asked: Sender<()>,
    go: Receiver<()>,
    seen: u64,
}

impl Write for OnCall {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.seen == 0 {
            self.asked.send(()).unwrap();
            let _ = self.go.recv();
        }
        self.seen += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_a_slow_sink_misses_is_dropped_and_counted_and_the_command_runs_on() {
    let dir = tempfile::tempdir().unwrap();
    let (asked, _asked) = mpsc::channel();
    let (go, wait) = mpsc::channel();
    let done = dir.path().join("done");
    let sink = Sink::writer(OnCall { asked, go: wait, seen: 0 });
    let words = ["spam", "out", "8388608", "touch", done.to_str().unwrap(), "err", "done"];
    // The sink goes on as soon as the command has printed everything, and not before.
    let seen = Sink::call(move |_| go.send(()).unwrap());
    let command = probe(&words).stdout(Capture::new().tee(sink)).stderr(Capture::new().tee(seen));
    let outcome = command.output().await.unwrap();
    assert!(done.exists());
    assert_eq!(outcome.stdout().kept(), 8 << 20);
    let report = &outcome.stdout().sinks()[0];
    assert_eq!(report.written() + report.dropped(), 8 << 20);
    assert!(report.failure().is_none(), "{report:?}");
    // A megabyte on its way and another one that waits, and what was read last.
    assert!(report.dropped() >= 6 << 20, "{report:?}");
    assert!(report.written() >= 1 << 20, "{report:?}");
}

#[tokio::test]
async fn a_lossless_sink_is_waited_for_and_misses_nothing() {
    let (theirs, ours) = tokio::io::simplex(1000);
    let reading = tokio::spawn(async move {
        let (mut theirs, mut length) = (theirs, 0);
        let mut piece = [0; 777];
        while length < 8 << 20 {
            tokio::task::yield_now().await;
            length += theirs.read(&mut piece).await.unwrap();
        }
        length
    });
    let report = copied(8 << 20, Sink::async_writer(ours).lossless()).await;
    assert!(report.is_complete(), "{report:?}");
    assert_eq!(reading.await.unwrap(), 8 << 20);
}

#[tokio::test]
async fn a_lossless_sink_that_hangs_is_ended_by_the_timeout() {
    let (release, stuck) = Stuck::new();
    let words = ["block-term", "spam", "out", "8388608", "wait-term", "out", "the end"];
    let command = probe(&words)
        .stdout(Capture::new().tee(Sink::writer(stuck).lossless()))
        .timeout(Duration::from_millis(1500))
        .grace(GENEROUS / 2);
    let error = command.output().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    // From then on nobody waits for the sink, so that the command can end as it wants to.
    let outcome = error.outcome().unwrap();
    assert_eq!((outcome.status(), outcome.stopped().unwrap().forced), (ExitStatus::Code(0), false));
    assert_eq!(outcome.stdout().total(), (8 << 20) + 7);
    drop(release);
}

/// Fails at the first byte.
struct Broken;

impl AsyncWrite for Broken {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_sink_that_fails_is_reported_and_the_command_succeeds() {
    let full = copied(4 << 20, Sink::file("/dev/full")).await;
    assert_eq!(full.failure_kind(), Some(io::ErrorKind::StorageFull));
    assert_eq!((full.written(), full.sink()), (0, "/dev/full"));
    let broken = copied(4 << 20, Sink::async_writer(Broken)).await;
    assert_eq!(broken.failure_kind(), Some(io::ErrorKind::BrokenPipe));
    // A lossless one cannot be waited for any more.
    let broken = copied(4 << 20, Sink::async_writer(Broken).lossless()).await;
    assert_eq!(broken.failure_kind(), Some(io::ErrorKind::BrokenPipe));
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let closed = copied(4 << 20, Sink::from(File::from(std::os::fd::OwnedFd::from(writer)))).await;
    assert_eq!(closed.failure_kind(), Some(io::ErrorKind::BrokenPipe));
    let mut calls = 0;
    let panics = Sink::call(move |_| {
        calls += 1;
        assert!(calls < 2, "as a mistake would");
    });
    let panicked = copied(4 << 20, panics).await;
    assert!(panicked.failure().is_some() && panicked.written() > 0, "{panicked:?}");
    let writer_panics = copied(1000, Sink::writer(Panics)).await;
    assert_eq!(writer_panics.failure(), Some("it panicked"));
    // Nor is it an error to whoever wants the output.
    let full = Capture::new().tee(Sink::file("/dev/full"));
    assert_eq!(probe(&["out", "x"]).stdout(full).run().await.unwrap(), b"x");
}

struct Panics;

impl Write for Panics {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        panic!("as a mistake would")
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_required_sink_that_fails_is_the_error_of_a_run_that_succeeded() {
    let required = || Capture::new().tee(Sink::file("/dev/full").required());
    let error = probe(&["out", "x"]).stdout(required()).run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Sink);
    assert!(
        error.to_string().contains("the copy to /dev/full missed 1 of 1 bytes: No space left"),
        "{error}"
    );
    assert_eq!(error.outcome().unwrap().stdout().bytes(), b"x");
    // The command's own failure comes first.
    let error = probe(&["out", "x", "exit", "3"]).stdout(required()).run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Exit);
}

#[tokio::test]
async fn a_file_of_a_sink_that_cannot_be_opened_is_named_and_nothing_is_started() {
    let dir = tempfile::tempdir().unwrap();
    let (absent, ran) = (dir.path().join("no/file"), dir.path().join("ran"));
    for capture in [Capture::new().tee(Sink::file(&absent)), Capture::new().spill_to(&absent)] {
        let error = probe(&["touch", ran.to_str().unwrap()]).stdout(capture).output().await.unwrap_err();
        assert_eq!((error.kind(), error.path()), (ErrorKind::FileNotOpened, Some(absent.as_path())));
    }
    assert!(!ran.exists());
}

#[test]
fn a_command_is_shown_on_the_parents_own_streams() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("result");
    let host = env!("CARGO_BIN_EXE_host");
    let host = cuprum::unchecked::command(host).args(["clone", "tee", PROBE]).arg(&file);
    let shown = host.output().wait().unwrap();
    assert_eq!((shown.stdout().bytes(), shown.stderr().bytes()), (&b"to out"[..], &b"to err"[..]));
    assert_eq!(fs::read_to_string(file).unwrap(), "to out 6 None, 6 None");
}

#[tokio::test]
async fn merged_outputs_are_copied_together() {
    let log = Kept::default();
    let capture = Capture::new().tee(Sink::writer(log.clone()));
    probe(&["out", "a", "err", "b", "out", "c"])
        .stdout(capture)
        .stderr(Stdio::Merged)
        .output()
        .await
        .unwrap();
    assert_eq!(log.text(), "abc");
}

/// A token, and a sink that cancels it as soon as anything was printed.
fn cancelling() -> (CancelToken, Sink) {
    let token = CancelToken::new();
    let own = token.clone();
    (token, Sink::call(move |_| own.cancel()))
}

fn spilled(captured: &Captured) -> &Path {
    captured.spill().unwrap().path()
}

#[tokio::test]
async fn a_long_output_is_whole_in_a_file_that_goes_with_the_outcome() {
    let command = || probe(&["out", "begin", "spam", "out", "3000000", "out", "end"]);
    let capture = Capture::new().head(1000).tail(1000).spill();
    let outcome = command().stdout(capture.clone()).output().await.unwrap();
    let captured = outcome.stdout();
    assert!(captured.is_truncated());
    let bytes = fs::read(spilled(captured)).unwrap();
    assert_eq!(bytes.len() as u64, captured.total());
    assert!(
        bytes.starts_with(captured.head()) && bytes.ends_with(captured.tail()) && bytes.ends_with(b"end")
    );
    let spill = captured.spill().unwrap();
    assert!(spill.is_temporary() && spill.failure().is_none() && spill.written() == captured.total());
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(spill.path()).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);

    let (path, copy) = (spill.path().to_owned(), outcome.clone());
    drop(outcome);
    assert!(path.exists());
    drop(copy);
    assert!(!path.exists());

    let outcome = command().stdout(capture).output().await.unwrap();
    let path = outcome.stdout().spill().unwrap().keep().to_owned();
    drop(outcome);
    assert_eq!(fs::read(&path).unwrap().len(), 3_000_008);
    fs::remove_file(path).unwrap();
}

#[tokio::test]
async fn a_short_output_needs_no_temporary_file_and_a_named_one_is_always_written() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whole");
    let outcome = probe(&["out", "short"]).stdout(Capture::new().spill()).output().await.unwrap();
    assert!(outcome.stdout().spill().is_none());
    let capture = Capture::new().head(3).tail(4).spill();
    assert!(probe(&["out", "short"]).stdout(capture).output().await.unwrap().stdout().spill().is_none());
    let outcome = probe(&["out", "short"]).stdout(Capture::new().spill_to(&path)).output().await.unwrap();
    assert_eq!(spilled(outcome.stdout()), path);
    drop(outcome);
    assert_eq!(fs::read(&path).unwrap(), b"short");
}

#[tokio::test]
async fn a_full_disk_is_told_and_what_is_kept_is_kept() {
    let capture = Capture::new().head(10).tail(10).spill_to("/dev/full");
    let outcome = probe(&["spam", "out", "1000000"]).stdout(capture).output().await.unwrap();
    let spill = outcome.stdout().spill().unwrap();
    assert!(spill.failure().unwrap().contains("No space left"), "{spill:?}");
    assert_eq!((spill.written(), outcome.stdout().total(), outcome.stdout().kept()), (0, 1_000_000, 20));
}

#[tokio::test]
async fn how_much_is_kept_is_said_for_each_output() {
    let words = ["out", "0123456789", "err", "abc"];
    let kept = |capture| probe(&words).stdout(capture).output();
    assert_eq!(kept(Capture::new().head(2).tail(3)).await.unwrap().stdout().bytes(), b"01789");
    assert_eq!(kept(Capture::all()).await.unwrap().stdout().bytes(), b"0123456789");
    let nothing = kept(Capture::nothing()).await.unwrap();
    assert_eq!((nothing.stdout().kept(), nothing.stdout().total()), (0, 10));
    assert_eq!(nothing.stderr().bytes(), b"abc");
}

#[tokio::test]
async fn a_stopped_command_has_its_copies_and_its_file() {
    let log = Kept::default();
    let (token, cancel) = cancelling();
    let capture = Capture::new().head(1).tail(1).tee(Sink::writer(log.clone())).tee(cancel).spill();
    let command = probe(&["out", "partial", "stay"]).stdout(capture);
    let error = command.cancelled_by(&token).output().await.unwrap_err();
    let outcome = error.into_outcome().unwrap();
    assert_eq!(fs::read(spilled(outcome.stdout())).unwrap(), b"partial");
    assert_eq!((log.text().as_str(), outcome.stdout().total()), ("partial", 7));
}

#[tokio::test]
async fn any_stage_of_a_pipeline_can_have_copies() {
    let folder = tempfile::tempdir().unwrap();
    let (copy, spill) = (folder.path().join("copy"), folder.path().join("spill"));
    let capture = Capture::nothing().tee(Sink::file(&copy).required()).spill_to(&spill);
    let outcome = (probe(&["out", "x"]).stdout(capture) | probe(&["cat"])).output().await.unwrap();
    assert_eq!((fs::read(&copy).unwrap(), fs::read(&spill).unwrap()), (b"x".to_vec(), b"x".to_vec()));
    assert_eq!(outcome.stdout().bytes(), b"x");
    let log = Kept::default();
    let copy = || Capture::new().tee(Sink::writer(log.clone()));
    let last = probe(&["cat"]).stdout(copy());
    (probe(&["out", "out", "err", "err"]).stderr(copy()) | last).output().await.unwrap();
    assert!(["outerr", "errout"].contains(&log.text().as_str()), "{}", log.text());
    let last = probe(&["cat"]).stdout(Capture::new().tee(Sink::file("/dev/full").required()));
    let error = (probe(&["out", "x"]) | last).run().await.unwrap_err();
    assert_eq!((error.kind(), error.stage()), (ErrorKind::Sink, Some(1)));
}

/// Keeps the events of one target as text.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

impl tracing::Subscriber for Events {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "cuprum::output"
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        struct Fields(String);
        impl tracing::field::Visit for Fields {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                self.0 += &format!(" {}={value:?}", field.name());
            }
        }
        let mut fields = Fields(event.metadata().level().to_string());
        event.record(&mut fields);
        self.0.lock().unwrap().push(fields.0);
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn each_line_is_an_event_where_that_is_asked_for() {
    let events = Events::default();
    let _here = tracing::subscriber::set_default(events.clone());
    let capture = || Capture::new().tee(Sink::tracing(tracing::Level::INFO));
    probe(&["out", "one\r\ntw", "out", "o"]).stdout(capture()).output().await.unwrap();
    probe(&["err", "bad\n"])
        .stderr(Capture::new().tee(Sink::tracing(tracing::Level::WARN)))
        .output()
        .await
        .unwrap();
    let token = Secret::new("hunter2".to_owned());
    probe(&["out", "it is hunter2"]).env("TOKEN", token).stdout(capture()).output().await.unwrap();
    // A command that is stopped has begun a line.
    let (token, cancel) = cancelling();
    let stays = probe(&["out", "begun", "stay"]).stdout(capture().tee(cancel));
    stays.cancelled_by(&token).output().await.unwrap_err();
    let fields = "program=\"probe\" stream=";
    let expected = [
        format!("INFO message=one {fields}\"stdout\""),
        format!("INFO message=two {fields}\"stdout\""),
        format!("WARN message=bad {fields}\"stderr\""),
        format!("INFO message=it is *** {fields}\"stdout\""),
        format!("INFO message=begun {fields}\"stdout\""),
    ];
    assert_eq!(*events.0.lock().unwrap(), expected);
}
