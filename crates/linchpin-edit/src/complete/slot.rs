//! What belongs where the cursor stands, as the record types declare it.

use super::spot::{Expects, Spot};
use linchpin_register::declare::FieldSpec;
use linchpin_register::{FieldType, METADATA_FIELDS, RecordKind};

/// What belongs at a place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    /// A whole register.
    Register,
    /// A field of the register.
    Head,
    /// The version of the format.
    Format,
    /// A list of records.
    List,
    /// A record of a list.
    Record(RecordKind),
    /// A field of a record. `kind`: the record stands in a list of its own.
    Field {
        specs: &'static [FieldSpec],
        kind: Option<RecordKind>,
    },
    /// A value; `listed`: with the brackets of a list around it.
    Value { form: FieldType, listed: bool },
}

/// What an open bracket holds.
#[derive(Clone, Copy)]
enum Holder {
    Register,
    Records(RecordKind),
    Fields(&'static [FieldSpec], Option<RecordKind>),
    Items(FieldType),
}

/// What belongs at the cursor; `None` where nothing can be said.
pub(super) fn slot(spot: &Spot) -> Option<Slot> {
    let Some(top) = spot.frames.last() else {
        return Some(Slot::Register);
    };
    // `Some(` changes nothing but the brackets.
    let is_some = top.name == "Some" && top.bracket == b'(' && spot.frames.len() > 1;
    if is_some {
        let frames = &spot.frames[..spot.frames.len() - 1];
        return inside(holder(frames)?, frames.last()?.key, Expects::Value);
    }
    inside(holder(&spot.frames)?, top.key, top.expects)
}

fn inside(holder: Holder, key: Option<&str>, expects: Expects) -> Option<Slot> {
    match (holder, expects) {
        (_, Expects::Comma) => None,
        (Holder::Register, Expects::Item) => Some(Slot::Head),
        (Holder::Register, Expects::Value) => match key? {
            "format" => Some(Slot::Format),
            name if list_of(name).is_some() => Some(Slot::List),
            name => value(METADATA_FIELDS, name),
        },
        (Holder::Records(kind), _) => Some(Slot::Record(kind)),
        (Holder::Fields(specs, kind), Expects::Item) => Some(Slot::Field { specs, kind }),
        (Holder::Fields(specs, _), Expects::Value) => value(specs, key?),
        (Holder::Items(form), _) => Some(Slot::Value {
            form,
            listed: false,
        }),
    }
}

fn value(specs: &'static [FieldSpec], name: &str) -> Option<Slot> {
    let spec = specs.iter().find(|spec| spec.name == name)?;
    Some(Slot::Value {
        form: spec.field_type,
        listed: spec.is_list(),
    })
}

fn list_of(name: &str) -> Option<RecordKind> {
    RecordKind::ALL
        .iter()
        .copied()
        .find(|kind| kind.list() == name)
}

/// What the innermost bracket holds.
fn holder(frames: &[super::spot::Frame]) -> Option<Holder> {
    let mut held: Option<Holder> = None;
    let mut key: Option<&str> = None;
    for frame in frames {
        let fields = |form: FieldType| match form {
            FieldType::Record { fields, .. } => Some(Holder::Fields(fields, None)),
            _ => None,
        };
        let spec = |specs: &'static [FieldSpec]| {
            let name = key?;
            specs.iter().find(|spec| spec.name == name)
        };
        let next = match (held, frame.bracket) {
            (None, b'(') => Some(Holder::Register),
            (Some(same), b'(') if frame.name == "Some" => {
                held = Some(same);
                continue;
            }
            (Some(Holder::Register), b'[') => match list_of(key?) {
                Some(kind) => Some(Holder::Records(kind)),
                None => spec(METADATA_FIELDS).map(|spec| Holder::Items(spec.field_type)),
            },
            (Some(Holder::Records(kind)), b'(') => Some(Holder::Fields(kind.fields(), Some(kind))),
            (Some(Holder::Fields(specs, _)), b'(') => spec(specs)
                .filter(|spec| !spec.is_list())
                .and_then(|spec| fields(spec.field_type)),
            (Some(Holder::Fields(specs, _)), b'[') => {
                let spec = spec(specs).filter(|spec| spec.is_list());
                spec.map(|spec| Holder::Items(spec.field_type))
            }
            (Some(Holder::Items(form)), b'(') => fields(form),
            _ => None,
        };
        held = Some(next?);
        key = frame.key;
    }
    held
}
