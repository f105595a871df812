//! The program, and what every command of it is given and refused.

use cuprum::Program;

/// The `tar` command, as GNU wrote it.
///
/// Every command names its archive with `--force-local`, so that a `:` in a name never means another
/// host, and none inherits the variables by which tar and its compressors take further options.
#[derive(Clone, Copy, Debug, Program)]
#[program(
    name = "tar",
    separator = "--",
    tier = write,
    project = "core-ops",
    docs("https://www.gnu.org/software/tar/manual/"),
    env(
        set("LC_ALL" = "C", "TZ" = "UTC"),
        deny(
            "BZIP2",
            "GZIP",
            "POSIXLY_CORRECT",
            "SIMPLE_BACKUP_SUFFIX",
            "TAPE",
            "TAR_LONGLINK_100",
            "TAR_OPTIONS",
            "VERSION_CONTROL",
            "XZ_DEFAULTS",
            "XZ_OPT",
            "ZSTD_*"
        )
    )
)]
pub struct Tar;
