//! The elements of an SVG, whatever they are written like.

use super::super::read::svg_document;
use super::{DrawingReadError, hex};
use roxmltree::{Node, NodeType};
use sha2::{Digest as _, Sha256};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Programs that put their own things into an SVG: what shows them, and their names.
const PROGRAMS: [(&str, &str); 6] = [
    ("http://www.inkscape.org/namespaces/inkscape", "Inkscape"),
    ("http://ns.adobe.com/AdobeIllustrator/", "Adobe Illustrator"),
    ("Generator: Adobe Illustrator", "Adobe Illustrator"),
    ("http://www.serif.com/", "Affinity"),
    ("http://www.bohemiancoding.com/sketch/ns", "Sketch"),
    ("http://www.figma.com/figma/ns", "Figma"),
];

/// Elements and attributes of editors, which draw nothing.
const EDITORS: [&str; 2] = [
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
];

/// The SHA-256 of the elements, their attributes and texts, in order.
pub(super) fn sha256(bytes: &[u8]) -> Result<String, DrawingReadError> {
    let document = svg_document(bytes).map_err(|_| DrawingReadError::Unreadable)?;
    let mut hasher = Sha256::new();
    let root = document.root();
    let mut node = root;
    // Without a function that calls itself: how deeply elements lie in one another is the file's
    // choice.
    'walk: loop {
        let is_drawn = is_drawn(node);
        if is_drawn {
            open(&mut hasher, node);
        }
        if let Some(child) = node.first_child().filter(|_| is_drawn) {
            node = child;
            continue;
        }
        loop {
            if is_drawn_element(node) {
                hasher.update(b"\0/");
            }
            if node == root {
                break 'walk;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                break 'walk;
            };
            node = parent;
        }
    }
    Ok(hex(&hasher.finalize()))
}

fn is_drawn_element(node: Node<'_, '_>) -> bool {
    node.is_element() && is_drawn(node)
}

/// Whether it has a part in the drawing.
fn is_drawn(node: Node<'_, '_>) -> bool {
    match node.node_type() {
        NodeType::Comment => false,
        NodeType::Root | NodeType::PI => true,
        NodeType::Text => {
            let is_blank = node.text().is_none_or(|text| text.trim().is_empty());
            let is_in_text = node.parent().is_some_and(|parent| {
                ["text", "tspan", "textPath"].contains(&parent.tag_name().name())
            });
            !is_blank || is_in_text
        }
        NodeType::Element => {
            let name = node.tag_name();
            let of_editor = name
                .namespace()
                .is_some_and(|space| EDITORS.contains(&space));
            let is_description = name.namespace() == Some(SVG)
                && match name.name() {
                    "metadata" => true,
                    "title" | "desc" => node
                        .parent_element()
                        .is_some_and(|parent| parent.parent_element().is_none()),
                    _ => false,
                };
            !of_editor && !is_description
        }
    }
}

fn open(hasher: &mut Sha256, node: Node<'_, '_>) {
    let mut part = |sign: &[u8], text: &str| {
        hasher.update(sign);
        hasher.update(text.as_bytes());
    };
    match node.node_type() {
        NodeType::Root | NodeType::Comment => {}
        NodeType::Text => part(b"\0t", node.text().unwrap_or_default()),
        // A style sheet can be named there.
        NodeType::PI => {
            let words = node.pi();
            part(b"\0?", words.map_or("", |pi| pi.target));
            part(b"\0 ", words.and_then(|pi| pi.value).unwrap_or_default());
        }
        NodeType::Element => {
            let name = node.tag_name();
            part(b"\0<", name.namespace().unwrap_or_default());
            part(b"\0:", name.name());
            let mut attributes: Vec<_> = node
                .attributes()
                .map(|a| (a.namespace().unwrap_or_default(), a.name(), a.value()))
                .filter(|(space, ..)| !EDITORS.contains(space))
                .collect();
            // Their order means nothing.
            attributes.sort_unstable();
            for (space, name, value) in attributes {
                part(b"\0@", space);
                part(b"\0:", name);
                part(b"\0=", value);
            }
        }
    }
}

/// The program that has written the file anew, where it has left its name.
pub(super) fn other_program(bytes: &[u8]) -> Option<&'static str> {
    let is_there = |sign: &str| memchr::memmem::find(bytes, sign.as_bytes()).is_some();
    let mut all = PROGRAMS.iter();
    all.find(|(sign, _)| is_there(sign)).map(|(_, name)| *name)
}
