//! Backs up a directory, and keeps the last few backups, each complete.
//!
//! ```text
//! rotate SOURCE TARGET KEEP
//! ```
//!
//! The newest backup is `TARGET/backup.0`, the one before it `backup.1`. A file that has not changed is
//! the same file in both, so a backup needs space only for what has changed. A backup that fails, or is
//! interrupted, changes none of those that are there; the next one goes on where it stopped.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cuprum_builders::args::{RsyncPath, SafePath};
use cuprum_builders::rsync::{self, FailureKind};
use cuprum_builders::{prelude::*, rsync::Transfer};

/// Whatever goes wrong here already says what it is about.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [source, target, keep] = words.as_slice() else {
        eprintln!("usage: rotate SOURCE TARGET KEEP");
        return ExitCode::from(2);
    };
    match rotate(source, Path::new(target), keep) {
        Ok(transfer) => {
            println!("{}", transfer.stats);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("rotate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn rotate(source: &str, target: &Path, keep: &str) -> Result<Transfer> {
    let keep: usize = keep.parse().map_err(|error| format!("KEEP is a number: {error}"))?;
    if keep == 0 {
        return Err("no backup would be kept".into());
    }
    std::fs::create_dir_all(target).map_err(|error| format!("{}: {error}", target.display()))?;
    // A path that rsync takes from the destination would lead elsewhere, so it is an absolute one.
    let target = target.canonicalize()?;
    let transfer = back_up(RsyncPath::new(source)?.contents(), &target)?;
    shift(&target, keep)?;
    std::fs::rename(target.join("incoming"), backup(&target, 0))?;
    Ok(transfer)
}

/// Copies the source into `incoming`, with links to what the last backup has already.
fn back_up(from: RsyncPath, target: &Path) -> Result<Transfer> {
    let to = RsyncPath::new(target.join("incoming"))?.contents();
    let newest = SafePath::new(backup(target, 0))?;
    // To the nanosecond: two changes of a file in one second are two.
    let compare = rsync::Compare::new().link_dest(newest).modify_window(-1);
    let copy = rsync::copy(from, to).archive().delete().compare(compare);
    // A file that goes away while it is copied is a file that the next backup does not have.
    match copy.clone().run_sync() {
        Err(error) if error.rsync().is_some_and(|failure| failure.kind() == FailureKind::FilesVanished) => {
            Ok(copy.run_sync()?)
        }
        result => Ok(result?),
    }
}

/// Makes place for a new backup: the oldest one goes, each other one gets the next number.
fn shift(target: &Path, keep: usize) -> Result<()> {
    let mut number = keep - 1;
    // What was kept when more were kept goes as well.
    while backup(target, number).exists() {
        std::fs::remove_dir_all(backup(target, number))?;
        number += 1;
    }
    for number in (0..keep - 1).rev() {
        if backup(target, number).exists() {
            std::fs::rename(backup(target, number), backup(target, number + 1))?;
        }
    }
    Ok(())
}

fn backup(target: &Path, number: usize) -> PathBuf {
    target.join(format!("backup.{number}"))
}
