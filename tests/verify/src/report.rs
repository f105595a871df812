//! Asks each tool, compares, and prints what was found.

use std::path::Path;

use cuprum::spec::CommandSpec;
use cuprum_builders::{git as builders, rsync, tar};

use crate::compare::{Finding, by_command, compare};
use crate::live::{Usage, accept};
use crate::omitted::{GIT, Omission, RSYNC, TAR};
use crate::{git, gnu, scratch};

const GIT_USAGE: Usage = Usage {
    tool: "git",
    code: Some(129),
    complaints: &[
        "unknown option",
        "unknown switch",
        "unrecognized argument",
        "error: option `",
        "error: switch `",
        "ambiguous option",
        "fatal: option '",
        "usage: git",
    ],
};

const TAR_USAGE: Usage = Usage {
    tool: "tar",
    code: Some(64),
    complaints: &["unrecognized option", "requires an argument", "doesn't allow an argument", "is ambiguous"],
};

const RSYNC_USAGE: Usage = Usage {
    tool: "rsync",
    // It exits with 1 for much else.
    code: None,
    complaints: &[
        ": unknown option",
        ": missing argument",
        ": option does not take",
        "option requires an argument",
    ],
};

/// Prints the options that no builder has, and why.
pub(crate) fn reasons() {
    for (tool, rows) in [("git", GIT), ("tar", TAR), ("rsync", RSYNC)] {
        for row in rows {
            println!("{tool} {}: {}: {}", row.command, row.options.join(", "), row.why);
        }
    }
}

/// Verifies everything; returns whether nothing is wrong.
pub(crate) fn all() -> Result<bool, Box<dyn std::error::Error>> {
    let dir = scratch::repository()?;
    let mut sum = Sum::default();
    println!("{:<28} {:>7} {:>7} {:>8}", "command", "listed", "written", "left out");
    for (command, specs) in by_command(builders::commands()) {
        let name = command.join(" ");
        let listed = git::options(&command, dir.path())?;
        let finding = compare(&name, &specs, &listed, GIT);
        sum.add(&format!("git {name}"), finding, &specs, &GIT_USAGE, dir.path())?;
    }
    let others: [(&Usage, Vec<&CommandSpec>, &[Omission]); 2] =
        [(&TAR_USAGE, tar::commands().collect(), TAR), (&RSYNC_USAGE, rsync::commands().collect(), RSYNC)];
    for (usage, specs, omissions) in others {
        let listed = gnu::options(usage.tool, dir.path())?;
        let finding = compare(usage.tool, &specs, &listed, omissions);
        sum.add(usage.tool, finding, &specs, usage, dir.path())?;
    }
    let Sum { finding, runs } = sum;
    println!("{:<28} {:>7} {:>7} {:>8}", "in all", finding.listed, finding.written, finding.omitted);
    println!("{runs} runs with one option each; {} faults", finding.faults.len());
    Ok(finding.faults.is_empty())
}

#[derive(Default)]
struct Sum {
    finding: Finding,
    runs: usize,
}

impl Sum {
    /// Runs the commands, prints what was found about them, and adds it up.
    fn add(
        &mut self,
        name: &str,
        mut finding: Finding,
        specs: &[&CommandSpec],
        usage: &Usage,
        dir: &Path,
    ) -> Result<(), cuprum::Error> {
        for spec in specs {
            let (faults, runs) = accept(usage, spec, dir)?;
            finding.faults.extend(faults);
            self.runs += runs;
        }
        println!("{name:<28} {:>7} {:>7} {:>8}", finding.listed, finding.written, finding.omitted);
        finding.faults.iter().for_each(|fault| println!("    {fault}"));
        self.finding.listed += finding.listed;
        self.finding.written += finding.written;
        self.finding.omitted += finding.omitted;
        self.finding.faults.extend(finding.faults);
        Ok(())
    }
}
