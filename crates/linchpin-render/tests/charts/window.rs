//! A picture in a window: found by label, hovered, clicked, reached from the keyboard.

use super::{build, shipped};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use linchpin_charts::picture::Picture;
use linchpin_register::Register;
use linchpin_register::query::CountingRule;
use linchpin_render::paint::{self, PictureResponse};
use linchpin_render::theme;

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
        let _ = ui.button("Beyond");
    };
    let mut harness = Harness::builder()
        .with_size(egui::vec2(840.0, 900.0))
        .build_ui_state(show, state);
    harness.run();
    harness
}

#[test]
fn every_mark_can_be_found_by_its_words_and_clicked() {
    let standard = linchpin_charts::standard();
    for chart in linchpin_charts::charts_of(standard) {
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

/// The words of what a screen reader is told to have the keyboard, with its place among the others.
fn told(harness: &Harness<'_, State>) -> (String, Option<usize>, Option<usize>) {
    let all = harness.root().children_recursive();
    let mut focused = all.filter(|node| node.accesskit_node().is_focused());
    let node = focused.next().expect("nothing has the keyboard");
    assert!(focused.next().is_none());
    let node = node.accesskit_node();
    (
        node.label().unwrap_or_default(),
        node.data().position_in_set(),
        node.data().size_of_set(),
    )
}

fn press(harness: &mut Harness<'_, State>, key: egui::Key) {
    harness.key_press(key);
    harness.run();
}

#[test]
fn the_keyboard_walks_from_mark_to_mark_and_is_read_out() {
    use egui::Key;
    let mut harness = harness("commitments-by-strength");
    let labels: Vec<String> = harness
        .state()
        .picture
        .marks()
        .map(|(_, mark)| mark.label.clone())
        .collect();
    let last = labels.len() - 1;
    let at = |at: usize| (labels[at].clone(), Some(at), Some(labels.len()));
    press(&mut harness, Key::Tab);
    let (words, ..) = told(&harness);
    assert!(words.starts_with(&harness.state().picture.title), "{words}");
    for (key, place) in [
        (Key::ArrowRight, 0),
        (Key::ArrowDown, 1),
        (Key::ArrowRight, 2),
        (Key::ArrowLeft, 1),
        (Key::ArrowUp, 0),
        (Key::ArrowUp, 0),
        (Key::End, last),
        (Key::ArrowDown, last),
        (Key::Home, 0),
        (Key::ArrowDown, 1),
    ] {
        press(&mut harness, key);
        assert_eq!(told(&harness), at(place), "{key:?}");
        let walked_to = harness.state().last.walked_to;
        assert_eq!(walked_to.map(|id| id.0 as usize), Some(place));
    }
    assert!(harness.state().clicked.is_empty());
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().clicked, [labels[1].clone()]);
    // Escape goes back to the picture, and then away from it.
    press(&mut harness, Key::Escape);
    assert_eq!(told(&harness).0, words);
    assert!(harness.state().last.has_focus);
    press(&mut harness, Key::Escape);
    assert!(!harness.state().last.has_focus);
}

#[test]
fn one_step_of_tab_passes_a_picture() {
    let mut harness = harness("commitments-by-strength");
    press(&mut harness, egui::Key::Tab);
    press(&mut harness, egui::Key::ArrowRight);
    assert!(harness.state().last.walked_to.is_some());
    press(&mut harness, egui::Key::Tab);
    let response = harness.state().last;
    assert_eq!((response.has_focus, response.walked_to), (false, None));
    assert_eq!(told(&harness).0, "Beyond");
}
