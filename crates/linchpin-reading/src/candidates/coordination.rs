//! Several acts under one verb: "will withstand …, protect …, and uphold …".

use super::governing_verbs::{GoverningVerb, takes_infinitive};
use super::lexicon::{CueLexicon, LexiconEntry};
use super::sentence_analysis::SentenceAnalysis;
use super::tokenizer::WordGap;
use super::verb_forms::VerbForm;
use linchpin_register::vocabulary::CueKind;

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
