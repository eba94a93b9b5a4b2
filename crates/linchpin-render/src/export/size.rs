//! The size of an image: a preset that journals, slides and the web ask for, or any width and
//! height.

use egui_export::{Length, Unit};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How wide an image is, and how high.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ImageSize {
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
            "\"huge\" is no size: write single-column, double-column, a4, a4-landscape, slide, square, wide, screen, \
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
}
