//! The outlines that a scene draws, in points with y downward.

use egui::{Color32, Pos2, Rect, Vec2, pos2, vec2};

/// How far from the origin a point may lie, in points: beyond it, rasterizers lose their precision.
pub const FAR: f32 = 1e6;

/// An outline.
#[derive(Clone, Debug, PartialEq)]
pub enum Geom {
    /// Corner radii in points: north-west, north-east, south-east, south-west.
    Rect {
        rect: Rect,
        radii: [f32; 4],
    },
    Ellipse {
        center: Pos2,
        radius: Vec2,
    },
    Line([Pos2; 2]),
    Path(Vec<Seg>),
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seg {
    Move(Pos2),
    Line(Pos2),
    /// Control point, end.
    Quad(Pos2, Pos2),
    /// Two control points, end.
    Cubic(Pos2, Pos2, Pos2),
    Close,
}

/// A color as straight (not premultiplied) sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ink {
    pub r: u8,
    pub g: u8,
    pub b: u8,
    pub a: u8,
}

/// How an outline is stroked, centered on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    pub width_pt: f32,
    pub ink: Ink,
}

/// A turn of `angle_rad` radians, clockwise, around a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rotation {
    pub angle_rad: f32,
    pub pivot: Pos2,
}

impl Ink {
    /// The visible ink of an egui color; `None` where nothing would be seen.
    ///
    /// SVG and PDF cannot add light, so an additive color (alpha 0, some light) becomes that light,
    /// translucent.
    pub fn visible(color: Color32) -> Option<Ink> {
        let [r, g, b, a] = color.to_array();
        if a > 0 {
            let [r, g, b, a] = color.to_srgba_unmultiplied();
            return Some(Ink { r, g, b, a });
        }
        let brightest = r.max(g).max(b);
        let full = |c: u8| (u16::from(c) * 255 / u16::from(brightest)) as u8;
        (brightest > 0).then(|| Ink {
            r: full(r),
            g: full(g),
            b: full(b),
            a: brightest,
        })
    }

    pub fn is_opaque(self) -> bool {
        self.a == 255
    }

    /// Opacity from 0 to 1.
    pub fn opacity(self) -> f32 {
        f32::from(self.a) / 255.0
    }
}

impl Geom {
    /// The outline as steps of a path.
    pub fn segs(&self) -> Vec<Seg> {
        match self {
            Geom::Rect { rect, radii } => rounded(*rect, *radii),
            Geom::Ellipse { center, radius } => ellipse(*center, *radius),
            Geom::Line([a, b]) => vec![Seg::Move(*a), Seg::Line(*b)],
            Geom::Path(segs) => segs.clone(),
        }
    }

    /// The outline with every point within [`FAR`]; `None` where a number is none.
    pub fn held(self) -> Option<Geom> {
        let hold = |p: Pos2| {
            let far = Pos2::new(FAR, FAR);
            p.is_finite().then(|| p.clamp(Pos2::new(-FAR, -FAR), far))
        };
        Some(match self {
            Geom::Rect { rect, radii } => Geom::Rect {
                rect: Rect::from_min_max(hold(rect.min)?, hold(rect.max)?),
                radii: radii.iter().all(|r| r.is_finite()).then_some(radii)?,
            },
            Geom::Ellipse { center, radius } => Geom::Ellipse {
                center: hold(center)?,
                radius: hold(radius.to_pos2())?.to_vec2(),
            },
            Geom::Line([a, b]) => Geom::Line([hold(a)?, hold(b)?]),
            Geom::Path(segs) => {
                let held = segs.into_iter().map(|seg| {
                    Some(match seg {
                        Seg::Move(p) => Seg::Move(hold(p)?),
                        Seg::Line(p) => Seg::Line(hold(p)?),
                        Seg::Quad(a, p) => Seg::Quad(hold(a)?, hold(p)?),
                        Seg::Cubic(a, b, p) => Seg::Cubic(hold(a)?, hold(b)?, hold(p)?),
                        Seg::Close => Seg::Close,
                    })
                });
                Geom::Path(held.collect::<Option<_>>()?)
            }
        })
    }

    /// A rectangle with square corners.
    pub fn plain_rect(rect: Rect) -> Geom {
        Geom::Rect {
            rect,
            radii: [0.0; 4],
        }
    }

    /// Straight lines through `points`.
    pub fn polyline(points: &[Pos2], closed: bool) -> Geom {
        let mut segs: Vec<Seg> = points.iter().map(|p| Seg::Line(*p)).collect();
        if let Some(first) = segs.first_mut() {
            *first = Seg::Move(points[0]);
        }
        if closed {
            segs.push(Seg::Close);
        }
        Geom::Path(segs)
    }
}

/// How far a cubic's control point lies from the end of a quarter circle, in radii, counted along
/// the tangent.
const ARC: f32 = 0.552_284_8;

fn rounded(rect: Rect, radii: [f32; 4]) -> Vec<Seg> {
    let most = 0.5 * rect.width().min(rect.height());
    let [nw, ne, se, sw] = radii.map(|r| r.clamp(0.0, most.max(0.0)));
    let (l, t, r, b) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let mut segs = Vec::with_capacity(10);
    // Each corner: where it is, its radius, the direction in which the outline comes and the one in
    // which it leaves.
    let corners = [
        (pos2(r, t), ne, vec2(1.0, 0.0), vec2(0.0, 1.0)),
        (pos2(r, b), se, vec2(0.0, 1.0), vec2(-1.0, 0.0)),
        (pos2(l, b), sw, vec2(-1.0, 0.0), vec2(0.0, -1.0)),
        (pos2(l, t), nw, vec2(0.0, -1.0), vec2(1.0, 0.0)),
    ];
    segs.push(Seg::Move(pos2(l + nw, t)));
    for (i, (corner, radius, come, leave)) in corners.into_iter().enumerate() {
        let last = i + 1 == corners.len();
        if radius > 0.0 {
            let rest = radius * (1.0 - ARC);
            segs.push(Seg::Line(corner - come * radius));
            segs.push(Seg::Cubic(
                corner - come * rest,
                corner + leave * rest,
                corner + leave * radius,
            ));
        } else if !last {
            segs.push(Seg::Line(corner));
        }
    }
    segs.push(Seg::Close);
    segs
}

fn ellipse(center: Pos2, radius: Vec2) -> Vec<Seg> {
    let at = |x: f32, y: f32| center + vec2(x, y) * radius;
    vec![
        Seg::Move(at(1.0, 0.0)),
        Seg::Cubic(at(1.0, ARC), at(ARC, 1.0), at(0.0, 1.0)),
        Seg::Cubic(at(-ARC, 1.0), at(-1.0, ARC), at(-1.0, 0.0)),
        Seg::Cubic(at(-1.0, -ARC), at(-ARC, -1.0), at(0.0, -1.0)),
        Seg::Cubic(at(ARC, -1.0), at(1.0, -ARC), at(1.0, 0.0)),
        Seg::Close,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_cornered_rectangle_has_four_corners() {
        let rect = Rect::from_min_max(pos2(1.0, 2.0), pos2(5.0, 8.0));
        let segs = Geom::plain_rect(rect).segs();
        assert_eq!(
            segs,
            vec![
                Seg::Move(pos2(1.0, 2.0)),
                Seg::Line(pos2(5.0, 2.0)),
                Seg::Line(pos2(5.0, 8.0)),
                Seg::Line(pos2(1.0, 8.0)),
                Seg::Close,
            ]
        );
    }

    #[test]
    fn uneven_corners_round_where_they_should_and_never_overlap() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));
        let segs = Geom::Rect {
            rect,
            radii: [0.0, 99.0, 0.0, 2.0],
        }
        .segs();
        // The large radius is held to half of the side.
        assert!(segs.contains(&Seg::Line(pos2(5.0, 0.0))));
        assert!(segs.contains(&Seg::Line(pos2(10.0, 10.0))));
        assert_eq!(
            segs.iter().filter(|s| matches!(s, Seg::Cubic(..))).count(),
            2
        );
    }

    #[test]
    fn additive_light_becomes_translucent_and_nothing_stays_nothing() {
        assert_eq!(Ink::visible(Color32::TRANSPARENT), None);
        let faint = Ink::visible(Color32::from_additive_luminance(5));
        assert_eq!(
            faint,
            Some(Ink {
                r: 255,
                g: 255,
                b: 255,
                a: 5
            })
        );
        let half = Ink::visible(Color32::from_rgba_unmultiplied(255, 0, 0, 128));
        assert_eq!(half.map(|i| (i.r, i.a)), Some((255, 128)));
    }

    #[test]
    fn no_points_make_no_path() {
        assert_eq!(Geom::polyline(&[], false), Geom::Path(vec![]));
    }
}
