//! Prints what was measured, as a table or as JSON.

use std::fmt::Write as _;

use crate::rounds::Pair;
use crate::{Bench, Scenario};

/// Returns a table with a line for each pair of columns.
pub(crate) fn table(bench: &Bench, scenario: &Scenario, rounds: usize, pairs: &[Pair]) -> String {
    let mut text = format!("{} {}, {rounds} rounds\n", bench.name, scenario.name);
    let head = ["", "takes", "beside", "which takes", "ratio", "quartiles", "goal", "verdict"];
    let rows = pairs.iter().map(|pair| {
        let goal = pair.goal.map(|goal| format!("≤ {}", part(goal))).unwrap_or_default();
        let ratio = part(pair.ratio);
        let quartiles = format!("{}–{}", part(pair.low), part(pair.high));
        let [own, peer] = [&pair.own, &pair.peer].map(|side| (side.column.to_owned(), time(side.nanos)));
        [own.0, own.1, peer.0, peer.1, ratio, quartiles, goal, verdict(pair).to_owned()]
    });
    for row in std::iter::once(head.map(str::to_owned)).chain(rows) {
        let [own, takes, peer, which_takes, ratio, quartiles, goal, verdict] = row;
        let line = format!(
            "  {own:10}  {takes:>9}  {peer:13}  {which_takes:>11}  {ratio:>6}  {quartiles:>13}  {goal:>8}  {verdict}"
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text + "\n"
}

/// Small parts of something have more digits.
fn part(part: f64) -> String {
    if part < 0.1 { format!("{part:.4}") } else { format!("{part:.2}") }
}

fn verdict(pair: &Pair) -> &'static str {
    match pair.goal {
        None => "",
        Some(goal) if pair.ratio <= goal => "met",
        Some(_) => "missed",
    }
}

fn time(nanos: f64) -> String {
    match nanos {
        nanos if nanos < 1e7 => format!("{:.1} µs", nanos / 1e3),
        nanos if nanos < 1e10 => format!("{:.1} ms", nanos / 1e6),
        nanos => format!("{:.1} s", nanos / 1e9),
    }
}

/// Returns a line of JSON. The names are ours and need no escapes.
pub(crate) fn json(bench: &Bench, scenario: &Scenario, rounds: usize, pairs: &[Pair]) -> String {
    let pair = |pair: &Pair| {
        let goal = pair.goal.map_or("null".to_owned(), |goal| goal.to_string());
        format!(
            r#"{{"own":"{}","own_us":{:.3},"peer":"{}","peer_us":{:.3},"ratio":{:.4},"low":{:.4},"high":{:.4},"goal":{goal}}}"#,
            pair.own.column,
            pair.own.nanos / 1e3,
            pair.peer.column,
            pair.peer.nanos / 1e3,
            pair.ratio,
            pair.low,
            pair.high,
        )
    };
    let pairs: Vec<String> = pairs.iter().map(pair).collect();
    let (bench, scenario, pairs) = (bench.name, scenario.name, pairs.join(","));
    format!("{{\"bench\":\"{bench}\",\"scenario\":\"{scenario}\",\"rounds\":{rounds},\"pairs\":[{pairs}]}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounds::Side;
    use crate::{Pace, Parent};

    #[test]
    fn a_pair_is_a_line_of_the_table_and_an_object_of_the_json() {
        let scenario = Scenario {
            name: "small",
            columns: Vec::new(),
            parent: Parent::default(),
            pace: Pace::ONCE,
            goals: Vec::new(),
        };
        let bench = Bench { name: "spawn", scenarios: Vec::new() };
        let pair = |ratio, goal| Pair {
            own: Side { column: "cuprum", nanos: 88_240.0 },
            peer: Side { column: "std", nanos: 110_300.0 },
            ratio,
            low: 0.7,
            high: 0.9,
            goal,
        };
        let pairs = [pair(0.8, Some(0.85)), pair(0.9, Some(0.85)), pair(0.9, None)];
        let shown = table(&bench, &scenario, 9, &pairs);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "spawn small, 9 rounds");
        assert_eq!(
            lines[2],
            "  cuprum        88.2 µs  std               110.3 µs    0.80      0.70–0.90    ≤ 0.85  met"
        );
        assert!(lines[3].ends_with("≤ 0.85  missed") && lines[4].ends_with("0.70–0.90"));
        assert_eq!(
            json(&bench, &scenario, 3, &pairs[..1]),
            "{\"bench\":\"spawn\",\"scenario\":\"small\",\"rounds\":3,\"pairs\":[{\"own\":\"cuprum\",\
             \"own_us\":88.240,\"peer\":\"std\",\"peer_us\":110.300,\"ratio\":0.8000,\"low\":0.7000,\
             \"high\":0.9000,\"goal\":0.85}]}\n"
        );
    }
}
