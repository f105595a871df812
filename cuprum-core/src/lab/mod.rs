//! A scripted world: commands are answered by scripts, and no process is started.
//!
//! In reading order: [`Lab`], `script` ([`Script`]), `process` (a scripted process).

mod process;
mod script;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::backend::{Backend, FileKind, Installed, Launch, StartError, StartErrorKind, Started};
use crate::context::Cx;
use crate::spec::{Command, Program, Stdio};

use self::script::Matcher;
pub use self::script::Script;

/// Where the lab's programs lie. Nothing is there on a real machine.
const BIN: &str = "/lab/bin";

/// A backend whose processes are scripts.
///
/// Scripts are tried in the order in which they were added, and the first that matches answers. A
/// command that none matches fails with
/// [`ErrorKind::Unscripted`](crate::ErrorKind::Unscripted). Clones share one world. The lab's clock
/// stands still but for the time that scripts take.
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
/// assert_eq!(lab.ran()[0].args, ["--iso-8601"]);
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Lab {
    world: Arc<Mutex<World>>,
}

struct World {
    vars: BTreeMap<OsString, OsString>,
    versions: BTreeMap<&'static str, String>,
    scripts: Vec<(Matcher, Script)>,
    ran: Vec<Launch>,
    now: Duration,
}

impl Default for World {
    fn default() -> Self {
        let vars = BTreeMap::from([("PATH".into(), BIN.into())]);
        Self { vars, versions: BTreeMap::new(), scripts: Vec::new(), ran: Vec::new(), now: Duration::ZERO }
    }
}

impl Lab {
    /// Creates a world in which no command is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers every command of the type `C`.
    #[must_use]
    pub fn on<C: Command>(self, script: Script) -> Self {
        self.when(|launch| launch.command == Some(C::SPEC), script)
    }

    /// Answers every command of the program `P`.
    #[must_use]
    pub fn on_program<P: Program>(self, script: Script) -> Self {
        let is_it = |launch: &Launch| launch.program.file_name() == Some(OsStr::new(P::SPEC.name()));
        self.when(move |launch| is_it(launch) || launch.program.to_str() == P::SPEC.path(), script)
    }

    /// Answers every command that `matches` accepts.
    #[must_use]
    pub fn when(self, matches: impl Fn(&Launch) -> bool + Send + 'static, script: Script) -> Self {
        self.world().scripts.push((Box::new(matches), script));
        self
    }

    /// Installs this version of the program `P`; otherwise the lab's version meets every requirement.
    #[must_use]
    pub fn version<P: Program>(self, version: impl Into<String>) -> Self {
        self.world().versions.insert(P::SPEC.name(), version.into());
        self
    }

    /// Sets a variable of the parent's environment; at first there is only `PATH`.
    #[must_use]
    pub fn var(self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.world().vars.insert(name.into(), value.into());
        self
    }

    /// Returns what was started so far, in order.
    pub fn ran(&self) -> Vec<Launch> {
        self.world().ran.clone()
    }

    /// Returns a context that runs commands in this world.
    pub fn cx(&self) -> Cx {
        Cx::new().with_backend(self.clone())
    }

    fn world(&self) -> MutexGuard<'_, World> {
        // A test that panicked while it held the lock has failed already; the world is still whole.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Backend for Lab {
    fn var(&self, name: &OsStr) -> Option<OsString> {
        self.world().vars.get(name).cloned()
    }

    fn vars(&self) -> Vec<(OsString, OsString)> {
        self.world().vars.clone().into_iter().collect()
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        Ok("/lab".into())
    }

    /// Every program is installed.
    fn probe(&self, _: &Path) -> FileKind {
        FileKind::Executable
    }

    /// Every directory is there.
    fn probe_dir(&self, _: &Path) -> FileKind {
        FileKind::Directory
    }

    fn installed(&self, program: &Path) -> Installed {
        let name = program.file_name().and_then(OsStr::to_str).unwrap_or_default();
        self.world().versions.get(name).cloned().map_or(Installed::Any, Installed::Known)
    }

    fn start(&self, launch: &Launch) -> Result<Started, StartError> {
        let mut world = self.world();
        let found = world.scripts.iter().find(|(matches, _)| matches(launch));
        let Some(script) = found.map(|(_, script)| script.clone()) else {
            let text = format!("{} scripts were tried", world.scripts.len());
            let (kind, path) = (StartErrorKind::Unscripted, launch.program.clone());
            return Err(StartError {
                kind,
                path,
                step: None,
                source: io::Error::new(io::ErrorKind::NotFound, text),
            });
        };
        world.ran.push(launch.clone());
        world.now += script.duration;
        let pid = u32::try_from(world.ran.len()).unwrap_or(u32::MAX);
        let is_read = |stdio: &Stdio| matches!(stdio, Stdio::Capture | Stdio::Piped);
        let captured = |stdio: &Stdio, bytes: &[u8]| is_read(stdio).then(|| process::reading(bytes));
        Ok(Started {
            stdin: process::writing(&launch.stdin),
            stdout: captured(&launch.stdout, &script.stdout),
            stderr: captured(&launch.stderr, &script.stderr),
            process: Box::new(process::ScriptedProcess::new(pid, script.status)),
        })
    }

    fn now(&self) -> Duration {
        self.world().now
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.world().now += duration;
        Box::pin(std::future::ready(()))
    }
}

impl fmt::Debug for Lab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let world = self.world();
        f.debug_struct("Lab").field("scripts", &world.scripts.len()).field("ran", &world.ran).finish()
    }
}
