//! Words of a paged report: in pieces of one look each, broken into lines.

use crate::theme;
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Context, Galley};
use std::sync::Arc;

/// The height of a line, in sizes of its letters.
const LINE_HEIGHT: f32 = 1.42;

/// Where words lead.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TextTarget {
    Web(String),
    Anchor(ReportAnchor),
}

/// A place in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ReportAnchor {
    Figure(usize),
    Sources,
    Passage(usize),
}

/// Words of one look.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RichTextSpan {
    pub text: String,
    pub is_semibold: bool,
    pub size_pt: f32,
    pub color: Color32,
    pub target: Option<TextTarget>,
}

impl RichTextSpan {
    pub fn new(text: &str, size_pt: f32, color: Color32) -> RichTextSpan {
        // A page has no use for what does not print, and egui would draw a box for it.
        let text = text.chars().map(|c| match c {
            '\n' | '\t' => ' ',
            c => c,
        });
        RichTextSpan {
            text: text.filter(|c| !c.is_control()).collect(),
            is_semibold: false,
            size_pt,
            color,
            target: None,
        }
    }

    pub fn semibold(self) -> RichTextSpan {
        RichTextSpan {
            is_semibold: true,
            ..self
        }
    }

    pub fn with_target(self, target: Option<TextTarget>) -> RichTextSpan {
        RichTextSpan { target, ..self }
    }
}

/// A line of words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RichTextLine {
    pub spans: Vec<RichTextSpan>,
    pub width_pt: f32,
    pub height_pt: f32,
}

/// Sets words on a line of their own.
pub(super) fn lay_out_line(ctx: &Context, spans: &[RichTextSpan]) -> Arc<Galley> {
    galley(ctx, spans, f32::INFINITY)
}

fn galley(ctx: &Context, spans: &[RichTextSpan], width_pt: f32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    for span in spans {
        let font = match span.is_semibold {
            true => theme::semibold(span.size_pt),
            false => theme::regular(span.size_pt),
        };
        let mut format = TextFormat::simple(font, span.color);
        format.line_height = Some((span.size_pt * LINE_HEIGHT).round());
        job.append(&span.text, 0.0, format);
    }
    job.wrap.max_width = width_pt.max(1.0);
    ctx.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Breaks words into lines of at most this width.
pub(super) fn break_lines(
    ctx: &Context,
    spans: &[RichTextSpan],
    width_pt: f32,
) -> Vec<RichTextLine> {
    let galley = galley(ctx, spans, width_pt);
    let mut rest = spans.iter().flat_map(|span| {
        let chars = span.text.chars();
        chars.map(move |c| (span, c))
    });
    let mut lines = Vec::new();
    for row in &galley.rows {
        let mut line: Vec<RichTextSpan> = Vec::new();
        let count = row.row.glyphs.len() + usize::from(row.ends_with_newline);
        let mut last: Option<&RichTextSpan> = None;
        for (span, c) in rest.by_ref().take(count) {
            match line.last_mut() {
                Some(open) if last.is_some_and(|last| std::ptr::eq(last, span)) => {
                    open.text.push(c);
                }
                _ => line.push(RichTextSpan {
                    text: c.to_string(),
                    ..span.clone()
                }),
            }
            last = Some(span);
        }
        let end = line.last().map_or(0, |span| span.text.trim_end().len());
        if let Some(span) = line.last_mut() {
            span.text.truncate(end);
        }
        let size = row.row.size;
        lines.push(RichTextLine {
            width_pt: lay_out_line(ctx, &line).rect.width(),
            spans: line,
            height_pt: size.y,
        });
    }
    lines
}

/// From where to where each piece of a line reaches, in points from its beginning.
pub(super) fn span_extents(ctx: &Context, spans: &[RichTextSpan]) -> Vec<(f32, f32)> {
    let galley = lay_out_line(ctx, spans);
    let glyphs = galley.rows.first().map(|row| row.row.glyphs.as_slice());
    let mut glyphs = glyphs.unwrap_or_default().iter();
    let extent = |span: &RichTextSpan| {
        let own = glyphs.by_ref().take(span.text.chars().count());
        own.fold((f32::INFINITY, f32::NEG_INFINITY), |(from, to), glyph| {
            (from.min(glyph.pos.x), to.max(glyph.max_x()))
        })
    };
    spans.iter().map(extent).collect()
}
