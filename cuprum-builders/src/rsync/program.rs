//! The program, and what every command of it is given and refused.

use cuprum::Program;

/// The `rsync` command.
///
/// No command inherits the variables by which rsync takes options, passwords and programs to connect
/// through.
#[derive(Clone, Copy, Debug, Program)]
#[program(
    name = "rsync",
    separator = "--",
    tier = destructive,
    project = "core-ops",
    docs("https://download.samba.org/pub/rsync/rsync.1"),
    env(set("LC_ALL" = "C"), deny("CVSIGNORE", "POSIXLY_CORRECT", "RSYNC_*"))
)]
pub struct Rsync;
