//! The structure of a PDF: what its pieces are, in the order in which they are read.
//!
//! The title is a heading, the chart a figure with its description, the lines around it paragraphs;
//! grounds and rules are left out of the reading. A scene that says nothing of its pieces is one
//! figure.

use super::{Meta, Scene};
use crate::paint::Part;
use egui::Rect as Bounds;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect};
use krilla::outline::{Outline, OutlineNode};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;

/// Settings for a tagged file; `strict`: held to PDF/UA-1, the standard of accessible PDF (ISO
/// 14289-1).
pub(super) fn settings(strict: bool) -> SerializeSettings {
    let builder = ConfigurationBuilder::new();
    let strict = strict
        .then(|| {
            builder
                .with_accessibility_validator(Accessibility::UA1)
                .finish()
        })
        .and_then(Result::ok);
    SerializeSettings {
        configuration: strict.unwrap_or_default(),
        enable_tagging: true,
        ..SerializeSettings::default()
    }
}

/// Collects the pieces while they are drawn.
pub(super) struct Tags {
    groups: Vec<(Part, TagGroup)>,
    /// Whether the scene says which piece is what.
    knows_parts: bool,
    title: String,
    alt: String,
    figure: Option<Rect>,
}

impl Tags {
    /// `points_to_pt` is the size of a point of the scene on paper.
    pub fn new(scene: &Scene, meta: &Meta, points_to_pt: f32) -> Tags {
        let knows_parts = scene.nodes.iter().any(|node| node.part.is_some());
        let all = Bounds::from_min_size(egui::Pos2::ZERO, scene.size_pt);
        let figure = if knows_parts {
            figure_bounds(scene).map_or(all, |bounds| bounds.intersect(all))
        } else {
            all
        };
        let [left, top, right, bottom] =
            [figure.left(), figure.top(), figure.right(), figure.bottom()]
                .map(|v| v * points_to_pt);
        // A figure must be described: where nothing else is known, by its title.
        let alt = [&meta.description, &meta.title]
            .into_iter()
            .find(|text| !text.trim().is_empty());
        Tags {
            groups: Vec::new(),
            knows_parts,
            title: meta.title.clone(),
            alt: alt.cloned().unwrap_or_else(|| "A chart".to_owned()),
            figure: Rect::from_ltrb(left, top, right, bottom),
        }
    }

    /// Says what is drawn from here on; every call needs one of `Surface::end_tagged`.
    pub fn start(&mut self, surface: &mut Surface<'_>, part: Option<Part>) {
        let part = match part {
            Some(part) => part,
            None if self.knows_parts => Part::Ground,
            None => Part::Figure,
        };
        let tag = match part {
            Part::Ground => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            Part::Figure => ContentTag::Other,
            _ => ContentTag::Span(SpanTag::empty()),
        };
        let identifier = surface.start_tagged(tag);
        if part == Part::Ground {
            return;
        }
        let at = self.groups.iter().position(|(known, _)| *known == part);
        let at = at.unwrap_or_else(|| {
            self.groups.push((part, self.group(part)));
            self.groups.len() - 1
        });
        if let Some((_, group)) = self.groups.get_mut(at) {
            group.push(identifier);
        }
    }

    fn group(&self, part: Part) -> TagGroup {
        match part {
            Part::Title => TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(self.title.clone()))),
            Part::Figure => {
                let bounds = self.figure.map(|rect| BBox::new(0, rect));
                TagGroup::new(Tag::Figure(Some(self.alt.clone())).with_bbox(bounds))
            }
            _ => TagGroup::new(Tag::P),
        }
    }

    /// Gives the structure to the file, with an outline, which the standard asks for.
    pub fn finish(self, document: &mut Document, meta: &Meta) {
        let mut tree = TagTree::new();
        if !meta.language.is_empty() {
            tree = tree.with_lang(Some(meta.language.clone()));
        }
        for (_, group) in self.groups {
            tree.push(group);
        }
        document.set_tag_tree(tree);
        if !self.title.is_empty() {
            let mut outline = Outline::new();
            let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
            outline.push_child(OutlineNode::new(self.title, top));
            document.set_outline(outline);
        }
    }
}

/// A rectangle around what is drawn of the figure: its marks, and its text.
fn figure_bounds(scene: &Scene) -> Option<Bounds> {
    let nodes = scene
        .nodes
        .iter()
        .filter(|node| node.part == Some(Part::Figure));
    let drawn = nodes.map(|node| {
        node.clip
            .map_or(node.bounds, |clip| clip.intersect(node.bounds))
    });
    let marks = scene.spots.iter().map(|spot| spot.rect);
    let all = drawn.chain(marks).fold(Bounds::NOTHING, Bounds::union);
    all.is_positive().then_some(all)
}
