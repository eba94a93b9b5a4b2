//! Why a picture could not be recorded or written, and the sizes that can be.

use std::fmt;

/// The most pixels a side of a picture may have.
pub const MAX_SIDE_PX: u32 = 16_384;
/// The most pixels a picture may have in all.
pub const MAX_PIXELS: u64 = 120_000_000;
/// The most pixels to the point that text can be laid out on.
pub const MAX_PIXELS_PER_POINT: f32 = 100.0;

/// The most missing characters that a message names.
const MAX_NAMED: usize = 5;
/// The most characters of a text that a message quotes.
const MAX_QUOTED: usize = 60;

/// A kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Pixels: Portable Network Graphics.
    Png,
    /// Shapes and text: Scalable Vector Graphics.
    Svg,
    /// Shapes and text for paper: Portable Document Format.
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
    ///
    /// ```
    /// use egui_export::Format;
    /// use std::path::Path;
    ///
    /// assert_eq!(Format::from_path(Path::new("chart.SVG")), Some(Format::Svg));
    /// assert_eq!(Format::from_path(Path::new("chart.txt")), None);
    /// ```
    pub fn from_path(path: &std::path::Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?;
        Format::ALL
            .into_iter()
            .find(|format| extension.eq_ignore_ascii_case(format.extension()))
    }
}

/// Why a picture could not be recorded or written.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ExportError {
    /// The size is not a number, not positive, or too large.
    Size {
        /// Pixels across, as they were asked for.
        width_px: f64,
        /// Pixels down, as they were asked for.
        height_px: f64,
    },
    /// The pixels to the point are not a number, not positive, or above
    /// [`MAX_PIXELS_PER_POINT`].
    PixelsPerPoint(f32),
    /// Characters that no font has, each with a text that holds it.
    MissingGlyphs(Vec<(char, String)>),
    /// An [`Attachment`](crate::Attachment) has a name that a format cannot hold: the name.
    AttachmentName(String),
    /// The encoder of a format failed.
    Encoding {
        /// Whose encoder it was.
        format: Format,
        /// Its own words.
        reason: String,
    },
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::Size {
                width_px,
                height_px,
            } => write!(
                f,
                "a picture of {width_px} x {height_px} pixels cannot be made: each side must have \
                 1 to {MAX_SIDE_PX} pixels, and the whole at most {} million",
                MAX_PIXELS / 1_000_000
            ),
            ExportError::PixelsPerPoint(value) => write!(
                f,
                "{value} pixels to the point are impossible: use more than 0, and at most \
                 {MAX_PIXELS_PER_POINT}"
            ),
            ExportError::MissingGlyphs(missing) => write_missing(f, missing),
            ExportError::AttachmentName(name) => write!(
                f,
                "\"{name}\" cannot name an attachment: write ASCII letters and digits, a letter \
                 first, at most 79 of them"
            ),
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

/// The size in pixels of a picture of `size_pt` points at `pixels_per_point`.
///
/// ```
/// let size_px = egui_export::check_size(egui::vec2(800.0, 500.0), 3.0)?;
/// assert_eq!(size_px, [2400, 1500]);
/// # Ok::<(), egui_export::ExportError>(())
/// ```
///
/// # Errors
/// [`ExportError::Size`] where a side rounds to nothing, is not a number, or a limit is passed.
pub fn check_size(size_pt: egui::Vec2, pixels_per_point: f32) -> Result<[u32; 2], ExportError> {
    let side = |pt: f32| (f64::from(pt) * f64::from(pixels_per_point)).round();
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

/// Name the characters, and where each stands.
fn write_missing(f: &mut fmt::Formatter<'_>, missing: &[(char, String)]) -> fmt::Result {
    let what = match missing.len() {
        1 => "a character",
        _ => "characters",
    };
    write!(f, "no font has {what} of the picture: ")?;
    for (at, (chr, text)) in missing.iter().take(MAX_NAMED).enumerate() {
        let comma = if at > 0 { ", " } else { "" };
        write!(f, "{comma}{} in \"{}\"", name(*chr), quoted(text, *chr))?;
    }
    match missing.len().saturating_sub(MAX_NAMED) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

/// The code point, and the character where it can be seen.
fn name(chr: char) -> String {
    let code = format!("U+{:04X}", u32::from(chr));
    let is_private = matches!(chr, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
    if chr.is_control() || chr.is_whitespace() || is_private {
        code
    } else {
        format!("{code} ({chr})")
    }
}

/// The text around a character, on one line.
fn quoted(text: &str, chr: char) -> String {
    let line = text
        .lines()
        .find(|line| line.contains(chr))
        .unwrap_or(text)
        .trim();
    let at = line.chars().position(|c| c == chr).unwrap_or(0);
    let from = at.saturating_sub(MAX_QUOTED / 2);
    let shown: String = line.chars().skip(from).take(MAX_QUOTED).collect();
    let before = if from > 0 { "…" } else { "" };
    let after = if line.chars().count() > from + MAX_QUOTED {
        "…"
    } else {
        ""
    };
    format!("{before}{shown}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;
    use std::path::Path;

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

    #[test]
    fn each_missing_character_is_named_with_its_text() {
        let one = vec![('\u{E000}', "Promises \u{E000} kept".to_owned())];
        assert_eq!(
            ExportError::MissingGlyphs(one).to_string(),
            "no font has a character of the picture: U+E000 in \"Promises \u{E000} kept\""
        );
        let many: Vec<(char, String)> = "字漢語文章題目"
            .chars()
            .map(|c| (c, format!("{}{c}", "a".repeat(90))))
            .collect();
        let message = ExportError::MissingGlyphs(many).to_string();
        assert!(message.contains("U+5B57 (字) in \"…aaa"), "{message}");
        assert!(message.ends_with(" and 2 more"), "{message}");
    }
}
