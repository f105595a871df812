//! A scripted world: commands are answered by scripts, and no process is started.
//!
//! A [`Lab`] is a backend as the operating system is: [`Lab::cx`] is a context that runs in it. What it has no script for
//! fails, as [`Unscripted`](crate::ErrorKind::Unscripted). Its clock is virtual, so a test of a timeout of an hour takes
//! no time.
//!
//! | to | see |
//! | --- | --- |
//! | say which command is answered, and how | [`Lab::on`], [`Lab::on_program`], [`Lab::on_words`], [`Lab::when`]; [`Script`] |
//! | make it the system of code that uses the current context | [`Lab::run`], or `lab.cx().scope_sync(..)` |
//! | see what was run | [`Lab::assert_ran`], [`Lab::ran`], [`Ran`] |
//! | find what is left behind | [`Lab::run`], which looks for it; [`Breach`] |
//! | try orders, cancellations and faults | [`Lab::explore`], [`Lab::cancel_everywhere`], [`Lab::fail_everywhere`] |
//! | record what real programs do, and play it | `cassette`, behind the feature of that name |
//!
//! ```
//! use cuprum::lab::{Lab, Script};
//! use cuprum::prelude::*;
//! use cuprum::{ErrorKind, Program};
//!
//! #[derive(Program)]
//! struct Git;
//!
//! /// The code to be tested, which knows nothing of labs.
//! async fn publish() -> cuprum::Result<()> {
//!     cmd!(Git, "push").run().await?;
//!     cmd!(Git, "push --tags").run().await
//! }
//!
//! let offline = Script::new().stderr("fatal: unable to access\n").then_exit(128);
//! let lab = Lab::new().on_words(["git", "push"], Script::new()).on_program::<Git>(offline);
//! let error = lab.run(publish()).unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Exit);
//! lab.assert_ran(["git push", "git push --tags"]);
//! ```

// In reading order: `Lab`, `Script` (what a process does), `matching` (which one does), `seam` (the lab as a
// backend), `redirect`, `handles` and `pipes` (what a run holds), `world` and `kernel` (the scripted machine),
// `moment` (what happens there), `ran` (what was started), `executor` and `pump` (who lets the time go on), `run`,
// `check` and `heard` (what must hold), `explore` (many runs of one scenario), `faults` and `chance`, `cassette`
// (recorded runs; behind a feature).

#[cfg(feature = "cassette")]
pub mod cassette;
mod chance;
mod check;
mod executor;
mod explore;
mod faults;
mod handles;
mod heard;
mod kernel;
mod matching;
mod moment;
mod pipes;
mod pump;
mod ran;
mod redirect;
mod run;
mod script;
mod seam;
mod world;

use std::ffi::OsString;
use std::fmt;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::backend::{Backend, Digest, Launch};
use crate::context::Cx;
use crate::event::Listener;
use crate::spec::{Command, Program};

pub use self::check::Breach;
pub use self::explore::Explore;
use self::matching::{About, Answer, Entry};
pub use self::moment::{Moment, What};
pub use self::ran::Ran;
pub use self::run::Report;
pub use self::script::Script;
use self::world::{Inside, Setup, World};

/// A backend whose processes are scripts.
///
/// Scripts are tried in the order in which they were added, and the first that matches answers. A
/// command that none matches fails with
/// [`ErrorKind::Unscripted`](crate::ErrorKind::Unscripted). Clones share one world.
///
/// # Time
///
/// The lab's clock is virtual: it stands still while there is something to do, and goes to the next moment at
/// which something happens when there is not. So an hour passes at once, and what happens does not depend on
/// how fast the machine is. [`run`](Self::run) and [`explore`](Self::explore) run a future in the lab, on one
/// thread, in an order that is always the same. In a Tokio runtime and with
/// [`wait`](crate::Running::wait) the lab works, too: there, time goes on when the runtime has had nothing to
/// do for a few turns, so a limit may be over while something outside of the lab is waited for.
///
/// # Examples
///
/// ```
/// use cuprum::lab::{Lab, Script};
/// use cuprum::{Command, Program};
///
/// #[derive(Program)]
/// struct Date;
///
/// #[derive(Command)]
/// #[command(program = Date, output = String)]
/// struct Today {
///     iso_8601: bool,
/// }
///
/// let lab = Lab::new().on::<Today>(Script::stdout("2026-02-28\n"));
/// let today = lab.cx().run(Today::new().iso_8601()).wait()?;
/// assert_eq!(today, "2026-02-28");
/// lab.assert_ran(["date --iso-8601"]);
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone)]
pub struct Lab {
    world: Arc<World>,
}

impl Default for Lab {
    fn default() -> Self {
        Self::over(World::new(Setup::default()))
    }
}

impl Lab {
    /// Creates a world in which no command is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers every command of the type `C`.
    #[must_use]
    #[track_caller]
    pub fn on<C: Command>(self, script: Script) -> Self {
        self.add_here(About::of::<C>(), Answer::Always(script))
    }

    /// Answers the first command of the type `C` by the first script, the second one by the second, and none
    /// after the last.
    #[must_use]
    #[track_caller]
    pub fn on_each<C: Command>(self, scripts: impl IntoIterator<Item = Script>) -> Self {
        self.add_here(About::of::<C>(), Answer::Each(scripts.into_iter().collect()))
    }

    /// Answers every command of the program `P`.
    #[must_use]
    #[track_caller]
    pub fn on_program<P: Program>(self, script: Script) -> Self {
        self.add_here(About::Program(P::SPEC), Answer::Always(script))
    }

    /// Answers the command of these very words, of which the first is the program's name.
    #[must_use]
    #[track_caller]
    pub fn on_words<'a>(self, words: impl IntoIterator<Item = &'a str>, script: Script) -> Self {
        self.add_here(About::of_words(words), Answer::Always(script))
    }

    /// Answers the first command of these very words by the first script, as [`on_each`](Self::on_each).
    #[must_use]
    #[track_caller]
    pub fn on_words_each<'a>(
        self,
        words: impl IntoIterator<Item = &'a str>,
        scripts: impl IntoIterator<Item = Script>,
    ) -> Self {
        self.add_here(About::of_words(words), Answer::Each(scripts.into_iter().collect()))
    }

    /// Answers every command that `matches` accepts.
    #[must_use]
    #[track_caller]
    pub fn when(self, matches: impl Fn(&Launch) -> bool + Send + Sync + 'static, script: Script) -> Self {
        self.add_here(About::When(Box::new(matches)), Answer::Always(script))
    }

    /// Answers every command for which `answer` has a script.
    #[must_use]
    #[track_caller]
    pub fn answer(self, answer: impl Fn(&Launch) -> Option<Script> + Send + Sync + 'static) -> Self {
        self.add_here(About::Any, Answer::By(Arc::new(answer)))
    }

    /// Installs this version of the program `P`; otherwise the lab's version meets every requirement.
    #[must_use]
    pub fn version<P: Program>(self, version: impl Into<String>) -> Self {
        self.set(|setup| drop(setup.versions.insert(P::SPEC.name(), version.into())))
    }

    /// Gives the file of the program `P` this digest, for contexts that pin it; otherwise it has none.
    #[must_use]
    pub fn digest<P: Program>(self, digest: Digest) -> Self {
        self.set(|setup| _ = setup.digests.insert(P::SPEC.name(), digest))
    }

    /// Sets a variable of the parent's environment; at first there is only `PATH`.
    #[must_use]
    pub fn var(self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.set(|setup| drop(setup.vars.insert(name.into(), value.into())))
    }

    /// Puts a file into the lab, for commands whose standard input it is.
    ///
    /// The lab's files are those that streams are redirected from and to, and nothing else: a program or a
    /// directory is there whatever is asked for, and an open file of the real world is nothing to a script.
    #[must_use]
    pub fn with_file(self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) -> Self {
        let (path, bytes) = (path.into(), bytes.into());
        self.world().kernel.files.insert(path.clone(), bytes.clone());
        self.set(|setup| drop(setup.files.insert(path, bytes)))
    }

    /// Returns what is in a file of the lab.
    pub fn file(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        self.world().kernel.files.get(path.as_ref()).cloned()
    }

    /// Lets a seed decide what a machine leaves open; without one, all comes as early and as whole as it can.
    ///
    /// It begins the world anew.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        let mut setup = self.world().setup.clone();
        setup.seed = Some(seed);
        Self::over(World::new(setup))
    }

    /// Stops a script that has not ended after this long on the lab's clock; a day by default.
    #[must_use]
    pub fn limit(self, limit: Duration) -> Self {
        self.set(|setup| setup.limit = limit)
    }

    /// Sets how long a command may take to end when it is asked to; 7.5 seconds by default, which is the
    /// default grace and what is read afterwards.
    #[must_use]
    pub fn teardown_within(self, limit: Duration) -> Self {
        self.set(|setup| setup.teardown = limit)
    }

    /// Makes commands without a script an error like others, and no [breach](Breach::Unscripted).
    #[must_use]
    pub fn allow_unscripted(self) -> Self {
        self.set(|setup| setup.allow_unscripted = true)
    }

    /// Returns all that has happened so far, in order.
    pub fn moments(&self) -> Vec<Moment> {
        self.world().kernel.trace.clone()
    }

    /// Returns the time on the lab's clock, which begins at zero.
    pub fn now(&self) -> Duration {
        self.world().kernel.now
    }

    /// Waits on the lab's clock.
    pub async fn sleep(&self, duration: Duration) {
        Backend::sleep(self, duration).await;
    }

    /// Returns a context that runs commands in this world.
    pub fn cx(&self) -> Cx {
        Cx::new().with_backend(self.clone()).with_listener(Listener::hidden(self.world.heard.clone()))
    }

    fn over(world: World) -> Self {
        Self { world: Arc::new(world) }
    }

    #[track_caller]
    fn add_here(self, about: About, answer: Answer) -> Self {
        let caller = Location::caller();
        self.add(Entry { about, answer, place: format!("{}:{}", caller.file(), caller.line()), must: 0 })
    }

    fn add(self, entry: Entry) -> Self {
        self.set(|setup| setup.entries = setup.entries.iter().cloned().chain([Arc::new(entry)]).collect())
    }

    fn set(self, change: impl FnOnce(&mut Setup)) -> Self {
        change(&mut self.world().setup);
        self
    }

    fn world(&self) -> Inside<'_> {
        self.world.enter()
    }

    fn shared(&self) -> &Arc<World> {
        &self.world
    }
}

impl fmt::Debug for Lab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let world = self.world();
        f.debug_struct("Lab").field("scripts", &world.setup.entries.len()).field("ran", &world.ran).finish()
    }
}
