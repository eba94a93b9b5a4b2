//! Numbers and text as XML holds them.

use crate::path::PathCommand;
use egui::{Pos2, Vec2};

/// Append a number with at most three decimals, without needless zeros; what is not finite becomes
/// 0.
pub(crate) fn number(out: &mut String, value: f32) {
    let thousandths = (f64::from(value) * 1000.0).round();
    // Beyond this a float has no thousandths left, and no picture has such a place.
    let mut rest = if thousandths.is_finite() {
        thousandths.clamp(-1e15, 1e15) as i64
    } else {
        0
    };
    if rest < 0 {
        out.push('-');
        rest = -rest;
    }
    integer(out, rest / 1000);
    let decimals = rest % 1000;
    if decimals > 0 {
        out.push('.');
        let mut place = 100;
        let mut left = decimals;
        while left > 0 {
            out.push(digit(left / place));
            left %= place;
            place /= 10;
        }
    }
}

/// Append a whole number from 0 up.
pub(crate) fn integer(out: &mut String, value: i64) {
    if value >= 10 {
        integer(out, value / 10);
    }
    out.push(digit(value % 10));
}

fn digit(value: i64) -> char {
    char::from(b'0' + (value % 10) as u8)
}

/// Append ` name="value"`.
pub(crate) fn attribute(out: &mut String, name: &str, value: f32) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    number(out, value);
    out.push('"');
}

/// Append text for an element or a quoted attribute. What XML forbids becomes U+FFFD.
pub(crate) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A parser would make a line feed of it.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
}

/// Append `<name>text</name>`, or nothing where there is no text.
pub(crate) fn element(out: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        out.push_str(&format!("<{name}>"));
        escape(out, text);
        out.push_str(&format!("</{name}>"));
    }
}

/// Append the steps of a path, each point multiplied by `scale`.
pub(crate) fn path(out: &mut String, segments: &[PathCommand], scale: Vec2) {
    let mut step = |command: char, points: &[Pos2]| {
        out.push(command);
        for (i, point) in points.iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            number(out, point.x * scale.x);
            out.push(' ');
            number(out, point.y * scale.y);
        }
    };
    for segment in segments {
        match *segment {
            PathCommand::Move(p) => step('M', &[p]),
            PathCommand::Line(p) => step('L', &[p]),
            PathCommand::Quad(a, p) => step('Q', &[a, p]),
            PathCommand::Cubic(a, b, p) => step('C', &[a, b, p]),
            PathCommand::Close => step('Z', &[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f32) -> String {
        let mut out = String::new();
        number(&mut out, value);
        out
    }

    #[test]
    fn numbers_have_at_most_three_decimals_and_no_needless_zeros() {
        let cases = [
            (0.0, "0"),
            (-0.0001, "0"),
            (1.0, "1"),
            (-12.5, "-12.5"),
            (0.05, "0.05"),
            (0.1234, "0.123"),
            (0.9996, "1"),
            (1200.007, "1200.007"),
            (f32::NAN, "0"),
            (f32::INFINITY, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(written(value), text);
        }
        assert!(written(f32::MAX).parse::<f64>().is_ok());
    }

    #[test]
    fn whatever_text_holds_the_xml_stays_valid() {
        let nasty = "a & b < c > d \" ' ]]> \u{0}\u{1}\u{B}\u{FFFE}\r\n\t --> 한";
        let mut xml = String::from("<t a=\"");
        escape(&mut xml, nasty);
        xml.push_str("\">");
        escape(&mut xml, nasty);
        xml.push_str("</t>");
        let parsed = roxmltree::Document::parse(&xml).expect("valid XML");
        let text = parsed.root_element().text().expect("text");
        assert_eq!(
            text,
            "a & b < c > d \" ' ]]> \u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\r\n\t --> 한"
        );
    }
}
