//! Where standard input comes from and where output goes, with real processes.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use cuprum::prelude::*;
use cuprum::spec::{SafeCmd, Stdin, Stdio};
use cuprum::{Error, ErrorKind, ExitStatus};
use cuprum_tests::Probe;
use tokio::io::{AsyncRead, ReadBuf};

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

fn fifo(dir: &Path) -> std::path::PathBuf {
    let fifo = dir.join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    fifo
}

/// Gives chunks, then an error or the end, or nothing more.
struct Script {
    chunks: Vec<io::Result<Vec<u8>>>,
    then: Then,
}

enum Then {
    End,
    Wait,
}

impl Script {
    fn of(chunks: impl IntoIterator<Item = io::Result<Vec<u8>>>, then: Then) -> Self {
        let mut chunks: Vec<_> = chunks.into_iter().collect();
        chunks.reverse();
        Self { chunks, then }
    }
}

impl futures_core::Stream for Script {
    type Item = io::Result<Vec<u8>>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match (self.chunks.pop(), &self.then) {
            (None, Then::Wait) => Poll::Pending,
            (next, _) => Poll::Ready(next),
        }
    }
}

/// Gives this many bytes, each of which is told by its place.
struct Counting {
    next: usize,
    length: usize,
}

fn byte_at(place: usize) -> u8 {
    u8::try_from(place % 251).unwrap()
}

impl AsyncRead for Counting {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let end = (self.next + buffer.remaining()).min(self.length);
        let bytes: Vec<u8> = (self.next..end).map(byte_at).collect();
        buffer.put_slice(&bytes);
        self.next = end;
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_command_waits_for_whoever_reads_the_named_pipe_that_it_writes_to() {
    const NONBLOCK: u32 = 0o4000;
    let dir = tempfile::tempdir().unwrap();
    let fifo = dir.path().join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    // Opened for both, since opening a pipe to read it waits for who writes.
    let mut reader = std::fs::File::options().read(true).write(true).open(&fifo).unwrap();
    let shown = cuprum::unchecked::command("cat").arg("/proc/self/fdinfo/1");
    shown.stdout(Stdio::file(&fifo)).run().await.unwrap();
    let mut text = [0; 4096];
    let length = std::io::Read::read(&mut reader, &mut text).unwrap();
    let text = String::from_utf8_lossy(&text[..length]).into_owned();
    let flags = text.lines().find_map(|line| line.strip_prefix("flags:")).unwrap();
    assert_eq!(u32::from_str_radix(flags.trim(), 8).unwrap() & NONBLOCK, 0, "{text}");
}

#[tokio::test]
async fn text_and_bytes_are_an_input() {
    for stdin in [Stdin::from("hi"), "hi".to_owned().into(), b"hi".into(), vec![b'h', b'i'].into()] {
        assert_eq!(probe(&["cat"]).stdin(stdin).run().await.unwrap(), b"hi");
    }
}

#[tokio::test]
async fn a_file_is_an_input_by_its_path_and_when_it_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("in");
    fs::write(&path, "0123456789").unwrap();
    assert_eq!(probe(&["cat"]).stdin(Stdin::file(&path)).run().await.unwrap(), b"0123456789");
    let mut open = File::open(&path).unwrap();
    open.seek(io::SeekFrom::Start(4)).unwrap();
    assert_eq!(probe(&["cat"]).stdin(open).run().await.unwrap(), b"456789");
    // The child has the file itself, and no pipe.
    let what = probe(&["link", "0"]).stdin(Stdin::file(&path)).read().await.unwrap();
    assert_eq!(what, path.canonicalize().unwrap().to_str().unwrap());
}

#[tokio::test]
async fn a_pipe_that_another_command_writes_to_is_an_input() {
    let (reader, writer) = io::pipe().unwrap();
    let (reader, writer): (std::os::fd::OwnedFd, std::os::fd::OwnedFd) = (reader.into(), writer.into());
    let (written, read) = tokio::join!(
        probe(&["spam", "out", "300000"]).stdout(writer).output(),
        probe(&["cat"]).stdin(reader).run()
    );
    assert_eq!(written.unwrap().status(), ExitStatus::Code(0));
    assert_eq!(read.unwrap().len(), 300_000);
}

#[tokio::test]
async fn chunks_are_an_input_and_empty_ones_do_not_end_it() {
    let chunks = ["a", "", "b", "", "c"].map(|chunk| Ok(chunk.into()));
    let command = probe(&["cat"]).stdin(Stdin::chunks(Script::of(chunks, Then::End)));
    assert_eq!(command.run().await.unwrap(), b"abc");
}

#[tokio::test]
async fn a_large_reader_goes_through_cat_unharmed() {
    let length = 64 << 20;
    let reader = Stdin::reader(Counting { next: 0, length });
    let output = probe(&["cat"]).stdin(reader).run().await.unwrap();
    assert_eq!(output.len(), length);
    assert!(output.iter().enumerate().all(|(place, byte)| *byte == byte_at(place)));
}

#[tokio::test]
async fn a_command_that_ends_before_its_input_is_no_failure_and_is_not_waited_for() {
    probe(&["exit", "0"]).stdin(Stdin::reader(Counting { next: 0, length: 4 << 20 })).run().await.unwrap();
    let silent = Script::of([Ok(b"a".to_vec())], Then::Wait);
    probe(&["out", "x"]).stdin(Stdin::chunks(silent)).run().await.unwrap();
    // Nor where nothing is captured.
    let silent = Stdin::chunks(Script::of([], Then::Wait));
    probe(&["exit", "0"]).stdin(silent).stdout(Stdio::Null).stderr(Stdio::Null).output().await.unwrap();
}

#[tokio::test]
async fn an_input_that_fails_stops_the_command_and_keeps_what_it_printed() {
    let dir = tempfile::tempdir().unwrap();
    let done = dir.path().join("done");
    let chunks = [Ok(b"half".to_vec()), Err(io::Error::other("the disk is on fire"))];
    let command = probe(&["out", "begun", "cat", "touch", done.to_str().unwrap()])
        .stdin(Stdin::chunks(Script::of(chunks, Then::End)));
    let error = command.run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(error.to_string().contains("its input failed: the disk is on fire"), "{error}");
    let outcome = error.outcome().unwrap();
    assert!(outcome.stopped().is_some());
    assert!(b"begunhalf".starts_with(outcome.stdout().bytes()), "{:?}", outcome.stdout());
    // It never saw the end of what it would have taken for the whole input.
    assert!(!done.exists());
}

#[tokio::test]
async fn a_reader_is_for_one_run() {
    let command = probe(&["cat"]).stdin(Stdin::reader(&b"once"[..]));
    assert_eq!(command.clone().run().await.unwrap(), b"once");
    let error = command.run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidStream);
    assert!(error.outcome().is_none());
}

#[tokio::test]
async fn output_goes_into_a_file_which_is_emptied_or_to_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log");
    fs::write(&path, "something long that was there").unwrap();
    let outcome = probe(&["out", "one,", "err", "e"]).stdout(Stdio::file(&path)).output().await.unwrap();
    assert_eq!((outcome.stdout().total(), outcome.stderr().bytes()), (0, &b"e"[..]));
    assert_eq!(fs::read(&path).unwrap(), b"one,");
    probe(&["err", "two,"]).stderr(Stdio::append(&path)).output().await.unwrap();
    let mut open = File::options().append(true).open(&path).unwrap();
    probe(&["out", "three"]).stdout(open.try_clone().unwrap()).output().await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"one,two,three");
    // Our own descriptor of the file works as before.
    io::Write::write_all(&mut open, b"!").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"one,two,three!");
}

#[tokio::test]
async fn a_relative_path_is_taken_from_the_parents_directory() {
    let dir = tempfile::tempdir().unwrap();
    let plan = probe(&["x"]).in_dir(dir.path()).stdin(Stdin::file("in")).stdout(Stdio::file("out")).plan();
    let here = std::env::current_dir().unwrap();
    let launch = plan.unwrap().launch().clone();
    assert_eq!((launch.stdin, launch.stdout), (Stdin::file(here.join("in")), Stdio::file(here.join("out"))));
}

#[tokio::test]
async fn merged_streams_are_in_the_order_in_which_they_were_written() {
    let words: Vec<String> =
        (0..20).flat_map(|number| [["out", "err"][number % 2].to_owned(), format!("{number} ")]).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let expected: String = (0..20).map(|number| format!("{number} ")).collect();
    let outcome = probe(&words).stderr(Stdio::Merged).output().await.unwrap();
    assert_eq!((outcome.stdout().text_lossy().as_ref(), outcome.stderr().total()), (expected.as_str(), 0));
    let outcome = probe(&words).stdout(Stdio::Merged).output().await.unwrap();
    assert_eq!((outcome.stderr().text_lossy().as_ref(), outcome.stdout().total()), (expected.as_str(), 0));
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log");
    probe(&words).stdout(Stdio::file(&path)).stderr(Stdio::Merged).output().await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
}

/// Runs a command whose stream cannot be opened; it must not have been started.
async fn not_started(change: impl FnOnce(SafeCmd<Vec<u8>, Probe>) -> SafeCmd<Vec<u8>, Probe>) -> Error {
    let dir = tempfile::tempdir().unwrap();
    let ran = dir.path().join("ran");
    let error = change(probe(&["touch", ran.to_str().unwrap()])).output().await.unwrap_err();
    assert!(error.outcome().is_none() && !ran.exists());
    error
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named_and_nothing_is_started() {
    let dir = tempfile::tempdir().unwrap();
    let check = |error: Error, path: &Path, why: &str| {
        assert_eq!((error.kind(), error.path()), (ErrorKind::FileNotOpened, Some(path)));
        let text = error.to_string();
        assert!(text.contains(path.to_str().unwrap()) && text.contains(why), "{text}");
    };
    let absent = dir.path().join("no/file");
    check(not_started(|run| run.stdin(Stdin::file(&absent))).await, &absent, "No such file");
    check(not_started(|run| run.stdout(Stdio::file(&absent))).await, &absent, "No such file");
    check(not_started(|run| run.stderr(Stdio::append(&absent))).await, &absent, "No such file");
    check(not_started(|run| run.stdin(Stdin::file(dir.path()))).await, dir.path(), "directory");
    check(not_started(|run| run.stdout(Stdio::file(dir.path()))).await, dir.path(), "directory");
    // Both would wait for somebody at the other end.
    let fifo = fifo(dir.path());
    check(not_started(|run| run.stdin(Stdin::file(&fifo))).await, &fifo, "named pipe");
    check(not_started(|run| run.stdout(Stdio::file(&fifo))).await, &fifo, "nobody reads");
    let empty = not_started(|run| run.stdout(Stdio::file(""))).await;
    assert_eq!(empty.kind(), ErrorKind::FileNotOpened);
}

#[tokio::test]
async fn a_named_pipe_that_is_read_takes_output() {
    let dir = tempfile::tempdir().unwrap();
    let fifo = fifo(dir.path());
    let mut reader =
        rustix::fs::open(&fifo, rustix::fs::OFlags::RDONLY | rustix::fs::OFlags::NONBLOCK, 0.into())
            .map(File::from)
            .unwrap();
    probe(&["out", "through"]).stdout(Stdio::file(&fifo)).output().await.unwrap();
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    assert_eq!(text, "through");
}

#[tokio::test]
async fn both_outputs_cannot_be_merged_into_each_other() {
    let error = not_started(|run| run.stdout(Stdio::Merged).stderr(Stdio::Merged)).await;
    assert_eq!(error.kind(), ErrorKind::InvalidStream);
}

#[tokio::test]
async fn what_a_command_printed_elsewhere_cannot_be_returned() {
    let dir = tempfile::tempdir().unwrap();
    let ran = dir.path().join("ran");
    let command = || probe(&["touch", ran.to_str().unwrap()]);
    let error = command().stdout(Stdio::Null).read().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidStream);
    let error = command().stdout(Stdio::Merged).bytes().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidStream);
    assert!(!ran.exists());
    // A type may need no output at all, so that is seen only when it is read.
    let error = command().stdout(Stdio::Null).run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Output);
    assert!(error.to_string().contains("it was not captured"), "{error}");
    assert!(error.outcome().unwrap().stdout().is_elsewhere() && ran.exists());
}

#[test]
fn a_plan_shows_the_files_of_the_streams_as_a_shell_has_them() {
    let show = |run: SafeCmd<Vec<u8>, Probe>| {
        let text = run.plan().unwrap().to_string();
        text.split_once(" x").unwrap().1.to_owned()
    };
    let run = || probe(&["x"]);
    assert_eq!(show(run().stdin(Stdin::file("/a b")).stdout(Stdio::append("/out"))), " < '/a b' >> /out");
    assert_eq!(show(run().stdout(Stdio::file("/out")).stderr(Stdio::Merged)), " > /out 2>&1");
    assert_eq!(show(run().stdout(Stdio::Merged).stderr(Stdio::file("/err"))), " 2> /err 1>&2");
}

#[test]
fn the_input_is_not_in_the_debug_form_of_a_launch() {
    let plan = probe(&["x"]).stdin("hush").plan().unwrap();
    assert!(!format!("{:?}", plan.launch()).contains("hush"));
}

#[tokio::test]
async fn a_pipe_that_is_open_already_can_be_named_as_an_input() {
    let (reader, mut writer) = io::pipe().unwrap();
    writer.write_all(b"through").unwrap();
    drop(writer);
    let name = format!("/proc/self/fd/{}", reader.as_raw_fd());
    assert_eq!(probe(&["cat"]).stdin(Stdin::file(name)).run().await.unwrap(), b"through");
}
