//! Edits of the text: each touches what it must and nothing else.

mod batches;
mod comments_and_layout;
mod compare;
mod lists;
mod merge_registers;
mod random;
#[path = "../support/random.rs"]
mod random_numbers;
mod records;
mod split;
