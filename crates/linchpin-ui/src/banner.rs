//! What stands above every page while the file on disk is not what is on screen, or has problems.

use super::widgets;
use egui::{Color32, Frame, Margin, RichText, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::disk_sync::DiskConflict;
use linchpin_app::open_file::{FileOrigin, OpenFile};
use linchpin_app::page::Page;
use linchpin_register::english::count_noun;
use linchpin_render::theme::{self, size};

/// A strip above the page: a title, a text and a link. `true` where the link was clicked.
fn strip(
    ui: &mut Ui,
    (title, color): (&str, Color32),
    text: &str,
    background: Color32,
    link: Option<&str>,
) -> bool {
    let text_color = theme::palette_of(ui).text;
    let frame = Frame::new()
        .fill(background)
        .inner_margin(Margin::symmetric(24, 8));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let row = ui.horizontal_wrapped(|ui| {
            let title = RichText::new(title).font(theme::semibold(size::BODY));
            ui.label(title.color(color));
            ui.label(RichText::new(text).color(text_color));
            link.is_some_and(|link| widgets::link(ui, link).clicked())
        });
        row.inner
    });
    shown.inner
}

/// Says that both sides have changed and the user has to decide.
fn conflict_banner(ui: &mut Ui, conflict: &DiskConflict, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    let (asked, made) = conflict.decision_counts();
    let left = match asked - made {
        1 => "One thing is yours to decide".to_owned(),
        many => format!("{many} things are yours to decide"),
    };
    let title = ("The file has changed on the disk", p.warning);
    let text = format!("{left} before your edits can be saved.");
    if strip(ui, title, &text, p.warning_soft, Some("Look at both sides")) {
        out.push(Command::RunAction(Action::Save));
    }
}

/// Says that the register is only what an image carries.
fn image_banner(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let FileOrigin::Image(_) = &app.file.origin else {
        return;
    };
    let p = theme::palette_of(ui);
    let as_of = match app.register().compiled {
        Some(date) => format!(", as of {}", date.to_long_form()),
        None => String::new(),
    };
    let text = format!(
        "These are the records that {} carries{as_of}. The image itself is never changed.",
        app.file.origin.name()
    );
    let title = ("Opened from an image", p.text);
    if strip(ui, title, &text, p.surface, Some("Save as a register…")) {
        out.push(Command::RunAction(Action::SaveAs));
    }
}

/// Paints the banner, where there is anything to say.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let file = &app.file;
    let p = theme::palette_of(ui);
    // A conflict comes before all problems, since nothing can be saved until it is decided.
    if let Some(conflict) = &app.file.sync.conflict {
        return conflict_banner(ui, conflict, out);
    }
    let (title, text, is_error) = if let Some(trouble) = &file.read_error {
        let shown = if file.shown.text.is_empty() {
            "Nothing of it has been read yet"
        } else {
            "The last register that was read stays on screen"
        };
        (
            match file.origin {
                FileOrigin::Folder(_) => "The folder cannot be read".to_owned(),
                _ => "The file cannot be read".to_owned(),
            },
            format!("{trouble}. {shown}; it is looked for again and again."),
            true,
        )
    } else if file.latest.is_broken {
        let shown = if file.is_stale() {
            "The last valid register stays on screen."
        } else {
            "What could be read of it is on screen."
        };
        (
            format!("{} is broken", problem_subject(file)),
            format!("{} {shown}", problem_count(file.latest.diagnostic_count())),
            true,
        )
    } else if file.latest.diagnostic_count() > 0 {
        let left_out = match file.latest.unloaded_records {
            0 => "Every record is on screen.".to_owned(),
            1 => "One record could not be loaded.".to_owned(),
            n => format!("{n} records could not be loaded."),
        };
        (
            format!("{} has problems", problem_subject(file)),
            format!(
                "{} {left_out}",
                problem_count(file.latest.diagnostic_count())
            ),
            false,
        )
    } else {
        return image_banner(ui, app, out);
    };
    // These pages list the problems themselves.
    if matches!(app.view.page, Page::Problems | Page::DataFile) && file.read_error.is_none() {
        return;
    }
    let (color, background) = if is_error {
        (p.error, p.error_soft)
    } else {
        (p.warning, p.warning_soft)
    };
    let link = (file.latest.diagnostic_count() > 0).then_some("Show problems");
    if strip(ui, (&title, color), &text, background, link) {
        out.push(Command::GoToPage(Page::Problems));
    }
}

/// What has the problems: one of several files, where it has them all.
fn problem_subject(file: &OpenFile) -> String {
    let latest = &file.latest;
    let mut all = latest
        .diagnostics
        .iter()
        .map(|p| latest.file_index_at(p.span.start));
    match all.next() {
        _ if latest.files.len() == 1 => "The file".into(),
        // Problems that are counted but not listed may stand in another file.
        Some(first) if latest.omitted_diagnostics == 0 && all.all(|part| part == first) => latest
            .files
            .get(first)
            .map_or_else(String::new, |part| part.name.to_string()),
        _ => "The register".into(),
    }
}

fn problem_count(count: usize) -> String {
    format!("{}.", count_noun(count, "problem"))
}
