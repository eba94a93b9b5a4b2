//! A change of one value: in a record that stands in the text, or in one that is still being made.

use super::{Edit, EditTarget};
use linchpin_register::schema::PathStep;
use ron_lossless::RonValue;

/// A change of the value at a path.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldEdit {
    /// From the record to the value.
    pub path: Vec<PathStep>,
    pub change: ValueChange,
}

/// What happens to the value.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueChange {
    Set(RonValue),
    Remove,
    /// Adds an item to the list.
    Append(RonValue),
    /// Moves an item of the list.
    Move {
        from: usize,
        to: usize,
    },
}

impl FieldEdit {
    /// Sets a value.
    pub fn set(path: &[PathStep], value: RonValue) -> Self {
        FieldEdit {
            path: path.to_vec(),
            change: ValueChange::Set(value),
        }
    }

    /// Removes a value.
    pub fn remove(path: &[PathStep]) -> Self {
        FieldEdit {
            path: path.to_vec(),
            change: ValueChange::Remove,
        }
    }

    /// The edit that does it in the text.
    pub fn into_edit(self, target: &EditTarget) -> Edit {
        Edit::Field {
            target: target.clone(),
            edit: self,
        }
    }

    /// Does it to fields that stand in no text yet. What leads to the value is made where it is
    /// missing.
    pub fn apply_to_fields(self, fields: &mut Vec<(String, RonValue)>) {
        let mut root = RonValue::Record(std::mem::take(fields));
        fill(&mut root, &self.path, self.change);
        if let RonValue::Record(filled) = root {
            *fields = filled;
        }
    }
}

/// The value at a path among fields that stand in no text yet.
pub fn value_in_fields(fields: &[(String, RonValue)], path: &[PathStep]) -> Option<RonValue> {
    let (first, rest) = path.split_first()?;
    let PathStep::Field(name) = first else {
        return None;
    };
    let mut value = &fields.iter().find(|(other, _)| other == name)?.1;
    for step in rest {
        value = match (step, value) {
            (PathStep::Field(name), RonValue::Record(fields)) => {
                &fields.iter().find(|(other, _)| other == name)?.1
            }
            (PathStep::Index(index), RonValue::List(items)) => items.get(*index)?,
            _ => return None,
        };
    }
    Some(value.clone())
}

fn fill(value: &mut RonValue, path: &[PathStep], change: ValueChange) {
    let Some((step, rest)) = path.split_first() else {
        return here(value, change);
    };
    let gone = rest.is_empty() && change == ValueChange::Remove;
    match (*step, value) {
        (PathStep::Field(name), RonValue::Record(fields)) => {
            let at = fields.iter().position(|(other, _)| other == name);
            match at {
                Some(at) if gone => {
                    fields.remove(at);
                }
                Some(at) => fill(&mut fields[at].1, rest, change),
                None if gone => {}
                None => {
                    let mut new = empty_container(rest, &change);
                    fill(&mut new, rest, change);
                    fields.push((name.to_owned(), new));
                }
            }
        }
        (PathStep::Index(index), RonValue::List(items)) => match items.get_mut(index) {
            Some(_) if gone => {
                items.remove(index);
            }
            Some(item) => fill(item, rest, change),
            None if gone => {}
            None => {
                let mut new = empty_container(rest, &change);
                fill(&mut new, rest, change);
                items.push(new);
            }
        },
        _ => {}
    }
}

/// What a value is before anything is filled into it.
fn empty_container(rest: &[PathStep], change: &ValueChange) -> RonValue {
    match (rest.first(), change) {
        (Some(PathStep::Index(_)), _) | (None, ValueChange::Append(_)) => {
            RonValue::List(Vec::new())
        }
        _ => RonValue::Record(Vec::new()),
    }
}

fn here(value: &mut RonValue, change: ValueChange) {
    match (change, value) {
        (ValueChange::Set(new), value) => *value = new,
        (ValueChange::Append(item), RonValue::List(items)) => items.push(item),
        (ValueChange::Move { from, to }, RonValue::List(items)) if from < items.len() => {
            let item = items.remove(from);
            items.insert(to.min(items.len()), item);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{plan_edit, value_at};
    use linchpin_register::load;

    const CITATIONS: PathStep = PathStep::Field("citations");
    const PHRASE: PathStep = PathStep::Field("phrase");

    #[test]
    fn fields_in_no_text_are_filled_like_those_of_the_text() {
        let mut loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
        let id = loaded.register.commitments[0].id.as_str().to_owned();
        let target = EditTarget::Record(id);
        let names = ["title", "hedges", "citations", "note"];
        let read = |loaded: &linchpin_register::LoadedRegister| {
            let value = |name: &'static str| value_at(loaded, &target, &[PathStep::Field(name)]);
            names.map(value)
        };
        let given = names.iter().zip(read(&loaded));
        let mut fields: Vec<(String, RonValue)> = given
            .filter_map(|(name, value)| Some(((*name).to_owned(), value?)))
            .collect();
        let wish = |path: &[PathStep], change| FieldEdit {
            path: path.to_vec(),
            change,
        };
        let hedges = [PathStep::Field("hedges")];
        for wish in [
            FieldEdit::set(&[PathStep::Field("title")], RonValue::text("New")),
            wish(&hedges, ValueChange::Append(RonValue::text("maybe"))),
            wish(&hedges, ValueChange::Append(RonValue::text("perhaps"))),
            wish(&hedges, ValueChange::Move { from: 1, to: 0 }),
            FieldEdit::set(
                &[CITATIONS, PathStep::Index(0), PHRASE],
                RonValue::text("w"),
            ),
            FieldEdit::remove(&[CITATIONS, PathStep::Index(0), PHRASE]),
            FieldEdit::set(&[PathStep::Field("note")], RonValue::text("n")),
            FieldEdit::remove(&[PathStep::Field("note")]),
        ] {
            let change = plan_edit(&loaded, &wish.clone().into_edit(&target)).unwrap();
            loaded = load(change.apply_edits(&loaded.text).unwrap(), Vec::new());
            wish.apply_to_fields(&mut fields);
            for (name, value) in names.iter().zip(read(&loaded)) {
                assert_eq!(
                    value_in_fields(&fields, &[PathStep::Field(name)]).map(|v| v.line()),
                    value.map(|v| v.line())
                );
            }
        }
    }
}
