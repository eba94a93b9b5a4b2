//! Words of a paged report: in pieces of one look each, broken into lines.

use crate::theme;
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Context, Galley};
use egui_export::text_clusters;
use std::ops::Range;
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
    let clusters = text_clusters(ctx, &galley);
    let mut clusters = clusters.iter().peekable();
    let mut lines = Vec::new();
    let mut from = 0;
    for (at, row) in galley.rows.iter().enumerate() {
        // In right-to-left text, egui has other glyphs than letters.
        let mut to = from;
        while let Some(cluster) = clusters.next_if(|cluster| cluster.row <= at) {
            to = to.max(cluster.bytes.end);
        }
        let mut line = cut_out(spans, from..to);
        from = to + usize::from(row.ends_with_newline);
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
    let clusters = text_clusters(ctx, &galley);
    let mut from = 0;
    let extent = |span: &RichTextSpan| {
        let to = from + span.text.len();
        let own = clusters
            .iter()
            .filter(|cluster| (from..to).contains(&cluster.bytes.start));
        let extent = own.fold((f32::INFINITY, f32::NEG_INFINITY), |(from, to), cluster| {
            (from.min(cluster.x.min), to.max(cluster.x.max))
        });
        from = to;
        extent
    };
    spans.iter().map(extent).collect()
}

/// The pieces of a text that hold these bytes of it.
fn cut_out(spans: &[RichTextSpan], bytes: Range<usize>) -> Vec<RichTextSpan> {
    let mut start = 0;
    let piece = |span: &RichTextSpan| {
        let own = start..start + span.text.len();
        start = own.end;
        let (from, to) = (bytes.start.max(own.start), bytes.end.min(own.end));
        let text = span
            .text
            .get(from.checked_sub(own.start)?..to.checked_sub(own.start)?)?;
        (!text.is_empty()).then(|| RichTextSpan {
            text: text.to_owned(),
            ..span.clone()
        })
    };
    spans.iter().filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_either_direction_fit_and_lose_nothing() {
        let black = Color32::BLACK;
        // No font here has the Hebrew letters: a box for each is as wide as any letter.
        let hebrew = "\u{5D0}\u{5D1}\u{5D2} \u{5D3}\u{5D4}\u{5D5} 28,500 \u{5D6}".repeat(12);
        for text in ["Some plain words. ".repeat(12), hebrew] {
            let spans = [
                RichTextSpan::new("Title ", 12.0, black),
                RichTextSpan::new(&text, 12.0, black),
            ];
            let mut lines = Vec::new();
            let mut canvas = crate::export::Canvas::new(theme::install);
            let scene = canvas.record_lossy(egui::vec2(400.0, 400.0), 1.0, |ui| {
                lines = break_lines(ui.ctx(), &spans, 180.0);
                for line in &lines {
                    let extents = span_extents(ui.ctx(), &line.spans);
                    assert!(extents.iter().all(|(from, to)| from <= to && *to <= 181.0));
                }
            });
            assert!(scene.is_ok());
            assert!(lines.len() > 3);
            assert!(lines.iter().all(|line| line.width_pt <= 181.0), "{lines:?}");
            let all: Vec<String> = lines
                .iter()
                .map(|line| line.spans.iter().map(|span| span.text.as_str()).collect())
                .collect();
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(squeezed(&all.concat()), squeezed(&format!("Title {text}")));
        }
    }
}
