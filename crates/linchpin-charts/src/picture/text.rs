//! A picture in plain text, for tests and for people who cannot see it.

use super::guide::{At, Guide, Remark};
use super::{
    Axis, Bars, Body, Extent, Mark, Matrix, Multiples, Network, Picture, Plot, Scale, Stacked,
    TextTable, Timeline, Tone, Waffle,
};
use std::fmt::Write as _;

/// The whole picture, one mark a line.
pub(super) fn picture(picture: &Picture) -> String {
    let mut out = format!("{}: {}\n", picture.id, picture.title);
    line(&mut out, "subtitle", &picture.subtitle);
    body(&mut out, &picture.body);
    for guide in &picture.guides {
        guided(&mut out, guide);
    }
    for remark in &picture.remarks {
        remarked(&mut out, remark);
    }
    if let Some(note) = &picture.note {
        line(&mut out, "note", note);
    }
    line(&mut out, "source", &picture.source);
    line(&mut out, "description", &picture.description);
    for citation in &picture.citations {
        line(&mut out, "citation", citation);
    }
    out
}

fn body(out: &mut String, body: &Body) {
    match body {
        Body::Bars(it) => bars(out, it),
        Body::Stacked(it) => stacked(out, it),
        Body::Plot(it) => plot(out, it),
        Body::Timeline(it) => timeline(out, it),
        Body::Matrix(it) => matrix(out, it),
        Body::Waffle(it) => waffle(out, it),
        Body::Network(it) => network(out, it),
        Body::Table(it) => table(out, it),
        Body::Multiples(it) => multiples(out, it),
        Body::Empty(why) => line(out, "empty", why),
    }
}

fn line(out: &mut String, name: &str, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{name}: {text}");
}

fn mark(out: &mut String, shown: &str, mark: &Mark) {
    let records: Vec<String> = mark
        .records
        .iter()
        .map(|at| format!("{}[{}]", at.kind.list(), at.index))
        .collect();
    line(
        out,
        &format!("    {shown}"),
        &format!("{} <{}>", mark.label, records.join(" ")),
    );
}

fn tone(tone: Tone) -> String {
    match tone {
        Tone::Plain => "plain".into(),
        Tone::Step(rank) => format!("step {rank}"),
        Tone::Unranked(place) => format!("unranked {place}"),
        Tone::Category(place) => format!("category {place}"),
    }
}

fn bars(out: &mut String, bars: &Bars) {
    for panel in &bars.panels {
        let (from, to) = panel.range();
        let title = panel.title.as_deref().unwrap_or("-");
        line(out, "panel", &format!("{title}, scale {from} to {to}"));
        for bar in &panel.bars {
            let mut shown = format!("{} = {} ({})", bar.name, bar.text, tone(bar.tone));
            if bar.extent.is_open_above() {
                shown.push_str(" open above");
            }
            if bar.extent.is_open_below() {
                shown.push_str(" open below");
            }
            if let Some(detail) = &bar.detail {
                let _ = write!(shown, " [{detail}]");
            }
            mark(out, &shown, &bar.mark);
        }
    }
}

fn stacked(out: &mut String, stacked: &Stacked) {
    for key in &stacked.keys {
        line(out, "key", &format!("{} ({})", key.name, tone(key.tone)));
    }
    for row in &stacked.rows {
        line(out, "row", &format!("{}, {}", row.name, row.text));
        for segment in &row.segments {
            let short = stacked.keys.get(segment.key).map_or("", |k| &k.short);
            mark(out, &format!("{short} x {}", segment.text), &segment.mark);
        }
    }
}

fn plot(out: &mut String, plot: &Plot) {
    line(out, "shape", &format!("{:?}", plot.shape));
    line(out, "x", &axis(&plot.x));
    line(out, "y", &axis(&plot.y));
    for series in &plot.series {
        line(
            out,
            "series",
            &format!("{} ({})", series.key.name, tone(series.key.tone)),
        );
        for point in &series.points {
            let at = format!("{}, {}", extent(point.x), extent(point.y));
            mark(
                out,
                &format!("{} at {at} = {}", point.name, point.text),
                &point.mark,
            );
        }
    }
}

fn axis(axis: &Axis) -> String {
    let scale = match &axis.scale {
        Scale::Linear { from, to } => format!("linear {from} to {to}"),
        Scale::Log { from, to } => format!("logarithmic {from} to {to}"),
        Scale::Dates { from, to } => format!("dates {from:.3} to {to:.3}"),
        Scale::Bands(names) => format!("bands {}", names.join(" | ")),
    };
    format!("{} | {scale} | {:?}", axis.title, axis.numbers)
}

fn extent(extent: Extent) -> String {
    let bound = |bound: Option<f64>| bound.map_or("open".into(), |v| format!("{v:.3}"));
    if extent.low == extent.high {
        bound(extent.low)
    } else {
        format!("{}..{}", bound(extent.low), bound(extent.high))
    }
}

fn waffle(out: &mut String, waffle: &Waffle) {
    line(out, "square", &format!("{} {}", waffle.per, waffle.unit));
    for group in &waffle.groups {
        let open = if group.is_open { " and more" } else { "" };
        let detail = group.detail.as_ref();
        let detail = detail.map_or_else(String::new, |words| format!(" [{words}]"));
        let shown = format!(
            "{} = {} ({}), {} squares{open}{detail}",
            group.name,
            group.text,
            tone(group.tone),
            group.squares
        );
        mark(out, &shown, &group.mark);
    }
}

fn network(out: &mut String, network: &Network) {
    for key in &network.keys {
        line(out, "key", &format!("{} ({})", key.name, tone(key.tone)));
    }
    for node in &network.nodes {
        let key = network.keys.get(node.key).map_or("", |key| &key.short);
        let shown = format!("{} [{key}] at {:.3}, {:.3}", node.name, node.x, node.y);
        mark(out, &shown, &node.mark);
    }
    let name = |at: usize| network.nodes.get(at).map_or("", |node| node.name.as_str());
    for link in &network.links {
        let shown = format!("{} -> {} ({})", name(link.from), name(link.to), link.label);
        line(out, "link", &shown);
    }
}

fn table(out: &mut String, table: &TextTable) {
    let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
    line(out, "columns", &titles.join(" | "));
    for row in &table.rows {
        mark(out, &row.cells.join(" | "), &row.mark);
    }
}

fn multiples(out: &mut String, multiples: &Multiples) {
    for panel in &multiples.panels {
        line(out, "multiple", &panel.title);
        body(out, &panel.body);
    }
}

fn guided(out: &mut String, guide: &Guide) {
    let shown = format!("{} {} | {}", guide.axis.label(), at(guide.at), guide.label);
    line(out, "guide", &shown);
}

fn remarked(out: &mut String, remark: &Remark) {
    let place = |place: Option<At>| place.map_or("-".into(), at);
    let shown = format!("{}, {} | {}", place(remark.x), place(remark.y), remark.text);
    line(out, "remark", &shown);
}

fn at(at: At) -> String {
    match at {
        At::Value(value) => format!("{value:.3}"),
        At::Group(place) => format!("group {place}"),
    }
}

fn timeline(out: &mut String, timeline: &Timeline) {
    for piece in &timeline.pieces {
        line(out, "years", &format!("{} to {}", piece.from, piece.to));
    }
    for lane in &timeline.lanes {
        line(out, "lane", &lane.name);
        for entry in &lane.entries {
            let moments: Vec<String> = entry
                .moments
                .iter()
                .map(|m| format!("{:.3}..{:.3}", m.from_year, m.to_year))
                .collect();
            let shown = format!("{} | {} | {}", entry.name, entry.when, moments.join(" "));
            mark(out, &shown, &entry.mark);
        }
    }
}

fn matrix(out: &mut String, matrix: &Matrix) {
    line(out, "filled", &matrix.filled_means);
    line(out, "ring", &matrix.ring_means);
    line(out, "columns", &matrix.columns.join(" | "));
    for (at, name) in matrix.rows.iter().enumerate() {
        line(out, "row", name);
        for cell in matrix.cells.iter().filter(|cell| cell.row == at) {
            let column = matrix.columns.get(cell.column).map_or("", String::as_str);
            let count = cell.count.map_or("ring".into(), |n| n.to_string());
            mark(out, &format!("{column} = {count}"), &cell.mark);
        }
    }
}
