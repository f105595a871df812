//! Takes the time of something that is done again and again.
#![expect(
    clippy::disallowed_methods,
    reason = "a bench measures with the clock, and not through what it measures"
)]

use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::Result;

/// How often something is done for one sample.
#[derive(Clone, Copy, Default)]
pub(crate) struct Pace {
    /// Laps that are not counted: they load code and fill caches.
    pub(crate) warm_up: usize,
    pub(crate) laps: usize,
}

impl Pace {
    /// For what takes less than a millisecond.
    pub(crate) const QUICK: Self = Self { warm_up: 20, laps: 300 };
    /// For what takes longer.
    pub(crate) const SLOW: Self = Self { warm_up: 1, laps: 3 };
    /// For what takes seconds.
    pub(crate) const ONCE: Self = Self { warm_up: 0, laps: 1 };
}

/// Laps of this length need no long warm-up.
const LONG_LAP: Duration = Duration::from_millis(20);

/// When the laps that count have taken this long, there are enough, if there are [`FEWEST`].
const ENOUGH: Duration = Duration::from_secs(2);
const FEWEST: usize = 3;

/// The times of one sample.
#[derive(Default)]
pub(crate) struct Laps {
    pace: Pace,
    begun: Option<Instant>,
    times: Vec<Duration>,
}

impl Laps {
    pub(crate) fn new(pace: Pace) -> Self {
        Self { pace, ..Self::default() }
    }

    /// Takes the time of each call of `lap`.
    pub(crate) fn each(&mut self, mut lap: impl FnMut() -> Result<()>) -> Result<()> {
        while self.more() {
            self.begin();
            lap()?;
            self.end();
        }
        Ok(())
    }

    /// Takes the time of each call of `lap`, on this runtime.
    pub(crate) fn each_on(
        &mut self,
        runtime: &Runtime,
        mut lap: impl AsyncFnMut() -> Result<()>,
    ) -> Result<()> {
        runtime.block_on(async {
            while self.more() {
                self.begin();
                lap().await?;
                self.end();
            }
            Ok(())
        })
    }

    /// Tells whether another lap is needed.
    pub(crate) fn more(&self) -> bool {
        let counted = self.counted();
        let spent: Duration = counted.iter().sum();
        counted.len() < self.pace.laps && (counted.len() < FEWEST || spent < ENOUGH)
    }

    pub(crate) fn begin(&mut self) {
        self.begun = Some(Instant::now());
    }

    pub(crate) fn end(&mut self) {
        self.end_beyond(Duration::ZERO);
    }

    /// Ends a lap of which so much is not counted.
    pub(crate) fn end_beyond(&mut self, known: Duration) {
        if let Some(begun) = self.begun.take() {
            self.times.push(begun.elapsed().saturating_sub(known));
        }
    }

    fn counted(&self) -> &[Duration] {
        let long = self.times.get(1).is_some_and(|second| *second > LONG_LAP);
        let warm_up = if long { self.pace.warm_up.min(1) } else { self.pace.warm_up };
        self.times.get(warm_up..).unwrap_or_default()
    }

    /// Returns the middle of the laps that count, in nanoseconds.
    pub(crate) fn median(&self) -> Option<u64> {
        let mut times: Vec<u128> = self.counted().iter().map(Duration::as_nanos).collect();
        times.sort_unstable();
        u64::try_from(*times.get(times.len() / 2)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, ENOUGH, LONG_LAP, Laps, Pace};

    fn laps(pace: Pace, times: &[Duration]) -> Laps {
        Laps { pace, times: times.to_vec(), ..Laps::default() }
    }

    #[test]
    fn laps_of_the_warm_up_do_not_count() {
        let pace = Pace { warm_up: 2, laps: 9 };
        assert_eq!(laps(pace, &[LONG_LAP; 2]).median(), None);
        let times = [9, 9, 3, 1, 2].map(Duration::from_nanos);
        assert_eq!(laps(pace, &times).median(), Some(2));
    }

    #[test]
    fn long_laps_need_little_warming_up_and_few_of_them_are_enough() {
        assert_eq!(laps(Pace::QUICK, &[2 * LONG_LAP; 2]).median(), Some(40_000_000));
        assert!(laps(Pace::QUICK, &[ENOUGH; 3]).more());
        assert!(!laps(Pace::QUICK, &[ENOUGH; 4]).more());
    }

    #[test]
    fn there_is_an_end() {
        let mut laps = Laps::new(Pace::QUICK);
        laps.each(|| Ok(())).unwrap();
        assert_eq!(laps.times.len(), Pace::QUICK.warm_up + Pace::QUICK.laps);
        let mut laps = Laps::new(Pace::ONCE);
        laps.each(|| Ok(())).unwrap();
        assert_eq!(laps.times.len(), 1);
    }
}
