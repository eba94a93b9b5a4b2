//! Ids, and links from one record to another by id.

use super::messages::Problem;
use super::schema::{AnyLink, PathStep, SchemaField, VisitFn, Visitable, VisitedValue};
use super::unseen::is_unseen;
use super::{FieldType, RecordKind, Register};
use ron_lossless::{Decode, Decoder, NodeId};
use serde::{Serialize, Serializer};
use std::marker::PhantomData;
use unicode_normalization::UnicodeNormalization as _;

/// The longest id that is accepted, in characters.
pub const MAX_ID_CHARS: usize = 80;

/// A readable slug that names one record: lower-case letters of any script, digits and single
/// hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The slug nearest to `text`: what an id that breaks the rule should have been.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    // What nobody sees parts no words.
    let seen = text.nfc().filter(|c| !is_unseen(*c) || c.is_whitespace());
    for c in seen.flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(
        out.char_indices()
            .nth(MAX_ID_CHARS)
            .map_or(out.len(), |(at, _)| at),
    );
    // Where it was cut, a hyphen may be left at the end, which no id can have.
    out.trim_end_matches('-').to_owned()
}

impl Decode for Id {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        // What an id may hold is said below; a stand-in would become part of its slug.
        let text = d.plain_text(node)?;
        // Most ids are plain ASCII: no slug has to be made to see that they are one.
        let plain = text.len() <= MAX_ID_CHARS
            && !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if plain || (!text.is_empty() && text == slug(&text)) {
            return Some(Id(text));
        }
        d.report(Problem::BadId { id: &text }.at(d.span(node)));
        None
    }
}

/// The text with each letter and its accents as one character, as keyboards type them.
pub fn to_nfc(text: &str) -> String {
    text.nfc().collect()
}

impl Visitable for Id {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>) {
        visit(path, VisitedValue::Text(&self.0));
    }
}

impl SchemaField for Id {
    const SHAPE: &'static str = "id";
    const FIELD_TYPE: FieldType = FieldType::Id;
}

/// What a link may point at.
pub trait LinkTarget {
    /// What stands in the file, in a few words: "id (parties)".
    const SHAPE: &'static str;
    /// The type of record.
    const KIND: RecordKind;
}

/// A link to a `T` by its id. Whether the target exists is checked once the whole register is read.
pub struct Link<T> {
    id: String,
    // A function that gives a `T`, so that a link can go to another thread whatever `T` is.
    target: PhantomData<fn() -> T>,
}

impl<T> Link<T> {
    /// The id that it names.
    pub fn as_str(&self) -> &str {
        &self.id
    }
}

impl<T: LinkTarget> AnyLink for Link<T> {
    fn id(&self) -> &str {
        &self.id
    }
    fn kind(&self) -> RecordKind {
        T::KIND
    }
}

// By hand, as those below: derived, they would ask the same of `T`.
impl<T> Clone for Link<T> {
    fn clone(&self) -> Self {
        Link {
            id: self.id.clone(),
            target: PhantomData,
        }
    }
}
impl<T> std::fmt::Debug for Link<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.id.fmt(f)
    }
}
impl<T> PartialEq for Link<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl<T> Serialize for Link<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.id)
    }
}

impl<T> Decode for Link<T> {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        String::decode(d, node).map(|id| Link {
            id,
            target: PhantomData,
        })
    }
}

impl<T: LinkTarget + 'static> Visitable for Link<T> {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>) {
        visit(path, VisitedValue::Link(self));
    }
}

impl<T: LinkTarget + 'static> SchemaField for Link<T> {
    const SHAPE: &'static str = T::SHAPE;
    const FIELD_TYPE: FieldType = FieldType::Link(T::KIND);
}

/// An id that no record has yet: the slug of `name`, with a number where that is taken.
pub fn unused_id(register: &Register, name: &str) -> String {
    let base = match slug(name) {
        slug if slug.is_empty() => "record".to_owned(),
        slug => slug,
    };
    if register.find(&base).is_none() {
        return base;
    }
    let chars = base.chars().count();
    // Room for the hyphen and the number.
    let base: String = base.chars().take(chars.min(MAX_ID_CHARS - 8)).collect();
    let base = base.trim_end_matches('-');
    let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
    numbered
        .into_iter()
        .find(|id| register.find(id).is_none())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_are_readable_in_any_script() {
        assert_eq!(
            slug("Nuclear Consultative Group (NCG)"),
            "nuclear-consultative-group-ncg"
        );
        assert_eq!(slug("한미 동맹"), "한미-동맹");
        assert_eq!(slug("\u{1112}\u{1161}\u{11ab}"), "한");
        assert_eq!(slug("--"), "");
        assert_eq!(slug("wash\u{200b}ing\u{1b}ton\u{202e}"), "washington");
        assert_eq!(slug(&"x".repeat(200)).len(), super::MAX_ID_CHARS);
    }
}
