//! Whether an action can be done now: the menus and the palette say the same, in every state.

use crate::desk::{Desk, label};
use crate::editing::{break_text, first_open};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use linchpin_app::availability::{Availability, Reason};
use linchpin_app::command::{ACTIONS, Action, ActionSpec, Menu};
use linchpin_app::dialog::Dialog;

/// Whether the only option of the palette with this name is greyed out.
fn is_disabled_in_palette(desk: &mut Desk, name: &str) -> Option<bool> {
    desk.harness.state_mut().dialog = Dialog::CommandPalette {
        search: name.to_owned(),
        highlighted: 0,
    };
    desk.run();
    let mut options = desk.harness.query_all_by_role(Role::ListBoxOption);
    let option = options.find(|node| label(node) == name);
    option.map(|node| node.accesskit_node().is_disabled())
}

fn is_disabled_in_menu(desk: &Desk, name: &str) -> Option<bool> {
    let mut buttons = desk.harness.query_all_by_role(Role::Button);
    // The label of a menu's button ends with its key.
    let button = buttons.find(|node| label(node).starts_with(name));
    button.map(|node| node.accesskit_node().is_disabled())
}

fn title(menu: Menu) -> &'static str {
    match menu {
        Menu::File => "File",
        Menu::Edit => "Edit",
        Menu::Record => "Record",
        Menu::Reader => "Reader",
        Menu::View => "View",
        Menu::Help => "Help",
    }
}

/// Compares all actions of a menu with the palette and with what the state says.
fn compare(desk: &mut Desk, menu: Menu, disabled: &mut usize) {
    let of_chart = desk.app().open_chart().is_some();
    let specs: Vec<&ActionSpec> = ACTIONS.iter().filter(|spec| spec.menu == menu).collect();
    desk.click(Role::Button, title(menu));
    let in_menu: Vec<Option<bool>> = specs
        .iter()
        .map(|spec| is_disabled_in_menu(desk, &spec.label_for(of_chart)))
        .collect();
    desk.press(Modifiers::NONE, Key::Escape);
    for (spec, in_menu) in specs.into_iter().zip(in_menu) {
        let name = spec.label_for(of_chart);
        let is_disabled = !desk.app().availability(spec.action).is_enabled();
        *disabled += usize::from(is_disabled);
        // Undo and redo say in the menu what they would do.
        if let Some(in_menu) = in_menu {
            assert_eq!(in_menu, is_disabled, "{name} in the menu");
        }
        if spec.action != Action::CommandPalette
            && let Some(in_palette) = is_disabled_in_palette(desk, &name)
        {
            assert_eq!(in_palette, is_disabled, "{name} in the palette");
        }
        desk.harness.state_mut().dialog = Dialog::None;
    }
    desk.run();
}

fn compare_all(desk: &mut Desk) -> usize {
    let mut disabled = 0;
    for menu in [
        Menu::File,
        Menu::Edit,
        Menu::Record,
        Menu::Reader,
        Menu::View,
        Menu::Help,
    ] {
        compare(desk, menu, &mut disabled);
    }
    disabled
}

#[test]
fn menus_and_palette_agree() {
    let mut desk = Desk::bundled();
    let at_start = compare_all(&mut desk);
    first_open(&mut desk);
    let with_record = compare_all(&mut desk);
    assert!(with_record < at_start, "{with_record} < {at_start}");
    break_text(&mut desk);
    let broken = compare_all(&mut desk);
    assert!(broken > with_record, "{broken} > {with_record}");
}

#[test]
fn menus_and_palette_agree_on_charts() {
    let mut desk = Desk::bundled();
    desk.go("Charts");
    compare_all(&mut desk);
    let id = linchpin_charts::charts_of(desk.app().register())[0]
        .id
        .to_string();
    desk.harness.state_mut().view.charts.open = Some(id);
    desk.run();
    compare_all(&mut desk);
}

#[test]
fn the_palette_says_why_and_does_nothing() {
    let mut desk = Desk::bundled();
    let name = Action::RenameRecord.spec().label;
    let reason = desk.app().availability(Action::RenameRecord);
    assert_eq!(reason, Availability::Disabled(Reason::NoRecord));
    assert_eq!(is_disabled_in_palette(&mut desk, name), Some(true));
    desk.press(Modifiers::NONE, Key::Enter);
    let is_open = matches!(desk.app().dialog, Dialog::CommandPalette { .. });
    assert!(is_open && desk.app().notices.all().is_empty());
    desk.harness.state_mut().dialog = Dialog::None;
    desk.run();
    first_open(&mut desk);
    assert_eq!(is_disabled_in_palette(&mut desk, name), Some(false));
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(matches!(desk.app().dialog, Dialog::RenameRecord(_)));
}
