//! Finding, replacing, going to a line, choosing what could stand here, problems where they stand.

use crate::desk::{Desk, Room};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_edit::completion::{Completion, CompletionKind};
use ron_lossless::Span;

const CTRL: Modifiers = Modifiers::COMMAND;

#[test]
fn what_is_typed_is_found_at_once_and_counted() {
    let mut desk = Desk::new("State, state and statement\n한국 State");
    desk.press_with(CTRL, Key::F);
    desk.type_text("state");
    assert!(desk.says("1 of 4"));
    assert_eq!(desk.shown(), "‹State|, state and statement\n한국 State");
    desk.press(Key::Enter);
    assert!(desk.says("2 of 4"));
    desk.click(Role::Button, "Whole word");
    assert!(desk.says("of 3"));
    desk.click(Role::Button, "Match case");
    assert!(desk.says("1 of 1"), "only the second is small");
    desk.click(Role::Button, "Match case");
    desk.press(Key::F3);
    desk.press_with(Modifiers::SHIFT, Key::F3);
    desk.click(Role::Button, "Previous");
    assert!(desk.says("1 of 3"));
    desk.press(Key::Escape);
    assert!(desk.page().is_focused());
    desk.press(Key::F3);
    assert_eq!(desk.room().state.selection().span(), Span::new(7, 12));
}

#[test]
fn what_is_not_there_is_said() {
    let mut desk = Desk::new("abc");
    desk.press_with(CTRL, Key::F);
    desk.type_text("x");
    assert!(desk.says("No hits"));
    assert_eq!(desk.shown(), "|abc");
}

#[test]
fn one_hit_or_all_are_replaced() {
    let mut desk = Desk::new("b a b a b");
    desk.press_with(CTRL, Key::H);
    desk.type_text("b");
    let field = desk
        .harness
        .get_by_role_and_label(Role::TextInput, "Replace with");
    field.focus();
    desk.run();
    desk.type_text("한");
    desk.click(Role::Button, "Replace");
    assert_eq!(desk.shown(), "한 a ‹b| a b");
    desk.click(Role::Button, "Replace all");
    assert_eq!(desk.text(), "한 a 한 a 한");
    assert_eq!(desk.room().edits.len(), 2);
    desk.press(Key::Escape);
    desk.page().focus();
    desk.run();
    desk.press_with(CTRL, Key::Z);
    assert_eq!(desk.text(), "한 a b a b");
}

#[test]
fn what_is_selected_is_what_to_look_for() {
    let mut desk = Desk::new("one two one");
    desk.press_with(CTRL | Modifiers::SHIFT, Key::ArrowRight);
    desk.press_with(CTRL, Key::F);
    assert!(desk.says("1 of 2"));
    desk.press(Key::Enter);
    assert_eq!(desk.shown(), "one two ‹one|");
}

#[test]
fn a_line_is_gone_to_by_its_number() {
    let text = "x\n".repeat(5000);
    let mut desk = Desk::new(&text);
    desk.press_with(CTRL, Key::G);
    desk.type_text("9000");
    assert!(desk.says("A number from 1 to 5001"));
    desk.press(Key::Enter);
    assert_eq!(desk.room().state.cursor(), 0);
    desk.press_with(CTRL, Key::A);
    desk.type_text("4000");
    desk.press(Key::Enter);
    assert_eq!(desk.room().state.cursor(), 3999 * 2);
    assert!(desk.page().is_focused());
}

fn fields(text: &str, at: u32) -> Vec<Completion> {
    let before = &text[..at as usize];
    let start = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + 1) as u32;
    let names = ["statement", "status", "strength", "id"];
    let typed = &text[start as usize..at as usize];
    let fits = |name: &&&str| name.starts_with(typed);
    let one = |name: &&str| Completion {
        label: (*name).into(),
        insert: format!("{name}: "),
        caret: name.len() + 2,
        replace: Span::new(start, at),
        detail: "field".into(),
        help: format!("What {name} means"),
        kind: CompletionKind::Field,
    };
    names.iter().filter(fits).map(one).collect()
}

fn with_fields(text: &str) -> Desk {
    let mut room = Room::new(text);
    room.complete = fields;
    Desk::with(room)
}

#[test]
fn what_could_stand_here_comes_while_typing() {
    let mut desk = with_fields("()");
    desk.press(Key::ArrowRight);
    desk.type_text("s");
    let options = |desk: &Desk| desk.harness.query_all_by_role(Role::ListBoxOption).count();
    assert_eq!(options(&desk), 3);
    desk.type_text("t");
    desk.type_text("r");
    assert_eq!(options(&desk), 1);
    desk.press(Key::Backspace);
    assert_eq!(options(&desk), 3);
    desk.press(Key::ArrowDown);
    desk.press(Key::Enter);
    assert_eq!(desk.shown(), "(status: |)");
    assert_eq!(options(&desk), 0);
}

#[test]
fn the_list_is_asked_for_left_and_clicked() {
    let mut desk = with_fields("()");
    desk.press(Key::ArrowRight);
    desk.press_with(CTRL, Key::Space);
    assert!(
        desk.harness
            .query_by_role_and_label(Role::ListBoxOption, "id")
            .is_some()
    );
    desk.press(Key::Escape);
    assert!(
        desk.harness
            .query_by_role_and_label(Role::ListBoxOption, "id")
            .is_none()
    );
    assert!(desk.page().is_focused());
    desk.press_with(CTRL, Key::Space);
    desk.click(Role::ListBoxOption, "strength");
    assert_eq!(desk.shown(), "(strength: |)");
    assert!(desk.page().is_focused());
    desk.press_with(CTRL, Key::Space);
    desk.press(Key::ArrowLeft);
    assert!(
        desk.harness
            .query_by_role_and_label(Role::ListBoxOption, "id")
            .is_none()
    );
}

#[test]
fn a_problem_speaks_at_its_place_and_from_its_sign() {
    let mut desk = Desk::new("(\n    a: @@,\n    b: 1,\n)");
    let problem = desk.room().problems[0].clone();
    assert!(!desk.says(&problem.message[..20]) || desk.says("Line 2, error"));
    let place = desk.place(2, 8.0);
    desk.harness.event(Event::PointerMoved(place));
    desk.harness.run_steps(12);
    let label = desk.harness.query_by_label(&problem.message);
    assert!(label.is_some(), "{}", problem.message);
    let sign = format!("Line 2, error: {}", problem.message);
    desk.click(Role::Button, &sign);
    assert_eq!(desk.room().state.selection().span(), problem.span);
}

#[test]
fn words_are_explained_where_the_pointer_rests() {
    let mut room = Room::new("status: Done");
    room.explain = |text, at| (at < 6).then(|| format!("{} is a field", &text[..6]));
    let mut desk = Desk::with(room);
    let place = desk.place(1, 3.0);
    desk.harness.event(Event::PointerMoved(place));
    desk.harness.run_steps(12);
    assert!(desk.says("status is a field"));
    let place = desk.place(1, 9.0);
    desk.harness.event(Event::PointerMoved(place));
    desk.harness.run_steps(12);
    assert!(!desk.says("status is a field"));
}
