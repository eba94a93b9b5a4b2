//! Any bytes, read as a tree: nothing panics, every byte is accounted for, and `ron` accepts what
//! has no diagnostics.

use crate::checks;
use ron_lossless::{
    Decode, Decoder, NodeId, NodeKind, TokenKind, Tree, check_with_ron, codes, decode_bytes, parse,
    tokens,
};

/// Reads the bytes as a tree.
pub fn tree_of(data: &[u8]) {
    let source = decode_bytes(data.to_vec());
    let text = source.text.as_str();
    for diagnostic in &source.diagnostics {
        checks::diagnostic(text, diagnostic);
    }
    let mut end = 0;
    for token in tokens(text) {
        assert_eq!(token.span.start, end, "a gap before {token:?} in {text:?}");
        assert!(token.span.end > end && token.kind != TokenKind::End);
        checks::span(text, token.span);
        end = token.span.end;
    }
    assert_eq!(end as usize, text.len(), "bytes left over in {text:?}");

    let tree = parse(text);
    for diagnostic in &tree.diagnostics {
        checks::diagnostic(text, diagnostic);
    }
    let mut read = Reading {
        text,
        tree: &tree,
        judged: true,
        sound: true,
        bare_some: false,
    };
    read.node(Tree::ROOT);
    let Reading {
        judged,
        sound,
        bare_some,
        ..
    } = read;
    let refused = check_with_ron(text);
    let stricter = |code| [codes::TOO_DEEP, codes::NUL].contains(&code);
    let own_rules = tree.diagnostics.iter().any(|p| stricter(p.code));
    match &refused {
        Some(diagnostic) => {
            checks::span(text, diagnostic.span);
            let accepted = tree.diagnostics.is_empty() && sound && judged;
            assert!(!accepted, "ron refuses {text:?}: {}", diagnostic.message);
        }
        None => assert!(
            // After a "Some" without a value `ron` lets anything follow.
            tree.diagnostics.is_empty() || own_rules || bare_some,
            "ron accepts {text:?}: {:?}",
            tree.diagnostics
        ),
    }
}

/// The words that are whole values to `ron` wherever it meets them.
const WHOLE_VALUES: &[&str] = &[
    "None", "true", "false", "inf", "inff32", "inff64", "NaN", "NaNf32", "NaNf64",
];

/// Looks at every node and reads what holds a value.
struct Reading<'a> {
    text: &'a str,
    tree: &'a Tree,
    /// Whether all of it can be judged: what `ron` reads as a character or bytes is nothing that a
    /// register has.
    judged: bool,
    /// Whether all texts and numbers mean something.
    sound: bool,
    /// Somewhere stands "Some" without a value.
    bare_some: bool,
}

impl Reading<'_> {
    fn node(&mut self, id: NodeId) {
        let span = self.tree.span(id);
        checks::span(self.text, span);
        let mut d = Decoder::new(self.text, self.tree);
        match self.tree.kind(id) {
            NodeKind::Text | NodeKind::EscapedText => {
                self.sound &= String::decode(&mut d, id).is_some();
            }
            NodeKind::Number => {
                self.sound &= f64::decode(&mut d, id).is_some();
            }
            // No value, which is reported where one is read.
            NodeKind::Word if span.of(self.text) == "Some" => {
                self.sound = false;
                self.bare_some = true;
            }
            // Names with signs in them: no field has such a name, which is reported where fields
            // are read.
            NodeKind::Field => {
                let name = self.tree.field_name(self.text, id).unwrap_or("");
                self.sound &= name.chars().all(|c| c.is_alphanumeric() || c == '_');
            }
            // Of the words that are values to `ron`, only `Some` holds another value. Ours reads
            // any word with something behind it as a record of that name, which is reported where
            // a value of another type is wanted.
            NodeKind::Record => match self.tree.name(self.text, id) {
                Some(name) if WHOLE_VALUES.contains(&name) => self.sound = false,
                Some("Some") => {
                    let mut inside = self.tree.children(id);
                    let first = inside.next().map(|child| self.tree.kind(child));
                    let one = first.is_some_and(|kind| kind != NodeKind::Field);
                    self.sound &= one && inside.next().is_none();
                }
                _ => {}
            },
            NodeKind::Char | NodeKind::Bytes | NodeKind::Range | NodeKind::Map => {
                self.judged = false;
            }
            _ => {}
        }
        for diagnostic in d.into_diagnostics() {
            checks::diagnostic(self.text, &diagnostic);
        }
        let mut end = span.start;
        for child in self.tree.children(id) {
            let inner = self.tree.span(child);
            assert!(
                inner.start >= end && inner.end <= span.end,
                "{inner:?} in {span:?} of {:?}",
                self.text
            );
            end = inner.end;
            self.node(child);
        }
    }
}
