//! Which streams of a job are read line by line, and by whom.

use super::job::Job;
use super::streams::Taps;
use crate::error::{Cause, Error, ErrorKind};
use crate::spec::Stdio;
use crate::stream::{Cutter, Source, Tap};

/// How long a line may be before it is cut into pieces, where nothing else was said.
pub(super) const LONGEST: usize = 1 << 20;

/// Which lines are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Those of one stream; of all that are captured if `None`.
    pub(super) only: Option<Source>,
    pub(super) longest: usize,
}

impl Wanted {
    pub(super) const ALL: Self = Self { only: None, longest: LONGEST };

    /// Makes a tap for each stream whose lines are wanted: the standard output of the last stage and of those
    /// that are observed, and every stage's standard error.
    pub(super) fn taps(self, job: &Job, make: impl Fn(Cutter) -> Tap) -> Result<Vec<Taps>, Error> {
        let last = job.stages.len().saturating_sub(1);
        let mut any = false;
        let mut tap = |stage, source: Option<Source>| {
            let source = source.filter(|source| self.only.is_none_or(|only| only == *source))?;
            any = true;
            Some(make(Cutter::new(source, self.longest).of_stage(stage)))
        };
        let taps = job.stages.iter().enumerate().map(|(index, plan)| {
            let (stdout, stderr) = (&plan.launch.stdout, &plan.launch.stderr);
            let source = |own, stdio: &Stdio, other: &Stdio| match (stdio, other) {
                (Stdio::Capture, Stdio::Merged) => Some(Source::Merged),
                (Stdio::Capture, _) => Some(own),
                _ => None,
            };
            let seen = index == last || job.edges.is_observed(index);
            let out = if seen { tap(index, source(Source::Stdout, stdout, stderr)) } else { None };
            // What is merged into a pipe to the next stage comes out of that one.
            let piped = if index == last { stdout } else { &Stdio::Null };
            Taps { stdout: out, stderr: tap(index, source(Source::Stderr, stderr, piped)) }
        });
        let taps = taps.collect();
        if any {
            Ok(taps)
        } else {
            Err(job.error(last, ErrorKind::InvalidStream, Cause::Text(self.why(job))).with_path(None))
        }
    }

    /// Says why there is no line to read.
    fn why(self, job: &Job) -> String {
        let launch = job.stages.last().map(|plan| &plan.launch);
        let place = |stdio: &Stdio| match stdio {
            Stdio::Capture | Stdio::Piped => "captured by itself".to_owned(),
            Stdio::Inherit => "shown on the parent's own stream".to_owned(),
            Stdio::Null => "thrown away".to_owned(),
            Stdio::File(path) | Stdio::Append(path) | Stdio::Atomic(path) => {
                format!("written to {}", path.display())
            }
            Stdio::Open(_) => "written to an open file".to_owned(),
            Stdio::Merged => "merged into the other output".to_owned(),
        };
        let (stdout, stderr) =
            launch.map(|launch| (place(&launch.stdout), place(&launch.stderr))).unwrap_or_default();
        let what = match self.only {
            Some(Source::Stdout) => format!("standard output is {stdout}"),
            Some(Source::Stderr) => format!("standard error is {stderr}"),
            Some(Source::Merged) => "the outputs are not merged".to_owned(),
            None => format!("standard output is {stdout}, standard error is {stderr}"),
        };
        format!("its lines cannot be read: {what}")
    }
}
