//! The lab: one command that prints a line, from the making of its world to its outcome.

#![expect(clippy::disallowed_methods, reason = "the goal is a time, so something has to take that long")]

use std::time::{Duration, Instant};

use cuprum::lab::{Lab, Script};
use cuprum::{IntoSafe as _, Run as _};

use super::cuprum::Hi;
use crate::at_once::current_thread;
use crate::laps::Laps;
use crate::{Children, Result};

/// What a run in the lab may cost.
const MOST: Duration = Duration::from_micros(20);

fn world() -> Lab {
    Lab::new().on::<Hi>(Script::stdout("hi\n"))
}

/// Runs it in the lab's own executor.
pub(crate) fn run(_: &Children, laps: &mut Laps) -> Result<()> {
    laps.each(|| {
        world().run(async { Hi::new().run().await })?;
        Ok(())
    })
}

/// Runs it for a seed, with all the choices that it makes.
pub(crate) fn seeded(_: &Children, laps: &mut Laps) -> Result<()> {
    let mut seed = 0;
    laps.each(|| {
        seed += 1;
        world().seed(seed).run(async { Hi::new().run().await })?;
        Ok(())
    })
}

/// Awaits it in a Tokio runtime.
pub(crate) fn awaited(_: &Children, laps: &mut Laps) -> Result<()> {
    let runtime = current_thread()?;
    laps.each(|| {
        runtime.block_on(world().cx().run(Hi::new().into_safe()))?;
        Ok(())
    })
}

/// Waits for it on this thread.
pub(crate) fn waited(_: &Children, laps: &mut Laps) -> Result<()> {
    laps.each(|| {
        world().cx().run(Hi::new().into_safe()).wait()?;
        Ok(())
    })
}

/// Takes as long as a run may.
pub(crate) fn most(_: &Children, laps: &mut Laps) -> Result<()> {
    laps.each(|| {
        let begun = Instant::now();
        while begun.elapsed() < MOST {
            std::hint::spin_loop();
        }
        Ok(())
    })
}
