//! Finding words in the text: case, accents and Korean composition do not matter.

use crate::widgets;
use egui::{Frame, Id, Key, Margin, Modifiers, Role, TextEdit, Ui, WidgetInfo};
use linchpin_app::reader::ReaderDocument;
use linchpin_register::query::fold::{match_ranges, search_forms};
use linchpin_render::theme::{self, space};
use linchpin_text::prose::Prose;
use std::ops::Range;

/// What is looked for, and where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct ReaderFindState {
    pub is_open: bool,
    pub pattern: String,
    /// Bytes of the text, in its order.
    pub matches: Vec<Range<usize>>,
    /// The hit that is shown.
    pub current_index: usize,
    searched_pattern: Option<String>,
    wants_focus: bool,
    had_focus: bool,
}

impl ReaderFindState {
    /// The same words, to be looked for in another text.
    pub fn for_other_text(self) -> Self {
        ReaderFindState {
            searched_pattern: None,
            current_index: 0,
            ..self
        }
    }

    pub fn open(&mut self) {
        (self.is_open, self.wants_focus) = (true, true);
    }

    /// Looks for the words where they or the text are new.
    pub fn search(&mut self, prose: &Prose) {
        if self.searched_pattern.as_ref() == Some(&self.pattern) {
            return;
        }
        self.searched_pattern = Some(self.pattern.clone());
        self.matches = find_all(prose, &self.pattern);
        self.current_index = self.current_index.min(self.matches.len().saturating_sub(1));
    }

    /// The hit that is shown.
    pub fn current(&self) -> Option<Range<usize>> {
        self.matches.get(self.current_index).cloned()
    }

    fn step(&mut self, back: bool) -> Option<Range<usize>> {
        let count = self.matches.len();
        self.current_index = match back {
            _ if count == 0 => 0,
            true => (self.current_index + count - 1) % count,
            false => (self.current_index + 1) % count,
        };
        self.current()
    }
}

/// Every place of the words in a text.
fn find_all(prose: &Prose, words: &str) -> Vec<Range<usize>> {
    let needles = search_forms(words.trim());
    if needles.first().is_none_or(String::is_empty) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, text) in prose.paragraphs() {
        let start = prose.span(number).map_or(0, |span| span.start);
        let here = match_ranges(text, &needles[..1]).into_iter();
        found.extend(here.map(|hit| start + hit.start..start + hit.end));
    }
    // While a syllable is half typed, its last consonant may belong to the next one.
    if found.is_empty() && needles.len() > 1 {
        for (number, text) in prose.paragraphs() {
            let start = prose.span(number).map_or(0, |span| span.start);
            let here = match_ranges(text, &needles[1..]).into_iter();
            found.extend(here.map(|hit| start + hit.start..start + hit.end));
        }
    }
    found
}

/// Paints the bar where it is open. Returns the bytes that are to be brought into view.
pub(super) fn show_bar(
    ui: &mut Ui,
    find: &mut ReaderFindState,
    opened: &ReaderDocument,
) -> Option<Range<usize>> {
    if !find.is_open {
        return None;
    }
    find.search(&opened.prose);
    let mut go = None;
    let frame = Frame::new()
        .fill(theme::palette_of(ui).surface)
        .inner_margin(Margin::symmetric(24, 6));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let id = Id::unique("find in the text");
            let was = find.pattern.clone();
            let field = TextEdit::singleline(&mut find.pattern)
                .id(id)
                .hint_text("Find in the text")
                .desired_width(240.0)
                .margin(Margin::symmetric(8, 5));
            let field = ui.add(field);
            field.widget_info(|| widgets::text_input_info("Find in the text", &was));
            if std::mem::take(&mut find.wants_focus) {
                field.request_focus();
            }
            if field.changed() {
                find.current_index = 0;
                // Again within the frame, so that hits and count are those of the new words.
                find.search(&opened.prose);
                go = find.current();
            }
            let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            let back = ui.input(|i| i.modifiers.shift);
            let f3 = ui.input_mut(|i| {
                // With Shift first: egui lets the plain key match with Shift held, too.
                let back = i.consume_key(Modifiers::SHIFT, Key::F3);
                back || i.consume_key(Modifiers::NONE, Key::F3)
            });
            if enter || f3 {
                go = find.step(back);
                field.request_focus();
            }
            let some = !find.matches.is_empty();
            for (name, sign, back) in [("Previous hit", "↑", true), ("Next hit", "↓", false)] {
                let button = ui.add_enabled(some, egui::Button::new(sign));
                button.widget_info(|| WidgetInfo::labeled(Role::Button, some, name));
                let key = if back { "Shift+Enter" } else { "Enter" };
                if button.on_hover_text(format!("{name}  {key}")).clicked() {
                    go = find.step(back);
                }
            }
            let count = match (find.pattern.trim().is_empty(), find.matches.len()) {
                (true, _) => String::new(),
                (_, 0) => "Nothing found".to_owned(),
                (_, count) => format!("{} of {count}", find.current_index + 1),
            };
            widgets::caption(ui, count);
            ui.add_space(space::S);
            let close = ui.button("Close").on_hover_text("Esc");
            close.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Close the search"));
            // Escape has taken the focus from the field before this line, so the frame before is
            // asked too.
            let left = std::mem::replace(&mut find.had_focus, field.has_focus());
            let escape = ui.input(|i| i.key_pressed(Key::Escape));
            if close.clicked() || (escape && (left || field.has_focus())) {
                find.is_open = false;
            }
        });
    });
    go
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, words: &str) -> Vec<String> {
        let prose = Prose::new(text);
        let all = find_all(&prose, words).into_iter();
        all.map(|range| prose.text()[range].to_owned()).collect()
    }

    #[test]
    fn case_accents_and_half_typed_syllables_do_not_matter() {
        let text = concat!(
            "The Communiqué of the U.S. side.\n\n",
            "A COMMUNIQUE’s end: 확장억제 강화."
        );
        assert_eq!(found(text, "communique"), ["Communiqué", "COMMUNIQUE"]);
        assert_eq!(found(text, "  "), Vec::<String>::new());
        assert_eq!(found(text, "확장ㅇ"), ["확장억"]);
        assert_eq!(found(text, "억젝"), ["억제"]);
        assert_eq!(found(text, "absent"), Vec::<String>::new());
    }
}
