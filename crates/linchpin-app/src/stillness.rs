//! Whether something on the disk stands still: what another program is just writing must not be
//! read, since half of it may be missing. Counted in looks and not in time, so that a test decides
//! how often is looked.

/// What is on the disk is read once so many looks in a row have seen the same.
pub(super) const LOOKS_UNTIL_STILL: u32 = 3;

/// What a look has seen, and for how long.
#[derive(Debug)]
pub(super) struct Stillness<S> {
    seen: Option<S>,
    looks: u32,
}

impl<S> Default for Stillness<S> {
    fn default() -> Self {
        Stillness {
            seen: None,
            looks: 0,
        }
    }
}

impl<S: Clone + PartialEq> Stillness<S> {
    /// Takes in a look; how many looks in a row have seen the same, this one among them.
    pub fn look(&mut self, now: &S) -> u32 {
        if self.seen.as_ref() == Some(now) {
            self.looks = self.looks.saturating_add(1);
        } else {
            self.seen = Some(now.clone());
            self.looks = 1;
        }
        self.looks
    }
}
