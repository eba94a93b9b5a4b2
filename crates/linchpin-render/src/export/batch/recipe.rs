//! What a recipe says, checked: its charts, and how its images are made.

use crate::export::house_text::HouseText;
use crate::export::image::ImageOptions;
use crate::export::{House, Length};
use linchpin_charts;
use linchpin_register::document::is_relative_inside_folder;
use linchpin_register::{Chart, Recipe, Register};
use std::path::PathBuf;

/// Reads the house style of a file that a recipe names.
///
/// The error says in words why it cannot be read.
pub type Houses<'a> = &'a dyn Fn(&str) -> Result<House, String>;

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
        let margin: Result<Length, _> = margin.parse();
        let margin = margin.map_err(|e| in_field("margin")(e.to_string()))?;
        options.margin = Some(margin);
    }
    options.style = recipe.style.unwrap_or(options.style);
    options.grey = recipe.grey;
    options.transparent = recipe.transparent;
    options.numbers = recipe.numbers.unwrap_or(options.numbers);
    options.house = house;
    options.svg_text = base.svg_text;
    options.created = base.created;
    Ok(options)
}

fn wrong(recipe: &Recipe, field: &str, words: &str) -> String {
    format!("The recipe \"{}\", {field}: {words}", recipe.id)
}

/// Reads house styles that recipes name, beside their register and never elsewhere.
pub fn house_beside(folder: Option<PathBuf>) -> impl Fn(&str) -> Result<House, String> {
    move |name: &str| {
        let Some(folder) = &folder else {
            return Err("this register is no file, so there is no file next to it".into());
        };
        if !is_relative_inside_folder(name) {
            return Err(format!(
                "\"{name}\" leads out of the register's folder: put the house style beside the \
                register"
            ));
        }
        let read = HouseText::read(&folder.join(name)).map_err(|why| why.to_string())?;
        let messages = read.messages().join("; ");
        read.house.ok_or(messages)
    }
}
