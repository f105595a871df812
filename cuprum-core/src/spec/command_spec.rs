//! The constant facts about a command: what its program is told before and beside its arguments.

use super::{Arg, Command, Program, ProgramSpec, Style, Tier};

/// The constant facts about a command: its subcommand, its tier, its arguments.
#[derive(Debug, PartialEq, Eq)]
pub struct CommandSpec {
    program: Option<&'static ProgramSpec>,
    subcommand: &'static [&'static str],
    fixed: &'static [&'static [&'static str]],
    args: &'static [Arg],
    tier: Tier,
    ok: Option<&'static [i32]>,
    separator: SeparatorRule,
    style: Option<Style>,
    single_dash: bool,
    set_env: &'static [(&'static str, &'static str)],
    inherit_stdin: bool,
}

/// A constant that `fixed(..)` names: a text, a slice of texts or an array of them; written by the derive.
#[doc(hidden)]
#[derive(Debug)]
pub struct Fixed<T>(pub T);

impl Fixed<&'static &'static str> {
    /// Returns the list of the one word.
    pub const fn words(self) -> &'static [&'static str] {
        std::slice::from_ref(self.0)
    }
}

impl Fixed<&'static &'static [&'static str]> {
    /// Returns the words.
    pub const fn words(self) -> &'static [&'static str] {
        self.0
    }
}

impl<const N: usize> Fixed<&'static [&'static str; N]> {
    /// Returns the words.
    pub const fn words(self) -> &'static [&'static str] {
        self.0
    }
}

/// What a command says about the separator of its program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SeparatorRule {
    OfProgram,
    Own(Option<&'static str>),
}

impl CommandSpec {
    /// Describes a command with this subcommand path, which may be empty.
    pub const fn new(subcommand: &'static [&'static str]) -> Self {
        Self {
            program: None,
            subcommand,
            fixed: &[],
            args: &[],
            tier: Tier::Write,
            ok: None,
            separator: SeparatorRule::OfProgram,
            style: None,
            single_dash: false,
            set_env: &[],
            inherit_stdin: false,
        }
    }

    /// Describes the command `C` by its program and its arguments.
    pub const fn of<C: Command>() -> Self {
        Self::new(&[]).with_program(C::Program::SPEC).with_args(C::ARGS)
    }

    /// Sets the subcommand path; written by the derive.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_subcommand(mut self, subcommand: &'static [&'static str]) -> Self {
        self.subcommand = subcommand;
        self
    }

    /// Sets the program, whose facts hold where the command says nothing itself.
    #[must_use]
    pub const fn with_program(mut self, program: &'static ProgramSpec) -> Self {
        self.program = Some(program);
        self
    }

    /// Sets the words that are always written behind the subcommand, in lists.
    #[must_use]
    pub const fn with_fixed(mut self, words: &'static [&'static [&'static str]]) -> Self {
        self.fixed = words;
        self
    }

    /// Sets the arguments, in the order in which they are written.
    #[must_use]
    pub const fn with_args(mut self, args: &'static [Arg]) -> Self {
        self.args = args;
        self
    }

    /// Sets the tier.
    #[must_use]
    pub const fn with_tier(mut self, tier: Tier) -> Self {
        self.tier = tier;
        self
    }

    /// Sets the exit codes that are no failure, in place of the program's.
    #[must_use]
    pub const fn with_ok(mut self, codes: &'static [i32]) -> Self {
        self.ok = Some(codes);
        self
    }

    /// Sets what ends the options of this command, in place of what the program says.
    #[must_use]
    pub const fn with_separator(mut self, separator: Option<&'static str>) -> Self {
        self.separator = SeparatorRule::Own(separator);
        self
    }

    /// Sets how long options are joined to their values, in place of what the program says.
    #[must_use]
    pub const fn with_style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }

    /// Says that the command's long options begin with one dash, and take their value as the next word.
    #[must_use]
    pub const fn with_single_dash(mut self) -> Self {
        self.single_dash = true;
        self
    }

    /// Sets the variables that the command is given.
    #[must_use]
    pub const fn with_set_env(mut self, set: &'static [(&'static str, &'static str)]) -> Self {
        self.set_env = set;
        self
    }

    /// Gives the command the parent's standard input, where none is given otherwise.
    #[must_use]
    pub const fn with_inherited_stdin(mut self) -> Self {
        self.inherit_stdin = true;
        self
    }

    /// Returns the facts about the program, if they were given.
    pub const fn program(&self) -> Option<&'static ProgramSpec> {
        self.program
    }

    /// Returns the subcommand path.
    pub const fn subcommand(&self) -> &'static [&'static str] {
        self.subcommand
    }

    /// Returns the words that are always written behind the subcommand, in lists.
    pub const fn fixed(&self) -> &'static [&'static [&'static str]] {
        self.fixed
    }

    /// Returns the facts about each argument, in the order in which they are written.
    pub const fn args(&self) -> &'static [Arg] {
        self.args
    }

    /// Returns the tier.
    pub const fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns the exit codes that are no failure: the command's own, else the program's.
    pub const fn ok(&self) -> &'static [i32] {
        match (self.ok, self.program) {
            (Some(codes), _) => codes,
            (None, Some(program)) => program.ok(),
            (None, None) => &[0],
        }
    }

    /// Returns what ends the options, for a command of `program`.
    pub const fn separator_in(&self, program: &ProgramSpec) -> Option<&'static str> {
        match self.separator {
            SeparatorRule::Own(separator) => separator,
            SeparatorRule::OfProgram => program.separator(),
        }
    }

    /// Returns how long options are joined to their values, if the command says so.
    pub const fn style(&self) -> Option<Style> {
        self.style
    }

    /// Returns whether the command's long options begin with one dash.
    pub const fn single_dash(&self) -> bool {
        self.single_dash
    }

    /// Returns the variables that the command is given.
    pub const fn set_env(&self) -> &'static [(&'static str, &'static str)] {
        self.set_env
    }

    /// Returns whether the command is given the parent's standard input.
    pub const fn inherits_stdin(&self) -> bool {
        self.inherit_stdin
    }
}
