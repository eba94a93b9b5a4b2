//! The formatter: the same values and comments with other white space, by the rules of a
//! [`FormatRules`].
//!
//! Its output is not trusted: it is parsed again and compared with the input in three ways
//! ([`difference_in_meaning`]), because a formatter that loses one comment in a thousand files does
//! harm that nobody notices.

use crate::edit::line_ends;
use crate::format_print::print;
use crate::format_read::{FormatComment, FormatItem, FormatValue, read_document, trimmed};
use crate::format_rules::{FormatRules, item_context};
use crate::ron_check::{ValueHash, value_hash};
use crate::tree::key_text;
use crate::{Diagnostic, NodeId, NodeKind, TokenKind, Tree, check_with_ron, parse, tokens};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Why a text was not formatted.
#[derive(Clone, Debug, PartialEq)]
pub enum FormatError {
    /// The text has syntax errors, and a formatter must not guess. The first of them.
    Syntax(Box<Diagnostic>),
    /// The output would have had another meaning, which is a bug of this crate. What differed.
    Internal(&'static str),
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormatError::Syntax(diagnostic) => f.write_str(&diagnostic.message),
            FormatError::Internal(what) => write!(
                f,
                "the layout would have changed {what}. This is a fault of the program: please \
                report it, with the file"
            ),
        }
    }
}

impl std::error::Error for FormatError {}

/// The text formatted by `rules`. Values stay byte for byte, and so do all comments, the byte order
/// mark and the kind of line endings.
///
/// The output is read again, by this crate and by the `ron` crate, and compared with the input.
/// Formatting it again changes nothing.
///
/// # Errors Where the text breaks the rules of RON. What its values are does not matter.
pub fn format_text<R: FormatRules>(text: &str, rules: &R) -> Result<String, FormatError> {
    let tree = parse(text);
    if let Some(diagnostic) = tree.diagnostics.first() {
        return Err(FormatError::Syntax(diagnostic.clone().into()));
    }
    let value_hash = value_hash(text);
    if value_hash.is_none()
        && let Some(diagnostic) = check_with_ron(text)
    {
        return Err(FormatError::Syntax(diagnostic.into()));
    }
    let mut document =
        read_document(text).ok_or(FormatError::Internal("the order of the tokens"))?;
    sort_fields(rules, rules.root(), &mut document.value.value);
    let out = print(rules, &document, line_end(text), text.len());
    match difference_in_meaning((text, &tree, value_hash), &out) {
        None => Ok(out),
        Some(what) => Err(FormatError::Internal(what)),
    }
}

/// The line ending that most lines of the text have.
fn line_end(text: &str) -> &'static str {
    let (mut all, mut windows) = (0_usize, 0_usize);
    for is_windows in line_ends(text) {
        all += 1;
        windows += usize::from(is_windows);
    }
    if windows * 2 > all { "\r\n" } else { "\n" }
}

/// Puts the fields of every record in the order of the rules. A field that is not known stays after
/// the field that it follows.
pub(crate) fn sort_fields<R: FormatRules>(rules: &R, context: R::Context, value: &mut FormatValue) {
    let FormatValue::FormatGroup(group) = value else {
        return;
    };
    let mut last = None;
    let mut order: Vec<Option<usize>> = Vec::with_capacity(group.items.len());
    for index in 0..group.items.len() {
        let (number, inner) = item_context(rules, context, group, &group.items[index]);
        last = number.or(last);
        order.push(last);
        sort_fields(rules, inner, &mut group.items[index].value);
    }
    if order.is_sorted() {
        return;
    }
    // The comments at the top of a file are above its first field, but not about that field.
    let heading = match order.first() == order.iter().min() {
        true => Vec::new(),
        false => group.items.first_mut().map_or(Vec::new(), take_heading),
    };
    let mut items: Vec<_> = order
        .into_iter()
        .zip(std::mem::take(&mut group.items))
        .collect();
    items.sort_by_key(|(number, _)| *number);
    group.items = items.into_iter().map(|(_, item)| item).collect();
    if let Some(first) = group.items.first_mut()
        && !heading.is_empty()
    {
        let (starts_line, after_blank) = first.beginning();
        (*starts_line, *after_blank) = (true, true);
        first.leading.splice(0..0, heading);
    }
}

/// Takes out the comments above the first item that a blank line parts from it: they are about the
/// whole, and stay at its top.
fn take_heading<'s>(first: &mut FormatItem<'s>) -> Vec<FormatComment<'s>> {
    let count = match first.after_blank {
        true => first.leading.len(),
        false => first
            .leading
            .iter()
            .rposition(|c| c.after_blank)
            .unwrap_or(0),
    };
    let heading: Vec<_> = first.leading.drain(..count).collect();
    if !heading.is_empty() {
        *first.beginning().1 = false;
    }
    heading
}

/// In what `new` differs from `old`; `None` where both have the same meaning. The order
/// of the fields in a record, commas that may be left out and white space do not matter.
pub(crate) fn difference_in_meaning(
    (old, old_tree, old_hash): (&str, &Tree, Option<ValueHash>),
    new: &str,
) -> Option<&'static str> {
    let new_tree = parse(new);
    let texts = TreePair {
        old: (old, old_tree),
        new: (new, &new_tree),
    };
    if !new_tree.diagnostics.is_empty() {
        Some("what can be read")
    } else if !texts.same(Tree::ROOT, Tree::ROOT) {
        Some("a value")
    } else if token_hashes(old) != token_hashes(new) {
        Some("a word or a comment")
    } else {
        let is_same = match old_hash {
            Some(_) => value_hash(new) == old_hash,
            None => check_with_ron(new).is_none(),
        };
        (!is_same).then_some("what the ron library reads")
    }
}

struct TreePair<'a> {
    old: (&'a str, &'a Tree),
    new: (&'a str, &'a Tree),
}

impl TreePair<'_> {
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

/// Two hashes, of all tokens and of all comments, whatever their order.
fn token_hashes(text: &str) -> (u64, u64) {
    let (mut source, mut comments) = (0_u64, 0_u64);
    for token in tokens(text) {
        let (all, reported) = match token.kind {
            TokenKind::Space | TokenKind::Comma => continue,
            TokenKind::LineComment | TokenKind::BlockComment => {
                (&mut comments, trimmed(token.span.of(text)))
            }
            _ => (&mut source, token.span.of(text)),
        };
        let mut hasher = DefaultHasher::new();
        reported.hash(&mut hasher);
        // A sum, unlike a hash of the sequence, is the same in any order of the fields.
        *all = all.wrapping_add(hasher.finish());
    }
    (source, comments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(old: &str, new: &str) -> Option<&'static str> {
        difference_in_meaning((old, &parse(old), value_hash(old)), new)
    }

    #[test]
    fn white_space_is_no_difference() {
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
