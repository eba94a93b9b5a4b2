//! From a register to the records that a user asks for: search, filters, counting rule, order.
//! Pure.

pub mod facet;
pub mod fold;
pub mod rule;
pub mod search;
pub mod select;

pub use facet::Facet;
pub use rule::{Count, CountingRule, Voices};
pub use search::{Search, SearchIndex};
pub use select::{Only, Query, Selection, SortBy, SortKey, TableIndex, select};
