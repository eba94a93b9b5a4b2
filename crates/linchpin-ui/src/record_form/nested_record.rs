//! Records inside a record: citations, dates with their basis, periods, assessments.

use super::form::{FieldDefaults, FieldSlot, FormSource, RecordForm};
use super::{INNER_LABEL_PT, labeled_field};
use crate::widgets;
use egui::{Frame, Margin, Ui};
use linchpin_edit::ValueChange;
use linchpin_edit::validation::{InvalidValue, value_error};
use linchpin_register::schema::{FieldCardinality, FieldSpec, PathStep};
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{FieldType, RecordKind};
use linchpin_render::theme::{self, space};
use ron_lossless::RonValue;

/// So many fields are shown at first, whether they have a value or not.
const INITIAL_FIELDS: usize = 3;

/// The editor of one record inside a record, or the button that begins one.
pub fn show(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    what: &'static str,
    fields: &'static [FieldSpec],
) {
    if form.value(&slot.path).is_none() {
        return new_record_form(ui, form, slot, what, fields);
    }
    // An item of a list has its own background already.
    if matches!(slot.path.last(), Some(PathStep::Index(_))) {
        return field_rows(ui, form, slot, fields);
    }
    nested_card(ui, |ui| {
        field_rows(ui, form, slot, fields);
        if !slot.is_required && widgets::link(ui, &format!("Remove {}", slot.name)).clicked() {
            form.discard_pending_input(&slot.path);
            form.push_edit(&slot.path, ValueChange::Remove);
        }
    });
}

/// The way to one item more of a list.
pub fn add_button(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    what: &'static str,
    fields: &'static [FieldSpec],
) {
    new_record_form(ui, form, slot, what, fields);
}

/// The editor of one item of a list of records, without the others.
pub fn item_editor(ui: &mut Ui, form: &mut RecordForm<'_>, path: &[PathStep], spec: &FieldSpec) {
    let name = match (path.last(), spec.field_type) {
        (Some(PathStep::Index(index)), FieldType::Record { what, .. }) => {
            numbered_name(what, *index)
        }
        _ => field_label(spec.name),
    };
    let slot = FieldSlot {
        path: path.to_vec(),
        name,
        form: spec.field_type,
        hint: spec.doc,
        default_text: spec.default_text,
        is_required: true,
    };
    nested_card(ui, |ui| {
        super::value_editor(ui, form, &slot);
        if widgets::link(ui, &format!("Remove {}", slot.name_in_sentence())).clicked() {
            form.discard_pending_input(path);
            form.state.open_field = None;
            form.push_edit(path, ValueChange::Remove);
        }
    });
}

/// Whether a new item of a list of records is being made.
pub fn is_item_pending(form: &RecordForm<'_>, path: &[PathStep]) -> bool {
    form.state
        .pending_values
        .contains_key(&form.id(path).with("new"))
}

/// Begins a new item of a list of records.
pub fn start_item(form: &mut RecordForm<'_>, path: &[PathStep], spec: &FieldSpec) {
    if let FieldType::Record { fields, .. } = spec.field_type {
        let id = form.id(path).with("new");
        form.set_pending_value(id, RonValue::Record(default_item(fields, form.defaults)));
        form.state.focus_first_of = Some(id);
    }
}

/// The way to one item more of a list of records, and the new item while it is being made.
pub fn new_item_editor(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    path: &[PathStep],
    spec: &FieldSpec,
) {
    if let FieldType::Record { what, fields } = spec.field_type {
        let slot = FieldSlot {
            path: path.to_vec(),
            name: field_label(spec.name),
            form: spec.field_type,
            hint: spec.doc,
            default_text: spec.default_text,
            is_required: false,
        };
        new_record_form(ui, form, &slot, what, fields);
    }
}

/// The background of a record inside a record.
pub fn nested_card(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let p = theme::palette_of(ui);
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

fn field_rows(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    fields: &'static [FieldSpec],
) {
    let id = form.id(&slot.path);
    let unfolded = form.state.expanded_records.contains(&id);
    let mut hidden = 0;
    for (at, spec) in fields.iter().enumerate() {
        let mut path = slot.path.clone();
        path.push(PathStep::Field(spec.name));
        let shown = unfolded
            || at < INITIAL_FIELDS
            || spec.cardinality == FieldCardinality::Required
            || spec.is_list()
            || form.value(&path).is_some()
            || form.state.has_pending_input(form.form_id, &path);
        if !shown {
            hidden += 1;
            continue;
        }
        let of = slot.name_in_sentence();
        labeled_field(ui, form, &path, spec, INNER_LABEL_PT, &of);
    }
    if hidden > 0 {
        let link = widgets::link(ui, "More fields");
        let name = format!("More fields of {}", slot.name_in_sentence());
        link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
        if link.clicked() {
            form.state.expanded_records.insert(id);
        }
    }
}

/// A record that is being made: it is written when it is valid and its button is clicked.
fn new_record_form(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    what: &'static str,
    fields: &'static [FieldSpec],
) {
    let id = form.id(&slot.path).with("new");
    let Some(RonValue::Record(mut given)) = form.pending_value(id).cloned() else {
        let text = format!("Add {}…", display_name(what));
        let link = widgets::link(ui, &text).on_hover_text(slot.hint);
        let name = format!("Add {} to {}", display_name(what), slot.name_in_sentence());
        link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
        if link.clicked() {
            let new = default_item(fields, form.defaults);
            form.set_pending_value(id, RonValue::Record(new));
            form.state.focus_first_of = Some(id);
        }
        return;
    };
    let mut stays_open = true;
    nested_card(ui, |ui| {
        widgets::caption(ui, format!("New {}", display_name(what)));
        let new = FieldSlot {
            // The new record is a form of its own, so that paths begin at its root.
            path: Vec::new(),
            name: format!("New {}", display_name(what)),
            ..slot.clone()
        };
        edit_pending_fields(form, &mut given, id, |inner| {
            field_rows(ui, inner, &new, fields);
        });
        stays_open = new_record_buttons(ui, form, slot, what, &given, id);
    });
    keep_pending_record(form, given, id, stays_open);
}

/// Lets `contents` edit the fields of a record that is being made.
pub fn edit_pending_fields(
    form: &mut RecordForm<'_>,
    given: &mut Vec<(String, RonValue)>,
    id: egui::Id,
    contents: impl FnOnce(&mut RecordForm<'_>),
) {
    // The form reads the fields as they were, while its edits change them.
    let before = given.clone();
    let source = FormSource::New(&before);
    let mut inner = RecordForm::new(form.register, &mut *form.state, source, form.defaults, id);
    contents(&mut inner);
    for field_edit in std::mem::take(&mut inner.field_edits) {
        field_edit.apply_to_fields(given);
    }
}

/// Keeps a record that is being made for the next frame, or forgets it where it is done with.
pub fn keep_pending_record(
    form: &mut RecordForm<'_>,
    given: Vec<(String, RonValue)>,
    id: egui::Id,
    stays_open: bool,
) {
    if stays_open {
        form.set_pending_value(id, RonValue::Record(given));
    } else {
        form.state.pending_values.remove(&id);
        form.state.discard(id);
    }
}

/// The buttons below a record that is being made; `false` where it is done with.
pub fn new_record_buttons(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    slot: &FieldSlot,
    what: &'static str,
    given: &[(String, RonValue)],
    id: egui::Id,
) -> bool {
    let value = RonValue::Record(given.to_vec());
    let typed = form.state.error(id).map(str::to_owned);
    let is_list =
        !matches!(slot.path.last(), Some(PathStep::Index(_))) && belongs_in_list(form, slot);
    let missing = match value_error(form.register, &slot.form, &value) {
        Some(InvalidValue::MissingField(field)) => {
            Some(format!("{} is still to be filled in", field_label(field)))
        }
        Some(why) => Some(why.to_string()),
        None => missing_evidence(what, given),
    };
    let ready = typed.is_none() && missing.is_none();
    match (typed, missing) {
        // What is typed and wrong is said at its own field.
        (Some(_), _) | (None, None) => {}
        (None, Some(why)) => {
            widgets::caption(ui, why);
        }
    }
    ui.horizontal(|ui| {
        let add = ui.add_enabled_ui(ready, |ui| {
            let button = widgets::primary_button(ui, "Add");
            let name = format!("Add this {}", display_name(what));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ready, &name));
            button.clicked()
        });
        if add.inner && ready {
            let want = match is_list {
                true => ValueChange::Append(value),
                false => ValueChange::Set(value),
            };
            form.push_edit(&slot.path, want);
            return false;
        }
        let cancel = ui.button("Cancel");
        let name = format!("Cancel the new {}", display_name(what));
        cancel.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        !cancel.clicked()
    })
    .inner
}

/// Whether the new record becomes an item of a list. Every record that may stand in a list always
/// does.
fn belongs_in_list(form: &RecordForm<'_>, slot: &FieldSlot) -> bool {
    match form.value(&slot.path) {
        Some(RonValue::List(_)) => true,
        Some(_) => false,
        None => {
            matches!(slot.form, FieldType::Record { what, .. } if LIST_ITEM_TYPES.contains(&what))
        }
    }
}

/// The records that stand in lists wherever they stand.
const LIST_ITEM_TYPES: &[&str] = &[
    "Citation",
    "Assessment",
    "Continuity",
    "ReferenceLine",
    "Annotation",
];

/// What the fields of an assessment do not show together.
pub fn missing_evidence(what: &str, given: &[(String, RonValue)]) -> Option<String> {
    let get = |name: &str| given.iter().find(|(other, _)| other == name);
    let status = get("status").map(|(_, value)| value.line());
    let mut all = FulfillmentStatus::ALL.iter();
    let status = status.and_then(|name| all.find(|status| status.name() == name));
    let needs_none = status.is_none_or(|status| !status.needs_evidence());
    let has_some =
        matches!(get("citations"), Some((_, RonValue::List(items))) if !items.is_empty());
    (what == "Assessment" && !needs_none && !has_some)
        .then(|| "Cite the evidence, or choose a status that needs none".to_owned())
}

/// What a new record of these fields begins with.
pub fn default_item(
    fields: &'static [FieldSpec],
    hints: &FieldDefaults,
) -> Vec<(String, RonValue)> {
    let needed = |name: &str| fields.iter().find(|spec| spec.name == name);
    let mut given = Vec::new();
    let mut give = |name: &str, value| given.push((name.to_owned(), value));
    for spec in fields {
        match (spec.field_type, spec.cardinality) {
            (FieldType::Link(RecordKind::Document), FieldCardinality::Required) => {
                if let (Some((document, _)), true) =
                    (&hints.cited_paragraph, spec.name == "document")
                {
                    give(spec.name, RonValue::text(document));
                }
            }
            (FieldType::WholeNumber { .. }, _) if spec.name == "paragraph" => {
                if let Some((_, paragraph)) = &hints.cited_paragraph {
                    give(spec.name, RonValue::bare(paragraph.to_string()));
                }
            }
            (FieldType::Vocabulary { terms: choices, .. }, FieldCardinality::Required) => {
                if let Some(first) = choices.first() {
                    give(spec.name, RonValue::bare(first.name));
                }
            }
            // An assessment is made today; all other dates are those of a source.
            (FieldType::Date, FieldCardinality::Required) if needed("assessor").is_some() => {
                give(spec.name, RonValue::text(hints.today.to_code()));
            }
            (FieldType::Text, FieldCardinality::Required)
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
pub fn numbered_name(what: &str, index: usize) -> String {
    format!("{} {}", field_label(display_name(what)), index + 1)
}

/// What a record inside a record is called on screen.
fn display_name(what: &str) -> &'static str {
    match what {
        "Citation" => "citation",
        "Assessment" => "assessment",
        "Continuity" => "comparison",
        "Period" => "period",
        "Base" => "base",
        "Dated" => "date",
        "ReferenceLine" => "line",
        "Annotation" => "annotation",
        _ => "entry",
    }
}
