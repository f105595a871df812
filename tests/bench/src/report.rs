//! Prints what was measured, as a table or as JSON.

use crate::Bench;
use crate::rounds::Cell;

/// Returns a table with a line for each cell.
pub(crate) fn table(bench: &Bench, cells: &[Cell]) -> String {
    let peer = bench.columns.first().map_or("", |column| column.name);
    let mut text =
        format!("{:10}  {:10}  {:>10}  {:>10}\n", "parent", "column", "p50 µs", format!("to {peer}"));
    for Cell { parent, column, nanos, ratio } in cells {
        text.push_str(&format!("{parent:10}  {column:10}  {:>10.1}  {ratio:>10.2}\n", nanos / 1000.0));
    }
    text
}

/// Returns one line of JSON. The names are ours and need no escapes.
pub(crate) fn json(bench: &Bench, rounds: usize, cells: &[Cell]) -> String {
    let cell = |Cell { parent, column, nanos, ratio }: &Cell| {
        let micros = nanos / 1000.0;
        format!(r#"{{"parent":"{parent}","column":"{column}","p50_us":{micros:.3},"ratio":{ratio:.4}}}"#)
    };
    let cells: Vec<String> = cells.iter().map(cell).collect();
    let (name, cells) = (bench.name, cells.join(","));
    format!("{{\"bench\":\"{name}\",\"rounds\":{rounds},\"cells\":[{cells}]}}\n")
}

#[cfg(test)]
mod tests {
    use super::{Cell, json, table};

    #[test]
    fn a_cell_is_a_line_of_the_table_and_an_object_of_the_json() {
        let bench = crate::spawn::bench();
        let cells = [Cell { parent: "small", column: "tokio", nanos: 110_240.0, ratio: 1.1 }];
        assert_eq!(
            table(&bench, &cells),
            "parent      column          p50 µs      to std\n\
             small       tokio            110.2        1.10\n"
        );
        assert_eq!(
            json(&bench, 3, &cells),
            "{\"bench\":\"spawn\",\"rounds\":3,\"cells\":[{\"parent\":\"small\",\"column\":\"tokio\",\
             \"p50_us\":110.240,\"ratio\":1.1000}]}\n"
        );
    }
}
