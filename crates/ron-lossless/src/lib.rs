//! Edit [RON](https://github.com/ron-rs/ron) without losing a comment: what `toml_edit` is to TOML.
//!
//! [`RonDocument`] is where to begin. It reads any text, valid or not, and changes values by path;
//! comments, blank lines, the order of fields and the line endings stay as they are.
//!
//! ```
//! use ron_lossless::{DefaultFormatRules, RonDocument, path};
//!
//! let mut doc = RonDocument::parse("\
//! Config(
//!     // Pixels.
//!     size: (800,600), // for now
//! )
//! ");
//! doc.set(path!["size", 0], 1024)?;
//! doc.set(path!["title"], "Demo")?;
//! doc.format(&DefaultFormatRules::default())?;
//! assert_eq!(doc.to_string(), "\
//! Config(
//!     // Pixels.
//!     size: (1024, 600), // for now
//!     title: \"Demo\",
//! )
//! ");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Diagnostics
//!
//! Nothing here fails or panics, whatever a text holds: what is wrong is a [`Diagnostic`] with its
//! span, a code, a sentence for somebody who is no programmer, and a quick fix where there is only
//! one way to correct it. Everything valid around it is still read.
//!
//! ```
//! use ron_lossless::{LineIndex, RonDocument, path};
//!
//! let text = "(\n    volume: 0.5\n    title: “Demo”,\n)";
//! let mut doc = RonDocument::parse(text);
//! let lines = LineIndex::new(text);
//! let messages: Vec<String> = doc
//!     .diagnostics()
//!     .iter()
//!     .map(|d| {
//!         let at = lines.position(text, d.span.start);
//!         format!("{}:{}: {}: {}", at.line, at.column, d.severity, d.message)
//!     })
//!     .collect();
//! assert_eq!(messages, [
//!     "2:16: error: A comma is missing before `title`",
//!     "3:12: error: This text stands in curly quotation marks",
//! ]);
//! assert_eq!(doc.get(path!["volume"]).unwrap().source(), "0.5");
//! while let Some(fix) = doc.diagnostics().iter().find_map(|d| d.fix.clone()) {
//!     assert!(doc.apply(&fix.edits));
//! }
//! assert_eq!(doc.text(), "(\n    volume: 0.5,\n    title: \"Demo\",\n)");
//! ```
//!
//! # Typed values with spans
//!
//! [`Decode`] is for programs that show errors in the text, as a language server or an editor does:
//! it goes on after each error, and reports unknown, missing and repeated fields with suggestions.
//! To read a valid file into a struct, `serde` with the `ron` crate is less work.
//!
//! ```
//! use ron_lossless::{Decode, Decoder, NodeId, RonDocument, path};
//!
//! struct Server {
//!     host: String,
//!     port: Option<u32>,
//! }
//!
//! impl Decode for Server {
//!     fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
//!         let fields = d.record(node, "Server", &["host", "port"])?;
//!         // Both are read before the first `?`: an error in one field hides none in the next.
//!         let (host, port) = (fields.required(d, 0), fields.optional(d, 1));
//!         Some(Server { host: host?, port })
//!     }
//! }
//!
//! let doc = RonDocument::parse("(host: \"localhost\", prot: 80)");
//! let errors = doc.get(path![]).unwrap().decode::<Server>().err().unwrap();
//! assert_eq!(errors[0].message, "A Server has no field `prot`");
//! assert_eq!(errors[0].help.as_deref(), Some("did you mean `port`?"));
//! assert_eq!(errors[0].span.of(doc.text()), "prot");
//! ```
//!
//! # Architecture
//!
//! ```text
//! bytes ── decode_bytes ──► text ── tokens ──► parse ──► Tree ──► Decoder, Decode ──► values
//!                            ▲                   │         │            │
//!                            │                   └── Diagnostic ────────┘
//!                            │                         │   │
//!                          apply ◄──── TextEdit ◄──── fix  ├──► edit (insert, remove, move_item)
//!                            ▲             ▲               └──► format_text, FormatRules
//!                            │             │                              │
//!                            └─────────────┴── RonDocument ◄──────────────┘
//! ```
//!
//! The tree holds spans only and never changes: an edit is a few replacements in the text
//! ([`TextEdit`]), after which the text is parsed again. So nothing that the text holds can be lost
//! between two edits, and every edit can be shown before it is made, and undone.
//!
//! What a number or an escape means is decided by the `ron` crate. [`check_with_ron`] reads a text
//! with all of `ron` as a safety net; the formatter does so with its own output.
//!
//! # Limits
//!
//! - A text is at most [`MAX_BYTES`] (4 GB) long, since spans are 32 bits wide.
//! - Brackets are nested at most [`MAX_DEPTH`] (64) deep; the rest of a deeper text is not read.
//! - A tree holds at most [`MAX_DIAGNOSTICS`] (200) diagnostics; more are counted.
//! - Time is linear in the length of the text, also for hostile input.
#![warn(missing_docs)]
#![forbid(unsafe_code)]

pub mod codes;
mod cursor;
mod decode;
mod decode_bytes;
mod decode_fixes;
mod decode_scalars;
mod diagnostic;
mod document;
pub mod edit;
mod format;
mod format_print;
mod format_read;
mod format_rules;
mod lexer;
mod parse_files;
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

pub use decode::{Decode, Decoder, FieldNodes, MAX_FIELDS, TextRule};
pub use decode_bytes::{DecodedText, decode_bytes};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{EditError, PathSegment, RonDocument, RonNode};
pub use edit::{ContainerItems, ItemExtent, line_ending};
pub use format::{FormatError, format_text};
pub use format_rules::{DefaultFormatRules, FormatRules, LineBreaks};
pub use lexer::{Token, TokenKind, comments, tokens};
pub use parse_files::{parse_files, parse_files_within};
pub use parser::parse;
pub use quick_fix::digit_groups;
pub use ron_check::check_with_ron;
pub use span::{LineIndex, MAX_BYTES, Position, Span};
pub use suggest::{NearBudget, NearIndex, NearWords, nearest, only_near_match};
pub use text_edit::{SourceChange, TextEdit, apply, compose_edits, edit_between, invert_edits};
pub use tree::{MAX_DEPTH, MAX_DIAGNOSTICS, NodeId, NodeKind, Tree};
pub use value::{RonValue, quote, write_like};

/// The code in the README is compiled with the doctests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
