//! The fields that are offered where a chart is made, with words for what each holds.

use super::fields::{Field, Holds, noun};
use linchpin_register::RecordKind;
use linchpin_register::form::Form;

/// The fields of a type that make sense in a channel, or in a `"filter"`: no long texts, no ids.
pub fn offered(kind: RecordKind, channel: &str) -> Vec<Field> {
    let mut all = Field::all(kind);
    all.retain(|field| match field.holds {
        Holds::Words => {
            // A color, or a small chart, for each name would be one for each record.
            let places = matches!(channel, "x" | "y");
            let short = !LONG.contains(&field.name) && !is_id(kind, field.name);
            short && (places || !NAMES.contains(&field.name))
        }
        Holds::Amount => matches!(channel, "x" | "y"),
        _ => true,
    });
    all
}

/// Texts that are read, not grouped by.
const LONG: &[&str] = &[
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
const NAMES: &[&str] = &[
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
    spec.is_some_and(|spec| matches!(spec.form, Form::Id))
}

impl Field {
    /// Its name at the head of a list: "In force", "Theme".
    pub fn title(&self) -> String {
        let words = match self.holds {
            Holds::Facet(facet) => facet.title.to_owned(),
            // Several fields may link to one type: who commits, who receives.
            Holds::Links(_) => self.name.replace('_', " "),
            _ => self.words(),
        };
        let mut letters = words.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => words,
        }
    }

    /// What stands in it, in a word or two.
    pub fn what(&self) -> String {
        match self.holds {
            Holds::Links(kind) => noun(kind).1,
            Holds::Choices(choices) => format!("one of {} words", choices.len()),
            Holds::Facet(_) => "groups of the table".into(),
            Holds::Words => "text".into(),
            Holds::Numbers => "whole numbers".into(),
            Holds::Amount => "stated numbers".into(),
            Holds::Dates => "dates".into(),
        }
    }

    /// What the documentation says about it.
    pub fn help(&self) -> &'static str {
        match self.holds {
            Holds::Facet(_) => "What the table is narrowed by.",
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
                for field in offered(kind, channel) {
                    assert!(
                        !matches!(field.name, "id" | "statement" | "note"),
                        "{kind:?}"
                    );
                    let is_name = matches!(field.name, "title" | "name" | "label");
                    assert!(
                        !is_name || matches!(channel, "x" | "y"),
                        "{kind:?} {channel}"
                    );
                    assert!(!field.title().is_empty() && !field.what().is_empty());
                }
            }
        }
        let has = |channel, name| {
            offered(RecordKind::Figure, channel)
                .iter()
                .any(|field| field.name == name)
        };
        assert!(has("x", "amount") && !has("color", "amount") && has("facet", "unit"));
    }
}
