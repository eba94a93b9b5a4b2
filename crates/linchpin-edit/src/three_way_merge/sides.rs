//! The same place in the three texts.

use ron_lossless::{NodeId, Span};

/// The same value in the three texts; the base may lack it.
#[derive(Clone, Copy)]
pub(super) struct NodeSides {
    pub base: Option<NodeId>,
    pub ours: NodeId,
    pub theirs: NodeId,
}

/// The same stretch in the three texts.
#[derive(Clone, Copy)]
pub(super) struct SpanSides {
    pub base: Option<Span>,
    pub ours: Span,
    pub theirs: Span,
}
