//! Some lines of the file, with their numbers, a place in them marked.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Frame, Label, Margin, Stroke, Ui};
use linchpin_render::theme::{self, size};
use ron_lossless::{LineIndex, Severity, Span};

/// The most characters of a line that are shown.
const MAX_CHARS: usize = 400;

/// The most lines of the place itself that are shown.
const MAX_LINES: u32 = 60;

/// Paints the lines of `span` and as many as `around` before and after. With a `severity` the place is underlined in its color;
/// without one its lines stand out from those around it.
pub fn show(
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
    let from_column = underlined.map_or(0, |(span, _)| {
        text.get(start..(span.start as usize).max(start))
            .map_or(0, |before| before.chars().count())
            .saturating_sub(MAX_CHARS / 2)
    });
    let skip = whole
        .char_indices()
        .nth(from_column)
        .map_or(0, |(at, _)| at);
    let stop = whole[skip..]
        .char_indices()
        .nth(MAX_CHARS)
        .map_or(whole.len(), |(at, _)| skip + at);
    if skip > 0 {
        job.append("… ", 0.0, plain.clone());
    }
    match underlined {
        Some((span, color)) => {
            let clamp = |offset: u32| (offset as usize).clamp(start + skip, start + stop);
            let (mut a, mut b) = (clamp(span.start), clamp(span.end));
            // What is missing has no width: its neighbor is marked.
            if a == b && number == first {
                match text[b..start + stop].chars().next() {
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
            job.append(text.get(start + skip..a).unwrap_or(""), 0.0, plain.clone());
            job.append(text.get(a..b).unwrap_or(""), 0.0, marked);
            job.append(text.get(b..start + stop).unwrap_or(""), 0.0, plain.clone());
        }
        None => job.append(&whole[skip..stop], 0.0, plain.clone()),
    }
    if stop < whole.len() {
        job.append(" …", 0.0, plain);
    }
    job.wrap.max_rows = 1;
    job
}
