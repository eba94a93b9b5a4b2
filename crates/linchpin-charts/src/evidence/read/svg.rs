//! An SVG's metadata.

use super::super::SVG_NAMESPACE;
use super::markup_limits::{MAX_NODES, is_image_like};
use super::{EvidenceContainer, EvidenceError, MAX_UNPACKED_BYTES};
use memchr::memmem;
use roxmltree::{Document, ParsingOptions};

/// The largest SVG that is read, in bytes.
const MAX_BYTES: usize = 4 * MAX_UNPACKED_BYTES;

/// The text of our element, wherever it stands.
pub fn find(bytes: &[u8]) -> Result<Option<Vec<u8>>, EvidenceError> {
    if bytes.len() <= MAX_BYTES && memmem::find(bytes, SVG_NAMESPACE.as_bytes()).is_none() {
        // No element of ours, whatever else it holds: but it must be a text.
        utf8(bytes)?;
        return Ok(None);
    }
    let document = document(bytes)?;
    let ours = document
        .descendants()
        .find(|node| node.has_tag_name((SVG_NAMESPACE, "evidence")));
    let Some(ours) = ours else {
        return Ok(None);
    };
    let texts = ours.descendants().filter(|node| node.is_text());
    let text: String = texts.filter_map(|node| node.text()).collect();
    Ok(Some(text.into_bytes()))
}

/// The elements of an SVG that is built like an image.
pub fn document(bytes: &[u8]) -> Result<Document<'_>, EvidenceError> {
    if bytes.len() > MAX_BYTES {
        return Err(EvidenceError::TooLarge(EvidenceContainer::Svg));
    }
    let text = utf8(bytes)?;
    if !is_image_like(bytes) {
        return Err(EvidenceError::TooManyParts(EvidenceContainer::Svg));
    }
    // Entities of its own (`allow_dtd`) it may not have: they could stand for any amount of text.
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|_| damaged("it is no sound XML"))
}

fn utf8(bytes: &[u8]) -> Result<&str, EvidenceError> {
    std::str::from_utf8(bytes).map_err(|_| damaged("it is no UTF-8 text"))
}

fn damaged(how: &'static str) -> EvidenceError {
    EvidenceError::Damaged(EvidenceContainer::Svg, how)
}
