//! What images carry: cut out of the register, written into the three formats, read back, opened
//! again.

mod altered;
mod damage;
mod excerpts;
mod readers;
mod registers;
mod round_trip;
