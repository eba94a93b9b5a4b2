//! Which lists a chart draws.

use super::{About, LABEL_PT, capital, spec};
use crate::form::{self, Sheet, Source, pick};
use egui::Ui;
use linchpin_app::command::Command;
use linchpin_app::form_state::PickOption;
use linchpin_app::transactions::TransactionRequest;
use linchpin_charts::Field;
use linchpin_edit::{Edit, Target};
use linchpin_register::RecordKind;
use linchpin_register::chart_words::{Listed, MarkKind};
use linchpin_register::declare::PathStep;
use linchpin_register::query::fold::fold;
use linchpin_register::tables::words;
use ron_lossless::RonValue;

const PATH: [PathStep; 1] = [PathStep::Field("records")];
/// The parts of a chart that name a field.
const CHANNELS: [&str; 4] = ["x", "y", "color", "facet"];

/// Paints the choice: one list, or several where the mark draws several.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, about: &About<'_>, out: &mut Vec<Command>) {
    let Some(spec) = spec("records") else { return };
    let many = matches!(about.mark, Some(MarkKind::Timeline | MarkKind::Network));
    form::row(ui, LABEL_PT, "Records", spec.doc, |ui| {
        if many || about.kinds.len() > 1 {
            form::field(ui, sheet, &PATH, spec, "");
        } else {
            one(ui, sheet, about, out);
        }
        about.blame(ui, "records");
    });
}

fn one(ui: &mut Ui, sheet: &mut Sheet<'_>, about: &About<'_>, out: &mut Vec<Command>) {
    let now = about.kinds.first().and_then(|kind| Listed::of(*kind));
    let text = now.map_or_else(|| "–".to_owned(), |list| capital(list.label()));
    let width = ui.available_width();
    let button = pick::button(ui, "Records", &text, now.is_none(), width);
    let id = sheet.id(&PATH);
    let register = sheet.register;
    let chosen = pick::show(ui, sheet, id, &button, &|search| {
        let search = fold(search);
        let fits = |list: &&Listed| fold(list.label()).contains(&search);
        let hit = |list: &Listed| PickOption {
            value: list.name().to_owned(),
            title: capital(list.label()),
            detail: words::number(register.count(list.kind()) as f64),
            help: list.meaning().to_owned(),
        };
        Listed::ALL.iter().filter(fits).map(hit).collect()
    });
    let list = chosen.and_then(|name| Listed::ALL.iter().find(|list| list.name() == name));
    if let Some(&list) = list
        && Some(list) != now
        && let Source::Text(_, target) = sheet.source
    {
        let edit = Edit::Many {
            words: format!("Draw the {}", list.label()),
            edits: to(sheet, target, list),
        };
        out.push(Command::Transaction(Box::new(TransactionRequest::Edit(
            edit,
        ))));
    }
}

/// The edits that draw another list: what names a field that its records lack goes.
fn to(sheet: &Sheet<'_>, target: &Target, list: Listed) -> Vec<Edit> {
    let set = |name: &'static str, value| Edit::Set {
        target: target.clone(),
        path: vec![PathStep::Field(name)],
        value,
    };
    let kind = list.kind();
    let mut edits = vec![set(
        "records",
        Some(RonValue::List(vec![RonValue::bare(list.name())])),
    )];
    for name in CHANNELS {
        let field = sheet.value(&[PathStep::Field(name), PathStep::Field("field")]);
        if field.is_some_and(|field| !has(kind, &field)) {
            edits.push(set(name, None));
        }
    }
    if let Some(RonValue::List(filters)) = sheet.value(&[PathStep::Field("filter")]) {
        let stays = |filter: &&RonValue| match filter {
            RonValue::Record(fields) => {
                let field = fields.iter().find(|(name, _)| name == "field");
                field.is_some_and(|(_, field)| has(kind, field))
            }
            _ => false,
        };
        let left: Vec<RonValue> = filters.iter().filter(stays).cloned().collect();
        if left.len() < filters.len() {
            let left = (!left.is_empty()).then_some(RonValue::List(left));
            edits.push(set("filter", left));
        }
    }
    if sheet.value(&[PathStep::Field("columns")]).is_some() {
        edits.push(set("columns", None));
    }
    edits
}

fn has(kind: RecordKind, field: &RonValue) -> bool {
    matches!(field, RonValue::Text(name) if Field::find(kind, name, "x").is_ok())
}
