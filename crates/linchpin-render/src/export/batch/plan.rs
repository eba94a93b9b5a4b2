//! Which images are wanted: all charts, or what a recipe says.

use crate::export::house_style::HouseStyleText;
use crate::export::image::ImageOptions;
use crate::export::{Format, HouseStyle, Length};
use linchpin_register::chart_vocabulary::ImageFormat;
use linchpin_register::document::is_relative_inside_folder;
use linchpin_register::{Chart, Recipe, Register};
use std::path::PathBuf;

/// One image.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageJob {
    /// The id of the chart.
    pub chart: String,
    /// The kind of file.
    pub format: Format,
    /// How it is made.
    pub options: ImageOptions,
}

/// The images of one folder.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchPlan {
    /// The id of the recipe; `None`: all charts.
    pub recipe: Option<String>,
    /// Where they go.
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
            // A recipe may name a chart twice, but two jobs for one file would overwrite each
            // other.
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

/// Reads the house style of a file that a recipe names.
///
/// The error says in words why it cannot be read.
pub type ReadHouseStyle<'a> = &'a dyn Fn(&str) -> Result<HouseStyle, String>;

/// The charts that a recipe names, in its order; all where it names none.
///
/// # Errors
/// Which chart there is not, and which there are.
pub fn recipe_charts<'r>(
    register: &'r Register,
    recipe: &Recipe,
) -> Result<Vec<&'r Chart>, String> {
    let all = linchpin_charts::charts_of(register);
    if recipe.charts.is_empty() {
        return Ok(all.iter().collect());
    }
    let known = |id: &str| {
        linchpin_charts::by_id_or_standard(register, id).ok_or_else(|| {
            let ids: Vec<&str> = all.iter().map(|chart| chart.id.as_str()).collect();
            let words = format!("there is no chart \"{id}\": write {}", ids.join(", "));
            recipe_error(recipe, "charts", &words)
        })
    };
    recipe
        .charts
        .iter()
        .map(|link| known(link.as_str()))
        .collect()
}

/// How the images of a recipe are made. `base` has what recipes do not speak of.
///
/// # Errors
/// What is wrong with the recipe, and what would be right.
pub fn recipe_options(
    recipe: &Recipe,
    base: &ImageOptions,
    read_house_style: ReadHouseStyle<'_>,
) -> Result<ImageOptions, String> {
    let in_field = |field: &'static str| move |words: String| recipe_error(recipe, field, &words);
    let house = recipe.house.as_deref().map(read_house_style).transpose();
    let house = house.map_err(in_field("house"))?;
    let mut options = match (&recipe.size, house.as_ref().and_then(|h| h.width)) {
        (Some(size), _) => ImageOptions::of_size(size).map_err(in_field("size"))?,
        (None, Some(width)) => {
            ImageOptions::of_size(&width.to_string()).map_err(in_field("house"))?
        }
        (None, None) => ImageOptions::default(),
    };
    if let Some(dpi) = recipe.dpi {
        if !(10..=1920).contains(&dpi) {
            let words = format!("{dpi} is no resolution: write 10 to 1920 pixels to the inch");
            return Err(recipe_error(recipe, "dpi", &words));
        }
        options.dpi = dpi as f32;
    }
    if let Some(margin) = &recipe.margin {
        let margin: Result<Length, _> = margin.parse();
        let margin = margin.map_err(|e| in_field("margin")(e.to_string()))?;
        options.margin = Some(margin);
    }
    options.style = recipe.style.unwrap_or(options.style);
    options.grey = recipe.grey;
    options.transparent = recipe.transparent;
    options.numbers = recipe.numbers.unwrap_or(options.numbers);
    options.evidence = recipe.evidence.unwrap_or(options.evidence);
    options.house = house;
    options.svg_text = base.svg_text;
    options.created = base.created;
    Ok(options)
}

fn recipe_error(recipe: &Recipe, field: &str, words: &str) -> String {
    format!("The recipe \"{}\", {field}: {words}", recipe.id)
}

/// Reads house styles that recipes name, next to their register and never elsewhere.
pub fn sibling_house_style_reader(
    folder: Option<PathBuf>,
) -> impl Fn(&str) -> Result<HouseStyle, String> {
    move |name: &str| {
        let Some(folder) = &folder else {
            return Err("this register is no file, so there is no file next to it".into());
        };
        // A register may come from a stranger: its recipes do not reach out of its folder.
        if !is_relative_inside_folder(name) {
            return Err(format!(
                "\"{name}\" leads out of the register's folder: put the house style beside the \
                register"
            ));
        }
        let stays = linchpin_files::sibling_texts::refuse_link_outside(folder, name);
        stays.map_err(|why| format!("\"{name}\": {why}"))?;
        let read = HouseStyleText::read(&folder.join(name)).map_err(|why| why.to_string())?;
        let messages = read.messages().join("; ");
        read.house.ok_or(messages)
    }
}
