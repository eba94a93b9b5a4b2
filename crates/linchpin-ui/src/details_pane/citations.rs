//! The words that a record came from, who speaks them, and where they stand.

use super::editable_fields::{self, CloseTrigger};
use super::{active_search, reading_format};
use crate::record_form::{self, FormSource, RecordForm};
use crate::widgets;
use egui::{Button, Frame, Margin, Stroke, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_register::query::SearchQuery;
use linchpin_register::schema::PathStep;
use linchpin_register::tables::citation_styles::CitedSource;
use linchpin_register::tables::formatting;
use linchpin_register::tables::record_detail::RecordDetail;
use linchpin_register::{Citation, RecordKind, RecordRef};
use linchpin_render::theme::{self, space};

/// Paints the citations of a record.
pub fn show(
    ui: &mut Ui,
    app: &App,
    form: &mut RecordForm<'_>,
    at: RecordRef,
    record: &RecordDetail<'_>,
    out: &mut Vec<Command>,
) {
    let search = active_search(app, at);
    let FormSource::InRegister(_, target) = form.source else {
        return;
    };
    let spec = at.kind.fields().iter().find(|s| s.name == "citations");
    let field = PathStep::Field("citations");
    for (index, citation) in record.citations.iter().enumerate() {
        let path = [field, PathStep::Index(index)];
        if let Some(spec) = spec
            && form.state.is_field_open(target, &path)
        {
            record_form::item_editor(ui, form, &path, spec);
            editable_fields::close_if_done(ui, form, CloseTrigger::DoneButton);
            continue;
        }
        let enabled = form.blocked_reason.is_none();
        // Two citations may have the same words, and their widgets would have the same ids.
        ui.push_id(index, |ui| {
            if citation_card(ui, app, citation, &search, (index, enabled), out) {
                form.state.open_field(target.clone(), path.to_vec());
            }
        });
    }
    if let Some(spec) = spec.filter(|_| form.blocked_reason.is_none()) {
        record_form::new_item_editor(ui, form, &[field], spec);
    }
    if at.kind == RecordKind::Document
        && let Some(document) = app.register().documents.get(at.index as usize)
        && let Some(url) = &document.url
    {
        ui.horizontal_wrapped(|ui| {
            if ui.button("Open at source").on_hover_text(url).clicked() {
                out.push(Command::OpenUrl(url.clone()));
            }
            widgets::citation_button(
                ui,
                app,
                CitedSource::of_document(app.register(), document),
                out,
            );
        });
    }
}

const SHOW_IN_TEXT_HELP: &str = "Go to these words in the text of the document";

/// The words, who speaks them, and where they stand. `true` where they are to be edited.
fn citation_card(
    ui: &mut Ui,
    app: &App,
    citation: &Citation,
    search: &SearchQuery,
    (index, enabled): (usize, bool),
    out: &mut Vec<Command>,
) -> bool {
    let (p, register) = (theme::palette_of(ui), app.register());
    let frame = Frame::new()
        .fill(p.surface)
        .inner_margin(Margin::symmetric(14, 10))
        .corner_radius(egui::CornerRadius::same(6));
    let mut edits = false;
    let response = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if let Some(phrase) = &citation.phrase {
            widgets::search_highlighted(ui, &format!("“{phrase}”"), search, reading_format(ui));
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let place = formatting::format_location(register, citation);
            if widgets::link(ui, &place).clicked()
                && let Some(at) = register.find(citation.document.as_str())
            {
                out.push(Command::ShowRecord(at));
            }
            let who = match &citation.speaker {
                Some(speaker) => format!(
                    "· {}: {}",
                    citation.effective_voice().label(),
                    register.short_title_of(speaker.as_str())
                ),
                None => format!("· voice: {}", citation.effective_voice().label()),
            };
            widgets::caption(ui, who).on_hover_text(citation.effective_voice().meaning());
            if citation.external {
                widgets::tag(ui, "external", p.text_muted, p.hover)
                    .on_hover_text("The coded documents do not state this");
            }
        });
        if let Some(note) = &citation.note {
            widgets::caption(ui, note);
        }
        ui.horizontal_wrapped(|ui| {
            if let Some(url) = formatting::citation_url(register, citation)
                && ui.button("Open at source").on_hover_text(&url).clicked()
            {
                out.push(Command::OpenUrl(url));
            }
            if let Some(cited) = CitedSource::of_citation(register, citation) {
                widgets::citation_button(ui, app, cited, out);
            }
            if app
                .reading
                .texts
                .library
                .prose(citation.document.as_str())
                .is_some()
                && ui
                    .button("Show in the text")
                    .on_hover_text(SHOW_IN_TEXT_HELP)
                    .clicked()
            {
                out.push(Command::OpenReader {
                    document: citation.document.as_str().to_owned(),
                    paragraph: citation.paragraph,
                    phrase: citation.phrase.clone(),
                });
            }
            let edit = ui.add_enabled(enabled, Button::new("Edit"));
            let name = format!("Edit citation {}", index + 1);
            edit.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &name));
            edits = edit.clicked();
        });
    });
    // How tall the card is, is known only after its words have been laid out.
    let rect = response.response.rect;
    ui.painter().vline(
        rect.left() + 1.0,
        rect.y_range(),
        Stroke::new(2.0, p.accent),
    );
    edits
}
