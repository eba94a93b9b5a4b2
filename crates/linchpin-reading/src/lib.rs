//! A register and the texts it was coded from, read together: whether each phrase stands where its
//! citation says, which sentences have been coded.

pub mod blocks;
pub mod candidates;
pub mod coverage;
pub mod cues;
pub mod library;
pub mod spots;
pub mod stops;
pub mod verify;

pub use blocks::{ReaderBlock, reader_blocks};
pub use candidates::{Candidate, ExclusionReason, Proposal, find_candidates};
pub use coverage::{Coverage, CoverageIndex, SentenceCoverage, SentenceState, coverage};
pub use library::{DocumentText, TextContent, TextFile, TextLibrary, TextState};
pub use spots::{
    AnchorStatus, BrokenAnchor, CodedSegment, CodedSegments, CommitmentStrength, coded_segments,
};
pub use stops::{ReviewItem, review_items};
pub use verify::{CheckedCitation, VerificationOutcome, verify_citations};
