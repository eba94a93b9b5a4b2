//! A container taken apart: what stands before, in and behind each of its items.

use super::conflict::Side;
use super::draft::{Item, Piece};
use super::rows::Row;
use super::stretch::Stretch;
use linchpin_register::LoadedRegister;
use ron_lossless::{ContainerItems, NodeId, Span};

/// A container of one of the texts.
pub(super) struct Opened<'a> {
    pub loaded: &'a LoadedRegister,
    pub span: Span,
    pub slots: ContainerItems,
}

impl<'a> Opened<'a> {
    /// `None` where it is no container, or its syntax is broken.
    pub fn of(loaded: &'a LoadedRegister, node: NodeId) -> Option<Opened<'a>> {
        let slots = ContainerItems::of(&loaded.text, &loaded.tree, node)?;
        let span = loaded.tree.span(node);
        Some(Opened {
            loaded,
            span,
            slots,
        })
    }

    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.slots.all.iter().map(|slot| slot.node)
    }

    pub fn node(&self, at: usize) -> Option<NodeId> {
        self.slots.all.get(at).map(|slot| slot.node)
    }

    /// Where what stands before an item begins; behind the last, where the closing stretch begins.
    pub fn from(&self, at: usize) -> u32 {
        let before = at.checked_sub(1).and_then(|at| self.slots.all.get(at));
        before.map_or(self.slots.open_tail, |slot| slot.tail)
    }

    /// What stands before an item.
    pub fn lead(&self, at: usize) -> Span {
        let start = self.from(at);
        let slot = self.slots.all.get(at);
        Span::new(start, slot.map_or(start, |slot| slot.span.start))
    }

    /// What belongs to an item behind it: its comma and comments.
    pub fn tail(&self, at: usize) -> Span {
        let slot = self.slots.all.get(at);
        slot.map_or(Span::default(), |slot| Span::new(slot.span.end, slot.tail))
    }

    /// An item with what stands before and behind it.
    pub fn all_of(&self, at: usize) -> &'a str {
        Span::new(self.lead(at).start, self.tail(at).end).of(&self.loaded.text)
    }

    /// An item as it stands.
    pub fn item(&self, at: usize, side: Side, only: Option<(usize, Side)>) -> Option<Item> {
        let part = |span| vec![Piece::Part(side, span)];
        Some(Item {
            lead: part(self.lead(at)),
            value: part(self.slots.all.get(at)?.span),
            tail: part(self.tail(at)),
            only,
        })
    }
}

/// The three containers; the base may lack it.
pub(super) struct Opens<'a> {
    pub base: Option<Opened<'a>>,
    pub mine: Opened<'a>,
    pub theirs: Opened<'a>,
}

impl Opens<'_> {
    /// A stretch of an item that both sides have.
    pub fn stretch(&self, row: Row, of: impl Fn(&Opened<'_>, usize) -> Span) -> Option<Stretch> {
        let base = self.base.as_ref().zip(row.base);
        Some(Stretch {
            base: base.map(|(base, at)| of(base, at)),
            mine: of(&self.mine, row.mine?),
            theirs: of(&self.theirs, row.theirs?),
        })
    }

    /// What stands between the last item and the closing bracket.
    pub fn closing(&self) -> Stretch {
        let closing = |opened: &Opened<'_>| {
            Span::new(opened.from(opened.slots.all.len()), opened.slots.close)
        };
        Stretch {
            base: self.base.as_ref().map(closing),
            mine: closing(&self.mine),
            theirs: closing(&self.theirs),
        }
    }
}
