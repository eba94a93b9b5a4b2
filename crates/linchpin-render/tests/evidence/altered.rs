//! Images that were altered after their export are told from those that were only saved anew.

use crate::registers::shipped;
use linchpin_charts::evidence::{Alteration, DrawingState, UncheckedReason, check_drawing, read};
use linchpin_register::query::CountingRule;
use linchpin_render::export::Format;
use linchpin_render::export::image::{ImageOptions, Studio};
use png::text_metadata::ITXtChunk;
use png::{BitDepth, ColorType, Decoder, Encoder, Filter, Transformations};
use std::io::Cursor;

fn image(chart: &str, format: Format) -> Vec<u8> {
    let loaded = shipped();
    let chart = linchpin_charts::by_id(&loaded.register, chart).unwrap();
    let options = ImageOptions {
        dpi: 60.0,
        ..ImageOptions::default()
    };
    let register = (&loaded, "us-rok-alliance.ron");
    let image = Studio::default().chart(register, chart, CountingRule::default(), format, &options);
    image.unwrap().bytes
}

fn state(bytes: &[u8]) -> DrawingState {
    let (container, evidence) = read(bytes).unwrap();
    check_drawing(container, bytes, &evidence)
}

/// A PNG as another program reads it: RGBA, row by row, and what it carries.
struct DecodedPng {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
    evidence: String,
}

impl DecodedPng {
    fn of(bytes: &[u8]) -> DecodedPng {
        let mut decoder = Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(Transformations::EXPAND | Transformations::ALPHA);
        let mut reader = decoder.read_info().unwrap();
        let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut rgba).unwrap();
        let info = reader.info();
        let mut texts = info.utf8_text.iter();
        let text = texts.find(|text| text.keyword == "linchpin").unwrap();
        DecodedPng {
            width: info.width,
            height: info.height,
            rgba,
            evidence: text.get_text().unwrap(),
        }
    }

    /// The same file with these pixels.
    fn write(&self, (width, height): (u32, u32), color: ColorType, pixels: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, width, height);
        encoder.set_color(color);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_filter(Filter::Paeth);
        if color == ColorType::Indexed {
            encoder.set_palette(vec![255, 255, 255, 0, 0, 0]);
        }
        let mut writer = encoder.write_header().unwrap();
        let text = ITXtChunk::new("linchpin", self.evidence.clone());
        writer.write_text_chunk(&text).unwrap();
        writer.write_image_data(pixels).unwrap();
        writer.finish().unwrap();
        out
    }
}

#[test]
fn every_image_is_unaltered_when_it_is_written() {
    for chart in ["timeline", "commitments-by-priority", "bodies-by-theme"] {
        for format in Format::ALL {
            let found = state(&image(chart, format));
            assert_eq!(found, DrawingState::Unaltered, "{chart} {format:?}");
        }
    }
}

#[test]
fn pixels_are_compared_however_they_are_packed() {
    let png = DecodedPng::of(&image("commitments-by-priority", Format::Png));
    let size = (png.width, png.height);
    let same = png.write(size, ColorType::Rgba, &png.rgba);
    assert_eq!(state(&same), DrawingState::Unaltered);
    // Without the transparency, which an opaque image has none of.
    let rgb: Vec<u8> = png
        .rgba
        .chunks(4)
        .flat_map(|p| [p[0], p[1], p[2]])
        .collect();
    let same = png.write(size, ColorType::Rgb, &rgb);
    assert_eq!(state(&same), DrawingState::Unaltered);

    let mut one = png.rgba.clone();
    let middle = one.len() / 8 * 4;
    one[middle] ^= 1;
    let altered = png.write(size, ColorType::Rgba, &one);
    assert_eq!(state(&altered), DrawingState::Altered(Alteration::Pixels));

    let half = (png.width / 2, png.height / 2);
    let small: Vec<u8> = (0..half.1)
        .flat_map(|y| (0..half.0).map(move |x| (2 * (y * size.0 + x) * 4) as usize))
        .flat_map(|at| png.rgba[at..at + 4].to_vec())
        .collect();
    let resized = png.write(half, ColorType::Rgba, &small);
    let expected = UncheckedReason::Resized {
        from_px: size.into(),
        to_px: half.into(),
    };
    assert_eq!(state(&resized), DrawingState::Unchecked(expected));
}

#[test]
fn fewer_colors_are_no_alteration_and_no_proof() {
    let full = DecodedPng::of(&image("commitments-by-priority", Format::Png));
    let size = (full.width, full.height);
    let reduced: Vec<u8> = full.rgba.chunks(4).map(|p| u8::from(p[0] < 128)).collect();
    let found = state(&full.write(size, ColorType::Indexed, &reduced));
    let colors = full.evidence.contains("\"colors\":null");
    match colors {
        true => assert_eq!(
            found,
            DrawingState::Unchecked(UncheckedReason::FewerColors(2))
        ),
        // An image that had few colors needs no fewer.
        false => assert_eq!(found, DrawingState::Altered(Alteration::Pixels)),
    }
    let many = full
        .evidence
        .replacen("\"colors\":", "\"colors\":null,\"were\":", 1);
    let full = DecodedPng {
        evidence: many,
        ..full
    };
    let found = state(&full.write(size, ColorType::Indexed, &reduced));
    let expected = DrawingState::Unchecked(UncheckedReason::FewerColors(2));
    assert_eq!(found, expected);
}

#[test]
fn an_image_of_an_earlier_version_cannot_be_checked() {
    let png = DecodedPng::of(&image("timeline", Format::Png));
    let mut evidence: serde_json::Value = serde_json::from_str(&png.evidence).unwrap();
    evidence.as_object_mut().unwrap().remove("drawing");
    let old = DecodedPng {
        evidence: evidence.to_string(),
        ..png
    };
    let found = state(&old.write((old.width, old.height), ColorType::Rgba, &old.rgba));
    assert_eq!(
        found,
        DrawingState::Unchecked(UncheckedReason::NoFingerprint)
    );
    assert!(found.words().starts_with("cannot be checked: "));
}

#[test]
fn shapes_and_texts_of_an_svg_are_compared_not_how_they_are_written() {
    let text = String::from_utf8(image("commitments-by-priority", Format::Svg)).unwrap();
    let is = |text: &str, expected: DrawingState| assert_eq!(state(text.as_bytes()), expected);
    let altered = DrawingState::Altered(Alteration::Elements);
    // Spaces between elements, another order of attributes, another description.
    let same = text
        .replace("/>\n", "/>\n\n  ")
        .replacen("<desc ", "<desc lang=\"en\" ", 1)
        .replacen(" height=", "  height=", 1);
    assert_ne!(same, text);
    is(&same, DrawingState::Unaltered);
    let circles = text.replacen("<rect x=", "<rect rx=\"0.1\" x=", 1);
    is(&circles, altered.clone());
    let (before, number) = text.rsplit_once("</text>").unwrap();
    is(&format!("{before}0</text>{number}"), altered.clone());
    is(
        &text.replacen("</svg>", "<script/></svg>", 1),
        altered.clone(),
    );
    let sheet = "<?xml-stylesheet href=\"x.css\"?>";
    is(&format!("{sheet}{text}"), altered);
    // Another program may have changed everything, and the picture may be the same.
    let inkscape = "<svg xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" \
        inkscape:version=\"1.4\" ";
    let saved = text.replacen("<svg ", inkscape, 1);
    is(&saved, DrawingState::Unaltered);
    let moved = saved.replacen("<rect x=", "<rect rx=\"0.1\" x=", 1);
    let by = UncheckedReason::Rewritten(Some("Inkscape"));
    is(&moved, DrawingState::Unchecked(by));
}

#[test]
fn contents_of_pages_are_compared_not_where_they_stand() {
    let bytes = image("commitments-by-priority", Format::Pdf);
    let mut document = lopdf::Document::load_mem(&bytes).unwrap();
    let save = |document: &mut lopdf::Document| {
        let mut out = Vec::new();
        document.save_to(&mut out).unwrap();
        out
    };
    let saved = save(&mut document);
    assert_ne!(saved, bytes);
    assert_eq!(state(&saved), DrawingState::Unaltered);

    let page = *document.get_pages().values().next().unwrap();
    let contents = document.get_page_content(page);
    let more = [&contents[..], b"\n0 0 40 40 re f\n"].concat();
    document.change_page_content(page, more).unwrap();
    let altered = DrawingState::Altered(Alteration::PageContents);
    assert_eq!(state(&save(&mut document)), altered);

    // As viewers save what was drawn upon a page: behind its end.
    let stamp = b"\n900 0 obj\n<< /Length 12 >>\nstream\n0 0 9 9 re f\nendstream\nendobj\n%%EOF\n";
    let stamped = [&bytes[..], stamp].concat();
    let appended = DrawingState::Altered(Alteration::Appended);
    assert_eq!(state(&stamped), appended);
}
