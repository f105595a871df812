//! The spawn bench through `std::process`.
#![expect(clippy::disallowed_methods, reason = "this is the peer that is measured")]

use std::path::Path;
use std::process::{Command, Stdio};

use crate::laps::Laps;
use crate::{Column, Result};

pub(super) const COLUMN: Column = Column { name: "std", run };

fn run(child: &Path, laps: &mut Laps) -> Result<()> {
    while laps.more() {
        laps.begin();
        let status =
            Command::new(child).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        laps.end();
        if !status.success() {
            return Err(format!("{} ended with {status}", child.display()).into());
        }
    }
    Ok(())
}
