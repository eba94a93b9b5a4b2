//! The commitments that a sentence may hold: under each governing verb its acts, and why one is
//! excluded.

use super::governing_verbs::{GoverningVerb, governing_verbs, takes_infinitive};
use super::lexicon::{CueLexicon, LexiconEntry, LexiconHit, VerbForm};
use super::sentence::{SentenceAnalysis, WordGap};
use super::subjects::{DocumentParties, VerbSubject, find_subject};
use super::{ExclusionReason, Proposal};
use linchpin_register::LadderStep;
use linchpin_register::vocabulary::{CueKind, StatementMode};
use std::ops::Range;

/// A candidate in words of its sentence.
pub(super) struct CandidateDraft {
    /// The words by which it was found.
    pub trigger: Range<usize>,
    /// Where its subject begins, where that stands right before it.
    pub subject_start: usize,
    pub proposal: Proposal,
    pub excluded: Option<ExclusionReason>,
}

/// What was found last: a part of a commitment belongs to it.
#[derive(Clone, Default)]
pub(super) struct PrecedingCommitment {
    pub step: Option<String>,
    pub committers: Vec<String>,
    /// It is none, or is excluded.
    pub is_not_a_commitment: bool,
}

/// The commitments of a sentence, in its order; `last` is the one before the sentence, and is
/// carried on.
pub(super) fn commitment_candidates(
    lexicon: &CueLexicon<'_>,
    parties: &DocumentParties<'_>,
    sentence: &SentenceAnalysis<'_, '_>,
    last: &mut Option<PrecedingCommitment>,
) -> Vec<CandidateDraft> {
    let has_last = last.as_ref().is_some_and(|last| !last.is_not_a_commitment);
    let is_inclusion = |hit: &LexiconHit<'_>, has_verb: bool| {
        // "the region, including the DPRK": what is named is part of something else.
        let behind = sentence.skip_fillers(lexicon, hit.words.end);
        let article = behind
            + usize::from(matches!(
                sentence.word_at(behind),
                "the" | "its" | "their" | "our"
            ));
        let names = sentence
            .names
            .iter()
            .any(|name| name.words.start == behind || name.words.start == article);
        let is_first = hit.words.start == 0;
        !names && (has_verb || (is_first && has_last))
    };
    let verbs = governing_verbs(lexicon, sentence, &is_inclusion);
    let mut drafts: Vec<CandidateDraft> = Vec::new();
    let mut before: Option<VerbSubject> = None;
    for (number, verb) in verbs.iter().enumerate() {
        let at = verb.hit.words.start;
        let (subject, from) = find_subject(
            lexicon,
            parties,
            &sentence.words,
            &sentence.groups,
            at,
            before.as_ref(),
        );
        // "We affirm that we will": one promise, and its verb is the first.
        if number > 0 && is_complement(sentence, &verbs, number, from) {
            continue;
        }
        let limit = verbs
            .get(number + 1)
            .map_or(sentence.words.len(), |next| next.hit.words.start);
        let excluded = exclusion_reason(lexicon, parties, sentence, &verb.hit, &subject, from);
        let is_part = verb.hit.entry.cue_kind() == Some(CueKind::Inclusion);
        // "…, including by …" is a part of the commitment before it and has its step and its
        // parties.
        let (step, committers) = match (is_part, &*last) {
            (true, Some(last)) => (last.step.clone(), last.committers.clone()),
            _ => (
                verb_step(lexicon, sentence, &verb.hit),
                parties.party_ids(&subject),
            ),
        };
        // The parts of a promise that is only recalled are no candidates of their own.
        if is_part
            && last.as_ref().is_some_and(|last| last.is_not_a_commitment)
            && drafts.iter().all(|d| d.excluded.is_none())
        {
            continue;
        }
        let excluded = match (is_part, drafts.last()) {
            (true, Some(draft)) => excluded.or(draft.excluded),
            _ => excluded,
        };
        let mode = mode(sentence, verb, &subject);
        let proposal = Proposal::Commitment {
            verb: sentence.text_of(verb.hit.words.clone()),
            step: step.clone(),
            committers: committers.clone(),
            hedges: hedges(sentence, verb, limit),
            mode,
        };
        *last = Some(PrecedingCommitment {
            step,
            committers,
            is_not_a_commitment: excluded.is_some() || mode == StatementMode::Recital,
        });
        let more = coordinated_verbs(lexicon, sentence, verb, limit);
        let draft = |words: Range<usize>, from: usize| CandidateDraft {
            trigger: words,
            subject_start: from,
            proposal: proposal.clone(),
            excluded,
        };
        drafts.push(draft(verb.hit.words.clone(), from.min(at)));
        drafts.extend(more.into_iter().map(|act| draft(act..act + 1, act)));
        before = Some(subject);
    }
    if verbs.is_empty() {
        *last = None;
    }
    // Last, since cues alone count only where no verb has their words.
    let others = cue_candidates(lexicon, parties, sentence, &drafts);
    drafts.extend(others);
    drafts.sort_by_key(|draft| draft.trigger.start);
    drafts
}

/// Whether a verb stands in the clause that another governs: "affirm (that) this vision will
/// address".
fn is_complement(
    sentence: &SentenceAnalysis<'_, '_>,
    verbs: &[GoverningVerb<'_>],
    number: usize,
    from: usize,
) -> bool {
    let Some(before) = number.checked_sub(1).and_then(|number| verbs.get(number)) else {
        return false;
    };
    let that = sentence.word_at(before.end) == "that";
    let starts = before.end + usize::from(that);
    let soft = !takes_infinitive(sentence, &before.hit);
    soft && from == starts
        && verbs
            .get(number)
            .is_some_and(|verb| verb.hit.words.start > from)
}

/// The step of a verb; of other words for a promise the step of the verb that they are made from.
fn verb_step(
    lexicon: &CueLexicon<'_>,
    sentence: &SentenceAnalysis<'_, '_>,
    hit: &LexiconHit<'_>,
) -> Option<String> {
    let step = match hit.entry {
        LexiconEntry::Verb(step, _) => Some(step),
        LexiconEntry::Cue(cue) if matches!(cue.kind, CueKind::Promise | CueKind::Recital) => {
            lexicon.step_of_derived_word(sentence.word_at(hit.words.start))
        }
        LexiconEntry::Cue(_) => None,
    };
    step.map(|step| step.id.as_str().to_owned())
}

/// The words that soften a verb, as they stand: before `limit`.
fn hedges(
    sentence: &SentenceAnalysis<'_, '_>,
    verb: &GoverningVerb<'_>,
    limit: usize,
) -> Vec<String> {
    let mut all: Vec<Range<usize>> = verb.hedging.clone();
    for cue in sentence.cues_of_kind(CueKind::Hedge) {
        let overlaps =
            |other: &Range<usize>| cue.words.start < other.end && other.start < cue.words.end;
        let inside = cue.words.start >= verb.hit.words.start && cue.words.start < limit;
        if inside && !all.iter().any(overlaps) && !overlaps(&verb.hit.words) {
            all.push(cue.words.clone());
        }
    }
    all.sort_by_key(|words| words.start);
    let mut texts: Vec<String> = Vec::new();
    for words in all {
        let text = sentence.text_of(words);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn mode(
    sentence: &SentenceAnalysis<'_, '_>,
    verb: &GoverningVerb<'_>,
    subject: &VerbSubject,
) -> StatementMode {
    let hit = &verb.hit;
    let verb_words = sentence.words.get(hit.words.clone()).unwrap_or_default();
    let has = |wanted: &[&str]| {
        verb_words
            .iter()
            .any(|word| wanted.contains(&word.text.as_str()))
    };
    match hit.entry.cue_kind() {
        Some(CueKind::Inclusion) => return StatementMode::Inclusion,
        Some(CueKind::Objective) => {
            let is_vision = has(&["vision"]);
            return if is_vision {
                StatementMode::Aspiration
            } else {
                StatementMode::Objective
            };
        }
        Some(CueKind::Recital) => return StatementMode::Recital,
        Some(CueKind::Promise) => {
            let is_noun = verb_words
                .first()
                .is_some_and(|w| w.text.ends_with("ment") || w.text.ends_with("ments"));
            if is_noun || has(&["stands", "stand"]) {
                return StatementMode::Recital;
            }
        }
        _ => {}
    }
    let recalls = |cue: &LexiconHit<'_>| cue.words.start == hit.words.start;
    if sentence.cues_of_kind(CueKind::Recital).any(recalls) {
        return StatementMode::Recital;
    }
    if *subject == VerbSubject::Document {
        return StatementMode::Purpose;
    }
    if has(&["ready", "prepared", "readiness"]) {
        return StatementMode::Readiness;
    }
    if has(&["should"]) {
        return StatementMode::Recommendation;
    }
    let step: Option<&LadderStep> = match hit.entry {
        LexiconEntry::Verb(step, _) => Some(step),
        LexiconEntry::Cue(_) => None,
    };
    match step.and_then(|step| step.rank) {
        Some(0) => StatementMode::Aspiration,
        None if step.is_some() => StatementMode::Practice,
        _ if verb.is_continuing => StatementMode::Continuing,
        Some(1) if verb_words.iter().any(|word| word.text.starts_with("re")) => {
            StatementMode::Continuing
        }
        Some(1) => StatementMode::Practice,
        _ if has(&["pursue", "pursues"]) => StatementMode::Objective,
        _ => StatementMode::FutureAction,
    }
}

/// What cues alone tell to be no commitment: achievements, effects, purposes, worries, others'
/// doings. One of a kind in each clause, and none where a commitment has the words.
fn cue_candidates(
    lexicon: &CueLexicon<'_>,
    parties: &DocumentParties<'_>,
    sentence: &SentenceAnalysis<'_, '_>,
    drafts: &[CandidateDraft],
) -> Vec<CandidateDraft> {
    let clause = |at: usize| {
        let words = sentence.words.get(..=at).unwrap_or_default();
        words
            .iter()
            .filter(|word| word.gap >= WordGap::Comma)
            .count()
    };
    let mut found: Vec<CandidateDraft> = Vec::new();
    let mut push = |words: Range<usize>, excluded: ExclusionReason| {
        let overlaps = |draft: &CandidateDraft| {
            draft.trigger.start < words.end && words.start < draft.trigger.end
        };
        let again = |draft: &&CandidateDraft| {
            draft.excluded == Some(excluded) && clause(draft.trigger.start) == clause(words.start)
        };
        if drafts.iter().any(overlaps) || found.iter().find(again).is_some() {
            return;
        }
        let proposal = Proposal::Commitment {
            verb: sentence.text_of(words.clone()),
            step: None,
            committers: Vec::new(),
            hedges: Vec::new(),
            mode: StatementMode::Practice,
        };
        let from = words.start;
        let excluded = Some(excluded);
        found.push(CandidateDraft {
            trigger: words,
            subject_start: from,
            proposal,
            excluded,
        });
    };
    for (kind, excluded) in [
        (CueKind::Past, ExclusionReason::Past),
        (CueKind::Effect, ExclusionReason::Effect),
        (CueKind::Purpose, ExclusionReason::Purpose),
        (CueKind::Concern, ExclusionReason::Concern),
    ] {
        for hit in sentence.cues_of_kind(kind) {
            push(hit.words.clone(), excluded);
        }
    }
    for group in &sentence.groups {
        let subject = VerbSubject::Parties(group.parties.clone());
        if group.is_speaker
            || !parties.is_outsider(&subject)
            || drafts.iter().any(|d| d.subject_start == group.words.start)
        {
            continue;
        }
        // Only as the subject of a clause: a verb stands behind, and no preposition before.
        let verb = sentence.skip_fillers(lexicon, group.words.end);
        let begins = group.words.start == 0
            || sentence
                .words
                .get(group.words.start)
                .is_some_and(|word| word.gap >= WordGap::Comma)
            || matches!(
                sentence.word_at(group.words.start - 1),
                "that" | "and" | "while"
            );
        let word = sentence.word_at(verb);
        let is_verb = matches!(
            word,
            "is" | "are"
                | "was"
                | "were"
                | "has"
                | "have"
                | "may"
                | "might"
                | "must"
                | "continues"
                | "would"
                | "could"
        ) || word.ends_with("ed");
        let joined = sentence
            .words
            .get(verb)
            .is_some_and(|word| word.gap == WordGap::Space);
        if (begins && is_verb && joined) || group.has_subject_particle {
            push(
                group.words.start..(verb + 1).min(sentence.words.len()),
                ExclusionReason::Attributed,
            );
        }
    }
    found
}

/// Why a governing verb is excluded, if it is. Its subject's words begin at `from`.
pub(super) fn exclusion_reason(
    lexicon: &CueLexicon<'_>,
    parties: &DocumentParties<'_>,
    sentence: &SentenceAnalysis<'_, '_>,
    verb: &LexiconHit<'_>,
    subject: &VerbSubject,
    from: usize,
) -> Option<ExclusionReason> {
    // The strongest reason first: what is denied is no promise, whoever speaks.
    if is_negated(sentence, verb) {
        return Some(ExclusionReason::Negated);
    }
    if parties.is_outsider(subject) || is_reported(lexicon, parties, sentence, verb, from) {
        return Some(ExclusionReason::Attributed);
    }
    let kinds = [
        (CueKind::Purpose, ExclusionReason::Purpose),
        (CueKind::Effect, ExclusionReason::Effect),
        (CueKind::Past, ExclusionReason::Past),
    ];
    let found = kinds.into_iter().find(|(kind, excluded)| {
        sentence.cues_of_kind(*kind).any(|cue| {
            let overlaps = cue.words.start < verb.words.end && verb.words.start < cue.words.end;
            let leads = cue.words.end == from || cue.words.end == verb.words.start;
            match excluded {
                // "have pledged to" recalls a promise; "has supported" tells what was done.
                ExclusionReason::Past => overlaps && !is_promise(sentence, verb),
                _ => (overlaps && cue.words.start < verb.words.start) || leads,
            }
        })
    });
    found.map(|(_, excluded)| excluded)
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
    parties: &DocumentParties<'_>,
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
        let (subject, start) = find_subject(
            lexicon,
            parties,
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
            (true, _) => parties.is_outsider(&subject),
            (false, Some(group)) if !group.parties.is_empty() => {
                parties.is_outsider(&VerbSubject::Parties(group.parties.clone()))
            }
            (false, _) => true,
        }
    })
}

/// The verbs of further acts under a governing verb, whose words end before `limit`. Told by "and":
/// what stands in a list before it counts as well.
pub(super) fn coordinated_verbs(
    lexicon: &CueLexicon<'_>,
    sentence: &SentenceAnalysis<'_, '_>,
    verb: &GoverningVerb<'_>,
    limit: usize,
) -> Vec<usize> {
    // A participle recalls; what it lists is one promise.
    let is_participle = matches!(verb.hit.entry, LexiconEntry::Verb(_, VerbForm::Fixed));
    if is_participle || !takes_infinitive(sentence, &verb.hit) {
        return Vec::new();
    }
    let first = sentence.skip_fillers(lexicon, verb.end);
    let mut listed = Vec::new();
    let mut acts = Vec::new();
    for hit in sentence.cues_of_kind(CueKind::Action) {
        let at = hit.words.start;
        if at <= first || at >= limit || !takes_object(sentence, hit.words.end) {
            continue;
        }
        let Some(word) = sentence.words.get(at).filter(|word| !word.in_brackets) else {
            continue;
        };
        let Some(before) = sentence.word_before(lexicon, at) else {
            continue;
        };
        let and = sentence.word_at(before) == "and" || sentence.word_at(before) == "or";
        if and && word.gap <= WordGap::Space {
            let by_comma = sentence
                .words
                .get(before)
                .is_some_and(|word| word.gap == WordGap::Comma);
            if by_comma || !inside_infinitive(sentence, first, before) {
                acts.append(&mut listed);
                acts.push(at);
            }
        } else if word.gap == WordGap::Comma && !inside_infinitive(sentence, first, at) {
            listed.push(at);
        }
    }
    acts
}

/// Whether what stands behind may be an object: a verb has one.
fn takes_object(sentence: &SentenceAnalysis<'_, '_>, next: usize) -> bool {
    let joined = sentence
        .words
        .get(next)
        .is_some_and(|word| word.gap <= WordGap::Space);
    let word = sentence.word_at(next);
    joined
        && !matches!(
            word,
            "of" | "for" | "and" | "or" | "from" | "is" | "are" | "as"
        )
}

/// Whether an infinitive of its own stands between the first act and a place, to which what follows
/// belongs: "to reflect … and identify".
fn inside_infinitive(sentence: &SentenceAnalysis<'_, '_>, first: usize, at: usize) -> bool {
    (first + 1..at).any(|word| {
        let infinitive = sentence.word_at(word) == "to";
        let next = sentence.hits.iter().any(|hit| {
            let verb = matches!(hit.entry.cue_kind(), Some(CueKind::Action));
            let by_adverb =
                word + 2 == hit.words.start && sentence.word_at(word + 1).ends_with("ly");
            verb && (hit.words.start == word + 1 || by_adverb)
        });
        let purpose = sentence
            .cues_of_kind(CueKind::Purpose)
            .any(|hit| hit.words.start == word);
        (infinitive && next) || purpose
    })
}
