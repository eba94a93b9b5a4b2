//! Text set for a picture: measured before it is placed.

use crate::theme::{self, Palette, size};
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Context, FontId, Galley, Ui, Vec2};
use std::sync::Arc;

/// Text that has been set.
#[derive(Clone)]
pub(super) struct Text {
    /// At the scale of the sheet on screen.
    pub galley: Arc<Galley>,
    /// In points of the sheet.
    pub size: Vec2,
}

/// Sets text with a context's fonts, in a palette.
pub(super) struct Typesetter<'a> {
    ctx: &'a Context,
    /// Points on screen to the point of the sheet.
    scale: f32,
    pub palette: &'static Palette,
}

impl<'a> Typesetter<'a> {
    pub fn new(ui: &'a Ui, scale: f32) -> Typesetter<'a> {
        Typesetter {
            ctx: ui.ctx(),
            scale,
            palette: theme::of(ui),
        }
    }

    /// Text wrapped at a width.
    pub fn wrapped(&self, text: &str, font: FontId, color: Color32, width_pt: f32) -> Text {
        self.job(LayoutJob::simple(
            text.to_owned(),
            font,
            color,
            width_pt.max(1.0),
        ))
    }

    /// Text on one line.
    pub fn line(&self, text: &str, font: FontId, color: Color32) -> Text {
        self.job(LayoutJob::simple_singleline(text.to_owned(), font, color))
    }

    /// Two texts in a row, the second muted, wrapped at a width.
    pub fn pair(&self, first: &str, second: &str, width_pt: f32) -> Text {
        let mut job = LayoutJob::default();
        let font = theme::regular(size::CAPTION);
        job.append(
            first,
            0.0,
            TextFormat::simple(font.clone(), self.palette.text),
        );
        job.append(
            "  ",
            0.0,
            TextFormat::simple(font.clone(), self.palette.text),
        );
        job.append(
            second,
            0.0,
            TextFormat::simple(font, self.palette.text_muted),
        );
        job.wrap.max_width = width_pt.max(1.0);
        self.job(job)
    }

    /// Sets a job whose sizes are in points of the sheet.
    fn job(&self, mut job: LayoutJob) -> Text {
        for section in &mut job.sections {
            section.format.font_id.size *= self.scale;
        }
        job.wrap.max_width *= self.scale;
        let galley = self.ctx.fonts_mut(|fonts| fonts.layout_job(job));
        Text {
            size: galley.rect.size() / self.scale,
            galley,
        }
    }

    /// The width of the widest of these texts on one line, in points.
    pub fn widest<'t>(&self, texts: impl Iterator<Item = &'t str>, font: &FontId) -> f32 {
        texts
            .map(|text| self.line(text, font.clone(), self.palette.text).size.x)
            .fold(0.0, f32::max)
    }
}
