//! Starts the programs that xtask needs, finds them, and measures how long they take.
//!
//! This is the one file of xtask that uses `std::process` and the clock, which all other code of the
//! workspace leaves to the library: a build tool must work when the library does not compile, and it
//! must itself compile in seconds.
#![expect(clippy::disallowed_methods, reason = "a build tool must work when the library does not compile")]

use std::ffi::OsStr;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::Failure;

/// Returns the top folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Returns the folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Returns the path of a program that `PATH` leads to.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| is_executable(file))
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(file: &Path) -> bool {
    file.is_file()
}

/// A program and its arguments. It runs at the top of the workspace, without standard input.
pub(crate) struct Tool(Command);

/// What a program that was run to its end has said.
pub(crate) struct Finished {
    pub(crate) success: bool,
    pub(crate) output: String,
}

impl Tool {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).current_dir(root());
        Self(command)
    }

    /// The cargo that runs xtask, free of what cargo told xtask about its own package: a build script
    /// that looks at these variables would run again for nothing.
    pub(crate) fn cargo() -> Self {
        let mut tool = Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                tool.0.env_remove(&name);
            }
        }
        tool
    }

    pub(crate) fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.0.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs the program with the output of xtask as its own.
    pub(crate) fn run(mut self) -> Result<bool, Failure> {
        let status = self.0.status().map_err(|error| self.not_run(&error))?;
        Ok(status.success())
    }

    /// Runs the program and keeps both of its outputs, mixed as they came.
    pub(crate) fn captured(mut self) -> Result<Finished, Failure> {
        let mut output = Vec::new();
        let status = self.mixed(&mut output).map_err(|error| self.not_run(&error))?;
        Ok(Finished { success: status.success(), output: String::from_utf8_lossy(&output).into_owned() })
    }

    fn mixed(&mut self, output: &mut Vec<u8>) -> io::Result<ExitStatus> {
        let (mut reader, writer) = io::pipe()?;
        let mut child = self.0.stdout(writer.try_clone()?).stderr(writer).spawn()?;
        // The command still holds the writing ends: without this the reader would never see the end.
        self.0.stdout(Stdio::null()).stderr(Stdio::null());
        reader.read_to_end(output)?;
        child.wait()
    }

    /// Runs the program and keeps its standard output; what it says on standard error is dropped.
    pub(crate) fn stdout(mut self) -> Result<Finished, Failure> {
        let output = self.0.output().map_err(|error| self.not_run(&error))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(Finished { success: output.status.success(), output: text })
    }

    /// Runs the program, hands over each line of its standard output, and leaves standard error alone.
    pub(crate) fn lines(mut self, mut each: impl FnMut(&str)) -> Result<bool, Failure> {
        let spawned = self.0.stdout(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|error| self.not_run(&error))?;
        if let Some(stdout) = child.stdout.take() {
            for line in BufReader::new(stdout).split(b'\n') {
                let line = line.map_err(|error| self.not_run(&error))?;
                each(&String::from_utf8_lossy(&line));
            }
        }
        let status = child.wait().map_err(|error| self.not_run(&error))?;
        Ok(status.success())
    }

    fn not_run(&self, error: &io::Error) -> Failure {
        Failure::Failed(format!("cannot run `{self}`: {error}"))
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = Path::new(self.0.get_program());
        f.write_str(&program.file_name().unwrap_or(program.as_os_str()).to_string_lossy())?;
        self.0.get_args().try_for_each(|arg| write!(f, " {}", arg.to_string_lossy()))
    }
}

/// Measures how long a step takes.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn read(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::Tool;

    #[test]
    fn a_tool_shows_its_command_line_without_its_folder() {
        assert_eq!(Tool::new("/usr/bin/git").args(["ls-files", "-z"]).to_string(), "git ls-files -z");
    }

    #[test]
    fn a_program_that_is_missing_is_named() {
        let Err(crate::Failure::Failed(why)) = Tool::new("cuprum-no-such-program").captured() else {
            panic!("it ran");
        };
        assert!(why.starts_with("cannot run `cuprum-no-such-program`: "), "{why}");
    }
}
