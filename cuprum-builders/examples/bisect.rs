//! Finds the commit that broke something: runs a command on commits in between, and halves what is left.
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

use cuprum::spec::Stdio;
use cuprum_builders::args::{CommitHash, Revision, RevisionRange, SafePath};
use cuprum_builders::git::{self, Commit, Log, Repo, WorktreeBranch};
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
    let range = RevisionRange::new(format!("{good}..{bad}"))?;
    // Newest first; the last of them follows a good one.
    let log: Log = repo.command(git::log().first_parent().range(range)).run_sync()?;
    let tree = Tree::new(&repo, &bad)?;
    let found = search(log.commits(), |commit| {
        let verdict = tree.try_on(commit, program, arguments)?;
        let word = match verdict {
            Verdict::Good => "good",
            Verdict::Bad => "bad",
            Verdict::Unknown => "cannot be told",
        };
        println!("{commit}: {word}");
        Ok(verdict)
    });
    tree.remove()?;
    found
}

/// Finds the oldest bad commit of a list, newest first, of which the newest is bad and what comes before the
/// oldest is good.
fn search(commits: &[Commit], mut verdict: impl FnMut(&Commit) -> Result<Verdict>) -> Result<Commit> {
    let mut left: Vec<(usize, &Commit)> = commits.iter().enumerate().collect();
    let (mut unknown, mut good) = (Vec::new(), commits.len());
    // The first one is known to be bad; what is behind it is not known.
    while left.len() > 1 {
        let middle = left.len() / 2;
        let Some(&(place, commit)) = left.get(middle) else { break };
        match verdict(commit)? {
            Verdict::Bad => drop(left.drain(..middle)),
            Verdict::Good => {
                left.truncate(middle);
                good = place;
            }
            Verdict::Unknown => unknown.push(left.remove(middle)),
        }
    }
    let Some((place, found)) = left.first() else {
        return Err("there is no commit between the two".into());
    };
    // Those between the last good one and the first bad one could be it, too.
    unknown.retain(|(other, _)| (*place..good).contains(other));
    if unknown.is_empty() {
        return Ok((*found).clone());
    }
    let others: String = unknown.iter().map(|(_, commit)| format!("\n  {commit}")).collect();
    Err(format!("it is {found}, or one that could not be told:{others}").into())
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

    /// Checks a commit out and runs the program there.
    fn try_on(&self, commit: &Commit, program: &str, arguments: &[String]) -> Result<Verdict> {
        let directory = Path::new(self.path.as_str());
        let to = Revision::from(CommitHash::from(commit.id));
        git::reset(git::ResetMode::Hard).quiet().to(to).in_dir(directory).run_sync()?;
        // The program is the user's own, so it has no type. `code` ends it with all that it started.
        let command = cuprum::unchecked::command(program).args(arguments.iter().cloned());
        let command = command.in_dir(directory).stdout(Stdio::Inherit).stderr(Stdio::Inherit);
        Ok(match command.timeout(PATIENCE).code().wait()? {
            0 => Verdict::Good,
            125 => Verdict::Unknown,
            _ => Verdict::Bad,
        })
    }

    fn remove(&self) -> Result<()> {
        let remove = git::worktree_remove(self.path.clone()).force(1);
        Ok(self.repo.command(remove).run_sync().map(|_| ())?)
    }
}
