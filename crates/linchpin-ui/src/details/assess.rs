//! A new assessment, step by step: what was found, when and by whom, with which evidence. It is added to the list; nothing there changes.

use crate::form::{self, Sheet, Slot, Source};
use crate::{parts, strength};
use egui::{RichText, Role, Ui, WidgetInfo, vec2};
use linchpin_register::declare::{FieldSpec, PathStep};
use linchpin_register::vocabulary::Status;
use linchpin_register::{Assessment, Form};
use linchpin_render::theme::{self, space};
use ron_lossless::RonValue;

/// Width of the names of its fields.
const LABEL_PT: f32 = 78.0;

/// Begins a new assessment.
pub fn begin(sheet: &mut Sheet<'_>, path: &[PathStep], fields: &'static [FieldSpec]) {
    let id = sheet.id(path).with("new");
    let mut given = form::new_item(fields, sheet.hints);
    // What was found is for the assessor to say.
    given.retain(|(name, _)| name != "status");
    sheet.begin(id, RonValue::Record(given));
    sheet.form.focus_first_of = Some(id);
}

/// Paints the assessment that is being made, where one is.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, path: &[PathStep], spec: &FieldSpec) {
    let Form::Record { what, fields } = spec.form else {
        return;
    };
    let id = sheet.id(path).with("new");
    let Some(RonValue::Record(mut given)) = sheet.begun(id).cloned() else {
        return;
    };
    let slot = Slot {
        path: path.to_vec(),
        name: "Status".into(),
        form: spec.form,
        hint: spec.doc,
        needed: false,
    };
    let mut keeps = true;
    form::card(ui, |ui| {
        parts::section(ui, "New assessment");
        parts::caption(ui, "What was found?");
        statuses(ui, &mut given);
        let before = given.clone();
        let mut inner = Sheet::new(
            sheet.register,
            &mut *sheet.form,
            Source::Made(&before),
            sheet.hints,
            id,
        );
        ui.add_space(space::XS);
        for spec in fields.iter().filter(|spec| spec.name != "status") {
            if let Some(words) = says_before(spec.name, &given) {
                ui.add_space(space::XS);
                parts::caption(ui, words);
            }
            let path = [PathStep::Field(spec.name)];
            form::named_field(ui, &mut inner, &path, spec, LABEL_PT, "new assessment");
        }
        for wish in std::mem::take(&mut inner.wishes) {
            wish.fill(&mut given);
        }
        ui.add_space(space::XS);
        parts::caption(
            ui,
            "It is added to the history; earlier entries stay as they are.",
        );
        keeps = form::foot(ui, sheet, &slot, what, &given, id);
    });
    if keeps {
        sheet.begin(id, RonValue::Record(given));
    } else {
        sheet.form.pending_values.remove(&id);
        sheet.form.discard(id);
    }
}

/// A line for each status with its sign and its meaning, one of which is chosen.
fn statuses(ui: &mut Ui, given: &mut Vec<(String, RonValue)>) {
    let p = theme::of(ui);
    let now = chosen(given);
    // Nobody needs to write down that nobody has looked.
    for &status in Status::ALL.iter().filter(|s| **s != Status::NotAssessed) {
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
            parts::caption(ui, status.meaning());
            radio.clicked() || label.clicked()
        });
        if row.inner {
            given.retain(|(name, _)| name != "status");
            given.push(("status".into(), RonValue::bare(status.name())));
            in_order(given);
        }
    }
}

fn chosen(given: &[(String, RonValue)]) -> Option<Status> {
    let (_, value) = given.iter().find(|(name, _)| name == "status")?;
    let name = value.line();
    Status::ALL.iter().copied().find(|s| s.name() == name)
}

/// The fields in the order of the file.
fn in_order(given: &mut [(String, RonValue)]) {
    let place = |name: &str| Assessment::FIELDS.iter().position(|spec| spec.name == name);
    given.sort_by_key(|(name, _)| place(name));
}

/// What is said before a field.
fn says_before(field: &str, given: &[(String, RonValue)]) -> Option<&'static str> {
    match field {
        "date" => Some("When, and by whom?"),
        "citations" => Some(match chosen(given) {
            None | Some(Status::NoEvidence) => {
                "With which evidence? Where none was found, none is needed; cite where it was looked for."
            }
            Some(_) => "With which evidence? At least one citation is needed.",
        }),
        _ => None,
    }
}
