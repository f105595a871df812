//! Prints rows with aligned columns.

use std::fmt;

/// A head and rows, each cell as wide as the widest of its column.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Begins a table with the names of its columns.
    pub(crate) fn new(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(|&cell| cell.to_owned()).collect()] }
    }

    /// Adds a row; a missing cell is empty.
    pub(crate) fn row<const N: usize>(&mut self, cells: [impl Into<String>; N]) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for (line, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}"));
            let text = cells.collect::<Vec<_>>().join("  ");
            let end = if line + 1 == self.rows.len() { "" } else { "\n" };
            write!(f, "  {}{end}", text.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_are_aligned_and_lines_end_clean() {
        let mut table = Table::new(&["tool", "found"]);
        table.row(["rsync", "3.2.7"]);
        table.row(["git", ""]);
        assert_eq!(table.to_string(), "  tool   found\n  rsync  3.2.7\n  git");
    }
}
