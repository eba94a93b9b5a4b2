//! Any bytes, read as a house style: nothing panics, every problem has its place, and what is
//! accepted can be drawn with.

use crate::checks;
use linchpin_charts::picture::Picture;
use linchpin_charts::{build_or_explain, charts_of};
use linchpin_register::query::CountingRule;
use linchpin_register::{bundled, load};
use linchpin_render::export::house_style::HouseStyleText;
use linchpin_render::export::image::Studio;
use linchpin_render::export::{Format, HouseStyle, ImageOptions};
use linchpin_render::theme::SANS;
use std::sync::OnceLock;

/// What stands between the house style and the file next to it.
const BETWEEN: &[u8] = b"\n----\n";

/// Reads the bytes up to a line of dashes as a house style, and those behind it as the file next to
/// it that it names: as they are, or as changes of a font.
pub fn house_of(data: &[u8]) {
    let between = data.windows(BETWEEN.len()).position(|part| part == BETWEEN);
    let (text, file) = match between {
        Some(at) => (&data[..at], &data[at + BETWEEN.len()..]),
        None => (data, &[][..]),
    };
    let sibling = |name: &str, _: u64| match name {
        "changed.otf" => Ok(changed_font(file)),
        name if name.len() < 9 => Ok(file.to_vec()),
        name => Err(format!("there is no {name}")),
    };
    let read = HouseStyleText::from_bytes(text.to_vec(), &sibling);
    for problem in &read.problems {
        checks::diagnostic(&read.text, problem);
    }
    assert_eq!(read.messages().len(), read.problems.len());
    let Some(house) = read.house else {
        assert!(!read.problems.is_empty());
        return;
    };
    let json = serde_json::to_string(&house).expect("a house style can be written");
    let again: HouseStyle = serde_json::from_str(&json).expect("and read again");
    assert_eq!(serde_json::to_string(&again).ok(), Some(json));
    let has_files = [&house.regular, &house.semibold, &house.logo];
    if has_files.iter().any(|file| file.is_some()) || house.width.is_some() {
        draw(house, text.len());
    }
}

/// Draws with it, in one of the formats: either there is an image, or words why not.
fn draw(house: HouseStyle, number: usize) {
    let format = [Format::Svg, Format::Pdf, Format::Png][number % 3];
    let options = ImageOptions {
        size: house.width.unwrap_or(ImageOptions::default().size),
        // Small, so that it is quick.
        dpi: 30.0,
        house: Some(house),
        created: None,
        ..ImageOptions::default()
    };
    match Studio::default().image(picture(), format, &options) {
        Ok(image) => assert!(!image.bytes.is_empty()),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}

/// Our font, with single bytes changed: two bytes say which, in the tables that are read first, and
/// one says what stands there.
fn changed_font(changes: &[u8]) -> Vec<u8> {
    let mut font = SANS.to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]]));
        if let Some(byte) = font.get_mut(at) {
            *byte = change[2];
        }
    }
    font
}

/// A picture with letters, numbers and bars.
fn picture() -> &'static Picture {
    static PICTURE: OnceLock<Picture> = OnceLock::new();
    PICTURE.get_or_init(|| {
        let register = load(bundled::ALLIANCE_TEXT, Vec::new()).register;
        let charts = charts_of(&register);
        build_or_explain(&register, &charts[0], CountingRule::default())
    })
}
