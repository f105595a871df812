//! What a timeline tells of a row, besides its times.

use std::time::Duration;

use super::rows::{Row, What};
use crate::event::Printed;
use crate::spec::quote;

/// Returns the name of a row, and what comes behind it.
pub(super) fn name(row: &Row) -> (&str, String) {
    match &row.what {
        What::Command(invocation) => {
            let words: Vec<String> = invocation.words().iter().map(|word| quote(word)).collect();
            (invocation.program(), words.join(" "))
        }
        What::Pipeline(stages) => ("pipeline", format!("{stages} stages")),
        What::Group(Some(opened)) => {
            let commands = match opened.commands {
                Some(1) => "1 command".to_owned(),
                Some(commands) => format!("{commands} commands"),
                None => String::new(),
            };
            (opened.group.name(), commands)
        }
        What::Group(None) => ("group", String::new()),
        What::Widened(widened) => ("permitted", widened.program.to_owned()),
    }
}

/// Returns the command line of a row, if it is about one command.
pub(super) fn line(row: &Row) -> String {
    match &row.what {
        What::Command(invocation) => invocation.command_line(),
        _ => String::new(),
    }
}

/// Returns what else is known, as names and values.
pub(super) fn facts(row: &Row) -> Vec<(String, String)> {
    let mut known: Vec<(String, String)> = Vec::new();
    let mut tell = |name: &str, value: String| known.push((name.to_owned(), value));
    if let What::Command(invocation) = &row.what {
        if let Some(file) = invocation.file() {
            tell("file", file.display().to_string());
        }
        if let Some(dir) = invocation.dir() {
            tell("directory", dir.display().to_string());
        }
        if let Some(pid) = row.pid {
            tell("process", pid.to_string());
        }
        if let Some(exited) = row.exited() {
            tell("status", exited.status.to_string());
            if let Some(cpu) = exited.cpu {
                tell("processor", format!("{} user, {} system", millis(cpu.user), millis(cpu.system)));
            }
            let streams = [("standard output", exited.stdout), ("standard error", exited.stderr)];
            for (name, printed) in streams {
                if let Some(printed) = printed {
                    tell(name, amount(printed));
                }
            }
            if exited.leaked {
                tell("streams", "still held by others when it had ended".to_owned());
            }
        }
        tell("tier", invocation.tier().to_string());
        let stage = ["pipeline_stage_index", "pipeline_stages"];
        for (name, value) in invocation.tags().iter().filter(|(name, _)| !stage.contains(name)) {
            tell(name, value.to_string());
        }
    }
    if let What::Widened(widened) = &row.what {
        if let Some(file) = &widened.file {
            tell("file", file.display().to_string());
        }
        for (name, value) in widened.tags.iter() {
            tell(name, value.to_string());
        }
    }
    tell("run", row.run.to_string());
    known
}

fn amount(printed: Printed) -> String {
    match printed.lines {
        Some(lines) => format!("{} bytes, {lines} lines", printed.bytes),
        None => format!("{} bytes", printed.bytes),
    }
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
