//! The spans and records of a log: the one place that names their fields.

use std::fmt;
use std::path::Path;

use tracing::field::{Empty, display};
use tracing::{Level, Span};

use super::super::facts::{Facts, argv, project};
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
        process.command_args = debug(argv(invocation).collect::<Vec<_>>()),
        process.working_directory = invocation.dir().map(path).as_deref(),
        process.pid = Empty,
        process.exit.code = Empty,
        "error.type" = Empty,
        otel.status_code = Empty,
    )
}

/// Adds to the span what is known of its command by now.
pub(super) fn note(event: &Event, span: &Span) {
    if span.is_disabled() || !(event.kind().is_end() || matches!(event.kind(), EventKind::Started(_))) {
        return;
    }
    let facts = Facts::of(event);
    span.record("process.pid", facts.pid);
    span.record("process.exit.code", facts.code);
    span.record("error.type", facts.error.as_deref());
    fail(span, facts.error.is_some());
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
                    process.command_args = told.map(|invocation| debug(argv(invocation).collect::<Vec<_>>())),
                    process.working_directory = invocation.and_then(|invocation| invocation.dir()).map(path).as_deref(),
                    process.pid = facts.pid,
                    process.exit.code = facts.code,
                    cuprum.signal = facts.signal.as_deref(),
                    "error.type" = facts.error.as_deref(),
                    cuprum.duration_s = facts.duration.map(|duration| duration.as_secs_f64()),
                    cuprum.stdin.bytes = facts.stdin,
                    cuprum.stdout.bytes = facts.stdout,
                    cuprum.stderr.bytes = facts.stderr,
                    "{}",
                    Sentence { invocation: invocation.map(|invocation| &**invocation), words: &facts.words }
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
fn path(path: &Path) -> String {
    escape_line(path.as_os_str().as_encoded_bytes())
}

fn iostream(source: Source) -> &'static str {
    match source {
        Source::Stderr => "stderr",
        Source::Stdout | Source::Merged => "stdout",
    }
}

/// `git started`, on one line, whatever a reason has in it.
struct Sentence<'a> {
    invocation: Option<&'a Invocation>,
    words: &'a str,
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.invocation {
            Some(invocation) => write!(f, "{} {}", invocation.program(), escape_line(self.words.as_bytes())),
            None => f.write_str(&escape_line(self.words.as_bytes())),
        }
    }
}
