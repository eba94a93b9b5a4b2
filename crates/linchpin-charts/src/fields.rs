//! The fields by which a chart can group, place and measure records, whatever their type.

use super::refusal::Refusal;
use super::share;
use linchpin_register::declare::{FieldSpec, PathStep, Visit};
use linchpin_register::form::Choice;
use linchpin_register::query::Facet;
use linchpin_register::query::facet::NONE_KEY;
use linchpin_register::tables;
use linchpin_register::{Commitment, Date, Form, RecordKind, RecordRef, Register, Step};
use ron_lossless::nearest;

/// A field of one record type, as far as charts use it.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its name in the file, or the name of a facet of the type's table.
    pub name: &'static str,
    pub kind: RecordKind,
    pub holds: Holds,
}

/// What stands in a field.
#[derive(Clone, Copy)]
pub enum Holds {
    /// Links to records of a type.
    Links(RecordKind),
    /// Words of a vocabulary.
    Choices(&'static [Choice]),
    /// What the type's table is narrowed by and no field says by itself.
    Facet(&'static Facet),
    /// Text.
    Words,
    /// Whole numbers.
    Numbers,
    /// A stated number with its bound.
    Amount,
    /// Dates.
    Dates,
}

impl Field {
    /// Every field of a type that a chart can use: the declared ones, then the facets.
    pub fn all(kind: RecordKind) -> Vec<Field> {
        let declared = kind.fields().iter().filter_map(|spec| {
            Some(Field {
                name: spec.name,
                kind,
                holds: holds(spec)?,
            })
        });
        let mut all: Vec<Field> = declared.collect();
        for facet in &tables::of_kind(kind).facets {
            if all.iter().all(|field| field.name != facet.key) {
                all.push(Field {
                    name: facet.key,
                    kind,
                    holds: Holds::Facet(facet),
                });
            }
        }
        all
    }

    /// The field of a type with this name. `channel` is the part of the chart that names it.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find(kind: RecordKind, name: &str, channel: &'static str) -> Result<Field, Refusal> {
        let all = Field::all(kind);
        if let Some(field) = all.iter().find(|field| field.name == name) {
            return Ok(*field);
        }
        let names: Vec<&str> = all.iter().map(|field| field.name).collect();
        let way_out = match nearest(name, names.iter().copied()) {
            Some(near) => format!("Write \"{near}\"."),
            None => format!("Choose one of: {}.", names.join(", ")),
        };
        let why = format!("A {} has no field “{name}” to draw.", kind.what());
        Err(Refusal::new(channel, why, way_out))
    }

    /// Its declaration; `None` for what a table is narrowed by.
    pub fn spec(&self) -> Option<&'static FieldSpec> {
        self.kind
            .fields()
            .iter()
            .find(|spec| spec.name == self.name)
    }

    /// Whether records can be grouped by it.
    pub fn is_groups(&self) -> bool {
        !matches!(self.holds, Holds::Amount)
    }

    /// Its name in words: "in force", "theme".
    pub fn words(&self) -> String {
        match self.holds {
            Holds::Links(kind) => noun(kind).0.to_owned(),
            _ => self.name.replace('_', " "),
        }
    }

    /// The keys of the groups in which a record stands: ids, names of vocabulary words, text,
    /// years. Each once.
    pub fn keys(&self, register: &Register, at: RecordRef) -> Vec<String> {
        let mut keys = Vec::new();
        let mut add = |key: String| {
            if !key.trim().is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        };
        match self.holds {
            Holds::Facet(facet) => (facet.values)(register, at.index as usize, &mut |key, _| {
                add(key.to_owned())
            }),
            Holds::Links(RecordKind::Step) if at.kind == RecordKind::Commitment => {
                // A child has its parent's strength.
                let commitment = register.commitments.get(at.index as usize);
                if let Some(step) = commitment.and_then(|c| Commitment::step(c, register)) {
                    add(step.id.as_str().to_owned());
                }
            }
            Holds::Choices(choices) => self.walk(register, at, &mut |visit| {
                if let Visit::Text(label) = visit
                    && let Some(choice) = choices.iter().find(|c| c.label == label)
                {
                    add(choice.name.to_owned());
                }
            }),
            Holds::Links(_) => self.walk(register, at, &mut |visit| {
                if let Visit::Link(link) = visit {
                    add(link.id().to_owned());
                }
            }),
            Holds::Words => self.walk(register, at, &mut |visit| {
                if let Visit::Text(text) = visit {
                    add(text.to_owned());
                }
            }),
            Holds::Numbers => self.walk(register, at, &mut |visit| {
                if let Visit::Number(number) = visit {
                    add(number.to_string());
                }
            }),
            Holds::Dates => {
                for date in self.dates(register, at) {
                    add(format!("{:.0}", date.start_year().floor()));
                }
            }
            Holds::Amount => {}
        }
        keys
    }

    /// The dates that a record has in it, in their order.
    pub fn dates(&self, register: &Register, at: RecordRef) -> Vec<Date> {
        let mut dates = Vec::new();
        self.walk(register, at, &mut |visit| {
            if let Visit::Date(date) = visit {
                dates.push(date);
            }
        });
        dates
    }

    /// Visits what stands in the field itself, not in the citations within it.
    fn walk(&self, register: &Register, at: RecordRef, visit: &mut dyn FnMut(Visit<'_>)) {
        let Some(record) = register.record(at) else {
            return;
        };
        let mine = PathStep::Field(self.name);
        record.walk(&mut Vec::new(), &mut |path, value| {
            let within = path.iter().skip(1).filter_map(|step| step.name());
            if path.first() == Some(&mine) && within.into_iter().all(|name| name != "citations") {
                visit(value);
            }
        });
    }
}

/// What a chart can do with a declared field; `None`: nothing.
fn holds(spec: &FieldSpec) -> Option<Holds> {
    Some(match spec.form {
        Form::Link(kind) => Holds::Links(kind),
        Form::Choice { choices, .. } => Holds::Choices(choices),
        Form::Text | Form::Id => Holds::Words,
        Form::WholeNumber { .. } => Holds::Numbers,
        Form::Amount => Holds::Amount,
        Form::Date => Holds::Dates,
        Form::Record {
            what: "Dated" | "Period",
            ..
        } => Holds::Dates,
        Form::Record { .. } | Form::Flag | Form::Chartable => return None,
    })
}

/// The words for one and for several records of a type, in running text.
pub fn noun(kind: RecordKind) -> (&'static str, String) {
    match kind {
        RecordKind::Step => ("strength", "steps".into()),
        kind => (kind.what(), kind.noun().many.to_owned()),
    }
}

/// The name of a group: of a record where its key is one's id, of a word where it is one of a
/// vocabulary.
pub fn group_name(register: &Register, field: &Field, key: &str, short: bool) -> String {
    if let Some(at) = register.find(key) {
        return record_name(register, at, short);
    }
    match field.holds {
        Holds::Choices(choices) => choices
            .iter()
            .find(|c| c.name == key)
            .map_or_else(|| share::name(key), |c| c.label.to_owned()),
        _ => share::name(key),
    }
}

/// How a record is named in a chart.
pub fn record_name(register: &Register, at: RecordRef, short: bool) -> String {
    let Some(record) = register.record(at) else {
        return String::new();
    };
    match at.kind {
        RecordKind::Step => register
            .get::<Step>(record.id())
            .map_or_else(String::new, |step| step_name(step, short)),
        RecordKind::Party if !short => share::party(register, record.id()),
        _ if short => share::name(record.short()),
        _ => share::name(record.title()),
    }
}

fn step_name(step: &Step, short: bool) -> String {
    let label = share::name(&step.label);
    match step.rank {
        Some(rank) if short => rank.to_string(),
        Some(rank) => format!("{rank} · {label}"),
        None => label,
    }
}

/// The key under which a filter names records that have nothing in a field.
pub const NOTHING: &str = NONE_KEY;
