//! `duct`. It kills no groups.

use duct::{Expression, cmd};

use super::{LIVE, MANY, NAP, copy_to, count_lines, expect, keep_and_copy};
use crate::at_once::on_threads;
use crate::laps::Laps;
use crate::{Children, Result};

/// Starts a program and waits for its end.
pub(crate) fn spawn(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| quiet(&cmd!(&tiny)).run().map(drop).map_err(Into::into))
}

/// Keeps a line.
pub(crate) fn hi(children: &Children, laps: &mut Laps) -> Result<()> {
    let hi = children.path("hi");
    laps.each(|| expect(kept(&cmd!(&hi)).run()?.stdout, b"hi\n".to_vec()))
}

/// Keeps a large output.
pub(crate) fn flood(children: &Children, laps: &mut Laps) -> Result<()> {
    let flood = children.path("flood");
    laps.each(|| expect(kept(&cmd!(&flood)).run()?.stdout.len(), Children::FLOOD))
}

/// Keeps a large output, and copies it.
pub(crate) fn tee<const TO_FILE: bool>(children: &Children, laps: &mut Laps) -> Result<()> {
    let (flood, copy) = (children.path("flood"), copy_to::<TO_FILE>(children));
    laps.each(|| keep_and_copy(cmd!(&flood).stdin_null().reader()?, &copy))
}

/// Reads lines one by one, each a `String` of its own.
pub(crate) fn lines(children: &Children, laps: &mut Laps) -> Result<()> {
    let program = children.path("lines");
    laps.each(|| count_lines(cmd!(&program).stdin_null().reader()?))
}

/// Starts many, some at once, each thread one after another.
pub(crate) fn many<const AT_ONCE: usize>(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| on_threads(MANY, AT_ONCE, || Ok(quiet(&cmd!(&tiny)).run().map(drop)?)))
}

/// Starts many that live at the same time.
pub(crate) fn live(children: &Children, laps: &mut Laps) -> Result<()> {
    let nap = children.path("nap");
    while laps.more() {
        laps.begin();
        let napping = (0..LIVE).map(|_| quiet(&cmd!(&nap)).start()).collect::<std::io::Result<Vec<_>>>()?;
        napping.iter().try_for_each(|handle| handle.wait().map(drop))?;
        laps.end_beyond(NAP);
    }
    Ok(())
}

fn quiet(command: &Expression) -> Expression {
    command.stdin_null().stdout_null().stderr_null()
}

fn kept(command: &Expression) -> Expression {
    command.stdin_null().stdout_capture().stderr_capture()
}

/// Runs three stages, through which much flows.
pub(crate) fn pipeline(children: &Children, laps: &mut Laps) -> Result<()> {
    let [flood, pass, drain] = ["flood", "pass", "drain"].map(|name| children.path(name));
    laps.each(|| {
        let stages = cmd!(&flood).stdin_null().pipe(cmd!(&pass)).pipe(cmd!(&drain));
        stages.run().map(drop).map_err(Into::into)
    })
}

/// Runs two tiny stages.
pub(crate) fn pipeline_tiny(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| cmd!(&tiny).stdin_null().pipe(cmd!(&tiny)).run().map(drop).map_err(Into::into))
}
