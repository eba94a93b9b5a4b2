//! Two versions of a register, as an analyst would describe them: what is new, withdrawn, firmer,
//! weaker, assessed. Plain values.
//!
//! `edit::compare` finds which records and fields differ; here they get their meaning.

mod change_groups;
mod detail_lines;
mod record_changes;
pub mod report;
mod snapshots;
mod version_change;
mod version_diff;

pub use change_groups::{ChangeGroup, ChangeImportance};
pub use detail_lines::DetailLine;
pub use linchpin_report::DiffSign;
pub use report::VersionNames;
pub use version_change::{
    CitationSnapshot, DiffField, RecordSnapshot, ValueDiff, VersionChange, VersionChangeKind,
    VersionDiff,
};
pub use version_diff::diff_versions;
