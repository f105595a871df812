//! Counts runs, failures, lines and bytes, through the facade of the crate `metrics`.

mod memory;

use std::borrow::Cow;
use std::sync::Arc;

use metrics::{Key, KeyName, Label, Metadata, Recorder, SharedString, Unit};

pub use self::memory::MemoryMetrics;
use super::facts::{project, project_tag};
use crate::event::{Delivery, Event, EventKind, Exited, LineInterest, Observer, Printed};
use crate::spec::Invocation;

/// How many processes were started.
const EXECUTIONS: &str = "cuprum_executions_total";
/// How many commands have failed: a status that the command does not accept, a limit, a stop.
const FAILURES: &str = "cuprum_failures_total";
/// How long processes ran, in seconds.
const DURATION: &str = "cuprum_duration_seconds";
/// How many lines were printed on standard output.
const STDOUT_LINES: &str = "cuprum_stdout_lines_total";
/// How many lines were printed on standard error.
const STDERR_LINES: &str = "cuprum_stderr_lines_total";
/// How much was written to standard inputs, in bytes.
const STDIN_BYTES: &str = "cuprum_stdin_bytes_total";
/// How many standard inputs failed.
const STDIN_ERRORS: &str = "cuprum_stdin_errors_total";
/// How many commands were not started, because they were refused or could not be.
const NOT_STARTED: &str = "cuprum_not_started_total";
/// How many programs contexts came to permit.
const WIDENED: &str = "cuprum_widened_total";

/// What labels say that have nothing to say.
const UNKNOWN: &str = "unknown";

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
    lines: LineInterest,
}

impl Metrics {
    /// Creates an observer that counts for the recorder that is installed in the program.
    ///
    /// One that is installed later gets what is counted from then on.
    pub fn new() -> Self {
        Self { recorder: None, lines: LineInterest::Counted }
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
            let counters = [
                (EXECUTIONS, Unit::Count, "processes that were started"),
                (FAILURES, Unit::Count, "commands that failed, were stopped, or were lost"),
                (NOT_STARTED, Unit::Count, "commands that were refused or could not be started"),
                (STDOUT_LINES, Unit::Count, "lines on standard output"),
                (STDERR_LINES, Unit::Count, "lines on standard error"),
                (STDIN_BYTES, Unit::Bytes, "bytes written to standard inputs"),
                (STDIN_ERRORS, Unit::Count, "standard inputs that failed"),
                (WIDENED, Unit::Count, "programs that contexts came to permit"),
            ];
            for (name, unit, text) in counters {
                recorder.describe_counter(KeyName::from_const_str(name), Some(unit), text.into());
            }
            let text = "how long processes ran".into();
            recorder.describe_histogram(KeyName::from_const_str(DURATION), Some(Unit::Seconds), text);
        });
    }

    fn with(&self, tell: impl FnOnce(&dyn Recorder)) {
        match &self.recorder {
            Some(recorder) => tell(&**recorder),
            None => metrics::with_recorder(tell),
        }
    }

    fn count(&self, invocation: &Invocation, counts: &[(&'static str, u64)]) {
        self.with(|recorder| {
            for (name, count) in counts {
                let key = key(name, invocation.program(), project(invocation));
                recorder.register_counter(&key, &METADATA).increment(*count);
            }
        });
    }

    fn ended(&self, invocation: &Invocation, exited: &Exited) {
        let lines = |name, printed: Option<Printed>| Some((name, printed?.lines?));
        let failed = exited.failed || exited.stopped.is_some();
        let counts = [
            lines(STDOUT_LINES, exited.stdout),
            lines(STDERR_LINES, exited.stderr),
            failed.then_some((FAILURES, 1)),
        ];
        // Each takes a look into the recorder, so nothing is counted that is not there.
        counts.into_iter().flatten().for_each(|count| self.count(invocation, &[count]));
        self.with(|recorder| {
            let key = key(DURATION, invocation.program(), project(invocation));
            let histogram = recorder.register_histogram(&key, &METADATA);
            histogram.record(exited.duration.as_secs_f64());
        });
    }
}

/// Where the metrics are from.
static METADATA: Metadata<'static> =
    Metadata::new("cuprum", metrics::Level::INFO, Some("cuprum::observe::metrics"));

fn key(name: &'static str, program: &'static str, project: Option<Cow<'_, str>>) -> Key {
    let project = match project {
        Some(project) => SharedString::from_owned(project.into_owned()),
        None => SharedString::const_str(UNKNOWN),
    };
    let program = match program {
        "" => UNKNOWN,
        program => program,
    };
    let labels = vec![Label::from_static_parts("program", program), Label::new("project", project)];
    Key::from_parts(name, labels)
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Observer for Metrics {
    fn event(&self, event: &Event) {
        if let EventKind::Widened(widened) = event.kind() {
            let key = key(WIDENED, widened.program, project_tag(&widened.tags));
            self.with(|recorder| recorder.register_counter(&key, &METADATA).increment(1));
        }
        let Some(invocation) = event.invocation() else { return };
        match event.kind() {
            // A series that begins at its first failure hides that one from whoever looks at rates.
            EventKind::Started(_) => self.count(invocation, &[(EXECUTIONS, 1), (FAILURES, 0)]),
            EventKind::Stdin(stdin) => self.count(invocation, &[(STDIN_BYTES, stdin.bytes)]),
            EventKind::StdinFailed(fault) => {
                self.count(invocation, &[(STDIN_BYTES, fault.bytes), (STDIN_ERRORS, 1)]);
            }
            EventKind::Exited(exited) => self.ended(invocation, exited),
            EventKind::Lost(_) => self.count(invocation, &[(FAILURES, 1)]),
            EventKind::Refused(_) | EventKind::NotStarted(_) => self.count(invocation, &[(NOT_STARTED, 1)]),
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
