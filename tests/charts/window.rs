//! A picture in a window: found by label, hovered, clicked, reached from the keyboard.

use super::{build, shipped};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use linchpin::paint::{self, PictureResponse};
use linchpin::picture::Picture;
use linchpin::query::CountingRule;
use linchpin::register::Register;
use linchpin::theme;

struct State {
    register: Register,
    picture: Picture,
    last: PictureResponse,
    clicked: Vec<String>,
}

fn harness(id: &str) -> Harness<'static, State> {
    let register = shipped();
    let picture = build(id, &register, CountingRule::default());
    let state = State {
        register,
        picture,
        last: PictureResponse::default(),
        clicked: Vec::new(),
    };
    let mut installed = false;
    let show = move |ui: &mut egui::Ui, state: &mut State| {
        if !installed {
            theme::install(ui.ctx());
            installed = true;
            return;
        }
        let size = egui::vec2(800.0, paint::height_pt(ui, &state.picture, 800.0));
        state.last = paint::picture(ui, &state.register, &state.picture, size, None);
        if let Some(mark) = state.last.clicked.and_then(|id| state.picture.mark(id)) {
            state.clicked.push(mark.label.clone());
        }
    };
    let mut harness = Harness::builder()
        .with_size(egui::vec2(840.0, 900.0))
        .build_ui_state(show, state);
    harness.run();
    harness
}

#[test]
fn every_mark_can_be_found_by_its_words_and_clicked() {
    let standard = linchpin::charts::standard();
    for chart in linchpin::charts::of(standard) {
        let mut harness = harness(chart.id.as_str());
        let labels: Vec<String> = harness
            .state()
            .picture
            .marks()
            .map(|(_, mark)| mark.label.clone())
            .collect();
        assert!(!labels.is_empty());
        for label in &labels {
            harness.get_all_by_label(label).next().unwrap();
        }
        harness.get_all_by_label(&labels[0]).next().unwrap().click();
        harness.run();
        assert_eq!(harness.state().clicked, [labels[0].clone()], "{}", chart.id);
    }
}

#[test]
fn the_picture_reads_itself_out() {
    let harness = harness("commitments-by-theme");
    let picture = &harness.state().picture;
    let words = format!("{}. {}", picture.title, picture.description);
    harness.get_by_label(&words);
}

#[test]
fn pointing_at_a_mark_names_its_first_records() {
    let mut harness = harness("commitments-by-theme");
    let (id, label, record) = {
        let state = harness.state();
        let (id, mark) = state.picture.marks().next().unwrap();
        let record = state.register.record(mark.records[0]).unwrap();
        (id, mark.label.clone(), record.title().to_owned())
    };
    harness.get_by_label(&label).hover();
    harness.run_steps(60);
    assert_eq!(harness.state().last.hovered, Some(id));
    harness.get_by_label(&record);
}

#[test]
fn the_keyboard_reaches_a_mark_and_chooses_it() {
    let mut harness = harness("commitments-by-strength");
    harness.key_press(egui::Key::Tab);
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    let first = harness
        .state()
        .picture
        .marks()
        .next()
        .unwrap()
        .1
        .label
        .clone();
    assert_eq!(harness.state().clicked, [first]);
}
