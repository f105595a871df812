//! What it costs to start a tiny program and to wait for its end, without input and output.
//!
//! The program is static and has no C library: to load one or to set it up takes several times as long as to
//! start the program, which would hide what is measured. A parent that has touched 2 GiB shows whether a spawn
//! copies page tables, and one with many open files what copying and closing its descriptors costs.
//!
//! Columns: std and tokio; Cuprum with the own spawn and with std's; `placed`, with a directory, a `PATH` and
//! another variable; `bare`, the own spawn without the typed command around it; `dressed`, the same with a
//! session, umask, niceness, limits and ids.

mod cuprum;
mod std_process;
mod tokio_process;

use crate::{Bench, Parent};

pub(crate) fn bench() -> Bench {
    Bench {
        name: "spawn",
        columns: vec![
            std_process::COLUMN,
            tokio_process::COLUMN,
            cuprum::OWN,
            cuprum::STD,
            cuprum::PLACED,
            cuprum::BARE,
            cuprum::DRESSED,
        ],
        parents: &[
            Parent { name: "small", touched_mib: 0, open_files: 0 },
            Parent { name: "2 GiB", touched_mib: 2048, open_files: 0 },
            Parent { name: "10k files", touched_mib: 0, open_files: 10_000 },
        ],
        one_core: true,
    }
}
