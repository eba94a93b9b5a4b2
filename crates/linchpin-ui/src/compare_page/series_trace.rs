//! Something through the documents of a series: what is followed, when it was seen, a chart and a
//! table.

use super::{combo_box, commitment_picker, content_margin, matches, send};
use crate::widgets;
use egui::{Frame, Margin, ScrollArea, Stroke, TextEdit, Ui, vec2};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare::SeriesTrace;
use linchpin_app::compare::{CompareCommand, SeriesSubjectKind};
use linchpin_app::export_task::ExportSubject;
use linchpin_compare::series_picture as charts;
use linchpin_compare::{Presence, PresenceSource, TraceRow, series_names};
use linchpin_register::{Commitment, Register};
use linchpin_render::paint;
use linchpin_render::theme::{self, size, space};

const SUBJECT_KINDS: &[(SeriesSubjectKind, &str)] = &[
    (SeriesSubjectKind::Commitment, "A commitment"),
    (SeriesSubjectKind::Phrase, "A phrase"),
    (SeriesSubjectKind::Theme, "A theme"),
];

/// Paints what is chosen and what was found.
pub(super) fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    Frame::new()
        .inner_margin(Margin::symmetric(24, 4))
        .show(ui, |ui| header(ui, app, out));
    if app.series_subject().is_none() {
        return widgets::empty_state(
            ui,
            "Choose what to follow",
            "A commitment, a phrase or a theme: see in which documents it stands, on which step, \
             and where it is missing.",
            |_| {},
        );
    }
    let Some(found) = app.series_trace() else {
        widgets::page_spinner(ui, "Looking through the documents");
        return;
    };
    ScrollArea::vertical()
        .id_salt("through time")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(content_margin())
                .show(ui, |ui| trace_result(ui, app, found, out));
        });
}

fn header(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let register: &Register = app.register();
    let chosen = &app.view.comparing;
    ui.horizontal_wrapped(|ui| {
        for (follow, text) in SUBJECT_KINDS {
            if ui
                .selectable_label(chosen.follow == *follow, *text)
                .clicked()
            {
                send(out, CompareCommand::SetSubjectKind(*follow));
            }
        }
        ui.label("in");
        let all = series_names(register)
            .into_iter()
            .map(|n| (n.to_owned(), n.to_owned()));
        let mut all: Vec<(String, String)> = all.collect();
        all.push((String::new(), "All documents, by date".into()));
        let now = app.compared_series().unwrap_or_default();
        if let Some(name) = combo_box(ui, "The series", &now, &all, 320.0) {
            send(out, CompareCommand::SetSeries(name));
        }
    });
    match chosen.follow {
        SeriesSubjectKind::Phrase => phrase_field(ui, app, out),
        SeriesSubjectKind::Theme => {
            let all = register.themes.iter();
            let all: Vec<_> = all.map(|t| (t.id.to_string(), t.name.clone())).collect();
            let now = chosen.theme.as_deref().unwrap_or_default();
            if let Some(id) = combo_box(ui, "The theme", now, &all, 320.0) {
                send(out, CompareCommand::SetTheme(id));
            }
        }
        SeriesSubjectKind::Commitment => {
            let now = chosen.commitment.as_deref();
            if let Some(commitment) = now.and_then(|id| register.get::<Commitment>(id)) {
                widgets::section_heading(ui, &commitment.title);
            }
            let (typed, picked) = commitment_picker(ui, app);
            out.extend(typed.map(|text| Command::Compare(CompareCommand::SetSearch(text))));
            out.extend(picked.map(|id| Command::Compare(CompareCommand::SetCommitment(id))));
        }
    }
}

fn phrase_field(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let mut text = app.view.comparing.phrase.clone();
    let edit = TextEdit::singleline(&mut text)
        .hint_text("Words to look for, such as: current force level")
        .desired_width(420.0);
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::text_edit(true, "", &text, "Words to look for"));
    if response.changed() {
        send(out, CompareCommand::SetPhrase(text));
    }
}

fn trace_result(ui: &mut Ui, app: &App, found: &SeriesTrace, out: &mut Vec<Command>) {
    for line in &found.summary {
        ui.label(line);
    }
    ui.add_space(space::S);
    widgets::card_frame(theme::palette_of(ui))
        .inner_margin(Margin::symmetric(4, 4))
        .show(ui, |ui| {
            let export =
                widgets::toolbar_button(ui, "Export…", "Save the chart as PNG, SVG or PDF");
            if export.clicked() {
                out.push(Command::OpenExportDialog(ExportSubject::Chart(
                    charts::SERIES_PICTURE_ID.to_owned(),
                )));
            }
            let width_pt = ui.available_width();
            let height_pt = paint::height_pt(ui, &found.picture, width_pt);
            let size_pt = vec2(width_pt, height_pt);
            let response = paint::show_picture(ui, app.register(), &found.picture, size_pt, None);
            let mark = response.clicked.and_then(|id| found.picture.mark(id));
            out.extend(
                mark.and_then(|mark| mark.records.first())
                    .map(|at| Command::ShowRecord(*at)),
            );
        });
    ui.add_space(space::M);
    widgets::section_heading(ui, "Document by document");
    for row in &found.series.rows {
        document_row(ui, row, out);
    }
}

/// One document: a filled sign where it is said, an empty one where it is not, a question mark
/// where nobody can say.
fn document_row(ui: &mut Ui, row: &TraceRow, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    ui.horizontal_top(|ui| {
        match &row.presence {
            Presence::Present(occurrence) => {
                let words = occurrence.step.as_deref().unwrap_or("said, no commitment");
                matches::step_sign(ui, occurrence.rank, words);
            }
            Presence::Absent(_) | Presence::Unknown(_) => presence_sign(ui, &row.presence),
        }
        ui.vertical(|ui| {
            ui.set_width(210.0);
            if widgets::link(ui, &row.short).clicked() {
                out.push(Command::ShowRecord(row.document));
            }
            widgets::caption(ui, row.date.to_long_form());
        });
        ui.vertical(|ui| match &row.presence {
            Presence::Present(occurrence) => {
                let verb = occurrence.verb.as_ref().map(|verb| format!("“{verb}”"));
                let parts_of = [
                    verb,
                    occurrence.step.clone(),
                    Some(charts::change_text(row)),
                ];
                let words: Vec<String> = parts_of
                    .into_iter()
                    .flatten()
                    .filter(|w| !w.is_empty())
                    .collect();
                ui.horizontal_wrapped(|ui| {
                    ui.label(words.join(" · "));
                    let is_proposed = occurrence.source == PresenceSource::Proposed;
                    let background = if is_proposed {
                        p.surface
                    } else {
                        p.accent_soft
                    };
                    widgets::tag(ui, occurrence.source.label(), p.text, background);
                });
                if let Some(phrase) = &occurrence.phrase {
                    let place = occurrence
                        .paragraph
                        .map_or_else(String::new, |n| format!("  ¶ {n}"));
                    if widgets::link(ui, &format!("“{phrase}”{place}")).clicked() {
                        out.push(Command::OpenReader {
                            document: row.id.clone(),
                            paragraph: occurrence.paragraph,
                            phrase: Some(phrase.clone()),
                        });
                    }
                }
            }
            Presence::Absent(why) | Presence::Unknown(why) => {
                ui.label(row.presence.label());
                widgets::caption(ui, why.to_string());
            }
        });
    });
    let rect = ui.max_rect();
    let y = ui.cursor().top();
    ui.painter()
        .hline(rect.x_range(), y, Stroke::new(1.0, p.hairline));
    ui.add_space(space::XS);
}

fn presence_sign(ui: &mut Ui, presence: &Presence) {
    let p = theme::palette_of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(22.0, 20.0), egui::Sense::hover());
    match presence {
        Presence::Absent(_) => {
            ui.painter()
                .circle_stroke(rect.center(), 6.0, Stroke::new(1.5, p.text));
        }
        _ => {
            let font = theme::semibold(size::BODY);
            let center = egui::Align2::CENTER_CENTER;
            ui.painter()
                .text(rect.center(), center, "?", font, p.text_muted);
        }
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, presence.label()));
    ui.add_space(space::XS);
}
