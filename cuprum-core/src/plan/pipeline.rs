//! What the stages of a pipeline would do, and what holds for all of them.

use std::fmt;

use super::permit::{Found, permit};
use super::streams::{apart, keeps};
use super::{Edges, Plan};
use crate::backend::Passing;
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::spec::{Limits, Line, Mode, Stages, Stdin};

/// Exactly what a pipeline would do, as data. Printing it is the dry run.
///
/// Every stage is checked before any is started, in the order that [`Plan`] names; first, whether all of their
/// programs may run, and whether their streams can be joined at all.
#[derive(Clone, Debug)]
pub struct PipelinePlan {
    pub(crate) stages: Vec<Plan>,
    pub(crate) mode: Mode,
    pub(crate) edges: Edges,
    pub(crate) limits: Limits,
}

/// What is wrong with which stage.
pub(crate) type Fault = (usize, Error);

impl PipelinePlan {
    /// Works out what each stage does under `rules`.
    pub(crate) fn new(stages: Stages, rules: &Rules) -> Result<Self, Error> {
        Self::each(stages, rules).map_err(|(_, error)| error)
    }

    /// Works out what each stage does under `rules`; says which stage a failure is about.
    pub(crate) fn each(stages: Stages, rules: &Rules) -> Result<Self, Fault> {
        let found = found(&stages, rules)?;
        let Stages { lines, mode, pump, limits } = stages;
        joints(&lines)?;
        let edges = Edges::new(&lines, pump, rules).map_err(|error| (0, error))?;
        let mut stages = Vec::with_capacity(lines.len());
        let mut lines = lines.into_iter().zip(found);
        while let Some((line, found)) = lines.next() {
            match Plan::of(line, rules, found) {
                Ok(plan) => stages.push(plan),
                Err(error) => return Err(of_stage(error, &stages, lines.map(|(line, _)| line))),
            }
        }
        replaced_once(&stages)?;
        let (mode, limits) = (mode.unwrap_or_default(), whole(limits, &stages, rules)?);
        Ok(Self { stages, mode, edges, limits })
    }

    /// Works out what each stage does; also returns those that cannot be started for a reason that a shell has a
    /// status for, and the reasons.
    pub(crate) fn like_a_shell(stages: Stages, rules: &Rules) -> Result<(Self, Vec<Fault>), Fault> {
        let found = found(&stages, rules)?;
        let Stages { lines, mode, pump, limits } = stages;
        joints(&lines)?;
        let edges = Edges::new(&lines, pump, rules).map_err(|error| (0, error))?;
        let (mut stages, mut faults) = (Vec::with_capacity(lines.len()), Vec::new());
        for (index, (line, found)) in lines.iter().zip(found).enumerate() {
            let rest = || lines.iter().skip(index + 1);
            stages.push(match Plan::of(line.clone(), rules, found) {
                Err(fault) if fault.kind().shell_code().is_some() => {
                    faults.push(of_stage(fault, &stages, rest()));
                    let plan = Plan::without_program(line.clone(), rules);
                    plan.map_err(|fault| of_stage(fault, &stages, rest()))?
                }
                plan => plan.map_err(|fault| of_stage(fault, &stages, rest()))?,
            });
        }
        replaced_once(&stages)?;
        let (mode, limits) = (mode.unwrap_or_default(), whole(limits, &stages, rules)?);
        Ok((Self { stages, mode, edges, limits }, faults))
    }

    /// Makes a pipeline of one stage.
    pub(crate) fn of(plan: Plan) -> Self {
        let (mode, limits) = (Mode::default(), plan.limits.clone());
        Self { stages: vec![plan], mode, edges: Edges::default(), limits }
    }

    /// Returns what each stage would do, in order.
    pub fn stages(&self) -> &[Plan] {
        &self.stages
    }

    /// Returns how what flows from each stage to the next one passes through the parent; `None` where a pipe of the
    /// kernel joins them, and the parent sees nothing.
    ///
    /// Where the lines of a stage are read that is otherwise only counted, its bytes are looked at after all.
    pub fn edges(&self) -> &[Option<Passing>] {
        self.edges.passing()
    }

    /// Returns when the pipeline has failed.
    pub fn mode(&self) -> Mode {
        self.mode
    }
}

/// Says which stage of which pipeline an error is about, if it is one of several.
fn of_stage(error: Error, before: &[Plan], after: impl Iterator<Item = impl fmt::Display>) -> Fault {
    let index = before.len();
    let mut whole: Vec<String> = before.iter().map(Plan::command_line).collect();
    whole.push(error.command_line().to_owned());
    whole.extend(after.map(|line| line.to_string()));
    let error = if whole.len() == 1 { error } else { error.with_stage(index, whole.join(" | ")) };
    (index, error)
}

/// Checks that every stage may run; says which stage a refusal is about.
pub(crate) fn permitted_stages(stages: &Stages, rules: &Rules) -> Result<(), Fault> {
    found(stages, rules).map(drop)
}

/// Checks that every stage may run, before anything else is asked.
fn found(stages: &Stages, rules: &Rules) -> Result<Vec<Found>, Fault> {
    let permit = |(index, line)| {
        permit(line, rules).map_err(|error| match stages.lines.len() {
            1 => (index, error),
            _ => (index, error.with_stage(index, stages.to_string())),
        })
    };
    stages.lines.iter().enumerate().map(permit).collect()
}

/// Checks that the streams of neighbours can be joined, and that the pipeline does not empty what it reads.
fn joints(lines: &[Line]) -> Result<(), Fault> {
    let last = lines.len().saturating_sub(1);
    let error = |line: &Line, fault| {
        Error::new(ErrorKind::InvalidStream, line.program.name(), line.to_string(), Cause::Text(fault))
    };
    for (index, line) in lines.iter().enumerate() {
        joint(index, last, line).map_err(|fault| (index, error(line, fault)))?;
    }
    match lines {
        [first, .., end] => keeps(&first.stdin, &end.stdout.stdio)
            .map_err(|fault| (last, error(end, fault.detail).with_path(fault.path))),
        _ => Ok(()),
    }
}

/// Returns the limits of the whole, none of which may be no time.
fn whole(limits: Limits, stages: &[Plan], rules: &Rules) -> Result<Limits, Fault> {
    let limits = limits.or(&rules.limits);
    match (limits.zero(), stages.split_last()) {
        (Some(limit), Some((last, others))) => {
            let cause = Cause::Text(format!("the {limit} is zero"));
            let error = Error::new(ErrorKind::InvalidLimit, last.program.name(), last.command_line(), cause);
            Err((others.len(), error))
        }
        _ => Ok(limits),
    }
}

/// Checks that no stage replaces a file that another one writes to.
fn replaced_once(stages: &[Plan]) -> Result<(), Fault> {
    let outputs = stages.iter().flat_map(|plan| [&plan.launch.stdout, &plan.launch.stderr]);
    let Some((last, others)) = stages.split_last() else { return Ok(()) };
    apart(outputs).map_err(|fault| {
        let cause = Cause::Text(fault.detail);
        let error = Error::new(fault.kind, last.program.name(), last.command_line(), cause);
        (others.len(), error.with_path(fault.path))
    })
}

/// Checks that a stage's streams are free to be joined to its neighbours'.
fn joint(index: usize, last: usize, line: &Line) -> Result<(), String> {
    let reads_pipe = index > 0 && !matches!(line.stdin, Stdin::Null | Stdin::Inherit);
    let writes_pipe = index < last && !line.stdout.is_captured();
    if reads_pipe {
        return Err(format!("stage {index} reads what the stage before it prints: its input cannot be set"));
    }
    if writes_pipe {
        return Err(format!(
            "stage {index} prints to the next stage: its output can be captured and copied, and go nowhere else"
        ));
    }
    Ok(())
}

/// The plans of the stages, with `|` between them. What stands in a comment, also how bytes pass through the parent,
/// ends its line, so that a shell still reads it.
impl fmt::Display for PipelinePlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f)?;
        self.comment().iter().try_for_each(|comment| write!(f, " # {comment}"))
    }
}

impl PipelinePlan {
    /// Writes it but for the comment at its end.
    pub(super) fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, plan) in self.stages.iter().enumerate() {
            plan.show(f)?;
            if index + 1 == self.stages.len() {
                break;
            }
            let passing = self.edges().get(index).copied().flatten().map(|passing| match passing {
                Passing::Splice => "spliced: counted",
                Passing::Tee => "spliced: duplicated and looked at",
                Passing::Copy => "copied: looked at",
            });
            f.write_str(" | ")?;
            let comments: Vec<String> =
                plan.comment().into_iter().chain(passing.map(str::to_owned)).collect();
            if !comments.is_empty() {
                writeln!(f, "# {}", comments.join("; "))?;
            }
        }
        Ok(())
    }

    /// Returns the comment at its end.
    pub(super) fn comment(&self) -> Option<String> {
        self.stages.last()?.comment()
    }
}
