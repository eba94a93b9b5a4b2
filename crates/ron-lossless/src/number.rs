//! Numbers. What one means is decided by `ron`; the plainest take a short cut to the same value.

use super::{
    Decode, Decoder, Diagnostic, NodeId, NodeKind, SourceChange, codes, cursor::shortened, mend,
    ron_itself,
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
    let words = d.text(node);
    match d.tree().kind(node) {
        NodeKind::Number => {}
        NodeKind::Bytes => {
            if let Ok(byte) = ron_itself::literal(words) {
                return Some(byte);
            }
            d.wrong_type(node, "A whole number", None);
            return None;
        }
        kind => {
            let (help, bare) = unquoted_number(kind, words);
            let fits = |bare: &String| ron_itself::literal::<T>(bare).is_ok();
            let repair = bare.filter(fits).and_then(|bare| rewritten(d, node, &bare));
            d.wrong_type_mended(node, "A whole number", help, repair);
            return None;
        }
    }
    let digits = words.strip_prefix('-').unwrap_or(words).as_bytes();
    let is_plain = digits.len() <= 18 && digits.iter().all(u8::is_ascii_digit);
    if is_plain
        && let Some(value) = words
            .parse()
            .ok()
            .and_then(|value: i64| T::try_from(value).ok())
    {
        return Some(value);
    }
    match ron_itself::literal(words) {
        Ok(value) => Some(value),
        Err(_) => {
            report_whole(d, node, limits);
            None
        }
    }
}

fn report_whole(d: &mut Decoder<'_>, node: NodeId, [min, max]: [i128; 2]) {
    let words = d.text(node);
    let digits = words.trim_start_matches(['+', '-']).as_bytes();
    if digits.iter().all(|b| b.is_ascii_digit() || *b == b'_')
        || ron_itself::literal::<i64>(words).is_ok()
    {
        return report_range(
            d,
            node,
            &format!("a whole number from {min} to {max} belongs here"),
        );
    }
    let Ok(value) = ron_itself::literal::<f64>(words) else {
        return report_bad_number(d, node);
    };
    let span = d.span(node);
    d.report_with(|_| {
        let message = format!(
            "`{}` is not written as a whole number, which belongs here",
            shortened(words)
        );
        let problem = Diagnostic::error(span, codes::NOT_WHOLE, message);
        // Up to here, every whole number is exact.
        let is_exact = value.fract() == 0.0 && value.abs() < 9e15;
        if is_exact && (min..=max).contains(&(value as i128)) {
            let right = (value as i128).to_string();
            let repair = mend::replace(format!("Write {right}"), span, right.as_str());
            problem
                .with_help(format!("write {right}"))
                .with_fix_if_any(repair)
        } else {
            problem.with_help("leave out the decimal point and the exponent")
        }
    });
}

impl Decode for f64 {
    /// Whole numbers are taken as well; what is infinite or no number is not.
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let words = d.text(node);
        let kind = d.tree().kind(node);
        let is_word = kind == NodeKind::Word
            && matches!(
                words,
                "inf" | "NaN" | "inff32" | "inff64" | "NaNf32" | "NaNf64"
            );
        if kind != NodeKind::Number && !is_word {
            let (help, bare) = unquoted_number(kind, words);
            let repair = bare.and_then(|bare| rewritten(d, node, &bare));
            d.wrong_type_mended(node, "A number", help, repair);
            return None;
        }
        let is_plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E');
        let value = match words.bytes().all(is_plain) {
            true => words.parse().ok(),
            false => ron_itself::literal(words).ok(),
        };
        match value {
            Some(value) if f64::is_finite(value) => return Some(value),
            Some(_) if words.bytes().any(|b| b.is_ascii_digit()) && !words.contains(['i', 'N']) => {
                report_range(d, node, "the largest number has some 300 digits");
            }
            Some(_) => {
                let span = d.span(node);
                let message = format!("`{words}` is no number that can be counted with");
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

fn report_range(d: &mut Decoder<'_>, node: NodeId, limits: &str) {
    let (span, words) = (d.span(node), d.text(node));
    let message = format!("`{}` is too large or too small: {limits}", shortened(words));
    d.report(Diagnostic::error(span, codes::OUT_OF_RANGE, message));
}

fn report_bad_number(d: &mut Decoder<'_>, node: NodeId) {
    let (span, words) = (d.span(node), d.text(node));
    let problem = Diagnostic::error(
        span,
        codes::BAD_NUMBER,
        format!("`{}` is not a number", shortened(words)),
    );
    d.report(match words.len() {
        0..80 => problem.with_help(format!("if it is meant as text, write \"{words}\"")),
        _ => problem,
    });
}

fn rewritten(d: &Decoder<'_>, node: NodeId, number: &str) -> Option<SourceChange> {
    mend::replace(format!("Write {number}"), d.span(node), number)
}

/// `"28"` where 28 is meant: what to say, and the number where it is sure.
fn unquoted_number(kind: NodeKind, words: &str) -> (Option<String>, Option<String>) {
    let inside = words.trim_matches('"').trim();
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

#[cfg(test)]
mod tests {
    use super::super::trial::{read, wrong};

    #[test]
    fn whole_numbers_are_what_ron_says() {
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
    fn numbers_are_what_ron_says_but_finite() {
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
}
