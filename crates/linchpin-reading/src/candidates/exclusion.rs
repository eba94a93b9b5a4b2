//! What is excluded: denied, others', meant for something, foretold, done already, feared.

use super::candidate::ExclusionReason;
use super::lexicon::{CueLexicon, LexiconEntry, LexiconHit};
use super::sentence_analysis::SentenceAnalysis;
use super::subjects::{DocumentParties, VerbSubject, find_subject};
use super::tokenizer::WordGap;
use super::verb_forms::VerbForm;
use linchpin_register::vocabulary::CueKind;

/// Why a governing verb is excluded, if it is. Its subject's words begin at `from`.
pub(super) fn exclusion_reason(
    lexicon: &CueLexicon<'_>,
    cast: &DocumentParties<'_>,
    sentence: &SentenceAnalysis<'_, '_>,
    verb: &LexiconHit<'_>,
    whose: &VerbSubject,
    from: usize,
) -> Option<ExclusionReason> {
    if is_negated(sentence, verb) {
        return Some(ExclusionReason::Negated);
    }
    if cast.is_outsider(whose) || is_reported(lexicon, cast, sentence, verb, from) {
        return Some(ExclusionReason::Attributed);
    }
    let kinds = [
        (CueKind::Purpose, ExclusionReason::Purpose),
        (CueKind::Effect, ExclusionReason::Effect),
        (CueKind::Past, ExclusionReason::Past),
    ];
    let found = kinds.into_iter().find(|(kind, held)| {
        sentence.cues_of_kind(*kind).any(|cue| {
            let overlaps = cue.words.start < verb.words.end && verb.words.start < cue.words.end;
            let leads = cue.words.end == from || cue.words.end == verb.words.start;
            match held {
                // "have pledged to" recalls a promise; "has supported" tells what was done.
                ExclusionReason::Past => overlaps && !is_promise(sentence, verb),
                _ => (overlaps && cue.words.start < verb.words.start) || leads,
            }
        })
    });
    found.map(|(_, held)| held)
}

fn is_promise(sentence: &SentenceAnalysis<'_, '_>, verb: &LexiconHit<'_>) -> bool {
    let is_cue = matches!(
        verb.entry,
        LexiconEntry::Cue(_) | LexiconEntry::Verb(_, VerbForm::Invariant)
    );
    is_cue || sentence.word_at(verb.words.end - 1) == "to"
}

/// Whether a negation stands in the verb or at it, and is not part of the verb as the ladder has
/// it.
fn is_negated(sentence: &SentenceAnalysis<'_, '_>, verb: &LexiconHit<'_>) -> bool {
    let from = verb.words.start.saturating_sub(2);
    let is_own = verb.words.len() == verb.word_count;
    sentence.cues_of_kind(CueKind::Negation).any(|cue| {
        let at = cue.words.start;
        // "not only", "not limited to"
        let next = sentence.word_at(cue.words.end);
        if matches!(next, "only" | "just" | "limited" | "merely" | "least") {
            return false;
        }
        let korean = !sentence.word_at(at).is_ascii();
        let inside = verb.words.contains(&at) && (!is_own || korean);
        let is_adjacent = at == verb.words.end || (from..verb.words.start).contains(&at);
        let is_separated = (at.min(verb.words.start) + 1..=at.max(verb.words.start)).any(|at| {
            sentence
                .words
                .get(at)
                .is_some_and(|word| word.gap >= WordGap::Comma)
        });
        inside || (is_adjacent && !is_separated)
    })
}

/// Whether words before the verb give it to others: "according to …", "the DPRK said that we will".
fn is_reported(
    lexicon: &CueLexicon<'_>,
    cast: &DocumentParties<'_>,
    sentence: &SentenceAnalysis<'_, '_>,
    verb: &LexiconHit<'_>,
    from: usize,
) -> bool {
    sentence.cues_of_kind(CueKind::Attribution).any(|cue| {
        let korean = !sentence.word_at(cue.words.start).is_ascii();
        if cue.words.start >= from && !korean {
            return false;
        }
        if cue.words.start < verb.words.end && verb.words.start < cue.words.end && !korean {
            return false;
        }
        let (whose, start) = find_subject(
            lexicon,
            cast,
            &sentence.words,
            &sentence.groups,
            cue.words.start,
            None,
        );
        let following_group = sentence
            .groups
            .iter()
            .find(|group| group.words.start == cue.words.end);
        match (start < cue.words.start, following_group) {
            (true, _) => cast.is_outsider(&whose),
            (false, Some(group)) if !group.parties.is_empty() => {
                cast.is_outsider(&VerbSubject::Parties(group.parties.clone()))
            }
            (false, _) => true,
        }
    })
}
