//! What could stand at the cursor: a list to choose from.

use super::editing::EditBuffer;
use super::text_position::TextSelection;
use crate::widgets;
use egui::{
    Area, Frame, Id, Margin, Order, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo,
    vec2,
};
use linchpin_edit::completion::Completion;
use linchpin_edit::draft::UndoGrouping;
use linchpin_render::theme::{self, size};
use ron_lossless::TextEdit;

/// The most entries in the list.
const MAX_SHOWN: usize = 200;
const ROW_PT: f32 = 24.0;
const WIDTH_PT: f32 = 380.0;

/// Whether the list is to be made anew.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum CompletionTrigger {
    #[default]
    None,
    /// A letter was typed.
    Typed,
    /// The user asked for it.
    Invoked,
}

#[derive(Clone, Debug, Default)]
pub(super) struct CompletionPopup {
    pub items: Vec<Completion>,
    pub selected: usize,
    pub trigger: CompletionTrigger,
    /// The choice was moved by a key and is to be in view.
    selection_moved: bool,
    rect: Option<Rect>,
}

impl CompletionPopup {
    pub fn is_open(&self) -> bool {
        !self.items.is_empty()
    }

    pub fn close(&mut self) {
        *self = CompletionPopup::default();
    }

    /// Whether the pointer is over the list.
    pub fn contains(&self, pos: Option<Pos2>) -> bool {
        let hits = |rect: Rect| pos.is_some_and(|pos| rect.contains(pos));
        self.is_open() && self.rect.is_some_and(hits)
    }

    /// Takes a new list. A single entry that is there already is no help while typing.
    pub fn set_items(&mut self, text: &str, mut items: Vec<Completion>) {
        // The service may have read an older text, and its place might end within a letter of this
        // one.
        items.retain(|c| text.get(c.replace.range()).is_some());
        items.truncate(MAX_SHOWN);
        let is_there = |c: &Completion| c.replace.of(text) == c.insert;
        if self.trigger == CompletionTrigger::Typed
            && items.len() == 1
            && items.iter().all(is_there)
        {
            items.clear();
        }
        // Who has moved the choice keeps it while the list changes; otherwise the best is chosen.
        let previous_label = self.items.get(self.selected).map(|c| c.label.clone());
        self.selected = items
            .iter()
            .position(|c| Some(&c.label) == previous_label.as_ref() && self.selected > 0)
            .unwrap_or(0);
        self.items = items;
        self.selection_moved = true;
        self.trigger = CompletionTrigger::None;
    }

    /// Moves the choice, round the ends.
    pub fn move_selection(&mut self, by: i32) {
        let many = self.items.len() as i32;
        if many > 0 {
            self.selected = (self.selected as i32 + by).rem_euclid(many) as usize;
            self.selection_moved = true;
        }
    }

    /// Puts the chosen one into the text.
    pub fn accept(&mut self, draft: &mut EditBuffer<'_>) {
        if let Some(item) = self.items.get(self.selected) {
            let put = vec![TextEdit::new(item.replace, item.insert.as_str())];
            let caret = item.insert.floor_char_boundary(item.caret) as u32;
            let after = TextSelection::at(item.replace.start + caret);
            draft.push(put, after, UndoGrouping::Separate, "Complete");
        }
        self.close();
    }

    /// Paints the list below the cursor, or above it where there is no room; `true` where an entry
    /// was clicked.
    pub fn show(&mut self, ui: &Ui, id: Id, cursor: Rect) -> bool {
        if !self.is_open() {
            return false;
        }
        let p = theme::palette_of(ui);
        let rows = self.items.len().min(8) as f32;
        let has_help = self.items.iter().any(|c| !c.help.is_empty());
        // Worked out beforehand: egui knows how tall the list is only after painting it.
        let tall = rows * ROW_PT + if has_help { 48.0 } else { 0.0 } + 12.0;
        let screen = ui.ctx().content_rect();
        let fits_below = cursor.bottom() + tall < screen.bottom();
        let y = if fits_below {
            cursor.bottom() + 4.0
        } else {
            (cursor.top() - 4.0 - tall).max(screen.top())
        };
        let x = (cursor.left() - 12.0).min(screen.right() - WIDTH_PT - 16.0);
        let mut clicked = false;
        let shown = Area::new(id.with("choices"))
            .order(Order::Foreground)
            .fixed_pos(egui::pos2(x.max(screen.left()), y))
            .show(ui.ctx(), |ui| {
                Frame::popup(ui.style())
                    .inner_margin(Margin::same(4))
                    .stroke(Stroke::new(1.0, p.hairline))
                    .show(ui, |ui| {
                        ui.set_width(WIDTH_PT);
                        ui.spacing_mut().item_spacing.y = 0.0;
                        clicked = self.show_list(ui);
                        let help = self.items.get(self.selected).map(|c| c.help.as_str());
                        if has_help {
                            ui.separator();
                            let text = help.unwrap_or("");
                            let font = theme::regular(size::CAPTION);
                            let room = WIDTH_PT - 12.0;
                            let galley =
                                widgets::elided_lines(ui, text, font, p.text_muted, room, 2);
                            let (rect, _) =
                                ui.allocate_exact_size(vec2(WIDTH_PT, 40.0), Sense::hover());
                            let at = rect.min + vec2(6.0, 4.0);
                            ui.painter().galley(at, galley, p.text_muted);
                        }
                    });
            });
        self.rect = Some(shown.response.rect);
        clicked
    }

    fn show_list(&mut self, ui: &mut Ui) -> bool {
        let mut clicked = false;
        ScrollArea::vertical()
            .max_height(8.0 * ROW_PT)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (at, item) in self.items.iter().enumerate() {
                    let size = vec2(ui.available_width(), ROW_PT);
                    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
                    let chosen = at == self.selected;
                    response.widget_info(|| {
                        WidgetInfo::selected(Role::ListBoxOption, true, chosen, &item.label)
                    });
                    if chosen && self.selection_moved {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        self.selected = at;
                        clicked = true;
                    }
                    if ui.is_rect_visible(rect) {
                        paint_item(ui, rect, item, chosen, response.hovered());
                    }
                }
            });
        self.selection_moved = false;
        clicked
    }
}

fn paint_item(ui: &Ui, rect: Rect, item: &Completion, chosen: bool, hovered: bool) {
    let p = theme::palette_of(ui);
    widgets::row_background(ui, rect, 4, chosen, hovered);
    let (room, muted) = (rect.width() - 16.0, p.text_muted);
    let caption = theme::regular(size::CAPTION);
    let detail = widgets::elided_line(ui, &item.detail, caption, muted, room * 0.45);
    let left = room - detail.size().x - 12.0;
    let label = widgets::elided_line(
        ui,
        &item.label,
        theme::monospace(size::CAPTION + 0.5),
        p.text,
        left,
    );
    let middle = |height: f32| rect.center().y - height / 2.0;
    let at = egui::pos2(rect.left() + 8.0, middle(label.size().y));
    ui.painter().galley(at, label, p.text);
    let at = egui::pos2(
        rect.right() - 8.0 - detail.size().x,
        middle(detail.size().y),
    );
    ui.painter().galley(at, detail, muted);
}

#[cfg(test)]
mod tests {
    use super::super::editing::tests::after;
    use super::*;
    use linchpin_edit::completion::CompletionKind;
    use ron_lossless::Span;

    fn item(label: &str) -> Completion {
        Completion {
            label: label.into(),
            insert: format!("{label}: \"\""),
            caret: label.len() + 3,
            replace: Span::new(1, 3),
            detail: String::new(),
            help: String::new(),
            kind: CompletionKind::Field,
        }
    }

    #[test]
    fn the_choice_goes_round_and_stays_with_its_entry() {
        let mut popup = CompletionPopup::default();
        let all = ["status", "state", "steps"].map(item);
        popup.set_items("(st", all.to_vec());
        popup.move_selection(-1);
        assert_eq!(popup.selected, 2);
        popup.set_items("(st", all[1..].to_vec());
        assert_eq!(popup.selected, 1);
        popup.move_selection(1);
        assert_eq!(popup.selected, 0);
        popup.set_items("(st", Vec::new());
        assert!(!popup.is_open());
    }

    #[test]
    fn the_chosen_one_is_put_in_with_the_cursor_inside() {
        let shown = after("(st|)", |draft| {
            let mut popup = CompletionPopup::default();
            popup.set_items("(st)", vec![item("state"), item("status")]);
            popup.move_selection(1);
            popup.accept(draft);
            assert!(!popup.is_open());
        });
        assert_eq!(shown, "(status: \"|\")");
    }

    #[test]
    fn what_is_there_already_is_not_offered_while_typing() {
        let mut popup = CompletionPopup::default();
        let mut done = item("st");
        done.insert = "st".into();
        popup.trigger = CompletionTrigger::Typed;
        popup.set_items("(st", vec![done.clone()]);
        assert!(!popup.is_open());
        popup.trigger = CompletionTrigger::Invoked;
        popup.set_items("(st", vec![done.clone()]);
        assert!(popup.is_open());
        // An entry for another text is passed over.
        popup.set_items("(", vec![done]);
        assert!(!popup.is_open());
    }
}
