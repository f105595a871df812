//! Cuprum: typed commands, awaited on a runtime of one thread unless it says otherwise.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cuprum::backend::{Os, SpawnPath};
use cuprum::context::CaptureLimit;
use cuprum::spec::{CancelToken, Capture, Pump, SafeCmd, Sink, Stdio};
use cuprum::stream::LineRef;
use cuprum::{Command, Cx, ErrorKind, Follow as _, IntoSafe, Program, Run as _};
use tokio::runtime::Runtime;

use super::{LIVE, MANY, NAP, copy_to, expect};
use crate::at_once::{as_tasks, current_thread, multi_thread};
use crate::laps::Laps;
use crate::{Children, Result};

/// Declares the programs and their commands, which have no arguments.
macro_rules! children {
    ($($command:ident of $program:ident = $name:literal, $output:ty;)*) => { $(
        #[derive(Program)]
        #[program(name = $name)]
        pub(super) struct $program;

        #[derive(Command)]
        #[command(program = $program, output = $output)]
        pub(super) struct $command {}
    )* };
}

children! {
    Tiny of TinyProgram = "tiny", ();
    Hi of HiProgram = "hi", Vec<u8>;
    Flood of FloodProgram = "flood", Vec<u8>;
    Pass of PassProgram = "pass", ();
    Drain of DrainProgram = "drain", ();
    Lines of LinesProgram = "lines", ();
    Nap of NapProgram = "nap", ();
    Family of FamilyProgram = "family", ();
}

/// Starts a program and waits for its end.
pub(crate) fn spawn(_: &Children, laps: &mut Laps) -> Result<()> {
    spawn_by(SpawnPath::Clone, laps, |command| command)
}

/// The same by std's spawn.
pub(crate) fn spawn_std(_: &Children, laps: &mut Laps) -> Result<()> {
    spawn_by(SpawnPath::Std, laps, |command| command)
}

/// The same with a directory, and a `PATH` and another variable in the environment.
pub(crate) fn spawn_placed(children: &Children, laps: &mut Laps) -> Result<()> {
    spawn_by(SpawnPath::Clone, laps, |command| {
        command.in_dir("/").env("PATH", children.folder()).env("LANG", "C")
    })
}

fn spawn_by(
    path: SpawnPath,
    laps: &mut Laps,
    change: impl Fn(SafeCmd<(), TinyProgram>) -> SafeCmd<(), TinyProgram>,
) -> Result<()> {
    let cx = Cx::new().with_backend(Os::new().with_spawn(path));
    laps.each_on(&current_thread()?, async || Ok(cx.run(change(quiet(Tiny::new()))).await?))
}

/// Keeps a line.
pub(crate) fn hi(_: &Children, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || expect(Hi::new().run().await?, b"hi\n".to_vec()))
}

/// Keeps a large output.
pub(crate) fn flood(_: &Children, laps: &mut Laps) -> Result<()> {
    let cx = Cx::new().with_capture_limit(CaptureLimit::WHOLE);
    laps.each_on(&current_thread()?, async || {
        let outcome = cx.output(Flood::new()).await?;
        expect(outcome.stdout().bytes().len(), Children::FLOOD)
    })
}

/// Keeps a large output, and copies it.
pub(crate) fn tee<const TO_FILE: bool>(children: &Children, laps: &mut Laps) -> Result<()> {
    let copy = copy_to::<TO_FILE>(children);
    laps.each_on(&current_thread()?, async || {
        let tee = Capture::all().tee(Sink::file(&copy));
        expect(Flood::new().stdout(tee).output().await?.stdout().bytes().len(), Children::FLOOD)
    })
}

/// Reads lines one by one, each with bytes of its own.
pub(crate) fn lines(_: &Children, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || {
        let mut each = Lines::new().lines();
        let mut lines = 0;
        while let Some(line) = each.next().await {
            lines += usize::from(line?.bytes.len() == 15);
        }
        expect(lines, Children::LINES)
    })
}

/// Looks at each line where it was read.
pub(crate) fn lines_in_place(_: &Children, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, in_place)
}

/// Counts the lines where they were read, under the current context.
pub(super) async fn in_place() -> Result<()> {
    let seen = Arc::new(AtomicUsize::new(0));
    let (count, mut lines) = (Arc::clone(&seen), 0);
    let each = move |line: LineRef<'_>| {
        lines += usize::from(line.bytes.len() == 15);
        if lines == Children::LINES {
            count.store(lines, Ordering::Relaxed);
        }
    };
    Lines::new().for_each_line(each).await?;
    expect(seen.load(Ordering::Relaxed), Children::LINES)
}

/// Starts many, some at once.
pub(crate) fn many<const AT_ONCE: usize>(_: &Children, laps: &mut Laps) -> Result<()> {
    many_on::<AT_ONCE>(&current_thread()?, laps)
}

/// The same on a runtime of many threads.
pub(crate) fn many_mt<const AT_ONCE: usize>(_: &Children, laps: &mut Laps) -> Result<()> {
    many_on::<AT_ONCE>(&multi_thread()?, laps)
}

fn many_on<const AT_ONCE: usize>(runtime: &Runtime, laps: &mut Laps) -> Result<()> {
    let one = || async { Ok(quiet(Tiny::new()).run().await?) };
    laps.each_on(runtime, async || as_tasks(MANY, AT_ONCE, one).await)
}

/// Starts many that live at the same time.
pub(crate) fn live(_: &Children, laps: &mut Laps) -> Result<()> {
    let one = || async { Ok(quiet(Nap::new()).run().await?) };
    current_thread()?.block_on(async {
        while laps.more() {
            laps.begin();
            as_tasks(LIVE, LIVE, one).await?;
            laps.end_beyond(NAP);
        }
        Ok(())
    })
}

/// Cancels a group of two, and waits until both are gone.
pub(crate) fn kill(_: &Children, laps: &mut Laps) -> Result<()> {
    current_thread()?.block_on(async {
        while laps.more() {
            let token = CancelToken::new();
            let mut lines = Family::new().cancelled_by(&token).lines();
            for _ in 0..2 {
                expect(lines.next().await.ok_or("no line")??.bytes, b"u".to_vec())?;
            }
            laps.begin();
            token.cancel();
            let last = lines.next().await.ok_or("no end")?;
            laps.end();
            expect(last.map_err(|error| error.kind()), Err(ErrorKind::Cancelled))?;
        }
        Ok(())
    })
}

/// Takes all streams away.
pub(super) fn quiet<C: IntoSafe>(command: C) -> SafeCmd<C::Output, C::Program> {
    command.stdout(Stdio::Null).stderr(Stdio::Null)
}

/// Runs three stages, through which much flows.
pub(crate) fn pipeline(_: &Children, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || {
        Ok((bare(Flood::new()) | bare(Pass::new()) | quiet(Drain::new())).run().await?)
    })
}

/// The same where what flows between the first two is counted.
pub(crate) fn pipeline_counted(_: &Children, laps: &mut Laps) -> Result<()> {
    counted(laps, Pump::Auto)
}

/// The same by way of a buffer.
pub(crate) fn pipeline_copied(_: &Children, laps: &mut Laps) -> Result<()> {
    counted(laps, Pump::Copy)
}

fn counted(laps: &mut Laps, pump: Pump) -> Result<()> {
    laps.each_on(&current_thread()?, async || {
        let first = bare(Flood::new()).stdout(Capture::nothing());
        let outcome = (first | bare(Pass::new()) | quiet(Drain::new())).pump(pump).output().await?;
        expect(outcome.success(), true)?;
        expect(outcome.stage(0).map(|stage| stage.stdout().total()), u64::try_from(Children::FLOOD).ok())
    })
}

/// The same where a function gets what flows between the first two.
pub(crate) fn pipeline_looked_at(_: &Children, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || {
        let seen = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&seen);
        let look = Sink::call(move |chunk| {
            count.fetch_add(chunk.len(), Ordering::Relaxed);
        });
        let first = bare(Flood::new()).stdout(Capture::nothing().tee(look));
        (first | bare(Pass::new()) | quiet(Drain::new())).run().await?;
        expect(seen.load(Ordering::Relaxed), Children::FLOOD)
    })
}

/// Runs two tiny stages.
pub(crate) fn pipeline_tiny(_: &Children, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || Ok((bare(Tiny::new()) | quiet(Tiny::new())).run().await?))
}

/// Leaves standard error where it is, as the others do.
fn bare<C: IntoSafe>(command: C) -> SafeCmd<C::Output, C::Program> {
    command.stderr(Stdio::Inherit)
}
