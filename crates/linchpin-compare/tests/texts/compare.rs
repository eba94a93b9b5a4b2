//! Two documents side by side: sentences, commitments, what is confirmed, and series.

mod confirming;
mod matching;
mod sentences;
mod talks;
mod through;

/// Chance that is the same on every run (xorshift).
pub struct Chance(pub u64);

impl Chance {
    /// A number from 0 to below the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }

    /// One of several.
    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
