//! Records and the links between them, each at a place that does not change from one run to the
//! next.

use super::{ChartMark, LegendKey};

/// Nodes and links.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// Kinds of nodes.
    pub keys: Vec<LegendKey>,
    pub nodes: Vec<NetworkNode>,
    pub edges: Vec<NetworkEdge>,
}

/// One record.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkNode {
    pub name: String,
    /// The place of its key.
    pub key: usize,
    /// From 0 (left, top) to 1 (right, bottom).
    pub x: f32,
    pub y: f32,
    pub mark: ChartMark,
}

/// What joins two nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkEdge {
    /// The places of the nodes.
    pub from: usize,
    pub to: usize,
    /// What the link says: "member of".
    pub label: String,
}
