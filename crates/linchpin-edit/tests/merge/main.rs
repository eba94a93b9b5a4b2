//! Two sides of one text put together: by example, and by thousands of random edits.

mod cases;
mod messy;
mod random;
#[path = "../support/random.rs"]
mod random_numbers;

use random_numbers::Random;
