//! Registers and pictures that try to break a chart.

use super::made;
use super::samples::{bars, extent, keys, korean, mark, multiples, picture, stacked, table};
use linchpin_charts::picture::{
    Bars, ColorRole, Extent, FacetPanel, NumberFormat, Picture, PictureBody, PrintedValue,
    SmallMultiples, StackedBars, TextColumn, TextRow, TextTable,
};
use linchpin_register::chart_vocabulary::Arrangement;
use std::fmt::Write as _;

/// No records at all.
pub fn empty() -> String {
    "(format: 1, title: \"Empty\")".into()
}

/// One record of each kind that is drawn.
pub fn single() -> String {
    whole(
        "",
        "(id: \"t\", name: \"Only theme\")",
        &commitment("c", "\"p\"", "themes: [\"t\"], bodies: [\"b\"],"),
        "(id: \"b\", name: \"Only body\", kind: Dialogue, themes: [\"t\"]),",
        &figure("f", "Exactly(0)", "Count", "pieces"),
        &event("e", "Only event", "2023"),
    )
}

/// A body, a commitment and a priority, and no theme.
pub fn without_themes() -> String {
    whole(
        "(id: \"first\", name: \"First priority\", rank: 1)",
        "",
        &commitment("c", "\"p\"", "priority: \"first\", bodies: [\"b\"],"),
        "(id: \"b\", name: \"Nuclear Consultative Group\", abbreviation: \"NCG\", kind: Dialogue),
         (id: \"o\", name: \"Other body\", kind: Dialogue, priority: \"first\"),",
        "",
        "",
    )
}

/// More of everything than a picture holds: 300 themes, 50 bodies, 200 figures of 50 units, 500
/// events on one day.
pub fn huge() -> String {
    let mut parts: [String; 5] = Default::default();
    let [themes, commitments, bodies, figures, events] = &mut parts;
    for i in 0..300 {
        let _ = write!(
            themes,
            "(id: \"t{i}\", name: \"Theme number {i} with a name of some length\"),"
        );
        let links = format!("themes: [\"t{i}\"], bodies: [\"b{}\"],", i % 50);
        commitments.push_str(&commitment(
            &format!("c{i}"),
            &format!("\"party-{}\"", i % 40),
            &links,
        ));
    }
    for i in 0..50 {
        let _ = write!(
            bodies,
            "(id: \"b{i}\", name: \"Consultative body number {i} of the alliance\", kind: \
            Dialogue, themes: [\"t{}\"]),",
            i + 50
        );
    }
    for i in 0..200 {
        let amount = format!("MoreThan({})", i * i * 1000);
        figures.push_str(&figure(
            &format!("f{i}"),
            &amount,
            "Count",
            &format!("unit {}", i % 50),
        ));
    }
    for i in 0..500 {
        events.push_str(&event(
            &format!("e{i}"),
            &format!("Event {i} of the same day"),
            "2023-11-13",
        ));
    }
    whole("", themes, commitments, bodies, figures, events)
}

/// Names of 10,000 characters, with and without spaces, in Korean and right to left; line breaks
/// inside.
pub fn long() -> String {
    let mut parts: [String; 5] = Default::default();
    let [themes, commitments, bodies, figures, events] = &mut parts;
    let words = "measure ".repeat(1250);
    let one_word = "x".repeat(10_000);
    let korean = "확장억제전략협의체".repeat(1200);
    let arabic = "سلام عليكم ".repeat(900);
    for (i, name) in [
        words,
        one_word,
        korean,
        arabic,
        "tab\\tand\\nbreak".into(),
        "핵협의그룹".into(),
    ]
    .iter()
    .enumerate()
    {
        let _ = write!(themes, "(id: \"t{i}\", name: \"{name}\"),");
        let _ = write!(
            bodies,
            "(id: \"b{i}\", name: \"{name}\", kind: Dialogue, themes: [\"t{i}\"]),"
        );
        let links = format!("themes: [\"t{i}\"], bodies: [\"b{i}\"],");
        commitments.push_str(&commitment(&format!("c{i}"), &format!("\"p{i}\""), &links));
        let _ = write!(
            figures,
            "(id: \"f{i}\", title: \"{name}\", statement: \"{name}\", kind: Count, amount: \
            Between({i}, 1234567.891), unit: \"{name}\", chartable: Yes, {CITED}),"
        );
        let _ = write!(
            figures,
            "(id: \"g{i}\", title: \"{name}\", statement: \"{name}\", kind: Count, amount: \
            AtMost({i}), unit: \"pieces\", chartable: Yes, {CITED}),"
        );
        events.push_str(&event(&format!("e{i}"), name, "2023"));
    }
    whole("", themes, commitments, bodies, figures, events)
}

/// Numbers from one end of the scale to the other, and dates at both ends of the calendar.
pub fn extreme() -> String {
    let mut figures = String::new();
    for (i, amount) in [
        "Exactly(1e300)",
        "MoreThan(1e300)",
        "Exactly(-1e300)",
        "LessThan(-5)",
        "Between(-1e9, 2e12)",
        "About(0)",
        "AtLeast(0)",
        "LessThan(1e-12)",
        "Exactly(0.000001)",
        "MoreThan(-7)",
    ]
    .iter()
    .enumerate()
    {
        let _ = write!(
            figures,
            "(id: \"m{i}\", title: \"Money {i} under a name that is long enough to stand below the \
            number of another\", statement: \"s\", kind: Money, amount: {amount}, \
            unit: \"dollars\", currency: \"USD\", chartable: Yes, {CITED}),"
        );
        let _ = write!(
            figures,
            "(id: \"n{i}\", title: \"Alone {i}\", statement: \"s\", kind: Money, amount: {amount}, \
            unit: \"coin {i}\", currency: \"SEK\", chartable: Yes, {CITED}),"
        );
    }
    let mut events = String::new();
    for (i, date) in [
        "0001-01-01",
        "0001",
        "9999-12-31",
        "9990s",
        "1950s",
        "1453-05-29",
        "2023-02",
        "0800s",
        "1800",
        "1600",
        "1200-03",
        "600s",
    ]
    .iter()
    .enumerate()
    {
        events.push_str(&event(
            &format!("e{i}"),
            &format!("Event at the end of a calendar, number {i}"),
            date,
        ));
    }
    let _ = write!(
        events,
        "(id: \"span\", title: \"All of it\", date: (date: \"0001\", basis: Stated), end: \
        (date: \"9999\", basis: Stated), {CITED}),"
    );
    whole("", "", "", "", &figures, &events)
}

const CITED: &str = "citations: [(document: \"d\", paragraph: 1, phrase: \"words\")]";

fn commitment(id: &str, committer: &str, more: &str) -> String {
    format!(
        "(id: \"{id}\", title: \"Commitment\", statement: \"s\", committers: [{committer}], \
        verb: \"will\", strength: \"firm\", mode: FutureAction, {more} {CITED}),"
    )
}

fn figure(id: &str, amount: &str, kind: &str, unit: &str) -> String {
    format!(
        "(id: \"{id}\", title: \"Figure {id}\", statement: \"s\", kind: {kind}, amount: {amount}, \
        unit: \"{unit}\", chartable: Yes, {CITED}),"
    )
}

fn event(id: &str, title: &str, date: &str) -> String {
    format!("(id: \"{id}\", title: \"{title}\", date: (date: \"{date}\", basis: Stated), {CITED}),")
}

fn whole(
    priorities: &str,
    themes: &str,
    commitments: &str,
    bodies: &str,
    figures: &str,
    events: &str,
) -> String {
    format!(
        "#![enable(implicit_some)]
        (
            format: 1, title: \"Nasty\", compiled: \"2026-11-22\",
            priorities: [{priorities}],
            themes: [{themes}],
            ladder: [(id: \"firm\", rank: 4, label: \"firm\", verbs: [\"will\"])],
            documents: [(id: \"d\", title: \"Document\", short: \"Document\", kind: Treaty, \
            legal_character: Undetermined,
                date: (date: \"2023\", basis: Stated), url: \"https://example.org\")],
            commitments: [{commitments}],
            bodies: [{bodies}],
            figures: [{figures}],
            events: [{events}],
        )"
    )
}

/// Rows with a name and the numbers of their parts.
type Rows<'a> = Vec<(&'a str, &'a [f64])>;

/// Made to break a painter.
#[expect(clippy::too_many_lines, reason = "a list of samples")]
pub(crate) fn pictures() -> Vec<Picture> {
    let korean = korean();
    let long = "measures of some length ".repeat(6);
    let many: Vec<String> = (0..60).map(|i| format!("Group number {i}")).collect();
    let sixty: Vec<(&str, &[f64])> = many
        .iter()
        .enumerate()
        .map(|(i, name)| (name.as_str(), &[1.0, 22.0, 333.0][..1 + i % 3]))
        .collect();
    let names: [&str; 3] = ["one", &korean, &long];
    let sets: Vec<(&str, Rows<'_>)> = vec![
        (
            "long",
            vec![
                (&korean, &[3.0, 1.0]),
                (&long, &[1.0, 2.0, 9.0]),
                ("", &[4.0]),
            ],
        ),
        ("one", vec![("Only group", &[7.0, 2.0, 1.0])]),
        ("korean-one", vec![(&korean, &[7.0])]),
        ("sixty", sixty),
        ("none", Vec::new()),
        (
            "zero",
            vec![("Zero", &[0.0, 0.0]), ("No parts", &[]), ("One", &[1.0])],
        ),
        (
            "below",
            vec![
                ("Debts", &[-3.0, -5.0]),
                ("Both", &[4.0, -7.0, 2.0]),
                ("Assets", &[6.0]),
            ],
        ),
        (
            "huge",
            vec![
                ("Huge", &[1e300, f64::MAX, 1e-300]),
                ("Tiny", &[1e-12]),
                ("Neither", &[28_500.0]),
            ],
        ),
    ];
    let mut out = Vec::new();
    for (name, rows) in &sets {
        for arrangement in Arrangement::ALL {
            for upright in [false, true] {
                let body = StackedBars {
                    is_vertical: upright,
                    ..stacked(keys(&names, ColorRole::Category), rows, *arrangement)
                };
                let id = format!("{name} {arrangement:?} {upright}");
                out.push(picture(&id, PictureBody::Stacked(body)));
            }
        }
        for upright in [false, true] {
            out.push(picture(
                &format!("{name} bars {upright}"),
                PictureBody::Bars(nasty_bars(rows, upright)),
            ));
            let panels = rows.iter().take(9).map(|(title, _)| FacetPanel {
                title: (*title).into(),
                body: PictureBody::Bars(nasty_bars(rows, upright)),
            });
            let body = SmallMultiples {
                panels: panels.collect(),
                has_independent_scales: false,
            };
            out.push(picture(
                &format!("{name} multiples {upright}"),
                PictureBody::SmallMultiples(body),
            ));
        }
        out.push(picture(
            &format!("{name} table"),
            PictureBody::Table(nasty_table(rows)),
        ));
    }
    let plots = [made::line(), made::steps(), made::line(), made::line()];
    out.push(picture(
        "plot multiples",
        panels_of("Panel", plots.map(|p| p.body)),
    ));
    let others = [
        made::dots(),
        made::dumbbell(),
        made::bullet(),
        made::waffle(),
        made::network(),
        made::table(),
        made::columns(),
    ];
    out.push(picture(
        "other multiples",
        panels_of("Panel", others.map(|p| p.body)),
    ));
    let inner = multiples(true);
    let mixed = [
        inner.clone(),
        PictureBody::Table(table()),
        PictureBody::Empty("Nothing to draw.".into()),
        inner,
    ];
    out.push(picture("mixed multiples", panels_of(&korean, mixed)));
    out
}

/// Bodies next to each other.
fn panels_of<const N: usize>(title: &str, bodies: [PictureBody; N]) -> PictureBody {
    let panel = |(i, body)| FacetPanel {
        title: format!("{title} {i}"),
        body,
    };
    PictureBody::SmallMultiples(SmallMultiples {
        panels: bodies.into_iter().enumerate().map(panel).collect(),
        has_independent_scales: false,
    })
}

/// Bars with every kind of bound.
fn nasty_bars(rows: &[(&str, &[f64])], upright: bool) -> Bars {
    let all = rows.iter().enumerate().flat_map(|(i, (name, values))| {
        let value = values.iter().sum::<f64>();
        let extents = [
            Extent::exact(value),
            extent(Some(value), None),
            extent(None, Some(value)),
            extent(Some(value.min(-value)), Some(value.max(-value))),
        ];
        let text = linchpin_register::tables::formatting::format_scaled_number(value);
        [(*name, extents[i % 4], text)]
    });
    let all: Vec<(&str, Extent, String)> = all.collect();
    let all: Vec<(&str, Extent, &str)> = all.iter().map(|(n, e, t)| (*n, *e, t.as_str())).collect();
    Bars {
        is_vertical: upright,
        ..bars(&all)
    }
}

/// A column for each row and a row for each column.
fn nasty_table(rows: &[(&str, &[f64])]) -> TextTable {
    let rows: Vec<_> = rows.iter().take(14).collect();
    let column = |(i, (name, _)): (usize, &&(&str, &[f64]))| TextColumn {
        title: (*name).into(),
        is_numeric: i % 2 == 1,
    };
    let row = |(name, values): &&(&str, &[f64])| {
        let cells = rows
            .iter()
            .enumerate()
            .map(|(i, (other, _))| match values.get(i) {
                Some(value) => PrintedValue::number(*value, NumberFormat::Full),
                None => format!("{name} {other}").into(),
            });
        TextRow {
            cells: cells.collect(),
            mark: mark(&format!("row of {name}")),
        }
    };
    TextTable {
        columns: rows.iter().enumerate().map(column).collect(),
        rows: rows.iter().map(row).collect(),
    }
}
