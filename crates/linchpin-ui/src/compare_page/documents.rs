//! Two documents next to each other.

use super::{content_margin, document_picker, matches, send, sentences};
use crate::widgets;
use egui::{Frame, Margin, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare::DocumentComparison;
use linchpin_app::compare::{CompareCommand, ROWS_PER_PAGE};
use linchpin_compare::{MatchOutcome, MatchStatus, SentenceRowKind};
use linchpin_register::Document;
use linchpin_register::english::count_noun;
use linchpin_render::theme::{self, space};

/// Paints the two lists, the counts and what was found.
pub(super) fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let Some((before, after)) = app.compared_documents() else {
        widgets::empty_state(
            ui,
            "There are no two documents to compare",
            "Two documents with commitments are compared here. Open a text in the reader and code \
             it, or add its commitments.",
            |ui| {
                if widgets::primary_button(ui, "Go to documents").clicked() {
                    out.push(Command::GoToPage(linchpin_app::page::Page::Documents));
                }
            },
        );
        return;
    };
    Frame::new()
        .inner_margin(Margin::symmetric(24, 4))
        .show(ui, |ui| {
            header(ui, app, before, after, out);
        });
    let Some(found) = app.document_comparison() else {
        widgets::page_spinner(ui, "Comparing the two documents");
        return;
    };
    matches::handle_keys(ui, app, found, out);
    ScrollArea::vertical()
        .id_salt((
            "two documents",
            &found.matching.before,
            &found.matching.after,
        ))
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new().inner_margin(content_margin()).show(ui, |ui| {
                finding_counts(ui, found);
                ui.add_space(space::S);
                let all = found.matching.matches.len();
                let most = app.view.comparing.visible_rows;
                matches::show(ui, app, found, most, out);
                let mut left = most.saturating_sub(all);
                // The sentences stand below all matches: they begin only once there is no match
                // left to show.
                if all <= most {
                    ui.add_space(space::M);
                    left = sentence_section(ui, app, found, [before, after], left, out);
                }
                let rows = found.sentences.as_ref().map_or(0, |(s, _)| s.rows.len());
                if left == 0 && all + rows > 0 {
                    ui.add_space(space::S);
                    if ui.button(format!("Show {ROWS_PER_PAGE} more")).clicked() {
                        send(out, CompareCommand::ShowMore);
                    }
                }
            });
        });
}

fn header(ui: &mut Ui, app: &App, before: &Document, after: &Document, out: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        if let Some(id) = document_picker(ui, app, "The document before", before.id.as_str()) {
            send(out, CompareCommand::SetBefore(id));
        }
        ui.label("→");
        if let Some(id) = document_picker(ui, app, "The document after", after.id.as_str()) {
            send(out, CompareCommand::SetAfter(id));
        }
        let swap = widgets::toolbar_button(ui, "Swap", "Look from the other one");
        if swap.clicked() {
            send(out, CompareCommand::Swap);
        }
    });
}

/// What was found, by number. Confirmed and proposed apart.
fn finding_counts(ui: &mut Ui, found: &DocumentComparison) {
    let p = theme::palette_of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::XS, space::XS);
        for finding in MatchOutcome::ALL {
            let count = |standing| found.matching.count(*finding, standing);
            let (sure, open) = (count(MatchStatus::Confirmed), count(MatchStatus::Proposed));
            let text = match (*finding, sure, open) {
                (_, 0, 0) => continue,
                (MatchOutcome::NotCoded, ..) => format!("{open} {}", finding.label()),
                (_, 0, _) => format!("{open} {} · proposed", finding.label()),
                (_, _, 0) => format!("{sure} {} · confirmed", finding.label()),
                _ => format!(
                    "{} {} · {sure} confirmed, {open} proposed",
                    sure + open,
                    finding.label()
                ),
            };
            widgets::tag(ui, &text, p.text, p.surface);
        }
        if let Some((sentences, _)) = &found.sentences {
            for (kind, text) in [
                (SentenceRowKind::Removed, "gone"),
                (SentenceRowKind::Added, "new"),
                (SentenceRowKind::Changed, "changed"),
                (SentenceRowKind::Moved, "moved"),
            ] {
                let count = sentences.count(kind);
                if count > 0 {
                    let text = format!("{} {text}", count_noun(count, "sentence"));
                    widgets::tag(ui, &text, p.text_muted, p.background);
                }
            }
        }
    });
    if found.matching.matches.is_empty() {
        widgets::caption(
            ui,
            "No commitment of either document is recorded. Code them in the reader.",
        );
    }
}

/// Sentence by sentence, or how to get there. Returns how many rows may still be shown.
fn sentence_section(
    ui: &mut Ui,
    app: &App,
    found: &DocumentComparison,
    both: [&Document; 2],
    most: usize,
    out: &mut Vec<Command>,
) -> usize {
    widgets::section_heading(ui, "Sentence by sentence");
    match &found.sentences {
        Some((sentences, texts)) => sentences::show(ui, app, sentences, texts, both, most, out),
        None => {
            widgets::caption(ui, "Both documents need their texts for this.");
            for document in both {
                let id = document.id.as_str();
                if app.reading.texts.library.prose(id).is_none()
                    && ui
                        .button(format!("Attach a text to {}…", document.short))
                        .clicked()
                {
                    out.push(Command::OpenAttachDialog(id.to_owned()));
                }
            }
            // Never 0, at which the caller offers more rows.
            most.max(1)
        }
    }
}
