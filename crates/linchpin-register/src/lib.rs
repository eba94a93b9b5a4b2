//! The register: records of what allies have said they will do, with links and checks.
//!
//! Knows the field and nothing of files, windows or pictures. A new record type is one new file and
//! one line in the list below.

pub mod amount;
mod backlinks;
pub mod body;
pub mod bundled;
pub mod chart;
pub mod chart_vocabulary;
pub mod check;
pub mod citation;
pub mod codes;
pub mod commitment;
pub mod concern;
pub mod cue;
pub mod date;
pub mod dismissal;
pub mod document;
pub mod document_fields;
pub mod english;
pub mod event;
pub mod figure;
pub mod instrument;
pub mod link;
mod link_checks;
pub mod load;
mod messages;
mod metadata;
mod origin;
pub mod party;
pub mod query;
pub mod recipe;
mod record_kinds;
pub mod record_spans;
mod register_files;
pub mod schema;
pub mod tables;
pub mod terms;
mod unseen;
pub mod vocabulary;

pub use amount::{Amount, Chartable};
pub use body::Body;
pub use chart::Chart;
pub use citation::{Citation, Period, SourcedDate};
pub use commitment::{Assessment, Commitment, Continuity};
pub use concern::Concern;
pub use cue::Cue;
pub use date::{CalendarDate, Date, DateCertainty, DateError, DatePrecision, DateWords, MONTHS};
pub use dismissal::Dismissal;
pub use document::Document;
pub use event::Event;
pub use figure::{Figure, FigureBase};
pub use instrument::Instrument;
pub use link::{Id, Link, unused_id};
pub use load::{LoadedRegister, load, load_files, load_joined_files, load_joined_files_to_fix};
pub use metadata::METADATA_FIELDS;
pub use origin::ExcerptOrigin;
pub use party::Party;
pub use recipe::Recipe;
pub use record_kinds::{AnyRecord, ROOT_FIELDS, RecordKind, Register, RegisterRecord};
pub use register_files::{
    RegisterFile, RegisterFileText, SourceLocation, SourceLocator, file_index_at,
};
pub use schema::{AnyLink, FieldType, VocabularyTerm};
pub use terms::{LadderStep, Priority, Theme};
pub use unseen::check_characters;

use schema::Visitable;

/// The version of the format that this program reads and writes.
pub const FORMAT_VERSION: u32 = 1;

/// Which record: its type and its place in the list of that type. Holds for one loaded register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordRef {
    /// Its type.
    pub kind: RecordKind,
    /// Its place in the list of its type, from 0.
    pub index: u32,
}

/// What every record type says of itself.
pub trait Record: Visitable {
    /// The name on screen.
    fn title(&self) -> &str;
    /// The name for narrow places.
    fn short_title(&self) -> &str {
        self.title()
    }
    /// Where its words stand.
    fn citations(&self) -> &[Citation] {
        &[]
    }
    /// The record of the same type above it.
    fn parent(&self) -> Option<(RecordKind, &str)> {
        None
    }
    /// The rules that concern this record alone. Links and ids are checked for all types in one
    /// place.
    fn check(&self, check: &mut check::CheckContext<'_>);
}
