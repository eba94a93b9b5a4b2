//! What the `ron` crate reads out of a whole text, summed up in one number: two texts can be
//! compared without keeping their values.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A number for a value and everything in it. The order of fields and entries does not count, that
/// of items does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum(u64);

/// A number for something that differs from everything of another `kind`.
fn sum<E>(kind: char, value: impl Hash) -> Result<Sum, E> {
    let mut hasher = DefaultHasher::new();
    (kind, value).hash(&mut hasher);
    Ok(Sum(hasher.finish()))
}

impl<'de> Deserialize<'de> for Sum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Sum;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Sum, E> {
        sum('b', value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Sum, E> {
        sum('i', value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Sum, E> {
        sum('u', value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Sum, E> {
        sum('f', value.to_bits())
    }

    fn visit_char<E: Error>(self, value: char) -> Result<Sum, E> {
        sum('c', value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Sum, E> {
        sum('s', value)
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<Sum, E> {
        sum('y', value)
    }

    fn visit_none<E: Error>(self) -> Result<Sum, E> {
        sum('n', ())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Sum, D::Error> {
        sum('o', Sum::deserialize(deserializer)?.0)
    }

    /// `ron` takes `()` for this and `( )` for an empty sequence; here they are one.
    fn visit_unit<E: Error>(self) -> Result<Sum, E> {
        Ok(Sum(0))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Sum, D::Error> {
        Sum::deserialize(inner)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Sum, A::Error> {
        let mut all = 0;
        while let Some(Sum(item)) = items.next_element()? {
            all = sum::<A::Error>('l', (all, item))?.0;
        }
        Ok(Sum(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Sum, A::Error> {
        let mut all = 0_u64;
        while let Some((Sum(key), Sum(value))) = entries.next_entry()? {
            all = all.wrapping_add(sum::<A::Error>('e', (key, value))?.0);
        }
        sum('m', all)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ron_itself::sum;

    #[test]
    fn a_sum_changes_with_each_value_and_not_with_the_order_of_fields() {
        let text = "(a: 1, b: [\"x\", Some(2.5), 'c'], c: {1: true, 2: None}, d: b\"y\", e: -7, f: \
            (x: 1))";
        let whole = sum(text);
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
                sum(&changed).is_some() && sum(&changed) != whole,
                "{changed}"
            );
        }
        let moved = text
            .replacen("a: 1, ", "", 1)
            .replacen("f: (", "a: 1, f: (", 1);
        assert_eq!(sum(&moved), whole);
        assert_eq!(sum("[( ), [ ]]"), sum("[(), []]"));
        assert_eq!(sum("\u{feff}[1 2]"), None);
    }
}
