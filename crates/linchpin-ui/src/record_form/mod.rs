//! Editors for the fields of a record, each fit for what can stand there.
//!
//! ```text
//! RecordForm (where values come from) ─ field(path, spec) ─► edits of the text, or fields of
//! a new record
//! ```
//! What is not valid stays in its field with the reason below it, and is never written.

mod amount;
mod choice;
mod date;
mod follow;
mod form;
mod link;
mod list;
mod nested_record;
pub mod pick_list;
mod text_field;

pub use follow::follow_register;
pub use form::{FieldDefaults, FieldSlot, FormSource, RecordForm};
pub use link::matching_records;
pub use nested_record::{
    default_item, edit_pending_fields, is_item_pending, item_editor, keep_pending_record,
    missing_evidence, nested_card, new_item_editor, new_record_buttons, start_item,
};
pub use text_field::error_label;

use super::widgets;
use egui::{Button, Layout, Response, RichText, Ui, vec2};
use linchpin_register::FieldType;
use linchpin_register::schema::{FieldCardinality, FieldSpec, PathStep};
use linchpin_register::tables::record_detail::field_label;
use linchpin_render::theme::{self, space};

/// Width of the names of fields, as in the details of a record.
pub const LABEL_PT: f32 = 96.0;
/// The same for fields of a record inside a record.
pub const INNER_LABEL_PT: f32 = 78.0;

/// Fields whose text is read rather than scanned, over several lines.
const MULTILINE_FIELDS: &[&str] = &[
    "statement",
    "note",
    "summary",
    "meaning",
    "mandate",
    "strength_note",
    "arithmetic",
];

/// Paints the editor of a field: one value, or a list of such.
pub fn field_editor(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    path: &[PathStep],
    spec: &FieldSpec,
    of: &str,
) {
    let name = match of {
        "" => field_label(spec.name),
        of => format!("{} of {of}", field_label(spec.name)),
    };
    let slot = FieldSlot {
        path: path.to_vec(),
        form: spec.field_type,
        name,
        hint: spec.doc,
        default_text: spec.default_text,
        is_required: spec.cardinality == FieldCardinality::Required,
    };
    match spec.is_list() {
        true => list::show(ui, form, &slot),
        false => value_editor(ui, form, &slot),
    }
    // Problems are asked for by the field of the record: a field inside it would show them once
    // more.
    if path.len() == 1 {
        show_problems(ui, form, spec.name);
    }
}

/// Says what is wrong with the field of this name of a record.
pub fn show_problems(ui: &mut Ui, form: &RecordForm<'_>, name: &'static str) {
    for problem in form.problems(name) {
        text_field::diagnostic_label(ui, problem);
    }
}

/// Paints the editor of one value.
pub fn value_editor(ui: &mut Ui, form: &mut RecordForm<'_>, slot: &FieldSlot) {
    match slot.form {
        FieldType::Text => text_field::text_editor(ui, form, slot),
        FieldType::Id => text_field::id_editor(ui, form, slot),
        FieldType::WholeNumber { .. } => text_field::number_editor(ui, form, slot),
        FieldType::Date => date::show(ui, form, slot),
        FieldType::Link(kind) => link::show(ui, form, slot, kind),
        FieldType::Vocabulary { terms: choices, .. } => choice::show(ui, form, slot, choices),
        FieldType::Flag => choice::checkbox(ui, form, slot),
        FieldType::Chartable => choice::chartable(ui, form, slot),
        FieldType::Amount => amount::show(ui, form, slot),
        FieldType::Record { what, fields } => nested_record::show(ui, form, slot, what, fields),
    }
}

/// Paints a row: the name on the left, its editor on the right.
pub fn labeled_row(
    ui: &mut Ui,
    label_pt: f32,
    name: &str,
    help: &str,
    contents: impl FnOnce(&mut Ui),
) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let column = vec2(label_pt, 26.0);
        ui.allocate_ui_with_layout(column, Layout::top_down(egui::Align::LEFT), |ui| {
            ui.set_width(label_pt);
            ui.add_space(6.0);
            widgets::caption(ui, name).on_hover_text(help);
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            contents(ui);
        });
    });
}

/// Paints a field with its name: next to it, or above it where records inside the record need all
/// the room.
pub fn labeled_field(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    path: &[PathStep],
    spec: &FieldSpec,
    label_pt: f32,
    of: &str,
) {
    let name = field_label(spec.name);
    if !matches!(spec.field_type, FieldType::Record { .. }) {
        return labeled_row(ui, label_pt, &name, spec.doc, |ui| {
            field_editor(ui, form, path, spec, of)
        });
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.add_space(space::XS);
        widgets::caption(ui, &name).on_hover_text(spec.doc);
        field_editor(ui, form, path, spec, of);
    });
}

/// A small button that is a sign only, such as "×". `name`: what a screen reader calls it.
pub fn icon_button(ui: &mut Ui, sign: &str, name: &str, possible: bool) -> Response {
    let text = RichText::new(sign).color(theme::palette_of(ui).text_muted);
    let button = Button::new(text)
        .frame_when_inactive(false)
        .min_size(vec2(22.0, 24.0));
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = vec2(4.0, 3.0);
            ui.add_enabled(possible, button)
        })
        .inner;
    let enabled = possible && ui.is_enabled();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, name));
    response.on_hover_text(name)
}

/// Whether the text of a field goes over several lines.
pub fn is_multiline(field: &str) -> bool {
    MULTILINE_FIELDS.contains(&field)
}
