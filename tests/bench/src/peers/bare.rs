//! The own spawn and nothing around it: what Cuprum itself cannot beat.
//!
//! A bare system call would need unsafe code, which no package but the core may have; this is that call, an
//! allocation for its words, and one for the process.

use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};

use cuprum::backend::{Backend as _, Launch, Os, SpawnPath};
use cuprum::spec::{Attributes, Limit, Resource, Uid};
use cuprum::{IntoSafe as _, Run as _};

use super::MANY;
use super::cuprum::{Tiny, quiet};
use crate::at_once::{current_thread, on_threads};
use crate::laps::Laps;
use crate::{Children, Result};

const OS: Os = Os::new().with_spawn(SpawnPath::Clone);

/// Starts a program and waits for its end.
pub(crate) fn spawn(_: &Children, laps: &mut Laps) -> Result<()> {
    let launch = launch()?;
    laps.each_on(&current_thread()?, async || one(&launch).await)
}

/// The same with a session, umask, niceness, limits and, for root, a user.
pub(crate) fn dressed(_: &Children, laps: &mut Laps) -> Result<()> {
    let mut launch = launch()?;
    launch.attributes = dress();
    laps.each_on(&current_thread()?, async || one(&launch).await)
}

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

/// Starts many, some at once, each thread one after another.
pub(crate) fn many<const AT_ONCE: usize>(_: &Children, laps: &mut Laps) -> Result<()> {
    let launch = launch()?;
    laps.each(|| {
        let begun = AtomicUsize::new(0);
        on_threads(AT_ONCE, AT_ONCE, || {
            let runtime = current_thread()?;
            while begun.fetch_add(1, Ordering::Relaxed) < MANY {
                runtime.block_on(one(&launch))?;
            }
            Ok(())
        })
    })
}

fn launch() -> Result<Launch> {
    Ok(quiet(Tiny::new().into_safe()).plan()?.launch().clone())
}

async fn one(launch: &Launch) -> Result<()> {
    let mut process = OS.start(launch)?.process;
    poll_fn(|context| process.poll_exit(context)).await?;
    match process.reap()?.status.success() {
        true => Ok(()),
        false => Err("the child failed".into()),
    }
}
