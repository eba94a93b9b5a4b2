//! Two versions of a register, told as an analyst would: what is new, withdrawn, firmer, weaker,
//! assessed. Plain values.
//!
//! `edit::compare` finds which records and fields differ; here they get their meaning.

mod changes;
mod detail;
mod entry;
mod grade;
mod groups;
mod history;
mod lists;
pub mod report;
mod sides;
mod tell;

pub use changes::changes;
pub use detail::{Line, Sign};
pub use entry::{Changes, Cited, Entry, Pair, Side, What};
pub use groups::{Group, Weight};
pub use report::Names;
