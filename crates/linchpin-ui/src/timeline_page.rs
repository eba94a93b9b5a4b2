//! The page of the timeline: the chart, and below it the table of events.

use super::chart_card::{self, ChartCardSize};
use super::table_page;
use egui::{Frame, Margin, Panel, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::form_state::FormState;
use linchpin_register::RecordKind;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    let room = ui.available_height();
    Panel::bottom("events")
        .frame(Frame::new())
        .resizable(true)
        .default_size(room * 0.4)
        .size_range(120.0..=(room - 160.0).max(121.0))
        .show(ui, |ui| {
            table_page::show(ui, app, RecordKind::Event, form, out);
        });
    ScrollArea::vertical()
        .id_salt("timeline")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin {
                    left: 24,
                    right: 24,
                    top: 16,
                    bottom: 16,
                })
                .show(ui, |ui| {
                    if let Some(chart) = linchpin_charts::timeline_chart(app.register()) {
                        chart_card::show(ui, app, chart, ChartCardSize::Card, out);
                    }
                });
        });
}
