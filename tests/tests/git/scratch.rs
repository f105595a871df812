//! A repository in a directory of its own, in which git runs as somebody.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;

use cuprum::{IntoSafe, Run};
use cuprum_builders::args::*;
use cuprum_builders::git::{self, Git};
use cuprum_builders::prelude::*;
use tempfile::TempDir;

/// A directory with a repository, in which git runs as somebody.
pub(crate) struct Scratch {
    pub(crate) dir: TempDir,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        let scratch = Self { dir: tempfile::tempdir().unwrap() };
        scratch.run(
            git::init()
                .quiet()
                .initial_branch(lit!(GitRef, "main"))
                .dir(lit!(SafePath, "repo"))
                .in_dir(scratch.dir.path()),
        );
        scratch
    }

    pub(crate) fn path(&self, name: impl AsRef<[u8]>) -> PathBuf {
        self.dir.path().join("repo").join(OsStr::from_bytes(name.as_ref()))
    }

    pub(crate) fn write(&self, name: impl AsRef<[u8]>, content: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Prepares a command to run in the repository.
    pub(crate) fn command<C: IntoSafe<Program = Git>>(&self, command: C) -> cuprum::SafeCmd<C::Output, Git> {
        let command = command.in_dir(self.dir.path().join("repo")).env("HOME", self.dir.path());
        ["AUTHOR", "COMMITTER"].iter().fold(command, |command, who| {
            command.env(format!("GIT_{who}_NAME"), "Ann B").env(format!("GIT_{who}_EMAIL"), "ann@example.org")
        })
    }

    #[track_caller]
    pub(crate) fn run<C: IntoSafe<Program = Git>>(&self, command: C) -> C::Output {
        let command = command.into_safe();
        let command = if self.dir.path().join("repo").exists() { self.command(command) } else { command };
        match command.run_sync() {
            Ok(output) => output,
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) fn fails<C: IntoSafe<Program = Git>>(&self, command: C) -> git::Failure
    where
        C::Output: std::fmt::Debug,
    {
        self.command(command).run_sync().unwrap_err().git().unwrap()
    }

    pub(crate) fn commit(&self, message: &str) -> git::ObjectId {
        self.run(git::add().all());
        self.run(git::commit(message).quiet());
        self.run(git::rev_parse(lit!(ObjectName, "HEAD")))
    }
}
