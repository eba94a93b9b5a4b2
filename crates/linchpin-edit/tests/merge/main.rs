//! Two sides of one text put together: by example, and by thousands of random edits.

mod cases;
mod messy;
mod random;
