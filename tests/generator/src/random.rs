//! The generator's own chance: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014), so
//! that no release of another crate changes what a seed gives. Integers alone: no machine rounds them differently.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, `bound`; 0 if there is nothing to choose from.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        let scaled = (self.next() >> 32) * u64::from(bound);
        u32::try_from(scaled >> 32).unwrap_or(0)
    }

    /// From `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }

    /// One of a list that can't be empty.
    pub(crate) fn pick<T: Copy, const N: usize>(&mut self, all: &[T; N]) -> T {
        const { assert!(N > 0, "nothing to pick from") };
        all[self.index(N)]
    }

    /// An index into a list of this length.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        let bound = u32::try_from(length).unwrap_or(u32::MAX);
        self.below(bound) as usize
    }

    /// So many of a list, in a random order, none twice.
    pub(crate) fn some_of<T: Copy>(&mut self, all: &[T], count: usize) -> Vec<T> {
        let mut left = all.to_vec();
        let count = count.min(left.len());
        (0..count)
            .map(|_| left.swap_remove(self.index(left.len())))
            .collect()
    }

    /// A rank below `count`: a few people are in many events, most in few. Of many, the first are equals, as in Mandelbrot's form of
    /// Zipf's law: among ten thousands of families none is in every tenth event, a board's busiest is in some hundreds a year.
    pub(crate) fn rank(&mut self, count: u32) -> u32 {
        let equals = (count / RANKS).max(1);
        if equals == 1 {
            return self.zipf(count);
        }
        let first = self.zipf(count / equals) * equals;
        first + self.below(equals)
    }

    /// Rank r about 1/r times as often as rank 1, as Zipf found of words. First a power of two, each as likely; then a rank within it.
    fn zipf(&mut self, count: u32) -> u32 {
        let powers = count.max(1).ilog2() + 1;
        let power = self.below(powers);
        let width = (count.max(1) - (1 << power) + 1).min(1 << power);
        (1 << power) - 1 + self.below(width)
    }
}

/// Ranks that are told apart by how often they come.
const RANKS: u32 = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn among_many_nobody_is_in_most() {
        let count = 20_000;
        let mut random = Random::new(1);
        let mut times = vec![0; count as usize];
        for _ in 0..1_000_000 {
            times[random.rank(count) as usize] += 1;
        }
        times.sort_unstable();
        assert!((900..2_500).contains(&times[19_999]), "{}", times[19_999]);
        assert!(times[10_000] < 50, "{}", times[10_000]);
    }

    #[test]
    fn the_stream_is_splitmix64() {
        // The first outputs for seed 1234567, as the reference implementation gives them.
        let mut random = Random::new(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn ranks_stay_below_their_count_and_the_first_come_often() {
        for count in [1, 2, 3, 250, 399] {
            let mut random = Random::new(u64::from(count));
            let ranks: Vec<u32> = (0..10_000).map(|_| random.rank(count)).collect();
            assert!(ranks.iter().all(|r| *r < count));
            let first = ranks.iter().filter(|r| **r == 0).count();
            assert!(first > 800, "{first} of {count}");
        }
    }

    #[test]
    fn some_of_a_list_are_different() {
        let mut some = Random::new(3).some_of(&[1, 2, 3, 4, 5], 9);
        some.sort_unstable();
        assert_eq!(some, [1, 2, 3, 4, 5]);
    }
}
