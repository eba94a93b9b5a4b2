//! What is marked in the text: coded phrases, candidates, hits, what one came for. Each has a sign or a line of its own besides its color.

use super::lines::{Line, line, underline};
use super::set::{Placed, SIGN_PT, Sign, sign_text, signs};
use super::state::ReaderState;
use egui::{
    Align2, Color32, CornerRadius, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};
use linchpin_app::App;
use linchpin_app::command::{Command, ReaderCommand};
use linchpin_app::reader_document::ReaderDocument;
use linchpin_reading::spots::touching;
use linchpin_reading::{Block, Fit, SentenceState, Spot, Strength};
use linchpin_register::RecordKind;
use linchpin_register::tables::detail::label;
use linchpin_render::theme::{self, Palette, code, reading, size};

/// A block on screen, and what it is about.
pub(super) struct Shown<'s> {
    pub app: &'s App,
    pub opened: &'s ReaderDocument,
    pub block: &'s Block,
    pub placed: &'s Placed,
}

impl Shown<'_> {
    /// The coded phrases of the block with their numbers, dismissals left out.
    pub(super) fn phrases(&self) -> impl Iterator<Item = (usize, &Spot)> {
        let here = touching(&self.opened.spots.all, self.block.range.clone());
        here.filter(|(_, spot)| spot.reason.is_none())
    }

    pub(super) fn rects(&self, range: &std::ops::Range<usize>) -> Vec<Rect> {
        self.placed.set.rects(self.placed.origin, range)
    }
}

/// The color of a spot's marks.
pub(super) fn tone(spot: &Spot, p: &Palette) -> Color32 {
    match spot.strength {
        Some(Strength::Step(rank)) => p.ladder[usize::from(rank.min(6))],
        Some(Strength::Unranked) => p.unranked[1],
        None => p.text_muted,
    }
}

/// What is behind the letters.
pub(super) fn behind(ui: &Ui, shown: &Shown<'_>, state: &ReaderState) {
    let (p, code) = (theme::of(ui), code::of(ui));
    let fill = |rects: Vec<Rect>, color: Color32| {
        for rect in rects {
            let rect = rect.expand2(vec2(1.0, 0.5));
            ui.painter().rect_filled(rect, CornerRadius::same(2), color);
        }
    };
    // Longer ones first, so that what stands inside of them is seen.
    for (_, spot) in shown.phrases() {
        let ground = match spot.strength {
            Some(_) => reading::ground(p, tone(spot, p)),
            None => p.surface,
        };
        fill(shown.rects(&spot.range), ground);
    }
    let stop = shown.app.stop();
    if let Some(stop) = stop {
        fill(shown.rects(&stop.range), p.accent_soft);
    }
    if state.find.is_open {
        let from = state
            .find
            .hits
            .partition_point(|hit| hit.end <= shown.block.range.start);
        let hits = state.find.hits.iter().enumerate().skip(from);
        for (index, hit) in hits.take_while(|(_, hit)| hit.start < shown.block.range.end) {
            let rects = shown.rects(hit);
            fill(rects.clone(), p.hit);
            if index == state.find.at {
                outline(ui, &rects, Stroke::new(1.5, p.text));
            }
        }
    }
    if let Some(mark) = &state.mark {
        let span = shown.opened.prose.span(shown.block.paragraph);
        match span.as_ref() == Some(mark) {
            // A whole paragraph has a bar beside it.
            true => {
                let left = shown.placed.origin.x - 22.0;
                let bottom = shown.placed.origin.y + shown.placed.set.galley.size().y;
                let y = shown.placed.origin.y..=bottom;
                ui.painter().vline(left, y, Stroke::new(3.0, p.accent));
            }
            false => {
                fill(shown.rects(mark), p.hit);
                outline(ui, &shown.rects(mark), Stroke::new(1.0, p.warning));
            }
        }
    }
    if let Some(selected) = state.selection {
        fill(shown.rects(&selected.range()), code.selection);
    }
}

fn outline(ui: &Ui, rects: &[Rect], stroke: Stroke) {
    for rect in rects {
        let rect = rect.expand2(vec2(1.5, 1.0));
        ui.painter()
            .rect_stroke(rect, CornerRadius::same(3), stroke, StrokeKind::Inside);
    }
}

/// What is before the letters: lines below coded phrases, their signs, the frames of candidates.
pub(super) fn before(ui: &Ui, shown: &Shown<'_>) {
    let p = theme::of(ui);
    let selected = shown.app.view.selected.as_deref();
    // Phrases that overlap have their lines below each other.
    let mut lanes: Vec<usize> = Vec::new();
    for (_, spot) in shown.phrases() {
        let free = lanes.iter().position(|end| *end <= spot.range.start);
        let lane = free.unwrap_or(lanes.len());
        match lanes.get_mut(lane) {
            Some(end) => *end = spot.range.end,
            None => lanes.push(spot.range.end),
        }
        let ink = tone(spot, p);
        let rects = shown.rects(&spot.range);
        for rect in &rects {
            let y = rect.bottom() + 0.5 + 3.0 * lane.min(2) as f32;
            underline(ui.painter(), line(spot.kind), rect.x_range(), y, ink);
        }
        if selected == Some(spot.id.as_str()) {
            outline(ui, &rects, Stroke::new(1.5, p.accent));
        }
    }
    chips(ui, shown);
    if shown.app.view.reading.coding.is_some() {
        candidates(ui, shown);
    }
}

/// The signs before coded phrases: those that begin together stand side by side.
fn chips(ui: &Ui, shown: &Shown<'_>) {
    let p = theme::of(ui);
    let mut last: Option<(usize, f32)> = None;
    let spots: Vec<&Spot> = shown.phrases().map(|(_, spot)| spot).collect();
    for spot in spots.iter().rev() {
        if !shown.block.range.contains(&spot.range.start) {
            continue;
        }
        let Some(first) = shown.rects(&spot.range).into_iter().next() else {
            continue;
        };
        let same = last.filter(|(start, _)| *start == spot.range.start);
        let mut right = same.map_or(first.left() - 2.0, |(_, left)| left);
        let all: Vec<Sign> = signs(spot).collect();
        for sign in all.into_iter().rev() {
            let rect = Rect::from_min_max(
                pos2(right - SIGN_PT + 2.0, first.top() + 2.0),
                pos2(right, first.bottom() - 3.0),
            );
            chip(ui, rect, sign, spot, p);
            right -= SIGN_PT;
        }
        last = Some((spot.range.start, right));
    }
}

fn chip(ui: &Ui, rect: Rect, sign: Sign, spot: &Spot, p: &Palette) {
    let corner = CornerRadius::same(3);
    let ink = match sign {
        Sign::Step(_) | Sign::Unranked => {
            let fill = tone(spot, p);
            ui.painter().rect_filled(rect, corner, fill);
            theme::ink_on(fill)
        }
        Sign::Normalized | Sign::Moved => {
            let line = Stroke::new(1.0, p.warning);
            ui.painter().rect_filled(rect, corner, p.warning_soft);
            ui.painter()
                .rect_stroke(rect, corner, line, StrokeKind::Inside);
            p.warning
        }
    };
    let font = theme::semibold(size::CAPTION - 1.0);
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        sign_text(sign),
        font,
        ink,
    );
}

/// What may be worth a record, with a frame that says how it is proposed; the one at which the keyboard is stands out.
fn candidates(ui: &Ui, shown: &Shown<'_>) {
    let p = theme::of(ui);
    let range = &shown.block.range;
    for name in shown.opened.name_ranges.iter() {
        if name.start < range.end && name.end > range.start {
            for rect in shown.rects(name) {
                underline(
                    ui.painter(),
                    Line::Dots,
                    rect.x_range(),
                    rect.bottom(),
                    p.text_muted,
                );
            }
        }
    }
    let stops = &shown.opened.stops;
    let from = stops.partition_point(|stop| stop.sentence.end <= range.start);
    let here = stops.iter().skip(from);
    for stop in here.take_while(|stop| stop.sentence.start < range.end) {
        if stop.candidate.is_none() || stop.state != SentenceState::Open {
            continue;
        }
        let is_held = stop.candidate.as_ref().is_some_and(|c| c.held.is_some());
        for rect in shown.rects(&stop.range) {
            let rect = rect.expand2(vec2(1.5, 1.0));
            let (dash, stroke) = match is_held {
                true => (2.0, Stroke::new(1.0, p.text_muted)),
                false => (5.0, Stroke::new(1.3, p.accent)),
            };
            let corners = [
                rect.left_top(),
                rect.right_top(),
                rect.right_bottom(),
                rect.left_bottom(),
                rect.left_top(),
            ];
            ui.painter()
                .extend(egui::Shape::dashed_line(&corners, stroke, dash, dash * 0.7));
        }
    }
    if let Some(stop) = shown.app.stop() {
        outline(ui, &shown.rects(&stop.range), Stroke::new(2.0, p.accent));
    }
}

/// Clicks on coded phrases: one record is selected; of several, one is chosen.
pub(super) fn clicks(ui: &Ui, shown: &Shown<'_>, state: &mut ReaderState, out: &mut Vec<Command>) {
    let all: Vec<(usize, &Spot)> = shown.phrases().collect();
    for (index, spot) in &all {
        for (row, rect) in shown.rects(&spot.range).into_iter().enumerate() {
            let id = ui.scope_id().with(("phrase", index, row));
            let response = ui.interact(rect, id, Sense::click());
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            if row == 0 && shown.block.range.contains(&spot.range.start) {
                response.widget_info(|| WidgetInfo::labeled(Role::Link, true, said(spot)));
            }
            if response.hovered() {
                let place = ui.input(|i| i.pointer.hover_pos());
                let byte = place.map(|at| shown.placed.set.byte_at(shown.placed.origin, at));
                let words = hint(&all, spot, byte);
                response.clone().on_hover_text_at_pointer(words);
            }
            if !response.clicked() {
                continue;
            }
            let place = response.interact_pointer_pos();
            let byte = place.map_or(spot.range.start, |at| {
                shown.placed.set.byte_at(shown.placed.origin, at)
            });
            out.push(Command::Reader(ReaderCommand::SetCursor(spot.range.start)));
            state.selection = None;
            let mut here: Vec<usize> = at(&all, byte).map(|(index, _)| *index).collect();
            if here.is_empty() {
                here.push(*index);
            }
            if here.len() > 1 {
                state.choice = Some((place.unwrap_or(rect.left_bottom()), here));
            } else if let Some(at) = shown.app.register().find(&spot.id) {
                out.push(Command::SelectRecord(at));
            }
        }
    }
}

/// The phrases at a byte.
fn at<'a, 's>(
    all: &'a [(usize, &'s Spot)],
    byte: usize,
) -> impl Iterator<Item = &'a (usize, &'s Spot)> {
    all.iter()
        .filter(move |(_, spot)| spot.range.contains(&byte))
}

fn hint(all: &[(usize, &Spot)], spot: &Spot, byte: Option<usize>) -> String {
    let here = byte.map(|byte| {
        at(all, byte)
            .map(|(_, spot)| said(spot))
            .collect::<Vec<_>>()
    });
    match here {
        Some(here) if here.len() > 1 => here.join("\n"),
        _ => said(spot),
    }
}

/// A coded phrase in words: "Commitment, step 5: Keep the force level".
pub(super) fn said(spot: &Spot) -> String {
    let step = match spot.strength {
        Some(Strength::Step(rank)) => format!(", step {rank}"),
        Some(Strength::Unranked) => ", without a rank".into(),
        None => String::new(),
    };
    let fit = match spot.fit {
        Fit::Exact => String::new(),
        Fit::Normalized => " (found but for quotation marks, dashes, case or spaces)".into(),
        Fit::Moved(0) => " (found without a paragraph)".into(),
        Fit::Moved(from) => format!(" (the citation says paragraph {from})"),
    };
    format!("{}{step}: {}{fit}", label(spot.kind.what()), spot.title)
}

/// The kinds of records that are marked in a text, in their order.
pub(super) fn kinds(opened: &ReaderDocument) -> Vec<RecordKind> {
    let spots = opened.spots.all.iter().filter(|spot| spot.reason.is_none());
    let mut all: Vec<RecordKind> = spots.map(|spot| spot.kind).collect();
    all.sort_unstable();
    all.dedup();
    all
}
