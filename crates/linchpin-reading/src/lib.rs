//! A register and the texts it was coded from, read together: whether each phrase stands where its
//! citation says, which sentences have been coded.

pub mod candidates;
pub mod coded_segments;
pub mod coverage;
pub mod reader_blocks;
pub mod review_items;
pub mod text_library;
pub mod verify;

pub use candidates::{Candidate, ExclusionReason, Proposal, cues_of_kind, find_candidates};
pub use coded_segments::{
    AnchorStatus, BrokenAnchor, CodedSegment, CodedSegments, CommitmentStrength, SegmentDismissal,
    coded_segments,
};
pub use coverage::{Coverage, CoverageIndex, SentenceCoverage, SentenceState, coverage};
pub use reader_blocks::{ReaderBlock, reader_blocks};
pub use review_items::{ReviewItem, review_items};
pub use text_library::{DocumentText, TextContent, TextFile, TextLibrary, TextState};
pub use verify::{CheckedCitation, VerificationOutcome, verify_citations};
