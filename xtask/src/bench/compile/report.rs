//! Prints what was measured, and whether it keeps the budget.

use std::time::Duration;

use super::Row;
use super::variants::{BON, CUPRUM, PLAIN, STRUCTS, Variant};
use crate::table::Table;

/// Something that must not become more, and what it is now.
struct Budget {
    promise: &'static str,
    now: f64,
    kept: bool,
}

/// Returns the table of variants and that of the budget.
pub(super) fn report(rows: &[Row]) -> String {
    let mut table = Table::new(&["variant", "check s", "to plain", "lines a command", "and of docs"]);
    for row in rows {
        table.row([
            row.variant.name.to_owned(),
            format!("{:.2}", median(row.checks.iter().map(Duration::as_secs_f64))),
            format!("{:.2}", ratio(rows, row.variant, &PLAIN)),
            format!("{:.0}", code(rows, row.variant)),
            format!("{:.0}", docs(rows, row.variant)),
        ]);
    }
    let mut budget = Table::new(&["budget", "now", ""]);
    for Budget { promise, now, kept } in budgets(rows) {
        budget.row([promise, &format!("{now:.2}"), if kept { "met" } else { "missed" }]);
    }
    format!("{table}\n\n{budget}")
}

fn budgets(rows: &[Row]) -> [Budget; 3] {
    let (plain, bon) = (ratio(rows, &CUPRUM, &PLAIN), ratio(rows, &CUPRUM, &BON));
    let lines = code(rows, &CUPRUM);
    [
        Budget { promise: "cuprum checks in at most 5 x plain structs", now: plain, kept: plain <= 5.0 },
        Budget { promise: "cuprum checks in less than 0.5 x bon", now: bon, kept: bon < 0.5 },
        Budget { promise: "cuprum adds at most 150 lines a command", now: lines, kept: lines <= 150.0 },
    ]
}

/// Returns how much longer than a peer a variant takes: the median of what the rounds say.
fn ratio(rows: &[Row], own: &Variant, peer: &Variant) -> f64 {
    let checks = |variant| find(rows, variant).map_or(&[][..], |row| &row.checks);
    let rounds = checks(own).iter().zip(checks(peer));
    median(rounds.map(|(own, peer)| own.as_secs_f64() / peer.as_secs_f64()))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn code(rows: &[Row], variant: &Variant) -> f64 {
    a_command(rows, variant, |row| row.lines.code)
}

fn docs(rows: &[Row], variant: &Variant) -> f64 {
    a_command(rows, variant, |row| row.lines.docs)
}

/// Returns what a variant has more than plain structs, for one struct.
fn a_command(rows: &[Row], variant: &Variant, count: fn(&Row) -> usize) -> f64 {
    let count = |variant| find(rows, variant).map_or(f64::NAN, |row| count(row) as f64);
    (count(variant) - count(&PLAIN)) / STRUCTS as f64
}

fn find<'a>(rows: &'a [Row], variant: &Variant) -> Option<&'a Row> {
    rows.iter().find(|row| row.variant.package == variant.package)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::crates::Lines;
    use super::super::variants::Variant;
    use super::{BON, CUPRUM, PLAIN, Row, ratio, report};

    fn row(variant: &'static Variant, millis: &[u64], code: usize) -> Row {
        let checks = millis.iter().copied().map(Duration::from_millis).collect();
        Row { variant, checks, lines: Lines { code, docs: 0 } }
    }

    #[test]
    fn everything_is_compared_with_plain_structs() {
        let rows = [row(&PLAIN, &[200], 1000), row(&CUPRUM, &[900], 29_000), row(&BON, &[1500], 101_000)];
        assert_eq!(
            report(&rows),
            "  variant        check s  to plain  lines a command  and of docs\n\
             \x20 plain structs  0.20     1.00      0                0\n\
             \x20 cuprum         0.90     4.50      140              0\n\
             \x20 bon            1.50     7.50      500              0\n\n\
             \x20 budget                                      now\n\
             \x20 cuprum checks in at most 5 x plain structs  4.50    met\n\
             \x20 cuprum checks in less than 0.5 x bon        0.60    missed\n\
             \x20 cuprum adds at most 150 lines a command     140.00  met"
        );
    }

    #[test]
    fn a_ratio_is_that_of_one_round() {
        let rows = [row(&PLAIN, &[100, 200, 100], 0), row(&CUPRUM, &[400, 1000, 500], 0)];
        assert_eq!(ratio(&rows, &CUPRUM, &PLAIN), 5.0);
    }
}
