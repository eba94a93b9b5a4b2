//! Lists to choose a document, a series, a theme or a commitment from.

use crate::widgets;
use egui::{ComboBox, RichText, TextEdit, Ui};
use linchpin_app::App;
use linchpin_compare::{counts, in_order};
use linchpin_register::query::fold;
use linchpin_register::{Commitment, Register};
use linchpin_render::theme;

/// The most commitments that are listed at once.
const MAX_LISTED: usize = 60;

/// A document by its short name and date; the id of one that is chosen.
pub(super) fn document_picker(ui: &mut Ui, app: &App, name: &str, now: &str) -> Option<String> {
    let register: &Register = app.register();
    let mut chosen = None;
    let list = ComboBox::from_id_salt(name)
        .width(300.0)
        .selected_text(register.short_title_of(now))
        .show_ui(ui, |ui| {
            let all = counts(register);
            for document in in_order(register.documents.iter().collect())
                .into_iter()
                .rev()
            {
                let id = document.id.as_str();
                let count = all.get(id).copied().unwrap_or(0);
                let words = format!(
                    "{}  ·  {}  ·  {count}",
                    document.short,
                    document.date.date.to_long_form()
                );
                let color = match count {
                    0 => theme::palette_of(ui).text_muted,
                    _ => theme::palette_of(ui).text,
                };
                let row = ui.selectable_label(id == now, RichText::new(words).color(color));
                if row.on_hover_text(&document.title).clicked() {
                    chosen = Some(id.to_owned());
                }
            }
        });
    set_accessible_name(&list.response, name, register.short_title_of(now));
    chosen
}

/// One of several by its value and words.
pub(super) fn combo_box(
    ui: &mut Ui,
    name: &str,
    now: &str,
    all: &[(String, String)],
    width_pt: f32,
) -> Option<String> {
    let shown = all.iter().find(|(value, _)| value == now);
    let shown = shown.map_or("Choose…", |(_, words)| words);
    let mut chosen = None;
    let list = ComboBox::from_id_salt(name)
        .width(width_pt)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            for (value, words) in all {
                if ui.selectable_label(value == now, words).clicked() {
                    chosen = Some(value.clone());
                }
            }
        });
    set_accessible_name(&list.response, name, shown);
    chosen
}

/// A commitment, found by words of its title or id. What is typed comes back as the first, what is chosen as the second.
pub(super) fn commitment_picker(ui: &mut Ui, app: &App) -> (Option<String>, Option<String>) {
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
            let home = linchpin_compare::home_of(register, commitment.id.as_str());
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
