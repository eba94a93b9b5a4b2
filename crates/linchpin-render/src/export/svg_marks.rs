//! Outlines, inks and font names as SVG's attributes.

use super::faces::Face;
use super::geom::{Geom, Ink, Pen};
use super::svg_text::{attribute, escape, path};
use egui::{Rect, Vec2};

/// Append an element of an outline, still open.
pub(super) fn shape(out: &mut String, geom: &Geom) {
    match geom {
        Geom::Rect { rect, radii } if radii.iter().all(|r| *r == radii[0]) => {
            out.push_str("<rect");
            rect_attributes(out, *rect);
            if radii[0] > 0.0 {
                attribute(out, "rx", radii[0].min(0.5 * rect.size().min_elem()));
            }
        }
        Geom::Ellipse { center, radius } => {
            let is_circle = radius.x == radius.y;
            out.push_str(if is_circle { "<circle" } else { "<ellipse" });
            attribute(out, "cx", center.x);
            attribute(out, "cy", center.y);
            attribute(out, if is_circle { "r" } else { "rx" }, radius.x);
            if !is_circle {
                attribute(out, "ry", radius.y);
            }
        }
        Geom::Line([a, b]) => {
            out.push_str("<line");
            for (name, value) in [("x1", a.x), ("y1", a.y), ("x2", b.x), ("y2", b.y)] {
                attribute(out, name, value);
            }
        }
        Geom::Path(segs) => {
            out.push_str("<path d=\"");
            path(out, segs, Vec2::splat(1.0));
            out.push('"');
        }
        geom @ Geom::Rect { .. } => {
            out.push_str("<path d=\"");
            path(out, &geom.segs(), Vec2::splat(1.0));
            out.push('"');
        }
    }
}

/// Append how it is filled and stroked.
pub(super) fn paint(out: &mut String, geom: &Geom, fill: Option<Ink>, pen: Option<Pen>) {
    match fill {
        Some(fill) => ink(out, "fill", fill),
        None if matches!(geom, Geom::Line(_)) => {}
        None => out.push_str(" fill=\"none\""),
    }
    if let Some(pen) = pen {
        ink(out, "stroke", pen.ink);
        if pen.width_pt != 1.0 {
            attribute(out, "stroke-width", pen.width_pt);
        }
        if matches!(geom, Geom::Path(_)) {
            out.push_str(" stroke-linejoin=\"round\"");
        }
    }
}

/// Append a color, and its opacity where it has one.
pub(super) fn ink(out: &mut String, name: &str, ink: Ink) {
    let Ink { r, g, b, .. } = ink;
    out.push_str(&format!(" {name}=\"#{r:02x}{g:02x}{b:02x}\""));
    if !ink.is_opaque() {
        attribute(out, &format!("{name}-opacity"), ink.opacity());
    }
}

/// Append place and size.
pub(super) fn rect_attributes(out: &mut String, rect: Rect) {
    for (name, value) in [
        ("x", rect.left()),
        ("y", rect.top()),
        ("width", rect.width()),
        ("height", rect.height()),
    ] {
        attribute(out, name, value);
    }
}

/// Append a face's family, after the name of a copy within the file, with families that look alike
/// where it is not installed.
pub(super) fn font_family(out: &mut String, face: &Face, copy: Option<&str>) {
    out.push_str(" font-family=\"");
    if let Some(copy) = copy {
        out.push('\'');
        escape(out, copy);
        out.push_str("',");
    }
    out.push('\'');
    escape(out, &face.family.replace('\'', ""));
    out.push_str(if face.monospaced {
        "',monospace\""
    } else {
        "',Pretendard,Inter,'Noto Sans KR','Malgun Gothic','Apple SD Gothic Neo',sans-serif\""
    });
}
