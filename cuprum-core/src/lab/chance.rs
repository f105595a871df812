//! Numbers that look random and are the same for the same seed.

/// A generator of 64-bit numbers (`SplitMix64`, Steele, Lea and Flood, 2014): one state word, no dependency.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `limit`; 0 where the limit is 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit = limit as u64;
        // The remainder favours small numbers by less than one in 2^40 here, which no test can notice.
        usize::try_from(self.next().checked_rem(limit).unwrap_or_default()).unwrap_or_default()
    }

    /// Returns `true` once in so many times; never where that is 0.
    pub(super) fn one_in(&mut self, times: u32) -> bool {
        times != 0 && self.next().is_multiple_of(u64::from(times))
    }
}
