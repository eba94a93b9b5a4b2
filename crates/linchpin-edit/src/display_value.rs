//! Values in words, for those who choose between two of them.

use super::messages::{EMPTY_LIST, field_words};
use linchpin_register::record_spans::unwrap_some;
use linchpin_register::schema::FieldSpec;
use linchpin_register::{FieldType, LoadedRegister};
use ron_lossless::{NodeId, RonValue};

/// A value as it stands in the file, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayValue {
    /// As it stands in the file.
    pub source: String,
    /// In words: the label of a choice, the name of a linked record, the items of a list one after
    /// another.
    pub text: String,
}

impl DisplayValue {
    /// The value at a node; `spec` says what the field holds, where that is known.
    pub(super) fn from_node(
        loaded: &LoadedRegister,
        spec: Option<&FieldSpec>,
        node: NodeId,
    ) -> Self {
        let (text, tree) = (&*loaded.text, &*loaded.tree);
        let value = RonValue::read(text, tree, unwrap_some(text, tree, node));
        DisplayValue {
            source: tree.span(node).of(text).to_owned(),
            text: display_text(loaded, spec.map(|spec| &spec.field_type), &value),
        }
    }

    /// Something that is said in the same words as it stands in the file.
    pub(super) fn from_source(source: &str) -> Self {
        DisplayValue {
            source: source.to_owned(),
            text: source.trim().to_owned(),
        }
    }
}

fn display_text(loaded: &LoadedRegister, form: Option<&FieldType>, value: &RonValue) -> String {
    match (form, value) {
        (_, RonValue::List(items)) if items.is_empty() => EMPTY_LIST.into(),
        (form, RonValue::List(items)) => {
            let items: Vec<String> = items
                .iter()
                .map(|i| display_text(loaded, form, i))
                .collect();
            items.join(", ")
        }
        (Some(FieldType::Link(_)), RonValue::Text(id)) => {
            loaded.register.short_title_of(id).to_owned()
        }
        (Some(FieldType::Vocabulary { terms: choices, .. }), RonValue::Bare(name)) => {
            let found = choices.iter().find(|choice| choice.name == name);
            found.map_or_else(|| name.clone(), |choice| choice.label.to_owned())
        }
        (_, RonValue::Text(text)) => text.clone(),
        (form, RonValue::Record(fields)) => {
            let specs = match form {
                Some(FieldType::Record { fields, .. }) => *fields,
                _ => &[],
            };
            let field = |(name, value): &(String, RonValue)| {
                let spec = specs.iter().find(|spec| spec.name == name);
                let value = display_text(loaded, spec.map(|spec| &spec.field_type), value);
                format!("{}: {value}", field_words(name))
            };
            fields.iter().map(field).collect::<Vec<_>>().join("; ")
        }
        (_, RonValue::Bare(bare)) => bare.clone(),
        (_, RonValue::Call(..)) => value.line(),
    }
}
