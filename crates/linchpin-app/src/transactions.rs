//! Edits of the draft, one after another: at once where the text is small, on a thread where it is
//! large.

use super::App;
use super::open_file::OpenFile;
use super::record_commands::SelectionFollower;
use super::tasks::TaskOutcome;
use super::texts::CachedTexts;
use linchpin_charts::{is_standard, standard_chart_fields};
use linchpin_edit::draft::{Draft, UndoGrouping};
use linchpin_edit::fix_all::{FixScope, fix_files};
use linchpin_edit::format::format_register;
use linchpin_edit::{Edit, EditTarget, add_records, line_edits, line_edits_by_part};
use linchpin_register::{
    LoadedRegister, RecordKind, Register, RegisterFileText, load_joined_files,
};
use linchpin_task::drop_in_background;
use ron_lossless::{Span, TextEdit};
use std::collections::VecDeque;

/// Up to this many bytes a text is read again within the frame: what was typed is then checked, and
/// its record shown, before the next frame is painted.
const SYNC_MAX_READ_BYTES: usize = 200_000;
/// Up to this many bytes a text is changed within the frame. The text itself can be edited on
/// screen up to here.
pub const SYNC_MAX_EDIT_BYTES: usize = 8_000_000;

/// Something to be done to the draft.
#[derive(Clone, Debug, PartialEq)]
pub enum TransactionRequest {
    /// An edit of records.
    Edit(Edit),
    /// Changes of the text as it was at a version of the draft.
    TextEdits {
        label: String,
        edits: Vec<TextEdit>,
        run: UndoGrouping,
        version: u64,
    },
    /// Applies every safe quick fix.
    FixAll,
    /// Gives every file the standard format.
    Format,
    /// Writes the standard charts into the text.
    WriteStandardCharts,
    Undo,
    Redo,
}

/// How many records are edited within the frame. Each edit is planned on the tree of the whole
/// text.
const SYNC_MAX_EDIT_RECORDS: usize = 100;

impl TransactionRequest {
    /// Whether it is about so many records that a frame would wait for it.
    fn is_long(&self) -> bool {
        match self {
            TransactionRequest::Edit(Edit::Batch { edits, .. }) => {
                edits.len() > SYNC_MAX_EDIT_RECORDS
            }
            TransactionRequest::Edit(Edit::RemoveRecords { ids, .. }) => {
                ids.len() > SYNC_MAX_EDIT_RECORDS
            }
            _ => false,
        }
    }
}

/// What a transaction has made of the draft.
pub struct TransactionResult {
    open_count: u64,
    /// What was asked for, and of what.
    request: TransactionRequest,
    base: DraftBase,
    pub draft: Draft,
    pub loaded: LoadedRegister,
    /// What was undone, or why nothing was done.
    pub message: TransactionMessage,
}

/// The state of the draft that a thread has a copy of.
#[derive(Clone, Copy, PartialEq)]
struct DraftBase {
    version: u64,
    /// A save changes no text, but what the draft knows of the disk.
    disk_revision: u64,
}

impl DraftBase {
    fn of(file: &OpenFile) -> Self {
        DraftBase {
            version: file.draft.version(),
            disk_revision: file.disk.revision(),
        }
    }
}

/// The message about a transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TransactionMessage {
    #[default]
    Nothing,
    Info(String),
    Error(String),
}

/// The transactions that wait, and whether one is running.
#[derive(Debug, Default)]
pub struct TransactionQueue {
    pending: VecDeque<TransactionRequest>,
    /// The draft is being changed or read on a thread.
    pub is_running: bool,
    /// What runs is an edit, and no mere reading.
    runs_edit: bool,
    /// The standard charts have been written for the edit that is next.
    standard_charts_written: bool,
    /// Counts the files that were opened: what a thread has made of an earlier one is nobody's any
    /// more.
    open_count: u64,
}

/// Edits under way.
#[derive(Default)]
pub struct EditingState {
    /// What is done to the draft, one after another.
    pub transactions: TransactionQueue,
    /// What is selected once the draft has been read.
    pub(super) selection_follower: SelectionFollower,
}

impl TransactionQueue {
    /// Counts the files that were opened.
    pub(super) fn open_count(&self) -> u64 {
        self.open_count
    }

    /// Whether something waits or runs, so that the draft will change without anybody doing more.
    pub(super) fn is_busy(&self) -> bool {
        self.is_running || !self.pending.is_empty()
    }

    /// Whether an edit waits or runs, whose result is not in the draft yet.
    pub(super) fn will_change_draft(&self) -> bool {
        self.runs_edit || !self.pending.is_empty()
    }

    /// What ran on a thread has come to its end.
    fn end_run(&mut self) {
        (self.is_running, self.runs_edit) = (false, false);
    }

    /// Forgets what waits: another file has been opened.
    pub(super) fn reset(&mut self) {
        *self = TransactionQueue {
            open_count: self.open_count + 1,
            ..TransactionQueue::default()
        };
    }
}

impl App {
    /// Does something to the draft, after whatever waits already.
    pub fn queue_transaction(&mut self, request: TransactionRequest) {
        if !self.file.disk.is_exact {
            self.notices.error(
                "This file is not UTF-8 text and cannot be edited as it is. Save it as UTF-8 first",
            );
            return;
        }
        let transactions = &mut self.editing.transactions;
        // What is typed is meant for the text on screen, and comes before what waits to change it
        // next: records are found by name wherever they stand then.
        let is_small = self.file.draft.text().len() <= SYNC_MAX_EDIT_BYTES;
        match request {
            TransactionRequest::TextEdits { .. } if is_small => {
                transactions.pending.push_front(request);
                self.run_text_transactions();
            }
            _ => transactions.pending.push_back(request),
        }
        self.run_transactions();
    }

    /// Works off what waits, as far as can be done now.
    pub(super) fn run_transactions(&mut self) {
        while !self.editing.transactions.is_running {
            let Some(next) = self.editing.transactions.pending.front() else {
                break;
            };
            let needs_reading = matches!(
                next,
                TransactionRequest::Edit(_) | TransactionRequest::WriteStandardCharts
            );
            // Edits of records are planned on the tree of the text, and therefore on its newest
            // one.
            if needs_reading && !self.file.is_up_to_date() {
                self.reload_draft();
                continue;
            }
            // What is edited first must be there; where it could not be written, the edit says so
            // itself.
            let needs_charts = needs_standard_charts(&self.file.latest.register, next);
            if needs_charts
                && !std::mem::replace(&mut self.editing.transactions.standard_charts_written, true)
            {
                self.editing
                    .transactions
                    .pending
                    .push_front(TransactionRequest::WriteStandardCharts);
                continue;
            }
            let Some(request) = self.editing.transactions.pending.pop_front() else {
                break;
            };
            self.editing.transactions.standard_charts_written &=
                request == TransactionRequest::WriteStandardCharts;
            if self.file.draft.text().len() > SYNC_MAX_EDIT_BYTES || request.is_long() {
                self.run_transaction_in_background(request);
                return;
            }
            let texts = self.cached_texts();
            let message = execute(&mut self.file.draft, &self.file.latest, &texts, &request);
            self.report_message(message);
        }
        // Only what needs no reading, and so may also be done while a task reads or edits.
        self.run_text_transactions();
        if !self.editing.transactions.is_running && !self.file.is_up_to_date() {
            self.reload_draft();
        }
    }

    /// What is typed does not wait until the text before it has been read.
    fn run_text_transactions(&mut self) {
        while self.file.draft.text().len() <= SYNC_MAX_EDIT_BYTES
            && let Some(
                TransactionRequest::TextEdits { .. }
                | TransactionRequest::Undo
                | TransactionRequest::Redo,
            ) = self.editing.transactions.pending.front()
            && let Some(request) = self.editing.transactions.pending.pop_front()
        {
            let texts = self.cached_texts();
            let message = execute(&mut self.file.draft, &self.file.latest, &texts, &request);
            self.report_message(message);
        }
    }

    /// Reads the draft as it is now.
    fn reload_draft(&mut self) {
        let (text, parts) = (
            self.file.draft.text().clone(),
            self.file.draft.parts().clone(),
        );
        if text.len() <= SYNC_MAX_READ_BYTES {
            self.file.accept_loaded(load_joined_files(text, parts));
            return;
        }
        self.editing.transactions.is_running = true;
        let opened = self.editing.transactions.open_count;
        let recover = move |app: &mut App| app.reload_failed(opened);
        self.tasks
            .start_or_recover("Reading", false, recover, move |_| {
                let loaded = load_joined_files(text, parts);
                loaded.register.warm_up();
                TaskOutcome::apply(move |app| app.draft_reloaded(opened, loaded))
            });
    }

    /// The draft could not be read. What can be done without reading it is done; edits of records
    /// cannot, and would otherwise wait for a reading that fails again and again.
    fn reload_failed(&mut self, opened: u64) {
        if opened != self.editing.transactions.open_count {
            return;
        }
        self.editing.transactions.end_run();
        // The text on screen stays unread until the next change of it starts another reading.
        self.editing.transactions.pending.retain(|request| {
            !matches!(
                request,
                TransactionRequest::Edit(_) | TransactionRequest::WriteStandardCharts
            )
        });
        self.editing.transactions.standard_charts_written = false;
        self.run_text_transactions();
    }

    /// Changes and reads a large text on a thread, which works on a copy: the draft on screen can
    /// be edited meanwhile.
    fn run_transaction_in_background(&mut self, request: TransactionRequest) {
        self.editing.transactions.is_running = true;
        self.editing.transactions.runs_edit = true;
        let opened = self.editing.transactions.open_count;
        let (mut draft, latest) = (self.file.draft.clone(), self.file.latest.clone());
        let texts = self.cached_texts();
        let base = DraftBase::of(&self.file);
        let recover = move |app: &mut App| app.transaction_failed(opened);
        self.tasks
            .start_or_recover("Editing", true, recover, move |_| {
                let message = execute(&mut draft, &latest, &texts, &request);
                // Where nothing was changed, reading would give the same again.
                let loaded = match *latest.text == **draft.text() {
                    true => latest,
                    false => load_joined_files(draft.text().clone(), draft.parts().clone()),
                };
                // What is derived at the first question is derived here, so that no frame waits for
                // it.
                loaded.register.warm_up();
                let result = TransactionResult {
                    open_count: opened,
                    request,
                    base,
                    draft,
                    loaded,
                    message,
                };
                TaskOutcome::apply_unless_cancelled(|app| app.transaction_done(result))
            });
    }

    /// A transaction or a reading ended without a result: the draft stays as it was, and the next
    /// ones go on.
    fn transaction_failed(&mut self, opened: u64) {
        // The failed request was taken out of the queue and is not put back: it would fail again.
        if opened == self.editing.transactions.open_count {
            self.editing.transactions.end_run();
            self.editing.transactions.standard_charts_written = false;
            // Whoever wanted to save the edit and leave stays, to see that it was not made.
            self.saving.then = None;
            self.apply_pending_disk_read();
            self.run_transactions();
        }
    }

    /// Takes in the draft as it was read on a thread. It may have gone on meanwhile.
    pub(super) fn draft_reloaded(&mut self, opened: u64, loaded: LoadedRegister) {
        if opened != self.editing.transactions.open_count {
            return;
        }
        self.editing.transactions.end_run();
        self.file.accept_loaded(loaded);
        self.run_transactions();
    }

    /// Takes in what a thread has made of the draft.
    pub(super) fn transaction_done(&mut self, result: TransactionResult) {
        if result.open_count != self.editing.transactions.open_count {
            return;
        }
        self.editing.transactions.end_run();
        if DraftBase::of(&self.file) != result.base {
            // Somebody has typed, undone or saved meanwhile. Taking the result would lose that: the
            // edit is made once more, of the newest text. Records are named by id and fields by
            // name, so it means the same.
            self.editing.transactions.pending.push_front(result.request);
            drop_in_background((result.draft, result.loaded));
            self.apply_pending_disk_read();
            return self.run_transactions();
        }
        // The text before is large: to free it takes longer than a frame has.
        let old = std::mem::replace(&mut self.file.draft, result.draft);
        drop_in_background(old);
        if !std::sync::Arc::ptr_eq(&self.file.latest.text, &result.loaded.text) {
            self.file.accept_loaded(result.loaded);
        }
        self.report_message(result.message);
        // Before the next transaction, which would take the draft away again.
        self.apply_pending_disk_read();
        self.run_transactions();
    }

    fn report_message(&mut self, message: TransactionMessage) {
        match message {
            TransactionMessage::Nothing => {}
            TransactionMessage::Info(words) => self.notices.info(words),
            TransactionMessage::Error(words) => self.notices.error(words),
        }
    }
}

fn execute(
    draft: &mut Draft,
    latest: &LoadedRegister,
    texts: &CachedTexts,
    request: &TransactionRequest,
) -> TransactionMessage {
    let done = match request {
        TransactionRequest::Edit(edit) => draft.apply_edit(latest, edit),
        // The text may have changed since: they are made at the same place of the newest one.
        TransactionRequest::TextEdits {
            label,
            edits,
            run,
            version,
        } => draft
            .rebase_text_edits(edits, *version)
            .and_then(|edits| draft.apply_text_edits(label.clone(), edits, *run)),
        TransactionRequest::FixAll => return fix_all(draft, texts),
        TransactionRequest::Format => return format_files(draft),
        TransactionRequest::WriteStandardCharts => return write_standard_charts(draft, latest),
        TransactionRequest::Undo => {
            return match draft.undo() {
                Some(words) => TransactionMessage::Info(format!("Undid: {words}")),
                None => TransactionMessage::Info("Nothing to undo".into()),
            };
        }
        TransactionRequest::Redo => {
            return match draft.redo() {
                Some(words) => TransactionMessage::Info(format!("Redid: {words}")),
                None => TransactionMessage::Info("Nothing to redo".into()),
            };
        }
    };
    match done {
        Ok(_) => TransactionMessage::Nothing,
        Err(why) => TransactionMessage::Error(why.to_string()),
    }
}

/// Whether a transaction changes a standard chart, or adds the first chart of the register's own.
/// The standard charts are shown only while a register states none, so they would vanish with it.
fn needs_standard_charts(register: &Register, request: &TransactionRequest) -> bool {
    matches!(request, TransactionRequest::Edit(edit) if edits_standard_chart(register, edit))
}

fn edits_standard_chart(register: &Register, edit: &Edit) -> bool {
    let is_standard = |id: &String| register.find(id).is_none() && is_standard(register, id);
    match edit {
        Edit::Field { target, .. } => matches!(target, EditTarget::Record(id) if is_standard(id)),
        Edit::AddRecord { kind, .. } => *kind == RecordKind::Chart && register.charts.is_empty(),
        Edit::DuplicateRecord { id, .. }
        | Edit::RenameRecord { id, .. }
        | Edit::MoveRecord { id, .. } => is_standard(id),
        Edit::RemoveRecords { ids, .. } => ids.iter().any(is_standard),
        Edit::Batch { edits, .. } => edits
            .iter()
            .any(|edit| edits_standard_chart(register, edit)),
    }
}

/// Writes the standard charts into a text that has none of its own.
fn write_standard_charts(draft: &mut Draft, latest: &LoadedRegister) -> TransactionMessage {
    let register = &latest.register;
    if !register.charts.is_empty() {
        return TransactionMessage::Info("The charts stand in the file already".into());
    }
    let edits = add_records(latest, RecordKind::Chart, &standard_chart_fields(register));
    let done = edits.and_then(|edits| {
        draft.apply_text_edits(WRITE_CHARTS_LABEL, edits, UndoGrouping::Separate)
    });
    match done {
        Ok(_) => TransactionMessage::Info("The standard charts stand in the file now".into()),
        Err(why) => TransactionMessage::Error(why.to_string()),
    }
}

/// The label of the undo step.
const WRITE_CHARTS_LABEL: &str = "Keep the standard charts in the file";

/// Applies every safe quick fix. Several files are repaired together, so that links
/// between them are seen.
fn fix_all(draft: &mut Draft, texts: &CachedTexts) -> TransactionMessage {
    let files = draft.parts().iter().map(|part| RegisterFileText {
        name: part.name.clone(),
        text: part.span.of(draft.text()).to_owned(),
        diagnostics: Vec::new(),
    });
    // A quick fix may bring the next one to light, so the files are read and fixed until none is
    // left.
    let repaired = fix_files(
        files.collect(),
        &|document| texts.text_of(document),
        FixScope::Safe,
    );
    let edits = line_edits_by_part(
        draft.text(),
        draft.parts(),
        &repaired.text,
        &repaired.remaining.files,
    );
    let count = repaired.fixes.len();
    if count == 0 {
        return TransactionMessage::Info("No problem has a safe quick fix".into());
    }
    let words = match count {
        1 => "Fix one problem".to_owned(),
        many => format!("Fix {many} problems"),
    };
    match draft.apply_text_edits(words.clone(), edits, UndoGrouping::Separate) {
        Ok(_) => TransactionMessage::Info(words),
        Err(why) => TransactionMessage::Error(why.to_string()),
    }
}

fn format_files(draft: &mut Draft) -> TransactionMessage {
    let mut edits = Vec::new();
    for part in draft.parts().iter() {
        let old = part.span.of(draft.text());
        let new = match format_register(old) {
            Ok(new) => new,
            Err(why) => return TransactionMessage::Error(why.to_string()),
        };
        edits.extend(line_edits(old, &new).into_iter().map(|edit| {
            let start = part.span.start;
            let span = Span::new(edit.span.start + start, edit.span.end + start);
            TextEdit::new(span, edit.text)
        }));
    }
    match draft.apply_text_edits("Format file", edits, UndoGrouping::Separate) {
        Ok(true) => TransactionMessage::Nothing,
        Ok(false) => TransactionMessage::Info("The file is already formatted".into()),
        Err(why) => TransactionMessage::Error(why.to_string()),
    }
}
