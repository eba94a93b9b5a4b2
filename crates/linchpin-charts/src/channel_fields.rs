//! The fields that are offered where a chart is made, with words for what each holds.

use super::fields::{DataField, FieldDataType, kind_nouns};
use linchpin_register::RecordKind;
use linchpin_register::field_type::FieldType;

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
            _ => {
                let spec = self.kind.fields().iter().find(|s| s.name == self.name);
                spec.map_or("", |spec| spec.doc)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
