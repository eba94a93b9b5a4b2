//! What is excluded: denied, others', meant for something, foretold, done already, feared.

use super::forms::Form;
use super::kinds::Held;
use super::lexicon::{Hit, Lexicon, Sense};
use super::sentence::Sentence;
use super::subjects::{Cast, Subject, subject};
use super::words::Gap;
use linchpin_register::vocabulary::CueKind;

/// Why a governing verb is excluded, if it is. Its subject's words begin at `from`.
pub(super) fn held(
    lexicon: &Lexicon<'_>,
    cast: &Cast<'_>,
    sentence: &Sentence<'_, '_>,
    verb: &Hit<'_>,
    whose: &Subject,
    from: usize,
) -> Option<Held> {
    if is_denied(sentence, verb) {
        return Some(Held::Negated);
    }
    if cast.is_outside(whose) || is_reported(lexicon, cast, sentence, verb, from) {
        return Some(Held::Attributed);
    }
    let kinds = [
        (CueKind::Purpose, Held::Purpose),
        (CueKind::Effect, Held::Effect),
        (CueKind::Past, Held::Past),
    ];
    let found = kinds.into_iter().find(|(kind, held)| {
        sentence.of_kind(*kind).any(|cue| {
            let overlaps = cue.words.start < verb.words.end && verb.words.start < cue.words.end;
            let leads = cue.words.end == from || cue.words.end == verb.words.start;
            match held {
                // "have pledged to" recalls a promise; "has supported" tells what was done.
                Held::Past => overlaps && !is_promise(sentence, verb),
                _ => (overlaps && cue.words.start < verb.words.start) || leads,
            }
        })
    });
    found.map(|(_, held)| held)
}

fn is_promise(sentence: &Sentence<'_, '_>, verb: &Hit<'_>) -> bool {
    let is_cue = matches!(verb.sense, Sense::Cue(_) | Sense::Verb(_, Form::Sure));
    is_cue || sentence.word(verb.words.end - 1) == "to"
}

/// Whether a negation stands in the verb or at it, and is not part of the verb as the ladder has
/// it.
fn is_denied(sentence: &Sentence<'_, '_>, verb: &Hit<'_>) -> bool {
    let from = verb.words.start.saturating_sub(2);
    let is_own = verb.words.len() == verb.count;
    sentence.of_kind(CueKind::Negation).any(|cue| {
        let at = cue.words.start;
        // "not only", "not limited to"
        let next = sentence.word(cue.words.end);
        if matches!(next, "only" | "just" | "limited" | "merely" | "least") {
            return false;
        }
        let korean = !sentence.word(at).is_ascii();
        let inside = verb.words.contains(&at) && (!is_own || korean);
        let beside = at == verb.words.end || (from..verb.words.start).contains(&at);
        let parted = (at.min(verb.words.start) + 1..=at.max(verb.words.start)).any(|at| {
            sentence
                .all
                .get(at)
                .is_some_and(|word| word.gap >= Gap::Comma)
        });
        inside || (beside && !parted)
    })
}

/// Whether words before the verb give it to others: "according to …", "the DPRK said that we will".
fn is_reported(
    lexicon: &Lexicon<'_>,
    cast: &Cast<'_>,
    sentence: &Sentence<'_, '_>,
    verb: &Hit<'_>,
    from: usize,
) -> bool {
    sentence.of_kind(CueKind::Attribution).any(|cue| {
        let korean = !sentence.word(cue.words.start).is_ascii();
        if cue.words.start >= from && !korean {
            return false;
        }
        if cue.words.start < verb.words.end && verb.words.start < cue.words.end && !korean {
            return false;
        }
        let (whose, start) = subject(
            lexicon,
            cast,
            &sentence.all,
            &sentence.groups,
            cue.words.start,
            None,
        );
        let behind = sentence
            .groups
            .iter()
            .find(|group| group.words.start == cue.words.end);
        match (start < cue.words.start, behind) {
            (true, _) => cast.is_outside(&whose),
            (false, Some(group)) if !group.parties.is_empty() => {
                cast.is_outside(&Subject::Parties(group.parties.clone()))
            }
            (false, _) => true,
        }
    })
}
