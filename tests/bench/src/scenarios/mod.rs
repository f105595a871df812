//! What is measured: the scenarios of each bench, their columns and their goals.
//!
//! Goals are ratios that were measured of prototypes, with a little room for what a library does beside them. A goal
//! beside `bare` or `limit` says how near to what the kernel can do it must be.

mod capture;
mod kill;
mod lab;
mod lines;
mod many;
mod observers;
mod pipeline;
mod spawn;

use crate::{Bench, Children, Column, Goal, Laps, Result};

pub(crate) fn benches() -> Vec<Bench> {
    vec![
        spawn::bench(),
        spawn::with_files(),
        capture::bench(),
        lines::bench(),
        pipeline::bench(),
        many::bench(),
        observers::bench(),
        kill::bench(),
        lab::bench(),
    ]
}

fn columns<const N: usize>(of: [(&'static str, Run); N]) -> Vec<Column> {
    of.map(|(name, run)| Column { name, run }).into()
}

type Run = fn(&Children, &mut Laps) -> Result<()>;

/// A goal of Cuprum's own column.
const fn beside(peer: &'static str, most: f64) -> Goal {
    Goal { own: crate::rounds::OWN, peer, most }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::benches;
    use crate::rounds::OWN;

    #[test]
    fn columns_have_names_of_their_own_and_goals_name_columns() {
        let mut names = BTreeSet::new();
        for bench in benches() {
            assert!(names.insert(bench.name), "{} twice", bench.name);
            let scenarios: BTreeSet<_> = bench.scenarios.iter().map(|scenario| scenario.name).collect();
            assert_eq!(scenarios.len(), bench.scenarios.len(), "{}", bench.name);
            for scenario in bench.scenarios {
                let columns: BTreeSet<_> = scenario.columns.iter().map(|column| column.name).collect();
                assert_eq!(columns.len(), scenario.columns.len(), "{}", scenario.name);
                assert!(columns.contains(OWN), "{}", scenario.name);
                for goal in scenario.goals {
                    assert!(columns.contains(goal.own) && columns.contains(goal.peer), "{}", goal.peer);
                }
            }
        }
    }
}
