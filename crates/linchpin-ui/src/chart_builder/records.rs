//! Which lists a chart draws.

use super::{ChartBuilderContext, LABEL_PT, field_spec};
use crate::record_form::{self, FormSource, RecordForm, pick_list};
use egui::Ui;
use linchpin_app::command::Command;
use linchpin_charts::DataField;
use linchpin_edit::{Edit, EditTarget};
use linchpin_register::RecordKind;
use linchpin_register::chart_vocabulary::{MarkKind, RecordList};
use linchpin_register::english::capitalize;
use linchpin_register::query::fold::fold;
use linchpin_register::schema::PathStep;
use linchpin_register::tables::formatting;
use ron_lossless::RonValue;

const PATH: [PathStep; 1] = [PathStep::Field("records")];
/// The parts of a chart that name a field.
const CHANNELS: [&str; 4] = ["x", "y", "color", "facet"];

/// Paints the choice: one list, or several where the mark draws several.
pub fn show(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    about: &ChartBuilderContext<'_>,
    out: &mut Vec<Command>,
) {
    let Some(spec) = field_spec("records") else {
        return;
    };
    let many = matches!(about.mark, Some(MarkKind::Timeline | MarkKind::Network));
    record_form::labeled_row(ui, LABEL_PT, "Records", spec.doc, |ui| {
        if many || about.kinds.len() > 1 {
            record_form::field_editor(ui, form, &PATH, spec, "");
        } else {
            single_list_picker(ui, form, about, out);
        }
        about.show_error_hint(ui, "records");
    });
}

fn single_list_picker(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    about: &ChartBuilderContext<'_>,
    out: &mut Vec<Command>,
) {
    let now = about
        .kinds
        .first()
        .and_then(|kind| RecordList::for_kind(*kind));
    let text = now.map_or_else(|| "–".to_owned(), |list| capitalize(list.label()));
    let width = ui.available_width();
    let button = pick_list::button(ui, "Records", &text, now.is_none(), width);
    let id = form.id(&PATH);
    let register = form.register;
    let chosen = pick_list::show(ui, form, id, &button, &|search| {
        let search = fold(search);
        let fits = |list: &&RecordList| fold(list.label()).contains(&search);
        let hit = |list: &RecordList| {
            let count = formatting::format_number(register.count(list.kind()) as f64);
            pick_list::option(list.name(), capitalize(list.label()), count, list.meaning())
        };
        RecordList::ALL.iter().filter(fits).map(hit).collect()
    });
    let list = chosen.and_then(|name| RecordList::ALL.iter().find(|list| list.name() == name));
    if let Some(&list) = list
        && Some(list) != now
        && let FormSource::InRegister(_, target) = form.source
    {
        let edit = Edit::Batch {
            label: format!("Draw the {}", list.label()),
            edits: switch_list_edits(form, target, list),
        };
        out.push(crate::edit_command(edit));
    }
}

/// The edits that draw another list: what names a field that its records lack goes.
fn switch_list_edits(form: &RecordForm<'_>, target: &EditTarget, list: RecordList) -> Vec<Edit> {
    let set =
        |name: &'static str, value| Edit::set(target.clone(), vec![PathStep::Field(name)], value);
    let kind = list.kind();
    let mut edits = vec![set(
        "records",
        Some(RonValue::List(vec![RonValue::bare(list.name())])),
    )];
    for name in CHANNELS {
        let field = form.value(&[PathStep::Field(name), PathStep::Field("field")]);
        if field.is_some_and(|field| !has_field(kind, &field)) {
            edits.push(set(name, None));
        }
    }
    if let Some(RonValue::List(filters)) = form.value(&[PathStep::Field("filter")]) {
        let stays = |filter: &&RonValue| match filter {
            RonValue::Record(fields) => {
                let field = fields.iter().find(|(name, _)| name == "field");
                field.is_some_and(|(_, field)| has_field(kind, field))
            }
            _ => false,
        };
        let left: Vec<RonValue> = filters.iter().filter(stays).cloned().collect();
        if left.len() < filters.len() {
            let left = (!left.is_empty()).then_some(RonValue::List(left));
            edits.push(set("filter", left));
        }
    }
    if form.value(&[PathStep::Field("columns")]).is_some() {
        edits.push(set("columns", None));
    }
    edits
}

fn has_field(kind: RecordKind, field: &RonValue) -> bool {
    matches!(field, RonValue::Text(name) if DataField::find(kind, name).is_some())
}
