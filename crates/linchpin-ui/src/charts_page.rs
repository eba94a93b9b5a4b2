//! The page of charts: all of them, or one by itself.

use super::chart_card::{self, ChartCardSize};
use super::{chart_builder, table_page, widgets};
use egui::{Align, Frame, Layout, Panel, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, ChartAction, Command};
use linchpin_app::form_state::FormState;
use linchpin_register::Chart;
use linchpin_render::theme::space;

/// Below this width of the page charts stand under each other.
const TWO_COLUMNS_MIN_PT: f32 = 1040.0;

/// Below this width the fields of a chart stand below its picture.
const SIDE_BY_SIDE_MIN_PT: f32 = 640.0;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    let one = app.open_chart();
    header(ui, app, one, out);
    let Some(chart) = one else {
        scroll_area(ui, "charts", |ui| {
            let all = linchpin_charts::charts_of(app.register());
            grid(ui, app, all.iter().map(|c| c.id.as_str()), out);
        });
        return;
    };
    if app.view.charts.is_building {
        let room = ui.available_size();
        if room.x >= SIDE_BY_SIDE_MIN_PT {
            Panel::right("fields of the chart")
                .frame(Frame::new())
                .default_size(if room.x > 900.0 { 352.0 } else { 312.0 })
                .size_range(300.0..=(room.x * 0.5).max(313.0))
                .resizable(true)
                .show(ui, |ui| chart_builder::show(ui, app, chart, form, out));
        } else {
            Panel::bottom("fields of the chart below")
                .frame(Frame::new())
                .default_size(room.y * 0.5)
                // In a very low window the range must not end before it begins.
                .size_range(160.0..=(room.y - 120.0).max(161.0))
                .resizable(true)
                .show(ui, |ui| chart_builder::show(ui, app, chart, form, out));
        }
    }
    scroll_area(ui, chart.id.as_str(), |ui| {
        chart_card::show(ui, app, chart, ChartCardSize::Full, out);
    });
}

fn scroll_area(ui: &mut Ui, salt: &str, contents: impl FnOnce(&mut Ui)) {
    // By chart, so that the next one does not begin half-way down.
    ScrollArea::vertical()
        .id_salt(("charts", salt))
        .auto_shrink(false)
        .show(ui, |ui| {
            let frame = Frame::new().inner_margin(widgets::page_margin(8, 24));
            frame.show(ui, contents);
        });
}

/// The title, what is done on the page, and how commitments are counted where a chart does not say.
fn header(ui: &mut Ui, app: &App, one: Option<&Chart>, out: &mut Vec<Command>) {
    let frame = Frame::new().inner_margin(widgets::page_margin(16, 4));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            if one.is_some() && ui.button("← All charts").clicked() {
                out.push(Command::ShowChart(None));
            }
            // The buttons take their room first: a long title gets what is left.
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                header_buttons(ui, app, one, out);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    widgets::page_title(ui, one.map_or("Charts", |c| &c.title));
                });
            });
        });
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            widgets::caption(ui, "Commitments counted:");
            table_page::counting_rule_picker(ui, app.view.rule, "charts", |rule| {
                out.push(Command::SetRule(rule))
            });
            let keep = Action::Chart(ChartAction::WriteStandardCharts);
            let can_keep = one.is_none() && app.availability(keep).is_enabled();
            if can_keep
                && widgets::link(ui, keep.spec().label)
                    .on_hover_text(keep.spec().help)
                    .clicked()
            {
                out.push(Command::RunAction(keep));
            }
        });
    });
}

/// The buttons of the page, from the right.
fn header_buttons(ui: &mut Ui, app: &App, one: Option<&Chart>, out: &mut Vec<Command>) {
    let mut button = |ui: &mut Ui, action: Action, text: &str| {
        if widgets::toolbar_button(ui, text, action.spec().help).clicked() {
            out.push(Command::RunAction(action));
        }
    };
    match one {
        None => {
            button(ui, Action::ExportAllCharts, "Export all…");
            button(ui, Action::Chart(ChartAction::New), "New chart…");
        }
        Some(_) => {
            if !app.view.charts.is_building {
                button(ui, Action::Chart(ChartAction::Edit), "Edit chart");
            }
            button(
                ui,
                Action::Chart(ChartAction::ShowRecords),
                "Show its records",
            );
        }
    }
}

/// Charts in one or two columns, each where there is most room.
pub fn grid<'a>(
    ui: &mut Ui,
    app: &App,
    ids: impl Iterator<Item = &'a str>,
    out: &mut Vec<Command>,
) {
    let columns = if ui.available_width() >= TWO_COLUMNS_MIN_PT {
        2
    } else {
        1
    };
    ui.columns(columns, |columns| {
        for id in ids {
            let Some(chart) = linchpin_charts::by_id(app.register(), id) else {
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
            chart_card::show(ui, app, chart, ChartCardSize::Card, out);
            ui.add_space(space::S);
        }
    });
}
