//! Backs up a git repository: a clone, an archive of its files and a mirror, checked against each other.
//!
//! ```text
//! backup [--timeline FILE] [REPOSITORY [TARGET]]
//! ```
//!
//! `REPOSITORY` is a local path or a URL; by default it is the repository of this example. `TARGET` is
//! a directory, created if it is missing. A second run onto the same target brings it up to date and
//! says what has changed. What is there is replaced only when clone and archive agree; a target that
//! holds anything else, or the backup of another repository, is refused.
//!
//! `--timeline` writes what ran, and when, into a file, also if the backup fails: a page to look at, or, if its name ends in
//! `.json`, a trace for Perfetto.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cuprum::observe::Timeline;
use cuprum::spec::CancelToken;
use cuprum_builders::args::{Glob, RemoteUrl, RevisionRange, RsyncPath, SafePath};
use cuprum_builders::{git, prelude::*, rsync, tar};

#[path = "backup/compare.rs"]
mod compare;
#[path = "backup/report.rs"]
mod report;
#[path = "backup/staging.rs"]
mod staging;

use report::Report;
use staging::Staging;

/// Whatever goes wrong here already says what it is about.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How many lines of a list are printed.
const SHOWN: usize = 10;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("/"));
    let mut first = words.next();
    let mut timeline = None;
    if first.as_deref() == Some(OsStr::new("--timeline")) {
        let Some(file) = words.next() else { return usage() };
        timeline = Some((Timeline::new().titled("backup"), file));
        first = words.next();
    }
    let repository = first.unwrap_or_else(|| here.into());
    let target = words.next().map_or_else(|| here.join("target/backup"), PathBuf::from);
    if words.next().is_some() || repository == "--help" {
        return usage();
    }
    // When the backup is interrupted, the command that runs is ended before anything is cleaned up.
    let token = CancelToken::new();
    let interrupted = token.clone();
    tokio::spawn(async move {
        interrupt().await;
        interrupted.cancel();
    });
    let mut cx = cuprum::Cx::new().with_cancel(&token);
    if let Some((timeline, _)) = &timeline {
        cx = cx.with_observer(timeline.clone());
    }
    let result = cx.scope(backup(&repository, &target)).await;
    if let Some((timeline, file)) = timeline
        && let Err(error) = timeline.write(&file)
    {
        eprintln!("backup: cannot write {}: {error}", file.display());
        return ExitCode::FAILURE;
    }
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("backup: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: backup [--timeline FILE] [REPOSITORY [TARGET]]");
    ExitCode::from(2)
}

/// Waits for Ctrl-C, or for the signal by which a process is asked to end.
async fn interrupt() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) {
        (Ok(mut interrupt), Ok(mut terminate)) => {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        }
        // Then a signal ends the program as it always does.
        _ => std::future::pending().await,
    }
}

async fn backup(repository: &OsStr, target: &Path) -> Result<()> {
    let url = address(repository)?;
    let mut staging = Staging::open(target, repository)?;
    let report = Report::default();
    let (target, work) = (staging.target().to_owned(), staging.incoming());
    let target = target.as_path();
    let before = last_commit(&target.join("clone")).await;

    let clone = git::clone(url).quiet().no_hardlinks().dir(lit!(SafePath, "clone"));
    report.run("git clone", clone.in_dir(&work)).await.map_err(|error| explain(repository, error))?;
    let clone = work.join("clone");

    let status = report.run("git status", git::status().in_dir(&clone)).await?;
    println!("{} on {}", repository.display(), status.branch);
    print!("{status}");
    if let Some(now) = &status.branch.oid {
        let log = report.run("git log", git::log().max_count(5).in_dir(&clone)).await?;
        print!("\nlast commits\n{log}");
        match &before {
            Some(before) if before == now => println!("\nno new commits since the last backup"),
            Some(before) => print_new_commits(&report, &clone, before, now).await?,
            None => {}
        }
    }

    let archive = lit!(SafePath, "backup.tar");
    let create = tar::create(archive.clone())
        .members(lit!(SafePath, "."))
        .directory(lit!(SafePath, "clone"))
        .source(tar::Source::new().sort(tar::Sort::Name))
        .exclude(lit!(Glob, ".git"));
    report.run("tar --create", create.in_dir(&work)).await?;
    let listing = report.run("tar --list", tar::list(archive.clone()).in_dir(&work)).await?;
    println!("\narchive: {} members", listing.len());

    // The archive must hold what the clone holds, by its names and by what comes out of it.
    std::fs::create_dir(work.join("extracted"))?;
    let extract = tar::extract(archive, lit!(SafePath, "extracted"));
    report.run("tar --extract", extract.in_dir(&work)).await?;
    let names = compare::listing(&listing, &work.join("extracted"))?;
    let extracted = || lit!(RsyncPath, ".incoming/extracted/");
    let check = mirror(extracted(), lit!(RsyncPath, ".incoming/clone/")).exclude(lit!(Glob, ".git"));
    agree("archive and clone", &report.run("rsync --dry-run", check.dry_run().in_dir(target)).await?)?;

    let from = lit!(RsyncPath, ".incoming/clone/");
    let copy = mirror(from, lit!(RsyncPath, "mirror/")).exclude(lit!(Glob, ".git")).delete();
    let transfer = report.run("rsync", copy.in_dir(target)).await?;
    println!("\nmirror: {}", summary(&transfer));
    print_some("changes in the mirror", &transfer.changes);
    let check = mirror(extracted(), lit!(RsyncPath, "mirror/")).delete().dry_run();
    agree("archive and mirror", &report.run("rsync --dry-run", check.in_dir(target)).await?)?;
    println!("\nverified: archive, clone and mirror agree in {names} names");

    staging.publish("clone")?;
    staging.publish("backup.tar")?;
    println!("\n{report}");
    Ok(())
}

/// Reads the repository's address: a URL, or else a local path, made absolute.
fn address(repository: &OsStr) -> Result<RemoteUrl> {
    if let Ok(url) = RemoteUrl::new(repository) {
        return Ok(url);
    }
    let path = repository.as_bytes().strip_prefix(b"file://").unwrap_or(repository.as_bytes());
    let path = Path::new(OsStr::from_bytes(path));
    let path: OsString = match path.canonicalize() {
        Ok(path) => path.into(),
        // What is not there is git's to report, unless it was meant as an address.
        Err(_) if repository.as_bytes().windows(3).any(|part| part == b"://") => {
            return Err(RemoteUrl::new(repository).map_or_else(|error| error.into(), |_| "a url".into()));
        }
        Err(_) => std::path::absolute(path)?.into(),
    };
    Ok(RemoteUrl::local(path)?)
}

/// Puts git's own last word before the whole error.
fn explain(repository: &OsStr, error: cuprum::Error) -> Box<dyn std::error::Error> {
    match error.outcome().and_then(|outcome| Some((git::Failure::read(outcome)?, outcome.status()))) {
        Some((failure, status)) => {
            format!("cannot clone {}: {} ({status})\n{error}", repository.display(), failure.line()).into()
        }
        None => error.into(),
    }
}

/// Returns the commit of the last backup; `None` if there is no backup, or none with a commit.
async fn last_commit(clone: &Path) -> Option<git::ObjectId> {
    let status = git::status().in_dir(clone).run().await.ok()?;
    status.branch.oid
}

async fn print_new_commits(
    report: &Report,
    clone: &Path,
    before: &git::ObjectId,
    now: &git::ObjectId,
) -> Result<()> {
    let range = RevisionRange::new(format!("{before}..{now}"))?;
    match report.run("git log", git::log().range(range).in_dir(clone)).await {
        Ok(log) if log.is_empty() => println!("\nthe branch went back to an earlier commit"),
        Ok(log) => print_some("commits since the last backup", log.commits()),
        // The old commit is not in the new clone.
        Err(error) if error.kind() == cuprum::ErrorKind::Exit => println!("\nthe history was rewritten"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn print_some<T: std::fmt::Display>(title: &str, items: &[T]) {
    if items.is_empty() {
        return;
    }
    println!("\n{title}: {}", items.len());
    items.iter().take(SHOWN).for_each(|item| println!("  {item}"));
    if items.len() > SHOWN {
        println!("  … and {} more", items.len() - SHOWN);
    }
}

/// Copies files with their modes; contents are compared, not times, since every clone is newly written.
fn mirror(from: RsyncPath, to: RsyncPath) -> rsync::RsyncCopy {
    rsync::copy(from, to).recursive().links().perms().checksum()
}

/// Fails if a copy that was only tried would have changed anything.
fn agree(what: &str, tried: &rsync::Transfer) -> Result<()> {
    match tried.changes.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(format!("{what} differ in {} places: {first}", tried.changes.len()).into()),
    }
}

fn summary(transfer: &rsync::Transfer) -> String {
    let stats = &transfer.stats;
    match transfer.changes.len() {
        0 => format!("{} files, nothing changed", stats.files.total),
        changes => format!(
            "{} files, {changes} changed, {} bytes transferred",
            stats.files.total, stats.transferred_size
        ),
    }
}
