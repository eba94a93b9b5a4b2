//! What an SVG says about itself.

use super::Meta;
use super::date::Moment;
use super::geom::Ink;
use super::scene::{Mark, Scene};
use super::svg_text::{element, escape};
use linchpin_charts::evidence::SVG_NAMESPACE;

/// Title, description, source and citations in the terms of Dublin Core; what the picture was drawn
/// from in an element of our own.
pub(super) fn metadata(meta: &Meta) -> String {
    let mut out = String::from(
        "<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\">\
         <rdf:Description rdf:about=\"\">\n<dc:format>image/svg+xml</dc:format>",
    );
    element(&mut out, "dc:title", &meta.title);
    element(&mut out, "dc:description", &meta.description);
    element(&mut out, "dc:source", &meta.source);
    element(&mut out, "dc:language", &meta.language);
    if let Some(moment) = meta.created.and_then(Moment::from_unix) {
        element(&mut out, "dc:date", &moment.iso());
    }
    for (name, items) in [
        ("dc:subject", &meta.keywords),
        ("dcterms:bibliographicCitation", &meta.citations),
    ] {
        if !items.is_empty() {
            out.push_str(&format!("\n<{name}><rdf:Seq>"));
            for item in items {
                element(&mut out, "rdf:li", item);
            }
            out.push_str(&format!("</rdf:Seq></{name}>"));
        }
    }
    out.push_str("\n</rdf:Description></rdf:RDF>");
    if !meta.evidence.is_empty() {
        out.push_str(&format!(
            "\n<linchpin:evidence xmlns:linchpin=\"{SVG_NAMESPACE}\">"
        ));
        escape(&mut out, &meta.evidence);
        out.push_str("</linchpin:evidence>");
    }
    out.push_str("</metadata>\n");
    out
}

/// Letters that tell the ids of this picture from another's in the same page: drawn from what it
/// shows.
pub(super) fn prefix(scene: &Scene, meta: &Meta) -> String {
    let mut hash: u32 = 0x811c_9dc5;
    let mut eat = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    };
    eat(meta.title.as_bytes());
    // Two charts may look the same.
    for keyword in &meta.keywords {
        eat(keyword.as_bytes());
    }
    for node in &scene.nodes {
        match &node.mark {
            Mark::Text(run) => eat(run.text.as_bytes()),
            Mark::Shape { fill, .. } => {
                if let Some(Ink { r, g, b, a }) = fill {
                    eat(&[*r, *g, *b, *a]);
                }
            }
            Mark::Image { rgba, .. } => eat(rgba),
        }
    }
    let letters = (0..4).map(|i| char::from(b'a' + ((hash >> (8 * i)) % 26) as u8));
    letters.chain(['-']).collect()
}

/// The face that most runs are set in: named once, for the whole picture.
pub(super) fn main_face(scene: &Scene) -> Option<usize> {
    let mut runs = vec![0_usize; scene.faces.len()];
    for node in &scene.nodes {
        if let Mark::Text(run) = &node.mark
            && let Some(count) = runs.get_mut(run.face)
        {
            *count += 1;
        }
    }
    let (face, count) = runs.into_iter().enumerate().rev().max_by_key(|(_, n)| *n)?;
    (count > 0).then_some(face)
}
