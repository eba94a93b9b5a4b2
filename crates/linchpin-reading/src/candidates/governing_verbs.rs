//! Which of the words in a sentence govern a commitment: verbs with a subject, not nouns,
//! infinitives or participles that look like them.

use super::lexicon::VerbForm;
use super::lexicon::{CueLexicon, LexiconEntry, LexiconHit};
use super::sentence::SentenceAnalysis;
use super::sentence::WordGap;
use linchpin_register::vocabulary::CueKind;

const DETERMINERS: [&str; 26] = [
    "a",
    "all",
    "an",
    "any",
    "each",
    "every",
    "full",
    "her",
    "his",
    "its",
    "mutual",
    "my",
    "no",
    "our",
    "political",
    "strong",
    "such",
    "the",
    "their",
    "these",
    "this",
    "those",
    "your",
    "'s",
    "continued",
    "continuing",
];
const PREPOSITIONS: [&str; 16] = [
    "about", "against", "at", "between", "by", "for", "from", "in", "into", "of", "on", "through",
    "to", "under", "with", "without",
];
const PRONOUNS: [&str; 9] = ["we", "they", "i", "you", "who", "which", "it", "he", "she"];
const PASSIVE_AUXILIARIES: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "get"];

/// A verb, or words in its place, that may govern a commitment.
#[derive(Clone, Debug)]
pub(super) struct GoverningVerb<'r> {
    pub hit: LexiconHit<'r>,
    /// Where what it governs begins: behind the verbs that it governs in turn.
    pub end: usize,
    /// The verbs in between that soften it: "work to" of "intends to work to enable".
    pub hedging: Vec<std::ops::Range<usize>>,
    pub is_continuing: bool,
}

/// The governing verbs of a sentence, from left to right; none overlaps another.
pub(super) fn governing_verbs<'r>(
    lexicon: &CueLexicon<'r>,
    sentence: &SentenceAnalysis<'_, 'r>,
    is_inclusion: &dyn Fn(&LexiconHit<'r>, bool) -> bool,
) -> Vec<GoverningVerb<'r>> {
    let mut found: Vec<GoverningVerb<'r>> = Vec::new();
    for hit in &sentence.hits {
        // From the left, the longest first: what a verb governs at once is part of it.
        let start = found.last().map_or(0, |last| last.end);
        if hit.words.start < start {
            continue;
        }
        let stands = match hit.entry {
            LexiconEntry::Verb(_, form) => {
                is_governing(lexicon, sentence, hit, form, !found.is_empty())
            }
            LexiconEntry::Cue(cue) => match cue.kind {
                CueKind::Objective => true,
                CueKind::Inclusion => is_inclusion(hit, !found.is_empty()),
                CueKind::Promise | CueKind::Recital => {
                    let form = cue_form(sentence, hit);
                    let is_noun = form == VerbForm::Fixed;
                    match is_noun {
                        true => found.is_empty(),
                        false => is_governing(lexicon, sentence, hit, form, !found.is_empty()),
                    }
                }
                _ => false,
            },
        };
        if stands {
            found.push(with_following_verbs(lexicon, sentence, hit));
        }
    }
    found
}

/// In which form a cue stands, as far as its first word shows; `Fixed` for the name of a promise,
/// such as "commitment to".
fn cue_form(sentence: &SentenceAnalysis<'_, '_>, hit: &LexiconHit<'_>) -> VerbForm {
    let word = sentence.word_at(hit.words.start);
    match word {
        word if !word.is_ascii() => VerbForm::Invariant,
        word if word.ends_with("ment")
            || word.ends_with("ments")
            || (word == "pledge" && hit.word_count == 2) =>
        {
            VerbForm::Fixed
        }
        word if word.ends_with("ed") => VerbForm::Past,
        word if word.ends_with("ing") => VerbForm::Invariant,
        word if word.ends_with('s') => VerbForm::ThirdPerson,
        _ => VerbForm::Base,
    }
}

/// The verb with those that it governs at once: "intends to continue to upgrade", "seeks to work
/// to".
fn with_following_verbs<'r>(
    lexicon: &CueLexicon<'r>,
    sentence: &SentenceAnalysis<'_, 'r>,
    hit: &LexiconHit<'r>,
) -> GoverningVerb<'r> {
    let mut end = hit.words.end;
    let mut softened = Vec::new();
    let verb_words = sentence.words.get(hit.words.clone()).unwrap_or_default();
    let mut is_continuing = verb_words
        .iter()
        .any(|word| word.text.starts_with("continu"));
    let takes_verb = takes_infinitive(sentence, hit);
    let governed = |end: usize| {
        let at = sentence.skip_fillers(lexicon, end);
        let mut hits = sentence.hits.iter().filter(|_| takes_verb);
        hits.find(|next| {
            let is_verb = match next.entry {
                LexiconEntry::Verb(_, form) => form == VerbForm::Base,
                LexiconEntry::Cue(cue) => cue.kind == CueKind::Hedge,
            };
            next.words.start == at && is_verb && sentence.word_at(next.words.end - 1) == "to"
        })
    };
    while let Some(next) = governed(end) {
        match sentence.word_at(next.words.start).starts_with("continu") {
            true => is_continuing = true,
            false => softened.push(next.words.clone()),
        }
        end = next.words.end;
    }
    let first = sentence.word_at(sentence.skip_fillers(lexicon, end));
    is_continuing |= takes_verb
        && matches!(
            first,
            "continue" | "maintain" | "uphold" | "sustain" | "preserve" | "keep" | "remain"
        );
    GoverningVerb {
        hit: hit.clone(),
        end,
        hedging: softened,
        is_continuing,
    }
}

/// Whether a verb is followed by another: "will", "intends to".
pub(super) fn takes_infinitive(sentence: &SentenceAnalysis<'_, '_>, hit: &LexiconHit<'_>) -> bool {
    let last = sentence.word_at(hit.words.end - 1);
    matches!(
        last,
        "to" | "will" | "shall" | "must" | "should" | "can" | "would" | "could" | "may"
    )
}

fn is_governing<'r>(
    lexicon: &CueLexicon<'r>,
    sentence: &SentenceAnalysis<'_, 'r>,
    hit: &LexiconHit<'r>,
    form: VerbForm,
    has_verb: bool,
) -> bool {
    let start = hit.words.start;
    let Some(before) = sentence.word_before(lexicon, start) else {
        // A sentence may begin with its verb in lists: "Reaffirm …"; participles and nouns that
        // begin one govern nothing else.
        return matches!(form, VerbForm::Invariant | VerbForm::Fixed);
    };
    let word = sentence.word_at(before);
    let gap = sentence
        .words
        .get(start)
        .map_or(WordGap::Space, |word| word.gap);
    let is_determined = DETERMINERS.contains(&word);
    let is_governed = PREPOSITIONS.contains(&word);
    let has_subject = PRONOUNS.contains(&word)
        || sentence
            .groups
            .iter()
            .any(|group| group.words.end == before + 1)
        || matches!(word, "not" | "do" | "does" | "did")
        || sentence
            .words
            .get(before)
            .is_some_and(|word| word.in_brackets);
    let joined = has_verb && (matches!(word, "and" | "but" | "or") || gap == WordGap::Comma);
    let next = sentence.word_at(hit.words.end);
    // "support for", "hope of": a noun.
    let is_noun = hit.word_count == 1
        && matches!(next, "for" | "of" | "from" | "to" | "in" | "by")
        && !has_subject;
    // "good will, hope and pledges."
    let behind = sentence.words.get(hit.words.end);
    let is_korean = !sentence.word_at(start).is_ascii();
    let goes_on = is_korean || behind.is_some_and(|word| word.gap != WordGap::Comma);
    match form {
        VerbForm::Invariant => (!is_determined && goes_on) || word == "'s" || hit.word_count > 1,
        VerbForm::Gerund => false,
        VerbForm::Fixed => {
            let listed = gap == WordGap::Comma && is_in_preposition_list(sentence, before);
            !is_determined
                && !matches!(word, "of" | "by" | "for" | "at" | "from" | "without")
                && !listed
        }
        VerbForm::Base => {
            let is_plural =
                word.len() > 4 && word.ends_with('s') && !is_determined && gap == WordGap::Space;
            !is_noun && (has_subject || joined || is_plural)
        }
        VerbForm::ThirdPerson => {
            let listed = matches!(word, "and" | "or") || gap == WordGap::Comma;
            let has_place = !is_determined && !is_governed && !is_noun;
            has_place && goes_on && (has_verb || has_subject || !listed)
        }
        VerbForm::Past => {
            let is_passive = PASSIVE_AUXILIARIES.contains(&word) || next == "by";
            let perfect = matches!(word, "have" | "has" | "had");
            let named = sentence
                .words
                .get(before)
                .is_some_and(|word| word.is_capital);
            let is_plural = word.len() > 4 && word.ends_with('s');
            !is_passive
                && !is_determined
                && (has_subject || joined || perfect || named || is_plural)
        }
    }
}

/// Whether the words before end a list that a preposition opened: "of promoting trade, maintaining
/// order".
fn is_in_preposition_list(sentence: &SentenceAnalysis<'_, '_>, before: usize) -> bool {
    let from = before.saturating_sub(8);
    (from..before).any(|at| {
        let opens = matches!(sentence.word_at(at), "of" | "by" | "for" | "in");
        opens && sentence.word_at(at + 1).ends_with("ing")
    })
}
