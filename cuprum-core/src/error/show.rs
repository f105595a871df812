//! The text of an error: what, where, why, what was printed last, and what may help.

use std::fmt::{self, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::time::Duration;

use super::{Cause, Error, ErrorKind, Inner, Stage};
use crate::outcome::{Outcome, Stopped};
use crate::spec::escape_line;

/// How many bytes of a command line an error shows.
const SHOWN_LINE: usize = 2000;

/// How many where its length is the fault.
const SHOWN_OF_TOO_LONG: usize = 200;

/// How many lines of what a command printed an error shows, and how many bytes of each.
const SHOWN_LINES: usize = 10;
const SHOWN_WIDTH: usize = 500;

/// How much of the end of a stream holds these lines.
const LOOKED_AT: usize = 64 << 10;

/// How long a command must have run for the time to be worth a word.
const LONG: Duration = Duration::from_secs(1);

/// Cuts a command line that nobody would read to its end.
pub(super) fn shortened(mut line: String, kind: ErrorKind) -> String {
    let most = if kind == ErrorKind::ArgumentsTooLong { SHOWN_OF_TOO_LONG } else { SHOWN_LINE };
    if line.len() > most {
        let cut = line.floor_char_boundary(most);
        let rest = line.split_off(cut).len();
        line.push_str(&format!("… ({rest} bytes more)"));
    }
    line
}

/// Returns a path as text that cannot drive a terminal.
fn shown(path: &Path) -> String {
    escape_line(path.as_os_str().as_bytes()).into_owned()
}

/// One line on what failed, the last lines that were printed, and a hint if there is one.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        let mut text = String::new();
        match inner.outcome() {
            _ if inner.kind == ErrorKind::Other => write!(text, "{}", inner.cause)?,
            Some(outcome) => ended(inner, outcome, &mut text)?,
            None => not_started(inner, &mut text)?,
        }
        if let Some(hint) = &inner.hint {
            write!(text, "\nhint: {}", escape_line(hint.as_bytes()))?;
        }
        f.write_str(&inner.mask.text(&text))?;
        others(inner, f)
    }
}

/// The kind, the text, and what else is known: it is what `main` prints of an error that it returns.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{:?}: {self}", inner.kind)?;
        let Some(outcome) = inner.outcome() else { return Ok(()) };
        f.write_str("\n(")?;
        if let Some(path) = &inner.path {
            write!(f, "{}, ", inner.mask.text(&shown(path)))?;
        }
        write!(f, "process {}, {:.1?}", outcome.pid(), outcome.duration())?;
        if let Some(cpu) = outcome.cpu() {
            write!(f, ", {:.1?} on a CPU", cpu.user + cpu.system)?;
        }
        f.write_str(")")
    }
}

/// Writes one line on each of the others, which hide their own secrets.
fn others(inner: &Inner, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for other in inner.others.iter().take(SHOWN_LINES) {
        let text = other.to_string();
        write!(f, "\nbesides: {}", text.lines().next().unwrap_or_default())?;
    }
    match inner.others.len().saturating_sub(SHOWN_LINES) {
        0 => Ok(()),
        more => write!(f, "\nbesides: {more} more"),
    }
}

/// Writes which stage of which pipeline it was.
fn stage(inner: &Inner, text: &mut String) -> fmt::Result {
    match &inner.stage {
        Some(Stage { index, pipeline }) => write!(text, ", stage {index} of `{pipeline}`"),
        None => Ok(()),
    }
}

/// Writes what kept the command from running: the cause, the file at fault, a remark.
fn not_started(inner: &Inner, text: &mut String) -> fmt::Result {
    match inner.line.as_str() {
        "" => text.write_str("cannot run the command")?,
        line => write!(text, "cannot run `{line}`")?,
    }
    stage(inner, text)?;
    if let Some(dir) = inner.dir.as_deref().filter(|dir| inner.path.as_deref() != Some(dir)) {
        write!(text, "{} in {}", if inner.stage.is_some() { "," } else { "" }, shown(dir))?;
    }
    write!(text, ": {}", inner.kind.text())?;
    match (inner.path.as_ref().filter(|_| inner.kind.is_about_file()), &inner.cause) {
        (_, Cause::Cancelled(why)) if why.is_plain() => Ok(()),
        (Some(path), Cause::None) => write!(text, ": {}", shown(path)),
        (Some(path), cause) => write!(text, ": {} ({cause})", shown(path)),
        (None, Cause::None) => Ok(()),
        (None, cause) => write!(text, ": {cause}"),
    }
}

/// Writes how the command ended, and the last lines of its standard error.
fn ended(inner: &Inner, outcome: &Outcome, text: &mut String) -> fmt::Result {
    write!(text, "`{}`", inner.line)?;
    stage(inner, text)?;
    text.write_str(if inner.stage.is_some() { ", failed" } else { " failed" })?;
    if let Some(dir) = &inner.dir {
        write!(text, " in {}", shown(dir))?;
    }
    let was_stopped = outcome.stopped().is_some() || matches!(inner.cause, Cause::Stopped(_));
    if !was_stopped && outcome.duration() >= LONG {
        write!(text, " after {:.1?}", outcome.duration())?;
    }
    match (&inner.cause, outcome.stopped()) {
        (Cause::None | Cause::Stopped(_), Some(stopped)) => {
            write!(text, ": {stopped}")?;
            how(stopped, outcome, text)?;
        }
        // It had ended by itself: another stage had not, or somebody held its streams.
        (Cause::Stopped(reason), None) => write!(text, ": {reason}; {}", outcome.status())?,
        (Cause::Cancelled(why), Some(stopped)) => {
            write!(text, ": {stopped}")?;
            if !why.is_plain() {
                write!(text, " ({})", inner.cause)?;
            }
            how(stopped, outcome, text)?;
        }
        (Cause::None, None) => write!(text, ": {}", outcome.status())?,
        (cause, _) => write!(text, ": {}: {cause}", inner.kind.text())?,
    }
    // Some programs say what is wrong on standard output: `git commit` with nothing to commit.
    let said = if outcome.stderr().bytes().is_empty() { outcome.stdout() } else { outcome.stderr() };
    let (said, whole) = (said.shown_end(LOOKED_AT), said.total() <= LOOKED_AT as u64);
    let lines = said.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
    let before = lines.clone().count().saturating_sub(SHOWN_LINES);
    match before {
        0 if whole => {}
        1.. if whole => write!(text, "\n  … ({before} earlier lines)")?,
        _ => text.write_str("\n  …")?,
    }
    lines.skip(before).try_for_each(|line| match line.get(..SHOWN_WIDTH) {
        Some(start) if line.len() > SHOWN_WIDTH => {
            write!(text, "\n  {}… ({} bytes more)", escape_line(start), line.len() - SHOWN_WIDTH)
        }
        _ => write!(text, "\n  {}", escape_line(line)),
    })
}

/// Writes the status of a command that was stopped, unless it is said already that it was killed.
fn how(stopped: Stopped, outcome: &Outcome, text: &mut String) -> fmt::Result {
    match outcome.status().signal_name() {
        _ if outcome.pid() == 0 => text.write_str("; its last stage had not started"),
        Some("SIGKILL") if stopped.forced => Ok(()),
        _ => write!(text, "; {}", outcome.status()),
    }
}
