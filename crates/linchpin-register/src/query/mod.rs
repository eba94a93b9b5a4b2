//! From a register to the records that a user asks for: search, filters, counting rule, order.
//! Pure.

pub mod facet;
pub mod fold;
pub mod rule;
pub mod search;
pub mod select;

pub use facet::Facet;
pub use rule::{CountScope, CountingRule, VoiceScope};
pub use search::{SearchIndex, SearchQuery};
pub use select::{QueryResult, RecordSet, SortBy, SortKey, TableIndex, TableQuery, run_query};
