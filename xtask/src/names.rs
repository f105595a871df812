//! Says what an unknown name was probably meant to be.

/// Returns the message for a name that is not in a closed list.
pub(crate) fn unknown<'a>(kind: &str, given: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let nearest = known.clone().map(|name| (distance(given, name), name)).min();
    match nearest {
        Some((apart, name)) if apart <= 2 => format!("no {kind} `{given}`; did you mean `{name}`?"),
        _ => format!("no {kind} `{given}`; there are: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// Returns how many letters must be added, removed or replaced to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((to, diagonal), above) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or_default();
            let replaced = diagonal + usize::from(from != *to);
            next.push(replaced.min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, unknown};

    #[test]
    fn distance_counts_edits() {
        for (a, b, apart) in
            [("", "", 0), ("ci", "ci", 0), ("tst", "test", 1), ("tdiy", "tidy", 2), ("", "abc", 3)]
        {
            assert_eq!(distance(a, b), apart, "{a} {b}");
        }
    }

    #[test]
    fn only_a_near_name_is_suggested() {
        let known = ["spawn", "lines"];
        assert_eq!(unknown("bench", "spwan", known.into_iter()), "no bench `spwan`; did you mean `spawn`?");
        assert_eq!(unknown("bench", "tee", known.into_iter()), "no bench `tee`; there are: spawn, lines");
    }
}
