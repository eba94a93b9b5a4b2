//! What is marked in the text: coded phrases, candidates, search hits, the place that was asked
//! for. Each has a sign or a line of its own besides its color. A click selects the record; of
//! several, one is chosen.

use super::block_layout::{MARKER_PT, PhraseMarker, PlacedBlock, marker_text, phrase_markers};
use super::state::ReaderState;
use crate::widgets;
use egui::{
    Align2, Color32, CornerRadius, CursorIcon, Id, Key, Painter, Popup, PopupCloseBehavior, Rangef,
    Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use linchpin_app::App;
use linchpin_app::command::{Command, ReaderCommand};
use linchpin_app::reader::ReaderDocument;
use linchpin_reading::coded_segments::segments_touching;
use linchpin_reading::{
    AnchorStatus, CodedSegment, CommitmentStrength, ReaderBlock, SentenceState,
};
use linchpin_register::RecordKind;
use linchpin_register::tables::record_detail::field_label;
use linchpin_render::theme::{self, Palette, editor_colors, reader_layout, size};

/// A block on screen, and what it is about.
pub(super) struct VisibleBlock<'s> {
    pub app: &'s App,
    pub opened: &'s ReaderDocument,
    pub block: &'s ReaderBlock,
    pub placed: &'s PlacedBlock,
}

impl VisibleBlock<'_> {
    /// The coded phrases of the block with their numbers, dismissals left out.
    pub(super) fn phrases(&self) -> impl Iterator<Item = (usize, &CodedSegment)> {
        let here = segments_touching(&self.opened.spots.segments, self.block.range.clone());
        here.filter(|(_, segment)| segment.dismissal.is_none())
    }

    pub(super) fn rects(&self, range: &std::ops::Range<usize>) -> Vec<Rect> {
        self.placed.layout.rects(self.placed.origin, range)
    }
}

/// The color of a segment's marks.
fn phrase_color(segment: &CodedSegment, p: &Palette) -> Color32 {
    match segment.strength {
        Some(CommitmentStrength::Step(rank)) => p.ladder[usize::from(rank.min(6))],
        Some(CommitmentStrength::Unranked) => p.unranked[1],
        None => p.text_muted,
    }
}

/// What is behind the letters.
pub(super) fn paint_behind(ui: &Ui, shown: &VisibleBlock<'_>, state: &ReaderState) {
    let (p, code) = (theme::palette_of(ui), editor_colors::editor_colors(ui));
    let fill = |rects: Vec<Rect>, color: Color32| {
        for rect in rects {
            let rect = rect.expand2(vec2(1.0, 0.5));
            ui.painter().rect_filled(rect, CornerRadius::same(2), color);
        }
    };
    // Longer ones first, so that what stands inside of them is seen.
    for (_, segment) in shown.phrases() {
        let background = match segment.strength {
            Some(_) => reader_layout::highlight_color(p, phrase_color(segment, p)),
            None => p.surface,
        };
        fill(shown.rects(&segment.range), background);
    }
    let item = shown.app.stop();
    if let Some(item) = item {
        fill(shown.rects(&item.range), p.accent_soft);
    }
    if state.find.is_open {
        let from = state
            .find
            .matches
            .partition_point(|hit| hit.end <= shown.block.range.start);
        let hits = state.find.matches.iter().enumerate().skip(from);
        for (index, hit) in hits.take_while(|(_, hit)| hit.start < shown.block.range.end) {
            let rects = shown.rects(hit);
            fill(rects.clone(), p.search_hit);
            if index == state.find.current_index {
                paint_outline(ui, &rects, Stroke::new(1.5, p.text));
            }
        }
    }
    if let Some(mark) = &state.highlight {
        let span = shown.opened.prose.span(shown.block.paragraph);
        match span.as_ref() == Some(mark) {
            // A whole paragraph has a bar next to it.
            true => {
                let left = shown.placed.origin.x - 22.0;
                let bottom = shown.placed.origin.y + shown.placed.layout.galley.size().y;
                let y = shown.placed.origin.y..=bottom;
                ui.painter().vline(left, y, Stroke::new(3.0, p.accent));
            }
            false => {
                fill(shown.rects(mark), p.search_hit);
                paint_outline(ui, &shown.rects(mark), Stroke::new(1.0, p.warning));
            }
        }
    }
    if let Some(selected) = state.selection {
        fill(shown.rects(&selected.range()), code.selection);
    }
}

fn paint_outline(ui: &Ui, rects: &[Rect], stroke: Stroke) {
    for rect in rects {
        let rect = rect.expand2(vec2(1.5, 1.0));
        ui.painter()
            .rect_stroke(rect, CornerRadius::same(3), stroke, StrokeKind::Inside);
    }
}

/// What is before the letters: lines below coded phrases, their signs, the frames of candidates.
pub(super) fn paint_in_front(ui: &Ui, shown: &VisibleBlock<'_>) {
    let p = theme::palette_of(ui);
    let selected = shown.app.view.selected.as_deref();
    // Phrases that overlap have their lines below each other.
    let mut lanes: Vec<usize> = Vec::new();
    for (_, segment) in shown.phrases() {
        let free = lanes.iter().position(|end| *end <= segment.range.start);
        let lane = free.unwrap_or(lanes.len());
        match lanes.get_mut(lane) {
            Some(end) => *end = segment.range.end,
            None => lanes.push(segment.range.end),
        }
        let color = phrase_color(segment, p);
        let rects = shown.rects(&segment.range);
        for rect in &rects {
            // More than three lines would reach the letters of the next row.
            let y = rect.bottom() + 0.5 + 3.0 * lane.min(2) as f32;
            paint_underline(
                ui.painter(),
                underline_style(segment.kind),
                rect.x_range(),
                y,
                color,
            );
        }
        if selected == Some(segment.id.as_str()) {
            paint_outline(ui, &rects, Stroke::new(1.5, p.accent));
        }
    }
    phrase_chips(ui, shown);
    if shown.app.view.reading.coding.is_some() {
        paint_candidates(ui, shown);
    }
}

/// The signs before coded phrases: those that begin together stand side by side.
fn phrase_chips(ui: &Ui, shown: &VisibleBlock<'_>) {
    let p = theme::palette_of(ui);
    let mut last: Option<(usize, f32)> = None;
    let segments: Vec<&CodedSegment> = shown.phrases().map(|(_, segment)| segment).collect();
    // From the last to the first: signs grow to the left from where the phrase begins, and those of
    // an outer phrase stand before those of an inner one.
    for segment in segments.iter().rev() {
        if !shown.block.range.contains(&segment.range.start) {
            continue;
        }
        let Some(first) = shown.rects(&segment.range).into_iter().next() else {
            continue;
        };
        let same = last.filter(|(start, _)| *start == segment.range.start);
        let mut right = same.map_or(first.left() - 2.0, |(_, left)| left);
        let all: Vec<PhraseMarker> = phrase_markers(segment).collect();
        for sign in all.into_iter().rev() {
            let rect = Rect::from_min_max(
                pos2(right - MARKER_PT + 2.0, first.top() + 2.0),
                pos2(right, first.bottom() - 3.0),
            );
            paint_chip(ui, rect, sign, segment, p);
            right -= MARKER_PT;
        }
        last = Some((segment.range.start, right));
    }
}

fn paint_chip(ui: &Ui, rect: Rect, sign: PhraseMarker, segment: &CodedSegment, p: &Palette) {
    let corner = CornerRadius::same(3);
    let color = match sign {
        PhraseMarker::Step(_) | PhraseMarker::Unranked => {
            let fill = phrase_color(segment, p);
            ui.painter().rect_filled(rect, corner, fill);
            theme::text_color_on(fill)
        }
        PhraseMarker::Normalized | PhraseMarker::Moved => {
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
        marker_text(sign),
        font,
        color,
    );
}

/// What may be worth a record, with a frame that says how it is proposed; the one at which the
/// keyboard is stands out.
fn paint_candidates(ui: &Ui, shown: &VisibleBlock<'_>) {
    let p = theme::palette_of(ui);
    let range = &shown.block.range;
    for name in shown.opened.name_ranges.iter() {
        if name.start < range.end && name.end > range.start {
            for rect in shown.rects(name) {
                paint_underline(
                    ui.painter(),
                    UnderlineStyle::Dotted,
                    rect.x_range(),
                    rect.bottom(),
                    p.text_muted,
                );
            }
        }
    }
    let items = &shown.opened.stops;
    let from = items.partition_point(|item| item.sentence.end <= range.start);
    let here = items.iter().skip(from);
    for item in here.take_while(|item| item.sentence.start < range.end) {
        if item.candidate.is_none() || item.state != SentenceState::Open {
            continue;
        }
        let is_excluded = item
            .candidate
            .as_ref()
            .is_some_and(|c| c.excluded.is_some());
        for rect in shown.rects(&item.range) {
            let rect = rect.expand2(vec2(1.5, 1.0));
            let (dash, stroke) = match is_excluded {
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
    if let Some(item) = shown.app.stop() {
        paint_outline(ui, &shown.rects(&item.range), Stroke::new(2.0, p.accent));
    }
}

/// Clicks on coded phrases: one record is selected; of several, one is chosen.
pub(super) fn handle_clicks(
    ui: &Ui,
    shown: &VisibleBlock<'_>,
    state: &mut ReaderState,
    out: &mut Vec<Command>,
) {
    let all: Vec<(usize, &CodedSegment)> = shown.phrases().collect();
    for (index, segment) in &all {
        for (row, rect) in shown.rects(&segment.range).into_iter().enumerate() {
            let id = ui.scope_id().with(("phrase", index, row));
            let response = ui.interact(rect, id, Sense::click());
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            // One name for a phrase, on however many lines it stands: a screen reader would repeat
            // it.
            if row == 0 && shown.block.range.contains(&segment.range.start) {
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::Link, true, phrase_description(segment))
                });
            }
            if response.hovered() {
                let place = ui.input(|i| i.pointer.hover_pos());
                let byte = place.map(|at| shown.placed.layout.byte_at(shown.placed.origin, at));
                let text = hover_text(&all, segment, byte);
                response.clone().on_hover_text_at_pointer(text);
            }
            if !response.clicked() {
                continue;
            }
            let place = response.interact_pointer_pos();
            let byte = place.map_or(segment.range.start, |at| {
                shown.placed.layout.byte_at(shown.placed.origin, at)
            });
            out.push(Command::Reader(ReaderCommand::SetCursor(
                segment.range.start,
            )));
            state.selection = None;
            let mut here: Vec<usize> = segments_at(&all, byte).map(|(index, _)| *index).collect();
            // On the right half of its last letter, the nearest byte is the one behind the phrase.
            if here.is_empty() {
                here.push(*index);
            }
            if here.len() > 1 {
                state.record_choice = Some((place.unwrap_or(rect.left_bottom()), here));
            } else if let Some(at) = shown.app.register().find(&segment.id) {
                out.push(Command::SelectRecord(at));
            }
        }
    }
}

/// The phrases at a byte.
fn segments_at<'a, 's>(
    all: &'a [(usize, &'s CodedSegment)],
    byte: usize,
) -> impl Iterator<Item = &'a (usize, &'s CodedSegment)> {
    all.iter()
        .filter(move |(_, segment)| segment.range.contains(&byte))
}

fn hover_text(
    all: &[(usize, &CodedSegment)],
    segment: &CodedSegment,
    byte: Option<usize>,
) -> String {
    let here = byte.map(|byte| {
        segments_at(all, byte)
            .map(|(_, segment)| phrase_description(segment))
            .collect::<Vec<_>>()
    });
    match here {
        Some(here) if here.len() > 1 => here.join("\n"),
        _ => phrase_description(segment),
    }
}

/// A coded phrase in words: "Commitment, step 5: Keep the force level".
fn phrase_description(segment: &CodedSegment) -> String {
    let step = match segment.strength {
        Some(CommitmentStrength::Step(rank)) => format!(", step {rank}"),
        Some(CommitmentStrength::Unranked) => ", without a rank".into(),
        None => String::new(),
    };
    let fit = match segment.anchor_status {
        AnchorStatus::Exact => String::new(),
        AnchorStatus::Normalized => {
            " (found but for quotation marks, dashes, case or spaces)".into()
        }
        AnchorStatus::Moved(0) => " (found without a paragraph)".into(),
        AnchorStatus::Moved(from) => format!(" (the citation says paragraph {from})"),
    };
    format!(
        "{}{step}: {}{fit}",
        field_label(segment.kind.what()),
        segment.title
    )
}

/// The kinds of records that are marked in a text, in their order.
pub(super) fn marked_kinds(opened: &ReaderDocument) -> Vec<RecordKind> {
    let segments = opened
        .spots
        .segments
        .iter()
        .filter(|segment| segment.dismissal.is_none());
    let mut all: Vec<RecordKind> = segments.map(|segment| segment.kind).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnderlineStyle {
    Thick,
    Double,
    Dashed,
    LongDashed,
    Dotted,
    Wavy,
    Thin,
}

/// The line of a kind of record.
pub(super) fn underline_style(kind: RecordKind) -> UnderlineStyle {
    match kind {
        RecordKind::Commitment => UnderlineStyle::Thick,
        RecordKind::Figure => UnderlineStyle::Double,
        RecordKind::Body => UnderlineStyle::Dashed,
        RecordKind::Instrument => UnderlineStyle::LongDashed,
        RecordKind::Event => UnderlineStyle::Dotted,
        RecordKind::Concern => UnderlineStyle::Wavy,
        _ => UnderlineStyle::Thin,
    }
}

/// Draws a line.
pub(super) fn paint_underline(
    painter: &Painter,
    line: UnderlineStyle,
    x: Rangef,
    y: f32,
    color: Color32,
) {
    let ends = [pos2(x.min, y), pos2(x.max, y)];
    let thin = Stroke::new(1.2, color);
    match line {
        UnderlineStyle::Thick => {
            painter.line_segment(ends, Stroke::new(2.2, color));
        }
        UnderlineStyle::Thin => {
            painter.line_segment(ends, thin);
        }
        UnderlineStyle::Double => {
            painter.line_segment(ends, Stroke::new(1.0, color));
            let below = ends.map(|end| pos2(end.x, end.y + 2.4));
            painter.line_segment(below, Stroke::new(1.0, color));
        }
        UnderlineStyle::Dashed => {
            painter.extend(Shape::dashed_line(&ends, thin, 4.0, 2.5));
        }
        UnderlineStyle::LongDashed => {
            painter.extend(Shape::dashed_line(&ends, thin, 11.0, 3.0));
        }
        UnderlineStyle::Dotted => {
            painter.extend(Shape::dotted_line(&ends, color, 3.5, 0.8));
        }
        UnderlineStyle::Wavy => {
            let mut points = Vec::new();
            let mut at = x.min;
            while at < x.max && points.len() < 2_000 {
                let up = points.len() % 2 == 0;
                points.push(pos2(at, if up { y + 1.0 } else { y - 1.0 }));
                at += 2.5;
            }
            painter.add(Shape::line(points, Stroke::new(1.0, color)));
        }
    }
}

/// Asks which record is meant where several stand at the words that were clicked.
pub(super) fn record_chooser(
    ui: &Ui,
    app: &App,
    opened: &ReaderDocument,
    state: &mut ReaderState,
    out: &mut Vec<Command>,
) {
    let Some((place, segments)) = &state.record_choice else {
        return;
    };
    let mut open = true;
    Popup::new(
        Id::unique("which record"),
        ui.ctx().clone(),
        *place,
        ui.layer_id(),
    )
    .open_bool(&mut open)
    .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
    .show(|ui| {
        ui.set_min_width(260.0);
        ui.set_max_width(420.0);
        widgets::caption(ui, "Several records stand here");
        for index in segments {
            let Some(segment) = opened.spots.segments.get(*index) else {
                continue;
            };
            let text = match &segment.dismissal {
                Some(reason) => format!("Dismissed: {reason}"),
                None => phrase_description(segment),
            };
            if ui.button(text).clicked() {
                out.extend(app.register().find(&segment.id).map(Command::SelectRecord));
                ui.close();
            }
        }
    });
    if !open || ui.input(|i| i.key_pressed(Key::Escape)) {
        state.record_choice = None;
    }
}
