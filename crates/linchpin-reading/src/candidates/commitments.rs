//! The commitments that a sentence may hold, with those that are excluded.

use super::apart::held;
use super::coordinated::acts;
use super::kinds::{Held, Proposal};
use super::lexicon::{Hit, Lexicon, Sense};
use super::sentence::Sentence;
use super::subjects::{Cast, Subject, subject};
use super::verbs::{Governing, governing};
use super::words::Gap;
use linchpin_register::Step;
use linchpin_register::vocabulary::{CueKind, Mode};
use std::ops::Range;

/// A candidate in words of its sentence.
pub(super) struct Draft {
    /// The words that gave it away.
    pub words: Range<usize>,
    /// Where its subject begins, where that stands right before it.
    pub from: usize,
    pub proposal: Proposal,
    pub held: Option<Held>,
}

/// What was found last: a part of a commitment belongs to it.
#[derive(Clone, Default)]
pub(super) struct Last {
    pub step: Option<String>,
    pub committers: Vec<String>,
    /// It is none, or is excluded.
    pub is_none: bool,
}

/// The commitments of a sentence, in its order; `last` is the one before the sentence, and is
/// carried on.
pub(super) fn commitments(
    lexicon: &Lexicon<'_>,
    cast: &Cast<'_>,
    sentence: &Sentence<'_, '_>,
    last: &mut Option<Last>,
) -> Vec<Draft> {
    let has_last = last.as_ref().is_some_and(|last| !last.is_none);
    let is_inclusion = |hit: &Hit<'_>, has_verb: bool| {
        // "the region, including the DPRK": what is named is part of something else.
        let behind = sentence.behind(lexicon, hit.words.end);
        let article = behind
            + usize::from(matches!(
                sentence.word(behind),
                "the" | "its" | "their" | "our"
            ));
        let names = sentence
            .named
            .iter()
            .any(|name| name.words.start == behind || name.words.start == article);
        let is_first = hit.words.start == 0;
        !names && (has_verb || (is_first && has_last))
    };
    let verbs = governing(lexicon, sentence, &is_inclusion);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut before: Option<Subject> = None;
    for (number, verb) in verbs.iter().enumerate() {
        let at = verb.hit.words.start;
        let (whose, from) = subject(
            lexicon,
            cast,
            &sentence.all,
            &sentence.groups,
            at,
            before.as_ref(),
        );
        if number > 0 && is_complement(sentence, &verbs, number, from) {
            continue;
        }
        let limit = verbs
            .get(number + 1)
            .map_or(sentence.all.len(), |next| next.hit.words.start);
        let held = held(lexicon, cast, sentence, &verb.hit, &whose, from);
        let is_part = verb.hit.sense.kind() == Some(CueKind::Inclusion);
        let (step, committers) = match (is_part, &*last) {
            (true, Some(last)) => (last.step.clone(), last.committers.clone()),
            _ => (step_of(lexicon, sentence, &verb.hit), cast.ids(&whose)),
        };
        // The parts of a promise that is only recalled are none of their own.
        if is_part
            && last.as_ref().is_some_and(|last| last.is_none)
            && drafts.iter().all(|d| d.held.is_none())
        {
            continue;
        }
        let held = match (is_part, drafts.last()) {
            (true, Some(draft)) => held.or(draft.held),
            _ => held,
        };
        let mode = mode(sentence, verb, &whose);
        let proposal = Proposal::Commitment {
            verb: sentence.text(verb.hit.words.clone()),
            step: step.clone(),
            committers: committers.clone(),
            hedges: hedges(sentence, verb, limit),
            mode,
        };
        *last = Some(Last {
            step,
            committers,
            is_none: held.is_some() || mode == Mode::Recital,
        });
        let more = acts(lexicon, sentence, verb, limit);
        let draft = |words: Range<usize>, from: usize| Draft {
            words,
            from,
            proposal: proposal.clone(),
            held,
        };
        drafts.push(draft(verb.hit.words.clone(), from.min(at)));
        drafts.extend(more.into_iter().map(|act| draft(act..act + 1, act)));
        before = Some(whose);
    }
    if verbs.is_empty() {
        *last = None;
    }
    let others = told_by_cues(lexicon, cast, sentence, &drafts);
    drafts.extend(others);
    drafts.sort_by_key(|draft| draft.words.start);
    drafts
}

/// Whether a verb stands in the clause that another governs: "affirm (that) this vision will
/// address".
fn is_complement(
    sentence: &Sentence<'_, '_>,
    verbs: &[Governing<'_>],
    number: usize,
    from: usize,
) -> bool {
    let Some(before) = number.checked_sub(1).and_then(|number| verbs.get(number)) else {
        return false;
    };
    let that = sentence.word(before.end) == "that";
    let starts = before.end + usize::from(that);
    let soft = !super::verbs::ends_in_verb(sentence, &before.hit);
    soft && from == starts
        && verbs
            .get(number)
            .is_some_and(|verb| verb.hit.words.start > from)
}

/// The step of a verb; of other words for a promise the step of the verb that they are made from.
fn step_of(lexicon: &Lexicon<'_>, sentence: &Sentence<'_, '_>, hit: &Hit<'_>) -> Option<String> {
    let step = match hit.sense {
        Sense::Verb(step, _) => Some(step),
        Sense::Cue(cue) if matches!(cue.kind, CueKind::Promise | CueKind::Recital) => {
            lexicon.step_of(sentence.word(hit.words.start))
        }
        Sense::Cue(_) => None,
    };
    step.map(|step| step.id.as_str().to_owned())
}

/// The words that soften a verb, as they stand: before `limit`.
fn hedges(sentence: &Sentence<'_, '_>, verb: &Governing<'_>, limit: usize) -> Vec<String> {
    let mut all: Vec<Range<usize>> = verb.softened.clone();
    for cue in sentence.of_kind(CueKind::Hedge) {
        let overlaps =
            |other: &Range<usize>| cue.words.start < other.end && other.start < cue.words.end;
        let inside = cue.words.start >= verb.hit.words.start && cue.words.start < limit;
        if inside && !all.iter().any(overlaps) && !overlaps(&verb.hit.words) {
            all.push(cue.words.clone());
        }
    }
    all.sort_by_key(|words| words.start);
    let mut said: Vec<String> = Vec::new();
    for words in all {
        let text = sentence.text(words);
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said
}

fn mode(sentence: &Sentence<'_, '_>, verb: &Governing<'_>, whose: &Subject) -> Mode {
    let hit = &verb.hit;
    let said = sentence.all.get(hit.words.clone()).unwrap_or_default();
    let has = |wanted: &[&str]| said.iter().any(|word| wanted.contains(&word.text.as_str()));
    match hit.sense.kind() {
        Some(CueKind::Inclusion) => return Mode::Inclusion,
        Some(CueKind::Objective) => {
            let is_vision = has(&["vision"]);
            return if is_vision {
                Mode::Aspiration
            } else {
                Mode::Objective
            };
        }
        Some(CueKind::Recital) => return Mode::Recital,
        Some(CueKind::Promise) => {
            let is_noun = said
                .first()
                .is_some_and(|w| w.text.ends_with("ment") || w.text.ends_with("ments"));
            if is_noun || has(&["stands", "stand"]) {
                return Mode::Recital;
            }
        }
        _ => {}
    }
    let recalls = |cue: &Hit<'_>| cue.words.start == hit.words.start;
    if sentence.of_kind(CueKind::Recital).any(recalls) {
        return Mode::Recital;
    }
    if *whose == Subject::Text {
        return Mode::Purpose;
    }
    if has(&["ready", "prepared", "readiness"]) {
        return Mode::Readiness;
    }
    if has(&["should"]) {
        return Mode::Recommendation;
    }
    let step: Option<&Step> = match hit.sense {
        Sense::Verb(step, _) => Some(step),
        Sense::Cue(_) => None,
    };
    match step.and_then(|step| step.rank) {
        Some(0) => Mode::Aspiration,
        None if step.is_some() => Mode::Practice,
        _ if verb.is_continuing => Mode::Continuing,
        Some(1) if said.iter().any(|word| word.text.starts_with("re")) => Mode::Continuing,
        Some(1) => Mode::Practice,
        _ if has(&["pursue", "pursues"]) => Mode::Objective,
        _ => Mode::FutureAction,
    }
}

/// What cues alone tell to be no commitment: achievements, effects, purposes, worries, others'
/// doings. One of a kind in each clause, and none where a commitment has the words.
fn told_by_cues(
    lexicon: &Lexicon<'_>,
    cast: &Cast<'_>,
    sentence: &Sentence<'_, '_>,
    drafts: &[Draft],
) -> Vec<Draft> {
    let clause = |at: usize| {
        let words = sentence.all.get(..=at).unwrap_or_default();
        words.iter().filter(|word| word.gap >= Gap::Comma).count()
    };
    let mut told: Vec<Draft> = Vec::new();
    let mut push = |words: Range<usize>, held: Held| {
        let overlaps =
            |draft: &Draft| draft.words.start < words.end && words.start < draft.words.end;
        let again = |draft: &&Draft| {
            draft.held == Some(held) && clause(draft.words.start) == clause(words.start)
        };
        if drafts.iter().any(overlaps) || told.iter().find(again).is_some() {
            return;
        }
        let proposal = Proposal::Commitment {
            verb: sentence.text(words.clone()),
            step: None,
            committers: Vec::new(),
            hedges: Vec::new(),
            mode: Mode::Practice,
        };
        let from = words.start;
        let held = Some(held);
        told.push(Draft {
            words,
            from,
            proposal,
            held,
        });
    };
    for (kind, held) in [
        (CueKind::Past, Held::Past),
        (CueKind::Effect, Held::Effect),
        (CueKind::Purpose, Held::Purpose),
        (CueKind::Concern, Held::Concern),
    ] {
        for hit in sentence.of_kind(kind) {
            push(hit.words.clone(), held);
        }
    }
    for group in &sentence.groups {
        let whose = Subject::Parties(group.parties.clone());
        if group.is_speaker
            || !cast.is_outside(&whose)
            || drafts.iter().any(|d| d.from == group.words.start)
        {
            continue;
        }
        // Only as the subject of a clause: a verb stands behind, and no preposition before.
        let verb = sentence.behind(lexicon, group.words.end);
        let begins = group.words.start == 0
            || sentence
                .all
                .get(group.words.start)
                .is_some_and(|word| word.gap >= Gap::Comma)
            || matches!(
                sentence.word(group.words.start - 1),
                "that" | "and" | "while"
            );
        let word = sentence.word(verb);
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
            .all
            .get(verb)
            .is_some_and(|word| word.gap == Gap::Space);
        if (begins && is_verb && joined) || group.is_marked {
            push(
                group.words.start..(verb + 1).min(sentence.all.len()),
                Held::Attributed,
            );
        }
    }
    told
}
