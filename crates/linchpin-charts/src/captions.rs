//! What every chart says in the same words: sources, citations, counts.

use linchpin_register::check::MAX_NAME_CHARS;
use linchpin_register::date::period_words;
use linchpin_register::query::CountingRule;
use linchpin_register::tables::formatting;
use linchpin_register::{Figure, Party, RecordKind, RecordRef, Register};
use std::collections::{BTreeSet, HashSet};

/// The most documents that a source line names.
const MAX_SOURCES: usize = 12;

/// The most citations that a picture carries.
const MAX_CITATIONS: usize = 500;

/// The unit and the currency of a figure.
pub fn unit_of(figure: &Figure) -> (&str, &str) {
    (
        figure.unit.as_deref().unwrap_or_default().trim(),
        figure.currency.as_deref().unwrap_or_default(),
    )
}

/// A unit in words.
pub fn unit_text((unit, currency): (&str, &str)) -> String {
    match (unit, currency) {
        ("", "") => "no unit stated".into(),
        ("", currency) => display_name(currency),
        (unit, _) => display_name(unit),
    }
}

/// The line under a picture: the documents that its records cite, the register's date and
/// fingerprint, the program.
pub fn source_line(register: &Register, records: &[RecordRef]) -> String {
    let mut cited: BTreeSet<RecordRef> = BTreeSet::new();
    let mut unknown = false;
    for citation in records
        .iter()
        .filter_map(|at| register.record(*at))
        .flat_map(|r| r.citations())
    {
        match register.find(citation.document.as_str()) {
            Some(at) if at.kind == RecordKind::Document => {
                cited.insert(at);
            }
            _ => unknown = true,
        }
    }
    let mut names: Vec<String> = cited
        .iter()
        .take(MAX_SOURCES)
        .filter_map(|at| register.record(*at))
        .map(|r| display_name(r.short_title()))
        .collect();
    if cited.len() > MAX_SOURCES {
        names.push(match cited.len() - MAX_SOURCES {
            1 => "1 more document".to_owned(),
            more => format!("{more} more documents"),
        });
    } else if unknown {
        names.push("documents that the register does not describe".into());
    }
    let mut line = String::new();
    if !names.is_empty() {
        line.push_str(if names.len() == 1 {
            "Source: "
        } else {
            "Sources: "
        });
        line.push_str(&names.join("; "));
        line.push_str(". ");
    }
    match (register.compiled, register.short_sha256()) {
        (Some(date), Some(hash)) => {
            line.push_str(&format!(
                "Register as of {} ({hash}). ",
                date.to_long_form()
            ));
        }
        (Some(date), None) => line.push_str(&format!("Register as of {}. ", date.to_long_form())),
        (None, Some(hash)) => line.push_str(&format!("Register {hash}. ")),
        (None, None) => {}
    }
    line.push_str("Linchpin");
    line
}

/// The citations of these records, one a line, each once, in the order of the records.
pub fn citations(register: &Register, records: &[RecordRef]) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    let mut more = 0_usize;
    for citation in records
        .iter()
        .filter_map(|at| register.record(*at))
        .flat_map(|r| r.citations())
    {
        let place = (
            citation.document.as_str(),
            citation.paragraph,
            citation.phrase.as_deref(),
            citation.speaker.as_ref().map(|speaker| speaker.as_str()),
        );
        // The same words may stand behind several records.
        if !seen.insert(place) {
            continue;
        }
        if out.len() < MAX_CITATIONS {
            out.push(formatting::format_citation(register, citation));
        } else {
            more += 1;
        }
    }
    if more > 0 {
        out.push(format!("{more} more citations stand in the register."));
    }
    out
}

/// "41 commitments: all records, all voices"
pub fn commitment_count(count: usize, rule: CountingRule) -> String {
    format!(
        "{}: {}",
        format_count(count, "commitment", "commitments"),
        rule.description()
    )
}

/// "1 theme", "1,234 themes"
pub fn format_count(count: usize, one: &str, more: &str) -> String {
    let noun = if count == 1 { one } else { more };
    format!("{} {noun}", formatting::format_number(count as f64))
}

/// A name fit for a picture: on one line, and cut with "…" where nobody would read on.
pub fn display_name(text: &str) -> String {
    let mut out = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        if chars > 0 {
            out.push(' ');
            chars += 1;
        }
        for c in word.chars().filter(|c| !c.is_control()) {
            if chars >= MAX_NAME_CHARS {
                out.truncate(out.trim_end().len());
                out.push('…');
                return out;
            }
            out.push(c);
            chars += 1;
        }
    }
    out
}

/// The short name of a party, or its full one where the short one is an abbreviation.
pub fn party_name(register: &Register, id: &str) -> String {
    let short = register.short_title_of(id);
    match register.get::<Party>(id) {
        // "ROK" says nothing to a reader of a picture; "South Korea" does. Other scripts have no
        // capitals, and their short names are names.
        Some(party) if !short.chars().any(|c| c.is_lowercase() || !c.is_ascii()) => {
            display_name(&party.name)
        }
        _ => display_name(short),
    }
}

/// Sentences with a space between, or nothing.
pub fn join_sentences(sentences: Vec<String>) -> Option<String> {
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// "Change since 2014", "Commitment, since 2021, as of January 2025, stated by Voice of America"
pub fn figure_detail(register: &Register, figure: &Figure) -> Option<String> {
    use linchpin_register::vocabulary::{FigureKind, FigureMeasure};
    let mut parts = Vec::new();
    if figure.effective_measure() != FigureMeasure::Level {
        parts.push(figure.measure_text());
    }
    if figure.kind == FigureKind::Money
        && let Some(flow) = figure.flow
    {
        parts.push(flow.label().to_owned());
    }
    if let Some(period) = &figure.period {
        parts.push(match period.to {
            Some(to) if to == period.from => format!("in {}", to.to_long_form()),
            to => period_words(period.from, to),
        });
    }
    if let Some(as_of) = &figure.as_of {
        parts.push(format!("as of {}", as_of.date.to_long_form()));
    }
    if let Some(speaker) = &figure.stated_by {
        parts.push(format!(
            "stated by {}",
            party_name(register, speaker.as_str())
        ));
    }
    (!parts.is_empty()).then(|| with_capital(&parts.join(", ")))
}

/// Where the money of several figures stands, if it is the same of all: "Pledge".
pub fn shared_flow(register: &Register, records: &[RecordRef]) -> Option<String> {
    let mut figures = records
        .iter()
        .filter(|at| at.kind == RecordKind::Figure)
        .filter_map(|at| register.figures.get(at.index as usize));
    let first = figures.next()?.flow?;
    let is_shared = figures.all(|figure| figure.flow == Some(first));
    is_shared.then(|| with_capital(first.label()))
}

/// The same text with a capital at its start.
pub fn with_capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next();
    let first = first.into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::english::list_with_and;

    #[test]
    fn names_fit_a_picture() {
        assert_eq!(display_name(" a\n b\u{0}c "), "a bc");
        let long = display_name(&"한".repeat(10_000));
        assert_eq!(long.chars().count(), MAX_NAME_CHARS + 1);
        assert!(long.ends_with('…'));
        // Wherever the cut falls among words and spaces.
        for letters in 1..30 {
            let cut = display_name(&format!("{} ", "w".repeat(letters)).repeat(500));
            let chars = cut.chars().count();
            assert!(
                (MAX_NAME_CHARS..=MAX_NAME_CHARS + 1).contains(&chars),
                "{letters}: {chars}"
            );
            assert!(cut.ends_with("w…"), "{cut}");
        }
    }

    #[test]
    fn lists_read_as_sentences() {
        let names = |n: usize| -> Vec<String> { (0..n).map(|i| i.to_string()).collect() };
        assert_eq!(list_with_and(&names(0)), "");
        assert_eq!(list_with_and(&names(3)), "0, 1 and 2");
        assert_eq!(format_count(1, "theme", "themes"), "1 theme");
        assert_eq!(format_count(28500, "theme", "themes"), "28,500 themes");
    }
}
