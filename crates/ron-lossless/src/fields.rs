//! The fields of one record, by their place in its list of names.

use super::{Decode, Decoder, Diagnostic, NodeId, Span, codes};

/// How many fields a kind of record can have.
pub const MAX_FIELDS: usize = 40;

/// The fields of a record as [`Decoder::record`] found them. Indexes are those of the names given
/// there.
#[derive(Clone, Debug)]
pub struct RecordFields {
    node: NodeId,
    what: &'static str,
    names: &'static [&'static str],
    values: [NodeId; MAX_FIELDS],
}

/// The root is no field's value.
const ABSENT: NodeId = 0;
/// The field is there, but its value could not be read; the parser has said so.
const UNREAD: NodeId = NodeId::MAX;

impl RecordFields {
    pub(super) fn new(node: NodeId, what: &'static str, names: &'static [&'static str]) -> Self {
        assert!(
            names.len() <= MAX_FIELDS,
            "{what} has more than {MAX_FIELDS} fields"
        );
        RecordFields {
            node,
            what,
            names,
            values: [ABSENT; MAX_FIELDS],
        }
    }

    /// Notes the field's value; `false` where the field was noted before.
    pub(super) fn set(&mut self, index: usize, value: Option<NodeId>) -> bool {
        match self.values.get_mut(index) {
            Some(slot) if *slot == ABSENT => *slot = value.unwrap_or(UNREAD),
            _ => return false,
        }
        true
    }

    /// The record's node.
    pub fn record(&self) -> NodeId {
        self.node
    }

    /// The field's value, where there is one.
    pub fn node(&self, index: usize) -> Option<NodeId> {
        let value = self.values.get(index).copied();
        value.filter(|id| *id != ABSENT && *id != UNREAD)
    }

    /// The value of a field that must be there. Its absence is reported, except where the record's
    /// syntax is broken, since the field may be in the broken part. `None` means reported.
    pub fn required<T: Decode>(&self, d: &mut Decoder<'_>, index: usize) -> Option<T> {
        if let Some(node) = self.node(index) {
            return T::decode(d, node);
        }
        let is_absent = self.values.get(index) == Some(&ABSENT);
        if is_absent && !d.tree().is_broken(self.node) {
            self.report_missing(d, index);
        }
        None
    }

    /// The value of a field that may be left out, or be `None`. What cannot be read is reported and
    /// left out as well.
    pub fn optional<T: Decode>(&self, d: &mut Decoder<'_>, index: usize) -> Option<T> {
        Option::<T>::decode(d, self.node(index)?).flatten()
    }

    /// The sound items of a list that may be left out.
    pub fn list<T: Decode>(&self, d: &mut Decoder<'_>, index: usize) -> Vec<T> {
        let decoded = self.node(index).and_then(|node| Vec::decode(d, node));
        decoded.unwrap_or_default()
    }

    fn report_missing(&self, d: &mut Decoder<'_>, index: usize) {
        let name = self.names.get(index).copied().unwrap_or("?");
        let span = d.tree().name_span(self.node).unwrap_or_else(|| {
            let start = d.span(self.node).start;
            Span::new(start, start + 1)
        });
        d.report_with(|_| {
            let message = format!("This {} lacks the field `{name}`", self.what);
            Diagnostic::error(span, codes::MISSING_FIELD, message)
                .with_help(format!("add `{name}: …,`"))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Tree, parse};
    use super::*;

    const NAMES: &[&str] = &["id", "size", "tags"];

    fn with_fields<T>(
        text: &str,
        then: impl FnOnce(&RecordFields, &mut Decoder) -> T,
    ) -> (T, Vec<String>) {
        let tree: Tree = parse(text);
        let mut d = Decoder::new(text, &tree);
        let fields = d.record(tree.value().unwrap(), "Thing", NAMES).unwrap();
        let value = then(&fields, &mut d);
        (
            value,
            d.into_problems().into_iter().map(|p| p.message).collect(),
        )
    }

    #[test]
    fn fields_are_read_in_any_order() {
        let read = |f: &RecordFields, d: &mut Decoder| {
            (
                f.required::<String>(d, 0),
                f.optional::<u32>(d, 1),
                f.list::<String>(d, 2),
            )
        };
        let (value, problems) =
            with_fields("(tags: [\"x\", 3, \"y\"], size: Some(7), id: \"a\")", read);
        assert_eq!(
            value,
            (Some("a".into()), Some(7), vec!["x".into(), "y".into()])
        );
        assert_eq!(
            problems,
            ["Text in quotation marks belongs here, not a number"]
        );
        let (value, problems) = with_fields("(id: \"a\", size: None)", read);
        assert_eq!(
            (value, problems.len()),
            ((Some("a".into()), None, vec![]), 0)
        );
    }

    #[test]
    fn a_missing_field_is_reported_unless_the_record_is_broken() {
        let read = |f: &RecordFields, d: &mut Decoder| f.required::<String>(d, 0);
        assert_eq!(
            with_fields("(size: 1)", read).1,
            ["This Thing lacks the field `id`"]
        );
        assert_eq!(with_fields("(size: 1 tags: [])", read).1.len(), 0);
        assert_eq!(with_fields("(id: , size: 1)", read).1.len(), 0);
    }
}
