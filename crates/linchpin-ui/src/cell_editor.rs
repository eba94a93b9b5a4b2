//! The editor of a cell, right over it.

use super::details_pane::editable_fields::{edit_blocked_reason, field_defaults, submit_edits};
use super::record_form::{self, FieldSlot, FormSource, RecordForm};
use crate::widgets;
use egui::{Area, Frame, Id, Key, Margin, Order, Rect, ScrollArea, Stroke, Ui, pos2};
use linchpin_app::App;
use linchpin_app::cells::next_editable_column;
use linchpin_app::command::Command;
use linchpin_app::form_state::OpenCell;
use linchpin_app::form_state::{FormState, PickList, cell_form_id};
use linchpin_edit::EditTarget;
use linchpin_register::FieldType;
use linchpin_register::schema::{FieldCardinality, FieldSpec, PathStep};
use linchpin_register::tables::{self, record_detail::field_label};
use linchpin_render::theme::{self, space};
use ron_lossless::RonValue;

/// The height of a control with its edge.
const CONTROL_PT: f32 = 32.0;

/// The least width of an editor, by what it edits.
fn min_width_pt(spec: &FieldSpec, is_tall: bool) -> f32 {
    match spec.field_type {
        FieldType::Record { .. } => 430.0,
        _ if spec.is_list() => 380.0,
        FieldType::Amount | FieldType::Chartable => 380.0,
        FieldType::Date => 260.0,
        FieldType::Text if is_tall => 360.0,
        FieldType::Link(_) => 240.0,
        _ => 150.0,
    }
}

/// Whether an editor is one thing, so that Tab leads to the next cell.
fn is_single_value(spec: &FieldSpec) -> bool {
    !spec.is_list()
        && !matches!(
            spec.field_type,
            FieldType::Record { .. } | FieldType::Chartable
        )
}

/// Paints the editor of the open cell over `rect`, where the cell is in view.
pub fn show(ui: &Ui, app: &App, state: &mut FormState, rect: Rect, out: &mut Vec<Command>) {
    // A copy, because the form below borrows all of the state.
    let Some(cell) = state.open_cell.clone() else {
        return;
    };
    let column = tables::of_kind(cell.kind).column(cell.column);
    let Some(Ok((path, spec))) = column.map(|column| column.edited_field(cell.kind)) else {
        state.open_cell = None;
        return;
    };
    // Not the register on screen, which may be older: the edit is made on the newest text.
    let loaded = &app.file.latest;
    let Some(at) = loaded.register.find(&cell.id) else {
        state.open_cell = None;
        return;
    };
    // The cell stays open, so that its editor is back as soon as the text can be edited again.
    if edit_blocked_reason(app).is_some() {
        return;
    }
    let target = EditTarget::Record(cell.id.clone());
    let form_id = cell_form_id(&cell.id);
    let hints = field_defaults(app, Some(at));
    // Before the editor, which takes those that it has a use for.
    let keys = ui.input(CellKeys::read);
    // The editor may close its list within this frame, and the same Escape must not close both.
    let had_list = state.pick_list.is_some();
    let source = FormSource::InRegister(loaded, &target);
    let mut form = RecordForm::new(&loaded.register, state, source, &hints, form_id);
    let opens = cell.is_new && form.state.focus_first_of == Some(form_id);
    if opens && is_new_assessment(path, &spec) && !record_form::is_item_pending(&form, path) {
        record_form::start_item(&mut form, path, &spec);
    }
    // A row that is lower than a control has it over its middle.
    let lacks_pt = (CONTROL_PT - rect.height()).max(0.0);
    let top = match is_single_value(&spec) {
        true => rect.top() - lacks_pt / 2.0,
        false => rect.top(),
    };
    let area = Area::new(Id::unique("cell editor"))
        // Below the foreground, where the lists and menus of the editor open.
        .order(Order::Middle)
        .fixed_pos(pos2(rect.left(), top))
        .constrain_to(ui.ctx().content_rect().shrink(4.0))
        .show(ui.ctx(), |ui| {
            editor_frame(ui, rect, &spec, |ui| editor(ui, &mut form, path, &spec));
        });
    if opens
        && matches!(
            spec.field_type,
            FieldType::Vocabulary { .. } | FieldType::Link(_)
        )
        && is_single_value(&spec)
    {
        let now = form.value(path).map(|value| match value {
            RonValue::Text(text) | RonValue::Bare(text) => text,
            other => other.line(),
        });
        let mut pick = PickList::new(form.id(path));
        pick.current = Some(now);
        form.state.pick_list = Some(pick);
        // The field has been painted already, so that its list shows in the next frame only;
        // without input egui would not paint one.
        ui.ctx().request_repaint();
    }
    let begun = record_form::is_item_pending(&form, path);
    // All that is asked of the form is asked here: handing over its edits consumes it.
    let left = std::mem::take(&mut form.field_left);
    let was_typing = form.was_typing;
    let is_wrong = form.state.has_error(form_id);
    submit_edits(form, out);
    if let Some(cell) = &mut state.open_cell {
        cell.is_new = false;
    }
    let is_over = |at: egui::Pos2| area.response.rect.contains(at);
    let elsewhere = ui.input(|i| {
        i.pointer.any_pressed() && i.pointer.interact_pos().is_some_and(|at| !is_over(at))
    });
    let end = CellEditOutcome {
        keys,
        field_left: left,
        was_typing,
        is_invalid: is_wrong,
        had_pick_list: had_list,
        // A pick list reaches beyond the editor; a press on it is not one elsewhere.
        clicked_outside: elsewhere && state.pick_list.is_none() && !cell.is_new,
        is_done: is_new_assessment(path, &spec) && !begun,
    };
    end.close_or_advance(ui, state, &cell, &spec, out);
}

/// The keys that were pressed, of those that end an editor.
struct CellKeys {
    enter: bool,
    escape: bool,
    tab: bool,
    /// Tab leads to the left.
    is_reverse: bool,
}

impl CellKeys {
    fn read(input: &egui::InputState) -> Self {
        CellKeys {
            enter: input.key_pressed(Key::Enter),
            escape: input.key_pressed(Key::Escape),
            tab: input.key_pressed(Key::Tab),
            is_reverse: input.modifiers.shift,
        }
    }
}

/// How things stand once the editor has been painted.
struct CellEditOutcome {
    keys: CellKeys,
    /// A field was left.
    field_left: bool,
    /// Something was being typed, or a list was open, when the frame began.
    was_typing: bool,
    /// What is typed is not valid.
    is_invalid: bool,
    had_pick_list: bool,
    /// The pointer was pressed next to the editor.
    clicked_outside: bool,
    /// What was begun is written or given up.
    is_done: bool,
}

impl CellEditOutcome {
    /// Closes the editor where it is done with, or goes on to the next cell.
    fn close_or_advance(
        self,
        ui: &Ui,
        state: &mut FormState,
        cell: &OpenCell,
        spec: &FieldSpec,
        out: &mut Vec<Command>,
    ) {
        let form_id = cell_form_id(&cell.id);
        let CellKeys {
            enter,
            escape,
            tab,
            is_reverse: back,
        } = self.keys;
        let single = is_single_value(spec);
        if escape && (single || !self.was_typing && !self.had_pick_list) {
            state.discard(form_id);
            state.close_cell();
            return;
        }
        // Escape comes first, since it gives up even what is wrong.
        // What is wrong keeps its field, with the reason below it.
        if self.is_invalid {
            if (enter || tab) && single {
                state.focus_first_of = Some(form_id);
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
        let by_key = matches!(spec.field_type, FieldType::Date | FieldType::Amount);
        // Nothing was chosen from the list.
        let closed_without_choice =
            enter && single && self.had_pick_list && state.pick_list.is_some();
        let left = single && self.field_left && (!by_key || enter || self.clicked_outside);
        if left || closed_without_choice || self.clicked_outside || self.is_done {
            state.close_cell();
        }
    }
}

/// The background of the editor: as large as the cell at least, with an edge that says that it is
/// open.
fn editor_frame(ui: &mut Ui, rect: Rect, spec: &FieldSpec, contents: impl FnOnce(&mut Ui)) {
    let p = theme::palette_of(ui);
    let single = is_single_value(spec);
    let inner = if single { 2 } else { 10 };
    let room = ui.ctx().content_rect().width() - 40.0;
    let width = rect
        .width()
        .max(min_width_pt(spec, record_form::is_multiline(spec.name)));
    // It begins where the cell does, where there is room for it.
    let available_right_pt = ui.ctx().content_rect().right() - 6.0 - rect.left();
    let width = match single {
        true => width.min(available_right_pt.max(rect.width())),
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
fn editor(ui: &mut Ui, form: &mut RecordForm<'_>, path: &[PathStep], spec: &FieldSpec) {
    if is_new_assessment(path, spec) {
        return record_form::new_item_editor(ui, form, path, spec);
    }
    let slot = FieldSlot {
        path: path.to_vec(),
        form: spec.field_type,
        name: field_label(spec.name),
        hint: spec.doc,
        default_text: spec.default_text,
        is_required: spec.cardinality == FieldCardinality::Required,
    };
    if is_single_value(spec) {
        ui.vertical(|ui| record_form::value_editor(ui, form, &slot));
        return;
    }
    widgets::caption(ui, &slot.name).on_hover_text(spec.doc);
    record_form::field_editor(ui, form, path, spec, "");
    if widgets::link(ui, "Done").clicked() {
        form.state.open_cell = None;
    }
}

fn is_new_assessment(path: &[PathStep], spec: &FieldSpec) -> bool {
    let of = |what: &str| what == "Assessment";
    path.len() == 1 && matches!(spec.field_type, FieldType::Record { what, .. } if of(what))
}
