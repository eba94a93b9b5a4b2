//! Which commitments a total counts. Every total says its rule.

use crate::vocabulary::{Mode, Voice};
use crate::{Commitment, Register};
use serde::{Deserialize, Serialize};

/// Which records count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Count {
    /// Every record.
    #[default]
    All,
    /// Records that are not part of another.
    WithoutChildren,
    /// Without children, recitals, objectives, purposes and aspirations.
    Strict,
}

/// Whose words count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Voices {
    #[default]
    All,
    /// The document's own voice only: nobody quoted, no editorial, no boilerplate.
    Document,
}

/// How commitments are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CountingRule {
    pub count: Count,
    pub voices: Voices,
}

impl Count {
    pub const ALL: [Count; 3] = [Count::All, Count::WithoutChildren, Count::Strict];

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Count::All => "all records",
            Count::WithoutChildren => "without children",
            Count::Strict => "strict count",
        }
    }

    /// What the words mean.
    pub fn meaning(self) -> &'static str {
        match self {
            Count::All => "Every record, children included.",
            Count::WithoutChildren => "Records that are not part of another commitment.",
            Count::Strict => "Without children, recitals, objectives, purposes and aspirations.",
        }
    }
}

impl Voices {
    pub const ALL: [Voices; 2] = [Voices::All, Voices::Document];

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Voices::All => "all voices",
            Voices::Document => "the documents' own voice",
        }
    }
}

impl CountingRule {
    /// The rule in words, as it stands under every total: "all records, all voices".
    pub fn words(self) -> String {
        format!("{}, {}", self.count.label(), self.voices.label())
    }

    /// Whether a commitment counts.
    pub fn counts(self, commitment: &Commitment) -> bool {
        let as_record = match self.count {
            Count::All => true,
            Count::WithoutChildren => commitment.parent.is_none(),
            Count::Strict => {
                commitment.parent.is_none()
                    && !matches!(
                        commitment.mode,
                        Mode::Recital
                            | Mode::Inclusion
                            | Mode::Objective
                            | Mode::Purpose
                            | Mode::Aspiration
                    )
            }
        };
        // A record that cites several places counts as the document's own where one of them is.
        let as_voice = self.voices == Voices::All
            || commitment
                .citations
                .iter()
                .any(|c| c.voice() == Voice::Document);
        as_record && as_voice
    }

    /// The commitments that count.
    pub fn commitments(self, register: &Register) -> impl Iterator<Item = (usize, &Commitment)> {
        register
            .commitments
            .iter()
            .enumerate()
            .filter(move |(_, c)| self.counts(c))
    }
}
