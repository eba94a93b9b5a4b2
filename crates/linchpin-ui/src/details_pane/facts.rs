//! The fields of a record: the name on the left, the values on the right.

use super::editable_fields::FieldGroup;
use crate::record_form::{LABEL_PT, RecordForm};
use crate::widgets;
use egui::{RichText, Ui, vec2};
use linchpin_app::command::Command;
use linchpin_register::tables::formatting;
use linchpin_register::tables::record_detail::{DetailField, DetailValue};
use linchpin_register::{RecordRef, Register};
use linchpin_render::theme;

/// Paints a field.
pub fn show(
    ui: &mut Ui,
    register: &Register,
    form: &mut RecordForm<'_>,
    at: RecordRef,
    fact: &DetailField<'_>,
    out: &mut Vec<Command>,
) {
    let place = FieldGroup {
        specs: at.kind.fields(),
        names: &[fact.field],
        shows_labels: true,
    };
    place.show(ui, form, |ui, _| show_fact(ui, register, fact, out));
}

fn show_fact(ui: &mut Ui, register: &Register, fact: &DetailField<'_>, out: &mut Vec<Command>) {
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
                for (i, piece) in fact.values.iter().enumerate() {
                    self::piece(ui, register, piece, out);
                    if i < last {
                        ui.label(RichText::new("  ·  ").color(theme::palette_of(ui).text_muted));
                    }
                }
            });
        });
    });
}

fn piece(ui: &mut Ui, register: &Register, piece: &DetailValue<'_>, out: &mut Vec<Command>) {
    match piece {
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
