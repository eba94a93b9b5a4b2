//! Edits that somebody may wish for, at random.

use super::Random;
use super::model::specs;
use linchpin_edit::new_record::new_record_fields;
use linchpin_edit::{Edit, EditTarget, MoveDirection, ValueChange, value_at};
use linchpin_register::schema::{FieldCardinality, FieldSpec, PathStep};
use linchpin_register::unused_id;
use linchpin_register::{Date, FieldType, LoadedRegister, RecordKind, Register};
use ron_lossless::RonValue;

const WORDS: &[&str] = &[
    "alpha",
    "동맹 한미",
    "a \"b\"",
    "one\ntwo",
    "one\r\ntwo",
    "x // y",
    "/* z */ */ /*",
    "back\\slash\\",
    "tab\there \u{1}",
    "\"#",
    "r#\"",
    "\\n",
    "a sentence that is long enough to be laid over more lines than one, since a line of the house \
    ends after about a hundred characters",
];
const DATES: &[&str] = &["2020", "1950s", "2023-11", "2024-02-29", "0001-01-01"];
const NUMBERS: &[&str] = &["0", "7", "28500", "1234567", "0.25", "1000.5"];

/// An edit that can be made of this register, most often.
pub fn random_edit(now: &LoadedRegister, random: &mut Random) -> Option<Edit> {
    let register = &*now.register;
    let all: Vec<(RecordKind, &str)> = register
        .iter_records()
        .map(|(at, r)| (at.kind, r.id()))
        .collect();
    let (_, id) = *random.one_of(&all)?;
    let id = id.to_owned();
    Some(match random.below(20) {
        0..=1 => {
            let mut ids = vec![id];
            for _ in 0..random.below(3) {
                let (_, other) = *random.one_of(&all)?;
                if !ids.iter().any(|id| id == other) {
                    ids.push(other.to_owned());
                }
            }
            let unlink = !random.one_in(3);
            Edit::RemoveRecords { ids, unlink }
        }
        2 => Edit::DuplicateRecord {
            new_id: unused_id(register, &id),
            id,
        },
        3 => Edit::RenameRecord {
            new_id: unused_id(register, ["renamed", "새 이름", "a"][random.below(3)]),
            id,
        },
        4 => {
            let by = [
                MoveDirection::Up,
                MoveDirection::Down,
                MoveDirection::First,
                MoveDirection::Last,
            ][random.below(4)];
            Edit::MoveRecord { id, direction: by }
        }
        5 => {
            let kind = *random.one_of(RecordKind::ALL)?;
            let like = random.one_in(2).then_some(id);
            let today = Date::parse("2025-01-31").ok()?;
            let fields = new_record_fields(register, kind, like.as_deref(), today);
            let after = like.filter(|_| random.one_in(2));
            Edit::AddRecord {
                kind,
                fields,
                after,
            }
        }
        6 => {
            let mut edits = Vec::new();
            for _ in 0..2 + random.below(3) {
                let (kind, id) = *random.one_of(&all)?;
                let spec = random.one_of(kind.fields())?;
                let target = EditTarget::Record(id.to_owned());
                let path = vec![PathStep::Field(spec.name)];
                // No two may replace the same value.
                let again = |edit: &Edit| match edit {
                    Edit::Field { target: t, edit } => {
                        *t == target
                            && edit.path == path
                            && matches!(edit.change, ValueChange::Set(_))
                    }
                    _ => false,
                };
                if edits.iter().any(again) || matches!(spec.field_type, FieldType::Id) {
                    continue;
                }
                if let Some(item) = value(&spec.field_type, register, random, 2) {
                    edits.push(if spec.is_list() {
                        Edit::append(target, path, item)
                    } else {
                        Edit::set(target, path, Some(item))
                    });
                }
            }
            Edit::Batch {
                label: "Several".into(),
                edits,
            }
        }
        _ => {
            let (target, kind) = match random.one_in(8) {
                true => (EditTarget::Register, None),
                false => {
                    let kind = register.find(&id)?.kind;
                    (EditTarget::Record(id), Some(kind))
                }
            };
            of_field(now, target, specs(kind), random)?
        }
    })
}

/// An edit of a field, or of a part of it.
fn of_field(
    now: &LoadedRegister,
    target: EditTarget,
    specs: &'static [FieldSpec],
    random: &mut Random,
) -> Option<Edit> {
    let register = &*now.register;
    let mut spec = random.one_of(specs)?;
    let mut path = vec![PathStep::Field(spec.name)];
    loop {
        if matches!(spec.field_type, FieldType::Id) {
            return None;
        }
        if spec.is_list() {
            let count = match value_at(now, &target, &path) {
                Some(RonValue::List(items)) => items.len(),
                _ => 0,
            };
            match random.below(6) {
                0 => {
                    let (from, to) = (random.below(count + 1), random.below(count + 1));
                    return Some(Edit::move_item(target, path, from, to));
                }
                1 => {
                    let item = value(&spec.field_type, register, random, 2)?;
                    return Some(Edit::append(target, path, item));
                }
                2 => {
                    let value = list(spec, register, random, 2);
                    return Some(Edit::set(target, path, value));
                }
                3 => {
                    // Some of those that are there, so that others stay.
                    let Some(RonValue::List(mut items)) = value_at(now, &target, &path) else {
                        continue;
                    };
                    items.retain(|_| !random.one_in(3));
                    let more = value(&spec.field_type, register, random, 1)?;
                    if random.one_in(2) {
                        items.insert(random.below(items.len() + 1), more);
                    }
                    let value = (!items.is_empty()).then_some(RonValue::List(items));
                    return Some(Edit::set(target, path, value));
                }
                _ => {
                    // One behind the last makes a new one.
                    path.push(PathStep::Index(random.below(count + 1)));
                    if random.one_in(3) {
                        return Some(Edit::set(target, path, None));
                    }
                }
            }
        } else if random.one_in(4) && spec.cardinality != FieldCardinality::Required {
            return Some(Edit::set(target, path, None));
        }
        match spec.field_type {
            FieldType::Record { fields, .. } if random.one_in(2) => {
                spec = random.one_of(fields)?;
                path.push(PathStep::Field(spec.name));
            }
            _ => {
                let value = value(&spec.field_type, register, random, 2);
                return value.map(|value| Edit::set(target, path, Some(value)));
            }
        }
    }
}

fn list(
    spec: &FieldSpec,
    register: &Register,
    random: &mut Random,
    depth: usize,
) -> Option<RonValue> {
    let count = 1 + random.below(3);
    let items = (0..count).map(|_| value(&spec.field_type, register, random, depth));
    items.collect::<Option<Vec<RonValue>>>().map(RonValue::List)
}

/// A value that belongs where this form stands.
fn value(
    form: &FieldType,
    register: &Register,
    random: &mut Random,
    depth: usize,
) -> Option<RonValue> {
    let date = |random: &mut Random| Some(RonValue::text(*random.one_of(DATES)?));
    let number = |random: &mut Random| Some(RonValue::bare(*random.one_of(NUMBERS)?));
    Some(match form {
        FieldType::Text => RonValue::text(*random.one_of(WORDS)?),
        FieldType::Id => return None,
        FieldType::Link(kind) => {
            let ids: Vec<&str> = register
                .iter_records()
                .filter(|(at, _)| at.kind == *kind)
                .map(|(_, record)| record.id())
                .collect();
            RonValue::text(*random.one_of(&ids)?)
        }
        FieldType::Vocabulary { terms: choices, .. } => {
            RonValue::bare(random.one_of(choices)?.name)
        }
        FieldType::Date => date(random)?,
        FieldType::WholeNumber { max } => {
            let limit = (*max as usize).min(1_000_000);
            RonValue::bare(random.below(limit + 1).to_string())
        }
        FieldType::Flag => RonValue::bare("true"),
        FieldType::Chartable => match random.one_in(2) {
            true => RonValue::bare("Yes"),
            false => RonValue::Call("No".into(), vec![RonValue::text(*random.one_of(WORDS)?)]),
        },
        FieldType::Amount => match random.below(4) {
            0 => RonValue::Call("On".into(), vec![date(random)?]),
            1 => RonValue::Call("Named".into(), vec![RonValue::text(*random.one_of(WORDS)?)]),
            2 => RonValue::Call(
                "Between".into(),
                vec![RonValue::bare("-5"), RonValue::bare("28500")],
            ),
            _ => RonValue::Call("AtLeast".into(), vec![number(random)?]),
        },
        FieldType::Record { fields, .. } => {
            let mut given = Vec::new();
            for spec in *fields {
                let needed = spec.cardinality == FieldCardinality::Required;
                if !needed && (depth == 0 || !random.one_in(3)) {
                    continue;
                }
                let value = match spec.is_list() {
                    true => list(spec, register, random, depth.saturating_sub(1)),
                    false => value(&spec.field_type, register, random, depth.saturating_sub(1)),
                };
                match value {
                    Some(value) => given.push((spec.name.to_owned(), value)),
                    None if needed => return None,
                    None => {}
                }
            }
            RonValue::Record(given)
        }
    })
}
