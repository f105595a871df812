//! Splits a template into words, and refuses what only a shell understands.

use std::iter::Peekable;
use std::str::Chars;

use super::{Part, Word};

/// Returns the words of a template, or what is wrong with it.
pub(super) fn split(template: &str) -> Result<Vec<Word>, String> {
    if template.contains('\0') {
        return Err("no word of a command line can contain NUL".into());
    }
    let mut splitter = Splitter { letters: template.chars().peekable(), words: Vec::new(), word: None };
    splitter.run()?;
    let is_quoted = template.trim_start().starts_with(['\'', '"']);
    if let Some(Word::Parts(parts)) = splitter.words.first()
        && !is_quoted
        && let [Part::Text(text)] = parts.as_slice()
        && let Some((name, _)) = text.split_once('=')
        && !name.is_empty()
        && name.chars().all(|letter| letter == '_' || letter.is_ascii_alphanumeric())
    {
        return Err(format!(
            "no shell reads `{text}`: set a variable with `.env(\"{name}\", ..)`; \
             if the program itself is given it, quote it: `'{text}'`"
        ));
    }
    Ok(splitter.words)
}

struct Splitter<'a> {
    letters: Peekable<Chars<'a>>,
    words: Vec<Word>,
    /// The word that is being read; quotes begin one even if nothing is in them.
    word: Option<Vec<Part>>,
}

impl Splitter<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(letter) = self.letters.next() {
            match letter {
                ' ' | '\t' | '\n' | '\r' => self.end_word()?,
                '\'' | '"' => self.quoted(letter)?,
                '{' if !self.takes('{') => self.slot()?,
                '}' if !self.takes('}') => return Err(LONE_BRACE.into()),
                '{' | '}' => self.push(letter),
                _ => match shell_syntax(letter, self.word.is_none(), self.letters.peek().copied()) {
                    Some(message) => return Err(message),
                    None => self.push(letter),
                },
            }
        }
        self.end_word()
    }

    fn quoted(&mut self, quote: char) -> Result<(), String> {
        self.word.get_or_insert_default();
        loop {
            match self.letters.next() {
                None => return Err(format!("the quote {quote} is not closed")),
                Some(letter) if letter == quote => return Ok(()),
                Some('{') if !self.takes('{') => {
                    return Err("a slot is one argument whatever its text: take it out of the quotes; \
                                a brace is written `{{`"
                        .into());
                }
                Some('}') if !self.takes('}') => return Err(LONE_BRACE.into()),
                Some(letter) => self.push(letter),
            }
        }
    }

    fn slot(&mut self) -> Result<(), String> {
        let mut name = String::new();
        loop {
            match self.letters.next() {
                None => return Err("`{` is not closed; a brace is written `{{`".into()),
                Some('}') => break,
                Some(letter) => name.push(letter),
            }
        }
        let (name, is_list) = match name.strip_suffix("..") {
            Some(name) => (name, true),
            None => (name.as_str(), false),
        };
        if syn::parse_str::<syn::Ident>(name).is_err() {
            return Err(format!(
                "`{{{name}}}` is not the name of a variable: give the value a name, `cmd!(.., \"{{x}}\", x = ..)`; \
                 a brace is written `{{{{`"
            ));
        }
        if is_list {
            let ends = self.letters.peek().is_none_or(|next| next.is_whitespace());
            if self.word.is_some() || !ends {
                return Err(format!("the items of `{{{name}..}}` are words: put spaces around it"));
            }
            self.words.push(Word::List(name.to_owned()));
            return Ok(());
        }
        let word = self.word.get_or_insert_default();
        if let [Part::Text(before)] = word.as_slice() {
            let is_name = before == "-" || (before.starts_with("--") && !before.contains('='));
            if is_name && before.len() > 2 {
                return Err(format!(
                    "the name of an option is not data: write `{before}=` before `{{{name}}}`"
                ));
            }
            if is_name {
                return Err(format!("the name of an option is not data: write it out before `{{{name}}}`"));
            }
        }
        word.push(Part::Slot(name.to_owned()));
        Ok(())
    }

    fn push(&mut self, letter: char) {
        let word = self.word.get_or_insert_default();
        match word.last_mut() {
            Some(Part::Text(text)) => text.push(letter),
            _ => word.push(Part::Text(letter.into())),
        }
    }

    fn end_word(&mut self) -> Result<(), String> {
        let Some(mut word) = self.word.take() else { return Ok(()) };
        if word.is_empty() {
            word.push(Part::Text(String::new()));
        }
        self.words.push(Word::Parts(word));
        Ok(())
    }

    /// Takes the next letter if it is `wanted`, the second of two braces that are one.
    fn takes(&mut self, wanted: char) -> bool {
        self.letters.next_if_eq(&wanted).is_some()
    }
}

const LONE_BRACE: &str = "`}` closes nothing; a brace is written `}}`";

/// Returns what to use in place of a character that only a shell understands, if it is one.
fn shell_syntax(letter: char, starts_word: bool, next: Option<char>) -> Option<String> {
    let ends_word = next.is_none_or(char::is_whitespace);
    let instead = match letter {
        '|' if next == Some('|') => "run one if the other fails: `graph(a).or(b)`",
        '|' => "join commands: `cmd!(..) | cmd!(..)`",
        '&' if next == Some('&') => {
            "run one command after the other: `a.run().await?; b.run().await?`, or `graph(a).and(b)`"
        }
        '&' => "spawn the command, or run several with `concurrent`",
        ';' => "run one command after the other: `graph(a).then(b)`",
        '>' => "send the output to a file with `.stdout(Stdio::file(..))`, or `Stdio::append`",
        '<' => "give the input with `.stdin(Stdin::file(..))`, or a text with `.stdin(text)`",
        '$' if next == Some('(') => "run that command first, and give its output as `{name}`",
        '$' => "give the value as `{name}`; of the environment, with `std::env::var`",
        '`' => "run that command first, and give its output as `{name}`",
        '*' | '?' | '[' => "list the files in Rust, and give them as `{names..}`",
        '(' | ')' => "a command line has no groups",
        '~' if starts_word => "give the directory as `{name}`",
        '#' if starts_word => "write comments in Rust",
        '!' if starts_word && ends_word => "look at the result in Rust",
        '\\' => "quote the text: `'…'`",
        _ => return None,
    };
    Some(format!(
        "no shell reads `{letter}`: {instead}; if the program itself is given it, quote it: `'{letter}'`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(words: &[Word]) -> Vec<String> {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Slot(name) => format!("<{name}>"),
        };
        let word = |word: &Word| match word {
            Word::Parts(parts) => parts.iter().map(part).collect(),
            Word::List(name) => format!("<{name}..>"),
        };
        words.iter().map(word).collect()
    }

    #[track_caller]
    fn check(template: &str, expected: &[&str]) {
        assert_eq!(show(&split(template).unwrap()), expected);
    }

    #[track_caller]
    fn refused(template: &str, expected: &str) {
        let message = split(template).unwrap_err();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn words_stand_between_spaces_and_quotes_keep_them() {
        check("log --oneline\n  -n 5", &["log", "--oneline", "-n", "5"]);
        check("-m 'a  b' \"it's\" x'y z'w", &["-m", "a  b", "it's", "xy zw"]);
        check("'' \"\"", &["", ""]);
        check("HEAD~3 a^ b=c '*' 'a|b' @{{u}} '{{}}'", &["HEAD~3", "a^", "b=c", "*", "a|b", "@{u}", "{}"]);
        check("", &[]);
    }

    #[test]
    fn a_slot_is_a_part_of_one_word() {
        check("-n {n} --depth={n} -j{n} {a}:{b}", &["-n", "<n>", "--depth=<n>", "-j<n>", "<a>:<b>"]);
        check("add -- {paths..}", &["add", "--", "<paths..>"]);
    }

    #[test]
    fn what_only_a_shell_understands_is_refused() {
        for letter in
            ["|", "||", "&", "&&", ";", ">", "<", "$", "`", "*", "?", "[", "(", ")", "~", "#", "\\", "!"]
        {
            refused(&format!("a {letter} b"), "quote it");
        }
        refused("A=b log", "set a variable with `.env(\"A\", ..)`");
        refused("a 'b", "is not closed");
    }

    #[test]
    fn a_slot_stands_where_it_stays_data() {
        refused("a '{x}'", "take it out of the quotes");
        refused("a --{x}", "the name of an option is not data");
        refused("a --na{x}", "the name of an option is not data");
        refused("a -{x}", "the name of an option is not data");
        refused("a x{xs..}", "put spaces around it");
        refused("a {x + 1}", "give the value a name");
        refused("a {x", "is not closed");
        refused("a x}", "closes nothing");
    }
}
