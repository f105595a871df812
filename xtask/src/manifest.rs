//! Reads what xtask needs of a `Cargo.toml`, line by line.

/// A line `key = value`.
pub(crate) struct Entry<'a> {
    pub(crate) section: &'a str,
    pub(crate) key: &'a str,
    pub(crate) value: &'a str,
    pub(crate) line: usize,
}

/// Reads the lines of a manifest; a value over several lines is cut to its first.
pub(crate) fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut section = "";
    let mut entries = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if let Some(name) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            section = name;
        } else if let Some((key, value)) = text.split_once('=').filter(|_| !text.starts_with('#')) {
            entries.push(Entry { section, key: key.trim(), value: value.trim(), line });
        }
    }
    entries
}

/// Returns the value of a key, in quotes if it is a string.
pub(crate) fn value<'a>(entries: &[Entry<'a>], section: &str, key: &str) -> Option<&'a str> {
    entries.iter().find(|entry| entry.section == section && entry.key == key).map(|entry| entry.value)
}

#[cfg(test)]
mod tests {
    use super::{entries, value};

    #[test]
    fn values_are_found_in_their_section() {
        let text = "[package]\nname = \"a\"\n# version = \"0\"\n[features]\ngit = []\n[a.b]\nname = { path = \"c\" }\n";
        let entries = entries(text);
        assert_eq!(value(&entries, "package", "name"), Some("\"a\""));
        assert_eq!(value(&entries, "package", "version"), None);
        assert_eq!(value(&entries, "features", "git"), Some("[]"));
        assert_eq!(value(&entries, "a.b", "name"), Some("{ path = \"c\" }"));
    }
}
