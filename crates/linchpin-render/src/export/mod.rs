//! A picture leaves the program here.
//!
//! [`Canvas`] runs the window's own painting without a window, [`Scene`] is the display list that
//! its shapes become, and [`svg`], [`png`] and [`pdf`] each walk that list. The same input gives
//! the same bytes, every time.

pub mod batch;
pub mod data;
mod date;
mod easel;
mod faces;
mod finish;
mod geom;
pub mod house;
pub mod house_text;
pub mod image;
pub mod length;
pub mod looks;
mod mesh;
mod missing;
pub mod offscreen;
pub mod options;
pub mod pdf;
mod pdf_book;
mod pdf_tags;
mod plan;
pub mod png;
pub mod presets;
mod raster;
pub mod report;
pub mod scene;
mod shapes;
pub mod size;
mod slots;
mod snap;
pub mod svg;
mod svg_font;
mod svg_marks;
mod svg_meta;
mod svg_parts;
mod svg_text;

pub mod table;
mod text;
mod textures;

use std::fmt;
use std::path::Path;

pub use geom::{Geom, Ink, Pen, Rotation, Seg};
pub use house::House;
pub use length::{Length, Unit};
pub use offscreen::Canvas;
pub use options::ImageOptions;
pub use png::Pixels;
pub use presets::{PRESETS, Preset};
pub use scene::{Face, Glyph, Mark, Node, Scene, Spot, TextRun};
pub use size::ImageSize;
pub use svg::SvgText;
pub use textures::Textures;

/// The name that files carry as their maker.
pub const SOFTWARE: &str = concat!("Linchpin ", env!("CARGO_PKG_VERSION"));

/// The most pixels a side of a picture may have.
pub const MAX_SIDE_PX: u32 = 16_384;
/// The most pixels a picture may have in all.
pub const MAX_PIXELS: u64 = 120_000_000;

/// A kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Png,
    Svg,
    Pdf,
}

impl Format {
    /// Every format, in the order menus list them.
    pub const ALL: [Format; 3] = [Format::Png, Format::Svg, Format::Pdf];

    /// The file extension, in lower case and without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Png => "png",
            Format::Svg => "svg",
            Format::Pdf => "pdf",
        }
    }

    /// The format that a file's extension names, in either case; `None` where it names no picture.
    pub fn from_path(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?;
        Format::ALL
            .into_iter()
            .find(|format| extension.eq_ignore_ascii_case(format.extension()))
    }
}

/// What a picture says about itself, beside its pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    pub title: String,
    pub description: String,
    /// The source line, as it stands in the picture.
    pub source: String,
    /// One line for each citation.
    pub citations: Vec<String>,
    pub keywords: Vec<String>,
    /// The language of the text as a BCP 47 tag, such as "en"; empty where it is not known.
    pub language: String,
    /// When the picture was made, in seconds since 1970 (UTC). `None` leaves every date out.
    pub created: Option<i64>,
    /// What the picture was drawn from, as JSON: see [`linchpin_charts::evidence`]. Empty: nothing
    /// of it is carried.
    pub evidence: String,
}

/// Why a picture could not be written.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportError {
    /// The size is no size, or too large: pixels across and down as they were asked for.
    Size { width_px: f64, height_px: f64 },
    /// The blank edge leaves no room for a picture.
    Margin { margin: Length, size: ImageSize },
    /// Characters that no font has, each with a text that holds it.
    Missing(Vec<(char, String)>),
    /// The encoder of a format gave up; its own words.
    Encoding { format: Format, reason: String },
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::Size {
                width_px,
                height_px,
            } => write!(
                f,
                "a picture of {width_px} x {height_px} pixels cannot be made: each side must have 1 to {MAX_SIDE_PX} \
                 pixels, and the whole at most {} million",
                MAX_PIXELS / 1_000_000
            ),
            ExportError::Margin { margin, size } => write!(
                f,
                "a blank edge of {margin} leaves too little of {size}: make the edge smaller or \
                the image larger"
            ),
            ExportError::Missing(missing) => write!(f, "{}", missing::words(missing)),
            ExportError::Encoding { format, reason } => {
                write!(
                    f,
                    "the {} file could not be made: {reason}",
                    format.extension().to_uppercase()
                )
            }
        }
    }
}

impl std::error::Error for ExportError {}

/// The size in pixels of a picture of `size_pt` points at `scale` pixels to the point.
///
/// # Errors
/// [`ExportError::Size`] where a side rounds to nothing, is not a number, or a limit is passed.
pub fn check_size(size_pt: egui::Vec2, scale: f32) -> Result<[u32; 2], ExportError> {
    let side = |pt: f32| (f64::from(pt) * f64::from(scale)).round();
    let (width_px, height_px) = (side(size_pt.x), side(size_pt.y));
    let fits = |px: f64| px >= 1.0 && px <= f64::from(MAX_SIDE_PX);
    if fits(width_px) && fits(height_px) && width_px * height_px <= MAX_PIXELS as f64 {
        Ok([width_px as u32, height_px as u32])
    } else {
        Err(ExportError::Size {
            width_px,
            height_px,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn a_format_is_known_by_its_extension_in_either_case() {
        assert_eq!(Format::from_path(Path::new("a/b.SVG")), Some(Format::Svg));
        assert_eq!(Format::from_path(Path::new("b.tar.png")), Some(Format::Png));
        assert_eq!(Format::from_path(Path::new("pdf")), None);
        for format in Format::ALL {
            let path = format!("x.{}", format.extension());
            assert_eq!(Format::from_path(Path::new(&path)), Some(format));
        }
    }

    #[test]
    fn sizes_within_the_limits_round() {
        assert_eq!(check_size(vec2(800.0, 500.0), 3.0), Ok([2400, 1500]));
        assert_eq!(check_size(vec2(100.4, 1.0), 1.0), Ok([100, 1]));
        assert_eq!(
            check_size(vec2(16_384.0, 7_000.0), 1.0),
            Ok([16_384, 7_000])
        );
    }

    #[test]
    fn impossible_sizes_are_refused_with_the_limit_in_the_message() {
        for (size, scale) in [
            (vec2(0.0, 10.0), 1.0),
            (vec2(-5.0, 10.0), 1.0),
            (vec2(f32::NAN, 10.0), 1.0),
            (vec2(10.0, f32::INFINITY), 1.0),
            (vec2(10.0, 10.0), f32::NAN),
            (vec2(16_385.0, 10.0), 1.0),
            (vec2(12_000.0, 12_000.0), 1.0),
        ] {
            let message = check_size(size, scale).unwrap_err().to_string();
            assert!(
                message.contains("16384") && message.contains("120 million"),
                "{message}"
            );
        }
    }
}
