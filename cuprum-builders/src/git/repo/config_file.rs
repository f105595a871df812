//! Reads a configuration file of a repository, and nothing that git would not read in the same way.
//!
//! It is for an audit, so it knows less than git on purpose: a file with anything unusual in it, a value
//! that goes on in the next line for example, is refused. From git-config(1), "Syntax".

/// A variable: its name with section and variable in lower case, and its value; `None` stands for `true`.
pub(super) type Variable = (String, Option<String>);

/// Reads all variables; on an error, the line that is not understood, counted from 1.
pub(super) fn read(text: &str) -> Result<Vec<Variable>, usize> {
    let mut section = None;
    let mut variables = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        let line = line.trim_matches([' ', '\t', '\r']);
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(header) = line.strip_prefix('[') {
            section = Some(header.strip_suffix(']').and_then(section_name).ok_or(number)?);
            continue;
        }
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => (name, Some(plain_value(value).ok_or(number)?)),
            None => (line, None),
        };
        let name = name.trim_matches([' ', '\t']);
        let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !letters || !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return Err(number);
        }
        let section = section.as_ref().ok_or(number)?;
        variables.push((format!("{section}.{}", name.to_ascii_lowercase()), value));
    }
    Ok(variables)
}

/// Reads `core`, or `remote "origin"` with `\"` and `\\` inside of the quotes.
fn section_name(header: &str) -> Option<String> {
    let is_word = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let Some((section, quoted)) = header.split_once(' ') else {
        return is_word(header).then(|| header.to_ascii_lowercase());
    };
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut name = String::new();
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return None,
            '\\' => name.push(letters.next()?),
            _ => name.push(letter),
        }
    }
    is_word(section).then(|| format!("{}.{name}", section.to_ascii_lowercase()))
}

/// Reads a value with quotes and escapes, as git writes them; `None` if there is a comment, a control
/// character, or anything else that git does not write.
fn plain_value(value: &str) -> Option<String> {
    let mut found = String::new();
    let mut quoted = false;
    let mut letters = value.trim_matches([' ', '\t']).chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '\\' => found.push(match letters.next()? {
                'n' => '\n',
                't' => '\t',
                'b' => '\u{8}',
                letter @ ('"' | '\\') => letter,
                _ => return None,
            }),
            '#' | ';' if !quoted => return None,
            _ if letter.is_control() => return None,
            _ => found.push(letter),
        }
    }
    (!quoted).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_git_writes_is_read() {
        let text = "[core]\n\trepositoryFormatVersion = 0\n\tbare\n# c\n\n[remote \"a.b\\\"c\"]\n\turl = https://x/y z\n\tq = \"a;b\\n\" \\\"\n[A-b]\nC-d=\n";
        let expected = [
            ("core.repositoryformatversion", Some("0")),
            ("core.bare", None),
            ("remote.a.b\"c.url", Some("https://x/y z")),
            ("remote.a.b\"c.q", Some("a;b\n \"")),
            ("a-b.c-d", Some("")),
        ];
        let found = read(text).unwrap();
        let found: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.as_deref())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        for (text, line) in [
            ("a = b", 1),
            ("[core]\nx = a\\\n", 2),
            ("[core]\nx = \"a", 2),
            ("[core]\nx = \\a", 2),
            ("[core]\nx = a # b", 2),
            ("[core] x = 1", 1),
            ("[core\n", 1),
            ("[core \"a]", 1),
            ("[co.re]", 1),
            ("[core]\n_x = 1", 2),
            ("[core]\nx = a\u{7}", 2),
            ("\u{feff}[core]", 1),
            ("[a  \"b\"]", 1),
        ] {
            assert_eq!(read(text), Err(line), "{text:?}");
        }
    }
}
