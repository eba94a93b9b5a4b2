//! Text set for a picture: measured before it is placed, and whether it fits where it is wanted.

use crate::theme::{self, Palette, size};
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Context, FontId, Galley, TextureId, Ui, Vec2};
use linchpin_charts::picture::{PrintedText, PrintedValue};
use linchpin_register::chart_vocabulary::NumberStyle;
use linchpin_report::visible::visible;
use std::sync::Arc;

/// Text that has been set.
#[derive(Clone)]
pub(super) struct MeasuredText {
    /// At the scale of the picture on screen.
    pub galley: Arc<Galley>,
    /// In points of the picture.
    pub size: Vec2,
}

/// Sets text with a context's fonts, in a palette.
pub(super) struct TextLayouter<'a> {
    ctx: &'a Context,
    /// Points on screen to the point of the picture.
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
        let style = theme::render_style(ui);
        TextLayouter {
            ctx: ui.ctx(),
            scale,
            palette: style.palette,
            margin_pt: style.margin_pt,
            logo: style.logo,
            numbers: style.numbers,
        }
    }

    /// A text as it is set: numbers as the style of the picture writes them, and stand-ins for
    /// control characters.
    pub fn written(&self, text: &(impl PrintedText + ?Sized)) -> String {
        visible(&text.written(self.numbers)).into_owned()
    }

    /// Text wrapped at a width.
    pub fn wrapped(
        &self,
        text: &(impl PrintedText + ?Sized),
        font: FontId,
        color: Color32,
        width_pt: f32,
    ) -> MeasuredText {
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
    ) -> MeasuredText {
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
    ) -> MeasuredText {
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
    ) -> MeasuredText {
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
    ) -> MeasuredText {
        // Hard spaces within a date, soft ones between two.
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

    /// A name and its number: next to each other where they fit a width, else one above the other.
    pub fn name_and_number(
        &self,
        name: &str,
        number: &PrintedValue,
        color: Color32,
        width_pt: f32,
    ) -> MeasuredText {
        let number = self.written(number);
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
    ) -> MeasuredText {
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

    /// Sets a job whose sizes are in points of the picture.
    fn lay_out_job(&self, mut job: LayoutJob) -> MeasuredText {
        // Letters are hinted and rounded at their size on screen: what is measured is what will be
        // drawn, not a scaled copy of it.
        for section in &mut job.sections {
            section.format.font_id.size *= self.scale;
        }
        job.wrap.max_width *= self.scale;
        let galley = self.ctx.fonts_mut(|fonts| fonts.layout_job(job));
        MeasuredText {
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

/// How much of its size a space takes: a word is broken where the space behind it does not fit.
const SPACE_EM: f32 = 0.3;

/// The width of the widest word of a text, in points: below it, a word is broken.
pub(super) fn widest_word(layouter: &TextLayouter<'_>, text: &str, font: &FontId) -> f32 {
    // Where nothing is much wider than a word, one measure is enough.
    let whole = layouter.max_width(text.lines(), font);
    if !text.contains(char::is_whitespace) {
        return whole;
    }
    let word = layouter.max_width(text.split_whitespace(), font);
    // The last word of a line has no space behind it, so the whole text is never too narrow.
    (word + SPACE_EM * font.size).min(whole)
}

/// How many lines a text takes.
pub(super) fn line_count(text: &MeasuredText) -> usize {
    text.galley.rows.len()
}

/// Whether a text stands on lines of a width without a broken word; Korean, Chinese and Japanese
/// may be broken where a line holds a few of their signs.
pub(super) fn fits_unbroken(
    layouter: &TextLayouter<'_>,
    text: &str,
    font: &FontId,
    width_pt: f32,
) -> bool {
    // On narrower lines a word of Hangul would fall apart into single syllables.
    let few = 6.0 * font.size;
    let space = match text.trim().contains(char::is_whitespace) {
        true => SPACE_EM * font.size,
        false => 0.0,
    };
    text.split_whitespace().all(|word| {
        let broken_anywhere = width_pt >= few && word.chars().any(is_east_asian);
        broken_anywhere || layouter.max_width(std::iter::once(word), font) + space <= width_pt
    })
}

/// Hangul, kana and Chinese characters.
fn is_east_asian(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11FF}'
            | '\u{3040}'..='\u{30FF}'
            | '\u{3130}'..='\u{318F}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7AF}'
    )
}
