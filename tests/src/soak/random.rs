//! Choices that a seed repeats.

use std::time::Duration;

/// A linear congruential generator (Knuth's MMIX).
pub(super) struct Random(pub(super) u64);

impl Random {
    /// Returns a number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    /// Says yes one time in so many.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Returns up to 30 ms, and more than nothing.
    pub(super) fn pause(&mut self) -> Duration {
        Duration::from_micros(1 + self.below(30_000) as u64)
    }
}
