//! Two versions of a register in words of the field.

#[path = "../../../linchpin-edit/tests/merge/messy.rs"]
#[allow(dead_code)]
mod messy;
mod mirror;
#[path = "../../../linchpin-edit/tests/support/random.rs"]
mod random_numbers;
#[path = "../../../linchpin-edit/tests/edits/random/registers.rs"]
#[allow(dead_code)]
mod registers;
mod words;

use random_numbers::Random;
