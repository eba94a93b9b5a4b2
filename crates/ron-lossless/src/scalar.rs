//! Plain values, lists and options. What a literal means is decided by `ron`; the plainest ones
//! take a short cut to the same value.

use super::{
    Decode, Decoder, Diagnostic, NodeId, NodeKind, SourceChange, Span, TextEdit, codes,
    cursor::shortened, mend, reshape::is_empty_word, ron_itself,
};

impl Decode for String {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let words = d.text(node);
        let help = match d.tree().kind(node) {
            NodeKind::Text => return Some(words.get(1..words.len().wrapping_sub(1))?.to_string()),
            NodeKind::EscapedText => match ron_itself::literal(words) {
                Ok(text) => return Some(text),
                Err(place) => {
                    report_escape(d, node, place);
                    return None;
                }
            },
            NodeKind::Number | NodeKind::Word if words.len() < 80 => {
                Some(format!("write \"{}\"", unraw_quotes(words)))
            }
            NodeKind::Char => Some("use double quotation marks: \"…\"".to_string()),
            _ => None,
        };
        let repair = d.as_text(node);
        d.wrong_type_mended(node, "Text in quotation marks", help, repair);
        None
    }
}

fn unraw_quotes(words: &str) -> String {
    words.replace('"', "\\\"")
}

/// Escapes that mean nothing: shown from their backslash on.
fn report_escape(d: &mut Decoder<'_>, node: NodeId, place: Span) {
    let (words, start) = (d.text(node), d.span(node).start);
    let before = words.get(..place.end as usize).unwrap_or(words);
    let backslash = before.rfind('\\').unwrap_or(0) as u32;
    let span = Span::new(start + backslash, start + place.end.max(backslash));
    d.report_with(|d| {
        let message = format!("`{}` in text means nothing", shortened(d.slice(span)));
        Diagnostic::error(span, codes::BAD_TEXT, message)
            .with_help(
                "write `\\\\` for a backslash, `\\\"` for a quotation mark, `\\n` for a new line",
            )
            .with_fix_if_any(mend_escapes(words, start))
    });
}

/// Escapes as JSON has them; or backslashes that were meant as such, where none of them means
/// anything else.
fn mend_escapes(words: &str, start: u32) -> Option<SourceChange> {
    let mut splices = Vec::new();
    let (mut json, mut literal) = (true, true);
    let mut rest = words.match_indices('\\').map(|(at, _)| at);
    while let Some(at) = rest.next() {
        let after = words.get(at + 1..)?;
        let place = start + at as u32 + 1;
        let digits = after.get(1..5).filter(|_| after.starts_with('u'));
        let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let escaped = after.chars().next()?;
        if let Some(c) = digits.and_then(|d| u32::from_str_radix(d, 16).ok()) {
            char::from_u32(c)?;
            literal = false;
            splices.push(TextEdit::insert(place + 1, "{"));
            splices.push(TextEdit::insert(place + 5, "}"));
        } else if escaped == '/' {
            literal = false;
            splices.push(TextEdit::new(Span::new(place - 1, place), ""));
        } else if "\\\"'nrt0xu\n\r".contains(escaped) {
            literal = false;
            if escaped == '\\' {
                rest.next();
            }
        } else {
            json = false;
            splices.push(TextEdit::insert(place, "\\"));
        }
    }
    match (json, literal) {
        _ if splices.is_empty() => None,
        (true, false) => SourceChange::new("Write the escape as RON has it", splices),
        (false, true) => SourceChange::new("Write `\\\\` for each backslash", splices),
        _ => None,
    }
}

impl Decode for bool {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let words = d.text(node);
        let help = match words.trim_matches('"').to_ascii_lowercase().as_str() {
            _ if words == "true" => return Some(true),
            _ if words == "false" => return Some(false),
            "true" | "yes" | "1" => "write true",
            "false" | "no" | "0" => "write false",
            _ => "write true or false, without quotation marks",
        };
        let right = help
            .strip_prefix("write ")
            .filter(|w| matches!(*w, "true" | "false"));
        let repair = right.and_then(|w| mend::replace(format!("Write `{w}`"), d.span(node), w));
        d.wrong_type_mended(node, "`true` or `false`", Some(help.to_string()), repair);
        None
    }
}
impl<T: Decode> Decode for Vec<T> {
    /// Keeps the items that are sound.
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let tree = d.tree();
        let kind = tree.kind(node);
        if kind == NodeKind::List {
            return Some(
                tree.children(node)
                    .filter_map(|item| T::decode(d, item))
                    .collect(),
            );
        }
        let help = match kind {
            NodeKind::Record | NodeKind::Map => "put `[` before it and `]` after it",
            _ => "put it in `[ ]`",
        };
        let repair = d.as_list(node);
        d.wrong_type_mended(node, "A list in `[ ]`", Some(help.to_string()), repair);
        None
    }
}

impl<T: Decode> Decode for Option<T> {
    /// `None`, `Some(x)`, or plainly `x`.
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let tree = d.tree();
        match tree.kind(node) {
            NodeKind::Word if d.text(node) == "None" => return Some(None),
            NodeKind::Word if is_empty_word(d.text(node)) => {
                let repair = mend::replace("Write `None`", d.span(node), "None");
                let help = Some("write `None`, or leave the field out".to_string());
                d.wrong_type_mended(node, "A value or `None`", help, repair);
                return None;
            }
            NodeKind::Record
                if tree
                    .name_span(node)
                    .is_some_and(|name| d.slice(name) == "Some") => {}
            _ => return T::decode(d, node).map(Some),
        }
        let mut inside = tree.children(node);
        match (inside.next(), inside.next()) {
            (Some(value), None) if tree.kind(value) != NodeKind::Field => {
                T::decode(d, value).map(Some)
            }
            _ if tree.is_broken(node) => None,
            _ => {
                let span = d.span(node);
                let problem =
                    Diagnostic::error(span, codes::WRONG_TYPE, "`Some( )` needs exactly one value");
                d.report(problem.with_help("write the value alone, or `None`"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{read, wrong};

    #[test]
    fn text_is_what_ron_says() {
        for text in [
            r#""""#,
            r#""한국""#,
            r#""a\n\u{41}\x41\"""#,
            r##"r#"a"b\"#"##,
            "\"a\\\n  b\"",
            "\"two\r\nlines\"",
        ] {
            assert_eq!(
                read::<String>(text).unwrap(),
                ron::from_str::<String>(text).unwrap()
            );
        }
        assert_eq!(
            wrong::<String>(r#""C:\docs""#),
            r#"bad-text: `\d` in text means nothing; write `\\` for a backslash, `\"` for a quotation mark, `\n` for a new line"#
        );
        assert_eq!(
            wrong::<String>("28"),
            "wrong-type: Text in quotation marks belongs here, not a number; write \"28\""
        );
    }

    #[test]
    fn yes_and_no() {
        assert_eq!(read::<bool>("true"), Ok(true));
        assert_eq!(read::<bool>("false"), Ok(false));
        assert_eq!(
            wrong::<bool>("True"),
            "wrong-type: `true` or `false` belongs here, not a name without quotation marks; write \
            true"
        );
    }

    #[test]
    fn lists_and_options() {
        assert_eq!(read::<Vec<u8>>("[1, 2,]"), Ok(vec![1, 2]));
        assert_eq!(read::<Option<u8>>("None"), Ok(None));
        assert_eq!(read::<Option<u8>>("Some(3)"), Ok(Some(3)));
        assert_eq!(read::<Option<u8>>("3"), Ok(Some(3)));
        assert_eq!(
            wrong::<Option<u8>>("Some()"),
            "wrong-type: `Some( )` needs exactly one value; write the value alone, or `None`"
        );
        assert_eq!(
            wrong::<Vec<u8>>("3"),
            "wrong-type: A list in `[ ]` belongs here, not a number; put it in `[ ]`"
        );
    }
}
