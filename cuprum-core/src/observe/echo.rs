//! Prints each command before it runs, as `set -x` does in a shell.

use super::log::at_level;
use crate::event::{Delivery, Event, EventKind, Observer};

/// Tells `tracing` of each command before it runs, in the way of a shell's `set -x`: `+ git log -n 5`.
///
/// The records have the target `cuprum::echo`. The line is quoted so that a shell reads the same words, control
/// characters are escaped, and secrets are `***`. Each stage of a pipeline has a line of its own. A command
/// that a hook refuses or that cannot be started has its line, too, and one that its context does not permit has
/// none.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Build;
/// # #[derive(Command)]
/// # #[command(program = Build)]
/// # struct Nightly {}
/// use cuprum::lab::{Lab, Script};
/// use cuprum::observe::Echo;
///
/// let lab = Lab::new().on::<Nightly>(Script::new());
/// let cx = lab.cx().with_observer(Echo::new());
/// cx.run(Nightly::new()).wait()?; // INFO cuprum::echo: + build
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "xtrace")]
pub struct Echo {
    level: tracing::Level,
}

impl Echo {
    /// Creates an echo at the level INFO.
    pub fn new() -> Self {
        Self { level: tracing::Level::INFO }
    }

    /// Sets the level.
    #[must_use]
    pub fn at(self, level: tracing::Level) -> Self {
        Self { level }
    }
}

impl Default for Echo {
    fn default() -> Self {
        Self::new()
    }
}

impl Observer for Echo {
    fn event(&self, event: &Event) {
        let (EventKind::Planned, Some(invocation)) = (event.kind(), event.invocation()) else { return };
        macro_rules! emit {
            ($level:ident) => {
                tracing::event!(
                    target: "cuprum::echo",
                    tracing::Level::$level,
                    process.executable.name = invocation.program(),
                    "+ {}",
                    invocation.command_line()
                )
            };
        }
        at_level!(self.level, emit);
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}
