//! Many durations of one thing, and what people want to know of them.

use std::time::Duration;

/// Durations as they were measured.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// One more.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// How many.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// None yet.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them together.
    pub fn total(&self) -> Duration {
        self.0.iter().sum()
    }

    /// The duration that so many of a thousand don't exceed; zero of none.
    pub fn permille(&self, permille: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * permille / 1_000).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or_default()
    }

    /// Half of them don't exceed it.
    pub fn median(&self) -> Duration {
        self.permille(500)
    }

    /// One of a hundred exceeds it.
    pub fn p99(&self) -> Duration {
        self.permille(990)
    }

    /// The longest.
    pub fn longest(&self) -> Duration {
        self.0.iter().max().copied().unwrap_or_default()
    }

    /// Total over count; zero of none.
    pub fn mean(&self) -> Duration {
        let count = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.total().checked_div(count).unwrap_or_default()
    }
}

impl FromIterator<Duration> for Times {
    fn from_iter<I: IntoIterator<Item = Duration>>(times: I) -> Self {
        Self(times.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_durations() {
        let times: Times = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(times.median(), Duration::from_millis(51));
        assert_eq!(times.p99(), Duration::from_millis(100));
        assert_eq!(times.longest(), Duration::from_millis(100));
        assert_eq!(Times::default().p99(), Duration::ZERO);
    }
}
