//! Documents beside each other, and what is followed through a series, are worked out once, and away from the frame where they are large.

use super::compare_results::{
    DocumentComparison, DocumentComparisonKey, SeriesTrace, SeriesTraceKey,
};
use super::derived::DerivedData;
use linchpin_reading::TextLibrary;
use linchpin_register::Register;
use std::sync::Arc;

/// Up to so many bytes of text two documents are compared within the frame, …
const SYNC_MAX_BYTES: usize = 60_000;
/// … and up to so many commitments of the register.
const SYNC_MAX_COMMITMENTS: usize = 400;

impl DerivedData {
    /// Sees to it that two documents are laid beside each other, or will be.
    pub(super) fn request_document_comparison(
        &mut self,
        key: DocumentComparisonKey,
        register: Arc<Register>,
        library: Arc<TextLibrary>,
    ) {
        let bytes = |id: &str| library.prose(id).map_or(0, |prose| prose.text().len());
        let is_small = bytes(&key.2) + bytes(&key.3) <= SYNC_MAX_BYTES
            && register.commitments.len() <= SYNC_MAX_COMMITMENTS;
        let (before, after) = (key.2.clone(), key.3.clone());
        let in_frame = self.runs_in_frame || is_small;
        self.document_comparison
            .request(key, in_frame, &self.memo_context, move || {
                DocumentComparison::compute(&register, &library, &before, &after)
            });
    }

    /// Two documents beside each other: those that were worked out last.
    pub fn document_comparison(&self) -> Option<&DocumentComparison> {
        Some(&*self.document_comparison.value.as_ref()?.1)
    }

    /// Sees to it that something is followed through a series, or will be.
    pub(super) fn request_series_trace(
        &mut self,
        key: SeriesTraceKey,
        register: Arc<Register>,
        library: Arc<TextLibrary>,
    ) {
        let bytes = library.iter().map(|(_, text)| text.prose.text().len());
        let is_small = bytes.sum::<usize>() <= SYNC_MAX_BYTES
            && register.commitments.len() <= SYNC_MAX_COMMITMENTS;
        let in_frame = self.runs_in_frame || is_small;
        let (subject, name) = (key.2.clone(), key.3.clone());
        self.series_trace
            .request(key, in_frame, &self.memo_context, move || {
                SeriesTrace::compute(&register, &library, subject, name)
            });
    }

    /// What was followed last.
    pub fn series_trace(&self) -> Option<&SeriesTrace> {
        Some(&*self.series_trace.value.as_ref()?.1)
    }
}
