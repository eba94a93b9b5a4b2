//! The size of an image: a preset that journals, reports, slides and the web ask for, or any width
//! and height.

use egui_export::{Length, Unit};
use linchpin_register::chart_vocabulary::ImageStyle;
use serde::{Deserialize, Serialize};
use std::f64::consts::SQRT_2;
use std::fmt;
use std::str::FromStr;

/// How wide an image is, and how high.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ImageSize {
    /// How wide, blank edge included.
    pub width: Length,
    /// `None`: as high as the chart needs.
    pub height: Option<Length>,
}

impl ImageSize {
    /// This wide, and as high as the chart needs.
    pub const fn wide(value: f64, unit: Unit) -> ImageSize {
        ImageSize {
            width: Length::new(value, unit),
            height: None,
        }
    }

    /// A width and a height in one unit.
    pub const fn of(width: f64, height: f64, unit: Unit) -> ImageSize {
        ImageSize {
            width: Length::new(width, unit),
            height: Some(Length::new(height, unit)),
        }
    }

    /// Whether it is a size on paper, rather than in pixels.
    pub fn is_on_paper(&self) -> bool {
        self.width.unit != Unit::Px
    }
}

impl TryFrom<String> for ImageSize {
    type Error = String;

    fn try_from(text: String) -> Result<ImageSize, String> {
        text.parse()
    }
}

impl From<ImageSize> for String {
    fn from(size: ImageSize) -> String {
        size.to_string()
    }
}

/// In lengths, never as the name of a preset: a file that keeps it means the same later.
impl fmt::Display for ImageSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.height {
            None => write!(f, "{}", self.width),
            Some(height) if height.unit == self.width.unit => {
                write!(f, "{} x {height}", self.width.value)
            }
            Some(height) => write!(f, "{} x {height}", self.width),
        }
    }
}

/// A size with a name, and what goes well with it.
#[derive(Debug)]
pub struct Preset {
    /// As it is written on the command line and in recipes.
    pub id: &'static str,
    /// As it stands on screen.
    pub title: &'static str,
    /// The size itself.
    pub size: ImageSize,
    /// Pixels to the inch.
    pub dpi: f32,
    /// The style of images that goes with it.
    pub style: ImageStyle,
    /// The blank edge; `None`: the style's own.
    pub margin: Option<Length>,
    /// How high the image may be at most, where it is as high as the chart needs.
    pub max_height: Option<Length>,
    /// The chart has the whole page, and larger letters where it would not fill it.
    pub is_page: bool,
}

/// As high as a figure can be on the page of a journal, with its caption next to it, or below it on
/// the next one.
const JOURNAL_PAGE_HEIGHT: Length = Length::new(247.0, Unit::Mm);

/// As high as paper of no preset is, where it is not wider than such a page.
const PAPER_HEIGHT: Length = Length::new(297.0, Unit::Mm);

/// Every preset, in the order in which they are offered.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "single-column",
        title: "One column of a journal",
        size: ImageSize::wide(89.0, Unit::Mm),
        dpi: 300.0,
        style: ImageStyle::Print,
        margin: Some(Length::new(1.0, Unit::Mm)),
        max_height: Some(JOURNAL_PAGE_HEIGHT),
        is_page: false,
    },
    Preset {
        id: "double-column",
        title: "Two columns of a journal",
        size: ImageSize::wide(183.0, Unit::Mm),
        dpi: 300.0,
        style: ImageStyle::Print,
        margin: Some(Length::new(1.0, Unit::Mm)),
        max_height: Some(JOURNAL_PAGE_HEIGHT),
        is_page: false,
    },
    Preset {
        id: "a4",
        title: "A4 page",
        size: ImageSize::of(210.0, 297.0, Unit::Mm),
        dpi: 300.0,
        style: ImageStyle::Print,
        margin: Some(Length::new(20.0, Unit::Mm)),
        max_height: None,
        is_page: true,
    },
    Preset {
        id: "a4-landscape",
        title: "A4 page, landscape",
        size: ImageSize::of(297.0, 210.0, Unit::Mm),
        dpi: 300.0,
        style: ImageStyle::Print,
        margin: Some(Length::new(20.0, Unit::Mm)),
        max_height: None,
        is_page: true,
    },
    Preset {
        id: "slide",
        title: "Slide, 16:9",
        size: ImageSize::of(13.333, 7.5, Unit::In),
        dpi: 144.0,
        style: ImageStyle::Slide,
        margin: None,
        max_height: None,
        is_page: false,
    },
    Preset {
        id: "square",
        title: "Square post",
        size: ImageSize::of(1080.0, 1080.0, Unit::Px),
        dpi: 96.0,
        style: ImageStyle::Slide,
        margin: None,
        max_height: None,
        is_page: false,
    },
    Preset {
        id: "wide",
        title: "Wide post",
        size: ImageSize::of(1200.0, 675.0, Unit::Px),
        dpi: 96.0,
        style: ImageStyle::Slide,
        margin: None,
        max_height: None,
        is_page: false,
    },
    Preset {
        id: "screen",
        title: "Web page",
        size: ImageSize::wide(800.0, Unit::Px),
        dpi: 192.0,
        style: ImageStyle::Light,
        margin: None,
        max_height: None,
        is_page: false,
    },
];

/// The preset of a name, in either case.
pub fn preset_by_id(id: &str) -> Option<&'static Preset> {
    PRESETS
        .iter()
        .find(|preset| preset.id.eq_ignore_ascii_case(id.trim()))
}

impl ImageSize {
    /// The preset that has this size.
    pub fn preset(&self) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.size == *self)
    }

    /// How high an image may be that is as high as its chart needs: no higher than the page that
    /// it stands on. `None` on screens, which scroll.
    pub fn max_height(&self) -> Option<Length> {
        if let Some(preset) = self.preset() {
            return preset.max_height;
        }
        // A poster is wider than a page, and as much higher.
        let poster = Length::new(self.width.value * SQRT_2, self.width.unit);
        let is_poster = poster.layout_pt() > PAPER_HEIGHT.layout_pt();
        self.is_on_paper()
            .then_some(if is_poster { poster } else { PAPER_HEIGHT })
    }

    /// Pixels to the inch that suit it: those of its preset; 300 on paper; one pixel for each "px".
    pub fn usual_dpi(&self) -> f32 {
        match self.preset() {
            Some(preset) => preset.dpi,
            None if self.is_on_paper() => 300.0,
            None => 96.0,
        }
    }
}

impl FromStr for ImageSize {
    type Err = String;

    fn from_str(text: &str) -> Result<ImageSize, String> {
        let text = text.trim();
        if let Some(preset) = preset_by_id(text) {
            return Ok(preset.size);
        }
        if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')) {
            return Err(no_size(text));
        }
        // Positions are found in the lowered text and used there: lowering may change lengths.
        let lower = text.to_lowercase();
        // The "x" of "px" stands for itself.
        let cross = lower.char_indices().find(|(at, c)| match c {
            'x' => !lower[..*at].ends_with('p'),
            c => matches!(c, '\u{d7}' | '*'),
        });
        let (width, height) = match cross {
            Some((at, c)) => (&lower[..at], Some(&lower[at + c.len_utf8()..])),
            None => (lower.as_str(), None),
        };
        let width = Length::parse_number(width).map_err(|e| e.to_string())?;
        let height = height.map(Length::parse_number).transpose();
        let height = height.map_err(|e| e.to_string())?;
        // One unit behind both is enough.
        let unit = width.1.or(height.and_then(|h| h.1)).ok_or_else(|| {
            format!("\"{text}\" has no unit: write for instance \"{text} mm\" or \"{text} px\"")
        })?;
        let size = ImageSize {
            width: Length::new(width.0, unit),
            height: height.map(|(value, own)| Length::new(value, own.unwrap_or(unit))),
        };
        if size.width.value == 0.0 || size.height.is_some_and(|h| h.value == 0.0) {
            return Err(format!(
                "\"{text}\" has a side of no length: both must be greater than 0"
            ));
        }
        Ok(size)
    }
}

fn no_size(text: &str) -> String {
    let ids: Vec<&str> = PRESETS.iter().map(|preset| preset.id).collect();
    format!(
        "\"{text}\" is no size: write {}, a width such as \"90 mm\", or a width and a height such \
        as \"90 x 60 mm\"",
        ids.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        text.parse::<ImageSize>().map(|size| size.to_string())
    }

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, meant) in [
            ("90 mm", "90 mm"),
            ("90 x 60 mm", "90 x 60 mm"),
            ("90mm x 60", "90 x 60 mm"),
            ("16cm x 9cm", "16 x 9 cm"),
            ("1200x675 px", "1200 x 675 px"),
            ("1200px x 675px", "1200 x 675 px"),
            ("1200px×9cm", "1200 px x 9 cm"),
            ("1200 PX * 675", "1200 x 675 px"),
            ("800px", "800 px"),
            ("6.5 in", "6.5 in"),
            ("Single-Column", "89 mm"),
            ("slide", "13.333 x 7.5 in"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(meant), "{text}");
            let size: ImageSize = text.parse().unwrap();
            assert_eq!(size.to_string().parse(), Ok(size), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        assert_eq!(
            read("huge").unwrap_err(),
            "\"huge\" is no size: write single-column, double-column, a4, a4-landscape, slide, \
            square, wide, screen, \
             a width such as \"90 mm\", or a width and a height such as \"90 x 60 mm\""
        );
        assert_eq!(
            read("90x60").unwrap_err(),
            "\"90x60\" has no unit: write for instance \"90x60 mm\" or \"90x60 px\""
        );
        assert_eq!(
            read("0 mm").unwrap_err(),
            "\"0 mm\" has a side of no length: both must be greater than 0"
        );
        for text in [
            "",
            "x",
            "90 mm x",
            "90 mm x 60 mm x 3 mm",
            "px",
            "9e9 mm",
            "-4 mm",
            "90 ㎜",
            "x90 mm",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn each_preset_has_a_name_and_a_size_of_its_own() {
        for preset in PRESETS {
            assert_eq!(preset_by_id(preset.id).map(|p| p.title), Some(preset.title));
            assert_eq!(preset.size.preset().map(|p| p.id), Some(preset.id));
            assert_eq!(preset.size.usual_dpi(), preset.dpi);
        }
    }
}
