//! Many pages as one PDF, with links, bookmarks and a structure for screen readers.

use super::{
    PT_PER_POINT, PdfFonts, PdfOptions, PdfPainter, attach, failed, finishing, krilla_metadata,
    tags, xml_safe,
};
use crate::error::{ExportError, check_size};
use crate::metadata::Metadata;
use crate::scene::Scene;
use egui::{Rect, Vec2};
use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::error::{KrillaError, KrillaResult};
use krilla::geom::{Point, Transform};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagTree,
};
use std::num::NonZeroU16;
use std::ops::Range;

/// Scenes on the pages of one PDF file. Lengths are points of egui (96ths of an inch).
///
/// ```
/// use egui::{Vec2, vec2};
/// use egui_export::{PdfBlock, PdfDocument, PdfLayer, PdfOptions, PdfPage, record};
///
/// let size_pt = vec2(300.0, 200.0);
/// let scene = record(size_pt, 1.0, |ui| {
///     ui.heading("A page");
/// })?;
/// let items = 0..scene.items.len();
/// let layer = PdfLayer { block: 0, scene: 0, items, offset_pt: Vec2::ZERO };
/// let document = PdfDocument {
///     size_pt,
///     scenes: vec![scene],
///     pages: vec![PdfPage { layers: vec![layer], links: Vec::new() }],
///     blocks: vec![PdfBlock::Heading(1, "A page".into())],
///     bookmarks: Vec::new(),
/// };
/// assert!(document.to_pdf(&PdfOptions::default())?.starts_with(b"%PDF"));
/// # Ok::<(), egui_export::ExportError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct PdfDocument {
    /// The size of every page.
    pub size_pt: Vec2,
    /// What is drawn; layers name theirs by index. A scene can be drawn more than once.
    pub scenes: Vec<Scene>,
    /// The pages, in order.
    pub pages: Vec<PdfPage>,
    /// What the parts of the document are, in the order in which they are read. Layers and links
    /// name theirs by index.
    pub blocks: Vec<PdfBlock>,
    /// The entries of the outline: words, and where each leads.
    pub bookmarks: Vec<(String, PdfTarget)>,
}

/// A page of a [`PdfDocument`].
#[derive(Clone, Debug, Default)]
pub struct PdfPage {
    /// What is drawn, the lowest first.
    pub layers: Vec<PdfLayer>,
    /// Where a click leads elsewhere.
    pub links: Vec<PdfLink>,
}

/// Some items of a scene on a page.
#[derive(Clone, Debug)]
pub struct PdfLayer {
    /// What they are: index into [`PdfDocument::blocks`].
    pub block: usize,
    /// Index into [`PdfDocument::scenes`].
    pub scene: usize,
    /// Which items of the scene.
    pub items: Range<usize>,
    /// Where the scene's top left corner lies on the page.
    pub offset_pt: Vec2,
}

/// A part of a [`PdfDocument`], for screen readers.
#[derive(Clone, Debug, PartialEq)]
pub enum PdfBlock {
    /// Rules and page numbers: nothing to read.
    Artifact,
    /// Its level, 1 for the highest, and its words.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// A picture, with a text for those who cannot see it.
    Figure(String),
    /// A cell of a table.
    Cell {
        /// Which table of the document.
        table: usize,
        /// Which row of the table.
        row: usize,
        /// Whether it heads a column.
        is_head: bool,
    },
}

/// A rectangle of a page that leads elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfLink {
    /// The part that it belongs to: index into [`PdfDocument::blocks`].
    pub block: usize,
    /// Where it is on the page.
    pub rect: Rect,
    /// What a screen reader says there.
    pub label: String,
    /// Where it leads.
    pub target: PdfTarget,
}

/// Where a link or a bookmark leads.
#[derive(Clone, Debug, PartialEq)]
pub enum PdfTarget {
    /// An address on the web.
    Url(String),
    /// A page by its index, and how far down it, in points.
    Page(usize, f32),
}

impl PdfDocument {
    /// The pages as a PDF file. It meets PDF/UA-1, and says so, where its title, language and
    /// structure allow: every figure described, and the levels of headings without a gap.
    ///
    /// Layers, links and bookmarks whose index leads nowhere are left out.
    ///
    /// # Errors
    /// [`ExportError::Size`] for an impossible size, [`ExportError::AttachmentName`] for an
    /// attachment with an impossible name, [`ExportError::Encoding`] where a font or the encoder
    /// fails.
    pub fn to_pdf(&self, options: &PdfOptions) -> Result<Vec<u8>, ExportError> {
        let metadata = &options.metadata;
        // The standard asks for a language, and krilla does not.
        if metadata.language.is_empty() {
            return finished(compose(self, metadata, false)?, metadata);
        }
        // A file must not claim a standard that it does not meet: krilla finds out only when it
        // has everything.
        let composed = match compose(self, metadata, true)? {
            Err(KrillaError::Validation(_)) => compose(self, metadata, false)?,
            done => done,
        };
        finished(composed, metadata)
    }
}

fn finished(composed: KrillaResult<Vec<u8>>, metadata: &Metadata) -> Result<Vec<u8>, ExportError> {
    let pdf = composed.map_err(|error| failed(&format!("{error:?}")))?;
    finishing::finish(pdf, &xml_safe(&metadata.rights))
}

/// The file, or what the encoder found wrong with it.
fn compose(
    input: &PdfDocument,
    metadata: &Metadata,
    strict: bool,
) -> Result<KrillaResult<Vec<u8>>, ExportError> {
    let attached = metadata.attached()?;
    check_size(input.size_pt, 1.0)?;
    let size = input.size_pt * PT_PER_POINT;
    let settings = || {
        PageSettings::from_wh(size.x, size.y).ok_or_else(|| failed("there is no such page size"))
    };
    let mut document = Document::new_with(tags::settings(strict));
    document.set_metadata(krilla_metadata(metadata));
    let mut fonts = PdfFonts::default();
    // By block, not by page: a paragraph may go on over the page.
    let mut contents: Vec<Vec<Node>> = input.blocks.iter().map(|_| Vec::new()).collect();
    for page in &input.pages {
        let mut out = document.start_page_with(settings()?);
        let mut surface = out.surface();
        let mut result = Ok(());
        for layer in &page.layers {
            let (Some(scene), Some(block)) =
                (input.scenes.get(layer.scene), input.blocks.get(layer.block))
            else {
                continue;
            };
            let identifier = surface.start_tagged(content_tag(block));
            let place = Transform::from_row(
                PT_PER_POINT,
                0.0,
                0.0,
                PT_PER_POINT,
                layer.offset_pt.x * PT_PER_POINT,
                layer.offset_pt.y * PT_PER_POINT,
            );
            surface.push_transform(&place);
            let mut writer = PdfPainter {
                faces: &scene.faces,
                surface: &mut surface,
                fonts: &mut fonts,
            };
            let items = scene.items.get(layer.items.clone()).unwrap_or_default();
            for items in items.chunk_by(|a, b| a.clip == b.clip) {
                let clip = items.first().and_then(|item| item.clip);
                result = result.and(writer.group(clip, items));
            }
            surface.pop();
            surface.end_tagged();
            add_content(&mut contents, layer.block, block, identifier);
        }
        // Links are added to a page whose content is complete.
        surface.finish();
        result?;
        for link in &page.links {
            let (Some(annotation), Some(nodes)) =
                (annotation(link, input), contents.get_mut(link.block))
            else {
                continue;
            };
            let identifier = out.add_tagged_annotation(annotation);
            let mut group = TagGroup::new(Tag::Link);
            group.push(identifier);
            nodes.push(group.into());
        }
        out.finish();
    }
    document.set_tag_tree(tree(input, contents, metadata));
    let mut outline = Outline::new();
    for (words, target) in &input.bookmarks {
        if let Some(place) = place(target, input) {
            outline.push_child(OutlineNode::new(words.clone(), place));
        }
    }
    document.set_outline(outline);
    attach(&mut document, metadata, &attached)?;
    Ok(document.finish())
}

fn content_tag(block: &PdfBlock) -> ContentTag<'_> {
    match block {
        PdfBlock::Artifact => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        PdfBlock::Figure(_) => ContentTag::Other,
        _ => ContentTag::Span(SpanTag::empty()),
    }
}

fn add_content(contents: &mut [Vec<Node>], at: usize, block: &PdfBlock, identifier: Identifier) {
    if let (Some(nodes), false) = (contents.get_mut(at), *block == PdfBlock::Artifact) {
        nodes.push(identifier.into());
    }
}

fn annotation(link: &PdfLink, input: &PdfDocument) -> Option<Annotation> {
    let Rect { min, max } = link.rect;
    let [left, top, right, bottom] = [min.x, min.y, max.x, max.y].map(|v| v * PT_PER_POINT);
    let rect = krilla::geom::Rect::from_ltrb(left, top, right, bottom)?;
    let target = match &link.target {
        PdfTarget::Url(url) => Target::Action(Action::Link(LinkAction::new(url.clone()))),
        target => Target::Destination(place(target, input)?.into()),
    };
    let link_annotation = LinkAnnotation::new(rect, target);
    Some(Annotation::new_link(
        link_annotation,
        Some(link.label.clone()),
    ))
}

/// A place on a page that exists.
fn place(target: &PdfTarget, input: &PdfDocument) -> Option<XyzDestination> {
    match *target {
        PdfTarget::Page(page, down_pt) if page < input.pages.len() => Some(XyzDestination::new(
            page,
            Point::from_xy(0.0, (down_pt * PT_PER_POINT).max(0.0)),
        )),
        _ => None,
    }
}

/// The blocks as they are read; cells in rows, rows in tables.
fn tree(input: &PdfDocument, contents: Vec<Vec<Node>>, metadata: &Metadata) -> TagTree {
    let mut tree = TagTree::new();
    if !metadata.language.is_empty() {
        tree = tree.with_lang(Some(metadata.language.clone()));
    }
    let mut open: Option<OpenPdfTable> = None;
    for (block, nodes) in input.blocks.iter().zip(contents) {
        if let PdfBlock::Cell {
            table,
            row,
            is_head,
        } = *block
        {
            let finished = open.take_if(|open| open.table != table);
            if let Some(done) = finished {
                tree.push(done.finish());
            }
            let open = open.get_or_insert_with(|| OpenPdfTable::new(table));
            open.cell(row, is_head, nodes);
            continue;
        }
        if *block == PdfBlock::Artifact {
            // The rules of a table do not end it.
            continue;
        }
        if let Some(done) = open.take() {
            tree.push(done.finish());
        }
        let mut group = match block {
            PdfBlock::Heading(level, words) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                TagGroup::new(Tag::Hn(level, Some(words.clone())))
            }
            PdfBlock::Figure(alt) => TagGroup::new(Tag::Figure(Some(alt.clone()))),
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

struct OpenPdfTable {
    table: usize,
    rows: Vec<(usize, TagGroup)>,
}

impl OpenPdfTable {
    fn new(table: usize) -> OpenPdfTable {
        OpenPdfTable {
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
