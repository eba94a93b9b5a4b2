//! Values to be filled in, as they are first written: `""`, `[]`, `(date: "", basis: )`.

use crate::new_record::is_required;
use linchpin_register::schema::{FieldCardinality, FieldSpec};
use linchpin_register::{FieldType, RecordKind};

/// A text with the place of the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Snippet {
    pub text: String,
    /// A byte offset into the text.
    pub caret: usize,
}

impl Snippet {
    /// The text with the cursor behind it.
    pub fn with_caret_at_end(text: impl Into<String>) -> Self {
        let text = text.into();
        Snippet {
            caret: text.len(),
            text,
        }
    }

    /// The text with the cursor before its last `bytes` bytes.
    fn with_caret_before_end(text: &str, bytes: usize) -> Self {
        Snippet {
            text: text.to_owned(),
            caret: text.len() - bytes,
        }
    }

    /// The shape with text around it; the cursor stays where it was.
    pub fn wrapped_in(self, before: &str, after: &str) -> Self {
        Snippet {
            caret: before.len() + self.caret,
            text: format!("{before}{}{after}", self.text),
        }
    }
}

/// The first shape of a field's value.
pub(super) fn field_snippet(spec: &FieldSpec) -> Snippet {
    match spec.is_list() {
        true => match spec.field_type {
            FieldType::Record { .. } => form_snippet(&spec.field_type).wrapped_in("[", "]"),
            _ => Snippet::with_caret_before_end("[]", 1),
        },
        false => form_snippet(&spec.field_type),
    }
}

/// The first shape of a value of this form; nothing where any first word would be a guess.
pub(super) fn form_snippet(form: &FieldType) -> Snippet {
    match form {
        FieldType::Text | FieldType::Id | FieldType::Link(_) | FieldType::Date => {
            Snippet::with_caret_before_end("\"\"", 1)
        }
        FieldType::Flag => Snippet::with_caret_at_end("true"),
        FieldType::Vocabulary { .. }
        | FieldType::WholeNumber { .. }
        | FieldType::Amount
        | FieldType::Chartable => Snippet::default(),
        FieldType::Record { what, fields } => record_snippet(what, fields),
    }
}

/// A record with the fields that it needs; the cursor stands in the first.
fn record_snippet(what: &str, fields: &[FieldSpec]) -> Snippet {
    let needed = fields
        .iter()
        .filter(|spec| is_in_record_snippet(what, spec));
    let mut out = Snippet::with_caret_at_end("(");
    for (index, spec) in needed.enumerate() {
        let before = match index {
            0 => format!("{}: ", spec.name),
            _ => format!(", {}: ", spec.name),
        };
        let value = field_snippet(spec);
        if index == 0 {
            out.caret = out.text.len() + before.len() + value.caret;
        }
        out.text.push_str(&before);
        out.text.push_str(&value.text);
    }
    out.text.push(')');
    out
}

/// Whether a field of a record inside another is written from the start.
fn is_in_record_snippet(what: &str, spec: &FieldSpec) -> bool {
    let place = what == "Citation" && ["paragraph", "phrase"].contains(&spec.name);
    spec.cardinality == FieldCardinality::Required || place
}

/// Whether a record is not sound without the field. `kind`: the record stands in a list of its own.
pub(super) fn is_required_in(kind: Option<RecordKind>, spec: &FieldSpec) -> bool {
    kind.map_or(spec.cardinality == FieldCardinality::Required, |kind| {
        is_required(kind, spec)
    })
}

/// The shape of a form of an amount, from its example: `On("2009-08-07")` is `On("")`.
pub(super) fn example_snippet(example: &str) -> Snippet {
    let Some((name, rest)) = example.split_once('(') else {
        return Snippet::with_caret_at_end(example);
    };
    let marks: String = rest
        .chars()
        .filter(|c| matches!(c, '"' | ',' | ' ' | ')'))
        .collect();
    let opening = usize::from(marks.starts_with('"'));
    Snippet {
        caret: name.len() + 1 + opening,
        text: format!("{name}({marks}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::{Citation, Event, amount::AMOUNT_FORMS};

    fn shown(shape: Snippet) -> String {
        let (before, after) = shape.text.split_at(shape.caret);
        format!("{before}|{after}")
    }

    #[test]
    fn shapes_have_what_is_needed() {
        let of = |fields: &[FieldSpec], name: &str| {
            shown(field_snippet(
                fields.iter().find(|spec| spec.name == name).unwrap(),
            ))
        };
        assert_eq!(of(Event::FIELDS, "title"), "\"|\"");
        assert_eq!(of(Event::FIELDS, "themes"), "[|]");
        assert_eq!(of(Event::FIELDS, "date"), "(date: \"|\", basis: )");
        assert_eq!(
            of(Event::FIELDS, "citations"),
            "[(document: \"|\", paragraph: , phrase: \"\")]"
        );
        assert_eq!(of(Citation::FIELDS, "external"), "true|");
        assert_eq!(of(Citation::FIELDS, "voice"), "|");
    }

    #[test]
    fn amounts_are_written_without_the_example() {
        let all: Vec<String> = AMOUNT_FORMS
            .iter()
            .map(|form| shown(example_snippet(form[0])))
            .collect();
        assert_eq!(all[0], "Exactly(|)");
        assert_eq!(all[6..], ["Between(|, )", "On(\"|\")", "Named(\"|\")"]);
    }
}
