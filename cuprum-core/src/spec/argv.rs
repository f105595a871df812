//! The writer that turns fields into argv, in the one documented order.
//!
//! Global options, the subcommand path, the command's fixed words, options in the order of their fields, the
//! separator, operands, `--`, the operands behind it. The separator is written when, and only when, an operand is.

use super::word::Word;
use super::{
    Arg, ArgKind, ArgValue, Args, ArgvError, ArgvErrorKind, CommandSpec, Environment, Need, ProgramSpec,
    Secret, Stdin, Style, Subcommand, Tier, Written,
};

/// Collects the words of a command line.
///
/// Each method writes one field, or nothing if the field is not set. The first field that cannot be
/// written is reported by the command's `argv`; the rest is ignored then.
#[derive(Clone)]
pub struct Argv {
    pub(super) separator: Option<&'static str>,
    pub(super) style: Style,
    pub(super) dash: &'static str,
    pub(super) in_global_group: bool,
    pub(super) global: Vec<Word>,
    pub(super) words: Vec<Word>,
    pub(super) operands: Vec<Word>,
    pub(super) last: Vec<Word>,
    /// Whether a `--` ends the operands also where nothing follows it.
    pub(super) closed: bool,
    pub(super) environment: Environment,
    pub(super) stdin: Option<Stdin>,
    pub(super) tier: Tier,
    pub(super) needs: Vec<Need>,
    pub(super) error: Option<ArgvError>,
}

impl Argv {
    /// Starts the command line of a command of `program`, with the subcommand path.
    pub fn new(program: &'static ProgramSpec, command: &'static CommandSpec) -> Self {
        let single_dash = program.single_dash() || command.single_dash();
        let style = command.style().or(program.style());
        let mut argv = Self {
            separator: command.separator_in(program),
            style: style.unwrap_or(if single_dash { Style::Space } else { Style::Equals }),
            dash: if single_dash { "-" } else { "--" },
            in_global_group: false,
            global: Vec::new(),
            words: Vec::new(),
            operands: Vec::new(),
            last: Vec::new(),
            closed: false,
            environment: Environment::new(),
            stdin: None,
            tier: Tier::Read,
            needs: Vec::new(),
            error: None,
        };
        for (name, value) in command.set_env() {
            argv.environment.set(*name, *value);
        }
        for word in command.subcommand().iter().chain(command.fixed().iter().copied().flatten()) {
            argv.word(word);
        }
        argv
    }

    /// Writes a word that the developer wrote: a subcommand or a flag.
    pub fn word(&mut self, word: &'static str) {
        self.words.push(Word { text: word.into(), secret_from: None });
    }

    /// Writes an operand of a command that was written without a derive.
    pub fn operand(&mut self, value: &dyn ArgValue) {
        self.value(&Arg::new("operand", ArgKind::Operand), value);
    }

    /// Writes a flag if it is set.
    pub fn flag(&mut self, arg: &Arg, set: bool) {
        if set {
            let name = self.name(arg, arg.long());
            self.push(arg, name);
        }
    }

    /// Writes a flag, its opposite, or neither.
    pub fn switch(&mut self, arg: &Arg, state: Option<bool>) {
        match state {
            None => {}
            Some(true) => self.flag(arg, true),
            Some(false) => {
                let name = self.name(arg, arg.negation());
                self.push(arg, name);
            }
        }
    }

    /// Writes a flag as often as it was counted: `-vvv`, or `--verbose --verbose`.
    pub fn count(&mut self, arg: &Arg, count: u64) {
        match (arg.long(), arg.short()) {
            (None, Some(short)) if count > 0 => {
                let Some(times) = self.repeats(arg, count) else { return };
                let letters = std::iter::repeat_n(short, times);
                self.push(arg, std::iter::once('-').chain(letters).collect::<String>().into());
            }
            _ => {
                let Some(times) = self.repeats(arg, count) else { return };
                (0..times).for_each(|_| self.flag(arg, true));
            }
        }
    }

    /// Writes a value: of an option, of an operand, or of an environment variable.
    pub fn value(&mut self, arg: &Arg, value: &dyn ArgValue) {
        if let Some(word) = self.checked(arg, value) {
            self.single(arg, word);
        }
    }

    /// Writes a value that may not be given at all.
    pub fn maybe<T: ArgValue>(&mut self, arg: &Arg, value: &Option<T>) {
        self.closed |= arg.is_always_closed();
        if let Some(value) = value {
            self.value(arg, value);
        }
    }

    /// Writes an option whose value may be left out.
    pub fn optional<T: ArgValue>(&mut self, arg: &Arg, value: &Option<Option<T>>) {
        match value {
            None => {}
            Some(None) => self.flag(arg, true),
            Some(Some(value)) => {
                if let Some(word) = self.checked(arg, value) {
                    let style = if arg.long().is_some() { Style::Equals } else { Style::Attached };
                    self.joined(arg, word, style);
                }
            }
        }
    }

    /// Writes the values of a list, in the form that the argument says.
    pub fn list<T: ArgValue>(&mut self, arg: &Arg, values: &[T]) {
        let words = values.iter().map_while(|value| self.checked(arg, value)).collect();
        self.words_of(arg, words);
    }

    /// Writes a flattened set of arguments.
    pub fn group<T: Args>(&mut self, arg: &Arg, group: &T) {
        self.grouped(arg, |argv| group.write(argv));
    }

    /// Writes what `arg` takes in.
    pub(super) fn grouped(&mut self, arg: &Arg, write: impl FnOnce(&mut Self)) {
        let outer = self.in_global_group;
        self.in_global_group |= arg.is_global();
        write(self);
        self.in_global_group = outer;
    }

    /// Writes a nested subcommand, after everything written so far.
    pub fn subcommand<T: Subcommand>(&mut self, subcommand: &T) {
        subcommand.write(self);
    }

    /// Gives these bytes to the command's standard input.
    pub fn stdin<T: AsRef<[u8]> + ?Sized>(&mut self, bytes: &T) {
        self.stdin = Some(Stdin::Bytes(bytes.as_ref().to_vec()));
    }

    /// Gives this secret to the command's standard input.
    pub fn secret_stdin<T: AsRef<[u8]> + ?Sized>(&mut self, bytes: &T) {
        self.stdin = Some(Stdin::SecretBytes(Secret::new(bytes.as_ref().to_vec())));
    }

    /// Refuses the command if the field is set and one of the others, which it requires, is not.
    pub fn requires(&mut self, field: &'static str, set: bool, others: &[(&'static str, bool)]) {
        if let Some((other, _)) = others.iter().find(|(_, given)| set && !given) {
            self.refuse(ArgvError::new(ArgvErrorKind::Requires, field).with_other(other));
        }
    }

    /// Refuses the command if the field is set and one of the others, which it excludes, is set, too.
    pub fn conflicts(&mut self, field: &'static str, set: bool, others: &[(&'static str, bool)]) {
        if let Some((other, _)) = others.iter().find(|(_, given)| set && *given) {
            self.refuse(ArgvError::new(ArgvErrorKind::Conflicts, field).with_other(other));
        }
    }

    /// Returns what was written.
    pub(super) fn finish(mut self) -> Result<Written, ArgvError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut written =
            Written { stdin: self.stdin, tier: self.tier, needs: self.needs, ..Written::default() };
        let mut words = self.global;
        words.append(&mut self.words);
        let closed = self.closed && !self.operands.is_empty();
        if !self.operands.is_empty() {
            words.extend(self.separator.map(Word::plain));
            words.append(&mut self.operands);
        }
        if closed || !self.last.is_empty() {
            words.push(Word::plain("--"));
            words.append(&mut self.last);
        }
        words.into_iter().for_each(|word| written.push(word));
        written.environment = self.environment;
        Ok(written)
    }
}

/// Shows the words; what is in the environment and in standard input may be secret.
impl std::fmt::Debug for Argv {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = self.global.iter().chain(&self.words).chain(&self.operands).chain(&self.last);
        f.debug_list().entries(words).finish()
    }
}
