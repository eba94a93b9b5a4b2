//! Commitments: one committer, one operative verb, one trackable action.

use super::check::CheckContext;
use super::citation::Citation;
use super::messages::Problem;
use super::schema::record;
use super::unseen::is_blank;
use super::vocabulary::{FulfillmentStatus, Obligation, StatementMode, WordingChange};
use super::{
    Body, Concern, Date, Document, Figure, Id, Instrument, LadderStep, Link, Party, Priority,
    Record, RecordKind, Register, Theme,
};

record! {
    /// One look at how far a commitment has been met. The list is only ever added to.
    pub struct Assessment "Assessment" {
        date: required Date, "When it was assessed.";
        assessor: required String, "Who assessed it.";
        status: required FulfillmentStatus, "What was found.";
        citations: list Citation, "The evidence.";
        note: optional String, "A remark.";
    }
}

record! {
    /// How a commitment's words compare with another document, as somebody has judged it.
    pub struct Continuity "Continuity" {
        against: required Link<Document>, "The earlier document; for words that were dropped, the \
            later one that lacks them.";
        change: required WordingChange, "What became of the words.";
        earlier: optional Link<Commitment>, "The earlier commitment, where it is recorded.";
        note: optional String, "A remark.";
    }
}

record! {
    /// One committer, one operative verb, one trackable action.
    pub struct Commitment "Commitment" {
        id: required Id, "Readable slug, unique in the register.";
        title: required String, "A short name in own words.";
        statement: required String, "What is promised, paraphrased in one sentence.";
        committers: list Link<Party>, "Who promises. Needed.";
        recipients: list Link<Party>, "To whom.";
        verb: required String, "The governing verb as it stands in the text.";
        strength: optional Link<LadderStep>, "Its step on the ladder. A child without one has its \
            parent's.";
        hedges: list String, "Words that soften it. They do not change the step.";
        mode: required StatementMode, "What kind of statement it is.";
        parent: optional Link<Commitment>, "The commitment that it is a part of.";
        priority: optional Link<Priority>, "The priority under which it stands.";
        themes: list Link<Theme>, "Its subjects.";
        obligations: list Obligation, "What is promised, coded.";
        components: list String, "Parts that one piece of evidence would settle together.";
        bodies: list Link<Body>, "Bodies that it works through.";
        instruments: list Link<Instrument>, "Instruments that it names.";
        figures: list Link<Figure>, "Stated numbers that belong to it.";
        concerns: list Link<Concern>, "The worries it answers.";
        status: list Assessment, "How far it has been met; the last entry holds. Empty: not \
            assessed.";
        continuity: list Continuity, "How it compares with other documents.";
        strength_note: optional String, "Why the strength is not the one that the ladder gives for \
            the verb.";
        note: optional String, "A remark.";
        citations: list Citation, "Where the words stand. Needed.";
    }
}

impl Commitment {
    /// The status that holds now.
    pub fn current_status(&self) -> FulfillmentStatus {
        self.status
            .last()
            .map_or(FulfillmentStatus::NotAssessed, |a| a.status)
    }

    /// The step of the ladder, a parent's where it has none of its own. `None` where nothing gives
    /// one.
    pub fn effective_step<'r>(&self, register: &'r Register) -> Option<&'r LadderStep> {
        let mut this = register.get::<Commitment>(self.id.as_str()).unwrap_or(self);
        // Parents may go round in a circle in a file that is being edited.
        for _ in 0..16 {
            if let Some(link) = &this.strength {
                return register.get::<LadderStep>(link.as_str());
            }
            this = register.get::<Commitment>(this.parent.as_ref()?.as_str())?;
        }
        None
    }
}

impl Record for Commitment {
    fn title(&self) -> &str {
        &self.title
    }
    fn citations(&self) -> &[Citation] {
        &self.citations
    }
    fn parent(&self) -> Option<(RecordKind, &str)> {
        self.parent
            .as_ref()
            .map(|p| (RecordKind::Commitment, p.as_str()))
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("title", &self.title);
        check.check_text("statement", &self.statement);
        check.check_text("verb", &self.verb);
        check.require_citations(&self.citations);
        if self.committers.is_empty() {
            check.report_if_missing("committers", &["committers"], Problem::NoCommitter);
        }
        if self.strength.is_none() && self.parent.is_none() {
            check.report_if_missing("strength", &["verb"], Problem::NoStrength);
        }
        self.check_ladder(check);
        for (index, entry) in self.status.iter().enumerate() {
            if entry.citations.is_empty() && entry.status.needs_evidence() {
                let status = entry.status;
                check.report_at_item("status", index, Problem::NoEvidence { status });
            }
            if index > 0 && entry.date.begins_before(&self.status[index - 1].date) {
                check.report(&["status"], Problem::AssessmentOrder);
            }
        }
    }
}

impl Commitment {
    /// The ladder's verbs give the strength, unless a note says why not.
    fn check_ladder(&self, check: &mut CheckContext<'_>) {
        let (Some(strength), None) = (&self.strength, &self.strength_note) else {
            return;
        };
        let step = check.ladder_step_of(&self.verb);
        let problem = match step {
            Some(step) if step.id.as_str() == strength.as_str() => return,
            Some(step) => Problem::OtherLadderStep {
                verb: &self.verb,
                step,
            },
            // A blank verb has been reported, and a ladder without verbs rules nothing.
            None if is_blank(&self.verb) || !check.has_ladder_verbs() => return,
            None => Problem::NoLadderStep {
                verb: &self.verb,
                strength: strength.as_str(),
            },
        };
        check.report(&["strength"], problem);
    }
}
