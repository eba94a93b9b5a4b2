//! Several acts under one verb: "will withstand …, protect …, and uphold …".

use super::forms::Form;
use super::lexicon::{Lexicon, Sense};
use super::sentence::Sentence;
use super::verbs::{Governing, ends_in_verb};
use super::words::Gap;
use linchpin_register::vocabulary::CueKind;

/// The verbs of further acts under a governing verb, whose words end before `limit`. Told by "and":
/// what stands in a list before it counts as well.
pub(super) fn acts(
    lexicon: &Lexicon<'_>,
    sentence: &Sentence<'_, '_>,
    verb: &Governing<'_>,
    limit: usize,
) -> Vec<usize> {
    // A participle recalls; what it lists is one promise.
    let is_participle = matches!(verb.hit.sense, Sense::Verb(_, Form::Kept));
    if is_participle || !ends_in_verb(sentence, &verb.hit) {
        return Vec::new();
    }
    let first = sentence.behind(lexicon, verb.end);
    let mut listed = Vec::new();
    let mut acts = Vec::new();
    for hit in sentence.of_kind(CueKind::Action) {
        let at = hit.words.start;
        if at <= first || at >= limit || !is_verb(sentence, hit.words.end) {
            continue;
        }
        let Some(word) = sentence.all.get(at).filter(|word| !word.is_aside) else {
            continue;
        };
        let Some(before) = sentence.before(lexicon, at) else {
            continue;
        };
        let and = sentence.word(before) == "and" || sentence.word(before) == "or";
        if and && word.gap <= Gap::Space {
            let by_comma = sentence
                .all
                .get(before)
                .is_some_and(|word| word.gap == Gap::Comma);
            if by_comma || !inside_another(sentence, first, before) {
                acts.append(&mut listed);
                acts.push(at);
            }
        } else if word.gap == Gap::Comma && !inside_another(sentence, first, at) {
            listed.push(at);
        }
    }
    acts
}

/// Whether what stands behind may be an object: a verb has one.
fn is_verb(sentence: &Sentence<'_, '_>, next: usize) -> bool {
    let joined = sentence
        .all
        .get(next)
        .is_some_and(|word| word.gap <= Gap::Space);
    let word = sentence.word(next);
    joined
        && !matches!(
            word,
            "of" | "for" | "and" | "or" | "from" | "is" | "are" | "as"
        )
}

/// Whether an infinitive of its own stands between the first act and a place, to which what follows
/// belongs: "to reflect … and identify".
fn inside_another(sentence: &Sentence<'_, '_>, first: usize, at: usize) -> bool {
    (first + 1..at).any(|word| {
        let infinitive = sentence.word(word) == "to";
        let next = sentence.hits.iter().any(|hit| {
            let verb = matches!(hit.sense.kind(), Some(CueKind::Action));
            let by_adverb = word + 2 == hit.words.start && sentence.word(word + 1).ends_with("ly");
            verb && (hit.words.start == word + 1 || by_adverb)
        });
        let purpose = sentence
            .of_kind(CueKind::Purpose)
            .any(|hit| hit.words.start == word);
        (infinitive && next) || purpose
    })
}
