//! Which record, field or value of one text is which of another: by id, by name, by what it means
//! however it is written; and records that have another id and are otherwise the same.

use super::diff::DiffSubject;
use super::messages::truncate_title;
use super::{Edit, plan_edit};
use linchpin_register::record_spans::{
    RecordSpan, record_lists, record_spans, text_value, unwrap_some,
};
use linchpin_register::schema::FieldSpec;
use linchpin_register::{FieldType, LoadedRegister, RecordKind, load};
use ron_lossless::{Decode, Decoder, NodeId, NodeKind, RonValue, TokenKind, Tree, tokens};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What an item of a container goes by: its id or name, and how many of that name stand before it.
pub(super) type ItemKey = (String, u32);

/// A record in the text, sound or not.
pub(super) struct KeyedNode {
    pub key: ItemKey,
    pub node: NodeId,
}

/// Records by their ids.
pub(super) fn keyed_by_id(
    loaded: &LoadedRegister,
    nodes: impl Iterator<Item = NodeId>,
) -> Vec<KeyedNode> {
    with_unique_keys(nodes.map(|node| (record_id(loaded, node), node)))
}

/// How many records stand at the start of both lists under the same ids, and how many at their
/// ends.
pub(super) fn common_ends(
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
pub(super) fn with_unique_keys(items: impl Iterator<Item = (String, NodeId)>) -> Vec<KeyedNode> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let key = |(name, node): (String, NodeId)| {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        let key = (name, *count - 1);
        KeyedNode { key, node }
    };
    items.map(key).collect()
}

/// The id of a record; empty where it has none.
pub(super) fn record_id(loaded: &LoadedRegister, node: NodeId) -> String {
    text_field(loaded, node, "id").unwrap_or_default()
}

/// The name of a record on screen, else its id; short enough for a sentence.
pub(super) fn record_title(loaded: &LoadedRegister, node: NodeId) -> String {
    let mut found = ["title", "name", "label"]
        .iter()
        .filter_map(|name| text_field(loaded, node, name));
    let full_title = found.next().unwrap_or_else(|| record_id(loaded, node));
    let full_title: Vec<&str> = full_title.split_whitespace().collect();
    truncate_title(&full_title.join(" "))
}

fn text_field(loaded: &LoadedRegister, node: NodeId, name: &str) -> Option<String> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let value = unwrap_some(text, tree, tree.field(text, node, name)?);
    match tree.kind(value) {
        NodeKind::Text | NodeKind::EscapedText => {
            text_value(text, tree, value).map(Cow::into_owned)
        }
        _ => Some(tree.span(value).of(text).to_owned()),
    }
}

/// The fields of a record with their values, in the order of the text.
pub(super) fn record_fields(loaded: &LoadedRegister, record: NodeId) -> Vec<(&str, NodeId)> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let field = |child| Some((tree.field_name(text, child)?, tree.field_value(child)?));
    tree.children(record).filter_map(field).collect()
}

/// A record as the subject of a difference or a conflict.
pub(super) fn record_subject(
    kind: RecordKind,
    loaded: &LoadedRegister,
    record: NodeId,
) -> DiffSubject {
    DiffSubject::Record {
        kind,
        id: record_id(loaded, record),
        title: record_title(loaded, record),
    }
}

/// What a value says, however it is written: fields in one order, numbers without `_`, nothing for
/// what is left out.
pub(super) fn canonical_value(text: &str, tree: &Tree, node: NodeId) -> RonValue {
    let node = unwrap_some(text, tree, node);
    match tree.kind(node) {
        NodeKind::Number => RonValue::Bare(canonical_number(text, tree, node)),
        NodeKind::List => {
            let items = tree
                .children(node)
                .map(|item| canonical_value(text, tree, item));
            RonValue::List(items.collect())
        }
        NodeKind::Record => canonical_record(text, tree, node),
        _ => RonValue::read(text, tree, node),
    }
}

/// A number in one way of writing it: 28500 for 28_500, 28500.0 and 2.85e4.
fn canonical_number(text: &str, tree: &Tree, node: NodeId) -> String {
    let written = tree.span(node).of(text).replace('_', "");
    // Digits alone are written in one way, and may be more than a float holds.
    if written.bytes().all(|b| b.is_ascii_digit()) {
        return written;
    }
    match f64::decode(&mut Decoder::new(text, tree), node) {
        // Adding nothing makes a zero below zero a plain one.
        Some(value) => (value + 0.0).to_string(),
        None => written,
    }
}

fn canonical_record(text: &str, tree: &Tree, node: NodeId) -> RonValue {
    let name = tree.name(text, node).unwrap_or("");
    let is_field = |child: &NodeId| tree.kind(*child) == NodeKind::Field;
    if !tree.children(node).any(|child| is_field(&child)) {
        let items = tree
            .children(node)
            .map(|item| canonical_value(text, tree, item));
        return RonValue::Call(name.to_owned(), items.collect());
    }
    let field = |child: NodeId| {
        let name = tree.field_name(text, child)?.to_owned();
        let value = canonical_value(text, tree, tree.field_value(child)?);
        let is_empty = value == RonValue::List(Vec::new()) || value == RonValue::bare("None");
        (!is_empty).then_some((name, value))
    };
    let mut fields: Vec<(String, RonValue)> = tree.children(node).filter_map(field).collect();
    // Stable: of two fields of one name, the first stays the first, which is the one that counts.
    fields.sort_by(|a, b| a.0.cmp(&b.0));
    RonValue::Record(fields)
}

/// Whether two stretches differ in nothing but white space and commas: the same values and comments
/// in the same order.
pub(super) fn equal_except_layout(a: &str, b: &str) -> bool {
    a == b || significant_tokens(a).eq(significant_tokens(b))
}

/// What a stretch holds but for white space and commas, in order.
pub(super) fn significant_tokens(text: &str) -> impl Iterator<Item = &str> {
    let counts = |kind| !matches!(kind, TokenKind::Space | TokenKind::Comma | TokenKind::End);
    let tokens = tokens(text).filter(move |token| counts(token.kind));
    tokens.map(|token| token.span.of(text).trim_end())
}

/// More ids than these are not followed to their links.
const MAX_RENAMES: usize = 50;

/// A record whose id changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecordRename {
    pub kind: RecordKind,
    pub from: String,
    pub to: String,
}

/// The records of `old` that stand in `new` under another id and say the same, where no other
/// record says that.
pub(super) fn detect_renames(old: &LoadedRegister, new: &LoadedRegister) -> Vec<RecordRename> {
    let all = RecordKind::ALL.iter();
    let found: Vec<RecordRename> = all
        .flat_map(|kind| detect_renames_of_kind(old, new, *kind))
        .collect();
    // Each takes a walk through the whole text. Where so many ids change at once, somebody made
    // them anew, and following each would take minutes on a large register.
    if found.len() > MAX_RENAMES {
        return Vec::new();
    }
    found
}

fn detect_renames_of_kind(
    old: &LoadedRegister,
    new: &LoadedRegister,
    kind: RecordKind,
) -> Vec<RecordRename> {
    let source = |loaded: &LoadedRegister| -> Vec<String> {
        let spans = record_lists(loaded, kind).map(|list| loaded.tree.span(list));
        spans.map(|span| span.of(&loaded.text).to_owned()).collect()
    };
    if source(old) == source(new) {
        return Vec::new();
    }
    let (before, after) = (record_spans(old, kind), record_spans(new, kind));
    let (start, end) = common_ends((old, &before), (new, &after));
    let middle = |loaded: &LoadedRegister, all: &[RecordSpan]| {
        let middle = all.get(start..all.len() - end).unwrap_or(&[]);
        keyed_by_id(loaded, middle.iter().map(|place| place.node))
    };
    let (before, after) = (middle(old, &before), middle(new, &after));
    let only = |those: &[KeyedNode],
                others: &[KeyedNode],
                loaded: &LoadedRegister|
     -> Vec<(String, String)> {
        let ids: HashSet<&str> = others.iter().map(|record| record.key.0.as_str()).collect();
        let alone = |record: &&KeyedNode| !record.key.0.is_empty() && !ids.contains(&*record.key.0);
        let alone = those.iter().filter(alone);
        alone
            .map(|record| {
                (
                    content_without_id(loaded, record, kind),
                    record.key.0.clone(),
                )
            })
            .collect()
    };
    let removed = only(&before, &after, old);
    if removed.is_empty() {
        return Vec::new();
    }
    let added = only(&after, &before, new);
    let (removed_by_content, added_by_content) = (ids_by_content(&removed), ids_by_content(&added));
    // Only where one record of either text has this content: of two that read alike nobody knows
    // which one was renamed, and a wrong guess would carry links to the wrong record.
    let pair = |(body, from): &(String, String)| {
        let to = added_by_content.get(body.as_str())?;
        let both = removed_by_content.get(body.as_str())?.is_some();
        let to = to.filter(|_| both)?.to_owned();
        let from = from.clone();
        Some(RecordRename { kind, from, to })
    };
    removed.iter().filter_map(pair).collect()
}

/// The id of the one record that says this; `None` where several do.
fn ids_by_content(records: &[(String, String)]) -> HashMap<&str, Option<&str>> {
    let mut found: HashMap<&str, Option<&str>> = HashMap::new();
    for (body, id) in records {
        let one = found.entry(body).or_insert(Some(id));
        if *one != Some(id) {
            *one = None;
        }
    }
    found
}

/// What a record says but for its id.
fn content_without_id(loaded: &LoadedRegister, record: &KeyedNode, kind: RecordKind) -> String {
    match canonical_value(&loaded.text, &loaded.tree, record.node) {
        RonValue::Record(mut fields) => {
            fields.retain(|(name, _)| name != "id");
            // A link of a record to itself goes with its id.
            let self_link = RonValue::text(record.key.0.as_str()).line();
            let is_own_kind =
                |spec: &FieldSpec| matches!(spec.field_type, FieldType::Link(to) if to == kind);
            for (name, value) in &mut fields {
                let links = kind
                    .fields()
                    .iter()
                    .any(|spec| spec.name == name && is_own_kind(spec));
                if links && value.line() == self_link {
                    *value = RonValue::bare("itself");
                }
            }
            RonValue::Record(fields).line()
        }
        other => other.line(),
    }
}

/// The text with these records renamed, and the links to them; `None` where there is nothing to
/// rename.
pub(super) fn apply_renames(
    loaded: &LoadedRegister,
    renames: &[RecordRename],
) -> Option<LoadedRegister> {
    let edit = |renamed: &RecordRename| {
        let at = loaded.register.find(&renamed.from)?;
        let edit = Edit::RenameRecord {
            id: renamed.from.clone(),
            new_id: renamed.to.clone(),
        };
        // The id may be taken in this text, though it was free in the other.
        let can_be = at.kind == renamed.kind && plan_edit(loaded, &edit).is_ok();
        can_be.then_some(edit)
    };
    let edits: Vec<Edit> = renames.iter().filter_map(edit).collect();
    if edits.is_empty() {
        return None;
    }
    let label = String::new();
    let change = plan_edit(loaded, &Edit::Batch { label, edits }).ok()?;
    Some(load(change.apply_edits(&loaded.text)?, Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ron_lossless::parse;

    #[test]
    fn the_meaning_is_the_same_however_it_is_written() {
        let of = |text: &str| {
            let tree = parse(text);
            canonical_value(text, &tree, tree.value().unwrap())
        };
        for (a, b) in [
            ("1_000", "1000"),
            ("\"a\\\"\"", "r#\"a\"\"#"),
            ("(a: 1, b: [])", "( // c\n a: Some(1), c: None,)"),
            ("(a: 1, b: 2)", "(b: 2, a: 1)"),
            ("[Between(1_0, 2)]", "[Between(10, 2,),]"),
        ] {
            assert_eq!(of(a), of(b), "{a} {b}");
        }
        for (a, b) in [
            ("1", "\"1\""),
            ("[1, 2]", "[2, 1]"),
            ("A(1)", "B(1)"),
            ("(a: 1)", "(b: 1)"),
        ] {
            assert_ne!(of(a), of(b), "{a} {b}");
        }
    }

    #[test]
    fn layout_is_white_space_and_commas() {
        assert!(equal_except_layout(
            "(a: 1, // x\r\n b: 2)",
            "( a:1 // x\n,b: 2,)"
        ));
        assert!(!equal_except_layout("(a: 1)", "(a: 1 /* x */)"));
        assert!(!equal_except_layout("[\"a b\"]", "[\"a  b\"]"));
    }
}
