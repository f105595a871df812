//! Takes samples in rounds: each in a fresh process, all columns in each round, in turning order.
//!
//! The speed of a machine drifts, and a mean hides it. Two columns of the same round have met the same
//! machine, so what is compared is the ratio within a round, and of those the middle one.
#![expect(clippy::disallowed_methods, reason = "a sample must not run through what it measures")]

use std::io::IsTerminal;
use std::process::{Command, Stdio};

use crate::laps::Laps;
use crate::{Bench, Children, Result, Scenario};

/// What was measured of two columns.
pub(crate) struct Pair {
    pub(crate) own: Side,
    pub(crate) peer: Side,
    /// The middle of the ratios of a round, own to peer, and those at a quarter and three quarters.
    pub(crate) ratio: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// What the ratio may be at most.
    pub(crate) goal: Option<f64>,
}

/// One column of a pair.
pub(crate) struct Side {
    pub(crate) column: &'static str,
    /// The middle of the samples, each of which is the middle of its laps, in nanoseconds.
    pub(crate) nanos: f64,
}

/// Takes one sample in this process and prints it.
pub(crate) fn sample(bench: &Bench, scenario: &str, column: &str, children: &Children) -> Result<()> {
    let scenario = bench.scenarios.iter().find(|other| other.name == scenario).ok_or("no such scenario")?;
    let column = scenario.columns.iter().find(|other| other.name == column).ok_or("no such column")?;
    let held = scenario.parent.become_it()?;
    let mut laps = Laps::new(scenario.pace);
    (column.run)(children, &mut laps)?;
    drop(held);
    println!("{}", laps.median().ok_or("the column made no laps")?);
    Ok(())
}

/// Takes all samples of a scenario and compares them. There are no pairs where the scenario cannot be.
pub(crate) fn measure(
    bench: &Bench,
    scenario: &Scenario,
    rounds: usize,
    children: &Children,
) -> Result<Vec<Pair>> {
    if let Some(why) = scenario.parent.missing() {
        eprintln!("skipped: {} {}: {why}", bench.name, scenario.name);
        return Ok(Vec::new());
    }
    let mut samples: Vec<(&'static str, Vec<f64>)> =
        scenario.columns.iter().map(|column| (column.name, Vec::new())).collect();
    let watched = std::io::stderr().is_terminal();
    for round in 0..rounds {
        if watched {
            eprint!("\r{} {}: round {} of {rounds}\x1b[K", bench.name, scenario.name, round + 1);
        }
        let turn = round % samples.len().max(1);
        let (late, early) = samples.split_at_mut(turn);
        for (column, samples) in early.iter_mut().chain(late) {
            samples.push(fresh_sample(bench.name, scenario.name, column, children)?);
        }
    }
    if watched {
        eprint!("\r\x1b[K");
    }
    Ok(pairs(scenario, &samples))
}

/// Pairs `cuprum` with every other column, and the columns of the other goals with each other.
fn pairs(scenario: &Scenario, samples: &[(&'static str, Vec<f64>)]) -> Vec<Pair> {
    let variants: Vec<&str> = scenario.goals.iter().map(|goal| goal.own).filter(|own| *own != OWN).collect();
    let peers = scenario.columns.iter().map(|column| column.name);
    let with_own = peers.filter(|peer| *peer != OWN && !variants.contains(peer)).map(|peer| (OWN, peer));
    let others = scenario.goals.iter().filter(|goal| goal.own != OWN).map(|goal| (goal.own, goal.peer));
    let of = |name: &str| samples.iter().find(|(column, _)| *column == name);
    let pair = |(own, peer): (&str, &str)| {
        let goal = scenario.goals.iter().find(|goal| (goal.own, goal.peer) == (own, peer));
        let ((own, owns), (peer, peers)) = (of(own)?, of(peer)?);
        let ratios: Vec<f64> = owns.iter().zip(peers).map(|(own, peer)| own / peer).collect();
        Some(Pair {
            own: Side { column: own, nanos: at(0.5, owns) },
            peer: Side { column: peer, nanos: at(0.5, peers) },
            ratio: at(0.5, &ratios),
            low: at(0.25, &ratios),
            high: at(0.75, &ratios),
            goal: goal.map(|goal| goal.most),
        })
    };
    with_own.chain(others).filter_map(pair).collect()
}

/// The column that is compared with the others.
pub(crate) const OWN: &str = "cuprum";

fn fresh_sample(bench: &str, scenario: &str, column: &str, children: &Children) -> Result<f64> {
    let output = Command::new(std::env::current_exe()?)
        .args([bench, "--scenario", scenario, "--column", column, "--children"])
        .arg(children.folder())
        // A column that looks its program up finds it at once, as the others do that are given the path.
        .env("PATH", children.folder())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the sample of {column} failed: {bench} {scenario}").into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// Returns the value that so large a part of all lies below; of two in question the upper one.
fn at(part: f64, values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the part is between 0 and 1, and the list is short"
    )]
    let place = (values.len() as f64 * part) as usize;
    values.get(place).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Goal, Laps, Pace, Parent};

    #[test]
    fn the_middle_does_not_mind_outliers() {
        assert_eq!(at(0.5, &[3.0, 900.0, 1.0]), 3.0);
        assert_eq!(at(0.5, &[2.0, 1.0]), 2.0);
        assert_eq!((at(0.25, &[4.0, 3.0, 2.0, 1.0]), at(0.75, &[4.0, 3.0, 2.0, 1.0])), (2.0, 4.0));
        assert!(at(0.5, &[]).is_nan());
    }

    #[test]
    fn ratios_are_those_of_a_round() {
        let nothing = |_: &Children, _: &mut Laps| Ok(());
        let column = |name| Column { name, run: nothing };
        let scenario = Scenario {
            name: "",
            columns: ["cuprum", "std", "dressed"].map(column).into(),
            parent: Parent::default(),
            pace: Pace::ONCE,
            goals: vec![
                Goal { own: "cuprum", peer: "std", most: 0.9 },
                Goal { own: "dressed", peer: "cuprum", most: 1.5 },
            ],
        };
        let samples =
            [("cuprum", vec![1.0, 4.0, 3.0]), ("std", vec![2.0, 2.0, 4.0]), ("dressed", vec![1.0; 3])];
        let pairs = pairs(&scenario, &samples);
        let shown: Vec<_> =
            pairs.iter().map(|pair| (pair.own.column, pair.peer.column, pair.ratio, pair.goal)).collect();
        assert_eq!(shown, [("cuprum", "std", 0.75, Some(0.9)), ("dressed", "cuprum", 1.0 / 3.0, Some(1.5))]);
        assert_eq!((pairs[0].own.nanos, pairs[0].peer.nanos), (3.0, 2.0));
    }
}
