//! Many records edited at once: what is to be done, what would come of it, and the button that does it.

use crate::details::place::hints;
use crate::form::{self, LABEL_PT, Sheet, Source};
use crate::parts;
use egui::{ComboBox, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::bulk_edit_form::{BulkEditForm, BulkEditMode};
use linchpin_app::bulk_preview::BulkPreviewResult;
use linchpin_app::command::Command;
use linchpin_app::form_state::{FormState, dialog_form_id as holder};
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::many::{Outlook, counted};
use linchpin_register::Form;
use linchpin_register::declare::{FieldSpec, PathStep};
use linchpin_register::tables::detail::label;
use linchpin_render::theme::space;
use ron_lossless::RonValue;

/// How many records that stay as they are are named.
const MAX_REFUSED: usize = 100;

/// Paints the dialog; `true` where it should close.
pub fn show(
    ui: &mut Ui,
    app: &App,
    many: &mut BulkEditForm,
    foreseen: Option<&BulkPreviewResult>,
    form: &mut FormState,
    out: &mut Vec<Command>,
) -> bool {
    let before = many.clone();
    ways(ui, many);
    ui.add_space(space::XS);
    let room = (ui.available_height() - 190.0).max(120.0);
    ScrollArea::vertical()
        .id_salt("what is done")
        .max_height(room)
        .auto_shrink([false, true])
        .show(ui, |ui| what(ui, app, many, form));
    if *many != before {
        if many.mode != before.mode || many.field != before.field {
            form.discard(holder());
            form.focus_first_of = Some(holder());
        }
        ui.ctx().request_repaint();
        return foot(ui, None, many, out);
    }
    let register = &app.file.latest.register;
    let fault = form.error(holder()).map(str::to_owned);
    let missing = fault.clone().or_else(|| many.operation(register).err());
    let missing = missing.or_else(|| unfounded(many));
    let outlook = match foreseen {
        Some(BulkPreviewResult::Edit(outlook)) if missing.is_none() => Some(outlook),
        _ => None,
    };
    ui.separator();
    match (&missing, outlook) {
        (Some(why), _) if why.is_empty() => {
            parts::caption(ui, "Fill in the value to see what will happen.");
        }
        // What is typed and wrong says so at its field.
        (Some(_), _) if fault.is_some() => {}
        (Some(why), _) => match why.strip_prefix("Give the field ") {
            Some(field) => {
                parts::caption(ui, format!("{} is still to be filled in.", label(field)));
            }
            None => form::fault(ui, why),
        },
        (None, Some(outlook)) => prospect(ui, many, outlook),
        (None, None) => {
            ui.horizontal(|ui| {
                ui.spinner();
                parts::caption(ui, "Looking at what will happen");
            });
        }
    }
    foot(ui, outlook, many, out)
}

/// An assessment without the evidence that it needs.
fn unfounded(many: &BulkEditForm) -> Option<String> {
    match many.fields.first() {
        Some((_, RonValue::Record(given))) if many.mode == BulkEditMode::Assess => {
            form::unfounded("Assessment", given)
        }
        _ => None,
    }
}

fn ways(ui: &mut Ui, many: &mut BulkEditForm) {
    ui.horizontal_wrapped(|ui| {
        for (way, text) in [
            (BulkEditMode::SetField, "Set a field"),
            (BulkEditMode::AddToList, "Add to a list"),
            (BulkEditMode::RemoveFromList, "Take out of a list"),
            (BulkEditMode::Assess, "Assess"),
        ] {
            let specs = BulkEditForm::editable_fields(many.kind, way);
            let Some(first) = specs.first() else { continue };
            if ui.selectable_label(many.mode == way, text).clicked() && many.mode != way {
                let same = specs.iter().find(|spec| spec.name == many.field);
                many.field = same.unwrap_or(first).name;
                many.mode = way;
                many.fields.clear();
                many.removes_field = false;
            }
        }
    });
}

/// The field, and the editor of its value.
fn what(ui: &mut Ui, app: &App, many: &mut BulkEditForm, form: &mut FormState) {
    let hints = hints(app, None);
    if many.mode != BulkEditMode::Assess {
        form::row(ui, LABEL_PT, "Field", "The field that is edited", |ui| {
            field(ui, many);
        });
    }
    let Some(spec) = many.spec() else { return };
    if many.mode == BulkEditMode::Assess && many.fields.is_empty() {
        begin(many, &spec, &hints);
    }
    if many.can_remove_field() {
        form::row(ui, LABEL_PT, "", "", |ui| {
            ui.checkbox(&mut many.removes_field, "Take the field out of all of them");
        });
        if many.removes_field {
            return;
        }
    }
    let before = many.fields.clone();
    let source = Source::Made(&before);
    let register = &app.file.latest.register;
    let mut sheet = Sheet::new(register, form, source, &hints, holder());
    let path = [PathStep::Field(spec.name)];
    let slot = form::Slot {
        path: path.to_vec(),
        form: spec.form,
        name: label(spec.name),
        hint: spec.doc,
        needed: true,
    };
    match many.mode {
        BulkEditMode::Assess => form::value(ui, &mut sheet, &slot),
        _ => form::row(ui, LABEL_PT, "Value", spec.doc, |ui| {
            form::value(ui, &mut sheet, &slot);
        }),
    }
    for wish in std::mem::take(&mut sheet.wishes) {
        wish.fill(&mut many.fields);
    }
}

fn begin(many: &mut BulkEditForm, spec: &FieldSpec, hints: &form::Hints) {
    if let Form::Record { fields, .. } = spec.form {
        let value = RonValue::Record(form::new_item(fields, hints));
        many.fields.push((spec.name.to_owned(), value));
    }
}

fn field(ui: &mut Ui, many: &mut BulkEditForm) {
    let mut chosen = many.field;
    let choice = ComboBox::from_id_salt("field of many")
        .selected_text(label(chosen))
        .width(220.0)
        .show_ui(ui, |ui| {
            for spec in BulkEditForm::editable_fields(many.kind, many.mode) {
                ui.selectable_value(&mut chosen, spec.name, label(spec.name))
                    .on_hover_text(spec.doc);
            }
        });
    let name = format!("Field: {}", label(many.field));
    choice
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
    if chosen != many.field {
        many.field = chosen;
        many.fields.clear();
        many.removes_field = false;
    }
}

/// What will happen.
fn prospect(ui: &mut Ui, many: &BulkEditForm, outlook: &Outlook) {
    let is_in = match many.mode {
        BulkEditMode::RemoveFromList => "do not have it",
        BulkEditMode::AddToList => "have it already",
        _ => "have this value already",
    };
    let verb = |count, one, many| if count == 1 { one } else { many };
    let changed = counted(many.kind, outlook.changed);
    ui.label(match outlook.changed {
        0 => "Nothing would change.".to_owned(),
        n => format!("{changed} {}.", verb(n, "changes", "change")),
    });
    if outlook.same > 0 {
        let is_in = match outlook.same {
            1 => is_in
                .replace("do not", "does not")
                .replace("have this", "has this"),
            _ => is_in.to_owned(),
        };
        let is_in = match outlook.same {
            1 => is_in.replace("have it already", "has it already"),
            _ => is_in,
        };
        parts::caption(ui, format!("{} {is_in}.", outlook.same));
    }
    if let Some(warning) = &outlook.warning {
        parts::caption(
            ui,
            format!(
                "{} will be listed under Problems, with a warning. {warning}.",
                counted(many.kind, outlook.warned)
            ),
        );
    }
    if outlook.refused.is_empty() {
        return;
    }
    let count = outlook.refused.len();
    let stays = verb(count, "stays as it is:", "stay as they are:");
    form::fault(ui, &format!("{} {stays}", counted(many.kind, count)));
    ScrollArea::vertical()
        .id_salt("refused")
        .max_height(110.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for refusal in outlook.refused.iter().take(MAX_REFUSED) {
                parts::caption(ui, format!("“{}”. {}.", refusal.title, refusal.why));
            }
            if count > MAX_REFUSED {
                parts::caption(ui, format!("and {} more", count - MAX_REFUSED));
            }
        });
}

/// The buttons; `true` where the dialog should close.
fn foot(
    ui: &mut Ui,
    outlook: Option<&Outlook>,
    many: &BulkEditForm,
    out: &mut Vec<Command>,
) -> bool {
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        let edit = outlook.and_then(|outlook| Some((outlook.edit.as_ref()?, outlook.changed)));
        let text = match edit {
            Some((_, count)) => format!("Change {}", counted(many.kind, count)),
            None => "Change".to_owned(),
        };
        let button = ui.add_enabled_ui(edit.is_some(), |ui| parts::primary_button(ui, &text));
        if let Some((edit, _)) = edit.filter(|_| button.inner.clicked()) {
            out.push(Command::Transaction(Box::new(TransactionRequest::Edit(
                edit.clone(),
            ))));
            return true;
        }
        ui.button("Cancel").clicked()
    })
    .inner
}
