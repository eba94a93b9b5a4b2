//! The page on which documents are compared: two next to each other, a subject through a series,
//! two versions of the register.

mod documents;
mod matches;
mod sentences;
mod series_trace;
mod versions;

use super::widgets;
use egui::{ComboBox, Frame, Margin, RichText, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare::{CompareCommand, CompareMode};
use linchpin_app::form_state::FormState;
use linchpin_compare::{commitment_counts, sort_documents};
use linchpin_register::query::fold;
use linchpin_register::{Commitment, Register};
use linchpin_render::theme::{self, space};

/// The ways to compare, and what each is for.
const MODES: &[(CompareMode, &str, &str)] = &[
    (
        CompareMode::Documents,
        "Two documents",
        "What is new, weaker or gone from one document to another",
    ),
    (
        CompareMode::Time,
        "Through time",
        "A phrase, a commitment or a theme through the documents of a series",
    ),
    (
        CompareMode::Versions,
        "Versions",
        "What changed in this register since another version of it",
    ),
];

/// The most commitments that are listed at once.
const MAX_LISTED: usize = 60;

/// Paints the page.
pub fn show(ui: &mut Ui, app: &App, _form: &mut FormState, out: &mut Vec<Command>) {
    let frame = Frame::new().inner_margin(widgets::page_margin(16, 4));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            widgets::page_title(ui, "Compare");
            ui.add_space(space::M);
            for (mode, text, help) in MODES {
                let is_on = app.view.comparing.mode == *mode;
                let tab = ui.selectable_label(is_on, *text).on_hover_text(*help);
                if tab.clicked() && !is_on {
                    send(out, CompareCommand::SetMode(*mode));
                }
            }
        });
    });
    match app.view.comparing.mode {
        CompareMode::Documents => documents::show(ui, app, out),
        CompareMode::Time => series_trace::show(ui, app, out),
        CompareMode::Versions => versions::show(ui, app, out),
    }
}

/// Asks for something of this page.
fn send(out: &mut Vec<Command>, ask: CompareCommand) {
    out.push(Command::Compare(ask));
}

/// The margin of what is below the head.
fn content_margin() -> Margin {
    widgets::page_margin(4, 24)
}

/// A document by its short name and date; the id of one that is chosen.
fn document_picker(ui: &mut Ui, app: &App, name: &str, now: &str) -> Option<String> {
    let register: &Register = app.register();
    let mut chosen = None;
    let list = ComboBox::from_id_salt(name)
        .width(300.0)
        .selected_text(register.short_title_of(now))
        .show_ui(ui, |ui| {
            let all = commitment_counts(register);
            for document in sort_documents(register.documents.iter().collect())
                .into_iter()
                .rev()
            {
                let id = document.id.as_str();
                let count = all.get(id).copied().unwrap_or(0);
                let text = format!(
                    "{}  ·  {}  ·  {count}",
                    document.short,
                    document.date.date.to_long_form()
                );
                let color = match count {
                    0 => theme::palette_of(ui).text_muted,
                    _ => theme::palette_of(ui).text,
                };
                let row = ui.selectable_label(id == now, RichText::new(text).color(color));
                if row.on_hover_text(&document.title).clicked() {
                    chosen = Some(id.to_owned());
                }
            }
        });
    set_accessible_name(&list.response, name, register.short_title_of(now));
    chosen
}

/// One of several by its value and words.
fn combo_box(
    ui: &mut Ui,
    name: &str,
    now: &str,
    all: &[(String, String)],
    width_pt: f32,
) -> Option<String> {
    let shown = all.iter().find(|(value, _)| value == now);
    let shown = shown.map_or("Choose…", |(_, text)| text);
    let mut chosen = None;
    let list = ComboBox::from_id_salt(name)
        .width(width_pt)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            for (value, text) in all {
                if ui.selectable_label(value == now, text).clicked() {
                    chosen = Some(value.clone());
                }
            }
        });
    set_accessible_name(&list.response, name, shown);
    chosen
}

/// A commitment, found by words of its title or id. What is typed comes back as the first, what is
/// chosen as the second.
fn commitment_picker(ui: &mut Ui, app: &App) -> (Option<String>, Option<String>) {
    let register: &Register = app.register();
    let mut search = app.view.comparing.search.clone();
    let edit = TextEdit::singleline(&mut search)
        .hint_text("Find a commitment by its words")
        .desired_width(300.0);
    let response = ui.add(edit);
    response.widget_info(|| {
        egui::WidgetInfo::text_edit(true, "", &search, "Find a commitment by its words")
    });
    let typed = response.changed().then(|| search.clone());
    if search.trim().is_empty() {
        return (typed, None);
    }
    let wanted: Vec<String> = search.split_whitespace().map(fold::fold).collect();
    let fits = |c: &&Commitment| {
        let words = fold::fold(&format!("{} {} {} {}", c.title, c.id, c.verb, c.statement));
        wanted.iter().all(|w| words.contains(w.as_str()))
    };
    let found = register.commitments.iter().filter(fits).take(MAX_LISTED);
    let mut chosen = None;
    ui.end_row();
    ui.vertical(|ui| {
        let mut count = 0;
        for commitment in found {
            count += 1;
            let home = linchpin_compare::own_document(register, commitment.id.as_str());
            let home = home.map_or("", |id| register.short_title_of(id));
            let row = widgets::link(ui, &format!("{}  ·  {home}", commitment.title));
            if row.clicked() {
                chosen = Some(commitment.id.to_string());
            }
        }
        if count == 0 {
            widgets::caption(ui, "No commitment has these words.");
        }
    });
    (typed, chosen)
}

fn set_accessible_name(response: &egui::Response, name: &str, shown: &str) {
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name);
        info.current_text_value = Some(shown.to_owned());
        info
    });
}
