//! A network: records as signs with their names next to them, links as thin lines. The picture
//! grows until all of it has room.

mod discs;
mod labels;
mod links;

use self::discs::Disc;

use super::legend::{self, LegendEntry, LegendFlow};
use super::mark_colors;
use super::picture_layout::{LayoutArea, PictureLayout};
use super::text_layout::{MeasuredText, TextLayouter};
use crate::theme::{self, size, space};
use egui::{Align, Color32, FontId, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use linchpin_charts::picture::{MarkId, Network};

/// The radius of a record without links, what each link adds under the root, and the most, in
/// points.
const RADIUS_PT: f32 = 4.0;
const GROWTH_PT: f32 = 1.7;
const MAX_RADIUS_PT: f32 = 13.0;

/// The widest a name is set, in points.
const MAX_LABEL_PT: f32 = 132.0;

/// Up to so many records, names are set in the larger type.
const FEW_NODES: usize = 14;

/// How much room all names together need, to the area that they cover.
const SLACK: f32 = 3.1;

/// How much more than that a picture takes where there is width.
const MAX_HEIGHT_FACTOR: f32 = 2.4;

/// Height to width, at least, of many records.
const MIN_ASPECT: f32 = 0.56;

/// Height to width, at most, before the picture is shrunk.
const MAX_ASPECT: f32 = 1.6;

/// Between two signs, in points.
const GAP_PT: f32 = 10.0;

/// A sample of a line in the key, in points.
const SWATCH_PT: f32 = 30.0;

/// The narrowest body: where names have room in a picture that is somewhat higher than wide.
pub(super) fn min_width_pt(network: &Network) -> f32 {
    let covered = |name: &str| {
        // Letters of most scripts are half as wide as those of the Korean.
        let wide = |c: char| if c.is_ascii() { 6.6 } else { 12.0 };
        let length: f32 = name.chars().map(wide).sum();
        let lines = (length / MAX_LABEL_PT).ceil().max(1.0);
        label_area_pt(vec2(length.min(MAX_LABEL_PT), lines * 16.0))
    };
    let all: f32 = network.nodes.iter().map(|node| covered(&node.name)).sum();
    (SLACK * all / MAX_ASPECT).sqrt().max(240.0)
}

/// What a name takes up, with its sign and a little room.
fn label_area_pt(name: Vec2) -> f32 {
    (name.x + 22.0) * (name.y + 10.0)
}

/// Lays key, lines, signs and names out. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Network,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let degrees = degrees(body);
    let kinds = link_kinds(body);
    let top = lay_out_legend(layouter, layout, body, &kinds, area) + space::S;
    let label_layouter = NodeLabelLayouter::new(layouter, &degrees);
    let width = MAX_LABEL_PT.min(area.width * 0.4);
    let texts: Vec<MeasuredText> = (0..body.nodes.len())
        .map(|i| label_layouter.name(body, i, width, Align::Min))
        .collect();
    let sizes: Vec<Vec2> = texts.iter().map(|text| text.size).collect();
    let covered: f32 = sizes.iter().map(|size| label_area_pt(*size)).sum();
    let discs = place_nodes(
        body,
        &degrees,
        LayoutArea { top, ..area },
        height_pt(body, covered, area.width),
    );
    let (height, discs) = discs;
    let room = Rect::from_min_size(pos2(area.left, top), vec2(area.width, height));
    let ends: Vec<(usize, usize)> = body.edges.iter().map(|link| (link.from, link.to)).collect();
    // Names first, then lines: a line can bend around a name, and a name cannot give way to all
    // lines.
    let places = labels::place_labels(&discs, &sizes, &ends, room);
    let boxes: Vec<Rect> = places
        .iter()
        .map(|place| place.rect.expand2(vec2(2.0, 0.5)))
        .collect();
    let link_color = theme::mix(p.background, p.text_muted, 0.62);
    for link in &body.edges {
        let way = links::route(link.from, link.to, &discs, &boxes, room);
        let kind = kinds.iter().position(|kind| *kind == link.label);
        let last = links::DASH_PATTERNS.len() - 1;
        let pattern = links::DASH_PATTERNS[kind.map_or(last, |kind| kind.min(last))];
        links::draw(layout, &way, pattern, &boxes, Stroke::new(1.1, link_color));
    }
    for place in &places {
        if let Some(ends) = place.leader {
            let others: Vec<Rect> = boxes
                .iter()
                .copied()
                .filter(|other| !other.contains(place.rect.center()))
                .collect();
            links::draw(layout, &ends, &[], &others, Stroke::new(0.8, p.text));
        }
    }
    let mut bottom = room.bottom();
    for (i, (node, disc)) in body.nodes.iter().zip(&discs).enumerate() {
        let color = body
            .keys
            .get(node.key)
            .map_or(p.bar, |key| mark_colors::fill_color(p, key.color));
        draw_node(layout, node.key, disc.center, radius(degrees[i]), color);
        layout.add_hit_area(MarkId(i as u32), disc.rect().expand(2.0));
    }
    for (i, (place, text)) in places.iter().zip(texts).enumerate() {
        // Lines end at the edge that is turned to the sign.
        let text = if place.align == Align::Min {
            text
        } else {
            label_layouter.name(body, i, width, place.align)
        };
        bottom = bottom.max(layout.text(place.rect.min, text).bottom());
    }
    bottom
}

/// How many links each record has.
fn degrees(body: &Network) -> Vec<usize> {
    let mut degrees = vec![0; body.nodes.len()];
    for link in &body.edges {
        for end in [link.from, link.to] {
            if let Some(degree) = degrees.get_mut(end) {
                *degree += 1;
            }
        }
    }
    degrees
}

fn radius(degree: usize) -> f32 {
    (RADIUS_PT + GROWTH_PT * (degree as f32).sqrt()).min(MAX_RADIUS_PT)
}

/// The height that suits a width: not too flat, and where there is much width, no more than names
/// need.
fn height_pt(body: &Network, covered: f32, width: f32) -> f32 {
    let width = width.max(1.0);
    let needed = SLACK * covered / width;
    let few = (0.2 + body.nodes.len() as f32 / 16.0).min(1.0);
    (MIN_ASPECT * width * few)
        .min(MAX_HEIGHT_FACTOR * needed)
        .max(needed)
        .max(60.0)
}

/// The height that it takes, and each sign in its place: where the picture says, but apart from the
/// others.
fn place_nodes(
    body: &Network,
    degrees: &[usize],
    area: LayoutArea,
    height: f32,
) -> (f32, Vec<Disc>) {
    let mut height = height;
    // Nearly three times the height at the most; what has no room even then is put in rows.
    for _ in 0..4 {
        let (room, mut discs) = nodes_in_room(body, degrees, area, height);
        if discs::push_apart(&mut discs, GAP_PT, room) {
            let (room, mut wider) =
                nodes_in_room(body, degrees, area, height + area.spare_height_pt);
            if area.spare_height_pt > 0.0 && discs::push_apart(&mut wider, GAP_PT, room) {
                return (height + area.spare_height_pt, wider);
            }
            return (height, discs);
        }
        // Names need height more than width: the width is given by the page.
        height *= 1.3;
    }
    let (room, mut discs) = nodes_in_room(body, degrees, area, height);
    let taken = discs::arrange_in_rows(&mut discs, GAP_PT, room);
    (height.max(taken + 60.0), discs)
}

/// The room for the middles of signs, and each in its place there.
fn nodes_in_room(
    body: &Network,
    degrees: &[usize],
    area: LayoutArea,
    height: f32,
) -> (Rect, Vec<Disc>) {
    let inset = vec2((area.width * 0.1).min(64.0), 26.0_f32.min(height * 0.3));
    let whole = Rect::from_min_size(pos2(area.left, area.top), vec2(area.width, height));
    let room = whole.shrink2(inset);
    let share = |share: f32| {
        if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.5
        }
    };
    let place = |x: f32, y: f32| -> Pos2 { room.min + vec2(share(x), share(y)) * room.size() };
    let discs = body.nodes.iter().zip(degrees).map(|(node, degree)| Disc {
        center: place(node.x, node.y),
        radius_pt: radius(*degree) * radius_factor(node.key),
    });
    (room, discs.collect())
}

/// Sets names: those with the most links larger and bolder.
struct NodeLabelLayouter<'a> {
    layouter: &'a TextLayouter<'a>,
    degrees: &'a [usize],
    /// From so many links on a name is bold.
    bold_from: usize,
    small_size: f32,
}

impl<'a> NodeLabelLayouter<'a> {
    fn new(layouter: &'a TextLayouter<'a>, degrees: &'a [usize]) -> NodeLabelLayouter<'a> {
        let most = degrees.iter().copied().max().unwrap_or(0);
        NodeLabelLayouter {
            layouter,
            degrees,
            bold_from: (most * 3).div_ceil(5).max(4),
            small_size: if degrees.len() <= FEW_NODES {
                size::BODY
            } else {
                size::CAPTION
            },
        }
    }

    fn font(&self, i: usize) -> FontId {
        if self.degrees[i] >= self.bold_from {
            theme::semibold(size::BODY)
        } else {
            theme::regular(self.small_size)
        }
    }

    fn name(&self, body: &Network, i: usize, width_pt: f32, align: Align) -> MeasuredText {
        let color = self.layouter.palette.text;
        let name = &body.nodes[i].name;
        self.layouter
            .aligned(name, self.font(i), color, width_pt, align)
    }
}

/// What links say, the most frequent first; what comes after the third is drawn alike.
fn link_kinds(body: &Network) -> Vec<&str> {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for link in &body.edges {
        match kinds.iter_mut().find(|(label, _)| *label == link.label) {
            Some((_, count)) => *count += 1,
            None => kinds.push((&link.label, 1)),
        }
    }
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    kinds.into_iter().map(|(label, _)| label).collect()
}

/// What signs and lines stand for. Returns the bottom.
fn lay_out_legend(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &Network,
    kinds: &[&str],
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let mut flow = LegendFlow::new(area, space::M);
    let mut add_entry = |layout: &mut PictureLayout, sample_pt: f32, words: &str| -> Rect {
        let indent_pt = sample_pt + legend::GAP_PT;
        let LegendEntry { at, text } = flow.next(layouter, words, indent_pt);
        let line = text.size.y.min(size::CAPTION * 1.4);
        let words = layout.text(pos2(at.x + indent_pt, at.y), text);
        flow.reach(words.bottom());
        Rect::from_min_size(at, vec2(sample_pt, line))
    };
    for (place, key) in body.keys.iter().enumerate() {
        let swatch = add_entry(layout, 12.0, &key.name);
        draw_node(
            layout,
            place,
            swatch.center(),
            5.0,
            mark_colors::fill_color(p, key.color),
        );
    }
    let stroke = Stroke::new(1.2, p.text_muted);
    let own = if kinds.len() > links::DASH_PATTERNS.len() {
        links::DASH_PATTERNS.len() - 1
    } else {
        kinds.len()
    };
    let rest = kinds[own..].join(", ");
    let rest = (!rest.is_empty()).then_some(rest.as_str());
    for (words, pattern) in kinds[..own]
        .iter()
        .copied()
        .chain(rest)
        .zip(links::DASH_PATTERNS)
    {
        let swatch = add_entry(layout, SWATCH_PT, words);
        let ends = [swatch.left_center(), swatch.right_center()];
        links::draw(layout, &ends, pattern, &[], stroke);
    }
    flow.bottom
}

/// The corners of signs that are no circles and no squares, of about the area of a circle of radius
/// 1.
const CORNERS: [&[(f32, f32)]; 4] = [
    &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
    &[(0.0, -1.3), (1.25, 0.9), (-1.25, 0.9)],
    &[
        (1.08, 0.0),
        (0.54, 0.94),
        (-0.54, 0.94),
        (-1.08, 0.0),
        (-0.54, -0.94),
        (0.54, -0.94),
    ],
    &[(0.0, 1.3), (-1.25, -0.9), (1.25, -0.9)],
];

/// How far a sign reaches, to the radius of a circle of its area.
fn radius_factor(kind: usize) -> f32 {
    match kind % 6 {
        0 => 1.0,
        1 => 1.2,
        2 => 1.25,
        4 => 1.08,
        _ => 1.3,
    }
}

/// Draws a sign of about the area of a circle of this radius.
fn draw_node(layout: &mut PictureLayout, kind: usize, center: Pos2, radius_pt: f32, fill: Color32) {
    match kind % 6 {
        0 => layout.circle(center, radius_pt, fill, Stroke::NONE),
        1 => {
            let side = Vec2::splat(1.77 * radius_pt);
            let rect = Rect::from_center_size(center, side);
            layout.fill_rounded(rect, fill, radius_pt * 0.25);
        }
        other => {
            let corners = CORNERS[other - 2].iter();
            layout.polygon(
                corners.map(|(x, y)| center + vec2(*x, *y) * radius_pt),
                fill,
            );
        }
    }
}
