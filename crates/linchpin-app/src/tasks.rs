//! What takes longer than a frame: dialogs of the system, exports. Each is a job; what it leaves is taken in here.

use super::App;
use super::dialog::{Dialog, SaveForm};
use super::export::{Form, What, Work, carry_out};
use super::jobs::Done;
use super::page::Page;
use egui::Context;
use linchpin_compare::series_picture as series;
use linchpin_edit::many::Ids;
use linchpin_register::{RecordKind, RecordRef, Register};
use std::path::{Path, PathBuf};

impl App {
    pub(super) fn pick_to_open(&mut self) {
        let folder = self.folder();
        // The dialog is made here, on the thread of the window; only the waiting goes elsewhere.
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open a register, or an image of a chart")
            .add_filter("Registers and images", &["ron", "png", "svg", "pdf"])
            .add_filter("Registers", &["ron"])
            .set_directory(folder)
            .pick_file();
        self.jobs.start("Choosing a file", false, move |_| {
            Done::ChosenToOpen(pollster::block_on(dialog).map(|f| f.path().to_owned()))
        });
    }

    pub(super) fn pick_folder_to_open(&mut self) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open a folder of files that form one register")
            .set_directory(self.folder())
            .pick_folder();
        self.jobs.start("Choosing a folder", false, move |_| {
            Done::ChosenToOpen(pollster::block_on(dialog).map(|f| f.path().to_owned()))
        });
    }

    pub(super) fn pick_to_save(&mut self, form: &Form) {
        let path = Path::new(form.path.trim());
        let folder = path
            .parent()
            .filter(|p| p.is_dir())
            .map_or_else(|| self.folder(), Path::to_owned);
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Export")
            .set_directory(folder);
        if form.what == What::AllCharts {
            let dialog = dialog.pick_folder();
            self.jobs.start("Choosing a folder", false, move |_| {
                Done::ChosenToSave(pollster::block_on(dialog).map(|f| f.path().to_owned()))
            });
        } else {
            let name = path
                .file_name()
                .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            let extension = form.extension();
            let dialog = dialog
                .set_file_name(name)
                .add_filter(extension.to_uppercase(), &[extension])
                .save_file();
            self.jobs.start("Choosing a place", false, move |_| {
                Done::ChosenToSave(pollster::block_on(dialog).map(|f| f.path().to_owned()))
            });
        }
    }

    pub(super) fn pick_to_save_as(&mut self, form: &SaveForm) {
        let path = Path::new(form.path.trim());
        let folder = path.parent().filter(|p| p.is_dir());
        let folder = folder.map_or_else(|| self.folder(), Path::to_owned);
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Save the register")
            .set_directory(folder)
            .set_file_name(name.unwrap_or_else(|| "register.ron".into()))
            .add_filter("Registers", &["ron"])
            .save_file();
        self.jobs.start("Choosing a place", false, move |_| {
            Done::ChosenToSaveAs(pollster::block_on(dialog).map(|f| f.path().to_owned()))
        });
    }

    /// Where the user works: beside the open file, else at home.
    pub(super) fn folder(&self) -> PathBuf {
        let beside = self
            .file
            .origin
            .place()
            .and_then(Path::parent)
            .map(Path::to_owned);
        beside.or_else(std::env::home_dir).unwrap_or_default()
    }

    /// The chart that an export without a name means.
    pub(super) fn chart_on_screen(&self) -> String {
        let register = &self.file.shown.register;
        let id = match self.view.page {
            Page::Timeline => {
                linchpin_charts::timeline(register).map_or("timeline", |c| c.id.as_str())
            }
            Page::Figures => "figures",
            Page::Bodies => "bodies-by-theme",
            Page::Charts => self
                .view
                .chart
                .as_deref()
                .unwrap_or("commitments-by-priority"),
            _ => "commitments-by-priority",
        };
        linchpin_charts::named(register, id)
            .or(linchpin_charts::of(register).first())
            .map_or_else(String::new, |chart| chart.id.as_str().to_owned())
    }

    pub(super) fn ask_export(&mut self, what: What, ctx: &Context) {
        let dark = ctx.theme() == egui::Theme::Dark && matches!(self.dialog, Dialog::Export(_));
        let mut form = Form::new(what, &self.folder(), dark);
        if !matches!(form.what, What::Table(_))
            && let Some(image) = self.next_image.take()
        {
            form.image = image;
        }
        self.dialog = Dialog::Export(Box::new(form));
    }

    /// Starts an export whose form is filled in, or says in the form what is missing.
    pub(super) fn export(&mut self, mut form: Form) {
        let path = PathBuf::from(form.path.trim());
        form.error = if form.path.trim().is_empty() {
            Some("Type where the file should go".into())
        } else if form.what != What::AllCharts && path.is_dir() {
            Some("This is a folder: add a file name".into())
        } else if form.what != What::AllCharts
            && path.exists()
            && form.overwrite.as_deref() != Some(form.path.as_str())
        {
            form.overwrite = Some(form.path.clone());
            Some("There is such a file already. Export again to replace it".into())
        } else {
            None
        };
        let is_image = !matches!(form.what, What::Table(_));
        if form.error.is_none() && is_image && !form.house_path.trim().is_empty() {
            // It may have changed since it was chosen.
            form.take_house(&self.folder());
        }
        if form.error.is_some() {
            self.dialog = Dialog::Export(Box::new(form));
            return;
        }
        self.dialog = Dialog::None;
        let rows = match form.what {
            What::Table(kind) => {
                self.derived.want_table(
                    self.file.revision,
                    &self.file.shown.register,
                    kind,
                    &self.view.query(kind),
                );
                self.derived
                    .table(kind)
                    .map_or_else(Vec::new, |(_, selection)| {
                        let ids = form.only.as_ref();
                        let rows = selection.rows.iter().copied();
                        rows.filter(|&row| is_among(&self.file.shown.register, kind, row, ids))
                            .collect()
                    })
            }
            What::Chart(_) | What::AllCharts | What::Report => Vec::new(),
        };
        let own = match &form.what {
            What::Chart(id)
                if id == series::ID && linchpin_charts::by_id(self.register(), id).is_none() =>
            {
                self.derived.through()
            }
            _ => None,
        };
        let work = Work {
            picture: own.map(|through| through.picture.clone()),
            form,
            loaded: self.file.shown.clone(),
            name: self.file.origin.name(),
            folder: self.file.origin.path().map(|path| match path.is_dir() {
                true => path.to_owned(),
                false => path.parent().unwrap_or(Path::new("")).to_owned(),
            }),
            rule: self.view.rule,
            rows,
        };
        self.jobs
            .start("Exporting", true, move |control| carry_out(&work, control));
    }

    /// Asks where the rows that are picked out should go.
    pub(super) fn ask_export_marked(&mut self, ctx: &Context) {
        if let Some((kind, ids)) = self.marked_here() {
            self.ask_export(What::Table(kind), ctx);
            if let Dialog::Export(form) = &mut self.dialog {
                form.only = Some(ids);
            }
        }
    }

    /// Takes in what a job has left behind.
    pub(super) fn finish(&mut self, done: Done) {
        match done {
            Done::Wrote(paths) => match paths.as_slice() {
                [one] => self.notices.say(format!("Exported: {}", one.display())),
                many => {
                    let folder = many
                        .first()
                        .and_then(|p| p.parent())
                        .map_or_else(String::new, |p| p.display().to_string());
                    self.notices
                        .say(format!("Exported {} charts into {folder}", many.len()));
                }
            },
            Done::ChosenToOpen(Some(path)) => self.open_path(path),
            // No dialog, or a dialog that was closed: the system does not say which.
            Done::ChosenToOpen(None) => {
                self.dialog = Dialog::OpenPath {
                    path: String::new(),
                    error: None,
                }
            }
            Done::ChosenToSave(path) => {
                if let (Some(path), Dialog::Export(form)) = (path, &mut self.dialog) {
                    form.path = path.display().to_string();
                    form.mend_extension();
                    // The system's dialog has asked already.
                    form.overwrite = (path == Path::new(&form.path)).then(|| form.path.clone());
                }
            }
            Done::ChosenToSaveAs(path) => {
                if let (Some(path), Dialog::SaveAs(form)) = (path, &mut self.dialog) {
                    form.path = path.display().to_string();
                    // The system's dialog has asked already.
                    form.overwrite = Some(form.path.clone());
                }
            }
            Done::Then(take_in) => take_in(self),
            Done::Failed(words) => self.notices.fail(words),
            Done::Stopped => self.notices.say("Stopped"),
        }
    }
}

/// Whether a row is among those with these ids; all are where there are none.
fn is_among(register: &Register, kind: RecordKind, index: u32, ids: Option<&Ids>) -> bool {
    let record = register.record(RecordRef { kind, index });
    ids.is_none_or(|ids| record.is_some_and(|record| ids.contains(record.id())))
}
