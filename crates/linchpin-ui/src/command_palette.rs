//! Finds a command, a page or a record by a few letters of its name.

use super::widgets;
use egui::{Id, Key, Modal, Modifiers, ScrollArea, Sense, TextEdit, Ui, vec2};
use linchpin_app::App;
use linchpin_app::availability::Reason;
use linchpin_app::command::{ACTIONS, Action, Command};
use linchpin_app::page::Page;
use linchpin_register::query::fold::fold;
use linchpin_render::theme::{self, size};

/// How many hits are shown.
const MAX_HITS: usize = 40;
/// How many records are looked at: enough for any real register, and never a slow frame.
const MAX_RECORDS: usize = 20_000;

/// Paints the palette; `true` where it should close.
pub fn show(
    ui: &Ui,
    app: &App,
    search: &mut String,
    chosen: &mut usize,
    out: &mut Vec<Command>,
) -> bool {
    let hits = find_entries(app, search);
    // The hits may have become fewer since the last frame, as records go.
    *chosen = (*chosen).min(hits.len().saturating_sub(1));
    let mut close = false;
    let response = Modal::new(Id::unique("palette")).show(ui.ctx(), |ui| {
        ui.set_width(540.0_f32.min(ui.ctx().content_rect().width() - 64.0));
        // Before the text field, which would move its cursor by the arrows and leave on Enter.
        let (down, up, enter) = ui.input_mut(|i| {
            (
                i.consume_key(Modifiers::NONE, Key::ArrowDown),
                i.consume_key(Modifiers::NONE, Key::ArrowUp),
                i.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        if down {
            *chosen = (*chosen + 1).min(hits.len().saturating_sub(1));
        }
        if up {
            *chosen = chosen.saturating_sub(1);
        }
        let edit = ui.add(
            TextEdit::singleline(search)
                .hint_text("Type a command, a page or a record")
                .desired_width(f32::INFINITY),
        );
        edit.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Command palette")
        });
        if edit.changed() {
            *chosen = 0;
        }
        // In every frame: a click on a row must not take the letters away from the field.
        edit.request_focus();
        if hits.is_empty() {
            widgets::caption(ui, "Nothing has such a name.");
        }
        ScrollArea::vertical()
            .max_height(360.0)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (at, hit) in hits.iter().enumerate() {
                    let is_chosen = row(ui, hit, at == *chosen, down || up);
                    if hit.reason.is_none() && (is_chosen || (enter && at == *chosen)) {
                        out.push(hit.command.clone());
                        close = true;
                    }
                }
            });
    });
    close || response.should_close()
}

struct PaletteEntry {
    title: String,
    category: String,
    command: Command,
    /// Why it cannot be done now.
    reason: Option<Reason>,
}

fn find_entries(app: &App, search: &str) -> Vec<PaletteEntry> {
    let words: Vec<String> = fold(search).split_whitespace().map(str::to_owned).collect();
    let fits = |text: &str| {
        let folded = fold(text);
        words.iter().all(|w| folded.contains(w.as_str()))
    };
    let mut all: Vec<PaletteEntry> = Vec::new();
    for page in Page::ALL
        .into_iter()
        .filter(|p| *p != Page::Problems && fits(p.title()))
    {
        all.push(PaletteEntry {
            title: page.title().into(),
            category: "page".into(),
            command: Command::GoToPage(page),
            reason: None,
        });
    }
    let of_chart = app.open_chart().is_some();
    for spec in ACTIONS
        .iter()
        .filter(|s| s.action != Action::CommandPalette)
    {
        let title = spec.label_for(of_chart);
        if fits(&title) && all.iter().all(|hit| hit.title != title) {
            let reason = app.availability(spec.action).reason();
            all.push(PaletteEntry {
                title,
                category: reason.map_or_else(|| "command".into(), String::from),
                command: Command::RunAction(spec.action),
                reason,
            });
        }
    }
    // What can be done comes first.
    all.sort_by_key(|hit| hit.reason.is_some());
    if !words.is_empty() {
        let records = app
            .register()
            .iter_records()
            .take(MAX_RECORDS)
            .filter(|(_, r)| fits(r.title()) || fits(r.short_title()) || fits(r.id()));
        all.extend(records.take(MAX_HITS).map(|(at, r)| PaletteEntry {
            title: r.title().to_owned(),
            category: r.kind().what().into(),
            command: Command::ShowRecord(at),
            reason: None,
        }));
    }
    all.truncate(MAX_HITS);
    all
}

fn row(ui: &mut Ui, hit: &PaletteEntry, chosen: bool, moved: bool) -> bool {
    let p = theme::palette_of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    widgets::row_background(ui, rect, theme::RADIUS, chosen, response.hovered());
    let enabled = hit.reason.is_none();
    // A reason is a sentence; the kind of a hit is a word.
    let what_width = if enabled { 120.0 } else { rect.width() / 2.0 };
    let text_color = if enabled { p.text } else { p.text_muted };
    let what = widgets::elided_line(
        ui,
        &hit.category,
        theme::regular(size::CAPTION),
        p.text_muted,
        what_width,
    );
    let title = widgets::elided_line(
        ui,
        &hit.title,
        theme::regular(size::BODY),
        text_color,
        rect.width() - what.size().x - 36.0,
    );
    let y = |h: f32| rect.center().y - h / 2.0;
    ui.painter().galley(
        egui::pos2(rect.left() + 10.0, y(title.size().y)),
        title,
        text_color,
    );
    ui.painter().galley(
        egui::pos2(rect.right() - 10.0 - what.size().x, y(what.size().y)),
        what,
        p.text_muted,
    );
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::ListBoxOption, enabled, chosen, &hit.title)
    });
    if chosen && moved {
        response.scroll_to_me(None);
    }
    let clicked = response.clicked();
    if let Some(reason) = hit.reason {
        response.on_hover_text(reason.to_string());
    }
    clicked
}
