//! An id for a copy, or another one for a record.

use crate::details_pane::editable_fields::field_defaults;
use crate::record_form::{self, FormSource, LABEL_PT, RecordForm};
use crate::widgets;
use egui::{Key, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::IdForm;
use linchpin_app::form_state::{FormState, dialog_form_id};
use linchpin_edit::{Edit, plan_edit};
use linchpin_register::schema::PathStep;
use linchpin_render::theme::space;
use ron_lossless::RonValue;

/// Paints the field and the buttons; `true` where the dialog should close.
pub fn show(
    ui: &mut Ui,
    app: &App,
    form: &mut FormState,
    id_form: &mut IdForm,
    is_rename: bool,
    out: &mut Vec<Command>,
) -> bool {
    let register = &app.file.latest.register;
    let at = register.find(&id_form.id);
    let Some((at, record)) = at.and_then(|at| Some((at, register.record(at)?))) else {
        return true;
    };
    widgets::caption(ui, format!("“{}”", record.title()));
    ui.add_space(space::XS);
    let spec = at.kind.fields().iter().find(|spec| spec.name == "id");
    let path = [PathStep::Field("id")];
    let fields = [("id".to_owned(), RonValue::text(&id_form.new_id))];
    let hints = field_defaults(app, Some(at));
    let mut record_form = RecordForm::new(
        register,
        form,
        FormSource::New(&fields),
        &hints,
        dialog_form_id(),
    );
    if let Some(spec) = spec {
        record_form::labeled_row(ui, LABEL_PT, "New id", spec.doc, |ui| {
            record_form::field_editor(ui, &mut record_form, &path, spec, "");
        });
    }
    let left = record_form.field_left;
    for field_edit in std::mem::take(&mut record_form.field_edits) {
        let mut filled = fields.to_vec();
        field_edit.apply_to_fields(&mut filled);
        if let Some((_, RonValue::Text(id))) = filled.first() {
            id_form.new_id = id.clone();
            id_form.error = None;
        }
    }
    if is_rename {
        widgets::caption(ui, link_count_note(register.linked_from(at).len()));
    }
    if let Some(error) = &id_form.error {
        record_form::error_label(ui, error);
    }
    ui.add_space(space::XS);
    let enter = left && ui.input(|i| i.key_pressed(Key::Enter));
    ui.horizontal(|ui| {
        let verb = if is_rename { "Rename" } else { "Duplicate" };
        let is_valid = form.error(dialog_form_id()).is_none();
        let button = ui.add_enabled_ui(is_valid, |ui| widgets::primary_button(ui, verb));
        if (button.inner.clicked() || enter) && is_valid {
            let edit = edit(id_form, is_rename);
            match plan_edit(&app.file.latest, &edit) {
                Ok(_) => {
                    out.push(crate::edit_command(edit));
                    return true;
                }
                Err(why) => id_form.error = Some(why.to_string()),
            }
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

fn edit(id_form: &IdForm, is_rename: bool) -> Edit {
    let (id, new_id) = (id_form.id.clone(), id_form.new_id.clone());
    match is_rename {
        true => Edit::RenameRecord { id, new_id },
        false => Edit::DuplicateRecord { id, new_id },
    }
}

/// How many records follow a new id.
fn link_count_note(count: usize) -> String {
    match count {
        0 => "No record links to it.".to_owned(),
        1 => "One record links to it, and follows.".to_owned(),
        many => format!("{many} records link to it, and follow."),
    }
}
