//! What it costs to start a tiny program and to wait for its end, without input and output.
//!
//! The program is static: a dynamic one takes several times as long to load as to start, which would hide
//! what is measured. A parent that has touched 2 GiB shows whether a spawn copies page tables.

mod cuprum;
mod std_process;
mod tokio_process;

use crate::{Bench, Parent};

pub(crate) fn bench() -> Bench {
    Bench {
        name: "spawn",
        columns: vec![std_process::COLUMN, tokio_process::COLUMN, cuprum::COLUMN],
        parents: &[Parent { name: "small", touched_mib: 0 }, Parent { name: "2 GiB", touched_mib: 2048 }],
    }
}
