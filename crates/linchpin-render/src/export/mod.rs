//! A picture leaves the program here: painted off-screen and written by [`egui_export`], with what
//! a chart's image carries and the render styles of this program.

pub mod batch;
pub mod data;
mod house_fonts;
pub mod house_style;
pub mod image;
mod image_frame;
pub mod medium;
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
pub use image_frame::{SizeShortage, TooSmall, size_problem};
pub use medium::Medium;
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
    /// Its letters would be too small to read, or it would be higher than a page.
    TooSmall(Box<TooSmall>),
    /// The picture could not be recorded or written.
    Export(ExportError),
    /// The fonts of a house style made a reader of fonts give up.
    HouseFonts {
        /// The fonts that the house style names.
        names: Vec<String>,
        /// What the reader said.
        fault: String,
    },
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
            ImageError::TooSmall(why) => why.fmt(f),
            ImageError::Export(error @ ExportError::MissingGlyphs(missing)) => write!(
                f,
                "{error}. Write other characters there, or name a font with {} in a house style, \
                such as fonts: (fallback: [\"Font.otf\"])",
                scripts(missing)
            ),
            ImageError::HouseFonts { names, fault } => write!(
                f,
                "a font of the house style is damaged ({}): {fault}",
                names.join(", ")
            ),
            ImageError::Export(error) => error.fmt(f),
        }
    }
}

/// What a font must have for these characters, in words.
fn scripts(missing: &[(char, String)]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (c, _) in missing {
        let name = script(*c).unwrap_or("these characters");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    // What has no name comes last.
    names.sort_by_key(|name| *name == "these characters");
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        names => names.concat(),
    }
}

/// The script of a character, where a search for a font by its name finds one.
fn script(c: char) -> Option<&'static str> {
    Some(match u32::from(c) {
        0x0530..=0x058F => "Armenian letters",
        0x0590..=0x05FF | 0xFB1D..=0xFB4F => "Hebrew letters",
        0x0600..=0x06FF | 0x0750..=0x077F | 0x0870..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => {
            "Arabic letters"
        }
        0x0700..=0x074F => "Syriac letters",
        0x0900..=0x097F => "Devanagari letters",
        0x0980..=0x09FF => "Bengali letters",
        0x0B80..=0x0BFF => "Tamil letters",
        0x0E00..=0x0E7F => "Thai letters",
        0x10A0..=0x10FF => "Georgian letters",
        0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF => "Hangul letters",
        0x2E80..=0x2FDF
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF
        | 0x20000..=0x323AF => "Chinese characters",
        0x3040..=0x30FF | 0x31F0..=0x31FF => "kana",
        _ => return None,
    })
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
            other characters there, or name a font with these characters in a house style, such \
            as fonts: (fallback: [\"Font.otf\"])"
        );
        let title = "대한민국 (大韓民國) نشر";
        let missing = "大ن".chars().map(|c| (c, title.to_owned())).collect();
        let words = ImageError::from(ExportError::MissingGlyphs(missing)).to_string();
        assert!(
            words.contains("a font with Chinese characters and Arabic letters in a house style"),
            "{words}"
        );
    }
}
