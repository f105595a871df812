//! `std::process`.
#![expect(clippy::disallowed_methods, reason = "this is the peer that is measured")]

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use super::{LIVE, MANY, NAP, await_end, await_family, copy_to, expect, keep_and_copy};
use crate::at_once::on_threads;
use crate::laps::Laps;
use crate::parent::touch;
use crate::{Children, Result};

/// Starts a program and waits for its end.
pub(crate) fn spawn(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| ended(quiet(Command::new(&tiny)).status()?))
}

/// Keeps a line.
pub(crate) fn hi(children: &Children, laps: &mut Laps) -> Result<()> {
    let hi = children.path("hi");
    laps.each(|| expect(Command::new(&hi).stdin(Stdio::null()).output()?.stdout, b"hi\n".to_vec()))
}

/// Keeps a large output.
pub(crate) fn flood(children: &Children, laps: &mut Laps) -> Result<()> {
    let flood = children.path("flood");
    laps.each(|| expect(Command::new(&flood).stdin(Stdio::null()).output()?.stdout.len(), Children::FLOOD))
}

/// Reads a large output into memory that was touched before, through a pipe as large as an own one: no library can
/// be faster that keeps it.
pub(crate) fn flood_limit(children: &Children, laps: &mut Laps) -> Result<()> {
    let flood = children.path("flood");
    let mut memory = touch(Children::FLOOD >> 20);
    laps.each(|| {
        let mut child = Command::new(&flood).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut stdout = child.stdout.take().ok_or("no pipe")?;
        rustix::pipe::fcntl_setpipe_size(&stdout, LARGE_PIPE)?;
        stdout.read_exact(&mut memory)?;
        await_end(&mut stdout)?;
        ended(child.wait()?)
    })
}

/// Keeps a large output, and copies it.
pub(crate) fn tee<const TO_FILE: bool>(children: &Children, laps: &mut Laps) -> Result<()> {
    let (flood, copy) = (children.path("flood"), copy_to::<TO_FILE>(children));
    laps.each(|| {
        let mut child = Command::new(&flood).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        keep_and_copy(child.stdout.take().ok_or("no pipe")?, &copy)?;
        ended(child.wait()?)
    })
}

/// Reads a large output into memory that was touched before, and writes it from there.
pub(crate) fn tee_limit<const TO_FILE: bool>(children: &Children, laps: &mut Laps) -> Result<()> {
    let (flood, copy) = (children.path("flood"), copy_to::<TO_FILE>(children));
    let mut memory = touch(Children::FLOOD >> 20);
    laps.each(|| {
        let mut copy = File::create(&copy)?;
        let mut child = Command::new(&flood).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut stdout = child.stdout.take().ok_or("no pipe")?;
        rustix::pipe::fcntl_setpipe_size(&stdout, LARGE_PIPE)?;
        for room in memory.chunks_mut(LARGE_PIPE) {
            stdout.read_exact(room)?;
            copy.write_all(room)?;
        }
        await_end(&mut stdout)?;
        ended(child.wait()?)
    })
}

const LARGE_PIPE: usize = 256 << 10;

/// Reads lines one by one, each in the buffer of the last one.
pub(crate) fn lines(children: &Children, laps: &mut Laps) -> Result<()> {
    let program = children.path("lines");
    laps.each(|| {
        let mut child = Command::new(&program).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut stdout = BufReader::new(child.stdout.take().ok_or("no pipe")?);
        let (mut lines, mut line) = (0, Vec::new());
        while stdout.read_until(b'\n', &mut line)? > 0 {
            lines += usize::from(line.len() == 16);
            line.clear();
        }
        expect(lines, Children::LINES)?;
        ended(child.wait()?)
    })
}

/// Only finds the ends of lines, in a large buffer.
pub(crate) fn lines_limit(children: &Children, laps: &mut Laps) -> Result<()> {
    let program = children.path("lines");
    let mut buffer = vec![0; LARGE_PIPE];
    laps.each(|| {
        let mut child = Command::new(&program).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut stdout = child.stdout.take().ok_or("no pipe")?;
        rustix::pipe::fcntl_setpipe_size(&stdout, LARGE_PIPE)?;
        let mut lines = 0;
        loop {
            let read = stdout.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            lines += memchr::memchr_iter(b'\n', buffer.get(..read).unwrap_or_default()).count();
        }
        expect(lines, Children::LINES)?;
        ended(child.wait()?)
    })
}

/// Starts many, some at once, each thread one after another.
pub(crate) fn many<const AT_ONCE: usize>(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| on_threads(MANY, AT_ONCE, || ended(quiet(Command::new(&tiny)).status()?)))
}

/// Starts many that live at the same time.
pub(crate) fn live(children: &Children, laps: &mut Laps) -> Result<()> {
    let nap = children.path("nap");
    while laps.more() {
        laps.begin();
        let napping: Vec<Child> =
            (0..LIVE).map(|_| quiet(Command::new(&nap)).spawn()).collect::<std::io::Result<_>>()?;
        napping.into_iter().try_for_each(|mut child| ended(child.wait()?))?;
        laps.end_beyond(NAP);
    }
    Ok(())
}

/// Kills a group of two, and waits until both are gone.
pub(crate) fn kill(children: &Children, laps: &mut Laps) -> Result<()> {
    let family = children.path("family");
    while laps.more() {
        let mut command = Command::new(&family);
        let mut leader = command.stdin(Stdio::null()).stdout(Stdio::piped()).process_group(0).spawn()?;
        let mut stdout = leader.stdout.take().ok_or("no pipe")?;
        await_family(&mut stdout)?;
        laps.begin();
        killpg(Pid::from_raw(leader.id().try_into()?), Signal::SIGKILL)?;
        await_end(&mut stdout)?;
        leader.wait()?;
        laps.end();
    }
    Ok(())
}

fn quiet(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

pub(super) fn ended(status: ExitStatus) -> Result<()> {
    match status.success() {
        true => Ok(()),
        false => Err(format!("the child ended with {status}").into()),
    }
}

/// Runs three stages, through which much flows.
pub(crate) fn pipeline(children: &Children, laps: &mut Laps) -> Result<()> {
    laps.each(|| staged(children, ["flood", "pass", "drain"], |_| Ok(())))
}

/// The same through pipes as large as own ones.
pub(crate) fn pipeline_limit(children: &Children, laps: &mut Laps) -> Result<()> {
    laps.each(|| {
        staged(children, ["flood", "pass", "drain"], |pipe| {
            rustix::pipe::fcntl_setpipe_size(pipe, LARGE_PIPE)?;
            Ok(())
        })
    })
}

/// Runs two tiny stages.
pub(crate) fn pipeline_tiny(children: &Children, laps: &mut Laps) -> Result<()> {
    laps.each(|| staged(children, ["tiny", "tiny"], |_| Ok(())))
}

/// Starts stages joined by pipes, and waits for all of them.
fn staged<const N: usize>(
    children: &Children,
    names: [&str; N],
    change: impl Fn(&ChildStdout) -> Result<()>,
) -> Result<()> {
    let (mut running, mut input) = (Vec::with_capacity(N), Stdio::null());
    for (at, name) in names.into_iter().enumerate() {
        let output = if at + 1 < N { Stdio::piped() } else { Stdio::null() };
        let mut child = Command::new(children.path(name)).stdin(input).stdout(output).spawn()?;
        input = match child.stdout.take() {
            Some(pipe) => {
                change(&pipe)?;
                pipe.into()
            }
            None => Stdio::null(),
        };
        running.push(child);
    }
    running.iter_mut().try_for_each(|child| ended(child.wait()?))
}
