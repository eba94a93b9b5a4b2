//! Which images are wanted: all charts, or what a recipe says.

use crate::charts;
use crate::export::Format;
use crate::export::house::House;
use crate::export::image::ImageOptions;
use crate::export::length::Length;
use crate::register::{Chart, Recipe, Register};
use std::path::PathBuf;

/// Reads the house style of a file that a recipe names.
///
/// The error says in words why it cannot be read.
pub type Houses<'a> = &'a dyn Fn(&str) -> Result<House, String>;

/// One image.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The id of the chart.
    pub chart: String,
    pub format: Format,
    pub options: ImageOptions,
}

/// The images of one folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The id of the recipe; `None`: all charts.
    pub recipe: Option<String>,
    pub folder: PathBuf,
    /// No two of them have the same name.
    pub jobs: Vec<Job>,
}

impl Job {
    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.{}", self.chart, self.format.extension())
    }
}

impl Plan {
    /// Every chart of a register in each of these formats.
    pub fn all(
        register: &Register,
        formats: &[Format],
        options: &ImageOptions,
        folder: PathBuf,
    ) -> Plan {
        let charts = charts::of(register).iter();
        let charts: Vec<&str> = charts.map(|chart| chart.id.as_str()).collect();
        Plan {
            recipe: None,
            folder,
            jobs: jobs(&charts, formats, options),
        }
    }

    /// What a recipe says. `base` has what recipes do not speak of.
    ///
    /// # Errors
    /// What is wrong with the recipe, and what would be right.
    pub fn of_recipe(
        register: &Register,
        recipe: &Recipe,
        base: &ImageOptions,
        houses: Houses<'_>,
        folder: PathBuf,
    ) -> Result<Plan, String> {
        let options = recipe_options(recipe, base, houses)?;
        let charts = recipe_charts(register, recipe)?;
        let charts: Vec<&str> = charts.iter().map(|chart| chart.id.as_str()).collect();
        let formats: Vec<Format> = match recipe.formats.as_slice() {
            [] => vec![Format::Png],
            some => some.iter().map(|format| Format::from(*format)).collect(),
        };
        Ok(Plan {
            recipe: Some(recipe.id.to_string()),
            folder,
            jobs: jobs(&charts, &formats, &options),
        })
    }
}

/// The charts that a recipe names, in its order; all where it names none.
///
/// # Errors
/// Which chart there is not, and which there are.
pub fn recipe_charts<'r>(
    register: &'r Register,
    recipe: &Recipe,
) -> Result<Vec<&'r Chart>, String> {
    let all = charts::of(register);
    if recipe.charts.is_empty() {
        return Ok(all.iter().collect());
    }
    let known = |id: &str| {
        charts::by_id(register, id).ok_or_else(|| {
            let ids: Vec<&str> = all.iter().map(|chart| chart.id.as_str()).collect();
            let words = format!("there is no chart \"{id}\": write {}", ids.join(", "));
            wrong(recipe, "charts", &words)
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
    houses: Houses<'_>,
) -> Result<ImageOptions, String> {
    let in_field = |field: &'static str| move |words: String| wrong(recipe, field, &words);
    let house = recipe.house.as_deref().map(houses).transpose();
    let house = house.map_err(in_field("house"))?;
    let mut options = match (&recipe.size, house.as_ref().and_then(|h| h.width)) {
        (Some(size), _) => ImageOptions::of_size(size).map_err(in_field("size"))?,
        (None, Some(width)) => ImageOptions::of_size(&width.to_string()).unwrap_or_default(),
        (None, None) => ImageOptions::default(),
    };
    if let Some(dpi) = recipe.dpi {
        if !(10..=1920).contains(&dpi) {
            let words = format!("{dpi} is no resolution: write 10 to 1920 pixels to the inch");
            return Err(wrong(recipe, "dpi", &words));
        }
        options.dpi = dpi as f32;
    }
    if let Some(margin) = &recipe.margin {
        let margin: Length = margin.parse().map_err(in_field("margin"))?;
        options.margin = Some(margin);
    }
    options.style = recipe.style.unwrap_or(options.style);
    options.grey = recipe.grey;
    options.transparent = recipe.transparent;
    options.house = house;
    options.svg_text = base.svg_text;
    options.created = base.created;
    Ok(options)
}

fn wrong(recipe: &Recipe, field: &str, words: &str) -> String {
    format!("The recipe \"{}\", {field}: {words}", recipe.id)
}

/// Each chart in each format, once.
fn jobs(charts: &[&str], formats: &[Format], options: &ImageOptions) -> Vec<Job> {
    let mut jobs: Vec<Job> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for &chart in charts {
        for &format in formats {
            if seen.insert((chart, format)) {
                jobs.push(Job {
                    chart: chart.to_owned(),
                    format,
                    options: options.clone(),
                });
            }
        }
    }
    jobs
}
