//! Thousands of keys in no order: every change fits, nothing panics, and undoing leads back to the
//! start.

use crate::desk::{Desk, down};
use egui::{Event, ImeEvent, Key, Modifiers, PointerButton, vec2};

/// The same numbers every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }
}

const MESSY: &str = "\u{feff}(\r\n\tid: \"한국\", // e\u{301} 👨\u{200d}👩\u{200d}👧\n  list: [1, 2,\r\n],\n r#\"raw\n\" \"#,\u{0}\r /* ( */ )\n\n";

const KEYS: &[Key] = &[
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Backspace,
    Key::Delete,
    Key::Enter,
    Key::Tab,
    Key::A,
    Key::Z,
    Key::Slash,
    Key::Space,
];

const TYPED: &[&str] = &[
    "a", "한", "(", ")", "[", "]", "\"", ":", ",", " ", "e\u{301}", "\t", "//", "{", "}", "👍",
];

fn event(dice: &mut Dice, desk: &Desk) -> Vec<Event> {
    match dice.roll(12) {
        0..=2 => vec![Event::Text(dice.of(TYPED).into())],
        3 => vec![Event::Paste(
            dice.of(&["x\ny", "\r\n", "(\r1\n)", "한국"]).into(),
        )],
        4 => vec![Event::Cut],
        5 => {
            let preedit = ImeEvent::Preedit {
                text: dice.of(&["ㅎ", "하", ""]).into(),
                active_range_chars: None,
            };
            vec![Event::Ime(preedit)]
        }
        6 => vec![Event::Ime(ImeEvent::Commit(
            dice.of(&["한", "", "글"]).into(),
        ))],
        7 => {
            let rect = desk.page().rect();
            let pos = rect.min + vec2(dice.roll(300) as f32, dice.roll(200) as f32);
            let button = |pressed| Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            vec![Event::PointerMoved(pos), button(true), button(false)]
        }
        _ => {
            let modifiers = dice.of(&[
                Modifiers::NONE,
                Modifiers::NONE,
                Modifiers::SHIFT,
                Modifiers::COMMAND,
                Modifiers::COMMAND | Modifiers::SHIFT,
                Modifiers::ALT,
            ]);
            vec![down(dice.of(KEYS), modifiers)]
        }
    }
}

#[test]
fn no_order_of_keys_breaks_the_text() {
    for seed in 1..=6 {
        let mut dice = Dice(seed);
        let mut desk = Desk::new(MESSY);
        for _ in 0..500 {
            // Several keys in one frame, too.
            let together: Vec<Event> = (0..=dice.roll(3))
                .flat_map(|_| event(&mut dice, &desk))
                .collect();
            desk.harness.input_mut().events.extend(together);
            desk.harness.step();
            let room = desk.room();
            let selection = room.state.selection();
            for at in [selection.anchor, selection.head] {
                assert!(room.text.is_char_boundary(at as usize), "seed {seed}");
            }
        }
        desk.page().focus();
        desk.run();
        // The editor's side of undoing: each request is heard, whatever was done before.
        for _ in 0..4000 {
            if desk.room().undo.is_empty() {
                break;
            }
            desk.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
            desk.harness.step();
        }
        assert_eq!(desk.text(), MESSY, "seed {seed}");
    }
}
