//! Which of the words in a sentence govern a commitment: verbs with a subject, not nouns,
//! infinitives or participles that look like them.

use super::forms::Form;
use super::lexicon::{Hit, Lexicon, Sense};
use super::sentence::Sentence;
use super::words::Gap;
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
const BE: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "get"];

/// A verb, or words in its place, that may govern a commitment.
#[derive(Clone, Debug)]
pub(super) struct Governing<'r> {
    pub hit: Hit<'r>,
    /// Where what it governs begins: behind the verbs that it governs in turn.
    pub end: usize,
    /// The verbs in between that soften it: "work to" of "intends to work to enable".
    pub softened: Vec<std::ops::Range<usize>>,
    pub is_continuing: bool,
}

/// The governing verbs of a sentence, from left to right; none overlaps another.
pub(super) fn governing<'r>(
    lexicon: &Lexicon<'r>,
    sentence: &Sentence<'_, 'r>,
    is_inclusion: &dyn Fn(&Hit<'r>, bool) -> bool,
) -> Vec<Governing<'r>> {
    let mut found: Vec<Governing<'r>> = Vec::new();
    for hit in &sentence.hits {
        let start = found.last().map_or(0, |last| last.end);
        if hit.words.start < start {
            continue;
        }
        let stands = match hit.sense {
            Sense::Verb(_, form) => stands(lexicon, sentence, hit, form, !found.is_empty()),
            Sense::Cue(cue) => match cue.kind {
                CueKind::Objective => true,
                CueKind::Inclusion => is_inclusion(hit, !found.is_empty()),
                CueKind::Promise | CueKind::Recital => {
                    let form = form_of(sentence, hit);
                    let is_noun = form == Form::Kept;
                    match is_noun {
                        true => found.is_empty(),
                        false => stands(lexicon, sentence, hit, form, !found.is_empty()),
                    }
                }
                _ => false,
            },
        };
        if stands {
            found.push(followed(lexicon, sentence, hit));
        }
    }
    found
}

/// In which form a cue stands, as far as its first word shows; `Kept` for the name of a promise,
/// such as "commitment to".
fn form_of(sentence: &Sentence<'_, '_>, hit: &Hit<'_>) -> Form {
    let word = sentence.word(hit.words.start);
    match word {
        word if !word.is_ascii() => Form::Sure,
        word if word.ends_with("ment")
            || word.ends_with("ments")
            || (word == "pledge" && hit.count == 2) =>
        {
            Form::Kept
        }
        word if word.ends_with("ed") => Form::Past,
        word if word.ends_with("ing") => Form::Sure,
        word if word.ends_with('s') => Form::Third,
        _ => Form::Base,
    }
}

/// The verb with those that it governs at once: "intends to continue to upgrade", "seeks to work
/// to".
fn followed<'r>(
    lexicon: &Lexicon<'r>,
    sentence: &Sentence<'_, 'r>,
    hit: &Hit<'r>,
) -> Governing<'r> {
    let mut end = hit.words.end;
    let mut softened = Vec::new();
    let said = sentence.all.get(hit.words.clone()).unwrap_or_default();
    let mut is_continuing = said.iter().any(|word| word.text.starts_with("continu"));
    let takes_verb = ends_in_verb(sentence, hit);
    let governed = |end: usize| {
        let at = sentence.behind(lexicon, end);
        let mut hits = sentence.hits.iter().filter(|_| takes_verb);
        hits.find(|next| {
            let is_verb = match next.sense {
                Sense::Verb(_, form) => form == Form::Base,
                Sense::Cue(cue) => cue.kind == CueKind::Hedge,
            };
            next.words.start == at && is_verb && sentence.word(next.words.end - 1) == "to"
        })
    };
    while let Some(next) = governed(end) {
        match sentence.word(next.words.start).starts_with("continu") {
            true => is_continuing = true,
            false => softened.push(next.words.clone()),
        }
        end = next.words.end;
    }
    let first = sentence.word(sentence.behind(lexicon, end));
    is_continuing |= takes_verb
        && matches!(
            first,
            "continue" | "maintain" | "uphold" | "sustain" | "preserve" | "keep" | "remain"
        );
    Governing {
        hit: hit.clone(),
        end,
        softened,
        is_continuing,
    }
}

/// Whether a verb is followed by another: "will", "intends to".
pub(super) fn ends_in_verb(sentence: &Sentence<'_, '_>, hit: &Hit<'_>) -> bool {
    let last = sentence.word(hit.words.end - 1);
    matches!(
        last,
        "to" | "will" | "shall" | "must" | "should" | "can" | "would" | "could" | "may"
    )
}

fn stands<'r>(
    lexicon: &Lexicon<'r>,
    sentence: &Sentence<'_, 'r>,
    hit: &Hit<'r>,
    form: Form,
    has_verb: bool,
) -> bool {
    let start = hit.words.start;
    let Some(before) = sentence.before(lexicon, start) else {
        // A sentence may begin with its verb in lists: "Reaffirm …"; participles and nouns that
        // begin one govern nothing else.
        return matches!(form, Form::Sure | Form::Kept);
    };
    let word = sentence.word(before);
    let gap = sentence.all.get(start).map_or(Gap::Space, |word| word.gap);
    let is_determined = DETERMINERS.contains(&word);
    let is_governed = PREPOSITIONS.contains(&word);
    let has_subject = PRONOUNS.contains(&word)
        || sentence
            .groups
            .iter()
            .any(|group| group.words.end == before + 1)
        || matches!(word, "not" | "do" | "does" | "did")
        || sentence.all.get(before).is_some_and(|word| word.is_aside);
    let joined = has_verb && (matches!(word, "and" | "but" | "or") || gap == Gap::Comma);
    let next = sentence.word(hit.words.end);
    // "support for", "hope of": a noun.
    let is_noun = hit.count == 1
        && matches!(next, "for" | "of" | "from" | "to" | "in" | "by")
        && !has_subject;
    // "good will, hope and pledges."
    let behind = sentence.all.get(hit.words.end);
    let is_korean = !sentence.word(start).is_ascii();
    let goes_on = is_korean || behind.is_some_and(|word| word.gap != Gap::Comma);
    match form {
        Form::Sure => (!is_determined && goes_on) || word == "'s" || hit.count > 1,
        Form::Ing => false,
        Form::Kept => {
            let listed = gap == Gap::Comma && after_preposition(sentence, before);
            !is_determined
                && !matches!(word, "of" | "by" | "for" | "at" | "from" | "without")
                && !listed
        }
        Form::Base => {
            let is_plural =
                word.len() > 4 && word.ends_with('s') && !is_determined && gap == Gap::Space;
            !is_noun && (has_subject || joined || is_plural)
        }
        Form::Third => {
            let listed = matches!(word, "and" | "or") || gap == Gap::Comma;
            let has_place = !is_determined && !is_governed && !is_noun;
            has_place && goes_on && (has_verb || has_subject || !listed)
        }
        Form::Past => {
            let is_passive = BE.contains(&word) || next == "by";
            let perfect = matches!(word, "have" | "has" | "had");
            let named = sentence.all.get(before).is_some_and(|word| word.is_capital);
            let is_plural = word.len() > 4 && word.ends_with('s');
            !is_passive
                && !is_determined
                && (has_subject || joined || perfect || named || is_plural)
        }
    }
}

/// Whether the words before end a list that a preposition opened: "of promoting trade, maintaining
/// order".
fn after_preposition(sentence: &Sentence<'_, '_>, before: usize) -> bool {
    let from = before.saturating_sub(8);
    (from..before).any(|at| {
        let opens = matches!(sentence.word(at), "of" | "by" | "for" | "in");
        opens && sentence.word(at + 1).ends_with("ing")
    })
}
