//! The head of a record: its name, what it says, how firm it is, how far it has been met.

use super::history;
use super::place::Place;
use crate::form::Sheet;
use crate::{parts, strength};
use egui::text::TextFormat;
use egui::{RichText, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_register::declare::FieldSpec;
use linchpin_register::query::Search;
use linchpin_register::tables::detail::Detail;
use linchpin_register::tables::words;
use linchpin_register::{Chartable, Commitment, Figure, RecordKind, RecordRef};
use linchpin_render::theme::{self, size, space};

/// Paints the head of a record.
pub fn show(
    ui: &mut Ui,
    app: &App,
    sheet: &mut Sheet<'_>,
    at: RecordRef,
    record: &Detail<'_>,
    out: &mut Vec<Command>,
) {
    let specs = at.kind.fields();
    let search = searched_for(app, at);
    fn place<'a>(specs: &'static [FieldSpec], names: &'a [&'static str]) -> Place<'a> {
        Place {
            specs,
            names,
            labels: false,
        }
    }
    let has = |name: &str| specs.iter().any(|spec| spec.name == name);
    let named = ["title", "name", "label"]
        .into_iter()
        .find(|name| has(name));
    let p = theme::of(ui);
    let named = [named.unwrap_or("title")];
    place(specs, &named).show(ui, sheet, |ui, _| {
        let format = TextFormat::simple(theme::semibold(size::HEADING), p.text);
        parts::searched(ui, record.title, &search, format);
    });
    let figure = app.register().figures.get(at.index as usize);
    let figure = figure.filter(|_| at.kind == RecordKind::Figure);
    if let Some(figure) = figure {
        amount(ui, sheet, figure);
    }
    if let Some(statement) = record.statement {
        let says = match has("statement") {
            true => ["statement"],
            false => ["mandate"],
        };
        place(specs, &says).show(ui, sheet, |ui, _| {
            parts::searched(ui, statement, &search, reading(ui));
        });
    }
    let commitment = app.register().commitments.get(at.index as usize);
    if let Some(commitment) = commitment.filter(|_| at.kind == RecordKind::Commitment) {
        strength(ui, app, sheet, commitment);
        history::show(ui, app.register(), sheet, at, commitment, out);
    }
    if let Some(figure) = figure {
        chartable(ui, sheet, figure);
    }
    ui.add_space(space::S);
}

fn amount(ui: &mut Ui, sheet: &mut Sheet<'_>, figure: &Figure) {
    let place = Place {
        specs: Figure::FIELDS,
        names: &["amount", "unit", "currency", "qualifier"],
        labels: true,
    };
    place.show(ui, sheet, |ui, _| {
        let number = RichText::new(words::amount_with_unit(figure));
        let font = theme::semibold(size::DISPLAY - 4.0);
        parts::selectable(ui, number.font(font).color(theme::of(ui).accent));
    });
}

fn chartable(ui: &mut Ui, sheet: &mut Sheet<'_>, figure: &Figure) {
    let place = Place {
        specs: Figure::FIELDS,
        names: &["chartable"],
        labels: true,
    };
    place.show(ui, sheet, |ui, _| {
        match &figure.chartable {
            Chartable::Yes => parts::caption(ui, "Drawn on charts"),
            Chartable::No(why) => parts::caption(ui, format!("Not drawn on charts: {why}")),
        };
    });
}

fn strength(ui: &mut Ui, app: &App, sheet: &mut Sheet<'_>, commitment: &Commitment) {
    ui.add_space(space::S);
    let place = Place {
        specs: Commitment::FIELDS,
        names: &["verb", "strength", "hedges", "strength_note"],
        labels: true,
    };
    place.show(ui, sheet, |ui, _| {
        strength::show(ui, app.register(), commitment);
    });
    ui.add_space(space::XS);
}

/// Type for statements and quotations, which are read rather than scanned.
pub fn reading(ui: &Ui) -> TextFormat {
    TextFormat {
        line_height: Some(22.0),
        ..TextFormat::simple(theme::regular(size::BODY + 1.0), theme::of(ui).text)
    }
}

/// What the table of the record's type is searched for.
pub fn searched_for(app: &App, at: RecordRef) -> Search {
    Search::new(&app.view.query(at.kind).search)
}
