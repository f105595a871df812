//! How the failure of a tool is found in what it printed: rows of words to look for.

/// One way in which a tool says why it failed.
#[derive(Debug)]
pub(crate) struct Row<K: 'static> {
    pub(crate) kind: K,
    /// The exit codes with which it is said; none stands for all.
    pub(crate) codes: &'static [i32],
    /// What a line holds, in this order. The first begins the line if it ends with `:`.
    pub(crate) words: &'static [&'static str],
}

/// Finds the first row of the table that fits a line, and the line.
pub(crate) fn classify<'a, K: Copy>(
    table: &'static [Row<K>],
    code: Option<i32>,
    lines: impl Iterator<Item = &'a [u8]> + Clone,
) -> Option<(K, &'a [u8])> {
    let rows =
        table.iter().filter(|row| row.codes.is_empty() || code.is_some_and(|c| row.codes.contains(&c)));
    rows.into_iter().find_map(|row| {
        let line = lines.clone().find(|line| holds(line, row.words))?;
        Some((row.kind, line))
    })
}

fn holds(line: &[u8], words: &[&str]) -> bool {
    let mut rest = line;
    for (i, word) in words.iter().enumerate() {
        let Some(at) = rest.windows(word.len()).position(|window| window == word.as_bytes()) else {
            return false;
        };
        if i == 0 && at > 0 && word.ends_with(':') {
            return false;
        }
        rest = rest.split_at(at + word.len()).1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_their_order_and_a_label_begins_the_line() {
        assert!(holds(b"fatal: path 'x' exists", &["fatal:", "path '", "' exists"]));
        assert!(!holds(b"fatal: exists path", &["path", "exists"]));
        assert!(!holds(b"remote: fatal: no", &["fatal:"]));
    }
}
