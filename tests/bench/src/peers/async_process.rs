//! `async-process`, the one of smol and async-std.
#![expect(clippy::disallowed_methods, reason = "this is the peer that is measured")]

use std::os::unix::process::CommandExt as _;

use async_process::{Command, Stdio};
use futures_lite::future::block_on;
use futures_lite::io::BufReader;
use futures_lite::{AsyncBufReadExt as _, AsyncReadExt as _, StreamExt as _};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use super::std_process::ended;
use super::{FAMILY, LIVE, MANY, NAP, expect};
use crate::at_once::{as_tasks, current_thread};
use crate::laps::Laps;
use crate::{Children, Result};

/// Starts a program and waits for its end.
pub(crate) fn spawn(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| block_on(async { ended(quiet(Command::new(&tiny)).status().await?) }))
}

/// Keeps a line.
pub(crate) fn hi(children: &Children, laps: &mut Laps) -> Result<()> {
    let hi = children.path("hi");
    laps.each(|| {
        let output = block_on(Command::new(&hi).stdin(Stdio::null()).output())?;
        expect(output.stdout, b"hi\n".to_vec())
    })
}

/// Keeps a large output.
pub(crate) fn flood(children: &Children, laps: &mut Laps) -> Result<()> {
    let flood = children.path("flood");
    laps.each(|| {
        let output = block_on(Command::new(&flood).stdin(Stdio::null()).output())?;
        expect(output.stdout.len(), Children::FLOOD)
    })
}

/// Reads lines one by one, each a `String` of its own.
pub(crate) fn lines(children: &Children, laps: &mut Laps) -> Result<()> {
    let program = children.path("lines");
    laps.each(|| {
        block_on(async {
            let mut child = Command::new(&program).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
            let mut each = BufReader::new(child.stdout.take().ok_or("no pipe")?).lines();
            let mut lines = 0;
            while let Some(line) = each.next().await {
                lines += usize::from(line?.len() == 15);
            }
            expect(lines, Children::LINES)?;
            ended(child.status().await?)
        })
    })
}

/// Starts many, some at once. It has threads of its own for all that wakes it, so any runtime will do.
pub(crate) fn many<const AT_ONCE: usize>(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each_on(&current_thread()?, async || {
        as_tasks(MANY, AT_ONCE, || {
            let mut command = quiet(Command::new(&tiny));
            async move { ended(command.status().await?) }
        })
        .await
    })
}

/// Starts many that live at the same time.
pub(crate) fn live(children: &Children, laps: &mut Laps) -> Result<()> {
    let nap = children.path("nap");
    current_thread()?.block_on(async {
        while laps.more() {
            laps.begin();
            as_tasks(LIVE, LIVE, || {
                let mut command = quiet(Command::new(&nap));
                async move { ended(command.status().await?) }
            })
            .await?;
            laps.end_beyond(NAP);
        }
        Ok(())
    })
}

/// Kills a group of two, and waits until both are gone.
pub(crate) fn kill(children: &Children, laps: &mut Laps) -> Result<()> {
    let family = children.path("family");
    while laps.more() {
        let mut command = std::process::Command::new(&family);
        command.process_group(0);
        let mut leader = Command::from(command).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut stdout = leader.stdout.take().ok_or("no pipe")?;
        block_on(stdout.read_exact(&mut [0; FAMILY.len()]))?;
        laps.begin();
        killpg(Pid::from_raw(leader.id().try_into()?), Signal::SIGKILL)?;
        expect(block_on(stdout.read_to_end(&mut Vec::new()))?, 0)?;
        block_on(leader.status())?;
        laps.end();
    }
    Ok(())
}

fn quiet(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
