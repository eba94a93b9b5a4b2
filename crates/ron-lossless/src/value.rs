//! Values to be written as RON, in the style of what they replace.

use crate::{Decode as _, Decoder, NodeId, NodeKind, Tree};

/// The longest value that is written on one line, in characters.
const LINE_CHARS: usize = 100;

/// A value to be written, or one that was read to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RonValue {
    /// Text in quotation marks.
    Text(String),
    /// Written as it is: a number, a word, or any other RON.
    Bare(String),
    /// `Name(value, …)`
    Call(String, Vec<RonValue>),
    /// `[value, …]`
    List(Vec<RonValue>),
    /// `(name: value, …)`
    Record(Vec<(String, RonValue)>),
}

impl RonValue {
    /// A text value.
    pub fn text(text: impl Into<String>) -> Self {
        RonValue::Text(text.into())
    }

    /// A word or number.
    pub fn bare(text: impl Into<String>) -> Self {
        RonValue::Bare(text.into())
    }

    /// `Some(value)`
    pub fn some(value: impl Into<RonValue>) -> Self {
        RonValue::Call("Some".to_owned(), vec![value.into()])
    }

    /// Reads the value at a node. What has no form of its own here (maps, bytes, named records)
    /// becomes [`RonValue::Bare`] with its source.
    pub fn read(text: &str, tree: &Tree, node: NodeId) -> Self {
        let as_it_stands = || RonValue::Bare(tree.span(node).of(text).to_owned());
        let read = |id| RonValue::read(text, tree, id);
        match tree.kind(node) {
            NodeKind::Text | NodeKind::EscapedText => {
                let decoded = String::decode(&mut Decoder::new(text, tree), node);
                decoded.map_or_else(as_it_stands, RonValue::Text)
            }
            NodeKind::List => RonValue::List(tree.children(node).map(read).collect()),
            NodeKind::Record => {
                let children: Vec<NodeId> = tree.children(node).collect();
                let field = |id: &NodeId| {
                    let value = tree.field_value(*id)?;
                    Some((tree.field_name(text, *id)?.to_owned(), read(value)))
                };
                let fields: Option<Vec<(String, RonValue)>> = children.iter().map(field).collect();
                match (tree.name(text, node), fields) {
                    (None, Some(fields)) => RonValue::Record(fields),
                    (Some(name), None)
                        if !children.iter().any(|id| tree.kind(*id) == NodeKind::Field) =>
                    {
                        RonValue::Call(name.to_owned(), children.into_iter().map(read).collect())
                    }
                    _ => as_it_stands(),
                }
            }
            _ => as_it_stands(),
        }
    }

    /// The value on one line.
    pub fn line(&self) -> String {
        let list = |items: &[RonValue]| {
            items
                .iter()
                .map(RonValue::line)
                .collect::<Vec<_>>()
                .join(", ")
        };
        match self {
            RonValue::Text(text) => quote(text),
            RonValue::Bare(text) => text.clone(),
            RonValue::Call(name, values) => format!("{name}({})", list(values)),
            RonValue::List(items) => format!("[{}]", list(items)),
            RonValue::Record(fields) => {
                let field =
                    |(name, value): &(String, RonValue)| format!("{name}: {}", value.line());
                format!(
                    "({})",
                    fields.iter().map(field).collect::<Vec<_>>().join(", ")
                )
            }
        }
    }

    /// The value over several lines where one would be too long; lines after the first are indented
    /// by fours. `first_chars`: how much stands before it on its first line.
    pub fn lines(&self, first_chars: usize) -> String {
        let line = self.line();
        if line.chars().count() + first_chars <= LINE_CHARS {
            return line;
        }
        match self {
            RonValue::List(items) if !items.is_empty() => {
                block('[', items.iter().map(|item| item.lines(4)), ']')
            }
            RonValue::Record(fields) if !fields.is_empty() => RonValue::block(fields),
            _ => line,
        }
    }

    /// A record with each field on a line of its own.
    pub fn block(fields: &[(String, RonValue)]) -> String {
        let field = |(name, value): &(String, RonValue)| {
            format!("{name}: {}", value.lines(name.chars().count() + 6))
        };
        block('(', fields.iter().map(field), ')')
    }
}

impl From<&str> for RonValue {
    fn from(text: &str) -> Self {
        RonValue::text(text)
    }
}

impl From<String> for RonValue {
    fn from(text: String) -> Self {
        RonValue::Text(text)
    }
}

impl<T: Into<RonValue>> From<Vec<T>> for RonValue {
    fn from(items: Vec<T>) -> Self {
        RonValue::List(items.into_iter().map(Into::into).collect())
    }
}

macro_rules! bare_values {
    ($($type:ty),*) => {$(
        impl From<$type> for RonValue {
            /// Written as Rust writes it for debugging, which is RON: `1.0`, `inf`, `true`.
            fn from(value: $type) -> Self {
                RonValue::Bare(format!("{value:?}"))
            }
        }
    )*};
}

bare_values!(
    bool, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, f32, f64
);

fn block(open: char, items: impl Iterator<Item = String>, close: char) -> String {
    let mut out = String::from(open);
    for item in items {
        out.push_str("\n    ");
        out.push_str(&item.replace('\n', "\n    "));
        out.push(',');
    }
    out.push('\n');
    out.push(close);
    out
}

/// Text in quotation marks, on one line.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value in the style of what it replaces: text that was raw stays raw where it can, line breaks
/// that stood as such stay so, digits that were grouped by `_` stay grouped, and `Some( )` stays
/// around it. `before_chars`: how much stands before it on its line.
pub fn write_like(old: &str, value: &RonValue, before_chars: usize) -> String {
    if let Some(inside) = old
        .strip_prefix("Some(")
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return format!(
            "Some({})",
            write_like(inside.trim(), value, before_chars + 5)
        );
    }
    match value {
        RonValue::Text(text) => write_text_like(old, text),
        RonValue::Bare(number) if old.contains('_') => grouped(number),
        RonValue::Call(name, values) => {
            let digits = old.bytes().any(|b| b == b'_') && !old.contains('"');
            let write = |value: &RonValue| match value {
                RonValue::Bare(number) if digits => grouped(number),
                other => other.line(),
            };
            let values: Vec<String> = values.iter().map(write).collect();
            format!("{name}({})", values.join(", "))
        }
        other => other.lines(before_chars),
    }
}

fn write_text_like(old: &str, text: &str) -> String {
    if let Some(raw) = old.strip_prefix('r') {
        let hashes = &raw[..raw.bytes().take_while(|b| *b == b'#').count()];
        let printable = |c: char| !c.is_control() || c == '\n' || c == '\t';
        if !text.contains(&format!("\"{hashes}")) && text.chars().all(printable) {
            return format!("r{hashes}\"{text}\"{hashes}");
        }
    }
    let written = quote(text);
    match old.contains('\n') {
        // `\\n`, a backslash and an n, must not become a line break: it is set aside.
        true => written
            .replace("\\\\n", "\0")
            .replace("\\n", "\n")
            .replace('\0', "\\\\n"),
        false => written,
    }
}

/// A whole number of more than four digits with its digits in groups of three.
fn grouped(number: &str) -> String {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    if whole.len() < 5 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = String::from(if number.starts_with('-') { "-" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check_with_ron, parse};

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "",
            "a \"b\" \\ c",
            "한국\n어\t\u{1}\u{7f}\u{85}",
            "// no",
            "\\n\n",
        ] {
            for old in ["\"x\"", "r\"x\"", "r##\"x\"##", "\"x\ny\"", "Some(\"x\")"] {
                let source = write_like(old, &RonValue::text(text), 0);
                let tree = parse(&source);
                assert_eq!(check_with_ron(&source), None, "{source}");
                let value = match RonValue::read(&source, &tree, tree.value().unwrap()) {
                    RonValue::Call(_, mut inside) => inside.remove(0),
                    other => other,
                };
                assert_eq!(value, RonValue::text(text), "{source}");
            }
        }
    }

    #[test]
    fn a_value_is_written_in_the_style_of_the_old_one() {
        let number = |n: &str| RonValue::bare(n);
        let exactly = |n: &str| RonValue::Call("Exactly".into(), vec![number(n)]);
        for (old, new, want) in [
            ("r#\"a\"#", RonValue::text("b"), "r#\"b\"#"),
            ("r\"a\"", RonValue::text("b\"c"), "\"b\\\"c\""),
            ("28_500", number("30000"), "30_000"),
            ("28500", number("30000"), "30000"),
            (
                "About(28_500)",
                exactly("1234567.5"),
                "Exactly(1_234_567.5)",
            ),
            ("Some( 1_000 )", number("-99999"), "Some(-99_999)"),
            (
                "[]",
                RonValue::List(vec![RonValue::text("a"), number("B")]),
                "[\"a\", B]",
            ),
        ] {
            assert_eq!(write_like(old, &new, 0), want);
        }
    }

    #[test]
    fn long_values_take_several_lines() {
        let long = "x".repeat(60);
        let record = RonValue::Record(vec![
            ("a".into(), RonValue::text(&long)),
            (
                "b".into(),
                RonValue::List(vec![RonValue::text(&long), RonValue::text(&long)]),
            ),
        ]);
        let want = format!(
            "(\n    a: \"{long}\",\n    b: [\n        \"{long}\",\n        \"{long}\",\n    ],\n)"
        );
        assert_eq!(record.lines(0), want);
        let tree = parse(&want);
        assert_eq!(RonValue::read(&want, &tree, tree.value().unwrap()), record);
    }
}
