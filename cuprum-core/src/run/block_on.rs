//! Blocks a thread on a future that runs commands.

use std::future::Future;

use super::background;
use crate::context::{Cx, Rules};
use crate::error::Result;

/// Runs a future on Cuprum's background runtime and blocks this thread until it is done.
///
/// It does for a whole procedure what [`Running::wait`](super::Running::wait) does for one command, for code
/// that has no runtime of its own: the context that is current here is current there. On that one thread,
/// which serves everybody who waits, the future must not block.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Build;
/// # #[derive(Command)]
/// # #[command(program = Build, output = String)]
/// # struct Nightly {}
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
///
/// let lab = Lab::new().on::<Nightly>(Script::stdout("done\n"));
/// let both = lab.cx().scope_sync(|| {
///     cuprum::run::block_on(async { Ok((Nightly::new().run().await?, Nightly::new().run().await?)) })
/// })??;
/// assert_eq!(both, ("done".to_owned(), "done".to_owned()));
/// # Ok::<(), cuprum::Error>(())
/// ```
///
/// # Errors
///
/// If the background runtime cannot be started, or the future panics.
pub fn block_on<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<T> {
    let work = Cx::under(Rules::current()).scope(work);
    background::block_on(async move { Ok(work.await) })
}
