//! What is wrong with a value before it is written: the same readers decide as when the file is
//! loaded.

use linchpin_register::schema::{FieldCardinality, FieldSpec};
use linchpin_register::{Amount, Chartable, Date, FieldType, Id, RecordKind, Register};
use ron_lossless::{Decode, Decoder, Diagnostic, NodeId, RonValue, parse};

/// What is wrong with a value. As text it is a sentence without a period, with what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidValue {
    /// Nothing is written where something must be.
    Empty,
    /// A record lacks this field, which it needs.
    MissingField(&'static str),
    /// This field of a record is wrong.
    InField(&'static str, Box<InvalidValue>),
    /// A link leads to no record of the type.
    NoRecord {
        /// The type that it may lead to.
        kind: RecordKind,
        /// The id that it names.
        id: String,
    },
    /// A number is larger than it may be.
    TooLarge {
        /// The largest that may be.
        max: u32,
    },
    /// A record belongs here.
    NoFields,
    /// The reader of the field says this.
    Unreadable(Box<Diagnostic>),
}

/// What is wrong with a value for a field; `None` where it is sound.
pub fn field_error(
    register: &Register,
    spec: &FieldSpec,
    value: &RonValue,
) -> Option<InvalidValue> {
    match value {
        RonValue::List(items) if spec.is_list() => items
            .iter()
            .find_map(|item| value_error(register, &spec.field_type, item)),
        RonValue::Text(text)
            if spec.cardinality == FieldCardinality::Required && text.trim().is_empty() =>
        {
            Some(InvalidValue::Empty)
        }
        value => value_error(register, &spec.field_type, value),
    }
}

/// What is wrong with a value of this type, or with one item of a list of such.
pub fn value_error(
    register: &Register,
    field_type: &FieldType,
    value: &RonValue,
) -> Option<InvalidValue> {
    match (field_type, value) {
        (FieldType::Record { fields, .. }, RonValue::Record(given)) => {
            fields.iter().find_map(|spec| {
                let found = given.iter().find(|(name, _)| name == spec.name);
                match found {
                    Some((_, value)) => field_error(register, spec, value)
                        .map(|why| InvalidValue::InField(spec.name, Box::new(why))),
                    None if spec.cardinality == FieldCardinality::Required => {
                        Some(InvalidValue::MissingField(spec.name))
                    }
                    None => None,
                }
            })
        }
        (FieldType::Link(kind), RonValue::Text(id)) => match register.find(id) {
            Some(at) if at.kind == *kind => None,
            _ => Some(InvalidValue::NoRecord {
                kind: *kind,
                id: id.clone(),
            }),
        },
        _ => decode_error(field_type, &value.line()),
    }
}

/// What the reader of the form says to a text.
fn decode_error(field_type: &FieldType, source: &str) -> Option<InvalidValue> {
    let tree = parse(source);
    if let Some(diagnostic) = tree.diagnostics.first() {
        // The parser's help is about its place in a file, and here is no file.
        let diagnostic = Diagnostic {
            help: None,
            ..diagnostic.clone()
        };
        return Some(InvalidValue::Unreadable(Box::new(diagnostic)));
    }
    let node = tree.value()?;
    let mut d = Decoder::new(source, &tree);
    let names: Vec<&str>;
    match field_type {
        FieldType::Text | FieldType::Link(_) => try_decode::<String>(&mut d, node),
        FieldType::Id => try_decode::<Id>(&mut d, node),
        FieldType::Date => try_decode::<Date>(&mut d, node),
        FieldType::Flag => try_decode::<bool>(&mut d, node),
        FieldType::Amount => try_decode::<Amount>(&mut d, node),
        FieldType::Chartable => try_decode::<Chartable>(&mut d, node),
        FieldType::WholeNumber { max } => {
            let number = u32::decode(&mut d, node);
            if number.is_some_and(|number| number > *max) {
                return Some(InvalidValue::TooLarge { max: *max });
            }
        }
        FieldType::Vocabulary {
            what,
            terms: choices,
        } => {
            names = choices.iter().map(|choice| choice.name).collect();
            d.variant(node, what, &names);
        }
        FieldType::Record { .. } => return Some(InvalidValue::NoFields),
    }
    let diagnostic = d.into_diagnostics().into_iter().next()?;
    Some(InvalidValue::Unreadable(Box::new(diagnostic)))
}

fn try_decode<T: Decode>(d: &mut Decoder<'_>, node: NodeId) {
    T::decode(d, node);
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::load;

    fn says(kind: RecordKind, field: &str, value: RonValue) -> Option<String> {
        let register = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new()).register;
        let spec = kind.fields().iter().find(|spec| spec.name == field);
        field_error(&register, spec.unwrap(), &value).map(|why| why.to_string())
    }

    #[test]
    fn values_are_judged_as_when_loading() {
        let text = |t: &str| RonValue::text(t);
        let says = |field, value| says(RecordKind::Commitment, field, value);
        assert_eq!(says("title", text("A")), None);
        assert!(says("title", text(" ")).is_some());
        assert_eq!(says("mode", RonValue::bare("Recital")), None);
        assert!(
            says("mode", RonValue::bare("Recitl"))
                .unwrap()
                .contains("Recital")
        );
        assert_eq!(says("id", text("a-b")), None);
        assert!(says("id", text("A b")).unwrap().contains("a-b"));
        assert_eq!(says("committers", RonValue::List(vec![text("us")])), None);
        assert!(says("committers", RonValue::List(vec![text("nobody")])).is_some());
        let cite = |paragraph: &str| {
            let fields = [
                ("document", text("defense-vision-2023")),
                ("paragraph", RonValue::bare(paragraph)),
            ];
            RonValue::List(vec![RonValue::Record(
                fields.map(|(n, v)| (n.to_owned(), v)).into(),
            )])
        };
        assert_eq!(says("citations", cite("3")), None);
        assert!(
            says("citations", cite("many"))
                .unwrap()
                .starts_with("paragraph")
        );
        assert!(says("citations", cite("1, 2")).is_some());
    }

    #[test]
    fn dates_and_amounts_are_judged() {
        let says = |field, value| says(RecordKind::Figure, field, value);
        let amount = |source: &str| RonValue::bare(source);
        assert_eq!(says("amount", amount("MoreThan(1000)")), None);
        assert!(
            says("amount", amount("1000"))
                .unwrap()
                .contains("Exactly(1000)")
        );
        let dated = |date: &str| {
            let fields = [
                ("date", RonValue::text(date)),
                ("basis", RonValue::bare("Stated")),
            ];
            RonValue::Record(fields.map(|(n, v)| (n.to_owned(), v)).into())
        };
        assert_eq!(says("as_of", dated("2023-11")), None);
        assert!(says("as_of", dated("2023-13")).unwrap().contains("month"));
        assert!(
            says("as_of", RonValue::Record(Vec::new()))
                .unwrap()
                .contains("date")
        );
    }
}
