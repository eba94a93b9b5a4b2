//! A phrase, a commitment or a theme through the documents of a series.

use super::coding_extent::{document_commitments, is_coded_for, own_citation};
use super::commitment_in_document::CommitmentInDocument;
use super::commitment_matching::{MatchOutcome, MatchStatus, match_commitments};
use super::messages::AbsenceReason;
use super::series::{DocumentTrace, Mention, Presence, PresenceSource, TraceSubject};
use linchpin_reading::TextLibrary;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, Document, RecordKind, RecordRef, Register, Theme};
use linchpin_text::prose::{Prose, find, find_all, find_normalized_phrase, normalize, sentences};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Follows something through documents, which are taken in the order given.
pub fn trace_documents(
    register: &Register,
    library: &TextLibrary,
    documents: &[&Document],
    what: TraceSubject<'_>,
) -> DocumentTrace {
    let tracer = Tracer { register, library };
    let presences: Vec<Presence> = match what {
        TraceSubject::Phrase(phrase) => documents
            .iter()
            .map(|d| tracer.trace_phrase(d, phrase))
            .collect(),
        TraceSubject::Theme(theme) => documents
            .iter()
            .map(|d| tracer.trace_theme(d, theme))
            .collect(),
        TraceSubject::Commitment(id) => tracer.trace_commitment(documents, id),
    };
    let title = match what {
        TraceSubject::Phrase(phrase) => format!("“{}”", phrase.trim()),
        TraceSubject::Commitment(id) => {
            let commitment = register.get::<Commitment>(id);
            let title = commitment.map_or(id, |commitment| commitment.title.as_str());
            // The line is of all documents, not of the one whose record was picked.
            format!("“{}” from document to document", title.trim())
        }
        TraceSubject::Theme(id) => {
            let theme = register.get::<Theme>(id);
            theme.map_or_else(|| id.to_owned(), |t| t.name.clone())
        }
    };
    let rows = documents.iter().zip(presences);
    let rows = rows.filter_map(|(d, presence)| Some((register.find(d.id.as_str())?, *d, presence)));
    DocumentTrace::new(title, rows.collect())
}

struct Tracer<'l> {
    register: &'l Register,
    library: &'l TextLibrary,
}

fn commitment_mention(
    side: CommitmentInDocument,
    source: PresenceSource,
    others: usize,
) -> Mention {
    Mention {
        record: Some(side.record),
        id: Some(side.id),
        title: Some(side.title),
        verb: Some(side.verb),
        step: Some(side.step_label),
        rank: side.rank,
        phrase: side.phrase,
        paragraph: side.paragraph,
        source,
        other_count: others,
    }
}

fn phrase_mention(
    phrase: &str,
    paragraph: Option<u32>,
    source: PresenceSource,
    others: usize,
) -> Mention {
    Mention {
        record: None,
        id: None,
        title: None,
        verb: None,
        step: None,
        rank: None,
        phrase: Some(phrase.to_owned()),
        paragraph,
        source,
        other_count: others,
    }
}

impl<'l> Tracer<'l> {
    fn trace_phrase(&self, document: &Document, phrase: &str) -> Presence {
        let id = document.id.as_str();
        let Some(prose) = self.library.prose(id) else {
            return self.find_in_citations(id, phrase);
        };
        let (places, _) = find_all(prose, phrase);
        let Some(first) = places.first() else {
            return Presence::Absent(AbsenceReason::NotInText);
        };
        let others = places.len() - 1;
        let mut found: Vec<(CommitmentInDocument, &Range<usize>)> = Vec::new();
        for (record, commitment) in document_commitments(self.register, id) {
            let side = CommitmentInDocument::new(self.register, record, commitment);
            let at = places
                .iter()
                .find(|place| is_sentence_of(prose, &side, place));
            found.extend(at.map(|at| (side, at)));
        }
        let paragraph = |at: &Range<usize>| prose.paragraph_at(at.start);
        let verbatim =
            |at: &Range<usize>| prose.text().get(at.clone()).unwrap_or(phrase).to_owned();
        Presence::Present(match max_by_rank(found, |(side, _)| side.rank) {
            Some((side, at)) => Mention {
                phrase: Some(verbatim(at)),
                paragraph: paragraph(at),
                ..commitment_mention(side, PresenceSource::Text, others)
            },
            None => phrase_mention(
                &verbatim(first),
                paragraph(first),
                PresenceSource::Text,
                others,
            ),
        })
    }

    /// A phrase among those that records cite of a document.
    fn find_in_citations(&self, document: &str, phrase: &str) -> Presence {
        let wanted = normalize(phrase.trim()).text;
        let mut found: Vec<(Option<CommitmentInDocument>, RecordRef, Option<u32>, String)> =
            Vec::new();
        let linked = self.register.find(document);
        let linked = linked.map_or(&[][..], |document| self.register.linked_from(document));
        for &at in linked {
            let Some(record) = self.register.record(at) else {
                continue;
            };
            if at.kind == RecordKind::Dismissal {
                continue;
            }
            let own = record.citations().iter().filter(|c| !c.external);
            for citation in own.filter(|c| c.document.as_str() == document) {
                let words = citation.phrase.as_deref().unwrap_or_default();
                if !find_normalized_phrase(words, &wanted).is_empty() {
                    let side = CommitmentInDocument::by_id(self.register, record.id());
                    found.push((side, at, citation.paragraph, words.to_owned()));
                    break;
                }
            }
        }
        let others = found.len().saturating_sub(1);
        // A commitment before any other record, whatever its rank: the series is about commitments.
        let rank = |(side, ..): &(Option<CommitmentInDocument>, RecordRef, Option<u32>, String)| {
            side.as_ref()
                .map_or(0, |side| 1 + side.rank.map_or(0, |rank| rank + 1))
        };
        match max_by_rank(found, |one| Some(rank(one))) {
            Some((Some(side), _, paragraph, words)) => Presence::Present(Mention {
                phrase: Some(words),
                paragraph,
                ..commitment_mention(side, PresenceSource::Cited, others)
            }),
            Some((None, at, paragraph, words)) => Presence::Present(Mention {
                record: Some(at),
                id: self.register.record(at).map(|r| r.id().to_owned()),
                title: self.register.record(at).map(|r| r.title().to_owned()),
                ..phrase_mention(&words, paragraph, PresenceSource::Cited, others)
            }),
            None => Presence::Unknown(AbsenceReason::TextMissing),
        }
    }

    fn trace_theme(&self, document: &Document, theme: &str) -> Presence {
        let own = document_commitments(self.register, document.id.as_str());
        let own = own
            .into_iter()
            .filter(|(_, c)| c.themes.iter().any(|t| t.as_str() == theme));
        let sides: Vec<CommitmentInDocument> = own
            .map(|(at, c)| CommitmentInDocument::new(self.register, at, c))
            .collect();
        let others = sides.len().saturating_sub(1);
        match max_by_rank(sides, |side| side.rank) {
            Some(side) => {
                Presence::Present(commitment_mention(side, PresenceSource::Coded, others))
            }
            None if is_coded_for(document, [theme]) => {
                Presence::Absent(AbsenceReason::ThemeNotCoded)
            }
            None => Presence::Unknown(AbsenceReason::CodedOnly(document.coded)),
        }
    }

    fn trace_commitment(&self, documents: &[&Document], id: &str) -> Vec<Presence> {
        let Some(start) = CommitmentInDocument::by_id(self.register, id) else {
            let why = AbsenceReason::NoCommitment(id.to_owned());
            return documents
                .iter()
                .map(|_| Presence::Unknown(why.clone()))
                .collect();
        };
        let chain = self.continuity_chain(&start);
        let begin = self.register.get::<Document>(&start.document);
        let own = documents
            .iter()
            .position(|d| d.id.as_str() == start.document);
        // The commitment may stand in a document outside of those that are followed: then the way
        // begins where it would stand by its date.
        let split_index = own.unwrap_or_else(|| {
            let date = begin.map(|d| d.date.date);
            documents
                .iter()
                .filter(|d| Some(d.date.date) < date)
                .count()
        });
        // Outwards from the commitment's own document, forward and then back, each document
        // compared with the last one in which it was met: wording drifts a little from one to the
        // next, and far more between the ends of a series. The map puts both halves into one order
        // again.
        let mut all: BTreeMap<usize, Presence> = BTreeMap::new();
        let mut last = start.clone();
        for (at, document) in documents.iter().enumerate().skip(split_index) {
            all.insert(
                at,
                self.trace_in_document(document, &mut last, &start, &chain, false),
            );
        }
        let mut last = start.clone();
        for (at, document) in documents.iter().enumerate().take(split_index).rev() {
            all.insert(
                at,
                self.trace_in_document(document, &mut last, &start, &chain, true),
            );
        }
        all.into_values().collect()
    }

    /// What a document has of a commitment that was met last in another one.
    fn trace_in_document(
        &self,
        document: &Document,
        last: &mut CommitmentInDocument,
        start: &CommitmentInDocument,
        chain: &ContinuityChain,
        is_backward: bool,
    ) -> Presence {
        let id = document.id.as_str();
        let members = chain
            .members
            .iter()
            .filter_map(|id| CommitmentInDocument::by_id(self.register, id));
        let here: Vec<CommitmentInDocument> = members.filter(|side| side.document == id).collect();
        let others = here.len().saturating_sub(1);
        if let Some(side) = max_by_rank(here, |side| side.rank) {
            *last = side.clone();
            let source = match side.id == start.id {
                true => PresenceSource::Coded,
                false => PresenceSource::Confirmed,
            };
            return Presence::Present(commitment_mention(side, source, others));
        }
        // What somebody has confirmed goes before any proposal, the absence as well.
        if chain.absent_documents.contains(id) {
            return Presence::Absent(AbsenceReason::Confirmed);
        }
        let matching = match is_backward {
            false => match_commitments(self.register, self.library, &last.document, id),
            true => match_commitments(self.register, self.library, id, &last.document),
        };
        let is_it =
            |side: &Option<CommitmentInDocument>| side.as_ref().is_some_and(|s| s.id == last.id);
        let found = matching.matches.into_iter().find(|m| match is_backward {
            false => is_it(&m.before),
            true => is_it(&m.after),
        });
        let Some(found) = found else {
            return Presence::Unknown(AbsenceReason::CodedOnly(document.coded));
        };
        let partner = if is_backward {
            found.before
        } else {
            found.after
        };
        match (partner, found.outcome) {
            (Some(side), _) => {
                *last = side.clone();
                let source = match found.status {
                    MatchStatus::Confirmed => PresenceSource::Confirmed,
                    MatchStatus::Proposed => PresenceSource::Proposed,
                };
                Presence::Present(commitment_mention(side, source, 0))
            }
            (None, MatchOutcome::NotCoded) => self.find_phrase_in_text(document, last),
            (None, _) => Presence::Absent(AbsenceReason::NothingAlike),
        }
    }

    /// In a document that is not coded through, the words themselves may be found in the text. That
    /// they are not says nothing.
    fn find_phrase_in_text(&self, document: &Document, last: &CommitmentInDocument) -> Presence {
        let prose = self.library.prose(document.id.as_str());
        if let (Some(prose), Some(phrase)) = (prose, &last.phrase)
            && let Some(place) = find_all(prose, phrase).0.first()
        {
            let paragraph = prose.paragraph_at(place.start);
            return Presence::Present(phrase_mention(phrase, paragraph, PresenceSource::Text, 0));
        }
        Presence::Unknown(AbsenceReason::CodedOnly(document.coded))
    }

    /// All that is confirmed to be the same commitment, before and after, and where it is confirmed
    /// not to be said.
    fn continuity_chain(&self, start: &CommitmentInDocument) -> ContinuityChain {
        let mut chain = ContinuityChain::default();
        let mut open = vec![start.id.clone()];
        // Entries name the earlier commitment, so the way back is read off the records and the way
        // forward off what links here. A register can hold a circle of entries: whoever is a member
        // already is not visited again.
        while let Some(id) = open.pop() {
            let commitment = self.register.get::<Commitment>(&id);
            let Some(commitment) = commitment.filter(|_| chain.members.insert(id.clone())) else {
                continue;
            };
            for entry in &commitment.continuity {
                match entry.change {
                    // Each of these says that the other document does not have it.
                    WordingChange::Dropped | WordingChange::New | WordingChange::Restored => {
                        chain
                            .absent_documents
                            .insert(entry.against.as_str().to_owned());
                    }
                    _ => {}
                }
                open.extend(entry.earlier.as_ref().map(|id| id.as_str().to_owned()));
            }
            let at = self.register.find(&id);
            let links = at.map(|at| self.register.linked_from_kind(at, RecordKind::Commitment));
            for later in links.into_iter().flatten() {
                let later = self.register.commitments.get(later.index as usize);
                let names_it = later.filter(|c| {
                    let mut earlier = c.continuity.iter().filter_map(|e| e.earlier.as_ref());
                    earlier.any(|earlier| earlier.as_str() == id)
                });
                open.extend(names_it.map(|c| c.id.as_str().to_owned()));
            }
        }
        let documents = chain.members.iter().filter_map(|id| {
            own_citation(self.register.get::<Commitment>(id)?)
                .map(|c| c.document.as_str().to_owned())
        });
        // One entry may say that it is not there and another name its successor there: the record
        // that can be shown wins.
        let documents: Vec<String> = documents.collect();
        documents.iter().for_each(|id| {
            chain.absent_documents.remove(id);
        });
        chain
    }
}

#[derive(Default)]
struct ContinuityChain {
    members: BTreeSet<String>,
    /// Documents in which it is confirmed not to be said.
    absent_documents: BTreeSet<String>,
}

/// Whether a commitment's own phrase stands in the sentence of a place.
fn is_sentence_of(prose: &Prose, side: &CommitmentInDocument, place: &Range<usize>) -> bool {
    let Some(phrase) = &side.phrase else {
        return false;
    };
    let Some(range) = find(prose, side.paragraph, phrase).range() else {
        return false;
    };
    let Some(paragraph) = prose.paragraph_at(place.start) else {
        return false;
    };
    let (span, words) = (prose.span(paragraph), prose.paragraph(paragraph));
    let start = span.map_or(0, |span| span.start);
    let all = sentences(words.unwrap_or_default());
    all.into_iter().any(|one| {
        let holds = |at: usize| start + one.start <= at && at < start + one.end;
        holds(place.start) && holds(range.start)
    })
}

/// The one with the highest rank, the first of equals.
fn max_by_rank<T>(all: Vec<T>, rank: impl Fn(&T) -> Option<u8>) -> Option<T> {
    let mut best: Option<T> = None;
    for one in all {
        if best.as_ref().is_none_or(|best| rank(&one) > rank(best)) {
            best = Some(one);
        }
    }
    best
}
