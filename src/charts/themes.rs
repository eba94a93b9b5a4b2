//! Commitments by theme.

use super::{ChartSpec, share};
use crate::picture::{Bar, Bars, Body, Extent, Mark, Panel, Picture, Tone};
use crate::query::CountingRule;
use crate::register::{RecordKind, RecordRef, Register};
use crate::tables::words;

pub(super) static CHART: ChartSpec = ChartSpec {
    id: "commitments-by-theme",
    title: "Commitments by theme",
    build,
};

/// The most themes that are drawn.
const MAX_BARS: usize = 30;

/// The most names that a note lists.
const MAX_NAMES: usize = 4;

fn build(register: &Register, rule: CountingRule) -> Picture {
    let mut by_theme: Vec<Vec<RecordRef>> = vec![Vec::new(); register.themes.len()];
    let mut without = 0;
    let mut all: Vec<RecordRef> = Vec::new();
    for (index, commitment) in rule.commitments(register) {
        let at = share::commitment(index);
        all.push(at);
        let mut found = false;
        for theme in &commitment.themes {
            let place = register
                .find(theme.as_str())
                .filter(|t| t.kind == RecordKind::Theme);
            if let Some(records) = place.and_then(|t| by_theme.get_mut(t.index as usize)) {
                found = true;
                // A theme that is named twice counts once.
                if records.last() != Some(&at) {
                    records.push(at);
                }
            }
        }
        without += usize::from(!found);
    }
    if all.is_empty() {
        return CHART.without_commitments(register, rule);
    }
    let subtitle = format!(
        "Number of records; one record may have several themes. {}",
        share::counted(all.len(), rule)
    );
    let mut order: Vec<usize> = (0..by_theme.len()).collect();
    order.sort_by_key(|&t| std::cmp::Reverse(by_theme[t].len()));
    let (used, unused): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|&t| !by_theme[t].is_empty());
    if used.is_empty() {
        return CHART.empty(
            register,
            subtitle,
            "No commitment has a theme. Add themes to the file and name them in the commitments.",
        );
    }
    let mut notes = Vec::new();
    if used.len() > MAX_BARS {
        notes.push(format!(
            "Not drawn: {}.",
            share::many(used.len() - MAX_BARS, "more theme", "more themes")
        ));
    }
    if !unused.is_empty() {
        notes.push(no_commitment(register, &unused));
    }
    if without > 0 {
        let verb = if without == 1 { "has" } else { "have" };
        notes.push(format!(
            "{} {verb} no theme.",
            share::many(without, "commitment", "commitments")
        ));
    }
    let bars: Vec<Bar> = used
        .iter()
        .take(MAX_BARS)
        .map(|&t| {
            let name = share::name(&register.themes[t].name);
            let count = by_theme[t].len();
            Bar {
                mark: Mark {
                    label: format!(
                        "{name}: {}",
                        share::many(count, "commitment", "commitments")
                    ),
                    records: by_theme[t].clone(),
                },
                name,
                detail: None,
                extent: Extent::exactly(count as f64),
                text: words::number(count as f64),
                tone: Tone::Plain,
            }
        })
        .collect();
    let description = match (bars.first(), bars.last()) {
        (Some(first), Some(last)) => format!(
            "Horizontal bars: {} by {}, from {} ({}) down to {} ({}).",
            share::many(all.len(), "commitment", "commitments"),
            share::many(bars.len(), "theme", "themes"),
            first.name,
            first.text,
            last.name,
            last.text
        ),
        _ => String::new(),
    };
    Picture {
        id: CHART.id.into(),
        guides: Vec::new(),
        remarks: Vec::new(),
        title: CHART.title.into(),
        subtitle,
        note: share::note(notes),
        source: share::source_line(register, &all),
        description,
        citations: share::citations(register, &all),
        body: Body::Bars(Bars {
            panels: vec![Panel { title: None, bars }],
            upright: false,
        }),
    }
}

fn no_commitment(register: &Register, themes: &[usize]) -> String {
    if themes.len() > MAX_NAMES {
        return format!(
            "{} have no commitment.",
            share::many(themes.len(), "theme", "themes")
        );
    }
    let names: Vec<String> = themes
        .iter()
        .filter_map(|&t| register.themes.get(t))
        .map(|theme| format!("“{}”", share::name(&theme.name)))
        .collect();
    format!("No commitment has the theme {}.", names.join(" or "))
}
