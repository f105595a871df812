//! Shows the state of many repositories at once: branch, how far from upstream, what is changed.
//!
//! ```text
//! monorepo DIRECTORY…
//! ```
//!
//! Each repository in or right below a directory is asked, eight at a time, with a bar of progress on a
//! terminal. One that cannot be read, or does not answer within a minute, is shown with the reason, and the
//! exit code is 1.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use cuprum_builders::git::{self, Change, Repo, Status};
use cuprum_builders::prelude::*;
use indicatif::{ProgressBar, ProgressStyle};

/// Whatever goes wrong here already says what it is about.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How many are asked at once.
const TOGETHER: usize = 8;

/// How long one may take.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let directories: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if directories.is_empty() || directories.iter().any(|directory| directory == "--help") {
        eprintln!("usage: monorepo DIRECTORY…");
        return ExitCode::from(2);
    }
    match show(&directories).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("monorepo: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Shows all repositories, and tells whether all could be read.
async fn show(directories: &[PathBuf]) -> Result<bool> {
    let mut repos = Vec::new();
    for directory in directories {
        repos.extend(repositories(directory)?);
    }
    let bar = ProgressBar::new(repos.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}")?);
    let status = |repo: &Repo| repo.command(git::status()).timeout(PATIENCE);
    let mut stream = cuprum::concurrent(repos.iter().map(status)).limit(TOGETHER).stream();
    let mut answers: Vec<(usize, cuprum::Result<Status>)> = Vec::new();
    while let Some((place, answer)) = stream.next().await {
        if let Some(repo) = repos.get(place) {
            bar.set_message(repo.path().display().to_string());
        }
        bar.inc(1);
        answers.push((place, answer));
    }
    bar.finish_and_clear();
    answers.sort_by_key(|(place, _)| *place);
    let mut all = true;
    for (place, answer) in &answers {
        let path = repos.get(*place).map_or(Path::new(""), Repo::path);
        all &= answer.is_ok();
        println!("{:40} {}", path.display(), line(answer));
    }
    Ok(all)
}

/// Returns the repositories in a directory: itself, or those right below it, by name.
fn repositories(directory: &Path) -> Result<Vec<Repo>> {
    if let Ok(repo) = Repo::trusted(directory) {
        return Ok(vec![repo]);
    }
    let mut repos = Vec::new();
    let named = |error| format!("{}: {error}", directory.display());
    for entry in std::fs::read_dir(directory).map_err(named)? {
        repos.extend(Repo::trusted(entry?.path()).ok());
    }
    repos.sort_by(|one, other| one.path().cmp(other.path()));
    Ok(repos)
}

fn line(answer: &cuprum::Result<Status>) -> String {
    let status = match answer {
        Ok(status) => status,
        Err(error) => {
            let why = error.git().map_or_else(|| error.to_string(), |failure| failure.to_string());
            return format!("? {}", why.lines().next().unwrap_or_default());
        }
    };
    let branch = &status.branch;
    let mut text = branch.to_string();
    match (branch.upstream.is_some(), branch.ahead, branch.behind) {
        (_, Some(ahead), Some(behind)) if ahead + behind > 0 => text += &format!(" +{ahead} -{behind}"),
        (true, None, None) => text += " (its upstream is gone)",
        _ => {}
    }
    let count = |wanted: fn(&Change) -> bool| status.changes.iter().filter(|change| wanted(change)).count();
    for (count, what) in [
        (count(|change| matches!(change, Change::Unmerged(_))), "unmerged"),
        (count(|change| matches!(change, Change::Tracked(_) | Change::Moved(_))), "changed"),
        (count(|change| matches!(change, Change::Untracked(_))), "untracked"),
    ] {
        if count > 0 {
            text += &format!(", {count} {what}");
        }
    }
    match status.stash {
        Some(stash) if stash > 0 => text + &format!(", {stash} put aside"),
        _ => text,
    }
}
