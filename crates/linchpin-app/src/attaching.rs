//! Giving a document its text: out of a file or what was pasted, looked at before it is kept beside the register.

use super::App;
use super::attach_form::{AttachStep, Attaching, Found, Stage};
use super::command::Command;
use super::dialog::Dialog;
use super::jobs::{Control, Done};
use super::turns::Turn;
use linchpin_edit::attach::{accept, attach, detach};
use linchpin_edit::{Edit, Refused};
use linchpin_files::read;
use linchpin_files::texts::{NotPut, Put, Taken, put};
use linchpin_register::{Document, RecordKind};
use linchpin_render::theme::SANS;
use linchpin_text::extract::{Kind, STOPPED, Watcher, text_watched};
use linchpin_text::prose::{Prose, sentences, sha256};
use std::path::PathBuf;
use std::sync::Arc;

impl App {
    /// Asks for the text of a document.
    pub(super) fn ask_attach(&mut self, document: &str) {
        if self.register().get::<Document>(document).is_none() {
            self.notices
                .fail(format!("There is no document `{document}`"));
            return;
        }
        self.dialog = Dialog::Attach(Box::new(Attaching {
            document: document.to_owned(),
            ..Attaching::default()
        }));
    }

    /// Asks for the text of the selected document, or takes it away.
    pub(super) fn attach_selected(&mut self, detaches: bool) {
        let selected = self.selected().filter(|at| at.kind == RecordKind::Document);
        let id = selected.and_then(|at| Some(self.register().record(at)?.id().to_owned()));
        match id {
            None => self.notices.fail("Select a document first"),
            Some(id) if detaches => self.attach_step(AttachStep::Detach(id)),
            Some(id) => self.ask_attach(&id),
        }
    }

    /// Goes on towards a text.
    pub(super) fn attach_step(&mut self, step: AttachStep) {
        match step {
            AttachStep::Pasted => {
                let pasted = self.attaching().map(|form| form.pasted.clone());
                let pasted = pasted.unwrap_or_default();
                self.read_source(None, move || Ok((pasted.into_bytes(), Kind::Pasted)));
            }
            AttachStep::Typed => {
                let typed = self.attaching().map(|form| form.path.trim().to_owned());
                let typed = typed.filter(|path| !path.is_empty());
                if let Some(path) = typed {
                    self.read_source_file(self.folder().join(path));
                }
            }
            AttachStep::Pick => self.pick_source(),
            AttachStep::Back => {
                if let Dialog::Attach(form) = &mut self.dialog {
                    if let Stage::Read(job) = form.stage {
                        self.jobs.cancel(job);
                    }
                    form.stage = Stage::Asked;
                }
            }
            AttachStep::Keep(taken) => self.keep_text(taken),
            AttachStep::SaveFirst => self.save_before_attaching(),
            AttachStep::Detach(id) => {
                let edit = detach(&self.file.latest.register, &id);
                self.turn_text(edit);
            }
            AttachStep::Accept(id) => {
                let text = self.texts.library.get(&id);
                let now = text.map_or("", |text| &text.sha256);
                let edit = accept(&self.file.latest.register, &id, now);
                self.turn_text(edit);
            }
        }
    }

    fn attaching(&self) -> Option<&Attaching> {
        match &self.dialog {
            Dialog::Attach(form) => Some(form),
            _ => None,
        }
    }

    /// Makes an edit of the register, or says why it cannot be made.
    fn turn_text(&mut self, edit: Result<Edit, Refused>) {
        match (self.cannot_edit(), edit) {
            (Some(why), _) => self.notices.fail(why),
            (None, Err(why)) => self.notices.fail(why.to_string()),
            (None, Ok(edit)) => {
                let turn = Turn::Edit(edit);
                self.before_turn(&turn);
                self.turn(turn);
            }
        }
    }

    fn pick_source(&mut self) {
        let endings: Vec<&str> = linchpin_text::extract::ALL
            .iter()
            .flat_map(|spec| spec.endings)
            .copied()
            .collect();
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Choose the text of the document")
            .add_filter("Texts, web pages, PDF", &endings)
            .set_directory(self.folder())
            .pick_file();
        self.jobs.start("Choosing a file", false, move |_| {
            let chosen = pollster::block_on(dialog).map(|file| file.path().to_owned());
            Done::then(move |app| {
                if let (Some(path), Dialog::Attach(form)) = (chosen, &mut app.dialog) {
                    form.path = path.display().to_string();
                    app.read_source_file(path);
                }
            })
        });
    }

    fn read_source_file(&mut self, path: PathBuf) {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        self.read_source(name, move || {
            let bytes = read(&path).map_err(|why| why.to_string())?;
            Ok((bytes, Kind::of(&path)))
        });
    }

    /// Takes the text out of what it comes in, away from the frame.
    fn read_source(
        &mut self,
        from: Option<String>,
        bytes: impl FnOnce() -> Result<(Vec<u8>, Kind), String> + Send + 'static,
    ) {
        let Dialog::Attach(form) = &mut self.dialog else {
            return;
        };
        if let Stage::Read(job) = form.stage {
            self.jobs.cancel(job);
        }
        let job = self.jobs.start("Reading the text", false, move |control| {
            let found = bytes().and_then(|(bytes, kind)| found(bytes, kind, from, control));
            // It answers only to a dialog that waits for it.
            let job = control.id;
            Done::then(move |app| app.found_text(job, found))
        });
        form.error = None;
        form.stage = Stage::Read(job);
    }

    fn found_text(&mut self, job: u64, found: Result<Found, String>) {
        let Dialog::Attach(form) = &mut self.dialog else {
            return;
        };
        if form.stage != Stage::Read(job) {
            return;
        }
        form.stage = Stage::Asked;
        match found {
            Ok(found) => form.stage = Stage::Found(Arc::new(found)),
            Err(why) if why == STOPPED => {}
            Err(why) => form.error = Some(why),
        }
    }

    /// Writes the text beside the register, away from the frame, and then notes it there.
    fn keep_text(&mut self, taken: Taken) {
        let folder = self.folder_of_texts();
        let (Dialog::Attach(form), Some(folder)) = (&mut self.dialog, folder) else {
            return;
        };
        let (Stage::Found(found) | Stage::Taken(found, _)) = &form.stage else {
            return;
        };
        let (document, found) = (form.document.clone(), found.clone());
        let held = self.file.latest.register.get::<Document>(&document);
        let own = held.and_then(|held| held.text.clone());
        self.jobs.start("Keeping the text", false, move |_| {
            let put = put(
                &folder,
                &document,
                own.as_deref(),
                &found.extracted.text,
                taken,
            );
            Done::then(move |app| app.text_kept(&document, found, put))
        });
    }

    fn text_kept(&mut self, document: &str, found: Arc<Found>, put: Result<Put, NotPut>) {
        let put = match (put, &mut self.dialog) {
            (Ok(put), _) => put,
            (Err(NotPut::Taken(path)), Dialog::Attach(form)) => {
                form.stage = Stage::Taken(found, path);
                return;
            }
            (Err(NotPut::Failed(why)), Dialog::Attach(form)) => {
                form.error = Some(why);
                return;
            }
            (Err(NotPut::Taken(why) | NotPut::Failed(why)), _) => return self.notices.fail(why),
        };
        if let Dialog::Attach(form) = &self.dialog
            && form.document == document
        {
            self.dialog = Dialog::None;
        }
        if let Some(notice) = put.notice {
            self.notices.say(notice);
        }
        let hash = sha256(found.extracted.text.as_bytes());
        let edit = attach(&self.file.latest.register, document, &put.path, &hash);
        self.turn_text(edit);
        // The register may say the same as before while the file is new.
        self.look_into_texts_again();
        let short = self
            .register()
            .get::<Document>(document)
            .map(|held| held.short.clone());
        let text = format!(
            "“{}” has its text: {} paragraphs in {}",
            short.unwrap_or_else(|| document.to_owned()),
            found.prose.len(),
            put.path
        );
        let read = Command::Read {
            document: document.to_owned(),
            paragraph: None,
            phrase: None,
        };
        self.notices.offer(text, vec![("Read it", read)]);
    }

    fn save_before_attaching(&mut self) {
        let document = self.attaching().map(|form| form.document.clone());
        self.ask_save_as(false);
        if let Dialog::SaveAs(form) = &mut self.dialog {
            form.attach = document;
        }
    }
}

fn found(
    bytes: Vec<u8>,
    kind: Kind,
    from: Option<String>,
    control: &Control,
) -> Result<Found, String> {
    let watcher = Watcher {
        is_cancelled: &|| control.is_cancelled(),
        progress: &|share| control.progress(share),
    };
    let extracted = text_watched(bytes, kind, SANS, &watcher)?;
    let prose = Prose::new(extracted.text.as_str());
    let counts = prose.paragraphs().map(|(_, text)| sentences(text).len());
    Ok(Found {
        sentences: counts.sum(),
        extracted,
        prose,
        from,
    })
}
