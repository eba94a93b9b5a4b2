//! Editors for the fields of a record, each fit for what can stand there.
//!
//! ```text
//! Sheet (where values come from) ─ field(path, spec) ─► wishes ─► edits of the text, or fields of a new record
//! ```
//! What is not sound stays in its field with the reason below it, and is never written.

mod amount;
mod choice;
mod date;
mod line;
mod link;
mod list;
mod nested;
pub mod pick;
mod plain;
mod sheet;

pub use line::fault;
pub use link::records;
pub use nested::{add_item, begin_item, card, foot, is_begun, item_in_place, new_item, unfounded};
pub use sheet::{Hints, Sheet, Slot, Source};

use super::parts;
use egui::{Button, Layout, Response, RichText, Ui, vec2};
use linchpin_register::Form;
use linchpin_register::declare::{FieldSpec, Need, PathStep};
use linchpin_register::tables::detail::label;
use linchpin_render::theme::{self, space};

/// Width of the names of fields, as in the details of a record.
pub const LABEL_PT: f32 = 96.0;
/// The same for fields of a record inside a record.
pub const INNER_LABEL_PT: f32 = 78.0;

/// Fields whose text is read rather than scanned, over several lines.
const TALL: &[&str] = &[
    "statement",
    "note",
    "summary",
    "meaning",
    "mandate",
    "strength_note",
    "arithmetic",
];

/// Paints the editor of a field: one value, or a list of such.
pub fn field(ui: &mut Ui, sheet: &mut Sheet<'_>, path: &[PathStep], spec: &FieldSpec, of: &str) {
    let name = match of {
        "" => label(spec.name),
        of => format!("{} of {of}", label(spec.name)),
    };
    let slot = Slot {
        path: path.to_vec(),
        form: spec.form,
        name,
        hint: spec.doc,
        needed: spec.need == Need::Required,
    };
    match spec.is_list() {
        true => list::show(ui, sheet, &slot),
        false => value(ui, sheet, &slot),
    }
    if path.len() == 1 {
        for problem in sheet.problems(spec.name) {
            line::problem(ui, problem);
        }
    }
}

/// Paints the editor of one value.
pub fn value(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot) {
    match slot.form {
        Form::Text => plain::text(ui, sheet, slot),
        Form::Id => plain::id(ui, sheet, slot),
        Form::WholeNumber { .. } => plain::number(ui, sheet, slot),
        Form::Date => date::show(ui, sheet, slot),
        Form::Link(kind) => link::show(ui, sheet, slot, kind),
        Form::Choice { choices, .. } => choice::show(ui, sheet, slot, choices),
        Form::Flag => choice::flag(ui, sheet, slot),
        Form::Chartable => choice::chartable(ui, sheet, slot),
        Form::Amount => amount::show(ui, sheet, slot),
        Form::Record { what, fields } => nested::show(ui, sheet, slot, what, fields),
    }
}

/// Paints a row: the name on the left, its editor on the right.
pub fn row(ui: &mut Ui, label_pt: f32, name: &str, help: &str, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let column = vec2(label_pt, 26.0);
        ui.allocate_ui_with_layout(column, Layout::top_down(egui::Align::LEFT), |ui| {
            ui.set_width(label_pt);
            ui.add_space(6.0);
            parts::caption(ui, name).on_hover_text(help);
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            contents(ui);
        });
    });
}

/// Paints a field with its name: beside it, or above it where records inside the record need all the room.
pub fn named_field(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    path: &[PathStep],
    spec: &FieldSpec,
    label_pt: f32,
    of: &str,
) {
    let name = label(spec.name);
    if !matches!(spec.form, Form::Record { .. }) {
        return row(ui, label_pt, &name, spec.doc, |ui| {
            field(ui, sheet, path, spec, of)
        });
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.add_space(space::XS);
        parts::caption(ui, &name).on_hover_text(spec.doc);
        field(ui, sheet, path, spec, of);
    });
}

/// A small button that is a sign only, such as "×". `name`: what a screen reader calls it.
pub fn sign(ui: &mut Ui, sign: &str, name: &str, possible: bool) -> Response {
    let text = RichText::new(sign).color(theme::of(ui).text_muted);
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

/// "a commitment", "an event".
pub fn article(what: &str) -> String {
    let vowel = what.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {what}", if vowel { "an" } else { "a" })
}

/// Whether the text of a field goes over several lines.
pub fn is_tall(field: &str) -> bool {
    TALL.contains(&field)
}
