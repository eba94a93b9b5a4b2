//! Right-to-left text in a window, in the order in which files have it.

use crate::accessibility::is_recorded;
use crate::bidi::{self, Paragraph, VisualLine};
use crate::fonts;
use crate::shaping::{ShapingRun, TextShaper};
use egui::epaint::text::{
    ByteIndex, Galley, LayoutJob, LayoutSection, PlacedRow, RowVisuals, TextFormat, TextWrapping,
};
use egui::epaint::{ClippedShape, Shape};
use egui::layers::ShapeIdx;
use egui::{Context, Id, LayerId, Rangef, Rect, Ui};
use std::collections::HashMap;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation as _;

/// Shows right-to-left text of a window in the right order: words, numbers and brackets stand as
/// the Unicode bidirectional algorithm has them, and as this crate writes them into files.
///
/// ```
/// # let ctx = egui::Context::default();
/// ctx.add_plugin(egui_export::BidiPlugin::default());
/// ```
///
/// Only what is painted changes. Labels keep their text for copying and for screen readers, and
/// their size. Text that is edited (`egui::TextEdit`, and every other text whose job keeps its
/// trailing spaces: [`LayoutJob::keep_trailing_whitespace`]) stays as egui sets it, since egui's
/// cursor could not follow.
#[derive(Default)]
pub struct BidiPlugin {
    /// What was put in order in the last pass, by the address of egui's galley, which is held so
    /// that nothing else gets its address.
    known: HashMap<usize, (Arc<Galley>, Arc<Galley>)>,
}

impl BidiPlugin {
    /// Whether the last pass painted right-to-left text that stays in egui's order, since it can be
    /// edited. A program can say so to those who read it.
    pub fn leaves_text(ctx: &Context) -> bool {
        ctx.data(|data| data.get_temp(left_id()).unwrap_or(false))
    }
}

fn left_id() -> Id {
    Id::unique("egui_export right-to-left text in egui's order")
}

impl std::fmt::Debug for BidiPlugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BidiPlugin").finish_non_exhaustive()
    }
}

impl egui::Plugin for BidiPlugin {
    fn debug_name(&self) -> &'static str {
        "right-to-left text"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        // A scene puts its text in order itself, from the galleys that egui made.
        if is_recorded(&ctx) {
            return;
        }
        let layers = layers(&ctx);
        let Found {
            galleys,
            leaves_text,
        } = mixed_galleys(&ctx, &layers);
        if leaves_text != BidiPlugin::leaves_text(&ctx) {
            ctx.data_mut(|data| data.insert_temp(left_id(), leaves_text));
            ctx.request_repaint();
        }
        let mut before = std::mem::take(&mut self.known);
        if galleys.is_empty() {
            return;
        }
        let new = |galley: &Arc<Galley>| !before.contains_key(&address(galley));
        if galleys.iter().any(new) {
            let (faces, chains) = fonts::collect_in_pass(&ctx);
            let mut shaper = TextShaper::new(&faces, chains);
            for galley in galleys.iter().filter(|galley| new(galley)) {
                let ordered = in_order(&ctx, &mut shaper, galley).map(Arc::new);
                let ordered = ordered.unwrap_or_else(|| galley.clone());
                let known = (galley.clone(), ordered);
                self.known.insert(address(galley), known);
            }
        }
        for galley in &galleys {
            let at = address(galley);
            if let Some(known) = before.remove(&at) {
                self.known.insert(at, known);
            }
        }
        self.replace(&ctx, &layers);
    }
}

impl BidiPlugin {
    /// Paint what was put in order in place of what egui made.
    fn replace(&self, ctx: &Context, layers: &[LayerId]) {
        ctx.graphics_mut(|graphics| {
            for layer in layers {
                let Some(list) = graphics.get_mut(*layer) else {
                    continue;
                };
                for at in 0..list.next_idx().0 {
                    list.mutate_shape(ShapeIdx(at), |clipped| self.replace_in(&mut clipped.shape));
                }
            }
        });
    }

    fn replace_in(&self, shape: &mut Shape) {
        match shape {
            Shape::Vec(shapes) => shapes.iter_mut().for_each(|shape| self.replace_in(shape)),
            Shape::Text(text) => {
                if let Some((_, ordered)) = self.known.get(&address(&text.galley)) {
                    text.galley = ordered.clone();
                }
            }
            _ => {}
        }
    }
}

fn address(galley: &Arc<Galley>) -> usize {
    Arc::as_ptr(galley) as usize
}

/// Every layer that something can be painted on.
fn layers(ctx: &Context) -> Vec<LayerId> {
    let mut layers: Vec<LayerId> = ctx.memory(|memory| memory.layer_ids().collect());
    layers.extend([LayerId::background(), LayerId::debug()]);
    layers
}

/// The right-to-left text of a pass.
#[derive(Default)]
struct Found {
    /// What must be put in order.
    galleys: Vec<Arc<Galley>>,
    /// Whether there is other, which is edited.
    leaves_text: bool,
}

/// What was painted in a pass.
fn mixed_galleys(ctx: &Context, layers: &[LayerId]) -> Found {
    let mut out = Found::default();
    ctx.graphics(|graphics| {
        for layer in layers {
            let shapes = graphics.get(*layer).into_iter();
            for ClippedShape { shape, .. } in shapes.flat_map(|list| list.all_entries()) {
                collect(shape, &mut out);
            }
        }
    });
    out
}

fn collect(shape: &Shape, out: &mut Found) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, out)),
        Shape::Text(text) => {
            let job = &text.galley.job;
            match bidi::is_mixed(&job.text) {
                true if job.keep_trailing_whitespace => out.leaves_text = true,
                true => out.galleys.push(text.galley.clone()),
                false => {}
            }
        }
        _ => {}
    }
}

/// A galley whose mixed paragraphs are in order; `None` where its text cannot be told.
fn in_order(ctx: &Context, shaper: &mut TextShaper<'_>, galley: &Galley) -> Option<Galley> {
    let mut out = galley.clone();
    for paragraph in bidi::paragraphs(galley)? {
        let text = galley.job.text.get(paragraph.bytes.clone());
        if text.is_some_and(bidi::is_mixed) {
            put_in_order(ctx, shaper, galley, &paragraph, &mut out.rows);
        }
    }
    out.mesh_bounds = Rect::NOTHING;
    (out.num_vertices, out.num_indices) = (0, 0);
    for row in &out.rows {
        let RowVisuals {
            mesh, mesh_bounds, ..
        } = &row.row.visuals;
        out.mesh_bounds |= mesh_bounds.translate(row.pos.to_vec2());
        out.num_vertices += mesh.vertices.len();
        out.num_indices += mesh.indices.len();
    }
    Some(out)
}

fn put_in_order(
    ctx: &Context,
    shaper: &mut TextShaper<'_>,
    galley: &Galley,
    paragraph: &Paragraph,
    rows: &mut [PlacedRow],
) {
    let lines = bidi::lines(shaper, galley, paragraph);
    let mut lines = lines.iter();
    for row in rows.get_mut(paragraph.rows.clone()).unwrap_or_default() {
        let Some(line) = lines.next() else {
            let row = Arc::make_mut(&mut row.row);
            row.glyphs.clear();
            row.visuals = RowVisuals::default();
            continue;
        };
        let job = line_job(&galley.job, line);
        let set = ctx.fonts_mut(|fonts| fonts.layout_job(job));
        let Some(line_row) = set.rows.first() else {
            continue;
        };
        let is_ink = |glyph: &&egui::epaint::text::Glyph| !glyph.chr.is_whitespace();
        let glyphs = &line_row.glyphs;
        let ink = match (glyphs.iter().find(is_ink), glyphs.iter().rfind(is_ink)) {
            (Some(first), Some(last)) => Rangef::new(first.pos.x, last.max_x()),
            _ => Rangef::new(0.0, set.rect.width()),
        };
        let left = bidi::line_left(galley, line, ink);
        row.pos.x = (left * galley.pixels_per_point).round() / galley.pixels_per_point;
        row.row = line_row.row.clone();
    }
}

/// A line as a job that egui sets in order: its runs from left to right, each in a section of its
/// own.
fn line_job(job: &LayoutJob, line: &VisualLine) -> LayoutJob {
    let mut out = LayoutJob {
        break_on_newline: false,
        wrap: TextWrapping::no_max_width(),
        round_output_to_gui: job.round_output_to_gui,
        ..LayoutJob::default()
    };
    let section = line.runs.iter().map(|run| run.section).max();
    let sign = section.and_then(|section| {
        let sign = job.wrap.overflow_character.filter(|_| line.is_cut)?;
        Some((sign.to_string(), job.sections.get(section)?.format.clone()))
    });
    if let (Some((sign, format)), true) = (&sign, line.is_rtl) {
        push_section(&mut out, sign, format);
    }
    for run in &line.runs {
        let (Some(text), Some(section)) = (
            job.text.get(run.bytes.clone()),
            job.sections.get(run.section),
        ) else {
            continue;
        };
        push_section(&mut out, &as_shaped(text, run), &section.format);
    }
    if let (Some((sign, format)), false) = (&sign, line.is_rtl) {
        push_section(&mut out, sign, format);
    }
    out
}

/// Append a section of its own: [`LayoutJob::append`] joins those of one format, and egui would
/// shape them as one.
fn push_section(job: &mut LayoutJob, text: &str, format: &TextFormat) {
    let start = job.text.len();
    job.text.push_str(text);
    job.sections.push(LayoutSection {
        leading_space: 0.0,
        byte_range: ByteIndex(start)..ByteIndex(job.text.len()),
        format: format.clone(),
    });
}

/// The text of a run such that egui's shaper, which guesses a direction, shows it in the run's own.
fn as_shaped(text: &str, run: &ShapingRun) -> String {
    let mut buffer = harfrust::UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let guessed_rtl = buffer.direction() == harfrust::Direction::RightToLeft;
    let is_rtl = run.is_rtl.unwrap_or(guessed_rtl);
    if is_rtl == guessed_rtl {
        return text.to_owned();
    }
    // The shaper turns brackets around only where it goes from right to left: here it goes the
    // other way than the run, so they are turned once more.
    let turned = text.graphemes(true).rev();
    turned.flat_map(str::chars).map(bidi::mirrored).collect()
}
