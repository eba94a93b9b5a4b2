//! Fields in their place: as words with a pencil next to them, or open to be filled in.

use crate::record_form::{self, FieldDefaults, FormSource, LABEL_PT, RecordForm};
use crate::widgets;
use egui::{Key, PointerButton, Rect, Sense, Ui, pos2, vec2};
use linchpin_app::App;
use linchpin_app::availability::Reason;
use linchpin_app::command::Command;
use linchpin_edit::value_at;
use linchpin_register::english::in_sentence;
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::{FieldType, RecordRef};
use linchpin_render::theme::{self, space};
use ron_lossless::RonValue;

/// Room for the pencil.
const PENCIL_PT: f32 = 24.0;

/// Why nothing can be edited just now.
pub fn edit_blocked_reason(app: &App) -> Option<&'static str> {
    // As sentences below a form; a message has other words for the same.
    app.edit_blocked_reason().map(|reason| match reason {
        Reason::Loading => "The file is still being read.",
        Reason::NotUtf8 => {
            "This file is not UTF-8 text and cannot be edited as it is. Save it as UTF-8 first."
        }
        _ => {
            "The file has syntax errors, so that nothing else can be edited. Fix the text, or undo \
             the last change."
        }
    })
}

/// What new values of a record begin with.
pub fn field_defaults(app: &App, at: Option<RecordRef>) -> FieldDefaults {
    let record = at.and_then(|at| app.register().record(at));
    let citations = record.map_or(&[][..], |record| record.citations());
    // An external source is not stated by a coded document, and is no place to begin from.
    let first = citations.iter().find(|citation| !citation.external);
    FieldDefaults {
        today: (app.platform.today)(),
        assessor: app.view.preferences.assessor.clone(),
        cited_paragraph: first.map(|c| (c.document.as_str().to_owned(), c.paragraph.unwrap_or(1))),
    }
}

/// Hands over the edits that the form has gathered.
pub fn submit_edits(form: RecordForm<'_>, out: &mut Vec<Command>) {
    let FormSource::InRegister(_, target) = form.source else {
        return;
    };
    let edits = form
        .field_edits
        .into_iter()
        .map(|field_edit| field_edit.into_edit(target));
    out.extend(edits.map(crate::edit_command));
    out.extend(form.records_to_show.into_iter().map(Command::ShowRecord));
}

/// Fields that are read together and open together.
pub struct FieldGroup<'a> {
    /// Every field that the record can have.
    specs: &'static [FieldSpec],
    /// Those of this group, the first of which it is named for.
    names: &'a [&'static str],
    /// Whether their names are shown when they are open.
    shows_labels: bool,
}

impl<'a> FieldGroup<'a> {
    /// Fields that show their names when they are open.
    pub fn labeled(specs: &'static [FieldSpec], names: &'a [&'static str]) -> Self {
        FieldGroup {
            specs,
            names,
            shows_labels: true,
        }
    }

    /// Fields that need no names, such as a title.
    pub fn unlabeled(specs: &'static [FieldSpec], names: &'a [&'static str]) -> Self {
        FieldGroup {
            specs,
            names,
            shows_labels: false,
        }
    }

    fn specs(&self) -> impl Iterator<Item = &'static FieldSpec> {
        let all = self.specs;
        self.names
            .iter()
            .filter_map(move |name| all.iter().find(|spec| spec.name == *name))
    }

    /// Paints the fields by `read`, with a pencil that opens them, or open.
    pub fn show(
        &self,
        ui: &mut Ui,
        form: &mut RecordForm<'_>,
        read: impl FnOnce(&mut Ui, &mut RecordForm<'_>),
    ) {
        let FormSource::InRegister(_, target) = form.source else {
            return;
        };
        let path = |spec: &FieldSpec| [PathStep::Field(spec.name)];
        let is_open = self.specs().any(|spec| {
            let path = path(spec);
            form.state.is_field_open(target, &path)
                || form.state.has_pending_input(form.form_id, &path) && self.is_single_value(spec)
        });
        if !is_open {
            let name = self.specs().next().map_or("", |spec| spec.name);
            if with_edit_button(ui, &field_label(name), form.blocked_reason, |ui| {
                read(ui, form)
            }) {
                form.state
                    .open_field(target.clone(), vec![PathStep::Field(name)]);
            }
            return;
        }
        let enabled = form.blocked_reason.is_none();
        ui.add_enabled_ui(enabled, |ui| {
            for spec in self.specs() {
                match self.shows_labels {
                    true => record_form::labeled_field(ui, form, &path(spec), spec, LABEL_PT, ""),
                    false => record_form::field_editor(ui, form, &path(spec), spec, ""),
                }
            }
        });
        let ends = self.close_trigger();
        close_if_done(ui, form, ends);
    }

    /// Typed text of a list or a record inside the record shows where that is open.
    fn is_single_value(&self, spec: &FieldSpec) -> bool {
        !spec.is_list() && !matches!(spec.field_type, FieldType::Record { .. })
    }

    fn close_trigger(&self) -> CloseTrigger {
        let mut specs = self.specs();
        match (specs.next(), specs.next()) {
            (Some(spec), None) if self.is_single_value(spec) => match spec.field_type {
                FieldType::Date | FieldType::Amount => CloseTrigger::EnterOrEscape,
                FieldType::Chartable => CloseTrigger::DoneButton,
                _ => CloseTrigger::FocusLost,
            },
            _ => CloseTrigger::DoneButton,
        }
    }
}

/// When an open place closes by itself.
#[derive(Clone, Copy, PartialEq)]
pub enum CloseTrigger {
    /// When its field is left.
    FocusLost,
    /// When its field is left by Enter or Escape.
    EnterOrEscape,
    /// When its button is clicked.
    DoneButton,
}

/// Closes what is open where it is done with.
pub fn close_if_done(ui: &mut Ui, form: &mut RecordForm<'_>, ends: CloseTrigger) {
    // Taken rather than read: the groups of a record share one form, and a field that was left
    // closes only its own.
    let left = std::mem::take(&mut form.field_left);
    let (enter, escape) = ui.input(|i| (i.key_pressed(Key::Enter), i.key_pressed(Key::Escape)));
    let done = ends != CloseTrigger::FocusLost && widgets::link(ui, "Done").clicked();
    let closes = match ends {
        CloseTrigger::FocusLost => left,
        CloseTrigger::EnterOrEscape => left && (enter || escape),
        CloseTrigger::DoneButton => false,
    };
    // The first Escape gives up what is typed or closes a list, the next one closes the field.
    let cancels = escape && !form.was_typing && form.state.pick_list.is_none();
    if closes || done || cancels {
        form.state.open_field = None;
    }
}

/// Paints something with a pencil next to it, which shows under the pointer and where the keyboard
/// is. `true` where it is to be edited.
pub fn with_edit_button(
    ui: &mut Ui,
    name: &str,
    blocked_reason: Option<&str>,
    read: impl FnOnce(&mut Ui),
) -> bool {
    let right = ui.max_rect().right();
    let inner = ui.scope(|ui| {
        ui.set_max_width(ui.available_width() - PENCIL_PT);
        read(ui);
    });
    let contents = inner.response.rect;
    let place = Rect::from_min_size(pos2(right - 20.0, contents.top()), vec2(20.0, 20.0));
    let id = ui.make_persistent_id(("pencil", name));
    let response = ui.interact(place, id, Sense::click());
    let enabled = blocked_reason.is_none() && ui.is_enabled();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Button,
            enabled,
            format!("Edit {}", in_sentence(name)),
        )
    });
    let row = contents.union(place);
    // Not by a response: links and selectable text in the row would take the pointer from it.
    let hot = ui.rect_contains_pointer(row);
    if hot || response.has_focus() {
        let p = theme::palette_of(ui);
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(place, theme::RADIUS, p.hover);
        }
        let color = if enabled { p.text_muted } else { p.hairline };
        widgets::pencil_icon(ui.painter(), place.center(), color);
    }
    let twice = ui.rect_contains_pointer(contents)
        && ui.input(|i| i.pointer.button_double_clicked(PointerButton::Primary));
    let clicked = response.clicked();
    response.on_hover_text(match blocked_reason {
        Some(why) => why.to_owned(),
        None => format!("Edit {}", in_sentence(name)),
    });
    enabled && (clicked || twice)
}

/// Paints every field of a record as a form.
pub fn all_fields(
    ui: &mut Ui,
    form: &mut RecordForm<'_>,
    specs: &'static [FieldSpec],
    out: &mut Vec<Command>,
) {
    let blocked_reason = form.blocked_reason;
    if let Some(why) = blocked_reason {
        record_form::error_label(ui, why);
    }
    ui.add_enabled_ui(blocked_reason.is_none(), |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        for spec in specs {
            let path = [PathStep::Field(spec.name)];
            match spec.field_type {
                FieldType::Id => record_form::labeled_row(
                    ui,
                    LABEL_PT,
                    &field_label(spec.name),
                    spec.doc,
                    |ui| {
                        id_row(ui, form, out);
                    },
                ),
                _ => record_form::labeled_field(ui, form, &path, spec, LABEL_PT, ""),
            }
        }
    });
}

/// The id is changed together with every link to it.
fn id_row(ui: &mut Ui, form: &RecordForm<'_>, out: &mut Vec<Command>) {
    use linchpin_app::command::Action;
    let FormSource::InRegister(loaded, target) = form.source else {
        return;
    };
    let Some(RonValue::Text(id)) = value_at(loaded, target, &[PathStep::Field("id")]) else {
        return;
    };
    ui.add_space(5.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(id);
        if widgets::link(ui, "Rename…")
            .on_hover_text(Action::RenameRecord.spec().help)
            .clicked()
        {
            out.push(Command::RunAction(Action::RenameRecord));
        }
    });
    // What is wrong with the whole record, such as a missing field, is said at its id.
    record_form::show_problems(ui, form, "id");
}
