//! What is open in the reader, and what its views ask for.

use super::dialog::NewRecordForm;
use linchpin_register::vocabulary::DismissalReason;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What is open in the reader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReaderSession {
    /// The id of the document; none: the list of documents.
    pub document: Option<String>,
    /// Whatever has been looked at is dimmed.
    pub only_open: bool,
    /// The place that is to be shown, …
    #[serde(skip)]
    pub scroll_target: Option<ReaderLocation>,
    /// … and how often one was asked for: each is shown once.
    #[serde(skip)]
    pub scroll_request: u64,
    /// The byte of the text at which the keyboard is.
    #[serde(skip)]
    pub cursor: Option<usize>,
    /// The document is being coded.
    #[serde(skip)]
    pub coding: Option<CodingSession>,
}

/// A place of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReaderLocation {
    /// From 1.
    pub paragraph: Option<u32>,
    pub phrase: Option<String>,
    /// The bytes of the text, where they are known.
    pub range: Option<Range<usize>>,
}

/// What the reader's views ask for, besides the actions that have keys.
#[derive(Clone, Debug, PartialEq)]
pub enum ReaderCommand {
    /// The keyboard is at this byte of the text; it need not be brought into view.
    SetCursor(usize),
    /// Brings these bytes into view.
    GoTo(Range<usize>),
    /// What is written about the sentence that is being dismissed.
    SetDismissalNote(String),
    /// The sentence yields no record, for this reason.
    DismissWithReason(DismissalReason),
    /// The sentence is not dismissed after all.
    CancelDismissal,
    /// The style of citations that is used from now on, by its id.
    SetCitationStyle(&'static str),
}

impl ReaderSession {
    /// A document that is open at a paragraph, as a picture of the window begins with it.
    pub fn at_paragraph(document: String, paragraph: Option<u32>, codes: bool) -> Self {
        ReaderSession {
            document: Some(document),
            scroll_target: Some(ReaderLocation {
                paragraph,
                ..ReaderLocation::default()
            }),
            scroll_request: 1,
            coding: codes.then(CodingSession::start),
            ..ReaderSession::default()
        }
    }
}

/// A document that is being coded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodingSession {
    /// A reason is being chosen for which the sentence yields no record: the note, as far as it is written.
    pub dismissal_note: Option<String>,
    /// The second half of a candidate that was split.
    pub(super) second_half: Option<Box<NewRecordForm>>,
    /// Where steps were made that can be taken back.
    pub(super) undo_positions: Vec<usize>,
    /// Once the register has changed: on to the next open place behind this byte. The register as it was.
    pub(super) queued_from: Option<(usize, u64)>,
    /// It has begun, and nothing has been shown yet.
    pub(super) is_new: bool,
}

impl CodingSession {
    /// Coding that begins.
    pub fn start() -> Self {
        CodingSession {
            is_new: true,
            ..CodingSession::default()
        }
    }
}
