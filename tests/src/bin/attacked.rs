//! Runs builders in its working directory, for tests that start it in a hostile environment.

use std::process::ExitCode;

use cuprum_builders::args::{ObjectName, Pathspec, RemoteName, RemoteUrl, Revision, RevisionRange};
use cuprum_builders::args::{RefSpec, RsyncPath, RsyncRemote, SafePath};
use cuprum_builders::git::{self, Repo};
use cuprum_builders::{prelude::*, rsync, tar};

fn main() -> ExitCode {
    let commit = std::env::args().nth(2).is_some();
    let result = match std::env::args().nth(1).as_deref() {
        Some("git") => return all_of_git(None, commit),
        Some("untrusted") => match Repo::untrusted(".") {
            Ok(repo) => return all_of_git(Some(&repo), commit),
            Err(_) => return ExitCode::from(65),
        },
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

/// Runs what looks at a repository, changes it, and asks others; commands may fail, but must have run.
fn all_of_git(repo: Option<&Repo>, commit: bool) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    let mut check = |name: &str, failed: Option<cuprum::Error>| {
        if let Some(error) = failed.filter(|error| error.outcome().is_none()) {
            eprintln!("{name}: {error}");
            code = ExitCode::FAILURE;
        }
    };
    macro_rules! all {
        ($($command:expr),+ $(,)?) => {
            $(check(stringify!($command), match repo {
                Some(repo) => repo.command($command).run_sync().err(),
                None => $command.run_sync().err(),
            });)+
        };
    }
    let origin = || lit!(RemoteName, "origin");
    let here = std::env::current_dir().unwrap_or_default();
    let clone = SafePath::new(here.with_file_name("clone")).unwrap_or(lit!(SafePath, "clone"));
    all!(
        git::status(),
        git::diff(),
        git::diff_text().from(lit!(RevisionRange, "HEAD~1")),
        git::log_text().diff(git::DiffText::new().patch()),
        git::show(lit!(ObjectName, "HEAD")),
        git::blame(lit!(Pathspec, "f.txt")),
        git::grep("hello"),
        git::describe().all(),
        git::diff_index(lit!(Revision, "HEAD~1")),
        git::format_patch(lit!(RevisionRange, "HEAD~1")),
        git::am(b"From: A <a@b>\n\n---\ndiff --git a/g b/g\nnew file mode 100644\n".to_vec()),
        git::am_step(git::AmStep::Abort),
        git::archive(lit!(Revision, "HEAD")),
        git::submodule_status(),
        git::ls_remote(origin()),
        git::fetch(origin()),
        git::push(origin()).refs(lit!(RefSpec, "main")),
        git::ls_remote(lit!(RemoteUrl, "ssh://127.0.0.1:1/x")),
        git::clone(RemoteUrl::local(&here).unwrap_or(lit!(RemoteUrl, "https://h.invalid/x")))
            .dir(clone.clone()),
        git::add().all(),
        git::write_object().contents("x"),
        git::stash_push(),
        git::stash_pop(),
        git::checkout_paths([lit!(Pathspec, "f.txt")]),
        git::rebase().upstream(lit!(Revision, "HEAD~1")),
        git::checkout(git::CheckoutTo::Detach).start(lit!(Revision, "HEAD~1")),
        git::switch(lit!(Revision, "main")),
        git::tag_annotated("m", lit!(cuprum_builders::args::GitRef, "v1")),
    );
    if commit {
        all!(git::commit("three").allow_empty());
    }
    code
}
