//! Which images are wanted: all charts, or what a recipe says.

use super::recipe::{ReadHouseStyle, recipe_charts, recipe_options};
use crate::export::Format;
use crate::export::image::ImageOptions;
use linchpin_charts;
use linchpin_register::chart_vocabulary::ImageFormat;
use linchpin_register::{Recipe, Register};
use std::path::PathBuf;

/// One image.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageJob {
    /// The id of the chart.
    pub chart: String,
    pub format: Format,
    pub options: ImageOptions,
}

/// The images of one folder.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchPlan {
    /// The id of the recipe; `None`: all charts.
    pub recipe: Option<String>,
    pub folder: PathBuf,
    /// No two of them have the same name.
    pub jobs: Vec<ImageJob>,
}

impl ImageJob {
    /// The name of its file.
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.chart, self.format.extension())
    }
}

impl BatchPlan {
    /// Every chart of a register in each of these formats.
    pub fn for_all_charts(
        register: &Register,
        formats: &[Format],
        options: &ImageOptions,
        folder: PathBuf,
    ) -> BatchPlan {
        let charts = linchpin_charts::charts_of(register).iter();
        let charts: Vec<&str> = charts.map(|chart| chart.id.as_str()).collect();
        BatchPlan {
            recipe: None,
            folder,
            jobs: jobs(&charts, formats, options),
        }
    }

    /// What a recipe says. `base` has what recipes do not speak of.
    ///
    /// # Errors
    /// What is wrong with the recipe, and what would be right.
    pub fn from_recipe(
        register: &Register,
        recipe: &Recipe,
        base: &ImageOptions,
        houses: ReadHouseStyle<'_>,
        folder: PathBuf,
    ) -> Result<BatchPlan, String> {
        let options = recipe_options(recipe, base, houses)?;
        let charts = recipe_charts(register, recipe)?;
        let charts: Vec<&str> = charts.iter().map(|chart| chart.id.as_str()).collect();
        let formats: Vec<Format> = match recipe.formats.as_slice() {
            [] => vec![Format::Png],
            some => some.iter().map(|format| format_of(*format)).collect(),
        };
        Ok(BatchPlan {
            recipe: Some(recipe.id.to_string()),
            folder,
            jobs: jobs(&charts, &formats, &options),
        })
    }
}

/// Each chart in each format, once.
fn jobs(charts: &[&str], formats: &[Format], options: &ImageOptions) -> Vec<ImageJob> {
    let mut jobs: Vec<ImageJob> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for &chart in charts {
        for &format in formats {
            if seen.insert((chart, format)) {
                jobs.push(ImageJob {
                    chart: chart.to_owned(),
                    format,
                    options: options.clone(),
                });
            }
        }
    }
    jobs
}

/// The kind of file that a format of the register stands for.
fn format_of(format: ImageFormat) -> Format {
    match format {
        ImageFormat::Png => Format::Png,
        ImageFormat::Svg => Format::Svg,
        ImageFormat::Pdf => Format::Pdf,
    }
}
