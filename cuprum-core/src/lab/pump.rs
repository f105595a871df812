//! Lets the lab's time go on under a Tokio runtime: whenever the runtime has had nothing to do for a while.

use std::sync::{Arc, Weak};
use std::task::Poll;

use tokio::runtime::Handle;

use super::kernel::Kernel;
use super::world::{Inside, World};
use super::{Lab, executor};

/// How many turns of the runtime must pass without a call of the lab before the next event happens. Each is
/// long enough for all tasks that are ready; more than one lets these wake others.
const QUIET_TURNS: u32 = 8;

/// Asks the machine; where the answer is to wait, sees that somebody lets the time go on.
pub(super) fn or_wait<T>(
    lab: &Lab,
    mut world: Inside<'_>,
    ask: impl FnOnce(&mut Kernel) -> Poll<T>,
) -> Poll<T> {
    let answer = ask(&mut world.kernel);
    if answer.is_ready() {
        world.activity += 1;
        return answer;
    }
    if !world.pumped
        && !executor::is_running(lab)
        && let Ok(runtime) = Handle::try_current()
    {
        world.pumped = true;
        // A runtime that is shutting down drops the task at once, and that enters the world.
        drop(world);
        runtime.spawn(pump(Pumping(Arc::downgrade(lab.shared()))));
    }
    answer
}

/// Pumps a world. Where it is dropped with its runtime, it wakes whoever waits elsewhere to find another.
struct Pumping(Weak<World>);

impl Drop for Pumping {
    fn drop(&mut self) {
        if let Some(world) = self.0.upgrade() {
            let mut world = world.enter();
            if std::mem::take(&mut world.pumped) {
                world.kernel.wake_all();
            }
        }
    }
}

async fn pump(pumping: Pumping) {
    let (mut seen, mut quiet) = (0, 0);
    loop {
        tokio::task::yield_now().await;
        let Some(world) = pumping.0.upgrade() else { return };
        let mut inside = world.enter();
        if inside.activity != seen {
            (seen, quiet) = (inside.activity, 0);
            continue;
        }
        quiet += 1;
        if quiet < QUIET_TURNS {
            continue;
        }
        quiet = 0;
        // Whoever waits is woken by one event, and then has its turns.
        while inside.kernel.woken.is_empty() {
            if !inside.kernel.is_waited_for() || !inside.kernel.go_on() {
                // Whoever waits later finds that nobody pumps, and changes that.
                inside.pumped = false;
                return;
            }
        }
    }
}
