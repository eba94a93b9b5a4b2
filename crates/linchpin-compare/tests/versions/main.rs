//! Two versions of a register in words of the field.

#[path = "../../../linchpin-edit/tests/edits/random/dice.rs"]
#[allow(dead_code)]
mod dice;
#[path = "../../../linchpin-edit/tests/merge/messy.rs"]
#[allow(dead_code)]
mod messy;
mod mirror;
#[path = "../../../linchpin-edit/tests/edits/random/registers.rs"]
#[allow(dead_code)]
mod registers;
mod words;
