//! RON as text.

/// Codes.
pub mod codes;
mod cursor;
mod decode;
mod decode_bytes;
mod decode_scalars;
mod diagnostic;
mod document;
pub mod edit;
mod format;
mod format_print;
mod format_read;
mod lexer;
mod parser;
mod quick_fix;
mod recover_brackets;
mod recover_document;
mod recover_quotes;
mod ron_check;
mod span;
mod suggest;
mod text_edit;
mod tree;
mod value;

pub use decode::{Decode, Decoder, MAX_FIELDS, RecordFields};
pub use decode_bytes::{DecodedText, decode_bytes};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{EditError, PathSegment, RonDocument, RonNode};
pub use edit::{ContainerItems, ItemExtent, line_ending};
pub use format::{DefaultFormatRules, FormatError, FormatRules, LineBreaks, format_text};
pub use lexer::{Token, TokenKind, comments, tokens};
pub use parser::parse;
pub use quick_fix::digit_groups;
pub use ron_check::check_with_ron;
pub use span::{LineIndex, MAX_BYTES, Position, Span};
pub use suggest::{nearest, only_near_match};
pub use text_edit::{SourceChange, TextEdit, apply, edit_between, invert_edits};
pub use tree::{MAX_DEPTH, MAX_DIAGNOSTICS, NodeId, NodeKind, Tree, parse_files};
pub use value::{RonValue, quote, write_like};
