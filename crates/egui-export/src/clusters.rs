//! Where the letters of a galley stand.

use crate::bidi::{self, Paragraph};
use crate::fonts;
use crate::shaping::TextShaper;
use egui::epaint::text::Galley;
use egui::{Context, Rangef};
use std::collections::BTreeMap;
use std::ops::Range;

/// A letter with its marks, and where a galley has it.
#[derive(Clone, Debug, PartialEq)]
pub struct TextCluster {
    /// The bytes of the job's text.
    pub bytes: Range<usize>,
    /// Index into the galley's rows.
    pub row: usize,
    /// From where to where it reaches, in points from the galley's left.
    pub x: Rangef,
}

/// Every letter of a galley in reading order, where a scene and [`BidiPlugin`](crate::BidiPlugin)
/// put it. egui's own cursors count glyphs, of which right-to-left text has others than letters.
///
/// ```
/// # let ctx = egui::Context::default();
/// # let mut seen = Vec::new();
/// # let output = ctx.run_ui(egui::RawInput::default(), |ui| {
/// let font = egui::FontId::proportional(14.0);
/// let galley = ui.painter().layout_no_wrap("Hello".into(), font, egui::Color32::BLACK);
/// let letters = egui_export::text_clusters(ui.ctx(), &galley);
/// # seen = letters.iter().map(|letter| letter.bytes.clone()).collect();
/// assert_eq!(letters[1].bytes, 1..2);
/// assert!(letters[1].x.min >= letters[0].x.max - 1.0);
/// # });
/// # output.drop_without_applying_deltas();
/// # assert_eq!(seen.len(), 5);
/// ```
///
/// Call it within a pass: it reads the fonts of the context.
pub fn text_clusters(ctx: &Context, galley: &Galley) -> Vec<TextCluster> {
    let text = &galley.job.text;
    // Where its text cannot be told it stays in egui's order, in a scene and in a window too.
    let paragraphs = bidi::paragraphs(galley).unwrap_or_default();
    let is_mixed = |p: &Paragraph| text.get(p.bytes.clone()).is_some_and(bidi::is_mixed);
    if !paragraphs.iter().any(is_mixed) {
        return plain(galley, 0..galley.rows.len(), 0);
    }
    let (faces, chains) = fonts::collect_in_pass(ctx);
    let mut shaper = TextShaper::new(&faces, chains);
    let mut out = Vec::new();
    for paragraph in &paragraphs {
        match is_mixed(paragraph) {
            true => mixed(&mut shaper, galley, paragraph, &mut out),
            false => out.extend(plain(galley, paragraph.rows.clone(), paragraph.bytes.start)),
        }
    }
    out
}

/// The letters of rows whose text begins at `start`: there, egui has a glyph for each character.
fn plain(galley: &Galley, rows: Range<usize>, start: usize) -> Vec<TextCluster> {
    let mut chars = galley
        .job
        .text
        .get(start..)
        .unwrap_or_default()
        .char_indices();
    let mut out = Vec::new();
    for at in rows {
        let Some(row) = galley.rows.get(at) else {
            break;
        };
        for glyph in &row.glyphs {
            let Some((from, c)) = chars.next() else {
                return out;
            };
            out.push(TextCluster {
                bytes: start + from..start + from + c.len_utf8(),
                row: at,
                x: Rangef::new(row.pos.x + glyph.pos.x, row.pos.x + glyph.max_x()),
            });
        }
        if row.ends_with_newline {
            chars.next();
        }
    }
    out
}

fn mixed(
    shaper: &mut TextShaper<'_>,
    galley: &Galley,
    paragraph: &Paragraph,
    out: &mut Vec<TextCluster>,
) {
    let job = &galley.job;
    let lines = bidi::lines(shaper, galley, paragraph);
    for (line, row) in lines.iter().zip(paragraph.rows.clone()) {
        let mut found: BTreeMap<usize, TextCluster> = BTreeMap::new();
        let mut ink = Rangef::NOTHING;
        let mut pen = 0.0;
        for run in &line.runs {
            for glyph in shaper.directed(job, run) {
                if !found.is_empty() {
                    pen += glyph.space_before_pt;
                }
                let x = Rangef::new(pen, pen + glyph.advance_pt);
                pen = x.max;
                if !glyph.chr.is_whitespace() {
                    ink = Rangef::new(ink.min.min(x.min), ink.max.max(x.max));
                }
                let cluster = TextCluster {
                    bytes: glyph.bytes.clone(),
                    row,
                    x,
                };
                let known = found.entry(glyph.bytes.start).or_insert(cluster);
                known.x = Rangef::new(known.x.min.min(x.min), known.x.max.max(x.max));
            }
        }
        if ink.min > ink.max {
            ink = Rangef::new(0.0, pen);
        }
        let left = bidi::line_left(galley, line, ink);
        out.extend(found.into_values().map(|mut cluster| {
            cluster.x = Rangef::new(cluster.x.min + left, cluster.x.max + left);
            cluster
        }));
    }
}
