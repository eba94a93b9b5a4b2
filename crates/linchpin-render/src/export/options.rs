//! How an image is made, as plain data: an image carries it, and it is read back from there.

use super::house_style::HouseStyle;
use super::medium::Medium;
use super::size::{self, ImageSize, Preset};
use crate::theme::{self, DARK, LIGHT, PRINT, Palette};
use egui_export::{Length, SvgText, Unit};
use linchpin_charts::evidence::Evidence;
use linchpin_register::chart_vocabulary::{EvidenceScope, ImageStyle, NumberStyle};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;

/// CSS pixels to the inch: one point of the layout at scale 1.
pub const DPI_AT_1X: f32 = 96.0;

/// How an image is made. The names of the fields stand in images, and stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImageOptions {
    /// Outer size, blank edge included.
    pub size: ImageSize,
    /// Blank edge; `None`: the style's own.
    pub margin: Option<Length>,
    /// Colors and size of letters.
    #[serde(with = "style_word")]
    pub style: ImageStyle,
    /// In greys.
    pub grey: bool,
    /// Without a background.
    pub transparent: bool,
    /// How numbers are written.
    #[serde(with = "number_word")]
    pub numbers: NumberStyle,
    /// Pixels to the inch of a PNG.
    pub dpi: f32,
    /// What the file carries of the register. Everything, where nobody has asked for less: the
    /// image can then be checked and drawn again by whoever has it, years later.
    #[serde(with = "evidence_word")]
    pub evidence: EvidenceScope,
    /// How text is written into an SVG.
    pub svg_text: SvgText,
    /// Fonts, colors and logo of a house in place of the style's own.
    pub house: Option<HouseStyle>,
    /// Seconds since 1970 that the file names as its date; `None` leaves it out.
    pub created: Option<i64>,
}

impl Default for ImageOptions {
    fn default() -> Self {
        ImageOptions {
            size: ImageSize::wide(800.0, Unit::Px),
            margin: None,
            style: ImageStyle::Light,
            grey: false,
            transparent: false,
            numbers: NumberStyle::English,
            dpi: 2.0 * DPI_AT_1X,
            evidence: EvidenceScope::Full,
            svg_text: SvgText::Overlay,
            house: None,
            created: created(),
        }
    }
}

impl ImageOptions {
    /// Those of a preset.
    pub fn of_preset(preset: &Preset) -> ImageOptions {
        ImageOptions {
            size: preset.size,
            margin: preset.margin,
            style: preset.style,
            dpi: preset.dpi,
            ..ImageOptions::default()
        }
    }

    /// Those that suit a size as it is written: a preset's own, or what is usual on paper and on
    /// screens.
    ///
    /// # Errors
    /// What is wrong with the size, and what would be right.
    pub fn of_size(text: &str) -> Result<ImageOptions, String> {
        if let Some(preset) = size::preset_by_id(text) {
            return Ok(ImageOptions::of_preset(preset));
        }
        let size: ImageSize = text.parse()?;
        Ok(ImageOptions {
            size,
            style: if size.is_on_paper() {
                ImageStyle::Print
            } else {
                ImageStyle::Light
            },
            dpi: size.usual_dpi(),
            ..ImageOptions::default()
        })
    }

    /// Pixels of a PNG to the point of the layout, a 96th of an inch.
    pub fn scale(&self) -> f32 {
        self.dpi / DPI_AT_1X
    }

    /// How an image was made, by what it carries; the usual way where that cannot be read.
    pub fn carried(evidence: &Evidence) -> Self {
        // An image of another version may say things that this one does not know: it opens all the
        // same.
        serde_json::from_value(evidence.image.clone()).unwrap_or_default()
    }

    /// The palette that the options ask for.
    pub fn palette(&self) -> &'static Palette {
        let ours = match self.style {
            ImageStyle::Light | ImageStyle::Slide => &LIGHT,
            ImageStyle::Dark => &DARK,
            ImageStyle::Print => &PRINT,
        };
        let mut palette = ours.clone();
        // Without color, the patterns tell groups apart.
        palette.patterns |= self.grey;
        if let Some(house) = &self.house {
            house.recolor(&mut palette);
        }
        theme::render_style::intern_palette(palette)
    }

    /// Where it is looked at: what the style asks for, and light and dark follow the size. A slide
    /// stays one in every style.
    pub fn medium(&self) -> Medium {
        let of = |style| match style {
            ImageStyle::Light | ImageStyle::Dark => Medium::Screen,
            ImageStyle::Print => Medium::Print,
            ImageStyle::Slide => Medium::Slide,
        };
        match (self.style, self.size.preset()) {
            (_, Some(preset)) if preset.style == ImageStyle::Slide => Medium::Slide,
            (ImageStyle::Print | ImageStyle::Slide, _) => of(self.style),
            (_, Some(preset)) => of(preset.style),
            (_, None) if self.size.is_on_paper() => Medium::Print,
            _ => Medium::Screen,
        }
    }

    /// Whether its chart has a whole page, which it should fill.
    pub(super) fn is_page(&self) -> bool {
        let is_page = self.size.preset().is_some_and(|preset| preset.is_page);
        is_page && self.medium() == Medium::Print
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::PRESETS;

    #[test]
    fn options_are_read_back_as_they_were() {
        for preset in PRESETS {
            let options = ImageOptions::of_preset(preset);
            let json = serde_json::to_string(&options).unwrap();
            assert_eq!(
                serde_json::from_str::<ImageOptions>(&json).unwrap(),
                options,
                "{json}"
            );
        }
    }

    #[test]
    fn the_names_in_images_stay() {
        let options = ImageOptions {
            margin: Some(Length::new(2.0, Unit::Mm)),
            style: ImageStyle::Print,
            created: None,
            ..ImageOptions::default()
        };
        assert_eq!(
            serde_json::to_string(&options).unwrap(),
            "{\"size\":\"800 px\",\"margin\":\"2 mm\",\"style\":\"print\",\"grey\":false,\
             \"transparent\":false,\"numbers\":\"English\",\
                 \"dpi\":192.0,\"evidence\":\"full\",\"svg_text\":\"overlay\",\"house\":null,\"created\":null}"
        );
        let sparse: ImageOptions = serde_json::from_str("{\"size\":\"90 x 60 mm\"}").unwrap();
        assert_eq!(sparse.size, ImageSize::of(90.0, 60.0, Unit::Mm));
        assert!(serde_json::from_str::<ImageOptions>("{\"style\":\"loud\"}").is_err());
    }
}

/// The date that reproducible builds ask for (SOURCE_DATE_EPOCH); otherwise files carry none, so
/// that the same register gives the same bytes.
fn created() -> Option<i64> {
    // One that is no date is refused by who writes files: see `check_source_date`.
    source_date(std::env::var_os(SOURCE_DATE)?).ok()
}

const SOURCE_DATE: &str = "SOURCE_DATE_EPOCH";

/// Whether the date that reproducible builds ask for can be read, where they ask for one: without
/// it a file would silently name none.
///
/// # Errors
/// What stands there instead, in words.
pub fn check_source_date() -> Result<(), String> {
    match std::env::var_os(SOURCE_DATE) {
        Some(typed) => source_date(typed).map(drop),
        None => Ok(()),
    }
}

fn source_date(typed: OsString) -> Result<i64, String> {
    let typed = typed.to_string_lossy();
    let seconds = typed.trim().parse();
    seconds.map_err(|_| {
        format!(
            "{SOURCE_DATE} is `{typed}`: write the seconds since 1970 as a whole number, or leave \
            it unset"
        )
    })
}

/// A way to write numbers by its name, such as "Continental".
mod number_word {
    use linchpin_register::chart_vocabulary::NumberStyle;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(style: &NumberStyle, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(style.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NumberStyle, D::Error> {
        let word = String::deserialize(from)?;
        let style = NumberStyle::ALL.iter().find(|s| s.name() == word);
        style
            .copied()
            .ok_or_else(|| D::Error::custom(format!("\"{word}\" is no number style")))
    }
}

/// What scripts and images call what an image carries: "full", "citations", "none".
pub fn evidence_word(scope: EvidenceScope) -> &'static str {
    match scope {
        EvidenceScope::Full => "full",
        EvidenceScope::Citations => "citations",
        EvidenceScope::Nothing => "none",
    }
}

/// What an image carries by its word, such as "citations".
mod evidence_word {
    use super::evidence_word;
    use linchpin_register::chart_vocabulary::EvidenceScope;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(scope: &EvidenceScope, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(evidence_word(*scope))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<EvidenceScope, D::Error> {
        let word = String::deserialize(from)?;
        let mut all = EvidenceScope::ALL.iter();
        let scope = all.find(|scope| evidence_word(**scope) == word);
        scope
            .copied()
            .ok_or_else(|| D::Error::custom(format!("\"{word}\" is no scope of evidence")))
    }
}

/// A style by its word, such as "print".
mod style_word {
    use linchpin_register::chart_vocabulary::ImageStyle;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(style: &ImageStyle, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(style.label())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ImageStyle, D::Error> {
        let word = String::deserialize(from)?;
        let style = ImageStyle::ALL.iter().find(|s| s.label() == word);
        style
            .copied()
            .ok_or_else(|| D::Error::custom(format!("\"{word}\" is no style")))
    }
}
