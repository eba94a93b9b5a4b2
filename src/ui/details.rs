//! One record in full, with the words it came from.

use super::{parts, strength};
use crate::app::App;
use crate::app::command::{Action, Command};
use crate::query::{Only, Search};
use crate::register::{Citation, RecordKind, RecordRef, Register};
use crate::tables::detail::{Detail, Fact, Piece, detail, label};
use crate::tables::words;
use crate::theme::{self, size, space};
use egui::text::TextFormat;
use egui::{Button, Frame, Margin, RichText, ScrollArea, Stroke, Ui, vec2};

/// Width of the names of fields.
const LABEL_PT: f32 = 96.0;
/// How many records that link here are named one by one.
const MAX_LINKED: usize = 60;

/// Paints the details of the selected record. `as_page`: in place of the page, with a way back.
pub fn show(ui: &mut Ui, app: &App, as_page: bool, out: &mut Vec<Command>) {
    let register = app.register();
    let Some((at, record)) = app
        .selected()
        .and_then(|at| Some((at, detail(register, at)?)))
    else {
        return;
    };
    Frame::new()
        .inner_margin(Margin {
            left: 20,
            right: 12,
            top: 14,
            bottom: 0,
        })
        .show(ui, |ui| {
            bar(ui, &record, as_page, out);
        });
    ScrollArea::vertical()
        .id_salt(("details", record.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin {
                    left: 20,
                    right: 20,
                    top: 4,
                    bottom: 24,
                })
                .show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(620.0));
                    head(ui, app, at, &record);
                    citations(ui, app, at, &record, out);
                    ui.add_space(space::S);
                    ui.spacing_mut().interact_size.y = 18.0;
                    for fact in &record.facts {
                        self::fact(ui, register, fact, out);
                    }
                    linked_from(ui, register, &record, out);
                    foot(ui, &record, out);
                });
        });
}

fn bar(ui: &mut Ui, record: &Detail<'_>, as_page: bool, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        if as_page && ui.button("← Back to the table").clicked() {
            out.push(Command::Act(Action::ToggleDetail));
        }
        parts::caption(ui, label(record.what));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = ui
                .add(Button::new("×").frame_when_inactive(false))
                .on_hover_text("Close the details");
            close.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Button, true, "Close the details")
            });
            if close.clicked() {
                out.push(Command::Act(Action::ToggleDetail));
            }
            for (action, sign) in [(Action::NextRecord, "↓"), (Action::PreviousRecord, "↑")] {
                let button = ui
                    .add(Button::new(sign).frame_when_inactive(false))
                    .on_hover_text(action.spec().label);
                button.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, action.spec().label)
                });
                if button.clicked() {
                    out.push(Command::Act(action));
                }
            }
        });
    });
}

fn head(ui: &mut Ui, app: &App, at: RecordRef, record: &Detail<'_>) {
    let register = app.register();
    let p = theme::of(ui);
    let search = searched_for(app, at);
    let title = TextFormat::simple(theme::semibold(size::HEADING), p.text);
    parts::searched(ui, record.title, &search, title);
    if let Some(figure) = register
        .figures
        .get(at.index as usize)
        .filter(|_| at.kind == RecordKind::Figure)
    {
        parts::selectable(
            ui,
            RichText::new(words::amount_with_unit(figure))
                .font(theme::semibold(size::DISPLAY - 4.0))
                .color(p.accent),
        );
    }
    if let Some(statement) = record.statement {
        parts::searched(ui, statement, &search, reading(ui));
    }
    if let Some(commitment) = register
        .commitments
        .get(at.index as usize)
        .filter(|_| at.kind == RecordKind::Commitment)
    {
        ui.add_space(space::S);
        strength::show(ui, register, commitment);
        ui.add_space(space::XS);
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 16.0), egui::Sense::hover());
            let status = commitment.current_status();
            strength::status_sign(ui.painter(), rect.center(), status, p);
            ui.label(RichText::new(label(status.label())).color(p.text))
                .on_hover_text(status.meaning());
        });
    }
    if let Some(figure) = register
        .figures
        .get(at.index as usize)
        .filter(|_| at.kind == RecordKind::Figure)
        && let crate::register::Chartable::No(why) = &figure.chartable
    {
        parts::caption(ui, format!("Not drawn on charts: {why}"));
    }
    ui.add_space(space::S);
}

fn citations(ui: &mut Ui, app: &App, at: RecordRef, record: &Detail<'_>, out: &mut Vec<Command>) {
    let search = searched_for(app, at);
    for (index, citation) in record.citations.iter().enumerate() {
        ui.push_id(index, |ui| {
            self::citation(ui, app.register(), citation, &search, out)
        });
    }
    if at.kind == RecordKind::Document
        && let Some(document) = app.register().documents.get(at.index as usize)
        && let Some(url) = &document.url
    {
        ui.horizontal(|ui| {
            if ui.button("Open at source").on_hover_text(url).clicked() {
                out.push(Command::OpenUrl(url.clone()));
            }
            if ui.button("Copy citation").clicked() {
                let issuers = words::names(app.register(), &document.issuers);
                out.push(Command::CopyText {
                    text: format!(
                        "{issuers}, “{}”, {}. {url}",
                        document.title,
                        document.date.date.words()
                    ),
                    what: "citation",
                });
            }
        });
    }
}

/// Type for statements and quotations, which are read rather than scanned.
fn reading(ui: &Ui) -> TextFormat {
    TextFormat {
        line_height: Some(22.0),
        ..TextFormat::simple(theme::regular(size::BODY + 1.0), theme::of(ui).text)
    }
}

/// What the table of the record's type is searched for.
fn searched_for(app: &App, at: RecordRef) -> Search {
    Search::new(&app.view.query(at.kind).search)
}

/// The words, who speaks them, and where they stand.
fn citation(
    ui: &mut Ui,
    register: &Register,
    citation: &Citation,
    search: &Search,
    out: &mut Vec<Command>,
) {
    let p = theme::of(ui);
    let frame = Frame::new()
        .fill(p.surface)
        .inner_margin(Margin::symmetric(14, 10))
        .corner_radius(egui::CornerRadius::same(6));
    let response = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if let Some(phrase) = &citation.phrase {
            parts::searched(ui, &format!("“{phrase}”"), search, reading(ui));
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let place = words::place(register, citation);
            if parts::link(ui, &place).clicked()
                && let Some(at) = register.find(citation.document.as_str())
            {
                out.push(Command::Show(at));
            }
            let who = match &citation.speaker {
                Some(speaker) => format!(
                    "· {}: {}",
                    citation.voice().label(),
                    register.short_of(speaker.as_str())
                ),
                None => format!("· voice: {}", citation.voice().label()),
            };
            parts::caption(ui, who).on_hover_text(citation.voice().meaning());
            if citation.external {
                parts::tag(ui, "external", p.text_muted, p.hover)
                    .on_hover_text("The coded documents do not state this");
            }
        });
        if let Some(note) = &citation.note {
            parts::caption(ui, note);
        }
        ui.horizontal(|ui| {
            if let Some(url) = words::address_at_words(register, citation)
                && ui.button("Open at source").on_hover_text(&url).clicked()
            {
                out.push(Command::OpenUrl(url));
            }
            if ui.button("Copy citation").clicked() {
                out.push(Command::CopyText {
                    text: words::citation(register, citation),
                    what: "citation",
                });
            }
        });
    });
    let rect = response.response.rect;
    ui.painter().vline(
        rect.left() + 1.0,
        rect.y_range(),
        Stroke::new(2.0, p.accent),
    );
}

/// A field: its name on the left, its values on the right.
fn fact(ui: &mut Ui, register: &Register, fact: &Fact<'_>, out: &mut Vec<Command>) {
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(
            vec2(LABEL_PT, 18.0),
            egui::Layout::top_down(egui::Align::LEFT),
            |ui| {
                ui.set_width(LABEL_PT);
                ui.add_space(1.0);
                parts::caption(ui, &fact.label).on_hover_text(fact.help);
            },
        );
        ui.vertical(|ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(0.0, 3.0);
                let last = fact.pieces.len().saturating_sub(1);
                for (i, piece) in fact.pieces.iter().enumerate() {
                    self::piece(ui, register, piece, out);
                    if i < last {
                        ui.label(RichText::new("  ·  ").color(theme::of(ui).text_muted));
                    }
                }
            });
        });
    });
}

fn piece(ui: &mut Ui, register: &Register, piece: &Piece<'_>, out: &mut Vec<Command>) {
    match piece {
        Piece::Text(text) => {
            parts::selectable(ui, text.as_str());
        }
        Piece::Link(at, name) => {
            if parts::link(ui, name).clicked() {
                out.push(Command::Show(*at));
            }
        }
        Piece::Broken(id) => {
            ui.label(RichText::new(format!("⚠ {id}")).color(theme::of(ui).error))
                .on_hover_text("No record has this id");
        }
        Piece::Cite(citation) => {
            let url = words::address_at_words(register, citation);
            let response = parts::link(ui, &words::place(register, citation));
            if response.clicked() {
                out.extend(url.clone().map(Command::OpenUrl));
            }
            response.on_hover_text(url.unwrap_or_else(|| "No web address".into()));
        }
    }
}

fn linked_from(ui: &mut Ui, register: &Register, record: &Detail<'_>, out: &mut Vec<Command>) {
    if record.linked_from.is_empty() {
        return;
    }
    ui.add_space(space::M);
    ui.separator();
    for (kind, from) in &record.linked_from {
        ui.horizontal(|ui| {
            let count = if from.len() == 1 {
                format!("1 {}", kind.what())
            } else {
                format!("{} {}", from.len(), kind.plural().to_lowercase())
            };
            parts::section(ui, &format!("In {count}"));
            if from.len() > 1 && parts::link(ui, "Show in table").clicked() {
                let ids = from
                    .iter()
                    .filter_map(|at| register.record(*at))
                    .map(|r| r.id().to_owned())
                    .collect();
                out.push(Command::ShowOnly(
                    *kind,
                    Only {
                        why: format!("linked to {}", short(record.title)),
                        ids,
                    },
                ));
            }
        });
        for at in from.iter().take(MAX_LINKED) {
            if let Some(other) = register.record(*at)
                && parts::link(ui, &short(other.title())).clicked()
            {
                out.push(Command::Show(*at));
            }
        }
        if from.len() > MAX_LINKED {
            parts::caption(ui, format!("and {} more", from.len() - MAX_LINKED));
        }
        ui.add_space(space::S);
    }
}

fn foot(ui: &mut Ui, record: &Detail<'_>, out: &mut Vec<Command>) {
    ui.add_space(space::S);
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        parts::caption(ui, format!("id: {}", record.id));
        if parts::link(ui, "Show in file")
            .on_hover_text("Where this record stands in the file")
            .clicked()
        {
            out.push(Command::Act(Action::ShowInFile));
        }
    });
}

fn short(text: &str) -> String {
    if text.chars().count() > 90 {
        text.chars().take(89).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}
