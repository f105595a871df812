//! The streams of one stage: what moves them, and what is left of them afterwards.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::watch::Watch;
use super::{engine, sinks};
use crate::backend::{ReadPipe, WritePipe};
use crate::context::CaptureLimit;
use crate::error::{Error, ErrorKind};
use crate::outcome::Captured;
use crate::plan::Plan;
use crate::spec::{self, Stdin};
use crate::stream::{Audience, Capture, Feed, Haste, Source, Tap};

/// Who reads the streams line by line while the command runs.
#[derive(Debug, Default)]
pub(super) struct Taps {
    pub(super) stdout: Option<Tap>,
    pub(super) stderr: Option<Tap>,
}

/// The parent's side of the streams of one stage.
///
/// It is made before the process is started, since what is in the way of a stream must be known by then.
pub(super) struct Stage<'a> {
    feed: Option<Feed<'a>>,
    stdin: Option<WritePipe>,
    stdout: Output,
    stderr: Output,
    haste: Haste,
}

/// One output of a stage.
struct Output {
    pipe: Option<ReadPipe>,
    capture: Capture,
    audience: Audience,
}

impl<'a> Stage<'a> {
    /// Makes everything ready for a stage that is about to start.
    pub(super) fn prepare(plan: &'a Plan, limit: CaptureLimit, taps: Taps) -> Result<Self, Error> {
        let feed = match &plan.launch.stdin {
            Stdin::Bytes(bytes) => Some(Feed::Bytes(bytes)),
            Stdin::Reader(input) => match input.take() {
                Some(reader) => Some(Feed::Reader(reader)),
                None => {
                    let why = "another run has taken the reader of its standard input";
                    return Err(engine::refused(ErrorKind::InvalidStream, plan, why));
                }
            },
            _ => None,
        };
        let haste = Haste::new();
        let output = |how: &spec::Capture, source, tap| -> Result<_, Error> {
            let kept = Capture::new(how.head.unwrap_or(limit.head), how.tail.unwrap_or(limit.tail));
            let capture = kept.with_spill(sinks::spill(how, plan)?);
            let audience = Audience::new(tap, sinks::open(how, source, plan, &haste)?);
            Ok(Output { pipe: None, capture, audience })
        };
        let stdout = output(&plan.stdout, Source::Stdout, taps.stdout)?;
        let stderr = output(&plan.stderr, Source::Stderr, taps.stderr)?;
        Ok(Self { feed, stdin: None, stdout, stderr, haste })
    }

    /// Takes the parent's ends of the pipes of the process that was started.
    pub(super) fn attach(
        &mut self,
        stdin: Option<WritePipe>,
        stdout: Option<ReadPipe>,
        stderr: Option<ReadPipe>,
    ) {
        (self.stdin, self.stdout.pipe, self.stderr.pipe) = (stdin, stdout, stderr);
    }

    /// Returns what ends the waiting for sinks.
    pub(super) fn haste(&self) -> Haste {
        self.haste.clone()
    }

    /// Returns what feeds the input, which ends when it was written or has failed, and what reads the
    /// outputs to their end.
    pub(super) fn futures(
        &mut self,
        watch: &Watch<'_>,
    ) -> (impl Future<Output = ()>, impl Future<Output = io::Result<()>>) {
        let Self { feed, stdin, stdout, stderr, .. } = self;
        let feed = feed.take();
        let feeding = async move {
            if let Some(feed) = feed
                && let Err(error) = feed.into_pipe(stdin).await
            {
                watch.input_failed(error);
            }
        };
        let reading = async move { tokio::try_join!(stdout.read(watch), stderr.read(watch)).map(drop) };
        (feeding, reading)
    }

    /// Returns what was kept of standard output and of standard error, when the sinks have got the rest.
    pub(super) async fn finish(self) -> (Captured, Captured) {
        // Both at once, since both may have to be waited for.
        tokio::join!(self.stdout.finish(), self.stderr.finish())
    }
}

impl Output {
    async fn read(&mut self, watch: &Watch<'_>) -> io::Result<()> {
        let Some(pipe) = &mut self.pipe else { return Ok(()) };
        self.capture.read(pipe, &|length| watch.chunk(length), &mut self.audience).await
    }

    async fn finish(self) -> Captured {
        let (sinks, lines_dropped) = self.audience.finish(sinks::patience()).await;
        self.capture.finish().with_sinks(sinks).with_lines_dropped(lines_dropped)
    }
}

/// The moving streams of a stage; they can be asked again after their end.
pub(super) struct Moving<'a, I, O> {
    input: Option<Pin<&'a mut I>>,
    outputs: Option<Pin<&'a mut O>>,
}

impl<'a, I: Future<Output = ()>, O: Future<Output = io::Result<()>>> Moving<'a, I, O> {
    pub(super) fn new(input: Pin<&'a mut I>, outputs: Pin<&'a mut O>) -> Self {
        Self { input: Some(input), outputs: Some(outputs) }
    }

    /// Waits until every output has ended, and feeds the input meanwhile. Giving up loses nothing.
    pub(super) async fn end(&mut self) -> io::Result<()> {
        std::future::poll_fn(|context| {
            self.feed(context);
            let Some(outputs) = &mut self.outputs else { return Poll::Ready(Ok(())) };
            let result = std::task::ready!(outputs.as_mut().poll(context));
            self.outputs = None;
            Poll::Ready(result)
        })
        .await
    }

    /// Waits for `other`, and feeds the input meanwhile.
    pub(super) async fn feed_during<T>(&mut self, other: impl Future<Output = T>) -> T {
        let mut other = std::pin::pin!(other);
        std::future::poll_fn(|context| {
            self.feed(context);
            other.as_mut().poll(context)
        })
        .await
    }

    fn feed(&mut self, context: &mut Context<'_>) {
        if let Some(input) = &mut self.input
            && input.as_mut().poll(context).is_ready()
        {
            self.input = None;
        }
    }
}
