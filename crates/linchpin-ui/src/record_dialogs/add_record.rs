//! A new record: its fields are there at once, and valid; they are filled in before it is added.

use crate::details_pane::editable_fields::field_defaults;
use crate::record_form::{self, FormSource, LABEL_PT, RecordForm};
use crate::widgets;
use egui::{Key, Modifiers};
use egui::{ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::NewRecordForm;
use linchpin_app::form_state::{FormState, dialog_form_id};
use linchpin_edit::validation::{InvalidValue, field_error};
use linchpin_edit::{Edit, FieldEdit, plan_edit};
use linchpin_register::Register;
use linchpin_register::schema::{FieldCardinality, PathStep};
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::unused_id;
use linchpin_render::theme::space;
use ron_lossless::RonValue;

/// Paints the fields and the buttons; `true` where the dialog should close.
pub fn show(
    ui: &mut Ui,
    app: &App,
    new: &mut NewRecordForm,
    form: &mut FormState,
    out: &mut Vec<Command>,
) -> bool {
    widgets::caption(ui, new.kind.about());
    ui.add_space(space::XS);
    // A field hands over its words in the frame after it has lost the focus, so the record is added
    // one frame after the key.
    let adding = std::mem::take(&mut new.is_submitting);
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) {
        // The field that is being typed into gives its words first.
        ui.memory_mut(|memory| memory.stop_text_input());
        ui.ctx().request_repaint();
        new.is_submitting = true;
    }
    fields(ui, app, new, form);
    if let Some(error) = &new.error {
        record_form::error_label(ui, error);
    }
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        let add = widgets::primary_button(ui, "Add").on_hover_text("Ctrl+Enter");
        if add.clicked() || adding {
            let typed = form.error(dialog_form_id()).map(str::to_owned);
            match typed.map_or_else(|| validated_edit(app, new), Err) {
                Ok(edit) => {
                    out.push(crate::edit_command(edit));
                    return true;
                }
                Err(why) => new.error = Some(why),
            }
        }
        let cancel = ui.button("Cancel").clicked();
        let more = match new.shows_all_fields {
            true => "Show fewer fields",
            false => "Show all fields",
        };
        if widgets::toolbar_button(ui, more, "Every field that such a record can have").clicked() {
            new.shows_all_fields = !new.shows_all_fields;
        }
        cancel
    })
    .inner
}

fn fields(ui: &mut Ui, app: &App, new: &mut NewRecordForm, form: &mut FormState) {
    let loaded = &app.file.latest;
    let at = new.after.as_deref().and_then(|id| loaded.register.find(id));
    let hints = field_defaults(app, at);
    // A copy: the form reads the values while what is filled in changes them.
    let before = new.fields.clone();
    let source = FormSource::New(&before);
    let mut record_form = RecordForm::new(&loaded.register, form, source, &hints, dialog_form_id());
    ScrollArea::vertical()
        .max_height(ui.available_height() - 84.0)
        .show(ui, |ui| {
            ui.set_width(ui.available_width() - space::S);
            for spec in new.kind.fields() {
                let path = [PathStep::Field(spec.name)];
                let given = before.iter().any(|(name, _)| name == spec.name);
                let typed = record_form
                    .state
                    .has_pending_input(record_form.form_id, &path);
                if new.shows_all_fields
                    || given
                    || typed
                    || spec.cardinality == FieldCardinality::Required
                {
                    // The name comes first to mind: the id follows it.
                    let is_id = spec.name == "id";
                    let focus = record_form.state.focus_first_of.take_if(|_| is_id);
                    record_form::labeled_field(ui, &mut record_form, &path, spec, LABEL_PT, "");
                    record_form.state.focus_first_of = record_form.state.focus_first_of.or(focus);
                }
            }
        });
    for field_edit in std::mem::take(&mut record_form.field_edits) {
        apply_field_edit(new, &loaded.register, field_edit);
    }
}

/// Fills something in. The id follows the name until the user has typed one.
fn apply_field_edit(new: &mut NewRecordForm, register: &Register, field_edit: FieldEdit) {
    let first = field_edit.path.first().copied();
    field_edit.apply_to_fields(&mut new.fields);
    new.error = None;
    match first {
        Some(PathStep::Field("id")) => new.has_custom_id = true,
        Some(PathStep::Field(name @ ("title" | "name" | "label"))) if !new.has_custom_id => {
            let given = new.fields.iter().find(|(other, _)| other == name);
            if let Some((_, RonValue::Text(name))) = given {
                let id = RonValue::text(unused_id(register, name));
                FieldEdit::set(&[PathStep::Field("id")], id).apply_to_fields(&mut new.fields);
            }
        }
        _ => {}
    }
}

/// The edit that adds the record, where all of it is valid.
fn validated_edit(app: &App, new: &NewRecordForm) -> Result<Edit, String> {
    let loaded = &app.file.latest;
    for spec in new.kind.fields() {
        let given = new.fields.iter().find(|(name, _)| name == spec.name);
        let why = match given {
            Some((_, value)) => field_error(&loaded.register, spec, value),
            None if spec.cardinality == FieldCardinality::Required => Some(InvalidValue::Empty),
            None => None,
        };
        if let Some(why) = why {
            return Err(format!("{}: {why}", field_label(spec.name)));
        }
    }
    let order = |name: &str| new.kind.fields().iter().position(|spec| spec.name == name);
    // Filled in in any order; the file has the fields in that of their declaration.
    let mut fields = new.fields.clone();
    fields.sort_by_key(|(name, _)| order(name));
    let edit = Edit::AddRecord {
        kind: new.kind,
        fields,
        after: new.after.clone(),
    };
    // Planned only to say here why it would be refused. Carrying it out plans it again, on the text
    // as it is then.
    match plan_edit(loaded, &edit) {
        Ok(_) => Ok(edit),
        Err(why) => Err(why.to_string()),
    }
}
