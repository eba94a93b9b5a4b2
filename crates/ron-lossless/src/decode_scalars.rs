//! Scalars, lists and options as typed values.
//!
//! What a literal means is decided by the `ron` crate, not here: underscores, radix prefixes,
//! suffixes and escapes would otherwise drift apart from it with its next version. Only the
//! plainest literals (decimal digits, text without escapes), which are nearly all, are read
//! directly, to the same value; tests compare both.

use crate::cursor::shortened;
use crate::decode_fixes::is_empty_word;
use crate::{
    Decode, Decoder, Diagnostic, NodeId, NodeKind, SourceChange, Span, TextEdit, codes, quick_fix,
    ron_check,
};
use serde::de::DeserializeOwned;

macro_rules! whole_numbers {
    ($($type:ty),*) => {$(
        impl Decode for $type {
            fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
                whole(d, node, [<$type>::MIN as i128, <$type>::MAX as i128])
            }
        }
    )*};
}

whole_numbers!(u8, u32, i64);

fn whole<T: DeserializeOwned + TryFrom<i64>>(
    d: &mut Decoder<'_>,
    node: NodeId,
    limits: [i128; 2],
) -> Option<T> {
    let source = d.text(node);
    match d.tree().kind(node) {
        NodeKind::Number => {}
        NodeKind::Bytes => {
            if let Ok(byte) = ron_check::literal(source) {
                return Some(byte);
            }
            d.wrong_type(node, "A whole number", None);
            return None;
        }
        kind => {
            let (help, bare) = unquoted_number(kind, source);
            let fits = |bare: &String| ron_check::literal::<T>(bare).is_ok();
            let fix = bare.filter(fits).and_then(|bare| rewritten(d, node, &bare));
            d.wrong_type_with_fix(node, "A whole number", help, fix);
            return None;
        }
    }
    let digits = source.strip_prefix('-').unwrap_or(source).as_bytes();
    // 18 digits always fit an `i64`.
    let is_plain = digits.len() <= 18 && digits.iter().all(u8::is_ascii_digit);
    if is_plain
        && let Some(value) = source
            .parse()
            .ok()
            .and_then(|value: i64| T::try_from(value).ok())
    {
        return Some(value);
    }
    match ron_check::literal(source) {
        Ok(value) => Some(value),
        Err(_) => {
            report_whole(d, node, limits);
            None
        }
    }
}

fn report_whole(d: &mut Decoder<'_>, node: NodeId, [min, max]: [i128; 2]) {
    let source = d.text(node);
    let digits = source.trim_start_matches(['+', '-']).as_bytes();
    if digits.iter().all(|b| b.is_ascii_digit() || *b == b'_')
        || ron_check::literal::<i64>(source).is_ok()
    {
        return report_range(
            d,
            node,
            &format!("a whole number from {min} to {max} belongs here"),
        );
    }
    let Ok(value) = ron_check::literal::<f64>(source) else {
        return report_bad_number(d, node);
    };
    let span = d.span(node);
    d.report_with(|_| {
        let message = format!(
            "`{}` is not written as a whole number, which belongs here",
            shortened(source)
        );
        let diagnostic = Diagnostic::error(span, codes::NOT_WHOLE, message);
        // Up to here, every whole number is exact.
        let is_exact = value.fract() == 0.0 && value.abs() < 9e15;
        if is_exact && (min..=max).contains(&(value as i128)) {
            let right = (value as i128).to_string();
            let fix = quick_fix::replace(format!("Write {right}"), span, right.as_str());
            diagnostic
                .with_help(format!("write {right}"))
                .with_fix_if_any(fix)
        } else {
            diagnostic.with_help("leave out the decimal point and the exponent")
        }
    });
}

impl Decode for f64 {
    /// Whole numbers are taken as well; what is infinite or no number is not.
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let source = d.text(node);
        let kind = d.tree().kind(node);
        let is_word = kind == NodeKind::Word
            && matches!(
                source,
                "inf" | "NaN" | "inff32" | "inff64" | "NaNf32" | "NaNf64"
            );
        if kind != NodeKind::Number && !is_word {
            let (help, bare) = unquoted_number(kind, source);
            let fix = bare.and_then(|bare| rewritten(d, node, &bare));
            d.wrong_type_with_fix(node, "A number", help, fix);
            return None;
        }
        let is_plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E');
        let value = match source.bytes().all(is_plain) {
            true => source.parse().ok(),
            false => ron_check::literal(source).ok(),
        };
        match value {
            Some(value) if f64::is_finite(value) => {
                report_rounding(d, node, value);
                return Some(value);
            }
            Some(_)
                if source.bytes().any(|b| b.is_ascii_digit()) && !source.contains(['i', 'N']) =>
            {
                report_range(d, node, "the largest number has some 300 digits");
            }
            Some(_) => {
                let span = d.span(node);
                let message = format!("`{source}` is no number that can be counted with");
                d.report(
                    Diagnostic::error(span, codes::NOT_FINITE, message)
                        .with_help("write a number, or leave the field out"),
                );
            }
            None => report_bad_number(d, node),
        }
        None
    }
}

/// Warns of a number of which other digits are read than those that stand there.
fn report_rounding(d: &mut Decoder<'_>, node: NodeId, value: f64) {
    let (span, source) = (d.span(node), d.text(node));
    // Fifteen digits are always kept: most numbers need no second look.
    if source.len() <= 15 && !source.contains(['e', 'E', 'f']) {
        return;
    }
    let Some(stated) = DecimalDigits::read(source) else {
        return;
    };
    if DecimalDigits::read(&format!("{value:e}")).as_ref() == Some(&stated) {
        return;
    }
    let read = match value.abs() {
        0.0 | 1e-7..1e21 => value.to_string(),
        _ => format!("{value:e}"),
    };
    let message = format!(
        "`{}` has more digits than are kept: it is read as {read}",
        shortened(source)
    );
    d.report(
        Diagnostic::warning(span, codes::ROUNDED, message)
            .with_help("write at most 15 digits, as many as are known"),
    );
}

/// A number by its digits alone, however it is written: two are equal where they mean the same.
#[derive(PartialEq, Eq)]
struct DecimalDigits {
    /// Without zeros at either end.
    digits: String,
    /// The power of ten of the last of them; 0 of zero.
    exponent: i64,
}

impl DecimalDigits {
    /// `None` for what is no decimal number.
    fn read(source: &str) -> Option<DecimalDigits> {
        let plain: String = source.chars().filter(|c| *c != '_').collect();
        let unsigned = plain.trim_start_matches(['-', '+']);
        let typed = ["f32", "f64", "i64", "u64", "i128", "u128"];
        let bare = typed
            .iter()
            .find_map(|suffix| unsigned.strip_suffix(suffix))
            .unwrap_or(unsigned);
        let (mantissa, exponent) = match bare.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (bare, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let kept = digits.trim_end_matches('0');
        let zeros = (digits.len() - kept.len()) as i64 - fraction.len() as i64;
        let kept = kept.trim_start_matches('0');
        Some(DecimalDigits {
            digits: kept.to_owned(),
            exponent: match kept.is_empty() {
                true => 0,
                false => exponent.saturating_add(zeros),
            },
        })
    }
}

fn report_range(d: &mut Decoder<'_>, node: NodeId, limits: &str) {
    let (span, source) = (d.span(node), d.text(node));
    let message = format!(
        "`{}` is too large or too small: {limits}",
        shortened(source)
    );
    d.report(Diagnostic::error(span, codes::OUT_OF_RANGE, message));
}

fn report_bad_number(d: &mut Decoder<'_>, node: NodeId) {
    let (span, source) = (d.span(node), d.text(node));
    let diagnostic = Diagnostic::error(
        span,
        codes::BAD_NUMBER,
        format!("`{}` is not a number", shortened(source)),
    );
    d.report(match source.len() {
        0..80 => diagnostic.with_help(format!("if it is meant as text, write \"{source}\"")),
        _ => diagnostic,
    });
}

fn rewritten(d: &Decoder<'_>, node: NodeId, number: &str) -> Option<SourceChange> {
    quick_fix::replace(format!("Write {number}"), d.span(node), number)
}

/// `"28"` where 28 is meant: the help, and the number where there is no doubt.
fn unquoted_number(kind: NodeKind, source: &str) -> (Option<String>, Option<String>) {
    let inside = source.trim_matches('"').trim();
    let bare: String = inside.chars().filter(|c| *c != ',').collect();
    let is_number = kind == NodeKind::Text && bare.parse::<f64>().is_ok_and(f64::is_finite);
    if !is_number {
        return (None, None);
    }
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
    let (first, groups) = inside.split_once(',').unwrap_or((inside, ""));
    let is_grouped = first.trim_start_matches('-').len() <= 3 && groups.split(',').all(is_group);
    let is_sure = (groups.is_empty() && !inside.contains(',')) || is_grouped;
    let help = format!("write {bare} without quotation marks");
    (Some(help), is_sure.then_some(bare))
}

impl Decode for String {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let text = d.plain_text(node)?;
        Some(match d.text_rule() {
            Some(rule) => rule(d, node, text),
            None => text,
        })
    }
}

impl Decoder<'_> {
    /// The text of a node as it stands there, whatever a rule for texts says of it. `None` where it
    /// is no text, which is reported.
    pub fn plain_text(&mut self, node: NodeId) -> Option<String> {
        let source = self.text(node);
        let help = match self.tree().kind(node) {
            NodeKind::Text => {
                return Some(source.get(1..source.len().wrapping_sub(1))?.to_string());
            }
            NodeKind::EscapedText => match ron_check::literal(source) {
                Ok(text) => return Some(text),
                Err(place) => {
                    report_escape(self, node, place);
                    return None;
                }
            },
            NodeKind::Number | NodeKind::Word if source.len() < 80 => {
                Some(format!("write \"{}\"", escape_quotes(source)))
            }
            NodeKind::Char => Some("use double quotation marks: \"…\"".to_string()),
            _ => None,
        };
        let fix = self.as_text(node);
        self.wrong_type_with_fix(node, "Text in quotation marks", help, fix);
        None
    }
}

fn escape_quotes(source: &str) -> String {
    source.replace('"', "\\\"")
}

/// Escapes that mean nothing: shown from their backslash on.
fn report_escape(d: &mut Decoder<'_>, node: NodeId, place: Span) {
    let (source, start) = (d.text(node), d.span(node).start);
    let before = source.get(..place.end as usize).unwrap_or(source);
    let backslash = before.rfind('\\').unwrap_or(0) as u32;
    let span = Span::new(start + backslash, start + place.end.max(backslash));
    d.report_with(|d| {
        let message = format!("`{}` in text means nothing", shortened(d.slice(span)));
        Diagnostic::error(span, codes::BAD_TEXT, message)
            .with_help(
                "write `\\\\` for a backslash, `\\\"` for a quotation mark, `\\n` for a new line",
            )
            .with_fix_if_any(escape_fix(source, start))
    });
}

/// Escapes as JSON has them; or backslashes that were meant as such, where none of them means
/// anything else.
fn escape_fix(source: &str, start: u32) -> Option<SourceChange> {
    let mut edits = Vec::new();
    let (mut json, mut literal) = (true, true);
    let mut rest = source.match_indices('\\').map(|(at, _)| at);
    while let Some(at) = rest.next() {
        let after = source.get(at + 1..)?;
        let place = start + at as u32 + 1;
        let digits = after.get(1..5).filter(|_| after.starts_with('u'));
        let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let escaped = after.chars().next()?;
        if let Some(c) = digits.and_then(|d| u32::from_str_radix(d, 16).ok()) {
            char::from_u32(c)?;
            literal = false;
            edits.push(TextEdit::insert(place + 1, "{"));
            edits.push(TextEdit::insert(place + 5, "}"));
        } else if escaped == '/' {
            literal = false;
            edits.push(TextEdit::new(Span::new(place - 1, place), ""));
        } else if "\\\"'nrt0xu\n\r".contains(escaped) {
            literal = false;
            if escaped == '\\' {
                rest.next();
            }
        } else {
            json = false;
            edits.push(TextEdit::insert(place, "\\"));
        }
    }
    match (json, literal) {
        _ if edits.is_empty() => None,
        (true, false) => SourceChange::new("Write the escape as RON has it", edits),
        (false, true) => SourceChange::new("Write `\\\\` for each backslash", edits),
        _ => None,
    }
}

impl Decode for bool {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let source = d.text(node);
        let meant = match source.trim_matches('"').to_ascii_lowercase().as_str() {
            _ if source == "true" => return Some(true),
            _ if source == "false" => return Some(false),
            "true" | "yes" | "1" => Some("true"),
            "false" | "no" | "0" => Some("false"),
            _ => None,
        };
        let help = match meant {
            Some(word) => format!("write {word}"),
            None => "write true or false, without quotation marks".to_owned(),
        };
        let fix = meant
            .and_then(|word| quick_fix::replace(format!("Write `{word}`"), d.span(node), word));
        d.wrong_type_with_fix(node, "`true` or `false`", Some(help), fix);
        None
    }
}

impl<T: Decode> Decode for Vec<T> {
    /// Invalid items are reported and left out.
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
        let fix = d.as_list(node);
        d.wrong_type_with_fix(node, "A list in `[ ]`", Some(help.to_string()), fix);
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
                let fix = quick_fix::replace("Write `None`", d.span(node), "None");
                let help = Some("write `None`, or leave the field out".to_string());
                d.wrong_type_with_fix(node, "A value or `None`", help, fix);
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
                let diagnostic =
                    Diagnostic::error(span, codes::WRONG_TYPE, "`Some( )` needs exactly one value");
                d.report(diagnostic.with_help("write the value alone, or `None`"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn whole_numbers_decode_as_in_ron() {
        for text in [
            "0",
            "-0",
            "007",
            "+5",
            "1_000",
            "0x1F",
            "0b11",
            "200u8",
            "b'a'",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
        ] {
            assert_eq!(read::<u8>(text).ok(), ron::from_str(text).ok(), "{text}");
            assert_eq!(read::<u32>(text).ok(), ron::from_str(text).ok(), "{text}");
            assert_eq!(read::<i64>(text).ok(), ron::from_str(text).ok(), "{text}");
        }
        assert_eq!(
            wrong::<u8>("300"),
            "out-of-range: `300` is too large or too small: a whole number from 0 to 255 belongs \
            here; -"
        );
        assert_eq!(
            wrong::<i64>("140e9"),
            "not-whole: `140e9` is not written as a whole number, which belongs here; write \
            140000000000"
        );
        assert_eq!(
            wrong::<u8>("2.5"),
            "not-whole: `2.5` is not written as a whole number, which belongs here; leave out the \
            decimal point and the exponent"
        );
        assert_eq!(
            wrong::<u32>("2024-01-02"),
            "bad-number: `2024-01-02` is not a number; if it is meant as text, write \"2024-01-02\""
        );
        assert_eq!(
            wrong::<u32>("\"28,500\""),
            "wrong-type: A whole number belongs here, not text in quotation marks; write 28500 \
            without quotation marks"
        );
    }

    #[test]
    fn numbers_decode_as_in_ron_and_are_finite() {
        for text in [
            "1", "-1.5", ".5", "5.", "1e3", "1_000.5", "+2", "1.5f64", "12abc", "1.2.3", "0x10",
            "1e", "3f32",
        ] {
            assert_eq!(read::<f64>(text).ok(), ron::from_str(text).ok(), "{text}");
        }
        assert!(wrong::<f64>("1e400").starts_with("out-of-range: `1e400` is too large"));
        for text in ["NaN", "inf", "-inf", "inff64", "-NaNf64"] {
            assert!(wrong::<f64>(text).starts_with("not-finite: "), "{text}");
        }
        assert!(
            wrong::<f64>("1..2")
                .starts_with("wrong-type: A number belongs here, not a range of numbers")
        );
    }

    #[test]
    fn a_number_of_which_digits_are_lost_says_what_is_read() {
        for (text, read) in [
            ("9007199254740993", "9007199254740992"),
            ("9_007_199_254_740_993", "9007199254740992"),
            ("9223372036854775807", "9223372036854776000"),
            ("18446744073709551615", "18446744073709552000"),
            ("0.30000000000000001", "0.3"),
            ("1.0000000000000000001e3", "1000"),
            ("1e-400", "0"),
        ] {
            let tree = parse(text);
            let mut d = Decoder::new(text, &tree);
            assert!(
                f64::decode(&mut d, tree.value().unwrap()).is_some(),
                "{text}"
            );
            let found = d.into_diagnostics();
            let words = format!("is read as {read}");
            assert!(found[0].message.ends_with(&words), "{found:?}");
            assert_eq!((found.len(), found[0].code), (1, codes::ROUNDED));
        }
        for text in [
            "9007199254740992",
            "9007199254740994",
            "28500.000000000000000",
            "1183340000000",
            "0.1",
            "1e22",
            "1E+21",
            "100000000000000000000000",
            "-1_000.50e-3",
            "1.7976931348623157e308",
            "5e-324",
            "000000000000000000000",
        ] {
            assert!(read::<f64>(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn text_decodes_as_in_ron() {
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
            concat!(
                r#"bad-text: `\d` in text means nothing; write `\\` for a backslash, "#,
                r#"`\"` for a quotation mark, `\n` for a new line"#
            )
        );
        assert_eq!(
            wrong::<String>("28"),
            "wrong-type: Text in quotation marks belongs here, not a number; write \"28\""
        );
    }

    #[test]
    fn booleans() {
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

    /// The value, or the code, message and help of what is wrong.
    fn read<T: Decode>(text: &str) -> Result<T, String> {
        let tree = parse(text);
        assert_eq!(tree.diagnostics, [], "{text}");
        let mut d = Decoder::new(text, &tree);
        let value = T::decode(&mut d, tree.value().unwrap());
        let diagnostics = d.into_diagnostics();
        let reported = |p: &Diagnostic| {
            format!(
                "{}: {}; {}",
                p.code,
                p.message,
                p.help.as_deref().unwrap_or("-")
            )
        };
        assert_eq!(value.is_none(), !diagnostics.is_empty(), "{text}");
        value.ok_or_else(|| {
            diagnostics
                .iter()
                .map(reported)
                .collect::<Vec<_>>()
                .join("\n")
        })
    }

    /// What is wrong with it.
    fn wrong<T: Decode>(text: &str) -> String {
        read::<T>(text).err().unwrap()
    }
}
