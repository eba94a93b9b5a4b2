//! Typing, moving, the clipboard, composing, undoing.

use crate::desk::{Desk, Room, down};
use egui::{Event, ImeEvent, Key, Modifiers};
use linchpin_edit::draft::Run;
use linchpin_ui::text_editor::EditorRequest;

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;

#[test]
fn the_text_has_a_name_and_speaks_its_line() {
    let mut desk = Desk::new("(\n    id: \"a\",\n)");
    assert!(desk.page().is_focused());
    desk.press(Key::ArrowDown);
    assert_eq!(desk.spoken(), "    id: \"a\",");
}

#[test]
fn typing_goes_to_the_cursor_in_runs() {
    let mut desk = Desk::new("ab");
    desk.press(Key::ArrowRight);
    desk.type_text("한");
    desk.type_text("x");
    desk.press(Key::Backspace);
    assert_eq!(desk.shown(), "a한|b");
    use Run::{Deleting, Typing};
    assert_eq!(desk.runs(), [Typing, Typing, Deleting]);
}

#[test]
fn many_keys_in_one_frame_come_one_after_the_other() {
    let mut desk = Desk::new("");
    let mut events: Vec<Event> = ["a", "(", "b"].map(|l| Event::Text(l.into())).into();
    events.push(down(Key::ArrowLeft, Modifiers::NONE));
    events.push(down(Key::Enter, Modifiers::NONE));
    events.push(Event::Text("c".into()));
    desk.together(events);
    assert_eq!(desk.shown(), "a(\n    c|b");
}

#[test]
fn what_is_selected_gives_way() {
    let mut desk = Desk::new("one two three");
    desk.press_with(CTRL, Key::ArrowRight);
    desk.press_with(CTRL | SHIFT, Key::ArrowRight);
    assert_eq!(desk.shown(), "one‹ two| three");
    desk.type_text("!");
    assert_eq!(desk.shown(), "one!| three");
    desk.press_with(CTRL, Key::A);
    desk.press(Key::Delete);
    assert_eq!(desk.shown(), "|");
}

#[test]
fn up_and_down_keep_their_column_over_short_lines() {
    let mut desk = Desk::new("한국어 동맹\n\nabcdefghijklmnop\nend");
    desk.press(Key::End);
    desk.press(Key::ArrowDown);
    assert_eq!(desk.room().state.cursor(), 17);
    desk.press(Key::ArrowDown);
    let below = desk.room().state.cursor() - 18;
    // Hangul is wider than Latin: as far to the right, not as many letters.
    assert!((7..=12).contains(&below), "{below}");
    desk.press(Key::ArrowUp);
    desk.press(Key::ArrowUp);
    assert_eq!(desk.room().state.cursor(), 16);
    desk.press(Key::ArrowUp);
    assert_eq!(desk.room().state.cursor(), 0);
    desk.press_with(CTRL, Key::End);
    desk.press_with(SHIFT, Key::PageUp);
    assert_eq!(desk.room().state.selection().span().end, 38);
    assert!(desk.room().state.cursor() < 16);
}

#[test]
fn a_syllable_is_one_step_however_it_is_written() {
    let mut desk = Desk::new("\u{1112}\u{1161}\u{11ab}e\u{301}\r\nx");
    let mut places = Vec::new();
    for _ in 0..4 {
        desk.press(Key::ArrowRight);
        places.push(desk.room().state.cursor());
    }
    assert_eq!(places, [9, 12, 14, 15]);
    desk.press(Key::Home);
    desk.press(Key::Backspace);
    assert_eq!(desk.text(), "\u{1112}\u{1161}\u{11ab}e\u{301}x");
}

#[test]
fn enter_ends_lines_as_the_file_does() {
    let mut desk = Desk::new("(\r\n    a: [],\r\n)");
    desk.behind("a: [");
    desk.press(Key::Enter);
    assert_eq!(desk.shown(), "(\r\n    a: [\r\n        |\r\n    ],\r\n)");
    desk.event(Event::Paste("1,\n2,".into()));
    assert!(desk.text().contains("1,\r\n2,\r\n"));
}

#[test]
fn tab_indents_and_the_slash_comments() {
    let mut desk = Desk::new("a\nb\n");
    desk.press_with(CTRL, Key::A);
    desk.press(Key::Tab);
    assert_eq!(desk.text(), "    a\n    b\n");
    assert!(desk.page().is_focused());
    desk.press_with(SHIFT, Key::Tab);
    desk.press_with(CTRL, Key::Slash);
    assert_eq!(desk.text(), "// a\n// b\n");
    desk.press_with(CTRL, Key::Home);
    desk.press_with(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(desk.text(), "// b\n// a\n");
}

#[test]
fn copy_takes_the_selection_or_the_line() {
    let mut desk = Desk::new("one\ntwo\n");
    assert_eq!(desk.press_and_copy(Event::Copy), "one\n");
    desk.press_with(SHIFT, Key::End);
    assert_eq!(desk.press_and_copy(Event::Copy), "one");
    assert_eq!(desk.press_and_copy(Event::Cut), "one");
    desk.run();
    assert_eq!(desk.shown(), "|\ntwo\n");
    desk.event(Event::Paste("드림\r\n".into()));
    assert_eq!(desk.shown(), "드림\n|\ntwo\n");
}

#[test]
fn hangul_is_composed_in_place_and_then_put_in() {
    let mut desk = Desk::new("a\u{20}b");
    desk.press_with(SHIFT, Key::End);
    desk.compose("ㅎ");
    // What was selected has gone; what is being composed is not in the file yet.
    assert_eq!(desk.text(), "");
    desk.compose("하");
    desk.compose("한");
    let edits = desk.room().edits.len();
    desk.commit("한");
    assert_eq!(desk.shown(), "한|");
    assert_eq!(desk.room().edits.len(), edits + 1);
    desk.compose("ㄱ");
    desk.compose("");
    assert_eq!(desk.shown(), "한|");
    desk.event(Event::Ime(ImeEvent::DeleteSurrounding {
        before_chars: 1,
        after_chars: 0,
    }));
    assert_eq!(desk.shown(), "|");
}

#[test]
fn an_input_method_is_told_where_the_cursor_is() {
    let mut desk = Desk::new("한국\nab");
    let place = |desk: &Desk| {
        desk.harness
            .output()
            .platform_output
            .ime
            .unwrap()
            .cursor_rect
    };
    let first = place(&desk);
    desk.press_with(CTRL, Key::End);
    let second = place(&desk);
    assert!(second.left() > first.left() && second.top() > first.top());
    desk.compose("글");
    assert!(place(&desk).left() > second.left());
}

#[test]
fn what_is_being_composed_is_kept_when_the_keyboard_goes_elsewhere() {
    let mut desk = Desk::new("");
    desk.compose("글");
    let place = desk.place(1, 20.0);
    desk.harness.drag_at(place);
    desk.run();
    desk.harness.drop_at(place);
    desk.run();
    assert_eq!(desk.text(), "글");
}

#[test]
fn undo_and_save_are_asked_for_and_keys_after_them_wait() {
    let mut desk = Desk::new("ab");
    desk.type_text("x");
    desk.together(vec![down(Key::Z, CTRL), Event::Text("y".into())]);
    assert_eq!(desk.shown(), "y|ab");
    desk.press_with(CTRL, Key::S);
    desk.press_with(CTRL | SHIFT, Key::Z);
    desk.press_with(CTRL, Key::Y);
    desk.press(Key::F12);
    use EditorRequest::{GoToDefinition, Redo, Save, Undo};
    assert_eq!(
        desk.room().requests,
        [Undo, Save, Redo, Redo, GoToDefinition(1)]
    );
}

#[test]
fn a_text_that_cannot_be_changed_can_be_read_and_copied() {
    let mut room = Room::new("one\ntwo");
    room.read_only = true;
    let mut desk = Desk::with(room);
    desk.type_text("x");
    desk.press(Key::Delete);
    desk.press(Key::Enter);
    desk.event(Event::Paste("x".into()));
    desk.compose("글");
    desk.commit("글");
    desk.press_with(CTRL, Key::Slash);
    assert_eq!(desk.text(), "one\ntwo");
    desk.press(Key::ArrowDown);
    assert_eq!(desk.press_and_copy(Event::Cut), "two");
    assert_eq!(desk.text(), "one\ntwo");
}

#[test]
fn escape_lets_go_step_by_step() {
    let mut desk = Desk::new("one two");
    desk.press_with(CTRL, Key::A);
    desk.press_with(CTRL, Key::F);
    desk.press(Key::Escape);
    assert!(desk.page().is_focused());
    assert_eq!(desk.shown(), "‹one two|");
    desk.press(Key::Escape);
    assert_eq!(desk.shown(), "one two|");
    desk.press(Key::Escape);
    assert!(!desk.page().is_focused());
}
