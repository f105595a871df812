//! Asks each tool, compares, and prints what was found.

use cuprum_builders::git as builders;

use crate::compare::{Finding, by_command, compare};
use crate::live::{Usage, accept};
use crate::omitted::GIT;
use crate::{git, scratch};

const GIT_USAGE: Usage = Usage {
    tool: "git",
    code: 129,
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

/// Verifies everything; returns whether nothing is wrong.
pub(crate) fn all(reasons: bool) -> Result<bool, Box<dyn std::error::Error>> {
    if reasons {
        for row in GIT {
            println!("git {}: {}: {}", row.command, row.options.join(", "), row.why);
        }
        return Ok(true);
    }
    let dir = scratch::repository()?;
    let mut sum = Finding::default();
    let mut runs = 0;
    println!("{:<24} {:>7} {:>7} {:>8}", "command", "listed", "written", "left out");
    for (command, specs) in by_command(builders::commands()) {
        let name = command.join(" ");
        let listed = git::options(&command, dir.path())?;
        let mut finding = compare(&name, &specs, &listed, GIT);
        for spec in specs {
            let (faults, count) = accept(&GIT_USAGE, spec, dir.path())?;
            finding.faults.extend(faults);
            runs += count;
        }
        println!("git {name:<20} {:>7} {:>7} {:>8}", finding.listed, finding.written, finding.omitted);
        finding.faults.iter().for_each(|fault| println!("    {fault}"));
        sum.listed += finding.listed;
        sum.written += finding.written;
        sum.omitted += finding.omitted;
        sum.faults.extend(finding.faults);
    }
    println!("{:<24} {:>7} {:>7} {:>8}", "in all", sum.listed, sum.written, sum.omitted);
    println!("{} runs with one option each; {} faults", runs, sum.faults.len());
    Ok(sum.faults.is_empty())
}
