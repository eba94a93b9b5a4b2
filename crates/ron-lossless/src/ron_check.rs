//! The `ron` crate itself: what literals mean, and a second reading of the whole text as a safety
//! net.
//!
//! Two parsers of one language disagree somewhere. Literals are therefore decoded by `ron`
//! ([`literal`]); whole texts are read by it after the formatter ([`value_hash`]) and on demand
//! ([`check_with_ron`]).

use crate::{Diagnostic, LineIndex, Span, codes};
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

/// Reads the whole text with `ron`: the place and the message of its first error, or `None`.
///
/// Call it for a text without other diagnostics: what this crate accepts, `ron` must accept. The
/// message is that of `ron`, for programmers.
pub fn check_with_ron(text: &str) -> Option<Diagnostic> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = (text.len() - body.len()) as u32;
    let error = OPTIONS.from_str::<IgnoredAny>(body).err()?;
    let within = error_span(body, &error);
    let span = Span::new(within.start + skipped, within.end + skipped);
    let message = format!(
        "The text cannot be read as RON from here on: {}",
        error.code
    );
    Some(Diagnostic::error(span, codes::NOT_RON, message))
}

/// A hash of the values that `ron` reads from the whole text without types; `None` where it needs
/// them.
pub(crate) fn value_hash(text: &str) -> Option<ValueHash> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    OPTIONS.from_str(body).ok()
}

/// `ron`'s reading of one literal. An error carries its place as a span of `literal`.
pub(crate) fn literal<T: DeserializeOwned>(literal: &str) -> Result<T, Span> {
    OPTIONS
        .from_str(literal)
        .map_err(|error| error_span(literal, &error))
}

/// `x` stands for `Some(x)`. The limit of `ron` on nesting stays: without it, ten thousand brackets
/// overflow the stack.
static OPTIONS: LazyLock<ron::Options> = LazyLock::new(|| {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
});

/// `ron` counts lines, and columns in characters.
fn error_span(text: &str, error: &ron::error::SpannedError) -> Span {
    let lines = LineIndex::new(text);
    let offset = |position: ron::error::Position| {
        lines.offset(text, position.line as u32, position.col as u32)
    };
    let end = offset(error.span.end).unwrap_or(text.len() as u32);
    Span::new(offset(error.span.start).unwrap_or(end).min(end), end)
}

/// A hash of a value and everything in it: two texts can be compared without storing their values.
/// The order of fields and entries does not count, that of items does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ValueHash(u64);

/// A hash that differs from that of any value of another `kind`.
fn hashed<E>(kind: char, value: impl Hash) -> Result<ValueHash, E> {
    let mut hasher = DefaultHasher::new();
    (kind, value).hash(&mut hasher);
    Ok(ValueHash(hasher.finish()))
}

impl<'de> Deserialize<'de> for ValueHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HashVisitor)
    }
}

struct HashVisitor;

impl<'de> Visitor<'de> for HashVisitor {
    type Value = ValueHash;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<ValueHash, E> {
        hashed('b', value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<ValueHash, E> {
        hashed('i', value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<ValueHash, E> {
        hashed('u', value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<ValueHash, E> {
        hashed('f', value.to_bits())
    }

    fn visit_char<E: Error>(self, value: char) -> Result<ValueHash, E> {
        hashed('c', value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<ValueHash, E> {
        hashed('s', value)
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<ValueHash, E> {
        hashed('y', value)
    }

    fn visit_none<E: Error>(self) -> Result<ValueHash, E> {
        hashed('n', ())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<ValueHash, D::Error> {
        hashed('o', ValueHash::deserialize(deserializer)?.0)
    }

    /// `ron` takes `()` for this and `( )` for an empty sequence; here they are one.
    fn visit_unit<E: Error>(self) -> Result<ValueHash, E> {
        Ok(ValueHash(0))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<ValueHash, D::Error> {
        ValueHash::deserialize(inner)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<ValueHash, A::Error> {
        let mut all = 0;
        while let Some(ValueHash(item)) = items.next_element()? {
            all = hashed::<A::Error>('l', (all, item))?.0;
        }
        Ok(ValueHash(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<ValueHash, A::Error> {
        let mut all = 0_u64;
        while let Some((ValueHash(key), ValueHash(value))) = entries.next_entry()? {
            // A sum: the order of entries must not count.
            all = all.wrapping_add(hashed::<A::Error>('e', (key, value))?.0);
        }
        hashed('m', all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ron_agrees_or_says_where_it_does_not() {
        assert_eq!(check_with_ron("\u{feff}(a: Some(1), b: \"한국\")"), None);
        for text in ["(a: \"한국\", b: [1 2])", "\u{feff}(a: \"한국\", b: [1 2])"] {
            let diagnostic = check_with_ron(text).unwrap();
            assert_eq!(
                text.get(diagnostic.span.end as usize..),
                Some("2])"),
                "{diagnostic:?}"
            );
        }
    }

    #[test]
    fn ten_thousand_brackets_are_an_error_and_no_crash() {
        assert_eq!(check_with_ron(&"[".repeat(10_000)).unwrap().code, "not-ron");
    }

    #[test]
    fn the_hash_depends_on_each_value_and_not_on_the_order_of_fields() {
        let text = "(a: 1, b: [\"x\", Some(2.5), 'c'], c: {1: true, 2: None}, d: b\"y\", e: -7, f: \
            (x: 1))";
        let whole = value_hash(text);
        assert!(whole.is_some());
        for (old, new) in [
            ("a: 1", "a: 2"),
            ("a: 1", "g: 1"),
            ("\"x\"", "\"y\""),
            ("\"x\", Some(2.5)", "Some(2.5), \"x\""),
            ("Some(2.5)", "2.5"),
            ("2.5", "2.25"),
            ("'c'", "\"c\""),
            ("true", "false"),
            ("None", "Some(())"),
            ("1: true, 2: None", "2: true, 1: None"),
            ("b\"y\"", "b\"z\""),
            ("-7", "7"),
            ("(x: 1)", "(x: 1, y: 1)"),
            ("(x: 1)", "()"),
        ] {
            let changed = text.replacen(old, new, 1);
            assert!(
                value_hash(&changed).is_some() && value_hash(&changed) != whole,
                "{changed}"
            );
        }
        let moved = text
            .replacen("a: 1, ", "", 1)
            .replacen("f: (", "a: 1, f: (", 1);
        assert_eq!(value_hash(&moved), whole);
        assert_eq!(value_hash("[( ), [ ]]"), value_hash("[(), []]"));
        assert_eq!(value_hash("\u{feff}[1 2]"), None);
    }
}
