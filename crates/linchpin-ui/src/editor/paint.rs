//! Painting what is in view.

use super::Source;
use super::marks;
use super::place::{self, Selection};
use super::row::{LINE_PT, Layout, Row, TYPE_PT};
use super::sheet::{PAD_PT, Sheet};
use super::state::EditorState;
use egui::emath::GuiRounding as _;
use egui::text_selection::visuals::paint_text_cursor;
use egui::{CornerRadius, Painter, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use linchpin_render::theme::{self, Palette, code, code::Code};
use ron_lossless::{Diagnostic, Span};

/// Where the cursor is on the screen.
pub(super) struct Cursor {
    pub rect: Rect,
    /// Its line as it was laid out, and where that begins; `None` where it is not in view.
    pub row: Option<(Row, egui::Pos2)>,
}

/// Paints the text, the numbers of its lines and everything that is marked in it.
pub(super) fn paint(
    ui: &Ui,
    source: &Source<'_>,
    state: &mut EditorState,
    sheet: &Sheet,
    selection: Selection,
    has_focus: bool,
) -> Cursor {
    let (p, code) = (theme::of(ui), code::of(ui));
    let all = sheet.gutter.union(sheet.page);
    ui.painter()
        .rect_filled(all, CornerRadius::ZERO, p.background);
    let (first, last) = sheet.in_view(&state.scroll);
    let seen = Span::new(
        place::whole_line(source.lines, first).start,
        place::whole_line(source.lines, last).end,
    );
    let is_read = state.inks.read(source.text, seen.end);
    if !is_read {
        ui.ctx().request_repaint();
    }
    let painter = Lines {
        ui,
        source,
        sheet,
        selection,
        has_focus,
        pair: pair(source, state, selection, has_focus && is_read),
        problems: source
            .problems
            .iter()
            .filter(|problem| marks::concerns(problem, seen, source.text))
            .collect(),
        p,
        code,
        page: ui
            .painter()
            .with_clip_rect(sheet.page.intersect(ui.clip_rect())),
    };
    let cursor = painter.lines(state, first, last, seen);
    if has_focus {
        painter.cursor(state, &cursor);
    }
    cursor
}

/// The brackets at the cursor, looked for once for each place.
fn pair(
    source: &Source<'_>,
    state: &mut EditorState,
    selection: Selection,
    shows: bool,
) -> Option<[Span; 2]> {
    if !shows || !selection.is_empty() {
        return None;
    }
    let head = selection.head;
    match state.pair {
        Some((revision, at, pair)) if (revision, at) == (source.revision, head) => pair,
        _ => {
            let found = state.inks.pair(source.text, head);
            state.pair = Some((source.revision, head, found));
            found
        }
    }
}

struct Lines<'p> {
    ui: &'p Ui,
    source: &'p Source<'p>,
    sheet: &'p Sheet,
    selection: Selection,
    has_focus: bool,
    pair: Option<[Span; 2]>,
    /// Those in view.
    problems: Vec<&'p Diagnostic>,
    p: &'static Palette,
    code: &'static Code,
    page: Painter,
}

impl Lines<'_> {
    fn lines(&self, state: &mut EditorState, first: u32, last: u32, seen: Span) -> Cursor {
        let (source, sheet) = (self.source, self.sheet);
        let inks = state.inks.of(source.text, seen);
        let current = source.lines.line_at(self.selection.head);
        let x0 = sheet.x0(&state.scroll);
        let left = state.scroll.left_pt - PAD_PT;
        let right = left + sheet.page.width();
        let mut cursor = Cursor {
            rect: Rect::from_min_size(sheet.page.min, vec2(0.0, LINE_PT)),
            row: None,
        };
        let digit_pt = self
            .ui
            .fonts_mut(|f| f.glyph_width(&theme::fixed(TYPE_PT), ' '));
        for number in first..=last {
            let y = sheet
                .y(&state.scroll, number)
                .round_to_pixels(self.ui.pixels_per_point());
            let line = place::line(source.text, source.lines, number);
            self.ground(number, line, y, current);
            let preedit = state.ime.as_ref().map(|ime| ime.text.as_str());
            let composed = preedit.map(|words| (self.selection.head, words));
            let composed = composed.filter(|_| number == current);
            let mut layout = Layout {
                ui: self.ui,
                text: source.text,
                lines: source.lines,
                long: &mut state.long,
            };
            let row = layout.row(number, left, right, &inks, composed);
            state.scroll.widest_pt = state.scroll.widest_pt.max(row.end_x);
            self.guides(line, x0, y, digit_pt);
            self.grounds(state, &row, line, x0, y);
            let at = pos2(x0 + row.x, y);
            self.page.galley(at, row.galley.clone(), self.p.text);
            let problems = (source.text, self.problems.as_slice());
            marks::underline(&self.page, problems, &row, line, pos2(x0, y), self.p);
            self.number(number, y, number == current);
            if number == current {
                let x = match &state.ime {
                    Some(ime) => {
                        let end = ime.text.chars().count();
                        let index = ime.active.as_ref().map_or(end, |a| a.end.min(end));
                        row.x_in_composed(source.text, index)
                    }
                    None => row.x_of(source.text, self.selection.head),
                };
                cursor.rect = Rect::from_min_size(pos2(x0 + x, y), vec2(0.0, LINE_PT));
                cursor.row = Some((row, at));
            }
        }
        cursor
    }

    /// What is behind a whole line.
    fn ground(&self, number: u32, line: Span, y: f32, current: u32) {
        let rect = Rect::from_min_max(
            pos2(self.sheet.gutter.left(), y),
            pos2(self.sheet.page.right(), y + LINE_PT),
        );
        let marked = |mark: Span| mark.start <= line.end && mark.end > line.start;
        let fill = if number == current && self.selection.is_empty() && self.has_focus {
            self.code.line
        } else if self.source.mark.is_some_and(marked) {
            self.p.surface
        } else {
            return;
        };
        self.clipped().rect_filled(rect, CornerRadius::ZERO, fill);
        if self.source.mark.is_some_and(marked) {
            let band = Rect::from_min_size(rect.min, vec2(2.0, LINE_PT));
            self.clipped()
                .rect_filled(band, CornerRadius::ZERO, self.p.accent);
        }
    }

    fn clipped(&self) -> Painter {
        let all = self.sheet.gutter.union(self.sheet.page);
        self.ui
            .painter()
            .with_clip_rect(all.intersect(self.ui.clip_rect()))
    }

    /// Thin lines that show how deep something stands.
    fn guides(&self, line: Span, x0: f32, y: f32, space_pt: f32) {
        let words = line.of(self.source.text);
        let spaces = words.bytes().take_while(|b| *b == b' ').count().min(200);
        for depth in 1..spaces.div_ceil(4) {
            let x = x0 + (depth * 4) as f32 * space_pt;
            let stroke = Stroke::new(1.0, self.code.guide);
            self.page.vline(x.round() + 0.5, y..=y + LINE_PT, stroke);
        }
    }

    /// What is behind parts of a line: places that were found, the selection, brackets.
    fn grounds(&self, state: &EditorState, row: &Row, line: Span, x0: f32, y: f32) {
        let text = self.source.text;
        let part = |span: Span, over: f32| {
            let from = x0 + row.x_of(text, span.start);
            let to = x0 + row.x_of(text, span.end) + over;
            Rect::from_min_max(pos2(from, y), pos2(to, y + LINE_PT))
        };
        let selected = self.selection.span();
        if state.find.marks() {
            let touched = Span::new(line.start, line.end + 1);
            for place in state.find.found.within(touched) {
                if *place != selected {
                    let rect = part(*place, 0.0).shrink2(vec2(0.0, 2.0));
                    self.page
                        .rect_filled(rect, CornerRadius::same(2), self.code.found);
                }
            }
        }
        let touches = selected.start <= line.end && selected.end >= line.start;
        if touches && !self.selection.is_empty() {
            // The break at the end of a line shows as a little room.
            let over = if selected.end > line.end { 8.0 } else { 0.0 };
            let rect = part(selected, over);
            if rect.width() > 0.0 {
                self.page
                    .rect_filled(rect, CornerRadius::ZERO, self.code.selection);
            }
        }
        for bracket in self.pair.iter().flatten() {
            if bracket.start >= line.start && bracket.end <= line.end {
                let rect = part(*bracket, 0.0).shrink2(vec2(0.0, 2.0));
                let corner = CornerRadius::same(2);
                self.page.rect_filled(rect, corner, self.code.pair);
                let stroke = Stroke::new(1.0, self.p.text_muted);
                self.page
                    .rect_stroke(rect, corner, stroke, StrokeKind::Inside);
            }
        }
    }

    fn number(&self, number: u32, y: f32, current: bool) {
        let ink = if current {
            self.p.text
        } else {
            self.p.text_muted
        };
        let font = theme::fixed(TYPE_PT - 1.0);
        let galley = self
            .ui
            .painter()
            .layout_no_wrap(number.to_string(), font, ink);
        let x = self.sheet.gutter.right() - 10.0 - galley.size().x;
        let at = pos2(x, y + (LINE_PT - galley.size().y) / 2.0);
        self.clipped().galley(at, galley, ink);
    }

    /// The cursor itself, and where an input method may open its window.
    fn cursor(&self, state: &EditorState, cursor: &Cursor) {
        if cursor.row.is_none() {
            return;
        }
        let rect = cursor.rect.shrink2(vec2(0.0, 2.0));
        if self.ui.input(|i| i.focused) {
            let since = self.ui.input(|i| i.time) - state.busy_s;
            paint_text_cursor(self.ui, &self.page, rect, since);
        }
        if self.source.read_only {
            return;
        }
        let to_global = self.ui.ctx().layer_transform_to_global(self.ui.layer_id());
        let to_global = to_global.unwrap_or_default();
        self.ui.output_mut(|out| {
            out.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect: to_global * self.sheet.page,
                cursor_rect: to_global * cursor.rect,
                should_interrupt_composition: false,
            });
        });
    }
}
