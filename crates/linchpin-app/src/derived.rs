//! What is worked out from the register on screen: table indexes, selections, pictures. Made again
//! only when what it depends on has changed, and away from the frame where the register is large.

use super::assessments_page::{self, AssessmentLists};
use super::bulk_edit::{BulkPreviewKey, BulkPreviewResult};
use super::compare::{DocumentComparison, DocumentComparisonKey, SeriesTrace, SeriesTraceKey};
use super::dialog::NewChartForm;
use super::reader::{ReaderDocument, ReaderDocumentKey};
use linchpin_charts::picture::Picture;
use linchpin_charts::suggest::{Suggestion, suggest};
use linchpin_charts::{self, ChartError, DataField, FieldValue};
use linchpin_register::query::{CountingRule, QueryResult, TableIndex, TableQuery, run_query};
use linchpin_register::tables;
use linchpin_register::{Chart, RecordKind, Register};
use linchpin_task::{Task, TaskError, Wake, run_caught};
use ron_lossless::RonValue;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Up to this many records everything is computed within the frame, so that a table or a picture
/// never blinks, …
const SYNC_MAX_RECORDS: usize = 20_000;
/// … but only up to this many where the register is new, and its table has to be indexed first.
const SYNC_MAX_NEW_RECORDS: usize = 4_000;

/// Up to this many bytes a text is worked out for the reader within the frame.
const SYNC_MAX_TEXT_BYTES: usize = 30_000;

/// A value that belongs to a key, and perhaps a newer one on its way.
pub(super) struct AsyncMemo<K, V> {
    /// What is computed, as messages name it.
    name: &'static str,
    pub(super) value: Option<(K, Arc<V>)>,
    /// Counts the values.
    revision: u64,
    pending: Option<(K, Task<V>)>,
    /// The key for which there is no value since the work panicked. It is not tried again at each
    /// frame, only for another key.
    failed: Option<K>,
}

/// What every memo shares: how it wakes the window, and where it reports what went wrong.
#[derive(Clone)]
pub(super) struct MemoContext {
    wake: Wake,
    errors: Arc<Mutex<Vec<TaskError>>>,
}

impl MemoContext {
    fn report(&self, error: TaskError) {
        self.errors
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(error);
        (self.wake)();
    }
}

impl<K: PartialEq + Clone, V: Send + Sync + 'static> AsyncMemo<K, V> {
    fn new(name: &'static str) -> Self {
        AsyncMemo {
            name,
            value: None,
            revision: 0,
            pending: None,
            failed: None,
        }
    }

    /// Makes the value for `key`, at once or on a thread that calls `wake` when it is done.
    pub(super) fn request(
        &mut self,
        key: K,
        in_frame: bool,
        context: &MemoContext,
        compute: impl FnOnce() -> V + Send + 'static,
    ) {
        let answer = self.pending.as_mut().and_then(|(_, task)| task.poll());
        // The answer may belong to an older key. It is shown all the same until the newer one is
        // there: better a table from a moment ago than none.
        if let Some(result) = answer
            && let Some((pending_key, _)) = self.pending.take()
        {
            self.finish(pending_key, result, context);
        }
        let is_done = self.value.as_ref().is_some_and(|(k, _)| *k == key);
        if is_done || self.failed.as_ref() == Some(&key) {
            return;
        }
        // Within the frame as well, a panic must not take the window down.
        if in_frame {
            let result = run_caught(self.name, compute);
            self.finish(key, result, context);
        } else if self.pending.is_none() {
            // One at a time: a newer key is taken up when this one is done. Cancelling it at each
            // key stroke would mean that nothing is ever finished while somebody types.
            let task = Task::new(self.name).wake(context.wake.clone());
            self.pending = Some((key, task.spawn(move |_| compute())));
        }
    }

    /// The value for this key, where it is there.
    pub(super) fn value_for(&self, key: &K) -> Option<&V> {
        let (known, value) = self.value.as_ref()?;
        (known == key).then_some(&**value)
    }

    /// Whether the work has panicked for this key.
    pub(super) fn has_failed(&self, key: &K) -> bool {
        self.failed.as_ref() == Some(key)
    }

    /// Forgets everything, so that the next request begins anew. What is under way is cancelled.
    pub(super) fn clear(&mut self) {
        (self.value, self.pending, self.failed) = (None, None, None);
    }

    fn finish(&mut self, key: K, result: Result<V, TaskError>, context: &MemoContext) {
        match result {
            Ok(value) => {
                self.value = Some((key, Arc::new(value)));
                self.revision += 1;
            }
            Err(error) => {
                self.failed = Some(key);
                context.report(error);
            }
        }
    }
}

/// A table's index, and the answer to its query.
struct TableState {
    revision: u64,
    index: Arc<TableIndex>,
    selection: AsyncMemo<TableQuery, QueryResult>,
    /// The table before the last edit, with the rows that there still are: shown until the new one
    /// is there.
    previous: Option<(Arc<TableIndex>, Arc<QueryResult>)>,
}

impl TableState {
    /// What is shown while a register with `count` records is being worked out.
    fn previous_rows(&self, count: usize) -> Option<(Arc<TableIndex>, Arc<QueryResult>)> {
        let Some((_, rows)) = &self.selection.value else {
            return self.previous.clone();
        };
        // Rows are painted from the new register: none may point behind its end.
        let mut rows = QueryResult::clone(rows);
        rows.rows.retain(|row| (*row as usize) < count);
        Some((self.index.clone(), Arc::new(rows)))
    }
}

/// Which answer of a table is shown: what is derived from its rows is known by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableRevision {
    register: u64,
    answer: u64,
}

/// Lets go of a table. It may be the last that knows an old register, and to forget that takes
/// longer than a frame has.
fn release_table(index: Arc<TableIndex>) {
    if index.register.count(index.kind) > SYNC_MAX_NEW_RECORDS {
        linchpin_task::drop_in_background(index);
    }
}

/// What a picture depends on.
type PictureKey = (u64, CountingRule, Chart);
/// What suggestions depend on: the register, the rule, the list and what narrows it.
type SuggestionsKey = (u64, CountingRule, RecordKind, Vec<(String, RonValue)>);

/// A chart's picture, and why it could not be drawn where it could not.
struct PictureResult {
    picture: Picture,
    error: Option<ChartError>,
}

/// Everything worked out.
pub struct DerivedData {
    tables: HashMap<RecordKind, TableState>,
    pictures: HashMap<String, AsyncMemo<PictureKey, PictureResult>>,
    field_values: HashMap<(RecordKind, &'static str), AsyncMemo<u64, Vec<FieldValue>>>,
    suggestions: AsyncMemo<SuggestionsKey, Vec<Suggestion>>,
    reader_document: AsyncMemo<ReaderDocumentKey, Option<ReaderDocument>>,
    pub(super) bulk_preview: AsyncMemo<BulkPreviewKey, BulkPreviewResult>,
    assessments: AsyncMemo<assessments_page::AssessmentsKey, AssessmentLists>,
    pub(super) document_comparison: AsyncMemo<DocumentComparisonKey, DocumentComparison>,
    pub(super) series_trace: AsyncMemo<SeriesTraceKey, SeriesTrace>,
    pub(super) memo_context: MemoContext,
    /// Everything is worked out within the frame, however long that takes: for a picture of the
    /// window.
    pub runs_in_frame: bool,
}

impl DerivedData {
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        DerivedData {
            tables: HashMap::new(),
            pictures: HashMap::new(),
            field_values: HashMap::new(),
            suggestions: AsyncMemo::new("Suggesting charts"),
            reader_document: AsyncMemo::new("Preparing the text"),
            bulk_preview: AsyncMemo::new("Previewing"),
            assessments: AsyncMemo::new("Listing assessments"),
            document_comparison: AsyncMemo::new("Comparing documents"),
            series_trace: AsyncMemo::new("Following the series"),
            memo_context: MemoContext {
                wake: Arc::new(wake),
                errors: Arc::default(),
            },
            runs_in_frame: false,
        }
    }

    /// What has gone wrong since the last call.
    pub fn take_errors(&self) -> Vec<TaskError> {
        let mut errors = self
            .memo_context
            .errors
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *errors)
    }

    /// Sees to it that the table of a type is there, or on its way.
    pub fn request_table(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        kind: RecordKind,
        query: &TableQuery,
    ) {
        let made = || TableState {
            revision,
            index: Arc::new(tables::of_kind(kind).build_index(register)),
            selection: AsyncMemo::new("Searching the table"),
            previous: None,
        };
        let state = self.tables.entry(kind).or_insert_with(made);
        if state.revision != revision {
            // The old rows stay on screen until the new ones are there, and the table does not
            // flicker.
            let old = std::mem::replace(state, made());
            state.previous = old.previous_rows(register.count(kind));
            release_table(old.index);
        }
        let (index, query_for) = (state.index.clone(), query.clone());
        // The first answer also builds the index, which takes several times as long as a query.
        let is_new = state.selection.value.is_none();
        let max_records = if is_new {
            SYNC_MAX_NEW_RECORDS
        } else {
            SYNC_MAX_RECORDS
        };
        let in_frame = self.runs_in_frame || register.count(kind) <= max_records;
        state
            .selection
            .request(query.clone(), in_frame, &self.memo_context, move || {
                run_query(&index, &query_for)
            });
        if state.selection.value.is_some()
            && let Some((index, _)) = state.previous.take()
        {
            release_table(index);
        }
    }

    /// The index of a type's table and the latest answer; `None` while the first is on its way.
    /// Until a new register is worked out, this is the table of the one before, with as many rows
    /// as there are records now.
    pub fn table(&self, kind: RecordKind) -> Option<(&TableIndex, &QueryResult)> {
        let state = self.tables.get(&kind)?;
        match (&state.selection.value, &state.previous) {
            (Some((_, rows)), _) => Some((&*state.index, &**rows)),
            (None, Some((index, rows))) => Some((&**index, &**rows)),
            (None, None) => None,
        }
    }

    /// Differs between any two answers that [`DerivedData::table`] gives.
    pub fn table_revision(&self, kind: RecordKind) -> Option<TableRevision> {
        let state = self.tables.get(&kind)?;
        Some(TableRevision {
            register: state.revision,
            answer: state.selection.revision,
        })
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
        let memo = self
            .pictures
            .entry(chart.id.as_str().to_owned())
            .or_insert_with(|| AsyncMemo::new("Drawing a chart"));
        memo.request(
            key,
            at_once,
            &self.memo_context,
            move || match linchpin_charts::build(&register, &chart, rule) {
                Ok(picture) => PictureResult {
                    picture,
                    error: None,
                },
                Err(error) => PictureResult {
                    picture: linchpin_charts::error_picture(&register, &chart, &error),
                    error: Some(error),
                },
            },
        );
    }

    /// A picture, where it is there.
    pub fn picture(&self, chart: &str) -> Option<&Picture> {
        // A chart of the register may have this very id, and goes before.
        if chart == linchpin_compare::series_picture::SERIES_PICTURE_ID
            && !self.pictures.contains_key(chart)
        {
            return self.series_trace().map(|through| &through.picture);
        }
        self.picture_result(chart).map(|result| &result.picture)
    }

    /// Why a chart cannot be drawn, and the way out.
    pub fn chart_error(&self, chart: &str) -> Option<&ChartError> {
        self.picture_result(chart)?.error.as_ref()
    }

    fn picture_result(&self, chart: &str) -> Option<&PictureResult> {
        let (_, result) = self.pictures.get(chart)?.value.as_ref()?;
        Some(result)
    }

    /// Sees to every chart.
    pub fn request_all_pictures(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        rule: CountingRule,
    ) {
        for chart in linchpin_charts::charts_of(register) {
            self.request_picture(revision, register, chart, rule);
        }
    }

    /// Sees to it that the values of a field are there, or on their way.
    pub fn request_field_values(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        field: DataField,
    ) {
        let at_once = self.runs_in_frame || register.count(field.kind) <= SYNC_MAX_NEW_RECORDS;
        let register = register.clone();
        let key = (field.kind, field.name);
        let memo = self
            .field_values
            .entry(key)
            .or_insert_with(|| AsyncMemo::new("Counting values"));
        memo.request(revision, at_once, &self.memo_context, move || {
            linchpin_charts::field_values(&register, &field)
        });
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
        self.assessments
            .request(key, at_once, &self.memo_context, move || {
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
        self.suggestions
            .request(key, at_once, &self.memo_context, move || {
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
    /// Sees to it that a document with a text of so many bytes is worked out for the reader, or
    /// will be.
    pub(super) fn request_reader_document(
        &mut self,
        key: ReaderDocumentKey,
        bytes: usize,
        make: impl FnOnce() -> Option<ReaderDocument> + Send + 'static,
    ) {
        let at_once = self.runs_in_frame || bytes <= SYNC_MAX_TEXT_BYTES;
        self.reader_document
            .request(key, at_once, &self.memo_context, make);
    }

    /// Sees to it that it is known what an edit of many records would do, or will be.
    pub(super) fn request_bulk_preview(
        &mut self,
        key: BulkPreviewKey,
        is_small: bool,
        make: impl FnOnce() -> BulkPreviewResult + Send + 'static,
    ) {
        let at_once = self.runs_in_frame || is_small;
        self.bulk_preview
            .request(key, at_once, &self.memo_context, make);
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
