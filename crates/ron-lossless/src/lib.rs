//! RON as text: bytes in, a tree with spans, values and problems out. Knows RON's syntax and no
//! field of ours.
//!
//! ```text
//! bytes ─ text_of ─► text ─ parse ─► Tree ─ Decoder, Decode ─► values
//!                                     └──── problems ────┘
//! ```
//! Nothing here fails or panics, whatever the text holds: what is wrong is a [`Problem`] with its
//! place, in words for somebody who is no programmer, and everything sound is still read. What a
//! number or an escape means is decided by the `ron` crate; once a text shows no problem,
//! [`second_opinion`] lets `ron` read all of it again as a safety net.

mod body;
/// Every code a [`Problem`] of this module can have, with its meaning.
pub mod codes;
mod comments;
mod conflict;
mod cursor;
mod decode;
pub mod edit;
mod fields;
mod join;
mod layout;
mod layout_house;
mod layout_pieces;
mod layout_print;
mod layout_read;
mod layout_same;
mod leading;
mod lex;
mod lex_text;
/// The difference of two texts for people to read.
pub mod line_diff;
mod lines;
mod mend;
mod mend_brackets;
mod mend_marks;
mod nearest;
mod number;
mod parse;
mod problem;
mod record;
mod repair;
mod reshape;
mod ron_itself;
mod ron_sum;
mod scalar;
mod slots;
mod source;
mod span;
mod splice;
mod surplus;
mod text_recovery;
mod token;
mod tree;
#[cfg(test)]
mod trial;
mod value;
mod variant;
mod write;

pub use comments::comments;
pub use decode::{Decode, Decoder};
pub use fields::{MAX_FIELDS, RecordFields};
pub use join::parse_files;
pub use layout::{FormatError, format_text};
pub use layout_house::{FormatRules, LineBreaks};
pub use lex::tokens;
pub use lines::{LineIndex, Position};
pub use mend::digit_groups;
pub use nearest::{nearest, only_near_match};
pub use parse::parse;
pub use problem::{Diagnostic, Severity};
pub use ron_itself::check_with_ron;
pub use slots::{ContainerItems, ItemExtent, line_ending};
pub use source::{DecodedText, decode_bytes};
pub use span::{MAX_BYTES, Span};
pub use splice::{SourceChange, TextEdit, apply, edit_between, invert_edits};
pub use token::{Token, TokenKind};
pub use tree::{MAX_DEPTH, MAX_PROBLEMS, NodeId, NodeKind, Tree};
pub use write::{RonValue, like, quote};
