//! Search, filters, order, counts.

use crate::desk::Desk;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::dialog::Dialog;
use linchpin_app::page::Page;
use linchpin_register::RecordKind;

#[test]
fn a_search_leaves_the_rows_that_have_every_word() {
    let mut desk = Desk::bundled();
    desk.go("Commitments");
    let total = desk.app().register().count(RecordKind::Commitment);
    assert!(desk.says(&format!("{total} commitments")));
    desk.search("ROK 3k");
    let rows = desk.rows();
    assert!(rows.iter().any(|r| r.contains("3K")), "{rows:?}");
    assert!(rows.len() < total);
    assert!(desk.says(&format!("of {total} commitments")));
}

#[test]
fn a_search_without_hits_says_how_to_get_out() {
    let mut desk = Desk::bundled();
    desk.go("Bodies");
    desk.search("zzzzzz");
    assert!(desk.rows().is_empty());
    assert!(desk.says("No row fits"));
    desk.click(Role::Button, "Clear search and filters");
    assert_eq!(
        desk.rows().len(),
        desk.app().register().count(RecordKind::Body)
    );
}

#[test]
fn a_filter_counts_and_narrows() {
    let mut desk = Desk::bundled();
    desk.go("Figures");
    desk.click(Role::Button, "Filter by kind");
    let money = desk
        .harness
        .get_by_role_and_label(Role::CheckBox, "money  (1)");
    money.click();
    desk.run();
    assert_eq!(desk.rows().len(), 1);
    let total = desk.app().register().count(RecordKind::Figure);
    assert!(desk.says(&format!("1 of {total} figures")));
}

#[test]
fn a_header_sorts_up_then_down() {
    let mut desk = Desk::bundled();
    desk.go("Bodies");
    desk.click(Role::ColumnHeader, "Body");
    let up = desk.rows();
    let mut sorted = up.clone();
    sorted.sort_by_key(|r| r.to_lowercase());
    assert_eq!(up, sorted);
    desk.click(Role::ColumnHeader, "Body");
    sorted.reverse();
    assert_eq!(desk.rows(), sorted);
}

#[test]
fn shift_click_sorts_by_several_columns() {
    let mut desk = Desk::bundled();
    desk.go("Bodies");
    desk.click(Role::ColumnHeader, "Kind");
    desk.harness
        .get_by_role_and_label(Role::ColumnHeader, "Body")
        .click_modifiers(Modifiers::SHIFT);
    desk.run();
    let sort: Vec<String> = desk
        .app()
        .view
        .query(RecordKind::Body)
        .sort
        .into_iter()
        .map(|s| s.column)
        .collect();
    assert_eq!(sort, ["kind", "name"]);
}

#[test]
fn the_counting_rule_changes_the_count() {
    let mut desk = Desk::bundled();
    desk.go("Commitments");
    let total = desk.app().register().count(RecordKind::Commitment);
    desk.harness
        .get_by_label("Which commitments count: all records")
        .click();
    desk.run();
    desk.harness.get_by_label("strict count").click();
    desk.run();
    let (_, selection) = desk.app().derived.table(RecordKind::Commitment).unwrap();
    assert!(selection.rows.len() < total);
    assert!(desk.says(&format!("{} of {total} commitments", selection.rows.len())));
}

#[test]
fn digits_go_by_place_and_letters_by_what_is_written_on_the_key() {
    let ctrl = Modifiers::COMMAND;
    let mut desk = Desk::bundled();
    let page = |desk: &Desk| {
        let mut all = Page::ALL.into_iter();
        all.position(|page| page == desk.app().view.page)
    };
    // On a French keyboard the keys of 4 and 6 write signs that egui knows.
    desk.press_at(ctrl, Key::Quote, Key::Num4);
    assert_eq!(page(&desk), Some(3));
    desk.press_at(ctrl, Key::Minus, Key::Num6);
    assert_eq!(page(&desk), Some(5));
    // On a Czech one the key of 1 does.
    desk.press_at(ctrl, Key::Plus, Key::Num1);
    assert_eq!(page(&desk), Some(0));
    assert_eq!(desk.app().view.preferences.zoom, 1.0);
    // The signs mean what they say wherever else they stand, with Shift on a digit's key as well.
    desk.press_at(ctrl, Key::Minus, Key::Minus);
    assert!(desk.app().view.preferences.zoom < 1.0);
    desk.press_at(ctrl | Modifiers::SHIFT, Key::Plus, Key::Num1);
    assert_eq!(page(&desk), Some(0));
    assert_eq!(desk.app().view.preferences.zoom, 1.0);
    // A digit that needs Shift is that digit, whatever its place is.
    desk.press_at(ctrl | Modifiers::SHIFT, Key::Num2, Key::Num2);
    assert_eq!(page(&desk), Some(1));
    // Letters: Ctrl+K is where the K is, and not where an American keyboard has it.
    desk.press_at(ctrl, Key::K, Key::V);
    assert!(matches!(desk.app().dialog, Dialog::CommandPalette { .. }));
}

#[test]
fn keys_walk_pages_rows_and_the_search() {
    let mut desk = Desk::bundled();
    desk.press(Modifiers::COMMAND, Key::Num2);
    assert!(desk.says("counted:"));
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    let second = desk.rows()[1].clone();
    let selected = desk
        .app()
        .selected()
        .and_then(|at| desk.app().register().record(at))
        .map(|r| r.title().to_owned());
    assert_eq!(selected, Some(second));
    desk.press(Modifiers::COMMAND, Key::F);
    assert!(desk.harness.get_by_role(Role::TextInput).is_focused());
}
