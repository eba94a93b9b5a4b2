//! Words, rules and charts set one below the other, on as many pages as they need.

use super::rich_text::{
    ReportAnchor, RichTextLine, RichTextSpan, TextTarget, break_lines, span_extents,
};
use crate::theme::Palette;
use egui::{Context, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use egui_export::PdfBlock;
use std::collections::HashMap;

/// Where text stands on a page, in points of the layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageFrame {
    pub page: Vec2,
    pub text: Rect,
}

/// Something on a page.
pub(super) enum PageItem {
    Line {
        at: Pos2,
        spans: Vec<RichTextSpan>,
    },
    Rule {
        points: [Pos2; 2],
        stroke: Stroke,
    },
    /// A chart, by its place among the charts.
    Chart {
        at: Pos2,
        index: usize,
    },
}

/// How much room a chart takes.
pub(super) struct ChartExtent {
    pub height_pt: f32,
}

/// What is drawn of a piece on one page.
pub(super) struct BlockFragment {
    /// Index into [`Flow::pieces`].
    pub block: usize,
    pub item: Vec<PageItem>,
}

/// Words that lead elsewhere.
pub(super) struct PageLink {
    pub block: usize,
    pub rect: Rect,
    pub text: String,
    pub to: TextTarget,
}

#[derive(Default)]
pub(super) struct FlowPage {
    pub fragments: Vec<BlockFragment>,
    pub links: Vec<PageLink>,
}

/// Pages that are being filled.
pub(super) struct PageFlow<'a> {
    pub ctx: &'a Context,
    pub palette: &'static Palette,
    pub frame: PageFrame,
    pub pages: Vec<FlowPage>,
    pub blocks: Vec<PdfBlock>,
    /// On which page, and how far down, a place is.
    pub anchors: HashMap<ReportAnchor, (usize, f32)>,
    /// Where the next thing goes.
    pub y: f32,
}

impl<'a> PageFlow<'a> {
    pub fn new(ctx: &'a Context, palette: &'static Palette, frame: PageFrame) -> PageFlow<'a> {
        PageFlow {
            ctx,
            palette,
            frame,
            pages: vec![FlowPage::default()],
            blocks: Vec::new(),
            anchors: HashMap::new(),
            y: frame.text.top(),
        }
    }

    /// Goes on at the top of a new page.
    pub fn new_page(&mut self) {
        self.pages.push(FlowPage::default());
        self.y = self.frame.text.top();
    }

    /// Goes on at the top of a new page where so much does not fit on this one. Whether it did.
    pub fn ensure_room(&mut self, height_pt: f32) -> bool {
        let fits = self.y + height_pt <= self.frame.text.bottom() + 0.5;
        let turns = !fits && self.y > self.frame.text.top();
        if turns {
            self.new_page();
        }
        turns
    }

    /// Leaves room, unless a page has just begun.
    pub fn add_gap(&mut self, height_pt: f32) {
        if self.y > self.frame.text.top() {
            self.y += height_pt;
        }
    }

    /// Says that a place is here.
    pub fn set_anchor(&mut self, place: ReportAnchor) {
        self.anchors.insert(place, (self.pages.len() - 1, self.y));
    }

    /// Begins a piece, and returns its number.
    pub fn begin_block(&mut self, piece: PdfBlock) -> usize {
        self.blocks.push(piece);
        self.blocks.len() - 1
    }

    /// Sets words between two edges, line by line.
    pub fn paragraph(&mut self, block: PdfBlock, spans: &[RichTextSpan], left: f32, right: f32) {
        let block = self.begin_block(block);
        for line in break_lines(self.ctx, spans, right - left) {
            self.ensure_room(line.height_pt);
            self.line(block, &line, pos2(left, self.y));
            self.y += line.height_pt;
        }
    }

    /// Puts a line of words at a place on the page at hand.
    pub fn line(&mut self, block: usize, line: &RichTextLine, at: Pos2) {
        let has_links = line.spans.iter().any(|span| span.target.is_some());
        if has_links {
            let ranges = span_extents(self.ctx, &line.spans);
            for (span, (from, to)) in line.spans.iter().zip(ranges) {
                if let (Some(target), true) = (&span.target, from < to) {
                    let link = PageLink {
                        block,
                        rect: Rect::from_min_size(
                            at + vec2(from, 0.0),
                            vec2(to - from, line.height_pt),
                        ),
                        text: span.text.clone(),
                        to: target.clone(),
                    };
                    self.current_page().links.push(link);
                }
            }
        }
        let spans = line.spans.clone();
        self.draw(block, PageItem::Line { at, spans });
    }

    /// Draws a rule across the text at the place at hand.
    pub fn rule(&mut self, stroke: Stroke) {
        let block = self.begin_block(PdfBlock::Artifact);
        let (left, right) = (self.frame.text.left(), self.frame.text.right());
        let points = [pos2(left, self.y), pos2(right, self.y)];
        self.draw(block, PageItem::Rule { points, stroke });
    }

    /// Draws something that belongs to a piece on the page at hand.
    pub fn draw(&mut self, block_index: usize, item: PageItem) {
        let page = self.current_page();
        match page.fragments.last_mut() {
            Some(fragment) if fragment.block == block_index => fragment.item.push(item),
            _ => page.fragments.push(BlockFragment {
                block: block_index,
                item: vec![item],
            }),
        }
    }

    fn current_page(&mut self) -> &mut FlowPage {
        if self.pages.is_empty() {
            self.pages.push(FlowPage::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }
}
