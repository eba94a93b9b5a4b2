//! Pictures made by hand to break a painter: long names, too many groups, no groups, nothing,
//! debts, numbers at both ends of the scale.

use super::made;
use super::samples::{bars, extent, keys, korean, mark, multiples, picture, stacked, table};
use linchpin_charts::picture::{
    Bars, ColorRole, Extent, FacetPanel, NumberFormat, Picture, PictureBody, PrintedValue,
    SmallMultiples, StackedBars, TextColumn, TextRow, TextTable,
};
use linchpin_register::chart_vocabulary::Arrangement;

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
        beside("Panel", plots.map(|p| p.body)),
    ));
    let others = [
        made::dots(),
        made::waffle(),
        made::network(),
        made::table(),
        made::columns(),
    ];
    out.push(picture(
        "other multiples",
        beside("Panel", others.map(|p| p.body)),
    ));
    let inner = multiples(true);
    let mixed = [
        inner.clone(),
        PictureBody::Table(table()),
        PictureBody::Empty("Nothing to draw.".into()),
        inner,
    ];
    out.push(picture("mixed multiples", beside(&korean, mixed)));
    out
}

/// Bodies beside each other.
fn beside<const N: usize>(title: &str, bodies: [PictureBody; N]) -> PictureBody {
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
