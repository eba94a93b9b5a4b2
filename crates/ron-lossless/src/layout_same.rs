//! Whether two texts say the same: the net under the layout.

use super::layout_pieces::trimmed;
use super::lex::tokens;
use super::ron_itself::sum;
use super::ron_sum::Sum;
use super::token::TokenKind;
use super::tree::key_text;
use super::{NodeId, NodeKind, Tree, check_with_ron, parse};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What `new` says otherwise than `old`, in a few words; `None` where both say the same. The order
/// of the fields in a record, commas that may be left out and white space do not matter.
pub(super) fn difference_in_meaning(
    (old, old_tree, old_sum): (&str, &Tree, Option<Sum>),
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
    } else if tally(old) != tally(new) {
        Some("a word or a comment")
    } else {
        let is_same = match old_sum {
            Some(_) => sum(new) == old_sum,
            None => check_with_ron(new).is_none(),
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
fn tally(text: &str) -> (u64, u64) {
    let (mut words, mut comments) = (0_u64, 0_u64);
    for token in tokens(text) {
        let (all, said) = match token.kind {
            TokenKind::Space | TokenKind::Comma => continue,
            TokenKind::LineComment | TokenKind::BlockComment => {
                (&mut comments, trimmed(token.span.of(text)))
            }
            _ => (&mut words, token.span.of(text)),
        };
        let mut hasher = DefaultHasher::new();
        said.hash(&mut hasher);
        *all = all.wrapping_add(hasher.finish());
    }
    (words, comments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(old: &str, new: &str) -> Option<&'static str> {
        difference_in_meaning((old, &parse(old), sum(old)), new)
    }

    #[test]
    fn layout_is_no_difference() {
        let old = "(a: 1, /* c */ b: [1, 2], r#type: Some((x: State)), c: (1, 2))";
        for new in [
            "(b: [ 1,2, ],a:1,c:(1,2,),type:Some((x:State,)),/* c */)",
            "(\n    a: 1,\n    b: [1, 2], /* c */\n    r#type: Some((x: State)),\n    c: (1, \
            2),\n)\n",
        ] {
            let new = new.replace("type", "r#type").replace("r#r#", "r#");
            assert_eq!(difference(old, &new), None, "{new}");
        }
        assert_eq!(difference("( )", "()"), None);
        assert_eq!(difference("// c \r\n()", "// c\n()"), None);
    }

    #[test]
    fn everything_else_is_one() {
        let old = "(a: 1.0, b: [1, 2], a: State, // c\n d: Name(1), e: \"x\")";
        for (from, to) in [
            ("1.0", "1.00"),
            ("1, 2", "2, 1"),
            ("[1, 2]", "(1, 2)"),
            ("State", "Stat"),
            ("a: 1.0, b: [1, 2], a: State", "a: State, b: [1, 2], a: 1.0"),
            ("// c\n", ""),
            ("// c\n", "// d\n"),
            ("// c\n", "// c\n// c\n"),
            ("Name(1)", "(1)"),
            ("Name(1)", "Name(1)(2)"),
            ("d: ", "f: "),
            ("\"x\"", "r\"x\""),
            (", e: \"x\"", ""),
            (")", ""),
        ] {
            let new = old.replacen(from, to, 1);
            assert!(difference(old, &new).is_some(), "{new}");
        }
    }
}
