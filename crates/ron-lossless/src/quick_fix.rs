//! Quick fixes for mistakes in one character or word, and what all fixes share.
//!
//! Each function returns a change only where there is no doubt: nobody who sees the text could mean
//! anything else. A fix that is right nine times in ten must not be here, since all of a file's
//! fixes can be applied at once, unseen.

use crate::tree::key_text;
use crate::{Decoder, NodeId, NodeKind, SourceChange, Span, TextEdit, Token, TokenKind, tokens};

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

impl Decoder<'_> {
    /// A quick fix that makes a record of a map, as JSON has them: other brackets, and field names
    /// without quotation marks. `None` where the node is no map, is broken, or has keys that cannot
    /// be names.
    pub fn as_record(&self, node: NodeId) -> Option<SourceChange> {
        let tree = self.tree();
        if tree.kind(node) != NodeKind::Map {
            return None;
        }
        let mut edits = self.brackets(node, ['{', '}'], ["(", ")"])?;
        for entry in tree.children(node) {
            let key = tree.children(entry).next()?;
            let name = key_text(self.slice(tree.span(key)), whole(tree.span(key)));
            match tree.kind(key) {
                NodeKind::Text if is_name(name) => edits.push(TextEdit::new(tree.span(key), name)),
                NodeKind::Word => {}
                _ => return None,
            }
        }
        SourceChange::new("Write it as a record in `( )`", edits)
    }

    /// A quick fix that makes a list of a single value, or of several in round brackets.
    pub fn as_list(&self, node: NodeId) -> Option<SourceChange> {
        let tree = self.tree();
        let label = "Put it in `[ ]`";
        if !self.is_whole(node) {
            return None;
        }
        match tree.kind(node) {
            NodeKind::Text if is_empty_word(self.text(node).trim_matches('"')) => return None,
            NodeKind::Text | NodeKind::EscapedText | NodeKind::Number => {}
            NodeKind::Word if !is_empty_word(self.text(node)) => {}
            NodeKind::Record => {
                let mut inside = tree.children(node);
                let has_fields = inside.any(|child| tree.kind(child) == NodeKind::Field);
                if !has_fields && tree.name_span(node).is_none() {
                    let edits = self.brackets(node, ['(', ')'], ["[", "]"])?;
                    return SourceChange::new("Write `[` and `]`", edits);
                }
            }
            _ => return None,
        }
        let span = tree.span(node);
        SourceChange::new(
            label,
            vec![
                TextEdit::insert(span.start, "["),
                TextEdit::insert(span.end, "]"),
            ],
        )
    }

    /// A quick fix that makes text of a value without quotation marks, or with single ones.
    pub(crate) fn as_text(&self, node: NodeId) -> Option<SourceChange> {
        let (span, source) = (self.span(node), self.text(node));
        if !self.is_whole(node) {
            return None;
        }
        match self.tree().kind(node) {
            NodeKind::Number => {}
            NodeKind::Word if !is_empty_word(source) && !matches!(source, "true" | "false") => {}
            NodeKind::Char => {
                let inside = source.strip_prefix('\'')?.strip_suffix('\'')?;
                let is_plain = !inside.contains(['\\', '"']);
                let label = "Write double quotation marks";
                return is_plain.then(|| replace(label, span, quoted(inside)))?;
            }
            _ => return None,
        }
        replace("Put it in quotation marks", span, quoted(source))
    }

    /// Other brackets around a value that is not broken.
    fn brackets(&self, node: NodeId, is: [char; 2], right: [&str; 2]) -> Option<Vec<TextEdit>> {
        let (span, source) = (self.span(node), self.text(node));
        let fits = source.starts_with(is[0]) && source.ends_with(is[1]) && source.len() > 1;
        (fits && !self.tree().is_broken(node)).then(|| {
            vec![
                TextEdit::new(Span::new(span.start, span.start + 1), right[0]),
                TextEdit::new(Span::new(span.end - 1, span.end), right[1]),
            ]
        })
    }
}

/// What other languages write for no value.
pub(crate) fn is_empty_word(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    matches!(lower.as_str(), "none" | "null" | "nil" | "some")
}

fn whole(span: Span) -> Span {
    Span::new(0, span.end - span.start)
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

    fn changed(
        text: &str,
        change: impl Fn(&Decoder, NodeId) -> Option<SourceChange>,
    ) -> Option<String> {
        let tree = parse(text);
        let d = Decoder::new(text, &tree);
        change(&d, tree.value().unwrap())?.apply_edits(text)
    }

    #[test]
    fn maps_become_records() {
        let record = |text| changed(text, |d, node| d.as_record(node));
        assert_eq!(
            record("{\"a\": 1, b: {}}").as_deref(),
            Some("(a: 1, b: {})")
        );
        assert_eq!(record("{}").as_deref(), Some("()"));
        for text in ["{\"a b\": 1}", "{1: 2}", "{\"a\": }", "{\"a\": 1", "[1]"] {
            assert_eq!(record(text), None, "{text}");
        }
    }

    #[test]
    fn values_become_lists() {
        let list = |text| changed(text, |d, node| d.as_list(node));
        for (text, right) in [
            ("\"a\"", "[\"a\"]"),
            ("Pledge", "[Pledge]"),
            ("(a: 1)", "[(a: 1)]"),
            ("((a: 1), (a: 2))", "[(a: 1), (a: 2)]"),
            ("()", "[]"),
            ("Part()", "[Part()]"),
        ] {
            assert_eq!(list(text).as_deref(), Some(right), "{text}");
        }
        for text in ["None", "null", "\"none\"", "{1: 2}", "(a: )", "(1"] {
            assert_eq!(list(text), None, "{text}");
        }
    }

    #[test]
    fn values_become_text() {
        let source = |text| changed(text, |d, node| d.as_text(node));
        for (text, right) in [
            ("2023", "\"2023\""),
            ("Korea", "\"Korea\""),
            ("'x'", "\"x\""),
        ] {
            assert_eq!(source(text).as_deref(), Some(right), "{text}");
        }
        for text in ["None", "true", "null", "[1]", "'\\n'", "'\"'"] {
            assert_eq!(source(text), None, "{text}");
        }
    }
}
