//! Runs one builder in its working directory, for tests that start it in a hostile environment.

use std::process::ExitCode;

use cuprum_builders::args::{RsyncPath, RsyncRemote, SafePath};
use cuprum_builders::{prelude::*, rsync, tar};

fn main() -> ExitCode {
    let result = match std::env::args().nth(1).as_deref() {
        Some("tar") => tar(),
        Some("rsync") => copy(),
        Some("rsync-remote") => push(),
        _ => return ExitCode::from(64),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn tar() -> cuprum::Result<()> {
    let archive = || lit!(SafePath, "a.tar.gz");
    tar::create(archive()).compression(tar::Compression::Gzip).members(lit!(SafePath, "d")).run_sync()?;
    tar::list(archive()).run_sync()?;
    if let Err(error) = std::fs::create_dir("out") {
        eprintln!("{error}");
    }
    tar::extract(archive(), lit!(SafePath, "out")).run_sync()?;
    Ok(())
}

fn copy() -> cuprum::Result<()> {
    rsync::copy(lit!(RsyncPath, "d/"), lit!(RsyncPath, "out/")).recursive().run_sync()?;
    Ok(())
}

fn push() -> cuprum::Result<()> {
    // Nobody listens there.
    let push = rsync::push(lit!(RsyncPath, "d/"), lit!(RsyncRemote, "127.0.0.1:/srv/"));
    push.recursive().ssh(rsync::Ssh::new().port(1)).run_sync()?;
    Ok(())
}
