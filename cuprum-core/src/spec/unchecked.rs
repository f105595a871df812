//! Commands of programs that no type names: the rare rest, easy to find in a review.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fmt;
use std::ops::BitOr;
use std::panic::Location;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::{
    Both, Command, CommandSpec, IntoSafe, Piped, Pipeline, Program, ProgramSpec, SafeCmd, Separated, Stage,
    Tier,
};

/// Starts a command of the program whose file is called `program`, or that lies at that path.
///
/// A path is a text with a `/`; a relative one is taken from the parent's working directory, whatever
/// directory the command itself runs in.
///
/// Nothing is known of the program: its words are given as they are, and a value that begins with `-`
/// may be an option to it. What a context permits when a command runs holds here as everywhere: one that
/// was narrowed to a list runs it only if its file is that of a program on the list. Each place in the code
/// that calls this is warned of once, through `tracing`. The name of each program is kept as long as the process
/// lives: ask your own list first if anybody may send you names.
///
/// # Examples
///
/// ```
/// use cuprum::lab::{Lab, Script};
///
/// let lab = Lab::new().when(|launch| launch.args == ["--site", "north"], Script::stdout("ok\n"));
/// let deploy = cuprum::unchecked::command("legacy-deploy").arg("--site").arg("north");
/// assert_eq!(lab.cx().read(deploy).wait()?, "ok");
/// # Ok::<(), cuprum::Error>(())
/// ```
#[track_caller]
pub fn command(program: &str) -> DynamicCmd {
    warn_once(Location::caller(), program);
    DynamicCmd { program: intern(program), args: Vec::new() }
}

/// Returns what stands for the program in lists of what a context permits.
///
/// # Examples
///
/// ```
/// use cuprum::{Cx, unchecked};
///
/// let cx = Cx::new().narrow_to([unchecked::program("legacy-deploy")]);
/// assert!(!cx.permits(unchecked::program("rm")));
/// ```
pub fn program(program: &str) -> &'static ProgramSpec {
    intern(program)
}

/// A command from raw words. Made by [`command`].
#[derive(Clone, Debug)]
#[must_use = "a command does nothing until it is run"]
pub struct DynamicCmd {
    program: &'static ProgramSpec,
    args: Vec<OsString>,
}

impl DynamicCmd {
    /// Adds a word as it is.
    pub fn arg(mut self, word: impl Into<OsString>) -> Self {
        self.args.push(word.into());
        self
    }

    /// Adds several words as they are.
    pub fn args<W: Into<OsString>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.args.extend(words.into_iter().map(Into::into));
        self
    }
}

/// Shows the command as a shell would take it.
impl fmt::Display for DynamicCmd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.clone().into_safe().fmt(f)
    }
}

/// The program type of a [`DynamicCmd`], which names no program; the compiler's message calls it so where a list
/// of programs is promised.
#[derive(Clone, Copy, Debug)]
pub enum UncheckedProgram {}

// Nobody who forgot a derive should be shown this one.
#[diagnostic::do_not_recommend]
impl Program for UncheckedProgram {
    type Separator = Separated;
    const SPEC: &'static ProgramSpec = &ProgramSpec::new("");
}

impl IntoSafe for DynamicCmd {
    type Program = UncheckedProgram;
    type Output = ();

    fn into_safe(self) -> SafeCmd<(), UncheckedProgram> {
        const SPEC: &CommandSpec = &CommandSpec::new(&[]).with_tier(Tier::Destructive);
        let mut command = SafeCmd::new(SPEC, Ok(self.args), |_| Ok(()));
        command.line.program = self.program;
        command
    }
}

impl Stage for DynamicCmd {
    type Programs = UncheckedProgram;
    type Output = ();
    type Behind<P> = Pipeline<(), Both<P, UncheckedProgram>>;

    fn into_pipeline(self) -> Pipeline<(), UncheckedProgram> {
        self.into_safe().into_pipeline()
    }

    fn behind<C: Command>(self, first: C) -> Self::Behind<C::Program> {
        first.pipe(self)
    }
}

impl<S: Stage> BitOr<S> for DynamicCmd {
    type Output = Piped<Self, S>;

    fn bitor(self, next: S) -> Self::Output {
        self.pipe(next)
    }
}

/// Returns the facts about a program by its name.
///
/// They are kept for as long as the process lives: one entry for each name that was ever used.
fn intern(name: &str) -> &'static ProgramSpec {
    static NAMES: LazyLock<Mutex<HashMap<&'static str, &'static ProgramSpec>>> =
        LazyLock::new(Mutex::default);
    let mut names = lock(&NAMES);
    if let Some(spec) = names.get(name) {
        return spec;
    }
    let name: &'static str = Box::leak(name.into());
    let spec = ProgramSpec::new(name);
    let spec = if name.contains('/') { spec.with_path(name) } else { spec };
    let spec: &'static ProgramSpec = Box::leak(Box::new(spec));
    names.insert(name, spec);
    spec
}

fn warn_once(place: &'static Location<'static>, program: &str) {
    static PLACES: LazyLock<Mutex<HashSet<&'static Location<'static>>>> = LazyLock::new(Mutex::default);
    if lock(&PLACES).insert(place) {
        tracing::warn!(program, %place, "an unchecked command: no type says what its words mean");
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // An insertion either took place or did not.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
