//! Problems where they stand: a line under the words, a sign next to the number, the message at the
//! pointer.

use super::line_layout::{LINE_HEIGHT_PT, LineLayout, LineLayouter};
use super::pointer::offset_at;
use super::state::{EditorState, ScrollPosition};
use super::text_position;
use super::viewport::EditorViewport;
use super::{EditorText, LanguageService};
use crate::widgets;
use egui::{
    Color32, Painter, PopupAnchor, Pos2, Rect, Response, RichText, Role, Sense, Shape, Stroke,
    Tooltip, Ui, WidgetInfo, pos2, vec2,
};
use linchpin_render::theme::{self, Palette, size};
use ron_lossless::{Diagnostic, Severity, Span};

/// The most messages shown at once.
const MAX_SHOWN: usize = 4;
/// The narrowest line under a place, in points.
const MIN_UNDERLINE_PT: f32 = 8.0;

fn severity_color(severity: Severity, p: &Palette) -> Color32 {
    match severity {
        Severity::Error => p.error,
        Severity::Warning => p.warning,
    }
}

/// Whether a problem concerns a line. One that goes over several lines is marked on its first only
/// as far as they are in view.
pub(super) fn touches_line(problem: &Diagnostic, line: Span, text: &str) -> bool {
    let end = text.len() as u32;
    let start = problem.span.start.min(end);
    start <= line.end && (problem.span.end > line.start || start >= line.start)
}

/// Draws a wavy line under every place in a line that has a problem. `origin` is where the line
/// begins.
pub(super) fn paint_underlines(
    painter: &Painter,
    (text, problems): (&str, &[&Diagnostic]),
    row: &LineLayout,
    line: Span,
    origin: Pos2,
    p: &Palette,
) {
    let concerned = problems.iter().filter(|p| touches_line(p, line, text));
    for problem in concerned {
        if let Some((from, to)) = underline_range(problem, row, line, text) {
            let y = origin.y + LINE_HEIGHT_PT - 3.5;
            let stroke = Stroke::new(1.3, severity_color(problem.severity, p));
            paint_wave(painter, origin.x + from, origin.x + to, y, stroke);
        }
    }
}

/// From where to where a problem goes in its line, in points from the line's start.
fn underline_range(
    problem: &Diagnostic,
    row: &LineLayout,
    line: Span,
    text: &str,
) -> Option<(f32, f32)> {
    let goes_on = problem.span.start < line.start;
    let start = match goes_on {
        true => text_position::indent_end(text, line),
        false => problem.span.start,
    };
    let end = problem.span.end.min(line.end);
    let is_in_line = start <= line.end && !(goes_on && end <= start);
    // Of a very long line only a part is laid out.
    if !is_in_line || start > row.span.end || end.max(start) < row.span.start {
        return None;
    }
    let (from, to) = (row.x_of(text, start), row.x_of(text, end.max(start)));
    Some((from, to.max(from + MIN_UNDERLINE_PT)))
}

fn paint_wave(painter: &Painter, from: f32, to: f32, y: f32, stroke: Stroke) {
    let clip = painter.clip_rect();
    // A place may be as wide as a line of a megabyte; only what is in view becomes points.
    let (from, to) = (from.max(clip.left() - 8.0), to.min(clip.right() + 8.0));
    let steps = ((to - from) / 3.0).ceil().max(0.0) as usize;
    let points: Vec<Pos2> = (0..=steps)
        .map(|at| {
            pos2(
                (from + at as f32 * 3.0).min(to),
                y + if at % 2 == 0 { 1.2 } else { -1.2 },
            )
        })
        .collect();
    painter.add(Shape::line(points, stroke));
}

/// Puts a sign next to every line in which a problem begins; the place of the one that was clicked.
pub(super) fn gutter_signs(
    ui: &Ui,
    source: &EditorText<'_>,
    scroll: &ScrollPosition,
    viewport: &EditorViewport,
) -> Option<Span> {
    let (first, last) = viewport.visible_range(scroll);
    let seen = viewport.visible_span(scroll, source.lines);
    let end = source.text.len() as u32;
    let in_view = |p: &&Diagnostic| (seen.start..=seen.end).contains(&p.span.start.min(end));
    let mut here: Vec<(u32, &Diagnostic)> = source
        .problems
        .iter()
        .filter(in_view)
        .map(|p| (source.lines.line_at(p.span.start.min(end)), p))
        .filter(|(number, _)| (first..=last).contains(number))
        .collect();
    // Errors sort before warnings, so that of several in a line the worst keeps the sign.
    here.sort_by_key(|(number, problem)| (*number, problem.severity, problem.span.start));
    here.dedup_by_key(|(number, _)| *number);
    let clip = viewport.gutter.intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(clip);
    let mut clicked = None;
    for (number, problem) in here {
        let y = viewport.line_top(scroll, number);
        let rect = Rect::from_min_size(
            pos2(viewport.gutter.left() + 2.0, y),
            vec2(16.0, LINE_HEIGHT_PT),
        );
        let id = ui.scope_id().with(("sign", number));
        // It takes drags as well: the numbers behind it would have them.
        let response = ui.interact(rect.intersect(clip), id, Sense::click_and_drag());
        response.widget_info(|| {
            let label = format!("Line {number}, {}: {}", problem.severity, problem.message);
            WidgetInfo::labeled(Role::Button, true, label)
        });
        paint_sign(
            &painter,
            rect.center(),
            problem.severity,
            theme::palette_of(ui),
        );
        if response.clicked() {
            clicked = Some(problem.span);
        }
        response.on_hover_ui(|ui| problem_tooltip(ui, problem));
    }
    clicked
}

/// A disk for an error, a triangle for a warning.
pub(super) fn paint_sign(painter: &Painter, at: Pos2, severity: Severity, p: &Palette) {
    let color = severity_color(severity, p);
    match severity {
        Severity::Error => {
            painter.circle_filled(at, 4.5, color);
        }
        Severity::Warning => {
            let corners = vec![
                at + vec2(0.0, -5.0),
                at + vec2(5.5, 4.5),
                at + vec2(-5.5, 4.5),
            ];
            painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
        }
    }
}

fn problem_tooltip(ui: &mut Ui, problem: &Diagnostic) {
    let p = theme::palette_of(ui);
    ui.set_max_width(420.0);
    let word = match problem.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    };
    ui.label(
        RichText::new(word)
            .font(theme::semibold(size::CAPTION))
            .color(severity_color(problem.severity, p)),
    );
    ui.label(&problem.message);
    if let Some(help) = &problem.help {
        widgets::caption(ui, format!("What helps: {help}"));
    }
}

/// Says at the pointer, when it rests, what is wrong with the words there, or what they mean.
pub(super) fn show_hover(
    ui: &Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    viewport: &EditorViewport,
    page: &Response,
    service: &LanguageService<'_>,
) {
    let Some(pos) = page
        .hover_pos()
        .filter(|_| !state.completion_popup.is_open())
    else {
        return;
    };
    let delay = f64::from(ui.style().interaction.tooltip_delay);
    let rest = f64::from(ui.input(|i| i.pointer.time_since_last_movement()));
    if rest < delay || ui.input(|i| i.pointer.any_down()) {
        let wait = std::time::Duration::from_secs_f64((delay - rest).max(0.01));
        ui.ctx().request_repaint_after(wait);
        return;
    }
    let down =
        f64::from((pos.y - viewport.text_area.top()) / LINE_HEIGHT_PT) + state.scroll.top_lines;
    if down >= f64::from(viewport.line_count) {
        return;
    }
    let number = viewport.line_at(&state.scroll, pos.y);
    let line = text_position::line_span(source.text, source.lines, number);
    let x = pos.x - viewport.text_left(&state.scroll);
    let row = LineLayouter::new(ui, source, &mut state.long_lines).visible_line(
        number,
        x - 1.0,
        x + 1.0,
        &[],
        None,
    );
    let is_at = |problem: &&Diagnostic| {
        touches_line(problem, line, source.text)
            && underline_range(problem, &row, line, source.text)
                .is_some_and(|(a, b)| a <= x && x <= b)
    };
    let here: Vec<&Diagnostic> = source
        .problems
        .iter()
        .filter(is_at)
        .take(MAX_SHOWN)
        .collect();
    let is_on_words = x >= 0.0 && x <= row.end_x;
    let text = if is_on_words {
        let at = offset_at(ui, source, state, viewport, pos);
        (service.hover)(at)
    } else {
        None
    };
    if here.is_empty() && text.is_none() {
        return;
    }
    let layer = ui.layer_id();
    let id = page.id.with("said");
    Tooltip::always_open(ui.ctx().clone(), layer, id, PopupAnchor::Pointer)
        .gap(12.0)
        .show(|ui| {
            ui.set_max_width(420.0);
            for problem in here {
                problem_tooltip(ui, problem);
            }
            if let Some(text) = text {
                ui.label(text);
            }
        });
}
