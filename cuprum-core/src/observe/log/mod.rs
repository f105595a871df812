//! Tells `tracing` of runs: a span for each command, and a record for each event.

mod records;

use tracing::{Level, Span};

use super::noise::Noise;
use super::open::{Open, has_failed};
use crate::event::{Delivery, Event, EventKind, LineInterest, Observer};
use crate::spec::Invocation;

/// Writes `$emit!(LEVEL)` for the level that `$level` is, because a record's level is a constant.
macro_rules! at_level {
    ($level:expr, $emit:ident) => {
        match $level {
            tracing::Level::ERROR => $emit!(ERROR),
            tracing::Level::WARN => $emit!(WARN),
            tracing::Level::INFO => $emit!(INFO),
            tracing::Level::DEBUG => $emit!(DEBUG),
            tracing::Level::TRACE => $emit!(TRACE),
        }
    };
}
pub(super) use at_level;

/// Tells `tracing` of runs: a span for each command, and a record for each event and each line.
///
/// The target is `cuprum::exec`. Levels by default: INFO for the start and the end of a command, DEBUG for the
/// rest; a level that is off costs nothing, not even the text of the record. The spans are named `cuprum.exec`,
/// `cuprum.pipeline` and `cuprum.group`, are at the level INFO, and lie in each other as the commands do, the outermost in the span
/// in which the run was made.
///
/// # Fields
///
/// Names are those of OpenTelemetry's [conventions for
/// processes](https://opentelemetry.io/docs/specs/semconv/registry/attributes/process/) and for [command line
/// programs](https://opentelemetry.io/docs/specs/semconv/cli/cli-spans/) where these have one:
/// `process.executable.name`, `process.executable.path`, `process.command_args` (with the program first, a secret
/// as `***`), `process.working_directory`, `process.pid`, `process.exit.code`, `error.type`, `log.iostream`. What they do
/// not know begins with `cuprum.`: `cuprum.phase`, `cuprum.run.id`, `cuprum.project`, `cuprum.tags`,
/// `cuprum.pipeline_stage_index`, `cuprum.pipeline_stages`, `cuprum.signal`, `cuprum.duration_s` and the numbers of
/// bytes. A field that an event does not have is left out.
///
/// # Lines
///
/// What is printed is read for the log only if the level of lines is on when the observer is registered, or was
/// set by [`output`](Self::output).
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Build;
/// # #[derive(Command)]
/// # #[command(program = Build)]
/// # struct Nightly {}
/// use cuprum::lab::{Lab, Script};
/// use cuprum::observe::Log;
/// use tracing::Level;
///
/// let log = Log::new().failed(Level::WARN).output(None);
/// let lab = Lab::new().on::<Nightly>(Script::exit(2));
/// let cx = lab.cx().with_observer(log);
/// // INFO cuprum::exec: build started …
/// // WARN cuprum::exec: build ended: exit status 2 …
/// cx.run(Nightly::new()).wait().unwrap_err();
/// ```
#[derive(Debug)]
#[doc(alias = "logging_hook")]
#[doc(alias = "structured_logging_hook")]
pub struct Log {
    planned: Option<Level>,
    started: Option<Level>,
    output: Option<Level>,
    ended: Option<Level>,
    failed: Option<Option<Level>>,
    rest: Option<Level>,
    spans: bool,
    /// Lines are wanted, whatever is on when the observer is registered.
    insists: bool,
    noise: Noise,
    delivery: Delivery,
    open: Open<Span>,
}

impl Log {
    /// Creates a log with the levels by default.
    pub fn new() -> Self {
        Self {
            planned: Some(Level::DEBUG),
            started: Some(Level::INFO),
            output: Some(Level::DEBUG),
            ended: Some(Level::INFO),
            failed: None,
            rest: Some(Level::DEBUG),
            spans: true,
            insists: false,
            noise: Noise::default(),
            delivery: Delivery::Inline,
            open: Open::default(),
        }
    }

    /// Sets the level of plans; `None` leaves them out.
    #[must_use]
    pub fn planned(self, level: impl Into<Option<Level>>) -> Self {
        Self { planned: level.into(), ..self }
    }

    /// Sets the level of starts; `None` leaves them out.
    #[must_use]
    pub fn started(self, level: impl Into<Option<Level>>) -> Self {
        Self { started: level.into(), ..self }
    }

    /// Sets the level of what commands print; `None` leaves it out.
    #[must_use]
    pub fn output(self, level: impl Into<Option<Level>>) -> Self {
        let output = level.into();
        Self { output, insists: output.is_some(), ..self }
    }

    /// Sets the level of ends; `None` leaves them out.
    #[must_use]
    pub fn ended(self, level: impl Into<Option<Level>>) -> Self {
        Self { ended: level.into(), ..self }
    }

    /// Sets the level of ends that are failures, which is that of [all ends](Self::ended) otherwise.
    #[must_use]
    pub fn failed(self, level: impl Into<Option<Level>>) -> Self {
        Self { failed: Some(level.into()), ..self }
    }

    /// Sets the level of everything else: inputs, waits, stops, what runs several, and what a context comes to permit;
    /// `None` leaves it out.
    #[must_use]
    pub fn rest(self, level: impl Into<Option<Level>>) -> Self {
        Self { rest: level.into(), ..self }
    }

    /// Writes records only, and makes no spans.
    #[must_use]
    pub fn without_spans(self) -> Self {
        Self { spans: false, ..self }
    }

    /// Leaves out lines that `is_noise` says are noise, too; it may be called several times.
    ///
    /// Lines that the rules [of their program](crate::spec::ProgramSpec::with_noise) name are left out anyway, and those
    /// [of the project](crate::spec::Project::with_noise) that the catalogue of the context names.
    #[must_use]
    pub fn without(mut self, is_noise: impl Fn(&Invocation, &[u8]) -> bool + Send + Sync + 'static) -> Self {
        self.noise.push(is_noise);
        self
    }

    /// Leaves out no line, also none that its program's rules name.
    #[must_use]
    pub fn with_noise(self) -> Self {
        Self { noise: Noise::none(), ..self }
    }

    /// Sets how events come to it, which is [`Inline`](Delivery::Inline) otherwise.
    ///
    /// A queue keeps a slow subscriber away from the runs, and loses in which span a run was made.
    #[must_use]
    pub fn with_delivery(self, delivery: Delivery) -> Self {
        Self { delivery, ..self }
    }

    fn level(&self, event: &Event) -> Option<Level> {
        match event.kind() {
            EventKind::Planned => self.planned,
            EventKind::Started(_) => self.started,
            EventKind::Lines(_) => self.output,
            kind if kind.is_end() => match self.failed {
                Some(level) if has_failed(event) => level,
                _ => self.ended,
            },
            _ => self.rest,
        }
    }

    /// Returns the span of what the event is about; one that records nothing if there is none.
    fn span(&self, event: &Event) -> Span {
        if !self.spans {
            return Span::none();
        }
        let begins = match event.kind() {
            EventKind::Planned | EventKind::Opened(_) => true,
            // A program that is not permitted is not planned.
            EventKind::Refused(_) => self.open.get(event).is_none(),
            _ => false,
        };
        if begins {
            return self.open.begin(event, |what, parent| records::span(event, what, parent)).0;
        }
        self.open.get(event).unwrap_or_else(Span::none)
    }

    fn close(&self, event: &Event) {
        let ended = self.open.end(event);
        if let Some((pipeline, failed)) = ended.pipeline {
            records::fail(&pipeline, failed);
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self::new()
    }
}

impl Observer for Log {
    fn event(&self, event: &Event) {
        let span = self.span(event);
        if let Some(level) = self.level(event) {
            span.in_scope(|| match (event.kind(), event.invocation()) {
                (EventKind::Lines(lines), Some(invocation)) => {
                    records::lines(level, event, invocation, lines, &self.noise);
                }
                _ => records::record(level, event),
            });
        }
        if self.spans {
            records::note(event, &span);
            if event.kind().is_end() || matches!(event.kind(), EventKind::Closed(_)) {
                self.close(event);
            }
        }
    }

    fn lines(&self) -> LineInterest {
        match self.output {
            Some(level) if self.insists || level <= tracing::level_filters::LevelFilter::current() => {
                LineInterest::Read
            }
            _ => LineInterest::Ignored,
        }
    }

    fn delivery(&self) -> Delivery {
        self.delivery
    }
}
