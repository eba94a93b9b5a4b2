//! Paints what is in view, and describes it to a screen reader.

use super::highlighter::HighlightKind;
use super::line_layout::{FONT_SIZE_PT, LINE_HEIGHT_PT, LineLayout, LineLayouter};
use super::state::EditorState;
use super::text_position::TextSelection;
use super::viewport::{EditorViewport, TEXT_PADDING_PT};
use super::{EditorText, problem_marks, text_position};
use egui::accesskit::{Action, ActionData};
use egui::emath::{GuiRounding as _, TSTransform};
use egui::text::{CCursor, CCursorRange};
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::text_selection::visuals::paint_text_cursor;
use egui::{
    CornerRadius, Event, Id, Painter, Rect, Response, Role, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};
use linchpin_render::theme::editor_colors::EditorColors;
use linchpin_render::theme::{self, Palette, editor_colors};
use linchpin_report::visible::visible_char;
use ron_lossless::{Diagnostic, Span};

/// The longest part of a line that is spoken, in bytes.
const MAX_SPOKEN_BYTES: usize = 2000;

/// Where the cursor is on the screen.
pub(super) struct CursorPosition {
    pub rect: Rect,
    /// Its line as it was laid out, and where that begins; `None` where it is not in view.
    pub row: Option<(LineLayout, egui::Pos2)>,
}

/// Paints the text, the numbers of its lines and everything that is marked in it.
pub(super) fn paint(
    ui: &Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    viewport: &EditorViewport,
    selection: TextSelection,
    has_focus: bool,
) -> CursorPosition {
    let (p, code) = (theme::palette_of(ui), editor_colors::editor_colors(ui));
    let all = viewport.gutter.union(viewport.text_area);
    ui.painter()
        .rect_filled(all, CornerRadius::ZERO, p.background);
    let (first, last) = viewport.visible_range(&state.scroll);
    let seen = viewport.visible_span(&state.scroll, source.lines);
    // Of a very long line only what is in view is read.
    let left = state.scroll.left_pt - TEXT_PADDING_PT;
    let right = left + viewport.text_area.width();
    let shown = LineLayouter::new(ui, source, &mut state.long_lines)
        .visible_spans(first, last, left, right);
    let shown_end = shown.last().map_or(seen.end, |span| span.end);
    let is_read = state.highlighter.scan_to(source.text, shown_end);
    if !is_read {
        ui.ctx().request_repaint();
    }
    let painter = LinePainter {
        ui,
        source,
        viewport,
        selection,
        has_focus,
        pair: bracket_pair(source, state, selection, has_focus && is_read),
        problems: source
            .problems
            .iter()
            .filter(|problem| problem_marks::touches_line(problem, seen, source.text))
            .collect(),
        palette: p,
        code,
        text_painter: ui
            .painter()
            .with_clip_rect(viewport.text_area.intersect(ui.clip_rect())),
    };
    let highlights = state.highlighter.highlights_in(source.text, &shown);
    let cursor = painter.paint_lines(state, first, last, &highlights);
    if has_focus {
        painter.paint_cursor(state, &cursor);
    }
    cursor
}

/// The brackets at the cursor, looked for once for each place.
fn bracket_pair(
    source: &EditorText<'_>,
    state: &mut EditorState,
    selection: TextSelection,
    shows: bool,
) -> Option<[Span; 2]> {
    if !shows || !selection.is_empty() {
        return None;
    }
    let head = selection.head;
    match state.bracket_pair {
        Some((revision, at, pair)) if (revision, at) == (source.revision, head) => pair,
        _ => {
            let found = state.highlighter.matching_brackets(source.text, head);
            state.bracket_pair = Some((source.revision, head, found));
            found
        }
    }
}

struct LinePainter<'p> {
    ui: &'p Ui,
    source: &'p EditorText<'p>,
    viewport: &'p EditorViewport,
    selection: TextSelection,
    has_focus: bool,
    pair: Option<[Span; 2]>,
    /// Those in view.
    problems: Vec<&'p Diagnostic>,
    palette: &'static Palette,
    code: &'static EditorColors,
    text_painter: Painter,
}

impl LinePainter<'_> {
    fn paint_lines(
        &self,
        state: &mut EditorState,
        first: u32,
        last: u32,
        highlights: &[(Span, HighlightKind)],
    ) -> CursorPosition {
        let (source, viewport) = (self.source, self.viewport);
        let current = source.lines.line_at(self.selection.head);
        let x0 = viewport.text_left(&state.scroll);
        let left = state.scroll.left_pt - TEXT_PADDING_PT;
        let right = left + viewport.text_area.width();
        let mut cursor = CursorPosition {
            rect: Rect::from_min_size(viewport.text_area.min, vec2(0.0, LINE_HEIGHT_PT)),
            row: None,
        };
        let digit_pt = self
            .ui
            .fonts_mut(|f| f.glyph_width(&theme::monospace(FONT_SIZE_PT), ' '));
        for number in first..=last {
            // Rounded to pixels, or the letters would be blurred between two of them while
            // scrolling.
            let y = viewport
                .line_top(&state.scroll, number)
                .round_to_pixels(self.ui.pixels_per_point());
            let line = text_position::line_span(source.text, source.lines, number);
            self.paint_line_background(number, line, y, current);
            let preedit = state.preedit.as_ref().map(|ime| ime.text.as_str());
            let composed = preedit.map(|text| (self.selection.head, text));
            let composed = composed.filter(|_| number == current);
            let mut layout = LineLayouter::new(self.ui, source, &mut state.long_lines);
            let row = layout.visible_line(number, left, right, highlights, composed);
            // The widest line is only known as far as the text was seen: the bar grows with it.
            state.scroll.widest_pt = state.scroll.widest_pt.max(row.end_x);
            self.paint_indent_guides(line, x0, y, digit_pt);
            self.paint_highlights(state, &row, line, x0, y);
            let at = pos2(x0 + row.x, y);
            self.text_painter
                .galley(at, row.galley.clone(), self.palette.text);
            let problems = (source.text, self.problems.as_slice());
            problem_marks::paint_underlines(
                &self.text_painter,
                problems,
                &row,
                line,
                pos2(x0, y),
                self.palette,
            );
            self.paint_line_number(number, y, number == current);
            if number == current {
                let x = match &state.preedit {
                    Some(ime) => {
                        let end = ime.text.chars().count();
                        let index = ime.active_range.as_ref().map_or(end, |a| a.end.min(end));
                        row.x_in_preedit(source.text, index)
                    }
                    None => row.x_of(source.text, self.selection.head),
                };
                cursor.rect = Rect::from_min_size(pos2(x0 + x, y), vec2(0.0, LINE_HEIGHT_PT));
                cursor.row = Some((row, at));
            }
        }
        cursor
    }

    /// What is behind a whole line.
    fn paint_line_background(&self, number: u32, line: Span, y: f32, current: u32) {
        let rect = Rect::from_min_max(
            pos2(self.viewport.gutter.left(), y),
            pos2(self.viewport.text_area.right(), y + LINE_HEIGHT_PT),
        );
        let marked = |mark: Span| mark.start <= line.end && mark.end > line.start;
        let fill = if number == current && self.selection.is_empty() && self.has_focus {
            self.code.current_line
        } else if self.source.highlight.is_some_and(marked) {
            self.palette.surface
        } else {
            return;
        };
        self.clipped_painter()
            .rect_filled(rect, CornerRadius::ZERO, fill);
        if self.source.highlight.is_some_and(marked) {
            let band = Rect::from_min_size(rect.min, vec2(2.0, LINE_HEIGHT_PT));
            self.clipped_painter()
                .rect_filled(band, CornerRadius::ZERO, self.palette.accent);
        }
    }

    fn clipped_painter(&self) -> Painter {
        let all = self.viewport.gutter.union(self.viewport.text_area);
        self.ui
            .painter()
            .with_clip_rect(all.intersect(self.ui.clip_rect()))
    }

    /// Thin lines that show how deep something stands.
    fn paint_indent_guides(&self, line: Span, x0: f32, y: f32, space_pt: f32) {
        let text = line.of(self.source.text);
        let spaces = text.bytes().take(200).take_while(|b| *b == b' ').count();
        for depth in 1..spaces.div_ceil(4) {
            let x = x0 + (depth * 4) as f32 * space_pt;
            let stroke = Stroke::new(1.0, self.code.indent_guide);
            self.text_painter
                .vline(x.round() + 0.5, y..=y + LINE_HEIGHT_PT, stroke);
        }
    }

    /// What is behind parts of a line: places that were found, the selection, brackets.
    fn paint_highlights(&self, state: &EditorState, row: &LineLayout, line: Span, x0: f32, y: f32) {
        let text = self.source.text;
        let part = |span: Span, over: f32| {
            let from = x0 + row.x_of(text, span.start);
            let to = x0 + row.x_of(text, span.end) + over;
            Rect::from_min_max(pos2(from, y), pos2(to, y + LINE_HEIGHT_PT))
        };
        let selected = self.selection.span();
        if state.find.highlights_matches() {
            // Of a very long line only what is in view.
            let touched = Span::new(row.span.start, row.span.end + 1);
            for place in state.find.matches.touching(touched) {
                if *place != selected {
                    let rect = part(*place, 0.0).shrink2(vec2(0.0, 2.0));
                    self.text_painter.rect_filled(
                        rect,
                        CornerRadius::same(2),
                        self.code.search_hit,
                    );
                }
            }
        }
        let touches = selected.start <= line.end && selected.end >= line.start;
        if touches && !self.selection.is_empty() {
            // The break at the end of a line shows as a little room.
            let over = if selected.end > line.end { 8.0 } else { 0.0 };
            let rect = part(selected, over);
            if rect.width() > 0.0 {
                self.text_painter
                    .rect_filled(rect, CornerRadius::ZERO, self.code.selection);
            }
        }
        for bracket in self.pair.iter().flatten() {
            if bracket.start >= line.start && bracket.end <= line.end {
                let rect = part(*bracket, 0.0).shrink2(vec2(0.0, 2.0));
                let corner = CornerRadius::same(2);
                self.text_painter
                    .rect_filled(rect, corner, self.code.matching_bracket);
                let stroke = Stroke::new(1.0, self.palette.text_muted);
                self.text_painter
                    .rect_stroke(rect, corner, stroke, StrokeKind::Inside);
            }
        }
    }

    fn paint_line_number(&self, number: u32, y: f32, current: bool) {
        let color = if current {
            self.palette.text
        } else {
            self.palette.text_muted
        };
        let font = theme::monospace(FONT_SIZE_PT - 1.0);
        let galley = self
            .ui
            .painter()
            .layout_no_wrap(number.to_string(), font, color);
        let x = self.viewport.gutter.right() - 10.0 - galley.size().x;
        let at = pos2(x, y + (LINE_HEIGHT_PT - galley.size().y) / 2.0);
        self.clipped_painter().galley(at, galley, color);
    }

    /// The cursor itself, and where an input method may open its window.
    fn paint_cursor(&self, state: &EditorState, cursor: &CursorPosition) {
        if cursor.row.is_none() {
            return;
        }
        let rect = cursor.rect.shrink2(vec2(0.0, 2.0));
        if self.ui.input(|i| i.focused) {
            let since = self.ui.input(|i| i.time) - state.last_activity_s;
            paint_text_cursor(self.ui, &self.text_painter, rect, since);
        }
        if self.source.read_only {
            return;
        }
        // The layer may be moved or scaled, and the input method needs places on the screen.
        let to_global = self.ui.ctx().layer_transform_to_global(self.ui.layer_id());
        let to_global = to_global.unwrap_or_default();
        self.ui.output_mut(|out| {
            out.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect: to_global * self.viewport.text_area,
                cursor_rect: to_global * cursor.rect,
                should_interrupt_composition: false,
            });
        });
    }
}

/// Names the text and its parts.
pub(super) fn update_accessibility(
    ui: &Ui,
    source: &EditorText<'_>,
    page: &Response,
    gutter: &Response,
    selection: TextSelection,
    cursor: &CursorPosition,
) {
    gutter.widget_info(|| WidgetInfo::labeled(Role::Label, true, "Numbers of the lines"));
    let number = source.lines.line_at(selection.head);
    let line = text_position::line_span(source.text, source.lines, number);
    let text = line.of(source.text);
    let text = &text[..text.floor_char_boundary(MAX_SPOKEN_BYTES)];
    page.widget_info(|| {
        let label = format!("Text of {}", source.name);
        let mut info = WidgetInfo::labeled(Role::MultilineTextInput, true, label);
        info.current_text_value = Some(text.chars().map(visible_char).collect());
        info
    });
    ui.ctx().accesskit_node_builder(page.id, |node| {
        if source.read_only {
            node.set_read_only();
        } else {
            node.add_action(Action::ReplaceSelectedText);
        }
    });
    if let Some((row, at)) = &cursor.row {
        let index = |offset: u32| {
            let span = ron_lossless::Span::new(row.span.start, offset.max(row.span.start));
            let end = span.end.min(row.span.end);
            let before = ron_lossless::Span::new(span.start, end).of(source.text);
            CCursor::new(before.chars().count())
        };
        let range = CCursorRange::two(index(selection.anchor), index(selection.head));
        let place = TSTransform::from_translation(at.to_vec2());
        update_accesskit_for_text_widget(ui.ctx(), page.id, Some(range), place, &row.galley);
    }
}

/// Text that an assistant puts in the place of the selection, as if it were pasted.
pub(super) fn replace_selection_requests(ui: &Ui, id: Id) -> Vec<Event> {
    ui.input(|input| {
        input
            .accesskit_action_requests(id, Action::ReplaceSelectedText)
            .filter_map(|request| match &request.data {
                Some(ActionData::Value(text)) => Some(Event::Paste(text.to_string())),
                _ => None,
            })
            .collect()
    })
}
