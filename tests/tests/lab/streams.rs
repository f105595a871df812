//! Inputs, copies and lines in the scripted world: the same each time, and nothing waits in vain.

use std::io;
use std::sync::mpsc;

use cuprum::ErrorKind;
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Budget, Capture, Sink, Stdin};
use cuprum_tests::Probe;
use tokio::io::AsyncReadExt as _;

use crate::{SECOND, probe};

fn lab(script: Script) -> Lab {
    Lab::new().on_program::<Probe>(script)
}

/// Keeps what is written to it.
struct Kept(mpsc::Sender<Vec<u8>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.send(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn copies_are_made_in_virtual_time() {
    let lab = lab(Script::stdout("a").wait(100 * SECOND).print("b"));
    let (sender, copies) = mpsc::channel();
    let (mut reader, writer) = tokio::io::simplex(100);
    let capture = Capture::new().tee(Sink::writer(Kept(sender))).tee(Sink::async_writer(writer));
    let outcome = lab.run(async { probe(&["x"]).stdout(capture.clone()).output().await.unwrap() });
    assert_eq!(outcome.duration(), 100 * SECOND);
    let sinks = outcome.stdout().sinks();
    assert!(sinks.iter().all(|sink| sink.is_complete() && sink.written() == 2), "{sinks:?}");
    // A slow thread finds both at once.
    assert_eq!(copies.try_iter().collect::<Vec<_>>().concat(), b"ab");
    let read = lab.run(async move {
        let mut read = [0; 2];
        reader.read_exact(&mut read).await.unwrap();
        read
    });
    assert_eq!(&read, b"ab");
}

#[test]
fn a_reader_is_an_input_and_its_failure_stops_the_process() {
    let lab = lab(Script::new().copy());
    let output = lab.run(async { probe(&["x"]).stdin(Stdin::reader(&b"read"[..])).run().await.unwrap() });
    assert_eq!(output, b"read");

    struct Fails;
    impl tokio::io::AsyncRead for Fails {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<io::Result<()>> {
            std::task::Poll::Ready(Err(io::Error::other("the reader broke")))
        }
    }
    let error = lab.run(async { probe(&["x"]).stdin(Stdin::reader(Fails)).run().await.unwrap_err() });
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(error.to_string().contains("the reader broke"), "{error}");
    assert!(error.outcome().unwrap().stopped().is_some());
}

#[test]
fn lines_are_looked_at_and_counted_in_a_lab() {
    let lab = lab(Script::stdout("a\nb").wait(SECOND).print("c\n"));
    let (sender, seen) = mpsc::channel();
    lab.run(async {
        probe(&["x"]).for_each_line(move |line| sender.send(line.to_string()).unwrap()).await.unwrap();
    });
    assert_eq!(seen.iter().collect::<Vec<_>>(), ["a", "bc"]);
    // A lossy reader is as any other one where nothing happens beside it.
    let read = lab.run(async {
        let (mut lines, mut read) = (probe(&["x"]).lines().lossy(), Vec::new());
        while let Some(line) = lines.next().await {
            read.push(line.unwrap().to_string());
        }
        read
    });
    assert_eq!(read, ["a", "bc"]);
}

#[test]
fn a_reader_of_lines_that_takes_its_time_is_not_mistaken_for_a_process_that_holds_the_output() {
    let line = format!("{}\n", "x".repeat(999));
    // More than is kept for a reader, on both streams.
    let script = Script::new().repeat(1500, Script::stdout(line.clone()).stderr(line));
    let lab = lab(script).teardown_within(1000 * SECOND);
    lab.run(async {
        let budget = Budget { output: Some(2_000_000), time: None };
        let mut lines = probe(&["x"]).budget(budget).lines();
        let error = loop {
            match lines.next().await.unwrap() {
                Ok(_) => lab.sleep(SECOND / 5).await,
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::OutputLimit);
        assert_eq!((error.hint(), error.outcome().unwrap().leaked()), (None, false));
    });
    assert!(lab.now() > 2 * SECOND, "so long that the reading was given up");
}
