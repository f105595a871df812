//! What is refused where commands are run more than once or stopped half-way, and how much time is left.

use std::time::Duration;

use crate::backend::Backend;
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::plan::permitted;
use crate::spec::{ChoiceRule, How, Line, Stages, Stdin, Tier};

/// Checks what can be known of a choice before it starts, beside whether its programs may run.
pub(super) fn check(items: &[&Stages], rule: ChoiceRule) -> Result<()> {
    let whole = |why: &str| refused("", String::new(), why);
    match rule.how {
        How::Quorum(needed) if needed > items.len() => {
            return Err(whole(&format!("{needed} are to succeed, and there are {}", items.len())));
        }
        How::Quorum(_) => {}
        _ if items.is_empty() => return Err(whole("there is none")),
        _ => {}
    }
    timeout(rule.timeout)?;
    if rule.how != How::InOrder && !rule.idempotent {
        items.iter().try_for_each(|stages| harmless(stages, "may be stopped half-way"))?;
    }
    let mut inputs: Vec<&Stdin> = Vec::new();
    for line in items.iter().flat_map(|stages| &stages.lines).filter(|line| !is_repeatable(&line.stdin)) {
        if inputs.contains(&&line.stdin) {
            return Err(about(line, "another command reads the same input, which can be read once"));
        }
        inputs.push(&line.stdin);
    }
    Ok(())
}

/// Checks that every program may run.
pub(super) fn allowed<'a>(lines: impl IntoIterator<Item = &'a Line>, rules: &Rules) -> Result<()> {
    lines.into_iter().try_for_each(|line| permitted(line, rules))
}

/// Checks that a limit of time is one that can be kept.
pub(super) fn timeout(limit: Option<Duration>) -> Result<()> {
    match limit {
        Some(Duration::ZERO) => {
            let why = Cause::Text("the timeout of the whole is zero".to_owned());
            Err(Error::new(ErrorKind::InvalidLimit, "", String::new(), why))
        }
        _ => Ok(()),
    }
}

/// Checks that no stage changes anything.
pub(super) fn harmless(stages: &Stages, what: &str) -> Result<()> {
    match stages.lines.iter().find(|line| line.tier > Tier::Read) {
        Some(line) => {
            Err(about(line, &format!("it {what}, and its tier is {}: say that it is idempotent", line.tier)))
        }
        None => Ok(()),
    }
}

/// Checks that the stages can be run again with the same input.
#[cfg(feature = "retry")]
pub(super) fn repeatable(stages: &Stages) -> Result<()> {
    match stages.lines.iter().find(|line| !is_repeatable(&line.stdin)) {
        Some(line) => Err(about(line, &format!("its input can be read once: {}", line.stdin.shown()))),
        None => Ok(()),
    }
}

/// Returns whether a second run would read the same.
fn is_repeatable(stdin: &Stdin) -> bool {
    matches!(stdin, Stdin::Null | Stdin::Bytes(_) | Stdin::SecretBytes(_) | Stdin::File(_) | Stdin::Piped)
}

fn about(line: &Line, why: &str) -> Error {
    refused(line.program.name(), line.to_string(), why)
}

fn refused(program: &'static str, line: String, why: &str) -> Error {
    Error::new(ErrorKind::InvalidCombination, program, line, Cause::Text(why.to_owned()))
}

/// Returns how much time is left until then.
pub(super) fn remaining(until: Option<Duration>, backend: &dyn Backend) -> Option<Duration> {
    until.map(|until| until.saturating_sub(backend.now()))
}

/// Returns the smaller limit.
pub(super) fn least(one: Option<Duration>, other: Option<Duration>) -> Option<Duration> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
