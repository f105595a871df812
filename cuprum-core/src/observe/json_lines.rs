//! Writes each event as a line of JSON.

use std::fmt;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use crate::event::{Delivery, Event, EventKind, LineInterest, Observer};

/// Writes each event as a line of JSON, in the form that `docs/events.md` describes, to any writer.
///
/// It has a thread of its own, so the writer may be slow. Each line is written at once, and the writer is flushed after
/// each but those of what commands print. When the writer fails, that is reported once through `tracing`, at the level WARN
/// with the target `cuprum::observe`, and nothing more is written: what follows half a line could not be read.
///
/// What commands print is left out, unless [`with_lines`](Self::with_lines) asks for it.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use cuprum::observe::JsonLines;
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Build;
/// # #[derive(Command)]
/// # #[command(program = Build)]
/// # struct Nightly {}
/// # use cuprum::lab::{Lab, Script};
/// # let lab = Lab::new().on::<Nightly>(Script::stdout("done\n"));
///
/// let (reader, writer) = std::io::pipe()?;
/// let cx = lab.cx().with_observer(JsonLines::new(writer));
/// cx.run(Nightly::new()).wait()?;
/// cx.flush_observers(Duration::from_secs(60));
/// drop(cx);
/// let lines: Vec<String> = std::io::BufRead::lines(std::io::BufReader::new(reader)).collect::<Result<_, _>>()?;
/// assert_eq!(lines.len(), 3);
/// assert!(lines[0].contains(r#""event":"planned""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "JsonLoggingFormatter")]
#[doc(alias = "jsonl")]
pub struct JsonLines<W> {
    /// `None` when it has failed.
    out: Mutex<Option<W>>,
    lines: LineInterest,
    delivery: Delivery,
}

impl<W: Write + Send + 'static> JsonLines<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        let (lines, delivery) = (LineInterest::Ignored, Delivery::default());
        Self { out: Mutex::new(Some(out)), lines, delivery }
    }

    /// Sets what it wants to know of lines.
    #[must_use]
    pub fn with_lines(self, lines: LineInterest) -> Self {
        Self { lines, ..self }
    }

    /// Sets how events come to it, which is by a queue otherwise.
    #[must_use]
    pub fn with_delivery(self, delivery: Delivery) -> Self {
        Self { delivery, ..self }
    }
}

impl<W: Write + Send + 'static> Observer for JsonLines<W> {
    fn event(&self, event: &Event) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(writer) = &mut *out else { return };
        // An event is made of texts and numbers, which are always written.
        let mut line = serde_json::to_vec(event).unwrap_or_default();
        line.push(b'\n');
        let written = writer.write_all(&line).and_then(|()| match event.kind() {
            EventKind::Lines(_) => Ok(()),
            _ => writer.flush(),
        });
        if let Err(error) = written {
            *out = None;
            tracing::warn!(target: "cuprum::observe", %error, "events cannot be written, and no more are");
        }
    }

    fn lines(&self) -> LineInterest {
        self.lines
    }

    fn delivery(&self) -> Delivery {
        self.delivery
    }
}

impl<W> fmt::Debug for JsonLines<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("lines", &self.lines).finish_non_exhaustive()
    }
}
