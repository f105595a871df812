//! Commands as requests, so that the layers of tower go around their runs.

use std::task::{Context, Poll};

use tower_service::Service;

use super::running::Running;
use super::verbs::Run;
use crate::context::{AllowedIn, Ambient, Cx};
use crate::error::Error;

/// Runs commands as a [`Service`] of [tower](https://docs.rs/tower): a request is a command, a pipeline or whatever
/// else has the verbs of [`Run`], and the response its typed output.
///
/// A layer of tower is asked in the time of Tokio, and not in that of a [`lab`](crate::lab); what paces commands in
/// either is `RateLimit`, of the feature `rate-limit`. A layer that drops the
/// future, as tower's timeout does, tears the command down in the background; the command's own
/// [`timeout`](crate::IntoSafe::timeout) waits for that, and keeps what was printed. It is always ready.
///
/// It is a service for each kind of command, so where only layers are asked whether they are ready, the command is said:
/// `ServiceExt::<SafeCmd<(), Git>>::ready(&mut service)`. `service.oneshot(command)` needs no such word. Where requests
/// are of several kinds, each kind gets a service of its own around a clone.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Date;
/// # #[derive(Command)]
/// # #[command(program = Date, output = String)]
/// # struct Today {}
/// use cuprum::lab::{Lab, Script};
/// use cuprum::run::Tower;
/// use tower_service::Service;
///
/// let lab = Lab::new().on::<Today>(Script::stdout("2026-02-28\n"));
/// let mut tower = Tower::new(&lab.cx());
/// assert_eq!(tower.call(Today::new()).wait()?, "2026-02-28");
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Tower<A = Ambient> {
    cx: Cx<A>,
}

impl<A> Tower<A> {
    /// Returns a service that runs commands under this context.
    pub fn new(cx: &Cx<A>) -> Self {
        Self { cx: cx.clone() }
    }
}

impl<A, C: Run> Service<C> for Tower<A>
where
    C::Programs: AllowedIn<A>,
{
    type Response = C::Output;
    type Error = Error;
    type Future = Running<C::Output>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, command: C) -> Running<C::Output> {
        self.cx.run(command)
    }
}
