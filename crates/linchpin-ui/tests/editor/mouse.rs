//! The mouse, scrolling, long lines and long texts.

use crate::desk::{Desk, Room};
use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, vec2,
};
use linchpin_ui::text_editor::EditorRequest;

fn press(desk: &mut Desk, pos: Pos2, modifiers: Modifiers) {
    desk.harness.event(Event::PointerMoved(pos));
    for pressed in [true, false] {
        desk.harness.event(Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        });
    }
    desk.run();
}

#[test]
fn one_click_places_two_select_a_word_three_a_line() {
    let mut desk = Desk::new("one two\nthree four\n");
    let place = desk.place(2, 2.4);
    press(&mut desk, place, Modifiers::NONE);
    assert_eq!(desk.shown(), "one two\nth|ree four\n");
    press(&mut desk, place, Modifiers::NONE);
    assert_eq!(desk.shown(), "one two\n‹three| four\n");
    press(&mut desk, place, Modifiers::NONE);
    assert_eq!(desk.shown(), "one two\n‹three four\n|");
}

#[test]
fn dragging_selects_and_shift_goes_on_from_there() {
    let mut desk = Desk::new("one two\nthree four\n");
    let (from, to) = (desk.place(1, 1.0), desk.place(2, 2.0));
    desk.harness.drag_at(from);
    desk.harness.step();
    desk.harness.event(Event::PointerMoved(to));
    desk.harness.step();
    desk.harness.drop_at(to);
    desk.run();
    assert_eq!(desk.shown(), "o‹ne two\nth|ree four\n");
    desk.harness
        .event(Event::ModifiersChanged(Modifiers::SHIFT));
    let place = desk.place(2, 5.0);
    press(&mut desk, place, Modifiers::SHIFT);
    desk.harness.event(Event::ModifiersChanged(Modifiers::NONE));
    assert_eq!(desk.shown(), "o‹ne two\nthree| four\n");
}

#[test]
fn a_click_with_ctrl_asks_to_follow() {
    let mut desk = Desk::new("one two");
    desk.harness
        .event(Event::ModifiersChanged(Modifiers::COMMAND));
    let place = desk.place(1, 5.0);
    press(&mut desk, place, Modifiers::COMMAND);
    desk.harness.event(Event::ModifiersChanged(Modifiers::NONE));
    assert_eq!(desk.room().requests, [EditorRequest::GoToDefinition(5)]);
}

#[test]
fn a_click_on_a_number_selects_its_line() {
    let mut desk = Desk::new("one\ntwo\nthree");
    let place = desk.page().rect().left_top() + vec2(-14.0, 30.0);
    press(&mut desk, place, Modifiers::NONE);
    assert_eq!(desk.shown(), "one\n‹two\n|three");
}

#[test]
fn the_wheel_moves_the_view_and_not_the_cursor() {
    let mut desk = Desk::new(&"line\n".repeat(1000));
    let center = desk.page().rect().center();
    desk.harness.event(Event::PointerMoved(center));
    desk.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        source: MouseWheelSource::Unknown,
        delta: vec2(0.0, -2000.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    desk.harness.run_steps(30);
    assert_eq!(desk.room().state.cursor(), 0);
    let place = desk.place(1, 0.0);
    press(&mut desk, place, Modifiers::NONE);
    let at = desk.room().state.cursor();
    assert!((95 * 5..=102 * 5).contains(&at), "{at}");
}

#[test]
fn the_bar_goes_to_the_end_of_a_long_text() {
    let mut desk = Desk::new(&"line\n".repeat(100_000));
    let right = desk.page().rect().right_top() + vec2(6.0, 6.0);
    let low = desk.page().rect().right_bottom() + vec2(6.0, 0.0);
    desk.harness.drag_at(right);
    desk.harness.step();
    desk.harness.event(Event::PointerMoved(low));
    desk.harness.step();
    desk.harness.drop_at(low);
    desk.run();
    let place = desk.page().rect().left_bottom() + vec2(4.0, -30.0);
    press(&mut desk, place, Modifiers::NONE);
    assert_eq!(desk.room().state.cursor(), 500_000);
}

#[test]
fn a_line_of_a_hundred_thousand_letters_is_edited_like_any_other() {
    let line = "가나다 abc ".repeat(8000);
    let mut desk = Desk::new(&format!("x\n{line}\ny"));
    desk.press(Key::ArrowDown);
    desk.press(Key::End);
    let end = 2 + line.len() as u32;
    assert_eq!(desk.room().state.cursor(), end);
    desk.type_text("!");
    desk.press(Key::ArrowUp);
    desk.press(Key::ArrowDown);
    assert_eq!(desk.room().state.cursor(), end + 1);
    assert!(desk.text().ends_with("!\ny"));
    // In the middle: a click hits what is under it.
    let middle = desk.text()[..end as usize / 2].rfind(' ').unwrap() as u32;
    desk.room_mut().state.reveal(middle);
    desk.run();
    let pos = desk
        .harness
        .output()
        .platform_output
        .ime
        .unwrap()
        .cursor_rect
        .center();
    press(&mut desk, pos, Modifiers::NONE);
    assert_eq!(desk.room().state.cursor(), middle);
    // Only a part is laid out.
    let vertices: usize = desk
        .harness
        .output()
        .shapes
        .iter()
        .map(|s| match &s.shape {
            egui::Shape::Text(text) => text.galley.num_vertices,
            _ => 0,
        })
        .sum();
    assert!(vertices < 8000, "{vertices}");
}

#[test]
fn a_change_from_elsewhere_leaves_the_cursor_with_its_words() {
    let mut desk = Desk::new("one\ntwo\n");
    desk.behind("tw");
    let room = desk.room_mut();
    let splices = [ron_lossless::TextEdit::insert(0, "zero\n")];
    let replaced = linchpin_edit::text_change::replacements(&splices);
    room.state.follow_change(room.text.len(), &replaced, false);
    let text = ron_lossless::apply(&room.text, &splices).unwrap();
    let state = room.state.clone();
    *room = Room::new(&text);
    room.revision = 77;
    room.state = state;
    desk.run();
    assert_eq!(desk.shown(), "zero\none\ntw|o\n");
}
