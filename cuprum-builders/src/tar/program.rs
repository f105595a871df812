//! The program, and what every command of it is given and refused.

use cuprum::Program;

/// The `tar` command, as GNU wrote it.
///
/// Every command names its archive with `--force-local`, so that a `:` in a name never means another
/// host, and every name is taken as it stands: tar would read `\056` in it as a dot otherwise.
///
/// Nothing is inherited from the environment, by which tar and its compressors would take further
/// options and libraries: not even `PATH`, in which the compressors are looked up. It is a list of system
/// directories; where tar is elsewhere, give the command another by [`env`](cuprum::IntoSafe::env).
#[derive(Clone, Copy, Debug, Program)]
#[program(
    name = "tar",
    separator = "--",
    tier = destructive,
    project = "core-ops",
    docs("https://www.gnu.org/software/tar/manual/"),
    env(
        inherit = [],
        set(
            "LC_ALL" = "C",
            "TZ" = "UTC",
            "PATH" = "/usr/local/bin:/usr/bin:/bin:/run/current-system/sw/bin"
        )
    )
)]
pub struct Tar;
