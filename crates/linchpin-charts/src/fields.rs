//! The fields by which a chart can group, place and measure records, whatever their type.

use super::captions;
use linchpin_register::english::plural_of;
use linchpin_register::field_type::VocabularyTerm;
use linchpin_register::query::Facet;
use linchpin_register::query::facet::NONE_KEY;
use linchpin_register::schema::{FieldSpec, PathStep, VisitedValue};
use linchpin_register::tables;
use linchpin_register::{Commitment, Date, FieldType, LadderStep, RecordKind, RecordRef, Register};

/// A field of one record type, as far as charts use it.
#[derive(Clone, Copy)]
pub struct DataField {
    /// Its name in the file, or the name of a facet of the type's table.
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
    /// Every field of a type that a chart can use: the declared ones, then the facets.
    pub fn all(kind: RecordKind) -> Vec<DataField> {
        let declared = kind.fields().iter().filter_map(|spec| {
            Some(DataField {
                name: spec.name,
                kind,
                data_type: data_type_of(spec)?,
            })
        });
        let mut all: Vec<DataField> = declared.collect();
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

    /// The field of a type with this name.
    pub fn find(kind: RecordKind, name: &str) -> Option<DataField> {
        let all = DataField::all(kind);
        all.into_iter().find(|field| field.name == name)
    }

    /// Its declaration; `None` for what a table is narrowed by.
    pub fn spec(&self) -> Option<&'static FieldSpec> {
        self.kind
            .fields()
            .iter()
            .find(|spec| spec.name == self.name)
    }

    /// Whether records can be grouped by it.
    pub fn is_groupable(&self) -> bool {
        !matches!(self.data_type, FieldDataType::Amount)
    }

    /// Its name in words: "in force", "theme".
    pub fn name_in_text(&self) -> String {
        match self.data_type {
            FieldDataType::Links(kind) => kind_nouns(kind).0.to_owned(),
            _ => self.name.replace('_', " "),
        }
    }

    /// The words for one and for several of its groups: "theme", "themes".
    pub fn nouns(&self) -> (String, String) {
        match self.data_type {
            FieldDataType::Links(RecordKind::LadderStep) => ("step".into(), "steps".into()),
            FieldDataType::Links(RecordKind::Party) if self.name == "committers" => {
                ("committer".into(), "committers".into())
            }
            FieldDataType::Links(kind) => {
                let (one, more) = kind_nouns(kind);
                (one.into(), more)
            }
            _ => match self.vocabulary_noun() {
                Some(what) => (what.to_owned(), plural_of(what)),
                None => ("group".into(), "groups".into()),
            },
        }
    }

    /// Whether its groups have a noun of their own.
    pub fn has_group_noun(&self) -> bool {
        matches!(self.data_type, FieldDataType::Links(_)) || self.vocabulary_noun().is_some()
    }

    fn vocabulary_noun(&self) -> Option<&'static str> {
        match (self.data_type, self.spec()?.field_type) {
            (FieldDataType::Vocabulary(_), FieldType::Vocabulary { what, .. }) => Some(what),
            _ => None,
        }
    }

    /// The keys of the groups in which a record stands: ids, names of vocabulary words, text,
    /// years. Each once.
    pub fn group_keys(&self, register: &Register, at: RecordRef) -> Vec<String> {
        let mut keys = Vec::new();
        let mut add = |key: String| {
            if !key.trim().is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        };
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
            FieldDataType::Vocabulary(choices) => self.visit_values(register, at, &mut |visit| {
                if let VisitedValue::Text(label) = visit
                    && let Some(choice) = choices.iter().find(|c| c.label == label)
                {
                    add(choice.name.to_owned());
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
            FieldDataType::WholeNumbers => self.visit_values(register, at, &mut |visit| {
                if let VisitedValue::Number(number) = visit {
                    add(number.to_string());
                }
            }),
            FieldDataType::Dates => {
                for date in self.dates(register, at) {
                    add(format!("{:.0}", date.start_decimal_year().floor()));
                }
            }
            FieldDataType::Amount => {}
        }
        keys
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
        let Some(record) = register.record(at) else {
            return;
        };
        let own_step = PathStep::Field(self.name);
        record.walk(&mut Vec::new(), &mut |path, value| {
            let within = path.iter().skip(1).filter_map(|step| step.name());
            if path.first() == Some(&own_step) && within.into_iter().all(|name| name != "citations")
            {
                visit(value);
            }
        });
    }
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

/// The words for one and for several records of a type, in running text.
pub fn kind_nouns(kind: RecordKind) -> (&'static str, String) {
    match kind {
        RecordKind::LadderStep => ("strength", "steps".into()),
        kind => (kind.what(), kind.noun().many.to_owned()),
    }
}

/// The name of a group: of a record where its key is one's id, of a word where it is one of a
/// vocabulary.
pub fn group_name(register: &Register, field: &DataField, key: &str, short: bool) -> String {
    if let Some(at) = register.find(key) {
        return record_name(register, at, short);
    }
    match field.data_type {
        FieldDataType::Vocabulary(choices) => choices
            .iter()
            .find(|c| c.name == key)
            .map_or_else(|| captions::display_name(key), |c| c.label.to_owned()),
        _ => captions::display_name(key),
    }
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
