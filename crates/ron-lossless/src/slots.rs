//! The items of a list or the fields of a record, each with what belongs to it: its comma and its
//! comments.

use super::lex::tokens;
use super::token::TokenKind;
use super::{NodeId, NodeKind, Span, Tree};

/// One item or field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemExtent {
    /// The item or the field.
    pub node: NodeId,
    /// From its first to its last character.
    pub span: Span,
    /// Where what belongs to it begins: its first comment directly above, or the item itself.
    pub lead: u32,
    /// The comma behind it.
    pub comma: Option<Span>,
    /// Where what belongs to it ends: behind its comma and the comments that follow on the line.
    pub tail: u32,
    /// Nothing but white space stands before it on its line, or before the first of its comments.
    pub own_line: bool,
}

/// What holds items: where they may stand, and what is there.
pub struct ContainerItems {
    /// The end of the opening bracket.
    pub open: u32,
    /// The start of the closing bracket.
    pub close: u32,
    /// The end of the comments on the line of the opening bracket.
    pub open_tail: u32,
    /// The items, in order.
    pub all: Vec<ItemExtent>,
}

impl ContainerItems {
    /// The items of a record, a list or a map; `None` for anything else, and where its syntax is
    /// broken.
    pub fn of(text: &str, tree: &Tree, container: NodeId) -> Option<ContainerItems> {
        let kind = tree.kind(container);
        let holds = matches!(kind, NodeKind::Record | NodeKind::List | NodeKind::Map);
        if !holds || tree.is_broken(container) {
            return None;
        }
        let span = tree.span(container);
        let open = opening(text, tree, container)?;
        let close = span.end.checked_sub(1).filter(|close| *close >= open)?;
        let nodes: Vec<NodeId> = tree.children(container).collect();
        let mut all: Vec<ItemExtent> = Vec::with_capacity(nodes.len());
        let mut open_tail = open;
        let mut from = open;
        let ends = nodes.iter().map(|node| Some(tree.span(*node)));
        for (index, next) in ends.chain([None]).enumerate() {
            let mut gap = Gap::read(text, from, next.map_or(close, |span| span.start));
            if next.is_some() && gap.on_one_line {
                // A comment between two items on one line stands by the second.
                gap.tail = gap.comma.map_or(from, |comma| comma.end);
            }
            match all.last_mut() {
                Some(last) => (last.comma, last.tail) = (gap.comma, gap.tail),
                None => open_tail = gap.tail,
            }
            if let Some(span) = next {
                let lead = gap.lead.unwrap_or(span.start);
                all.push(ItemExtent {
                    node: nodes[index],
                    span,
                    lead,
                    comma: None,
                    tail: span.end,
                    own_line: line_start(text, lead) >= gap.tail && is_indent(text, lead),
                });
                from = span.end;
            }
        }
        Some(ContainerItems {
            open,
            close,
            open_tail,
            all,
        })
    }
}

/// The end of the bracket that opens a container.
fn opening(text: &str, tree: &Tree, container: NodeId) -> Option<u32> {
    let span = tree.span(container);
    let from = tree
        .name_span(container)
        .map_or(span.start, |name| name.end);
    let inside = text.get(from as usize..span.end as usize)?;
    let opens = |kind| {
        matches!(
            kind,
            TokenKind::LeftParen | TokenKind::LeftBracket | TokenKind::LeftBrace
        )
    };
    let token = tokens(inside).find(|token| !token.kind.is_trivia())?;
    opens(token.kind).then(|| from + token.span.end)
}

/// What stands between two items.
struct Gap {
    comma: Option<Span>,
    /// Where what belongs to the item before it ends.
    tail: u32,
    /// Where the comments begin that belong to the item after it.
    lead: Option<u32>,
    /// What follows begins on the line on which the item before it, or its comma, ends.
    on_one_line: bool,
}

impl Gap {
    fn read(text: &str, from: u32, to: u32) -> Gap {
        let mut gap = Gap {
            comma: None,
            tail: from,
            lead: None,
            on_one_line: true,
        };
        let words = Span::new(from, to).of(text);
        for token in tokens(words) {
            let span = Span::new(from + token.span.start, from + token.span.end);
            let breaks = token.span.of(words).matches('\n').count();
            match token.kind {
                TokenKind::Comma => {
                    gap = Gap {
                        comma: Some(span),
                        tail: span.end,
                        lead: None,
                        on_one_line: true,
                    };
                }
                TokenKind::LineComment | TokenKind::BlockComment if gap.on_one_line => {
                    let body = token.span.of(words).trim_end_matches('\r');
                    gap.tail = span.start + body.len() as u32;
                    gap.on_one_line = breaks == 0 && token.kind == TokenKind::BlockComment;
                }
                TokenKind::LineComment | TokenKind::BlockComment => {
                    gap.lead = gap.lead.or(Some(span.start));
                }
                _ => {
                    gap.on_one_line &= breaks == 0;
                    // A blank line parts a comment from what follows.
                    if breaks > 1 {
                        gap.lead = None;
                    }
                }
            }
        }
        gap
    }
}

/// Where the line begins on which byte `at` stands.
pub(super) fn line_start(text: &str, at: u32) -> u32 {
    let before = text.get(..at as usize).unwrap_or("");
    before.rfind('\n').map_or(0, |newline| newline as u32 + 1)
}

/// Whether nothing but blanks stands before byte `at` on its line.
pub(super) fn is_indent(text: &str, at: u32) -> bool {
    let before = Span::new(line_start(text, at), at).of(text);
    before.bytes().all(|b| b == b' ' || b == b'\t')
}

/// The blanks at the start of the line on which byte `at` stands.
pub(super) fn indent(text: &str, at: u32) -> &str {
    let before = text.get(line_start(text, at) as usize..).unwrap_or("");
    let blanks = before.bytes().take_while(|b| *b == b' ' || *b == b'\t');
    &before[..blanks.count()]
}

/// Whether the line ends at byte `at`, but for blanks.
pub(super) fn ends_line(text: &str, at: u32) -> bool {
    let rest = text.get(at as usize..).unwrap_or("");
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n')
}

/// The line ending around byte `at`. Files with different ones may stand in one text, with `\n`
/// between them.
pub fn line_ending(text: &str, at: u32) -> &'static str {
    let bytes = text.as_bytes();
    let at = bytes.len().min(at as usize);
    let (before, after) = bytes.split_at(at);
    let above = memchr::memrchr(b'\n', before);
    let own = memchr::memchr(b'\n', after).map(|end| at + end);
    let has_return = |end: usize| end.checked_sub(1).and_then(|i| bytes.get(i)) == Some(&b'\r');
    match above.is_some_and(has_return) || own.is_some_and(has_return) {
        true => "\r\n",
        false => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let tree = parse(text);
        let slots = ContainerItems::of(text, &tree, tree.value().unwrap()).unwrap();
        let show = |slot: &ItemExtent| {
            let words = Span::new(slot.lead, slot.tail).of(text);
            format!("{}{words}", if slot.own_line { "|" } else { "" })
        };
        slots.all.iter().map(show).collect()
    }

    #[test]
    fn comments_belong_to_the_item_they_stand_by() {
        assert_eq!(
            shown("[1, /* b */ 2 /* c */, 3]"),
            ["1,", "2 /* c */,", "3"]
        );
        let text = "[ // list\n  // apart\n\n  // one\n  /* eins */\n  1, // after\n  2 // two\n  \
            , 3 // three\r\n  // end\n]";
        assert_eq!(
            shown(text),
            [
                "|// one\n  /* eins */\n  1, // after",
                "|2 // two\n  ,",
                "3 // three"
            ]
        );
        assert_eq!(
            shown("(a: 1 /* x\n y */, // z\n\n  b: [ // no\n  ],)"),
            ["a: 1 /* x\n y */, // z", "|b: [ // no\n  ],"]
        );
    }

    #[test]
    fn line_endings_are_those_of_the_file_around() {
        let text = "a\r\nb\nc\nd\ne\r\nf";
        let at = |words: &str| line_ending(text, text.find(words).unwrap() as u32);
        assert_eq!(
            ["a", "b", "c", "d", "e", "f"].map(at),
            ["\r\n", "\r\n", "\n", "\n", "\r\n", "\r\n"]
        );
        assert_eq!(line_ending("", 9), "\n");
    }

    #[test]
    fn nothing_is_offered_where_the_syntax_is_broken() {
        for text in ["[1 2]", "[(a: )]", "\"text\"", "[1, 2"] {
            let tree = parse(text);
            let value = tree.value().unwrap();
            assert!(ContainerItems::of(text, &tree, value).is_none(), "{text}");
        }
        let text = "r#Doc /* ( */ (a: 1)";
        let tree = parse(text);
        let slots = ContainerItems::of(text, &tree, tree.value().unwrap()).unwrap();
        assert_eq!((slots.open, slots.close), (15, 19));
    }
}
