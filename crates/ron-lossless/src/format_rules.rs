//! How one kind of document is formatted: what the formatter asks before it breaks a group into
//! lines or orders its fields.

use crate::format_read::{Brackets, FormatGroup, FormatItem, FormatValue};
use crate::tree::unraw;

/// How one kind of document is formatted.
///
/// A context is what the rules know about a place in the document ("a record of this type").
/// [`DefaultFormatRules`] know nothing and suit any RON.
pub trait FormatRules {
    /// What is known about a value, as far as it matters here.
    type Context: Copy;

    /// The context of the document's value.
    fn root(&self) -> Self::Context;

    /// The context of a value of which nothing is known.
    fn unknown(&self) -> Self::Context;

    /// The field of this name in a record: its number in the order of fields, and the context of
    /// its value. `None` for a name that is not known. The items of a list have the list's context.
    fn field(&self, of: Self::Context, name: &str) -> Option<(usize, Self::Context)>;

    /// How a list is broken into lines.
    fn list(&self, context: Self::Context) -> LineBreaks;

    /// How a record is broken into lines.
    fn record(&self, context: Self::Context) -> LineBreaks;

    /// The longest line that is made by joining what could be on lines of its own, in characters.
    fn max_width(&self) -> usize {
        120
    }

    /// One step of indentation.
    fn indent(&self) -> &str {
        "    "
    }
}

/// Rules for any RON, without knowledge of its fields: the fields of the outermost record are on
/// lines of their own, everything below is on one line where it fits. Fields keep their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultFormatRules {
    /// See [`FormatRules::max_width`]; 100 by default.
    pub max_width: usize,
    /// See [`FormatRules::indent`]; four spaces by default.
    pub indent: String,
}

impl Default for DefaultFormatRules {
    fn default() -> Self {
        DefaultFormatRules {
            max_width: 100,
            indent: "    ".to_owned(),
        }
    }
}

impl FormatRules for DefaultFormatRules {
    /// Whether it is the outermost value.
    type Context = bool;

    fn root(&self) -> bool {
        true
    }

    fn unknown(&self) -> bool {
        false
    }

    fn field(&self, _: bool, _: &str) -> Option<(usize, bool)> {
        None
    }

    fn list(&self, _: bool) -> LineBreaks {
        LineBreaks::IfTooLong
    }

    fn record(&self, is_outermost: bool) -> LineBreaks {
        match is_outermost {
            true => LineBreaks::EachItem,
            false => LineBreaks::IfTooLong,
        }
    }

    fn max_width(&self) -> usize {
        self.max_width
    }

    fn indent(&self) -> &str {
        &self.indent
    }
}

/// How something in brackets is broken into lines. A comment that needs its own line breaks any of
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineBreaks {
    /// On one line where it fits, else each item on its own.
    IfTooLong,
    /// On one line, however long.
    Never,
    /// Each item on its own line.
    EachItem,
    /// Each item on its own line, with a blank line between two; a field that holds such a list
    /// stands between blank lines.
    EachItemSpaced,
}

impl LineBreaks {
    /// Whether it never stands on one line.
    pub(crate) fn is_broken(self) -> bool {
        matches!(self, LineBreaks::EachItem | LineBreaks::EachItemSpaced)
    }
}

/// How a group is broken into lines.
pub(crate) fn line_breaks<R: FormatRules>(
    rules: &R,
    context: R::Context,
    group: &FormatGroup,
) -> LineBreaks {
    match group.brackets {
        Brackets::Record if group.wrapped().is_some() => LineBreaks::IfTooLong,
        Brackets::Record => rules.record(context),
        Brackets::List => rules.list(context),
        Brackets::Map => LineBreaks::IfTooLong,
    }
}

/// The context of an item of a group, with the number of its field.
pub(crate) fn item_context<R: FormatRules>(
    rules: &R,
    context: R::Context,
    group: &FormatGroup,
    item: &FormatItem,
) -> (Option<usize>, R::Context) {
    let known = match (&item.key, group.brackets) {
        (None, _) => return (None, context),
        (Some(key), Brackets::Record) => match key.value {
            FormatValue::Leaf(name) => rules.field(context, unraw(name)),
            FormatValue::FormatGroup(_) => None,
        },
        _ => None,
    };
    match known {
        Some((number, context)) => (Some(number), context),
        None => (None, rules.unknown()),
    }
}
