//! How candidates compare with what people coded, for people and for programs.

use super::candidate_line;
use linchpin_reading::candidates::{CandidateScore, MatchCounts, score_candidates};
use linchpin_reading::{Candidate, TextLibrary, verify_citations};
use linchpin_register::{RecordRef, Register};
use linchpin_text::prose::Prose;
use serde::Serialize;
use std::fmt::Write as _;

/// A score with its words.
#[derive(Serialize)]
pub(super) struct ScoreReport {
    document: String,
    commitments: KindScore,
    figures: KindScore,
    names: KindScore,
    concerns: KindScore,
    steps: StepScore,
    held: ExcludedScore,
    dismissed: DismissedScore,
}

#[derive(Serialize)]
struct KindScore {
    coded: usize,
    found: usize,
    recall: Option<f64>,
    proposed: usize,
    right: usize,
    precision: Option<f64>,
    /// Ids of records.
    missed: Vec<String>,
    /// Candidates in a line.
    surplus: Vec<String>,
}

#[derive(Serialize)]
struct StepScore {
    same: usize,
    /// Ids of commitments.
    other: Vec<String>,
}

#[derive(Serialize)]
struct ExcludedScore {
    all: usize,
    /// Those whose words are the only ones of a coded commitment.
    wrongly: Vec<String>,
}

#[derive(Serialize)]
struct DismissedScore {
    same_reason: usize,
    other_reason: usize,
    nothing_said: usize,
    proposed: usize,
}

impl ScoreReport {
    pub fn new(
        register: &Register,
        library: &TextLibrary,
        document: &str,
        prose: &Prose,
        all: &[Candidate],
    ) -> Self {
        let checked = verify_citations(register, library);
        let found: CandidateScore = score_candidates(register, library, document, &checked, all);
        let lines = |places: &[usize]| {
            let candidates = places.iter().filter_map(|at| all.get(*at));
            candidates
                .map(|c| candidate_line(register, prose, c))
                .collect()
        };
        let id = |at: &RecordRef| register.record(*at).map(|record| record.id().to_owned());
        let kind = |tally: &MatchCounts| KindScore {
            coded: tally.coded,
            found: tally.found,
            recall: tally.recall(),
            proposed: tally.proposed,
            right: tally.correct,
            precision: tally.precision(),
            missed: tally.missed.iter().filter_map(id).collect(),
            surplus: lines(&tally.surplus),
        };
        ScoreReport {
            document: document.to_owned(),
            commitments: kind(&found.commitments),
            figures: kind(&found.figures),
            names: kind(&found.names),
            concerns: kind(&found.concerns),
            steps: StepScore {
                same: found.same_step,
                other: found.other_step.iter().filter_map(id).collect(),
            },
            held: ExcludedScore {
                all: found.excluded,
                wrongly: lines(&found.wrongly_excluded),
            },
            dismissed: DismissedScore {
                same_reason: found.dismissed_same_reason,
                other_reason: found.dismissed_other_reason,
                nothing_said: found.dismissed_without_candidate,
                proposed: found.dismissed_but_proposed,
            },
        }
    }

    /// The score for people.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n\n", self.document);
        let kinds = [
            ("Commitments", &self.commitments),
            ("Figures", &self.figures),
            ("Bodies and instruments", &self.names),
            ("Concerns", &self.concerns),
        ];
        let percent = |share: Option<f64>| match share {
            Some(share) => format!("{:.0} %", share * 100.0),
            None => "–".to_owned(),
        };
        for (name, kind) in kinds {
            let _ = writeln!(
                text,
                "{name:<23} recall {:>5}  {:>3} of {:<3} records   precision {:>5}  {:>3} of {} \
                candidates",
                percent(kind.recall),
                kind.found,
                kind.coded,
                percent(kind.precision),
                kind.right,
                kind.proposed
            );
        }
        let _ = writeln!(
            text,
            "Steps                   {} of {} found commitments have the coded step",
            self.steps.same,
            self.steps.same + self.steps.other.len()
        );
        let _ = writeln!(
            text,
            "Held apart              {}, of which {} took away a coded commitment",
            self.held.all,
            self.held.wrongly.len()
        );
        let all = &self.dismissed;
        let _ = writeln!(
            text,
            "Dismissed sentences     {} with the same reason excluded, {} with another, {} with \
            nothing said, {} with a commitment proposed",
            all.same_reason, all.other_reason, all.nothing_said, all.proposed
        );
        for (name, kind) in kinds {
            write_list(&mut text, &format!("{name} missed"), &kind.missed);
            write_list(&mut text, &format!("{name} surplus"), &kind.surplus);
        }
        write_list(&mut text, "Another step coded", &self.steps.other);
        write_list(&mut text, "Held apart, and coded", &self.held.wrongly);
        text
    }
}

fn write_list(text: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        let _ = writeln!(text, "\n{title}");
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
    }
}
