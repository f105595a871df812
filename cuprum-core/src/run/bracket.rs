//! Code between two commands of which the second always follows the first: mount and umount, lock and unlock.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::contained::{Contained, Shown};
use super::running::{Running, Work};
use super::{background, combined, engine, watch};
use crate::context::{Cx, Rules};
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::outcome::{CancelKind, Cancellation};
use crate::spec::{Bulkhead, CancelToken};

/// How long a release may take when nothing else was said.
const RELEASE_WITHIN: Duration = Duration::from_secs(30);

/// Something that is acquired, used and released; made by [`bracket`].
#[must_use = "nothing runs until it is run"]
pub struct Bracket<R, T> {
    acquire: Box<dyn FnOnce() -> Work<R> + Send>,
    work: Uses<R, T>,
    release: Uses<R, ()>,
    release_within: Duration,
    timeout: Option<Duration>,
    cancel: Vec<CancelToken>,
}

/// Code that is given what was acquired.
type Uses<R, T> = Box<dyn FnOnce(Arc<R>) -> Work<T> + Send>;

/// Acquires something, uses it, and releases it again, whatever becomes of the use.
///
/// `release` runs once `acquire` has succeeded, and only then: after the work has succeeded, failed or panicked, after
/// its timeout or cancellation, and when the run is dropped. It begins when every command that the work has started is
/// gone; what then still runs is cancelled. No token of the context cancels the release, which has
/// [a time of its own](Bracket::release_within).
///
/// The work runs where the run does. Acquiring and releasing take place on Cuprum's background runtime, so that no drop
/// can come between: dropping the run while it acquires lets that go on to its end, and releases what it has got. As
/// anything there, they must not block.
///
/// Commands belong to the bracket if they run under the context that is current in the closures, which is that of the
/// run.
///
/// # Errors
///
/// Of a run: the failure to acquire; else that of the work, and what failed while it was released is one of its
/// [others](Error::others); else that of the release. Errors of other code become those of the bracket by
/// [`Error::other`].
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Mount;
/// # #[derive(Command)]
/// # #[command(program = Mount)]
/// # struct Attach { #[arg(positional, allow_hyphen)] dir: String }
/// # #[derive(Program)]
/// # struct Umount;
/// # #[derive(Command)]
/// # #[command(program = Umount)]
/// # struct Detach { #[arg(positional, allow_hyphen)] dir: String }
/// # #[derive(Program)]
/// # struct Rsync;
/// # #[derive(Command)]
/// # #[command(program = Rsync)]
/// # struct Copy { #[arg(positional, allow_hyphen)] to: String }
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
///
/// let lab = Lab::new()
///     .on::<Attach>(Script::new())
///     .on::<Copy>(Script::exit(1))
///     .on::<Detach>(Script::new());
/// let backup = cuprum::bracket(
///     async || Attach::new("/mnt").run().await,
///     async |_mounted| Copy::new("/mnt/today").run().await,
///     async |_mounted| Detach::new("/mnt").run().await,
/// );
/// let error = lab.run(backup.run()).unwrap_err();
/// assert!(error.to_string().contains("rsync"));
/// lab.assert_ran(["mount /mnt", "rsync /mnt/today", "umount /mnt"]);
/// ```
///
/// # Cancel safety
///
/// Dropping a run drops the work where it waits, tears down its commands and then releases, all in the background.
pub fn bracket<R, T, A, W, D>(
    acquire: impl FnOnce() -> A + Send + 'static,
    work: impl FnOnce(Arc<R>) -> W + Send + 'static,
    release: impl FnOnce(Arc<R>) -> D + Send + 'static,
) -> Bracket<R, T>
where
    R: Send + Sync + 'static,
    T: Send + 'static,
    A: Future<Output = Result<R>> + Send + 'static,
    W: Future<Output = Result<T>> + Send + 'static,
    D: Future<Output = Result<()>> + Send + 'static,
{
    Bracket {
        acquire: Box::new(|| Box::pin(acquire())),
        work: Box::new(|resource| Box::pin(work(resource))),
        release: Box::new(|resource| Box::pin(release(resource))),
        release_within: RELEASE_WITHIN,
        timeout: None,
        cancel: Vec::new(),
    }
}

impl<R: Send + Sync + 'static, T: Send + 'static> Bracket<R, T> {
    /// Stops the work when it has taken this long; neither acquiring nor releasing counts.
    pub fn timeout(self, limit: Duration) -> Self {
        Self { timeout: Some(limit), ..self }
    }

    /// Stops the work when `token` is cancelled, as the tokens of the context do; several can be given.
    pub fn cancelled_by(mut self, token: &CancelToken) -> Self {
        self.cancel.push(token.clone());
        self
    }

    /// Gives up the release when it has taken this long; 30 seconds otherwise.
    pub fn release_within(self, limit: Duration) -> Self {
        Self { release_within: limit, ..self }
    }

    /// Acquires, works and releases, and returns what the work returns.
    pub fn run(self) -> Running<T> {
        Running::new("a bracket".into(), move |rules, _| {
            Box::pin(async move {
                combined::timeout(self.timeout)?;
                combined::timeout(Some(self.release_within))?;
                self.run_under(rules).await
            })
        })
    }

    async fn run_under(self, rules: Arc<Rules>) -> Result<T> {
        let Self { acquire, work, release, release_within, timeout, mut cancel } = self;
        cancel.extend(rules.limits.cancel.iter().cloned());
        if let Some(why) = cancel.iter().find_map(CancelToken::reason) {
            return Err(failed(ErrorKind::Cancelled, Cause::Cancelled(why)));
        }
        let (rules, places) = alone(&rules).await?;
        let mut held = {
            let rules = Arc::clone(&rules);
            let (sender, receiver) = oneshot::channel();
            let backend = Arc::clone(&rules.backend);
            background::detach(&*backend, async move {
                let acquired = under(&rules, async move { acquire().await }).await;
                // What nobody waits for any more is dropped, and so released.
                let _ = sender.send(acquired.map(|resource| Held {
                    resource: Arc::new(resource),
                    release: Some(release),
                    within: release_within,
                    commands: Commands::new(),
                    places,
                    rules,
                }));
            });
            receiver.await.unwrap_or_else(|_| Err(engine::lost("what acquires was given up")))?
        };
        let worked = {
            let resource = Arc::clone(&held.resource);
            let rules = held.commands.joined_to(&rules);
            let over = async {
                match timeout {
                    Some(limit) => rules.backend.sleep(limit).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                worked = under(&rules, async move { work(resource).await }) => worked,
                () = watch::any(&cancel) => {
                    let why = cancel.iter().find_map(CancelToken::reason);
                    Err(failed(ErrorKind::Cancelled, why.map_or(Cause::None, Cause::Cancelled)))
                }
                () = over => {
                    Err(failed(ErrorKind::Timeout, Cause::Text("what was acquired is released".to_owned())))
                }
            }
        };
        let released = match held.begin_release() {
            Some(released) => {
                released.await.unwrap_or_else(|_| Err(engine::lost("the release was given up")))
            }
            None => Ok(()),
        };
        match (worked, released) {
            (Ok(value), Ok(())) => Ok(value),
            (Ok(_), Err(error)) | (Err(error), Ok(())) => Err(error),
            (Err(error), Err(other)) => Err(error.with_others(vec![other])),
        }
    }
}

/// What was acquired and not released yet.
struct Held<R: Send + Sync + 'static> {
    resource: Arc<R>,
    /// Until it has begun.
    release: Option<Uses<R, ()>>,
    within: Duration,
    commands: Commands,
    /// In the brackets around this one.
    places: Vec<OwnedSemaphorePermit>,
    rules: Arc<Rules>,
}

impl<R: Send + Sync + 'static> Held<R> {
    /// Releases it in the background, unless that has begun; returns what tells how it ended.
    fn begin_release(&mut self) -> Option<oneshot::Receiver<Result<()>>> {
        let release = self.release.take()?;
        let (resource, within) = (Arc::clone(&self.resource), self.within);
        let (commands, backend) = (self.commands.clone(), Arc::clone(&self.rules.backend));
        let places = std::mem::take(&mut self.places);
        let mut rules = Rules::clone(&self.rules);
        // What has cancelled the work must not keep it from being cleared up.
        rules.limits.cancel.clear();
        let rules = Arc::new(rules);
        let (sender, receiver) = oneshot::channel();
        background::detach(&*backend, async move {
            commands.end().await;
            let released = tokio::select! {
                biased;
                released = under(&rules, async move { release(resource).await }) => released,
                () = rules.backend.sleep(within) => {
                    let why = format!("the release had not ended after {within:?}");
                    Err(failed(ErrorKind::Timeout, Cause::Text(why)))
                }
            };
            drop(places);
            // The run may have been dropped.
            let _ = sender.send(released);
        });
        Some(receiver)
    }
}

impl<R: Send + Sync + 'static> Drop for Held<R> {
    fn drop(&mut self) {
        drop(self.begin_release());
    }
}

/// The commands that the work starts. Each has a place as long as there is anything of it.
#[derive(Clone)]
struct Commands {
    places: Bulkhead,
    stop: CancelToken,
}

impl Commands {
    fn new() -> Self {
        Self { places: Bulkhead::without_limit("a bracket"), stop: CancelToken::new() }
    }

    /// Returns the rules under which commands are some of these.
    fn joined_to(&self, rules: &Rules) -> Arc<Rules> {
        let mut rules = rules.clone();
        rules.limits.bulkheads.push(self.places.clone());
        rules.limits.cancel.push(self.stop.clone());
        Arc::new(rules)
    }

    /// Cancels those that are left, and waits until all are gone.
    async fn end(&self) {
        let why = Cancellation::new(CancelKind::Parent).message("the work of a bracket has ended");
        self.stop.cancel_because(why);
        self.places.emptied().await;
    }
}

/// Takes a place in each bracket around this one, which waits for it to have released; returns the rules for the commands
/// of this one, which then need none there. A release could get none: the one around would not let it in any more.
async fn alone(rules: &Rules) -> Result<(Arc<Rules>, Vec<OwnedSemaphorePermit>)> {
    let mut rules = rules.clone();
    let mut places = Vec::new();
    for around in rules.limits.bulkheads.extract_if(.., |bulkhead| bulkhead.is_without_limit()) {
        let over = |_| failed(ErrorKind::Cancelled, Cause::Text("what is around it has ended".to_owned()));
        places.push(around.enter().await.map_err(over)?);
    }
    Ok((Arc::new(rules), places))
}

/// Runs code of the caller under these rules; its panic is an error.
async fn under<T>(rules: &Arc<Rules>, work: impl Future<Output = Result<T>> + Send + 'static) -> Result<T>
where
    T: Send + 'static,
{
    let cx = Cx::under(Arc::clone(rules));
    let shown = Shown::default().under(rules);
    Contained::new(shown, async move { cx.scope(work).await }).await
}

fn failed(kind: ErrorKind, cause: Cause) -> Error {
    Error::new(kind, "", "a bracket".to_owned(), cause)
}

impl<R, T> fmt::Debug for Bracket<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bracket").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}
