//! The spawn bench through `tokio::process`, on a runtime of one thread.
#![expect(clippy::disallowed_methods, reason = "this is the peer that is measured")]

use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

use crate::laps::Laps;
use crate::{Column, Result};

pub(super) const COLUMN: Column = Column { name: "tokio", run };

fn run(child: &Path, laps: &mut Laps) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        while laps.more() {
            laps.begin();
            let mut command = Command::new(child);
            let status =
                command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().await?;
            laps.end();
            if !status.success() {
                return Err(format!("{} ended with {status}", child.display()).into());
            }
        }
        Ok(())
    })
}
