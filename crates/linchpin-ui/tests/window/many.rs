//! Several rows picked out and edited together.

#[path = "../../../../benches/generate.rs"]
#[allow(dead_code, reason = "only a part of it is needed here")]
mod generate;

use crate::desk::Desk;
use crate::editing::{choose_in, fill, text, undo, with_step};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use linchpin_register::{Commitment, RecordKind, RegisterRecord as _};

fn commitments(desk: &Desk) -> Vec<Commitment> {
    Commitment::list(desk.app().register()).to_vec()
}

fn count(desk: &Desk) -> usize {
    desk.app()
        .view
        .tables
        .row_selection
        .count(RecordKind::Commitment)
}

fn row(desk: &mut Desk, number: usize, modifiers: Modifiers) {
    let title = commitments(desk)[number].title.clone();
    let rows = desk.harness.get_all_by_role_and_label(Role::Row, &title);
    let row = rows.into_iter().next().unwrap();
    row.click_modifiers(modifiers);
    desk.run();
}

fn is_on(desk: &Desk, number: usize) -> bool {
    let title = commitments(desk)[number].title.clone();
    let mut rows = desk.harness.get_all_by_role_and_label(Role::Row, &title);
    let row = rows.next().unwrap();
    row.accesskit_node().is_selected() == Some(true)
}

/// The first, the third and the fourth commitment are picked out.
fn three(desk: &mut Desk) -> Vec<Commitment> {
    desk.go("Commitments");
    row(desk, 0, Modifiers::NONE);
    row(desk, 2, Modifiers::COMMAND);
    row(desk, 3, Modifiers::COMMAND);
    assert_eq!(count(desk), 3);
    let all = commitments(desk);
    [0, 2, 3].map(|at| all[at].clone()).to_vec()
}

#[test]
fn rows_are_picked_out_with_the_pointer_and_the_keys() {
    let mut desk = Desk::bundled();
    three(&mut desk);
    assert!(desk.says("3 selected"));
    assert_eq!(
        [0, 1, 2, 3].map(|at| is_on(&desk, at)),
        [true, false, true, true]
    );
    row(&mut desk, 2, Modifiers::COMMAND);
    assert!(!is_on(&desk, 2));
    row(&mut desk, 5, Modifiers::NONE);
    assert_eq!(count(&desk), 0, "a click alone picks nothing out");
    row(&mut desk, 2, Modifiers::SHIFT);
    assert_eq!(count(&desk), 4);
    row(&mut desk, 6, Modifiers::SHIFT);
    assert_eq!(count(&desk), 2, "the stretch begins where it began");
    desk.press(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(count(&desk), 3);
    desk.press(Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(count(&desk), 2);
    desk.press(Modifiers::COMMAND, Key::A);
    assert_eq!(count(&desk), commitments(&desk).len());
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(count(&desk), 0);
    assert!(!desk.says("selected"));
}

#[test]
fn in_the_search_field_all_means_the_words() {
    let mut desk = Desk::bundled();
    desk.go("Commitments");
    desk.search("nuclear");
    desk.press(Modifiers::COMMAND, Key::A);
    assert_eq!(count(&desk), 0);
    desk.press(Modifiers::NONE, Key::Escape);
    desk.press(Modifiers::COMMAND, Key::A);
    let (_, selection) = desk.app().derived.table(RecordKind::Commitment).unwrap();
    assert_eq!(count(&desk), selection.rows.len());
    assert!(count(&desk) < commitments(&desk).len());
}

#[test]
fn rows_that_a_filter_hides_are_counted() {
    let mut desk = Desk::bundled();
    three(&mut desk);
    desk.search("zzzzzz");
    assert!(desk.says("3 selected"));
    assert!(desk.says("(3 of them hidden by the filters)"));
}

#[test]
fn a_theme_is_added_to_many_in_one_step() {
    let mut desk = Desk::bundled();
    let before = three(&mut desk);
    let register = desk.app().register().clone();
    let theme = &register.themes[0];
    let has_it = |c: &Commitment| {
        c.themes
            .iter()
            .any(|link| link.as_str() == theme.id.as_str())
    };
    let had = before.iter().filter(|c| has_it(c)).count();
    assert!(had < 3);
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, "Add theme…");
        choose_in(desk, "Themes", &theme.name);
        let changed = 3 - had;
        let what = if changed == 1 {
            "commitment"
        } else {
            "commitments"
        };
        desk.choose(Role::Button, &format!("Change {changed} {what}"));
        let after = commitments(desk);
        assert!([0, 2, 3].iter().all(|&at| has_it(&after[at])));
        assert_eq!(count(desk), 3, "they stay picked out");
    });
}

#[test]
fn a_field_is_set_and_taken_out_again() {
    let mut desk = Desk::bundled();
    three(&mut desk);
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, "Set field…");
        desk.harness
            .get_by_label("Field: Strength")
            .click_accesskit();
        desk.run();
        desk.choose(Role::Button, "Mode");
        choose_in(desk, "Mode", "practice");
        let button = desk.harness.query_all_by_role(Role::Button);
        let names: Vec<String> = button.map(|node| crate::desk::label(&node)).collect();
        let name = names
            .iter()
            .find(|name| name.starts_with("Change "))
            .unwrap();
        desk.choose(Role::Button, name);
        let after = commitments(desk);
        assert!(
            [0, 2, 3]
                .iter()
                .all(|&at| after[at].mode.label() == "practice")
        );
    });
}

#[test]
fn what_is_wrong_is_not_written_to_any() {
    let mut desk = Desk::bundled();
    let three = three(&mut desk);
    let before = text(&desk);
    desk.choose(Role::Button, "Set field…");
    desk.harness
        .get_by_label("Field: Strength")
        .click_accesskit();
    desk.run();
    desk.harness.get_by_label("Parent").click_accesskit();
    desk.run();
    choose_in(&mut desk, "Parent", &three[0].title);
    assert!(desk.says("1 commitment stays as it is:"));
    assert_eq!(text(&desk), before);
    desk.choose(Role::Button, "Cancel");
    assert_eq!(text(&desk), before);
}

#[test]
fn many_are_assessed_at_once() {
    let mut desk = Desk::bundled();
    let before = three(&mut desk);
    with_step(&mut desk, |desk| {
        desk.choose(Role::Button, "Set status…");
        fill(desk, "Assessor of status", "A. Reader");
        choose_in(desk, "Status of status", "no evidence found");
        desk.choose(Role::Button, "Change 3 commitments");
        let after = commitments(desk);
        for (old, at) in before.iter().zip([0, 2, 3]) {
            assert_eq!(after[at].status.len(), old.status.len() + 1);
            assert_eq!(after[at].current_status().label(), "no evidence found");
        }
    });
    assert_eq!(desk.app().view.preferences.assessor, "A. Reader");
}

#[test]
fn many_are_removed_and_undone_byte_for_byte() {
    let mut desk = Desk::bundled();
    let gone = three(&mut desk);
    let before = text(&desk);
    desk.press(Modifiers::NONE, Key::Delete);
    assert!(desk.says(&gone[1].title));
    let unlinks = desk
        .harness
        .query_by_role_and_label(Role::Button, "Remove and unlink");
    let name = if unlinks.is_some() {
        "Remove and unlink"
    } else {
        "Remove"
    };
    desk.choose(Role::Button, name);
    let register = desk.app().register();
    assert!(gone.iter().all(|c| register.find(c.id.as_str()).is_none()));
    assert_eq!(desk.app().file.latest.diagnostics.len(), 0);
    assert_eq!(count(&desk), 0);
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn a_broken_file_lets_nothing_be_edited() {
    let mut desk = Desk::bundled();
    three(&mut desk);
    crate::editing::break_text(&mut desk);
    let before = text(&desk);
    for name in ["Set field…", "Remove…"] {
        desk.choose(Role::Button, name);
        assert!(desk.says("The file has syntax errors"));
        assert!(desk.app().dialog == linchpin_app::dialog::Dialog::None);
    }
    assert_eq!(text(&desk), before);
}

#[test]
fn every_row_of_a_large_file_is_edited_beside_the_frames() {
    let text_before = generate::register(3_000);
    let mut desk = Desk::with(&text_before);
    desk.go("Commitments");
    desk.press(Modifiers::COMMAND, Key::A);
    let all = commitments(&desk).len();
    assert!(all > 500 && count(&desk) == all);
    let register = desk.app().register().clone();
    let theme = register.themes.last().unwrap().clone();
    desk.choose(Role::Button, "Add theme…");
    choose_in(&mut desk, "Themes", &theme.name);
    let is_known = |app: &linchpin_app::App| app.bulk_preview(&app.dialog).is_some();
    desk.wait("what will happen", is_known);
    desk.run();
    let has_it = |c: &Commitment| {
        c.themes
            .iter()
            .any(|link| link.as_str() == theme.id.as_str())
    };
    let had = commitments(&desk).iter().filter(|c| has_it(c)).count();
    desk.choose(Role::Button, &format!("Change {} commitments", all - had));
    desk.wait("the edit", |app| {
        !app.editing.transactions.is_running && app.is_dirty() && app.file.is_up_to_date()
    });
    assert!(commitments(&desk).iter().all(has_it));
    undo(&mut desk);
    desk.wait("the undoing", |app| {
        !app.editing.transactions.is_running && app.file.is_up_to_date()
    });
    assert!(text(&desk) == text_before);
}
