//! `tokio::process`, on a runtime of one thread unless it says otherwise.
#![expect(clippy::disallowed_methods, reason = "this is the peer that is measured")]

use std::process::Stdio;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::Command;
use tokio::runtime::Runtime;

use super::std_process::ended;
use super::{FAMILY, LIVE, MANY, NAP, expect};
use crate::at_once::{as_tasks, current_thread, multi_thread};
use crate::laps::Laps;
use crate::{Children, Result};

/// Starts a program and waits for its end.
pub(crate) fn spawn(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each_on(&current_thread()?, async || ended(quiet(Command::new(&tiny)).status().await?))
}

/// Keeps a line.
pub(crate) fn hi(children: &Children, laps: &mut Laps) -> Result<()> {
    let hi = children.path("hi");
    laps.each_on(&current_thread()?, async || {
        let output = Command::new(&hi).stdin(Stdio::null()).output().await?;
        expect(output.stdout, b"hi\n".to_vec())
    })
}

/// Keeps a large output.
pub(crate) fn flood(children: &Children, laps: &mut Laps) -> Result<()> {
    let flood = children.path("flood");
    laps.each_on(&current_thread()?, async || {
        let output = Command::new(&flood).stdin(Stdio::null()).output().await?;
        expect(output.stdout.len(), Children::FLOOD)
    })
}

/// Reads lines one by one, each a `String` of its own.
pub(crate) fn lines(children: &Children, laps: &mut Laps) -> Result<()> {
    let program = children.path("lines");
    laps.each_on(&current_thread()?, async || {
        let mut child = Command::new(&program).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut each = BufReader::new(child.stdout.take().ok_or("no pipe")?).lines();
        let mut lines = 0;
        while let Some(line) = each.next_line().await? {
            lines += usize::from(line.len() == 15);
        }
        expect(lines, Children::LINES)?;
        ended(child.wait().await?)
    })
}

/// Starts many, some at once.
pub(crate) fn many<const AT_ONCE: usize>(children: &Children, laps: &mut Laps) -> Result<()> {
    many_on::<AT_ONCE>(&current_thread()?, children, laps)
}

/// The same on a runtime of many threads.
pub(crate) fn many_mt<const AT_ONCE: usize>(children: &Children, laps: &mut Laps) -> Result<()> {
    many_on::<AT_ONCE>(&multi_thread()?, children, laps)
}

fn many_on<const AT_ONCE: usize>(runtime: &Runtime, children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each_on(runtime, async || {
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
    current_thread()?.block_on(async {
        while laps.more() {
            let mut command = Command::new(&family);
            let mut leader = command.stdin(Stdio::null()).stdout(Stdio::piped()).process_group(0).spawn()?;
            let mut stdout = leader.stdout.take().ok_or("no pipe")?;
            let mut said = [0; FAMILY.len()];
            stdout.read_exact(&mut said).await?;
            laps.begin();
            killpg(Pid::from_raw(leader.id().ok_or("it is gone")?.try_into()?), Signal::SIGKILL)?;
            expect(stdout.read_to_end(&mut Vec::new()).await?, 0)?;
            leader.wait().await?;
            laps.end();
        }
        Ok(())
    })
}

fn quiet(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
