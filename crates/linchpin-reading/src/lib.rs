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

pub use blocks::{Block, blocks};
pub use candidates::{Candidate, Held, Proposal, candidates_of};
pub use coverage::{Coverage, Coverages, Sentence, SentenceState, coverage};
pub use library::{Attached, Library, Text, TextCopy, TextState};
pub use spots::{Astray, Fit, Spot, Spots, Strength, spots};
pub use stops::{Stop, stops};
pub use verify::{Checked, Outcome, verify};
