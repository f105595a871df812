//! The spans and records of a log: the one place that names their fields.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::path::Path;

use tracing::field::{Empty, display};
use tracing::{Level, Span};

use super::super::facts::{Facts, Words, argv, project};
use super::super::noise::Noise;
use super::super::open::Begins;
use super::at_level;
use crate::event::{Event, EventKind, Lines};
use crate::spec::{Invocation, escape_line};
use crate::stream::Source;

/// Makes the span of what begins with the event.
pub(super) fn span(event: &Event, begins: Begins, parent: Option<&Span>) -> Span {
    macro_rules! inside {
        ($($fields:tt)*) => {
            match parent {
                Some(parent) => tracing::info_span!(target: "cuprum::exec", parent: parent, $($fields)*),
                None => tracing::info_span!(target: "cuprum::exec", $($fields)*),
            }
        };
    }
    let id = display(event.id());
    let Some(invocation) = event.invocation() else {
        let group = match event.kind() {
            EventKind::Opened(opened) => opened.group.name(),
            _ => "",
        };
        return inside!("cuprum.group", cuprum.run.id = id, cuprum.group = group, otel.status_code = Empty);
    };
    if begins == Begins::Pipeline {
        let stages = invocation.stages();
        return inside!(
            "cuprum.pipeline",
            cuprum.run.id = id,
            cuprum.pipeline_stages = stages,
            otel.status_code = Empty
        );
    }
    inside!(
        "cuprum.exec",
        cuprum.run.id = id,
        cuprum.project = project(invocation).as_deref(),
        process.executable.name = invocation.program(),
        process.executable.path = invocation.file().map(path).as_deref(),
        process.command_args = debug(Argv(invocation)),
        process.working_directory = invocation.dir().map(path).as_deref(),
        process.pid = Empty,
        process.exit.code = Empty,
        "error.type" = Empty,
        otel.status_code = Empty,
    )
}

/// Adds to the span what is known of its command by now.
pub(super) fn note(event: &Event, span: &Span) {
    if span.is_disabled() {
        return;
    }
    // Each field that is recorded is looked up by its name, and those before it are written again.
    if let EventKind::Started(started) = event.kind() {
        span.record("process.pid", started.pid);
    } else if event.kind().is_end() {
        let facts = Facts::of(event);
        if let Some(code) = facts.code {
            span.record("process.exit.code", code);
        }
        if let Some(error) = facts.error {
            span.record("error.type", error);
            fail(span, true);
        }
    }
}

/// Marks a span whose command has failed, in the way of those who turn such spans into OpenTelemetry's.
pub(super) fn fail(span: &Span, failed: bool) {
    if failed {
        span.record("otel.status_code", "ERROR");
    }
}

/// Writes the record of an event that has no lines.
pub(super) fn record(level: Level, event: &Event) {
    macro_rules! emit {
        ($level:ident) => {
            if tracing::event_enabled!(target: "cuprum::exec", tracing::Level::$level) {
                let facts = Facts::of(event);
                let invocation = event.invocation();
                // They are told once, when the command is planned.
                let told = invocation.filter(|_| matches!(event.kind(), EventKind::Planned | EventKind::Started(_)));
                let staged = invocation.filter(|invocation| invocation.stages() > 1);
                let tags = invocation.map(|invocation| invocation.tags()).filter(|tags| !tags.is_empty());
                tracing::event!(
                    target: "cuprum::exec",
                    tracing::Level::$level,
                    cuprum.phase = event.kind().name(),
                    cuprum.run.id = %event.id(),
                    cuprum.project = invocation.and_then(|invocation| project(invocation)).as_deref(),
                    cuprum.tags = tags.map(display),
                    cuprum.pipeline_stage_index = staged.map(|invocation| invocation.stage()),
                    cuprum.pipeline_stages = staged.map(|invocation| invocation.stages()),
                    process.executable.name = program(event),
                    process.command_args = told.map(|invocation| debug(Argv(invocation))),
                    process.working_directory = invocation.and_then(|invocation| invocation.dir()).map(path).as_deref(),
                    process.pid = facts.pid,
                    process.exit.code = facts.code,
                    cuprum.signal = facts.signal.as_deref(),
                    "error.type" = facts.error,
                    cuprum.duration_s = facts.duration.map(|duration| duration.as_secs_f64()),
                    cuprum.stdin.bytes = facts.stdin,
                    cuprum.stdout.bytes = facts.stdout,
                    cuprum.stderr.bytes = facts.stderr,
                    "{}",
                    Sentence(event)
                );
            }
        };
    }
    at_level!(level, emit);
}

/// Writes a record for each line that is no noise.
pub(super) fn lines(level: Level, event: &Event, invocation: &Invocation, lines: &Lines, noise: &Noise) {
    macro_rules! emit {
        ($level:ident) => {
            if tracing::event_enabled!(target: "cuprum::exec", tracing::Level::$level) {
                for line in lines.iter().filter(|line| !noise.holds(invocation, line.bytes)) {
                    tracing::event!(
                        target: "cuprum::exec",
                        tracing::Level::$level,
                        cuprum.phase = "lines",
                        cuprum.run.id = %event.id(),
                        process.executable.name = invocation.program(),
                        log.iostream = iostream(lines.source()),
                        "{}",
                        escape_line(line.bytes)
                    );
                }
            }
        };
    }
    at_level!(level, emit);
}

fn program(event: &Event) -> Option<&'static str> {
    match event.kind() {
        EventKind::Widened(widened) => Some(widened.program),
        _ => event.invocation().map(|invocation| invocation.program()),
    }
}

/// Returns a path on one line, whatever its names are.
fn path(path: &Path) -> Cow<'_, str> {
    escape_line(path.as_os_str().as_encoded_bytes())
}

fn iostream(source: Source) -> &'static str {
    match source {
        Source::Stderr => "stderr",
        Source::Stdout | Source::Merged => "stdout",
    }
}

/// The words of a command, as a list.
struct Argv<'a>(&'a Invocation);

impl fmt::Debug for Argv<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(argv(self.0)).finish()
    }
}

/// `git started`, on one line, whatever a reason has in it.
struct Sentence<'a>(&'a Event);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(invocation) = self.0.invocation() {
            f.write_str(invocation.program())?;
            f.write_str(" ")?;
        }
        write!(OneLine(f), "{}", Words(self.0))
    }
}

/// Escapes what is written.
struct OneLine<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl fmt::Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(&escape_line(text.as_bytes()))
    }
}
