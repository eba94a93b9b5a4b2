//! The fields by which a chart can group, place and measure records, whatever their type.

use super::captions;
use linchpin_register::document_fields::{
    DOCUMENT_NUMBER, DocumentField, cited_documents, spec_of, visit_field,
};
use linchpin_register::english::plural_of;
use linchpin_register::query::Facet;
use linchpin_register::query::facet::NONE_KEY;
use linchpin_register::query::fold::fold;
use linchpin_register::schema::{FieldSpec, VisitedValue};
use linchpin_register::{
    Commitment, Date, FieldType, LadderStep, RecordKind, RecordRef, Register, VocabularyTerm,
    tables,
};
use std::collections::HashMap;

/// A field of one record type, as far as charts use it.
#[derive(Clone, Copy)]
pub struct DataField {
    /// Its name in the file, the name of a field of the documents that the records cite, or that
    /// of a facet of the type's table.
    pub name: &'static str,
    pub kind: RecordKind,
    pub data_type: FieldDataType,
}

/// A field is one by its name and type.
impl PartialEq for DataField {
    fn eq(&self, other: &DataField) -> bool {
        (self.name, self.kind) == (other.name, other.kind)
    }
}

impl std::fmt::Debug for DataField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}.{}", self.kind, self.name)
    }
}

/// What stands in a field of a record, as a group of that field.
pub(super) struct GroupValue {
    /// As a filter names it.
    pub key: String,
    /// A year, or a whole number.
    pub number: Option<f64>,
}

/// What the groups of a field can be, in an order of their own.
#[derive(Clone, Copy)]
pub enum GroupDomain {
    /// The records of a list.
    Records(RecordKind),
    /// The words of a vocabulary.
    Terms(&'static [VocabularyTerm]),
}

/// What stands in a field.
#[derive(Clone, Copy)]
pub enum FieldDataType {
    /// Links to records of a type.
    Links(RecordKind),
    /// Words of a vocabulary.
    Vocabulary(&'static [VocabularyTerm]),
    /// What the type's table is narrowed by and no field says by itself.
    Facet(&'static Facet),
    /// Text.
    Text,
    /// Whole numbers.
    WholeNumbers,
    /// A stated number with its bound.
    Amount,
    /// Dates.
    Dates,
}

impl DataField {
    /// Every field of a type that a chart can use: the declared ones, those of the documents that
    /// its records cite, then the facets.
    pub fn all(kind: RecordKind) -> Vec<DataField> {
        let declared = kind.fields().iter().filter_map(|spec| {
            Some(DataField {
                name: spec.name,
                kind,
                data_type: data_type_of(spec)?,
            })
        });
        let of_documents = DocumentField::of_kind(kind).iter().filter_map(|field| {
            Some(DataField {
                name: field.name,
                kind,
                data_type: data_type_of(field.spec()?)?,
            })
        });
        let mut all: Vec<DataField> = declared.chain(of_documents).collect();
        for facet in &tables::of_kind(kind).facets {
            if all.iter().all(|field| field.name != facet.key) {
                all.push(DataField {
                    name: facet.key,
                    kind,
                    data_type: FieldDataType::Facet(facet),
                });
            }
        }
        all
    }

    /// The type of the records that it names: its own by their ids, or those that it links to, by
    /// itself or as what the table is narrowed by.
    pub fn named_kind(&self) -> Option<RecordKind> {
        match self.data_type {
            _ if is_id(self.kind, self.name) => Some(self.kind),
            FieldDataType::Links(kind) => Some(kind),
            FieldDataType::Facet(facet) => match facet.value_type {
                FieldType::Link(kind) => Some(kind),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether its groups are the documents that the records cite.
    pub fn is_cited_document(&self) -> bool {
        matches!(self.data_type, FieldDataType::Facet(_))
            && self.named_kind() == Some(RecordKind::Document)
    }

    /// The field of a type with this name.
    pub fn find(kind: RecordKind, name: &str) -> Option<DataField> {
        let all = DataField::all(kind);
        all.into_iter().find(|field| field.name == name)
    }

    /// Its declaration; `None` for what a table is narrowed by.
    pub fn spec(&self) -> Option<&'static FieldSpec> {
        spec_of(self.kind, self.name)
    }

    /// The same as a field of the documents that the records cite; `None` where it is their own.
    pub fn document_field(&self) -> Option<&'static DocumentField> {
        DocumentField::find(self.kind, self.name)
    }

    /// Whether records can be grouped by it.
    pub fn is_groupable(&self) -> bool {
        !matches!(self.data_type, FieldDataType::Amount)
    }

    /// What its groups can be, whether a field says it or what the table is narrowed by; `None`
    /// where they are as many as the records make.
    pub fn domain(&self) -> Option<GroupDomain> {
        match self.data_type {
            FieldDataType::Links(kind) => Some(GroupDomain::Records(kind)),
            FieldDataType::Vocabulary(terms) => Some(GroupDomain::Terms(terms)),
            FieldDataType::Facet(facet) => match facet.value_type {
                FieldType::Link(kind) => Some(GroupDomain::Records(kind)),
                FieldType::Vocabulary { terms, .. } => Some(GroupDomain::Terms(terms)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether its groups are the steps of the ladder.
    pub fn is_ladder(&self) -> bool {
        matches!(
            self.domain(),
            Some(GroupDomain::Records(RecordKind::LadderStep))
        )
    }

    /// Whether its groups are terms that a reader looks for, so that an empty one says something.
    pub fn has_looked_for_groups(&self) -> bool {
        matches!(
            self.domain(),
            Some(GroupDomain::Records(
                RecordKind::Theme | RecordKind::Priority | RecordKind::LadderStep
            ))
        )
    }

    /// The words of the vocabulary that its groups are; empty where they are none.
    pub fn terms(&self) -> &'static [VocabularyTerm] {
        match self.domain() {
            Some(GroupDomain::Terms(terms)) => terms,
            _ => &[],
        }
    }

    /// Its name in words: "in force", "theme".
    pub fn name_in_text(&self) -> String {
        if let Some(field) = self.document_field() {
            return field.noun.to_owned();
        }
        match self.data_type {
            FieldDataType::Links(kind) => kind_nouns(kind).0.to_owned(),
            _ => self.name.replace('_', " "),
        }
    }

    /// The words for one and for several of its groups: "theme", "themes".
    pub fn nouns(&self) -> (String, String) {
        match self.domain() {
            Some(GroupDomain::Records(RecordKind::LadderStep)) => ("step".into(), "steps".into()),
            // Several fields link to parties: who they are to the record tells them apart.
            Some(GroupDomain::Records(kind)) => match party_noun(self.name) {
                Some(one) if kind == RecordKind::Party => (one.to_owned(), plural_of(one)),
                _ => owned_nouns(kind_nouns(kind)),
            },
            _ if matches!(self.data_type, FieldDataType::Dates) => ("year".into(), "years".into()),
            _ if self.name == DOCUMENT_NUMBER => owned_nouns(kind_nouns(RecordKind::Document)),
            _ => match (self.vocabulary_noun(), self.named_kind()) {
                (Some(what), _) => (what.to_owned(), plural_of(what)),
                (None, Some(kind)) => owned_nouns(kind_nouns(kind)),
                (None, None) => ("group".into(), "groups".into()),
            },
        }
    }

    /// Whether its groups have a noun of their own.
    pub fn has_group_noun(&self) -> bool {
        self.domain().is_some()
    }

    fn vocabulary_noun(&self) -> Option<&'static str> {
        let field_type = match self.data_type {
            FieldDataType::Facet(facet) => facet.value_type,
            _ => self.spec()?.field_type,
        };
        match field_type {
            FieldType::Vocabulary { what, .. } => Some(what),
            _ => None,
        }
    }

    /// The keys of the groups in which a record stands: ids, names of vocabulary words, text,
    /// years. Each once.
    pub fn group_keys(&self, register: &Register, at: RecordRef) -> Vec<String> {
        let values = self.group_values(register, at).into_iter();
        values.map(|value| value.key).collect()
    }

    /// The same with the number of each that is one.
    pub(super) fn group_values(&self, register: &Register, at: RecordRef) -> Vec<GroupValue> {
        let mut values: Vec<GroupValue> = Vec::new();
        let mut add_value = |key: String, number: Option<f64>| {
            if !key.trim().is_empty() && values.iter().all(|value| value.key != key) {
                values.push(GroupValue { key, number });
            }
        };
        let mut add = |key: String| add_value(key, None);
        match self.data_type {
            FieldDataType::Facet(facet) => {
                (facet.values)(register, at.index as usize, &mut |key, _| {
                    add(key.to_owned())
                })
            }
            FieldDataType::Links(RecordKind::LadderStep) if at.kind == RecordKind::Commitment => {
                // A child has its parent's strength.
                let commitment = register.commitments.get(at.index as usize);
                if let Some(step) = commitment.and_then(|c| Commitment::effective_step(c, register))
                {
                    add(step.id.as_str().to_owned());
                }
            }
            // What a figure leaves out it means all the same.
            FieldDataType::Vocabulary(_)
                if at.kind == RecordKind::Figure && self.name == "measure" =>
            {
                let figure = register.figures.get(at.index as usize);
                figure
                    .into_iter()
                    .for_each(|it| add(it.effective_measure().name().to_owned()));
            }
            FieldDataType::Vocabulary(_) => self.visit_values(register, at, &mut |visit| {
                if let VisitedValue::Term(term) = visit {
                    add(term.name.to_owned());
                }
            }),
            FieldDataType::Links(_) => self.visit_values(register, at, &mut |visit| {
                if let VisitedValue::Link(link) = visit {
                    add(link.id().to_owned());
                }
            }),
            FieldDataType::Text => self.visit_values(register, at, &mut |visit| {
                if let VisitedValue::Text(text) = visit {
                    add(text.to_owned());
                }
            }),
            FieldDataType::WholeNumbers if self.name == DOCUMENT_NUMBER => {
                for (key, place) in places_in_series(register, at) {
                    add_value(key, Some(place));
                }
            }
            FieldDataType::WholeNumbers => self.visit_values(register, at, &mut |visit| {
                if let VisitedValue::Number(number) = visit {
                    add_value(number.to_string(), Some(number));
                }
            }),
            FieldDataType::Dates => {
                for date in self.dates(register, at) {
                    let words = date.year_group();
                    add_value(words, Some(f64::from(date.first_year())));
                }
            }
            FieldDataType::Amount => {}
        }
        values
    }

    /// The dates that a record has in it, in their order.
    pub fn dates(&self, register: &Register, at: RecordRef) -> Vec<Date> {
        let mut dates = Vec::new();
        self.visit_values(register, at, &mut |visit| {
            if let VisitedValue::Date(date) = visit {
                dates.push(date);
            }
        });
        dates
    }

    /// Visits what stands in the field itself, not in the citations within it.
    fn visit_values(
        &self,
        register: &Register,
        at: RecordRef,
        visit: &mut dyn FnMut(VisitedValue<'_>),
    ) {
        match self.document_field() {
            Some(field) => field.visit(register, at, visit),
            None => {
                if let Some(record) = register.record(at) {
                    visit_field(record, self.name, visit);
                }
            }
        }
    }
}

/// What the parties in a field are to its record.
fn party_noun(field: &str) -> Option<&'static str> {
    Some(match field {
        "committers" | "committer" => "committer",
        "recipients" => "recipient",
        "from" => "giver",
        "to" => "receiver",
        "subjects" => "subject",
        "stated_by" => "speaker",
        "issuers" => "issuer",
        "members" => "member",
        _ => return None,
    })
}

/// The places of the documents of a record in their series, each with what it sorts by. Where the
/// register has several series, the fifth of one is not the fifth of another: the series is named,
/// and its documents stay together.
fn places_in_series(register: &Register, at: RecordRef) -> Vec<(String, f64)> {
    let Some(record) = register.record(at) else {
        return Vec::new();
    };
    let numbered = register.documents.iter().filter(|d| d.number.is_some());
    let mut all_series: Vec<&str> = Vec::new();
    for document in numbered {
        let series = document.series.as_deref().unwrap_or_default();
        if !all_series.contains(&series) {
            all_series.push(series);
        }
    }
    let cited = cited_documents(register, record.citations()).into_iter();
    cited
        .filter_map(|document| {
            let (number, series) = (document.number?, document.series.as_deref());
            let place = all_series.iter().position(|it| Some(*it) == series);
            let key = match series {
                Some(series) if all_series.len() > 1 => format!("{series}, {number}"),
                _ => number.to_string(),
            };
            // Numbers are 32 bits: the next series begins behind the greatest of them.
            let place = place.unwrap_or_default() as f64 * (f64::from(u32::MAX) + 1.0);
            Some((key, place + f64::from(number)))
        })
        .collect()
}

/// What a chart can do with a declared field; `None`: nothing.
fn data_type_of(spec: &FieldSpec) -> Option<FieldDataType> {
    Some(match spec.field_type {
        FieldType::Link(kind) => FieldDataType::Links(kind),
        FieldType::Vocabulary { terms: choices, .. } => FieldDataType::Vocabulary(choices),
        FieldType::Text | FieldType::Id => FieldDataType::Text,
        FieldType::WholeNumber { .. } => FieldDataType::WholeNumbers,
        FieldType::Amount => FieldDataType::Amount,
        FieldType::Date => FieldDataType::Dates,
        FieldType::Record {
            what: "Dated" | "Period",
            ..
        } => FieldDataType::Dates,
        FieldType::Record { .. } | FieldType::Flag | FieldType::Chartable => return None,
    })
}

fn owned_nouns((one, more): (&str, String)) -> (String, String) {
    (one.to_owned(), more)
}

/// The words for one and for several records of a type, in running text.
pub fn kind_nouns(kind: RecordKind) -> (&'static str, String) {
    match kind {
        RecordKind::LadderStep => ("strength", "steps".into()),
        kind => (kind.what(), kind.noun().many.to_owned()),
    }
}

/// The name of a group: of a record where the field names such, of a word where it is one of a
/// vocabulary.
pub fn group_name(register: &Register, field: &DataField, key: &str, short: bool) -> String {
    // Only where the field holds ids: a word or a text may happen to be the id of a record.
    if let Some(kind) = field.named_kind()
        && let Some(at) = register.find(key).filter(|at| at.kind == kind)
    {
        return record_name(register, at, short);
    }
    let term = field.terms().iter().find(|term| term.name == key);
    term.map_or_else(|| captions::display_name(key), |term| term.label.to_owned())
}

/// How a record is named in a chart.
pub fn record_name(register: &Register, at: RecordRef, short: bool) -> String {
    let Some(record) = register.record(at) else {
        return String::new();
    };
    match at.kind {
        RecordKind::LadderStep => register
            .get::<LadderStep>(record.id())
            .map_or_else(String::new, |step| ladder_step_name(step, short)),
        RecordKind::Party if !short => captions::party_name(register, record.id()),
        _ if short => captions::display_name(record.short_title()),
        _ => captions::display_name(record.title()),
    }
}

fn ladder_step_name(step: &LadderStep, short: bool) -> String {
    let label = captions::display_name(&step.label);
    match step.rank {
        Some(rank) if short => rank.to_string(),
        Some(rank) => format!("{rank} · {label}"),
        None => label,
    }
}

/// The key under which a filter names records that have nothing in a field.
pub const NO_VALUE_KEY: &str = NONE_KEY;

/// The fields of a type that make sense in a channel, or in a `"filter"`: no long texts, no ids.
pub fn fields_for_channel(kind: RecordKind, channel: &str) -> Vec<DataField> {
    let mut all = DataField::all(kind);
    all.retain(|field| match field.data_type {
        FieldDataType::Text => {
            // A color, or a small chart, for each name would be one for each record.
            let places = matches!(channel, "x" | "y");
            let short = !LONG_TEXT_FIELDS.contains(&field.name) && !is_id(kind, field.name);
            short && (places || !NAME_FIELDS.contains(&field.name))
        }
        FieldDataType::Amount => matches!(channel, "x" | "y"),
        _ => true,
    });
    all
}

/// Texts that are read, not grouped by.
const LONG_TEXT_FIELDS: &[&str] = &[
    "statement",
    "note",
    "summary",
    "meaning",
    "mandate",
    "strength_note",
    "arithmetic",
    "qualifier",
    "url",
    "archive_url",
    "text",
];

/// Fields by which a record is named.
const NAME_FIELDS: &[&str] = &[
    "title",
    "name",
    "label",
    "short",
    "abbreviation",
    "native_name",
    "code",
];

fn is_id(kind: RecordKind, name: &str) -> bool {
    let spec = kind.fields().iter().find(|spec| spec.name == name);
    spec.is_some_and(|spec| matches!(spec.field_type, FieldType::Id))
}

impl DataField {
    /// Its name at the head of a list: "In force", "Theme".
    pub fn heading(&self) -> String {
        if let Some(field) = self.document_field() {
            return field.title.to_owned();
        }
        let words = match self.data_type {
            FieldDataType::Facet(facet) => facet.title.to_owned(),
            // Several fields may link to one type: who commits, who receives.
            FieldDataType::Links(_) => self.name.replace('_', " "),
            _ => self.name_in_text(),
        };
        let mut letters = words.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => words,
        }
    }

    /// What stands in it, in a word or two.
    pub fn data_type_text(&self) -> String {
        match self.data_type {
            FieldDataType::Links(kind) => kind_nouns(kind).1,
            FieldDataType::Vocabulary(choices) => format!("one of {} words", choices.len()),
            FieldDataType::Facet(_) => "groups of the table".into(),
            FieldDataType::Text => "text".into(),
            FieldDataType::WholeNumbers => "whole numbers".into(),
            FieldDataType::Amount => "stated numbers".into(),
            FieldDataType::Dates => "dates".into(),
        }
    }

    /// What the documentation says about it.
    pub fn help(&self) -> &'static str {
        match self.data_type {
            FieldDataType::Facet(_) => "What the table is narrowed by.",
            _ => self.spec().map_or("", |spec| spec.doc),
        }
    }
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// What a filter names it by.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// The name as a search finds it.
    pub folded: String,
    /// How many records have it.
    pub count: usize,
}

impl FieldValue {
    /// A value with its name.
    pub fn new(key: impl Into<String>, label: impl Into<String>, count: usize) -> Self {
        let label = label.into();
        FieldValue {
            key: key.into(),
            folded: fold(&label),
            label,
            count,
        }
    }
}

/// Every value of a field, the most frequent first, and then those that have nothing there.
pub fn field_values(register: &Register, field: &DataField) -> Vec<FieldValue> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<FieldValue> = Vec::new();
    let mut nothing = 0;
    for index in 0..register.count(field.kind) as u32 {
        let at = RecordRef {
            kind: field.kind,
            index,
        };
        let keys = field.group_keys(register, at);
        nothing += usize::from(keys.is_empty());
        for key in keys {
            match places.get(&key) {
                Some(&place) => all[place].count += 1,
                None => {
                    let label = match field.data_type {
                        FieldDataType::Facet(_) => facet_label(register, field, at, &key),
                        _ => group_name(register, field, &key, false),
                    };
                    places.insert(key.clone(), all.len());
                    all.push(FieldValue::new(key, label, 1));
                }
            }
        }
    }
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    if nothing > 0 && all.iter().all(|value| value.key != NO_VALUE_KEY) {
        all.push(FieldValue::new(NO_VALUE_KEY, "Nothing there", nothing));
    }
    all
}

fn facet_label(register: &Register, field: &DataField, at: RecordRef, wanted: &str) -> String {
    let mut found = wanted.to_owned();
    if let FieldDataType::Facet(facet) = field.data_type {
        (facet.values)(register, at.index as usize, &mut |key, label| {
            if key == wanted {
                label.clone_into(&mut found);
            }
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::{RecordKind, load};

    #[test]
    fn long_texts_and_ids_are_not_offered_and_names_only_as_places() {
        for &kind in RecordKind::ALL {
            for channel in ["x", "y", "color", "facet", "filter"] {
                for field in fields_for_channel(kind, channel) {
                    assert!(
                        !matches!(field.name, "id" | "statement" | "note"),
                        "{kind:?}"
                    );
                    let is_name = matches!(field.name, "title" | "name" | "label");
                    assert!(
                        !is_name || matches!(channel, "x" | "y"),
                        "{kind:?} {channel}"
                    );
                    assert!(!field.heading().is_empty() && !field.data_type_text().is_empty());
                }
            }
        }
        let has = |channel, name| {
            fields_for_channel(RecordKind::Figure, channel)
                .iter()
                .any(|field| field.name == name)
        };
        assert!(has("x", "amount") && !has("color", "amount") && has("facet", "unit"));
    }

    #[test]
    fn values_are_counted_and_the_most_frequent_comes_first() {
        let register = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new()).register;
        let field = DataField::find(RecordKind::Commitment, "priority").unwrap();
        let all = field_values(&register, &field);
        assert!(
            all.windows(2)
                .all(|two| two[1].key == NO_VALUE_KEY || two[0].count >= two[1].count)
        );
        let sum: usize = all.iter().map(|value| value.count).sum();
        assert_eq!(
            sum,
            register.commitments.len(),
            "each has one priority or none"
        );
        let first = register
            .find(&all[0].key)
            .and_then(|at| register.record(at))
            .unwrap();
        assert!(all[0].label.contains(first.title()), "{}", all[0].label);
    }
}
