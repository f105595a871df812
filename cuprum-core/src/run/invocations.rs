//! What hooks and observers see of the commands of a run.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use crate::context::Rules;
use crate::outcome::Mask;
use crate::plan::Plan;
use crate::spec::{
    Destination, Environment, Invocation, Line, ProgramSpec, Project, Secrets, SinkTo, Stages, Stdio, Tags,
    Tier,
};

/// Returns the secrets of all stages and of the context.
pub(super) fn mask(stages: &Stages, rules: &Rules) -> Mask {
    Mask::new(stages.secret_bytes().chain(rules.environment.secret_bytes()))
}

/// Returns what may be shown of each stage, before it is planned.
pub(super) fn of_stages(stages: &Stages, rules: &Rules) -> Vec<Invocation> {
    let (of, mask) = (stages.lines.len(), mask(stages, rules));
    stages.lines.iter().enumerate().map(|(index, line)| of_line(line, index, of, rules, &mask)).collect()
}

fn of_line(line: &Line, index: usize, of: usize, rules: &Rules, mask: &Mask) -> Invocation {
    let Line { program, args, secrets, environment, stdout, stderr, tier, dir, attached, .. } = line;
    let joined;
    let asked = match rules.environment.is_empty() {
        true => environment,
        false => {
            let mut both = rules.environment.clone();
            both.extend(environment.clone());
            joined = both;
            &joined
        }
    };
    let project = rules.project_of(program);
    // They are kept as long as the events are, so there is no room for more.
    let own = if of > 1 { 5 } else { 3 };
    let mut tags = Tags::with_room(own + rules.watch.tags.len() + attached.tags.len());
    tags.set("project", project.name());
    tags.set("capture", stdout.stdio == Stdio::Capture);
    tags.set("echo", is_shown(stdout) || is_shown(stderr));
    if of > 1 {
        tags.set("pipeline_stage_index", i64::try_from(index).unwrap_or(i64::MAX));
        tags.set("pipeline_stages", i64::try_from(of).unwrap_or(i64::MAX));
    }
    tags.extend(&rules.watch.tags);
    tags.extend(&attached.tags);
    let words = (args.as_deref().unwrap_or_default(), secrets);
    let invocation = invocation(program, *tier, words, asked, tags, mask);
    Invocation { project, dir: dir.clone(), stage: index, stages: of, ..invocation }
}

/// Returns what may be shown of a command that asks a program for its version.
pub(super) fn of_version(plan: &Plan, rules: &Rules) -> Invocation {
    let project = rules.project_of(plan.program);
    let mut tags = Tags::new();
    tags.set("project", project.name());
    tags.set("capture", true);
    tags.set("purpose", "version");
    tags.extend(&rules.watch.tags);
    let mask = Mask::new(plan.launch.secrets());
    let words = (plan.launch.args.as_slice(), &Secrets::default());
    let invocation = invocation(plan.program, Tier::Read, words, &rules.environment, tags, &mask);
    Invocation { project, file: Some(plan.launch.program.clone()), ..invocation }
}

fn invocation(
    program: &'static ProgramSpec,
    tier: Tier,
    (words, secrets): (&[OsString], &Secrets),
    environment: &Environment,
    tags: Tags,
    mask: &Mask,
) -> Invocation {
    let masked = |text: &OsStr| OsString::from_vec(mask.bytes(text.as_encoded_bytes()).into_owned());
    let changes = environment.shown_changes();
    Invocation {
        program,
        project: Project::new(""),
        file: None::<PathBuf>,
        words: secrets.shown(words).map(|word| masked(&word)).collect(),
        dir: None,
        changes: changes.map(|(name, value)| (name.to_owned(), value.map(masked))).collect(),
        inherits: environment.inherits(),
        tier,
        stage: 0,
        stages: 1,
        tags,
    }
}

/// Returns whether an output is seen on the parent's own.
fn is_shown(output: &Destination) -> bool {
    let own = |to: &SinkTo| matches!(to, SinkTo::Stdout | SinkTo::Stderr);
    output.stdio == Stdio::Capture && output.capture.sinks.iter().any(|sink| own(&sink.to))
}
