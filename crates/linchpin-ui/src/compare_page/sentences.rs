//! Two texts sentence by sentence: words that are gone struck through, words that are new
//! underlined.

use super::send;
use crate::widgets::{self, append_visible};
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Label, Layout, Role, Sense, Stroke, Ui, WidgetInfo};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare::CompareCommand;
use linchpin_compare::{
    SentenceComparison, SentenceLocation, SentenceRow, SentenceRowKind, WordDiffKind,
    WordDiffSegment,
};
use linchpin_register::Document;
use linchpin_render::theme::{self, size, space};
use linchpin_text::prose::Prose;
use std::ops::Range;
use std::sync::Arc;

/// Sentences in a row that are the same are folded from this many on.
const MIN_COLLAPSED: usize = 2;

/// Paints up to so many rows. Returns how many more there might have been.
pub(super) fn show(
    ui: &mut Ui,
    app: &App,
    sentences: &SentenceComparison,
    texts: &[Arc<Prose>; 2],
    both: [&Document; 2],
    most: usize,
    out: &mut Vec<Command>,
) -> usize {
    let rows = &sentences.rows;
    let mut left = most;
    let mut at = 0;
    while at < rows.len() && left > 0 {
        let same = rows
            .iter()
            .skip(at)
            .take_while(|row| row.kind == SentenceRowKind::Same)
            .count();
        if same >= MIN_COLLAPSED && !app.view.comparing.expanded.contains(&at) {
            let text = format!("⋯ {same} sentences are the same");
            if widgets::link(ui, &text)
                .on_hover_text("Show them")
                .clicked()
            {
                send(out, CompareCommand::Expand(at));
            }
            at += same;
            left -= 1;
            continue;
        }
        // Where the row at hand differs, none is the same, and that one row is shown.
        for row in rows.iter().skip(at).take(same.max(1).min(left)) {
            sentence_row(ui, row, texts, both, out);
        }
        let shown = same.max(1).min(left);
        at += shown;
        left -= shown;
    }
    // The caller offers more rows at 0, so that 0 is kept for rows that are left.
    match at < rows.len() {
        true => 0,
        false => left.max(1),
    }
}

fn sentence_row(
    ui: &mut Ui,
    row: &SentenceRow,
    texts: &[Arc<Prose>; 2],
    both: [&Document; 2],
    out: &mut Vec<Command>,
) {
    let word = match row.kind {
        SentenceRowKind::Same => "same",
        SentenceRowKind::Changed => "changed",
        SentenceRowKind::Added => "new",
        SentenceRowKind::Removed => "gone",
        SentenceRowKind::Moved => "moved",
        SentenceRowKind::MovedFrom => "moved away",
    };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.columns(2, |columns| {
            for (at, ui) in columns.iter_mut().enumerate().take(2) {
                // Columns set their words in block; a reader compares lines.
                let left = Layout::top_down(Align::LEFT);
                ui.with_layout(left, |ui| {
                    sentence_side(ui, row, word, (at, texts, both), out)
                });
            }
        });
    });
    let p = theme::palette_of(ui);
    let rect = ui.max_rect();
    let y = ui.cursor().top();
    ui.painter()
        .hline(rect.x_range(), y, Stroke::new(1.0, p.hairline));
    ui.add_space(space::S);
}

/// One side of a row.
fn sentence_side(
    ui: &mut Ui,
    row: &SentenceRow,
    word: &str,
    (side, texts, both): (usize, &[Arc<Prose>; 2], [&Document; 2]),
    out: &mut Vec<Command>,
) {
    let (places, text, document) = match side {
        0 => (&row.before, texts[0].text(), both[0]),
        _ => (&row.after, texts[1].text(), both[1]),
    };
    let Some(first) = places.first() else {
        let label = if side == 0 {
            "+ new"
        } else {
            missing_label(row.kind)
        };
        widgets::caption(ui, label);
        return;
    };
    let place = format!("¶ {}.{} · {word}", first.paragraph, first.number);
    widgets::caption(ui, place);
    let marks = changed_ranges(row, side);
    for place in places {
        let job = highlighted_sentence(ui, text, place, &marks, side);
        let response = ui.add(Label::new(job).wrap().sense(Sense::click()));
        let sentence = text.get(place.range.clone()).unwrap_or_default();
        let name = format!("Read: {sentence}");
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.clicked() {
            out.push(Command::OpenReader {
                document: document.id.to_string(),
                paragraph: Some(place.paragraph),
                phrase: Some(sentence.to_owned()),
            });
        }
    }
}

fn missing_label(kind: SentenceRowKind) -> &'static str {
    match kind {
        SentenceRowKind::MovedFrom => "→ it stands elsewhere now",
        _ => "− gone",
    }
}

/// The stretches of one side that the other does not have.
fn changed_ranges(row: &SentenceRow, side: usize) -> Vec<Range<usize>> {
    let whole =
        |places: &[SentenceLocation]| places.iter().map(|place| place.range.clone()).collect();
    match (row.kind, side) {
        (SentenceRowKind::Removed, _) => whole(&row.before),
        (SentenceRowKind::Added, _) => whole(&row.after),
        (_, 0) => ranges_of_kind(row, WordDiffKind::Removed, |piece| &piece.before),
        _ => ranges_of_kind(row, WordDiffKind::Added, |piece| &piece.after),
    }
}

fn ranges_of_kind(
    row: &SentenceRow,
    kind: WordDiffKind,
    side: fn(&WordDiffSegment) -> &Range<usize>,
) -> Vec<Range<usize>> {
    let pieces = row.pieces.iter().filter(|piece| piece.kind == kind);
    pieces.map(|piece| side(piece).clone()).collect()
}

/// A sentence with its marks: a line through what is gone, a line below what is new.
fn highlighted_sentence(
    ui: &Ui,
    text: &str,
    place: &SentenceLocation,
    marks: &[Range<usize>],
    side: usize,
) -> LayoutJob {
    let p = theme::palette_of(ui);
    let plain = TextFormat {
        font_id: theme::regular(size::BODY),
        color: p.text,
        line_height: Some(19.0),
        ..TextFormat::default()
    };
    let line = |color| Stroke::new(1.5, color);
    let differs = match side {
        0 => TextFormat {
            color: p.error,
            strikethrough: line(p.error),
            ..plain.clone()
        },
        _ => TextFormat {
            color: p.success,
            underline: line(p.success),
            ..plain.clone()
        },
    };
    let mut job = LayoutJob::default();
    let mut from = place.range.start;
    let end = place.range.end;
    for mark in marks {
        // The marks are those of all sentences of this side; only what lies in this one counts.
        let (start, until) = (mark.start.clamp(from, end), mark.end.clamp(from, end));
        append_visible(
            &mut job,
            text.get(from..start).unwrap_or_default(),
            0.0,
            plain.clone(),
        );
        append_visible(
            &mut job,
            text.get(start..until).unwrap_or_default(),
            0.0,
            differs.clone(),
        );
        from = until;
    }
    append_visible(
        &mut job,
        text.get(from..end).unwrap_or_default(),
        0.0,
        plain,
    );
    job
}
