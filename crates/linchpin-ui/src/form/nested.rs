//! Records inside a record: citations, dates with their basis, periods, assessments.

use super::sheet::{Hints, Sheet, Slot, Source};
use super::{INNER_LABEL_PT, named_field};
use crate::parts;
use egui::{Frame, Margin, Ui};
use linchpin_edit::Want;
use linchpin_edit::fault::item_fault;
use linchpin_register::declare::{FieldSpec, Need, PathStep};
use linchpin_register::tables::detail::label;
use linchpin_register::{Form, RecordKind};
use linchpin_render::theme::{self, space};
use ron_lossless::RonValue;

/// So many fields are shown at first, whether they have a value or not.
const FIRST_FIELDS: usize = 3;

/// The editor of one record inside a record, or the button that begins one.
pub fn show(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    slot: &Slot,
    what: &'static str,
    fields: &'static [FieldSpec],
) {
    if sheet.value(&slot.path).is_none() {
        return begin(ui, sheet, slot, what, fields);
    }
    // An item of a list has its own ground already.
    if matches!(slot.path.last(), Some(PathStep::Index(_))) {
        return rows(ui, sheet, slot, fields);
    }
    card(ui, |ui| {
        rows(ui, sheet, slot, fields);
        if !slot.needed && parts::link(ui, &format!("Take out {}", slot.name)).clicked() {
            sheet.drop_typed(&slot.path);
            sheet.wish(&slot.path, Want::TakeOut);
        }
    });
}

/// The way to one item more of a list.
pub fn add(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    slot: &Slot,
    what: &'static str,
    fields: &'static [FieldSpec],
) {
    begin(ui, sheet, slot, what, fields);
}

/// The editor of one item of a list of records, without the others.
pub fn item_in_place(ui: &mut Ui, sheet: &mut Sheet<'_>, path: &[PathStep], spec: &FieldSpec) {
    let name = match (path.last(), spec.form) {
        (Some(PathStep::Index(index)), Form::Record { what, .. }) => numbered(what, *index),
        _ => label(spec.name),
    };
    let slot = Slot {
        path: path.to_vec(),
        name,
        form: spec.form,
        hint: spec.doc,
        needed: true,
    };
    card(ui, |ui| {
        super::value(ui, sheet, &slot);
        if parts::link(ui, &format!("Take out {}", slot.name.to_lowercase())).clicked() {
            sheet.drop_typed(path);
            sheet.form.open_field = None;
            sheet.wish(path, Want::TakeOut);
        }
    });
}

/// Whether a new item of a list of records is being made.
pub fn is_begun(sheet: &Sheet<'_>, path: &[PathStep]) -> bool {
    sheet
        .form
        .pending_values
        .contains_key(&sheet.id(path).with("new"))
}

/// Begins a new item of a list of records.
pub fn begin_item(sheet: &mut Sheet<'_>, path: &[PathStep], spec: &FieldSpec) {
    if let Form::Record { fields, .. } = spec.form {
        let id = sheet.id(path).with("new");
        sheet.begin(id, RonValue::Record(new_item(fields, sheet.hints)));
        sheet.form.focus_first_of = Some(id);
    }
}

/// The way to one item more of a list of records, and the new item while it is being made.
pub fn add_item(ui: &mut Ui, sheet: &mut Sheet<'_>, path: &[PathStep], spec: &FieldSpec) {
    if let Form::Record { what, fields } = spec.form {
        let slot = Slot {
            path: path.to_vec(),
            name: label(spec.name),
            form: spec.form,
            hint: spec.doc,
            needed: false,
        };
        begin(ui, sheet, &slot, what, fields);
    }
}

/// The ground of a record inside a record.
pub fn card(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let p = theme::of(ui);
    Frame::new()
        .fill(p.surface)
        .inner_margin(Margin::symmetric(10, 8))
        .corner_radius(theme::RADIUS)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::XS;
            contents(ui);
        });
}

fn rows(ui: &mut Ui, sheet: &mut Sheet<'_>, slot: &Slot, fields: &'static [FieldSpec]) {
    let id = sheet.id(&slot.path);
    let unfolded = sheet.form.expanded_records.contains(&id);
    let mut hidden = 0;
    for (at, spec) in fields.iter().enumerate() {
        let mut path = slot.path.clone();
        path.push(PathStep::Field(spec.name));
        let shown = unfolded
            || at < FIRST_FIELDS
            || spec.need == Need::Required
            || spec.is_list()
            || sheet.value(&path).is_some()
            || sheet.form.has_pending_input(sheet.holder, &path);
        if !shown {
            hidden += 1;
            continue;
        }
        let of = slot.name.to_lowercase();
        named_field(ui, sheet, &path, spec, INNER_LABEL_PT, &of);
    }
    if hidden > 0 {
        let link = parts::link(ui, "More fields");
        let name = format!("More fields of {}", slot.name.to_lowercase());
        link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
        if link.clicked() {
            sheet.form.expanded_records.insert(id);
        }
    }
}

/// A record that is being made: it is written when it is sound and somebody says so.
fn begin(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    slot: &Slot,
    what: &'static str,
    fields: &'static [FieldSpec],
) {
    let id = sheet.id(&slot.path).with("new");
    let Some(RonValue::Record(mut given)) = sheet.begun(id).cloned() else {
        let text = format!("Add {}…", words_for(what));
        let link = parts::link(ui, &text).on_hover_text(slot.hint);
        let name = format!("Add {} to {}", words_for(what), slot.name.to_lowercase());
        link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
        if link.clicked() {
            let new = new_item(fields, sheet.hints);
            sheet.begin(id, RonValue::Record(new));
            sheet.form.focus_first_of = Some(id);
        }
        return;
    };
    let mut keeps = true;
    card(ui, |ui| {
        parts::caption(ui, format!("New {}", words_for(what)));
        let before = given.clone();
        let mut inner = Sheet::new(
            sheet.register,
            &mut *sheet.form,
            Source::Made(&before),
            sheet.hints,
            id,
        );
        let new = Slot {
            path: Vec::new(),
            name: format!("New {}", words_for(what)),
            ..slot.clone()
        };
        rows(ui, &mut inner, &new, fields);
        for wish in std::mem::take(&mut inner.wishes) {
            wish.fill(&mut given);
        }
        keeps = foot(ui, sheet, slot, what, &given, id);
    });
    if keeps {
        sheet.begin(id, RonValue::Record(given));
    } else {
        sheet.form.pending_values.remove(&id);
        sheet.form.discard(id);
    }
}

/// The buttons below a record that is being made; `false` where it is done with.
pub fn foot(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    slot: &Slot,
    what: &'static str,
    given: &[(String, RonValue)],
    id: egui::Id,
) -> bool {
    let value = RonValue::Record(given.to_vec());
    let typed = sheet.form.error(id).map(str::to_owned);
    let is_list = !matches!(slot.path.last(), Some(PathStep::Index(_))) && is_list(sheet, slot);
    let missing = item_fault(sheet.register, &slot.form, &value).or_else(|| unfounded(what, given));
    let missing = missing.map(|why| match why.strip_prefix("Give the field ") {
        Some(field) => format!("{} is still to be filled in", label(field)),
        None => why,
    });
    let ready = typed.is_none() && missing.is_none();
    match (typed, missing) {
        (Some(_), _) | (None, None) => {}
        (None, Some(why)) => {
            parts::caption(ui, why);
        }
    }
    ui.horizontal(|ui| {
        let add = ui.add_enabled_ui(ready, |ui| {
            let button = parts::primary_button(ui, "Add");
            let name = format!("Add this {}", words_for(what));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ready, &name));
            button.clicked()
        });
        if add.inner && ready {
            let want = match is_list {
                true => Want::Append(value),
                false => Want::Set(value),
            };
            sheet.wish(&slot.path, want);
            return false;
        }
        let cancel = ui.button("Cancel");
        let name = format!("Cancel the new {}", words_for(what));
        cancel.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        !cancel.clicked()
    })
    .inner
}

/// Whether the new record becomes an item of a list. Every record that may stand in a list always does.
fn is_list(sheet: &Sheet<'_>, slot: &Slot) -> bool {
    match sheet.value(&slot.path) {
        Some(RonValue::List(_)) => true,
        Some(_) => false,
        None => matches!(slot.form, Form::Record { what, .. } if LISTED.contains(&what)),
    }
}

/// The records that stand in lists wherever they stand.
const LISTED: &[&str] = &[
    "Citation",
    "Assessment",
    "Continuity",
    "ReferenceLine",
    "Annotation",
];

/// What the fields of an assessment do not show together.
pub fn unfounded(what: &str, given: &[(String, RonValue)]) -> Option<String> {
    let get = |name: &str| given.iter().find(|(other, _)| other == name);
    let status = get("status").map(|(_, value)| value.line());
    let needs_none = matches!(status.as_deref(), None | Some("NotAssessed" | "NoEvidence"));
    let has_some =
        matches!(get("citations"), Some((_, RonValue::List(items))) if !items.is_empty());
    (what == "Assessment" && !needs_none && !has_some)
        .then(|| "Cite the evidence, or choose a status that needs none".to_owned())
}

/// What a new record of these fields begins with.
pub fn new_item(fields: &'static [FieldSpec], hints: &Hints) -> Vec<(String, RonValue)> {
    let needed = |name: &str| fields.iter().find(|spec| spec.name == name);
    let mut given = Vec::new();
    let mut give = |name: &str, value| given.push((name.to_owned(), value));
    for spec in fields {
        match (spec.form, spec.need) {
            (Form::Link(RecordKind::Document), Need::Required) => {
                if let (Some((document, _)), true) = (&hints.place, spec.name == "document") {
                    give(spec.name, RonValue::text(document));
                }
            }
            (Form::WholeNumber { .. }, _) if spec.name == "paragraph" => {
                if let Some((_, paragraph)) = &hints.place {
                    give(spec.name, RonValue::bare(paragraph.to_string()));
                }
            }
            (Form::Choice { choices, .. }, Need::Required) => {
                if let Some(first) = choices.first() {
                    give(spec.name, RonValue::bare(first.name));
                }
            }
            (Form::Date, Need::Required) if needed("assessor").is_some() => {
                give(spec.name, RonValue::text(hints.today.code()));
            }
            (Form::Text, Need::Required)
                if spec.name == "assessor" && !hints.assessor.is_empty() =>
            {
                give(spec.name, RonValue::text(&hints.assessor));
            }
            _ => {}
        }
    }
    given
}

/// "Citation 2"
pub fn numbered(what: &str, index: usize) -> String {
    format!("{} {}", label(words_for(what)), index + 1)
}

/// What a record inside a record is called on screen.
fn words_for(what: &str) -> &'static str {
    match what {
        "Citation" => "citation",
        "Assessment" => "assessment",
        "Continuity" => "comparison",
        "Period" => "period",
        "Dated" => "date",
        "ReferenceLine" => "line",
        "Annotation" => "annotation",
        _ => "entry",
    }
}
