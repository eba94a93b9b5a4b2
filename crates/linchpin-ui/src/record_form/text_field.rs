//! Fields to type into: texts, ids and whole numbers. What is typed is written as one step when the
//! field is left, and only where it is valid.

use super::form::{FieldSlot, FormSource, RecordForm};
use super::is_multiline;
use egui::{Id, Key, KeyboardShortcut, Label, Modifiers, Response, RichText, TextEdit, Ui};
use linchpin_app::form_state::PendingInput;
use linchpin_edit::FieldEdit;
use linchpin_edit::validation::{InvalidValue, value_error};
use linchpin_register::FieldType;
use linchpin_render::theme::{self, size};
use linchpin_report::visible::visible;
use ron_lossless::{Diagnostic, RonValue, Severity};

/// What the text of a field comes to: the edit that it makes, or what is wrong with it.
pub type FieldParseResult = Result<FieldEdit, String>;

/// How a field to type into looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextFieldOptions {
    /// Several lines; Shift+Enter begins another.
    pub is_multiline: bool,
    /// `None`: as wide as there is room.
    pub width_pt: Option<f32>,
    /// What is typed is a new item: it is written only by Enter or by leaving, in a dialog as well.
    pub is_new_item: bool,
}

/// Paints a field to type into. `now`: what stands there; `read`: what a text comes to. `true`
/// where something was written.
pub fn text_field(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    id: Id,
    now: &str,
    options: TextFieldOptions,
    read: &dyn Fn(&RecordForm<'_>, &str) -> FieldParseResult,
) -> bool {
    let typed = form
        .state
        .pending_inputs
        .get(&id)
        .map(|typed| typed.text.clone());
    let had_pending_input = typed.is_some();
    let mut text = typed.unwrap_or_else(|| now.to_owned());
    let response = text_edit(ui, slot, id, &mut text, options);
    if form.take_focus() {
        response.request_focus();
        select_all(ui, id, &text);
    }
    let live = form.updates_live() && !options.is_new_item;
    if response.changed() {
        store_pending_input(form, slot, id, now, &text, live, read);
    }
    let is_in_register = form.target().is_some();
    let mut has_changed_meanwhile = false;
    if let Some(typed) = form.state.pending_inputs.get_mut(&id) {
        // Input whose field is not painted in a frame has left the screen, and is handed over at
        // its end.
        typed.is_visible = true;
        has_changed_meanwhile = is_in_register && typed.original != now && typed.text != now;
        if has_changed_meanwhile {
            // Leaving the field would overwrite, unasked, what somebody has written there since.
            typed.edit = None;
            typed.error = Some(format!(
                "This has changed to “{now}” meanwhile: Enter writes yours, Escape keeps it"
            ));
        }
    }
    if response.has_focus() {
        form.state.focused_field = Some(id);
    }
    // Such a field would keep the focus on Enter, which means to write here; Shift+Enter breaks the
    // line.
    let enter = options.is_multiline
        && response.has_focus()
        && ui.input(|i| i.key_pressed(Key::Enter) && !i.modifiers.any());
    if enter {
        response.surrender_focus();
    }
    let mut written = false;
    let answers = |key| ui.input(|i| i.key_pressed(key));
    let is_asked = enter || answers(Key::Enter) || answers(Key::Escape);
    // Left by a click or Tab: what is typed stays, with its question, until a key answers that.
    if response.lost_focus() && has_changed_meanwhile && !is_asked {
        form.state.focused_field = None;
    } else if response.lost_focus() || enter {
        if form.state.focused_field == Some(id) {
            form.state.focused_field = None;
        }
        let reverted = ui.input(|i| i.key_pressed(Key::Escape));
        written = commit_or_revert(form, id, &text, reverted, live, read);
        // What is wrong stays in its field, which is not left by that.
        form.field_left |= !form.state.pending_inputs.contains_key(&id);
    }
    if had_pending_input || form.state.pending_inputs.contains_key(&id) {
        let error = form
            .state
            .pending_inputs
            .get(&id)
            .and_then(|t| t.error.clone());
        if let Some(error) = error {
            error_label(ui, &error);
        }
    }
    written
}

/// What is wrong, below the field.
pub fn error_label(ui: &mut Ui, label: &str) {
    let p = theme::palette_of(ui);
    let text = RichText::new(label)
        .font(theme::regular(size::CAPTION))
        .color(p.error);
    ui.add(Label::new(text).wrap());
}

/// What is wrong with a value that stands in the text, below its field.
pub fn diagnostic_label(ui: &mut Ui, problem: &Diagnostic) {
    let p = theme::palette_of(ui);
    let color = match problem.severity {
        Severity::Error => p.error,
        _ => p.warning,
    };
    let label = match &problem.help {
        Some(help) => format!("{}: {help}", problem.message),
        None => problem.message.clone(),
    };
    let text = RichText::new(label).font(theme::regular(size::CAPTION));
    ui.add(Label::new(text.color(color)).wrap());
}

fn text_edit(
    ui: &mut Ui,
    slot: &FieldSlot,
    id: Id,
    text: &mut String,
    options: TextFieldOptions,
) -> Response {
    let edit = match options.is_multiline {
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
        .desired_width(options.width_pt.unwrap_or(f32::INFINITY));
    let response = ui.add(edit);
    let role = match options.is_multiline {
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
fn store_pending_input(
    form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    id: Id,
    now: &str,
    text: &str,
    live: bool,
    read: &dyn Fn(&RecordForm<'_>, &str) -> FieldParseResult,
) {
    let was = match form.state.pending_inputs.get(&id) {
        Some(typed) => typed.original.clone(),
        None => now.to_owned(),
    };
    if text == was {
        form.state.pending_inputs.remove(&id);
        // A dialog has followed each letter, and has to come back to the beginning as well.
        if live && let Ok(field_edit) = read(form, text) {
            form.field_edits.push(field_edit);
        }
        return;
    }
    let (field_edit, error) = match read(form, text) {
        Ok(field_edit) => (Some(field_edit), None),
        Err(why) => (None, Some(why)),
    };
    let then = match form.source {
        FormSource::InRegister(_, target) => field_edit
            .clone()
            .map(|field_edit| field_edit.into_edit(target)),
        FormSource::New(_) => None,
    };
    form.field_edits.extend(field_edit.filter(|_| live));
    let typed = PendingInput {
        form_id: form.form_id,
        target: form.target().cloned(),
        path: slot.path.clone(),
        text: text.to_owned(),
        original: was,
        error,
        edit: then,
        is_visible: true,
    };
    form.state.pending_inputs.insert(id, typed);
}

/// The field has been left. `true` where what was typed is written by it.
fn commit_or_revert(
    form: &mut RecordForm<'_>,
    id: Id,
    text: &str,
    reverted: bool,
    live: bool,
    read: &dyn Fn(&RecordForm<'_>, &str) -> FieldParseResult,
) -> bool {
    let Some(typed) = form.state.pending_inputs.get(&id) else {
        return false;
    };
    if reverted {
        let was = typed.original.clone();
        form.state.pending_inputs.remove(&id);
        if live && let Ok(field_edit) = read(form, &was) {
            form.field_edits.push(field_edit);
        }
        return false;
    }
    match read(form, text) {
        Ok(field_edit) => {
            form.state.pending_inputs.remove(&id);
            form.field_edits.push(field_edit);
            true
        }
        Err(_) => false,
    }
}

/// The editor of a text.
pub fn text_editor(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let is_multiline_field = is_multiline(slot.field_name());
    let now = value_text(form.value(&slot.path));
    let options = TextFieldOptions {
        is_multiline: is_multiline_field,
        ..TextFieldOptions::default()
    };
    let id = form.id(&slot.path);
    text_field(ui, form, slot, id, &now, options, &|form, text| {
        parse_text(form, slot, text)
    });
}

/// The editor of an id.
pub fn id_editor(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let now = value_text(form.value(&slot.path));
    let id = form.id(&slot.path);
    text_field(
        ui,
        form,
        slot,
        id,
        &now,
        TextFieldOptions::default(),
        &|form, text| {
            let value = RonValue::text(text.trim());
            if let Some(why) = value_error(form.register, &FieldType::Id, &value) {
                return Err(why.to_string());
            }
            match form.register.find(text.trim()) {
                Some(_) if text.trim() != now => Err(format!(
                    "Another record has the id “{}” already",
                    text.trim()
                )),
                _ => Ok(FieldEdit::set(&slot.path, value)),
            }
        },
    );
}

/// The editor of a whole number.
pub fn number_editor(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let now = match form.value(&slot.path) {
        Some(RonValue::Bare(number)) => number.replace('_', ""),
        _ => String::new(),
    };
    let options = TextFieldOptions {
        width_pt: Some(90.0),
        ..TextFieldOptions::default()
    };
    let id = form.id(&slot.path);
    text_field(ui, form, slot, id, &now, options, &|form, text| {
        let digits = strip_digit_separators(text);
        if digits.is_empty() {
            return parse_empty(slot);
        }
        let value = RonValue::bare(&digits);
        match digits.bytes().all(|b| b.is_ascii_digit()) {
            true => validate(form, slot, value),
            false => Err("Write a whole number, such as 3".into()),
        }
    });
}

/// What a text comes to in a place for text.
fn parse_text(form: &RecordForm<'_>, slot: &FieldSlot, text: &str) -> FieldParseResult {
    if text.trim().is_empty() {
        return parse_empty(slot);
    }
    validate(form, slot, RonValue::text(text))
}

/// What comes of nothing where a value was.
pub fn parse_empty(slot: &FieldSlot) -> FieldParseResult {
    match slot.is_required {
        true => Err(InvalidValue::Empty.to_string()),
        false => Ok(FieldEdit::remove(&slot.path)),
    }
}

/// The value, where it is valid.
pub fn validate(form: &RecordForm<'_>, slot: &FieldSlot, value: RonValue) -> FieldParseResult {
    match value_error(form.register, &slot.form, &value) {
        Some(why) => Err(why.to_string()),
        None => Ok(FieldEdit::set(&slot.path, value)),
    }
}

/// A number as people group it, with its digits alone: "1,000" is "1000".
pub fn strip_digit_separators(text: &str) -> String {
    let plain = |c: &char| !matches!(c, '_' | ',' | '\'' | ' ' | '\u{a0}' | '\u{202f}');
    text.chars().filter(plain).collect()
}

/// The text of a value. What cannot be seen stands there as RON writes it; it becomes that only in
/// a field that is typed into.
pub fn value_text(value: Option<RonValue>) -> String {
    match value {
        Some(RonValue::Text(text)) => visible(&text).into_owned(),
        Some(other) => other.line(),
        None => String::new(),
    }
}
