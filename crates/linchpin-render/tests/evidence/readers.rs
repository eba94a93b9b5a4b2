//! Other people's readers find what an image carries where the documentation says.

use crate::registers::shipped;
use hayro_syntax::Pdf;
use linchpin_charts::evidence::{Evidence, PDF_ATTACHMENT, PNG_KEYWORD, SVG_NAMESPACE, read};
use linchpin_register::query::CountingRule;
use linchpin_render::export::Format;
use linchpin_render::export::image::{ImageOptions, Studio};
use std::io::Cursor;

fn image(format: Format) -> (Vec<u8>, Evidence) {
    let loaded = shipped();
    let chart = linchpin_charts::by_id(&loaded.register, "timeline").unwrap();
    let options = ImageOptions::default();
    let image = Studio::default().chart(
        (&loaded, "us-rok-alliance.ron"),
        chart,
        CountingRule::default(),
        format,
        &options,
    );
    let bytes = image.unwrap().bytes;
    let (_, evidence) = read(&bytes).unwrap();
    (bytes, evidence)
}

#[test]
fn a_png_carries_it_as_packed_text_before_the_pixels() {
    let (bytes, evidence) = image(Format::Png);
    let reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
    let texts = &reader.info().utf8_text;
    let ours = texts
        .iter()
        .find(|text| text.keyword == PNG_KEYWORD)
        .unwrap();
    assert!(ours.compressed);
    assert_eq!(ours.get_text().unwrap(), evidence.to_json());
}

#[test]
fn an_svg_carries_it_in_its_metadata() {
    let (bytes, evidence) = image(Format::Svg);
    let text = String::from_utf8(bytes).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let mut all = document.descendants();
    let ours = all
        .find(|n| n.has_tag_name((SVG_NAMESPACE, "evidence")))
        .unwrap();
    let parent = ours.parent().unwrap();
    assert_eq!(parent.tag_name().name(), "metadata");
    assert_eq!(parent.parent(), Some(document.root_element()));
    assert_eq!(ours.text(), Some(evidence.to_json().as_str()));
}

#[test]
fn a_pdf_carries_it_as_an_attached_file() {
    let (bytes, evidence) = image(Format::Pdf);
    let pdf = Pdf::new(bytes.clone()).unwrap();
    let mut found = Vec::new();
    for object in pdf.objects() {
        if let Some(stream) = object.clone().into_stream()
            && stream
                .dict()
                .get::<hayro_syntax::object::Name>("Type")
                .as_deref()
                == Some(b"EmbeddedFile")
        {
            found.push(stream.decoded().unwrap().into_owned());
        }
    }
    assert_eq!(found, [evidence.to_json().into_bytes()]);

    // By the way that viewers go: the catalog's names, the file's description, its bytes.
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let follow = |object: &lopdf::Object| document.dereference(object).unwrap().1.clone();
    let get = |object: &lopdf::Object, key: &[u8]| {
        let dict = match object {
            lopdf::Object::Stream(stream) => &stream.dict,
            other => other.as_dict().unwrap(),
        };
        follow(dict.get(key).unwrap())
    };
    let catalog = lopdf::Object::Dictionary(document.catalog().unwrap().clone());
    let names = get(&get(&get(&catalog, b"Names"), b"EmbeddedFiles"), b"Names");
    let names = names.as_array().unwrap();
    assert_eq!(names[0].as_str().unwrap(), PDF_ATTACHMENT.as_bytes());
    let file = follow(&names[1]);
    assert_eq!(
        get(&file, b"F").as_str().unwrap(),
        PDF_ATTACHMENT.as_bytes()
    );
    let stream = get(&get(&file, b"EF"), b"F");
    let stream = stream.as_stream().unwrap();
    assert_eq!(
        stream.dict.get(b"Subtype").unwrap().as_name().unwrap(),
        b"application/json"
    );
    assert_eq!(
        stream.decompressed_content().unwrap(),
        evidence.to_json().into_bytes()
    );
}
