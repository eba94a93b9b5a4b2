//! What the reader shows.

use super::App;
use super::page::Page;
use serde::{Deserialize, Serialize};

/// What is open in the reader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The id of the document.
    pub document: Option<String>,
    /// The place that is to be shown, once.
    #[serde(skip)]
    pub place: Option<Place>,
}

/// A place of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// From 1.
    pub paragraph: Option<u32>,
    pub phrase: Option<String>,
}

impl App {
    /// Opens a document in the reader, at a place or where it was left.
    pub(super) fn read_document(
        &mut self,
        document: String,
        paragraph: Option<u32>,
        phrase: Option<String>,
    ) {
        self.view.leave();
        self.view.page = Page::Reader;
        self.view.chart = None;
        self.view.reading = Reading {
            document: Some(document),
            place: Some(Place { paragraph, phrase }),
        };
    }
}
