//! Quick fixes for mistakes in one character, word or text, and what all fixes share.
//!
//! Each function returns a change only where there is no doubt: nobody who sees the text could mean
//! anything else. A fix that is right nine times in ten must not be here, since all of a file's
//! fixes can be applied at once, unseen.

use crate::lexer::closing_marks;
use crate::{SourceChange, Span, TextEdit, Token, TokenKind, tokens};

/// `source` as text in quotation marks.
pub(crate) fn quoted(source: &str) -> String {
    format!("\"{}\"", source.replace('\\', "\\\\").replace('"', "\\\""))
}

/// One replacement.
pub(crate) fn replace(
    label: impl Into<String>,
    span: Span,
    text: impl Into<String>,
) -> Option<SourceChange> {
    SourceChange::new(label, vec![TextEdit::new(span, text)])
}

/// Whether `word` can be a name as it stands.
pub(crate) fn is_name(word: &str) -> bool {
    let first = word.bytes().next();
    first.is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// `span` with the whole of its line, where nothing else stands there.
pub(crate) fn with_its_line(text: &str, span: Span) -> Span {
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').map_or(after.len(), |at| at + 1);
    let is_blank = |part: Option<&str>| part.is_some_and(|part| part.trim().is_empty());
    match is_blank(before.get(line_start..)) && is_blank(after.get(..line_end)) {
        true => Span::new(line_start as u32, span.end + line_end as u32),
        false => span,
    }
}

/// An item of a list or record with the comma that belongs to it, and the space that would be left
/// over; `None` where a comment stands among them.
pub(crate) fn with_its_comma(text: &str, item: Span) -> Option<Span> {
    let inside = tokens(item.of(text)).any(|t| is_comment(t.kind));
    let after = text.get(item.end as usize..)?;
    let next = tokens(after).find(|t| t.kind != TokenKind::Space)?;
    let mut span = item;
    match next.kind {
        _ if inside => return None,
        TokenKind::Comma => {
            span.end += next.span.end;
            let whole = with_its_line(text, span);
            if whole != span {
                return Some(whole);
            }
            let rest = text.get(span.end as usize..)?;
            let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            span.end += spaces as u32;
        }
        TokenKind::RightParen | TokenKind::RightBracket => {
            // The last item: the comma before it goes.
            let before = text.get(..item.start as usize)?.trim_end();
            let before = before.strip_suffix(',')?;
            let line = before.rsplit('\n').next()?;
            if line.contains("//") || line.contains("*/") {
                return None;
            }
            span.start = before.len() as u32;
        }
        _ => return None,
    }
    Some(span)
}

fn is_comment(kind: TokenKind) -> bool {
    use TokenKind::*;
    matches!(kind, LineComment | BlockComment | OpenComment)
}

/// A special space becomes an ordinary one; what has no width goes.
pub(crate) fn invisible(text: &str, span: Span) -> Option<SourceChange> {
    let run = span.of(text);
    let c = run.chars().next()?;
    // NUL characters mean that the file may be damaged: that is for a person to look at.
    if c == '\0' {
        return None;
    }
    if c.is_whitespace() {
        let spaces = " ".repeat(run.chars().count());
        return replace("Write an ordinary space", span, spaces);
    }
    let before = text.get(..span.start as usize)?.chars().next_back();
    let after = text.get(span.end as usize..)?.chars().next();
    let ends = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || ",:()[]".contains(c));
    // Inside a word it may stand for a letter or a hyphen that was lost.
    let is_safe = ends(before) || ends(after);
    is_safe.then(|| replace("Delete it", span, ""))?
}

/// A line that was meant as a comment, from its `#` on: where it begins with that, or a value is
/// complete before it.
pub(crate) fn hash_comment(text: &str, hash: u32) -> Option<SourceChange> {
    let before = text.get(..hash as usize)?.trim_end_matches([' ', '\t']);
    let is_clear = before.is_empty() || before.ends_with(['\n', ',', '(', '[']);
    let span = Span::new(hash, hash + 1);
    is_clear.then(|| replace("Make it a comment", span, "//"))?
}

/// Full-width characters as Korean, Chinese and Japanese keyboards type them, where they are used
/// like the plain ones.
pub(crate) fn full_width_character(text: &str, span: Span) -> Option<SourceChange> {
    let before = text.get(..span.start as usize)?;
    let after = text.get(span.end as usize..)?;
    let last = before.trim_end_matches([' ', '\t']).chars().next_back();
    let next = after.trim_start_matches([' ', '\t', '\r']).chars().next();
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
        .next();
    let follows_word = word.is_some_and(is_name) && !next.is_some_and(|c| ":,)]".contains(c));
    let is_close =
        !last.is_some_and(|c| ",:([".contains(c)) && next.is_none_or(|c| ",\n)]）".contains(c));
    let sign = match span.of(text) {
        "：" if follows_word => ":",
        "）" if is_close && closes_its_line(text, span) => ")",
        "（" if follows_word || begins_field(after) => return wide_brackets(text, span),
        _ => return None,
    };
    replace(format!("Write `{sign}`"), span, sign)
}

/// Whether the line of `at` opens as many round brackets as it closes, wide ones among them.
fn closes_its_line(text: &str, at: Span) -> bool {
    const MAX_BYTES: usize = 4096;
    let before = text.get(..at.start as usize).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or("");
    let line = line.split('\n').next().unwrap_or("");
    let level = |t: Token| match (t.kind, t.span.of(line)) {
        (TokenKind::LeftParen, _) | (_, "（") => 1,
        (TokenKind::RightParen, _) | (_, "）") => -1,
        _ => 0,
    };
    line.len() <= MAX_BYTES && tokens(line).map(level).sum::<i32>() == 0
}

/// Whether a field's name and its colon come next.
fn begins_field(text: &str) -> bool {
    let mut next = tokens(text).filter(|t| !t.kind.is_trivia());
    let is_word = next.next().is_some_and(|t| t.kind == TokenKind::Word);
    let is_colon = |t: Token| t.kind == TokenKind::Colon || t.span.of(text) == "：";
    is_word && next.next().is_some_and(is_colon)
}

/// The brackets that begin at `open`, both of them.
fn wide_brackets(text: &str, open: Span) -> Option<SourceChange> {
    let mut edits = vec![TextEdit::new(open, "(")];
    let mut depth = 1;
    for token in tokens(text.get(open.end as usize..)?) {
        let span = Span::new(open.end + token.span.start, open.end + token.span.end);
        let source = span.of(text);
        match (token.kind, source) {
            (TokenKind::LeftParen, _) | (TokenKind::Unknown, "（") => depth += 1,
            (TokenKind::RightParen, _) | (TokenKind::Unknown, "）") => depth -= 1,
            // Several at once: nobody knows which is whose.
            (TokenKind::Unknown, _) if source.contains(['（', '）']) => return None,
            _ => {}
        }
        if depth == 0 {
            edits.push(TextEdit::new(span, ")"));
            // A plain one may end something else.
            return (source == "）").then(|| SourceChange::new("Write `(` and `)`", edits))?;
        }
    }
    None
}

/// Digits grouped by commas, `28,500`: the commas go. `first` is the first group, of one to three
/// digits.
pub fn digit_groups(text: &str, first: Span) -> Option<SourceChange> {
    let is_group = |s: &[u8]| s.iter().all(u8::is_ascii_digit);
    let digits = first.of(text).as_bytes();
    if !(1..=3).contains(&digits.len()) || !is_group(digits) {
        return None;
    }
    let mut at = first.end as usize;
    let mut edits = Vec::new();
    while let Some([b',', group @ ..]) = text.as_bytes().get(at..at + 4)
        && is_group(group)
    {
        edits.push(TextEdit::new(Span::new(at as u32, at as u32 + 1), ""));
        at += 4;
    }
    let next = text.as_bytes().get(at);
    let continues = next.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    if edits.is_empty() || continues {
        return None;
    }
    let whole = Span::new(first.start, at as u32).of(text).replace(',', "");
    SourceChange::new(format!("Write {whole}"), edits)
}

const QUOTE_LABEL: &str = "Put it in quotation marks";

/// A quick fix for words without quotation marks.
pub(crate) fn quote_words(text: &str, span: Span) -> Option<SourceChange> {
    let source = span.of(text);
    // `State，`: a word with a comma as Korean keyboards type it.
    if let Some(word) = source.strip_suffix(['，', '、', '；'])
        && is_name(word)
    {
        let sign = Span::new(span.start + word.len() as u32, span.end);
        return replace("Write `,`", sign, ",");
    }
    let is_plain = !source.contains(['"', '\\', '`', '，', '、', '；', '：', '（', '）']);
    let after = text.get(span.end as usize..)?;
    let after = after.trim_start_matches([' ', '\t', '\r']);
    let ends =
        after.is_empty() || after.starts_with([',', ')', ']', '\n']) || after.starts_with("//");
    (is_plain && ends).then(|| replace(QUOTE_LABEL, span, quoted(source)))?
}

/// A quick fix for words with a closing mark only.
pub(crate) fn add_opening_quote(text: &str, span: Span) -> Option<SourceChange> {
    let source = span.of(text).strip_suffix('"')?;
    let at = Span::new(span.start, span.start);
    (!source.contains(['"', '\\'])).then(|| replace("Add the quotation mark", at, "\""))?
}

/// Text in single quotation marks, which end it.
pub(crate) fn single_quotes(text: &str, span: Span) -> Option<SourceChange> {
    let source = span.of(text).strip_prefix('\'')?.strip_suffix('\'')?;
    let is_plain = !source.contains(['"', '\\', '\'']);
    is_plain.then(|| {
        replace(
            "Write straight double quotation marks",
            span,
            quoted(source),
        )
    })?
}

/// Text in curly quotation marks, or those of another language. What opens curly and ends straight
/// counts, where no other straight mark follows on its line.
pub(crate) fn curly_quotes(text: &str, span: Span) -> Option<SourceChange> {
    let source = span.of(text);
    let opening = source.chars().next()?;
    let inside = source.get(opening.len_utf8()..)?;
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
    let mut edits = vec![TextEdit::new(Span::new(span.start, start), "\"")];
    for (at, _) in inside.match_indices('"') {
        edits.push(TextEdit::insert(start + at as u32, "\\"));
    }
    if closing != '"' {
        let mark = Span::new(end, end + closing.len_utf8() as u32);
        edits.push(TextEdit::new(mark, "\""));
    }
    is_sure.then(|| SourceChange::new("Write straight quotation marks", edits))?
}

/// Text that lost its closing mark: `line` is all of it on its first line, `span` the same without
/// the comma at its end. Sure where that line holds one value, and the next line goes on with the
/// structure.
pub(crate) fn add_closing_quote(text: &str, span: Span, line_end: u32) -> Option<SourceChange> {
    let before = text.get(..span.start as usize)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let lead = before.get(line_start..)?.trim();
    let is_item = lead.is_empty();
    let is_field = lead.strip_suffix(':').is_some_and(is_name);
    let source = span.of(text);
    let has_comma = Span::new(span.end, line_end)
        .of(text)
        .trim_start()
        .starts_with(',');
    let after = text.get(line_end as usize..)?.trim_start();
    let next = tokens(after).filter(|t| !t.kind.is_trivia());
    let next: Vec<TokenKind> = next.take(2).map(|t| t.kind).collect();
    use TokenKind::*;
    // What the next line begins with says where the text ended: a field after a field, an item
    // after an item, or the end of the container.
    let continues = match next.as_slice() {
        [RightParen | RightBracket, ..] => true,
        [Word, Colon] => is_field && has_comma,
        [Text | EscapedText, ..] => is_item && has_comma,
        _ => false,
    };
    let is_sure = (is_item || is_field) && continues && is_balanced(source) && source.len() > 1;
    let ends_curly = source.ends_with(['\u{201D}', '\u{201C}', '»', '」', '』']);
    if !is_sure || source.contains('\\') || (ends_curly && source.chars().count() < 3) {
        return None;
    }
    let mark = source.chars().next_back().map_or(0, char::len_utf8) as u32;
    let opened = source.contains(['\u{201C}', '\u{201E}', '«', '「', '『']);
    let place = match ends_curly && !opened {
        true => Span::new(span.end - mark, span.end),
        false => Span::new(span.end, span.end),
    };
    replace("Add the quotation mark", place, "\"")
}

/// Whether no bracket is closed in `source` that was not opened there, nor the other way round.
fn is_balanced(source: &str) -> bool {
    [('(', ')'), ('[', ']'), ('{', '}')]
        .iter()
        .all(|(open, close)| {
            let mut level = 0;
            let mut fell = false;
            for c in source.chars() {
                level += i32::from(c == *open) - i32::from(c == *close);
                fell |= level < 0;
            }
            level == 0 && !fell
        })
}

/// Text with unmarked quotation marks inside, from its first mark to its last. Sure where they come
/// in pairs, and none of them begins the text of another field.
pub(crate) fn escape_inner_quotes(text: &str, span: Span) -> Option<SourceChange> {
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
    let edits = marks.iter();
    let edits = edits.map(|at| TextEdit::insert(span.start + 1 + *at as u32, "\\"));
    SourceChange::new("Write `\\\"` for the marks inside", edits.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    /// The text after the quick fixes of all syntax errors, one after another.
    fn fixed(text: &str) -> String {
        let mut text = text.to_string();
        for _ in 0..20 {
            let tree = parse(&text);
            let Some(change) = tree.diagnostics.iter().find_map(|p| p.fix.clone()) else {
                return text;
            };
            text = change.apply_edits(&text).unwrap();
        }
        panic!("no end to {text}")
    }

    #[test]
    fn characters_are_fixed() {
        for (before, after) in [
            ("(a:\u{a0}1)", "(a: 1)"),
            ("(title\u{200b}: 1)", "(title: 1)"),
            ("(a: 1)\u{feff}\n", "(a: 1)\n"),
            ("(a： 1， b: 2)", "(a: 1, b: 2)"),
            ("[（a: 1）, (b: 2）]", "[(a: 1), (b: 2)]"),
            ("[（a: (1)）]", "[(a: (1))]"),
            ("# about\n(a: 1, # one\n)", "// about\n(a: 1, // one\n)"),
            ("(a = 1, b \"x\")", "(a: 1, b: \"x\")"),
            ("(\"a\": 1, \"b_c\": 2)", "(a: 1, b_c: 2)"),
            ("(a: 28,500, b: 1)", "(a: 28500, b: 1)"),
            ("(a: 1,234,567)", "(a: 1234567)"),
            ("#![x]\n(a: 1)", "(a: 1)"),
            ("(a: 1,, b: 2)", "(a: 1, b: 2)"),
            ("[, 1]", "[ 1]"),
        ] {
            assert_eq!(fixed(before), after);
        }
    }

    #[test]
    fn what_is_not_sure_is_left_alone() {
        for text in [
            "(a:\0 1)",
            "(ti\u{200b}tle: 1)",
            "(a（b: 1)",
            "(（a: 1)",
            "(1：, 2)",
            "(a: #fff, b: 1)",
            "[（a: 1]",
            "(\"a b\": 1)",
            "(a: 1）b: 2)",
            "(a（:1)",
            "(a: (b: 1）, c: 2), d: 1)",
            "[（, 1]",
            "(a: 28,50)",
            "(a: 2800,500)",
            "(a: 28,500.5)",
            "(a: 28, 500)",
            "F(, 1)",
            "(a: @)",
        ] {
            assert!(!parse(text).diagnostics.is_empty(), "{text}");
            assert_eq!(fixed(text), text);
        }
    }

    #[test]
    fn items_go_with_their_comma() {
        for (text, item, rest) in [
            ("(a: 1, b: 2)", "a: 1", "(b: 2)"),
            ("(a: 1, b: 2)", "b: 2", "(a: 1)"),
            ("(\n  a: 1,\n  b: 2,\n)", "a: 1", "(\n  b: 2,\n)"),
            ("(\n  a: 1, // one\n  b: 2)", "a: 1", "(\n  // one\n  b: 2)"),
        ] {
            let start = text.find(item).unwrap() as u32;
            let span = Span::new(start, start + item.len() as u32);
            let span = with_its_comma(text, span).unwrap();
            assert_eq!(
                replace("", span, "").unwrap().apply_edits(text).as_deref(),
                Some(rest)
            );
        }
        assert_eq!(with_its_comma("(a: 1 /* x */)", Span::new(1, 5)), None);
    }

    fn fixed_once(text: &str) -> Option<String> {
        let tree = parse(text);
        let change = tree.diagnostics.iter().find_map(|p| p.fix.clone())?;
        let after = change.apply_edits(text).unwrap();
        assert_eq!(parse(&after).diagnostics, [], "{after}");
        Some(after)
    }

    #[test]
    fn quotation_marks_are_fixed() {
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
            assert_eq!(fixed_once(before).as_deref(), Some(after), "{before}");
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
            let diagnostics = parse(text).diagnostics;
            assert!(!diagnostics.is_empty(), "{text}");
            for diagnostic in diagnostics {
                assert_eq!(diagnostic.fix, None, "{text}");
            }
        }
    }
}
