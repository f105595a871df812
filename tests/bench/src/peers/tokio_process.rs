//! `tokio::process`, on a runtime of one thread unless it says otherwise.
#![expect(clippy::disallowed_methods, reason = "this is the peer that is measured")]

use std::process::Stdio;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::Command;
use tokio::runtime::Runtime;

use super::std_process::ended;
use super::{FAMILY, LIVE, MANY, NAP, copy_to, expect};
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

/// Keeps a large output, and copies it through tokio's own files.
pub(crate) fn tee<const TO_FILE: bool>(children: &Children, laps: &mut Laps) -> Result<()> {
    let (flood, copy) = (children.path("flood"), copy_to::<TO_FILE>(children));
    laps.each_on(&current_thread()?, async || {
        let mut child = Command::new(&flood).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut stdout = child.stdout.take().ok_or("no pipe")?;
        let (mut kept, mut buffer) = (Vec::new(), vec![0; 64 << 10]);
        let mut copy = tokio::fs::File::create(&copy).await?;
        loop {
            let read = stdout.read(&mut buffer).await?;
            let chunk = buffer.get(..read).unwrap_or_default();
            if chunk.is_empty() {
                break;
            }
            kept.extend_from_slice(chunk);
            copy.write_all(chunk).await?;
        }
        copy.flush().await?;
        expect(kept.len(), Children::FLOOD)?;
        ended(child.wait().await?)
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

/// Runs three stages, through which much flows.
pub(crate) fn pipeline(children: &Children, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || {
        let mut first =
            Command::new(children.path("flood")).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        rest(children, first.stdout.take().ok_or("no pipe")?.try_into()?).await?;
        ended(first.wait().await?)
    })
}

/// The same where the parent copies what flows between the first two.
pub(crate) fn pipeline_pumped(children: &Children, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || {
        let mut first =
            Command::new(children.path("flood")).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut second =
            Command::new(children.path("pass")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut from = first.stdout.take().ok_or("no pipe")?;
        let mut to = second.stdin.take().ok_or("no pipe")?;
        let between = second.stdout.take().ok_or("no pipe")?.try_into()?;
        let mut last = drain(children, between)?;
        let pumped = usize::try_from(tokio::io::copy(&mut from, &mut to).await?)?;
        drop(to);
        expect(pumped, Children::FLOOD)?;
        ended(first.wait().await?)?;
        ended(second.wait().await?)?;
        ended(last.wait().await?)
    })
}

async fn rest(children: &Children, input: Stdio) -> Result<()> {
    let mut second = Command::new(children.path("pass")).stdin(input).stdout(Stdio::piped()).spawn()?;
    let mut last = drain(children, second.stdout.take().ok_or("no pipe")?.try_into()?)?;
    ended(second.wait().await?)?;
    ended(last.wait().await?)
}

fn drain(children: &Children, input: Stdio) -> Result<tokio::process::Child> {
    Ok(Command::new(children.path("drain")).stdin(input).stdout(Stdio::null()).spawn()?)
}

/// Runs two tiny stages.
pub(crate) fn pipeline_tiny(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each_on(&current_thread()?, async || {
        let mut first = Command::new(&tiny).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let input: Stdio = first.stdout.take().ok_or("no pipe")?.try_into()?;
        let mut second = Command::new(&tiny).stdin(input).stdout(Stdio::null()).spawn()?;
        ended(first.wait().await?)?;
        ended(second.wait().await?)
    })
}
