//! House styles that the user names in the window. They are read in tasks: a file may lie on a slow
//! disk, and its fonts may be large.

use super::App;
use super::dialog::Dialog;
use super::export_task::{ExportForm, ExportSubject, ExportTask};
use super::tasks::TaskOutcome;
use linchpin_render::export::house_style::{HouseStyle, HouseStyleText};
use linchpin_render::export::options::ImageOptions;
use std::path::{Path, PathBuf};

impl App {
    /// Shows the form, and reads the house style that it names.
    pub(super) fn load_house_style(&mut self, mut form: ExportForm) {
        form.error = None;
        form.image.house = None;
        let named = form.house_style_path.trim().to_owned();
        let path = self.house_style_file(&form);
        self.dialog = Dialog::Export(Box::new(form));
        let Some(path) = path else {
            return;
        };
        self.tasks
            .start("Reading the house style", false, move |_| {
                let read = read_house_style(&path);
                TaskOutcome::apply(move |app| {
                    if let Dialog::Export(form) = &mut app.dialog {
                        form.take_house_style(&named, read);
                    }
                })
            });
    }

    /// Whether a house style that the export dialog names is being read.
    pub fn is_reading_house_style(&self) -> bool {
        let mut running = self.tasks.running().iter();
        running.any(|task| task.label == "Reading the house style")
    }

    /// The file that a form names as its house style.
    pub(super) fn house_style_file(&self, form: &ExportForm) -> Option<PathBuf> {
        let path = form.house_style_path.trim();
        (!path.is_empty()).then(|| self.working_folder().join(path))
    }

    /// Opens the system's dialog for a house style.
    pub(super) fn pick_house_style(&mut self) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Choose a house style")
            .add_filter("House styles", &["ron"])
            .set_directory(self.working_folder())
            .pick_file();
        self.tasks.start("Choosing a file", false, move |_| {
            let chosen = pollster::block_on(dialog).map(|file| file.path().to_owned());
            TaskOutcome::apply(move |app| {
                if let (Some(path), Dialog::Export(form)) = (chosen, &app.dialog) {
                    let mut form = form.as_ref().clone();
                    form.house_style_path = path.display().to_string();
                    app.load_house_style(form);
                }
            })
        });
    }
}

impl ExportForm {
    /// Takes the house style that was read from the path `named`, or says what is wrong with it.
    /// Where the form names another one by now, nothing changes.
    fn take_house_style(&mut self, named: &str, read: Result<HouseStyle, String>) {
        if self.house_style_path.trim() != named {
            return;
        }
        match read {
            Ok(house) => {
                if let Some(size) = house.width
                    && let Ok(usual) = ImageOptions::of_size(&size.to_string())
                {
                    self.image.size = usual.size;
                    self.image.style = usual.style;
                    self.image.dpi = usual.dpi;
                    self.image.margin = usual.margin;
                }
                self.error = None;
                self.image.house = Some(house);
            }
            Err(words) => self.error = Some(words),
        }
    }
}

impl ExportTask {
    /// Reads the house style of an image once more: it may have changed since it was chosen. `Err`
    /// with what is to be done where it cannot be read: the form says why.
    pub(super) fn read_house_style_again(&mut self) -> Result<(), TaskOutcome> {
        let Some(path) = &self.house_style else {
            return Ok(());
        };
        if matches!(self.form.subject, ExportSubject::Table(_)) {
            return Ok(());
        }
        match read_house_style(path) {
            Ok(house) => {
                self.form.image.house = Some(house);
                Ok(())
            }
            Err(words) => {
                let form = self.form.clone();
                Err(TaskOutcome::apply(move |app| {
                    app.show_export_error(form, words)
                }))
            }
        }
    }
}

/// The house style in a file, or what is wrong with it.
fn read_house_style(path: &Path) -> Result<HouseStyle, String> {
    let read = HouseStyleText::read(path).map_err(|unreadable| unreadable.to_string())?;
    let first_message = read.messages().into_iter().next();
    let without_message = || format!("{} is no house style", path.display());
    read.house
        .ok_or_else(|| first_message.unwrap_or_else(without_message))
}
