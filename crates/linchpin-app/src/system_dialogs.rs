//! What takes longer than a frame: dialogs of the system, exports. Each is a task; its outcome is
//! taken in here.

use super::App;
use super::dialog::{Dialog, SaveAsForm};
use super::export_task::{ExportForm, ExportSubject, ExportTask, run_export};
use super::page::Page;
use super::tasks::TaskOutcome;
use egui::Context;
use linchpin_compare::series_picture as series;
use linchpin_register::query::TableQuery;
use std::path::{Path, PathBuf};

/// What is said where a result would take the place of the register that it is made from.
pub(super) const IS_REGISTER: &str = "This is the register itself: choose another name";

impl App {
    pub(super) fn pick_file_to_open(&mut self) {
        let folder = self.working_folder();
        // The dialog is made here, on the thread of the window; only the waiting goes elsewhere.
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open a register, or an image of a chart")
            .add_filter("Registers and images", &["ron", "png", "svg", "pdf"])
            .add_filter("Registers", &["ron"])
            .set_directory(folder)
            .pick_file();
        self.tasks.start("Choosing a file", false, move |_| {
            TaskOutcome::OpenPathChosen(pollster::block_on(dialog).map(|f| f.path().to_owned()))
        });
    }

    pub(super) fn pick_folder_to_open(&mut self) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open a folder of files that form one register")
            .set_directory(self.working_folder())
            .pick_folder();
        self.tasks.start("Choosing a folder", false, move |_| {
            TaskOutcome::OpenPathChosen(pollster::block_on(dialog).map(|f| f.path().to_owned()))
        });
    }

    pub(super) fn pick_export_path(&mut self, form: &ExportForm) {
        let path = Path::new(form.path.trim());
        let folder = path
            .parent()
            .filter(|p| p.is_dir())
            .map_or_else(|| self.working_folder(), Path::to_owned);
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Export")
            .set_directory(folder);
        if form.subject == ExportSubject::AllCharts {
            let dialog = dialog.pick_folder();
            self.tasks.start("Choosing a folder", false, move |_| {
                TaskOutcome::ExportPathChosen(
                    pollster::block_on(dialog).map(|f| f.path().to_owned()),
                )
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
            self.tasks.start("Choosing a place", false, move |_| {
                TaskOutcome::ExportPathChosen(
                    pollster::block_on(dialog).map(|f| f.path().to_owned()),
                )
            });
        }
    }

    pub(super) fn pick_save_as_path(&mut self, form: &SaveAsForm) {
        let path = Path::new(form.path.trim());
        let folder = path.parent().filter(|p| p.is_dir());
        let folder = folder.map_or_else(|| self.working_folder(), Path::to_owned);
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Save the register")
            .set_directory(folder)
            .set_file_name(name.unwrap_or_else(|| "register.ron".into()))
            .add_filter("Registers", &["ron"])
            .save_file();
        self.tasks.start("Choosing a place", false, move |_| {
            TaskOutcome::SaveAsPathChosen(pollster::block_on(dialog).map(|f| f.path().to_owned()))
        });
    }

    /// Where the user works: the folder of the open file, else the home folder.
    pub(super) fn working_folder(&self) -> PathBuf {
        let parent = self
            .file
            .origin
            .path_or_image()
            .and_then(Path::parent)
            .map(Path::to_owned);
        parent.or_else(std::env::home_dir).unwrap_or_default()
    }

    /// The chart that an export without a name means.
    pub(super) fn chart_on_screen(&self) -> String {
        let register = &self.file.shown.register;
        let id = match self.view.page {
            Page::Timeline => {
                linchpin_charts::timeline_chart(register).map_or("timeline", |c| c.id.as_str())
            }
            Page::Figures => "figures",
            Page::Bodies => "bodies-by-theme",
            Page::Charts => self
                .view
                .charts
                .open
                .as_deref()
                .unwrap_or("commitments-by-priority"),
            _ => "commitments-by-priority",
        };
        linchpin_charts::by_id_or_standard(register, id)
            .or(linchpin_charts::charts_of(register).first())
            .map_or_else(String::new, |chart| chart.id.as_str().to_owned())
    }

    pub(super) fn open_export_dialog(&mut self, subject: ExportSubject, ctx: &Context) {
        // As on screen, where the dialog offers another style. In a report it does not.
        let is_image = matches!(subject, ExportSubject::Chart(_) | ExportSubject::AllCharts);
        let dark = is_image && ctx.theme() == egui::Theme::Dark;
        let mut form = ExportForm::new(subject, &self.working_folder(), dark);
        if !matches!(form.subject, ExportSubject::Table(_))
            && let Some(image) = self.charts.next_image_options.take()
        {
            form.image = image;
        }
        self.dialog = Dialog::Export(Box::new(form));
    }

    /// Starts an export whose form is filled in, or says in the form what is missing.
    pub(super) fn export(&mut self, mut form: ExportForm) {
        let path = PathBuf::from(form.path.trim());
        form.error = if form.path.trim().is_empty() {
            Some("Type where the file should go".into())
        } else if form.subject != ExportSubject::AllCharts && path.is_dir() {
            Some("This is a folder: add a file name".into())
        } else if self.file.is_own_file(&path) {
            Some(IS_REGISTER.into())
        } else if form.subject != ExportSubject::AllCharts && path.exists() && !form.is_agreed() {
            form.overwrite = Some(form.path.clone());
            Some("There is such a file already. Export again to replace it".into())
        } else {
            None
        };
        if form.error.is_some() {
            self.dialog = Dialog::Export(Box::new(form));
            return;
        }
        self.dialog = Dialog::None;
        let series_trace = match &form.subject {
            ExportSubject::Chart(id)
                if id == series::SERIES_PICTURE_ID
                    && linchpin_charts::by_id(self.register(), id).is_none() =>
            {
                self.derived.series_trace()
            }
            _ => None,
        };
        let work = ExportTask {
            query: match form.subject {
                ExportSubject::Table(kind) => self.view.query(kind),
                _ => TableQuery::default(),
            },
            house_style: self.house_style_file(&form),
            picture: series_trace.map(|through| through.picture.clone()),
            form,
            loaded: self.file.shown.clone(),
            name: self.file.origin.name(),
            folder: self.file.origin.path().map(|path| match path.is_dir() {
                true => path.to_owned(),
                false => path.parent().unwrap_or(Path::new("")).to_owned(),
            }),
            rule: self.view.rule,
        };
        self.tasks
            .start("Exporting", true, move |control| run_export(work, control));
    }

    /// Says why an export was not done: in its form, where no other dialog is open by now.
    pub(super) fn show_export_error(&mut self, mut form: ExportForm, words: String) {
        if self.dialog == Dialog::None {
            form.error = Some(words);
            self.dialog = Dialog::Export(Box::new(form));
        } else {
            self.notices.error(words);
        }
    }

    /// Asks where the rows that are picked out should go.
    pub(super) fn open_export_of_selected(&mut self, ctx: &Context) {
        if let Some((kind, ids)) = self.selected_rows() {
            self.open_export_dialog(ExportSubject::Table(kind), ctx);
            if let Dialog::Export(form) = &mut self.dialog {
                form.only = Some(ids);
            }
        }
    }

    /// Takes in the outcome of a task.
    pub(super) fn apply_task_outcome(&mut self, done: TaskOutcome) {
        match done {
            TaskOutcome::FilesWritten(paths) => match paths.as_slice() {
                [one] => self.notices.info(format!("Exported: {}", one.display())),
                many => {
                    let folder = many
                        .first()
                        .and_then(|p| p.parent())
                        .map_or_else(String::new, |p| p.display().to_string());
                    self.notices
                        .info(format!("Exported {} charts into {folder}", many.len()));
                }
            },
            TaskOutcome::OpenPathChosen(Some(path)) => self.open_any_path(path),
            // No dialog, or a dialog that was closed: the system does not say which.
            TaskOutcome::OpenPathChosen(None) => self.dialog = Dialog::open_path(),
            TaskOutcome::ExportPathChosen(path) => {
                if let (Some(path), Dialog::Export(form)) = (path, &mut self.dialog) {
                    form.path = path.display().to_string();
                    form.fix_extension();
                    // The system's dialog has asked already.
                    form.overwrite = (path == Path::new(&form.path)).then(|| form.path.clone());
                }
            }
            TaskOutcome::SaveAsPathChosen(path) => {
                if let (Some(path), Dialog::SaveAs(form)) = (path, &mut self.dialog) {
                    form.path = path.display().to_string();
                    // The system's dialog has asked already.
                    form.overwrite = Some(form.path.clone());
                }
            }
            TaskOutcome::Apply(take_in) | TaskOutcome::ApplyUnlessCancelled(take_in) => {
                take_in(self)
            }
            TaskOutcome::Failed(words) => self.notices.error(words),
            TaskOutcome::Cancelled => self.notices.info("Cancelled"),
        }
    }
}
