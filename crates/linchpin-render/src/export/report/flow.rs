//! Words, rules and charts set one below the other, on as many pages as they need.

use super::words::{Line, Place, Span, Target, extents, lines};
use crate::theme::Palette;
use egui::{Context, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use egui_export::PdfBlock;
use std::collections::HashMap;

/// Where text stands on a page, in points of the layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub page: Vec2,
    pub text: Rect,
}

/// Something on a page.
pub(super) enum Drawn {
    Line {
        at: Pos2,
        spans: Vec<Span>,
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
pub(super) struct Drawing {
    pub height_pt: f32,
}

/// What is drawn of a piece on one page.
pub(super) struct Block {
    /// Index into [`Flow::pieces`].
    pub piece: usize,
    pub drawn: Vec<Drawn>,
}

/// Words that lead elsewhere.
pub(super) struct Lead {
    pub piece: usize,
    pub rect: Rect,
    pub words: String,
    pub to: Target,
}

#[derive(Default)]
pub(super) struct Leaf {
    pub blocks: Vec<Block>,
    pub leads: Vec<Lead>,
}

/// Pages that are being filled.
pub(super) struct Flow<'a> {
    pub ctx: &'a Context,
    pub palette: &'static Palette,
    pub frame: Frame,
    pub leaves: Vec<Leaf>,
    pub pieces: Vec<PdfBlock>,
    /// On which page, and how far down, a place is.
    pub places: HashMap<Place, (usize, f32)>,
    /// Where the next thing goes.
    pub y: f32,
}

impl<'a> Flow<'a> {
    pub fn new(ctx: &'a Context, palette: &'static Palette, frame: Frame) -> Flow<'a> {
        Flow {
            ctx,
            palette,
            frame,
            leaves: vec![Leaf::default()],
            pieces: Vec::new(),
            places: HashMap::new(),
            y: frame.text.top(),
        }
    }

    /// Goes on at the top of a new page.
    pub fn turn(&mut self) {
        self.leaves.push(Leaf::default());
        self.y = self.frame.text.top();
    }

    /// Goes on at the top of a new page where so much does not fit on this one. Whether it did.
    pub fn need(&mut self, height_pt: f32) -> bool {
        let fits = self.y + height_pt <= self.frame.text.bottom() + 0.5;
        let turns = !fits && self.y > self.frame.text.top();
        if turns {
            self.turn();
        }
        turns
    }

    /// Leaves room, unless a page has just begun.
    pub fn gap(&mut self, height_pt: f32) {
        if self.y > self.frame.text.top() {
            self.y += height_pt;
        }
    }

    /// Says that a place is here.
    pub fn here(&mut self, place: Place) {
        self.places.insert(place, (self.leaves.len() - 1, self.y));
    }

    /// Begins a piece, and returns its number.
    pub fn piece(&mut self, piece: PdfBlock) -> usize {
        self.pieces.push(piece);
        self.pieces.len() - 1
    }

    /// Sets words between two edges, line by line.
    pub fn words(&mut self, piece: PdfBlock, spans: &[Span], left: f32, right: f32) {
        let piece = self.piece(piece);
        for line in lines(self.ctx, spans, right - left) {
            self.need(line.height_pt);
            self.line(piece, &line, pos2(left, self.y));
            self.y += line.height_pt;
        }
    }

    /// Puts a line of words at a place on the page at hand.
    pub fn line(&mut self, piece: usize, line: &Line, at: Pos2) {
        let leads = line.spans.iter().any(|span| span.target.is_some());
        if leads {
            let reach = extents(self.ctx, &line.spans);
            for (span, (from, to)) in line.spans.iter().zip(reach) {
                if let (Some(target), true) = (&span.target, from < to) {
                    let lead = Lead {
                        piece,
                        rect: Rect::from_min_size(
                            at + vec2(from, 0.0),
                            vec2(to - from, line.height_pt),
                        ),
                        words: span.text.clone(),
                        to: target.clone(),
                    };
                    self.leaf().leads.push(lead);
                }
            }
        }
        let spans = line.spans.clone();
        self.draw(piece, Drawn::Line { at, spans });
    }

    /// Draws a rule across the text at the place at hand.
    pub fn rule(&mut self, stroke: Stroke) {
        let piece = self.piece(PdfBlock::Artifact);
        let (left, right) = (self.frame.text.left(), self.frame.text.right());
        let points = [pos2(left, self.y), pos2(right, self.y)];
        self.draw(piece, Drawn::Rule { points, stroke });
    }

    /// Draws something that belongs to a piece on the page at hand.
    pub fn draw(&mut self, piece: usize, drawn: Drawn) {
        let leaf = self.leaf();
        match leaf.blocks.last_mut() {
            Some(block) if block.piece == piece => block.drawn.push(drawn),
            _ => leaf.blocks.push(Block {
                piece,
                drawn: vec![drawn],
            }),
        }
    }

    fn leaf(&mut self) -> &mut Leaf {
        if self.leaves.is_empty() {
            self.leaves.push(Leaf::default());
        }
        let last = self.leaves.len() - 1;
        &mut self.leaves[last]
    }
}
