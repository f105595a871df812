//! Command lines of a program that are written as a template, or word by word.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt as _;

use super::word::Word;
use super::{
    ArgValue, ArgvError, ArgvErrorKind, CommandSpec, Environment, Program, ProgramSpec, SafeCmd, Tier,
    Written,
};

/// Runs a one-off command line of a listed program: `cmd!(Git, "log --oneline -n {n} -- {path}")`.
///
/// The text is split when it is compiled, and no shell ever sees it. It gives a
/// [`SafeCmd<(), P>`](crate::SafeCmd) whose tier is the program's ceiling, since nothing is known of
/// what it does; its text is read with `.read()`.
///
/// - A word is what stands between spaces. `'…'` and `"…"` keep spaces, and every other character but
///   `{` and `}`, which are written `{{` and `}}` everywhere.
/// - `{name}` is the value of the variable `name`, whatever its text: it is never split. A word that it
///   begins is data, and is refused if it starts with `-`, unless `--` or the program's separator
///   stands before it. A `--` that is the value of an option is taken for one, too: write `--name=--`.
/// - `{names..}` is a list; each item is a word of its own.
/// - `--option={name}` and `-o{name}` are one word.
/// - `cmd!(Git, "log -n {count}", count = 5)` gives values by name.
///
/// Pipes, redirections, variables and everything else that only a shell understands are errors that
/// name what to use in their place.
///
/// # Examples
///
/// ```
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
/// use cuprum::{ErrorKind, Program};
///
/// #[derive(Program)]
/// #[program(separator = "--")]
/// struct Git;
///
/// let (most, files) = (3, ["a b.txt", "-x.txt"]);
/// let log = cmd!(Git, "log --oneline -n {most} --author='A U' -- {files..}");
/// assert_eq!(log.to_string(), "git log --oneline -n 3 '--author=A U' -- 'a b.txt' -x.txt");
///
/// let lab = Lab::new().on_program::<Git>(Script::stdout("2.50\n"));
/// assert_eq!(lab.cx().read(cmd!(Git, "--version")).wait()?, "2.50");
///
/// // What comes from outside is data, and no option.
/// let branch = "--output=/etc/passwd";
/// let error = lab.cx().read(cmd!(Git, "diff {branch}")).wait().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidArgument);
/// # Ok::<(), cuprum::Error>(())
/// ```
#[cfg(feature = "derive")]
#[macro_export]
macro_rules! cmd {
    ($($input:tt)*) => {
        $crate::__cmd!($crate $($input)*)
    };
}

/// A command line that a template describes, while it is written; what `cmd!` is.
#[doc(hidden)]
#[derive(Debug)]
pub struct Template {
    separator: Option<&'static str>,
    separated: bool,
    words: Vec<Word>,
    error: Option<ArgvError>,
}

/// A part of one word of a template.
#[doc(hidden)]
pub enum Part<'a> {
    /// Text of the template.
    Text(&'static str),
    /// A value, and the name of its slot.
    Slot(&'static str, &'a dyn ArgValue),
}

/// A list that `{name..}` takes: a slice, a `Vec`, an array, or an `Option`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of command-line values",
    label = "not a list",
    note = "`{{name..}}` takes a slice, a `Vec`, an array or an `Option`; for one value write `{{name}}`"
)]
#[doc(hidden)]
pub trait List {
    /// Gives every item to `take`.
    fn each(&self, take: &mut dyn FnMut(&dyn ArgValue));
}

impl<T: ArgValue> List for [T] {
    fn each(&self, take: &mut dyn FnMut(&dyn ArgValue)) {
        self.iter().for_each(|item| take(item));
    }
}

impl<T: ArgValue> List for Vec<T> {
    fn each(&self, take: &mut dyn FnMut(&dyn ArgValue)) {
        self.as_slice().each(take);
    }
}

impl<T: ArgValue, const N: usize> List for [T; N] {
    fn each(&self, take: &mut dyn FnMut(&dyn ArgValue)) {
        self.as_slice().each(take);
    }
}

impl<T: ArgValue> List for Option<T> {
    fn each(&self, take: &mut dyn FnMut(&dyn ArgValue)) {
        self.as_slice().each(take);
    }
}

impl<L: List + ?Sized> List for &L {
    fn each(&self, take: &mut dyn FnMut(&dyn ArgValue)) {
        L::each(self, take);
    }
}

impl Template {
    /// Starts an empty command line of a program.
    pub const fn new(program: &'static ProgramSpec) -> Self {
        Self { separator: program.separator(), separated: false, words: Vec::new(), error: None }
    }

    /// Writes a word of the template.
    pub fn text(&mut self, text: &'static str) {
        self.separated |= text == "--" || Some(text) == self.separator;
        self.words.push(Word::plain(text));
    }

    /// Writes a word that slots are a part of.
    pub fn word(&mut self, parts: &[Part<'_>]) {
        let mut word = Word::plain("");
        for part in parts {
            match part {
                Part::Text(text) => word.text.push(text),
                Part::Slot(name, value) => {
                    if let Some(fault) = fault_of(&word.text, *value) {
                        self.refuse(fault, name);
                    }
                    if value.is_secret() && word.secret_from.is_none() {
                        word.secret_from = Some(word.text.len());
                    }
                    word.text.push(value.to_os());
                }
            }
        }
        if let Some(Part::Slot(name, _)) = parts.first() {
            self.refuse_dash(&word, name);
        }
        self.words.push(word);
    }

    /// Writes every item of a list as a word of its own.
    pub fn list<L: List + ?Sized>(&mut self, name: &'static str, list: &L) {
        list.each(&mut |item| self.word(&[Part::Slot(name, item)]));
    }

    /// Returns the prepared command.
    pub fn finish<P: Program>(self) -> SafeCmd<(), P> {
        let written = match self.error {
            Some(error) => Err(error),
            None => Ok(Written::of_words(self.words)),
        };
        unlisted(written)
    }

    fn refuse_dash(&mut self, word: &Word, name: &'static str) {
        if !self.separated && word.begins_with_dash() {
            self.refuse(ArgvErrorKind::LeadingDash, name);
        }
    }

    fn refuse(&mut self, kind: ArgvErrorKind, name: &'static str) {
        self.error.get_or_insert(ArgvError::new(kind, name));
    }
}

/// Returns what is wrong with a value after the text of its word so far, if anything is.
fn fault_of(before: &OsString, value: &dyn ArgValue) -> Option<ArgvErrorKind> {
    let text = value.to_os();
    let is_short_option = before.to_str().and_then(|name| name.strip_prefix('-')).is_some_and(|name| {
        let mut letters = name.chars();
        letters.next().is_some_and(|letter| letter != '-') && letters.next().is_none()
    });
    if text.as_bytes().contains(&0) {
        Some(ArgvErrorKind::Nul)
    } else if is_short_option && text.is_empty() {
        Some(ArgvErrorKind::Empty)
    } else {
        None
    }
}

/// Returns the prepared command of words that no typed command stands behind: its tier is the ceiling of
/// the program, since nothing is known of what it does.
pub(super) fn unlisted<P: Program>(written: Result<Written, ArgvError>) -> SafeCmd<(), P> {
    const UNLISTED: CommandSpec = CommandSpec::new(&[]).with_tier(Tier::Read);
    let mut command = SafeCmd::from_written(&UNLISTED, written, |_| Ok(()));
    command.line.tier = P::SPEC.tier();
    command.line.accept = P::SPEC.ok().into();
    command
}

impl Written {
    /// Returns the words of a command that sets nothing else.
    fn of_words(words: Vec<Word>) -> Self {
        let mut written = Self { environment: Environment::new(), tier: Tier::Read, ..Self::default() };
        words.into_iter().for_each(|word| written.push(word));
        written
    }
}
