//! Makes one directory like another: shows what would change, then does it.
//!
//! ```text
//! mirror SOURCE TARGET [--yes]
//! ```
//!
//! What `TARGET` has and `SOURCE` has not is deleted, so nothing is done without `--yes`, nothing if the
//! source is empty (a disk that is not mounted looks like that), and nothing if more would be deleted
//! than half of what is there.

use std::path::Path;
use std::process::ExitCode;

use cuprum_builders::args::RsyncPath;
use cuprum_builders::rsync::{self, FailureKind, Transfer, Update};
use cuprum_builders::{prelude::*, rsync::RsyncCopy};

/// Whatever goes wrong here already says what it is about.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (words, yes) = match words.split_last() {
        Some((last, rest)) if last == "--yes" => (rest.to_vec(), true),
        _ => (words, false),
    };
    let [source, target] = words.as_slice() else {
        eprintln!("usage: mirror SOURCE TARGET [--yes]");
        return ExitCode::from(2);
    };
    match mirror(source, target, yes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mirror: {error}");
            ExitCode::FAILURE
        }
    }
}

fn mirror(source: &str, target: &str, yes: bool) -> Result<()> {
    // What comes from outside is checked here, and nowhere else: it can be no option and no host.
    let (from, to) = (RsyncPath::new(source)?.contents(), RsyncPath::new(target)?.contents());
    if std::fs::read_dir(source).map_err(|error| format!("{source}: {error}"))?.next().is_none() {
        return Err(format!("{source} is empty, so all of {target} would be deleted").into());
    }
    let plan = run(command(&from, &to).dry_run())?;
    let deleted = deletions(&plan);
    for change in &plan.changes {
        println!("{change}");
    }
    println!("{} changes, {deleted} of them deletions", plan.changes.len());
    let there = if Path::new(target).exists() { count(Path::new(target))? } else { 0 };
    if deleted > there / 2 && deleted > 1 {
        return Err(format!("{deleted} of {there} files would be deleted").into());
    }
    if !yes {
        println!("nothing is done without --yes");
        return Ok(());
    }
    // No more is deleted than was shown, whatever happens in between.
    let limit = u32::try_from(deleted)?;
    let done = run(command(&from, &to).max_delete(limit))?;
    println!("{}", done.stats);
    Ok(())
}

fn command(from: &RsyncPath, to: &RsyncPath) -> RsyncCopy {
    // To the nanosecond: two changes of a file in one second are two.
    let compare = rsync::Compare::new().modify_window(-1);
    rsync::copy(from.clone(), to.clone()).recursive().links().perms().times().delete().compare(compare)
}

fn run(command: RsyncCopy) -> Result<Transfer> {
    command.run_sync().map_err(|error| match error.rsync().map(|failure| failure.kind()) {
        Some(FailureKind::DeleteLimit) => "more would have been deleted than was shown".into(),
        _ => error.into(),
    })
}

fn deletions(transfer: &Transfer) -> usize {
    transfer.changes.iter().filter(|change| change.update == Update::Deleted).count()
}

/// Counts what is in a directory and below it.
fn count(directory: &Path) -> Result<usize> {
    let mut count = 0;
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        count += 1;
        if entry.file_type()?.is_dir() {
            count += self::count(&entry.path())?;
        }
    }
    Ok(count)
}
