//! What somebody fills in, field by field: of a record that stands in the text, or of one that is
//! still being made.

use super::{Edit, Target};
use linchpin_register::declare::PathStep;
use ron_lossless::RonValue;

/// One thing that is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// From the record to the value.
    pub path: Vec<PathStep>,
    pub want: Want,
}

/// What becomes of the value.
#[derive(Clone, Debug, PartialEq)]
pub enum Want {
    Set(RonValue),
    TakeOut,
    /// An item more in the list.
    Append(RonValue),
    /// An item of the list stands elsewhere in it.
    Move {
        from: usize,
        to: usize,
    },
}

impl Wish {
    /// A value given anew.
    pub fn set(path: &[PathStep], value: RonValue) -> Self {
        Wish {
            path: path.to_vec(),
            want: Want::Set(value),
        }
    }

    /// A value taken out.
    pub fn take_out(path: &[PathStep]) -> Self {
        Wish {
            path: path.to_vec(),
            want: Want::TakeOut,
        }
    }

    /// The edit that does it in the text.
    pub fn edit(self, target: &Target) -> Edit {
        let (target, path) = (target.clone(), self.path);
        match self.want {
            Want::Set(value) => Edit::Set {
                target,
                path,
                value: Some(value),
            },
            Want::TakeOut => Edit::Set {
                target,
                path,
                value: None,
            },
            Want::Append(item) => Edit::Append { target, path, item },
            Want::Move { from, to } => Edit::MoveItem {
                target,
                path,
                from,
                to,
            },
        }
    }

    /// Does it to fields that stand in no text yet. What leads to the value is made where it is
    /// missing.
    pub fn fill(self, fields: &mut Vec<(String, RonValue)>) {
        let mut root = RonValue::Record(std::mem::take(fields));
        fill(&mut root, &self.path, self.want);
        if let RonValue::Record(filled) = root {
            *fields = filled;
        }
    }
}

/// The value at a path among fields that stand in no text yet.
pub fn value_in(fields: &[(String, RonValue)], path: &[PathStep]) -> Option<RonValue> {
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

fn fill(value: &mut RonValue, path: &[PathStep], want: Want) {
    let Some((step, rest)) = path.split_first() else {
        return here(value, want);
    };
    let gone = rest.is_empty() && want == Want::TakeOut;
    match (*step, value) {
        (PathStep::Field(name), RonValue::Record(fields)) => {
            let at = fields.iter().position(|(other, _)| other == name);
            match at {
                Some(at) if gone => {
                    fields.remove(at);
                }
                Some(at) => fill(&mut fields[at].1, rest, want),
                None if gone => {}
                None => {
                    let mut new = empty(rest, &want);
                    fill(&mut new, rest, want);
                    fields.push((name.to_owned(), new));
                }
            }
        }
        (PathStep::Index(index), RonValue::List(items)) => match items.get_mut(index) {
            Some(_) if gone => {
                items.remove(index);
            }
            Some(item) => fill(item, rest, want),
            None if gone => {}
            None => {
                let mut new = empty(rest, &want);
                fill(&mut new, rest, want);
                items.push(new);
            }
        },
        _ => {}
    }
}

/// What a value is before anything is filled into it.
fn empty(rest: &[PathStep], want: &Want) -> RonValue {
    match (rest.first(), want) {
        (Some(PathStep::Index(_)), _) | (None, Want::Append(_)) => RonValue::List(Vec::new()),
        _ => RonValue::Record(Vec::new()),
    }
}

fn here(value: &mut RonValue, want: Want) {
    match (want, value) {
        (Want::Set(new), value) => *value = new,
        (Want::Append(item), RonValue::List(items)) => items.push(item),
        (Want::Move { from, to }, RonValue::List(items)) if from < items.len() => {
            let item = items.remove(from);
            items.insert(to.min(items.len()), item);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{plan, value_at};
    use linchpin_register::load;

    const CITATIONS: PathStep = PathStep::Field("citations");
    const PHRASE: PathStep = PathStep::Field("phrase");

    #[test]
    fn fields_in_no_text_are_filled_like_those_of_the_text() {
        let mut loaded = load(linchpin_register::bundled::TEXT, Vec::new());
        let id = loaded.register.commitments[0].id.as_str().to_owned();
        let target = Target::Record(id);
        let names = ["title", "hedges", "citations", "note"];
        let read = |loaded: &linchpin_register::Loaded| {
            let value = |name: &'static str| value_at(loaded, &target, &[PathStep::Field(name)]);
            names.map(value)
        };
        let given = names.iter().zip(read(&loaded));
        let mut fields: Vec<(String, RonValue)> = given
            .filter_map(|(name, value)| Some(((*name).to_owned(), value?)))
            .collect();
        let wish = |path: &[PathStep], want| Wish {
            path: path.to_vec(),
            want,
        };
        let hedges = [PathStep::Field("hedges")];
        for wish in [
            Wish::set(&[PathStep::Field("title")], RonValue::text("New")),
            wish(&hedges, Want::Append(RonValue::text("maybe"))),
            wish(&hedges, Want::Append(RonValue::text("perhaps"))),
            wish(&hedges, Want::Move { from: 1, to: 0 }),
            Wish::set(
                &[CITATIONS, PathStep::Index(0), PHRASE],
                RonValue::text("w"),
            ),
            Wish::take_out(&[CITATIONS, PathStep::Index(0), PHRASE]),
            Wish::set(&[PathStep::Field("note")], RonValue::text("n")),
            Wish::take_out(&[PathStep::Field("note")]),
        ] {
            let change = plan(&loaded, &wish.clone().edit(&target)).unwrap();
            loaded = load(change.apply_edits(&loaded.text).unwrap(), Vec::new());
            wish.fill(&mut fields);
            for (name, value) in names.iter().zip(read(&loaded)) {
                assert_eq!(
                    value_in(&fields, &[PathStep::Field(name)]).map(|v| v.line()),
                    value.map(|v| v.line())
                );
            }
        }
    }
}
