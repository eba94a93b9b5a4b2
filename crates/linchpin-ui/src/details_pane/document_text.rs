//! Whether a document has its text, and the way to one.

use crate::widgets;
use egui::{RichText, Ui};
use linchpin_app::App;
use linchpin_app::attach::AttachCommand;
use linchpin_app::command::Command;
use linchpin_reading::{DocumentText, TextState};
use linchpin_register::english::count_noun;
use linchpin_register::{RecordKind, RecordRef};
use linchpin_render::theme::{self, space};

/// Paints what there is of a document's text, with what can be done about it. Nothing for other
/// records.
pub fn show(ui: &mut Ui, app: &App, at: RecordRef, out: &mut Vec<Command>) {
    let document = app.register().documents.get(at.index as usize);
    let Some(document) = document.filter(|_| at.kind == RecordKind::Document) else {
        return;
    };
    let (id, p) = (document.id.as_str(), theme::palette_of(ui));
    let text = app.reading.texts.library.get(id);
    let has_own = document.text.is_some();
    let (message, is_wrong) = text_status(app, text, id, has_own);
    ui.add_space(space::S);
    let color = if is_wrong { p.warning } else { p.text_muted };
    widgets::selectable_text(ui, RichText::new(message).color(color));
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        if app.reading.texts.library.prose(id).is_some() && ui.button("Read the text").clicked() {
            out.push(Command::OpenReader {
                document: id.to_owned(),
                paragraph: None,
                phrase: None,
            });
        }
        let (label, help) = match has_own {
            false => ("Attach a text…", "Paste it, or take it out of a file"),
            true => ("Attach another text…", "In place of the one that it has"),
        };
        if ui.button(label).on_hover_text(help).clicked() {
            out.push(Command::OpenAttachDialog(id.to_owned()));
        }
        let is_changed =
            text.is_some_and(|text| text.document == id && text.state == TextState::Changed);
        let accept = "The text as it is now is the one that was coded";
        if is_changed
            && ui
                .button("Accept it as it is")
                .on_hover_text(accept)
                .clicked()
        {
            out.push(Command::Attach(AttachCommand::AcceptChanged(id.to_owned())));
        }
        let detach = "Takes it out of the register; its file stays";
        if has_own && widgets::toolbar_button(ui, "Detach the text", detach).clicked() {
            out.push(Command::Attach(AttachCommand::Detach(id.to_owned())));
        }
    });
    ui.add_space(space::S);
}

/// How the text stands, and whether that needs looking at.
fn text_status(
    app: &App,
    text: Option<&std::sync::Arc<DocumentText>>,
    id: &str,
    has_own: bool,
) -> (String, bool) {
    let Some(text) = text else {
        return match has_own {
            true => ("Its text is being read".into(), false),
            false => ("No text is attached".into(), false),
        };
    };
    if text.document != id {
        let page = app
            .register()
            .find(&text.document)
            .and_then(|at| app.register().record(at));
        let name = page.map_or(text.document.as_str(), |record| record.short_title());
        return (format!("Read in the text of “{name}”"), false);
    }
    let count = count_noun(text.prose.len() as usize, "paragraph");
    match &text.state {
        TextState::Unchanged => (format!("Text: {}, {count}", text.path), false),
        TextState::NoHash => (
            format!(
                "Text: {}, {count}. Nothing says what it was when it was attached; attach it again \
                 to note that",
                text.path
            ),
            false,
        ),
        TextState::Changed => (
            format!(
                "Text: {}, {count}. It has changed since it was attached",
                text.path
            ),
            true,
        ),
        TextState::Missing(why) => (format!("Its text cannot be read: {why}"), true),
    }
}
