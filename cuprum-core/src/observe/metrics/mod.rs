//! Counts runs, failures, lines and bytes, through the facade of the crate `metrics`.

mod keys;
mod memory;

use std::sync::Arc;

use metrics::{KeyName, Metadata, Recorder};

use self::keys::{Keys, Known, Name};
pub use self::memory::MemoryMetrics;
use super::facts::{project, project_tag};
use crate::event::{Delivery, Event, EventKind, Exited, LineInterest, Observer, Printed};

/// Counts what is run, through the facade of the crate [`metrics`](https://docs.rs/metrics), by which any exporter
/// gets it.
///
/// | name | kind | when |
/// | --- | --- | --- |
/// | `cuprum_executions_total` | counter | a process has started |
/// | `cuprum_failures_total` | counter | a process has ended that failed or was stopped, or was lost |
/// | `cuprum_not_started_total` | counter | a command was refused, or could not be started |
/// | `cuprum_duration_seconds` | histogram | a process has ended |
/// | `cuprum_stdout_lines_total`, `cuprum_stderr_lines_total` | counters | a process has ended |
/// | `cuprum_stdin_bytes_total` | counter | an input is written, or failed halfway |
/// | `cuprum_stdin_errors_total` | counter | an input has failed |
/// | `cuprum_widened_total` | counter | a context came to permit a program |
///
/// The labels are `program` and `project`, in this order, and nothing else: neither arguments nor anything that a
/// command prints. The project is that of the tags, where a caller's wins; what is not known is `unknown`.
///
/// Lines are counted, not read, and come when the process has ended. Only streams that are captured have any.
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
/// use cuprum::observe::{MemoryMetrics, Metrics};
///
/// let memory = MemoryMetrics::new();
/// let lab = Lab::new().on::<Nightly>(Script::exit(2));
/// let cx = lab.cx().with_observer(Metrics::to(memory.clone()));
/// cx.run(Nightly::new()).wait().unwrap_err();
/// assert_eq!(memory.counter("cuprum_failures_total"), 1);
/// ```
#[doc(alias = "MetricsHook")]
#[doc(alias = "prometheus")]
pub struct Metrics {
    /// `None` if it is the one that is installed when something is counted.
    recorder: Option<Arc<dyn Recorder + Send + Sync>>,
    labels: Known,
    lines: LineInterest,
}

impl Metrics {
    /// Creates an observer that counts for the recorder that is installed in the program.
    ///
    /// One that is installed later gets what is counted from then on.
    pub fn new() -> Self {
        Self { recorder: None, labels: Known::default(), lines: LineInterest::Counted }
    }

    /// Creates an observer that counts for this recorder.
    pub fn to(recorder: impl Recorder + Send + Sync + 'static) -> Self {
        Self { recorder: Some(Arc::new(recorder)), ..Self::new() }
    }

    /// Does not have lines counted, so that nobody looks for them.
    #[must_use]
    pub fn without_lines(self) -> Self {
        Self { lines: LineInterest::Ignored, ..self }
    }

    /// Tells the recorder what the metrics mean, which some exporters print. It is enough to do it once.
    pub fn describe(&self) {
        self.with(|recorder| {
            for name in Name::ALL {
                let (unit, text) = name.described();
                let key = KeyName::from_const_str(name.text());
                match name {
                    Name::Duration => recorder.describe_histogram(key, Some(unit), text.into()),
                    _ => recorder.describe_counter(key, Some(unit), text.into()),
                }
            }
        });
    }

    fn with(&self, tell: impl FnOnce(&dyn Recorder)) {
        match &self.recorder {
            Some(recorder) => tell(&**recorder),
            None => metrics::with_recorder(tell),
        }
    }

    fn count(&self, keys: &Keys, counts: &[(Name, u64)]) {
        self.with(|recorder| {
            for (name, count) in counts {
                recorder.register_counter(keys.of(*name), &METADATA).increment(*count);
            }
        });
    }

    fn ended(&self, keys: &Keys, exited: &Exited) {
        let lines = |name, printed: Option<Printed>| Some((name, printed?.lines?));
        let failed = exited.failed || exited.stopped.is_some();
        let counts = [
            lines(Name::StdoutLines, exited.stdout),
            lines(Name::StderrLines, exited.stderr),
            failed.then_some((Name::Failures, 1)),
        ];
        // Each takes a look into the recorder, so nothing is counted that is not there.
        counts.into_iter().flatten().for_each(|count| self.count(keys, &[count]));
        self.with(|recorder| {
            let histogram = recorder.register_histogram(keys.of(Name::Duration), &METADATA);
            histogram.record(exited.duration.as_secs_f64());
        });
    }
}

/// Where the metrics are from.
static METADATA: Metadata<'static> =
    Metadata::new("cuprum", metrics::Level::INFO, Some("cuprum::observe::metrics"));

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Observer for Metrics {
    fn event(&self, event: &Event) {
        let keys = match (event.kind(), event.invocation()) {
            (EventKind::Planned | EventKind::Queued | EventKind::Lines(_) | EventKind::Cancelled(_), _) => {
                return;
            }
            (EventKind::Widened(widened), _) => {
                self.labels.keys(widened.program, project_tag(&widened.tags).as_deref())
            }
            (_, Some(invocation)) => self.labels.keys(invocation.program(), project(invocation).as_deref()),
            (_, None) => return,
        };
        match event.kind() {
            // A series that begins at its first failure hides that one from whoever looks at rates.
            EventKind::Started(_) => self.count(&keys, &[(Name::Executions, 1), (Name::Failures, 0)]),
            EventKind::Stdin(stdin) => self.count(&keys, &[(Name::StdinBytes, stdin.bytes)]),
            EventKind::StdinFailed(fault) => {
                self.count(&keys, &[(Name::StdinBytes, fault.bytes), (Name::StdinErrors, 1)]);
            }
            EventKind::Exited(exited) => self.ended(&keys, exited),
            EventKind::Lost(_) => self.count(&keys, &[(Name::Failures, 1)]),
            EventKind::Refused(_) | EventKind::NotStarted(_) => self.count(&keys, &[(Name::NotStarted, 1)]),
            EventKind::Widened(_) => self.count(&keys, &[(Name::Widened, 1)]),
            _ => {}
        }
    }

    fn lines(&self) -> LineInterest {
        self.lines
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metrics").field("own_recorder", &self.recorder.is_some()).finish_non_exhaustive()
    }
}
