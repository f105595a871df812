//! A repository and how far it is trusted: what its configuration may make git do.

mod audit;
mod config_file;
mod fault;
mod force;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use cuprum::{IntoSafe, SafeCmd};

use super::Git;

pub use self::audit::Audited;
pub use self::fault::{AuditError, AuditFault};

/// A repository, and how far it is trusted.
///
/// Git does what a repository's configuration says, and that can name programs: filters, drivers, a file
/// system monitor, hooks. Every command of this module switches off what it can; a `Repo` says how much
/// more is needed, and prepares commands for it.
///
/// | made by | what it promises | what is forced besides |
/// | --- | --- | --- |
/// | [`ours`](Self::ours) | this program made it, and nobody else writes there | nothing |
/// | [`trusted`](Self::trusted) | the user named it, and owns it | only this repository is looked at, none around or inside it |
/// | [`untrusted`](Self::untrusted) | nothing: an unpacked archive, a shared disk | its files are audited; no attribute, no hook, no credential, no configuration but its own, no variable of the parent or the context but `PATH` |
///
/// ```no_run
/// use cuprum::Run;
/// use cuprum_builders::git::{self, Repo};
///
/// let repo = Repo::untrusted("/srv/uploads/42")?;
/// let log = repo.command(git::log().max_count(10)).run_sync()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Repo {
    dir: PathBuf,
    git_dir: PathBuf,
    bare: bool,
    trust: Trust,
    audited: Option<Audited>,
}

/// How far a repository is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trust {
    /// Nothing is known of it.
    Untrusted,
    /// Its owner is who runs git.
    Trusted,
    /// This program made it.
    Ours,
}

impl Repo {
    /// Takes a repository that this program made itself, at the top of its work tree or, if it is bare,
    /// at its files.
    ///
    /// # Errors
    ///
    /// An [`AuditError`] if there is no repository.
    pub fn ours(dir: impl Into<PathBuf>) -> Result<Self, AuditError> {
        Self::found(dir.into(), Trust::Ours)
    }

    /// Takes a repository that the user named.
    ///
    /// Git itself refuses one of another owner (`safe.directory` in git-config(1)).
    ///
    /// # Errors
    ///
    /// An [`AuditError`] if there is no repository.
    pub fn trusted(dir: impl Into<PathBuf>) -> Result<Self, AuditError> {
        Self::found(dir.into(), Trust::Trusted)
    }

    /// Takes a repository of which nothing is known, after looking at its files.
    ///
    /// Refused are: every variable that git does not write itself when it makes or clones a repository,
    /// addresses other than of [`RemoteUrl`](crate::args::RemoteUrl), another owner, anything but files and
    /// directories among git's own files, a `.git` that is no directory, another repository inside of the
    /// work tree (a submodule), objects that lie elsewhere, remotes and attributes beside the configuration
    /// and the tree, and a rebase or bisection that is not finished. Hooks do not run; those that are there
    /// are in the [report](Self::audited).
    ///
    /// All files are looked at now, by their names and types. Whoever can write there while commands run can
    /// change them after.
    ///
    /// # Errors
    ///
    /// An [`AuditError`] that names the variable or the file.
    pub fn untrusted(dir: impl Into<PathBuf>) -> Result<Self, AuditError> {
        let mut repo = Self::found(dir.into(), Trust::Untrusted)?;
        repo.audited = Some(audit::audit(&repo.git_dir, (!repo.bare).then_some(&*repo.dir))?);
        Ok(repo)
    }

    fn found(dir: PathBuf, trust: Trust) -> Result<Self, AuditError> {
        let dir = std::path::absolute(&dir).map_err(|error| AuditError::unreadable(&dir, &error))?;
        let (git_dir, bare) = match (dir.join(".git"), dir.join("HEAD")) {
            (git_dir, _) if git_dir.symlink_metadata().is_ok() => (git_dir, false),
            (_, head) if head.is_file() && dir.join("objects").is_dir() => (dir.clone(), true),
            _ => return Err(AuditError::none(&dir)),
        };
        Ok(Self { dir, git_dir, bare, trust, audited: None })
    }

    /// Returns how far it is trusted.
    pub fn trust(&self) -> Trust {
        self.trust
    }

    /// Returns the top of the work tree, or of a bare repository its files.
    pub fn path(&self) -> &Path {
        &self.dir
    }

    /// Returns what the audit of an untrusted repository saw.
    pub fn audited(&self) -> Option<&Audited> {
        self.audited.as_ref()
    }

    /// Prepares a command to run in the repository, with what its trust asks for.
    pub fn command<C: IntoSafe<Program = Git>>(&self, command: C) -> SafeCmd<C::Output, Git> {
        let command = command.in_dir(&self.dir);
        if self.trust == Trust::Ours {
            return command;
        }
        let ceiling = self.dir.parent().unwrap_or(&self.dir);
        let mut command = command.env("GIT_CEILING_DIRECTORIES", ceiling);
        if self.trust == Trust::Trusted {
            return command;
        }
        command = command.env_clear_except(["PATH"]);
        for (name, value) in self.variables(ceiling) {
            command = command.env(name, value);
        }
        for (name, value) in force::configuration() {
            command = command.env(name, value);
        }
        command
    }

    /// Returns the variables of every command in an untrusted repository.
    fn variables(&self, ceiling: &Path) -> impl Iterator<Item = (&'static str, OsString)> {
        let mut variables: Vec<(&'static str, OsString)> = vec![
            ("GIT_CEILING_DIRECTORIES", ceiling.into()),
            ("GIT_DIR", self.git_dir.clone().into()),
            ("HOME", "/nonexistent".into()),
            ("XDG_CONFIG_HOME", "/nonexistent".into()),
            ("GIT_CONFIG_NOSYSTEM", "1".into()),
            ("GIT_CONFIG_GLOBAL", "/dev/null".into()),
            ("GIT_ATTR_NOSYSTEM", "1".into()),
            (
                "GIT_ATTR_SOURCE",
                force::empty_tree(self.audited.as_ref().is_some_and(|seen| seen.sha256)).into(),
            ),
            ("GIT_OPTIONAL_LOCKS", "0".into()),
            ("GIT_PROTOCOL_FROM_USER", "0".into()),
        ];
        if !self.bare {
            variables.push(("GIT_WORK_TREE", self.dir.clone().into()));
        }
        variables.into_iter()
    }
}
