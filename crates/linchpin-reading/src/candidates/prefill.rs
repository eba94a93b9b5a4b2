//! Records from candidates: everything that the text tells, so that the user writes only what a
//! reader must judge.

use super::lexicon::CueLexicon;
use super::phrase::choose_phrase;
use super::subjects::{is_in_quotation, quoted_speaker};
use super::{Candidate, ExclusionReason, Proposal};
use linchpin_register::document::Document;
use linchpin_register::vocabulary::{
    DismissalReason, DocumentKind, FigureKind, StatementMode, Voice,
};
use linchpin_register::{Date, RecordKind, Register};
use linchpin_text::prose::Prose;
use linchpin_text::prose::numbers::{
    Number, NumberBound, NumberMention, bound_around, find_numbers,
};
use ron_lossless::RonValue;
use std::ops::Range;

type PrefilledFields = Vec<(String, RonValue)>;

/// The record that a candidate makes, and its fields in their order. What only the user can say
/// (`title`, `statement`) is an empty text, and the id is left to the caller. A name gives only the
/// citation, to be added to those that its record has; parties have none.
pub fn prefill_record(
    register: &Register,
    document: &str,
    prose: &Prose,
    candidate: &Candidate,
) -> (RecordKind, PrefilledFields) {
    let citation = citation_value(
        register,
        document,
        prose,
        candidate.paragraph,
        candidate.phrase.clone(),
        candidate.trigger.start,
    );
    let mut fields = PrefilledFields::new();
    let blank = |name: &str| (name.to_owned(), RonValue::text(""));
    // A threat, or what others do, is no commitment even where a verb of the ladder found it.
    let kind = match &candidate.proposal {
        Proposal::Commitment { .. }
            if matches!(
                candidate.excluded,
                Some(ExclusionReason::Concern | ExclusionReason::Attributed)
            ) =>
        {
            fields.extend([blank("title"), blank("statement")]);
            RecordKind::Concern
        }
        Proposal::Commitment {
            verb,
            step,
            committers,
            hedges,
            mode,
        } => {
            fields.extend([blank("title"), blank("statement")]);
            push_if_some(&mut fields, "committers", text_list(committers));
            push_if_some(&mut fields, "verb", Some(RonValue::text(verb)));
            push_if_some(&mut fields, "strength", step.as_deref().map(RonValue::text));
            push_if_some(&mut fields, "hedges", text_list(hedges));
            push_if_some(
                &mut fields,
                "mode",
                Some(RonValue::bare(StatementMode::name(*mode))),
            );
            RecordKind::Commitment
        }
        Proposal::Figure {
            qualifier,
            unit,
            currency,
            ..
        } => {
            fields.extend([blank("title"), blank("statement")]);
            let kind = push_figure_fields(prose, candidate, unit.as_deref(), &mut fields);
            push_if_some(&mut fields, "unit", unit.as_deref().map(RonValue::text));
            push_if_some(
                &mut fields,
                "currency",
                currency.as_deref().map(RonValue::text),
            );
            push_if_some(
                &mut fields,
                "qualifier",
                qualifier.as_deref().map(RonValue::text),
            );
            fields.push(("chartable".to_owned(), chartable_value(kind)));
            RecordKind::Figure
        }
        Proposal::Name(at) => at.kind,
    };
    if kind != RecordKind::Party {
        fields.push(("citations".to_owned(), RonValue::List(vec![citation])));
    }
    let order = |name: &str| kind.fields().iter().position(|spec| spec.name == name);
    fields.sort_by_key(|(name, _)| order(name));
    (kind, fields)
}

/// The dismissal of a sentence, whose bytes in the text these are.
pub fn prefill_dismissal(
    register: &Register,
    document: &str,
    prose: &Prose,
    sentence: Range<usize>,
    reason: DismissalReason,
    note: Option<&str>,
) -> PrefilledFields {
    let paragraph = prose.paragraph_at(sentence.start).unwrap_or(1);
    let span = prose.span(paragraph).unwrap_or(sentence.clone());
    let text = prose.paragraph(paragraph).unwrap_or_default();
    let sentence_range = sentence.start.max(span.start) - span.start
        ..sentence.end.min(span.end).max(span.start) - span.start;
    let words = text.get(sentence_range.clone()).unwrap_or_default();
    let lead = words.find(char::is_alphanumeric).unwrap_or(0);
    let first = words
        .get(lead..)
        .and_then(|w| w.split_whitespace().next())
        .map_or(0, str::len);
    let trigger = sentence_range.start + lead..sentence_range.start + lead + first;
    let quoted = choose_phrase(text, sentence_range, trigger.clone(), trigger.start);
    let quoted = span.start + quoted.start..span.start + quoted.end;
    let mut fields = vec![("reason".to_owned(), RonValue::bare(reason.name()))];
    push_if_some(&mut fields, "note", note.map(RonValue::text));
    let start = quoted.start;
    let citation = citation_value(register, document, prose, paragraph, quoted, start);
    fields.push(("citations".to_owned(), RonValue::List(vec![citation])));
    fields
}

/// The reason for a dismissal that a candidate's being excluded suggests.
pub fn suggested_dismissal_reason(excluded: ExclusionReason) -> Option<DismissalReason> {
    match excluded {
        ExclusionReason::Attributed | ExclusionReason::Concern => {
            Some(DismissalReason::Attribution)
        }
        ExclusionReason::Purpose => Some(DismissalReason::Purpose),
        ExclusionReason::Effect => Some(DismissalReason::Effect),
        ExclusionReason::Past => Some(DismissalReason::PastAchievement),
        ExclusionReason::Negated => None,
    }
}

fn push_if_some(fields: &mut PrefilledFields, name: &str, value: Option<RonValue>) {
    if let Some(value) = value {
        fields.push((name.to_owned(), value));
    }
}

fn text_list(all: &[String]) -> Option<RonValue> {
    let items = all.iter().map(RonValue::text).collect();
    (!all.is_empty()).then_some(RonValue::List(items))
}

/// A citation of these bytes, with the voice in which they are said.
fn citation_value(
    register: &Register,
    document: &str,
    prose: &Prose,
    paragraph: u32,
    phrase: Range<usize>,
    byte: usize,
) -> RonValue {
    let words = prose.text().get(phrase).unwrap_or_default();
    let mut fields = vec![
        ("document".to_owned(), RonValue::text(document)),
        (
            "paragraph".to_owned(),
            RonValue::bare(paragraph.to_string()),
        ),
        ("phrase".to_owned(), RonValue::text(words)),
    ];
    let kind = register
        .get::<Document>(document)
        .map(|document| document.kind);
    let own = match kind {
        Some(DocumentKind::Editorial) => Some(Voice::Editorial),
        Some(DocumentKind::Boilerplate) => Some(Voice::Boilerplate),
        _ => None,
    };
    // Two allies' statement may quote words such as "fight tonight"; nobody else is speaking then.
    let by = || quoted_speaker(register, &CueLexicon::new(register), prose, paragraph);
    let quoted = is_in_quotation(prose, paragraph, byte).then(by).flatten();
    let speaker = quoted.and_then(|at| register.parties.get(usize::try_from(at).ok()?));
    let voice = speaker.map(|_| Voice::Quoted).or(own);
    push_if_some(
        &mut fields,
        "voice",
        voice.map(|voice| RonValue::bare(voice.name())),
    );
    push_if_some(
        &mut fields,
        "speaker",
        speaker.map(|party| RonValue::text(party.id.as_str())),
    );
    RonValue::Record(fields)
}

/// The kind and the amount of a figure, from the number in the candidate's words. Gives the kind,
/// where there is such a number.
fn push_figure_fields(
    prose: &Prose,
    candidate: &Candidate,
    unit: Option<&str>,
    fields: &mut PrefilledFields,
) -> Option<FigureKind> {
    let sentence = prose
        .text()
        .get(candidate.sentence.clone())
        .unwrap_or_default();
    let offset = candidate.sentence.start;
    let inside = |stated: &NumberMention| {
        offset + stated.range.start < candidate.trigger.end
            && candidate.trigger.start < offset + stated.range.end
    };
    let stated = find_numbers(sentence).into_iter().find(inside)?;
    let bound = bound_around(sentence, stated.range.clone()).map(|(_, bound)| bound);
    let number = |value: f64| RonValue::bare(value.to_string());
    let (kind, amount) = match stated.number {
        Number::Quantity {
            low,
            high,
            currency,
            ..
        } => {
            let kind = match unit {
                _ if currency.is_some() => FigureKind::Money,
                Some(unit) if is_time_unit(unit) => FigureKind::Duration,
                _ => FigureKind::Count,
            };
            let form = match bound {
                Some(NumberBound::About) => "About",
                Some(NumberBound::MoreThan) => "MoreThan",
                Some(NumberBound::AtLeast) => "AtLeast",
                Some(NumberBound::LessThan) => "LessThan",
                Some(NumberBound::AtMost) => "AtMost",
                None => "Exactly",
            };
            let amount = match low == high {
                true => RonValue::Call(form.to_owned(), vec![number(high)]),
                false => RonValue::Call("Between".to_owned(), vec![number(low), number(high)]),
            };
            (kind, Some(amount))
        }
        Number::Ordinal {
            value,
            is_superlative,
        } => {
            let kind = match is_superlative {
                true => FigureKind::Rank,
                false => FigureKind::Ordinal,
            };
            let amount = RonValue::Call("Exactly".to_owned(), vec![number(value)]);
            (kind, Some(amount))
        }
        Number::Date {
            year,
            month,
            day,
            is_decade,
        } => {
            let date = stated_date(year, month, day, is_decade);
            let amount = date.map(|date| {
                let code = RonValue::text(date.to_code());
                RonValue::Call("On".to_owned(), vec![code])
            });
            (FigureKind::Date, amount)
        }
        Number::Identifier => {
            let name = sentence.get(stated.range.clone()).unwrap_or_default();
            let amount = RonValue::Call("Named".to_owned(), vec![RonValue::text(name)]);
            (FigureKind::Identifier, Some(amount))
        }
    };
    push_if_some(fields, "kind", Some(RonValue::bare(kind.name())));
    push_if_some(fields, "amount", amount);
    Some(kind)
}

/// A date as it is stated; `None` without its year, which only the user knows, or where there is no
/// such day.
fn stated_date(
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
    is_decade: bool,
) -> Option<Date> {
    let year = year.filter(|year| *year > 0)?;
    let code = match (is_decade, month, day) {
        (true, ..) => format!("{year:04}s"),
        (false, Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (false, Some(month), None) => format!("{year:04}-{month:02}"),
        (false, None, _) => format!("{year:04}"),
    };
    // Read, so that no 30 February is written.
    Date::parse(&code).ok()
}

fn is_time_unit(unit: &str) -> bool {
    let stem = unit.trim_end_matches('s');
    matches!(
        stem,
        "year" | "decade" | "month" | "day" | "week" | "년" | "년간" | "개월"
    )
}

fn chartable_value(kind: Option<FigureKind>) -> RonValue {
    let why = match kind {
        Some(FigureKind::Rank) => "a rank is not a quantity",
        Some(FigureKind::Ordinal) => "a place in an order is not a quantity",
        Some(FigureKind::Date) => "a date has no length",
        Some(FigureKind::Identifier) => "a number that is part of a name",
        Some(FigureKind::Count | FigureKind::Money | FigureKind::Duration) | None => {
            return RonValue::bare("Yes");
        }
    };
    RonValue::Call("No".to_owned(), vec![RonValue::text(why)])
}
