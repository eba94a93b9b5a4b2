//! What has changed since an image was made, before its chart is drawn again.

use super::widgets;
use egui::{ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::reopened_chart::{ExcerptComparison, ReopenedSource};
use linchpin_register::Date;
use linchpin_render::theme::space;

/// How many differences are named.
const MAX_NAMED: usize = 200;

/// Paints the dialog. `true` where it should close.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) -> bool {
    let Some(reopened) = &app.charts.reopened else {
        return true;
    };
    let (evidence, Some(here)) = (&reopened.evidence, &reopened.in_open_register) else {
        return true;
    };
    ui.label(format!(
        "“{}”, from {}",
        evidence.chart.title,
        reopened.name()
    ));
    widgets::caption(
        ui,
        comparison_summary(here, evidence.register.compiled.as_deref()),
    );
    ui.add_space(space::S);
    ScrollArea::vertical()
        .max_height(ui.available_height() - 56.0)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            for difference in here.changed.iter().take(MAX_NAMED) {
                widgets::caption(ui, format!("· {difference}"));
            }
            if here.changed.len() > MAX_NAMED {
                let rest = here.changed.len() - MAX_NAMED;
                widgets::caption(ui, format!("… and {rest} more"));
            }
        });
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Draw it as it is now")
            .on_hover_text("The chart of the open register")
            .clicked()
        {
            out.push(Command::DrawReopened(ReopenedSource::Open));
        }
        if reopened.has_records()
            && ui
                .button("Open it as it was")
                .on_hover_text("The records that the image carries, as a register of their own")
                .clicked()
        {
            out.push(Command::DrawReopened(ReopenedSource::Image));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

fn comparison_summary(here: &ExcerptComparison, compiled: Option<&str>) -> String {
    let since = match compiled.and_then(|date| Date::parse(date).ok()) {
        Some(date) => format!(
            "The image shows the register as of {}. ",
            date.to_long_form()
        ),
        None => String::new(),
    };
    let stated = match here.carried - here.stated.min(here.carried) {
        0 => "The open register has all of its records".to_owned(),
        1 => "The open register has all but one of its records".to_owned(),
        many => format!(
            "The open register lacks {many} of its {} records",
            here.carried
        ),
    };
    let changed = match here.changed.len() {
        1 => "one thing has changed".to_owned(),
        many => format!("{many} things have changed"),
    };
    format!("{since}{stated}; {changed} among what the chart is drawn from:")
}
