//! Chance, with a seed.

/// SplitMix64: the same seed, the same rolls.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap_or_default()
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    /// Each of them by a chance of one in so many.
    pub fn some<T: Copy + Ord>(&mut self, from: &[T], n: usize) -> std::collections::BTreeSet<T> {
        from.iter().copied().filter(|_| self.one_in(n)).collect()
    }
}
