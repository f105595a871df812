//! Where the streams come from and go to: the paths made absolute, the impossible refused.

use std::fmt;
use std::mem::take;
use std::path::{Path, PathBuf};

use super::check;
use crate::backend::{Backend, Launch};
use crate::error::ErrorKind;
use crate::spec::{Destination, SinkTo, SpillTo, Stdin, Stdio, quote};

/// Why the streams cannot be as they are asked for.
pub(super) struct StreamFault {
    pub(super) kind: ErrorKind,
    pub(super) path: Option<PathBuf>,
    pub(super) detail: String,
}

impl StreamFault {
    fn invalid(detail: impl Into<String>) -> Self {
        Self { kind: ErrorKind::InvalidStream, path: None, detail: detail.into() }
    }
}

/// Returns the streams with absolute paths.
pub(super) fn check(
    stdin: Stdin,
    stdout: Destination,
    stderr: Destination,
    backend: &dyn Backend,
) -> Result<(Stdin, Destination, Destination), StreamFault> {
    if (&stdout.stdio, &stderr.stdio) == (&Stdio::Merged, &Stdio::Merged) {
        return Err(StreamFault::invalid("each of both outputs is to go where the other one goes"));
    }
    let stdin = match stdin {
        Stdin::File(path) => Stdin::File(absolute(path, backend)?),
        other => other,
    };
    let (stdout, stderr) = (output(stdout, backend)?, output(stderr, backend)?);
    for stdio in [&stdout.stdio, &stderr.stdio] {
        keeps(&stdin, stdio)?;
    }
    apart([&stdout.stdio, &stderr.stdio])?;
    Ok((stdin, stdout, stderr))
}

/// Checks that no output replaces a file that another one writes to.
pub(super) fn apart<'a>(outputs: impl IntoIterator<Item = &'a Stdio> + Clone) -> Result<(), StreamFault> {
    let path = |stdio: &'a Stdio| match stdio {
        Stdio::File(path) | Stdio::Append(path) | Stdio::Atomic(path) => Some(path),
        _ => None,
    };
    for (at, stdio) in outputs.clone().into_iter().enumerate() {
        let Stdio::Atomic(replaced) = stdio else { continue };
        let mut others = outputs.clone().into_iter().enumerate();
        if others.any(|(other, stdio)| other != at && path(stdio) == Some(replaced)) {
            let detail = "it would be replaced by what another output writes to it".to_owned();
            return Err(StreamFault { kind: ErrorKind::InvalidStream, path: Some(replaced.clone()), detail });
        }
    }
    Ok(())
}

/// Returns which files are replaced, in words.
pub(super) fn replaced(launch: &Launch) -> Option<String> {
    let paths = [&launch.stdout, &launch.stderr].into_iter().filter_map(|stdio| match stdio {
        Stdio::Atomic(path) => Some(quote(path.as_os_str())),
        _ => None,
    });
    let paths: Vec<String> = paths.collect();
    (!paths.is_empty()).then(|| format!("{} replaced at success", paths.join(" and ")))
}

/// Checks that what is read is not emptied by what is written.
pub(super) fn keeps(stdin: &Stdin, stdio: &Stdio) -> Result<(), StreamFault> {
    match (stdin, stdio) {
        (Stdin::File(input), Stdio::File(output)) if input == output => {
            let detail = "writing to it would empty it before it is read".to_owned();
            Err(StreamFault { kind: ErrorKind::InvalidStream, path: Some(input.clone()), detail })
        }
        _ => Ok(()),
    }
}

fn output(mut to: Destination, backend: &dyn Backend) -> Result<Destination, StreamFault> {
    let sinks = to.capture.sinks.iter_mut().map(|sink| &mut sink.to);
    let paths = sinks.filter_map(|to| match to {
        SinkTo::File(path) | SinkTo::Append(path) => Some(path),
        _ => None,
    });
    let spill = to.capture.spill.as_mut().and_then(|spill| match spill {
        SpillTo::File(path) => Some(path),
        SpillTo::Temporary => None,
    });
    let own = match &mut to.stdio {
        Stdio::File(path) | Stdio::Append(path) | Stdio::Atomic(path) => Some(path),
        _ => None,
    };
    for path in paths.chain(spill).chain(own) {
        *path = absolute(take(path), backend)?;
    }
    Ok(to)
}

/// Takes a path from the parent's working directory, not from the child's.
fn absolute(path: PathBuf, backend: &dyn Backend) -> Result<PathBuf, StreamFault> {
    let fault = |detail: &str| {
        let (kind, path) = (ErrorKind::FileNotOpened, Some(path.clone()));
        StreamFault { kind, path, detail: detail.to_owned() }
    };
    if path.as_os_str().is_empty() {
        return Err(fault("its path is empty"));
    }
    check::no_nul(path.as_os_str()).map_err(|()| fault("its path holds a NUL byte"))?;
    if path.is_absolute() {
        return Ok(path);
    }
    let here = backend.current_dir().map_err(|_| fault("the parent's own directory is gone"))?;
    Ok(here.join(path))
}

/// Writes the redirects to files as a shell has them.
pub(super) fn show(launch: &Launch, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let file = |f: &mut fmt::Formatter<'_>, sign: &str, path: &Path| {
        write!(f, " {sign} {}", quote(path.as_os_str()))
    };
    if let Stdin::File(path) = &launch.stdin {
        file(f, "<", path)?;
    }
    let mut outputs = [(&launch.stdout, "", "1>&2"), (&launch.stderr, "2", "2>&1")];
    // What goes where another stream goes is written after that one.
    outputs.sort_by_key(|(stdio, ..)| **stdio == Stdio::Merged);
    for (stdio, number, merged) in outputs {
        match stdio {
            Stdio::File(path) | Stdio::Atomic(path) => file(f, &format!("{number}>"), path)?,
            Stdio::Append(path) => file(f, &format!("{number}>>"), path)?,
            Stdio::Merged => write!(f, " {merged}")?,
            _ => {}
        }
    }
    Ok(())
}
