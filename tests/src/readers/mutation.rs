//! Changes bytes at random, the same way for the same seed.

/// A source of changes.
#[derive(Clone, Debug)]
pub struct Mutator(u64);

/// Bytes that mean something in one of the formats.
const SPECIAL: &[u8] = b"\0\n\r \t-+/|\\#0189:.,(){}<>\"'%=\x01\x1b\xff";

impl Mutator {
    /// Starts with a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number below `end`; 0 if that is 0. By SplitMix64.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        usize::try_from(mixed % end.max(1) as u64).unwrap_or(0)
    }

    /// Returns one of them, changed in one to eight places, at times joined with the end of another.
    pub fn change(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.pick(seeds);
        if self.below(8) == 0 {
            let other = self.pick(seeds);
            bytes.truncate(self.below(bytes.len() + 1));
            bytes.extend_from_slice(&other[self.below(other.len() + 1)..]);
        }
        for _ in 0..=self.below(8) {
            self.edit(&mut bytes);
        }
        bytes
    }

    fn pick(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        seeds.get(self.below(seeds.len())).cloned().unwrap_or_default()
    }

    fn edit(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let special = SPECIAL[self.below(SPECIAL.len())];
        let any = u8::try_from(self.below(256)).unwrap_or(0);
        let end = (at + self.below(40)).min(bytes.len());
        match self.below(8) {
            0 => bytes.insert(at, any),
            1 | 2 => bytes.insert(at, special),
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(at..end)),
            5 => {
                let copy = bytes[at..end].to_vec();
                let to = self.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            6 if at < bytes.len() => bytes[at] = special,
            _ if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            _ => bytes.push(any),
        }
    }
}
