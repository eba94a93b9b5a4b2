//! One difference between two texts of a register, with words for it.

use super::display_value::DisplayValue;
use linchpin_register::RecordKind;
use linchpin_register::english::capitalize;
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

impl DiffSubject {
    /// `Commitment “Hold exercises”`, `The register`.
    pub fn label(&self) -> String {
        match self {
            DiffSubject::Register => "The register".into(),
            DiffSubject::Record { kind, title, .. } => capitalize(&record_label(*kind, title)),
        }
    }
}

/// `commitment “Hold exercises”`
pub(super) fn record_label(kind: RecordKind, title: &str) -> String {
    match title {
        "" => format!("{} without a name", kind.what()),
        title => format!("{} “{title}”", kind.what()),
    }
}

impl Difference {
    /// A short sentence without a period: `Commitment “Hold exercises”: status changed`.
    pub fn message(&self) -> String {
        let how = match &self.kind {
            DifferenceKind::Added { .. } => "added".into(),
            DifferenceKind::Removed { .. } => "removed".into(),
            DifferenceKind::Moved => "moved within its list".into(),
            DifferenceKind::Layout if self.subject == DiffSubject::Register => {
                return "Comments or layout changed".into();
            }
            DifferenceKind::Layout => "comments or layout changed".into(),
            DifferenceKind::Renamed { from } => match &self.subject {
                DiffSubject::Record { id, .. } => format!("id changed from {from} to {id}"),
                DiffSubject::Register => format!("id changed from {from}"),
            },
            DifferenceKind::Changed(fields) => changed_fields_message(fields),
        };
        format!("{}: {how}", self.subject.label())
    }
}

fn changed_fields_message(fields: &[FieldChange]) -> String {
    const MAX_NAMED: usize = 3;
    let name = |field: &FieldChange| field.name.replace('_', " ");
    match fields {
        [one] => {
            let how = match (&one.old, &one.new) {
                (None, _) => "added",
                (_, None) => "taken out",
                _ => "changed",
            };
            format!("{} {how}", name(one))
        }
        [first @ .., last] if fields.len() <= MAX_NAMED => {
            let first: Vec<String> = first.iter().map(name).collect();
            format!("{} and {} changed", first.join(", "), name(last))
        }
        many => {
            let first: Vec<String> = many.iter().take(MAX_NAMED - 1).map(name).collect();
            let rest = many.len() - first.len();
            format!("{} and {rest} more fields changed", first.join(", "))
        }
    }
}
