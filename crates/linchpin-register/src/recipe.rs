//! Recipes: which charts are made into which images, for a report's whole set of figures.

use super::chart::Chart;
use super::chart_vocabulary::{EvidenceScope, ImageFormat, ImageStyle, NumberStyle};
use super::check::CheckContext;
use super::schema::record;
use super::{Id, Link, Record};

record! {
    /// A set of images that is made in one go.
    pub struct Recipe "Recipe" {
        id: required Id, "Readable slug, unique in the register.";
        title: required String, "What the images are for.";
        charts: list Link<Chart>, "Which charts, in their order.", default "all";
        formats: list ImageFormat, "Which kinds of file.", default "PNG";
        size: optional String, "A preset such as \"single-column\", or a width and perhaps a \
            height such as \"90 mm\" or \"16 x 9 cm\".";
        dpi: optional u32, "Pixels to the inch of a PNG.";
        margin: optional String, "Blank edge, such as \"5 mm\".";
        style: optional ImageStyle, "How they look.", default "what suits the size, or light";
        grey: flag bool, "In greys, for print without color.";
        transparent: flag bool, "Without a ground of their own.";
        numbers: optional NumberStyle, "How numbers are written.", default "as in English";
        evidence: optional EvidenceScope, "What the images carry of the register.",
            default "everything";
        house: optional String, "The file of a house style, next to the register.";
    }
}

impl Record for Recipe {
    fn title(&self) -> &str {
        &self.title
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("title", &self.title);
    }
}
