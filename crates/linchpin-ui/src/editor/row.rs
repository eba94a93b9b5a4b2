//! One line as it is laid out. Of a very long line only the part in view is.

use super::inks::Ink;
use super::place;
use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Stroke, Ui, vec2};
use linchpin_render::theme::{self, code::Code};
use ron_lossless::{LineIndex, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// The size of the type, in points.
pub(super) const TYPE_PT: f32 = 13.0;
/// From one line to the next, in points.
pub(super) const LINE_PT: f32 = 20.0;

/// A line of more bytes is laid out in parts.
const LONG_BYTES: u32 = 4096;
/// So many characters are one part.
const PART_CHARS: usize = 256;

/// Where the parts of long lines begin: their byte offset and their place in points. By the start of the line.
#[derive(Clone, Debug, Default)]
pub(super) struct LongLines(HashMap<u32, Arc<Vec<(u32, f32)>>>);

impl LongLines {
    /// Forgets all: the text is another.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Text that is being composed: where it stands, and what.
pub(super) type Composed<'a> = Option<(u32, &'a str)>;

/// A part of a line, laid out.
pub(super) struct Row {
    pub galley: Arc<Galley>,
    /// The bytes that it shows.
    pub span: Span,
    /// Where it begins, in points from the start of the line.
    pub x: f32,
    /// Where the line ends, in points from its start; of a very long line, about.
    pub end_x: f32,
    /// Where text is put in that is being composed, and how many characters it has.
    composed: Option<(u32, usize)>,
}

impl Row {
    /// Where a byte offset is, in points from the start of the line. A place outside of the part is brought inside.
    pub fn x_of(&self, text: &str, offset: u32) -> f32 {
        let offset = offset.clamp(self.span.start, self.span.end);
        let extra = self.composed.filter(|(at, _)| offset > *at);
        self.x_at(self.chars_to(text, offset) + extra.map_or(0, |(_, chars)| chars))
    }

    /// Where the character `index` of the composed text is.
    pub fn x_in_composed(&self, text: &str, index: usize) -> f32 {
        let at = self.composed.map_or(self.span.start, |(at, _)| at);
        self.x_at(self.chars_to(text, at) + index)
    }

    fn chars_to(&self, text: &str, offset: u32) -> usize {
        Span::new(self.span.start, offset).of(text).chars().count()
    }

    fn x_at(&self, index: usize) -> f32 {
        self.x + self.galley.pos_from_cursor(CCursor::new(index)).left()
    }

    /// The place between two characters nearest to `x`, in points from the start of the line.
    pub fn offset_at(&self, text: &str, x: f32) -> u32 {
        let mut index = self.galley.cursor_from_pos(vec2(x - self.x, 1.0)).index.0;
        if let Some((at, chars)) = self.composed {
            let before = self.chars_to(text, at);
            index -= index.saturating_sub(before).min(chars);
        }
        let shown = self.span.of(text);
        let bytes = shown.char_indices().nth(index);
        let at = bytes.map_or(shown.len(), |(at, _)| at) as u32;
        place::boundary(text, self.span.start + at).max(self.span.start)
    }
}

/// Lays out lines of one text.
pub(super) struct Layout<'a> {
    pub ui: &'a Ui,
    pub text: &'a str,
    pub lines: &'a LineIndex,
    pub long: &'a mut LongLines,
}

impl Layout<'_> {
    /// Where a byte offset is, in points from the start of its line.
    pub fn x_of(&mut self, offset: u32) -> f32 {
        let line = place::line(self.text, self.lines, self.lines.line_at(offset));
        let parts = self.parts(line);
        let span = match parts.partition_point(|(at, _)| *at <= offset) {
            0 => (line, 0.0),
            at => part(&parts, at - 1, at, line),
        };
        self.plain(span).x_of(self.text, offset)
    }

    /// The place in a line (from 1) nearest to `x`, in points from the start of the line.
    pub fn offset_at(&mut self, number: u32, x: f32) -> u32 {
        let line = place::line(self.text, self.lines, number);
        let parts = self.parts(line);
        let span = match parts.partition_point(|(_, left)| *left <= x) {
            0 => (line, 0.0),
            at => part(&parts, at - 1, at, line),
        };
        self.plain(span).offset_at(self.text, x)
    }

    fn plain(&self, (span, x): (Span, f32)) -> Row {
        self.lay_out(span, x, &[], None, theme::code::of(self.ui))
    }

    /// The part of a line (from 1) that can be seen between `left` and `right`, in points, with its colors.
    pub fn row(
        &mut self,
        number: u32,
        left: f32,
        right: f32,
        inks: &[(Span, Ink)],
        composed: Composed<'_>,
    ) -> Row {
        let line = place::line(self.text, self.lines, number);
        let parts = self.parts(line);
        let code = theme::code::of(self.ui);
        let first = parts.partition_point(|(_, x)| *x <= left);
        let end = parts.partition_point(|(_, x)| *x < right);
        let (span, x) = match first.checked_sub(1) {
            None => (line, 0.0),
            Some(first) => part(&parts, first, end.max(first + 1), line),
        };
        let here = composed.filter(|(at, _)| (span.start..=span.end).contains(at));
        let from = inks.partition_point(|(s, _)| s.end <= span.start);
        let mut row = self.lay_out(span, x, inks.get(from..).unwrap_or(&[]), here, code);
        if let Some((start, x)) = parts.last() {
            let digit_pt = self.ui.fonts_mut(|f| f.glyph_width(&font(), '0'));
            row.end_x = row.end_x.max(x + (line.end - start) as f32 * digit_pt);
        }
        row
    }

    /// Where the parts of a long line begin; nothing for a line that is laid out whole.
    fn parts(&mut self, line: Span) -> Arc<Vec<(u32, f32)>> {
        if line.end - line.start <= LONG_BYTES {
            return Arc::default();
        }
        if let Some(parts) = self.long.0.get(&line.start) {
            return Arc::clone(parts);
        }
        let font = theme::fixed(TYPE_PT);
        let mut parts = vec![(line.start, 0.0)];
        self.ui.fonts_mut(|fonts| {
            let ascii: [f32; 128] =
                std::array::from_fn(|c| fonts.glyph_width(&font, shown(c as u8 as char)));
            // Asked once for each letter: a font takes its time to answer.
            let mut others: HashMap<char, f32> = HashMap::new();
            let (mut x, mut chars) = (0.0, 0);
            for (at, c) in line.of(self.text).char_indices() {
                let at = line.start + at as u32;
                if chars >= PART_CHARS && place::boundary(self.text, at) == at {
                    parts.push((at, x));
                    chars = 0;
                }
                chars += 1;
                x += match ascii.get(c as usize) {
                    Some(width) => *width,
                    None => *others
                        .entry(c)
                        .or_insert_with(|| fonts.glyph_width(&font, shown(c))),
                };
            }
        });
        let parts = Arc::new(parts);
        self.long.0.insert(line.start, Arc::clone(&parts));
        parts
    }

    fn lay_out(
        &self,
        span: Span,
        x: f32,
        inks: &[(Span, Ink)],
        composed: Composed<'_>,
        code: &Code,
    ) -> Row {
        let mut job = LayoutJob {
            keep_trailing_whitespace: true,
            break_on_newline: false,
            ..LayoutJob::default()
        };
        let mut from = span.start;
        let base = theme::of(self.ui).text;
        for (stretch, ink) in inks.iter().take_while(|(s, _)| s.start < span.end) {
            let start = stretch.start.clamp(from, span.end);
            let end = stretch.end.clamp(start, span.end);
            self.add(&mut job, Span::new(from, start), base, composed);
            self.add(
                &mut job,
                Span::new(start, end),
                color(*ink, code, base),
                composed,
            );
            from = end;
        }
        self.add(&mut job, Span::new(from, span.end), base, composed);
        if let Some((at, words)) = composed
            && at == span.end
        {
            append(&mut job, words, composed_format(base));
        }
        let galley = self.ui.fonts_mut(|fonts| fonts.layout_job(job));
        Row {
            end_x: x + galley.size().x,
            galley,
            span,
            x,
            composed: composed.map(|(at, words)| (at, words.chars().count())),
        }
    }

    /// Adds a stretch of the text, with what is being composed before the character where it stands.
    fn add(&self, job: &mut LayoutJob, span: Span, color: Color32, composed: Composed<'_>) {
        let (before, after, words) = match composed {
            Some((at, words)) if (span.start..span.end).contains(&at) => {
                (Span::new(span.start, at), Span::new(at, span.end), words)
            }
            _ => (Span::default(), span, ""),
        };
        append(job, before.of(self.text), format(color));
        append(job, words, composed_format(color));
        append(job, after.of(self.text), format(color));
    }
}

fn append(job: &mut LayoutJob, words: &str, format: TextFormat) {
    if words.is_empty() {
        return;
    }
    if words.chars().any(|c| shown(c) != c) {
        let words: String = words.chars().map(shown).collect();
        job.append(&words, 0.0, format);
    } else {
        job.append(words, 0.0, format);
    }
}

fn format(color: Color32) -> TextFormat {
    TextFormat {
        line_height: Some(LINE_PT),
        ..TextFormat::simple(font(), color)
    }
}

fn composed_format(color: Color32) -> TextFormat {
    TextFormat {
        underline: Stroke::new(1.0, color),
        ..format(color)
    }
}

fn font() -> FontId {
    theme::fixed(TYPE_PT)
}

/// What is painted for a character: a dot for those that cannot be seen and would break the line.
fn shown(c: char) -> char {
    match c {
        '\t' => c,
        _ if c.is_control() => '·',
        '\u{2028}' | '\u{2029}' => '·',
        _ => c,
    }
}

/// The parts from `first` up to `end` as one stretch, and where it begins.
fn part(parts: &[(u32, f32)], first: usize, end: usize, line: Span) -> (Span, f32) {
    let (start, x) = parts.get(first).copied().unwrap_or((line.start, 0.0));
    let end = parts.get(end).map_or(line.end, |(at, _)| *at);
    (Span::new(start, end), x)
}

fn color(ink: Ink, code: &Code, base: Color32) -> Color32 {
    match ink {
        Ink::Plain => base,
        Ink::Comment => code.comment,
        Ink::Text => code.text,
        Ink::Number => code.number,
        Ink::Word => code.word,
        Ink::Field => code.field,
        Ink::Bracket => code.bracket,
    }
}
