//! The spawn bench through Cuprum: a typed command, awaited on a runtime of one thread.

use std::future::poll_fn;

use cuprum::backend::{Backend, Os, SpawnPath};
use cuprum::spec::{Attributes, Limit, Resource, SafeCmd, Stdio, Uid};
use cuprum::{Command, Cx, IntoSafe as _, Program, Run as _};

use crate::laps::Laps;
use crate::{Column, Result};

/// The own spawn.
pub(super) const OWN: Column = Column {
    name: "cuprum",
    run: |_, laps| run(Os::new().with_spawn(SpawnPath::Clone), laps, |command| command),
};

/// std's spawn under Cuprum.
pub(super) const STD: Column = Column {
    name: "cuprum-std",
    run: |_, laps| run(Os::new().with_spawn(SpawnPath::Std), laps, |command| command),
};

/// A directory, and a `PATH` and another variable in the environment.
pub(super) const PLACED: Column = Column {
    name: "placed",
    run: |child, laps| {
        let path = child.parent().ok_or("the child lies in no folder")?;
        run(Os::new().with_spawn(SpawnPath::Clone), laps, |command| {
            command.in_dir("/").env("PATH", path).env("LANG", "C")
        })
    },
};

/// The own spawn alone, without the command around it: no options.
pub(super) const BARE: Column = Column { name: "bare", run: |_, laps| start(Attributes::default(), laps) };

/// The same with a session, umask, niceness, limits and, for root, a user.
pub(super) const DRESSED: Column = Column { name: "dressed", run: |_, laps| start(dress(), laps) };

fn dress() -> Attributes {
    let mut attributes = Attributes::default();
    attributes.session = true;
    attributes.umask = Some(0o27);
    attributes.nice = Some(1);
    attributes.limits = vec![Limit::new(Resource::CoreSize, 0), Limit::new(Resource::OpenFiles, 64)];
    if rustix::process::geteuid().is_root() {
        attributes.uid = Some(Uid::ROOT);
    }
    attributes
}

/// The tiny program, looked up in `PATH` as any other.
#[derive(Program)]
#[program(name = "tiny")]
struct Tiny;

#[derive(Command)]
#[command(program = Tiny)]
struct Nothing {}

fn run(
    backend: impl Backend,
    laps: &mut Laps,
    change: impl Fn(SafeCmd<(), Tiny>) -> SafeCmd<(), Tiny>,
) -> Result<()> {
    let cx = Cx::new().with_backend(backend);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        while laps.more() {
            laps.begin();
            cx.run(change(Nothing::new().stdout(Stdio::Null).stderr(Stdio::Null))).await?;
            laps.end();
        }
        Ok(())
    })
}

fn start(attributes: Attributes, laps: &mut Laps) -> Result<()> {
    let backend = Os::new().with_spawn(SpawnPath::Clone);
    let nothing = Nothing::new().stdout(Stdio::Null).stderr(Stdio::Null).plan()?;
    let mut launch = nothing.launch().clone();
    launch.attributes = attributes;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        while laps.more() {
            laps.begin();
            let mut process = backend.start(&launch)?.process;
            poll_fn(|context| process.poll_exit(context)).await?;
            process.reap()?;
            laps.end();
        }
        Ok(())
    })
}
