//! Whether two texts say the same: the net under the layout.

use super::layout_pieces::trimmed;
use super::lex::tokens;
use super::token::TokenKind;
use super::tree::key_text;
use super::{NodeId, NodeKind, Tree, parse, ron_itself, second_opinion};
use ron::Value;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What the `ron` crate makes of the whole text; `None` where it accepts the text but has no value for it, or does not accept it.
pub(super) fn values(text: &str) -> Option<Value> {
    ron_itself::value(text)
}

/// What `new` says otherwise than `old`, in a few words; `None` where both say the same. The order of the fields in a record, commas
/// that may be left out and white space do not matter.
pub(super) fn difference_in_meaning(
    (old, old_tree, old_values): (&str, &Tree, Option<Value>),
    new: &str,
) -> Option<&'static str> {
    let new_tree = parse(new);
    let texts = Pair {
        old: (old, old_tree),
        new: (new, &new_tree),
    };
    if !new_tree.problems.is_empty() {
        Some("what can be read")
    } else if !texts.same(Tree::ROOT, Tree::ROOT) {
        Some("a value")
    } else if sums(old) != sums(new) {
        Some("a word or a comment")
    } else {
        let is_same = match (&old_values, values(new)) {
            (Some(old), Some(new)) => same_value(old, &new),
            (Some(_), None) => false,
            (None, _) => second_opinion(new).is_none(),
        };
        (!is_same).then_some("what the ron library reads")
    }
}

struct Pair<'a> {
    old: (&'a str, &'a Tree),
    new: (&'a str, &'a Tree),
}

impl Pair<'_> {
    fn same(&self, old: NodeId, new: NodeId) -> bool {
        let ((old_text, old_tree), (new_text, new_tree)) = (self.old, self.new);
        let kind = old_tree.kind(old);
        if kind != new_tree.kind(new)
            || old_tree.name(old_text, old) != new_tree.name(new_text, new)
        {
            return false;
        }
        let inner = |(text, tree): (&str, &Tree), id| {
            let mut all: Vec<NodeId> = tree.children(id).collect();
            if kind == NodeKind::Record {
                // Stable: of two fields with one name, the first stays the first.
                all.sort_by(|a, b| field_name(text, tree, *a).cmp(&field_name(text, tree, *b)));
            }
            all
        };
        match kind {
            NodeKind::Field
                if field_name(old_text, old_tree, old) != field_name(new_text, new_tree, new) =>
            {
                false
            }
            NodeKind::Root
            | NodeKind::Record
            | NodeKind::List
            | NodeKind::Map
            | NodeKind::Field
            | NodeKind::Entry => {
                let (old, new) = (inner(self.old, old), inner(self.new, new));
                let mut pairs = old.iter().zip(&new);
                old.len() == new.len() && pairs.all(|(old, new)| self.same(*old, *new))
            }
            _ => old_tree.span(old).of(old_text) == new_tree.span(new).of(new_text),
        }
    }
}

fn field_name<'s>(text: &'s str, tree: &Tree, id: NodeId) -> Option<&'s str> {
    (tree.kind(id) == NodeKind::Field).then(|| key_text(text, tree.key(id)))
}

/// Two numbers that stand for all words and all comments, whatever their order.
fn sums(text: &str) -> (u64, u64) {
    let (mut words, mut comments) = (0_u64, 0_u64);
    for token in tokens(text) {
        let (sum, said) = match token.kind {
            TokenKind::Space | TokenKind::Comma => continue,
            TokenKind::LineComment | TokenKind::BlockComment => {
                (&mut comments, trimmed(token.span.of(text)))
            }
            _ => (&mut words, token.span.of(text)),
        };
        let mut hasher = DefaultHasher::new();
        said.hash(&mut hasher);
        *sum = sum.wrapping_add(hasher.finish());
    }
    (words, comments)
}

/// As `==`, but that `ron` takes `()` and `( )` for two things.
fn same_value(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Seq(old), Value::Seq(new)) => {
            let mut pairs = old.iter().zip(new);
            old.len() == new.len() && pairs.all(|(old, new)| same_value(old, new))
        }
        (Value::Map(old), Value::Map(new)) => {
            let mut pairs = old.iter().zip(new.iter());
            old.len() == new.len()
                && pairs.all(|(old, new)| same_value(old.0, new.0) && same_value(old.1, new.1))
        }
        (Value::Option(Some(old)), Value::Option(Some(new))) => same_value(old, new),
        (Value::Unit, Value::Seq(items)) | (Value::Seq(items), Value::Unit) => items.is_empty(),
        _ => old == new,
    }
}
