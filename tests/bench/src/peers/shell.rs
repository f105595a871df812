//! `sh`, which a script would start: its own start is a part of what is measured.
#![expect(clippy::disallowed_methods, reason = "this is the peer that is measured")]

use std::process::{Command, Stdio};

use super::std_process::ended;
use crate::laps::Laps;
use crate::{Children, Result};

/// Runs three stages, through which much flows.
pub(crate) fn pipeline(children: &Children, laps: &mut Laps) -> Result<()> {
    run(children, laps, "./flood | ./pass | ./drain")
}

/// Runs two tiny stages.
pub(crate) fn pipeline_tiny(children: &Children, laps: &mut Laps) -> Result<()> {
    run(children, laps, "./tiny | ./tiny")
}

fn run(children: &Children, laps: &mut Laps, line: &str) -> Result<()> {
    laps.each(|| {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", line]).current_dir(children.folder()).stdin(Stdio::null());
        ended(shell.status()?)
    })
}
