//! Bytes in the place of random numbers. Once they are used up, the first of all choices is taken.

/// Random numbers, as the bytes have them.
pub struct Random {
    left: Vec<u8>,
}

impl Random {
    pub fn new(data: &[u8]) -> Self {
        let left = data.iter().rev().copied().collect();
        Random { left }
    }

    pub fn below(&mut self, limit: usize) -> usize {
        let mut number = 0;
        // As many bytes as the limit has.
        let mut most = limit.max(1) - 1;
        while most > 0 {
            number = number * 256 + usize::from(self.left.pop().unwrap_or(0));
            most /= 256;
        }
        number % limit.max(1)
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn one_of<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}
