//! Edits by the tree: each is a few splices that touch nothing but what they must. Comments, blank
//! lines, the order of fields and the line endings stay; an item goes and comes with its own
//! comments.

mod carry;
mod insert;
mod relocate;
mod remove;

pub use carry::{Item, attributes, comments_above, copy, line_break, put, replace};
pub use insert::{Body, at_place, insert};
pub use relocate::relocate;
pub use remove::remove;
