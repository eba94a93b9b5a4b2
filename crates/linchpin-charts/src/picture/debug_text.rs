//! A picture in plain text, for tests and for people who cannot see it.

use super::{AxisPosition, PlacedAnnotation, PlacedReferenceLine};
use super::{
    AxisScale, Bars, Bullet, BulletValue, ChartMark, ColorRole, Dumbbell, Extent, LineJoin, Matrix,
    Network, Picture, PictureBody, PlotAxis, SmallMultiples, StackedBars, TextTable, Timeline,
    Waffle, XyPlot,
};
use linchpin_register::chart_vocabulary::Arrangement;
use std::fmt::Write as _;

/// The whole picture, one mark a line.
pub(super) fn picture(picture: &Picture) -> String {
    let mut out = format!("{}: {}\n", picture.id, picture.title);
    line(&mut out, "subtitle", &picture.subtitle);
    body(&mut out, &picture.body);
    for reference in &picture.reference_lines {
        reference_line(&mut out, reference);
    }
    for note in &picture.annotations {
        annotation(&mut out, note);
    }
    if let Some(derivation) = &picture.derivation {
        line(&mut out, "worked out", &derivation.name);
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

fn body(out: &mut String, body: &PictureBody) {
    match body {
        PictureBody::Bars(it) => bars(out, it),
        PictureBody::Stacked(it) => stacked(out, it),
        PictureBody::Plot(it) => plot(out, it),
        PictureBody::Bullet(it) => bullet(out, it),
        PictureBody::Dumbbell(it) => dumbbell(out, it),
        PictureBody::Timeline(it) => timeline(out, it),
        PictureBody::Matrix(it) => matrix(out, it),
        PictureBody::Waffle(it) => waffle(out, it),
        PictureBody::Network(it) => network(out, it),
        PictureBody::Table(it) => table(out, it),
        PictureBody::SmallMultiples(it) => multiples(out, it),
        PictureBody::Empty(why) => line(out, "empty", why),
    }
}

fn line(out: &mut String, name: &str, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{name}: {text}");
}

fn mark(out: &mut String, shown: &str, mark: &ChartMark) {
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

fn color_role(role: ColorRole) -> String {
    match role {
        ColorRole::Single => "plain".into(),
        ColorRole::LadderStep(rank) => format!("step {rank}"),
        ColorRole::Unranked(place) => format!("unranked {place}"),
        ColorRole::Category(place) => format!("category {place}"),
        ColorRole::Quiet(place) => format!("quiet {place}"),
    }
}

fn bars(out: &mut String, bars: &Bars) {
    for panel in &bars.panels {
        let (from, to) = panel.range();
        let title = panel.title.as_deref().unwrap_or("-");
        line(out, "panel", &format!("{title}, scale {from} to {to}"));
        for bar in &panel.bars {
            let mut shown = format!("{} = {} ({})", bar.name, bar.text, color_role(bar.color));
            if bar.extent.has_no_upper_bound() {
                shown.push_str(" open above");
            }
            if bar.extent.has_no_lower_bound() {
                shown.push_str(" open below");
            }
            if let Some(detail) = &bar.detail {
                let _ = write!(shown, " [{detail}]");
            }
            mark(out, &shown, &bar.mark);
        }
    }
}

fn stacked(out: &mut String, stacked: &StackedBars) {
    for key in &stacked.keys {
        line(
            out,
            "key",
            &format!("{} ({})", key.name, color_role(key.color)),
        );
    }
    for row in &stacked.bars {
        line(out, "row", &format!("{}, {}", row.name, row.text));
        let is_share = stacked.arrangement == Arrangement::Share;
        let shares = match is_share {
            true => row.shares().texts,
            false => Vec::new(),
        };
        for (at, segment) in row.segments.iter().enumerate() {
            let short = stacked.keys.get(segment.key).map_or("", |k| &k.short);
            let share = shares.get(at).map(|share| format!(" = {share}"));
            let shown = format!("{short} x {}{}", segment.text, share.unwrap_or_default());
            mark(out, &shown, &segment.mark);
        }
    }
}

fn plot(out: &mut String, plot: &XyPlot) {
    line(out, "shape", &format!("{:?}", plot.geom));
    line(out, "x", &axis(&plot.x));
    line(out, "y", &axis(&plot.y));
    for series in &plot.series {
        line(
            out,
            "series",
            &format!("{} ({})", series.key.name, color_role(series.key.color)),
        );
        let mut last = None;
        for point in &series.points {
            let join = last.map_or(LineJoin::Solid, |last| plot.join(last, point));
            if plot.is_joined() && join != LineJoin::Solid {
                line(out, "    join", &format!("{join:?}").to_lowercase());
            }
            last = Some(point);
            let at = format!("{}, {}", extent(point.x), extent(point.y));
            mark(
                out,
                &format!("{} at {at} = {}", point.name, point.text),
                &point.mark,
            );
        }
    }
}

fn bullet(out: &mut String, bullet: &Bullet) {
    let (from, to) = bullet.range;
    line(out, "bar", &bullet.delivered);
    line(out, "tick", &bullet.target);
    line(out, "scale", &format!("{from} to {to}"));
    for row in &bullet.rows {
        let value = |value: &Option<BulletValue>| {
            value.as_ref().map_or_else(
                || "nothing".to_owned(),
                |value| format!("{} ({})", value.text, extent(value.extent)),
            )
        };
        let share = row.share.as_ref();
        let share = share.map_or("no share".into(), |share| share.to_string());
        let shown = format!(
            "{} = {} of {}, {share}",
            row.name,
            value(&row.delivered),
            value(&row.target)
        );
        mark(out, &shown, &row.mark);
    }
}

fn dumbbell(out: &mut String, dumbbell: &Dumbbell) {
    line(out, "x", &axis(&dumbbell.x));
    for key in &dumbbell.keys {
        line(
            out,
            "key",
            &format!("{} ({})", key.name, color_role(key.color)),
        );
    }
    for row in &dumbbell.rows {
        let missing = dumbbell.missing_text(row);
        let missing = missing.map_or_else(String::new, |words| format!(" [{words}]"));
        line(out, "row", &format!("{}{missing}", row.name));
        for dot in &row.dots {
            let point = &dot.point;
            let shown = format!("{} at {} = {}", point.name, extent(point.x), point.text);
            mark(out, &shown, &point.mark);
        }
    }
}

fn axis(axis: &PlotAxis) -> String {
    let scale = match &axis.scale {
        AxisScale::Linear { from, to } => format!("linear {from} to {to}"),
        AxisScale::Log { from, to } => format!("logarithmic {from} to {to}"),
        AxisScale::Dates { from, to } => format!("dates {from:.3} to {to:.3}"),
        AxisScale::Bands(names) => format!("bands {}", names.join(" | ")),
    };
    format!("{} | {scale} | {:?}", axis.title, axis.tick_format)
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
    line(
        out,
        "square",
        &format!("{} {}", waffle.units_per_square, waffle.unit),
    );
    for group in &waffle.groups {
        let open = if group.is_lower_bound {
            " and more"
        } else {
            ""
        };
        let detail = group.detail.as_ref();
        let detail = detail.map_or_else(String::new, |words| format!(" [{words}]"));
        let shown = format!(
            "{} = {} ({}), {} squares{open}{detail}",
            group.name,
            group.text,
            color_role(group.color),
            group.squares
        );
        mark(out, &shown, &group.mark);
    }
}

fn network(out: &mut String, network: &Network) {
    for key in &network.keys {
        line(
            out,
            "key",
            &format!("{} ({})", key.name, color_role(key.color)),
        );
    }
    for node in &network.nodes {
        let key = network.keys.get(node.key).map_or("", |key| &key.short);
        let shown = format!("{} [{key}] at {:.3}, {:.3}", node.name, node.x, node.y);
        mark(out, &shown, &node.mark);
    }
    let name = |at: usize| network.nodes.get(at).map_or("", |node| node.name.as_str());
    for link in &network.edges {
        let shown = format!("{} -> {} ({})", name(link.from), name(link.to), link.label);
        line(out, "link", &shown);
    }
}

fn table(out: &mut String, table: &TextTable) {
    let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
    line(out, "columns", &titles.join(" | "));
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| cell.to_string()).collect();
        mark(out, &cells.join(" | "), &row.mark);
    }
}

fn multiples(out: &mut String, multiples: &SmallMultiples) {
    for panel in &multiples.panels {
        line(out, "multiple", &panel.title);
        body(out, &panel.body);
    }
}

fn reference_line(out: &mut String, reference: &PlacedReferenceLine) {
    let shown = format!(
        "{} {} | {}",
        reference.axis.label(),
        axis_position(reference.position),
        reference.label
    );
    line(out, "guide", &shown);
}

fn annotation(out: &mut String, note: &PlacedAnnotation) {
    let place = |place: Option<AxisPosition>| place.map_or("-".into(), axis_position);
    let shown = format!("{}, {} | {}", place(note.x), place(note.y), note.text);
    line(out, "remark", &shown);
}

fn axis_position(at: AxisPosition) -> String {
    match at {
        AxisPosition::Value(value) => format!("{value:.3}"),
        AxisPosition::Group(place) => format!("group {place}"),
        AxisPosition::Off(side) => format!("off the axis, {side:?}").to_lowercase(),
    }
}

fn timeline(out: &mut String, timeline: &Timeline) {
    for piece in &timeline.axis_segments {
        line(out, "years", &format!("{} to {}", piece.from, piece.to));
    }
    for lane in &timeline.lanes {
        line(out, "lane", &lane.name);
        for entry in &lane.entries {
            let dates: Vec<String> = entry
                .dates
                .iter()
                .map(|m| format!("{:.3}..{:.3}", m.from_year, m.to_year))
                .collect();
            let shown = format!("{} | {} | {}", entry.name, entry.date_text, dates.join(" "));
            mark(out, &shown, &entry.mark);
        }
    }
}

fn matrix(out: &mut String, matrix: &Matrix) {
    line(out, "filled", &matrix.filled_legend);
    line(out, "ring", &matrix.ring_legend);
    if matrix.is_heatmap {
        line(out, "shades", "by number");
    }
    line(out, "columns", &matrix.columns.join(" | "));
    for (at, name) in matrix.rows.iter().enumerate() {
        line(out, "row", name);
        for cell in matrix.cells.iter().filter(|cell| cell.row == at) {
            let column = matrix.columns.get(cell.column).map_or("", String::as_str);
            let number = cell.number.as_ref();
            let number = number.map_or("ring".into(), |number| number.text.to_string());
            mark(out, &format!("{column} = {number}"), &cell.mark);
        }
    }
}
