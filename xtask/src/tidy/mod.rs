//! `cargo xtask tidy`: checks the layers of the core and the rules that no compiler knows.
//!
//! Each rule is a function from the files of the workspace to its breaches, so that each is tested with
//! a few made-up files that break it.

mod files;
mod imports;
mod layers;
mod manifests;
mod tokens;
mod tree;

use crate::table::Table;
use crate::{Failure, no_arguments};
use tree::Tree;

/// A place that breaks a rule, and how.
#[derive(Debug, PartialEq, Eq)]
struct Breach {
    place: String,
    why: String,
}

impl Breach {
    fn new(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self { place: place.into(), why: why.into() }
    }

    fn at(path: &str, line: usize, why: impl Into<String>) -> Self {
        Self::new(format!("{path}:{line}"), why)
    }
}

/// A rule: its name, and the function that finds what breaks it.
type Rule = (&'static str, fn(&Tree) -> Vec<Breach>);

const RULES: &[Rule] = &[
    ("modules of the core import downwards only", layers::upward_imports),
    ("the core has the folders of the table and no others", layers::folders),
    ("each Rust file says what it is for", files::first_lines),
    ("lines end clean, files end with a newline", files::line_ends),
    ("the top folder holds what it must and nothing else", files::top),
    ("the README names the commands that set everything up", files::readme),
    ("all versions are the workspace's, and the changelog has it", manifests::versions),
    ("every package keeps the workspace's lints, and unsafe code is in one file only", manifests::lints),
];

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    no_arguments("tidy", args)?;
    let report = check()?;
    println!("{}", report.text);
    if report.breaches == 0 { Ok(()) } else { Err(Failure::Failed(report.verdict())) }
}

/// What the rules found.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) breaches: usize,
}

impl Report {
    pub(crate) fn verdict(&self) -> String {
        match self.breaches {
            0 => format!("{} rules kept", RULES.len()),
            1 => "1 place breaks a rule".to_owned(),
            many => format!("{many} places break a rule"),
        }
    }
}

/// Applies every rule to the workspace.
pub(crate) fn check() -> Result<Report, Failure> {
    let tree = Tree::read()?;
    let mut table = Table::new(&["breaches", "rule"]);
    let mut details = String::new();
    let mut breaches = 0;
    for (rule, find) in RULES {
        let found = find(&tree);
        breaches += found.len();
        table.row([&found.len().to_string(), *rule]);
        for Breach { place, why } in found {
            details.push_str(&format!("\n{place}: {why}"));
        }
    }
    let gap = if details.is_empty() { "" } else { "\n" };
    Ok(Report { text: format!("{table}{gap}{details}"), breaches })
}

/// Returns the paths of the packages' manifests.
pub(crate) fn manifests() -> Result<Vec<String>, Failure> {
    let tree = Tree::read()?;
    Ok(tree
        .written()
        .map(|(path, _)| path)
        .filter(|path| path.ends_with("/Cargo.toml"))
        .map(str::to_owned)
        .collect())
}
