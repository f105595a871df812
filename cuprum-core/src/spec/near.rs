//! Which name somebody may have meant who wrote another one.

/// Returns the name that is nearest to `name`, if one is near; the first of several.
pub(crate) fn nearest<'a>(name: &str, others: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = others.into_iter().filter_map(|other| Some((distance(name, other)?, other)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, other)| other)
}

/// Returns how many letters were mistyped, if that is few for a name of this length: left out, doubled,
/// replaced, or in turned order.
pub(crate) fn distance(name: &str, other: &str) -> Option<usize> {
    let most = match name.len() {
        ..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    if name.len().abs_diff(other.len()) > most {
        return None;
    }
    let (name, other) = (name.as_bytes(), other.as_bytes());
    // Three rows of the table of distances of all beginnings (optimal string alignment).
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in name.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&last, column) + usize::from(letter != wanted);
            let mut least = replaced.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let turned = row > 0
                && column > 0
                && name.get(row - 1) == Some(wanted)
                && other.get(column - 1) == Some(letter);
            if turned {
                least = least.min(at(&before, column - 1) + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().filter(|distance| (1..=most).contains(distance))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_mistyped_letters_are_near() {
        assert_eq!(distance("gti", "git"), Some(1));
        assert_eq!(distance("gitt", "git"), Some(1));
        assert_eq!(distance("rsnyc", "rsync"), Some(1));
        assert_eq!(distance("docekr-compose", "docker-compose"), Some(1));
        assert_eq!(distance("pyhton33", "python3"), Some(2));
        for (name, other) in
            [("git", "git"), ("ls", "lz"), ("cat", "tar"), ("grep", "fold"), ("make", "cmake3")]
        {
            assert_eq!(distance(name, other), None, "{name} {other}");
        }
    }

    #[test]
    fn the_first_of_the_nearest_names_is_taken() {
        assert_eq!(nearest("gti", ["tar", "git", "got"]), Some("git"));
        assert_eq!(nearest("rsnyc", ["sync", "rsync"]), Some("rsync"));
        assert_eq!(nearest("xyz", ["git"]), None);
    }
}
