//! Exports that the user orders in the window.

use super::jobs::{Control, Done};
use crate::charts;
use crate::export::image::{ImageOptions, Studio};
use crate::export::{Format, table};
use crate::query::CountingRule;
use crate::register::chart_words::ImageStyle;
use crate::register::{Loaded, RecordKind};
use crate::tables;
use std::path::{Path, PathBuf};

/// What is to be exported.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// By its id.
    Chart(String),
    AllCharts,
    Table(RecordKind),
}

/// The dialog of an export, as far as it is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    pub what: What,
    pub format: Format,
    /// Place in `table::ALL`.
    pub table_format: usize,
    pub image: ImageOptions,
    /// The file of a house style; empty: none.
    pub house_path: String,
    /// Only the rows of these records; `None`: every row on screen.
    pub only: Option<crate::edit::many::Ids>,
    pub path: String,
    /// The path that the user has agreed to overwrite.
    pub overwrite: Option<String>,
    pub error: Option<String>,
}

impl Form {
    /// A form that can be sent as it is; `folder` is where the last file was.
    pub fn new(what: What, folder: &Path, dark: bool) -> Self {
        let mut form = Form {
            what,
            format: Format::Png,
            table_format: 0,
            image: ImageOptions {
                style: if dark {
                    ImageStyle::Dark
                } else {
                    ImageStyle::Light
                },
                ..ImageOptions::default()
            },
            house_path: String::new(),
            only: None,
            path: String::new(),
            overwrite: None,
            error: None,
        };
        let name = match &form.what {
            What::Chart(id) => format!("{id}.png"),
            What::AllCharts => "charts".into(),
            What::Table(kind) => format!("{}.csv", kind.list()),
        };
        form.path = folder.join(name).display().to_string();
        form
    }

    /// The extension that the chosen format has.
    pub fn extension(&self) -> &'static str {
        match self.what {
            What::Table(_) => table::ALL.get(self.table_format).map_or("csv", |f| f.id),
            What::Chart(_) | What::AllCharts => self.format.extension(),
        }
    }

    /// Gives the path the extension of the chosen format.
    pub fn mend_extension(&mut self) {
        if self.what != What::AllCharts && !self.path.trim().is_empty() {
            self.path = Path::new(self.path.trim())
                .with_extension(self.extension())
                .display()
                .to_string();
        }
    }
}

/// A filled-in export, with everything that the work needs.
pub struct Work {
    pub form: Form,
    pub loaded: Loaded,
    /// The name of the register's file or folder.
    pub name: String,
    pub rule: CountingRule,
    /// The rows on screen, for a table.
    pub rows: Vec<u32>,
}

/// Writes what was ordered. Runs on a thread of its own.
pub fn carry_out(work: &Work, control: &Control) -> Done {
    let path = PathBuf::from(work.form.path.trim());
    let result = match &work.form.what {
        What::Table(kind) => {
            let Some(format) = table::ALL.get(work.form.table_format) else {
                return Done::Failed("There is no such format".into());
            };
            let text = (format.write)(&work.loaded.register, tables::of_kind(*kind), &work.rows);
            write(&path, text.as_bytes()).map(|()| vec![path])
        }
        What::Chart(id) => {
            chart(work, id, work.form.format, &path, &mut Studio::default()).map(|()| vec![path])
        }
        What::AllCharts => return all_charts(work, &path, control),
    };
    result.map_or_else(Done::Failed, Done::Wrote)
}

fn all_charts(work: &Work, folder: &Path, control: &Control) -> Done {
    if let Err(error) = std::fs::create_dir_all(folder) {
        return Done::Failed(format!("{}: {error}", folder.display()));
    }
    let mut studio = Studio::default();
    let mut written = Vec::new();
    let all = charts::of(&work.loaded.register);
    let total = all.len() as f32;
    for (at, one) in all.iter().enumerate() {
        if control.is_cancelled() {
            return Done::Stopped;
        }
        control.progress(at as f32 / total);
        let path = folder.join(format!(
            "{}.{}",
            one.id.as_str(),
            work.form.format.extension()
        ));
        if let Err(error) = chart(work, one.id.as_str(), work.form.format, &path, &mut studio) {
            return Done::Failed(error);
        }
        written.push(path);
    }
    Done::Wrote(written)
}

fn chart(
    work: &Work,
    id: &str,
    format: Format,
    path: &Path,
    studio: &mut Studio,
) -> Result<(), String> {
    let chart = charts::named(&work.loaded.register, id).ok_or("There is no such chart")?;
    let register = (&work.loaded, work.name.as_str());
    let image = studio
        .chart(register, chart, work.rule, format, &work.form.image)
        .map_err(|e| e.to_string())?;
    write(path, &image.bytes)
}

/// Writes a file whole, or leaves what was there.
fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    crate::files::write(path, bytes)
}
