//! What a candidate is.

use linchpin_register::RecordRef;
use linchpin_register::vocabulary::StatementMode;
use std::ops::Range;

/// Words that may be worth a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The paragraph, from 1.
    pub paragraph: u32,
    /// The sentence: its bytes in the whole text.
    pub sentence: Range<usize>,
    /// The words that gave it away, such as the verb: their bytes in the whole text.
    pub trigger: Range<usize>,
    /// The words to be quoted: at most ten, the ones that gave it away among them.
    pub phrase: Range<usize>,
    pub proposal: Proposal,
    /// Why it is excluded: probably no record, or one of another kind.
    pub excluded: Option<ExclusionReason>,
}

/// What it may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Proposal {
    Commitment {
        /// The governing verb as it stands in the text.
        verb: String,
        /// The id of its step on the ladder.
        step: Option<String>,
        /// The ids of those who seem to promise.
        committers: Vec<String>,
        /// The words that soften it, as they stand in the text.
        hedges: Vec<String>,
        mode: StatementMode,
    },
    Figure {
        /// The number, where it has a value.
        value: Option<f64>,
        /// The words before it that make it a bound, such as "more than".
        qualifier: Option<String>,
        /// What is counted, as far as the text tells.
        unit: Option<String>,
        /// ISO 4217 code, of an amount of money.
        currency: Option<String>,
    },
    /// A body or a party that the register knows, by its name or its abbreviation.
    Name(RecordRef),
}

/// Why a candidate is excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExclusionReason {
    /// What follows is denied.
    Negated,
    /// Somebody else's word, conduct or intention.
    Attributed,
    /// What something is for.
    Purpose,
    /// What something is said to bring about.
    Effect,
    /// What has been done already.
    Past,
    /// A threat or a worry.
    Concern,
}

impl ExclusionReason {
    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            ExclusionReason::Negated => "negated",
            ExclusionReason::Attributed => "others' words or doings",
            ExclusionReason::Purpose => "purpose",
            ExclusionReason::Effect => "predicted effect",
            ExclusionReason::Past => "past achievement",
            ExclusionReason::Concern => "concern",
        }
    }
}
