//! Choices from a vocabulary, and yes or no.

use super::form::{FieldSlot, RecordForm};
use super::pick_list;
use super::text_field::{TextFieldOptions, text_field};
use egui::{Id, Response, Ui};
use linchpin_app::form_state::PickOption;
use linchpin_edit::{FieldEdit, ValueChange};
use linchpin_register::VocabularyTerm;
use linchpin_register::english::in_sentence;
use linchpin_register::query::fold::fold;
use ron_lossless::RonValue;

/// What stands for no choice.
const NONE: &str = "";

/// The editor of a word from a vocabulary.
pub fn show(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    choices: &'static [VocabularyTerm],
) {
    let now = match form.value(&slot.path) {
        Some(RonValue::Bare(name)) => Some(name),
        _ => None,
    };
    let known = choices.iter().find(|c| Some(c.name) == now.as_deref());
    let text = match (known, &now) {
        (Some(choice), _) => choice.label.to_owned(),
        (None, Some(name)) => format!("⚠ {name}"),
        (None, None) => slot.default_text.unwrap_or("–").to_owned(),
    };
    let width = ui.available_width().min(260.0);
    let button = pick_list::button(ui, &slot.name, &text, now.is_none(), width);
    let help = known.map_or(slot.hint, |choice| choice.meaning);
    let button = button.on_hover_text(help);
    let id = form.id(&slot.path);
    let can_be_none = !slot.is_required && now.is_some();
    match pick_choice(ui, form, id, &button, choices, can_be_none) {
        Some(name) if name == NONE => form.push_edit(&slot.path, ValueChange::Remove),
        Some(name) if Some(&name) != now.as_ref() => {
            form.push_edit(&slot.path, ValueChange::Set(RonValue::bare(name)))
        }
        // The same word again: an edit would be an undo step that does nothing.
        Some(_) => {}
        None => return,
    }
    form.field_left = true;
}

/// Chooses a word of a vocabulary below a button.
pub fn pick_choice(
    ui: &Ui,
    form: &mut RecordForm<'_>,
    id: Id,
    button: &Response,
    choices: &'static [VocabularyTerm],
    can_be_none: bool,
) -> Option<String> {
    pick_list::show(ui, form, id, button, &|search| {
        let search = fold(search);
        let fits =
            |c: &&VocabularyTerm| search.split_whitespace().all(|w| fold(c.label).contains(w));
        let hit = |c: &VocabularyTerm| pick_list::option(c.name, c.label, "", c.meaning);
        let mut hits: Vec<PickOption> = choices.iter().filter(fits).map(hit).collect();
        if can_be_none && search.is_empty() {
            hits.push(pick_list::option(NONE, "– none", "", "Remove it"));
        }
        hits
    })
}

/// The editor of a yes or no.
pub fn checkbox(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let mut on = form.value(&slot.path) == Some(RonValue::bare("true"));
    let response = ui.checkbox(&mut on, "Yes").on_hover_text(slot.hint);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, ui.is_enabled(), on, &slot.name)
    });
    if response.changed() {
        let want = match on {
            true => ValueChange::Set(RonValue::bare("true")),
            false => ValueChange::Remove,
        };
        form.push_edit(&slot.path, want);
        form.field_left = true;
    }
}

/// The editor of whether a figure may be drawn, and why not.
pub fn chartable(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    let id = form.id(&slot.path);
    let now = form.value(&slot.path);
    let reason = match &now {
        Some(RonValue::Call(_, inside)) => match inside.first() {
            Some(RonValue::Text(reason)) => Some(reason.clone()),
            _ => Some(String::new()),
        },
        _ => None,
    };
    let says_no = reason.is_some() || form.pending_value(id).is_some();
    ui.horizontal(|ui| {
        for (no, text) in [(false, "Yes"), (true, "No, because")] {
            let response = ui.radio(says_no == no, text);
            let name = format!("{}: {}", slot.name, in_sentence(text));
            response.widget_info(|| {
                let role = egui::Role::RadioButton;
                egui::WidgetInfo::selected(role, ui.is_enabled(), says_no == no, &name)
            });
            if response.clicked() && no && !says_no {
                // Not written before there is a reason.
                let empty = RonValue::Call("No".into(), vec![RonValue::text("")]);
                form.set_pending_value(id, empty);
                form.state.focus_first_of = Some(form.form_id);
            } else if response.clicked() && !no {
                form.state.pending_values.remove(&id);
                if reason.is_some() {
                    form.push_edit(&slot.path, ValueChange::Set(RonValue::bare("Yes")));
                    form.field_left = true;
                }
            }
        }
    });
    if !says_no {
        return;
    }
    let reason = reason.unwrap_or_default();
    let inner = FieldSlot {
        name: format!("Why not: {}", slot.name),
        hint: "Such as: a rank is not a quantity",
        ..slot.clone()
    };
    let options = TextFieldOptions {
        is_multiline: true,
        ..TextFieldOptions::default()
    };
    let why = id.with("why");
    let written = text_field(ui, form, &inner, why, &reason, options, &|_, text| {
        if text.trim().is_empty() {
            return Err("Say why it is not drawn, or choose Yes".into());
        }
        let no = RonValue::Call("No".into(), vec![RonValue::text(text)]);
        Ok(FieldEdit::set(&slot.path, no))
    });
    if written {
        form.state.pending_values.remove(&id);
    }
}
