//! Many records edited at once: what is to be done, what would come of it, and the button that does
//! it.

use crate::details_pane::editable_fields::field_defaults;
use crate::record_form::{self, FormSource, LABEL_PT, RecordForm};
use crate::widgets;
use egui::{ComboBox, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::bulk_edit::BulkPreviewResult;
use linchpin_app::bulk_edit::{BulkEditForm, BulkEditMode};
use linchpin_app::command::Command;
use linchpin_app::form_state::{FormState, dialog_form_id};
use linchpin_edit::bulk::BulkPlan;
use linchpin_edit::validation::InvalidValue;
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::{FieldType, Register};
use linchpin_render::theme::space;
use ron_lossless::RonValue;

/// How many records that stay as they are are named.
const MAX_REFUSED: usize = 100;

/// Paints the dialog; `true` where it should close.
pub fn show(
    ui: &mut Ui,
    app: &App,
    many: &mut BulkEditForm,
    preview: Option<&BulkPreviewResult>,
    form: &mut FormState,
    out: &mut Vec<Command>,
) -> bool {
    let before = many.clone();
    mode_tabs(ui, many);
    ui.add_space(space::XS);
    let room = (ui.available_height() - 190.0).max(120.0);
    ScrollArea::vertical()
        .id_salt("what is done")
        .max_height(room)
        .auto_shrink([false, true])
        .show(ui, |ui| value_form(ui, app, many, form));
    // The preview is that of the edit before the change: nothing can be confirmed by it.
    if *many != before {
        // What was typed for the field before must not be taken for this one.
        if many.mode != before.mode || many.field != before.field {
            form.discard(dialog_form_id());
            form.focus_first_of = Some(dialog_form_id());
        }
        // The next frame asks for the preview of what is chosen now.
        ui.ctx().request_repaint();
        return buttons(ui, None, many, out);
    }
    let register = &app.file.latest.register;
    let missing = match form.error(dialog_form_id()) {
        Some(_) => Some(Missing::SaidAtField),
        None => missing_in(many, register),
    };
    let operation_preview = match preview {
        Some(BulkPreviewResult::Edit(operation_preview)) if missing.is_none() => {
            Some(operation_preview)
        }
        _ => None,
    };
    ui.separator();
    match (&missing, operation_preview) {
        (Some(Missing::SaidAtField), _) => {}
        (Some(Missing::Value), _) => {
            widgets::caption(ui, "Fill in the value to see what will happen.");
        }
        (Some(Missing::Field(field)), _) => {
            let label = field_label(field);
            widgets::caption(ui, format!("{label} is still to be filled in."));
        }
        (Some(Missing::Valid(error)), _) => record_form::error_label(ui, error),
        (None, Some(operation_preview)) => preview_summary(ui, many, operation_preview),
        (None, None) => {
            widgets::spinner_row(ui, "Previewing");
        }
    }
    buttons(ui, operation_preview, many, out)
}

/// What stands in the way of the edit.
enum Missing {
    /// What is typed and wrong is said at its field.
    SaidAtField,
    /// Nothing is given yet.
    Value,
    /// A field of the record that is given.
    Field(&'static str),
    /// The value is wrong, or lacks its evidence, in words.
    Valid(String),
}

fn missing_in(many: &BulkEditForm, register: &Register) -> Option<Missing> {
    match many.operation(register) {
        Err(None) => Some(Missing::Value),
        Err(Some(InvalidValue::MissingField(field))) => Some(Missing::Field(field)),
        Err(Some(error)) => Some(Missing::Valid(error.to_string())),
        Ok(_) => missing_evidence(many).map(Missing::Valid),
    }
}

/// An assessment without the evidence that it needs.
fn missing_evidence(many: &BulkEditForm) -> Option<String> {
    match many.fields.first() {
        Some((_, RonValue::Record(given))) if many.mode == BulkEditMode::Assess => {
            record_form::missing_evidence("Assessment", given)
        }
        _ => None,
    }
}

fn mode_tabs(ui: &mut Ui, many: &mut BulkEditForm) {
    ui.horizontal_wrapped(|ui| {
        for (way, text) in [
            (BulkEditMode::SetField, "Set a field"),
            (BulkEditMode::AddToList, "Add to a list"),
            (BulkEditMode::RemoveFromList, "Remove from a list"),
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
fn value_form(ui: &mut Ui, app: &App, many: &mut BulkEditForm, form: &mut FormState) {
    let hints = field_defaults(app, None);
    if many.mode != BulkEditMode::Assess {
        record_form::labeled_row(ui, LABEL_PT, "Field", "The field that is edited", |ui| {
            field_picker(ui, many);
        });
    }
    let Some(spec) = many.spec() else { return };
    if many.mode == BulkEditMode::Assess && many.fields.is_empty() {
        begin_assessment(many, &spec, &hints);
    }
    if many.can_remove_field() {
        record_form::labeled_row(ui, LABEL_PT, "", "", |ui| {
            ui.checkbox(&mut many.removes_field, "Remove the field from all of them");
        });
        if many.removes_field {
            return;
        }
    }
    let before = many.fields.clone();
    let source = FormSource::New(&before);
    let register = &app.file.latest.register;
    let mut record_form = RecordForm::new(register, form, source, &hints, dialog_form_id());
    let path = [PathStep::Field(spec.name)];
    let slot = record_form::FieldSlot {
        path: path.to_vec(),
        form: spec.field_type,
        name: field_label(spec.name),
        hint: spec.doc,
        default_text: spec.default_text,
        is_required: true,
    };
    match many.mode {
        BulkEditMode::Assess => record_form::value_editor(ui, &mut record_form, &slot),
        _ => record_form::labeled_row(ui, LABEL_PT, "Value", spec.doc, |ui| {
            record_form::value_editor(ui, &mut record_form, &slot);
        }),
    }
    for field_edit in std::mem::take(&mut record_form.field_edits) {
        field_edit.apply_to_fields(&mut many.fields);
    }
}

fn begin_assessment(many: &mut BulkEditForm, spec: &FieldSpec, hints: &record_form::FieldDefaults) {
    if let FieldType::Record { fields, .. } = spec.field_type {
        let value = RonValue::Record(record_form::default_item(fields, hints));
        many.fields.push((spec.name.to_owned(), value));
    }
}

fn field_picker(ui: &mut Ui, many: &mut BulkEditForm) {
    let mut chosen = many.field;
    let choice = ComboBox::from_id_salt("field of many")
        .selected_text(field_label(chosen))
        .width(220.0)
        .show_ui(ui, |ui| {
            for spec in BulkEditForm::editable_fields(many.kind, many.mode) {
                ui.selectable_value(&mut chosen, spec.name, field_label(spec.name))
                    .on_hover_text(spec.doc);
            }
        });
    let name = format!("Field: {}", field_label(many.field));
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
fn preview_summary(ui: &mut Ui, many: &BulkEditForm, operation_preview: &BulkPlan) {
    let verb = |count, one, many| if count == 1 { one } else { many };
    let changed = many.kind.noun().count(operation_preview.changed);
    ui.label(match operation_preview.changed {
        0 => "Nothing would change.".to_owned(),
        n => format!("{changed} {}.", verb(n, "changes", "change")),
    });
    if operation_preview.unchanged > 0 {
        let count = operation_preview.unchanged;
        let has_it = match many.mode {
            BulkEditMode::RemoveFromList => verb(count, "does not have it", "do not have it"),
            BulkEditMode::AddToList => verb(count, "has it already", "have it already"),
            BulkEditMode::SetField | BulkEditMode::Assess => {
                verb(count, "has this value already", "have this value already")
            }
        };
        widgets::caption(ui, format!("{count} {has_it}."));
    }
    if let Some(warning) = &operation_preview.first_warning {
        widgets::caption(
            ui,
            format!(
                "{} will be listed under Problems, with a warning. {warning}.",
                many.kind.noun().count(operation_preview.warning_count)
            ),
        );
    }
    if operation_preview.skipped.is_empty() {
        return;
    }
    let count = operation_preview.skipped.len();
    let stays = verb(count, "stays as it is:", "stay as they are:");
    record_form::error_label(ui, &format!("{} {stays}", many.kind.noun().count(count)));
    ScrollArea::vertical()
        .id_salt("refused")
        .max_height(110.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for refusal in operation_preview.skipped.iter().take(MAX_REFUSED) {
                widgets::caption(ui, format!("“{}”. {}.", refusal.title, refusal.reason));
            }
            widgets::caption_more(ui, count, MAX_REFUSED);
        });
}

/// The buttons; `true` where the dialog should close.
fn buttons(
    ui: &mut Ui,
    operation_preview: Option<&BulkPlan>,
    many: &BulkEditForm,
    out: &mut Vec<Command>,
) -> bool {
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        let edit = operation_preview.and_then(|operation_preview| {
            Some((operation_preview.edit.as_ref()?, operation_preview.changed))
        });
        let text = match edit {
            Some((_, count)) => format!("Change {}", many.kind.noun().count(count)),
            None => "Change".to_owned(),
        };
        let button = ui.add_enabled_ui(edit.is_some(), |ui| widgets::primary_button(ui, &text));
        if let Some((edit, _)) = edit.filter(|_| button.inner.clicked()) {
            out.push(crate::edit_command(edit.clone()));
            return true;
        }
        ui.button("Cancel").clicked()
    })
    .inner
}
