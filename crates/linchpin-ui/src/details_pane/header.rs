//! The head of a record: its name, what it says, how firm it is, how far it has been met.

use super::assessment_history;
use super::editable_fields::FieldGroup;
use crate::record_form::RecordForm;
use crate::{strength, widgets};
use egui::text::TextFormat;
use egui::{RichText, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_register::query::SearchQuery;
use linchpin_register::schema::FieldSpec;
use linchpin_register::tables::formatting;
use linchpin_register::tables::record_detail::RecordDetail;
use linchpin_register::{Chartable, Commitment, Figure, RecordKind, RecordRef};
use linchpin_render::theme::{self, size, space};

/// Paints the head of a record.
pub fn show(
    ui: &mut Ui,
    app: &App,
    form: &mut RecordForm<'_>,
    at: RecordRef,
    record: &RecordDetail<'_>,
    out: &mut Vec<Command>,
) {
    let specs = at.kind.fields();
    let search = active_search(app, at);
    fn place<'a>(specs: &'static [FieldSpec], names: &'a [&'static str]) -> FieldGroup<'a> {
        FieldGroup {
            specs,
            names,
            shows_labels: false,
        }
    }
    let has = |name: &str| specs.iter().any(|spec| spec.name == name);
    let named = ["title", "name", "label"]
        .into_iter()
        .find(|name| has(name));
    let p = theme::palette_of(ui);
    let named = [named.unwrap_or("title")];
    place(specs, &named).show(ui, form, |ui, _| {
        let format = TextFormat::simple(theme::semibold(size::HEADING), p.text);
        widgets::search_highlighted(ui, record.title, &search, format);
    });
    let figure = app.register().figures.get(at.index as usize);
    let figure = figure.filter(|_| at.kind == RecordKind::Figure);
    if let Some(figure) = figure {
        amount_group(ui, form, figure);
    }
    if let Some(statement) = record.statement {
        let says = match has("statement") {
            true => ["statement"],
            false => ["mandate"],
        };
        place(specs, &says).show(ui, form, |ui, _| {
            widgets::search_highlighted(ui, statement, &search, reading_format(ui));
        });
    }
    let commitment = app.register().commitments.get(at.index as usize);
    if let Some(commitment) = commitment.filter(|_| at.kind == RecordKind::Commitment) {
        strength_group(ui, app, form, commitment);
        assessment_history::show(ui, app.register(), form, at, commitment, out);
    }
    if let Some(figure) = figure {
        chartable_group(ui, form, figure);
    }
    ui.add_space(space::S);
}

fn amount_group(ui: &mut Ui, form: &mut RecordForm<'_>, figure: &Figure) {
    let place = FieldGroup {
        specs: Figure::FIELDS,
        names: &["amount", "unit", "currency", "qualifier"],
        shows_labels: true,
    };
    place.show(ui, form, |ui, _| {
        let number = RichText::new(formatting::format_amount_with_unit(figure));
        let font = theme::semibold(size::DISPLAY - 4.0);
        widgets::selectable_text(ui, number.font(font).color(theme::palette_of(ui).accent));
    });
}

fn chartable_group(ui: &mut Ui, form: &mut RecordForm<'_>, figure: &Figure) {
    let place = FieldGroup {
        specs: Figure::FIELDS,
        names: &["chartable"],
        shows_labels: true,
    };
    place.show(ui, form, |ui, _| {
        match &figure.chartable {
            Chartable::Yes => widgets::caption(ui, "Drawn on charts"),
            Chartable::No(why) => widgets::caption(ui, format!("Not drawn on charts: {why}")),
        };
    });
}

fn strength_group(ui: &mut Ui, app: &App, form: &mut RecordForm<'_>, commitment: &Commitment) {
    ui.add_space(space::S);
    let place = FieldGroup {
        specs: Commitment::FIELDS,
        names: &["verb", "strength", "hedges", "strength_note"],
        shows_labels: true,
    };
    place.show(ui, form, |ui, _| {
        strength::show(ui, app.register(), commitment);
    });
    ui.add_space(space::XS);
}

/// Type for statements and quotations, which are read rather than scanned.
pub fn reading_format(ui: &Ui) -> TextFormat {
    TextFormat {
        line_height: Some(22.0),
        ..TextFormat::simple(theme::regular(size::BODY + 1.0), theme::palette_of(ui).text)
    }
}

/// What the table of the record's type is searched for.
pub fn active_search(app: &App, at: RecordRef) -> SearchQuery {
    SearchQuery::new(&app.view.query(at.kind).search)
}
