//! The spawn bench through Cuprum: a typed command, awaited on a runtime of one thread.

use std::path::Path;

use cuprum::spec::Stdio;
use cuprum::{Command, IntoSafe as _, Program, Run as _};

use crate::laps::Laps;
use crate::{Column, Result};

pub(super) const COLUMN: Column = Column { name: "cuprum", run };

/// The tiny program, looked up in `PATH` as any other.
#[derive(Program)]
#[program(name = "tiny")]
struct Tiny;

#[derive(Command)]
#[command(program = Tiny)]
struct Nothing {}

fn run(_: &Path, laps: &mut Laps) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        while laps.more() {
            laps.begin();
            Nothing::new().stdout(Stdio::Null).stderr(Stdio::Null).run().await?;
            laps.end();
        }
        Ok(())
    })
}
