//! The same place in the three texts.

use ron_lossless::{NodeId, Span};

/// The same value in the three texts; the base may lack it.
#[derive(Clone, Copy)]
pub(super) struct Three {
    pub base: Option<NodeId>,
    pub mine: NodeId,
    pub theirs: NodeId,
}

/// The same stretch in the three texts.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub base: Option<Span>,
    pub mine: Span,
    pub theirs: Span,
}
