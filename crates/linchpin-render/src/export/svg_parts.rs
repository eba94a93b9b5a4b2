//! How an SVG is read out: by the roles of the WAI-ARIA Graphics Module.
//!
//! A picture whose marks are known is a document of graphics, in which a reader walks from mark to
//! mark. What is drawn is hidden from readers, since scattered numbers and outlines say nothing; in
//! its place stand the marks, each an unpainted rectangle with its words. A picture of which only
//! title and description are known is an image, which has nothing inside.

use super::scene::{Scene, Spot};
use super::svg_marks::rect_attributes;
use super::svg_text::escape;
use crate::paint::Part;

/// The role of the whole. The second word is for readers that do not know the first.
pub(super) fn role(scene: &Scene) -> &'static str {
    if scene.spots.is_empty() {
        "img"
    } else {
        "graphics-document document"
    }
}

/// Append the start of a piece.
pub(super) fn open(out: &mut String, part: Part, spots: &[Spot]) {
    match part {
        // The title is the name of the whole, and read already.
        Part::Ground | Part::Title => out.push_str("<g aria-hidden=\"true\">\n"),
        Part::Subtitle | Part::Note | Part::Source => out.push_str("<g>\n"),
        Part::Figure if spots.is_empty() => out.push_str("<g>\n"),
        Part::Figure => {
            let count = spots.len();
            let marks = if count == 1 { "mark" } else { "marks" };
            out.push_str(&format!(
                "<g role=\"graphics-object group\" aria-label=\"{count} {marks}\">\n<g \
                aria-hidden=\"true\">\n"
            ));
        }
    }
}

/// Append the end of a piece; of a figure with its marks.
pub(super) fn close(out: &mut String, part: Part, spots: &[Spot]) {
    out.push_str("</g>\n");
    if part != Part::Figure || spots.is_empty() {
        return;
    }
    for spot in spots {
        out.push_str("<rect role=\"graphics-symbol img\" aria-label=\"");
        escape(out, &spot.label);
        out.push_str("\" fill=\"none\"");
        rect_attributes(out, spot.rect);
        out.push_str("/>\n");
    }
    out.push_str("</g>\n");
}
