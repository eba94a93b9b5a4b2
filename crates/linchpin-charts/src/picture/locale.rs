//! Numbers as they are written in other countries. Names and sentences stay as they are.

use linchpin_register::chart_vocabulary::NumberStyle;

/// What may stand before a number that stands by itself.
const NUMBER_PREFIXES: &[&str] = &[
    "about ", "> ", "≥ ", "< ", "≤ ", "−", "$", "€", "£", "₩", "¥",
];

/// What may stand after it.
const NUMBER_SUFFIXES: &[&str] = &[
    "",
    "%",
    " %",
    "\u{a0}%",
    " thousand",
    " million",
    " billion",
    " trillion",
];

/// A number that stands by itself, as a style writes it: "> $1.5 billion" → "> $1,5 billion".
/// `None` where the text is no such number, or stays the same.
pub fn localize_number(text: &str, style: NumberStyle) -> Option<String> {
    let (group, point) = match style {
        NumberStyle::English => return None,
        NumberStyle::Continental => (".", ","),
        NumberStyle::French => ("\u{a0}", ","),
        NumberStyle::Swiss => ("’", "."),
    };
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('–').enumerate() {
        if at > 0 {
            out.push('–');
        }
        localize_part(part, group, point, &mut out)?;
    }
    (out != text).then_some(out)
}

/// One number with what stands around it; `None` where there is something else.
fn localize_part(text: &str, group: &str, point: &str, out: &mut String) -> Option<()> {
    let mut rest = text;
    while let Some(sign) = NUMBER_PREFIXES.iter().find(|sign| rest.starts_with(**sign)) {
        out.push_str(sign);
        rest = &rest[sign.len()..];
    }
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))
        .unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && number.matches('.').count() <= 1
        && NUMBER_SUFFIXES.contains(&after);
    if !is_number {
        return None;
    }
    for c in number.chars() {
        match c {
            ',' => out.push_str(group),
            '.' => out.push_str(point),
            digit => out.push(digit),
        }
    }
    out.push_str(after);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_themselves_are_written_otherwise_and_words_are_not() {
        let of =
            |text: &str, style| localize_number(text, style).unwrap_or_else(|| text.to_owned());
        for (text, continental, french, swiss) in [
            ("28,500", "28.500", "28\u{a0}500", "28’500"),
            (
                "> $1.5 billion",
                "> $1,5 billion",
                "> $1,5 billion",
                "> $1.5 billion",
            ),
            ("−1,234.5", "−1.234,5", "−1\u{a0}234,5", "−1’234.5"),
            (
                "1,000–2,000",
                "1.000–2.000",
                "1\u{a0}000–2\u{a0}000",
                "1’000–2’000",
            ),
            ("12.5%", "12,5%", "12,5%", "12.5%"),
            ("about 300", "about 300", "about 300", "about 300"),
            (
                "7 August 2009",
                "7 August 2009",
                "7 August 2009",
                "7 August 2009",
            ),
            ("Article 3.2", "Article 3.2", "Article 3.2", "Article 3.2"),
            ("0.1.0", "0.1.0", "0.1.0", "0.1.0"),
            ("", "", "", ""),
        ] {
            assert_eq!(of(text, NumberStyle::English), text);
            assert_eq!(of(text, NumberStyle::Continental), continental);
            assert_eq!(of(text, NumberStyle::French), french);
            assert_eq!(of(text, NumberStyle::Swiss), swiss);
        }
    }
}
