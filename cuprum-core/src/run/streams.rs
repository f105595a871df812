//! The streams of one stage: what moves them, and what is left of them afterwards.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::job::Job;
use super::sinks;
use super::telling::Telling;
use super::through::{Witness, through};
use super::watch::Watch;
use crate::backend::{Edge, Launch, ReadPipe, Replacement, WritePipe};
use crate::context::CaptureLimit;
use crate::error::{Cause, Error, ErrorKind};
use crate::outcome::{Captured, Mask};
use crate::spec::{self, Stdin, Stdio};
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
    /// Files that are removed, unless they are put into their places.
    replacements: Vec<Box<dyn Replacement>>,
}

/// One output of a stage.
struct Output {
    pipe: Option<ReadPipe>,
    /// What it prints passes through here to the next stage.
    edge: Option<Box<dyn Edge>>,
    /// Whether somebody asked for what passes.
    observed: bool,
    capture: Capture,
    audience: Audience,
}

/// The parent's ends of the streams that somebody else writes and reads.
#[derive(Default)]
pub(super) struct Pipes {
    pub(super) stdin: Option<WritePipe>,
    pub(super) stdout: Option<ReadPipe>,
    pub(super) stderr: Option<ReadPipe>,
}

impl<'a> Stage<'a> {
    /// Makes everything ready for a stage that is about to start.
    pub(super) fn prepare(
        job: &'a Job,
        index: usize,
        limit: CaptureLimit,
        taps: Taps,
        haste: &Haste,
    ) -> Result<Self, Error> {
        let feed = match job.stages.get(index).map(|plan| &plan.launch.stdin) {
            Some(Stdin::Reader(input)) => match input.take() {
                Some(reader) => Some(Feed::Reader(reader)),
                None => {
                    let why = "another run has taken the reader of its standard input";
                    let cause = Cause::Text(why.to_owned());
                    return Err(job.error(index, ErrorKind::InvalidStream, cause).with_path(None));
                }
            },
            other => other.and_then(Stdin::bytes).map(Feed::Bytes),
        };
        let plan = job.stages.get(index);
        let merges = plan.is_some_and(|plan| plan.launch.merges());
        let mask = if job.telling().told().is_some() { job.mask() } else { Mask::default() };
        let output = |how: Option<&spec::Capture>, source, tap| -> Result<_, Error> {
            let (mut spill, mut sinks) = (None, Vec::new());
            let (mut head, mut tail) = (limit.head, limit.tail);
            if let Some(how) = how {
                (head, tail) = (how.head.unwrap_or(head), how.tail.unwrap_or(tail));
                spill = sinks::spill(how, job, index)?;
                sinks = sinks::open(how, source, job, index, haste)?;
            }
            let vector = how.is_some_and(|how| how.vector);
            let capture = Capture::new(head, tail).with_spill(spill).with_vector(vector);
            let onlooker = job.telling().onlooker(index, source, merges, &mask);
            let audience = Audience::new(tap, sinks).with_onlooker(onlooker);
            Ok(Output { pipe: None, edge: None, observed: false, capture, audience })
        };
        let mut stdout = output(plan.map(|plan| &plan.stdout), Source::Stdout, taps.stdout)?;
        stdout.observed = job.edges.is_observed(index);
        let stderr = output(plan.map(|plan| &plan.stderr), Source::Stderr, taps.stderr)?;
        Ok(Self { feed, stdin: None, stdout, stderr, replacements: Vec::new() })
    }

    /// Returns whether what it prints to the next stage is looked at; `None` if nobody asked for any of it.
    pub(super) fn looks(&self) -> Option<bool> {
        self.stdout.observed.then(|| self.stdout.looks())
    }

    /// Lets what it prints pass through here to the next stage.
    pub(super) fn pass(&mut self, edge: Box<dyn Edge>) {
        self.stdout.edge = Some(edge);
    }

    /// Takes the parent's ends of the pipes of the process that was started.
    pub(super) fn attach(
        &mut self,
        stdin: Option<WritePipe>,
        stdout: Option<ReadPipe>,
        stderr: Option<ReadPipe>,
    ) {
        (self.stdin, self.stdout.pipe, self.stderr.pipe) = (stdin, stdout, stderr);
        for output in [&mut self.stdout, &mut self.stderr] {
            if output.pipe.is_none() && !output.observed {
                output.capture.goes_elsewhere();
            }
        }
    }

    /// Returns which outputs are read here, and not by somebody else.
    pub(super) fn reads(&self, launch: &Launch, is_held: bool) -> [bool; 2] {
        let reads = |output: &Output, stdio: &Stdio| {
            (output.pipe.is_some() || output.observed) && !(is_held && *stdio == Stdio::Piped)
        };
        [reads(&self.stdout, &launch.stdout), reads(&self.stderr, &launch.stderr)]
    }

    /// Returns whether others held an output when its reading was given up.
    pub(super) fn is_held(&self) -> bool {
        let is_open = |output: &Output| output.pipe.is_some() || output.edge.is_some();
        [&self.stdout, &self.stderr]
            .into_iter()
            .any(|output| is_open(output) && output.audience.waits_for_more())
    }

    /// Takes the files that its outputs are to replace.
    pub(super) fn replaces(&mut self, replacements: Vec<Box<dyn Replacement>>) {
        self.replacements = replacements;
    }

    /// Gives away the files that its outputs are to replace.
    pub(super) fn take_replacements(&mut self) -> Vec<Box<dyn Replacement>> {
        std::mem::take(&mut self.replacements)
    }

    /// Gives away the pipe of the input, if somebody else is to write to it.
    pub(super) fn give_input(&mut self, launch: &Launch) -> Option<WritePipe> {
        self.stdin.take_if(|_| launch.stdin == Stdin::Piped)
    }

    /// Gives away the pipes that somebody else is to write and read.
    pub(super) fn give(&mut self, launch: &Launch) -> Pipes {
        Pipes {
            stdin: self.give_input(launch),
            stdout: self.stdout.pipe.take_if(|_| launch.stdout == Stdio::Piped),
            stderr: self.stderr.pipe.take_if(|_| launch.stderr == Stdio::Piped),
        }
    }

    /// Returns what feeds the input, which ends when it was written or has failed, and what reads the
    /// outputs to their end; nothing for what is not moved here.
    fn futures<'b>(
        &'b mut self,
        index: usize,
        watch: &'b Watch<'_>,
        telling: &'b Telling,
    ) -> (Option<Input<'b>>, Option<Outputs<'b>>) {
        let Self { feed, stdin, stdout, stderr, .. } = self;
        let feed = feed.take();
        if feed.is_none() {
            // Nobody writes to it, so the command sees the end of its input.
            *stdin = None;
        }
        let feeding = |feed: Feed<'b>| async move {
            let Some(fed) = feed.into_pipe(stdin).await else { return };
            telling.fed(index, &fed);
            if let Some(error) = fed.into_failure() {
                watch.input_failed(error);
            }
        };
        let reads = stdout.is_read() || stderr.is_read();
        let reading = || async move { tokio::try_join!(stdout.read(watch), stderr.read(watch)).map(drop) };
        (feed.map(|feed| Box::pin(feeding(feed)) as _), reads.then(|| Box::pin(reading()) as _))
    }

    /// Waits until the sinks have got the rest.
    pub(super) async fn settle(&mut self) {
        // Both at once, since both may have to be waited for.
        let Self { stdout, stderr, .. } = self;
        tokio::join!(stdout.audience.settle(sinks::patience()), stderr.audience.settle(sinks::patience()));
    }

    /// Returns what was kept of standard output and of standard error.
    pub(super) fn into_captured(self) -> (Captured, Captured) {
        (self.stdout.into_captured(), self.stderr.into_captured())
    }
}

impl Output {
    fn looks(&self) -> bool {
        self.capture.keeps() || self.audience.looks()
    }

    /// Returns whether there is anything to read here.
    fn is_read(&self) -> bool {
        self.pipe.is_some() || self.edge.is_some()
    }

    async fn read(&mut self, watch: &Watch<'_>) -> io::Result<()> {
        if self.edge.is_some() {
            // Boxed, since few outputs do, and the others would carry its size.
            return Box::pin(self.pass(watch)).await;
        }
        let Some(pipe) = &mut self.pipe else { return Ok(()) };
        self.capture.read(pipe, &|length| watch.chunk(length), &mut self.audience).await
    }

    async fn pass(&mut self, watch: &Watch<'_>) -> io::Result<()> {
        if self.observed {
            let looks = self.looks();
            let Self { edge, capture, audience, .. } = self;
            return through(edge, Witness { capture, audience, looks }, &|length| watch.chunk(length)).await;
        }
        // The backend wants to see it, and nobody else.
        let (mut capture, mut audience) = (Capture::new(0, 0), Audience::default());
        let witness = Witness { capture: &mut capture, audience: &mut audience, looks: true };
        through(&mut self.edge, witness, &|_| {}).await
    }

    fn into_captured(self) -> Captured {
        let (sinks, lines_dropped) = self.audience.into_reports();
        self.capture.finish().with_sinks(sinks).with_lines_dropped(lines_dropped)
    }
}

type Input<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
type Outputs<'a> = Pin<Box<dyn Future<Output = io::Result<()>> + Send + 'a>>;

/// The moving streams of all stages; they can be asked again after their end.
pub(super) struct Moving<'a> {
    inputs: Vec<Input<'a>>,
    outputs: Vec<Outputs<'a>>,
}

impl<'a> Moving<'a> {
    pub(super) fn new(stages: &'a mut [Stage<'_>], watch: &'a Watch<'_>, telling: &'a Telling) -> Self {
        let mut moving = Self { inputs: Vec::new(), outputs: Vec::new() };
        for (index, stage) in stages.iter_mut().enumerate() {
            let (input, outputs) = stage.futures(index, watch, telling);
            moving.inputs.extend(input);
            moving.outputs.extend(outputs);
        }
        moving
    }

    /// Waits until every output has ended, and feeds the inputs meanwhile. Giving up loses nothing.
    pub(super) async fn end(&mut self) -> io::Result<()> {
        std::future::poll_fn(|context| {
            self.feed(context);
            let mut result = Ok(());
            self.outputs.retain_mut(|outputs| match outputs.as_mut().poll(context) {
                Poll::Ready(ended) => {
                    if let Err(error) = ended {
                        result = Err(error);
                    }
                    false
                }
                Poll::Pending => true,
            });
            if self.outputs.is_empty() || result.is_err() { Poll::Ready(result) } else { Poll::Pending }
        })
        .await
    }

    /// Waits for `other`, and feeds the inputs meanwhile.
    pub(super) async fn feed_during<T>(&mut self, other: impl Future<Output = T>) -> T {
        let mut other = std::pin::pin!(other);
        std::future::poll_fn(|context| {
            self.feed(context);
            other.as_mut().poll(context)
        })
        .await
    }

    fn feed(&mut self, context: &mut Context<'_>) {
        self.inputs.retain_mut(|input| input.as_mut().poll(context).is_pending());
    }
}
