//! Compares what the builders write with what a tool knows.

use std::collections::BTreeMap;

use cuprum::spec::CommandSpec;

use crate::builders::{Written, written};
use crate::omitted::Omission;
use crate::option::{Opt, Value};

/// What was found about one command.
#[derive(Debug, Default)]
pub(crate) struct Finding {
    /// How many options the tool lists.
    pub(crate) listed: usize,
    /// How many of them a builder writes.
    pub(crate) written: usize,
    /// How many are left out for a reason.
    pub(crate) omitted: usize,
    /// What is wrong.
    pub(crate) faults: Vec<String>,
}

/// Puts the commands of builders together that run the same command of the tool.
pub(crate) fn by_command(
    specs: impl Iterator<Item = &'static CommandSpec>,
) -> BTreeMap<Vec<&'static str>, Vec<&'static CommandSpec>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for spec in specs {
        found.entry(spec.subcommand().to_vec()).or_default().push(spec);
    }
    found
}

/// Compares the builders of one command with what the tool lists for it.
pub(crate) fn compare(
    command: &str,
    specs: &[&CommandSpec],
    listed: &[Opt],
    omissions: &[Omission],
) -> Finding {
    let mine: Vec<Written> = specs.iter().flat_map(|spec| written(spec)).collect();
    let mut finding = Finding { listed: listed.len(), ..Finding::default() };
    for option in listed {
        let has =
            mine.iter().any(|own| option.is(&own.name) || own.negation.is_some_and(|name| option.is(name)));
        let reason = omissions.iter().find(|row| row.is_about(command, option));
        match (has, reason) {
            (true, None) => finding.written += 1,
            (false, Some(_)) => finding.omitted += 1,
            (false, None) => {
                finding.faults.push(format!("{option} has no field, and no reason is written down"))
            }
            (true, Some(row)) if row.command == "*" => finding.written += 1,
            (true, Some(_)) => {
                finding.faults.push(format!("{option} has a field, and a reason why it has none"))
            }
        }
    }
    for own in &mine {
        finding.faults.extend(unlike(own, listed));
    }
    finding.faults.sort();
    finding.faults.dedup();
    finding
}

/// Says where a builder writes an option in another way than the tool reads it.
fn unlike(own: &Written, listed: &[Opt]) -> Option<String> {
    // One that is not listed can be hidden; whether the tool takes it is asked by running it.
    let exact = listed.iter().find(|option| option.is_exactly(&own.name));
    let option = exact.or_else(|| listed.iter().find(|option| option.is(&own.name)))?;
    if !option.takes(&own.name, own.value) {
        let says = match option.value {
            Value::None => "without a value",
            Value::Optional => "with an optional value",
            Value::Required => "with a value",
        };
        return Some(format!("{option} is written as {:?}, but the tool reads it {says}", own.value));
    }
    None
}
