//! Takes samples in rounds: each in a fresh process, all columns in each round, in turning order.
//!
//! The speed of a machine drifts, and a mean hides it. Two columns of the same round have met the same
//! machine, so what is compared is the ratio within a round, and of those the middle one.
#![expect(clippy::disallowed_methods, reason = "a sample must not run through what it measures")]

use std::fs::File;
use std::hint::black_box;
use std::io::IsTerminal;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::thread::CpuSet;

use crate::laps::Laps;
use crate::{Bench, Column, Parent, Result};

/// Memory that stays free beside what a parent touches.
const SPARE_MIB: usize = 1024;

/// Descriptors that stay free beside what a parent opens.
const SPARE_FILES: usize = 64;

/// What was measured of one column with one kind of parent.
pub(crate) struct Cell {
    pub(crate) parent: &'static str,
    pub(crate) column: &'static str,
    /// The middle of the samples, each of which is the middle of its laps.
    pub(crate) nanos: f64,
    /// The middle of the ratios to the peer of the same parent and round.
    pub(crate) ratio: f64,
}

/// Takes one sample in this process and prints it.
pub(crate) fn sample(bench: &Bench, column: &str, parent: &str, child: &Path) -> Result<()> {
    let column = bench.columns.iter().find(|other| other.name == column).ok_or("no such column")?;
    let parent = bench.parents.iter().find(|other| other.name == parent).ok_or("no such parent")?;
    if bench.one_core {
        stay_on_one_core()?;
    }
    let touched = touch(parent.touched_mib);
    let opened = open(parent.open_files)?;
    let mut laps = Laps::default();
    (column.run)(child, &mut laps)?;
    black_box((&touched, &opened));
    println!("{}", laps.median().ok_or("the column made no laps")?);
    Ok(())
}

/// Takes memory and writes to every page of it.
fn touch(mib: usize) -> Vec<u8> {
    let mut memory = vec![0; mib << 20];
    memory.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
    black_box(memory)
}

/// Keeps this process, and those that it starts, on the last core that it may use.
fn stay_on_one_core() -> Result<()> {
    let allowed = rustix::thread::sched_getaffinity(None)?;
    let core = (0..CpuSet::MAX_CPU).rev().find(|core| allowed.is_set(*core)).ok_or("no core")?;
    let mut one = CpuSet::new();
    one.set(core);
    Ok(rustix::thread::sched_setaffinity(None, &one)?)
}

/// Opens so many files, all the same one.
fn open(files: usize) -> Result<Vec<File>> {
    let null = File::open("/dev/null")?;
    (0..files).map(|_| Ok(null.try_clone()?)).collect()
}

/// Takes all samples and compares them.
pub(crate) fn measure(bench: &Bench, rounds: usize, child: &Path) -> Result<Vec<Cell>> {
    let mut cells: Vec<(&Parent, &Column, Vec<f64>)> = Vec::new();
    for parent in bench.parents {
        if parent.touched_mib > 0 && available_mib() < parent.touched_mib + SPARE_MIB {
            eprintln!("skipped: a parent of {}, for want of memory", parent.name);
            continue;
        }
        if parent.open_files > 0 && most_files() < parent.open_files + SPARE_FILES {
            eprintln!("skipped: a parent with {}, for want of descriptors (ulimit -n)", parent.name);
            continue;
        }
        cells.extend(bench.columns.iter().map(|column| (parent, column, Vec::new())));
    }
    let watched = std::io::stderr().is_terminal();
    for round in 0..rounds {
        if watched {
            eprint!("\rround {} of {rounds}", round + 1);
        }
        let turn = round % cells.len().max(1);
        let (late, early) = cells.split_at_mut(turn);
        for (parent, column, samples) in early.iter_mut().chain(late) {
            samples.push(fresh_sample(bench.name, column.name, parent.name, child)?);
        }
    }
    if watched {
        eprintln!();
    }
    let peer = bench.columns.first().map_or("", |column| column.name);
    let summary = cells.iter().map(|(parent, column, samples)| {
        let peers = cells.iter().find(|(same, other, _)| same.name == parent.name && other.name == peer);
        let ratios =
            samples.iter().zip(peers.map_or(&[][..], |(_, _, peers)| peers)).map(|(own, peer)| own / peer);
        Cell {
            parent: parent.name,
            column: column.name,
            nanos: median(samples.clone()),
            ratio: median(ratios.collect()),
        }
    });
    Ok(summary.collect())
}

fn fresh_sample(bench: &str, column: &str, parent: &str, child: &Path) -> Result<f64> {
    let output = Command::new(std::env::current_exe()?)
        .args([bench, "--column", column, "--parent", parent, "--child"])
        .arg(child)
        // A column that looks its program up finds it at once, as the others do that are given the path.
        .env("PATH", child.parent().ok_or("the child lies in no folder")?)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the sample of {column} with a parent of {parent} failed").into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// Returns how much memory can be taken without swapping; all there could be, if that is unknown.
fn available_mib() -> usize {
    let info = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = info.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kib.map_or(usize::MAX, |kib| kib >> 10)
}

/// Returns how many files this process and those it starts may open.
fn most_files() -> usize {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
}

/// Returns the middle value; of an even number, the upper of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_does_not_mind_outliers() {
        assert_eq!(median(vec![3.0, 900.0, 1.0]), 3.0);
        assert_eq!(median(vec![2.0, 1.0]), 2.0);
        assert!(median(Vec::new()).is_nan());
    }
}
