//! Outlines and colors of a display list, in points with y downward.

use egui::{Color32, Pos2, Rect, Vec2, pos2, vec2};

/// How far from the origin a point may lie, in points: beyond it, rasterizers lose their precision.
pub(crate) const FAR: f32 = 1e6;

/// The edge of a shape, in points.
#[derive(Clone, Debug, PartialEq)]
pub enum Outline {
    /// A rectangle, whose corners may be round.
    Rect {
        /// Where it is.
        rect: Rect,
        /// Corner radii: north-west, north-east, south-east, south-west.
        radii: [f32; 4],
    },
    /// An ellipse; a circle where both radii are equal.
    Ellipse {
        /// Its middle.
        center: Pos2,
        /// Across and down.
        radius: Vec2,
    },
    /// A straight line between two points.
    Line([Pos2; 2]),
    /// Any other outline. Areas are filled by the nonzero rule.
    Path(Vec<PathCommand>),
}

/// A step of a path. Points are absolute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathCommand {
    /// Begin a subpath here.
    Move(Pos2),
    /// A straight line to this point.
    Line(Pos2),
    /// A quadratic Bézier curve: control point, end.
    Quad(Pos2, Pos2),
    /// A cubic Bézier curve: two control points, end.
    Cubic(Pos2, Pos2, Pos2),
    /// Back to the beginning of the subpath.
    Close,
}

/// A color as straight (not premultiplied) sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgba {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity: 0 is transparent, 255 opaque.
    pub a: u8,
}

/// How an outline is stroked, centered on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StrokePaint {
    /// In points.
    pub width_pt: f32,
    /// Its color.
    pub color: Rgba,
}

/// A rotation around a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rotation {
    /// Clockwise, in radians.
    pub angle_rad: f32,
    /// The point that stays where it is.
    pub pivot: Pos2,
}

impl Rgba {
    /// An egui color; `None` where nothing of it would be seen.
    ///
    /// SVG and PDF cannot add light, so an additive color (alpha 0, some light) becomes that light,
    /// translucent.
    pub fn from_color32(color: Color32) -> Option<Rgba> {
        let [r, g, b, a] = color.to_array();
        if a > 0 {
            let [r, g, b, a] = color.to_srgba_unmultiplied();
            return Some(Rgba { r, g, b, a });
        }
        let brightest = r.max(g).max(b);
        let full = |c: u8| (u16::from(c) * 255 / u16::from(brightest)) as u8;
        (brightest > 0).then(|| Rgba {
            r: full(r),
            g: full(g),
            b: full(b),
            a: brightest,
        })
    }

    /// Whether nothing shows through.
    pub fn is_opaque(self) -> bool {
        self.a == 255
    }

    /// The gray of the same luminance (WCAG 2).
    pub fn to_gray(self) -> Rgba {
        if self.is_gray() {
            return self;
        }
        let linear = |c: u8| f64::from(egui::ecolor::linear_f32_from_gamma_u8(c));
        let light = 0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b);
        let gray = egui::ecolor::gamma_u8_from_linear_f32(light as f32);
        Rgba {
            r: gray,
            g: gray,
            b: gray,
            a: self.a,
        }
    }

    /// Whether it has no hue.
    pub fn is_gray(self) -> bool {
        self.r == self.g && self.g == self.b
    }

    /// Opacity from 0 to 1.
    pub fn opacity(self) -> f32 {
        f32::from(self.a) / 255.0
    }
}

impl PathCommand {
    /// Its points, control points included.
    pub(crate) fn points(&self) -> impl Iterator<Item = Pos2> + use<> {
        let points = match *self {
            PathCommand::Move(p) | PathCommand::Line(p) => [Some(p), None, None],
            PathCommand::Quad(a, p) => [Some(a), Some(p), None],
            PathCommand::Cubic(a, b, p) => [Some(a), Some(b), Some(p)],
            PathCommand::Close => [None; 3],
        };
        points.into_iter().flatten()
    }
}

impl Outline {
    /// The outline as steps of a path.
    pub fn segments(&self) -> Vec<PathCommand> {
        match self {
            Outline::Rect { rect, radii } => rounded(*rect, *radii),
            Outline::Ellipse { center, radius } => ellipse(*center, *radius),
            Outline::Line([a, b]) => vec![PathCommand::Move(*a), PathCommand::Line(*b)],
            Outline::Path(segments) => segments.clone(),
        }
    }

    /// The outline with every point within [`FAR`]; `None` where a number is NaN or infinite.
    pub(crate) fn clamped(self) -> Option<Outline> {
        let clamp = |p: Pos2| {
            let far = Pos2::new(FAR, FAR);
            p.is_finite().then(|| p.clamp(Pos2::new(-FAR, -FAR), far))
        };
        Some(match self {
            Outline::Rect { rect, radii } => Outline::Rect {
                rect: Rect::from_min_max(clamp(rect.min)?, clamp(rect.max)?),
                radii: radii.iter().all(|r| r.is_finite()).then_some(radii)?,
            },
            Outline::Ellipse { center, radius } => Outline::Ellipse {
                center: clamp(center)?,
                radius: clamp(radius.to_pos2())?.to_vec2(),
            },
            Outline::Line([a, b]) => Outline::Line([clamp(a)?, clamp(b)?]),
            Outline::Path(segments) => {
                let clamped = segments.into_iter().map(|segment| {
                    Some(match segment {
                        PathCommand::Move(p) => PathCommand::Move(clamp(p)?),
                        PathCommand::Line(p) => PathCommand::Line(clamp(p)?),
                        PathCommand::Quad(a, p) => PathCommand::Quad(clamp(a)?, clamp(p)?),
                        PathCommand::Cubic(a, b, p) => {
                            PathCommand::Cubic(clamp(a)?, clamp(b)?, clamp(p)?)
                        }
                        PathCommand::Close => PathCommand::Close,
                    })
                });
                Outline::Path(clamped.collect::<Option<_>>()?)
            }
        })
    }

    /// A rectangle with square corners.
    pub fn plain_rect(rect: Rect) -> Outline {
        Outline::Rect {
            rect,
            radii: [0.0; 4],
        }
    }

    /// Straight lines through `points`.
    pub fn polyline(points: &[Pos2], closed: bool) -> Outline {
        let mut segments: Vec<PathCommand> = points.iter().map(|p| PathCommand::Line(*p)).collect();
        if let Some(first) = segments.first_mut() {
            *first = PathCommand::Move(points[0]);
        }
        if closed {
            segments.push(PathCommand::Close);
        }
        Outline::Path(segments)
    }
}

/// How far a cubic's control point lies from the end of a quarter circle, in radii, counted along
/// the tangent.
const ARC: f32 = 0.552_284_8;

fn rounded(rect: Rect, radii: [f32; 4]) -> Vec<PathCommand> {
    let most = 0.5 * rect.width().min(rect.height());
    let [nw, ne, se, sw] = radii.map(|r| r.clamp(0.0, most.max(0.0)));
    let (l, t, r, b) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let mut segments = Vec::with_capacity(10);
    // Each corner: where it is, its radius, the direction in which the outline comes and the one in
    // which it leaves.
    let corners = [
        (pos2(r, t), ne, vec2(1.0, 0.0), vec2(0.0, 1.0)),
        (pos2(r, b), se, vec2(0.0, 1.0), vec2(-1.0, 0.0)),
        (pos2(l, b), sw, vec2(-1.0, 0.0), vec2(0.0, -1.0)),
        (pos2(l, t), nw, vec2(0.0, -1.0), vec2(1.0, 0.0)),
    ];
    segments.push(PathCommand::Move(pos2(l + nw, t)));
    for (i, (corner, radius, come, leave)) in corners.into_iter().enumerate() {
        let last = i + 1 == corners.len();
        if radius > 0.0 {
            let rest = radius * (1.0 - ARC);
            segments.push(PathCommand::Line(corner - come * radius));
            segments.push(PathCommand::Cubic(
                corner - come * rest,
                corner + leave * rest,
                corner + leave * radius,
            ));
        } else if !last {
            segments.push(PathCommand::Line(corner));
        }
    }
    segments.push(PathCommand::Close);
    segments
}

fn ellipse(center: Pos2, radius: Vec2) -> Vec<PathCommand> {
    let at = |x: f32, y: f32| center + vec2(x, y) * radius;
    vec![
        PathCommand::Move(at(1.0, 0.0)),
        PathCommand::Cubic(at(1.0, ARC), at(ARC, 1.0), at(0.0, 1.0)),
        PathCommand::Cubic(at(-ARC, 1.0), at(-1.0, ARC), at(-1.0, 0.0)),
        PathCommand::Cubic(at(-1.0, -ARC), at(-ARC, -1.0), at(0.0, -1.0)),
        PathCommand::Cubic(at(ARC, -1.0), at(1.0, -ARC), at(1.0, 0.0)),
        PathCommand::Close,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_cornered_rectangle_has_four_corners() {
        let rect = Rect::from_min_max(pos2(1.0, 2.0), pos2(5.0, 8.0));
        let segments = Outline::plain_rect(rect).segments();
        assert_eq!(
            segments,
            vec![
                PathCommand::Move(pos2(1.0, 2.0)),
                PathCommand::Line(pos2(5.0, 2.0)),
                PathCommand::Line(pos2(5.0, 8.0)),
                PathCommand::Line(pos2(1.0, 8.0)),
                PathCommand::Close,
            ]
        );
    }

    #[test]
    fn uneven_corners_round_where_they_should_and_never_overlap() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));
        let segments = Outline::Rect {
            rect,
            radii: [0.0, 99.0, 0.0, 2.0],
        }
        .segments();
        // The large radius is cut to half of the side.
        assert!(segments.contains(&PathCommand::Line(pos2(5.0, 0.0))));
        assert!(segments.contains(&PathCommand::Line(pos2(10.0, 10.0))));
        assert_eq!(
            segments
                .iter()
                .filter(|s| matches!(s, PathCommand::Cubic(..)))
                .count(),
            2
        );
    }

    #[test]
    fn additive_light_becomes_translucent_and_nothing_stays_nothing() {
        assert_eq!(Rgba::from_color32(Color32::TRANSPARENT), None);
        let faint = Rgba::from_color32(Color32::from_additive_luminance(5));
        assert_eq!(
            faint,
            Some(Rgba {
                r: 255,
                g: 255,
                b: 255,
                a: 5
            })
        );
        let half = Rgba::from_color32(Color32::from_rgba_unmultiplied(255, 0, 0, 128));
        assert_eq!(half.map(|i| (i.r, i.a)), Some((255, 128)));
    }

    #[test]
    fn no_points_make_no_path() {
        assert_eq!(Outline::polyline(&[], false), Outline::Path(vec![]));
    }

    #[test]
    fn a_gray_is_as_light_as_its_color() {
        let gray = |r, g, b| Rgba { r, g, b, a: 255 }.to_gray();
        assert_eq!(gray(255, 255, 255).r, 255);
        assert_eq!(gray(0, 0, 0).r, 0);
        assert_eq!(gray(7, 7, 7).r, 7);
        // Green is light, blue is dark.
        let (red, green, blue) = (gray(255, 0, 0), gray(0, 255, 0), gray(0, 0, 255));
        assert_eq!([red.r, green.r, blue.r], [127, 220, 76]);
        assert!(red.is_gray() && green.is_gray() && blue.is_gray());
    }
}
