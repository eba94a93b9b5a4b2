//! The lines below coded words: each kind of record has its own, so that kinds are told apart without color.

use egui::{Color32, Painter, Rangef, Shape, Stroke, pos2};
use linchpin_register::RecordKind;

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnderlineStyle {
    Thick,
    Double,
    Dashed,
    LongDashed,
    Dotted,
    Wavy,
    Thin,
}

/// The line of a kind of record.
pub(super) fn underline_style(kind: RecordKind) -> UnderlineStyle {
    match kind {
        RecordKind::Commitment => UnderlineStyle::Thick,
        RecordKind::Figure => UnderlineStyle::Double,
        RecordKind::Body => UnderlineStyle::Dashed,
        RecordKind::Instrument => UnderlineStyle::LongDashed,
        RecordKind::Event => UnderlineStyle::Dotted,
        RecordKind::Concern => UnderlineStyle::Wavy,
        _ => UnderlineStyle::Thin,
    }
}

/// Draws a line.
pub(super) fn paint_underline(
    painter: &Painter,
    line: UnderlineStyle,
    x: Rangef,
    y: f32,
    color: Color32,
) {
    let ends = [pos2(x.min, y), pos2(x.max, y)];
    let thin = Stroke::new(1.2, color);
    match line {
        UnderlineStyle::Thick => {
            painter.line_segment(ends, Stroke::new(2.2, color));
        }
        UnderlineStyle::Thin => {
            painter.line_segment(ends, thin);
        }
        UnderlineStyle::Double => {
            painter.line_segment(ends, Stroke::new(1.0, color));
            let below = ends.map(|end| pos2(end.x, end.y + 2.4));
            painter.line_segment(below, Stroke::new(1.0, color));
        }
        UnderlineStyle::Dashed => {
            painter.extend(Shape::dashed_line(&ends, thin, 4.0, 2.5));
        }
        UnderlineStyle::LongDashed => {
            painter.extend(Shape::dashed_line(&ends, thin, 11.0, 3.0));
        }
        UnderlineStyle::Dotted => {
            painter.extend(Shape::dotted_line(&ends, color, 3.5, 0.8));
        }
        UnderlineStyle::Wavy => {
            let mut points = Vec::new();
            let mut at = x.min;
            while at < x.max && points.len() < 2_000 {
                let up = points.len() % 2 == 0;
                points.push(pos2(at, if up { y + 1.0 } else { y - 1.0 }));
                at += 2.5;
            }
            painter.add(Shape::line(points, Stroke::new(1.0, color)));
        }
    }
}
