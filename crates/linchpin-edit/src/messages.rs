//! Every word that this crate shows: why an edit is refused, what undo steps are called, what
//! differs, what conflicts, what the texts say. Elsewhere these are kinds with their arguments, so
//! that nobody has to compare or cut a sentence, and another language is another file like this.

use crate::EditRefusal;
use crate::bulk::{BulkOperation, SkipReason};
use crate::diff::{DiffSubject, Difference, DifferenceKind, DisplayValue, FieldChange};
use crate::text_diagnostics::{PhraseHint, TextFinding};
use crate::three_way_merge::{ConflictKind, MergeConflict, MergeSide};
use crate::validation::InvalidValue;
use linchpin_register::RecordKind;
use linchpin_register::citation::MAX_PHRASE_WORDS;
use linchpin_register::english::capitalize;
use linchpin_register::schema::PathStep;
use ron_lossless::quote;
use std::fmt::{self, Display, Formatter};

/// The most words of a sentence or a paragraph that are shown.
pub const MAX_EXCERPT_WORDS: usize = 10;

/// A field's name as words: `legal_character` is "legal character".
pub(crate) fn field_words(name: &str) -> String {
    name.replace('_', " ")
}

/// A title, short enough for a list of undo steps.
pub(crate) fn truncate_title(text: &str) -> String {
    const MAX_CHARS: usize = 60;
    match text.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// The first words of a text, with "…" where there are more.
pub fn first_words(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(MAX_EXCERPT_WORDS).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    format!("{}{more}", first.join(" "))
}

/// A sentence without a period, or two with one between them.
impl Display for EditRefusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            EditRefusal::BrokenText => f.write_str(
                "The text has syntax errors. Fix them on the page “Data file”, or undo the last \
                change",
            ),
            EditRefusal::StaleText => f.write_str("The text has changed meanwhile; try again"),
            EditRefusal::SamePlace => f.write_str(
                "Two parts of this change meet at the same place; make them one after the other",
            ),
            EditRefusal::AcrossFiles => f.write_str("This would reach from one file into another"),
            EditRefusal::TooLarge => f.write_str("The text would be too large"),
            EditRefusal::NoRegister => f.write_str("The file holds no register"),
            EditRefusal::NoRecord(id) => write!(f, "There is no record “{id}” any more"),
            EditRefusal::NoField(name) => write!(f, "There is no field `{name}` here"),
            EditRefusal::NoList => f.write_str("This field holds no list"),
            EditRefusal::NoItem => f.write_str("There is no such item in the list"),
            EditRefusal::EmptyPath => f.write_str("Nothing says which field"),
            EditRefusal::Unreadable => f.write_str("This part of the file cannot be read just now"),
            EditRefusal::UnreadableList(kind) => {
                write!(f, "The list `{}` cannot be read just now", kind.list())
            }
            EditRefusal::Unlisted => f.write_str("This record stands in no list of the file"),
            EditRefusal::OneUnlisted => {
                f.write_str("One of these records stands in no list of the file")
            }
            EditRefusal::NoId => f.write_str("This record has no id of its own"),
            EditRefusal::InvalidId {
                id,
                suggestion: Some(suggestion),
            } => write!(f, "{} is no id; write {}", quote(id), quote(suggestion)),
            EditRefusal::InvalidId {
                suggestion: None, ..
            } => f.write_str("An id has lower-case letters, digits and single hyphens"),
            EditRefusal::TakenId(id) => {
                write!(f, "Another record has the id {} already", quote(id))
            }
            EditRefusal::RequiredLink { from, id, to } => write!(
                f,
                "The {} {} needs this {}: give it another one first, or remove it as well",
                from.what(),
                quote(id),
                to.what()
            ),
            EditRefusal::NoDocument(id) => write!(f, "There is no document `{id}`"),
            EditRefusal::NoText { document } => write!(f, "“{document}” has no text of its own"),
            EditRefusal::UnreadableText { document } => {
                write!(f, "“{document}” has no text that can be read")
            }
        }
    }
}

/// The value that an edit changes: the status of a record.
pub(crate) struct ValueName {
    /// The first field on the way to the value.
    pub field: Option<&'static str>,
    /// The record's title; `None` for the register's own fields.
    pub record: Option<String>,
}

impl Display for ValueName {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let field = self.field.map_or_else(|| "a field".into(), field_words);
        match &self.record {
            Some(title) => write!(f, "the {field} of “{title}”"),
            None => write!(f, "the {field} of the register"),
        }
    }
}

/// What an edit does, as the list of undo steps names it.
pub(crate) enum EditLabel {
    Change(ValueName),
    Set(ValueName),
    TakeOut(ValueName),
    AddTo(ValueName),
    Reorder(ValueName),
    AddRecord {
        kind: RecordKind,
        title: String,
    },
    Duplicate {
        title: String,
    },
    Remove {
        title: String,
    },
    RemoveMany {
        count: usize,
    },
    Rename {
        from: String,
        to: String,
    },
    Move {
        title: String,
    },
    AttachText {
        document: String,
    },
    DetachText {
        document: String,
    },
    AcceptText {
        document: String,
    },
    /// Several edits, by the name that whoever joined them gave.
    Batch(String),
}

impl Display for EditLabel {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            EditLabel::Change(value) => write!(f, "Change {value}"),
            EditLabel::Set(value) => write!(f, "Set {value}"),
            EditLabel::TakeOut(value) => write!(f, "Take out {value}"),
            EditLabel::AddTo(value) => write!(f, "Add to {value}"),
            EditLabel::Reorder(value) => write!(f, "Change the order of {value}"),
            EditLabel::AddRecord { kind, title } => write!(f, "Add the {} “{title}”", kind.what()),
            EditLabel::Duplicate { title } => write!(f, "Duplicate “{title}”"),
            EditLabel::Remove { title } => write!(f, "Remove “{title}”"),
            EditLabel::RemoveMany { count } => write!(f, "Remove {count} records"),
            EditLabel::Rename { from, to } => write!(f, "Rename {from} to {to}"),
            EditLabel::Move { title } => write!(f, "Move “{title}”"),
            EditLabel::AttachText { document } => write!(f, "Attach a text to “{document}”"),
            EditLabel::DetachText { document } => write!(f, "Detach the text of “{document}”"),
            EditLabel::AcceptText { document } => {
                write!(f, "Accept the changed text of “{document}”")
            }
            EditLabel::Batch(label) => f.write_str(label),
        }
    }
}

/// "Set the mode of 9 commitments", for the list of undo steps.
pub(crate) fn bulk_label(kind: RecordKind, operation: &BulkOperation, count: usize) -> String {
    let field = |path: &[PathStep]| {
        let name = path.iter().find_map(|step| step.name());
        name.map_or_else(|| "fields".into(), field_words)
    };
    let all = kind.noun().count(count);
    match operation {
        BulkOperation::SetValue { path, value: None } => {
            format!("Take out the {} of {all}", field(path))
        }
        BulkOperation::SetValue { path, .. } => format!("Set the {} of {all}", field(path)),
        BulkOperation::AppendItem { path, .. } if *path == [PathStep::Field("status")] => {
            format!("Assess {all}")
        }
        BulkOperation::AppendItem { path, .. } | BulkOperation::IncludeItem { path, .. } => {
            format!("Add to the {} of {all}", field(path))
        }
        BulkOperation::ExcludeItem { path, .. } => {
            format!("Take out of the {} of {all}", field(path))
        }
    }
}

/// A sentence without a period.
impl Display for SkipReason {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            SkipReason::Refused(why) => why.fmt(f),
            SkipReason::Invalid(diagnostic) => f.write_str(&diagnostic.message),
            SkipReason::BreaksOther { id, diagnostic } => {
                write!(f, "{id} would be wrong then. {}", diagnostic.message)
            }
        }
    }
}

/// What would be right, without a period.
impl Display for InvalidValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            InvalidValue::Empty => f.write_str("Write something here"),
            InvalidValue::MissingField(name) => write!(f, "Give the field {name}"),
            InvalidValue::InField(name, why) => write!(f, "{name}: {why}"),
            InvalidValue::NoRecord { kind, id } => {
                write!(f, "There is no {} with the id “{id}”", kind.what())
            }
            InvalidValue::TooLarge { max } => {
                write!(f, "This number is too large: at most {max}")
            }
            InvalidValue::NoFields => f.write_str("Fields in brackets belong here"),
            InvalidValue::Unreadable(diagnostic) => match &diagnostic.help {
                Some(help) => write!(f, "{}: {help}", diagnostic.message),
                None => f.write_str(&diagnostic.message),
            },
        }
    }
}

/// `commitment “Hold exercises”`
fn record_words(kind: RecordKind, title: &str) -> String {
    match title {
        "" => format!("{} without a name", kind.what()),
        title => format!("{} “{title}”", kind.what()),
    }
}

/// `Commitment “Hold exercises”`, `The register`.
impl Display for DiffSubject {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            DiffSubject::Register => f.write_str("The register"),
            DiffSubject::Record { kind, title, .. } => {
                f.write_str(&capitalize(&record_words(*kind, title)))
            }
        }
    }
}

/// A short sentence without a period: `Commitment “Hold exercises”: status changed`.
impl Display for Difference {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let subject = &self.subject;
        match (&self.kind, subject) {
            (DifferenceKind::Added { .. }, _) => write!(f, "{subject}: added"),
            (DifferenceKind::Removed { .. }, _) => write!(f, "{subject}: removed"),
            (DifferenceKind::Moved, _) => write!(f, "{subject}: moved within its list"),
            (DifferenceKind::Layout, DiffSubject::Register) => {
                f.write_str("Comments or layout changed")
            }
            (DifferenceKind::Layout, _) => write!(f, "{subject}: comments or layout changed"),
            (DifferenceKind::Renamed { from }, DiffSubject::Record { id, .. }) => {
                write!(f, "{subject}: id changed from {from} to {id}")
            }
            (DifferenceKind::Renamed { from }, DiffSubject::Register) => {
                write!(f, "{subject}: id changed from {from}")
            }
            (DifferenceKind::Changed(fields), _) => {
                write!(f, "{subject}: {}", changed_fields(fields))
            }
        }
    }
}

fn changed_fields(fields: &[FieldChange]) -> String {
    const MAX_NAMED: usize = 3;
    let name = |field: &FieldChange| field_words(&field.name);
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

/// What the quick fix of a phrase that is too long does.
pub(crate) fn shortening_label() -> String {
    format!("Keep {MAX_PHRASE_WORDS} words")
}

/// A list of no items, where a value is shown.
pub(crate) const EMPTY_LIST: &str = "nothing";

/// A sentence or two without the last period: `Commitment “Hold exercises”: you and the file both
/// changed the status`.
impl Display for MergeConflict {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let subject = &self.subject;
        let what = match (&self.field, subject) {
            (Some(field), _) => format!("the {}", field_words(field)),
            (None, DiffSubject::Record { kind, .. }) => format!("this {}", kind.what()),
            (None, DiffSubject::Register) => "the text".into(),
        };
        let is_whole_record = self.field.is_none() && matches!(subject, DiffSubject::Record { .. });
        match self.kind {
            ConflictKind::BothChanged => {
                write!(f, "{subject}: you and the file both changed {what}")
            }
            ConflictKind::BothAdded => match (&self.field, subject) {
                (None, DiffSubject::Record { kind, id, .. }) => write!(
                    f,
                    "You and the file both added a {} with the id “{id}”",
                    kind.what()
                ),
                _ => write!(f, "{subject}: you and the file both added {what}"),
            },
            ConflictKind::RemovedByUs if is_whole_record => {
                write!(f, "{subject}: you removed it, and the file changed it")
            }
            ConflictKind::RemovedByUs => {
                write!(f, "{subject}: you took out {what}, and the file changed it")
            }
            ConflictKind::RemovedByThem if is_whole_record => {
                write!(f, "{subject}: you changed it, and it is gone from the file")
            }
            ConflictKind::RemovedByThem => write!(
                f,
                "{subject}: you changed {what}, and it is gone from the file"
            ),
            ConflictKind::Incompatible => write!(
                f,
                "{subject}: what you changed and what the file changed do not fit together"
            ),
            ConflictKind::Reordered => {
                write!(
                    f,
                    "{subject}: you and the file both put {what} in another order"
                )
            }
            ConflictKind::Comments => match &self.field {
                Some(_) => write!(
                    f,
                    "{subject}: you and the file both changed the comments at {what}"
                ),
                None => write!(
                    f,
                    "{subject}: you and the file both changed the same comments"
                ),
            },
            ConflictKind::WholeText => f.write_str(
                "Your text and the file's differ, and they cannot be put together record by record",
            ),
        }
    }
}

impl MergeConflict {
    /// What it means to keep one side, for a button or next to a choice: `Keep it removed`,
    /// `Practice`.
    pub fn choice_label(&self, side: MergeSide) -> String {
        let (value, whole) = match side {
            MergeSide::Ours => (&self.values.ours, "Keep my version"),
            MergeSide::Theirs => (&self.values.theirs, "Keep the file's version"),
        };
        let words = |value: &Option<DisplayValue>| value.as_ref().map(|value| value.text.clone());
        // Two values that read alike differ in how they are written, so that is what is shown.
        let same_text = words(&self.values.ours) == words(&self.values.theirs);
        match (value, self.kind) {
            (_, ConflictKind::Reordered | ConflictKind::WholeText) => whole.into(),
            (None, ConflictKind::Comments) => "No comment".into(),
            (None, _) if self.values.base.is_none() => "Leave it out".into(),
            (None, _) => "Remove it".into(),
            (Some(value), _) if self.field.is_some() && same_text => value.source.clone(),
            (Some(value), _) if self.field.is_some() && !value.text.is_empty() => {
                value.text.clone()
            }
            (Some(_), _) => whole.into(),
        }
    }
}

impl TextFinding<'_> {
    /// What is wrong.
    pub(crate) fn message(&self) -> String {
        match self {
            TextFinding::PhraseNormalized { .. } => {
                "These words stand there but for quotation marks, dashes, case or white space"
                    .into()
            }
            TextFinding::PhraseMoved { phrase, from, to } => format!(
                "The phrase \"{}\" stands in paragraph {to}, not in {from}",
                first_words(phrase)
            ),
            TextFinding::PhraseAmbiguous {
                phrase,
                from,
                count,
                ..
            } => format!(
                "The phrase \"{}\" does not stand in paragraph {from}, but in {count} others",
                first_words(phrase)
            ),
            TextFinding::PhraseBroken(_) => {
                "Citation broken: these words stand nowhere in the text".into()
            }
            TextFinding::TextMissing { why, .. } => {
                format!("The text of this document cannot be read: {why}")
            }
            TextFinding::TextChanged { .. } => {
                "The text of this document is another one than the one that was attached".into()
            }
            TextFinding::OpenSentences { open, all, .. } => {
                let has = if *open == 1 { "has" } else { "have" };
                format!(
                    "{open} of the {all} sentences of this document {has} neither a record nor a \
                    dismissal"
                )
            }
        }
    }

    /// What would be right.
    pub(crate) fn help(&self) -> String {
        match self {
            TextFinding::PhraseNormalized { words } => {
                format!("write \"{}\", as the text has it", first_words(words))
            }
            TextFinding::PhraseMoved { to, .. } => format!("write paragraph: {to}"),
            TextFinding::PhraseAmbiguous { first, .. } => format!(
                "write the paragraph that is meant; the first is {first}. More words would make \
                it the only place"
            ),
            TextFinding::PhraseBroken(PhraseHint::NoParagraph) => {
                "write words that stand in the text, and their paragraph".into()
            }
            TextFinding::PhraseBroken(PhraseHint::OutOfRange { paragraph, count }) => {
                format!("there is no paragraph {paragraph}: the text has {count}")
            }
            TextFinding::PhraseBroken(PhraseHint::Passage { paragraph, words }) => {
                format!("paragraph {paragraph} has \"{}\"", first_words(words))
            }
            TextFinding::PhraseBroken(PhraseHint::NoPassage { paragraph }) => format!(
                "write words that stand in paragraph {paragraph}, or the paragraph where these \
                stand in the document"
            ),
            TextFinding::TextMissing { path, .. } => {
                format!("put it at \"{path}\" next to the register, or attach it again")
            }
            TextFinding::TextChanged {
                citations_hold: true,
            } => "every phrase stands in it as it is now: take it as the text that is meant, or \
                attach the one that was"
                .into(),
            TextFinding::TextChanged {
                citations_hold: false,
            } => "fix the citations that no longer stand in it first, or attach the text that was"
                .into(),
            TextFinding::OpenSentences {
                sentence,
                paragraph,
                words,
                ..
            } => format!(
                "code or dismiss them, or write how far it is coded. The first is sentence \
                {sentence} of paragraph {paragraph}: \"{}\"",
                first_words(words)
            ),
        }
    }

    /// What its quick fix does; empty where it has none.
    pub(crate) fn fix_label(&self) -> String {
        match self {
            TextFinding::PhraseNormalized { .. } => "Write the text's own words".into(),
            TextFinding::PhraseMoved { to, .. } => format!("Write paragraph {to}"),
            TextFinding::TextChanged { .. } => "Take the text as it is now".into(),
            TextFinding::PhraseAmbiguous { .. }
            | TextFinding::PhraseBroken(_)
            | TextFinding::TextMissing { .. }
            | TextFinding::OpenSentences { .. } => String::new(),
        }
    }
}

/// The words of completions.
pub(crate) mod completion_words {
    use linchpin_register::RecordKind;
    use linchpin_register::schema::FieldSpec;

    pub(crate) const NEW_REGISTER: &str = "New register";
    pub(crate) const FORMAT_DETAIL: &str = "whole number";
    pub(crate) const FORMAT_HELP: &str = "The version of the format.";
    pub(crate) const LIST: &str = "list";
    pub(crate) const RECORD_LIST: &str = "a list of records";
    pub(crate) const CHARTABLE_YES: &str = "it may be drawn in charts";
    pub(crate) const CHARTABLE_NO: &str = "it is never drawn, for this reason";

    /// "New commitment"
    pub(crate) fn new_record(kind: RecordKind) -> String {
        format!("New {}", kind.what())
    }

    /// What a field holds: "list: id of a theme".
    pub(crate) fn field_shape(spec: &FieldSpec) -> String {
        match spec.is_list() {
            true => format!("{LIST}: {}", spec.shape),
            false => spec.shape.to_owned(),
        }
    }

    /// A record inside another, by the name of its type.
    pub(crate) fn nested_record(type_name: &'static str) -> &'static str {
        match type_name {
            "Annotation" => "annotation",
            "Assessment" => "assessment",
            "Base" => "base",
            "Channel" => "channel",
            "Citation" => "citation",
            "Continuity" => "continuity",
            "Dated" => "dated",
            "Derivation" => "derivation",
            "Filter" => "filter",
            "Order" => "order",
            "Period" => "period",
            "ReferenceLine" => "reference line",
            other => other,
        }
    }
}
