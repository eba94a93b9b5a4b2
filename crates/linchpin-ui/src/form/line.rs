//! A field to type into. What is typed is written as one step when the field is left, and only where it is sound.

use super::sheet::{Sheet, Slot, Source};
use egui::{Id, Key, KeyboardShortcut, Label, Modifiers, Response, RichText, TextEdit, Ui};
use linchpin_app::form_state::PendingInput;
use linchpin_edit::Wish;
use linchpin_render::theme::{self, size};
use ron_lossless::{Diagnostic, Severity};

/// What the text of a field comes to: what is wished by it, or what is wrong with it.
pub type Meant = Result<Wish, String>;

/// How a field to type into looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Several lines; Shift+Enter begins another.
    pub tall: bool,
    /// `None`: as wide as there is room.
    pub width_pt: Option<f32>,
    /// What is typed is a new item: it is written only by Enter or by leaving, in a dialog as well.
    pub adds: bool,
}

/// Paints a field to type into. `now`: what stands there; `read`: what a text comes to. `true` where something was written.
pub fn line(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    slot: &Slot,
    id: Id,
    now: &str,
    look: Look,
    read: &dyn Fn(&Sheet<'_>, &str) -> Meant,
) -> bool {
    let typed = sheet
        .form
        .pending_inputs
        .get(&id)
        .map(|typed| typed.text.clone());
    let was_typed = typed.is_some();
    let mut text = typed.unwrap_or_else(|| now.to_owned());
    let response = show(ui, slot, id, &mut text, look);
    if sheet.takes_keyboard() {
        response.request_focus();
        select_all(ui, id, &text);
    }
    let live = sheet.is_live() && !look.adds;
    if response.changed() {
        keep(sheet, slot, id, now, &text, live, read);
    }
    if let Some(typed) = sheet.form.pending_inputs.get_mut(&id) {
        typed.is_visible = true;
    }
    if response.has_focus() {
        sheet.form.focused_field = Some(id);
    }
    let enter = look.tall
        && response.has_focus()
        && ui.input(|i| i.key_pressed(Key::Enter) && !i.modifiers.any());
    if enter {
        response.surrender_focus();
    }
    let mut written = false;
    if response.lost_focus() || enter {
        if sheet.form.focused_field == Some(id) {
            sheet.form.focused_field = None;
        }
        let took_back = ui.input(|i| i.key_pressed(Key::Escape));
        written = leave(sheet, id, &text, took_back, live, read);
        sheet.left |= !sheet.form.pending_inputs.contains_key(&id);
    }
    if was_typed || sheet.form.pending_inputs.contains_key(&id) {
        let fault = sheet
            .form
            .pending_inputs
            .get(&id)
            .and_then(|t| t.error.clone());
        if let Some(fault) = fault {
            self::fault(ui, &fault);
        }
    }
    written
}

/// What is wrong, below the field.
pub fn fault(ui: &mut Ui, words: &str) {
    let p = theme::of(ui);
    let text = RichText::new(words)
        .font(theme::regular(size::CAPTION))
        .color(p.error);
    ui.add(Label::new(text).wrap());
}

/// What is wrong with a value that stands in the text, below its field.
pub fn problem(ui: &mut Ui, problem: &Diagnostic) {
    let p = theme::of(ui);
    let ink = match problem.severity {
        Severity::Error => p.error,
        _ => p.warning,
    };
    let words = match &problem.help {
        Some(help) => format!("{}: {help}", problem.message),
        None => problem.message.clone(),
    };
    let text = RichText::new(words).font(theme::regular(size::CAPTION));
    ui.add(Label::new(text.color(ink)).wrap());
}

fn show(ui: &mut Ui, slot: &Slot, id: Id, text: &mut String, look: Look) -> Response {
    let edit = match look.tall {
        true => TextEdit::multiline(text)
            .desired_rows(2)
            .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter)),
        false => TextEdit::singleline(text),
    };
    let hint = RichText::new(slot.hint).font(theme::regular(size::CAPTION + 1.0));
    let edit = edit
        .id(id)
        .hint_text(hint)
        .margin(egui::Margin::symmetric(7, 4))
        .desired_width(look.width_pt.unwrap_or(f32::INFINITY));
    let response = ui.add(edit);
    let role = match look.tall {
        true => egui::Role::MultilineTextInput,
        false => egui::Role::TextInput,
    };
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(role, ui.is_enabled(), &slot.name);
        info.current_text_value = Some(text.clone());
        info
    });
    response
}

fn select_all(ui: &Ui, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    TextEdit::store_state(ui.ctx(), id, state);
}

/// Remembers what has been typed.
fn keep(
    sheet: &mut Sheet<'_>,
    slot: &Slot,
    id: Id,
    now: &str,
    text: &str,
    live: bool,
    read: &dyn Fn(&Sheet<'_>, &str) -> Meant,
) {
    let was = match sheet.form.pending_inputs.get(&id) {
        Some(typed) => typed.original.clone(),
        None => now.to_owned(),
    };
    if text == was {
        sheet.form.pending_inputs.remove(&id);
        if live && let Ok(wish) = read(sheet, text) {
            sheet.wishes.push(wish);
        }
        return;
    }
    let (wish, fault) = match read(sheet, text) {
        Ok(wish) => (Some(wish), None),
        Err(why) => (None, Some(why)),
    };
    let then = match sheet.source {
        Source::Text(_, target) => wish.clone().map(|wish| wish.edit(target)),
        Source::Made(_) => None,
    };
    sheet.wishes.extend(wish.filter(|_| live));
    let typed = PendingInput {
        form_id: sheet.holder,
        path: slot.path.clone(),
        text: text.to_owned(),
        original: was,
        error: fault,
        edit: then,
        is_visible: true,
    };
    sheet.form.pending_inputs.insert(id, typed);
}

/// The field has been left. `true` where what was typed is written by it.
fn leave(
    sheet: &mut Sheet<'_>,
    id: Id,
    text: &str,
    took_back: bool,
    live: bool,
    read: &dyn Fn(&Sheet<'_>, &str) -> Meant,
) -> bool {
    let Some(typed) = sheet.form.pending_inputs.get(&id) else {
        return false;
    };
    if took_back {
        let was = typed.original.clone();
        sheet.form.pending_inputs.remove(&id);
        if live && let Ok(wish) = read(sheet, &was) {
            sheet.wishes.push(wish);
        }
        return false;
    }
    match read(sheet, text) {
        Ok(wish) => {
            sheet.form.pending_inputs.remove(&id);
            sheet.wishes.push(wish);
            true
        }
        Err(_) => false,
    }
}
