//! What is worked out from the register on screen: table indexes, selections, pictures. Made again only when what it depends on has changed,
//! and away from the frame where the register is large.

use super::assessments_page::{self, AssessmentLists};
use super::compare_results::{
    DocumentComparison, DocumentComparisonKey, SeriesTrace, SeriesTraceKey,
};
use super::dialog::NewChartForm;
use super::reader_document::{ReaderDocument, ReaderDocumentKey};
use super::tasks::Spawner;
use linchpin_charts::picture::{Body, Picture};
use linchpin_charts::suggest::{Suggestion, suggest};
use linchpin_charts::{self, Field, FieldValue, Refusal};
use linchpin_register::query::{CountingRule, Query, Selection, TableIndex, select};
use linchpin_register::tables;
use linchpin_register::{Chart, RecordKind, Register};
use linchpin_task::{Task, TaskError};
use ron_lossless::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// Up to this many records everything is worked out within the frame, …
const SYNC_MAX_RECORDS: usize = 20_000;
/// … but only up to this many where the register is new, and its table has to be indexed first.
const SYNC_MAX_NEW_RECORDS: usize = 4_000;

/// Up to this many bytes a text is worked out for the reader within the frame.
const SYNC_MAX_TEXT_BYTES: usize = 30_000;

/// A value that belongs to a key, and perhaps a newer one on its way.
pub(super) struct AsyncMemo<K, V> {
    pub(super) value: Option<(K, Arc<V>)>,
    pending: Option<(K, Task<V>)>,
    /// What could not be made. It is not tried again before something else is wanted: the same input would fail
    /// in the same way, at every frame.
    failed: Option<K>,
}

impl<K: PartialEq + Clone, V: Send + Sync + 'static> AsyncMemo<K, V> {
    fn new() -> Self {
        AsyncMemo {
            value: None,
            pending: None,
            failed: None,
        }
    }

    /// Makes the value for `key`, at once or in a task that wakes the window when it is done. Until then the value
    /// for the key before is there.
    pub(super) fn request(
        &mut self,
        key: K,
        in_frame: bool,
        (spawner, name): (&Spawner, &str),
        compute: impl FnOnce() -> V + Send + 'static,
    ) {
        if let Some((_, task)) = &mut self.pending
            && let Some(answer) = task.poll()
            && let Some((made_for, _)) = self.pending.take()
        {
            match answer {
                Ok(value) => self.value = Some((made_for, Arc::new(value))),
                Err(TaskError::Cancelled) => {}
                Err(error) => {
                    spawner.report(error);
                    self.failed = Some(made_for);
                }
            }
        }
        let is_made = self.value.as_ref().is_some_and(|(k, _)| *k == key);
        if is_made || self.failed.as_ref() == Some(&key) {
            return;
        }
        self.failed = None;
        if in_frame {
            self.value = Some((key, Arc::new(compute())));
        } else if self.pending.is_none() {
            // One at a time: a newer key is taken up when this one is done. Keys change faster, while somebody types,
            // than the work is done, and threads would pile up.
            self.pending = Some((key, spawner.spawn(name, move |_| compute())));
        }
    }
}

/// A table's index, and the answer to its query.
struct TableState {
    revision: u64,
    index: Arc<TableIndex>,
    selection: AsyncMemo<Query, Selection>,
    /// The table before the last edit, with the rows that there still are: shown until the new one is there.
    previous: Option<(Arc<TableIndex>, Arc<Selection>)>,
}

impl TableState {
    /// What is shown while a register with `count` records is being worked out.
    fn previous_rows(&self, count: usize) -> Option<(Arc<TableIndex>, Arc<Selection>)> {
        let Some((_, rows)) = &self.selection.value else {
            return self.previous.clone();
        };
        let mut rows = Selection::clone(rows);
        rows.rows.retain(|row| (*row as usize) < count);
        Some((self.index.clone(), Arc::new(rows)))
    }
}

/// Lets go of a table. It may be the last that knows an old register, and to forget that takes longer than a frame has.
fn drop_index(index: Arc<TableIndex>) {
    if index.register.count(index.kind) > SYNC_MAX_NEW_RECORDS {
        linchpin_task::drop_in_background(index);
    }
}

/// What a picture depends on.
type PictureKey = (u64, CountingRule, Chart);
/// What suggestions depend on: the register, the rule, the list and what narrows it.
type SuggestionsKey = (u64, CountingRule, RecordKind, Vec<(String, Value)>);

/// A chart's picture, and why it could not be drawn where it could not.
struct PictureResult {
    picture: Picture,
    refusal: Option<Refusal>,
}

/// Everything worked out.
pub struct DerivedData {
    tables: HashMap<RecordKind, TableState>,
    pictures: HashMap<String, AsyncMemo<PictureKey, PictureResult>>,
    field_values: HashMap<(RecordKind, &'static str), AsyncMemo<u64, Vec<FieldValue>>>,
    suggestions: AsyncMemo<SuggestionsKey, Vec<Suggestion>>,
    reader_document: AsyncMemo<ReaderDocumentKey, Option<ReaderDocument>>,
    assessments: AsyncMemo<assessments_page::AssessmentsKey, AssessmentLists>,
    pub(super) document_comparison: AsyncMemo<DocumentComparisonKey, DocumentComparison>,
    pub(super) series_trace: AsyncMemo<SeriesTraceKey, SeriesTrace>,
    pub(super) spawner: Spawner,
    /// Everything is worked out within the frame, however long that takes: for a picture of the window.
    pub runs_in_frame: bool,
}

impl DerivedData {
    /// Nothing yet. What takes long will be made in tasks of this spawner.
    pub fn new(spawner: Spawner) -> Self {
        DerivedData {
            tables: HashMap::new(),
            pictures: HashMap::new(),
            field_values: HashMap::new(),
            suggestions: AsyncMemo::new(),
            reader_document: AsyncMemo::new(),
            assessments: AsyncMemo::new(),
            document_comparison: AsyncMemo::new(),
            series_trace: AsyncMemo::new(),
            spawner,
            runs_in_frame: false,
        }
    }

    /// Sees to it that the table of a type is there, or on its way.
    pub fn request_table(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        kind: RecordKind,
        query: &Query,
    ) {
        let made = || TableState {
            revision,
            index: Arc::new(tables::of_kind(kind).index(register)),
            selection: AsyncMemo::new(),
            previous: None,
        };
        let state = self.tables.entry(kind).or_insert_with(made);
        if state.revision != revision {
            let old = std::mem::replace(state, made());
            state.previous = old.previous_rows(register.count(kind));
            drop_index(old.index);
        }
        let (index, query_for) = (state.index.clone(), query.clone());
        let is_new = state.selection.value.is_none();
        let max_records = if is_new {
            SYNC_MAX_NEW_RECORDS
        } else {
            SYNC_MAX_RECORDS
        };
        let in_frame = self.runs_in_frame || register.count(kind) <= max_records;
        state.selection.request(
            query.clone(),
            in_frame,
            (&self.spawner, "Searching"),
            move || select(&index, &query_for),
        );
        if state.selection.value.is_some()
            && let Some((index, _)) = state.previous.take()
        {
            drop_index(index);
        }
    }

    /// The index of a type's table and the latest answer; `None` while the first is on its way. Until a new register is worked out, this is
    /// the table of the one before, with as many rows as there are records now.
    pub fn table(&self, kind: RecordKind) -> Option<(&TableIndex, &Selection)> {
        let state = self.tables.get(&kind)?;
        match (&state.selection.value, &state.previous) {
            (Some((_, rows)), _) => Some((&*state.index, &**rows)),
            (None, Some((index, rows))) => Some((&**index, &**rows)),
            (None, None) => None,
        }
    }

    /// Whether a newer answer is on its way.
    pub fn is_table_pending(&self, kind: RecordKind) -> bool {
        self.tables
            .get(&kind)
            .is_some_and(|state| state.selection.pending.is_some())
    }

    /// Sees to it that a picture is there, or on its way.
    pub fn request_picture(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        chart: &Chart,
        rule: CountingRule,
    ) {
        let at_once = self.runs_in_frame || is_small(register);
        let key = (revision, rule, chart.clone());
        let (register, chart) = (register.clone(), chart.clone());
        let lazy = self
            .pictures
            .entry(chart.id.as_str().to_owned())
            .or_insert_with(AsyncMemo::new);
        lazy.request(
            key,
            at_once,
            (&self.spawner, "Drawing a chart"),
            move || {
                let picture = linchpin_charts::build(&register, &chart, rule);
                let refusal = match picture.body {
                    Body::Empty(_) => linchpin_charts::refusal(&register, &chart, rule),
                    _ => None,
                };
                PictureResult { picture, refusal }
            },
        );
    }

    /// A picture, where it is there.
    pub fn picture(&self, chart: &str) -> Option<&Picture> {
        if chart == linchpin_compare::series_picture::ID && !self.pictures.contains_key(chart) {
            return self.series_trace().map(|through| &through.picture);
        }
        self.picture_result(chart).map(|drawn| &drawn.picture)
    }

    /// Why a chart cannot be drawn, and the way out.
    pub fn refusal(&self, chart: &str) -> Option<&Refusal> {
        self.picture_result(chart)?.refusal.as_ref()
    }

    fn picture_result(&self, chart: &str) -> Option<&PictureResult> {
        let (_, drawn) = self.pictures.get(chart)?.value.as_ref()?;
        Some(drawn)
    }

    /// Sees to every chart.
    pub fn request_all_pictures(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        rule: CountingRule,
    ) {
        for chart in linchpin_charts::of(register) {
            self.request_picture(revision, register, chart, rule);
        }
    }

    /// Sees to it that the values of a field are there, or on their way.
    pub fn request_field_values(&mut self, revision: u64, register: &Arc<Register>, field: Field) {
        let at_once = self.runs_in_frame || register.count(field.kind) <= SYNC_MAX_NEW_RECORDS;
        let register = register.clone();
        let key = (field.kind, field.name);
        let lazy = self.field_values.entry(key).or_insert_with(AsyncMemo::new);
        lazy.request(
            revision,
            at_once,
            (&self.spawner, "Listing values"),
            move || linchpin_charts::values(&register, &field),
        );
    }

    /// The values of a field with their counts, where they are there.
    pub fn field_values(&self, kind: RecordKind, field: &'static str) -> Option<&[FieldValue]> {
        let (_, values) = self.field_values.get(&(kind, field))?.value.as_ref()?;
        Some(values)
    }

    /// Sees to it that the lists of assessments are there, or on their way.
    pub fn request_assessments(
        &mut self,
        key: assessments_page::AssessmentsKey,
        register: &Arc<Register>,
    ) {
        let at_once = self.runs_in_frame || register.commitments.len() <= SYNC_MAX_RECORDS;
        let register = register.clone();
        let (_, rule, since, today) = key;
        let spawner = (&self.spawner, "Listing assessments");
        self.assessments.request(key, at_once, spawner, move || {
            AssessmentLists::compute(&register, rule, since, today)
        });
    }

    /// The lists of assessments for a register; `None` while they are on their way.
    pub fn assessments(&self, revision: u64) -> Option<&AssessmentLists> {
        let ((of, ..), lists) = self.assessments.value.as_ref()?;
        (*of == revision).then_some(&**lists)
    }

    /// Sees to it that charts of a list are suggested, or will be.
    pub fn request_suggestions(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        rule: CountingRule,
        new: &NewChartForm,
    ) {
        let (kind, narrowed) = (new.kind, new.filters.clone());
        let key = (revision, rule, kind, narrowed.clone());
        // A dozen charts are tried.
        let at_once = self.runs_in_frame || register.count(kind) <= SYNC_MAX_NEW_RECORDS / 10;
        let register = register.clone();
        let spawner = (&self.spawner, "Suggesting charts");
        self.suggestions.request(key, at_once, spawner, move || {
            suggest(&register, kind, &narrowed, rule)
        });
    }

    /// What is suggested for a new chart; `None` while it is on its way.
    pub fn suggestions(&self, new: &NewChartForm) -> Option<&[Suggestion]> {
        let ((_, _, kind, narrowed), all) = self.suggestions.value.as_ref()?;
        (*kind == new.kind && *narrowed == new.filters).then_some(&**all)
    }
}

impl DerivedData {
    /// Sees to it that a document with a text of so many bytes is worked out for the reader, or will be.
    pub(super) fn request_reader_document(
        &mut self,
        key: ReaderDocumentKey,
        bytes: usize,
        make: impl FnOnce() -> Option<ReaderDocument> + Send + 'static,
    ) {
        let at_once = self.runs_in_frame || bytes <= SYNC_MAX_TEXT_BYTES;
        let spawner = (&self.spawner, "Preparing the text");
        self.reader_document.request(key, at_once, spawner, make);
    }

    /// The document that was worked out last, where it has a text.
    pub fn reader_document(&self) -> Option<&ReaderDocument> {
        self.reader_document.value.as_ref()?.1.as_ref().as_ref()
    }
}

/// Whether pictures of a register are made within the frame.
fn is_small(register: &Register) -> bool {
    let counts = RecordKind::ALL.iter().map(|&kind| register.count(kind));
    counts.sum::<usize>() <= SYNC_MAX_RECORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::mpsc::channel;

    #[test]
    fn what_fails_is_told_once_and_tried_again_for_another_key() {
        let (wake, woken) = channel();
        let spawner = Spawner::new(Arc::new(move || {
            // The test may have ended.
            let _ = wake.send(());
        }));
        let tries = Arc::new(AtomicU32::new(0));
        let mut memo: AsyncMemo<u32, u32> = AsyncMemo::new();
        let mut request = |key: u32| {
            let tries = tries.clone();
            let compute = move || {
                tries.fetch_add(1, Ordering::Relaxed);
                assert_ne!(key, 1, "made to fail");
                key
            };
            memo.request(key, false, (&spawner, "Searching"), compute);
            memo.value.as_ref().map(|(_, value)| **value)
        };
        request(1);
        woken.recv().unwrap();
        for _ in 0..3 {
            assert_eq!(request(1), None);
        }
        assert_eq!(tries.load(Ordering::Relaxed), 1);
        assert_eq!(spawner.take_errors().len(), 1);
        request(2);
        woken.recv().unwrap();
        assert_eq!(request(2), Some(2));
    }
}
