//! The dialog in which a document gets its text: pasted or taken out of a file, previewed, saved.

use super::widgets;
use egui::{Key, ProgressBar, RichText, ScrollArea, TextEdit, Ui, WidgetInfo};
use linchpin_app::App;
use linchpin_app::attach::{AttachCommand, AttachForm, AttachStage, ExtractedText};
use linchpin_app::command::Command;
use linchpin_files::sibling_texts::{ExistingTextPolicy, default_text_path};
use linchpin_register::Document;
use linchpin_render::theme::{self, size, space};

/// Why the program brings no texts.
const NO_BUNDLED_TEXTS_NOTE: &str = "Texts belong to those who published them, so Linchpin \
     includes none. The text that you attach becomes a plain file next to your register; whether \
     you pass it on is yours to decide.";
/// How tall one paragraph is shown, in lines.
const PREVIEW_LINES: usize = 2;

/// Paints the dialog over the page. `true` where it should close.
pub fn show_modal(ui: &Ui, app: &App, form: &mut AttachForm, out: &mut Vec<Command>) -> bool {
    let response = widgets::show_modal(ui, "The text of a document", 720.0, |ui| {
        show(ui, app, form, out)
    });
    // What was pasted is not lost by a click next to the dialog.
    let close = response.inner || ui.input(|i| i.key_pressed(Key::Escape));
    // With the dialog nobody is left to take the text that is being extracted.
    if let (true, AttachStage::Extracting(job)) = (close, &form.stage) {
        out.push(Command::CancelTask(*job));
    }
    close
}

fn show(ui: &mut Ui, app: &App, form: &mut AttachForm, out: &mut Vec<Command>) -> bool {
    let Some(document) = app.register().get::<Document>(&form.document) else {
        return true;
    };
    ui.label(RichText::new(&document.title).font(theme::semibold(size::BODY)));
    if app.texts_folder().is_none() {
        return save_first(ui, app, out);
    }
    let own = document.text.as_deref();
    match &form.stage {
        AttachStage::AwaitingInput => input_step(ui, form, out),
        AttachStage::Extracting(job) => extracting_step(ui, app, *job, out),
        AttachStage::Preview(found) => {
            let goes_to = default_text_path(&form.document, own);
            preview(ui, found);
            if let Some(error) = &form.error {
                widgets::error_text(ui, error);
            }
            ui.add_space(space::XS);
            widgets::caption(
                ui,
                format!("It will be saved in {goes_to} next to your register."),
            );
            preview_buttons(ui, out)
        }
        AttachStage::PathTaken(found, path) => {
            preview(ui, found);
            ui.add_space(space::XS);
            let label = format!("Another text stands in {path} already.");
            ui.label(RichText::new(label).color(theme::palette_of(ui).warning));
            path_taken_buttons(ui, out)
        }
    }
}

/// A register without a file has no folder for texts.
fn save_first(ui: &mut Ui, app: &App, out: &mut Vec<Command>) -> bool {
    widgets::caption(ui, NO_BUNDLED_TEXTS_NOTE);
    ui.add_space(space::XS);
    ui.label(format!(
        "A text is saved next to a file of your own, and {} is none. Save the register as a file \
         first.",
        app.file.origin.name()
    ));
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Save as…").clicked() {
            out.push(Command::Attach(AttachCommand::SaveRegisterFirst));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

fn input_step(ui: &mut Ui, form: &mut AttachForm, out: &mut Vec<Command>) -> bool {
    widgets::caption(ui, NO_BUNDLED_TEXTS_NOTE);
    ui.add_space(space::S);
    ui.label("Paste the text of the document:");
    // The row for a file and the buttons come below and are not laid out yet; this is their room.
    let height = (ui.available_height() - 190.0).clamp(80.0, 260.0);
    ScrollArea::vertical()
        .id_salt("pasted")
        .max_height(height)
        .show(ui, |ui| {
            let edit = TextEdit::multiline(&mut form.pasted)
                .desired_rows(8)
                .desired_width(f32::INFINITY);
            let field = ui.add(edit);
            field.widget_info(|| {
                WidgetInfo::labeled(egui::Role::MultilineTextInput, true, "Pasted text")
            });
            if field.changed() {
                form.error = None;
            }
        });
    ui.add_space(space::XS);
    ui.label("Or take it out of a file: plain text, Markdown, a saved web page, or PDF:");
    let typed = ui
        .horizontal(|ui| {
            let width = ui.available_width() - 110.0;
            let field = ui.add(
                TextEdit::singleline(&mut form.path)
                    .hint_text("/home/…/statement.pdf")
                    .desired_width(width),
            );
            field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Path"));
            if field.changed() {
                form.error = None;
            }
            if widgets::browse_button(ui, "Open file…").clicked() {
                out.push(Command::Attach(AttachCommand::PickFile));
            }
            // A single line gives up the focus on Enter; together both mean Enter in this very
            // field.
            field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
        })
        .inner;
    if let Some(error) = &form.error {
        widgets::error_text(ui, error);
    }
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let (has_path, has_text) = (!form.path.trim().is_empty(), !form.pasted.trim().is_empty());
        let next = ui.add_enabled_ui(has_path || has_text, |ui| {
            widgets::primary_button(ui, "Look at the text").on_hover_text("Nothing is kept yet")
        });
        if (next.inner.clicked() || typed) && (has_path || has_text) {
            // What was pasted counts, as long as no file was named.
            out.push(Command::Attach(match has_path {
                true => AttachCommand::ExtractTypedPath,
                false => AttachCommand::ExtractPasted,
            }));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

fn extracting_step(ui: &mut Ui, app: &App, job: u64, out: &mut Vec<Command>) -> bool {
    ui.add_space(space::S);
    let running = app.tasks.running().iter().find(|running| running.id == job);
    let share = running.map_or(1.0, |job| job.progress());
    ui.label("Reading the text…");
    ui.add(ProgressBar::new(share).desired_width(ui.available_width()));
    ui.add_space(space::S);
    if ui.button("Stop").clicked() {
        out.push(Command::Attach(AttachCommand::Back));
    }
    false
}

/// The paragraphs with their numbers, and what should be looked at.
fn preview(ui: &mut Ui, found: &ExtractedText) {
    let from = match &found.file_name {
        Some(name) => format!("From {name}"),
        None => "As it was pasted".to_owned(),
    };
    let (paragraphs, sentences) = (found.prose.len(), found.sentence_count);
    widgets::caption(
        ui,
        format!(
            "{from}: {paragraphs} paragraphs, {sentences} sentences. Rest the pointer on one to \
             see it whole."
        ),
    );
    for note in &found.extracted.notes {
        let p = theme::palette_of(ui);
        ui.add(egui::Label::new(RichText::new(format!("{note}.")).color(p.warning)).wrap());
    }
    ui.add_space(space::XS);
    let p = theme::palette_of(ui);
    let font = theme::regular(size::BODY);
    // `show_rows` skips what is out of view only where all rows have one height, so each paragraph
    // is cut to as many lines.
    let row = ui.fonts_mut(|fonts| fonts.row_height(&font)) * PREVIEW_LINES as f32 + space::XS;
    let height = (ui.available_height() - 110.0).clamp(120.0, 420.0);
    egui::Frame::new()
        .fill(p.surface)
        .inner_margin(egui::Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("paragraphs")
                .max_height(height)
                .auto_shrink([false, true])
                .show_rows(ui, row, paragraphs as usize, |ui, shown| {
                    for index in shown {
                        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                        paragraph_row(
                            ui,
                            number,
                            found.prose.paragraph(number).unwrap_or_default(),
                            row,
                        );
                    }
                });
        });
}

fn paragraph_row(ui: &mut Ui, number: u32, text: &str, height_pt: f32) {
    const NUMBER_PT: f32 = 44.0;
    let p = theme::palette_of(ui);
    let width = ui.available_width();
    let (rect, response) =
        ui.allocate_exact_size(egui::vec2(width, height_pt), egui::Sense::hover());
    let label = widgets::elided_lines(
        ui,
        text,
        theme::regular(size::BODY),
        p.text,
        width - NUMBER_PT - 8.0,
        PREVIEW_LINES,
    );
    let count = widgets::elided_line(
        ui,
        &number.to_string(),
        theme::regular(size::CAPTION),
        p.text_muted,
        NUMBER_PT,
    );
    let right = rect.min + egui::vec2(NUMBER_PT - 12.0 - count.size().x, 2.0);
    ui.painter().galley(right, count, p.text_muted);
    ui.painter()
        .galley(rect.min + egui::vec2(NUMBER_PT, 0.0), label, p.text);
    response
        .widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, format!("{number} {text}")));
    response.on_hover_ui(|ui| {
        ui.set_max_width(560.0);
        ui.label(text);
    });
}

fn preview_buttons(ui: &mut Ui, out: &mut Vec<Command>) -> bool {
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Attach").clicked() {
            out.push(Command::Attach(AttachCommand::SaveText(
                ExistingTextPolicy::Keep,
            )));
        }
        if ui.button("Back").clicked() {
            out.push(Command::Attach(AttachCommand::Back));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

fn path_taken_buttons(ui: &mut Ui, out: &mut Vec<Command>) -> bool {
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Keep both")
            .on_hover_text("The new one gets a name with a number")
            .clicked()
        {
            out.push(Command::Attach(AttachCommand::SaveText(
                ExistingTextPolicy::AddNumber,
            )));
        }
        if ui.button("Replace it").clicked() {
            out.push(Command::Attach(AttachCommand::SaveText(
                ExistingTextPolicy::Replace,
            )));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}
