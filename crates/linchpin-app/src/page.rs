//! The pages of the window.

use linchpin_register::RecordKind;
use serde::{Deserialize, Serialize};

/// A page. A new one is a line here and its view in `ui`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Page {
    #[default]
    Overview,
    Commitments,
    Bodies,
    Figures,
    Timeline,
    Documents,
    Reader,
    Compare,
    Charts,
    Assessments,
    Instruments,
    Concerns,
    Parties,
    Terms,
    DataFile,
    Problems,
}

impl Page {
    /// In the order of the sidebar.
    pub const ALL: [Page; 16] = [
        Page::Overview,
        Page::Commitments,
        Page::Bodies,
        Page::Figures,
        Page::Timeline,
        Page::Documents,
        Page::Reader,
        Page::Compare,
        Page::Charts,
        Page::Assessments,
        Page::Instruments,
        Page::Concerns,
        Page::Parties,
        Page::Terms,
        Page::DataFile,
        Page::Problems,
    ];

    /// The words on screen.
    pub fn title(self) -> &'static str {
        match self {
            Page::Overview => "Overview",
            Page::Commitments => "Commitments",
            Page::Bodies => "Bodies",
            Page::Figures => "Figures",
            Page::Timeline => "Timeline",
            Page::Documents => "Documents",
            Page::Reader => "Reader",
            Page::Compare => "Compare",
            Page::Assessments => "Assessments",
            Page::Charts => "Charts",
            Page::Instruments => "Instruments",
            Page::Concerns => "Concerns",
            Page::Parties => "Parties",
            Page::Terms => "Ladder and terms",
            Page::DataFile => "Data file",
            Page::Problems => "Problems",
        }
    }

    /// The name on the command line. It does not change with the words on screen.
    pub fn id(self) -> &'static str {
        match self {
            Page::Overview => "overview",
            Page::Commitments => "commitments",
            Page::Bodies => "bodies",
            Page::Figures => "figures",
            Page::Timeline => "timeline",
            Page::Documents => "documents",
            Page::Reader => "reader",
            Page::Compare => "compare",
            Page::Assessments => "assessments",
            Page::Charts => "charts",
            Page::Instruments => "instruments",
            Page::Concerns => "concerns",
            Page::Parties => "parties",
            Page::Terms => "ladder-and-terms",
            Page::DataFile => "data-file",
            Page::Problems => "problems",
        }
    }

    /// The page with this name.
    pub fn by_id(id: &str) -> Option<Page> {
        Page::ALL.into_iter().find(|p| p.id() == id.to_lowercase())
    }

    /// The record type whose table stands on the page.
    pub fn table(self) -> Option<RecordKind> {
        match self {
            Page::Commitments => Some(RecordKind::Commitment),
            Page::Bodies => Some(RecordKind::Body),
            Page::Figures => Some(RecordKind::Figure),
            Page::Timeline => Some(RecordKind::Event),
            Page::Documents => Some(RecordKind::Document),
            Page::Instruments => Some(RecordKind::Instrument),
            Page::Concerns => Some(RecordKind::Concern),
            Page::Parties => Some(RecordKind::Party),
            Page::Terms => Some(RecordKind::LadderStep),
            Page::Overview
            | Page::Reader
            | Page::Compare
            | Page::Charts
            | Page::Assessments
            | Page::DataFile
            | Page::Problems => None,
        }
    }

    /// The page whose table holds records of this type.
    pub fn of_kind(kind: RecordKind) -> Page {
        match kind {
            // These share a page, which shows one of their tables at a time.
            RecordKind::Priority
            | RecordKind::Theme
            | RecordKind::LadderStep
            | RecordKind::Cue
            | RecordKind::Dismissal => Page::Terms,
            RecordKind::Chart | RecordKind::Recipe => Page::Charts,
            kind => Page::ALL
                .into_iter()
                .find(|p| p.table() == Some(kind))
                .unwrap_or(Page::Overview),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_type_has_a_page() {
        for &kind in RecordKind::ALL {
            assert_ne!(Page::of_kind(kind), Page::Overview, "{kind:?}");
        }
        for page in Page::ALL {
            assert_eq!(Page::by_id(page.id()), Some(page));
        }
    }
}
