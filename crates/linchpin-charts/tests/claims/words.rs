//! Words of a vocabulary: their labels, their order, their colors.

use super::{drawn, text};
use linchpin_charts::DataField;
use linchpin_charts::picture::{ColorRole, PictureBody};
use linchpin_register::chart_vocabulary::{MarkKind, RecordList};
use linchpin_register::query::CountingRule;
use linchpin_register::{RecordKind, VocabularyTerm};

/// The lines of a picture that begin with these words.
fn lines<'t>(text: &'t str, first: &str) -> Vec<&'t str> {
    let lines = text.lines().map(str::trim);
    lines.filter_map(|line| line.strip_prefix(first)).collect()
}

const BY_STATUS: &str = "records: [Commitments], mark: Bar, y: (field: \"status\")";

#[test]
fn a_status_has_its_words_its_order_and_a_quiet_color_where_nobody_knows() {
    let bars = text(&[], BY_STATUS);
    let names: Vec<&str> = lines(&bars, "")
        .into_iter()
        .filter(|line| line.contains(" = 1 ("))
        .map(|line| line.split(": ").next().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "not assessed = 1 (quiet 0)",
            "no evidence found = 1 (quiet 1)",
            "in progress = 1 (plain)",
            "reversed = 1 (plain)",
        ]
    );
    let parts = "records: [Commitments], mark: Bar, y: (field: \"committers\"), color: (field: \
        \"status\")";
    let keys = [
        "not assessed (quiet 0)",
        "no evidence found (quiet 1)",
        "in progress (category 0)",
        "reversed (category 4)",
    ];
    assert_eq!(lines(&text(&[], parts), "key: "), keys);
    // The same color where fewer are drawn, and those of whom nobody knows are never merged.
    let filter = "filter: [(field: \"status\", is: [\"Reversed\"])]";
    let one = text(&[], &format!("{parts}, {filter}"));
    assert_eq!(lines(&one, "key: "), ["reversed (category 4)"]);
    let merged = text(&[], &parts.replace("\"status\"", "\"status\", limit: 1"));
    assert_eq!(
        lines(&merged, "key: "),
        [
            "not assessed (quiet 0)",
            "no evidence found (quiet 1)",
            "in progress (category 0)",
            "1 others (unranked 0)",
        ]
    );
    let network = "records: [Commitments], mark: Network, color: (field: \"status\")";
    assert!(
        drawn(&[], network).is_err(),
        "commitments do not link to each other"
    );
}

#[test]
fn no_two_words_of_a_vocabulary_have_one_color() {
    // A status is a word of a vocabulary too, though it stands in a list of assessments.
    let status = DataField::find(RecordKind::Commitment, "status").unwrap();
    assert_eq!(status.terms().len(), 8);
    for kind in RecordList::ALL.iter().map(|list| list.kind()) {
        for field in DataField::all(kind) {
            let terms = field.terms();
            let picture = drawn(
                &[],
                &format!(
                    "records: [{}], mark: Bar, y: (field: \"{}\", empty: true), color: (field: \
                    \"{}\")",
                    list_name(kind),
                    field.name,
                    field.name
                ),
            );
            let Ok(picture) = picture else {
                continue;
            };
            let PictureBody::Bars(bars) = picture.body else {
                panic!("{kind:?} {}", field.name);
            };
            let colors: Vec<ColorRole> = bars.panels[0].bars.iter().map(|bar| bar.color).collect();
            if terms.is_empty() {
                continue;
            }
            assert_eq!(colors.len(), terms.len(), "{kind:?} {}", field.name);
            for (at, color) in colors.iter().enumerate() {
                assert!(
                    !colors[..at].contains(color),
                    "{kind:?} {}: {color:?}",
                    field.name
                );
            }
        }
    }
}

fn list_name(kind: RecordKind) -> &'static str {
    RecordList::for_kind(kind).unwrap().name()
}

/// Every mark and channel that takes a field of a vocabulary shows its words, and never the names
/// that the file has for them.
#[test]
fn no_name_of_a_vocabulary_is_printed() {
    let money = "kind: Money, amount: Exactly(5e9), unit: \"dollars\", currency: \"USD\", subjects: \
        [\"alba\"], flow: Disbursement";
    let channels = [
        "y: (field: \"F\", empty: true)",
        "x: (field: \"F\"), y: (field: \"F\")",
        "y: (field: \"title\"), color: (field: \"F\")",
        "color: (field: \"F\")",
        "y: (field: \"title\"), facet: (field: \"F\")",
        "facet: (field: \"F\")",
    ];
    let mut charts = String::new();
    let mut terms: Vec<&VocabularyTerm> = Vec::new();
    for list in RecordList::ALL {
        for field in DataField::all(list.kind()) {
            terms.extend(field.terms());
            if field.terms().is_empty() {
                continue;
            }
            for (at, mark) in MarkKind::ALL.iter().enumerate() {
                for (way, channels) in channels.iter().enumerate() {
                    charts.push_str(&format!(
                        "(id: \"z-{}-{}-{at}-{way}\", title: \"Z\", records: [{}], mark: {}, {}),",
                        list.name().to_lowercase(),
                        field.name.replace(['_', '.'], "-"),
                        list.name(),
                        mark.name(),
                        channels.replace('F', field.name)
                    ));
                }
            }
        }
    }
    let all = format!(
        "records: [Documents], mark: Table), {charts} (id: \"end\", title: \"Z\", \
        records: [Documents], mark: Table"
    );
    let loaded = super::register(&[money], &all);
    // Names that no text has by chance.
    terms.retain(|term| term.name.chars().skip(1).any(char::is_uppercase));
    assert!(loaded.register.charts.len() > 500 && terms.len() > 20);
    for chart in &loaded.register.charts {
        let built = linchpin_charts::build(&loaded.register, chart, CountingRule::default());
        let shown = built.map_or_else(|error| error.message(), |picture| picture.to_text());
        let raw = terms.iter().find(|term| shown.contains(term.name));
        assert_eq!(raw, None, "{}\n{shown}", chart.id);
    }
}
