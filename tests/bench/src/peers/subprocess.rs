//! `subprocess`.

use std::path::Path;

use nix::sys::signal::Signal;
use subprocess::{Exec, ExecExt as _, ExitStatus, JobExt as _, Redirection};

use super::{LIVE, MANY, NAP, await_end, await_family, copy_to, count_lines, expect, keep_and_copy};
use crate::at_once::on_threads;
use crate::laps::Laps;
use crate::{Children, Result};

/// Starts a program and waits for its end.
pub(crate) fn spawn(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| ended(quiet(&tiny).join()?))
}

/// Keeps a line.
pub(crate) fn hi(children: &Children, laps: &mut Laps) -> Result<()> {
    let hi = children.path("hi");
    laps.each(|| expect(kept(&hi).capture()?.stdout, b"hi\n".to_vec()))
}

/// Keeps a large output.
pub(crate) fn flood(children: &Children, laps: &mut Laps) -> Result<()> {
    let flood = children.path("flood");
    laps.each(|| expect(kept(&flood).capture()?.stdout.len(), Children::FLOOD))
}

/// Keeps a large output, and copies it.
pub(crate) fn tee<const TO_FILE: bool>(children: &Children, laps: &mut Laps) -> Result<()> {
    let (flood, copy) = (children.path("flood"), copy_to::<TO_FILE>(children));
    laps.each(|| keep_and_copy(Exec::cmd(&flood).stdin(Redirection::Null).stream_stdout()?, &copy))
}

/// Reads lines one by one, each a `String` of its own.
pub(crate) fn lines(children: &Children, laps: &mut Laps) -> Result<()> {
    let program = children.path("lines");
    laps.each(|| count_lines(Exec::cmd(&program).stdin(Redirection::Null).stream_stdout()?))
}

/// Starts many, some at once, each thread one after another.
pub(crate) fn many<const AT_ONCE: usize>(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| on_threads(MANY, AT_ONCE, || ended(quiet(&tiny).join()?)))
}

/// Starts many that live at the same time.
pub(crate) fn live(children: &Children, laps: &mut Laps) -> Result<()> {
    let nap = children.path("nap");
    while laps.more() {
        laps.begin();
        let napping = (0..LIVE).map(|_| quiet(&nap).start()).collect::<std::io::Result<Vec<_>>>()?;
        napping.into_iter().try_for_each(|job| ended(job.wait()?))?;
        laps.end_beyond(NAP);
    }
    Ok(())
}

/// Kills a group of two, and waits until both are gone.
pub(crate) fn kill(children: &Children, laps: &mut Laps) -> Result<()> {
    let family = children.path("family");
    while laps.more() {
        let command = Exec::cmd(&family).stdin(Redirection::Null).stdout(Redirection::Pipe).setpgid();
        let mut job = command.start()?;
        let mut stdout = job.stdout.take().ok_or("no pipe")?;
        await_family(&mut stdout)?;
        laps.begin();
        job.send_signal_group(Signal::SIGKILL as i32)?;
        await_end(&mut stdout)?;
        job.wait()?;
        laps.end();
    }
    Ok(())
}

fn quiet(program: &Path) -> Exec {
    Exec::cmd(program).stdin(Redirection::Null).stdout(Redirection::Null).stderr(Redirection::Null)
}

fn kept(program: &Path) -> Exec {
    Exec::cmd(program).stdin(Redirection::Null).stdout(Redirection::Pipe).stderr(Redirection::Pipe)
}

fn ended(status: ExitStatus) -> Result<()> {
    match status.success() {
        true => Ok(()),
        false => Err(format!("the child ended with {status:?}").into()),
    }
}

/// Runs three stages, through which much flows.
pub(crate) fn pipeline(children: &Children, laps: &mut Laps) -> Result<()> {
    let [flood, pass, drain] = ["flood", "pass", "drain"].map(|name| children.path(name));
    laps.each(|| {
        let stages = Exec::cmd(&flood) | Exec::cmd(&pass) | Exec::cmd(&drain);
        ended(stages.stdin(Redirection::Null).join()?)
    })
}

/// Runs two tiny stages.
pub(crate) fn pipeline_tiny(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| ended((Exec::cmd(&tiny) | Exec::cmd(&tiny)).stdin(Redirection::Null).join()?))
}
