//! Two versions of a register in words of the field.

#[path = "../edits/random/dice.rs"]
#[allow(dead_code)]
mod dice;
#[path = "../merge/messy.rs"]
#[allow(dead_code)]
mod messy;
mod mirror;
#[path = "../edits/random/registers.rs"]
#[allow(dead_code)]
mod registers;
mod words;
