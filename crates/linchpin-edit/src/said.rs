//! Values in words, for those who choose between two of them.

use linchpin_register::declare::FieldSpec;
use linchpin_register::record_spans::unwrapped;
use linchpin_register::{FieldType, LoadedRegister};
use ron_lossless::{NodeId, RonValue};

/// A value as it stands in the file, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// As it stands in the file.
    pub source: String,
    /// In words: the label of a choice, the name of a linked record, the items of a list one after
    /// another.
    pub words: String,
}

impl Said {
    /// The value at a node; `spec` says what the field holds, where that is known.
    pub(super) fn of(loaded: &LoadedRegister, spec: Option<&FieldSpec>, node: NodeId) -> Self {
        let (text, tree) = (&*loaded.text, &*loaded.tree);
        let value = RonValue::read(text, tree, unwrapped(text, tree, node));
        Said {
            source: tree.span(node).of(text).to_owned(),
            words: words(loaded, spec.map(|spec| &spec.field_type), &value),
        }
    }

    /// Something that is said in the same words as it stands in the file.
    pub(super) fn plain(source: &str) -> Self {
        Said {
            source: source.to_owned(),
            words: source.trim().to_owned(),
        }
    }
}

fn words(loaded: &LoadedRegister, form: Option<&FieldType>, value: &RonValue) -> String {
    match (form, value) {
        (_, RonValue::List(items)) if items.is_empty() => "nothing".into(),
        (form, RonValue::List(items)) => {
            let items: Vec<String> = items.iter().map(|i| words(loaded, form, i)).collect();
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
                let value = words(loaded, spec.map(|spec| &spec.field_type), value);
                format!("{}: {value}", name.replace('_', " "))
            };
            fields.iter().map(field).collect::<Vec<_>>().join("; ")
        }
        (_, RonValue::Bare(bare)) => bare.clone(),
        (_, RonValue::Call(..)) => value.line(),
    }
}
