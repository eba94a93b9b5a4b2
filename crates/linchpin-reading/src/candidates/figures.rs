//! The figures that a sentence may state.

use super::Proposal;
use super::sentence::SentenceAnalysis;
use linchpin_register::vocabulary::CueKind;
use linchpin_text::prose::numbers::{Number, NumberMention, bound_around, find_numbers};
use std::ops::Range;

/// How many words may stand between a number and what it counts: "three intercontinental ballistic
/// missile wings".
const MAX_UNIT_DISTANCE: usize = 5;

/// A figure in bytes of its sentence.
pub(super) struct FigureCandidate {
    pub trigger: Range<usize>,
    pub proposal: Proposal,
}

/// The figures of a sentence, in its order.
pub(super) fn figure_candidates(sentence: &SentenceAnalysis<'_, '_>) -> Vec<FigureCandidate> {
    let stated = find_numbers(sentence.source);
    stated
        .iter()
        .filter_map(|stated| figure_candidate(sentence, stated))
        .collect()
}

fn figure_candidate(
    sentence: &SentenceAnalysis<'_, '_>,
    stated: &NumberMention,
) -> Option<FigureCandidate> {
    let first_word_after = sentence
        .words
        .partition_point(|word| word.range.start < stated.range.end);
    let unit = unit_after(sentence, stated, first_word_after);
    let text = sentence.source.get(stated.range.clone())?;
    let (value, currency, counted) = match &stated.number {
        Number::Quantity {
            low,
            high,
            currency,
            is_percent,
            ..
        } => {
            let is_one = stated.in_words && (*high < 2.0) && unit.as_deref() != Some("decade");
            // A number in words is one where something is counted: "one of them" is none.
            if stated.in_words && (is_one || unit.is_none()) && currency.is_none() && !is_percent {
                return None;
            }
            let money = currency.map(currency_unit);
            let percent = is_percent.then(|| "percent".to_owned());
            let value = (low == high).then_some(*low);
            (
                value,
                currency.map(str::to_owned),
                money.or(percent).or(unit),
            )
        }
        Number::Ordinal {
            value,
            is_superlative,
        } => {
            // "the most pressing": no rank.
            if matches!(text.to_lowercase().as_str(), "most" | "least" | "top") {
                return None;
            }
            // "First, …" counts the points of a text.
            let is_point = stated.in_words && *value < 4.0 && !is_superlative;
            if is_point && unit.is_none() {
                return None;
            }
            let rank = is_superlative.then(|| "rank".to_owned());
            (Some(*value), None, rank.or(unit))
        }
        Number::Date { year, .. } => {
            let is_whole = text.chars().all(|c| c.is_ascii_digit());
            (year.filter(|_| is_whole).map(f64::from), None, None)
        }
        Number::Identifier => {
            // "the 2+2", "Article 4": a name of a text, no figure; "B-21" is one.
            let named = text.chars().any(char::is_alphabetic);
            if !named {
                return None;
            }
            (None, None, None)
        }
    };
    let bound = bound_around(sentence.source, stated.range.clone());
    let is_date = matches!(stated.number, Number::Date { .. } | Number::Identifier);
    let bound = bound.filter(|_| !is_date);
    let qualifier = bound
        .as_ref()
        .and_then(|(range, _)| sentence.source.get(range.clone()));
    let trigger = match &bound {
        Some((range, _)) => range.start.min(stated.range.start)..range.end.max(stated.range.end),
        None => stated.range.clone(),
    };
    let proposal = Proposal::Figure {
        value,
        qualifier: qualifier.map(str::to_owned),
        unit: counted,
        currency,
    };
    Some(FigureCandidate { trigger, proposal })
}

/// What is counted: the word of a cue behind the number, at most a few words on and in the same
/// clause.
fn unit_after(
    sentence: &SentenceAnalysis<'_, '_>,
    stated: &NumberMention,
    first_word_after: usize,
) -> Option<String> {
    let in_same_word = first_word_after
        .checked_sub(1)
        .and_then(|at| sentence.words.get(at));
    // "8500명": the counter is part of the word.
    if let Some(word) = in_same_word
        && word.range.end > stated.range.end
    {
        let rest = sentence.source.get(stated.range.end..word.range.end)?;
        let counter: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        return (!counter.is_empty()).then_some(counter);
    }
    let hit = sentence.cues_of_kind(CueKind::Unit).find(|hit| {
        hit.words.start >= first_word_after
            && hit.words.start < first_word_after + MAX_UNIT_DISTANCE
    })?;
    let between = sentence.words.get(first_word_after..hit.words.end)?;
    let is_separated = between.iter().any(|word| {
        word.gap > super::sentence::WordGap::Hyphen
            || matches!(word.text.as_str(), "and" | "or" | "of" | "in" | "by")
    });
    (!is_separated).then(|| sentence.text_of(hit.words.clone()).to_lowercase())
}

fn currency_unit(code: &str) -> String {
    match code {
        "USD" => "U.S. dollars",
        "KRW" => "won",
        "EUR" => "euros",
        "JPY" => "yen",
        other => other,
    }
    .to_owned()
}
