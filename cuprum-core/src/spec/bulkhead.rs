//! A limit on how many commands run at once that holds wherever they are started.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Lets at most so many of the commands run at once that are [limited by](crate::IntoSafe::limited_by) it,
/// wherever in the program they are started. Clones are the same bulkhead.
///
/// A command that finds no place waits, and those that wait come in the order in which they began to. The time
/// counts for its timeout. A run that is dropped or cancelled leaves the queue. A place is free again when the
/// processes are gone, also where they are torn down in the background.
///
/// Of several bulkheads, a command has a place in each while it runs; they are entered in one order everywhere, so
/// commands cannot wait for each other in a circle.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Rsync;
/// # #[derive(Command)]
/// # #[command(program = Rsync)]
/// # struct Push { #[arg(positional, allow_hyphen)] dir: String }
/// use std::time::Duration;
///
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
/// use cuprum::spec::Bulkhead;
///
/// let lab = Lab::new().on::<Push>(Script::new().wait(Duration::from_secs(10)));
/// let uplink = Bulkhead::new("uplink", 2);
/// let pushes = ["a", "b", "c", "d"].map(|dir| Push::new(dir).limited_by(&uplink));
/// lab.run(cuprum::concurrent(pushes).run())?;
/// assert_eq!(lab.now(), Duration::from_secs(20));
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone)]
pub struct Bulkhead {
    name: Arc<str>,
    places: Arc<Semaphore>,
    limit: usize,
    queue: usize,
    waiting: Arc<AtomicUsize>,
}

/// The places of a bulkhead that limits nothing: more than there can be processes.
const EVERY: u32 = 1 << 28;

/// Why no place can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// So many wait already.
    Full(usize),
    /// There is none at all.
    Never,
}

impl Bulkhead {
    /// Creates a bulkhead with so many places; errors show its name. A limit of 0 is refused when a command is
    /// run.
    pub fn new(name: impl Into<String>, limit: usize) -> Self {
        let places = Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
        Self { name: name.into().into(), places, limit, queue: usize::MAX, waiting: Arc::default() }
    }

    /// Lets at most so many wait for a place; by default, there is no limit. One more fails at once, as
    /// [`ErrorKind::Busy`](crate::ErrorKind::Busy).
    ///
    /// It holds for those that come through this value and its clones.
    #[must_use]
    pub fn queue(mut self, length: usize) -> Self {
        self.queue = length;
        self
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns how many may run at once.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Returns how many wait for a place now.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Acquire)
    }

    /// Waits for a place.
    pub(crate) async fn enter(&self) -> Result<OwnedSemaphorePermit, NoPlace> {
        if self.limit == 0 {
            return Err(NoPlace::Never);
        }
        // A place is given to those that wait before anyone finds it free.
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(place);
        }
        let _waiting = Waiting::begin(&self.waiting, self.queue)?;
        // It is never closed.
        Arc::clone(&self.places).acquire_owned().await.map_err(|_| NoPlace::Never)
    }

    /// Creates a bulkhead that limits nothing, and knows when nobody has a place in it.
    pub(crate) fn without_limit(name: &str) -> Self {
        Self::new(name, EVERY as usize)
    }

    /// Returns whether it limits nothing.
    pub(crate) fn is_without_limit(&self) -> bool {
        self.limit == EVERY as usize
    }

    /// Waits until nobody has a place in one that limits nothing. Nobody gets one any more.
    pub(crate) async fn emptied(&self) {
        if let Ok(places) = self.places.acquire_many(EVERY).await {
            places.forget();
        }
        self.places.close();
    }

    /// Returns a number that tells it from others and orders them.
    pub(crate) fn id(&self) -> usize {
        Arc::as_ptr(&self.places).addr()
    }
}

/// Somebody in the queue.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicUsize, most: usize) -> Result<Self, NoPlace> {
        let more = |waiting: usize| (waiting < most).then(|| waiting + 1);
        let begun = count.fetch_update(Ordering::AcqRel, Ordering::Acquire, more);
        begun.map(|_| Self(count)).map_err(NoPlace::Full)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl fmt::Debug for Bulkhead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, limit, .. } = self;
        f.debug_struct("Bulkhead").field("name", name).field("limit", limit).finish_non_exhaustive()
    }
}
