//! What is typed into an item of a list stays with its item when items before it come or go.

use super::form::field_id;
use egui::{Id, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::form_state::{FormState, PendingInput, TypedIn};
use linchpin_edit::{EditTarget, FieldEdit, value_at};
use linchpin_register::LoadedRegister;
use linchpin_register::schema::PathStep;
use linchpin_task::drop_in_background;
use ron_lossless::RonValue;
use std::sync::Arc;

/// Follows the register since something was typed. Before every frame.
pub fn follow_register(ui: &Ui, app: &App, form: &mut FormState) {
    let now = &app.file.latest;
    if now.is_broken {
        // Nothing can be filled in until it is mended.
        return;
    }
    if form
        .typed_in
        .as_ref()
        // The old tree is held, so that no other one can get its address.
        .is_some_and(|old| Arc::ptr_eq(&old.0.tree, &now.tree))
    {
        return;
    }
    // Also while nothing is typed: what is typed in this frame is meant for this register.
    let Some(TypedIn(old)) = form.typed_in.replace(TypedIn(now.clone())) else {
        return;
    };
    if let Some(open) = &mut form.open_field
        && let Some(path) = follow_path(&old, now, &open.target, &open.path)
    {
        open.path = path;
    }
    for (id, typed) in std::mem::take(&mut form.pending_inputs) {
        let (new_id, typed) = follow(&old, now, id, typed);
        if new_id != id {
            move_keyboard(ui, form, id, new_id);
        }
        form.pending_inputs.insert(new_id, typed);
    }
    // To forget a hundred thousand records takes longer than a frame has.
    if old.text.len() > 1 << 20 {
        drop_in_background(old);
    }
}

/// The same input in the register as it is now, with the id of its field there.
fn follow(
    old: &LoadedRegister,
    new: &LoadedRegister,
    id: Id,
    typed: PendingInput,
) -> (Id, PendingInput) {
    let path = typed
        .target
        .as_ref()
        // A part of a field, such as a bound of an amount, has an id that the path alone does not
        // give.
        .filter(|_| id == field_id(typed.form_id, &typed.path))
        .and_then(|target| follow_path(old, new, target, &typed.path));
    let Some(path) = path.filter(|path| *path != typed.path) else {
        return (id, typed);
    };
    let new_id = field_id(typed.form_id, &path);
    let edit = typed.edit.map(|edit| with_path(edit, &path));
    (
        new_id,
        PendingInput {
            path,
            edit,
            ..typed
        },
    )
}

fn with_path(edit: linchpin_edit::Edit, path: &[PathStep]) -> linchpin_edit::Edit {
    match edit {
        linchpin_edit::Edit::Field { target, edit } => linchpin_edit::Edit::Field {
            target,
            edit: FieldEdit {
                path: path.to_vec(),
                ..edit
            },
        },
        other => other,
    }
}

/// Where the value at a path stands now; `None` where its item is gone.
fn follow_path(
    old: &LoadedRegister,
    new: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
) -> Option<Vec<PathStep>> {
    let mut out = Vec::with_capacity(path.len());
    for (depth, step) in path.iter().enumerate() {
        let step = match *step {
            PathStep::Index(index) => {
                let list = |loaded, path: &[PathStep]| match value_at(loaded, target, path) {
                    Some(RonValue::List(items)) => items,
                    _ => Vec::new(),
                };
                let (before, after) = (list(old, &path[..depth]), list(new, &out));
                PathStep::Index(follow_item(&before, &after, index)?)
            }
            field @ PathStep::Field(_) => field,
        };
        out.push(step);
    }
    Some(out)
}

/// The place of an item in the list as it is now: of equal ones, the one with as many before it.
fn follow_item(before: &[RonValue], after: &[RonValue], index: usize) -> Option<usize> {
    let item = before.get(index)?;
    let equal_before = before[..index]
        .iter()
        .filter(|other| *other == item)
        .count();
    let places = |(at, other): (usize, &RonValue)| (other == item).then_some(at);
    let found = after
        .iter()
        .enumerate()
        .filter_map(places)
        .nth(equal_before);
    // In a list as long as before, it is the item itself that has changed.
    found.or_else(|| (before.len() == after.len()).then_some(index))
}

/// The keyboard and the cursor go along with what is typed.
fn move_keyboard(ui: &Ui, form: &mut FormState, from: Id, to: Id) {
    if let Some(state) = TextEdit::load_state(ui.ctx(), from) {
        TextEdit::store_state(ui.ctx(), to, state);
    }
    if form.focused_field == Some(from) {
        form.focused_field = Some(to);
    }
    if ui.memory(|memory| memory.has_focus(from)) {
        ui.memory_mut(|memory| memory.request_focus(to));
    }
}
