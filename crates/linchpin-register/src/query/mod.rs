//! From a register to the records that a user asks for: search, filters, counting rule, order.
//! Pure.

pub mod counting_rule;
pub mod facet;
pub mod fold;
pub mod search;
pub mod table_query;

pub use counting_rule::{CountScope, CountingRule, VoiceScope};
pub use facet::Facet;
pub use search::{SearchIndex, SearchQuery};
pub use table_query::{QueryResult, RecordSet, SortBy, SortKey, TableIndex, TableQuery, run_query};
