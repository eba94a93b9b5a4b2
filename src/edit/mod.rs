//! What can be done to a register's text: edits of records, repairs, the house layout, comparison. Pure: texts in, texts and splices out.

pub mod repair;
