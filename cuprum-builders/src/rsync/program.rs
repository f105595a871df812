//! The program, and what every command of it is given and refused.

use cuprum::Program;

/// The `rsync` command, at least version 3.1; openrsync and what macOS had before it are refused.
///
/// Nothing is inherited from the environment but what ssh needs to find an agent, and the name of the
/// user: no variable gives rsync options, passwords or programs to connect through, and no `~/.popt`
/// adds options, as `HOME` is no directory. `PATH`, in which ssh is looked up, is a list of system
/// directories; where rsync is elsewhere, give the command another by [`env`](cuprum::IntoSafe::env).
#[derive(Clone, Copy, Debug, Program)]
#[program(
    name = "rsync",
    // An openrsync that names no rsync names a version of the protocol only: 27 or more.
    version = ">=3.1, <20",
    separator = "--",
    tier = destructive,
    project = "core-ops",
    docs("https://download.samba.org/pub/rsync/rsync.1"),
    env(
        inherit = ["KRB5CCNAME", "LOGNAME", "SSH_AUTH_SOCK", "USER"],
        set(
            "HOME" = "/nonexistent",
            "LC_ALL" = "C",
            "PATH" = "/usr/local/bin:/usr/bin:/bin:/run/current-system/sw/bin",
            "TZ" = "UTC"
        )
    )
)]
pub struct Rsync;
