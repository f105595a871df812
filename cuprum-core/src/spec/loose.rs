//! Command lines of a program that are put together word by word.

use std::fmt;
use std::ops::BitOr;

use super::{
    Arg, ArgKind, ArgValue, Argv, ArgvError, ArgvErrorKind, Both, Command, CommandSpec, IntoSafe, Piped,
    Pipeline, Program, ProgramSpec, SafeCmd, Stage, Style, template::unlisted,
};

/// A command line of the program `P` that is put together word by word.
///
/// It is for command lines that are decided at run time and have no typed command. Names are the
/// developer's, so they are `'static`; values are data, and stay data: operands follow the program's
/// separator, and without one they may not begin with `-`. Its tier is the program's ceiling, since
/// nothing is known of what it does.
///
/// # Examples
///
/// ```
/// use cuprum::{IntoSafe, Program};
///
/// #[derive(Program)]
/// #[program(separator = "--end-of-options")]
/// struct Git;
///
/// let author = "--all";
/// let log = Git::cmd().word("log").opt("--oneline").value("--author", author).operand("main");
/// assert_eq!(log.into_safe().to_string(), "git log --oneline --author=--all --end-of-options main");
/// ```
#[must_use = "a command does nothing until it is run"]
pub struct LooseCmd<P> {
    argv: Argv,
    program: std::marker::PhantomData<fn() -> P>,
}

impl<P: Program> LooseCmd<P> {
    pub(super) fn new() -> Self {
        const LOOSE: CommandSpec = CommandSpec::new(&[]);
        Self { argv: Argv::new(P::SPEC, &LOOSE), program: std::marker::PhantomData }
    }

    /// Adds a word that is no option: a subcommand.
    ///
    /// A word that begins with `-` is an [`ArgvErrorKind::Name`] when the command is run: it is for
    /// [`opt`](Self::opt).
    pub fn word(mut self, word: &'static str) -> Self {
        match word.starts_with('-') || word.contains('\0') {
            true => self.argv.refuse(ArgvError::new(ArgvErrorKind::Name, word)),
            false => self.argv.word(word),
        }
        self
    }

    /// Adds an option without a value, with its dashes: `--oneline`, `-v`.
    ///
    /// A name that does not begin with `-` is an [`ArgvErrorKind::Name`] when the command is run.
    pub fn opt(mut self, name: &'static str) -> Self {
        match named(P::SPEC, name, ArgKind::Flag) {
            Ok(arg) => self.argv.flag(&arg, true),
            Err(error) => self.argv.refuse(error),
        }
        self
    }

    /// Adds an option with a value: `--author=<value>`, `-n <value>`, or as the program's style says.
    ///
    /// Of several letters behind one dash the last takes the value, as the next word: `-xf <value>`. Where
    /// the program's long options begin with one dash, it is such an option.
    pub fn value(mut self, name: &'static str, value: impl ArgValue) -> Self {
        match named(P::SPEC, name, ArgKind::Value) {
            Ok(arg) => self.argv.value(&arg, &value),
            Err(error) => self.argv.refuse(error),
        }
        self
    }

    /// Adds an operand, behind the program's separator.
    pub fn operand(mut self, value: impl ArgValue) -> Self {
        self.argv.operand(&value);
        self
    }

    /// Adds several operands.
    pub fn operands<T: ArgValue>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        values.into_iter().for_each(|value| self.argv.operand(&value));
        self
    }

    /// Adds an operand behind `--`, whatever the program's separator is.
    pub fn last(mut self, value: impl ArgValue) -> Self {
        self.argv.value(&Arg::new("last", ArgKind::Last), &value);
        self
    }
}

/// Returns the option called `name`, which is written with its dashes.
fn named(program: &ProgramSpec, name: &'static str, kind: ArgKind) -> Result<Arg, ArgvError> {
    let fault = || ArgvError::new(ArgvErrorKind::Name, name);
    let arg = Arg::new(name, kind).with_dashes();
    let bare = name.strip_prefix('-').ok_or_else(fault)?;
    let is_refused = |letter: char| matches!(letter, '=' | '\0') || letter.is_whitespace();
    if name.trim_start_matches('-').is_empty() || name.contains(is_refused) {
        return Err(fault());
    }
    let mut letters = bare.chars();
    match (letters.next(), letters.next()) {
        (Some(short), None) => Ok(arg.with_short(short)),
        (Some('-'), _) => Ok(arg.with_long(name)),
        _ if program.single_dash() => Ok(arg.with_long(name)),
        _ => Ok(arg.with_long(name).with_style(Style::Space)),
    }
}

impl<P: Program> Clone for LooseCmd<P> {
    fn clone(&self) -> Self {
        Self { argv: self.argv.clone(), program: std::marker::PhantomData }
    }
}

/// Shows the words; what is secret is `***`.
impl<P> fmt::Debug for LooseCmd<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LooseCmd").field(&self.argv).finish()
    }
}

/// Shows the command as a shell would take it; what is secret is `***`.
impl<P: Program> fmt::Display for LooseCmd<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.clone().into_safe().fmt(f)
    }
}

impl<P: Program> IntoSafe for LooseCmd<P> {
    type Program = P;
    type Output = ();

    fn into_safe(self) -> SafeCmd<(), P> {
        unlisted(self.argv.finish())
    }
}

impl<P: Program> Stage for LooseCmd<P> {
    type Programs = P;
    type Output = ();
    type Behind<Q> = Pipeline<(), Both<Q, P>>;

    fn into_pipeline(self) -> Pipeline<(), P> {
        self.into_safe().into_pipeline()
    }

    fn behind<C: Command>(self, first: C) -> Self::Behind<C::Program> {
        first.pipe(self)
    }
}

impl<P: Program, S: Stage> BitOr<S> for LooseCmd<P> {
    type Output = Piped<Self, S>;

    fn bitor(self, next: S) -> Self::Output {
        self.pipe(next)
    }
}
