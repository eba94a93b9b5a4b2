//! Where a bracket must have ended, and values in the wrong place.

use super::cursor::Cursor;
use super::parse::{Opening, Parser};
use super::token::TokenKind;
use super::tree::{NodeId, NodeKind};
use super::{Diagnostic, Span, codes, mend, mend_brackets::add_closer};

impl Parser<'_> {
    /// Text that was cut short took the rest of its line with it: brackets opened on that line end
    /// there without a word.
    pub(super) fn ends_with_cut_line(&mut self, opening: Opening) -> bool {
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
    pub(super) fn is_past_end(&mut self, opening: Opening, has_fields: bool) -> bool {
        use TokenKind::*;
        let now = self.cursor.now;
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
            .with_fix_if_any(match cursor.is_clean_from(opening.span.start) {
                true => add_closer(cursor.text, opening, right, cursor.last_end, true),
                false => None,
            })
        });
        true
    }

    /// The text ends inside `opening`: one problem speaks for all brackets that are open.
    pub(super) fn report_unclosed(&mut self, opening: Opening) {
        if self.cursor.gave_up {
            return;
        }
        self.cursor.gave_up = true;
        let open = &self.open;
        self.cursor.report(opening.span.start, |cursor| {
            let bracket = opening.span.of(cursor.text);
            let (outermost, others) = match open.first() {
                Some(outermost) if open.len() > 1 => (*outermost, open.len() - 1),
                _ => {
                    let message = format!("This `{bracket}` is never closed");
                    let help = format!("add `{}` where it ends", closer(opening.close));
                    let problem =
                        Diagnostic::error(opening.span, codes::UNCLOSED, message).with_help(help);
                    // Where all else is in order and whole, nothing but the bracket is lost.
                    let read = cursor.text.get(..cursor.last_end as usize).unwrap_or("");
                    let is_whole = read.ends_with([',', ')', ']', '"']);
                    let is_sure = open.len() == 1 && cursor.problems.is_empty() && is_whole;
                    let close = closer(opening.close);
                    return problem.with_fix_if_any(is_sure.then_some(()).and_then(|()| {
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
    pub(super) fn wrong_closer(&mut self, opening: Opening) -> bool {
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
        let goes_on = || {
            self.cursor
                .ahead()
                .map(|token| token.kind)
                .take(3)
                .eq([Comma, Word, Colon])
        };
        let is_mistyped = opening.line == now.line && (!fits_outer_on_line || goes_on());
        let (right, bracket) = (closer(opening.close), opening.span.of(self.cursor.text));
        self.cursor.report(now.span.start, |cursor| {
            let message = format!("`{right}` belongs here instead of {}", cursor.shown());
            Diagnostic::error(now.span, codes::MISMATCHED, message)
                .with_label(opening.span, format!("to close this `{bracket}`"))
        });
        let is_clean = self.cursor.left_out == 0 && {
            let before_it = self.cursor.problems.split_last().map_or(&[][..], |p| p.1);
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
            .mend(now.span, codes::MISMATCHED, |cursor| match is_mistyped {
                _ if !cursor.ends_item() => None,
                true if !is_sure => None,
                true => mend::replace(format!("Write `{right}`"), now.span, right),
                // A second one may be the outer bracket's own.
                false if cursor.peek().kind == now.kind => None,
                false if is_outer && is_clean => {
                    let is_below = opening.line != now.line;
                    add_closer(cursor.text, opening, right, cursor.last_end, is_below)
                }
                false => None,
            });
        if is_mistyped {
            self.cursor.advance();
        }
        is_mistyped || fits_outer
    }

    /// `a: 1, 2`: a value among fields.
    pub(super) fn report_bare_value(&mut self, item: usize) {
        let Some(node) = self.nodes.get(item).copied() else {
            return;
        };
        let span = Span::new(node.start, node.end);
        let before = self.cursor.text.get(..node.start as usize).unwrap_or("");
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
            return self.cursor.mend(span, codes::EXPECTED_FIELD, |cursor| {
                let first = first.filter(|node| node.kind == NodeKind::Number)?;
                mend::digit_groups(cursor.text, Span::new(first.start, first.end))
            });
        }
        // Where the comma before it is missing, that has been said.
        let is_said = self.cursor.problems.last().is_some_and(|p| {
            p.code == codes::MISSING_COMMA
                && p.span.start <= node.start
                && before
                    .get(p.span.start as usize..)
                    .is_some_and(|gap| gap.trim().is_empty())
        });
        if !is_said {
            self.error(span, codes::EXPECTED_FIELD, bare_value, BARE_VALUE_HELP);
        }
    }

    pub(super) fn report_values_before_fields(&mut self, id: NodeId) {
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

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn problems(text: &str) -> Vec<(&'static str, &str)> {
        let tree = parse(text);
        let shown = |p: &Diagnostic| (p.code, p.span.of(text));
        tree.problems.iter().map(shown).collect()
    }

    #[test]
    fn a_record_that_is_not_closed_ends_before_the_next() {
        let text = "[\n  (a: 1,\n   b: [2],\n  (a: 3),\n  (a: 4),\n]";
        assert_eq!(problems(text), [("unclosed", "(")]);
        let tree = parse(text);
        assert_eq!(tree.children(1).count(), 3);
        assert_eq!(tree.problems[0].labels[0].1, "the next record begins here");
    }

    #[test]
    fn a_text_that_is_cut_off_is_one_problem() {
        let whole = "(a: 1, b: [(c: 2, d: {3: 4}), (c: 5)])";
        for end in 1..whole.len() {
            let text = &whole[..end];
            let tree = parse(text);
            assert_eq!(tree.problems.len(), 1, "{text}: {:?}", tree.problems);
        }
        let tree = parse(&whole[..16]);
        assert_eq!(
            tree.problems[0].message,
            "The file ends before this `(` and the 2 brackets around it are closed"
        );
        let help = tree.problems[0].help.as_deref().unwrap();
        assert!(help.ends_with("add `)])` at its end"), "{help}");
    }

    #[test]
    fn a_list_that_is_not_closed_ends_before_the_next_field() {
        let text = "(\n  a: [1, 2,\n  b: [3],\n)";
        assert_eq!(problems(text), [("unclosed", "[")]);
        let tree = parse(text);
        assert!(tree.field(text, 1, "b").is_some());
    }

    #[test]
    fn a_wrong_closing_bracket_closes_what_was_opened_on_its_line() {
        assert_eq!(problems("(a: [1, 2), b: 3)"), [("mismatched", ")")]);
        assert_eq!(problems("[(a: [1, 2), (b: 3)]"), [("mismatched", ")")]);
        assert_eq!(problems("(\n a: [1, 2),\n b: 3,\n)"), [("mismatched", ")")]);
        assert_eq!(problems("(\n a: [\n  1,\n)"), [("mismatched", ")")]);
        assert_eq!(
            problems("[\n1 }}\n]"),
            [("mismatched", "}"), ("mismatched", "}")]
        );
        assert_eq!(problems("[[["), [("unclosed", "[")]);
    }

    #[test]
    fn a_value_among_fields_lacks_its_name() {
        assert_eq!(
            problems("(1, a: 2, 3)"),
            [("expected-field", "1"), ("expected-field", "3")]
        );
        assert_eq!(problems("(a: 2 3)"), [("missing-comma", "")]);
        let tree = parse("(value: 28,500, unit: 1)");
        assert_eq!(
            tree.problems[0].message,
            "Commas cannot group the digits of a number"
        );
    }
}
