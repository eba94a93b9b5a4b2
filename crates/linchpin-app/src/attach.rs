//! Giving a document its text: out of a file or what was pasted, looked at before it is kept beside
//! the register.

use super::App;
use super::command::Command;
use super::dialog::Dialog;
use super::tasks::{RunningTask, TaskOutcome};
use super::transactions::TransactionRequest;
use linchpin_edit::text_attachment::{accept_changed_text, attach_text, detach_text};
use linchpin_edit::{Edit, EditRefusal, plan_edit};
use linchpin_files::read;
use linchpin_files::sibling_texts::{
    ExistingTextPolicy, StoreTextError, StoredText, default_text_path, store_text,
};
use linchpin_register::{Document, RecordKind};
use linchpin_task::Control;
use linchpin_text::extract::{
    DocumentReader, ExtractError, ExtractWatcher, Extraction, SourceFormat,
};
use linchpin_text::prose::{Prose, sentences, sha256};
use std::path::PathBuf;
use std::sync::Arc;

/// The task that reads a text, as it is named where it is started.
const READING_TEXT: &str = "Reading the text";

impl App {
    /// Asks for the text of a document.
    pub(super) fn open_attach_dialog(&mut self, document: &str) {
        if self.register().get::<Document>(document).is_none() {
            self.notices
                .error(format!("There is no document `{document}`"));
            return;
        }
        self.dialog = Dialog::Attach(Box::new(AttachForm {
            document: document.to_owned(),
            ..AttachForm::default()
        }));
    }

    /// Asks for the text of the selected document, or takes it away.
    pub(super) fn attach_to_selected(&mut self, detaches: bool) {
        let selected = self.selected().filter(|at| at.kind == RecordKind::Document);
        let id = selected.and_then(|at| Some(self.register().record(at)?.id().to_owned()));
        match id {
            None => {}
            Some(id) if detaches => self.run_attach_command(AttachCommand::Detach(id)),
            Some(id) => self.open_attach_dialog(&id),
        }
    }

    /// Carries out one step in attaching a text.
    pub(super) fn run_attach_command(&mut self, step: AttachCommand) {
        match step {
            AttachCommand::ExtractPasted => {
                let pasted = self.attach_form().map(|form| form.pasted.clone());
                let pasted = pasted.unwrap_or_default();
                self.extract_text(None, move || {
                    Ok((pasted.into_bytes(), SourceFormat::Pasted))
                });
            }
            AttachCommand::ExtractTypedPath => {
                let typed = self.attach_form().map(|form| form.path.trim().to_owned());
                let typed = typed.filter(|path| !path.is_empty());
                if let Some(path) = typed {
                    self.extract_text_file(self.working_folder().join(path));
                }
            }
            AttachCommand::PickFile => self.pick_text_file(),
            AttachCommand::Back => {
                if let Dialog::Attach(form) = &mut self.dialog {
                    if let AttachStage::Extracting(task) = form.stage {
                        self.tasks.cancel(task);
                    }
                    form.stage = AttachStage::AwaitingInput;
                }
            }
            AttachCommand::SaveText(taken) => self.save_text(taken),
            AttachCommand::SaveRegisterFirst => self.save_before_attaching(),
            AttachCommand::Detach(id) => {
                let edit = detach_text(&self.file.latest.register, &id);
                self.apply_text_edit(edit);
            }
            AttachCommand::AcceptChanged(id) => {
                let text = self.reading.texts.library.get(&id);
                let now = text.map_or("", |text| &text.sha256);
                let edit = accept_changed_text(&self.file.latest.register, &id, now);
                self.apply_text_edit(edit);
            }
        }
    }

    fn attach_form(&self) -> Option<&AttachForm> {
        match &self.dialog {
            Dialog::Attach(form) => Some(form),
            _ => None,
        }
    }

    /// Makes an edit of the register, or says why it cannot be made.
    fn apply_text_edit(&mut self, edit: Result<Edit, EditRefusal>) {
        match (self.edit_blocked_reason(), edit) {
            (Some(why), _) => self.notices.error(why),
            (None, Err(why)) => self.notices.error(why.to_string()),
            (None, Ok(edit)) => {
                let request = TransactionRequest::Edit(edit);
                self.before_transaction(&request);
                self.queue_transaction(request);
            }
        }
    }

    fn pick_text_file(&mut self) {
        let endings: Vec<&str> = linchpin_text::extract::SOURCE_FORMATS
            .iter()
            .flat_map(|spec| spec.extensions)
            .copied()
            .collect();
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Choose the text of the document")
            .add_filter("Texts, web pages, PDF", &endings)
            .set_directory(self.working_folder())
            .pick_file();
        self.tasks.start("Choosing a file", false, move |_| {
            let chosen = pollster::block_on(dialog).map(|file| file.path().to_owned());
            TaskOutcome::apply(move |app| {
                if let (Some(path), Dialog::Attach(form)) = (chosen, &mut app.dialog) {
                    form.path = path.display().to_string();
                    app.extract_text_file(path);
                }
            })
        });
    }

    fn extract_text_file(&mut self, path: PathBuf) {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        self.extract_text(name, move || {
            let bytes = read(&path).map_err(|why| why.to_string())?;
            Ok((bytes, SourceFormat::from_path(&path)))
        });
    }

    /// Extracts the text in a task.
    fn extract_text(
        &mut self,
        from: Option<String>,
        bytes: impl FnOnce() -> Result<(Vec<u8>, SourceFormat), String> + Send + 'static,
    ) {
        let Dialog::Attach(form) = &mut self.dialog else {
            return;
        };
        if let AttachStage::Extracting(task) = form.stage {
            self.tasks.cancel(task);
        }
        // Before the task starts, so that its outcome can say which task the dialog has to wait
        // for.
        let task = self.tasks.next_id();
        let reader = self.platform.document_reader.clone();
        let recover = move |app: &mut App| {
            let reason = "The text could not be read".to_owned();
            app.text_extracted(task, Err(ExtractError::Unreadable(reason)));
        };
        self.tasks
            .start_or_recover("Reading the text", false, recover, move |control| {
                let found = bytes()
                    .map_err(ExtractError::Unreadable)
                    .and_then(|(bytes, kind)| {
                        extract_with_progress(&reader, bytes, kind, from, control)
                    });
                // Applied also when cancelled: only a dialog that waits for this very task takes
                // it.
                TaskOutcome::apply(move |app| app.text_extracted(task, found))
            });
        form.error = None;
        form.stage = AttachStage::Extracting(task);
    }

    /// Stops reading a text that no dialog waits for any more: it has been closed.
    pub(super) fn stop_unwanted_extraction(&self) {
        let wanted = match &self.dialog {
            Dialog::Attach(form) => match form.stage {
                AttachStage::Extracting(task) => Some(task),
                _ => None,
            },
            _ => None,
        };
        let of_texts = |running: &&RunningTask| running.label == READING_TEXT;
        for running in self.tasks.running().iter().filter(of_texts) {
            if Some(running.id) != wanted {
                self.tasks.cancel(running.id);
            }
        }
    }

    fn text_extracted(&mut self, task: u64, found: Result<ExtractedText, ExtractError>) {
        let Dialog::Attach(form) = &mut self.dialog else {
            return;
        };
        if form.stage != AttachStage::Extracting(task) {
            return;
        }
        form.stage = AttachStage::AwaitingInput;
        match found {
            Ok(found) => form.stage = AttachStage::Preview(Arc::new(found)),
            Err(ExtractError::Cancelled) => {}
            Err(why) => form.error = Some(why.to_string()),
        }
    }

    /// Saves the text as a sibling of the register in a task, and then names it in the register.
    fn save_text(&mut self, taken: ExistingTextPolicy) {
        let folder = self.texts_folder();
        let blocked = self.edit_blocked_reason();
        let (Dialog::Attach(form), Some(folder)) = (&mut self.dialog, folder) else {
            return;
        };
        let (AttachStage::Preview(found) | AttachStage::PathTaken(found, _)) = &form.stage else {
            return;
        };
        let (document, found) = (form.document.clone(), found.clone());
        let document_record = self.file.latest.register.get::<Document>(&document);
        let own_path = document_record.and_then(|document_record| document_record.text.clone());
        // Before anything is written: what the register does not take leaves no text behind.
        let path = default_text_path(&document, own_path.as_deref());
        let hash = sha256(found.extracted.text.as_bytes());
        let latest = &self.file.latest;
        let planned = attach_text(&latest.register, &document, &path, &hash)
            .and_then(|edit| plan_edit(latest, &edit));
        let refused = planned.err().map(|why| why.to_string());
        form.error = blocked.map(|why| why.to_string()).or(refused);
        if form.error.is_some() {
            form.stage = AttachStage::Preview(found);
            return;
        }
        self.tasks.start("Saving the text", false, move |_| {
            let put = store_text(
                &folder,
                &document,
                own_path.as_deref(),
                &found.extracted.text,
                taken,
            );
            TaskOutcome::apply(move |app| app.text_saved(&document, found, put))
        });
    }

    fn text_saved(
        &mut self,
        document: &str,
        found: Arc<ExtractedText>,
        put: Result<StoredText, StoreTextError>,
    ) {
        let put = match put {
            Ok(put) => put,
            Err(error) => return self.text_not_saved(document, found, error),
        };
        if self.own_attach_form(document).is_some() {
            self.dialog = Dialog::None;
        }
        if let Some(notice) = put.notice {
            self.notices.info(notice);
        }
        let hash = sha256(found.extracted.text.as_bytes());
        let edit = attach_text(&self.file.latest.register, document, &put.path, &hash);
        self.apply_text_edit(edit);
        // The register may say the same as before while the file is new.
        self.rescan_texts();
        let text = format!(
            "“{}” has its text: {} paragraphs in {}",
            self.register().short_title_of(document),
            found.prose.len(),
            put.path
        );
        let read = Command::OpenReader {
            document: document.to_owned(),
            paragraph: None,
            phrase: None,
        };
        self.notices
            .info_with_actions(text, vec![("Read it", read)]);
    }

    /// The dialog of this document, where it is still open: meanwhile it may have been closed, or
    /// opened for another one.
    fn own_attach_form(&mut self, document: &str) -> Option<&mut AttachForm> {
        match &mut self.dialog {
            Dialog::Attach(form) if form.document == document => Some(form),
            _ => None,
        }
    }

    /// Says why a text was not saved: in its dialog, or in a message that names the document.
    fn text_not_saved(&mut self, document: &str, found: Arc<ExtractedText>, error: StoreTextError) {
        let short = self.register().short_title_of(document).to_owned();
        match (self.own_attach_form(document), error) {
            (Some(form), StoreTextError::PathTaken(path)) => {
                form.stage = AttachStage::PathTaken(found, path);
            }
            (Some(form), error) => {
                form.error = Some(error.to_string());
                // The other stages do not show it.
                form.stage = AttachStage::Preview(found);
            }
            (None, error) => self
                .notices
                .error(format!("The text of “{short}” was not saved. {error}")),
        }
    }

    fn save_before_attaching(&mut self) {
        let document = self.attach_form().map(|form| form.document.clone());
        self.open_save_as_dialog(false);
        if let Dialog::SaveAs(form) = &mut self.dialog {
            form.attach_document = document;
        }
    }
}

fn extract_with_progress(
    reader: &DocumentReader,
    bytes: Vec<u8>,
    kind: SourceFormat,
    from: Option<String>,
    control: &Control,
) -> Result<ExtractedText, ExtractError> {
    let watcher = ExtractWatcher {
        is_cancelled: &|| control.is_cancelled(),
        progress: &|share| control.set_progress(share),
    };
    let extracted = reader.extract_text(bytes, kind, &watcher)?;
    let prose = Prose::new(extracted.text.as_str());
    let counts = prose.paragraphs().map(|(_, text)| sentences(text).len());
    Ok(ExtractedText {
        sentence_count: counts.sum(),
        extracted,
        prose,
        file_name: from,
    })
}

/// What the dialog of a text holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachForm {
    /// The id of the document.
    pub document: String,
    /// What was pasted.
    pub pasted: String,
    /// The path that was typed.
    pub path: String,
    pub stage: AttachStage,
    /// What is wrong with the input, as a message.
    pub error: Option<String>,
}

impl AttachForm {
    /// Whether a text has been given that is kept nowhere yet.
    pub fn has_input(&self) -> bool {
        let is_read = matches!(
            self.stage,
            AttachStage::Preview(_) | AttachStage::PathTaken(..)
        );
        is_read || !self.pasted.trim().is_empty()
    }
}

/// How far a text has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AttachStage {
    /// It is asked for.
    #[default]
    AwaitingInput,
    /// A task reads it: its number.
    Extracting(u64),
    /// It can be looked at.
    Preview(Arc<ExtractedText>),
    /// It is to be saved, and there is another text at this path already.
    PathTaken(Arc<ExtractedText>, String),
}

/// A text that can be looked at.
#[derive(Debug)]
pub struct ExtractedText {
    pub extracted: Extraction,
    pub prose: Prose,
    /// How many sentences it has.
    pub sentence_count: usize,
    /// The file that it was taken from, without the folders above it; `None` where it was pasted.
    pub file_name: Option<String>,
}

impl PartialEq for ExtractedText {
    fn eq(&self, other: &Self) -> bool {
        self.extracted == other.extracted && self.file_name == other.file_name
    }
}

/// One step in attaching a text.
#[derive(Clone, Debug, PartialEq)]
pub enum AttachCommand {
    /// Reads what was pasted.
    ExtractPasted,
    /// Reads the file at the path that was typed.
    ExtractTypedPath,
    /// Opens the system's dialog for a file.
    PickFile,
    /// Asks for the text once more.
    Back,
    /// Keeps the text, whatever stands in its place.
    SaveText(ExistingTextPolicy),
    /// Saves the register first, then goes on.
    SaveRegisterFirst,
    /// Takes the text out of the register.
    Detach(String),
    /// Takes the text as it is now, although it has changed since it was attached.
    AcceptChanged(String),
}
