//! Exactly what will happen: the launch, worked out and checked before anything starts.
//!
//! In reading order: [`Plan`], `lookup` (which file the program is), `check` (what no process can be
//! given), `streams` (where they come from and go to), [`pipeline`](PipelinePlan).

mod check;
mod lookup;
mod pipeline;
mod streams;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt;
use std::mem::take;
use std::path::PathBuf;

pub use self::pipeline::PipelinePlan;
use crate::backend::{Attributes, Backend, FileKind, Launch};
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::spec::{Environment, Inherit, Limits, Line, Need, ProgramSpec, Tier, quote};

/// Exactly what a command would do, as data. Printing it is the dry run.
///
/// Making a plan checks, in this order and before anything is started: whether the context permits
/// the program, the arguments as their types wrote them, limits of no time, the environment's names and values, NUL
/// bytes and lengths, the working directory, the streams, and the program's file.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) program: &'static ProgramSpec,
    pub(crate) launch: Launch,
    pub(crate) accept: Cow<'static, [i32]>,
    pub(crate) needs: Vec<Need>,
    pub(crate) limits: Limits,
    pub(crate) tier: Tier,
}

impl Plan {
    /// Works out what `line` does under `rules`.
    pub(crate) fn new(mut line: Line, rules: &Rules) -> Result<Self, Error> {
        let (stdin, stdout, stderr) = (take(&mut line.stdin), take(&mut line.stdout), take(&mut line.stderr));
        let text = || line.to_string();
        let program = line.program;
        let error = |kind, cause| Error::new(kind, program.name(), text(), cause).with_dir(line.dir.clone());

        rules.allowed.check(program).map_err(|refusal| error(ErrorKind::Forbidden, Cause::Text(refusal)))?;
        let args = match &line.args {
            Ok(args) => args,
            Err(fault) => return Err(error(ErrorKind::InvalidArgument, Cause::Argv(fault.clone()))),
        };
        let limits = line.limits.clone().or(&rules.limits);
        if let Some(limit) = limits.zero() {
            return Err(error(ErrorKind::InvalidLimit, Cause::Text(format!("the {limit} is zero"))));
        }
        let backend = &*rules.backend;
        let environment = environment(program, rules, &line.environment, backend);
        check::environment(&environment)
            .map_err(|fault| error(ErrorKind::InvalidEnvironment, Cause::Text(fault)))?;
        check::args(args).map_err(|fault| {
            let kind = match fault {
                check::ArgFault::Nul(_) => ErrorKind::InvalidArgument,
                check::ArgFault::TooLong { .. } => ErrorKind::ArgumentsTooLong,
            };
            error(kind, Cause::Text(fault.to_string()))
        })?;
        let dir = match &line.dir {
            Some(dir) => Some(directory(dir, backend).map_err(|fault| {
                error(ErrorKind::DirectoryNotFound, Cause::Text(fault)).with_path(Some(dir.clone()))
            })?),
            None => None,
        };
        let (stdin, stdout, stderr) = streams::check(stdin, stdout, stderr, backend)
            .map_err(|fault| error(fault.kind, Cause::Text(fault.detail.to_owned())).with_path(fault.path))?;
        let path = lookup::resolve(program, &environment, backend).map_err(|fault| {
            let cause = fault.detail.map_or(Cause::None, Cause::Text);
            error(fault.kind, cause).with_path(fault.path)
        })?;

        let launch = Launch {
            program: path,
            args: line.args.unwrap_or_default(),
            environment,
            dir,
            stdin,
            input: None,
            output: None,
            stdout,
            stderr,
            attributes: Attributes::default(),
            command: Some(line.command),
            secrets: line.secrets,
        };
        Ok(Self { program, launch, accept: line.accept, needs: line.needs, limits, tier: line.tier })
    }

    /// Returns what the backend is asked for.
    pub fn launch(&self) -> &Launch {
        &self.launch
    }

    /// Returns the exit codes that are taken as success.
    pub fn accept(&self) -> &[i32] {
        &self.accept
    }

    /// Returns what the command may do.
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns the command line, as errors show it: with the program's name, not its file.
    pub(crate) fn command_line(&self) -> String {
        let name = quote(OsStr::new(self.program.name()));
        self.launch.shown_args().fold(name, |line, word| line + " " + &quote(&word))
    }
}

/// Shell text: a `cd` where there is a directory, then the changes, the file, the words, and the files that
/// streams come from and go to.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let launch = &self.launch;
        if let Some(dir) = &launch.dir {
            write!(f, "cd {} && ", quote(dir.as_os_str()))?;
        }
        if !launch.environment.is_empty() {
            f.write_str("env")?;
            if !launch.environment.inherits() {
                f.write_str(" -i")?;
            }
            for (name, value) in launch.shown_changes() {
                match value {
                    Some(value) => {
                        let mut pair = name.to_owned();
                        pair.push("=");
                        pair.push(value);
                        write!(f, " {}", quote(&pair))?;
                    }
                    None if launch.environment.inherits() => write!(f, " -u {}", quote(name))?,
                    None => {}
                }
            }
            f.write_str(" ")?;
        }
        f.write_str(&quote(launch.program.as_os_str()))?;
        launch.shown_args().try_for_each(|word| write!(f, " {}", quote(&word)))?;
        streams::show(launch, f)
    }
}

/// Joins the layers: the program's own rules, then the context's, then the command's; later wins.
///
/// Clearing takes away what would be inherited, and never what the program is always given.
fn environment(
    program: &ProgramSpec,
    rules: &Rules,
    command: &Environment,
    backend: &dyn Backend,
) -> Environment {
    let mut asked = rules.environment.clone();
    asked.extend(command.clone());
    let mut environment = Environment::new();
    match program.inherit_env() {
        _ if !asked.inherits() => environment.clear(),
        Inherit::All => {}
        Inherit::Nothing => environment.clear(),
        Inherit::Only(names) => {
            environment.clear();
            let vars = backend.vars().into_iter().filter(|(name, _)| matches_any(names, name));
            vars.for_each(|(name, value)| environment.set(name, value));
        }
    }
    // Only what the parent has is removed, so that a plan shows what differs.
    if environment.inherits() && !program.remove_env().is_empty() {
        let vars = backend.vars().into_iter().filter(|(name, _)| matches_any(program.remove_env(), name));
        vars.for_each(|(name, _)| environment.remove(name));
    }
    for (name, value) in program.set_env() {
        environment.set(*name, *value);
    }
    environment.change(asked);
    environment
}

fn matches_any(patterns: &[&str], name: &OsStr) -> bool {
    patterns.iter().any(|pattern| matches(pattern, name))
}

/// Matches a name against a pattern whose trailing `*` stands for any ending.
fn matches(pattern: &str, name: &OsStr) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => name.as_encoded_bytes().starts_with(prefix.as_bytes()),
        None => name == pattern,
    }
}

/// Makes the working directory absolute and sees that it is one.
fn directory(dir: &std::path::Path, backend: &dyn Backend) -> Result<PathBuf, String> {
    if dir.as_os_str().is_empty() {
        return Err("its path is empty".to_owned());
    }
    check::no_nul(dir.as_os_str()).map_err(|()| "its path holds a NUL byte".to_owned())?;
    let dir = if dir.is_absolute() {
        dir.to_owned()
    } else {
        let here = backend.current_dir().map_err(|error| format!("the parent's own directory: {error}"))?;
        here.join(dir)
    };
    match backend.probe_dir(&dir) {
        FileKind::Directory => Ok(dir),
        FileKind::Absent => Err("no such directory".to_owned()),
        FileKind::NotExecutable | FileKind::Executable => Err("not a directory".to_owned()),
    }
}
