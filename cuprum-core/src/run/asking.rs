//! Asks the before hooks of a run, and gives its commands their `TRACEPARENT`.

use super::deadline::before_start;
use super::hooking::{self, Stopped};
use super::job::Job;
use crate::context::{Rules, Traceparent};
use crate::error::{Cause, Error, ErrorKind};
use crate::spec::Environment;

/// Asks the hooks of every stage; the first that refuses decides.
///
/// They share the time of the run. A hook that blocks can answer when that is over: a refusal counts then, too, and
/// otherwise nothing is started any more.
pub(super) async fn ask(job: &Job, rules: &Rules) -> Result<(), Error> {
    let Some(told) = job.telling().told() else { return Ok(()) };
    let late = || "its before hooks took as long as it may".to_owned();
    let is_over = || job.deadline().is_some_and(|deadline| deadline.left(&*rules.backend).is_zero());
    for (index, stage) in told.stages.iter().enumerate() {
        for hook in told.before(stage) {
            let answer = hooking::before(hook, &stage.invocation);
            match before_start(job, &*rules.backend, answer, late).await? {
                Ok(()) if is_over() => {
                    return Err(job.whole(ErrorKind::Timeout, Cause::Text(late())));
                }
                Ok(()) => {}
                Err(Stopped::Refused(refusal)) => {
                    let cause = Cause::Text(refusal.reason().to_owned());
                    let error = job.error(index, ErrorKind::Refused, cause).with_path(None);
                    told.refused(index, &error);
                    return Err(error);
                }
                Err(Stopped::Panicked(text)) => {
                    let cause = text.map_or(Cause::None, Cause::Text);
                    return Err(job.error(index, ErrorKind::Panicked, cause).with_path(None));
                }
            }
        }
    }
    Ok(())
}

/// The variables that carry a trace into a child (W3C Trace Context; their use as variables is OpenTelemetry's).
const TRACEPARENT: &str = "TRACEPARENT";
const TRACESTATE: &str = "TRACESTATE";

/// Gives each stage its `TRACEPARENT`, unless somebody has said something about that variable, and its `TRACESTATE`.
pub(super) fn trace(job: &mut Job, rules: &Rules) {
    let Some(Traceparent(give)) = &rules.watch.traceparent else { return };
    let telling = job.telling().clone();
    let Some(told) = telling.told() else { return };
    for (plan, stage) in job.stages_mut().iter_mut().zip(&told.stages) {
        let environment = &mut plan.launch.environment;
        let is_free = |environment: &Environment, name| environment.changes().all(|(other, _)| other != name);
        if is_free(environment, TRACEPARENT)
            && let Some(trace) = give(told.voice.id(), &stage.invocation)
            && !trace.parent().contains('\0')
        {
            environment.set(TRACEPARENT, trace.parent());
            if is_free(environment, TRACESTATE) {
                match trace.state().filter(|state| !state.contains('\0')) {
                    Some(state) => environment.set(TRACESTATE, state),
                    None => environment.remove(TRACESTATE),
                }
            }
        }
    }
}
