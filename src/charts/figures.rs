//! Stated numbers: a panel and a scale for each unit, bounds kept.

use super::{ChartSpec, share};
use crate::picture::{Bar, Bars, Body, Extent, Mark, Panel, Picture, Tone};
use crate::query::CountingRule;
use crate::register::vocabulary::FigureKind;
use crate::register::{Figure, Period, RecordKind, RecordRef, Register};
use crate::tables::words;
use std::collections::HashMap;

pub(super) static CHART: ChartSpec = ChartSpec {
    id: "figures",
    title: "Figures as they are stated",
    build,
};

/// The most panels, and the most bars in one.
const MAX_PANELS: usize = 24;
const MAX_BARS: usize = 12;

fn build(register: &Register, _rule: CountingRule) -> Picture {
    let total = register.figures.len();
    if total == 0 {
        let why =
            "The register has no figures yet. Add the first one to the list “figures” in the file.";
        return CHART.empty(
            register,
            share::many(0, "stated number", "stated numbers"),
            why,
        );
    }
    let (mut panels, drawable) = panels(register);
    let subtitle = format!(
        "One scale for each unit. {} of {}",
        drawable,
        share::many(total, "stated number", "stated numbers")
    );
    if panels.is_empty() {
        let why = "None of the stated numbers is a quantity: ranks, dates and names have no length. The page of figures lists them.";
        return CHART.empty(register, subtitle, why);
    }
    let mut notes = Vec::new();
    if panels
        .iter()
        .flat_map(|p| &p.bars)
        .any(|bar| bar.extent.is_open_above())
    {
        notes
            .push("An open end marks a lower bound: the number is more than what is drawn.".into());
    }
    notes.extend(not_drawn(register));
    let mut cut = panels.len().saturating_sub(MAX_PANELS);
    if cut > 0 {
        notes.push(format!(
            "Not drawn: {}.",
            share::many(cut, "more unit", "more units")
        ));
        panels.truncate(MAX_PANELS);
    }
    cut = 0;
    for panel in &mut panels {
        cut += panel.bars.len().saturating_sub(MAX_BARS);
        panel.bars.truncate(MAX_BARS);
    }
    if cut > 0 {
        notes.push(format!(
            "Not drawn: {} of units that have more than {MAX_BARS}.",
            share::many(cut, "more number", "more numbers")
        ));
    }
    let body = Bars {
        panels,
        upright: false,
    };
    let records: Vec<RecordRef> = body
        .marks()
        .flat_map(|m| m.records.iter().copied())
        .collect();
    Picture {
        id: CHART.id.into(),
        guides: Vec::new(),
        remarks: Vec::new(),
        title: CHART.title.into(),
        subtitle,
        note: share::note(notes),
        source: share::source_line(register, &records),
        description: described(&body),
        citations: share::citations(register, &records),
        body: Body::Bars(body),
    }
}

/// A panel for each unit, single numbers first, then in the order of the file; and how many numbers there are in them.
fn panels(register: &Register) -> (Vec<Panel>, usize) {
    let mut place_of: HashMap<(&str, &str), usize> = HashMap::new();
    let mut panels: Vec<Panel> = Vec::new();
    let mut drawable = 0;
    for (index, figure) in register.figures.iter().enumerate() {
        let Some(extent) = Extent::of(&figure.amount).filter(|_| figure.is_chartable()) else {
            continue;
        };
        drawable += 1;
        let unit = figure.unit.as_deref().unwrap_or_default().trim();
        let currency = figure.currency.as_deref().unwrap_or_default();
        let place = *place_of.entry((unit, currency)).or_insert_with(|| {
            panels.push(Panel {
                title: Some(unit_words(unit, currency)),
                bars: Vec::new(),
            });
            panels.len() - 1
        });
        panels[place]
            .bars
            .push(bar(register, index, figure, extent));
    }
    panels.sort_by_key(|panel| panel.bars.len() > 1);
    (panels, drawable)
}

fn unit_words(unit: &str, currency: &str) -> String {
    match (unit, currency) {
        ("", "") => "no unit stated".into(),
        ("", currency) => share::name(currency),
        (unit, _) => share::name(unit),
    }
}

fn bar(register: &Register, index: usize, figure: &Figure, extent: Extent) -> Bar {
    let name = share::name(&figure.title);
    Bar {
        mark: Mark {
            label: format!("{name}: {}", words::amount_with_unit(figure)),
            records: vec![RecordRef {
                kind: RecordKind::Figure,
                index: index as u32,
            }],
        },
        name,
        detail: detail(register, figure),
        extent,
        text: compact(&words::amount(figure)),
        tone: Tone::Plain,
    }
}

/// A number of a hundred digits is no reading matter.
fn compact(amount: &str) -> String {
    const MAX_CHARS: usize = 44;
    if amount.chars().count() <= MAX_CHARS {
        return amount.to_owned();
    }
    let head: String = amount.chars().take(12).collect();
    format!(
        "{head}… ({} digits)",
        amount.chars().filter(char::is_ascii_digit).count()
    )
}

/// "Commitment, since 2021, as of January 2025, stated by Voice of America"
fn detail(register: &Register, figure: &Figure) -> Option<String> {
    let mut parts = Vec::new();
    if figure.kind == FigureKind::Money
        && let Some(flow) = figure.flow
    {
        parts.push(flow.label().to_owned());
    }
    if let Some(period) = &figure.period {
        parts.push(period_words(period));
    }
    if let Some(as_of) = &figure.as_of {
        parts.push(format!("as of {}", as_of.date.words()));
    }
    if let Some(speaker) = &figure.stated_by {
        parts.push(format!("stated by {}", share::party(register, speaker)));
    }
    let text = parts.join(", ");
    let mut chars = text.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

fn period_words(period: &Period) -> String {
    match period.to {
        None => format!("since {}", period.from.words()),
        Some(to) if to == period.from => format!("in {}", to.words()),
        Some(to) => format!("{} to {}", period.from.words(), to.words()),
    }
}

/// "Not drawn, because they have no length: 2 ranks and 5 dates."
fn not_drawn(register: &Register) -> Vec<String> {
    let kinds = [
        (FigureKind::Rank, "rank", "ranks"),
        (FigureKind::Date, "date", "dates"),
        (
            FigureKind::Identifier,
            "number in a name",
            "numbers in names",
        ),
        (FigureKind::Ordinal, "anniversary", "anniversaries"),
    ];
    let mut by_kind = [0_usize; 4];
    let mut others = 0_usize;
    for figure in &register.figures {
        if figure.is_chartable() && Extent::of(&figure.amount).is_some() {
            continue;
        }
        match kinds.iter().position(|(kind, ..)| *kind == figure.kind) {
            Some(place) => by_kind[place] += 1,
            None => others += 1,
        }
    }
    let mut sentences = Vec::new();
    let counted: Vec<String> = kinds
        .iter()
        .zip(by_kind)
        .filter(|(_, count)| *count > 0)
        .map(|((_, one, more), count)| share::many(count, one, more))
        .collect();
    if !counted.is_empty() {
        sentences.push(format!(
            "Not drawn, because they have no length: {}.",
            share::listed(&counted)
        ));
    }
    if others > 0 {
        sentences.push(format!(
            "Not drawn, because the register says that they measure nothing: {}.",
            share::many(others, "other number", "other numbers")
        ));
    }
    sentences
}

fn described(body: &Bars) -> String {
    let mut text = format!(
        "{}, a scale for each.",
        share::many(
            body.panels.len(),
            "panel of stated numbers",
            "panels of stated numbers"
        )
    );
    for panel in &body.panels {
        let bars: Vec<String> = panel
            .bars
            .iter()
            .map(|bar| format!("{}: {}", bar.name, bar.text))
            .collect();
        let unit = panel.title.as_deref().unwrap_or_default();
        text.push_str(&format!(" In {unit}: {}.", bars.join("; ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_numbers_are_shortened_with_their_length() {
        assert_eq!(compact("> $140 billion"), "> $140 billion");
        let long = compact(&words::number(1e300));
        assert!(
            long.starts_with("1,000,000,00…") && long.ends_with("(301 digits)"),
            "{long}"
        );
    }
}
