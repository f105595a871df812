//! Finds the commit that broke something, by `git bisect` and a command that runs on each commit.
//!
//! ```text
//! bisect DIRECTORY GOOD BAD PROGRAM [ARGUMENT…]
//! ```
//!
//! The program runs in a work tree of its own, which is taken away at the end, so that nothing in
//! `DIRECTORY` changes. It says by its exit code what a commit is: 0 is good, 125 cannot be told, anything
//! else is bad. What it prints is shown. Of merges the first parent is followed.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use cuprum::IntoSafe;
use cuprum::spec::Stdio;
use cuprum_builders::args::{CommitHash, Revision, RevisionRange, SafePath};
use cuprum_builders::git::{self, Bisected, Commit, Git, ObjectId, Repo, WorktreeBranch};
use cuprum_builders::prelude::*;

/// Whatever goes wrong here already says what it is about.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How long the program may take for one commit.
const PATIENCE: Duration = Duration::from_secs(3600);

/// What a commit is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    Bad,
    Unknown,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [directory, good, bad, program, arguments @ ..] = words.as_slice() else {
        eprintln!("usage: bisect DIRECTORY GOOD BAD PROGRAM [ARGUMENT…]");
        return ExitCode::from(2);
    };
    match bisect(directory, good, bad, program, arguments) {
        Ok(commit) => {
            println!("first bad commit: {commit}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("bisect: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bisect(directory: &str, good: &str, bad: &str, program: &str, arguments: &[String]) -> Result<Commit> {
    let repo = Repo::trusted(directory)?;
    let (good, bad) = (Revision::new(good)?, Revision::new(bad)?);
    let tree = Tree::new(&repo, &bad)?;
    let found = search(&tree, good, bad, || tree.verdict(program, arguments));
    tree.remove()?;
    found
}

/// Lets git halve what is left until one commit is.
fn search(
    tree: &Tree<'_>,
    good: Revision,
    bad: Revision,
    verdict: impl Fn() -> Result<Verdict>,
) -> Result<Commit> {
    tree.run(git::bisect_start().first_parent())?;
    tree.run(git::bisect_bad().commit(bad))?;
    let mut state = tree.run(git::bisect_good().commits(good))?;
    loop {
        match state {
            Bisected::Testing { commit, ref subject, .. } => {
                let verdict = verdict()?;
                let word = match verdict {
                    Verdict::Good => "good",
                    Verdict::Bad => "bad",
                    Verdict::Unknown => "cannot be told",
                };
                println!("{commit} {subject}: {word}");
                state = match verdict {
                    Verdict::Good => tree.run(git::bisect_good())?,
                    Verdict::Bad => tree.run(git::bisect_bad())?,
                    Verdict::Unknown => tree.run(git::bisect_skip())?,
                };
            }
            Bisected::Found(commit) => return tree.commit(commit),
            Bisected::Skipped(commits) => {
                let commits: Vec<Commit> =
                    commits.into_iter().map(|id| tree.commit(id)).collect::<Result<_>>()?;
                let lines: String = commits.iter().map(|commit| format!("\n  {commit}")).collect();
                return Err(format!("it is one of these, of which no other can be told:{lines}").into());
            }
            Bisected::Waiting => return Err("git has not taken the ends".into()),
        }
    }
}

/// A work tree of its own for the program.
struct Tree<'a> {
    repo: &'a Repo,
    path: SafePath,
    /// Takes the files away where removing the work tree did not.
    _folder: tempfile::TempDir,
}

impl<'a> Tree<'a> {
    fn new(repo: &'a Repo, start: &Revision) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let path = SafePath::new(folder.path().join("tree"))?;
        let add = git::worktree_add(path.clone()).branch(WorktreeBranch::Detach).start(start.clone());
        repo.command(add.quiet()).run_sync()?;
        Ok(Self { repo, path, _folder: folder })
    }

    /// Runs a command of git there.
    fn run<C: IntoSafe<Program = Git>>(&self, command: C) -> Result<C::Output> {
        Ok(command.in_dir(Path::new(self.path.as_str())).run_sync()?)
    }

    /// Runs the program on what is checked out.
    fn verdict(&self, program: &str, arguments: &[String]) -> Result<Verdict> {
        // The program is the user's own, so it has no type. `code` ends it with all that it started.
        let command = cuprum::unchecked::command(program).args(arguments.iter().cloned());
        let command = command.in_dir(self.path.as_str()).stdout(Stdio::Inherit).stderr(Stdio::Inherit);
        Ok(match command.timeout(PATIENCE).code().wait()? {
            0 => Verdict::Good,
            125 => Verdict::Unknown,
            _ => Verdict::Bad,
        })
    }

    fn commit(&self, id: ObjectId) -> Result<Commit> {
        let range = RevisionRange::from(Revision::from(CommitHash::from(id)));
        let log = self.run(git::log().max_count(1).range(range))?;
        Ok(log.commits().first().cloned().ok_or("the commit is gone")?)
    }

    fn remove(&self) -> Result<()> {
        let remove = git::worktree_remove(self.path.clone()).force(1);
        Ok(self.repo.command(remove).run_sync().map(|_| ())?)
    }
}
