//! One difference between two texts of a register, as text a short sentence.

use super::display_value::DisplayValue;
use linchpin_register::RecordKind;
use ron_lossless::Span;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub subject: DiffSubject,
    /// How.
    pub kind: DifferenceKind,
    /// Where it stands in the new text; `None` where nothing is left of it, or it stands nowhere in
    /// particular.
    pub span: Option<Span>,
}

/// What a difference or a conflict is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DiffSubject {
    /// The register's own fields, or the text around its records.
    Register,
    /// One record.
    Record {
        kind: RecordKind,
        /// Its id; empty where it has none.
        id: String,
        /// Its name on screen, else its id.
        title: String,
    },
}

/// How something differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The record is new; its text.
    Added { source: String },
    /// The record is gone; its text.
    Removed { source: String },
    /// Some of its fields say something else.
    Changed(Vec<FieldChange>),
    /// The same record with another id.
    Renamed { from: String },
    /// It stands at another place of its list.
    Moved,
    /// Only comments or the layout.
    Layout,
}

/// A field that says something else. At least one of `old` and `new` is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name in the file.
    pub name: String,
    /// `None` where the field is new.
    pub old: Option<DisplayValue>,
    /// `None` where the field is gone.
    pub new: Option<DisplayValue>,
}
