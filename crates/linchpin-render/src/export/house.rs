//! A house style: fonts, colors, logo and width of those who publish.

use super::size::ImageSize;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The look of a house. An image carries its colors and the names of its files; the files
/// themselves do not travel along.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct House {
    /// What the house is called.
    pub name: String,
    /// The face of text.
    pub regular: Option<HouseFile>,
    /// The face of titles and numbers; left out, the regular one stands there too.
    pub semibold: Option<HouseFile>,
    pub text: Option<Rgb>,
    pub muted: Option<Rgb>,
    pub ground: Option<Rgb>,
    /// Bars of one series, and what is set off.
    pub accent: Option<Rgb>,
    /// In their order; the style's own follow where there are more groups.
    pub categories: Vec<Rgb>,
    /// Weak to firm: none, or seven.
    pub ladder: Vec<Rgb>,
    /// A PNG at the foot, on the right.
    pub logo: Option<HouseFile>,
    /// What an image is wide where nobody says otherwise.
    pub width: Option<ImageSize>,
}

/// A file that a house style names.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HouseFile {
    /// As the house style names it.
    pub name: String,
    /// What it holds; nothing where the style came out of an image.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

impl fmt::Debug for HouseFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// A color, written "#0B5CAD".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub [u8; 3]);

impl TryFrom<String> for Rgb {
    type Error = String;

    fn try_from(text: String) -> Result<Rgb, String> {
        let digits = text.trim().strip_prefix('#').unwrap_or_default();
        let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok();
        match (value, digits.len(), hex) {
            (Some(v), 6, true) => Ok(Rgb([(v >> 16) as u8, (v >> 8) as u8, v as u8])),
            _ => Err(format!(
                "\"{text}\" is no color: write six hexadecimal digits, such as \"#0B5CAD\""
            )),
        }
    }
}

impl From<Rgb> for String {
    fn from(Rgb([r, g, b]): Rgb) -> String {
        format!("#{r:02X}{g:02X}{b:02X}")
    }
}

/// A logo as straight RGBA, row by row.
pub(super) struct Logo {
    pub rgba: Vec<u8>,
    pub size_px: [usize; 2],
}

impl House {
    /// The pixels of its logo, where it has one that can be read.
    pub(super) fn logo_pixels(&self) -> Option<Logo> {
        let file = self.logo.as_ref()?;
        logo(&file.bytes).ok()
    }
}

/// The most pixels that a side of a logo may have.
const MAX_LOGO_PX: u32 = 4_096;

/// Reads a PNG.
///
/// # Errors
/// Why it cannot be read, in words.
pub(super) fn logo(bytes: &[u8]) -> Result<Logo, String> {
    let mut decoder = ::png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(
        ::png::Transformations::normalize_to_color8() | ::png::Transformations::ALPHA,
    );
    let unreadable = |_| "it is no PNG that can be read".to_owned();
    let mut reader = decoder.read_info().map_err(unreadable)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width > MAX_LOGO_PX || height > MAX_LOGO_PX {
        return Err(format!(
            "it has {width} x {height} pixels: at most {MAX_LOGO_PX} to a side"
        ));
    }
    let size = reader.output_buffer_size().unwrap_or(0);
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(unreadable)?;
    pixels.truncate(frame.buffer_size());
    let rgba = match frame.color_type {
        ::png::ColorType::Rgba => pixels,
        ::png::ColorType::GrayscaleAlpha => (pixels.chunks_exact(2))
            .flat_map(|p| [p[0], p[0], p[0], p[1]])
            .collect(),
        _ => return Err("it is no PNG that can be read".into()),
    };
    Ok(Logo {
        rgba,
        size_px: [width as usize, height as usize],
    })
}
