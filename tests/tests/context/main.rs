//! What contexts permit, by type and when a command runs; the code in which they are current.

mod catalogue;
mod commands;
mod files;
mod log;
mod narrowing;
mod scopes;
mod times;
mod types;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::{Cx, ErrorKind, Program};

#[derive(Program)]
struct Git;
#[derive(Program)]
struct Tar;
#[derive(Program)]
struct Rm;

/// A lab in which every command succeeds.
fn lab() -> Lab {
    Lab::new().when(|_| true, Script::exit(0))
}

/// Returns which of git, tar and rm may run, by running them.
#[track_caller]
fn runs<A>(cx: &Cx<A>) -> Vec<&'static str> {
    let tried = cx.scope_sync(|| {
        [("git", Git::cmd().run().wait()), ("tar", Tar::cmd().run().wait()), ("rm", Rm::cmd().run().wait())]
    });
    let permitted = tried.into_iter().filter(|(_, result)| match result {
        Ok(()) => true,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");
            false
        }
    });
    permitted.map(|(name, _)| name).collect()
}
