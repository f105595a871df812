//! `duct`. It kills no groups.

use duct::{Expression, cmd};

use super::{LIVE, MANY, NAP, count_lines, expect};
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
