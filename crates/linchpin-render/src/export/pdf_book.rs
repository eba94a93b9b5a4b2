//! Many pages as one PDF, with links, bookmarks and a structure for those who have it read to them.

use super::pdf::{Fonts, PT_PER_POINT, Writer, failed, metadata};
use super::scene::Scene;
use super::{ExportError, Meta, check_size, pdf_tags};
use egui::{Rect, Vec2};
use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Transform};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagTree,
};
use std::num::NonZeroU16;
use std::ops::Range;

/// All pages, of one size.
pub(super) struct Book {
    /// Of a page, in points of the layout.
    pub size_pt: Vec2,
    /// What is drawn; layers name theirs by index.
    pub scenes: Vec<Scene>,
    pub pages: Vec<Page>,
    /// What its pieces are, in the order in which they are read. Layers and links name theirs by
    /// index.
    pub pieces: Vec<Piece>,
    pub bookmarks: Vec<(String, Goal)>,
}

#[derive(Default)]
pub(super) struct Page {
    /// In painting order.
    pub layers: Vec<Layer>,
    pub links: Vec<Link>,
}

/// Some marks of a scene.
pub(super) struct Layer {
    pub piece: usize,
    /// Index into [`Book::scenes`].
    pub scene: usize,
    pub nodes: Range<usize>,
    /// Where the scene's top left corner lies, in points of the layout.
    pub at: Vec2,
}

/// A piece of a book.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Rules and page numbers: nothing to read.
    Ground,
    /// From 1, the highest.
    Heading(u16, String),
    Text,
    /// With a text for those who cannot see it.
    Figure(String),
    Cell {
        table: usize,
        row: usize,
        is_head: bool,
    },
}

/// A rectangle that leads elsewhere.
pub(super) struct Link {
    pub piece: usize,
    /// In points of the layout.
    pub rect: Rect,
    /// What stands there.
    pub words: String,
    pub to: Goal,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Goal {
    Web(String),
    /// A page by its index, and how far down, in points of the layout.
    Page(usize, f32),
}

/// The pages as a PDF file.
///
/// # Errors
/// Where the size is no size, or a font or the encoder fails.
pub(super) fn write(book: &Book, meta: &Meta) -> Result<Vec<u8>, ExportError> {
    check_size(book.size_pt, 1.0)?;
    let size = book.size_pt * PT_PER_POINT;
    let settings = || {
        PageSettings::from_wh(size.x, size.y).ok_or_else(|| failed("there is no such page size"))
    };
    let mut document = Document::new_with(pdf_tags::settings(false));
    document.set_metadata(metadata(meta));
    let mut fonts = Fonts::default();
    let mut marked: Vec<Vec<Node>> = book.pieces.iter().map(|_| Vec::new()).collect();
    for page in &book.pages {
        let mut out = document.start_page_with(settings()?);
        let mut surface = out.surface();
        let mut result = Ok(());
        for layer in &page.layers {
            let (Some(scene), Some(piece)) =
                (book.scenes.get(layer.scene), book.pieces.get(layer.piece))
            else {
                continue;
            };
            let identifier = surface.start_tagged(content_tag(piece));
            let place = Transform::from_row(
                PT_PER_POINT,
                0.0,
                0.0,
                PT_PER_POINT,
                layer.at.x * PT_PER_POINT,
                layer.at.y * PT_PER_POINT,
            );
            surface.push_transform(&place);
            let mut writer = Writer {
                faces: &scene.faces,
                surface: &mut surface,
                fonts: &mut fonts,
            };
            let nodes = scene.nodes.get(layer.nodes.clone()).unwrap_or_default();
            for nodes in nodes.chunk_by(|a, b| a.clip == b.clip) {
                let clip = nodes.first().and_then(|node| node.clip);
                result = result.and(writer.group(clip, nodes));
            }
            surface.pop();
            surface.end_tagged();
            note(&mut marked, layer.piece, piece, identifier);
        }
        surface.finish();
        result?;
        for link in &page.links {
            let Some(annotation) = annotation(link, book) else {
                continue;
            };
            let identifier = out.add_tagged_annotation(annotation);
            let mut group = TagGroup::new(Tag::Link);
            group.push(identifier);
            if let Some(nodes) = marked.get_mut(link.piece) {
                nodes.push(group.into());
            }
        }
        out.finish();
    }
    document.set_tag_tree(tree(book, marked, meta));
    let mut outline = Outline::new();
    for (words, goal) in &book.bookmarks {
        if let Some(place) = place(goal, book) {
            outline.push_child(OutlineNode::new(words.clone(), place));
        }
    }
    document.set_outline(outline);
    document
        .finish()
        .map_err(|error| failed(&format!("{error:?}")))
}

fn content_tag(piece: &Piece) -> ContentTag<'_> {
    match piece {
        Piece::Ground => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        Piece::Figure(_) => ContentTag::Other,
        _ => ContentTag::Span(SpanTag::empty()),
    }
}

fn note(marked: &mut [Vec<Node>], at: usize, piece: &Piece, identifier: Identifier) {
    if let (Some(nodes), false) = (marked.get_mut(at), *piece == Piece::Ground) {
        nodes.push(identifier.into());
    }
}

fn annotation(link: &Link, book: &Book) -> Option<Annotation> {
    let Rect { min, max } = link.rect;
    let [left, top, right, bottom] = [min.x, min.y, max.x, max.y].map(|v| v * PT_PER_POINT);
    let rect = krilla::geom::Rect::from_ltrb(left, top, right, bottom)?;
    let target = match &link.to {
        Goal::Web(url) => Target::Action(Action::Link(LinkAction::new(url.clone()))),
        goal => Target::Destination(place(goal, book)?.into()),
    };
    let link_annotation = LinkAnnotation::new(rect, target);
    Some(Annotation::new_link(
        link_annotation,
        Some(link.words.clone()),
    ))
}

/// A place on a page that there is.
fn place(goal: &Goal, book: &Book) -> Option<XyzDestination> {
    match *goal {
        Goal::Page(page, down_pt) if page < book.pages.len() => Some(XyzDestination::new(
            page,
            Point::from_xy(0.0, (down_pt * PT_PER_POINT).max(0.0)),
        )),
        _ => None,
    }
}

/// The pieces as they are read; cells in rows, rows in tables.
fn tree(book: &Book, marked: Vec<Vec<Node>>, meta: &Meta) -> TagTree {
    let mut tree = TagTree::new();
    if !meta.language.is_empty() {
        tree = tree.with_lang(Some(meta.language.clone()));
    }
    let mut open: Option<OpenTable> = None;
    for (piece, nodes) in book.pieces.iter().zip(marked) {
        if let Piece::Cell {
            table,
            row,
            is_head,
        } = *piece
        {
            let same = open.take_if(|open| open.table != table);
            if let Some(done) = same {
                tree.push(done.finish());
            }
            let open = open.get_or_insert_with(|| OpenTable::new(table));
            open.cell(row, is_head, nodes);
            continue;
        }
        if *piece == Piece::Ground {
            // The rules of a table do not end it.
            continue;
        }
        if let Some(done) = open.take() {
            tree.push(done.finish());
        }
        let mut group = match piece {
            Piece::Heading(level, words) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                TagGroup::new(Tag::Hn(level, Some(words.clone())))
            }
            Piece::Figure(alt) => TagGroup::new(Tag::Figure(Some(alt.clone()))),
            _ => TagGroup::new(Tag::P),
        };
        if !nodes.is_empty() {
            nodes.into_iter().for_each(|node| group.push(node));
            tree.push(group);
        }
    }
    if let Some(done) = open {
        tree.push(done.finish());
    }
    tree
}

struct OpenTable {
    table: usize,
    rows: Vec<(usize, TagGroup)>,
}

impl OpenTable {
    fn new(table: usize) -> OpenTable {
        OpenTable {
            table,
            rows: Vec::new(),
        }
    }

    fn cell(&mut self, row: usize, is_head: bool, nodes: Vec<Node>) {
        if self.rows.last().is_none_or(|(last, _)| *last != row) {
            self.rows.push((row, TagGroup::new(Tag::TR)));
        }
        let mut cell = match is_head {
            true => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
            false => TagGroup::new(Tag::TD),
        };
        nodes.into_iter().for_each(|node| cell.push(node));
        if let Some((_, group)) = self.rows.last_mut() {
            group.push(cell);
        }
    }

    fn finish(self) -> TagGroup {
        let mut table = TagGroup::new(Tag::Table);
        self.rows.into_iter().for_each(|(_, row)| table.push(row));
        table
    }
}
