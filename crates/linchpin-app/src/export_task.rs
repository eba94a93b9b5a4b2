//! Exports that the user orders in the window.

use super::tasks::TaskOutcome;
use linchpin_charts;
use linchpin_charts::evidence;
use linchpin_charts::picture::Picture;
use linchpin_files::ReplacePolicy;
use linchpin_register::chart_vocabulary::ImageStyle;
use linchpin_register::query::{CountingRule, TableQuery, run_query};
use linchpin_register::tables;
use linchpin_register::{LoadedRegister, Recipe, RecordKind, RecordRef};
use linchpin_render::export::batch::{self, BatchPlan, BatchSource};
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::report::{
    ChartReport, PaperSize, ReportError, ReportFormat, ReportOptions,
};
use linchpin_render::export::{Format, table};
use linchpin_task::Control;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What is to be exported.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportSubject {
    /// By its id.
    Chart(String),
    AllCharts,
    /// Charts with their data and sources, in one file.
    Report,
    Table(RecordKind),
}

/// The dialog of an export, as far as it is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportForm {
    pub subject: ExportSubject,
    pub format: Format,
    /// Place in `table::ALL`.
    pub table_format: usize,
    pub image: ImageOptions,
    /// Of many charts or a report: the id of the recipe that says which charts, and how; `None`:
    /// all charts.
    pub recipe: Option<String>,
    pub report_format: ReportFormat,
    /// The file of a house style; empty: none.
    pub house_style_path: String,
    /// Only the rows of these records; `None`: every row on screen.
    pub only: Option<linchpin_edit::bulk::RecordIds>,
    pub path: String,
    /// The path that the user has agreed to overwrite.
    pub overwrite: Option<String>,
    pub error: Option<String>,
}

impl ExportForm {
    /// A form that can be sent as it is; `folder` is where the last file was.
    pub fn new(what: ExportSubject, folder: &Path, dark: bool) -> Self {
        let mut form = ExportForm {
            subject: what,
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
            recipe: None,
            report_format: ReportFormat::Html,
            house_style_path: String::new(),
            only: None,
            path: String::new(),
            overwrite: None,
            error: None,
        };
        let name = match &form.subject {
            ExportSubject::Chart(id) => format!("{id}.png"),
            ExportSubject::AllCharts => "charts".into(),
            ExportSubject::Report => "report.html".into(),
            ExportSubject::Table(kind) => format!("{}.csv", kind.list()),
        };
        form.path = folder.join(name).display().to_string();
        form
    }

    /// The extension that the chosen format has.
    pub fn extension(&self) -> &'static str {
        match self.subject {
            ExportSubject::Table(_) => table::ALL.get(self.table_format).map_or("csv", |f| f.id),
            ExportSubject::Report => self.report_format.extension(),
            ExportSubject::Chart(_) | ExportSubject::AllCharts => self.format.extension(),
        }
    }

    /// Whether the user has agreed to replace the file that is there.
    pub fn is_agreed(&self) -> bool {
        self.overwrite.as_deref() == Some(self.path.as_str())
    }

    /// Gives the path the extension of the chosen format.
    pub fn fix_extension(&mut self) {
        if self.subject != ExportSubject::AllCharts && !self.path.trim().is_empty() {
            self.path = Path::new(self.path.trim())
                .with_extension(self.extension())
                .display()
                .to_string();
        }
    }
}

/// A filled-in export, with everything that the work needs.
pub struct ExportTask {
    pub form: ExportForm,
    /// What is drawn, where it is no chart of the register.
    pub picture: Option<Picture>,
    pub loaded: LoadedRegister,
    /// The name of the register's file or folder.
    pub name: String,
    /// The file of the house style that the form names.
    pub house_style: Option<PathBuf>,
    /// The folder in which the register lies, where it is a file.
    pub folder: Option<PathBuf>,
    pub rule: CountingRule,
    /// Which rows of a table are exported, and in which order.
    pub query: TableQuery,
}

/// Writes what was ordered. Runs on a thread of its own.
pub fn run_export(mut work: ExportTask, control: &Control) -> TaskOutcome {
    if let Err(refused) = work.read_house_style_again() {
        return refused;
    }
    let work = &work;
    let path = PathBuf::from(work.form.path.trim());
    let bytes = match &work.form.subject {
        ExportSubject::Table(kind) => {
            let Some(format) = table::ALL.get(work.form.table_format) else {
                return TaskOutcome::Failed("There is no such format".into());
            };
            let register = &work.loaded.register;
            let text = (format.write)(register, tables::of_kind(*kind), &work.rows(*kind));
            Ok(text.into_bytes())
        }
        ExportSubject::Chart(id) => draw_chart(work, id, &mut Studio::default()),
        ExportSubject::AllCharts => return export_all_charts(work, path, control),
        ExportSubject::Report => return export_report(work, path, control),
    };
    match bytes {
        Ok(bytes) => write_result(path, &bytes, work.form.is_agreed(), control),
        Err(words) => TaskOutcome::Failed(words),
    }
}

/// Writes a file whole, or leaves what was there; in the place of another only where the user has
/// agreed to that.
pub(super) fn write_result(
    path: PathBuf,
    bytes: &[u8],
    is_agreed: bool,
    control: &Control,
) -> TaskOutcome {
    // From here on it is too late to cancel: a file is written whole or not at all.
    if !control.forbid_cancel() {
        return TaskOutcome::Cancelled;
    }
    let replace = match is_agreed {
        true => ReplacePolicy::Any,
        // It was not there when the user was asked.
        false => ReplacePolicy::Nothing,
    };
    match linchpin_files::write(&path, bytes, replace) {
        Ok(None) => TaskOutcome::FilesWritten(vec![path]),
        Ok(Some(notice)) => TaskOutcome::apply(move |app| {
            app.apply_task_outcome(TaskOutcome::FilesWritten(vec![path]));
            app.notices.info(notice);
        }),
        Err(error) => TaskOutcome::Failed(error.to_string()),
    }
}

fn export_all_charts(work: &ExportTask, folder: PathBuf, control: &Control) -> TaskOutcome {
    let register = &work.loaded.register;
    let plan = match work.recipe() {
        None => BatchPlan::for_all_charts(register, &[work.form.format], &work.form.image, folder),
        Some(recipe) => {
            let houses = batch::sibling_house_style_reader(work.folder.clone());
            match BatchPlan::from_recipe(register, recipe, &work.form.image, &houses, folder) {
                Ok(plan) => plan,
                Err(words) => return TaskOutcome::Failed(words),
            }
        }
    };
    // Asked between two charts from here on.
    if control.is_cancelled() {
        return TaskOutcome::Cancelled;
    }
    let source = BatchSource {
        loaded: &work.loaded,
        name: &work.name,
        rule: work.rule,
    };
    let mut studio = Studio::default();
    // Nothing is forced: what has not changed is not made again.
    match batch::run(&plan, source, false, &mut studio, &mut |_, done, of| {
        report_progress(control, done, of)
    }) {
        Ok(summary) => TaskOutcome::apply(move |app| {
            let folder = plan.folder.display();
            app.notices
                .info(format!("{} in {folder}", summary.summary_text()));
            for words in summary.failures() {
                app.notices.error(words);
            }
            for path in &summary.stale_files {
                let words = "left over from an earlier export: nothing asks for it now";
                app.notices.info(format!("{} is {words}", path.display()));
            }
        }),
        Err(words) => TaskOutcome::Failed(words),
    }
}

/// Says how far the work is, and hears whether it should go on.
fn report_progress(control: &Control, done: usize, of: usize) -> ControlFlow<()> {
    control.set_progress(done as f32 / of.max(1) as f32);
    match control.is_cancelled() {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    }
}

fn export_report(work: &ExportTask, path: PathBuf, control: &Control) -> TaskOutcome {
    let register = &work.loaded.register;
    let (charts, image) = match work.recipe() {
        None => (
            linchpin_charts::charts_of(register).iter().collect(),
            work.form.image.clone(),
        ),
        Some(recipe) => {
            let houses = batch::sibling_house_style_reader(work.folder.clone());
            let charts = batch::recipe_charts(register, recipe);
            let image = batch::recipe_options(recipe, &work.form.image, &houses);
            match charts.and_then(|charts| Ok((charts, image?))) {
                Ok(both) => both,
                Err(words) => return TaskOutcome::Failed(words),
            }
        }
    };
    let options = ReportOptions {
        image,
        paper: PaperSize::default(),
    };
    let report = ChartReport::from_charts(register, &charts, work.rule);
    let mut studio = Studio::default();
    let bytes = report.write(
        work.form.report_format,
        &options,
        &mut studio,
        &mut |done, of| report_progress(control, done, of),
    );
    match bytes {
        Ok(bytes) => write_result(path, &bytes, work.form.is_agreed(), control),
        Err(ReportError::Canceled) => TaskOutcome::Cancelled,
        Err(why) => TaskOutcome::Failed(why.to_string()),
    }
}

impl ExportTask {
    /// The rows that the query finds. It is asked here once more, since the table on screen may
    /// still be that of a moment ago.
    fn rows(&self, kind: RecordKind) -> Vec<u32> {
        let register = &self.loaded.register;
        let index = tables::of_kind(kind).build_index(register);
        let mut rows = run_query(&index, &self.query).rows;
        if let Some(only) = &self.form.only {
            rows.retain(|&index| {
                let record = register.record(RecordRef { kind, index });
                record.is_some_and(|record| only.contains(record.id()))
            });
        }
        rows
    }

    fn recipe(&self) -> Option<&Recipe> {
        let id = self.form.recipe.as_deref()?;
        let mut recipes = self.loaded.register.recipes.iter();
        recipes.find(|recipe| recipe.id.as_str() == id)
    }
}

fn draw_chart(work: &ExportTask, id: &str, studio: &mut Studio) -> Result<Vec<u8>, String> {
    let format = work.form.format;
    if let Some(picture) = &work.picture {
        let evidence = evidence::evidence_of_picture(&work.loaded, &work.name, picture);
        let image = studio.image_with(picture, Some(evidence), format, &work.form.image);
        return Ok(image.map_err(|e| e.to_string())?.bytes);
    }
    let chart = linchpin_charts::by_id_or_standard(&work.loaded.register, id)
        .ok_or("There is no such chart")?;
    // A picture of why there is none would pass for the chart.
    linchpin_charts::build(&work.loaded.register, chart, work.rule)
        .map_err(|error| format!("{id} cannot be drawn: {}", error.message()))?;
    let register = (&work.loaded, work.name.as_str());
    let image = studio
        .chart(register, chart, work.rule, format, &work.form.image)
        .map_err(|e| e.to_string())?;
    Ok(image.bytes)
}
