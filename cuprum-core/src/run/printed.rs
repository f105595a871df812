//! Returns what a command printed, without a copy of it.

use super::Running;
use super::job::Job;
use crate::error::{Cause, ErrorKind};
use crate::spec::{OutputError, Stages};

/// Bytes that are not what is wanted, and why.
pub(super) type Unread = (Vec<u8>, OutputError);

/// A run whose standard output is wanted, so it must be captured; `take` makes the bytes into what is wanted,
/// or gives them back and says at which one it could not.
pub(super) fn printed<T: Send + 'static>(
    mut stages: Stages,
    take: fn(Vec<u8>) -> Result<T, Unread>,
) -> Running<T> {
    let last = stages.lines.last_mut().map(|last| &mut last.stdout);
    let is_captured = last.is_some_and(|stdout| {
        stdout.capture.vector = true;
        stdout.is_captured()
    });
    if !is_captured {
        return Running::new((&stages).into(), move |rules, _| {
            Box::pin(async move {
                let job = Job::new(stages, &rules).await?;
                let why = "its standard output is wanted, and is not captured".to_owned();
                let hint = "leave `.stdout(…)` out; what is captured can be copied elsewhere, too, by `Capture::tee`";
                let error = job.error(job.stages.len() - 1, ErrorKind::InvalidStream, Cause::Text(why));
                Err(error.with_path(None).with_hint(Some(hint.to_owned())))
            })
        });
    }
    Running::stages(stages, move |job, outcome| {
        let mut outcome = job.checked(outcome)?;
        let stdout = outcome.final_stage_mut().stdout_mut();
        // Taken and not copied: it may be large.
        let taken = match stdout.complete() {
            Ok(_) => take(stdout.take_bytes()).map_err(|(bytes, error)| {
                stdout.put_bytes(bytes);
                error
            }),
            Err(truncated) => Err(truncated.into()),
        };
        taken.map_err(|error| job.unreadable(error, outcome))
    })
}

/// Makes bytes into text, without the line end at its end.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, Unread> {
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.truncate(text.trim_end_matches(['\n', '\r']).len());
            Ok(text)
        }
        Err(error) => {
            let fault = error.utf8_error().into();
            Err((error.into_bytes(), fault))
        }
    }
}
