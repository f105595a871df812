//! Asks a program for its version before a command relies on it, once for each file.

use std::sync::Arc;

use super::deadline::before_start;
use super::engine;
use super::job::Job;
use super::telling::Telling;
use crate::backend::{FileStamp, Installed, Launch};
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::plan::Plan;
use crate::spec::{Capture, Stdin, Stdio, Version};

/// Checks what the plan's program and arguments require of the version that is installed.
///
/// A plan that requires nothing costs nothing. Otherwise the program is asked when it is first used,
/// and again when its file has changed.
/// It is told of as a run of its own, in that of the job, whose limits hold for it.
pub(super) async fn check(plan: &Plan, rules: &Arc<Rules>, job: &Job) -> Result<(), Error> {
    let required = plan.program.version();
    if required.is_none() && plan.needs.is_empty() {
        return Ok(());
    }
    let version = match rules.backend.installed(&plan.launch.program) {
        Installed::Any => return Ok(()),
        Installed::Known(text) => read(plan, &text)?,
        // Boxed, since it is a run of its own, and few commands need it.
        Installed::Ask(stamp) => Box::pin(ask(plan, rules, stamp, job)).await?,
    };
    if let Some(required) = required.filter(|required| !version.meets(required)) {
        return Err(unfit(plan, format!("version {version} is installed, and `{required}` is required")));
    }
    let unknown = |since: &str| Version::parse(since).is_none_or(|since| version < since);
    match plan.needs.iter().find(|need| unknown(need.since)) {
        Some(need) => Err(unfit(
            plan,
            format!("version {version} is installed, and `{}` needs {}", need.field, need.since),
        )),
        None => Ok(()),
    }
}

/// Returns the version of the program's file, asking it unless it has been asked before.
///
/// The table stays locked meanwhile, so that commands that start together ask once.
async fn ask(plan: &Plan, rules: &Arc<Rules>, stamp: FileStamp, job: &Job) -> Result<Version, Error> {
    let late = || "another command asks a program for its version".to_owned();
    let mut versions = before_start(job, &*rules.backend, rules.versions.lock(), late).await?;
    if let Some((asked, version)) = versions.get(&plan.launch.program)
        && *asked == stamp
    {
        return Ok(version.clone());
    }
    let launch = Launch {
        args: plan.program.version_args().iter().map(Into::into).collect(),
        dir: None,
        command: None,
        stdin: Stdin::Null,
        stdout: Stdio::Capture,
        stderr: Stdio::Capture,
        ..plan.launch.clone()
    };
    let plan = &Plan { launch, stdout: Capture::new(), stderr: Capture::new(), ..plan.clone() };
    let job = job.part(plan.clone(), Telling::version(plan, rules, job.telling().id()));
    let outcome = engine::execute(&job, rules, Vec::new()).await?.into_final_stage();
    let text = format!("{}\n{}", outcome.stdout().text_lossy(), outcome.stderr().text_lossy());
    let version = read(plan, &text)?;
    versions.insert(plan.launch.program.clone(), (stamp, version.clone()));
    Ok(version)
}

fn read(plan: &Plan, text: &str) -> Result<Version, Error> {
    Version::find(text).ok_or_else(|| {
        let args = plan.program.version_args().join(" ");
        unfit(plan, format!("`{} {args}` printed no version", plan.program.name()))
    })
}

fn unfit(plan: &Plan, why: String) -> Error {
    Error::new(ErrorKind::Version, plan.program.name(), plan.command_line(), Cause::Text(why))
        .with_dir(plan.launch.dir.clone())
        .with_path(Some(plan.launch.program.clone()))
}
