//! A picture leaves the program here: painted off-screen and written by [`egui_export`], with what
//! a chart's image carries and the render styles of this program.

pub mod batch;
pub mod data;
pub mod house_style;
pub mod image;
pub mod options;
pub mod provenance;
pub mod report;
pub mod size;
pub mod table;

use std::fmt;

pub use egui_export::{
    Canvas, ExportError, Format, Length, Metadata, Pixels, PngOptions, Primitive, Scene, SvgText,
    Unit, check_size,
};
pub use house_style::HouseStyle;
pub use options::ImageOptions;
pub use size::{ImageSize, PRESETS, Preset};

/// The name that files carry as their maker.
pub const SOFTWARE: &str = concat!("Linchpin ", env!("CARGO_PKG_VERSION"));

/// Font families that may take the place of ours in an SVG: those that look alike, with Hangul.
pub const FALLBACK_FAMILIES: [&str; 5] = [
    "Pretendard",
    "Inter",
    "Noto Sans KR",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
];

/// Why an image could not be made.
#[derive(Clone, Debug, PartialEq)]
pub enum ImageError {
    /// The chart cannot be drawn; why, in words.
    NotDrawn(String),
    /// The margin leaves no room for a picture.
    Margin {
        /// The margin that was asked for.
        margin: Length,
        /// The size of the image.
        size: ImageSize,
    },
    /// The picture could not be recorded or written.
    Export(ExportError),
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImageError::NotDrawn(why) => write!(f, "the chart cannot be drawn: {why}"),
            ImageError::Margin { margin, size } => write!(
                f,
                "a blank edge of {margin} leaves too little of {size}: make the edge smaller or \
                the image larger"
            ),
            ImageError::Export(error @ ExportError::MissingGlyphs(_)) => write!(
                f,
                "{error}. Write other characters there, or name a font that has them in a house \
                style"
            ),
            ImageError::Export(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ImageError {}

impl From<ExportError> for ImageError {
    fn from(error: ExportError) -> ImageError {
        ImageError::Export(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_character_is_told_with_the_way_out() {
        let missing = vec![('\u{E000}', "Promises \u{E000} kept".to_owned())];
        assert_eq!(
            ImageError::from(ExportError::MissingGlyphs(missing)).to_string(),
            "no font has a character of the picture: U+E000 in \"Promises \u{E000} kept\". Write \
            other characters there, or name a font that has them in a house style"
        );
    }
}
