//! Exactly what will happen: the launch, worked out and checked before anything starts.
//!
//! [`Run::plan`](crate::Run::plan) returns it. It is checked as a run is, and printed it is the dry run:
//!
//! ```
//! use cuprum::lab::Lab;
//! use cuprum::prelude::*;
//! use cuprum::{ErrorKind, Program};
//!
//! #[derive(Program)]
//! struct Make;
//! #[derive(Program)]
//! struct Rm;
//!
//! let cx = Lab::new().cx().narrow_to([Make::SPEC]);
//! let plan = cx.plan(cmd!(Make, "install").in_dir("/src").env("DESTDIR", "/tmp/a b"))?;
//! assert_eq!(plan.to_string(), "cd /src && env 'DESTDIR=/tmp/a b' /lab/bin/make install");
//! assert_eq!(cx.plan(cmd!(Rm, "-r /")).unwrap_err().kind(), ErrorKind::Forbidden);
//! # Ok::<(), cuprum::Error>(())
//! ```

// In reading order: `Plan`, `permit` (may the program run at all), `pins` (is its file the right one) and `allow`
// (what more a context may permit), `environment` (which variables the child has), `lookup` (which file the program
// is), `near` (which one may have been meant), `hint` (what else may help), `check` (what no process can be given),
// `streams` (where they come from and go to), `edges` (what passes through the parent), `pipeline`, `batch`, `graph`.

mod allow;
mod batch;
mod check;
mod edges;
mod environment;
mod graph;
mod hint;
mod lookup;
mod near;
mod permit;
mod pins;
mod pipeline;
mod streams;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt;
use std::mem::take;
use std::path::PathBuf;

pub use self::batch::BatchPlan;
pub(crate) use self::edges::Edges;
pub use self::graph::GraphPlan;
pub(crate) use self::hint::{TOO_LONG, missing_part, too_long};
pub(crate) use self::permit::permitted;
pub use self::pipeline::PipelinePlan;
pub(crate) use self::pipeline::{Fault, permitted_stages};
use crate::backend::{Backend, FileKind, Launch};
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::spec::{
    Capture, Destination, Limits, Line, Need, ProgramSpec, Search, Stdin, Tier, command_line, quote,
};

/// Exactly what a command would do, as data. Printing it is the dry run.
///
/// Making a plan checks, in this order and before anything is started: whether the context permits
/// the program, the arguments as their types wrote them, attributes that nobody can have, limits of no time, the
/// environment's names and values, NUL bytes and lengths, the working directory, the streams, and the program's file.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) program: &'static ProgramSpec,
    pub(crate) launch: Launch,
    pub(crate) stdout: Capture,
    pub(crate) stderr: Capture,
    pub(crate) accept: Cow<'static, [i32]>,
    pub(crate) needs: Vec<Need>,
    pub(crate) limits: Limits,
    pub(crate) tier: Tier,
}

impl Plan {
    /// Works out what `line` does under `rules`.
    pub(crate) fn new(line: Line, rules: &Rules) -> Result<Self, Error> {
        let found = permit::permit(&line, rules)?;
        Self::of(line, rules, found)
    }

    /// Works out what a command does whose program may run.
    fn of(mut line: Line, rules: &Rules, found: permit::Found) -> Result<Self, Error> {
        let secrets: Vec<Vec<u8>> = line.secret_bytes().map(<[u8]>::to_vec).collect();
        let (stdin, stdout, stderr) = (take(&mut line.stdin), take(&mut line.stdout), take(&mut line.stderr));
        let program = line.program;
        let text = || command_line(program, line.args.as_deref(), &line.secrets);
        let error = |kind, cause| {
            let error = Error::new(kind, program.name(), text(), cause).with_dir(line.dir.clone());
            error.hiding(secrets.iter().map(Vec::as_slice))
        };

        let args = match &line.args {
            Ok(args) => args,
            Err(fault) => {
                // Not all of its words are known, and the cause says which one is at fault.
                let shown = format!("{} …", quote(OsStr::new(program.name())));
                let cause = Cause::Argv(fault.clone());
                let error = Error::new(ErrorKind::InvalidArgument, program.name(), shown, cause);
                return Err(error.with_dir(line.dir.clone()).with_hint(hint::argument(fault, program)));
            }
        };
        let attributes = line.attributes.or(&rules.attributes);
        if let Some(fault) = attributes.fault() {
            return Err(error(ErrorKind::InvalidAttribute, Cause::Text(fault)));
        }
        let limits = line.limits.or(&rules.limits);
        if let Some(limit) = limits.zero() {
            return Err(error(ErrorKind::InvalidLimit, Cause::Text(format!("the {limit} is zero"))));
        }
        let backend = &*rules.backend;
        let joined = environment::joined(program, &rules.environment, line.environment, backend);
        check::environment(&joined.environment)
            .map_err(|fault| error(ErrorKind::InvalidEnvironment, Cause::Text(fault)))?;
        check::args(args).map_err(|fault| {
            let (kind, hint) = match fault {
                check::ArgFault::Nul(_) => (ErrorKind::InvalidArgument, None),
                check::ArgFault::TooLong { .. } => (ErrorKind::ArgumentsTooLong, Some(TOO_LONG.to_owned())),
            };
            error(kind, Cause::Text(fault.to_string())).with_hint(hint)
        })?;
        let dir = match &line.dir {
            Some(dir) => Some(directory(dir, backend).map_err(|fault| {
                let hint = missing_part(dir, backend);
                error(ErrorKind::DirectoryNotFound, Cause::Text(fault))
                    .with_path(Some(dir.clone()))
                    .with_hint(hint)
            })?),
            None => None,
        };
        let (stdin, stdout, stderr) = streams::check(stdin, stdout, stderr, backend)
            .map_err(|fault| error(fault.kind, Cause::Text(fault.detail)).with_path(fault.path))?;
        // The file that was checked is the one that is executed.
        let found = found.unwrap_or_else(|| lookup::resolve(program, &joined, backend));
        let path = found.map_err(|fault| {
            let cause = fault.detail.map_or(Cause::None, Cause::Text);
            error(fault.kind, cause).with_path(fault.path).with_hint(fault.hint)
        })?;

        let line = Line { environment: joined.environment, dir, attributes, limits, ..line };
        Ok(Self::laid_out(line, path, (stdin, stdout, stderr)))
    }

    /// Works out what can be said of a command whose program or directory is not there: its words and files.
    fn without_program(mut line: Line, rules: &Rules) -> Result<Self, Error> {
        let (stdin, stdout, stderr) = (take(&mut line.stdin), take(&mut line.stdout), take(&mut line.stderr));
        let program = line.program;
        let text = command_line(program, line.args.as_deref(), &line.secrets);
        let (stdin, stdout, stderr) =
            streams::check(stdin, stdout, stderr, &*rules.backend).map_err(|fault| {
                Error::new(fault.kind, program.name(), text, Cause::Text(fault.detail)).with_path(fault.path)
            })?;
        Ok(Self::laid_out(line, program.name().into(), (stdin, stdout, stderr)))
    }

    /// Puts together what was worked out.
    fn laid_out(line: Line, file: PathBuf, streams: (Stdin, Destination, Destination)) -> Self {
        let (stdin, stdout, stderr) = streams;
        let launch = Launch {
            program: file,
            by_name: line.program.path().is_none() && line.program.search() == Search::Path,
            args: line.args.unwrap_or_default(),
            environment: line.environment,
            dir: line.dir,
            stdin,
            input: None,
            output: None,
            stdout: stdout.stdio,
            stderr: stderr.stdio,
            attributes: line.attributes,
            command: Some(line.command),
            secrets: line.secrets,
        };
        let Line { program, accept, needs, tier, limits, .. } = line;
        Self { program, launch, stdout: stdout.capture, stderr: stderr.capture, accept, needs, limits, tier }
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
        command_line(self.program, Ok(&self.launch.args), &self.launch.secrets)
    }
}

impl Plan {
    /// Writes it without a comment.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

    /// Returns what no word of a shell says.
    fn comment(&self) -> Option<String> {
        let launch = &self.launch;
        let attributes = (!launch.attributes.is_empty()).then(|| launch.attributes.to_string());
        let parts: Vec<String> = attributes.into_iter().chain(streams::replaced(launch)).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// Shell text: a `cd` where there is a directory, then the changes, the file, the words, and the files that
/// streams come from and go to; what else is set stands in a comment.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f)?;
        self.comment().iter().try_for_each(|comment| write!(f, " # {comment}"))
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
