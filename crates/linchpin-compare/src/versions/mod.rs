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

pub use changes::diff_versions;
pub use detail::{DetailLine, DiffSign};
pub use entry::{
    CitationSnapshot, RecordSnapshot, ValueDiff, VersionChange, VersionChangeKind, VersionDiff,
};
pub use groups::{ChangeGroup, ChangeImportance};
pub use report::VersionNames;
