//! `linchpin export --all`, `--recipe` and `--report`: many charts in one go.

use super::input::RegisterInput;
use super::output::OverwriteArgs;
use super::unknown::unknown_name;
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_charts;
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, Recipe};
use linchpin_render::export::Format;
use linchpin_render::export::batch::{
    self, BatchFile, BatchOutcome, BatchPlan, BatchSource, BatchSummary, run,
};
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::report::{ChartReport, PaperSize, ReportFormat, ReportOptions};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What a recipe says itself.
const RECIPE_CONFLICTS: [&str; 13] = [
    "evidence",
    "size",
    "style",
    "margin",
    "dpi",
    "grey",
    "transparent",
    "house",
    "numbers",
    "width",
    "height",
    "scale",
    "theme",
];

/// What a report decides itself.
const REPORT_CONFLICTS: [&str; 8] = [
    "evidence",
    "size",
    "margin",
    "dpi",
    "transparent",
    "width",
    "height",
    "scale",
];

/// Which charts, and whether they are made again.
#[derive(clap::Args)]
pub struct BatchArgs {
    /// Every chart, into a folder
    #[arg(long, group = "many")]
    all: bool,
    /// The charts, formats and sizes of one of the register's recipes, into a folder
    #[arg(long, value_name = "ID", group = "many", conflicts_with_all = RECIPE_CONFLICTS)]
    recipe: Option<String>,
    /// Every recipe, each into a folder of its name within the folder
    #[arg(long, group = "many", conflicts_with_all = RECIPE_CONFLICTS)]
    recipes: bool,
    /// One report of all charts, or of a recipe's: with their data and sources, as a page for the
    /// web (.html) or paged (.pdf)
    #[arg(long, conflicts_with_all = ["all", "recipes"], conflicts_with_all = REPORT_CONFLICTS)]
    report: bool,
    /// With --report: the paper of a paged report
    #[arg(long, value_enum, default_value = "a4", requires = "report")]
    paper: PaperArg,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum PaperArg {
    A4,
    Letter,
}

/// An export of many charts.
pub struct BatchExport<'a> {
    pub input: &'a RegisterInput,
    /// The register's file or folder, as it was named.
    pub file: Option<&'a Path>,
    pub to: &'a Path,
    pub options: &'a ImageOptions,
    pub rule: CountingRule,
    /// With many charts, `--force` also makes again what would be the same.
    pub overwrite: OverwriteArgs,
}

impl BatchExport<'_> {
    /// Makes what is asked for; a line for each file, then how many there are.
    ///
    /// # Errors
    /// Where nothing says what to export, a recipe cannot be followed, or a file cannot be
    /// written.
    pub fn run(&self, many: &BatchArgs, formats: &[Format]) -> CliResult {
        // A page can only be a report, so that `--report` may be left out.
        let is_page = ReportFormat::from_path(self.to) == Some(ReportFormat::Html);
        if many.report || (is_page && !many.all && !many.recipes) {
            return self.write_report(many);
        }
        let plans = self.plans(many, formats)?;
        // A folder that is there may have any name.
        if let Some(extension) = self.to.extension().filter(|_| !self.to.is_dir()) {
            let extension = extension.to_string_lossy().to_lowercase();
            if ["png", "svg", "pdf", "html"].contains(&extension.as_str()) {
                return Err(CliError(format!(
                    "{} looks like a file, and many images need a folder: name one such as --to \
                    figures. For one file with all charts write --report",
                    self.to.display()
                )));
            }
        }
        let mut studio = Studio::default();
        let mut total = BatchSummary::default();
        for plan in &plans {
            let name = self.input.file_name();
            let source = BatchSource {
                loaded: &self.input.loaded,
                name: &name,
                rule: self.rule,
            };
            let mut written = Ok(());
            let mut report_file = |file: &BatchFile, _, _| {
                written =
                    output::print_result(&format!("{}: {}\n", file.path.display(), file.label()));
                // Where nobody reads the lines any more, as behind a closed pipe, the export ends.
                match written {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            };
            let force = self.overwrite.force;
            let summary = run(plan, source, force, &mut studio, &mut report_file);
            let summary = summary.map_err(CliError)?;
            written?;
            for path in &summary.stale_files {
                output::print_message(&format!(
                    "{} is left over from an earlier export: nothing asks for it now",
                    path.display()
                ));
            }
            total.files.extend(summary.files);
        }
        output::print_result(&format!("{}\n", total.summary_text()))?;
        let is_foreign = |file: &BatchFile| file.outcome == BatchOutcome::Foreign;
        let advice = match total.files.iter().any(is_foreign) {
            true => "; --force replaces also what Linchpin has not made",
            false => "",
        };
        let is_not_drawn = |file: &&BatchFile| {
            matches!(
                file.outcome,
                BatchOutcome::NotDrawn(_) | BatchOutcome::TooSmall(_)
            )
        };
        let not_drawn = total.files.iter().filter(is_not_drawn).count();
        match total.failures().count() {
            0 => Ok(ExitStatus::Success),
            // Each has its line with the reason.
            all if all == not_drawn => Ok(ExitStatus::Problems),
            1 => Err(CliError(format!("1 image could not be made{advice}"))),
            count => Err(CliError(format!(
                "{count} images could not be made{advice}"
            ))),
        }
    }

    fn plans(&self, many: &BatchArgs, formats: &[Format]) -> Result<Vec<BatchPlan>, CliError> {
        let register = &self.input.loaded.register;
        let houses = batch::sibling_house_style_reader(self.folder());
        let plan = |recipe: &Recipe, folder: PathBuf| {
            BatchPlan::from_recipe(register, recipe, self.options, &houses, folder)
                .map_err(CliError)
        };
        if let Some(id) = &many.recipe {
            let recipe = register.recipes.iter().find(|r| r.id.as_str() == id);
            let recipe = recipe.ok_or_else(|| self.unknown_recipe(id))?;
            return Ok(vec![plan(recipe, self.to.to_owned())?]);
        }
        if many.recipes {
            if register.recipes.is_empty() {
                return Err(CliError(NO_RECIPES.into()));
            }
            let recipes = register.recipes.iter();
            return recipes
                .map(|r| plan(r, self.to.join(r.id.as_str())))
                .collect();
        }
        if !many.all {
            return Err(CliError(
                "Say what to export: --chart ID for one chart, --all, --recipe ID or --report"
                    .into(),
            ));
        }
        let folder = self.to.to_owned();
        Ok(vec![BatchPlan::for_all_charts(
            register,
            formats,
            self.options,
            folder,
        )])
    }

    /// Makes a report of all charts, or of those of a recipe.
    fn write_report(&self, many: &BatchArgs) -> CliResult {
        let format = ReportFormat::from_path(self.to).ok_or_else(|| {
            CliError(format!(
                "{} names no format of a report: end it with .html for a page, or .pdf for paper",
                self.to.display()
            ))
        })?;
        let register = &self.input.loaded.register;
        let (charts, image): (Vec<&Chart>, ImageOptions) = match &many.recipe {
            None => (
                linchpin_charts::charts_of(register).iter().collect(),
                self.options.clone(),
            ),
            Some(id) => {
                let recipe = register.recipes.iter().find(|r| r.id.as_str() == id);
                let recipe = recipe.ok_or_else(|| self.unknown_recipe(id))?;
                let houses = batch::sibling_house_style_reader(self.folder());
                let charts = batch::recipe_charts(register, recipe).map_err(CliError)?;
                let image =
                    batch::recipe_options(recipe, self.options, &houses).map_err(CliError)?;
                (charts, image)
            }
        };
        let options = ReportOptions {
            image,
            paper: match many.paper {
                PaperArg::A4 => PaperSize::A4,
                PaperArg::Letter => PaperSize::Letter,
            },
        };
        let report = ChartReport::from_charts(register, &charts, self.rule);
        let bytes = report.write(format, &options, &mut Studio::default(), &mut |_, _| {
            ControlFlow::Continue(())
        });
        let bytes = bytes.map_err(|why| CliError(why.to_string()))?;
        output::write_result(self.to, &bytes, self.overwrite, &self.input.sources)?;
        let mut status = ExitStatus::Success;
        for chart in charts {
            // The report says it in the chart's place; whoever runs this in a script reads it here.
            if let Err(error) = linchpin_charts::build(register, chart, self.rule) {
                let id = chart.id.as_str();
                output::print_message(&format!("{id} cannot be drawn: {}", error.message()));
                status = ExitStatus::Problems;
            }
        }
        Ok(status)
    }

    fn unknown_recipe(&self, id: &str) -> CliError {
        let recipes = &self.input.loaded.register.recipes;
        if recipes.is_empty() {
            return CliError(NO_RECIPES.into());
        }
        let names = recipes.iter();
        let names: Vec<_> = names
            .map(|r| (r.id.as_str().to_owned(), Some(r.title.clone())))
            .collect();
        unknown_name("recipe", id, "Recipes", &names)
    }

    /// The folder in which the register lies, or which it is.
    fn folder(&self) -> Option<PathBuf> {
        let file = self.file.filter(|file| *file != Path::new("-"))?;
        match file.is_dir() {
            true => Some(file.to_owned()),
            false => file.parent().map(Path::to_owned),
        }
    }
}

const NO_RECIPES: &str =
    "The register has no recipes: add one to its list `recipes`, or export with --all";
