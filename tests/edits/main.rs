//! Edits of the text: each touches what it must and nothing else.

mod compare;
mod lists;
mod records;
