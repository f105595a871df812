//! Where a word of a command line goes, and how the value of an option is joined to its name.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt as _;

use super::word::Word;
use super::{Arg, ArgKind, ArgValue, Argv, ArgvError, ArgvErrorKind, List, Need, Style};

/// A single word is at most 128 KiB long on Linux, so a flag repeated more often could not be given.
const MOST_REPEATS: u64 = 100_000;

impl Argv {
    pub(super) fn single(&mut self, arg: &Arg, word: Word) {
        self.raise(arg);
        match arg.kind() {
            ArgKind::Operand => {
                if self.separator.is_none() && !arg.allows_hyphen() && word.begins_with_dash() {
                    self.refuse(ArgvError::new(ArgvErrorKind::LeadingDash, arg.field()));
                }
                self.closed |= arg.is_always_closed();
                self.operands.push(word);
            }
            ArgKind::Last => self.last.push(word),
            ArgKind::Variable(name) => {
                let secret = word.secret_from.is_some();
                self.environment.set(name, word.text);
                if secret {
                    self.environment.hide(name.as_ref());
                }
            }
            _ => self.joined(arg, word, self.style_of(arg)),
        }
    }

    pub(super) fn words_of(&mut self, arg: &Arg, words: Vec<Word>) {
        if words.len() < arg.min() {
            self.refuse(ArgvError::new(ArgvErrorKind::TooFew, arg.field()));
        }
        if words.len() > arg.max() {
            self.refuse(ArgvError::new(ArgvErrorKind::TooMany, arg.field()));
        }
        self.closed |= arg.is_always_closed();
        if words.is_empty() {
            return;
        }
        match arg.list() {
            List::Joined(delimiter) => {
                if words.iter().any(|word| word.holds(delimiter)) {
                    self.refuse(ArgvError::new(ArgvErrorKind::Delimiter, arg.field()));
                }
                self.single(arg, Word::join(words, delimiter));
            }
            List::Values => {
                if !arg.allows_hyphen() && words.iter().any(Word::begins_with_dash) {
                    self.refuse(ArgvError::new(ArgvErrorKind::LeadingDash, arg.field()));
                }
                self.flag(arg, true);
                self.place(arg).extend(words);
            }
            List::Single | List::Repeat => words.into_iter().for_each(|word| self.single(arg, word)),
        }
    }

    /// Writes the name of an option and its value.
    pub(super) fn joined(&mut self, arg: &Arg, value: Word, style: Style) {
        self.raise(arg);
        let mut name = self.name(arg, arg.long());
        match style {
            Style::Space => {
                self.push(arg, name);
                self.place(arg).push(value);
                return;
            }
            Style::Attached if value.text.is_empty() => {
                self.refuse(ArgvError::new(ArgvErrorKind::Empty, arg.field()));
            }
            Style::Attached => {}
            Style::Equals => name.push("="),
        }
        let secret_from = value.secret_from.map(|from| from + name.len());
        name.push(value.text);
        self.place(arg).push(Word { text: name, secret_from });
    }

    pub(super) fn style_of(&self, arg: &Arg) -> Style {
        match (arg.style(), arg.long()) {
            (Some(style), _) => style,
            (None, Some(_)) => self.style,
            (None, None) => Style::Space,
        }
    }

    pub(super) fn name(&self, arg: &Arg, long: Option<&'static str>) -> OsString {
        match (long, arg.short()) {
            (Some(long), _) if arg.has_dashes() => long.into(),
            (Some(long), _) => format!("{}{long}", self.dash).into(),
            (None, Some(short)) => format!("-{short}").into(),
            (None, None) => OsString::new(),
        }
    }

    pub(super) fn push(&mut self, arg: &Arg, text: OsString) {
        self.raise(arg);
        self.place(arg).push(Word { text, secret_from: None });
    }

    pub(super) fn place(&mut self, arg: &Arg) -> &mut Vec<Word> {
        if self.in_global_group || arg.is_global() { &mut self.global } else { &mut self.words }
    }

    /// Notes what the argument, now that it is written, asks of the command: its tier, its version.
    pub(super) fn raise(&mut self, arg: &Arg) {
        if let Some(since) = arg.since()
            && !self.needs.iter().any(|need| need.field == arg.field() && need.since == since)
        {
            self.needs.push(Need { field: arg.field(), since });
        }
        if let Some(danger) = arg.danger() {
            self.tier = self.tier.max(danger.tier());
        }
    }

    pub(super) fn repeats(&mut self, arg: &Arg, count: u64) -> Option<usize> {
        if count > MOST_REPEATS {
            self.refuse(ArgvError::new(ArgvErrorKind::TooMany, arg.field()));
            return None;
        }
        usize::try_from(count).ok()
    }

    pub(super) fn checked(&mut self, arg: &Arg, value: &dyn ArgValue) -> Option<Word> {
        let text = value.to_os();
        if text.as_bytes().contains(&0) {
            self.refuse(ArgvError::new(ArgvErrorKind::Nul, arg.field()));
            return None;
        }
        let secret = arg.is_secret() || value.is_secret();
        Some(Word { text, secret_from: secret.then_some(0) })
    }

    pub(super) fn refuse(&mut self, error: ArgvError) {
        self.error.get_or_insert(error);
    }
}
