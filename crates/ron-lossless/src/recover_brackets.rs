//! Recovery from missing, wrong and extra brackets.
//!
//! Two kinds of evidence decide: what follows (a field cannot be in a list, nor a record among the
//! fields of a record) and the indentation of the line. Indentation is used only together with the
//! first, because files with odd layout are valid.

use crate::cursor::{Cursor, first_line_end};
use crate::parser::{Opening, Parser};
use crate::quick_fix::{replace, with_its_line};
use crate::{
    Diagnostic, NodeId, NodeKind, SourceChange, Span, Token, TokenKind, codes, quick_fix, tokens,
};

impl Parser<'_> {
    /// Text that was cut short took the rest of its line with it: brackets opened on that line end
    /// there without a diagnostic.
    pub(crate) fn ends_with_cut_line(&mut self, opening: Opening) -> bool {
        let Some(cut) = self.cut.filter(|cut| self.cursor.now.span.start >= cut.end) else {
            return false;
        };
        let is_on_line = |open: &Opening| (cut.start..cut.end).contains(&open.span.start);
        let outer = self.open.len().saturating_sub(1);
        if !is_on_line(&opening) || !self.open.iter().take(outer).any(is_on_line) {
            self.cut = None;
        }
        is_on_line(&opening)
    }

    /// Whether the next token shows, by what it is and how far it is indented, that this bracket
    /// must have been closed before.
    pub(crate) fn must_have_ended(&mut self, opening: Opening, has_fields: bool) -> bool {
        use TokenKind::*;
        let now = self.cursor.now;
        // What is indented further than the bracket's own line may well be inside it, and within a
        // line indentation says nothing.
        if !now.is_first || now.indent > opening.indent || now.line == opening.line {
            return false;
        }
        let next = match (opening.close, now.kind) {
            // Among fields, a value without a name is never right.
            (RightParen, LeftParen) if has_fields => "the next record begins here",
            (RightParen, Word) if has_fields && self.cursor.peek().kind == LeftParen => {
                "the next record begins here"
            }
            // In a list, a field name is never right.
            (RightBracket, Word) if self.cursor.peek().kind == Colon => {
                "the next field begins here"
            }
            _ => return false,
        };
        let bracket = opening.span.of(self.cursor.text);
        let right = closer(opening.close);
        self.cursor.report(opening.span.start, |cursor| {
            Diagnostic::error(
                opening.span,
                codes::UNCLOSED,
                format!("This `{bracket}` is never closed"),
            )
            .with_label(now.span, next)
            .with_help(format!("add `{right}` where it ends"))
            // Another error inside the bracket may be why it seems to be open.
            .with_fix_if_any(match cursor.is_clean_from(opening.span.start) {
                true => add_closer(cursor.text, opening, right, cursor.last_end, true),
                false => None,
            })
        });
        true
    }

    /// The text ends inside `opening`: one diagnostic covers all brackets that are open.
    pub(crate) fn report_unclosed(&mut self, opening: Opening) {
        if self.cursor.gave_up {
            return;
        }
        // The brackets around it end here too, and one cut is one error.
        self.cursor.gave_up = true;
        let open = &self.open;
        self.cursor.report(opening.span.start, |cursor| {
            let bracket = opening.span.of(cursor.text);
            let (outermost, others) = match open.first() {
                Some(outermost) if open.len() > 1 => (*outermost, open.len() - 1),
                _ => {
                    let message = format!("This `{bracket}` is never closed");
                    let help = format!("add `{}` where it ends", closer(opening.close));
                    let diagnostic =
                        Diagnostic::error(opening.span, codes::UNCLOSED, message).with_help(help);
                    // Where all else is in order and whole, nothing but the bracket is lost.
                    let read = cursor.text.get(..cursor.last_end as usize).unwrap_or("");
                    let is_whole = read.ends_with([',', ')', ']', '"']);
                    let is_sure = open.len() == 1 && cursor.diagnostics.is_empty() && is_whole;
                    let close = closer(opening.close);
                    return diagnostic.with_fix_if_any(is_sure.then_some(()).and_then(|()| {
                        add_closer(cursor.text, opening, close, cursor.last_end, false)
                    }));
                }
            };
            let (around, label) = match others {
                1 => ("the bracket around it".to_string(), "the bracket around it"),
                _ => (
                    format!("the {others} brackets around it"),
                    "the outermost of them",
                ),
            };
            let message = format!("The file ends before this `{bracket}` and {around} are closed");
            let closers: String = open.iter().rev().map(|open| closer(open.close)).collect();
            Diagnostic::error(opening.span, codes::UNCLOSED, message)
                .with_label(outermost.span, label)
                .with_help(format!(
                    "if the end of the file is lost, go back to a whole copy; if only the brackets \
                    are, add `{closers}` at its end"
                ))
        });
    }

    /// A closing bracket of another kind is next. `true` where it ends this bracket: taken for its
    /// own, or left to an outer one.
    pub(crate) fn wrong_closer(&mut self, opening: Opening) -> bool {
        let now = self.cursor.now;
        let outer = self
            .open
            .iter()
            .rev()
            .skip(1)
            .filter(|open| open.close == now.kind);
        let fits_outer = outer.clone().count() > 0;
        let fits_outer_on_line = outer.clone().any(|open| open.line == now.line);
        // `tags: ["a"), title: …`: the record goes on, so the bracket was not its own.
        use TokenKind::{Colon, Comma, Word};
        let continues = || {
            self.cursor
                .ahead()
                .map(|token| token.kind)
                .take(3)
                .eq([Comma, Word, Colon])
        };
        // A bracket that was opened on this line is most likely closed on it, by a wrong key. Where
        // an outer one of the right kind was opened on the line as well, either may be meant.
        let is_mistyped = opening.line == now.line && (!fits_outer_on_line || continues());
        let (right, bracket) = (closer(opening.close), opening.span.of(self.cursor.text));
        self.cursor.report(now.span.start, |cursor| {
            let message = format!("`{right}` belongs here instead of {}", cursor.shown());
            Diagnostic::error(now.span, codes::MISMATCHED, message)
                .with_label(opening.span, format!("to close this `{bracket}`"))
        });
        // Without the diagnostic just reported.
        let is_clean = self.cursor.omitted == 0 && {
            let before_it = self
                .cursor
                .diagnostics
                .split_last()
                .map_or(&[][..], |p| p.1);
            before_it.iter().all(|p| p.span.start < opening.span.start)
        };
        let around = outer.clone().next();
        let direct = self.open.iter().rev().nth(1);
        let is_direct = around.is_some_and(|a| direct.is_some_and(|d| d.span == a.span));
        // On a line of its own, the bracket stands where the one around it began.
        let is_outer = is_direct
            && (opening.line == now.line
                || (now.is_first
                    && now.indent < opening.indent
                    && around.is_some_and(|a| a.indent == now.indent)));
        // After a record on the line, a field of another one around it may follow.
        let is_sure = !fits_outer_on_line || opening.close == TokenKind::RightBracket;
        self.cursor
            .attach_fix(now.span, codes::MISMATCHED, |cursor| match is_mistyped {
                _ if !cursor.ends_item() => None,
                true if !is_sure => None,
                true => quick_fix::replace(format!("Write `{right}`"), now.span, right),
                // A second one may be the outer bracket's own.
                false if cursor.peek().kind == now.kind => None,
                false if is_outer && is_clean => {
                    let is_below = opening.line != now.line;
                    add_closer(cursor.text, opening, right, cursor.last_end, is_below)
                }
                false => None,
            });
        // Else the token stays: the outer bracket that it fits reads it as its own end.
        if is_mistyped {
            self.cursor.advance();
        }
        is_mistyped || fits_outer
    }

    /// `a: 1, 2`: a value among fields.
    pub(crate) fn report_bare_value(&mut self, item: usize) {
        let Some(node) = self.nodes.get(item).copied() else {
            return;
        };
        let span = Span::new(node.start, node.end);
        let before = self.cursor.text.get(..node.start as usize).unwrap_or("");
        // `28,500`: no space, and digits on both sides.
        if node.kind == NodeKind::Number
            && before.ends_with(',')
            && before
                .as_bytes()
                .iter()
                .rev()
                .nth(1)
                .is_some_and(u8::is_ascii_digit)
        {
            self.error(
                span,
                codes::EXPECTED_FIELD,
                |_| "Commas cannot group the digits of a number".to_string(),
                "write 28500 or 28_500, not 28,500",
            );
            let first = item
                .checked_sub(1)
                .and_then(|at| self.nodes.get(at))
                .copied();
            return self
                .cursor
                .attach_fix(span, codes::EXPECTED_FIELD, |cursor| {
                    let first = first.filter(|node| node.kind == NodeKind::Number)?;
                    quick_fix::digit_groups(cursor.text, Span::new(first.start, first.end))
                });
        }
        // Where the comma before it is missing, that has been reported.
        let is_reported = self.cursor.diagnostics.last().is_some_and(|p| {
            p.code == codes::MISSING_COMMA
                && p.span.start <= node.start
                && before
                    .get(p.span.start as usize..)
                    .is_some_and(|gap| gap.trim().is_empty())
        });
        if !is_reported {
            self.error(span, codes::EXPECTED_FIELD, bare_value, BARE_VALUE_HELP);
        }
    }

    pub(crate) fn report_values_before_fields(&mut self, id: NodeId) {
        let end = self.nodes.get(id as usize).map_or(0, |node| node.next);
        let mut child = id + 1;
        while let Some(node) = self
            .nodes
            .get(child as usize)
            .copied()
            .filter(|_| child < end)
        {
            if node.kind == NodeKind::Field {
                break;
            }
            if node.kind != NodeKind::Error {
                self.error(
                    Span::new(node.start, node.end),
                    codes::EXPECTED_FIELD,
                    bare_value,
                    BARE_VALUE_HELP,
                );
            }
            child = node.next;
        }
    }
}

const BARE_VALUE_HELP: &str = "write `name: value`";

fn bare_value(_: &Cursor) -> String {
    "This value stands in a record without a field name".to_string()
}

fn closer(kind: TokenKind) -> char {
    match kind {
        TokenKind::RightParen => ')',
        TokenKind::RightBracket => ']',
        _ => '}',
    }
}

impl Parser<'_> {
    /// Whether the next token is a closing bracket too many: what follows shows that `opening`
    /// goes on.
    pub(crate) fn is_extra_closer(&self, opening: Opening) -> bool {
        use TokenKind::*;
        let now = self.cursor.now;
        let is_own = now.kind == opening.close;
        let outer = self.open.iter().rev().nth(1);
        // After a list or a map, what follows tells nothing: `], a: 1` goes on in the record around
        // it.
        if is_own && opening.close != RightParen {
            return false;
        }
        match outer {
            // No field can follow the whole document.
            None if is_own => return self.continuation(opening).is_some(),
            // Nor can one follow a record in a list; but elsewhere, it may be the outer record's.
            Some(outer) if is_own && outer.close != RightBracket => return false,
            // One too many is typed right after another: `(a: 1))`. Alone, it is a wrong one.
            _ if !self.follows_a_closer() => return false,
            _ => {}
        }
        let Some(next) = self.continuation(opening) else {
            return false;
        };
        let gap = Span::new(now.span.end, next.span.start).of(self.cursor.text);
        match gap.rfind('\n') {
            Some(at) => {
                let indent = (gap.len() - at - 1) as u32;
                indent > opening.indent || (next.kind == opening.close && indent == opening.indent)
            }
            // An outer bracket that was opened on this line may be the one that is meant.
            None => {
                let fits = |open: &Opening| open.close == now.kind && open.line == now.line;
                let mut outer = self.open.iter().rev().skip(1);
                is_own || opening.line != now.line || !outer.any(fits)
            }
        }
    }

    /// Whether the token read last is a closing bracket right before the next.
    fn follows_a_closer(&self) -> bool {
        let now = self.cursor.now.span.start;
        let before = self.cursor.text.get(..now as usize).unwrap_or("");
        self.cursor.last_end == now && before.ends_with([')', ']', '}'])
    }

    /// What comes after the next token and a comma, where it belongs into `opening`: a field, a
    /// record, or the end.
    fn continuation(&self, opening: Opening) -> Option<Token> {
        use TokenKind::*;
        let mut ahead = self.cursor.ahead();
        let next = ahead.next().filter(|token| token.kind != Comma);
        let next = next.or_else(|| ahead.next())?;
        let mut is_before = |kind| ahead.next().is_some_and(|token| token.kind == kind);
        let continues = match (opening.close, next.kind) {
            (close, kind) if close == kind => self.cursor.now.kind != close,
            (RightParen, Word) => is_before(Colon),
            (RightBracket, LeftParen) => true,
            (RightBracket, Word) => is_before(LeftParen),
            _ => false,
        };
        continues.then_some(next)
    }

    /// Reads over a closing bracket too many, and the comma after it.
    pub(crate) fn skip_extra_closer(&mut self) {
        let span = self.cursor.now.span;
        self.error(
            span,
            codes::MISMATCHED,
            |cursor| format!("There is a {} too many here", cursor.shown()),
            "delete it; what it would have ended goes on",
        );
        let start = self.open.last().map_or(0, |open| open.span.start);
        self.cursor.attach_fix(span, codes::MISMATCHED, |cursor| {
            let is_clean = !cursor
                .diagnostics
                .iter()
                .any(|p| (start..span.start).contains(&p.span.start));
            if !is_clean {
                return None;
            }
            let next = cursor.peek();
            use TokenKind::*;
            let read = cursor.text.get(..span.start as usize)?.trim_end();
            let is_apart = matches!(next.kind, Comma | RightParen | RightBracket | RightBrace);
            if !is_apart && !read.ends_with(',') {
                return None;
            }
            let comma = (next.kind == TokenKind::Comma).then_some(next.span);
            delete_closer(cursor.text, span, comma)
        });
        self.leaf(NodeKind::Error);
        if self.cursor.now.kind == TokenKind::Comma {
            self.cursor.advance();
        }
    }
}

/// Ends what `opening` began after the token that ends at `last_end`: on the same line, or on a
/// line of its own below. `with_comma` where more follows in the bracket around it.
pub(crate) fn add_closer(
    text: &str,
    opening: Opening,
    closer: char,
    last_end: u32,
    with_comma: bool,
) -> Option<SourceChange> {
    let label = format!("Add `{closer}`");
    let comma = if with_comma { "," } else { "" };
    let inside = Span::new(opening.span.start, last_end).of(text);
    if !inside.contains('\n') {
        // Before a comma that stands there already, which then parts the closed bracket from the
        // next item.
        let has_comma = with_comma && inside.ends_with(',');
        let at = last_end - u32::from(has_comma);
        let added = match has_comma {
            true => closer.to_string(),
            false => format!("{closer}{comma}"),
        };
        return replace(label, Span::new(at, at), added);
    }
    let rest = Span::new(last_end, text.len() as u32);
    let line_end = first_line_end(text, rest);
    let line = Span::new(last_end, line_end).of(text);
    let is_passed = |kind| matches!(kind, TokenKind::Space | TokenKind::LineComment);
    if !tokens(line).all(|token| is_passed(token.kind)) {
        return None;
    }
    // The indentation is copied: with tabs or a mixture it cannot be counted.
    let indent = Span::new(opening.line, opening.line + opening.indent).of(text);
    if indent.len() != opening.indent as usize || !indent.trim().is_empty() {
        return None;
    }
    // A closing bracket at its level has probably ended it: then one is missing further up.
    let last_line = inside.rsplit('\n').next()?;
    let last_indent = last_line.len() - last_line.trim_start().len();
    if last_indent <= opening.indent as usize {
        return None;
    }
    let is_windows = text.get(..opening.line as usize)?.ends_with("\r\n") || line.ends_with('\r');
    let line_break = if is_windows { "\r\n" } else { "\n" };
    let at = line_end - u32::from(line.ends_with('\r'));
    let added = format!("{line_break}{indent}{closer}{comma}");
    replace(label, Span::new(at, at), added)
}

/// Deletes a closing bracket too many; with the comma after it, where the one before serves.
pub(crate) fn delete_closer(text: &str, closer: Span, comma: Option<Span>) -> Option<SourceChange> {
    let before = text.get(..closer.start as usize)?.trim_end();
    let mut span = closer;
    if let Some(comma) = comma
        && before.ends_with(',')
        && Span::new(closer.end, comma.start)
            .of(text)
            .trim()
            .is_empty()
    {
        span.end = comma.end;
    }
    let label = format!("Delete the `{}`", closer.of(text));
    replace(label, with_its_line(text, span), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Tree, parse};

    fn diagnostics(text: &str) -> Vec<(&'static str, &str)> {
        let tree = parse(text);
        let shown = |p: &Diagnostic| (p.code, p.span.of(text));
        tree.diagnostics.iter().map(shown).collect()
    }

    #[test]
    fn a_record_that_is_not_closed_ends_before_the_next() {
        let text = "[\n  (a: 1,\n   b: [2],\n  (a: 3),\n  (a: 4),\n]";
        assert_eq!(diagnostics(text), [("unclosed", "(")]);
        let tree = parse(text);
        assert_eq!(tree.children(1).count(), 3);
        assert_eq!(
            tree.diagnostics[0].labels[0].1,
            "the next record begins here"
        );
    }

    #[test]
    fn a_text_that_is_cut_off_is_one_problem() {
        let whole = "(a: 1, b: [(c: 2, d: {3: 4}), (c: 5)])";
        for end in 1..whole.len() {
            let text = &whole[..end];
            let tree = parse(text);
            assert_eq!(tree.diagnostics.len(), 1, "{text}: {:?}", tree.diagnostics);
        }
        let tree = parse(&whole[..16]);
        assert_eq!(
            tree.diagnostics[0].message,
            "The file ends before this `(` and the 2 brackets around it are closed"
        );
        let help = tree.diagnostics[0].help.as_deref().unwrap();
        assert!(help.ends_with("add `)])` at its end"), "{help}");
    }

    #[test]
    fn a_list_that_is_not_closed_ends_before_the_next_field() {
        let text = "(\n  a: [1, 2,\n  b: [3],\n)";
        assert_eq!(diagnostics(text), [("unclosed", "[")]);
        let tree = parse(text);
        assert!(tree.field(text, 1, "b").is_some());
    }

    #[test]
    fn a_wrong_closing_bracket_closes_what_was_opened_on_its_line() {
        assert_eq!(diagnostics("(a: [1, 2), b: 3)"), [("mismatched", ")")]);
        assert_eq!(diagnostics("[(a: [1, 2), (b: 3)]"), [("mismatched", ")")]);
        assert_eq!(
            diagnostics("(\n a: [1, 2),\n b: 3,\n)"),
            [("mismatched", ")")]
        );
        assert_eq!(diagnostics("(\n a: [\n  1,\n)"), [("mismatched", ")")]);
        assert_eq!(
            diagnostics("[\n1 }}\n]"),
            [("mismatched", "}"), ("mismatched", "}")]
        );
        assert_eq!(diagnostics("[[["), [("unclosed", "[")]);
    }

    #[test]
    fn a_value_among_fields_lacks_its_name() {
        assert_eq!(
            diagnostics("(1, a: 2, 3)"),
            [("expected-field", "1"), ("expected-field", "3")]
        );
        assert_eq!(diagnostics("(a: 2 3)"), [("missing-comma", "")]);
        let tree = parse("(value: 28,500, unit: 1)");
        assert_eq!(
            tree.diagnostics[0].message,
            "Commas cannot group the digits of a number"
        );
    }

    fn messages_of(tree: &Tree) -> Vec<String> {
        tree.diagnostics.iter().map(|p| p.message.clone()).collect()
    }

    #[test]
    fn a_closing_bracket_too_many_is_stepped_over() {
        let read = |text: &str, name: &str| {
            let tree = parse(text);
            let list = tree.field(text, 1, name).unwrap();
            (messages_of(&tree), tree.children(list).count())
        };
        let one = vec!["There is a `)` too many here".to_string()];
        let in_list = "(\n  a: [\n    (x: 1)),\n    (x: 2),\n  ],\n  b: [3],\n)";
        assert_eq!(read(in_list, "a").0, one);
        assert_eq!(read(in_list, "b"), (one.clone(), 1));
        let last = "(\n  a: [\n    (x: 1)),\n  ],\n  b: [3],\n)";
        assert_eq!(read(last, "b"), (one.clone(), 1));
        let in_line = "(\n  a: [(x: 1)), (x: 2)],\n  b: [3],\n)";
        assert_eq!(read(in_line, "b"), (one.clone(), 1));
        let after_list = "(\n  a: [1]),\n  b: [3],\n)";
        assert_eq!(read(after_list, "b"), (one.clone(), 1));
        let in_record = "(\n  a: [\n    (x: (y: 1)), z: 2),\n    (\n      x: (y: 1)),\n      z: \
            2,\n    ),\n  ],\n  b: [3],\n)";
        assert_eq!(read(in_record, "b"), ([one.clone(), one].concat(), 1));
    }

    #[test]
    fn a_list_that_lacks_its_end_takes_no_bracket_for_too_many() {
        let text = "[\n  (\n    a: [\n      (x: 1)),\n  (\n    a: [],\n  ),\n]";
        assert_eq!(
            messages_of(&parse(text)),
            ["`]` belongs here instead of `)`"]
        );
        assert_eq!(parse(text).children(1).count(), 2);
    }

    /// The text after the quick fix of its one error, which must leave no other.
    fn fixed(text: &str) -> Option<String> {
        let tree = parse(text);
        let change = tree.diagnostics.iter().find_map(|p| p.fix.clone())?;
        let after = change.apply_edits(text).unwrap();
        assert_eq!(parse(&after).diagnostics, [], "{after}");
        Some(after)
    }

    #[test]
    fn brackets_are_added_where_they_are_missing() {
        for (before, after) in [
            (
                "[\n  (\n    a: 1, // one\n  (\n    a: 2,\n  ),\n]",
                "[\n  (\n    a: 1, // one\n  ),\n  (\n    a: 2,\n  ),\n]",
            ),
            (
                "[\r\n  (a: 1,\r\n  (a: 2),\r\n]",
                "[\r\n  (a: 1),\r\n  (a: 2),\r\n]",
            ),
            ("[\n  (a: 1\n  (a: 2),\n]", "[\n  (a: 1),\n  (a: 2),\n]"),
            (
                "(\r\n  a: [\r\n    1,\r\n  b: [],\r\n)",
                "(\r\n  a: [\r\n    1,\r\n  ],\r\n  b: [],\r\n)",
            ),
            ("(\n  a: [1],\n", "(\n  a: [1],\n)\n"),
            ("(a: 1,", "(a: 1,)"),
            ("[[(b: 1], [(c: 2)]]", "[[(b: 1)], [(c: 2)]]"),
            ("[\n  (\n    a: 1,\n]\n", "[\n  (\n    a: 1,\n  ),\n]\n"),
            ("(a: F(1], b: 2)", "(a: F(1), b: 2)"),
            ("(a: [1), b: 2)", "(a: [1], b: 2)"),
        ] {
            assert_eq!(fixed(before).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn brackets_too_many_are_deleted() {
        for (before, after) in [
            ("[\n  (a: 1)),\n  (a: 2),\n]", "[\n  (a: 1),\n  (a: 2),\n]"),
            ("(\n  a: [1],\n  ],\n  b: 1,\n)", "(\n  a: [1],\n  b: 1,\n)"),
        ] {
            let fixed = fixed(before);
            assert!(
                fixed.is_none() || fixed.as_deref() == Some(after),
                "{before}"
            );
        }
    }

    #[test]
    fn where_a_bracket_is_missing_may_be_in_doubt() {
        for text in [
            "(\n  a: [(b: 1,\n",
            "(a",
            "(a: [(b: 1)))",
            "[\n  (\n    a: 1,\n  ],\n  (a: 2),\n]",
            "(\n  a: (b: 1,\n  c: 2,\n),\n],\n",
            "[\n  (\n    a: (b: 1,\n  ),\n]\n",
        ] {
            let tree = parse(text);
            assert!(!tree.diagnostics.is_empty(), "{text}");
            for diagnostic in &tree.diagnostics {
                assert_eq!(diagnostic.fix, None, "{text}");
            }
        }
    }

    #[test]
    fn commas_are_added_between_what_is_alike() {
        for (before, after) in [
            ("(a: 1 b: 2)", "(a: 1, b: 2)"),
            ("(a: \"x\" // one\n b: 2)", "(a: \"x\", // one\n b: 2)"),
            ("[\"a\" \"b\"]", "[\"a\", \"b\"]"),
            ("[(a: 1) (a: 2)]", "[(a: 1), (a: 2)]"),
            ("[\n  A\n  B\n]", "[\n  A,\n  B\n]"),
            ("(a: 1; b: 2)", "(a: 1, b: 2)"),
        ] {
            assert_eq!(fixed(before).as_deref(), Some(after), "{before}");
        }
        for text in [
            "[1 2]",
            "[A B]",
            "[\"a\"\"b\"]",
            "(a: 13 B 2023)",
            "[\"a\" b]",
        ] {
            assert_eq!(fixed(text), None, "{text}");
        }
    }
}
