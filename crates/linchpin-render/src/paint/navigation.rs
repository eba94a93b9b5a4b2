//! Walking a picture from mark to mark with the keyboard, as it is read out.
//!
//! The picture itself keeps the keyboard all the while; a screen reader is told which mark it is at
//! (its active descendant) and which of how many. So Tab needs one step to pass a picture of a
//! hundred marks.

use egui::{EventFilter, Id, Key, Modifiers, Rect, Ui};

/// Where the keyboard is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Navigation {
    /// The picture has the keyboard.
    pub has_focus: bool,
    /// The place of the mark that it is at, in reading order.
    pub at: Option<usize>,
    /// It has just gone there.
    pub moved: bool,
    /// Enter was pressed on the mark.
    pub chosen: bool,
}

/// Reads the keys for a picture of `count` marks that are walked in order: the arrows go to the
/// next and the previous one, Home and End to the first and the last, Enter chooses, Escape goes
/// back to the whole picture, and from there away.
pub(super) fn read(ui: &Ui, id: Id, count: usize) -> Navigation {
    let index_id = id.with("walk");
    if !ui.memory(|memory| memory.has_focus(id)) {
        ui.data_mut(|data| data.remove_temp::<usize>(index_id));
        return Navigation::default();
    }
    let previous: Option<usize> = ui.data(|data| data.get_temp(index_id));
    let previous = previous.filter(|at| *at < count);
    let filter = EventFilter {
        tab: false,
        horizontal_arrows: count > 0,
        vertical_arrows: count > 0,
        escape: previous.is_some(),
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let mut at = previous;
    let mut chosen = false;
    if count > 0 {
        ui.input_mut(|input| {
            let last = count - 1;
            let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key);
            for _ in 0..pressed(Key::ArrowRight) + pressed(Key::ArrowDown) {
                at = Some(at.map_or(0, |at| (at + 1).min(last)));
            }
            for _ in 0..pressed(Key::ArrowLeft) + pressed(Key::ArrowUp) {
                at = Some(at.map_or(last, |at| at.saturating_sub(1)));
            }
            if pressed(Key::Home) > 0 {
                at = Some(0);
            }
            if pressed(Key::End) > 0 {
                at = Some(last);
            }
            if pressed(Key::Enter) > 0 {
                chosen = at.is_some();
                at = at.or(Some(0));
            }
            if at.is_some() && pressed(Key::Escape) > 0 {
                at = None;
            }
        });
    }
    ui.data_mut(|data| match at {
        Some(at) => {
            data.insert_temp(index_id, at);
        }
        None => {
            data.remove_temp::<usize>(index_id);
        }
    });
    Navigation {
        has_focus: true,
        at,
        moved: at.is_some() && at != previous,
        chosen,
    }
}

/// Tells a screen reader that the mark with the id `mark` stands at this place of so many.
pub(super) fn set_position(ui: &Ui, mark: Id, at: usize, count: usize) {
    ui.ctx().accesskit_node_builder(mark, |node| {
        node.set_position_in_set(at);
        node.set_size_of_set(count);
    });
}

/// Tells it that the keyboard is at this mark of the picture, and brings the mark into view.
pub(super) fn set_active_mark(ui: &Ui, picture: Id, mark: Id, rect: Rect, moved: bool) {
    ui.ctx().accesskit_node_builder(picture, |node| {
        node.set_active_descendant(mark.accesskit_id());
    });
    if moved {
        ui.scroll_to_rect(rect.expand(8.0), None);
    }
}

/// Tells it how the picture is walked.
pub(super) fn describe_keys(ui: &Ui, picture: Id, count: usize) {
    if count > 0 {
        ui.ctx().accesskit_node_builder(picture, |node| {
            node.set_size_of_set(count);
            node.set_description(format!(
                "Arrow keys walk through {count} marks, Enter opens the records of one"
            ));
        });
    }
}
