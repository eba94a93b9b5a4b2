//! A new assessment, step by step: what was found, when and by whom, with which evidence. It is added to the list; nothing there changes.

use crate::record_form::{self, FieldSlot, FormSource, RecordForm};
use crate::{strength, widgets};
use egui::{RichText, Role, Ui, WidgetInfo, vec2};
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Assessment, FieldType};
use linchpin_render::theme::{self, space};
use ron_lossless::RonValue;

/// Width of the names of its fields.
const LABEL_PT: f32 = 78.0;

/// Begins a new assessment.
pub fn begin(form: &mut RecordForm<'_>, path: &[PathStep], fields: &'static [FieldSpec]) {
    let id = form.id(path).with("new");
    let mut given = record_form::default_item(fields, form.defaults);
    // What was found is for the assessor to say.
    given.retain(|(name, _)| name != "status");
    form.set_pending_value(id, RonValue::Record(given));
    form.state.focus_first_of = Some(id);
}

/// Paints the assessment that is being made, where one is.
pub fn show(ui: &mut Ui, form: &mut RecordForm<'_>, path: &[PathStep], spec: &FieldSpec) {
    let FieldType::Record { what, fields } = spec.field_type else {
        return;
    };
    let id = form.id(path).with("new");
    let Some(RonValue::Record(mut given)) = form.pending_value(id).cloned() else {
        return;
    };
    let slot = FieldSlot {
        path: path.to_vec(),
        name: "Status".into(),
        form: spec.field_type,
        hint: spec.doc,
        is_required: false,
    };
    let mut stays_open = true;
    record_form::nested_card(ui, |ui| {
        widgets::section_heading(ui, "New assessment");
        widgets::caption(ui, "What was found?");
        status_choices(ui, &mut given);
        let before = given.clone();
        let mut inner = RecordForm::new(
            form.register,
            &mut *form.state,
            FormSource::New(&before),
            form.defaults,
            id,
        );
        ui.add_space(space::XS);
        for spec in fields.iter().filter(|spec| spec.name != "status") {
            if let Some(words) = prompt_before_field(spec.name, &given) {
                ui.add_space(space::XS);
                widgets::caption(ui, words);
            }
            let path = [PathStep::Field(spec.name)];
            record_form::labeled_field(ui, &mut inner, &path, spec, LABEL_PT, "new assessment");
        }
        for field_edit in std::mem::take(&mut inner.field_edits) {
            field_edit.apply_to_fields(&mut given);
        }
        ui.add_space(space::XS);
        widgets::caption(
            ui,
            "It is added to the history; earlier entries stay as they are.",
        );
        stays_open = record_form::new_record_buttons(ui, form, &slot, what, &given, id);
    });
    if stays_open {
        form.set_pending_value(id, RonValue::Record(given));
    } else {
        form.state.pending_values.remove(&id);
        form.state.discard(id);
    }
}

/// A line for each status with its sign and its meaning, one of which is chosen.
fn status_choices(ui: &mut Ui, given: &mut Vec<(String, RonValue)>) {
    let p = theme::palette_of(ui);
    let now = chosen_status(given);
    // Nobody needs to write down that nobody has looked.
    for &status in FulfillmentStatus::ALL
        .iter()
        .filter(|s| **s != FulfillmentStatus::NotAssessed)
    {
        let is_on = now == Some(status);
        let row = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let name = format!("{}: {}", status.label(), status.meaning());
            let radio = ui.radio(is_on, "");
            radio.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_on, &name));
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), egui::Sense::hover());
            strength::status_sign(ui.painter(), rect.center(), status, p);
            let words = egui::Label::new(RichText::new(status.label()).color(p.text));
            let label = ui.add(words.sense(egui::Sense::click()));
            widgets::caption(ui, status.meaning());
            radio.clicked() || label.clicked()
        });
        if row.inner {
            given.retain(|(name, _)| name != "status");
            given.push(("status".into(), RonValue::bare(status.name())));
            sort_fields(given);
        }
    }
}

fn chosen_status(given: &[(String, RonValue)]) -> Option<FulfillmentStatus> {
    let (_, value) = given.iter().find(|(name, _)| name == "status")?;
    let name = value.line();
    FulfillmentStatus::ALL
        .iter()
        .copied()
        .find(|s| s.name() == name)
}

/// The fields in the order of the file.
fn sort_fields(given: &mut [(String, RonValue)]) {
    let place = |name: &str| Assessment::FIELDS.iter().position(|spec| spec.name == name);
    given.sort_by_key(|(name, _)| place(name));
}

/// What is said before a field.
fn prompt_before_field(field: &str, given: &[(String, RonValue)]) -> Option<&'static str> {
    match field {
        "date" => Some("When, and by whom?"),
        "citations" => Some(match chosen_status(given) {
            None | Some(FulfillmentStatus::NoEvidence) => {
                "With which evidence? Where none was found, none is needed; cite where it was looked for."
            }
            Some(_) => "With which evidence? At least one citation is needed.",
        }),
        _ => None,
    }
}
