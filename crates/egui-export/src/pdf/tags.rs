//! The structure of a PDF of one page: what its parts are, in the order in which they are read.
//!
//! The title is a heading, the figure has a description, lines of text are paragraphs; backgrounds
//! and rules are left out of the reading. A scene without roles is one figure.

use crate::accessibility::PartRole;
use crate::metadata::Metadata;
use crate::scene::Scene;
use egui::Rect as Bounds;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect};
use krilla::outline::{Outline, OutlineNode};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;

/// Settings for a tagged file; `strict`: checked against PDF/UA-1, the standard of accessible PDF
/// (ISO 14289-1).
pub(crate) fn settings(strict: bool) -> SerializeSettings {
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

/// Collects the parts of a page while they are drawn.
pub(crate) struct PdfTags {
    groups: Vec<(PartRole, TagGroup)>,
    /// Whether the scene says which part is what.
    has_roles: bool,
    title: String,
    alt: String,
    figure: Option<Rect>,
}

impl PdfTags {
    /// `points_to_pt` is the size of a point of the scene on paper.
    pub fn new(scene: &Scene, metadata: &Metadata, points_to_pt: f32) -> PdfTags {
        let has_roles = scene.items.iter().any(|item| item.role.is_some());
        let all = Bounds::from_min_size(egui::Pos2::ZERO, scene.size_pt);
        let figure = if has_roles {
            figure_bounds(scene).map_or(all, |bounds| bounds.intersect(all))
        } else {
            all
        };
        let [left, top, right, bottom] =
            [figure.left(), figure.top(), figure.right(), figure.bottom()]
                .map(|v| v * points_to_pt);
        // A figure must be described: where nothing else is known, by its title.
        let alt = [&metadata.description, &metadata.title]
            .into_iter()
            .find(|text| !text.trim().is_empty());
        PdfTags {
            groups: Vec::new(),
            has_roles,
            title: metadata.title.clone(),
            alt: alt.cloned().unwrap_or_else(|| "A picture".to_owned()),
            figure: Rect::from_ltrb(left, top, right, bottom),
        }
    }

    /// Begin a part; every call needs one of `Surface::end_tagged`.
    pub fn start(&mut self, surface: &mut Surface<'_>, role: Option<PartRole>) {
        let role = match role {
            Some(role) => role,
            None if self.has_roles => PartRole::Artifact,
            None => PartRole::Figure,
        };
        let tag = match role {
            PartRole::Artifact => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            PartRole::Figure => ContentTag::Other,
            _ => ContentTag::Span(SpanTag::empty()),
        };
        let identifier = surface.start_tagged(tag);
        if role == PartRole::Artifact {
            return;
        }
        // One group for all stretches of a part, where it comes first: a figure that text
        // interrupts is still one figure.
        let at = self.groups.iter().position(|(known, _)| *known == role);
        let at = at.unwrap_or_else(|| {
            self.groups.push((role, self.group(role)));
            self.groups.len() - 1
        });
        if let Some((_, group)) = self.groups.get_mut(at) {
            group.push(identifier);
        }
    }

    fn group(&self, role: PartRole) -> TagGroup {
        match role {
            PartRole::Title => TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(self.title.clone()))),
            PartRole::Figure => {
                let bounds = self.figure.map(|rect| BBox::new(0, rect));
                TagGroup::new(Tag::Figure(Some(self.alt.clone())).with_bbox(bounds))
            }
            _ => TagGroup::new(Tag::P),
        }
    }

    /// Give the structure to the file, with bookmarks, which the standard asks for.
    pub fn finish(self, document: &mut Document, metadata: &Metadata) {
        let mut tree = TagTree::new();
        if !metadata.language.is_empty() {
            tree = tree.with_lang(Some(metadata.language.clone()));
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

/// A rectangle around the figure: what is drawn of it, and its symbols.
fn figure_bounds(scene: &Scene) -> Option<Bounds> {
    let items = scene
        .items
        .iter()
        .filter(|item| item.role == Some(PartRole::Figure));
    let drawn = items.map(|item| {
        item.clip
            .map_or(item.bounds, |clip| clip.intersect(item.bounds))
    });
    let symbols = scene.symbols.iter().map(|symbol| symbol.rect);
    let all = drawn.chain(symbols).fold(Bounds::NOTHING, Bounds::union);
    all.is_positive().then_some(all)
}
