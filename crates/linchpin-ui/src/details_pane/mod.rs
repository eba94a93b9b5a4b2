//! One record in full, with the words it came from. Each field can be edited in its place, or all of them as a form.

mod assessment_history;
mod backlinks;
mod citations;
mod document_text;
pub mod editable_fields;
mod facts;
mod header;
mod new_assessment;

use crate::record_form::{FormSource, RecordForm};
use crate::widgets;
use egui::{Button, Frame, Margin, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::form_state::{FormState, form_id};
use linchpin_app::page::Page;
use linchpin_edit::EditTarget;
use linchpin_register::tables::record_detail::{RecordDetail, field_label, record_detail};
use linchpin_register::{RecordKind, RecordRef};
use linchpin_render::theme::space;

/// Paints the details of the selected record. `as_page`: in place of the page, with a way back.
pub fn show(ui: &mut Ui, app: &App, form: &mut FormState, as_page: bool, out: &mut Vec<Command>) {
    let register = app.register();
    let Some((at, record)) = app
        .selected()
        .and_then(|at| Some((at, record_detail(register, at)?)))
    else {
        return;
    };
    let target = EditTarget::Record(record.id.to_owned());
    Frame::new()
        .inner_margin(Margin {
            left: 20,
            right: 12,
            top: 14,
            bottom: 0,
        })
        .show(ui, |ui| {
            toolbar(
                ui,
                &record,
                form.expanded_target.as_ref() == Some(&target),
                (as_page, app.view.page == Page::Reader),
                out,
            );
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
                    contents(ui, app, form, &target, at, &record, out);
                });
        });
}

fn contents(
    ui: &mut Ui,
    app: &App,
    form: &mut FormState,
    target: &EditTarget,
    at: RecordRef,
    record: &RecordDetail<'_>,
    out: &mut Vec<Command>,
) {
    let hints = editable_fields::field_defaults(app, Some(at));
    let latest = &app.file.latest;
    let is_whole = form.expanded_target.as_ref() == Some(target);
    let source = FormSource::InRegister(latest, target);
    let mut record_form = RecordForm::new(&latest.register, form, source, &hints, form_id(target));
    record_form.blocked_reason = editable_fields::edit_blocked_reason(app);
    if is_whole {
        editable_fields::all_fields(ui, &mut record_form, at.kind.fields(), out);
        editable_fields::submit_edits(record_form, out);
        return;
    }
    header::show(ui, app, &mut record_form, at, record, out);
    document_text::show(ui, app, at, out);
    citations::show(ui, app, &mut record_form, at, record, out);
    ui.add_space(space::S);
    ui.spacing_mut().interact_size.y = 18.0;
    // The history stands in the head.
    let is_history = |field: &str| field == "status" && at.kind == RecordKind::Commitment;
    for fact in record.fields.iter().filter(|f| !is_history(f.field)) {
        facts::show(ui, app.register(), &mut record_form, at, fact, out);
    }
    editable_fields::submit_edits(record_form, out);
    backlinks::show(ui, app.register(), record, out);
    footer(ui, record, out);
}

fn toolbar(
    ui: &mut Ui,
    record: &RecordDetail<'_>,
    is_whole: bool,
    (as_page, is_reader): (bool, bool),
    out: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        let back = if is_reader {
            "← Back to the text"
        } else {
            "← Back to the table"
        };
        if as_page && ui.button(back).clicked() {
            out.push(Command::RunAction(Action::ToggleDetailsPane));
        }
        widgets::caption(ui, field_label(record.kind_name));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = ui
                .add(Button::new("×").frame_when_inactive(false))
                .on_hover_text("Close the details");
            close.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Button, true, "Close the details")
            });
            if close.clicked() {
                out.push(Command::RunAction(Action::ToggleDetailsPane));
            }
            for (action, sign) in [(Action::NextRecord, "↓"), (Action::PreviousRecord, "↑")] {
                let button = ui
                    .add(Button::new(sign).frame_when_inactive(false))
                    .on_hover_text(action.spec().label);
                button.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, action.spec().label)
                });
                if button.clicked() {
                    out.push(Command::RunAction(action));
                }
            }
            let edit = match is_whole {
                true => widgets::primary_button(ui, "Done").on_hover_text("Back to reading"),
                false => widgets::toolbar_button(ui, "Edit", Action::EditRecord.spec().help),
            };
            let name = if is_whole { "Done" } else { "Edit all fields" };
            edit.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            if edit.clicked() {
                out.push(Command::RunAction(Action::EditRecord));
            }
        });
    });
}

fn footer(ui: &mut Ui, record: &RecordDetail<'_>, out: &mut Vec<Command>) {
    ui.add_space(space::S);
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        widgets::caption(ui, format!("id: {}", record.id));
        if widgets::link(ui, "Show in file")
            .on_hover_text("Where this record stands in the file")
            .clicked()
        {
            out.push(Command::RunAction(Action::ShowInFile));
        }
    });
}
