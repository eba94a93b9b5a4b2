//! The three formats, read back with other people's parsers.

mod common;

use common::font_files::{collection, with_letters};
use common::page::{BAR, PAPER, check_embedded_fonts};
use common::{PAGE, canvas, metadata, scene};
use egui::{FontData, FontDefinitions, FontFamily, vec2};
use egui_export::{
    Attachment, Canvas, ExportError, Length, Metadata, PdfOptions, Pixels, PngOptions, Scene,
    SvgOptions, SvgText, Unit,
};
use hayro_syntax::Pdf;
use std::collections::BTreeSet;
use std::sync::Arc;

fn svg(scene: &Scene, metadata: Metadata, text: SvgText) -> String {
    let options = SvgOptions {
        metadata,
        text,
        fallback_families: vec!["Inter".into(), "Noto Sans KR".into()],
        ..SvgOptions::default()
    };
    scene.to_svg(&options).expect("a possible size")
}

fn pdf(scene: &Scene, metadata: Metadata) -> Result<Vec<u8>, ExportError> {
    scene.to_pdf(&PdfOptions { metadata })
}

fn png(
    scene: &Scene,
    metadata: Metadata,
    pixels_per_point: f32,
    dpi: f32,
) -> Result<Vec<u8>, ExportError> {
    scene.to_png(&PngOptions {
        metadata,
        pixels_per_point,
        dpi: Some(dpi),
    })
}

fn svg_texts(document: &roxmltree::Document<'_>) -> Vec<String> {
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    texts.filter_map(|n| n.text().map(str::to_owned)).collect()
}

#[test]
fn svg_is_valid_and_holds_the_text_in_order() {
    let scene = scene();
    for mode in [SvgText::Overlay, SvgText::Real] {
        let text = svg(&scene, metadata(), mode);
        let document = roxmltree::Document::parse(&text).expect("valid XML");
        assert_eq!(svg_texts(&document), PAGE.texts, "{mode:?}");
        let root = document.root_element();
        assert_eq!(root.attribute("width"), Some("400"));
        assert_eq!(root.attribute("viewBox"), Some("0 0 400 300"));
        assert_eq!(root.attribute("role"), Some("img"));
        let uses = document.descendants().filter(|n| n.has_tag_name("use"));
        assert_eq!(uses.count() > 50, mode == SvgText::Overlay);
    }
}

#[test]
fn svg_states_its_size_in_the_unit_asked_for() {
    let mut canvas = canvas();
    for (unit, size, stated) in [
        (Unit::Px, vec2(400.0, 300.0), ["400", "300"]),
        (Unit::Mm, vec2(120.0, 87.5), ["120mm", "87.5mm"]),
        (Unit::Cm, vec2(12.0, 8.9), ["12cm", "8.9cm"]),
        (Unit::In, vec2(3.5, 2.25), ["3.5in", "2.25in"]),
        (Unit::Pt, vec2(252.0, 100.1), ["252pt", "100.1pt"]),
    ] {
        let side = |value: f32| Length::new(f64::from(value), unit).layout_pt() as f32;
        let size_pt = vec2(side(size.x), side(size.y));
        let scene = canvas.record(size_pt, 1.0, |ui| {
            ui.label("Hello");
        });
        let options = SvgOptions {
            unit,
            ..SvgOptions::default()
        };
        let svg = scene.expect("a possible size").to_svg(&options);
        let svg = svg.expect("a possible size");
        let document = roxmltree::Document::parse(&svg).expect("valid XML");
        let root = document.root_element();
        assert_eq!(root.attribute("width"), Some(stated[0]));
        assert_eq!(root.attribute("height"), Some(stated[1]));
        // Everything within is in points, whatever the file is measured in.
        let view: Vec<f32> = root
            .attribute("viewBox")
            .unwrap_or_default()
            .split(' ')
            .map(|n| n.parse().expect("a number"))
            .collect();
        assert!((view[2] - size_pt.x).abs() < 0.01, "{view:?}");
        assert!((view[3] - size_pt.y).abs() < 0.01, "{view:?}");
    }
}

#[test]
fn a_face_of_a_collection_is_embedded_and_no_other() {
    let fonts = FontDefinitions::default();
    let of = |name: &str| fonts.font_data[name].bytes().to_vec();
    // The second shows every letter as an "x".
    let base = of("Ubuntu-Light");
    let letters: Vec<(char, char)> = ('a'..='z').map(|c| (c, 'x')).collect();
    let collection = collection(&[base.clone(), with_letters(&base, &letters)]);
    let of_face = |index: u32| {
        let blob = Arc::new(collection.clone());
        let data = FontData::from_blob(blob, index);
        let mut canvas = Canvas::new(|ctx| {
            let mut fonts = FontDefinitions::default();
            fonts
                .font_data
                .insert("Face".into(), Arc::new(data.clone()));
            let chain = fonts.families.entry(FontFamily::Proportional).or_default();
            chain.insert(0, "Face".into());
            ctx.set_fonts(fonts);
        });
        let scene = canvas.record(vec2(100.0, 40.0), 1.0, |ui| {
            ui.label("abcabc");
        });
        scene.expect("a possible size")
    };
    let outlines = |scene: &Scene| {
        svg(scene, metadata(), SvgText::Overlay)
            .matches("<path id=")
            .count()
    };
    assert_eq!([outlines(&of_face(0)), outlines(&of_face(1))], [3, 1]);
    for index in 0..2 {
        let scene = of_face(index);
        let real = svg(&scene, metadata(), SvgText::Real);
        assert!(real.contains("@font-face"), "face {index} has a subset");
        let bytes = pdf(&scene, metadata()).expect("a possible size");
        assert!(bytes.len() < 20_000, "face {index}: {}", bytes.len());
        assert!(png(&scene, metadata(), 1.0, 96.0).is_ok());
    }
}

#[test]
fn svg_says_what_it_is() {
    let text = svg(&scene(), metadata(), SvgText::Overlay);
    let document = roxmltree::Document::parse(&text).expect("valid XML");
    let of = |name: &str| -> Vec<&str> {
        let nodes = document.descendants();
        let named = nodes.filter(|n| n.tag_name().name() == name);
        named.filter_map(|n| n.text()).collect()
    };
    assert_eq!(of("title")[0], metadata().title);
    assert_eq!(of("desc"), ["Counts per step.\u{FFFD}"]);
    assert_eq!(of("source"), ["Source: Annual report (2023)"]);
    assert_eq!(of("date"), ["2023-11-13T09:30:45Z"]);
    let items = of("li");
    assert!(items.contains(&"한미동맹 국방비전 <1>"), "{items:?}");

    // Labels and references lead to ids that exist, once each.
    let nodes = || document.descendants();
    let ids: Vec<&str> = nodes().filter_map(|n| n.attribute("id")).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    let labels = document.root_element().attribute("aria-labelledby");
    for label in labels.expect("labelled").split(' ') {
        assert!(unique.contains(label), "{label}");
    }
    const XLINK: (&str, &str) = ("http://www.w3.org/1999/xlink", "href");
    for target in nodes().filter_map(|n| n.attribute(XLINK)) {
        assert!(unique.contains(target.trim_start_matches('#')), "{target}");
    }
}

#[test]
fn two_pictures_in_one_page_do_not_share_ids() {
    let id_of = |text: String| {
        let document = roxmltree::Document::parse(&text).expect("valid XML");
        let mut ids = document.descendants().filter_map(|n| n.attribute("id"));
        ids.next().map(str::to_owned)
    };
    let mut other = metadata();
    other.title.push('!');
    let scene = scene();
    assert_ne!(
        id_of(svg(&scene, metadata(), SvgText::Overlay)),
        id_of(svg(&scene, other, SvgText::Overlay))
    );
}

#[test]
fn pixels_are_where_they_belong() {
    for scale in [1.0, 2.0] {
        let pixels = scene().to_pixels(scale).expect("a possible size");
        assert_eq!(
            (pixels.width_px, pixels.height_px),
            ((400.0 * scale) as u32, (300.0 * scale) as u32)
        );
        let at = |x: f32, y: f32| {
            let (x, y) = ((x * scale) as usize, (y * scale) as usize);
            let start = (y * pixels.width_px as usize + x) * 4;
            [0, 1, 2, 3].map(|i| pixels.rgba[start + i])
        };
        let (paper, bar) = (PAPER.to_array(), BAR.to_array());
        assert_eq!(at(5.0, 5.0), paper);
        // The bar lies on whole pixels: full color inside, none outside.
        assert_eq!([at(20.1, 100.1), at(59.9, 159.9)], [bar, bar]);
        assert_eq!([at(19.9, 130.0), at(60.1, 130.0)], [paper, paper]);
        assert_eq!([at(120.0, 130.0), at(155.0, 130.0)], [bar, paper]);
        // The line is one point of ink, sharp above and below.
        assert_eq!(at(300.0, 170.5), [20, 20, 20, 255]);
        assert_eq!([at(300.0, 169.9), at(300.0, 171.1)], [paper, paper]);
        // Of the clipped disc only the left half is there.
        assert_eq!([at(240.0, 235.0), at(255.0, 235.0)], [bar, paper]);
    }
}

#[test]
fn png_says_what_it_is_before_its_pixels() {
    let bytes = png(&scene(), metadata(), 2.0, 300.0).expect("a possible size");
    let reader = png_crate(&bytes);
    let info = reader.info();
    assert_eq!((info.width, info.height), (800, 600));
    assert_eq!(info.srgb, Some(::png::SrgbRenderingIntent::Perceptual));
    let density = info.pixel_dims.expect("a density");
    assert_eq!((density.xppu, density.yppu), (11_811, 11_811));
    assert_eq!(density.unit, ::png::Unit::Meter);
    let texts: Vec<(String, String)> = info
        .utf8_text
        .iter()
        .map(|t| (t.keyword.clone(), t.get_text().expect("text")))
        .collect();
    let text = |key: &str| {
        texts
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, t)| t.as_str())
    };
    assert_eq!(text("Title"), Some(metadata().title.as_str()));
    assert_eq!(text("Source"), Some("Source: Annual report (2023)"));
    assert_eq!(text("Citations"), Some("Report ¶ 3\n한미동맹 국방비전 <1>"));
    assert_eq!(text("Creation Time"), Some("2023-11-13T09:30:45Z"));
    assert!(text("Software").is_some_and(|t| t.starts_with("Tests")));
    assert_eq!(text("Description"), Some(metadata().description.as_str()));
    assert_eq!(text("Author"), Some("A. Author"));
    assert_eq!(text("Copyright"), Some("CC BY 4.0 <&>"));
}

/// The rights and the author in a packet of XMP.
fn xmp_words(packet: &str) -> [Option<String>; 2] {
    const DC: &str = "http://purl.org/dc/elements/1.1/";
    let document = roxmltree::Document::parse(packet).expect("valid XML");
    ["rights", "creator"].map(|name| {
        let element = document
            .descendants()
            .find(|n| n.has_tag_name((DC, name)))?;
        let item = element
            .descendants()
            .find(|n| n.tag_name().name() == "li")?;
        item.text().map(str::to_owned)
    })
}

#[test]
fn author_and_rights_stand_in_the_xmp_of_each_format() {
    let expected = [
        Some("CC BY 4.0 <&>".to_owned()),
        Some("A. Author".to_owned()),
    ];
    let bytes = png(&scene(), metadata(), 1.0, 96.0).expect("a possible size");
    let reader = png_crate(&bytes);
    let mut texts = reader.info().utf8_text.iter();
    let packet = texts.find(|text| text.keyword == "XML:com.adobe.xmp");
    let packet = packet.expect("a packet");
    assert!(!packet.compressed);
    let packet = packet.get_text().expect("text");
    assert!(
        packet.starts_with("<?xpacket begin=\"\u{FEFF}\""),
        "{packet}"
    );
    assert_eq!(xmp_words(&packet), expected);

    let bytes = pdf(&scene(), metadata()).expect("a possible size");
    let all = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!all.contains("/Suspects") && all.contains("/Marked true"));
    let packet = streams(bytes)
        .into_iter()
        .find(|data| data.starts_with(b"<?xpacket"));
    let packet = String::from_utf8(packet.expect("a packet")).expect("text");
    assert_eq!(xmp_words(&packet), expected);

    let text = svg(&scene(), metadata(), SvgText::Overlay);
    assert!(text.contains("<dc:rights>CC BY 4.0 &lt;&amp;&gt;</dc:rights>"));
    assert!(text.contains("<xmp:CreatorTool>Tests 1.0</xmp:CreatorTool>"));
}

/// Every object of the table of a PDF stands where the table says.
#[test]
fn a_pdf_with_rights_has_its_objects_where_its_table_says() {
    let bytes = pdf(&scene(), metadata()).expect("a possible size");
    let tail = String::from_utf8_lossy(&bytes[bytes.len() - 64..]).into_owned();
    let (_, end) = tail.rsplit_once("startxref\n").expect("a place");
    let at: usize = end
        .lines()
        .next()
        .and_then(|line| line.parse().ok())
        .expect("a number");
    let table = String::from_utf8_lossy(&bytes[at..]).into_owned();
    let mut rows = table.lines();
    assert_eq!(rows.next(), Some("xref"));
    let count: usize = rows
        .next()
        .and_then(|row| row[2..].parse().ok())
        .expect("a number");
    let used = rows
        .take(count)
        .zip(0..)
        .filter(|(row, _)| row.contains(" n"));
    let used: Vec<(usize, usize)> = used
        .map(|(row, number)| (row[..10].parse().expect("a number"), number))
        .collect();
    assert!(used.len() > 10);
    for (offset, number) in used {
        let head = format!("{number} 0 obj");
        assert!(
            bytes[offset..].starts_with(head.as_bytes()),
            "{head} at {offset}"
        );
    }
}

fn png_crate(bytes: &[u8]) -> ::png::Reader<std::io::Cursor<&[u8]>> {
    let decoder = ::png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.read_info().expect("a PNG")
}

#[test]
fn png_keeps_its_pixels_and_a_ground_that_is_not_there() {
    let scene = canvas().record(vec2(30.0, 20.0), 1.0, |ui| {
        ui.painter().circle_filled(egui::pos2(15.0, 10.0), 6.0, BAR);
    });
    let scene = scene.expect("a possible size");
    let bytes = png(&scene, Metadata::default(), 3.0, 96.0).expect("a possible size");
    let mut reader = png_crate(&bytes);
    assert_eq!(reader.info().color_type, ::png::ColorType::Indexed);
    let decoded = rgba(&bytes);
    let pixels = scene.to_pixels(3.0).expect("a possible size");
    assert_eq!(decoded, pixels.rgba);
    assert_eq!(&decoded[..4], [0, 0, 0, 0]);
    assert!(reader.next_row().is_ok());
}

/// The pixels of a PNG as straight RGBA.
fn rgba(bytes: &[u8]) -> Vec<u8> {
    let mut decoder = ::png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(::png::Transformations::EXPAND | ::png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut decoded = vec![0; reader.output_buffer_size().expect("small")];
    reader.next_frame(&mut decoded).expect("pixels");
    match reader.output_color_type().0 {
        ::png::ColorType::Rgba => decoded,
        _ => decoded
            .chunks_exact(2)
            .flat_map(|p| [p[0], p[0], p[0], p[1]])
            .collect(),
    }
}

#[test]
fn a_png_takes_the_smallest_kind_of_pixels_that_holds_them() {
    use ::png::ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb, Rgba};
    let pixel = |i: u32, seen: bool, gray: bool| -> [u8; 4] {
        let [a, b] = [(i % 256) as u8, (i / 256) as u8];
        let alpha = if seen { 255 } else { 100 + b };
        if gray {
            [a, a, a, alpha]
        } else {
            [a, b, 7, alpha]
        }
    };
    for (count, seen, gray, expected) in [
        (256, true, false, Indexed),
        (257, true, false, Rgb),
        (256, false, false, Indexed),
        (257, false, false, Rgba),
        (300, true, true, Grayscale),
        (256, false, true, GrayscaleAlpha),
    ] {
        let pixels = Pixels {
            width_px: count,
            height_px: 2,
            rgba: (0..2 * count)
                .flat_map(|i| pixel(i % count, seen, gray))
                .collect(),
        };
        let bytes = pixels
            .to_png(&PngOptions::default())
            .expect("a possible size");
        assert_eq!(
            png_crate(&bytes).info().color_type,
            expected,
            "{count} {seen} {gray}"
        );
        assert!(rgba(&bytes) == pixels.rgba, "{count} {seen} {gray}");
    }
    let short = Pixels {
        width_px: 2,
        height_px: 2,
        rgba: vec![0; 12],
    };
    assert!(short.to_png(&PngOptions::default()).is_err());
}

#[test]
fn long_texts_of_a_png_are_packed_and_short_ones_are_not() {
    let long = Metadata {
        citations: vec!["the same words again ".repeat(900)],
        ..metadata()
    };
    let bytes = png(&scene(), long.clone(), 1.0, 96.0).expect("a possible size");
    let reader = png_crate(&bytes);
    let text = |key: &str| {
        let mut texts = reader.info().utf8_text.iter();
        texts.find(|text| text.keyword == key).expect("a text")
    };
    assert!(text("Citations").compressed && !text("Title").compressed);
    assert_eq!(
        text("Citations").get_text().expect("text"),
        long.citations[0]
    );
    let usual = png(&scene(), metadata(), 1.0, 96.0).expect("a possible size");
    assert!(bytes.len() < usual.len() + 600);
}

#[test]
fn pdf_has_the_size_the_words_about_it_and_its_fonts() {
    let bytes = pdf(&scene(), metadata()).expect("a possible size");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let document = Pdf::new(bytes).expect("a PDF");
    assert_eq!(document.pages().len(), 1);
    let page = &document.pages()[0];
    assert_eq!(page.render_dimensions(), (300.0, 225.0));
    // XMP is XML, and not compressed.
    let xmp = text.split("<x:xmpmeta").nth(1).expect("XMP");
    let title = "Sales &amp; \"returns\" &lt;2023";
    assert!(
        xmp.contains(title) || xmp.contains(&title.replace('"', "&quot;")),
        "{xmp}"
    );
    for part in [
        "sales",
        "A. Author",
        "Report ¶ 3",
        "한미동맹",
        "2023-11-13T09:30:45",
    ] {
        assert!(xmp.contains(part), "{part} in {xmp}");
    }
    assert!(text.contains("/Lang"), "a language");
    for face in ["Ubuntu-Light", "Hack-Regular"] {
        assert!(text.contains(&format!("+{face}")), "{face} as a subset");
    }
    let fonts = text.matches("/FontFile2").count();
    assert_eq!(fonts, 2, "both embedded");
    assert!(
        text.len() < 60_000,
        "only the glyphs in use: {}",
        text.len()
    );
}

#[test]
fn no_date_stands_anywhere_unless_it_was_given() {
    let metadata = Metadata {
        created_unix_s: None,
        ..metadata()
    };
    let scene = scene();
    assert!(!svg(&scene, metadata.clone(), SvgText::Overlay).contains("dc:date"));
    let pdf = pdf(&scene, metadata.clone()).expect("a possible size");
    assert!(!String::from_utf8_lossy(&pdf).contains("CreationDate"));
    let png = png(&scene, metadata.clone(), 1.0, 96.0).expect("a possible size");
    let reader = png_crate(&png);
    let mut keys = reader.info().utf8_text.iter().map(|t| t.keyword.as_str());
    assert!(!keys.any(|key| key == "Creation Time"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let files = |scene: &Scene| {
        (
            svg(scene, metadata(), SvgText::Overlay),
            svg(scene, metadata(), SvgText::Real),
            png(scene, metadata(), 1.5, 144.0).expect("a possible size"),
            pdf(scene, metadata()).expect("a possible size"),
        )
    };
    let mut used = canvas();
    let first = files(&PAGE.record(&mut used));
    // Another picture in between, with other glyphs and another size, must leave no trace.
    let other = used.record_lossy(vec2(90.0, 70.0), 2.0, |ui| {
        ui.heading("Другой текст 다른 그림");
    });
    assert!(other.is_ok());
    let again = files(&PAGE.record(&mut used));
    let fresh = files(&scene());
    assert!(first == again, "a used canvas");
    assert!(first == fresh, "a fresh canvas");
}

#[test]
fn impossible_sizes_are_refused() {
    let empty = canvas()
        .record(vec2(10.0, 10.0), 1.0, |_| {})
        .expect("a possible size");
    for scale in [0.0, f32::NAN, f32::INFINITY, 2_000.0, -1.0] {
        let error = png(&empty, Metadata::default(), scale, 96.0).unwrap_err();
        assert!(matches!(error, ExportError::Size { .. }), "{error}");
    }
    let mut wide = empty;
    wide.size_pt = vec2(20_000.0, 10.0);
    assert!(pdf(&wide, Metadata::default()).is_err());
    assert!(wide.to_pixels(1.0).is_err());
}

#[test]
fn svg_text_brings_its_fonts_along() {
    check_embedded_fonts(&svg(&scene(), metadata(), SvgText::Real));
    assert!(!svg(&scene(), metadata(), SvgText::Overlay).contains("@font-face"));
}

#[test]
fn attachments_are_in_every_format() {
    let attachment = Attachment {
        key: "tests".into(),
        element: "data".into(),
        namespace: "urn:example:tests:1".into(),
        file_name: "data.json".into(),
        media_type: "application/json".into(),
        description: "What was drawn".into(),
        text: "{\"a\": \"<&\"}".into(),
    };
    let with = |attachments| Metadata {
        attachments,
        ..metadata()
    };
    let scene = scene();
    let metadata = with(vec![attachment.clone()]);
    let svg = svg(&scene, metadata.clone(), SvgText::Overlay);
    let document = roxmltree::Document::parse(&svg).expect("valid XML");
    let name = ("urn:example:tests:1", "data");
    let element = document.descendants().find(|n| n.has_tag_name(name));
    assert_eq!(
        element.and_then(|n| n.text()),
        Some(attachment.text.as_str())
    );
    let bytes = png(&scene, metadata.clone(), 1.0, 96.0).expect("a possible size");
    let reader = png_crate(&bytes);
    let chunk = reader
        .info()
        .utf8_text
        .iter()
        .find(|t| t.keyword == "tests");
    let text = chunk.and_then(|chunk| chunk.get_text().ok());
    assert_eq!(text.as_deref(), Some(attachment.text.as_str()));
    let file = pdf(&scene, metadata).expect("a possible size");
    let streams = streams(file);
    assert!(
        streams
            .iter()
            .any(|data| *data == attachment.text.as_bytes())
    );

    for key in ["", "1st", "a b", "a\0", "<x>", &"x".repeat(80)] {
        let bad = Attachment {
            key: key.into(),
            ..attachment.clone()
        };
        let metadata = with(vec![bad]);
        let options = SvgOptions {
            metadata: metadata.clone(),
            ..SvgOptions::default()
        };
        let name = ExportError::AttachmentName(key.into());
        assert_eq!(scene.to_svg(&options), Err(name.clone()));
        assert_eq!(pdf(&scene, metadata.clone()), Err(name.clone()));
        assert_eq!(png(&scene, metadata, 1.0, 96.0), Err(name));
    }
    let twice = pdf(&scene, with(vec![attachment.clone(), attachment]));
    assert!(matches!(twice, Err(ExportError::Encoding { .. })));
}

#[test]
fn text_can_be_selected_in_a_pdf() {
    let bytes = pdf(&scene(), metadata()).expect("a possible size");
    // The maps from glyphs to Unicode, by which a reader copies text.
    let maps: String = streams(bytes)
        .iter()
        .map(|data| String::from_utf8_lossy(data).into_owned())
        .filter(|data| data.contains("beginbfchar") || data.contains("beginbfrange"))
        .collect();
    for chr in PAGE.texts.concat().chars().filter(|chr| *chr != ' ') {
        // A ligature stands for several characters.
        let code = format!("{:04X}", u32::from(chr));
        assert!(maps.contains(&code), "{chr} in {maps}");
    }
}

/// What the streams of a PDF hold.
fn streams(bytes: Vec<u8>) -> Vec<Vec<u8>> {
    let file = Pdf::new(bytes).expect("a PDF");
    let mut streams = Vec::new();
    for object in file.objects() {
        if let hayro_syntax::object::Object::Stream(stream) = object
            && let Ok(data) = stream.decoded()
        {
            streams.push(data.to_vec());
        }
    }
    streams
}
