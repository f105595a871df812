//! What a line is about, by the words that it was found by.

/// Returns what stands in a line where the words leave a gap: between quotes, or at the end.
pub(super) fn subject<'a>(line: &'a [u8], words: &[&str]) -> Option<&'a [u8]> {
    let (first, second) = (words.first()?, words.get(1));
    let rest = line.split_at(find(line, first)? + first.len()).1;
    let is_gap = first.ends_with(['\'', '`', ' ']);
    let end = match second {
        Some(second) if is_gap && second.starts_with(['\'', ' ', ':']) => find(rest, second)?,
        _ if first.ends_with('\'') => find(rest, "'")?,
        None if first.ends_with(' ') => rest.len(),
        _ => return None,
    };
    let text = rest.split_at(end).0;
    let inner = text.strip_prefix(b"'").and_then(|text| text.strip_suffix(b"'"));
    Some(inner.unwrap_or(text))
}

fn find(line: &[u8], word: &str) -> Option<usize> {
    line.windows(word.len().max(1)).position(|window| window == word.as_bytes())
}
