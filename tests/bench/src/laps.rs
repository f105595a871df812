//! Takes the time of something that is done again and again.
#![expect(
    clippy::disallowed_methods,
    reason = "a bench measures with the clock, and not through what it measures"
)]

use std::time::{Duration, Instant};

/// Laps that are not counted: they load code and fill caches.
const WARM_UP: usize = 20;
const LAPS: usize = 300;

/// The times of one sample.
#[derive(Default)]
pub(crate) struct Laps {
    begun: Option<Instant>,
    times: Vec<Duration>,
}

impl Laps {
    /// Tells whether another lap is needed.
    pub(crate) fn more(&self) -> bool {
        self.times.len() < WARM_UP + LAPS
    }

    pub(crate) fn begin(&mut self) {
        self.begun = Some(Instant::now());
    }

    pub(crate) fn end(&mut self) {
        if let Some(begun) = self.begun.take() {
            self.times.push(begun.elapsed());
        }
    }

    /// Returns the middle of the laps that count, in nanoseconds.
    pub(crate) fn median(&self) -> Option<u64> {
        let mut times: Vec<u128> = self.times.iter().skip(WARM_UP).map(Duration::as_nanos).collect();
        times.sort_unstable();
        u64::try_from(*times.get(times.len() / 2)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, LAPS, Laps, WARM_UP};

    #[test]
    fn laps_of_the_warm_up_do_not_count() {
        let mut laps = Laps { times: vec![Duration::from_secs(9); WARM_UP], ..Laps::default() };
        assert_eq!(laps.median(), None);
        laps.times.extend([3, 1, 2].map(Duration::from_nanos));
        assert_eq!(laps.median(), Some(2));
    }

    #[test]
    fn there_is_an_end() {
        let mut laps = Laps::default();
        while laps.more() {
            laps.begin();
            laps.end();
        }
        assert_eq!(laps.times.len(), WARM_UP + LAPS);
    }
}
