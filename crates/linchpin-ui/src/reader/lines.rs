//! The lines below coded words: each kind of record has its own, so that kinds are told apart without color.

use egui::{Color32, Painter, Rangef, Shape, Stroke, pos2};
use linchpin_register::RecordKind;

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Thick,
    Double,
    Dashes,
    LongDashes,
    Dots,
    Wave,
    Thin,
}

/// The line of a kind of record.
pub(super) fn line(kind: RecordKind) -> Line {
    match kind {
        RecordKind::Commitment => Line::Thick,
        RecordKind::Figure => Line::Double,
        RecordKind::Body => Line::Dashes,
        RecordKind::Instrument => Line::LongDashes,
        RecordKind::Event => Line::Dots,
        RecordKind::Concern => Line::Wave,
        _ => Line::Thin,
    }
}

/// Draws a line.
pub(super) fn underline(painter: &Painter, line: Line, x: Rangef, y: f32, ink: Color32) {
    let ends = [pos2(x.min, y), pos2(x.max, y)];
    let thin = Stroke::new(1.2, ink);
    match line {
        Line::Thick => {
            painter.line_segment(ends, Stroke::new(2.2, ink));
        }
        Line::Thin => {
            painter.line_segment(ends, thin);
        }
        Line::Double => {
            painter.line_segment(ends, Stroke::new(1.0, ink));
            let below = ends.map(|end| pos2(end.x, end.y + 2.4));
            painter.line_segment(below, Stroke::new(1.0, ink));
        }
        Line::Dashes => {
            painter.extend(Shape::dashed_line(&ends, thin, 4.0, 2.5));
        }
        Line::LongDashes => {
            painter.extend(Shape::dashed_line(&ends, thin, 11.0, 3.0));
        }
        Line::Dots => {
            painter.extend(Shape::dotted_line(&ends, ink, 3.5, 0.8));
        }
        Line::Wave => {
            let mut points = Vec::new();
            let mut at = x.min;
            while at < x.max && points.len() < 2_000 {
                let up = points.len() % 2 == 0;
                points.push(pos2(at, if up { y + 1.0 } else { y - 1.0 }));
                at += 2.5;
            }
            painter.add(Shape::line(points, Stroke::new(1.0, ink)));
        }
    }
}
