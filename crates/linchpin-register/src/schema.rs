//! How a record type is declared: once, with its documentation, as one list of fields.
//!
//! From that list come the struct, its decoder, its JSON, the walk over its links and words, and
//! its table in `data/FORMAT.md`.

use super::RecordKind;
use super::messages::Problem;
use ron_lossless::{Decode, Decoder, NodeId, NodeKind};
use serde::Serialize;

/// What the file must give for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldCardinality {
    /// The record is not loaded without it.
    Required,
    /// May be left out.
    Optional,
    /// A list that may be left out when it is empty.
    List,
    /// `true` or left out.
    Flag,
}

/// A field as people and tools see it.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    pub name: &'static str,
    pub cardinality: FieldCardinality,
    /// What stands there, in a few words: "text", "id of a party".
    pub shape: &'static str,
    /// What can stand there, for forms and completion. For a list: in each of its items.
    pub field_type: FieldType,
    pub doc: &'static str,
    /// What holds where it is left out, as a form says it: "stacked".
    pub default_text: Option<&'static str>,
}

impl FieldSpec {
    /// Whether its value is a list.
    pub fn is_list(&self) -> bool {
        self.cardinality == FieldCardinality::List
    }
}

/// What can stand in a field, or in each item of a list.
#[derive(Clone, Copy, Debug)]
pub enum FieldType {
    /// Any text.
    Text,
    /// The record's own id.
    Id,
    /// The id of a record of this type.
    Link(RecordKind),
    /// One word of a vocabulary, written without quotation marks.
    Vocabulary {
        /// "status"
        what: &'static str,
        terms: &'static [VocabularyTerm],
    },
    /// A date or a range of dates, as exact as its source, in quotation marks.
    Date,
    /// A whole number from 0.
    WholeNumber { max: u32 },
    /// `true`, or left out.
    Flag,
    /// A number with its bound: see [`AMOUNT_FORMS`](super::amount::AMOUNT_FORMS).
    Amount,
    /// `Yes`, or `No("why")`.
    Chartable,
    /// Fields in brackets.
    Record {
        /// "Citation"
        what: &'static str,
        fields: &'static [FieldSpec],
    },
}

/// One word of a vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VocabularyTerm {
    /// The name in the file.
    pub name: &'static str,
    /// The words on screen.
    pub label: &'static str,
    /// One line that explains the word.
    pub meaning: &'static str,
}

/// A closed vocabulary.
pub trait Vocabulary: SchemaField + Copy {
    /// What its words are: "status".
    const TITLE: &'static str;
    /// Its words, in the order of `FORMAT.md`.
    const TERMS: &'static [VocabularyTerm];
    /// This word.
    fn term(self) -> &'static VocabularyTerm;
}

/// A link of any target.
pub trait AnyLink {
    /// The id that it names, whether a record has it or not.
    fn id(&self) -> &str;
    /// The type of record that it must lead to.
    fn kind(&self) -> RecordKind;
}

/// A value that a walk comes to.
pub enum VisitedValue<'a> {
    /// Words a reader may search for.
    Text(&'a str),
    /// A word of a vocabulary.
    Term(&'static VocabularyTerm),
    Link(&'a dyn AnyLink),
    Citation(&'a super::Citation),
    Date(super::Date),
    Number(f64),
}

/// A step from a record to a value inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStep {
    Field(&'static str),
    Index(usize),
}

impl PathStep {
    /// The name of the field; `None` of a place in a list.
    pub fn name(self) -> Option<&'static str> {
        match self {
            PathStep::Field(name) => Some(name),
            PathStep::Index(_) => None,
        }
    }
}

/// What a walk calls with every value, and the path that leads there.
pub type VisitFn<'v, 'a> = dyn FnMut(&[PathStep], VisitedValue<'a>) + 'v;

/// Visits every text, link and citation of a value in the order of its fields, with the path that
/// leads there.
pub trait Visitable {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>);
}

/// A type that can be a field.
pub trait SchemaField: Decode + Visitable + Serialize {
    /// What stands there, in a few words.
    const SHAPE: &'static str;
    /// What can stand there, for forms and completion.
    const FIELD_TYPE: FieldType;
}

impl Visitable for bool {
    fn walk<'a>(&'a self, _: &mut Vec<PathStep>, _: &mut VisitFn<'_, 'a>) {}
}
impl SchemaField for bool {
    const SHAPE: &'static str = "true";
    const FIELD_TYPE: FieldType = FieldType::Flag;
}

macro_rules! number_field {
    ($($type:ty),*) => { $(
        impl Visitable for $type {
            fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>) {
                visit(path, VisitedValue::Number(f64::from(*self)));
            }
        }
        impl SchemaField for $type {
            const SHAPE: &'static str = "whole number";
            const FIELD_TYPE: FieldType = FieldType::WholeNumber { max: <$type>::MAX as u32 };
        }
    )* };
}
number_field!(u32, u8);

impl Visitable for String {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>) {
        visit(path, VisitedValue::Text(self));
    }
}
impl SchemaField for String {
    const SHAPE: &'static str = "text";
    const FIELD_TYPE: FieldType = FieldType::Text;
}

impl<T: Visitable> Visitable for Option<T> {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>) {
        if let Some(value) = self {
            value.walk(path, visit);
        }
    }
}

impl<T: Visitable> Visitable for Vec<T> {
    fn walk<'a>(&'a self, path: &mut Vec<PathStep>, visit: &mut VisitFn<'_, 'a>) {
        for (index, value) in self.iter().enumerate() {
            path.push(PathStep::Index(index));
            value.walk(path, visit);
            path.pop();
        }
    }
}

/// Reports what is no record, with an example of one.
pub(super) fn expect_record(
    d: &mut Decoder<'_>,
    node: NodeId,
    a_what: &str,
    example: &str,
) -> Option<()> {
    match d.tree().kind(node) {
        NodeKind::Record => return Some(()),
        NodeKind::Error => {}
        _ => {
            let problem = Problem::NotARecord { a_what, example }.at(d.span(node));
            let fix = d.as_record(node);
            d.report(problem.with_fix_if_any(fix));
        }
    }
    None
}

/// Declares a struct of the file: `field: required|optional|list|flag Type, "documentation";`, or
/// `…, "documentation", default "what holds without it";`. `as
/// Citation` lets a walk stop at the struct itself; `like` says how one is written, where something
/// else stands in its place.
macro_rules! record {
    (
        $(#[doc = $about:literal])*
        pub struct $name:ident $what:literal
            $(as $announce:ident)?
            $(like $a_what:literal $example:literal)?
        {
            $(
                $field:ident : $need:ident $type:ty, $doc:literal
                    $(, default $default:literal)?;
            )*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        pub struct $name {
            $(
                #[doc = $crate::schema::record!(@doc $doc $($default)?)]
                pub $field: $crate::schema::record!(@type $need $type),
            )*
        }

        impl $name {
            /// Every field, in the standard order.
            pub const FIELDS: &'static [$crate::schema::FieldSpec] = &[
                $( $crate::schema::FieldSpec {
                    name: stringify!($field),
                    cardinality: $crate::schema::record!(@need $need),
                    shape: <$type as $crate::schema::SchemaField>::SHAPE,
                    field_type: <$type as $crate::schema::SchemaField>::FIELD_TYPE,
                    doc: $crate::schema::record!(@doc $doc $($default)?),
                    default_text: $crate::schema::record!(@default $($default)?),
                }, )*
            ];
            /// What the struct is, for people who edit the file.
            pub const ABOUT: &'static str = concat!($($about),*);
            const NAMES: &'static [&'static str] = &[$( stringify!($field) ),*];
        }

        impl ron_lossless::Decode for $name {
            fn decode(
                d: &mut ron_lossless::Decoder<'_>,
                node: ron_lossless::NodeId,
            ) -> Option<Self> {
                $( $crate::schema::expect_record(d, node, $a_what, $example)?; )?
                let fields = d.record(node, $what, Self::NAMES)?;
                let mut index = 0;
                $( let $field = {
                    let at = index;
                    index += 1;
                    $crate::schema::record!(@decode $need fields, d, at)
                }; )*
                // Nothing reads the last increment.
                let _ = index;
                // Every field is looked at before the first missing one ends it, so that all
                // problems are reported.
                Some($name { $( $field: $crate::schema::record!(@take $need $field), )* })
            }
        }

        impl $crate::schema::Visitable for $name {
            fn walk<'a>(
                &'a self,
                path: &mut Vec<$crate::schema::PathStep>,
                visit: &mut $crate::schema::VisitFn<'_, 'a>,
            ) {
                // Before its fields, so that a visitor can tell that the values that follow belong
                // to it.
                $( visit(path, $crate::schema::VisitedValue::$announce(self)); )?
                $(
                    path.push($crate::schema::PathStep::Field(stringify!($field)));
                    $crate::schema::Visitable::walk(&self.$field, path, visit);
                    path.pop();
                )*
            }
        }

        impl $crate::schema::SchemaField for $name {
            const SHAPE: &'static str = $what;
            const FIELD_TYPE: $crate::FieldType =
                $crate::FieldType::Record { what: $what, fields: $name::FIELDS };
        }
    };
    (@doc $doc:literal) => { $doc };
    (@doc $doc:literal $default:literal) => { concat!($doc, " Left out: ", $default, ".") };
    (@default) => { None };
    (@default $text:literal) => { Some($text) };
    (@type required $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };
    (@type list $type:ty) => { Vec<$type> };
    (@type flag $type:ty) => { $type };
    (@need required) => { $crate::schema::FieldCardinality::Required };
    (@need optional) => { $crate::schema::FieldCardinality::Optional };
    (@need list) => { $crate::schema::FieldCardinality::List };
    (@need flag) => { $crate::schema::FieldCardinality::Flag };
    (@decode required $fields:ident, $d:ident, $at:ident) => { $fields.required($d, $at) };
    (@decode optional $fields:ident, $d:ident, $at:ident) => { $fields.optional($d, $at) };
    (@decode list $fields:ident, $d:ident, $at:ident) => { $fields.list($d, $at) };
    (@decode flag $fields:ident, $d:ident, $at:ident) => {
        $fields.optional($d, $at).unwrap_or_default()
    };
    (@take required $field:ident) => { $field? };
    (@take $need:ident $field:ident) => { $field };
}
pub(crate) use record;

/// Declares a closed vocabulary: `Variant "label" "meaning";`. In the file a value is the bare
/// variant name.
macro_rules! vocabulary {
    (
        $(#[doc = $about:literal])*
        pub enum $name:ident $what:literal { $( $variant:ident $label:literal $meaning:literal; )* }
    ) => {
        $(#[doc = $about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $( #[doc = $meaning] $variant, )* }

        impl $name {
            pub const ALL: &'static [Self] = &[$( Self::$variant ),*];
            const NAMES: &'static [&'static str] = &[$( stringify!($variant) ),*];
            const TERMS: &'static [$crate::schema::VocabularyTerm] =
                &[$( $crate::schema::VocabularyTerm {
                    name: stringify!($variant), label: $label, meaning: $meaning,
                } ),*];
            /// The word with its name in the file, its label on screen and its meaning.
            pub fn term(self) -> &'static $crate::schema::VocabularyTerm {
                // Variants and terms are made from the same list, so that they have one order.
                &Self::TERMS[self as usize]
            }
            /// The name in the file.
            pub fn name(self) -> &'static str { self.term().name }
            /// The words on screen.
            pub fn label(self) -> &'static str { self.term().label }
            /// One line that explains the word.
            pub fn meaning(self) -> &'static str { self.term().meaning }
        }

        impl ron_lossless::Decode for $name {
            fn decode(
                d: &mut ron_lossless::Decoder<'_>,
                node: ron_lossless::NodeId,
            ) -> Option<Self> {
                d.variant(node, $what, Self::NAMES).map(|index| Self::ALL[index])
            }
        }

        impl $crate::schema::Visitable for $name {
            fn walk<'a>(
                &'a self,
                path: &mut Vec<$crate::schema::PathStep>,
                visit: &mut $crate::schema::VisitFn<'_, 'a>,
            ) {
                visit(path, $crate::schema::VisitedValue::Term(self.term()));
            }
        }

        impl $crate::schema::SchemaField for $name {
            const SHAPE: &'static str = concat!("`", $what, "`");
            const FIELD_TYPE: $crate::FieldType =
                $crate::FieldType::Vocabulary { what: $what, terms: Self::TERMS };
        }

        impl $crate::schema::Vocabulary for $name {
            const TITLE: &'static str = $what;
            const TERMS: &'static [$crate::schema::VocabularyTerm] = Self::TERMS;
            fn term(self) -> &'static $crate::schema::VocabularyTerm { Self::term(self) }
        }
    };
}
pub(crate) use vocabulary;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field of a list of fields and of the records inside it.
    fn count(fields: &[FieldSpec], of: &dyn Fn(&FieldType) -> bool) -> usize {
        let inside = |form: &FieldType| match form {
            FieldType::Record { fields, .. } => count(fields, of),
            _ => 0,
        };
        let each = fields
            .iter()
            .map(|f| usize::from(of(&f.field_type)) + inside(&f.field_type));
        each.sum()
    }

    #[test]
    fn every_record_type_has_one_id_and_choices_with_words() {
        for kind in RecordKind::ALL {
            assert_eq!(
                count(kind.fields(), &|f| matches!(f, FieldType::Id)),
                1,
                "{kind:?}"
            );
            let unexplained = |form: &FieldType| match form {
                FieldType::Vocabulary { terms: choices, .. } => choices
                    .iter()
                    .any(|c| c.label.is_empty() || c.meaning.is_empty()),
                _ => false,
            };
            assert_eq!(count(kind.fields(), &unexplained), 0, "{kind:?}");
        }
        let links = |form: &FieldType| matches!(form, FieldType::Link(RecordKind::Document));
        assert!(count(RecordKind::Commitment.fields(), &links) > 1);
    }
}
