//! The page of problems: each with its position, what is wrong, what helps, and the lines of the
//! file.

use super::widgets::{self, append_visible};
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Frame, Label, Margin, RichText, ScrollArea, Stroke, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::open_file::OpenFile;
use linchpin_register::tables::formatting;
use linchpin_register::{SourceLocation, SourceLocator};
use linchpin_render::theme::{self, size, space};
use ron_lossless::{Diagnostic, LineIndex, Severity, Span};
use std::sync::Arc;

/// How many problems are shown at most; the command line has them all.
const MAX_SHOWN: usize = 200;
/// The most characters of a line that are shown.
const MAX_CHARS: usize = 400;
/// The most lines of the place itself that are shown.
const MAX_LINES: u32 = 60;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let file = &app.file;
    let latest = &file.latest;
    let count = latest.diagnostic_count();
    Frame::new().inner_margin(widgets::page_margin(16, 8)).show(ui, |ui| {
        widgets::page_title(ui, "Problems");
        let left_out = match latest.unloaded_records {
            0 => "every record could be loaded".to_owned(),
            1 => "1 record could not be loaded".to_owned(),
            n => format!("{n} records could not be loaded"),
        };
        let stale = match file.is_stale() {
 true => "; the last valid register stays on screen until the file is fixed",
 false => "",
 };
        let problems = match count {
            1 => "1 problem".to_owned(),
            _ => format!("{} problems", formatting::format_number(count as f64)),
        };
        let name = file.origin.name();
        let text = format!(
            "{problems} in {name}: {left_out}{stale}. Fix them here or in your editor; this page \
             follows."
        );
        widgets::caption(ui, text);
        fix_all_button(ui, app, out);
    });
    let places = cached_source_locations(ui, file);
    ScrollArea::vertical()
        .id_salt("problems")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(widgets::page_margin(0, 24))
                .show(ui, |ui| {
                    for (index, problem) in latest.diagnostics.iter().take(MAX_SHOWN).enumerate() {
                        ui.push_id(index, |ui| problem_entry(ui, app, &places, problem, out));
                        ui.add_space(space::S);
                    }
                    widgets::caption_more(ui, count, MAX_SHOWN);
                });
        });
}

/// The button for every problem that has one sure repair.
fn fix_all_button(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let problems = app.file.latest.diagnostics.iter();
    let fixable = problems
        .filter(|problem| problem.safe_fix().is_some())
        .count();
    // The fixes are edits at places of the text that was read; while that is behind the draft, none
    // is offered.
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
    let position = format!("line {}, column {}", place.line, place.column);
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
            widgets::link(ui, &format!("{}, {position}", name(&main)))
        } else {
            widgets::link(ui, &position)
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
        let message = if place.file == main.file {
            label.clone()
        } else {
            format!("{label}: {}, line {}", name(&place), place.start().line)
        };
        widgets::caption(ui, message);
    }
    ui.horizontal(|ui| {
        widgets::quick_fix_button(ui, app, problem, out);
        let link = widgets::link(ui, "Show in text");
        let name = format!("Show in text: {position}");
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
        source_excerpt(
            ui,
            main.text,
            main.lines,
            main.span,
            1,
            Some(problem.severity),
        )
    });
}

/// Paints the lines of `span` and as many as `around` before and after. With a `severity` the place
/// is underlined in its color; without one its lines stand out from those around it.
fn source_excerpt(
    ui: &mut Ui,
    text: &str,
    lines: &LineIndex,
    span: Span,
    context_lines: u32,
    severity: Option<Severity>,
) {
    let p = theme::palette_of(ui);
    let end = text.len() as u32;
    let first_marked = lines.position(text, span.start.min(end)).line;
    let last_marked = lines.position(text, span.end.min(end)).line;
    let first = first_marked.saturating_sub(context_lines).max(1);
    let last = (last_marked.min(first_marked + MAX_LINES) + context_lines).min(lines.count());
    let mark = match severity {
        Some(Severity::Error) => Some(p.error),
        Some(Severity::Warning) => Some(p.warning),
        None => None,
    };
    Frame::new()
        .fill(p.surface)
        .inner_margin(Margin::symmetric(10, 8))
        .corner_radius(6)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            for number in first..=last {
                let Some(line) = lines.line_span(number) else {
                    continue;
                };
                let marked = (first_marked..=last_marked).contains(&number);
                ui.add(
                    Label::new(line_job(
                        text,
                        line,
                        number,
                        first_marked,
                        marked.then_some((span, mark)),
                        p,
                    ))
                    .extend()
                    .selectable(true),
                );
            }
        });
}

fn line_job(
    text: &str,
    line: Span,
    number: u32,
    first: u32,
    marked: Option<(Span, Option<Color32>)>,
    p: &theme::Palette,
) -> LayoutJob {
    let font = theme::monospace(size::CAPTION + 0.5);
    let text_color = match marked {
        None => p.text_muted,
        Some(_) => p.text,
    };
    let plain = TextFormat::simple(font.clone(), text_color);
    let mut job = LayoutJob::default();
    job.append(
        &format!("{number:>6}  "),
        0.0,
        TextFormat::simple(font, text_color),
    );
    let whole = line.of(text).trim_end_matches(['\n', '\r']);
    // Long lines are shown around the place.
    let start = line.start as usize;
    let underlined = marked.and_then(|(span, color)| Some((span, color?)));
    // For the further lines of a span that began above, there is nothing before the place.
    let from_column = underlined.map_or(0, |(span, _)| {
        text.get(start..(span.start as usize).max(start))
            .map_or(0, |before| before.chars().count())
            .saturating_sub(MAX_CHARS / 2)
    });
    let skip = whole
        .char_indices()
        .nth(from_column)
        .map_or(0, |(at, _)| at);
    let end_of_shown = whole[skip..]
        .char_indices()
        .nth(MAX_CHARS)
        .map_or(whole.len(), |(at, _)| skip + at);
    if skip > 0 {
        job.append("… ", 0.0, plain.clone());
    }
    match underlined {
        Some((span, color)) => {
            let clamp = |offset: u32| (offset as usize).clamp(start + skip, start + end_of_shown);
            let (mut a, mut b) = (clamp(span.start), clamp(span.end));
            // What is missing has no width: its neighbor is marked.
            if a == b && number == first {
                match text[b..start + end_of_shown].chars().next() {
                    Some(next) => b += next.len_utf8(),
                    None => {
                        a -= text[start + skip..a]
                            .chars()
                            .next_back()
                            .map_or(0, char::len_utf8)
                    }
                }
            }
            let marked = TextFormat {
                underline: Stroke::new(2.0, color),
                color,
                ..plain.clone()
            };
            let before = text.get(start + skip..a).unwrap_or("");
            append_visible(&mut job, before, 0.0, plain.clone());
            append_visible(&mut job, text.get(a..b).unwrap_or(""), 0.0, marked);
            append_visible(
                &mut job,
                text.get(b..start + end_of_shown).unwrap_or(""),
                0.0,
                plain.clone(),
            );
        }
        None => append_visible(&mut job, &whole[skip..end_of_shown], 0.0, plain.clone()),
    }
    if end_of_shown < whole.len() {
        job.append(" …", 0.0, plain);
    }
    job.wrap.max_rows = 1;
    job
}
