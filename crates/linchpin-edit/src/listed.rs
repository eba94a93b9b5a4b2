//! The records and fields of a text as they are held against those of another: by id, by name.

use linchpin_register::record_spans::{RecordSpan, record_spans, unwrapped};
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::{Decode as _, Decoder, NodeId, NodeKind};
use std::collections::HashMap;

/// What an item of a container goes by: its id or name, and how many of that name stand before it.
pub(super) type Key = (String, u32);

/// A record in the text, sound or not.
pub(super) struct Listed {
    pub key: Key,
    pub node: NodeId,
}

/// Every record of a type in the text, in its order.
pub(super) fn records(loaded: &LoadedRegister, kind: RecordKind) -> Vec<Listed> {
    named(
        loaded,
        record_spans(loaded, kind).iter().map(|place| place.node),
    )
}

/// Records by their ids.
pub(super) fn named(loaded: &LoadedRegister, nodes: impl Iterator<Item = NodeId>) -> Vec<Listed> {
    numbered(nodes.map(|node| (id(loaded, node), node)))
}

/// How many records stand at the start of both lists under the same ids, and how many at their
/// ends.
pub(super) fn shared_ends(
    old: (&LoadedRegister, &[RecordSpan]),
    new: (&LoadedRegister, &[RecordSpan]),
) -> (usize, usize) {
    fn id_of<'a>(loaded: &'a LoadedRegister, place: &RecordSpan) -> Option<&'a str> {
        let id = loaded.tree.field(&loaded.text, place.node, "id")?;
        Some(loaded.tree.span(id).of(&loaded.text))
    }
    let same = |(a, b): &(&RecordSpan, &RecordSpan)| {
        let id = id_of(old.0, a);
        id.is_some() && id == id_of(new.0, b)
    };
    let start = old.1.iter().zip(new.1).take_while(same).count();
    let rest = old.1.len().min(new.1.len()) - start;
    let end = old.1.iter().rev().zip(new.1.iter().rev()).take(rest);
    (start, end.take_while(same).count())
}

/// Names with a number for those that come again.
pub(super) fn numbered(items: impl Iterator<Item = (String, NodeId)>) -> Vec<Listed> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let key = |(name, node): (String, NodeId)| {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        let key = (name, *count - 1);
        Listed { key, node }
    };
    items.map(key).collect()
}

/// The id of a record; empty where it has none.
pub(super) fn id(loaded: &LoadedRegister, node: NodeId) -> String {
    text_field(loaded, node, "id").unwrap_or_default()
}

/// The name of a record on screen, else its id; short enough for a sentence.
pub(super) fn title(loaded: &LoadedRegister, node: NodeId) -> String {
    let mut found = ["title", "name", "label"]
        .iter()
        .filter_map(|name| text_field(loaded, node, name));
    let words = found.next().unwrap_or_else(|| id(loaded, node));
    let words: Vec<&str> = words.split_whitespace().collect();
    super::records::shortened(&words.join(" "))
}

fn text_field(loaded: &LoadedRegister, node: NodeId, name: &str) -> Option<String> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let value = unwrapped(text, tree, tree.field(text, node, name)?);
    let words = tree.span(value).of(text);
    match tree.kind(value) {
        NodeKind::Text => Some(words.trim_matches('"').to_owned()),
        NodeKind::EscapedText => String::decode(&mut Decoder::new(text, tree), value),
        _ => Some(words.to_owned()),
    }
}

/// The fields of a record with their values, in the order of the text.
pub(super) fn fields(loaded: &LoadedRegister, record: NodeId) -> Vec<(&str, NodeId)> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let field = |child| Some((tree.field_name(text, child)?, tree.field_value(child)?));
    tree.children(record).filter_map(field).collect()
}
