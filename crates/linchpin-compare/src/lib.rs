//! Documents beside each other: sentence by sentence, commitment by commitment, and through a
//! series. Proposals with their reasons; what somebody has confirmed stands in the register and is
//! never mixed up with them.

mod align;
mod bags;
mod chain;
mod coded;
mod confirm;
mod likeness;
mod matching;
mod propose;
mod sentences;
mod series;
pub mod series_picture;
mod side;
mod stated;
mod through;
pub mod versions;
mod words;

pub use coded::{commitment_counts, document_commitments, is_coded_for, own_document};
pub use confirm::{confirm_match, mark_unmatched, pair_commitments, undo_confirmation};
pub use matching::{
    CommitmentMatch, CommitmentMatching, MatchOutcome, MatchStatus, match_commitments,
};
pub use propose::AlternativeMatch;
pub use sentences::{
    SentenceComparison, SentenceLocation, SentenceRow, SentenceRowKind, compare_sentences,
};
pub use series::{
    DocumentTrace, Mention, Presence, PresenceSource, StepChange, TraceRow, TraceSubject,
    series_documents, series_names, sort_documents,
};
pub use side::CommitmentInDocument;
pub use through::trace_documents;
pub use words::{WordDiffKind, WordDiffSegment};
