//! Words at places: beside what they speak of, at the end of a thin line where there is no room
//! beside it, and otherwise below the body, by their numbers. Never cut, never on other words,
//! never lost.

use super::area::Area;
use super::ground::Ground;
use super::place::{self, Places};
use super::sheet::Sheet;
use super::typeset::{Text, Typesetter};
use crate::theme::{self, size, space};
use egui::{Pos2, Rect, Stroke, Vec2, pos2};
use linchpin_charts::picture::{AxisPosition, PlacedAnnotation, PlacedReferenceLine};
use linchpin_register::chart_words::AxisName;

/// The widths at which words are set, in points; narrow ones for places where wide ones do not fit.
const WIDTHS_PT: [f32; 4] = [150.0, 220.0, 110.0, 84.0];

/// Words that are narrower than this share of the picture look as if they belong to it.
const WIDE_SHARE: f32 = 0.45;

/// Between a place and the words beside it, in points.
const GAP_PT: f32 = 8.0;

/// Words in more lines look for a place further away first, up to this far, in points.
const FLAT_ROWS: usize = 3;
const NEAR_PT: f32 = 130.0;

/// A place, and the line that leads from it where it is not right beside its anchor.
type Found = (Rect, Option<[Pos2; 2]>);

/// The side of a number in a ring, in points.
const RING_PT: f32 = 17.0;

/// Puts remarks, and the words of lines that found no room, into a body that has been laid out.
/// Returns the bottom.
pub(super) fn lay_out(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    remarks: &[PlacedAnnotation],
    guides: &[&PlacedReferenceLine],
    area: Area,
    bottom: f32,
) -> f32 {
    let ground = sheet.ground.take();
    let mut notes: Vec<(Option<usize>, &str)> = Vec::new();
    let mut numbers = 0;
    if let Some(ground) = &ground {
        let room = Rect::from_min_max(
            pos2(area.left, ground.within.top()),
            pos2(area.right(), ground.within.bottom()),
        );
        let mut places = Places::of(sheet, room, type_.palette.background);
        ground.lines.iter().for_each(|line| places.take_line(*line));
        for remark in remarks.iter().filter(|r| !r.text.trim().is_empty()) {
            let anchor = anchor(ground, remark);
            if beside(type_, sheet, &mut places, remark, anchor, area) {
                continue;
            }
            let numbered = anchor
                .is_some_and(|anchor| numbered(type_, sheet, &mut places, numbers + 1, anchor));
            numbers += usize::from(numbered);
            notes.push((numbered.then_some(numbers), &remark.text));
        }
    } else {
        let said = remarks.iter().map(|remark| (None, remark.text.as_str()));
        notes.extend(said);
    }
    notes.extend(guides.iter().map(|guide| (None, guide.label.as_str())));
    notes.retain(|(_, words)| !words.trim().is_empty());
    sheet.ground = ground;
    self::notes(type_, sheet, &notes, area, bottom)
}

/// The point that a remark speaks of. Of one that names only one axis, the middle of the other;
/// `None` where it names no place that the body has.
fn anchor(ground: &Ground, remark: &PlacedAnnotation) -> Option<Rect> {
    let at = |axis, at: Option<AxisPosition>| at.map(|at| ground.at(axis, at));
    let (x, y) = (at(AxisName::X, remark.x), at(AxisName::Y, remark.y));
    let (x, y) = if ground.is_turned { (y, x) } else { (x, y) };
    let (x, y) = match (x, y) {
        (Some(x), Some(y)) => (x?, y?),
        (Some(x), None) => (x?, ground.within.top()),
        (None, Some(y)) => (ground.within.right(), y?),
        (None, None) => return None,
    };
    Some(place::point(x, y))
}

/// Puts words beside their place, or at the end of a line. Whether there was room.
fn beside(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    places: &mut Places,
    remark: &PlacedAnnotation,
    anchor: Option<Rect>,
    area: Area,
) -> bool {
    let Some(anchor) = anchor else {
        return false;
    };
    let texts: Vec<Text> = WIDTHS_PT
        .iter()
        .filter(|width| **width <= area.width * WIDE_SHARE)
        .map(|width| {
            let font = theme::regular(size::CAPTION);
            type_.wrapped(&remark.text, font, type_.palette.text, *width)
        })
        .collect();
    let around = |text: &Text| Some((places.around(anchor, text.size, GAP_PT)?, None));
    let led = |text: &Text, farthest: f32| {
        let led = places.near(anchor, text.size, farthest)?;
        Some((led.rect, Some(led.leader)))
    };
    let first = |only_flat: bool, way: &dyn Fn(&Text) -> Option<Found>| {
        let fits = |text: &&Text| !only_flat || text.galley.rows.len() <= FLAT_ROWS;
        let mut texts = texts.iter().filter(fits);
        texts.find_map(|text| Some((way(text)?, text.clone())))
    };
    // Rather a little away in few lines than close in many.
    let found = first(true, &around)
        .or_else(|| first(true, &|text| led(text, NEAR_PT)))
        .or_else(|| first(false, &around))
        .or_else(|| first(true, &|text| led(text, f32::INFINITY)));
    let Some(((rect, leader), text)) = found else {
        return false;
    };
    if let Some(line) = leader {
        sheet.line(line[0], line[1], Stroke::new(1.0, type_.palette.text_muted));
        places.take_line(line);
    }
    places.take_text(rect);
    sheet.text(rect.min, text);
    true
}

/// Puts a number in a ring at a place, over marks if need be. Whether there was room.
fn numbered(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    places: &mut Places,
    number: usize,
    anchor: Rect,
) -> bool {
    let text = ring_number(type_, number);
    let size = Vec2::splat(RING_PT.max(text.size.x + 6.0));
    let over = places.texts_only();
    let found = places
        .around(anchor, size, 2.0)
        .map(|rect| (rect, None))
        .or_else(|| over.around(anchor, size, 2.0).map(|rect| (rect, None)))
        .or_else(|| {
            let led = over.near(anchor, size, f32::INFINITY)?;
            Some((led.rect, Some(led.leader)))
        });
    let Some((rect, leader)) = found else {
        return false;
    };
    if let Some([from, to]) = leader {
        sheet.line(from, to, Stroke::new(1.0, type_.palette.text_muted));
    }
    places.take_text(rect);
    ring(type_, sheet, rect, text);
    true
}

fn ring_number(type_: &Typesetter<'_>, number: usize) -> Text {
    let font = theme::semibold(size::CAPTION - 1.0);
    type_.line(&number.to_string(), font, type_.palette.text)
}

fn ring(type_: &Typesetter<'_>, sheet: &mut Sheet, rect: Rect, text: Text) {
    let p = type_.palette;
    let radius = rect.width() / 2.0 - 0.5;
    sheet.circle(
        rect.center(),
        radius,
        p.background,
        Stroke::new(1.0, p.text),
    );
    sheet.text_amid(rect, text);
}

/// The words that stand below the body, with their numbers. Returns the bottom.
fn notes(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    notes: &[(Option<usize>, &str)],
    area: Area,
    bottom: f32,
) -> f32 {
    let mut top = bottom;
    for (number, words) in notes {
        top += space::S;
        let mark = number.map(|number| ring_number(type_, number));
        let indent = mark
            .as_ref()
            .map_or(0.0, |text| RING_PT.max(text.size.x + 6.0) + space::S);
        let font = theme::regular(size::CAPTION);
        let text = type_.wrapped(words, font, type_.palette.text, area.width - indent);
        let line = text
            .galley
            .rows
            .first()
            .map_or(0.0, |_| size::CAPTION * 1.4);
        let rect = sheet.text(pos2(area.left + indent, top), text);
        if let Some(mark) = mark {
            let side = indent - space::S;
            let middle = pos2(area.left + side / 2.0, top + line / 2.0);
            let place = Rect::from_center_size(middle, Vec2::splat(side));
            ring(type_, sheet, place, mark);
        }
        top = rect.bottom().max(top + RING_PT);
    }
    top
}
