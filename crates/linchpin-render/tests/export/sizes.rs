//! Letters at every preset, read from the files: never smaller than can be read, one scale of type
//! on slides, and no image higher than its page. Where a size is too small, one that would do is
//! named.

use crate::presets::nasty;
use crate::reference::{MARKS, register_of};
use linchpin_charts::picture::Picture;
use linchpin_register::bundled::{ALLIANCE_NAME, BUNDLED_REGISTERS};
use linchpin_register::query::CountingRule;
use linchpin_register::{Register, load};
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::medium::Medium;
use linchpin_render::export::{Format, ImageError, PRESETS, SvgText};
use linchpin_render::theme::render_style::zoom;
use std::sync::Arc;

/// SVG writes hundredths of a pixel.
const ROUNDING_PT: f32 = 0.02;

/// The numbers of an attribute, in the order of the file.
fn numbers<'a>(svg: &'a str, attribute: &'a str) -> impl Iterator<Item = f32> + 'a {
    let mut pieces = svg.split(attribute);
    pieces.next();
    pieces.map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'));
        rest[..end.unwrap_or(rest.len())].parse().unwrap()
    })
}

/// The sizes of letters in an SVG, in printed points.
fn letters_pt(svg: &str) -> Vec<f32> {
    numbers(svg, "font-size=\"").map(|px| px * 0.75).collect()
}

fn draw(
    studio: &mut Studio,
    picture: &Picture,
    options: &ImageOptions,
) -> Result<String, ImageError> {
    let options = ImageOptions {
        svg_text: SvgText::Real,
        ..options.clone()
    };
    let image = studio.image(picture, Format::Svg, &options)?;
    Ok(String::from_utf8(image.bytes).unwrap())
}

/// All charts of a register that can be drawn.
fn pictures(register: &Register) -> Vec<Picture> {
    let charts = linchpin_charts::charts_of(register).iter();
    let built =
        charts.map(|chart| linchpin_charts::build(register, chart, CountingRule::default()));
    built.flatten().collect()
}

/// Many parties with long names, as more rows, columns and small charts than any page holds.
fn many() -> Arc<Register> {
    let parties: String = (0..45)
        .map(|at| {
            format!(
                "(id: \"p{at}\", name: \"The Federal and Democratic Republic of Number {at}\", \
                kind: State),\n"
            )
        })
        .collect();
    let charts = "(id: \"rows\", title: \"Rows\", records: [Parties], mark: Bar, \
        y: (field: \"name\", limit: 45)),
        (id: \"table\", title: \"Table\", records: [Parties], mark: Table),
        (id: \"facets\", title: \"Facets\", records: [Parties], mark: Bar, y: (field: \"kind\"), \
        facet: (field: \"name\", limit: 40)),";
    let text = format!(
        "#![enable(implicit_some)]\n(format: 1, title: \"Many\", parties: [{parties}], \
        charts: [{charts}])"
    );
    load(text.as_str(), Vec::new()).register
}

/// What is wrong with an image of a medium.
fn faults(svg: &str, medium: Medium) -> Vec<String> {
    let letters = letters_pt(svg);
    let mut faults = Vec::new();
    if letters.is_empty() {
        faults.push("no letters are read".to_owned());
    }
    let least = letters.iter().copied().fold(f32::INFINITY, f32::min);
    if medium != Medium::Screen && least < medium.min_letter_pt() - ROUNDING_PT {
        faults.push(format!("letters of {least} points"));
    }
    // Labels, text, headings and single numbers.
    let scale = [12.0, 14.0, 18.0, 28.0].map(|pt| pt * zoom::SLIDE * 0.75);
    let is_of_scale = |pt: &f32| scale.iter().any(|step| (step - pt).abs() < ROUNDING_PT);
    if medium == Medium::Slide && !letters.iter().all(is_of_scale) {
        faults.push(format!("letters off the scale: {letters:?}"));
    }
    faults
}

#[test]
fn letters_can_be_read_at_every_preset_or_a_size_is_named() {
    let mut studio = Studio::default();
    let mut all = Vec::new();
    let mut refused = 0;
    let grammar = include_str!("../charts/grammar.ron");
    let registers = [
        ("plain", register_of(grammar).register),
        ("nasty", register_of(&nasty(grammar)).register),
        ("many", many()),
    ];
    for (name, register) in &registers {
        let pictures = pictures(register);
        assert!(pictures.len() >= MARKS.len().min(3), "{name}");
        for (preset, picture) in PRESETS
            .iter()
            .flat_map(|preset| pictures.iter().map(move |picture| (preset, picture)))
        {
            let mut options = ImageOptions::of_preset(preset);
            let medium = options.medium();
            let what = format!("{name} {} {}", picture.id, preset.id);
            let svg = match draw(&mut studio, picture, &options) {
                Ok(svg) => svg,
                Err(ImageError::TooSmall(why)) => {
                    refused += 1;
                    assert_ne!(medium, Medium::Screen, "{what}");
                    options.size = why.sufficient.unwrap_or_else(|| panic!("{what}: {why}"));
                    assert!(why.to_string().contains(&options.size.to_string()), "{why}");
                    draw(&mut studio, picture, &options)
                        .unwrap_or_else(|still| panic!("{what}: {why}, but {still}"))
                }
                Err(other) => panic!("{what}: {other}"),
            };
            all.extend(
                faults(&svg, medium)
                    .iter()
                    .map(|fault| format!("{what}: {fault}")),
            );
            let page = options.size.max_height();
            let height = numbers(&svg, "height=\"").next().unwrap();
            if let Some(page) = page.filter(|_| options.size == preset.size) {
                let most = page.in_unit(options.size.width.unit).value as f32;
                if height > most + 0.1 {
                    all.push(format!("{what}: {height} high, more than {most}"));
                }
            }
        }
    }
    assert!(all.is_empty(), "{}\n{}", all.len(), all.join("\n"));
    assert!(refused > 5, "{refused}");
}

/// The preset at which the standard charts do not all fit: a timeline has a line for each date.
const TOO_LOW: [(&str, &str); 1] = [("timeline", "wide")];

#[test]
fn every_shipped_chart_fits_every_page_and_fills_one_of_its_own() {
    let mut studio = Studio::default();
    let mut all = Vec::new();
    for bundled in BUNDLED_REGISTERS {
        let register = load(bundled.text, Vec::new()).register;
        for picture in pictures(&register) {
            for preset in PRESETS {
                let options = ImageOptions::of_preset(preset);
                let what = format!("{} {} {}", bundled.name, picture.id, preset.id);
                let svg = match draw(&mut studio, &picture, &options) {
                    Ok(svg) => svg,
                    // Slides and one column have little room for twenty columns of a table.
                    Err(ImageError::TooSmall(why))
                        if !preset.is_page
                            && preset.id != "double-column"
                            && why.sufficient.is_some()
                            && (bundled.name != ALLIANCE_NAME
                                || TOO_LOW.contains(&(&picture.id, preset.id))) =>
                    {
                        continue;
                    }
                    Err(why) => {
                        all.push(format!("{what}: {why}"));
                        continue;
                    }
                };
                let faults = faults(&svg, options.medium());
                all.extend(faults.iter().map(|fault| format!("{what}: {fault}")));
                // Letters of print are 7 points; a page of its own has room for larger ones.
                let least = letters_pt(&svg).into_iter().fold(f32::INFINITY, f32::min);
                if preset.is_page && bundled.name == ALLIANCE_NAME && least < 7.5 {
                    all.push(format!("{what}: letters of {least} points on a page"));
                }
            }
        }
    }
    assert!(all.is_empty(), "{}\n{}", all.len(), all.join("\n"));
}

#[test]
fn a_refused_size_says_why_and_what_would_do() {
    let register = many();
    let pictures = pictures(&register);
    let picture = |id: &str| pictures.iter().find(|picture| picture.id == id).unwrap();
    let words = |id: &str, size: &str| {
        let options = ImageOptions::of_size(size).unwrap();
        match Studio::default().scene(picture(id), &options) {
            Err(error @ ImageError::TooSmall(_)) => error.to_string(),
            other => panic!("{id} {size}: {:?}", other.map(|scene| scene.size_pt)),
        }
    };
    let page = words("rows", "single-column");
    assert!(page.starts_with("at 89 mm it would be "), "{page}");
    assert!(
        page.contains("mm high, and a page has room for 247 mm: "),
        "{page}"
    );
    let slide = words("rows", "slide");
    assert!(
        slide.contains("points, and a slide needs 12: 13.333 x "),
        "{slide}"
    );
    let print = words("facets", "60 x 40 mm");
    assert!(print.contains("points, and print needs 6: "), "{print}");
}
