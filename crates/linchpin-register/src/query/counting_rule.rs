//! Which commitments a total counts. Every total says its rule.

use crate::schema::vocabulary;
use crate::vocabulary::{StatementMode, Voice};
use crate::{Commitment, Register};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// Which commitments count.
    pub enum CountScope "count" {
        All "all records" "Every record, children included.";
        WithoutChildren "without children" "Records that are not part of another commitment.";
        Strict "strict count" "Without children, recitals, objectives, purposes and aspirations.";
    }
}

vocabulary! {
    /// Whose words count.
    pub enum VoiceScope "voices" {
        All "all voices" "Whoever speaks.";
        Document "the documents' own voice" "Nobody quoted, no editorial, no boilerplate.";
    }
}

/// How commitments are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CountingRule {
    /// Which records count.
    pub count: CountScope,
    /// Whose words count.
    pub voices: VoiceScope,
}

impl Default for CountingRule {
    /// Everything counts.
    fn default() -> Self {
        CountingRule {
            count: CountScope::All,
            voices: VoiceScope::All,
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
