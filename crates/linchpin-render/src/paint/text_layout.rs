//! Text set for a picture: measured before it is placed.

use crate::theme::{self, Palette, size};
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Context, FontId, Galley, TextureId, Ui, Vec2};
use linchpin_charts::picture::{PrintedText, PrintedValue};
use linchpin_register::chart_vocabulary::NumberStyle;
use std::sync::Arc;

/// Text that has been set.
#[derive(Clone)]
pub(super) struct LaidOutText {
    /// At the scale of the sheet on screen.
    pub galley: Arc<Galley>,
    /// In points of the sheet.
    pub size: Vec2,
}

/// Sets text with a context's fonts, in a palette.
pub(super) struct TextLayouter<'a> {
    ctx: &'a Context,
    /// Points on screen to the point of the sheet.
    scale: f32,
    pub palette: &'static Palette,
    /// Blank edge around a picture, in points.
    pub margin_pt: f32,
    /// What stands at the foot on the right, and its size in points.
    pub logo: Option<(TextureId, Vec2)>,
    /// How numbers are written.
    numbers: NumberStyle,
}

impl<'a> TextLayouter<'a> {
    pub fn new(ui: &'a Ui, scale: f32) -> TextLayouter<'a> {
        let look = theme::render_style(ui);
        TextLayouter {
            ctx: ui.ctx(),
            scale,
            palette: look.palette,
            margin_pt: look.margin_pt,
            logo: look.logo,
            numbers: look.numbers,
        }
    }

    /// A text as it is set: numbers as the style of the picture writes them.
    pub fn written(&self, text: &(impl PrintedText + ?Sized)) -> String {
        text.written(self.numbers)
    }

    /// Text wrapped at a width.
    pub fn wrapped(
        &self,
        text: &(impl PrintedText + ?Sized),
        font: FontId,
        color: Color32,
        width_pt: f32,
    ) -> LaidOutText {
        self.lay_out_job(LayoutJob::simple(
            self.written(text),
            font,
            color,
            width_pt.max(1.0),
        ))
    }

    /// Text on one line.
    pub fn line(
        &self,
        text: &(impl PrintedText + ?Sized),
        font: FontId,
        color: Color32,
    ) -> LaidOutText {
        self.lay_out_job(LayoutJob::simple_singleline(
            self.written(text),
            font,
            color,
        ))
    }

    /// Text wrapped at a width, its lines centered.
    pub fn centered(
        &self,
        text: &(impl PrintedText + ?Sized),
        font: FontId,
        color: Color32,
        width_pt: f32,
    ) -> LaidOutText {
        self.aligned(text, font, color, width_pt, Align::Center)
    }

    /// Text wrapped at a width, its lines put to one side or amid it.
    pub fn aligned(
        &self,
        text: &(impl PrintedText + ?Sized),
        font: FontId,
        color: Color32,
        width_pt: f32,
        align: Align,
    ) -> LaidOutText {
        let mut job = LayoutJob::simple(self.written(text), font, color, width_pt.max(1.0));
        job.halign = align;
        self.lay_out_job(job)
    }

    /// A name and its dates in a row, the dates muted, wrapped at a width; never within a date.
    pub fn name_and_dates(
        &self,
        name: &str,
        dates: &str,
        width_pt: f32,
        align: Align,
    ) -> LaidOutText {
        let dates = dates.replace(' ', "\u{a0}").replace(",\u{a0}", ", ");
        let font = theme::regular(size::CAPTION);
        let mut job = LayoutJob::default();
        for (text, color) in [
            (name, self.palette.text),
            ("  ", self.palette.text),
            (&dates, self.palette.text_muted),
        ] {
            job.append(text, 0.0, TextFormat::simple(font.clone(), color));
        }
        job.wrap.max_width = width_pt.max(1.0);
        job.halign = align;
        self.lay_out_job(job)
    }

    /// A name and its number: beside each other where they fit a width, else one above the other.
    pub fn name_and_number(&self, name: &str, number: &PrintedValue, width_pt: f32) -> LaidOutText {
        let number = self.written(number);
        let color = self.palette.text;
        let set = |between: &str, width_pt: f32| {
            let mut job = LayoutJob::default();
            for (text, font) in [
                (name, theme::regular(size::CAPTION)),
                (between, theme::regular(size::CAPTION)),
                (&number, theme::semibold(size::CAPTION)),
            ] {
                job.append(text, 0.0, TextFormat::simple(font, color));
            }
            job.wrap.max_width = width_pt.max(1.0);
            self.lay_out_job(job)
        };
        let line = set("\u{a0} ", f32::INFINITY);
        if line.size.x <= width_pt {
            line
        } else {
            set("\n", width_pt)
        }
    }

    /// A name, and below it, small and muted, what belongs to it; wrapped at a width.
    pub fn name_and_detail(
        &self,
        name: &str,
        detail: Option<&str>,
        font: FontId,
        width_pt: f32,
        align: Align,
    ) -> LaidOutText {
        let mut job = LayoutJob::default();
        job.append(name, 0.0, TextFormat::simple(font, self.palette.text));
        if let Some(detail) = detail {
            let small = theme::regular(size::CAPTION);
            let muted = TextFormat::simple(small, self.palette.text_muted);
            job.append(&format!("\n{detail}"), 0.0, muted);
        }
        job.wrap.max_width = width_pt.max(1.0);
        job.halign = align;
        self.lay_out_job(job)
    }

    /// Sets a job whose sizes are in points of the sheet.
    fn lay_out_job(&self, mut job: LayoutJob) -> LaidOutText {
        for section in &mut job.sections {
            section.format.font_id.size *= self.scale;
        }
        job.wrap.max_width *= self.scale;
        let galley = self.ctx.fonts_mut(|fonts| fonts.layout_job(job));
        LaidOutText {
            size: galley.rect.size() / self.scale,
            galley,
        }
    }

    /// The width of the widest of these texts on one line, in points.
    pub fn max_width<'t>(&self, texts: impl Iterator<Item = &'t str>, font: &FontId) -> f32 {
        texts
            .map(|text| self.line(text, font.clone(), self.palette.text).size.x)
            .fold(0.0, f32::max)
    }
}
