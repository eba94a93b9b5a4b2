//! The editor of a cell, right over it.

use super::details::place::{barred, hand_over, hints};
use super::form::{self, Sheet, Slot, Source};
use crate::parts;
use egui::{Area, Frame, Id, Key, Margin, Order, Rect, ScrollArea, Stroke, Ui, pos2};
use linchpin_app::App;
use linchpin_app::cells::next_editable_column;
use linchpin_app::command::Command;
use linchpin_app::form_state::OpenCell;
use linchpin_app::form_state::{FormState, PickList, cell_form_id};
use linchpin_edit::Target;
use linchpin_register::Form;
use linchpin_register::declare::{FieldSpec, Need, PathStep};
use linchpin_register::tables::{self, detail::label};
use linchpin_render::theme::{self, space};
use ron_lossless::RonValue;

/// The height of a control with its edge.
const CONTROL_PT: f32 = 32.0;

/// The least width of an editor, by what it edits.
fn least_pt(spec: &FieldSpec, is_tall: bool) -> f32 {
    match spec.form {
        Form::Record { .. } => 430.0,
        _ if spec.is_list() => 380.0,
        Form::Amount | Form::Chartable => 380.0,
        Form::Date => 260.0,
        Form::Text if is_tall => 360.0,
        Form::Link(_) => 240.0,
        _ => 150.0,
    }
}

/// Whether an editor is one thing, so that Tab leads to the next cell.
fn is_single(spec: &FieldSpec) -> bool {
    !spec.is_list() && !matches!(spec.form, Form::Record { .. } | Form::Chartable)
}

/// Paints the editor of the open cell over `rect`, where the cell is in view.
pub fn show(ui: &Ui, app: &App, state: &mut FormState, rect: Rect, out: &mut Vec<Command>) {
    let Some(cell) = state.open_cell.clone() else {
        return;
    };
    let column = tables::of_kind(cell.kind).column(cell.column);
    let Some(Ok((path, spec))) = column.map(|column| column.field(cell.kind)) else {
        state.open_cell = None;
        return;
    };
    let loaded = &app.file.latest;
    let Some(at) = loaded.register.find(&cell.id) else {
        state.open_cell = None;
        return;
    };
    if barred(app).is_some() {
        return;
    }
    let target = Target::Record(cell.id.clone());
    let holder = cell_form_id(&cell.id);
    let hints = hints(app, Some(at));
    // Before the editor, which takes those that it has a use for.
    let keys = ui.input(Keys::of);
    let had_list = state.pick_list.is_some();
    let source = Source::Text(loaded, &target);
    let mut sheet = Sheet::new(&loaded.register, state, source, &hints, holder);
    let opens = cell.is_new && sheet.form.focus_first_of == Some(holder);
    if opens && is_new_assessment(path, &spec) && !form::is_begun(&sheet, path) {
        form::begin_item(&mut sheet, path, &spec);
    }
    // A row that is lower than a control has it over its middle.
    let lacks_pt = (CONTROL_PT - rect.height()).max(0.0);
    let top = match is_single(&spec) {
        true => rect.top() - lacks_pt / 2.0,
        false => rect.top(),
    };
    let area = Area::new(Id::unique("cell editor"))
        .order(Order::Middle)
        .fixed_pos(pos2(rect.left(), top))
        .constrain_to(ui.ctx().content_rect().shrink(4.0))
        .show(ui.ctx(), |ui| {
            over(ui, rect, &spec, |ui| editor(ui, &mut sheet, path, &spec));
        });
    if opens && matches!(spec.form, Form::Choice { .. } | Form::Link(_)) && is_single(&spec) {
        let now = sheet.value(path).map(|value| match value {
            RonValue::Text(text) | RonValue::Bare(text) => text,
            other => other.line(),
        });
        let mut pick = PickList::new(sheet.id(path));
        pick.current = Some(now);
        sheet.form.pick_list = Some(pick);
        ui.ctx().request_repaint();
    }
    let begun = form::is_begun(&sheet, path);
    let left = std::mem::take(&mut sheet.left);
    let was_typing = sheet.was_typing;
    let is_wrong = sheet.form.has_error(holder);
    hand_over(sheet, out);
    if let Some(cell) = &mut state.open_cell {
        cell.is_new = false;
    }
    let is_over = |at: egui::Pos2| area.response.rect.contains(at);
    let elsewhere = ui.input(|i| {
        i.pointer.any_pressed() && i.pointer.interact_pos().is_some_and(|at| !is_over(at))
    });
    let end = End {
        keys,
        left,
        was_typing,
        is_wrong,
        had_list,
        elsewhere: elsewhere && state.pick_list.is_none() && !cell.is_new,
        is_done: is_new_assessment(path, &spec) && !begun,
    };
    end.of(ui, state, &cell, &spec, out);
}

/// The keys that were pressed, of those that end an editor.
struct Keys {
    enter: bool,
    escape: bool,
    tab: bool,
    /// Tab leads to the left.
    back: bool,
}

impl Keys {
    fn of(input: &egui::InputState) -> Self {
        Keys {
            enter: input.key_pressed(Key::Enter),
            escape: input.key_pressed(Key::Escape),
            tab: input.key_pressed(Key::Tab),
            back: input.modifiers.shift,
        }
    }
}

/// How things stand once the editor has been painted.
struct End {
    keys: Keys,
    /// A field was left.
    left: bool,
    /// Something was being typed, or a list was open, when the frame began.
    was_typing: bool,
    /// What is typed is not sound.
    is_wrong: bool,
    had_list: bool,
    /// The pointer was pressed beside the editor.
    elsewhere: bool,
    /// What was begun is written or given up.
    is_done: bool,
}

impl End {
    /// Closes the editor where it is done with, or goes on to the next cell.
    fn of(
        self,
        ui: &Ui,
        state: &mut FormState,
        cell: &OpenCell,
        spec: &FieldSpec,
        out: &mut Vec<Command>,
    ) {
        let holder = cell_form_id(&cell.id);
        let Keys {
            enter,
            escape,
            tab,
            back,
        } = self.keys;
        let single = is_single(spec);
        if escape && (single || !self.was_typing && !self.had_list) {
            state.discard(holder);
            state.close_cell();
            return;
        }
        // What is wrong keeps its field, with the reason below it.
        if self.is_wrong {
            if (enter || tab) && single {
                state.focus_first_of = Some(holder);
                ui.ctx().request_repaint();
            }
            return;
        }
        if tab && single {
            state.close_cell();
            if let Some(next) = next_editable_column(cell.kind, cell.column, back) {
                out.push(Command::EditCell(cell.id.clone(), next.key));
            }
            return;
        }
        let by_key = matches!(spec.form, Form::Date | Form::Amount);
        // Nothing was chosen from the list.
        let unchosen = enter && single && self.had_list && state.pick_list.is_some();
        let left = single && self.left && (!by_key || enter || self.elsewhere);
        if left || unchosen || self.elsewhere || self.is_done {
            state.close_cell();
        }
    }
}

/// The ground of the editor: as large as the cell at least, with an edge that says that it is open.
fn over(ui: &mut Ui, rect: Rect, spec: &FieldSpec, contents: impl FnOnce(&mut Ui)) {
    let p = theme::of(ui);
    let single = is_single(spec);
    let inner = if single { 2 } else { 10 };
    let room = ui.ctx().content_rect().width() - 40.0;
    let width = rect.width().max(least_pt(spec, form::is_tall(spec.name)));
    // It begins where the cell does, where there is room for it.
    let beside = ui.ctx().content_rect().right() - 6.0 - rect.left();
    let width = match single {
        true => width.min(beside.max(rect.width())),
        false => width,
    };
    let width = width.min(room) - 2.0 * f32::from(inner);
    Frame::new()
        .fill(p.background)
        .stroke(Stroke::new(1.5, p.accent))
        .inner_margin(Margin::same(inner))
        .corner_radius(theme::RADIUS)
        .shadow(ui.visuals().popup_shadow)
        .show(ui, |ui| {
            ui.set_width(width);
            ui.set_min_height(rect.height() - 2.0 * f32::from(inner));
            ui.spacing_mut().item_spacing.y = space::XS;
            if single {
                contents(ui);
                return;
            }
            let most = (ui.ctx().content_rect().height() * 0.6).min(420.0);
            ScrollArea::vertical()
                .max_height(most)
                .auto_shrink([false, true])
                .show(ui, contents);
        });
}

/// The editor of what the cell shows. Of how far something has been met, a new look at it.
fn editor(ui: &mut Ui, sheet: &mut Sheet<'_>, path: &[PathStep], spec: &FieldSpec) {
    if is_new_assessment(path, spec) {
        return form::add_item(ui, sheet, path, spec);
    }
    let slot = Slot {
        path: path.to_vec(),
        form: spec.form,
        name: label(spec.name),
        hint: spec.doc,
        needed: spec.need == Need::Required,
    };
    if is_single(spec) {
        ui.vertical(|ui| form::value(ui, sheet, &slot));
        return;
    }
    parts::caption(ui, &slot.name).on_hover_text(spec.doc);
    form::field(ui, sheet, path, spec, "");
    if parts::link(ui, "Done").clicked() {
        sheet.form.open_cell = None;
    }
}

fn is_new_assessment(path: &[PathStep], spec: &FieldSpec) -> bool {
    let of = |what: &str| what == "Assessment";
    path.len() == 1 && matches!(spec.form, Form::Record { what, .. } if of(what))
}
