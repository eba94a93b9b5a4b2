//! One record in full, with the words it came from. Each field can be edited in its place, or all
//! of them as a form.

mod assessments;
mod citations;
mod document_text;
pub mod editable_fields;

use editable_fields::FieldGroup;

use super::record_form::{FormSource, LABEL_PT, RecordForm};
use super::{strength, widgets};
use egui::text::TextFormat;
use egui::{Button, Frame, Margin, RichText, ScrollArea, Ui, vec2};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::form_state::{FormState, form_id};
use linchpin_app::page::Page;
use linchpin_edit::EditTarget;
use linchpin_register::english::capitalize;
use linchpin_register::query::{RecordSet, SearchQuery};
use linchpin_register::tables::formatting;
use linchpin_register::tables::record_detail::{
    DetailField, DetailValue, RecordDetail, record_detail,
};
use linchpin_register::{Chartable, Commitment, Figure, RecordKind, RecordRef, Register};
use linchpin_render::theme::{self, size, space};

/// The longest title of a record that links here, in characters.
const MAX_TITLE_CHARS: usize = 90;
/// How many records that link here are named one by one.
const MAX_LINKED: usize = 60;

/// Paints the details of the selected record. `as_page`: in place of the page, with a way back.
pub fn show(ui: &mut Ui, app: &App, form: &mut FormState, as_page: bool, out: &mut Vec<Command>) {
    let register = app.register();
    let Some((at, record)) = app
        .selected()
        .and_then(|at| Some((at, record_detail(register, at)?)))
    else {
        return;
    };
    let target = EditTarget::Record(record.id.to_owned());
    Frame::new()
        .inner_margin(Margin {
            left: 20,
            right: 12,
            top: 14,
            bottom: 0,
        })
        .show(ui, |ui| {
            toolbar(
                ui,
                &record,
                form.expanded_target.as_ref() == Some(&target),
                (as_page, app.view.page == Page::Reader),
                out,
            );
        });
    ScrollArea::vertical()
        // By record, so that the next one does not begin half-way down.
        .id_salt(("details", record.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin {
                    left: 20,
                    right: 20,
                    top: 4,
                    bottom: 24,
                })
                .show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(620.0));
                    contents(ui, app, form, &target, at, &record, out);
                });
        });
}

fn contents(
    ui: &mut Ui,
    app: &App,
    form: &mut FormState,
    target: &EditTarget,
    at: RecordRef,
    record: &RecordDetail<'_>,
    out: &mut Vec<Command>,
) {
    let hints = editable_fields::field_defaults(app, Some(at));
    let latest = &app.file.latest;
    let is_whole = form.expanded_target.as_ref() == Some(target);
    let source = FormSource::InRegister(latest, target);
    let mut record_form = RecordForm::new(&latest.register, form, source, &hints, form_id(target));
    record_form.blocked_reason = editable_fields::edit_blocked_reason(app);
    if is_whole {
        editable_fields::all_fields(ui, &mut record_form, at.kind.fields(), out);
        editable_fields::submit_edits(record_form, out);
        return;
    }
    header(ui, app, &mut record_form, at, record, out);
    document_text::show(ui, app, at, out);
    citations::show(ui, app, &mut record_form, at, record, out);
    ui.add_space(space::S);
    ui.spacing_mut().interact_size.y = 18.0;
    // The history stands in the head.
    let is_history = |field: &str| field == "status" && at.kind == RecordKind::Commitment;
    for fact in record.fields.iter().filter(|f| !is_history(f.field)) {
        fact_row(ui, app.register(), &mut record_form, at, fact, out);
    }
    editable_fields::submit_edits(record_form, out);
    backlinks(ui, app.register(), record, out);
    footer(ui, record, out);
}

fn toolbar(
    ui: &mut Ui,
    record: &RecordDetail<'_>,
    is_whole: bool,
    (as_page, is_reader): (bool, bool),
    out: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        let back = if is_reader {
            "← Back to the text"
        } else {
            "← Back to the table"
        };
        if as_page && ui.button(back).clicked() {
            out.push(Command::RunAction(Action::ToggleDetailsPane));
        }
        widgets::caption(ui, capitalize(record.kind.what()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            for (action, sign, name) in [
                (Action::ToggleDetailsPane, "×", "Close the details"),
                (Action::NextRecord, "↓", Action::NextRecord.spec().label),
                (
                    Action::PreviousRecord,
                    "↑",
                    Action::PreviousRecord.spec().label,
                ),
            ] {
                let button = ui
                    .add(Button::new(sign).frame_when_inactive(false))
                    .on_hover_text(name);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
                if button.clicked() {
                    out.push(Command::RunAction(action));
                }
            }
            let edit = match is_whole {
                true => widgets::primary_button(ui, "Done").on_hover_text("Back to reading"),
                false => widgets::toolbar_button(ui, "Edit", Action::EditRecord.spec().help),
            };
            let name = if is_whole { "Done" } else { "Edit all fields" };
            edit.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            if edit.clicked() {
                out.push(Command::RunAction(Action::EditRecord));
            }
        });
    });
}

fn footer(ui: &mut Ui, record: &RecordDetail<'_>, out: &mut Vec<Command>) {
    ui.add_space(space::S);
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        widgets::caption(ui, format!("id: {}", record.id));
        if widgets::link(ui, "Show in file")
            .on_hover_text("Where this record stands in the file")
            .clicked()
        {
            out.push(Command::RunAction(Action::ShowInFile));
        }
    });
}

/// The header of a record: its name, what it says, how firm it is, how far it has been met.
fn header(
    ui: &mut Ui,
    app: &App,
    form: &mut RecordForm<'_>,
    at: RecordRef,
    record: &RecordDetail<'_>,
    out: &mut Vec<Command>,
) {
    let specs = at.kind.fields();
    let search = active_search(app, at);
    let has = |name: &str| specs.iter().any(|spec| spec.name == name);
    let named = ["title", "name", "label"]
        .into_iter()
        .find(|name| has(name));
    let p = theme::palette_of(ui);
    let named = [named.unwrap_or("title")];
    FieldGroup::unlabeled(specs, &named).show(ui, form, |ui, _| {
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
        FieldGroup::unlabeled(specs, &says).show(ui, form, |ui, _| {
            widgets::search_highlighted(ui, statement, &search, reading_format(ui));
        });
    }
    let commitment = app.register().commitments.get(at.index as usize);
    if let Some(commitment) = commitment.filter(|_| at.kind == RecordKind::Commitment) {
        strength_group(ui, app, form, commitment);
        assessments::show(ui, app.register(), form, at, commitment, out);
    }
    if let Some(figure) = figure {
        chartable_group(ui, form, figure);
    }
    ui.add_space(space::S);
}

fn amount_group(ui: &mut Ui, form: &mut RecordForm<'_>, figure: &Figure) {
    const FIELDS: [&str; 6] = ["amount", "unit", "currency", "qualifier", "measure", "base"];
    FieldGroup::labeled(Figure::FIELDS, &FIELDS).show(ui, form, |ui, _| {
        let number = RichText::new(formatting::format_amount_with_unit(figure));
        let font = theme::semibold(size::DISPLAY - 4.0);
        widgets::selectable_text(ui, number.font(font).color(theme::palette_of(ui).accent));
    });
}

fn chartable_group(ui: &mut Ui, form: &mut RecordForm<'_>, figure: &Figure) {
    FieldGroup::labeled(Figure::FIELDS, &["chartable"]).show(ui, form, |ui, _| {
        match &figure.chartable {
            Chartable::Yes => widgets::caption(ui, "Drawn on charts"),
            Chartable::No(why) => widgets::caption(ui, format!("Not drawn on charts: {why}")),
        };
    });
}

fn strength_group(ui: &mut Ui, app: &App, form: &mut RecordForm<'_>, commitment: &Commitment) {
    ui.add_space(space::S);
    FieldGroup::labeled(
        Commitment::FIELDS,
        &["verb", "strength", "hedges", "strength_note"],
    )
    .show(ui, form, |ui, _| {
        strength::show(ui, app.register(), commitment);
    });
    ui.add_space(space::XS);
}

/// Type for statements and quotations, which are read rather than scanned.
fn reading_format(ui: &Ui) -> TextFormat {
    TextFormat {
        line_height: Some(22.0),
        ..TextFormat::simple(theme::regular(size::BODY + 1.0), theme::palette_of(ui).text)
    }
}

/// What the table of the record's type is searched for.
fn active_search(app: &App, at: RecordRef) -> SearchQuery {
    SearchQuery::new(&app.view.query(at.kind).search)
}

/// A field: its name on the left, its values on the right.
fn fact_row(
    ui: &mut Ui,
    register: &Register,
    form: &mut RecordForm<'_>,
    at: RecordRef,
    fact: &DetailField<'_>,
    out: &mut Vec<Command>,
) {
    FieldGroup::labeled(at.kind.fields(), &[fact.field])
        .show(ui, form, |ui, _| fact_values(ui, register, fact, out));
}

fn fact_values(ui: &mut Ui, register: &Register, fact: &DetailField<'_>, out: &mut Vec<Command>) {
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(
            vec2(LABEL_PT, 18.0),
            egui::Layout::top_down(egui::Align::LEFT),
            |ui| {
                ui.set_width(LABEL_PT);
                ui.add_space(1.0);
                widgets::caption(ui, &fact.label).on_hover_text(fact.help);
            },
        );
        ui.vertical(|ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(0.0, 3.0);
                let last = fact.values.len().saturating_sub(1);
                for (i, value) in fact.values.iter().enumerate() {
                    detail_value(ui, register, value, out);
                    if i < last {
                        ui.label(RichText::new("  ·  ").color(theme::palette_of(ui).text_muted));
                    }
                }
            });
        });
    });
}

fn detail_value(ui: &mut Ui, register: &Register, value: &DetailValue<'_>, out: &mut Vec<Command>) {
    match value {
        DetailValue::Text(text) => {
            widgets::selectable_text(ui, text.as_str());
        }
        DetailValue::Link(at, name) => {
            if widgets::link(ui, name).clicked() {
                out.push(Command::ShowRecord(*at));
            }
        }
        DetailValue::BrokenLink(id) => {
            ui.label(RichText::new(format!("⚠ {id}")).color(theme::palette_of(ui).error))
                .on_hover_text("No record has this id");
        }
        DetailValue::Citation(citation) => {
            let url = formatting::citation_url(register, citation);
            let response = widgets::link(ui, &formatting::format_location(register, citation));
            if response.clicked() {
                out.extend(url.clone().map(Command::OpenUrl));
            }
            response.on_hover_text(url.unwrap_or_else(|| "No web address".into()));
        }
    }
}

/// Paints the records that link here, by type.
fn backlinks(ui: &mut Ui, register: &Register, record: &RecordDetail<'_>, out: &mut Vec<Command>) {
    if record.linked_from.is_empty() {
        return;
    }
    ui.add_space(space::M);
    ui.separator();
    for (kind, from) in &record.linked_from {
        ui.horizontal(|ui| {
            let count = kind.noun().count(from.len());
            widgets::section_heading(ui, &format!("In {count}"));
            if from.len() > 1 && widgets::link(ui, "Show in table").clicked() {
                let ids = from
                    .iter()
                    .filter_map(|at| register.record(*at))
                    .map(|r| r.id().to_owned())
                    .collect();
                out.push(Command::ShowOnly(
                    *kind,
                    RecordSet {
                        why: format!(
                            "linked to {}",
                            widgets::truncated(record.title, MAX_TITLE_CHARS)
                        ),
                        ids,
                    },
                ));
            }
        });
        for at in from.iter().take(MAX_LINKED) {
            if let Some(other) = register.record(*at)
                && widgets::link(ui, &widgets::truncated(other.title(), MAX_TITLE_CHARS)).clicked()
            {
                out.push(Command::ShowRecord(*at));
            }
        }
        widgets::caption_more(ui, from.len(), MAX_LINKED);
        ui.add_space(space::S);
    }
}
