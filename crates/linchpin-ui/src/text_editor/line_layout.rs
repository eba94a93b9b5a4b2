//! One line as it is laid out. Of a very long line only the part in view is.

use super::highlighter::HighlightKind;
use super::{EditorText, text_position};
use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Stroke, Ui, vec2};
use linchpin_render::theme::{self, editor_colors::EditorColors};
use linchpin_report::visible::is_control;
use ron_lossless::{LineIndex, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// The size of the type, in points.
pub(super) const FONT_SIZE_PT: f32 = 13.0;
/// From one line to the next, in points.
pub(super) const LINE_HEIGHT_PT: f32 = 20.0;

/// A line of more bytes is laid out in parts: a galley of a whole megabyte would take seconds.
const LONG_LINE_BYTES: u32 = 4096;
/// So many characters are one part.
const CHUNK_CHARS: usize = 256;

/// Where the parts of long lines begin: their byte offset and their place in points. By the start
/// of the line.
#[derive(Clone, Debug, Default)]
pub(super) struct LongLineCache(HashMap<u32, Arc<Vec<(u32, f32)>>>);

impl LongLineCache {
    /// Forgets all: the text is another.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Text that is being composed: where it stands, and what.
pub(super) type PreeditText<'a> = Option<(u32, &'a str)>;

/// A part of a line, laid out.
pub(super) struct LineLayout {
    pub galley: Arc<Galley>,
    /// The bytes that it shows.
    pub span: Span,
    /// Where it begins, in points from the start of the line.
    pub x: f32,
    /// Where the line ends, in points from its start; of a very long line, about.
    pub end_x: f32,
    /// Where text is put in that is being composed, and how many characters it has.
    preedit: Option<(u32, usize)>,
}

impl LineLayout {
    /// Where a byte offset is, in points from the start of the line. A place outside of the part is
    /// brought inside.
    pub fn x_of(&self, text: &str, offset: u32) -> f32 {
        let offset = offset.clamp(self.span.start, self.span.end);
        let extra = self.preedit.filter(|(at, _)| offset > *at);
        self.x_of_char(self.chars_before(text, offset) + extra.map_or(0, |(_, chars)| chars))
    }

    /// Where the character `index` of the composed text is.
    pub fn x_in_preedit(&self, text: &str, index: usize) -> f32 {
        let at = self.preedit.map_or(self.span.start, |(at, _)| at);
        self.x_of_char(self.chars_before(text, at) + index)
    }

    fn chars_before(&self, text: &str, offset: u32) -> usize {
        Span::new(self.span.start, offset).of(text).chars().count()
    }

    fn x_of_char(&self, index: usize) -> f32 {
        self.x + self.galley.pos_from_cursor(CCursor::new(index)).left()
    }

    /// The place between two characters nearest to `x`, in points from the start of the line.
    pub fn offset_at(&self, text: &str, x: f32) -> u32 {
        let mut index = self.galley.cursor_from_pos(vec2(x - self.x, 1.0)).index.0;
        // What is being composed is laid out, but is not in the text yet.
        if let Some((at, chars)) = self.preedit {
            let before = self.chars_before(text, at);
            index -= index.saturating_sub(before).min(chars);
        }
        let shown = self.span.of(text);
        let bytes = shown.char_indices().nth(index);
        let at = bytes.map_or(shown.len(), |(at, _)| at) as u32;
        text_position::grapheme_boundary(text, self.span.start + at).max(self.span.start)
    }
}

/// Lays out lines of one text.
pub(super) struct LineLayouter<'a> {
    pub ui: &'a Ui,
    pub text: &'a str,
    pub lines: &'a LineIndex,
    pub long_lines: &'a mut LongLineCache,
}

impl<'a> LineLayouter<'a> {
    /// Lays out lines of the text that is shown.
    pub fn new(ui: &'a Ui, source: &EditorText<'a>, long_lines: &'a mut LongLineCache) -> Self {
        LineLayouter {
            ui,
            text: source.text,
            lines: source.lines,
            long_lines,
        }
    }

    /// Where a byte offset is, in points from the start of its line.
    pub fn x_of(&mut self, offset: u32) -> f32 {
        let line = text_position::line_span(self.text, self.lines, self.lines.line_at(offset));
        let parts = self.chunk_starts(line);
        let span = match parts.partition_point(|(at, _)| *at <= offset) {
            0 => (line, 0.0),
            at => chunk_span(&parts, at - 1, at, line),
        };
        self.unstyled(span).x_of(self.text, offset)
    }

    /// The place in a line (from 1) nearest to `x`, in points from the start of the line.
    pub fn offset_at(&mut self, number: u32, x: f32) -> u32 {
        let line = text_position::line_span(self.text, self.lines, number);
        let parts = self.chunk_starts(line);
        let span = match parts.partition_point(|(_, left)| *left <= x) {
            0 => (line, 0.0),
            at => chunk_span(&parts, at - 1, at, line),
        };
        self.unstyled(span).offset_at(self.text, x)
    }

    /// What is in view of the lines from `first` to `last`, between `left` and `right`, in points:
    /// short lines whole, with all between them, and of each long line a part.
    pub fn visible_spans(&mut self, first: u32, last: u32, left: f32, right: f32) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut follows_short = false;
        for number in first..=last {
            let line = text_position::line_span(self.text, self.lines, number);
            let parts = self.chunk_starts(line);
            let is_short = parts.is_empty();
            match spans.last_mut() {
                Some(before) if is_short && follows_short => before.end = line.end,
                _ => spans.push(visible_chunks(&parts, line, left, right).0),
            }
            follows_short = is_short;
        }
        spans
    }

    fn unstyled(&self, (span, x): (Span, f32)) -> LineLayout {
        self.lay_out(
            span,
            x,
            &[],
            None,
            theme::editor_colors::editor_colors(self.ui),
        )
    }

    /// The part of a line (from 1) that can be seen between `left` and `right`, in points, with its
    /// colors.
    pub fn visible_line(
        &mut self,
        number: u32,
        left: f32,
        right: f32,
        highlights: &[(Span, HighlightKind)],
        composed: PreeditText<'_>,
    ) -> LineLayout {
        let line = text_position::line_span(self.text, self.lines, number);
        let parts = self.chunk_starts(line);
        let code = theme::editor_colors::editor_colors(self.ui);
        let (span, x) = visible_chunks(&parts, line, left, right);
        let here = composed.filter(|(at, _)| (span.start..=span.end).contains(at));
        let from = highlights.partition_point(|(s, _)| s.end <= span.start);
        let mut row = self.lay_out(span, x, highlights.get(from..).unwrap_or(&[]), here, code);
        // Behind the start of the last part every byte counts as one digit. That is near enough for
        // the scroll bar, and right for ASCII.
        if let Some((start, x)) = parts.last() {
            let digit_pt = self.ui.fonts_mut(|f| f.glyph_width(&editor_font(), '0'));
            row.end_x = row.end_x.max(x + (line.end - start) as f32 * digit_pt);
        }
        row
    }

    /// Where the parts of a long line begin; nothing for a line that is laid out whole.
    fn chunk_starts(&mut self, line: Span) -> Arc<Vec<(u32, f32)>> {
        if line.end - line.start <= LONG_LINE_BYTES {
            return Arc::default();
        }
        if let Some(parts) = self.long_lines.0.get(&line.start) {
            return Arc::clone(parts);
        }
        let font = theme::monospace(FONT_SIZE_PT);
        // Widths of single characters add up to where a part begins, since the font is monospaced
        // and has no kerning. Parts end between graphemes, so that an accent stays with its letter.
        let mut parts = vec![(line.start, 0.0)];
        self.ui.fonts_mut(|fonts| {
            let ascii: [f32; 128] =
                std::array::from_fn(|c| fonts.glyph_width(&font, visible_char(c as u8 as char)));
            // Asked once for each letter: a font takes its time to answer.
            let mut others: HashMap<char, f32> = HashMap::new();
            let (mut x, mut chars) = (0.0, 0);
            let mut chunk_start = line.start;
            for (at, c) in line.of(self.text).char_indices() {
                let at = line.start + at as u32;
                // A million accents on one letter are parted all the same. Looked at is the part
                // alone: to count the flags before a flag takes all of them.
                let ends_here = chars >= CHUNK_CHARS
                    && (chars >= 2 * CHUNK_CHARS
                        || text_position::is_grapheme_boundary(self.text, chunk_start, at));
                if ends_here {
                    parts.push((at, x));
                    (chunk_start, chars) = (at, 0);
                }
                chars += 1;
                x += match ascii.get(c as usize) {
                    Some(width) => *width,
                    None => *others
                        .entry(c)
                        .or_insert_with(|| fonts.glyph_width(&font, visible_char(c))),
                };
            }
        });
        let parts = Arc::new(parts);
        self.long_lines.0.insert(line.start, Arc::clone(&parts));
        parts
    }

    fn lay_out(
        &self,
        span: Span,
        x: f32,
        highlights: &[(Span, HighlightKind)],
        composed: PreeditText<'_>,
        code: &EditorColors,
    ) -> LineLayout {
        let mut job = LayoutJob {
            // The cursor can stand behind spaces at the end of a line.
            keep_trailing_whitespace: true,
            break_on_newline: false,
            ..LayoutJob::default()
        };
        let mut from = span.start;
        let base = theme::palette_of(self.ui).text;
        for (region, color) in highlights.iter().take_while(|(s, _)| s.start < span.end) {
            let start = region.start.clamp(from, span.end);
            let end = region.end.clamp(start, span.end);
            self.append_span(&mut job, Span::new(from, start), base, composed);
            self.append_span(
                &mut job,
                Span::new(start, end),
                highlight_color(*color, code, base),
                composed,
            );
            from = end;
        }
        self.append_span(&mut job, Span::new(from, span.end), base, composed);
        // `append_span` puts it before a character, and there is none at the end.
        if let Some((at, text)) = composed
            && at == span.end
        {
            append_text(&mut job, text, preedit_format(base));
        }
        let galley = self.ui.fonts_mut(|fonts| fonts.layout_job(job));
        LineLayout {
            end_x: x + galley.size().x,
            galley,
            span,
            x,
            preedit: composed.map(|(at, text)| (at, text.chars().count())),
        }
    }

    /// Adds a stretch of the text, with what is being composed before the character where it
    /// stands.
    fn append_span(
        &self,
        job: &mut LayoutJob,
        span: Span,
        color: Color32,
        composed: PreeditText<'_>,
    ) {
        let (before, after, text) = match composed {
            Some((at, text)) if (span.start..span.end).contains(&at) => {
                (Span::new(span.start, at), Span::new(at, span.end), text)
            }
            _ => (Span::default(), span, ""),
        };
        append_text(job, before.of(self.text), text_format(color));
        append_text(job, text, preedit_format(color));
        append_text(job, after.of(self.text), text_format(color));
    }
}

fn append_text(job: &mut LayoutJob, text: &str, format: TextFormat) {
    if text.is_empty() {
        return;
    }
    if text.chars().any(|c| visible_char(c) != c) {
        let text: String = text.chars().map(visible_char).collect();
        job.append(&text, 0.0, format);
    } else {
        job.append(text, 0.0, format);
    }
}

fn text_format(color: Color32) -> TextFormat {
    TextFormat {
        line_height: Some(LINE_HEIGHT_PT),
        ..TextFormat::simple(editor_font(), color)
    }
}

fn preedit_format(color: Color32) -> TextFormat {
    TextFormat {
        underline: Stroke::new(1.0, color),
        ..text_format(color)
    }
}

fn editor_font() -> FontId {
    theme::monospace(FONT_SIZE_PT)
}

/// What is painted for a character: a dot for those that cannot be seen and would break the line or
/// turn its direction.
fn visible_char(c: char) -> char {
    match c {
        '\t' => c,
        '\u{2028}' | '\u{2029}' => '·',
        _ if c.is_control() || is_control(c) => '·',
        _ => c,
    }
}

/// The parts of a line that can be seen between `left` and `right`, in points, and where they
/// begin.
fn visible_chunks(parts: &[(u32, f32)], line: Span, left: f32, right: f32) -> (Span, f32) {
    let first = parts.partition_point(|(_, x)| *x <= left);
    let end = parts.partition_point(|(_, x)| *x < right);
    match first.checked_sub(1) {
        None => (line, 0.0),
        Some(first) => chunk_span(parts, first, end.max(first + 1), line),
    }
}

/// The parts from `first` up to `end` as one stretch, and where it begins.
fn chunk_span(parts: &[(u32, f32)], first: usize, end: usize, line: Span) -> (Span, f32) {
    let (start, x) = parts.get(first).copied().unwrap_or((line.start, 0.0));
    let end = parts.get(end).map_or(line.end, |(at, _)| *at);
    (Span::new(start, end), x)
}

fn highlight_color(kind: HighlightKind, code: &EditorColors, base: Color32) -> Color32 {
    match kind {
        HighlightKind::Plain => base,
        HighlightKind::Comment => code.comment,
        HighlightKind::Text => code.string,
        HighlightKind::Number => code.number,
        HighlightKind::Word => code.identifier,
        HighlightKind::Field => code.field_name,
        HighlightKind::Bracket => code.bracket,
    }
}

#[cfg(test)]
mod tests {
    use super::super::highlighter::Highlighter;
    use super::*;

    /// What is laid out and colored of a line of so many records, in its middle: bytes and colors.
    fn work_in_the_middle(records: usize) -> (usize, usize) {
        let text = "(id: \"a\", name: \"B\", kind: State),".repeat(records);
        let lines = LineIndex::new(&text);
        let mut work = (0, 0);
        egui::__run_test_ui(|ui| {
            let mut long_lines = LongLineCache::default();
            let mut layouter = LineLayouter {
                ui,
                text: &text,
                lines: &lines,
                long_lines: &mut long_lines,
            };
            let middle = layouter.x_of(text.len() as u32 / 2);
            let spans = layouter.visible_spans(1, 1, middle, middle + 800.0);
            let mut highlighter = Highlighter::default();
            let end = spans.iter().map(|span| span.end).max().unwrap_or(0);
            while !highlighter.scan_to(&text, end) {}
            let colors = highlighter.highlights_in(&text, &spans);
            let row = layouter.visible_line(1, middle, middle + 800.0, &colors, None);
            assert_eq!(row.span, spans[0]);
            work = (row.span.of(&text).len(), colors.len());
        });
        work
    }

    #[test]
    fn of_a_line_of_megabytes_only_the_part_in_view_is_laid_out_and_colored() {
        let (few, many) = (work_in_the_middle(8_000), work_in_the_middle(32_000));
        // One part or two, wherever the middle falls in its part.
        for (bytes, colors) in [few, many] {
            assert!((100..1000).contains(&bytes), "{few:?}, {many:?}");
            assert!((10..150).contains(&colors), "{few:?}, {many:?}");
        }
    }

    #[test]
    fn a_long_line_of_marks_is_parted_all_the_same() {
        for unit in ["\u{301}", "\u{1F1F0}"] {
            let text = unit.repeat(20_000);
            let lines = LineIndex::new(&text);
            egui::__run_test_ui(|ui| {
                let mut long_lines = LongLineCache::default();
                let mut layouter = LineLayouter {
                    ui,
                    text: &text,
                    lines: &lines,
                    long_lines: &mut long_lines,
                };
                let parts = layouter.chunk_starts(Span::new(0, text.len() as u32));
                assert!(
                    parts.len() > 20_000 / (2 * CHUNK_CHARS + 1),
                    "{}",
                    parts.len()
                );
            });
        }
    }
}
