//! The attributes of spans, by OpenTelemetry's conventions where these have a name.

use std::path::Path;

use opentelemetry::{Array, KeyValue, StringValue, Value};

use super::{Event, EventKind, Facts, Invocation};
use crate::observe::facts::{argv, project};
use crate::spec::Tag;

/// What is known of a command before it starts.
pub(super) fn of_command(event: &Event, invocation: &Invocation) -> Vec<KeyValue> {
    let mut words = Vec::with_capacity(1 + invocation.words().len());
    words.push(StringValue::from(invocation.program()));
    words.extend(argv(invocation).skip(1).map(|word| StringValue::from(word.into_owned())));
    // Room for those below, of which most commands have most.
    let mut known = Vec::with_capacity(8);
    known.push(KeyValue::new("process.executable.name", invocation.program()));
    known.push(KeyValue::new("process.command_args", Value::Array(Array::String(words))));
    known.push(KeyValue::new("cuprum.run.id", event.id().to_string()));
    if let Some(file) = invocation.file() {
        known.push(KeyValue::new("process.executable.path", path(file)));
    }
    if let Some(dir) = invocation.dir() {
        known.push(KeyValue::new("process.working_directory", path(dir)));
    }
    if let Some(project) = project(invocation) {
        known.push(KeyValue::new("cuprum.project", project.into_owned()));
    }
    if invocation.stages() > 1 {
        known.push(KeyValue::new("cuprum.pipeline_stage_index", number(invocation.stage())));
        known.push(KeyValue::new("cuprum.pipeline_stages", number(invocation.stages())));
    }
    let own = ["project", "capture", "echo", "pipeline_stage_index", "pipeline_stages"];
    for (name, tag) in invocation.tags().iter().filter(|(name, _)| !own.contains(name)) {
        known.push(KeyValue::new(format!("cuprum.tag.{name}"), value(tag)));
    }
    known
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What is known of a pipeline.
pub(super) fn of_pipeline(event: &Event, invocation: &Invocation) -> Vec<KeyValue> {
    vec![
        KeyValue::new("cuprum.run.id", event.id().to_string()),
        KeyValue::new("cuprum.pipeline_stages", number(invocation.stages())),
    ]
}

/// Returns the name of the span of what runs several.
pub(super) fn group(event: &Event) -> String {
    match event.kind() {
        EventKind::Opened(opened) => format!("cuprum.{}", opened.group),
        _ => "cuprum.group".to_owned(),
    }
}

/// What is known of what runs several.
pub(super) fn of_group(event: &Event) -> Vec<KeyValue> {
    let mut known = vec![KeyValue::new("cuprum.run.id", event.id().to_string())];
    if let EventKind::Opened(opened) = event.kind()
        && let Some(commands) = opened.commands
    {
        known.push(KeyValue::new("cuprum.commands", number(commands)));
    }
    known
}

/// What is known at the end.
pub(super) fn at_end(event: &Event, facts: &Facts) -> Vec<KeyValue> {
    let mut known = Vec::with_capacity(8);
    if let Some(code) = facts.code {
        known.push(KeyValue::new("process.exit.code", i64::from(code)));
    }
    if let Some(signal) = &facts.signal {
        known.push(KeyValue::new("cuprum.signal", signal.clone()));
    }
    if let Some(error) = facts.error {
        known.push(KeyValue::new("error.type", error));
    }
    if let Some(duration) = facts.duration {
        known.push(KeyValue::new("cuprum.duration_s", duration.as_secs_f64()));
    }
    for (name, bytes) in [("cuprum.stdout.bytes", facts.stdout), ("cuprum.stderr.bytes", facts.stderr)] {
        if let Some(bytes) = bytes {
            known.push(KeyValue::new(name, i64::try_from(bytes).unwrap_or(i64::MAX)));
        }
    }
    match event.kind() {
        EventKind::Exited(exited) => {
            if let Some(cpu) = exited.cpu {
                known.push(KeyValue::new("cuprum.cpu.user_s", cpu.user.as_secs_f64()));
                known.push(KeyValue::new("cuprum.cpu.system_s", cpu.system.as_secs_f64()));
            }
        }
        EventKind::Closed(closed) => {
            known.push(KeyValue::new("cuprum.done", number(closed.done)));
            known.push(KeyValue::new("cuprum.failed", number(closed.failed)));
        }
        _ => {}
    }
    known
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn value(tag: &Tag) -> Value {
    match tag {
        Tag::Number(number) => Value::I64(*number),
        Tag::Bool(yes) => Value::Bool(*yes),
        tag => Value::String(tag.to_string().into()),
    }
}
