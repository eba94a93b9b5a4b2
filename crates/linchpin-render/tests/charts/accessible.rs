//! What those get who cannot see a picture: its description and its numbers, roles and words in
//! SVG, structure in PDF.

use super::{build, made, shipped};
use egui_export::PdfOptions;
use linchpin_charts as charts;
use linchpin_charts::picture::Picture;
use linchpin_register::query::CountingRule;
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::{self, Canvas, Format};
use linchpin_render::theme;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeSet;
use std::path::Path;

/// The charts of the shipped register, and one of each kind made by hand.
fn pictures() -> Vec<Picture> {
    let register = shipped();
    let rule = CountingRule::default();
    let charts = charts::charts_of(charts::standard()).iter();
    let mut all: Vec<Picture> = charts
        .map(|c| charts::build_or_explain(&register, c, rule))
        .collect();
    all.extend(made::all());
    all
}

/// Compares with a snapshot; `LINCHPIN_BLESS=1` writes it anew.
fn is_as_kept(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots/accessible")
        .join(name);
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, now).unwrap();
    }
    let then = std::fs::read_to_string(&path).unwrap_or_default();
    let differs: Vec<_> = now
        .lines()
        .zip(then.lines())
        .filter(|(a, b)| a != b)
        .collect();
    assert!(
        now == then,
        "{name} (LINCHPIN_BLESS=1 if it is meant): {differs:#?}"
    );
}

#[test]
fn descriptions_say_what_they_said() {
    let mut out = String::new();
    for picture in pictures() {
        out.push_str(&format!("{}: {}\n", picture.id, picture.alt_text()));
    }
    is_as_kept("alt_text.txt", &out);
}

#[test]
fn tables_hold_what_is_drawn() {
    let mut out = String::new();
    for picture in pictures() {
        let data = picture.data_table();
        for row in &data.rows {
            assert_eq!(row.cells.len(), data.columns.len(), "{}", picture.id);
            assert_eq!(row.numbers.len(), data.columns.len(), "{}", picture.id);
        }
        out.push_str(&format!(
            "{}\n{}\n",
            picture.id,
            linchpin_report::markdown::write_table(&export::data::table(&data))
        ));
    }
    is_as_kept("data.txt", &out);
}

#[test]
fn every_record_that_is_drawn_stands_in_the_table() {
    for picture in pictures() {
        let data = picture.data_table();
        let rows: BTreeSet<_> = data.rows.iter().flat_map(|row| &row.records).collect();
        let drawn: BTreeSet<_> = picture
            .marks()
            .flat_map(|(_, mark)| &mark.records)
            .collect();
        assert_eq!(rows, drawn, "{}", picture.id);
    }
}

fn image(picture: &Picture, format: Format) -> Vec<u8> {
    let options = ImageOptions::default();
    Studio::default()
        .image(picture, format, &options)
        .unwrap()
        .bytes
}

fn themes() -> Picture {
    let mut picture = build("commitments-by-theme", &shipped(), CountingRule::default());
    picture.description = picture.alt_text();
    picture
}

#[test]
fn an_svg_names_every_mark_and_hides_what_is_only_drawn() {
    let picture = themes();
    let svg = String::from_utf8(image(&picture, Format::Svg)).unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("graphics-document document"));
    let named = root.attribute("aria-labelledby").unwrap().split(' ');
    let words: Vec<_> = named
        .map(|id| {
            document
                .descendants()
                .find(|n| n.attribute("id") == Some(id))
                .unwrap()
        })
        .map(|node| (node.tag_name().name(), node.text().unwrap().to_owned()))
        .collect();
    let said = [
        ("title", picture.title.clone()),
        ("desc", picture.description.clone()),
    ];
    assert_eq!(words, said);
    let symbols: Vec<_> = document
        .descendants()
        .filter(|n| n.attribute("role") == Some("graphics-symbol img"))
        .collect();
    let labels: Vec<_> = symbols
        .iter()
        .filter_map(|n| n.attribute("aria-label"))
        .collect();
    let marks: Vec<_> = picture
        .marks()
        .map(|(_, mark)| mark.label.as_str())
        .collect();
    assert_eq!(labels, marks);
    for symbol in symbols {
        let group = symbol.parent_element().unwrap();
        assert_eq!(group.attribute("role"), Some("graphics-object group"));
        assert_eq!(group.attribute("aria-label"), Some("14 marks"));
        assert_eq!(symbol.attribute("fill"), Some("none"));
    }
    let is_hidden = |node: &roxmltree::Node<'_, '_>| {
        node.ancestors()
            .any(|n| n.attribute("aria-hidden") == Some("true"))
    };
    let read: Vec<&str> = document
        .descendants()
        .filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", "text")) && !is_hidden(n))
        .filter_map(|n| n.text())
        .collect();
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let around = format!(
        "{} {} {}",
        picture.subtitle,
        picture.note.clone().unwrap(),
        picture.source
    );
    assert_eq!(words(&read.join(" ")), words(&around));
}

fn dict<'d>(document: &'d Document, object: &'d Object) -> &'d Dictionary {
    let object = match object {
        Object::Reference(id) => document.get_object(*id).unwrap(),
        object => object,
    };
    object.as_dict().unwrap()
}

/// The pieces of a PDF in reading order: what they are, and their words where they have any of
/// their own.
fn pieces(document: &Document) -> Vec<(String, Option<String>)> {
    let root = dict(
        document,
        document.catalog().unwrap().get(b"StructTreeRoot").unwrap(),
    );
    let mut out = Vec::new();
    walk(document, root, &mut out);
    out
}

fn walk(document: &Document, at: &Dictionary, out: &mut Vec<(String, Option<String>)>) {
    if let Ok(kind) = at.get(b"S").and_then(Object::as_name) {
        let alt = at
            .get(b"Alt")
            .ok()
            .map(|alt| lopdf::decode_text_string(alt).unwrap());
        out.push((String::from_utf8_lossy(kind).into_owned(), alt));
    }
    let kids = match at.get(b"K") {
        Ok(Object::Reference(id)) => vec![Object::Reference(*id)],
        Ok(Object::Array(kids)) => kids.clone(),
        _ => Vec::new(),
    };
    for kid in kids {
        if matches!(kid, Object::Reference(_) | Object::Dictionary(_)) {
            walk(document, dict(document, &kid), out);
        }
    }
}

#[test]
fn a_pdf_says_what_its_pieces_are_in_reading_order() {
    let picture = themes();
    let bytes = image(&picture, Format::Pdf);
    let document = Document::load_mem(&bytes).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(
        lopdf::decode_text_string(catalog.get(b"Lang").unwrap()).unwrap(),
        "en"
    );
    let marked = dict(&document, catalog.get(b"MarkInfo").unwrap());
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let shown = dict(&document, catalog.get(b"ViewerPreferences").unwrap());
    assert!(shown.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let pieces = pieces(&document);
    let kinds: Vec<&str> = pieces.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["Document", "H1", "P", "Figure", "P", "P"]);
    assert_eq!(pieces[3].1.as_deref(), Some(picture.description.as_str()));
    let figure = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .find(|d| matches!(d.get(b"S").and_then(Object::as_name), Ok(b"Figure")))
        .unwrap();
    let attributes = match figure.get(b"A").unwrap() {
        Object::Array(list) => dict(&document, &list[0]),
        one => dict(&document, one),
    };
    let corners = attributes.get(b"BBox").unwrap().as_array().unwrap();
    let [left, bottom, right, top] = [0, 1, 2, 3].map(|i| corners[i].as_float().unwrap());
    let page = document.get_pages()[&1];
    let media = document.get_object(page).unwrap().as_dict().unwrap();
    let media = media.get(b"MediaBox").unwrap().as_array().unwrap();
    let [width, height] = [2, 3].map(|i| media[i].as_float().unwrap());
    assert!(
        left > 0.0 && right < width && right - left > 0.8 * width,
        "{corners:?}"
    );
    assert!(
        bottom > 0.0 && top < height && top - bottom > 0.6 * height,
        "{corners:?}"
    );
    assert!(claims_the_standard(&bytes));
}

fn claims_the_standard(pdf: &[u8]) -> bool {
    let document = Document::load_mem(pdf).unwrap();
    let metadata = document.catalog().unwrap().get(b"Metadata").unwrap();
    let stream = document
        .get_object(metadata.as_reference().unwrap())
        .unwrap();
    let xmp = stream.as_stream().unwrap();
    let text = xmp
        .decompressed_content()
        .unwrap_or_else(|_| xmp.content.clone());
    String::from_utf8_lossy(&text).contains("pdfuaid")
}

#[test]
fn every_kind_of_picture_keeps_the_standard_of_accessible_pdf() {
    for mut picture in made::all() {
        picture.description = picture.alt_text();
        let bytes = image(&picture, Format::Pdf);
        assert!(claims_the_standard(&bytes), "{}", picture.id);
        let pieces = pieces(&Document::load_mem(&bytes).unwrap());
        let figures: Vec<_> = pieces.iter().filter(|(kind, _)| kind == "Figure").collect();
        assert_eq!(figures.len(), 1, "{}", picture.id);
        assert_eq!(figures[0].1.as_ref(), Some(&picture.description));
    }
}

#[test]
fn a_character_without_a_glyph_is_written_without_a_claim() {
    let size_pt = egui::vec2(200.0, 50.0);
    let mut canvas = Canvas::new(theme::install);
    let scene = canvas.record_lossy(size_pt, 1.0, |ui| {
        ui.label("\u{1F71A} and more");
    });
    let bytes = scene.unwrap().to_pdf(&PdfOptions::default()).unwrap();
    assert!(!claims_the_standard(&bytes));
    // A scene that says nothing of its pieces is one figure.
    let pieces = pieces(&Document::load_mem(&bytes).unwrap());
    let kinds: Vec<&str> = pieces.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["Document", "Figure"]);
}
