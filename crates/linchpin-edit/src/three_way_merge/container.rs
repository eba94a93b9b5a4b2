//! A container taken apart: what stands before, in and behind each of its items.

use super::alignment::MergeRow;
use super::conflict::MergeSide;
use super::pieces::{MergeItem, MergePiece};
use super::sides::SpanSides;
use linchpin_register::LoadedRegister;
use ron_lossless::{ContainerItems, NodeId, Span};

/// A container of one of the texts.
pub(super) struct ContainerParts<'a> {
    pub loaded: &'a LoadedRegister,
    pub span: Span,
    pub items: ContainerItems,
}

impl<'a> ContainerParts<'a> {
    /// `None` where it is no container, or its syntax is broken.
    pub fn parse(loaded: &'a LoadedRegister, node: NodeId) -> Option<ContainerParts<'a>> {
        let slots = ContainerItems::of(&loaded.text, &loaded.tree, node)?;
        let span = loaded.tree.span(node);
        Some(ContainerParts {
            loaded,
            span,
            items: slots,
        })
    }

    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.items.all.iter().map(|slot| slot.node)
    }

    pub fn node(&self, at: usize) -> Option<NodeId> {
        self.items.all.get(at).map(|slot| slot.node)
    }

    /// Where what stands before an item begins; behind the last, where the closing stretch begins.
    pub fn leading_start(&self, at: usize) -> u32 {
        let before = at.checked_sub(1).and_then(|at| self.items.all.get(at));
        before.map_or(self.items.open_tail, |slot| slot.tail)
    }

    /// What stands before an item.
    pub fn leading(&self, at: usize) -> Span {
        let start = self.leading_start(at);
        let slot = self.items.all.get(at);
        Span::new(start, slot.map_or(start, |slot| slot.span.start))
    }

    /// What belongs to an item behind it: its comma and comments.
    pub fn trailing(&self, at: usize) -> Span {
        let slot = self.items.all.get(at);
        slot.map_or(Span::default(), |slot| Span::new(slot.span.end, slot.tail))
    }

    /// An item with what stands before and behind it.
    pub fn item_source(&self, at: usize) -> &'a str {
        Span::new(self.leading(at).start, self.trailing(at).end).of(&self.loaded.text)
    }

    /// An item as it stands.
    pub fn source_item(
        &self,
        at: usize,
        side: MergeSide,
        only: Option<(usize, MergeSide)>,
    ) -> Option<MergeItem> {
        let part = |span| vec![MergePiece::Source(side, span)];
        Some(MergeItem {
            leading: part(self.leading(at)),
            value: part(self.items.all.get(at)?.span),
            trailing: part(self.trailing(at)),
            condition: only,
        })
    }
}

/// The three containers; the base may lack it.
pub(super) struct ContainerSides<'a> {
    pub base: Option<ContainerParts<'a>>,
    pub ours: ContainerParts<'a>,
    pub theirs: ContainerParts<'a>,
}

impl ContainerSides<'_> {
    /// A stretch of an item that both sides have.
    pub fn item_spans(
        &self,
        row: MergeRow,
        of: impl Fn(&ContainerParts<'_>, usize) -> Span,
    ) -> Option<SpanSides> {
        let base = self.base.as_ref().zip(row.base);
        Some(SpanSides {
            base: base.map(|(base, at)| of(base, at)),
            ours: of(&self.ours, row.ours?),
            theirs: of(&self.theirs, row.theirs?),
        })
    }

    /// What stands between the last item and the closing bracket.
    pub fn closing_spans(&self) -> SpanSides {
        let closing = |opened: &ContainerParts<'_>| {
            Span::new(
                opened.leading_start(opened.items.all.len()),
                opened.items.close,
            )
        };
        SpanSides {
            base: self.base.as_ref().map(closing),
            ours: closing(&self.ours),
            theirs: closing(&self.theirs),
        }
    }
}
