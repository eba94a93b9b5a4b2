//! Edits of the text: each touches what it must and nothing else.

mod carry;
mod compare;
mod join;
mod lists;
mod many;
mod random;
mod records;
mod split;
