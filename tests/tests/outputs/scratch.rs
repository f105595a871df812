//! A directory of its own for each test, and programs that run in it with a fixed environment.
#![expect(clippy::disallowed_methods, reason = "the scratch is made without what is tested")]

use std::ffi::OsStr;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use cuprum::outcome::{Captured, ExitStatus, Outcome};
use tempfile::TempDir;

/// Returns a captured output.
#[track_caller]
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/outputs").join(name).with_extension("bin");
    std::fs::read(path).unwrap()
}

pub(crate) struct Scratch {
    dir: TempDir,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    /// Returns a directory with a repository that has one commit of the file `base`.
    pub(crate) fn repository() -> Self {
        let scratch = Self::new();
        scratch.git(["init", "-q", "-b", "main"]);
        scratch.write("base", "base\n");
        scratch.git(["add", "base"]);
        scratch.git(["commit", "-q", "-m", "base"]);
        scratch
    }

    pub(crate) fn path(&self, name: impl AsRef<[u8]>) -> PathBuf {
        self.dir.path().join(OsStr::from_bytes(name.as_ref()))
    }

    pub(crate) fn write(&self, name: impl AsRef<[u8]>, content: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Runs git, which must succeed, and returns what it printed.
    #[track_caller]
    pub(crate) fn git<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Vec<u8> {
        let output = self.command("git", args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// Runs git with something to read, and returns what it printed.
    #[track_caller]
    pub(crate) fn git_reads(&self, args: &[&str], input: &[u8]) -> Vec<u8> {
        let mut command = self.command("git", args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        output.stdout
    }

    /// Runs a program and returns its outcome, however it ended.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, program: &str, args: impl IntoIterator<Item = S>) -> Outcome {
        let Output { status, stdout, stderr } = self.command(program, args).output().unwrap();
        let status = ExitStatus::Code(status.code().unwrap());
        Outcome::new(status, Captured::whole(stdout), Captured::whole(stderr))
    }

    fn command<S: AsRef<OsStr>>(&self, program: &str, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(program);
        command.args(args).current_dir(self.dir.path()).stdin(Stdio::null()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", self.dir.path());
        command.envs([
            ("LC_ALL", "C"),
            ("TZ", "UTC"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
        ]);
        command.env("GIT_CEILING_DIRECTORIES", self.dir.path().parent().unwrap());
        command.envs([("GIT_AUTHOR_NAME", "Ann"), ("GIT_AUTHOR_EMAIL", "ann@example.org")]);
        command.envs([("GIT_COMMITTER_NAME", "Con"), ("GIT_COMMITTER_EMAIL", "con@example.org")]);
        command.env("GIT_AUTHOR_DATE", "1700000000 +0530").env("GIT_COMMITTER_DATE", "1700000001 -0330");
        command
    }
}
