//! The form of events for other programs: one flat map each, of which `docs/events.md` is the description.

use std::time::{Duration, SystemTime};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Event, EventKind, Exited, Lines, Printed, RefusedBy, RunId};
use crate::outcome::{CancelReason, ExitStatus, Stopped};
use crate::spec::{Invocation, Tag, VarChange};
use crate::stream::Source;

/// The version of the form. It rises when a field changes its meaning or goes; new fields and kinds may come
/// without that.
pub const VERSION: u32 = 1;

impl Serialize for RunId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for RunId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One flat map, whose fields `docs/events.md` describes.
///
/// Each event can be read for itself, so each has its command; the values of variables are in none.
impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("v", &VERSION)?;
        map.serialize_entry("event", self.kind.name())?;
        map.serialize_entry("id", &self.id)?;
        if let Some(parent) = &self.parent {
            map.serialize_entry("parent", parent)?;
        }
        map.serialize_entry("sequence", &self.sequence)?;
        map.serialize_entry("at", &since_epoch(self.at))?;
        map.serialize_entry("elapsed", &seconds(self.elapsed))?;
        if let Some(invocation) = &self.invocation {
            command(invocation, &mut map)?;
        }
        kind(&self.kind, &mut map)?;
        map.end()
    }
}

fn command<M: SerializeMap>(invocation: &Invocation, map: &mut M) -> Result<(), M::Error> {
    map.serialize_entry("stage", &invocation.stage())?;
    map.serialize_entry("stages", &invocation.stages())?;
    map.serialize_entry("program", invocation.program())?;
    if let Some(file) = invocation.file() {
        map.serialize_entry("file", &file.to_string_lossy())?;
    }
    let words: Vec<_> = invocation.words().iter().map(|word| word.to_string_lossy()).collect();
    map.serialize_entry("words", &words)?;
    if let Some(dir) = invocation.dir() {
        map.serialize_entry("dir", &dir.to_string_lossy())?;
    }
    map.serialize_entry("env", &Changes(invocation))?;
    map.serialize_entry("tier", &invocation.tier().to_string())?;
    map.serialize_entry("tags", &Tags(invocation.tags()))
}

struct Changes<'a>(&'a Invocation);

impl Serialize for Changes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.changes().map(|(name, change)| {
            let change = match change {
                VarChange::Set => "set",
                VarChange::Removed => "removed",
            };
            (name.to_string_lossy(), change)
        }))
    }
}

struct Tags<'a>(&'a crate::spec::Tags);

impl Serialize for Tags<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter())
    }
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Bool(yes) => serializer.serialize_bool(*yes),
        }
    }
}

fn kind<M: SerializeMap>(kind: &EventKind, map: &mut M) -> Result<(), M::Error> {
    match kind {
        EventKind::Planned | EventKind::Queued => Ok(()),
        EventKind::Refused(refused) => {
            map.serialize_entry("by", refused.by.name())?;
            if let RefusedBy::Allowlist(layer) = refused.by {
                map.serialize_entry("layer", &layer.to_string())?;
            }
            map.serialize_entry("reason", &*refused.reason)
        }
        EventKind::NotStarted(not) => {
            map.serialize_entry("error", not.error)?;
            map.serialize_entry("reason", &*not.reason)
        }
        EventKind::Started(started) => map.serialize_entry("pid", &started.pid),
        EventKind::Stdin(stdin) => map.serialize_entry("bytes", &stdin.bytes),
        EventKind::StdinFailed(failed) => {
            map.serialize_entry("operation", failed.operation.name())?;
            map.serialize_entry("bytes", &failed.bytes)?;
            map.serialize_entry("reason", &*failed.reason)
        }
        EventKind::Lines(lines) => {
            let source = match lines.source() {
                Source::Stdout => "stdout",
                Source::Stderr => "stderr",
                Source::Merged => "merged",
            };
            map.serialize_entry("source", source)?;
            map.serialize_entry("lines", &Texts(lines))
        }
        EventKind::Cancelled(cancelled) => {
            map.serialize_entry("reason", reason(cancelled.reason))?;
            map.serialize_entry("text", &cancelled.reason.to_string())?;
            match &cancelled.cancellation {
                Some(why) => map.serialize_entry("cancellation", &why.to_string()),
                None => Ok(()),
            }
        }
        EventKind::Exited(exited) => self::exited(exited, map),
        EventKind::Lost(lost) => {
            map.serialize_entry("pid", &lost.pid)?;
            map.serialize_entry("reason", &*lost.reason)
        }
        EventKind::Retried(retried) => {
            map.serialize_entry("attempt", &retried.attempt)?;
            map.serialize_entry("after", &seconds(retried.after))?;
            map.serialize_entry("reason", &*retried.reason)
        }
        EventKind::Opened(opened) => {
            map.serialize_entry("group", opened.group.name())?;
            map.serialize_entry("commands", &opened.commands)
        }
        EventKind::Progressed(progressed) => {
            map.serialize_entry("position", &progressed.position)?;
            map.serialize_entry("failed", &progressed.failed)?;
            map.serialize_entry("done", &progressed.done)?;
            map.serialize_entry("of", &progressed.of)
        }
        EventKind::Closed(closed) => {
            map.serialize_entry("group", closed.group.name())?;
            map.serialize_entry("done", &closed.done)?;
            map.serialize_entry("failed", &closed.failed)?;
            map.serialize_entry("success", &closed.success)?;
            map.serialize_entry("duration", &seconds(closed.duration))
        }
        EventKind::Widened(widened) => {
            map.serialize_entry("program", widened.program)?;
            if let Some(file) = &widened.file {
                map.serialize_entry("file", &file.to_string_lossy())?;
            }
            map.serialize_entry("by", &widened.by.to_string())?;
            map.serialize_entry("place", &widened.place.to_string())?;
            map.serialize_entry("tags", &Tags(&widened.tags))
        }
    }
}

fn exited<M: SerializeMap>(exited: &Exited, map: &mut M) -> Result<(), M::Error> {
    map.serialize_entry("pid", &exited.pid)?;
    match exited.status {
        ExitStatus::Code(code) => map.serialize_entry("code", &code)?,
        ExitStatus::Signal(number) => {
            map.serialize_entry("signal", &number)?;
            if let Some(name) = exited.status.signal_name() {
                map.serialize_entry("signal_name", name)?;
            }
        }
    }
    map.serialize_entry("failed", &exited.failed)?;
    map.serialize_entry("duration", &seconds(exited.duration))?;
    if let Some(cpu) = exited.cpu {
        map.serialize_entry("cpu_user", &seconds(cpu.user))?;
        map.serialize_entry("cpu_system", &seconds(cpu.system))?;
    }
    let streams =
        [("stdout_bytes", "stdout_lines", exited.stdout), ("stderr_bytes", "stderr_lines", exited.stderr)];
    for (bytes, lines, printed) in streams {
        let Some(Printed { bytes: count, lines: counted }) = printed else { continue };
        map.serialize_entry(bytes, &count)?;
        if let Some(counted) = counted {
            map.serialize_entry(lines, &counted)?;
        }
    }
    if let Some(Stopped { reason: why, forced }) = exited.stopped {
        map.serialize_entry("stopped", reason(why))?;
        map.serialize_entry("forced", &forced)?;
    }
    map.serialize_entry("leaked", &exited.leaked)
}

struct Texts<'a>(&'a Lines);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|line| line.text_lossy()))
    }
}

/// Returns a reason in one word.
fn reason(reason: CancelReason) -> &'static str {
    match reason {
        CancelReason::Timeout(_) => "timeout",
        CancelReason::IdleTimeout(_) => "idle_timeout",
        CancelReason::OutputLimit(_) => "output_limit",
        CancelReason::Cancelled => "cancelled",
        CancelReason::StageFailed(_) => "stage_failed",
        CancelReason::InputFailed => "input_failed",
        CancelReason::Dropped => "dropped",
    }
}

/// Returns seconds with the microseconds behind the point: what is shorter is noise.
fn seconds(duration: Duration) -> f64 {
    // 2^53 microseconds are 285 years.
    duration.as_micros() as f64 / 1e6
}

/// Returns the seconds since the epoch; a time before it is 0.
fn since_epoch(at: SystemTime) -> f64 {
    seconds(at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default())
}
