//! Runs a tool with each option of a builder, and sees that it does not complain about the option.

use std::path::Path;

use cuprum::spec::{Arg, ArgKind, CommandSpec};

use crate::builders::{flat, option};
use crate::option::Value;
use crate::run::ask;
use crate::samples::{VALUES, operand};

/// How a tool says that its words make no sense.
pub(crate) struct Usage {
    pub(crate) tool: &'static str,
    /// The exit code of wrong usage, if it stands for nothing else.
    pub(crate) code: Option<i32>,
    /// What it says of an option that it does not know, or whose value is missing or not one.
    pub(crate) complaints: &'static [&'static str],
}

/// Runs the command once for each of its options; returns what the tool complained about, and how many
/// times it was run.
pub(crate) fn accept(
    usage: &Usage,
    spec: &CommandSpec,
    dir: &Path,
) -> Result<(Vec<String>, usize), cuprum::Error> {
    let mut faults = Vec::new();
    let mut runs = 0;
    let args = flat(spec.args());
    let tested = args.iter().filter_map(|arg| option(arg).map(|written| (*arg, Some(written))));
    // Once without an option, for those that are always written.
    let tested = tested.chain(
        [(args.first().copied(), None)].into_iter().filter_map(|(arg, none)| arg.map(|arg| (arg, none))),
    );
    for (arg, written) in tested {
        let complaint = match &written {
            None => try_words(usage, spec, &[], None, dir, &mut runs)?,
            Some(written) if written.value == Value::None => {
                let mut complaint = try_words(usage, spec, &written.words(None), Some(arg), dir, &mut runs)?;
                if let (None, Some(negation)) = (&complaint, written.negation) {
                    complaint =
                        try_words(usage, spec, &[format!("--{negation}")], Some(arg), dir, &mut runs)?;
                }
                complaint
            }
            Some(written) => {
                let mut complaint = None;
                for value in VALUES {
                    complaint =
                        try_words(usage, spec, &written.words(Some(value)), Some(arg), dir, &mut runs)?;
                    if complaint.is_none() {
                        break;
                    }
                }
                if complaint.is_none() && written.value == Value::Optional {
                    complaint = try_words(usage, spec, &written.words(None), Some(arg), dir, &mut runs)?;
                }
                complaint
            }
        };
        if let Some(complaint) = complaint {
            let field = written.map_or("no option", |_| arg.field());
            faults.push(format!("`{field}`: {complaint}"));
        }
    }
    Ok((faults, runs))
}

/// Runs the command with these words; returns the complaint of the tool.
fn try_words(
    usage: &Usage,
    spec: &CommandSpec,
    words: &[String],
    tested: Option<&'static Arg>,
    dir: &Path,
    runs: &mut usize,
) -> Result<Option<String>, cuprum::Error> {
    let complaint = try_line(usage, line(spec, words, tested, false), dir, runs)?;
    // Some options make sense with an operand only.
    match complaint {
        Some(_) => try_line(usage, line(spec, words, tested, true), dir, runs),
        None => Ok(None),
    }
}

fn try_line(
    usage: &Usage,
    line: Vec<String>,
    dir: &Path,
    runs: &mut usize,
) -> Result<Option<String>, cuprum::Error> {
    *runs += 1;
    let answer = ask(usage.tool, &line, dir)?;
    let complaint = answer.text.lines().find(|line| usage.complaints.iter().any(|text| line.contains(text)));
    let complaint = complaint.map(str::to_owned).or_else(|| {
        let code = usage.code.filter(|code| answer.code == Some(*code))?;
        Some(format!("exit {code}: {}", answer.text.lines().next().unwrap_or_default()))
    });
    Ok(complaint.map(|complaint| format!("{complaint} ({} {})", usage.tool, line.join(" "))))
}

/// Returns a line with what is always written, the words, and a sample of all that is required.
///
/// With `all` also of operands that can be left out.
fn line(spec: &CommandSpec, words: &[String], tested: Option<&'static Arg>, all: bool) -> Vec<String> {
    let command = spec.subcommand().join(" ");
    let mut line: Vec<String> = spec.subcommand().iter().map(|word| (*word).to_owned()).collect();
    line.extend(spec.fixed().iter().copied().flatten().map(|word| (*word).to_owned()));
    for arg in spec.args().iter().filter(|arg| arg.is_required()) {
        let choices = match arg.kind() {
            ArgKind::Group(choices) => choices,
            _ => std::slice::from_ref(arg),
        };
        let is_tested = tested.is_some_and(|tested| choices.contains(tested));
        if let Some(choice) = choices.first().filter(|_| !is_tested)
            && let Some(written) = option(choice)
        {
            let value = (written.value == Value::Required).then(|| operand(&command, choice.field()));
            line.extend(written.words(value));
        }
    }
    line.extend(words.iter().cloned());
    let samples = |kind: ArgKind| {
        let args = spec
            .args()
            .iter()
            .filter(move |arg| arg.kind() == kind && (all || arg.is_required() || arg.min() > 0));
        args.flat_map(|arg| std::iter::repeat_n(arg, arg.min().max(1)))
    };
    let separator = spec.program().and_then(|program| spec.separator_in(program));
    let operands: Vec<&str> = samples(ArgKind::Operand).map(|arg| operand(&command, arg.field())).collect();
    if !operands.is_empty() {
        line.extend(separator.map(str::to_owned));
        line.extend(operands.into_iter().map(str::to_owned));
    }
    let last: Vec<&str> = samples(ArgKind::Last).map(|arg| operand(&command, arg.field())).collect();
    if !last.is_empty() {
        line.push("--".to_owned());
        line.extend(last.into_iter().map(str::to_owned));
    }
    line
}
