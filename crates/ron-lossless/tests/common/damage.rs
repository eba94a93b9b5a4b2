//! Damage to texts, the same on every run: what keyboards, clipboards and merges do to them.
//!
//! A module of every test that reads damaged texts, also in other crates (by `#[path]`).

use ron_lossless::{Span, tokens};

/// xorshift: the same numbers on every run.
pub struct Random(pub u64);

impl Random {
    /// A number below `limit`; 0 where that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// A place between two characters.
    pub fn place(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }
}

/// Makes one slip: one of `pieces` is put in, a few bytes go, become a piece or come twice, or a
/// token goes.
pub fn damage_once(random: &mut Random, text: &mut String, pieces: &[&str]) {
    let start = random.place(text);
    let end = text.floor_char_boundary((start + random.below(8)).min(text.len()));
    match random.below(6) {
        0 => text.insert_str(start, pieces[random.below(pieces.len())]),
        1 => text.replace_range(start..end, ""),
        2 => text.replace_range(start..end, pieces[random.below(pieces.len())]),
        3 => {
            let copy = text[start..end].to_owned();
            text.insert_str(start, &copy);
        }
        _ => {
            let all: Vec<Span> = tokens(text).map(|token| token.span).collect();
            if let Some(span) = all.get(random.below(all.len())) {
                text.replace_range(span.range(), "");
            }
        }
    }
}
