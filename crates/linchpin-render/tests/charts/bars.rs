//! Bars horizontal and upright, small multiples and tables made by hand: nothing is cut, every mark
//! can be reached, equal numbers have equal lengths.

use super::boxes::{Screen, texts, whole_and_apart};
use super::{nasty, samples};
use egui::epaint::{ClippedShape, TextShape};
use egui::{Rect, Shape, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use linchpin_charts::picture::{Extent, Picture, PictureBody};
use linchpin_register::Register;
use linchpin_render::{paint, theme};

fn keeps_apart(pictures: &[Picture], widths: &[f32]) {
    let register = Register::default();
    let (screen, fine) = (Screen::new(1.0), Screen::new(8.0));
    for picture in pictures {
        for width in widths {
            let height = screen.height(picture, *width);
            // What is shrunk has letters of a few points.
            let screen = if *width < 400.0 { &fine } else { &screen };
            whole_and_apart("made", &register, picture, vec2(*width, height), screen);
        }
        // Flatter and taller than it wants to be.
        for (width, height) in [(800.0, 300.0), (600.0, 1400.0)] {
            whole_and_apart("made", &register, picture, vec2(width, height), &fine);
        }
    }
}

#[test]
fn texts_of_fair_pictures_keep_apart() {
    keeps_apart(
        &samples::fair(),
        &[240.0, 330.0, 400.0, 640.0, 1000.0, 1600.0],
    );
}

#[test]
fn texts_of_nasty_bars_keep_apart() {
    let bars = |picture: &Picture| !is_grid(picture);
    let pictures: Vec<_> = nasty::pictures().into_iter().filter(bars).collect();
    assert!(pictures.len() > 40);
    keeps_apart(&pictures, &[240.0, 500.0, 1600.0]);
}

#[test]
fn texts_of_nasty_multiples_and_tables_keep_apart() {
    let pictures: Vec<_> = nasty::pictures().into_iter().filter(is_grid).collect();
    assert!(pictures.len() > 15);
    keeps_apart(&pictures, &[240.0, 500.0, 1600.0]);
}

fn is_grid(picture: &Picture) -> bool {
    picture.id.contains("multiples") || picture.id.contains("table")
}

struct Shown {
    picture: Picture,
    width: f32,
    height: f32,
}

#[test]
fn every_mark_has_a_place_within_the_picture() {
    let first = samples::fair().remove(0);
    let state = Shown {
        picture: first,
        width: 700.0,
        height: 400.0,
    };
    let mut installed = false;
    let show = move |ui: &mut egui::Ui, state: &mut Shown| {
        if !installed {
            theme::install(ui.ctx());
            installed = true;
            return;
        }
        state.height = paint::height_pt(ui, &state.picture, state.width);
        let size = vec2(state.width, state.height);
        paint::show_picture(ui, &Register::default(), &state.picture, size, None);
    };
    let size = vec2(720.0, 900.0);
    let mut harness = Harness::builder()
        .with_size(size)
        .build_ui_state(show, state);
    for picture in samples::fair().into_iter().chain(nasty::pictures()) {
        harness.state_mut().picture = picture;
        harness.run();
        let state = harness.state();
        let room = vec2(state.width, state.height);
        let room = Rect::from_min_size(egui::Pos2::ZERO, room).expand(16.0);
        for (id, mark) in state.picture.marks() {
            let node = harness.query_all_by_label(&mark.label).next();
            let node = node.unwrap_or_else(|| panic!("{}: no place for {id:?}", state.picture.id));
            assert!(
                room.contains_rect(node.rect()),
                "{}: {id:?}",
                state.picture.id
            );
        }
    }
}

fn named(id: &str) -> Picture {
    let mut all = samples::fair().into_iter().chain(nasty::pictures());
    all.find(|picture| picture.id == id).unwrap()
}

fn shapes(id: &str, width: f32) -> Vec<ClippedShape> {
    painted(&named(id), width)
}

fn painted(picture: &Picture, width: f32) -> Vec<ClippedShape> {
    let screen = Screen::new(1.0);
    let size = vec2(width, screen.height(picture, width));
    screen.paint(&Register::default(), picture, size)
}

/// The texts of shapes, with their boxes.
fn said(shapes: &[ClippedShape]) -> Vec<(String, Rect, f32)> {
    let mut found: Vec<&TextShape> = Vec::new();
    shapes.iter().for_each(|s| texts(&s.shape, &mut found));
    let said = |text: &&TextShape| {
        let words = text.galley.text().to_owned();
        (words, text.visual_bounding_rect(), text.angle)
    };
    found.iter().map(said).collect()
}

fn boxes_of(shapes: &[ClippedShape], words: &str) -> Vec<Rect> {
    let all = said(shapes).into_iter();
    all.filter(|t| t.0 == words).map(|t| t.1).collect()
}

/// The filled rectangles of shapes, the ground apart.
fn fills(shapes: &[ClippedShape]) -> Vec<Rect> {
    let fill = |shape: &ClippedShape| match &shape.shape {
        Shape::Rect(rect) if rect.fill != egui::Color32::TRANSPARENT => Some(rect.rect),
        _ => None,
    };
    shapes.iter().filter_map(fill).skip(1).collect()
}

#[test]
fn columns_stand_where_names_fit_and_lie_where_they_do_not() {
    let stands = |id: &str, width: f32, names: [&str; 2]| {
        let shapes = shapes(id, width);
        let [first, second] = names.map(|name| boxes_of(&shapes, name)[0]);
        (second.left() > first.right() - 0.5, said(&shapes))
    };
    let names = ["Extended deterrence", "Industry"];
    let (level, texts) = stands("stacked-up", 1000.0, names);
    assert!(level && texts.iter().all(|t| t.2 == 0.0));
    let (turned, texts) = stands("stacked-up", 400.0, names);
    assert!(turned && texts.iter().filter(|t| t.2 != 0.0).count() == 5);
    let sixty = ["Group number 0", "Group number 59"];
    assert!(stands("sixty bars true", 2400.0, sixty).0);
    let (horizontal, texts) = stands("sixty bars true", 500.0, sixty);
    assert!(!horizontal && texts.iter().all(|t| t.2 == 0.0));
}

#[test]
fn no_word_of_a_name_or_number_is_broken() {
    for id in [
        "figures-up",
        "figures",
        "years-up",
        "stacked-up",
        "grouped-up",
        "share-up",
    ] {
        for width in [280.0, 400.0, 520.0, 700.0] {
            let shapes = shapes(id, width);
            let mut found = Vec::new();
            shapes.iter().for_each(|s| texts(&s.shape, &mut found));
            for text in found {
                let rows = &text.galley.rows;
                for row in rows.iter().take(rows.len().saturating_sub(1)) {
                    let last = row.text().chars().last();
                    let whole = row.ends_with_newline || last.is_none_or(|c| !c.is_alphanumeric());
                    assert!(whole, "{id}, {width}: {:?}", text.galley.text());
                }
            }
        }
    }
}

#[test]
fn the_value_axis_has_round_numbers_and_shares_end_at_100_percent() {
    let numbers = |id: &str| -> Vec<String> {
        let shapes = shapes(id, 1000.0);
        let all = said(&shapes).into_iter();
        let gutter = all.filter(|t| t.1.right() < 70.0);
        gutter.map(|t| t.0).collect()
    };
    for tick in ["0", "10", "20", "30", "40", "50"] {
        assert!(numbers("stacked-up").iter().any(|n| n == tick), "{tick}");
    }
    for tick in ["0%", "50%", "100%"] {
        assert!(numbers("share-up").iter().any(|n| n == tick), "{tick}");
    }
    let shapes = shapes("share", 1000.0);
    let totals = ["49", "22", "24", "7", "6"].map(|total| boxes_of(&shapes, total)[0].left());
    assert!(
        totals.iter().all(|x| (x - totals[0]).abs() < 2.0),
        "{totals:?}"
    );
    assert_eq!(boxes_of(&shapes, "100%").len(), 1);
    let parts: Vec<_> = ["43%", "29%", "18%", "10%"]
        .map(|p| boxes_of(&shapes, p).len())
        .into();
    assert!(parts.iter().all(|count| *count > 0), "{parts:?}");
}

#[test]
fn parts_are_named_directly_where_the_names_fit_and_in_a_key_elsewhere() {
    let samples = |width: f32| {
        let shapes = shapes("stacked", width);
        assert_eq!(boxes_of(&shapes, "Recital").len(), 1);
        let all = fills(&shapes);
        let sample = |rect: &&Rect| (rect.size() - vec2(14.0, 14.0)).length() < 0.1;
        all.iter().filter(sample).count()
    };
    assert_eq!(samples(1000.0), 0);
    assert_eq!(samples(400.0), 4);
    let shapes = shapes("stacked", 1000.0);
    let label = boxes_of(&shapes, "4 · firm intention")[0];
    let number = boxes_of(&shapes, "14")[0];
    let part = around(&shapes, number);
    assert!(
        (label.left() - part.left()).abs() < 3.0,
        "{label:?} {part:?}"
    );
    assert!(label.bottom() <= part.top());
}

/// The part of a bar in which a number stands.
fn around(shapes: &[ClippedShape], number: Rect) -> Rect {
    let all = fills(shapes).into_iter();
    let holding = all.filter(|rect| rect.contains(number.center()));
    holding
        .max_by(|a, b| a.area().total_cmp(&b.area()))
        .unwrap()
}

#[test]
fn equal_numbers_have_equal_lengths_in_every_panel_and_there_is_one_key() {
    for (id, upright) in [("multiples", false), ("multiples-up", true)] {
        let mut picture = named(id);
        let shapes = painted(&picture, 1000.0);
        let lengths = lengths_of(&shapes, "11", upright);
        assert_eq!(lengths.len(), 5, "{id}");
        assert!(
            lengths.iter().all(|l| (l - lengths[0]).abs() < 0.01),
            "{lengths:?}"
        );
        assert_eq!(boxes_of(&shapes, "Recital").len(), 1);
        // Unless each has a scale of its own.
        let PictureBody::SmallMultiples(body) = &mut picture.body else {
            panic!("{id} is multiples");
        };
        body.has_independent_scales = true;
        let shapes = painted(&picture, 1000.0);
        let lengths = lengths_of(&shapes, "11", upright);
        assert!(lengths[2] > 1.5 * lengths[0], "{lengths:?}");
        assert_eq!(boxes_of(&shapes, "Recital").len(), 1);
    }
}

/// How long the parts are in which a number stands.
fn lengths_of(shapes: &[ClippedShape], words: &str, upright: bool) -> Vec<f32> {
    let length = |number: &Rect| {
        let part = around(shapes, *number).size();
        if upright { part.y } else { part.x }
    };
    boxes_of(shapes, words).iter().map(length).collect()
}

#[test]
fn numbers_of_a_table_end_at_the_right() {
    let shapes = shapes("table", 1000.0);
    let right = |words: &str| boxes_of(&shapes, words)[0].right();
    assert!((right("4") - right("1,024")).abs() < 1.5);
    assert!((right("2") - right("1,024")).abs() < 1.5);
}

#[test]
fn columns_of_many_years_stand_on_an_axis_that_names_round_ones() {
    let names: Vec<String> = (1953..=2026).map(|year| year.to_string()).collect();
    let all: Vec<(&str, Extent, &str)> = names
        .iter()
        .map(|name| (name.as_str(), Extent::exact(12_345.0), "12,345"))
        .collect();
    let mut years = samples::bars(&all);
    years.is_vertical = true;
    let years = samples::picture("years", PictureBody::Bars(years));
    keeps_apart(std::slice::from_ref(&years), &[320.0, 500.0, 800.0, 1200.0]);
    let is_named = |width: f32, year: &str| {
        let shapes = painted(&years, width);
        !boxes_of(&shapes, year).is_empty()
    };
    assert!(is_named(800.0, "1955") && is_named(800.0, "2025"));
    assert!(!is_named(800.0, "1954"), "only round years have room");
    // Too narrow for columns: each year has a row.
    assert!(is_named(320.0, "1954") && is_named(320.0, "2026"));
}
