//! The page of problems: each with its place, what is wrong, what would be right, and the lines of the file.

use super::{quick_fix_button, source_excerpt, widgets};
use egui::{Frame, Margin, RichText, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::open_file::OpenFile;
use linchpin_register::tables::formatting;
use linchpin_register::{SourceLocation, SourceLocator};
use linchpin_render::theme::{self, size, space};
use ron_lossless::{Diagnostic, Severity, Span};
use std::sync::Arc;

/// How many problems are shown at most; the command line has them all.
const MAX_SHOWN: usize = 200;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let file = &app.file;
    let latest = &file.latest;
    let count = latest.diagnostic_count();
    Frame::new().inner_margin(Margin { left: 24, right: 24, top: 16, bottom: 8 }).show(ui, |ui| {
        widgets::page_title(ui, "Problems");
        let left_out = match latest.unloaded_records {
            0 => "every record could be loaded".to_owned(),
            1 => "1 record could not be loaded".to_owned(),
            n => format!("{n} records could not be loaded"),
        };
        let stale = if file.is_stale() { "; the last valid register stays on screen until the file is fixed" } else { "" };
        widgets::caption(ui, format!("{} in {}: {left_out}{stale}. Fix them here or in your editor; this page follows.", if count == 1 { "1 problem".into() } else { format!("{} problems", formatting::format_number(count as f64)) }, file.origin.name()));
        fix_all_button(ui, app, out);
    });
    let places = cached_source_locations(ui, file);
    ScrollArea::vertical()
        .id_salt("problems")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin {
                    left: 24,
                    right: 24,
                    top: 0,
                    bottom: 24,
                })
                .show(ui, |ui| {
                    for (index, problem) in latest.diagnostics.iter().take(MAX_SHOWN).enumerate() {
                        ui.push_id(index, |ui| {
                            self::problem_entry(ui, app, &places, problem, out)
                        });
                        ui.add_space(space::S);
                    }
                    if count > MAX_SHOWN {
                        widgets::caption(
                            ui,
                            format!(
                                "and {} more",
                                formatting::format_number((count - MAX_SHOWN) as f64)
                            ),
                        );
                    }
                });
        });
}

/// The button for every problem that has one sure repair.
fn fix_all_button(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let problems = app.file.latest.diagnostics.iter();
    let fixable = problems.filter(|problem| problem.fix.is_some()).count();
    if fixable == 0 || !app.file.is_up_to_date() {
        return;
    }
    ui.add_space(space::XS);
    let help = Action::FixAll.spec().help;
    if widgets::primary_button(ui, "Fix all safe problems")
        .on_hover_text(help)
        .clicked()
    {
        out.push(Command::RunAction(Action::FixAll));
    }
}

/// Line starts are found once for a text, not once a frame.
fn cached_source_locations(ui: &Ui, file: &OpenFile) -> Arc<SourceLocator> {
    let key = file.latest_revision();
    ui.data_mut(|d| {
        let id = egui::Id::unique("problem lines");
        let cached: Option<(u64, Arc<SourceLocator>)> = d.get_temp(id);
        match cached {
            Some((of, places)) if of == key => places,
            _ => {
                let places = Arc::new(file.latest.source_locator());
                d.insert_temp(id, (key, places.clone()));
                places
            }
        }
    })
}

fn problem_entry(
    ui: &mut Ui,
    app: &App,
    places: &SourceLocator,
    problem: &Diagnostic,
    out: &mut Vec<Command>,
) {
    let p = theme::palette_of(ui);
    let file = &app.file;
    let latest = &file.latest;
    let in_text = |span: Span| places.locate(&latest.text, &latest.files, span);
    let name = |place: &SourceLocation| {
        let part = latest.files.get(place.file);
        part.map_or_else(|| file.origin.name(), |part| file.origin.part_name(part))
    };
    let several = latest.files.len() > 1;
    let main = in_text(problem.span);
    let place = main.start();
    let words = format!("line {}, column {}", place.line, place.column);
    ui.horizontal_wrapped(|ui| {
        let (sign, color) = match problem.severity {
            Severity::Error => ("Error", p.error),
            Severity::Warning => ("Warning", p.warning),
        };
        ui.label(
            RichText::new(sign)
                .font(theme::semibold(size::BODY))
                .color(color),
        );
        widgets::selectable_text(
            ui,
            RichText::new(&problem.message)
                .font(theme::semibold(size::BODY))
                .color(p.text),
        );
        let at = format!("{}:{}:{}", name(&main), place.line, place.column);
        let link = if several {
            widgets::link(ui, &format!("{}, {words}", name(&main)))
        } else {
            widgets::link(ui, &words)
        };
        if link
            .on_hover_text("Copy the place, for your editor")
            .clicked()
        {
            out.push(Command::CopyText {
                text: at,
                what: "place",
            });
        }
    });
    if let Some(help) = &problem.help {
        widgets::selectable_text(ui, RichText::new(format!("→ {help}")).color(p.text));
    }
    for (span, label) in &problem.labels {
        let place = in_text(*span);
        // Elsewhere in the same file, the excerpt is near enough.
        let words = if place.file == main.file {
            label.clone()
        } else {
            format!("{label}: {}, line {}", name(&place), place.start().line)
        };
        widgets::caption(ui, words);
    }
    ui.horizontal(|ui| {
        quick_fix_button::button(ui, app, problem, out);
        let link = widgets::link(ui, "Show in text");
        let name = format!("Show in text: {words}");
        link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
        if link
            .on_hover_text("Go to these lines on the page of the data file")
            .clicked()
        {
            out.push(Command::RevealInText {
                offset: problem.span.start,
                end: Some(problem.span.end),
            });
        }
    });
    ScrollArea::horizontal().show(ui, |ui| {
        source_excerpt::show(
            ui,
            main.text,
            main.lines,
            main.span,
            1,
            Some(problem.severity),
        )
    });
}
