//! The tolerant parser: values, records, lists and maps. How a broken one goes on is `body`'s
//! affair.

use super::cursor::Cursor;
use super::token::TokenKind;
use super::tree::{Node, NodeId, NodeKind, Tree};
use super::{Diagnostic, Span, codes, mend, span::MAX_BYTES};

/// Reads `text` as RON, whatever it holds.
///
/// Never fails: what cannot be read becomes [`NodeKind::Error`] nodes and [`Tree::problems`], and
/// the rest is read on. Time and memory are linear in the text. Nesting deeper than
/// [`MAX_DEPTH`](super::MAX_DEPTH) is given up.
pub fn parse(text: &str) -> Tree {
    parse_within(text, MAX_BYTES)
}

fn parse_within(text: &str, max_bytes: usize) -> Tree {
    let fits = text.len() <= max_bytes;
    let mut parser = Parser {
        cursor: Cursor::new(if fits { text } else { "" }),
        // Fewer nodes than this are rare, and growing a large list copies it.
        nodes: Vec::with_capacity(if fits { text.len() / 20 + 8 } else { 1 }),
        open: Vec::new(),
        cut: None,
        skip_comma: false,
    };
    if !fits {
        parser.cursor.give_up();
        parser.cursor.report(0, |_| {
            let message = format!("The text is too large to read: {} bytes", text.len());
            Diagnostic::error(Span::default(), codes::TOO_LARGE, message)
        });
    }
    parser.document();
    let Cursor {
        mut problems,
        left_out,
        ..
    } = parser.cursor;
    problems.sort_by_key(|problem| problem.span.start);
    Tree {
        nodes: parser.nodes,
        problems,
        problems_left_out: left_out,
    }
}

pub(super) struct Parser<'s> {
    pub cursor: Cursor<'s>,
    pub nodes: Vec<Node>,
    /// The brackets that are open, outermost first.
    pub open: Vec<Opening>,
    /// The line on which text was cut short, up to its end: whatever was opened on it ends with it.
    pub cut: Option<Span>,
    /// The value just read lost its end, and its comma with it.
    pub skip_comma: bool,
}

impl<'s> Parser<'s> {
    pub(super) fn begin(&mut self, kind: NodeKind, start: u32) -> NodeId {
        self.nodes.push(Node {
            kind,
            start,
            end: start,
            next: 0,
            name_end: start,
        });
        self.nodes.len() as NodeId - 1
    }

    /// Ends a node after the last token read.
    pub(super) fn finish(&mut self, id: NodeId) {
        let (next, end) = (self.nodes.len() as NodeId, self.cursor.last_end);
        if let Some(node) = self.nodes.get_mut(id as usize) {
            (node.next, node.end) = (next, end.max(node.start));
        }
    }

    /// A node of the next token alone, which is read with it.
    pub(super) fn leaf(&mut self, kind: NodeKind) {
        let id = self.begin(kind, self.cursor.now.span.start);
        self.cursor.advance();
        self.finish(id);
    }

    pub(super) fn name_end(&mut self, id: NodeId, end: u32) {
        if let Some(node) = self.nodes.get_mut(id as usize) {
            node.name_end = end;
        }
    }

    /// Reports a problem; `message` is asked only where there is room for it. An empty `help` is
    /// none.
    pub(super) fn error(
        &mut self,
        span: Span,
        code: &'static str,
        message: impl FnOnce(&Cursor) -> String,
        help: &str,
    ) {
        self.cursor.report(span.start, |cursor| {
            let problem = Diagnostic::error(span, code, message(cursor));
            if help.is_empty() {
                problem
            } else {
                problem.with_help(help)
            }
        });
    }

    fn document(&mut self) {
        let root = self.begin(NodeKind::Root, 0);
        while self.cursor.now.kind == TokenKind::Hash {
            self.attribute();
        }
        self.leading_words();
        if self.cursor.now.kind != TokenKind::End {
            self.value(0, Place::Item);
            self.trailing();
        } else if !self.cursor.gave_up {
            let end = self.cursor.now.span;
            self.error(
                end,
                codes::EMPTY,
                |_| "The file holds nothing".to_string(),
                "a register begins with `(` and ends with `)`",
            );
        }
        self.cursor.last_end = self.cursor.text.len() as u32;
        self.finish(root);
    }

    fn trailing(&mut self) {
        let now = self.cursor.now;
        if now.kind == TokenKind::End || self.cursor.gave_up {
            return;
        }
        let message = |cursor: &Cursor| {
            format!(
                "The document ends before {}, and nothing may follow",
                cursor.shown()
            )
        };
        self.error(
            now.span,
            codes::TRAILING,
            message,
            "look for a closing bracket too many above, or delete what follows",
        );
        let rest = self.begin(NodeKind::Error, now.span.start);
        self.cursor.last_end = self.cursor.text.len() as u32;
        self.finish(rest);
    }

    /// `#![…]` at the top. What it may say is ron's business.
    fn attribute(&mut self) {
        const HELP: &str = "delete this line; a register needs none";
        if self.cursor.peek().kind != TokenKind::Bang {
            return self.hash_comment();
        }
        let start = self.cursor.advance().span.start;
        let mut depth = 0;
        let whole = loop {
            use TokenKind::*;
            match self.cursor.now.kind {
                Bang | LeftParen | RightParen | Word | Comma | Equals | Text | EscapedText
                | RawText => {}
                LeftBracket => depth += 1,
                RightBracket if depth == 1 => {
                    self.cursor.advance();
                    break true;
                }
                RightBracket => depth -= 1,
                _ => break false,
            }
            self.cursor.advance();
        };
        let span = Span::new(start, self.cursor.last_end.max(start + 1));
        if !whole || ron::Deserializer::from_str(span.of(self.cursor.text)).is_err() {
            self.error(
                span,
                codes::ATTRIBUTE,
                |_| "This line with `#` cannot be understood".to_string(),
                HELP,
            );
            self.cursor.mend(span, codes::ATTRIBUTE, |cursor| {
                let line = mend::with_its_line(cursor.text, span);
                whole.then(|| mend::replace("Delete the line", line, ""))?
            });
        }
    }

    /// A line that begins with `#`, as comments do elsewhere.
    pub(super) fn hash_comment(&mut self) {
        let span = Span::new(self.cursor.now.span.start, self.cursor.line_end());
        self.error(
            span,
            codes::UNEXPECTED,
            |_| "`#` begins no comment here".to_string(),
            "a comment begins with `//`",
        );
        self.cursor.mend(span, codes::UNEXPECTED, |cursor| {
            mend::hash_comment(cursor.text, span.start)
        });
        self.cursor.read_to(span.end);
    }
}

/// An open bracket.
#[derive(Copy, Clone)]
pub(super) struct Opening {
    pub close: TokenKind,
    pub span: Span,
    /// Where its line starts, and how far that is indented.
    pub line: u32,
    pub indent: u32,
}

/// Where a value stands: in a field it is the only one, so that words after it belong to it.
#[derive(Copy, Clone, PartialEq)]
pub(super) enum Place {
    Field,
    Item,
}

/// The message for what has no meaning where it stands.
pub(super) fn meaningless(cursor: &Cursor) -> String {
    format!("{} has no meaning here", cursor.shown())
}

#[cfg(test)]
mod tests {
    use super::super::MAX_DEPTH;
    use super::*;

    fn problems(text: &str) -> Vec<(&'static str, &str)> {
        let tree = parse_within(text, 1000);
        tree.problems
            .iter()
            .map(|p| (p.code, p.span.of(text)))
            .collect()
    }

    #[test]
    fn valid_text_has_no_problems() {
        for text in [
            "()",
            "[]",
            "{}",
            "x",
            "\u{feff}(a: 1)",
            "Doc(a: Some(\"x\"), b: [1, -2.5], c: {\"k\": 'c', 2: Name}, d: (1, 2,),) // end",
            "#![enable(implicit_some)]\n#![type = \"x\"]\n(a: r#\"\"\"#, r#type: br\"\")",
            "(a: \"two\nlines\")",
            "[1..2, ..=3]",
            "Name /* c */ (1)",
        ] {
            assert_eq!(problems(text), [], "{text}");
        }
    }

    #[test]
    fn slips_of_writing_are_named() {
        assert_eq!(
            problems("(a: 'several words', b: 1)"),
            [("bad-character", "'several words'")]
        );
        assert_eq!(
            problems("(a: “curly”, b: 1)"),
            [("curly-quotes", "“curly”")]
        );
        assert_eq!(problems("(a: /* \n b: 1)"), [("unclosed-comment", "/*")]);
        assert_eq!(problems("(a: r#\"x)\n"), [("unclosed-text", "r#\"x)")]);
        assert_eq!(
            problems("#![nonsense]\n()"),
            [("attribute", "#![nonsense]")]
        );
        assert_eq!(
            problems("# a note\n(a: [1, # one\n 2])"),
            [
                ("unexpected-character", "# a note"),
                ("unexpected-character", "# one")
            ]
        );
        assert_eq!(problems("() ()"), [("trailing", "(")]);
        assert_eq!(problems(" // only a comment"), [("empty", "")]);
    }

    #[test]
    fn depth_and_size_have_limits() {
        assert_eq!(problems(&"[".repeat(MAX_DEPTH)), [("unclosed", "[")]);
        assert_eq!(problems(&"[".repeat(MAX_DEPTH + 1)), [("too-deep", "[")]);
        // What is unread belongs to all that was open, so that nothing counts as missing there.
        let tree = parse(&"(".repeat(MAX_DEPTH * 2));
        assert!(tree.is_broken(1));
        assert_eq!(problems(&" ".repeat(1001)), [("too-large", "")]);
    }
}
