//! `cmd_lib`. It kills no groups.

use cmd_lib::{run_cmd, spawn, spawn_with_output};

use super::{LIVE, MANY, NAP, copy_to, count_lines, expect, keep_and_copy};
use crate::at_once::on_threads;
use crate::laps::Laps;
use crate::{Children, Result};

/// Starts a program and waits for its end.
pub(crate) fn spawn(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| Ok(run_cmd!($tiny </dev/null >/dev/null 2>/dev/null)?))
}

/// Keeps a line.
pub(crate) fn hi(children: &Children, laps: &mut Laps) -> Result<()> {
    let hi = children.path("hi");
    laps.each(|| {
        let mut kept = Vec::new();
        spawn_with_output!($hi </dev/null)?.wait_with_raw_output(&mut kept)?;
        expect(kept, b"hi\n".to_vec())
    })
}

/// Keeps a large output.
pub(crate) fn flood(children: &Children, laps: &mut Laps) -> Result<()> {
    let flood = children.path("flood");
    laps.each(|| {
        let mut kept = Vec::new();
        spawn_with_output!($flood </dev/null)?.wait_with_raw_output(&mut kept)?;
        expect(kept.len(), Children::FLOOD)
    })
}

/// Keeps a large output, and copies it.
pub(crate) fn tee<const TO_FILE: bool>(children: &Children, laps: &mut Laps) -> Result<()> {
    let (flood, copy) = (children.path("flood"), copy_to::<TO_FILE>(children));
    laps.each(|| {
        let mut copied = Ok(());
        spawn_with_output!($flood </dev/null)?
            .wait_with_pipe(&mut |stdout| copied = keep_and_copy(stdout, &copy))?;
        copied
    })
}

/// Reads lines one by one, each a `String` of its own.
pub(crate) fn lines(children: &Children, laps: &mut Laps) -> Result<()> {
    let program = children.path("lines");
    laps.each(|| {
        let mut counted = Ok(());
        spawn_with_output!($program </dev/null)?
            .wait_with_pipe(&mut |stdout| counted = count_lines(stdout))?;
        counted
    })
}

/// Starts many, some at once, each thread one after another.
pub(crate) fn many<const AT_ONCE: usize>(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| {
        on_threads(MANY, AT_ONCE, || {
            let tiny = &tiny;
            Ok(run_cmd!($tiny </dev/null >/dev/null 2>/dev/null)?)
        })
    })
}

/// Starts many that live at the same time.
pub(crate) fn live(children: &Children, laps: &mut Laps) -> Result<()> {
    let nap = children.path("nap");
    while laps.more() {
        laps.begin();
        let mut napping = (0..LIVE)
            .map(|_| spawn!($nap </dev/null >/dev/null 2>/dev/null))
            .collect::<std::io::Result<Vec<_>>>()?;
        napping.iter_mut().try_for_each(|child| child.wait())?;
        laps.end_beyond(NAP);
    }
    Ok(())
}

/// Runs three stages, through which much flows.
pub(crate) fn pipeline(children: &Children, laps: &mut Laps) -> Result<()> {
    let [flood, pass, drain] = ["flood", "pass", "drain"].map(|name| children.path(name));
    laps.each(|| Ok(run_cmd!($flood </dev/null | $pass | $drain)?))
}

/// Runs two tiny stages.
pub(crate) fn pipeline_tiny(children: &Children, laps: &mut Laps) -> Result<()> {
    let tiny = children.path("tiny");
    laps.each(|| Ok(run_cmd!($tiny </dev/null | $tiny)?))
}
