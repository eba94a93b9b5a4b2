//! Documents compared: sentence by sentence, commitment by commitment, and through a
//! series. Proposals with their reasons; what somebody has confirmed stands in the register and is
//! never mixed up with them.

mod coding_extent;
mod commitment_in_document;
mod commitment_matching;
mod confirm;
mod continuity_entries;
mod feature_index;
mod messages;
mod proposals;
mod sentence_alignment;
mod sentence_comparison;
mod series;
pub mod series_picture;
mod similarity;
mod trace;
pub mod versions;
mod word_diff;

pub use coding_extent::{commitment_counts, document_commitments, is_coded_for, own_document};
pub use commitment_in_document::CommitmentInDocument;
pub use commitment_matching::{
    CommitmentMatch, CommitmentMatching, MatchOutcome, MatchStatus, match_commitments,
};
pub use confirm::{
    DecisionError, confirm_match, mark_unmatched, pair_commitments, undo_confirmation,
};
pub use messages::{AbsenceReason, MatchNote, MatchReason};
pub use proposals::AlternativeMatch;
pub use sentence_comparison::{
    SentenceComparison, SentenceLocation, SentenceRow, SentenceRowKind, compare_sentences,
};
pub use series::{
    DocumentTrace, Mention, Presence, PresenceSource, PresenceState, StepChange, TraceRow,
    TraceSubject, series_documents, series_names, sort_documents,
};
pub use trace::trace_documents;
pub use word_diff::{WordDiffKind, WordDiffSegment};
