//! The page of problems: each with its place, what is wrong, what would be right, and the lines of the file.

use super::{excerpt, parts};
use crate::app::App;
use crate::app::command::Command;
use crate::ron_text::{Lines, Problem, Severity};
use crate::tables::words;
use crate::theme::{self, size, space};
use egui::{Frame, Margin, RichText, ScrollArea, Ui};

/// How many problems are shown at most; the command line has them all.
const MAX_SHOWN: usize = 200;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let file = &app.file;
    let latest = &file.latest;
    let count = latest.problem_count();
    Frame::new().inner_margin(Margin { left: 24, right: 24, top: 16, bottom: 8 }).show(ui, |ui| {
        parts::page_title(ui, "Problems");
        let left_out = match latest.records_left_out {
            0 => "every record could be loaded".to_owned(),
            1 => "1 record could not be loaded".to_owned(),
            n => format!("{n} records could not be loaded"),
        };
        let stale = if file.is_stale() { "; the last good register stays on screen until the file is mended" } else { "" };
        parts::caption(ui, format!("{} in {}: {left_out}{stale}. Mend them in your editor; this page follows every save.", if count == 1 { "1 problem".into() } else { format!("{} problems", words::number(count as f64)) }, file.origin.name()));
    });
    let text: &str = &latest.text;
    let lines = ui.data_mut(|d| {
        // Line starts are found once for a text, not once a frame.
        let id = egui::Id::unique("problem lines");
        let cached: Option<(usize, usize, std::sync::Arc<Lines>)> = d.get_temp(id);
        match cached {
            Some((at, length, lines)) if at == text.as_ptr() as usize && length == text.len() => {
                lines
            }
            _ => {
                let lines = std::sync::Arc::new(Lines::new(text));
                d.insert_temp(id, (text.as_ptr() as usize, text.len(), lines.clone()));
                lines
            }
        }
    });
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
                    for (index, problem) in latest.problems.iter().take(MAX_SHOWN).enumerate() {
                        ui.push_id(index, |ui| {
                            self::problem(ui, text, &lines, problem, &file.origin.name(), out)
                        });
                        ui.add_space(space::S);
                    }
                    if count > MAX_SHOWN {
                        parts::caption(
                            ui,
                            format!("and {} more", words::number((count - MAX_SHOWN) as f64)),
                        );
                    }
                });
        });
}

fn problem(
    ui: &mut Ui,
    text: &str,
    lines: &Lines,
    problem: &Problem,
    file: &str,
    out: &mut Vec<Command>,
) {
    let p = theme::of(ui);
    let place = lines.position(text, problem.span.start);
    ui.horizontal_wrapped(|ui| {
        let (sign, ink) = match problem.severity {
            Severity::Error => ("Error", p.error),
            Severity::Warning => ("Warning", p.warning),
        };
        ui.label(
            RichText::new(sign)
                .font(theme::semibold(size::BODY))
                .color(ink),
        );
        parts::selectable(
            ui,
            RichText::new(&problem.message)
                .font(theme::semibold(size::BODY))
                .color(p.text),
        );
        let at = format!("{file}:{}:{}", place.line, place.column);
        let link = parts::link(ui, &format!("line {}, column {}", place.line, place.column));
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
        parts::selectable(ui, RichText::new(format!("→ {help}")).color(p.text));
    }
    for (_, label) in &problem.labels {
        parts::caption(ui, label.clone());
    }
    ScrollArea::horizontal().show(ui, |ui| {
        excerpt::show(ui, text, lines, problem.span, 1, Some(problem.severity))
    });
}
