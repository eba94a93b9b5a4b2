//! How candidates compare with what people coded, for people and for programs.

use super::candidate_line;
use linchpin_reading::candidates::{CandidateScore, MatchCounts, score_candidates};
use linchpin_reading::{Candidate, TextLibrary, verify_citations};
use linchpin_register::{RecordRef, Register};
use linchpin_report::{Block, ListItem, Report};
use linchpin_text::prose::Prose;
use serde::Serialize;

/// A score with its words.
#[derive(Serialize)]
pub(super) struct ScoreReport {
    document: String,
    commitments: KindScore,
    figures: KindScore,
    names: KindScore,
    concerns: KindScore,
    steps: StepScore,
    excluded: ExcludedScore,
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
            excluded: ExcludedScore {
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
    pub fn page(&self) -> Report {
        let kinds = [
            ("Commitments", &self.commitments),
            ("Figures", &self.figures),
            ("Bodies and instruments", &self.names),
            ("Concerns", &self.concerns),
        ];
        let mut facts: Vec<(String, String)> = kinds
            .iter()
            .map(|(name, kind)| ((*name).to_owned(), kind.summary()))
            .collect();
        let mut fact = |name: &str, words: String| facts.push((name.to_owned(), words));
        let found = self.steps.same + self.steps.other.len();
        let same = self.steps.same;
        fact(
            "Steps",
            format!("{same} of {found} found commitments have the coded step"),
        );
        let (excluded, wrongly) = (self.excluded.all, self.excluded.wrongly.len());
        fact(
            "Excluded",
            format!("{excluded}, of which {wrongly} took away a coded commitment"),
        );
        let all = &self.dismissed;
        fact(
            "Dismissed sentences",
            format!(
                "{} with the same reason excluded, {} with another, {} with nothing said, {} with \
                a commitment proposed",
                all.same_reason, all.other_reason, all.nothing_said, all.proposed
            ),
        );
        let mut lists = Vec::new();
        for (name, kind) in kinds {
            lists.push((format!("{name} missed"), &kind.missed));
            lists.push((format!("{name} surplus"), &kind.surplus));
        }
        lists.push(("Another step coded".into(), &self.steps.other));
        lists.push(("Excluded, and coded".into(), &self.excluded.wrongly));
        lists.retain(|(_, lines)| !lines.is_empty());
        let sections = lists.into_iter().map(|(title, lines)| {
            let items = lines.iter().map(|line| ListItem::new(line.as_str()));
            Block::section(title, vec![Block::List(items.collect())])
        });
        Report {
            title: self.document.clone(),
            blocks: [Block::Facts(facts)].into_iter().chain(sections).collect(),
        }
    }
}

impl KindScore {
    fn summary(&self) -> String {
        let percent = |share: Option<f64>| match share {
            Some(share) => format!("{:.0} %", share * 100.0),
            None => "–".to_owned(),
        };
        format!(
            "recall {:>5}  {:>3} of {:<3} records   precision {:>5}  {:>3} of {} candidates",
            percent(self.recall),
            self.found,
            self.coded,
            percent(self.precision),
            self.right,
            self.proposed
        )
    }
}
