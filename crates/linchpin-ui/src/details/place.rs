//! Fields in their place: as words with a pencil beside them, or open to be filled in.

use crate::form::{self, Hints, LABEL_PT, Sheet, Source};
use crate::parts;
use egui::{Key, PointerButton, Rect, Sense, Ui, pos2, vec2};
use linchpin_app::App;
use linchpin_app::availability::Reason;
use linchpin_app::command::Command;
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::value_at;
use linchpin_register::declare::{FieldSpec, PathStep};
use linchpin_register::tables::detail::label;
use linchpin_register::{Form, RecordRef};
use linchpin_render::theme::{self, space};
use ron_lossless::Value;

/// Room for the pencil.
const PENCIL_PT: f32 = 24.0;

/// Why nothing can be edited just now.
pub fn barred(app: &App) -> Option<&'static str> {
    // As sentences below a form; a message has other words for the same.
    app.edit_blocked_reason().map(|reason| match reason {
        Reason::Loading => "The file is still being read.",
        Reason::NotUtf8 => {
            "This file is not UTF-8 text and cannot be edited as it is. Save it as UTF-8 first."
        }
        _ => {
            "The text of the file is broken just now, so that nothing else can be edited. Mend the text, or undo the last step."
        }
    })
}

/// What new values of a record begin with.
pub fn hints(app: &App, at: Option<RecordRef>) -> Hints {
    let record = at.and_then(|at| app.register().record(at));
    let citations = record.map_or(&[][..], |record| record.citations());
    let first = citations.iter().find(|citation| !citation.external);
    Hints {
        today: (app.today)(),
        assessor: app.view.assessor.clone(),
        place: first.map(|c| (c.document.as_str().to_owned(), c.paragraph.unwrap_or(1))),
    }
}

/// Hands over what the sheet has gathered.
pub fn hand_over(sheet: Sheet<'_>, out: &mut Vec<Command>) {
    let Source::Text(_, target) = sheet.source else {
        return;
    };
    let edits = sheet.wishes.into_iter().map(|wish| wish.edit(target));
    out.extend(edits.map(|edit| Command::Transaction(Box::new(TransactionRequest::Edit(edit)))));
    out.extend(sheet.visits.into_iter().map(Command::ShowRecord));
}

/// Fields that are read together and open together.
pub struct Place<'a> {
    /// Every field that the record can have.
    pub specs: &'static [FieldSpec],
    /// Those of this place, the first of which it is named for.
    pub names: &'a [&'static str],
    /// Their names stand beside them.
    pub labels: bool,
}

impl Place<'_> {
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
        sheet: &mut Sheet<'_>,
        read: impl FnOnce(&mut Ui, &mut Sheet<'_>),
    ) {
        let Source::Text(_, target) = sheet.source else {
            return;
        };
        let path = |spec: &FieldSpec| [PathStep::Field(spec.name)];
        let is_open = self.specs().any(|spec| {
            let path = path(spec);
            sheet.form.is_field_open(target, &path)
                || sheet.form.has_pending_input(sheet.holder, &path) && self.is_text(spec)
        });
        if !is_open {
            let name = self.specs().next().map_or("", |spec| spec.name);
            if with_pencil(ui, &label(name), sheet.barred, |ui| read(ui, sheet)) {
                sheet
                    .form
                    .open_field(target.clone(), vec![PathStep::Field(name)]);
            }
            return;
        }
        let enabled = sheet.barred.is_none();
        ui.add_enabled_ui(enabled, |ui| {
            for spec in self.specs() {
                match self.labels {
                    true => form::named_field(ui, sheet, &path(spec), spec, LABEL_PT, ""),
                    false => form::field(ui, sheet, &path(spec), spec, ""),
                }
            }
        });
        let ends = self.ends();
        close(ui, sheet, ends);
    }

    /// Typed text of a list or a record inside the record shows where that is open.
    fn is_text(&self, spec: &FieldSpec) -> bool {
        !spec.is_list() && !matches!(spec.form, Form::Record { .. })
    }

    fn ends(&self) -> Ends {
        let mut specs = self.specs();
        match (specs.next(), specs.next()) {
            (Some(spec), None) if self.is_text(spec) => match spec.form {
                Form::Date | Form::Amount => Ends::Key,
                Form::Chartable => Ends::Said,
                _ => Ends::Left,
            },
            _ => Ends::Said,
        }
    }
}

/// When an open place closes by itself.
#[derive(Clone, Copy, PartialEq)]
pub enum Ends {
    /// When its field is left.
    Left,
    /// When its field is left by Enter or Escape.
    Key,
    /// When somebody says so.
    Said,
}

/// Closes what is open where it is done with.
pub fn close(ui: &mut Ui, sheet: &mut Sheet<'_>, ends: Ends) {
    let left = std::mem::take(&mut sheet.left);
    let (enter, escape) = ui.input(|i| (i.key_pressed(Key::Enter), i.key_pressed(Key::Escape)));
    let done = ends != Ends::Left && parts::link(ui, "Done").clicked();
    let closes = match ends {
        Ends::Left => left,
        Ends::Key => left && (enter || escape),
        Ends::Said => false,
    };
    let gives_up = escape && !sheet.was_typing && sheet.form.pick_list.is_none();
    if closes || done || gives_up {
        sheet.form.open_field = None;
    }
}

/// Paints something with a pencil beside it, which shows under the pointer and where the keyboard is. `true` where it is to be edited.
pub fn with_pencil(
    ui: &mut Ui,
    name: &str,
    barred: Option<&str>,
    read: impl FnOnce(&mut Ui),
) -> bool {
    let right = ui.max_rect().right();
    let inner = ui.scope(|ui| {
        ui.set_max_width(ui.available_width() - PENCIL_PT);
        read(ui);
    });
    let words = inner.response.rect;
    let place = Rect::from_min_size(pos2(right - 20.0, words.top()), vec2(20.0, 20.0));
    let id = ui.make_persistent_id(("pencil", name));
    let response = ui.interact(place, id, Sense::click());
    let enabled = barred.is_none() && ui.is_enabled();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Button,
            enabled,
            format!("Edit {}", name.to_lowercase()),
        )
    });
    let row = words.union(place);
    let hot = ui.rect_contains_pointer(row);
    if hot || response.has_focus() {
        let p = theme::of(ui);
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(place, theme::RADIUS, p.hover);
        }
        let ink = if enabled { p.text_muted } else { p.hairline };
        parts::pencil(ui.painter(), place.center(), ink);
    }
    let twice = ui.rect_contains_pointer(words)
        && ui.input(|i| i.pointer.button_double_clicked(PointerButton::Primary));
    let clicked = response.clicked();
    response.on_hover_text(match barred {
        Some(why) => why.to_owned(),
        None => format!("Edit {}", name.to_lowercase()),
    });
    enabled && (clicked || twice)
}

/// Paints every field of a record as a form.
pub fn whole(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    specs: &'static [FieldSpec],
    out: &mut Vec<Command>,
) {
    let barred = sheet.barred;
    if let Some(why) = barred {
        form::fault(ui, why);
    }
    ui.add_enabled_ui(barred.is_none(), |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        for spec in specs {
            let path = [PathStep::Field(spec.name)];
            match spec.form {
                Form::Id => form::row(ui, LABEL_PT, &label(spec.name), spec.doc, |ui| {
                    id(ui, sheet, out);
                }),
                _ => form::named_field(ui, sheet, &path, spec, LABEL_PT, ""),
            }
        }
    });
}

/// The id is changed together with every link to it.
fn id(ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
    use linchpin_app::command::Action;
    let Source::Text(loaded, target) = sheet.source else {
        return;
    };
    let Some(Value::Text(id)) = value_at(loaded, target, &[PathStep::Field("id")]) else {
        return;
    };
    ui.add_space(5.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(id);
        if parts::link(ui, "Rename…")
            .on_hover_text(Action::RenameRecord.spec().help)
            .clicked()
        {
            out.push(Command::RunAction(Action::RenameRecord));
        }
    });
}
