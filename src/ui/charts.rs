//! The page of charts: all of them, or one by itself.

use super::chart_card::{self, Size};
use super::{parts, table_page};
use crate::app::App;
use crate::app::command::{Action, Command};
use crate::charts;
use crate::theme::space;
use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui};

/// Below this width of the page charts stand under each other.
const TWO_COLUMNS_PT: f32 = 1040.0;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    Frame::new()
        .inner_margin(Margin {
            left: 24,
            right: 24,
            top: 16,
            bottom: 4,
        })
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let one = app
                    .view
                    .chart
                    .as_deref()
                    .and_then(|id| charts::by_id(app.register(), id));
                if one.is_some() && ui.button("← All charts").clicked() {
                    out.push(Command::ShowChart(None));
                }
                parts::page_title(ui, one.map_or("Charts", |c| &c.title));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if one.is_none()
                        && parts::quiet_button(
                            ui,
                            "Export all…",
                            Action::ExportAllCharts.spec().help,
                        )
                        .clicked()
                    {
                        out.push(Command::Act(Action::ExportAllCharts));
                    }
                });
            });
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                parts::caption(ui, "Commitments counted:");
                table_page::rule(ui, app.view.rule, "charts", |rule| {
                    out.push(Command::SetRule(rule))
                });
            });
        });
    ScrollArea::vertical()
        .id_salt(("charts", &app.view.chart))
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin {
                    left: 24,
                    right: 24,
                    top: 8,
                    bottom: 24,
                })
                .show(ui, |ui| {
                    if let Some(chart) = app
                        .view
                        .chart
                        .as_deref()
                        .and_then(|id| charts::by_id(app.register(), id))
                    {
                        chart_card::show(ui, app, chart, Size::Full, out);
                        return;
                    }
                    grid(
                        ui,
                        app,
                        charts::of(app.register()).iter().map(|c| c.id.as_str()),
                        out,
                    );
                });
        });
}

/// Charts in one or two columns, each where there is most room.
pub fn grid<'a>(
    ui: &mut Ui,
    app: &App,
    ids: impl Iterator<Item = &'a str>,
    out: &mut Vec<Command>,
) {
    let columns = if ui.available_width() >= TWO_COLUMNS_PT {
        2
    } else {
        1
    };
    ui.columns(columns, |columns| {
        for id in ids {
            let Some(chart) = charts::by_id(app.register(), id) else {
                continue;
            };
            let shortest = (0..columns.len())
                .min_by(|&a, &b| {
                    columns[a]
                        .min_rect()
                        .height()
                        .total_cmp(&columns[b].min_rect().height())
                })
                .unwrap_or(0);
            let ui = &mut columns[shortest];
            chart_card::show(ui, app, chart, Size::Card, out);
            ui.add_space(space::S);
        }
    });
}
