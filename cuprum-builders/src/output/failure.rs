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

/// Finds the kind of the first row of the table that fits a line, and the line.
#[cfg(feature = "tar")]
pub(crate) fn classify<'a, K: Copy>(
    table: &'static [Row<K>],
    code: Option<i32>,
    lines: impl Iterator<Item = &'a [u8]> + Clone,
) -> Option<(K, &'a [u8])> {
    first_fit(table, code, lines).map(|(row, line)| (row.kind, line))
}

/// Finds the first row of the table that fits a line, and the line.
pub(crate) fn first_fit<'a, K>(
    table: &'static [Row<K>],
    code: Option<i32>,
    lines: impl Iterator<Item = &'a [u8]> + Clone,
) -> Option<(&'static Row<K>, &'a [u8])> {
    let rows =
        table.iter().filter(|row| row.codes.is_empty() || code.is_some_and(|c| row.codes.contains(&c)));
    rows.into_iter().find_map(|row| {
        let line = lines.clone().find(|line| holds(line, row.words))?;
        Some((row, line))
    })
}

#[cfg(feature = "git")]
impl<K> Row<K> {
    /// Returns what stands in the line where the row leaves a gap: between quotes, or at the end.
    pub(crate) fn subject<'a>(&self, line: &'a [u8]) -> Option<&'a [u8]> {
        let (first, second) = (self.words.first()?, self.words.get(1));
        let at = find(line, first.as_bytes())?;
        let rest = line.split_at(at + first.len()).1;
        let quoted = first.ends_with('\'');
        let end = match second {
            Some(second) if second.starts_with('\'') => find(rest, second.as_bytes())?,
            Some(_) | None if quoted => rest.iter().position(|byte| *byte == b'\'')?,
            None if first.ends_with(' ') => rest.len(),
            _ => return None,
        };
        Some(rest.split_at(end).0)
    }
}

#[cfg(feature = "git")]
fn find(line: &[u8], word: &[u8]) -> Option<usize> {
    line.windows(word.len()).position(|window| window == word)
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
