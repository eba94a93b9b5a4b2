//! What belongs where the cursor stands, as the record types declare it.

use super::context::{CursorContext, ExpectedSyntax};
use linchpin_register::schema::FieldSpec;
use linchpin_register::{FieldType, METADATA_FIELDS, RecordKind};

/// What belongs at a place.
#[derive(Clone, Copy, Debug)]
pub(super) enum ExpectedItem {
    /// A whole register.
    Register,
    /// A field of the register.
    HeadField,
    /// The version of the format.
    FormatVersion,
    /// A list of records.
    RecordList,
    /// A record of a list.
    Record(RecordKind),
    /// A field of a record. `kind`: the record stands in a list of its own.
    RecordField {
        specs: &'static [FieldSpec],
        kind: Option<RecordKind>,
    },
    /// A value; `listed`: with the brackets of a list around it.
    Value { form: FieldType, is_list: bool },
}

/// What an open bracket holds.
#[derive(Clone, Copy)]
enum BracketContent {
    Register,
    Records(RecordKind),
    Fields(&'static [FieldSpec], Option<RecordKind>),
    Items(FieldType),
}

/// What belongs at the cursor; `None` where nothing can be said.
pub(super) fn expected_item(spot: &CursorContext) -> Option<ExpectedItem> {
    let Some(top) = spot.brackets.last() else {
        return Some(ExpectedItem::Register);
    };
    // `Some(` changes nothing but the brackets.
    let is_some = top.name == "Some" && top.bracket == b'(' && spot.brackets.len() > 1;
    if is_some {
        let frames = &spot.brackets[..spot.brackets.len() - 1];
        return expected_inside(
            bracket_content(frames)?,
            frames.last()?.current_field,
            ExpectedSyntax::Value,
        );
    }
    expected_inside(
        bracket_content(&spot.brackets)?,
        top.current_field,
        top.expected,
    )
}

fn expected_inside(
    content: BracketContent,
    key: Option<&str>,
    expects: ExpectedSyntax,
) -> Option<ExpectedItem> {
    match (content, expects) {
        (_, ExpectedSyntax::Comma) => None,
        (BracketContent::Register, ExpectedSyntax::Item) => Some(ExpectedItem::HeadField),
        (BracketContent::Register, ExpectedSyntax::Value) => match key? {
            "format" => Some(ExpectedItem::FormatVersion),
            name if record_kind_of_list(name).is_some() => Some(ExpectedItem::RecordList),
            name => expected_value(METADATA_FIELDS, name),
        },
        (BracketContent::Records(kind), _) => Some(ExpectedItem::Record(kind)),
        (BracketContent::Fields(specs, kind), ExpectedSyntax::Item) => {
            Some(ExpectedItem::RecordField { specs, kind })
        }
        (BracketContent::Fields(specs, _), ExpectedSyntax::Value) => expected_value(specs, key?),
        (BracketContent::Items(form), _) => Some(ExpectedItem::Value {
            form,
            is_list: false,
        }),
    }
}

fn expected_value(specs: &'static [FieldSpec], name: &str) -> Option<ExpectedItem> {
    let spec = specs.iter().find(|spec| spec.name == name)?;
    Some(ExpectedItem::Value {
        form: spec.field_type,
        is_list: spec.is_list(),
    })
}

fn record_kind_of_list(name: &str) -> Option<RecordKind> {
    RecordKind::ALL
        .iter()
        .copied()
        .find(|kind| kind.list() == name)
}

/// What the innermost bracket holds.
fn bracket_content(frames: &[super::context::OpenBracket]) -> Option<BracketContent> {
    let mut content: Option<BracketContent> = None;
    let mut key: Option<&str> = None;
    for frame in frames {
        let fields = |form: FieldType| match form {
            FieldType::Record { fields, .. } => Some(BracketContent::Fields(fields, None)),
            _ => None,
        };
        let spec = |specs: &'static [FieldSpec]| {
            let name = key?;
            specs.iter().find(|spec| spec.name == name)
        };
        let next = match (content, frame.bracket) {
            (None, b'(') => Some(BracketContent::Register),
            (Some(same), b'(') if frame.name == "Some" => {
                content = Some(same);
                continue;
            }
            (Some(BracketContent::Register), b'[') => match record_kind_of_list(key?) {
                Some(kind) => Some(BracketContent::Records(kind)),
                None => spec(METADATA_FIELDS).map(|spec| BracketContent::Items(spec.field_type)),
            },
            (Some(BracketContent::Records(kind)), b'(') => {
                Some(BracketContent::Fields(kind.fields(), Some(kind)))
            }
            (Some(BracketContent::Fields(specs, _)), b'(') => spec(specs)
                .filter(|spec| !spec.is_list())
                .and_then(|spec| fields(spec.field_type)),
            (Some(BracketContent::Fields(specs, _)), b'[') => {
                let spec = spec(specs).filter(|spec| spec.is_list());
                spec.map(|spec| BracketContent::Items(spec.field_type))
            }
            (Some(BracketContent::Items(form)), b'(') => fields(form),
            _ => None,
        };
        content = Some(next?);
        key = frame.current_field;
    }
    content
}
