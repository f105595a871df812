//! What a line is about, by the words that it was found by.

/// Returns what stands in a line where the words leave a gap: between quotes, or at the end.
pub(super) fn subject<'a>(line: &'a [u8], words: &[&str]) -> Option<&'a [u8]> {
    let (first, second) = (words.first()?, words.get(1));
    let rest = line.split_at(find(line, first)? + first.len()).1;
    let end = match second {
        Some(second) if second.starts_with('\'') => find(rest, second)?,
        _ if first.ends_with('\'') => find(rest, "'")?,
        None if first.ends_with(' ') => rest.len(),
        _ => return None,
    };
    Some(rest.split_at(end).0)
}

fn find(line: &[u8], word: &str) -> Option<usize> {
    line.windows(word.len().max(1)).position(|window| window == word.as_bytes())
}
