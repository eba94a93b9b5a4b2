//! The head of a record: its name, what it says, how firm it is, how far it has been met.

use super::place::{Ends, Place, close};
use crate::app::App;
use crate::query::Search;
use crate::register::declare::{FieldSpec, PathStep};
use crate::register::{Chartable, Commitment, Figure, RecordKind, RecordRef};
use crate::tables::detail::{Detail, label};
use crate::tables::words;
use crate::theme::{self, size, space};
use crate::ui::form::{self, Sheet, Source};
use crate::ui::{parts, strength};
use egui::text::TextFormat;
use egui::{RichText, Ui};

/// Paints the head of a record.
pub fn show(ui: &mut Ui, app: &App, sheet: &mut Sheet<'_>, at: RecordRef, record: &Detail<'_>) {
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
        status(ui, sheet, commitment);
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

/// How far a commitment has been met. A new look at it is added; the last one can be corrected.
fn status(ui: &mut Ui, sheet: &mut Sheet<'_>, commitment: &Commitment) {
    let p = theme::of(ui);
    let Source::Text(_, target) = sheet.source else {
        return;
    };
    let spec = Commitment::FIELDS.iter().find(|spec| spec.name == "status");
    let (Some(spec), path) = (spec, [PathStep::Field("status")]) else {
        return;
    };
    let last = commitment.status.len().checked_sub(1);
    let last = last.map(|last| [path[0], PathStep::Index(last)]);
    ui.horizontal_wrapped(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 16.0), egui::Sense::hover());
        let status = commitment.current_status();
        strength::status_sign(ui.painter(), rect.center(), status, p);
        ui.label(RichText::new(label(status.label())).color(p.text))
            .on_hover_text(status.meaning());
        if sheet.barred.is_some() {
            return;
        }
        ui.add_space(space::XS);
        let is_begun = form::is_begun(sheet, &path);
        if !is_begun && parts::link(ui, "Assess…").on_hover_text(ASSESS).clicked() {
            form::begin_item(sheet, &path, spec);
        }
        if let Some(last) = last
            && !sheet.form.is_open(target, &last)
            && parts::link(ui, "Correct…").on_hover_text(CORRECT).clicked()
        {
            sheet.form.open(target.clone(), last.to_vec());
        }
    });
    if form::is_begun(sheet, &path) {
        form::add_item(ui, sheet, &path, spec);
    }
    if let Some(last) = last
        && sheet.form.is_open(target, &last)
    {
        form::item_in_place(ui, sheet, &last, spec);
        close(ui, sheet, Ends::Said);
    }
}

const ASSESS: &str = "Say how far it has been met, with the evidence. What was said before stays";
const CORRECT: &str = "Mend the last assessment, where it was written down wrongly";

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
