//! What the register says of itself: its title and summary to read, all of it to edit.

use super::details_pane::editable_fields::{
    all_fields, edit_blocked_reason, field_defaults, submit_edits, with_edit_button,
};
use super::record_form::{FormSource, RecordForm};
use super::widgets;
use egui::{Key, Label, RichText, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::form_state::{FormState, form_id};
use linchpin_edit::Target;
use linchpin_register::METADATA_FIELDS;
use linchpin_render::theme::{self, size, space};

/// The longest title and summary that are shown, in characters.
const TITLE_CHARS: usize = 300;
const SUMMARY_CHARS: usize = 800;
/// Lines are no longer than can be read.
const MAX_WIDTH_PT: f32 = 720.0;

/// Paints the title and the summary, or every field of the register.
pub fn show(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    let target = Target::Register;
    if form.expanded_target.as_ref() != Some(&target) {
        let edits = with_edit_button(ui, "the register", edit_blocked_reason(app), |ui| {
            read_view(ui, app)
        });
        if edits {
            form.toggle_expanded(&target);
        }
        return;
    }
    let loaded = &app.file.latest;
    let hints = field_defaults(app, None);
    let source = FormSource::InRegister(loaded, &target);
    let mut record_form = RecordForm::new(&loaded.register, form, source, &hints, form_id(&target));
    record_form.blocked_reason = edit_blocked_reason(app);
    let was_typing = record_form.was_typing;
    ui.scope(|ui| {
        ui.set_max_width(MAX_WIDTH_PT);
        all_fields(ui, &mut record_form, METADATA_FIELDS, out);
    });
    submit_edits(record_form, out);
    ui.add_space(space::XS);
    let done = widgets::primary_button(ui, "Done").clicked();
    let escape = !was_typing && ui.input(|i| i.key_pressed(Key::Escape));
    if done || escape {
        form.toggle_expanded(&target);
    }
}

fn read_view(ui: &mut Ui, app: &App) {
    let register = app.register();
    let title = match register.title.as_str() {
        "" => "Overview",
        title => title,
    };
    let title = RichText::new(truncated(title, TITLE_CHARS));
    let font = theme::semibold(size::HEADING + 4.0);
    ui.add(Label::new(title.font(font)).wrap());
    if let Some(summary) = &register.summary {
        ui.set_max_width(MAX_WIDTH_PT.min(ui.available_width()));
        let summary = RichText::new(truncated(summary, SUMMARY_CHARS));
        let summary = summary.color(theme::palette_of(ui).text_muted);
        ui.add(Label::new(summary.line_height(Some(20.0))).wrap());
    }
}

fn truncated(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
