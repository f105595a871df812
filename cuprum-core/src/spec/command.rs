//! The trait of a typed command.

use std::ffi::OsString;
use std::fmt::{self, Display as _};

use super::{Arg, Argv, ArgvError, CommandSpec, Program, ReadOutput, SafeCmd, Written};

/// A typed command: a struct whose fields are its arguments.
///
/// Implemented by `#[derive(Command)]`.
///
/// # Examples
///
/// ```
/// use cuprum::{Command, Program};
/// use std::path::PathBuf;
///
/// #[derive(Program)]
/// #[program(separator = "--")]
/// struct Tar;
///
/// #[derive(Command)]
/// #[command(program = Tar)]
/// struct Create {
///     /// Compresses with gzip.
///     gzip: bool,
///     /// The archive.
///     file: PathBuf,
///     /// What goes into it.
///     #[arg(positional)]
///     members: Vec<PathBuf>,
/// }
///
/// let create = Create::new("site.tgz").gzip().members("--www");
/// assert_eq!(create.argv()?, ["--gzip", "--file=site.tgz", "--", "--www"]);
/// assert_eq!(create.to_string(), "tar --gzip --file=site.tgz -- --www");
/// # Ok::<(), cuprum::spec::ArgvError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a command",
    label = "not a command",
    note = "a command is a struct with `#[derive(Command)]`",
    note = "what runs several commands takes few adapters: give the others to each command, or to a context, `Cx::with_…`"
)]
pub trait Command: Sized {
    /// The program that runs it.
    type Program: Program;
    /// What its output is read into.
    type Output: Send + 'static;
    /// What reads it: the output's type, or the command itself.
    type Reader: ReadOutput<Self::Output>;
    /// The facts about each argument, in the order in which they are written.
    const ARGS: &'static [Arg];
    /// The constant facts about the command: unless they say more, its program and its arguments.
    const SPEC: &'static CommandSpec = &CommandSpec::of::<Self>();

    /// Writes the arguments, after the subcommand.
    fn write(&self, argv: &mut Argv);

    /// Applies `then` if `condition` is true.
    #[must_use = "a command does nothing until it is run"]
    fn when(self, condition: bool, then: impl FnOnce(Self) -> Self) -> Self {
        if condition { then(self) } else { self }
    }

    /// Returns the words after the program's name, without running anything.
    ///
    /// # Errors
    ///
    /// An [`ArgvError`] that names the field that cannot be written.
    fn argv(&self) -> Result<Vec<OsString>, ArgvError> {
        written(self).map(Written::into_words)
    }

    /// Returns the prepared value that contexts run.
    fn prepare(&self) -> SafeCmd<Self::Output, Self::Program> {
        SafeCmd::from_written(Self::SPEC, written(self), Self::Reader::read_output)
    }
}

fn written<C: Command>(command: &C) -> Result<Written, ArgvError> {
    let mut argv = Argv::new(C::Program::SPEC, C::SPEC);
    command.write(&mut argv);
    argv.finish()
}

/// Shows a command as a shell would take it; the `Display` that the derive writes.
#[doc(hidden)]
pub fn show(command: &impl Command, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    command.prepare().fmt(f)
}
