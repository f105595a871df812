//! What ran, how it ended, how long it took, and how much it printed: the table at the end.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cuprum::{ExitStatus, IntoSafe, Outcome};
use cuprum_builders::prelude::*;

/// The commands that have run so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    rows: Arc<Mutex<Vec<Row>>>,
}

#[derive(Debug)]
struct Row {
    what: &'static str,
    status: ExitStatus,
    duration: Duration,
    bytes: u64,
}

impl Report {
    /// Runs a command and adds its row, whether or not it succeeds.
    pub(crate) async fn run<C: IntoSafe>(&self, what: &'static str, command: C) -> cuprum::Result<C::Output> {
        let rows = Arc::clone(&self.rows);
        let add = move |outcome: &Outcome| {
            let (status, duration) = (outcome.status(), outcome.duration());
            let bytes = outcome.stdout().total() + outcome.stderr().total();
            rows.lock().unwrap_or_else(PoisonError::into_inner).push(Row { what, status, duration, bytes });
        };
        command.run().inspect(add).await
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let width = rows.iter().map(|row| row.what.len()).max().unwrap_or(0);
        writeln!(f, "{:<width$}  {:<14}  {:>10}  {:>10}", "what ran", "exit", "duration", "bytes")?;
        for Row { what, status, duration, bytes } in rows.iter() {
            let (status, took) = (status.to_string(), format!("{:.1} ms", duration.as_secs_f64() * 1e3));
            writeln!(f, "{what:<width$}  {status:<14}  {took:>10}  {bytes:>10}")?;
        }
        let total: Duration = rows.iter().map(|row| row.duration).sum();
        write!(f, "{} commands, {:.1} ms", rows.len(), total.as_secs_f64() * 1e3)
    }
}
