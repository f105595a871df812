//! The names of the metrics, and their labels, made once for each program and project.

use std::sync::{Arc, PoisonError, RwLock};

use metrics::{Key, Label, SharedString, Unit};

/// What labels say that have nothing to say.
const UNKNOWN: &str = "unknown";

/// For how many programs and projects the keys are kept; those of others are made each time.
const MOST: usize = 64;

/// One of the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Executions,
    Failures,
    NotStarted,
    Duration,
    StdoutLines,
    StderrLines,
    StdinBytes,
    StdinErrors,
    Widened,
}

impl Name {
    pub(super) const ALL: [Self; 9] = [
        Self::Executions,
        Self::Failures,
        Self::NotStarted,
        Self::Duration,
        Self::StdoutLines,
        Self::StderrLines,
        Self::StdinBytes,
        Self::StdinErrors,
        Self::Widened,
    ];

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Executions => "cuprum_executions_total",
            Self::Failures => "cuprum_failures_total",
            Self::NotStarted => "cuprum_not_started_total",
            Self::Duration => "cuprum_duration_seconds",
            Self::StdoutLines => "cuprum_stdout_lines_total",
            Self::StderrLines => "cuprum_stderr_lines_total",
            Self::StdinBytes => "cuprum_stdin_bytes_total",
            Self::StdinErrors => "cuprum_stdin_errors_total",
            Self::Widened => "cuprum_widened_total",
        }
    }

    /// Returns what is counted.
    pub(super) fn described(self) -> (Unit, &'static str) {
        match self {
            Self::Executions => (Unit::Count, "processes that were started"),
            Self::Failures => (Unit::Count, "commands that failed, were stopped, or were lost"),
            Self::NotStarted => (Unit::Count, "commands that were refused or could not be started"),
            Self::Duration => (Unit::Seconds, "how long processes ran"),
            Self::StdoutLines => (Unit::Count, "lines on standard output"),
            Self::StderrLines => (Unit::Count, "lines on standard error"),
            Self::StdinBytes => (Unit::Bytes, "bytes written to standard inputs"),
            Self::StdinErrors => (Unit::Count, "standard inputs that failed"),
            Self::Widened => (Unit::Count, "programs that contexts came to permit"),
        }
    }
}

/// The keys of one program in one project, in the order of [`Name::ALL`].
///
/// A key is kept, and not what a recorder has for it: a recorder may forget what is idle, and one that is installed
/// later is another one.
#[derive(Debug)]
pub(super) struct Keys {
    program: &'static str,
    project: String,
    keys: [Key; Name::ALL.len()],
}

impl Keys {
    fn new(program: &'static str, project: &str) -> Self {
        let shared = SharedString::from_shared(project.into());
        let labels = [Label::from_static_parts("program", program), Label::new("project", shared)];
        let keys = Name::ALL.map(|name| Key::from_parts(name.text(), labels.to_vec()));
        Self { program, project: project.to_owned(), keys }
    }

    pub(super) fn of(&self, name: Name) -> &Key {
        let [first, ..] = &self.keys;
        self.keys.get(name as usize).unwrap_or(first)
    }
}

/// The keys that were needed so far.
#[derive(Debug, Default)]
pub(super) struct Known(RwLock<Vec<Arc<Keys>>>);

impl Known {
    /// Returns the keys of a program in a project.
    pub(super) fn keys(&self, program: &'static str, project: Option<&str>) -> Arc<Keys> {
        let program = if program.is_empty() { UNKNOWN } else { program };
        let project = project.unwrap_or(UNKNOWN);
        let is_it = |keys: &&Arc<Keys>| keys.program == program && keys.project == project;
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(keys) = known.iter().find(is_it) {
            return Arc::clone(keys);
        }
        drop(known);
        let keys = Arc::new(Keys::new(program, project));
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST && !known.iter().any(|other| is_it(&other)) {
            known.push(Arc::clone(&keys));
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_kept_for_some() {
        let known = Known::default();
        let first = known.keys("git", Some("ops"));
        assert!(Arc::ptr_eq(&first, &known.keys("git", Some("ops"))));
        for (keys, labels) in [
            (first, ["git", "ops"]),
            (known.keys("git", None), ["git", "unknown"]),
            (known.keys("", Some("ops")), ["unknown", "ops"]),
        ] {
            for name in Name::ALL {
                let key = keys.of(name);
                assert_eq!(key.name(), name.text());
                assert_eq!(key.labels().map(Label::value).collect::<Vec<_>>(), labels);
            }
        }
        for project in 0..2 * MOST {
            known.keys("make", Some(&project.to_string()));
        }
        assert_eq!(known.0.read().unwrap().len(), MOST);
        assert_eq!(known.keys("make", Some("127")).project, "127");
    }
}
