//! The margin: numbers of the paragraphs, how each sentence stands, citations whose words are
//! missing.

use super::block_layout::{marker_width_at, sentences_in};
use super::highlights::VisibleBlock;
use super::state::ReaderState;
use egui::{Align2, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use linchpin_app::command::{Command, ReaderCommand};
use linchpin_reading::coded_segments::segments_touching;
use linchpin_reading::{CodedSegment, SentenceCoverage, SentenceState};
use linchpin_render::theme::{self, reader_layout, size};

/// Room for the signs of the sentences that begin on one line, in points.
const SIGNS_PT: f32 = 40.0;
/// Between signs and text, in points. The sign of a phrase that begins a line hangs there.
const TEXT_GAP_PT: f32 = 18.0;

/// Paints the margin of a block.
pub(super) fn show(
    ui: &Ui,
    shown: &VisibleBlock<'_>,
    state: &mut ReaderState,
    out: &mut Vec<Command>,
) {
    let p = theme::palette_of(ui);
    let origin = shown.placed.origin;
    if shown.block.starts_paragraph {
        let y = shown
            .placed
            .layout
            .line_center_y(origin, shown.block.range.start);
        let at = pos2(origin.x - TEXT_GAP_PT - SIGNS_PT - 8.0, y);
        let number = shown.block.paragraph.to_string();
        let font = theme::regular(size::CAPTION);
        ui.painter()
            .text(at, Align2::RIGHT_CENTER, number, font, p.text_muted);
        broken_anchor_sign(ui, shown, at, out);
    }
    let sentences = sentences_in(shown.opened, &shown.block.range);
    let begins = |s: &&SentenceCoverage| shown.block.range.contains(&s.range.start);
    let mut lines: Vec<(f32, Vec<&SentenceCoverage>)> = Vec::new();
    for sentence in sentences.iter().filter(begins) {
        let y = shown
            .placed
            .layout
            .line_center_y(origin, sentence.range.start);
        match lines.last_mut() {
            Some((line, all)) if (*line - y).abs() < 2.0 => all.push(sentence),
            _ => lines.push((y, vec![sentence])),
        }
    }
    for (y, all) in lines {
        // Where many sentences begin on one line, their signs move together and stay out of the
        // numbers.
        let step = (SIGNS_PT / all.len() as f32).min(11.0);
        let width = step * all.len() as f32;
        let gap = TEXT_GAP_PT.max(hanging_width(shown, y));
        for (index, sentence) in all.into_iter().enumerate() {
            let x = origin.x - gap - width + step * (index as f32 + 0.5);
            sentence_sign(ui, shown, sentence, (pos2(x, y), step), state, out);
        }
    }
}

/// How far the signs of the phrases that begin a line reach into the margin, in points.
fn hanging_width(shown: &VisibleBlock<'_>, line_y: f32) -> f32 {
    let left = shown.placed.origin.x;
    let begins_line = |segment: &&CodedSegment| {
        let first = shown.rects(&segment.range).into_iter().next();
        first.is_some_and(|rect| rect.left() < left + 2.0 && rect.y_range().contains(line_y))
    };
    let mut phrases = shown.phrases().map(|(_, segment)| segment);
    let first = phrases.find(begins_line).map(|segment| segment.range.start);
    first.map_or(0.0, |byte| {
        marker_width_at(&shown.opened.spots.segments, byte) + 4.0
    })
}

/// The sign of a sentence: filled where it is coded, a dash where it was dismissed, an empty ring
/// where nobody has looked.
pub(super) fn paint_sign(painter: &Painter, at: Pos2, state: SentenceState, p: &theme::Palette) {
    match state {
        SentenceState::Coded => {
            painter.circle_filled(at, 3.6, p.accent);
        }
        SentenceState::Dismissed => {
            let ends = [at - vec2(3.6, 0.0), at + vec2(3.6, 0.0)];
            painter.line_segment(ends, Stroke::new(2.0, p.text_muted));
        }
        SentenceState::Open => {
            painter.circle_stroke(at, 3.4, Stroke::new(1.4, p.warning));
        }
    }
}

fn sentence_sign(
    ui: &Ui,
    shown: &VisibleBlock<'_>,
    sentence: &SentenceCoverage,
    (at, width): (Pos2, f32),
    state: &mut ReaderState,
    out: &mut Vec<Command>,
) {
    let p = theme::palette_of(ui);
    paint_sign(ui.painter(), at, sentence.state, p);
    let rect = Rect::from_center_size(at, vec2(width, reader_layout::LINE_HEIGHT_PT - 4.0));
    let id = ui.scope_id().with(("sentence", sentence.range.start));
    let response = ui.interact(rect, id, Sense::click());
    let here: Vec<(usize, &CodedSegment)> =
        segments_touching(&shown.opened.spots.segments, sentence.range.clone()).collect();
    let name = format!(
        "Sentence {} of paragraph {}: {}",
        sentence.number,
        sentence.paragraph,
        sentence_status(sentence.state, &here)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.has_focus() {
        let ring = Stroke::new(1.0, p.accent);
        ui.painter().circle_stroke(at, 6.0, ring);
    }
    if response.clicked() {
        out.push(Command::Reader(ReaderCommand::SetCursor(
            sentence.range.start,
        )));
        match here.as_slice() {
            [] => {}
            [(_, only)] => {
                let found = shown.app.register().find(&only.id);
                out.extend(found.map(Command::SelectRecord));
            }
            several => {
                let segments = several.iter().map(|(index, _)| *index).collect();
                state.record_choice = Some((rect.right_bottom(), segments));
            }
        }
    }
    response.on_hover_text(name);
}

/// How a sentence stands, in words.
fn sentence_status(state: SentenceState, here: &[(usize, &CodedSegment)]) -> String {
    let of = |dismissed: bool| {
        let segments = here
            .iter()
            .filter(|(_, segment)| segment.dismissal.is_some() == dismissed);
        let mut all: Vec<String> = segments
            .map(|(_, segment)| match &segment.dismissal {
                Some(dismissal) => dismissal.to_string(),
                None => segment.title.clone(),
            })
            .collect();
        all.dedup();
        all.join("; ")
    };
    match state {
        SentenceState::Coded => format!("coded: {}", of(false)),
        SentenceState::Dismissed => format!("dismissed as {}", of(true)),
        SentenceState::Open => "not looked at".into(),
    }
}

/// A sign for citations that name this paragraph and whose words stand nowhere in the text.
fn broken_anchor_sign(ui: &Ui, shown: &VisibleBlock<'_>, at: Pos2, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    let here = shown.opened.spots.broken_anchors.iter();
    let here: Vec<_> = here
        .filter(|broken| broken.paragraph == Some(shown.block.paragraph))
        .collect();
    let Some(first) = here.first() else { return };
    let at = at + vec2(-7.0, 20.0);
    let rect = Rect::from_center_size(at, vec2(16.0, 16.0));
    ui.painter().circle_filled(at, 7.0, p.error_soft);
    ui.painter()
        .circle_stroke(at, 7.0, Stroke::new(1.0, p.error));
    let font = theme::semibold(size::CAPTION);
    ui.painter()
        .text(at, Align2::CENTER_CENTER, "!", font, p.error);
    let id = ui.scope_id().with(("missing", shown.block.paragraph));
    let response = ui.interact(rect, id, Sense::click());
    let all = here.iter();
    let all: Vec<String> = all
        .map(|broken| {
            format!(
                "“{}” does not stand in this text: {}",
                broken.phrase, broken.title
            )
        })
        .collect();
    let name = all.join("\n");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.clicked()
        && let Some(at) = shown.app.register().find(&first.id)
    {
        out.push(Command::SelectRecord(at));
    }
    response.on_hover_text(name);
}
