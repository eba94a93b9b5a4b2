//! What sets quotation marks right.

use super::lex::tokens;
use super::mend::{quoted, replace};
use super::token::closing_marks;
use super::{SourceChange, Span, TextEdit, TokenKind};

const WORDS: &str = "Put it in quotation marks";

/// Words that stand without quotation marks.
pub(super) fn unquoted(text: &str, span: Span) -> Option<SourceChange> {
    let words = span.of(text);
    // `State，`: a word with a comma as Korean keyboards type it.
    if let Some(word) = words.strip_suffix(['，', '、', '；'])
        && super::mend::is_name(word)
    {
        let sign = Span::new(span.start + word.len() as u32, span.end);
        return replace("Write `,`", sign, ",");
    }
    let is_plain = !words.contains(['"', '\\', '`', '，', '、', '；', '：', '（', '）']);
    let after = text.get(span.end as usize..)?;
    let after = after.trim_start_matches([' ', '\t', '\r']);
    let ends =
        after.is_empty() || after.starts_with([',', ')', ']', '\n']) || after.starts_with("//");
    (is_plain && ends).then(|| replace(WORDS, span, quoted(words)))?
}

/// Words that lack their opening mark and end with the closing one.
pub(super) fn add_opening(text: &str, span: Span) -> Option<SourceChange> {
    let words = span.of(text).strip_suffix('"')?;
    let at = Span::new(span.start, span.start);
    (!words.contains(['"', '\\'])).then(|| replace("Add the quotation mark", at, "\""))?
}

/// Text in single quotation marks, which end it.
pub(super) fn single(text: &str, span: Span) -> Option<SourceChange> {
    let words = span.of(text).strip_prefix('\'')?.strip_suffix('\'')?;
    let is_plain = !words.contains(['"', '\\', '\'']);
    is_plain.then(|| replace("Write straight double quotation marks", span, quoted(words)))?
}

/// Text in curly quotation marks, or those of another language. What opens curly and ends straight
/// counts, where no other straight mark follows on its line.
pub(super) fn curly(text: &str, span: Span) -> Option<SourceChange> {
    let words = span.of(text);
    let opening = words.chars().next()?;
    let inside = words.get(opening.len_utf8()..)?;
    let (inside, closing) = match inside.char_indices().next_back() {
        Some((at, mark)) if closing_marks(opening).contains(&mark) => (inside.get(..at)?, mark),
        _ => {
            let at = inside.find('"')?;
            let rest = inside.get(at + 1..)?;
            let is_end = matches!(rest.trim_start().chars().next(), None | Some(','));
            if rest.contains('"') || !is_end {
                return None;
            }
            (inside.get(..at)?, '"')
        }
    };
    let is_sure = !inside.contains('\\') && (closing != '"' || !inside.contains('"'));
    let start = span.start + opening.len_utf8() as u32;
    let end = start + inside.len() as u32;
    let mut splices = vec![TextEdit::new(Span::new(span.start, start), "\"")];
    for (at, _) in inside.match_indices('"') {
        splices.push(TextEdit::insert(start + at as u32, "\\"));
    }
    if closing != '"' {
        let mark = Span::new(end, end + closing.len_utf8() as u32);
        splices.push(TextEdit::new(mark, "\""));
    }
    is_sure.then(|| SourceChange::new("Write straight quotation marks", splices))?
}

/// Text that lost its closing mark: `line` is all of it on its first line, `span` the same without
/// the comma at its end. Sure where that line holds one value, and the next line goes on with the
/// structure.
pub(super) fn add_closing(text: &str, span: Span, line_end: u32) -> Option<SourceChange> {
    let before = text.get(..span.start as usize)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let lead = before.get(line_start..)?.trim();
    let is_item = lead.is_empty();
    let is_field = lead.strip_suffix(':').is_some_and(super::mend::is_name);
    let words = span.of(text);
    let has_comma = Span::new(span.end, line_end)
        .of(text)
        .trim_start()
        .starts_with(',');
    let after = text.get(line_end as usize..)?.trim_start();
    let next = tokens(after).filter(|t| !t.kind.is_trivia());
    let next: Vec<TokenKind> = next.take(2).map(|t| t.kind).collect();
    use TokenKind::*;
    let goes_on = match next.as_slice() {
        [RightParen | RightBracket, ..] => true,
        [Word, Colon] => is_field && has_comma,
        [Text | EscapedText, ..] => is_item && has_comma,
        _ => false,
    };
    let is_sure = (is_item || is_field) && goes_on && is_balanced(words) && words.len() > 1;
    let ends_curly = words.ends_with(['\u{201D}', '\u{201C}', '»', '」', '』']);
    if !is_sure || words.contains('\\') || (ends_curly && words.chars().count() < 3) {
        return None;
    }
    let mark = words.chars().next_back().map_or(0, char::len_utf8) as u32;
    let opened = words.contains(['\u{201C}', '\u{201E}', '«', '「', '『']);
    let place = match ends_curly && !opened {
        true => Span::new(span.end - mark, span.end),
        false => Span::new(span.end, span.end),
    };
    replace("Add the quotation mark", place, "\"")
}

/// Whether no bracket is closed in `words` that was not opened there, nor the other way round.
fn is_balanced(words: &str) -> bool {
    [('(', ')'), ('[', ']'), ('{', '}')]
        .iter()
        .all(|(open, close)| {
            let mut level = 0;
            let mut fell = false;
            for c in words.chars() {
                level += i32::from(c == *open) - i32::from(c == *close);
                fell |= level < 0;
            }
            level == 0 && !fell
        })
}

/// Text with unmarked quotation marks inside, from its first mark to its last. Sure where they come
/// in pairs, and none of them begins the text of another field.
pub(super) fn inner_marks(text: &str, span: Span) -> Option<SourceChange> {
    let inside = span.of(text).strip_prefix('"')?.strip_suffix('"')?;
    let marks: Vec<usize> = inside.match_indices('"').map(|(at, _)| at).collect();
    let is_opening = |at: &usize| {
        let before = inside.get(..*at).unwrap_or("");
        let is_free = before.ends_with([' ', '(', '—', '-', '‘', '’']);
        is_free && !before.trim_end().ends_with([':', ',', '[', '"'])
    };
    let is_closing = |at: &usize| {
        let after = inside.get(*at + 1..).unwrap_or("").chars().next();
        after.is_none_or(|c| !c.is_alphanumeric() && c != '"')
    };
    let is_sure = marks.len().is_multiple_of(2)
        && !inside.contains('\\')
        && marks.iter().step_by(2).all(is_opening)
        && marks.iter().skip(1).step_by(2).all(is_closing);
    if !is_sure || marks.is_empty() {
        return None;
    }
    let splices = marks.iter();
    let splices = splices.map(|at| TextEdit::insert(span.start + 1 + *at as u32, "\\"));
    SourceChange::new("Write `\\\"` for the marks inside", splices.collect())
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn mended(text: &str) -> Option<String> {
        let tree = parse(text);
        let change = tree.problems.iter().find_map(|p| p.fix.clone())?;
        let after = change.apply_edits(text).unwrap();
        assert_eq!(parse(&after).problems, [], "{after}");
        Some(after)
    }

    #[test]
    fn quotation_marks_are_set_right() {
        for (before, after) in [
            ("(a: “x”)", "(a: \"x\")"),
            ("(a: «x»)", "(a: \"x\")"),
            ("(a: 「국」, b: 1)", "(a: \"국\", b: 1)"),
            ("(a: ‘Japan’s x’)", "(a: \"Japan’s x\")"),
            ("(a: “say \"x\" to”)", "(a: \"say \\\"x\\\" to\")"),
            ("(a: “x\", b: 1)", "(a: \"x\", b: 1)"),
            ("(a: 'ab', b: 1)", "(a: \"ab\", b: 1)"),
            (
                "(a: Republic of Korea, b: 1)",
                "(a: \"Republic of Korea\", b: 1)",
            ),
            ("(a: State，\n b: 1)", "(a: State,\n b: 1)"),
            ("[mutual-defense]", "[\"mutual-defense\"]"),
            (
                "(a: Republic of Korea\", b: 1)",
                "(a: \"Republic of Korea\", b: 1)",
            ),
            (
                "(a: \"said \"yes\" twice\", b: 1)",
                "(a: \"said \\\"yes\\\" twice\", b: 1)",
            ),
            (
                "(\n  a: \"x (y),\n  b: \"z\",\n)",
                "(\n  a: \"x (y)\",\n  b: \"z\",\n)",
            ),
            ("(\r\n  a: \"x\r\n)", "(\r\n  a: \"x\"\r\n)"),
            (
                "(\n  a: \"x”,\n  b: \"z\",\n)",
                "(\n  a: \"x\",\n  b: \"z\",\n)",
            ),
            ("[\n  \"x,\n  \"y\",\n]", "[\n  \"x\",\n  \"y\",\n]"),
        ] {
            assert_eq!(mended(before).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn marks_in_doubt_are_left_alone() {
        for text in [
            "(a: “x, b: 1)",
            "(a: “x\"), b: 1)",
            "(a: So-me(1))",
            "(a: “x\", b: \"y\")",
            "(a: 'Korea's army', b: 1)",
            "(a: \"us, b: \"United States\", c: 1)",
            "(a: \"us, b: \"United States, c: \"x\"y\")",
            "[(a: \"one)]\n",
            "(\n  a: \"x)\n)",
            "(\n  a: \"one\n  said \"yes\" and,\n)",
            "(a: Republic \"of Korea, b: 1)",
        ] {
            let problems = parse(text).problems;
            assert!(!problems.is_empty(), "{text}");
            for problem in problems {
                assert_eq!(problem.fix, None, "{text}");
            }
        }
    }
}
