//! What is open in the reader, and what its views ask for.

use super::dialog::NewRecord;
use linchpin_register::vocabulary::DismissalReason;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What is open in the reader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The id of the document; none: the list of documents.
    pub document: Option<String>,
    /// Whatever has been looked at is dimmed.
    pub only_open: bool,
    /// The place that is to be shown, …
    #[serde(skip)]
    pub place: Option<Place>,
    /// … and how often one was asked for: each is shown once.
    #[serde(skip)]
    pub asked: u64,
    /// The byte of the text at which the keyboard is.
    #[serde(skip)]
    pub at: Option<usize>,
    /// The document is being coded.
    #[serde(skip)]
    pub coding: Option<Coding>,
}

/// A place of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
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
    At(usize),
    /// Brings these bytes into view.
    GoTo(Range<usize>),
    /// What is written about the sentence that is being dismissed.
    Note(String),
    /// The sentence yields no record, for this reason.
    DismissFor(DismissalReason),
    /// The sentence is not dismissed after all.
    KeepSentence,
    /// The style of citations that is used from now on, by its id.
    CiteAs(&'static str),
}

impl Reading {
    /// A document that is open at a paragraph, as a picture of the window begins with it.
    pub fn of(document: String, paragraph: Option<u32>, codes: bool) -> Self {
        Reading {
            document: Some(document),
            place: Some(Place {
                paragraph,
                ..Place::default()
            }),
            asked: 1,
            coding: codes.then(Coding::begun),
            ..Reading::default()
        }
    }
}

/// A document that is being coded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coding {
    /// A reason is being chosen for which the sentence yields no record: the note, as far as it is written.
    pub dismissing: Option<String>,
    /// The second half of a candidate that was split.
    pub(super) second: Option<Box<NewRecord>>,
    /// Where steps were made that can be taken back.
    pub(super) trail: Vec<usize>,
    /// Once the register has changed: on to the next open place behind this byte. The register as it was.
    pub(super) next_from: Option<(usize, u64)>,
    /// It has begun, and nothing has been shown yet.
    pub(super) is_new: bool,
}

impl Coding {
    /// Coding that begins.
    pub fn begun() -> Self {
        Coding {
            is_new: true,
            ..Coding::default()
        }
    }
}
