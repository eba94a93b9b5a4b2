//! Which commitments a total counts. Every total says its rule.

use crate::vocabulary::{StatementMode, Voice};
use crate::{Commitment, Register};
use serde::{Deserialize, Serialize};

/// Which records count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CountScope {
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
pub enum VoiceScope {
    #[default]
    All,
    /// The document's own voice only: nobody quoted, no editorial, no boilerplate.
    Document,
}

/// How commitments are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CountingRule {
    pub count: CountScope,
    pub voices: VoiceScope,
}

impl CountScope {
    pub const ALL: [CountScope; 3] = [
        CountScope::All,
        CountScope::WithoutChildren,
        CountScope::Strict,
    ];

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            CountScope::All => "all records",
            CountScope::WithoutChildren => "without children",
            CountScope::Strict => "strict count",
        }
    }

    /// What the words mean.
    pub fn meaning(self) -> &'static str {
        match self {
            CountScope::All => "Every record, children included.",
            CountScope::WithoutChildren => "Records that are not part of another commitment.",
            CountScope::Strict => {
                "Without children, recitals, objectives, purposes and aspirations."
            }
        }
    }
}

impl VoiceScope {
    pub const ALL: [VoiceScope; 2] = [VoiceScope::All, VoiceScope::Document];

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            VoiceScope::All => "all voices",
            VoiceScope::Document => "the documents' own voice",
        }
    }
}

impl CountingRule {
    /// The rule in words, as it stands under every total: "all records, all voices".
    pub fn description(self) -> String {
        format!("{}, {}", self.count.label(), self.voices.label())
    }

    /// Whether a commitment counts.
    pub fn counts(self, commitment: &Commitment) -> bool {
        let passes_scope = match self.count {
            CountScope::All => true,
            CountScope::WithoutChildren => commitment.parent.is_none(),
            CountScope::Strict => {
                commitment.parent.is_none()
                    && !matches!(
                        commitment.mode,
                        StatementMode::Recital
                            | StatementMode::Inclusion
                            | StatementMode::Objective
                            | StatementMode::Purpose
                            | StatementMode::Aspiration
                    )
            }
        };
        // A record that cites several places counts as the document's own where one of them is.
        let passes_voices = self.voices == VoiceScope::All
            || commitment
                .citations
                .iter()
                .any(|c| c.effective_voice() == Voice::Document);
        passes_scope && passes_voices
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
