//! What was run, and when, as a page to look at and as a trace for Perfetto.
//!
//! In reading order: [`Timeline`], `rows` (what it keeps), `facts` (what is told of a row), `html` (the page, which
//! is `page.html`, `page.css` and `page.js`), `trace`.

mod facts;
mod html;
mod rows;
#[cfg(test)]
mod tests;
mod trace;

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use self::rows::Rows;
use super::open::{Begins, Open};
use crate::event::{Delivery, Event, EventKind, LineInterest, Observer};

/// How many rows are kept if nothing else is said.
const ROWS: usize = 20_000;

/// Keeps what was run, and when, to be looked at: as a page of HTML, or as a trace for [Perfetto](https://ui.perfetto.dev)
/// and `chrome://tracing`. Clones share it.
///
/// A row is a command, with the time it waited and the time it ran; those of a pipeline and of what runs several lie
/// below a row of its own. The page is one file that loads nothing, so it can be sent or kept; it shows the command
/// line, the status and the times of a row, and can be zoomed, folded and filtered. Whatever a command was given or
/// has printed is text there, and its secrets are `***`.
///
/// It can be written at any time; what is still running is shown as that. It keeps 20 000 rows at most, or as many
/// as [`with_rows`](Self::with_rows) says, and counts the others.
///
/// # Examples
///
/// ```
/// use cuprum::observe::Timeline;
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Build;
/// # #[derive(Command)]
/// # #[command(program = Build)]
/// # struct Nightly {}
/// # use cuprum::lab::{Lab, Script};
/// # let lab = Lab::new().on::<Nightly>(Script::stdout("done\n"));
///
/// let timeline = Timeline::new().titled("the nightly build");
/// let cx = lab.cx().with_observer(timeline.clone());
/// cx.run(Nightly::new()).wait()?;
/// assert!(timeline.to_html().contains("<title>the nightly build</title>"));
/// assert!(timeline.to_trace().contains("\"traceEvents\""));
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone)]
#[doc(alias = "perfetto")]
#[doc(alias = "gantt")]
pub struct Timeline {
    shared: Arc<Shared>,
    title: Arc<str>,
    lines: usize,
    most: usize,
}

struct Shared {
    rows: Mutex<Rows>,
    open: Open<rows::Place>,
}

impl Timeline {
    /// Creates an empty timeline.
    pub fn new() -> Self {
        let shared = Shared { rows: Mutex::default(), open: Open::default() };
        Self { shared: Arc::new(shared), title: "commands".into(), lines: 0, most: ROWS }
    }

    /// Sets the title.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self { title: title.into().into(), ..self }
    }

    /// Keeps the first `most` lines of each command, too; they are read for it.
    #[must_use]
    pub fn with_lines(self, most: usize) -> Self {
        Self { lines: most, ..self }
    }

    /// Sets how many rows are kept.
    #[must_use]
    pub fn with_rows(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// Returns the page.
    pub fn to_html(&self) -> String {
        html::page(&self.title, &self.rows())
    }

    /// Returns the trace, in the [format of trace
    /// events](https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU) that Perfetto reads
    /// as *Chrome JSON*.
    pub fn to_trace(&self) -> String {
        trace::json(&self.title, &self.rows())
    }

    /// Writes it to a file: as the trace if the name ends in `.json`, and otherwise as the page. What was in the file
    /// is replaced.
    ///
    /// # Errors
    ///
    /// What the operating system says.
    pub fn write(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        let text = match path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")) {
            true => self.to_trace(),
            false => self.to_html(),
        };
        std::fs::write(path, text)
    }

    /// Returns a copy, because runs wait for whoever has the rows.
    fn rows(&self) -> Rows {
        self.with(|rows| rows.clone())
    }

    fn with<T>(&self, look: impl FnOnce(&mut Rows) -> T) -> T {
        // What is kept is whole between any two statements.
        look(&mut self.shared.rows.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn begin(&self, event: &Event) {
        // It is given by two contexts, one of which is made from the other.
        if self.shared.open.get(event).is_some() {
            return;
        }
        let make = |begins: Begins, parent: Option<&rows::Place>| {
            self.with(|rows| rows.add(event, begins, parent.copied(), self.most))
        };
        self.shared.open.begin(event, make);
    }

    fn end(&self, event: &Event) {
        let ended = self.shared.open.end(event);
        self.with(|rows| {
            if let Some(own) = ended.own {
                rows.end(own, event);
            }
            if let Some((pipeline, failed)) = ended.pipeline {
                rows.end_pipeline(pipeline, event, failed);
            }
        });
    }
}

impl Default for Timeline {
    fn default() -> Self {
        Self::new()
    }
}

impl Observer for Timeline {
    fn event(&self, event: &Event) {
        match event.kind() {
            EventKind::Planned | EventKind::Opened(_) => self.begin(event),
            // A program that is not permitted is not planned.
            EventKind::Refused(_) | EventKind::Widened(_) => {
                self.begin(event);
                self.end(event);
            }
            EventKind::Closed(_) => self.end(event),
            kind if kind.is_end() => self.end(event),
            _ => {
                if let Some(place) = self.shared.open.get(event) {
                    self.with(|rows| rows.note(place, event, self.lines));
                }
            }
        }
    }

    fn lines(&self) -> LineInterest {
        if self.lines > 0 { LineInterest::Read } else { LineInterest::Ignored }
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}

impl fmt::Debug for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.with(|rows| rows.list.len());
        f.debug_struct("Timeline").field("title", &self.title).field("rows", &rows).finish_non_exhaustive()
    }
}
