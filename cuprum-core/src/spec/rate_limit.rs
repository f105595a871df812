//! A limit on how often commands start that holds wherever they are started.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

/// Lets at most so many of the commands start in a time that are [paced by](crate::IntoSafe::paced_by) it, wherever in
/// the program they are started. Clones are the same limit.
///
/// A command that comes too early waits, and those that wait start in the order in which they came, evenly spaced; the
/// time counts for its timeout. A run that is dropped or cancelled leaves the queue. A pipeline is one start.
///
/// The time is that of the backend, so that a lab's is virtual. A limit belongs to one world: clocks of two have nothing
/// to do with each other.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Curl;
/// # #[derive(Command)]
/// # #[command(program = Curl)]
/// # struct Fetch { #[arg(positional, allow_hyphen)] page: String }
/// use std::time::Duration;
///
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
/// use cuprum::spec::RateLimit;
///
/// let lab = Lab::new().on::<Fetch>(Script::new());
/// let polite = RateLimit::new("the api", 2, Duration::from_secs(1)).burst(1);
/// let pages = ["a", "b", "c", "d"].map(|page| Fetch::new(page).paced_by(&polite));
/// lab.run(cuprum::concurrent(pages).run())?;
/// assert_eq!(lab.now(), Duration::from_millis(1500));
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone)]
pub struct RateLimit {
    name: Arc<str>,
    most: u32,
    per: Duration,
    burst: u32,
    /// None where the numbers make no sense, which is refused when a command is run.
    limit: Option<Arc<Limit>>,
}

struct Limit {
    limiter: RateLimiter<NotKeyed, InMemoryState, Hands, NoOpMiddleware<Nanos>>,
    /// Whoever has it is the next to start.
    turn: tokio::sync::Mutex<()>,
}

/// A clock that shows what it was set to, since only a run knows whose time it is.
#[derive(Clone, Debug, Default)]
struct Hands(Arc<AtomicU64>);

impl Hands {
    fn set(&self, now: Nanos) {
        self.0.fetch_max(now.into(), Ordering::AcqRel);
    }
}

impl Clock for Hands {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.0.load(Ordering::Acquire).into()
    }
}

impl RateLimit {
    /// Creates a limit of `most` starts in a time `per`, of which all may come at once; errors show its name. A limit
    /// of 0, or of no time, is refused when a command is run.
    pub fn new(name: impl Into<String>, most: u32, per: Duration) -> Self {
        Self::with(name.into().into(), most, per, most)
    }

    /// Lets so many come at once, when none has come for long enough; all by default. Clones that were made before have
    /// nothing to do with the new limit.
    #[must_use]
    pub fn burst(self, burst: u32) -> Self {
        Self::with(self.name, self.most, self.per, burst)
    }

    fn with(name: Arc<str>, most: u32, per: Duration, burst: u32) -> Self {
        let spacing = per.checked_div(most);
        let quota = spacing.and_then(Quota::with_period);
        let quota = quota.zip(NonZeroU32::new(burst)).map(|(quota, burst)| quota.allow_burst(burst));
        let limit = quota.map(|quota| {
            let limiter = RateLimiter::direct_with_clock(quota, Hands::default());
            Arc::new(Limit { limiter, turn: tokio::sync::Mutex::new(()) })
        });
        Self { name, most, per, burst, limit }
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits until a command may start; `None` where none ever may.
    pub(crate) async fn pass<S: Future<Output = ()>>(
        &self,
        now: impl Fn() -> Duration,
        sleep: impl Fn(Duration) -> S,
    ) -> Option<()> {
        let limit = self.limit.as_ref()?;
        let _turn = limit.turn.lock().await;
        loop {
            // 64 bits of nanoseconds last for 584 years of a clock that starts with the process.
            let moment = Nanos::from(u64::try_from(now().as_nanos()).unwrap_or(u64::MAX));
            limit.limiter.clock().set(moment);
            match limit.limiter.check() {
                Ok(()) => return Some(()),
                // It may be told a time that has come already, by the hands that another thread has set meanwhile.
                Err(early) => sleep(early.wait_time_from(moment).max(Duration::from_nanos(1))).await,
            }
        }
    }

    /// Returns a number that tells it from others and orders them.
    pub(crate) fn id(&self) -> usize {
        self.limit.as_ref().map_or(0, |limit| Arc::as_ptr(limit).addr())
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, most, per, burst, .. } = self;
        write!(f, "RateLimit({name:?}, {most} in {per:?}, {burst} at once)")
    }
}
