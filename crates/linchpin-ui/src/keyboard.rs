//! The keyboard, and files that are dropped on the window.

use super::record_table;
use egui::{Event, ImeEvent, Key, Modifiers, Ui};
use linchpin_app::App;
use linchpin_app::availability::Reason;
use linchpin_app::command::{ACTIONS, Action, Command, DIGITS, Menu, ReaderAction, page_shortcut};
use linchpin_app::dialog::Dialog;
use linchpin_app::form_state::FormState;
use linchpin_app::page::Page;
use linchpin_app::row_selection::RowSelectionCommand;

/// Takes control characters out of what is typed. Some input methods send Ctrl+S on as U+0013 while
/// a syllable is being composed; no field and no text is to hold one.
pub fn drop_control_characters(ui: &Ui) {
    // Some input methods send whole lines.
    let is_stray = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let is_clean = |typed: &str| !typed.contains(is_stray);
    ui.input_mut(|input| {
        input.events.retain_mut(|event| match event {
            Event::Text(typed) if !is_clean(typed) => {
                typed.retain(|c| !is_stray(c));
                !typed.is_empty()
            }
            // An input method that is done says so even where nothing is left.
            Event::Ime(ImeEvent::Commit(text)) if !is_clean(text) => {
                text.retain(|c| !is_stray(c));
                true
            }
            Event::Ime(ImeEvent::Preedit {
                text,
                active_range_chars,
            }) if !is_clean(text) => {
                text.retain(|c| !is_stray(c));
                // It counted what is gone.
                *active_range_chars = None;
                true
            }
            _ => true,
        });
    });
}

/// Has the keys of digits mean digits wherever they need Shift to write one: on a French keyboard
/// the key of 6 writes "-", on a Czech one the key of 1 writes "+". All other keys mean what is
/// written on them, so that Ctrl+Z is where the Z is, and Ctrl+/ where the slash is.
pub fn read_digits_by_place(ui: &Ui) {
    ui.input_mut(|input| {
        for event in &mut input.events {
            // With Shift or AltGr the layout says what the key means: a slash on German keyboards.
            if let Event::Key {
                key,
                physical_key: Some(place),
                modifiers,
                ..
            } = event
                && DIGITS.contains(place)
                && !DIGITS.contains(key)
                && !modifiers.shift
                && !modifiers.alt
            {
                *key = *place;
            }
        }
    });
}

/// Turns keys into commands.
pub fn handle_keys(
    ui: &Ui,
    app: &App,
    dialog: &mut Dialog,
    form: &FormState,
    out: &mut Vec<Command>,
) {
    // Asked here, not below: `input_mut` locks the context, and reading the focus within it would
    // wait for ever.
    let owner = KeyContext::current(ui, app, dialog, form);
    let in_text = ReaderKeyContext::current(ui, app, dialog, form);
    ui.input_mut(|input| {
        // The most special first: Ctrl+Shift+E must not be taken for Ctrl+E.
        let mut specs: Vec<_> = ACTIONS
            .iter()
            .filter_map(|s| Some((s.shortcut?, s.action)))
            .collect();
        specs.sort_by_key(|(shortcut, _)| !shortcut.modifiers.shift);
        for (shortcut, action) in specs {
            let elsewhere = match action {
                // There it is the selected words that are meant.
                Action::CopyCitation => app.view.page == Page::Reader,
                Action::Reader(what) => {
                    !in_text.accepts(what) || !app.availability(action).is_enabled()
                }
                _ => false,
            };
            let means_nothing = app
                .availability(action)
                .reason()
                .is_some_and(Reason::is_quiet);
            if elsewhere || means_nothing || owner.claims(&shortcut, action) {
                continue;
            }
            if input.consume_shortcut(&shortcut) {
                out.push(Command::RunAction(action));
            }
        }
        for page in Page::ALL {
            if page_shortcut(page).is_some_and(|s| input.consume_shortcut(&s)) {
                out.push(Command::GoToPage(page));
            }
        }
        // In a form, Escape first takes back what is being typed.
        if *dialog != Dialog::None
            && !dialog.edits_record_fields()
            && input.consume_key(Modifiers::NONE, Key::Escape)
        {
            *dialog = Dialog::None;
        }
        // Keyboards with "+" on the key of "=" zoom in as well.
        if input.consume_key(Modifiers::COMMAND, Key::Equals) {
            out.push(Command::RunAction(Action::ZoomIn));
        }
        let back = input.pointer.button_pressed(egui::PointerButton::Extra1);
        let forward = input.pointer.button_pressed(egui::PointerButton::Extra2);
        out.extend(back.then_some(Command::RunAction(Action::Back)));
        out.extend(forward.then_some(Command::RunAction(Action::Forward)));
        for file in &input.raw.dropped_files {
            out.push(Command::OpenFile(file.path().to_owned()));
        }
    });
    // Last: rows take plain letters and arrows, which whatever is open has first.
    let is_free = *dialog == Dialog::None && form.pick_list.is_none() && form.open_cell.is_none();
    if is_free && app.table().is_some() {
        handle_cell_keys(ui, app, out);
        handle_row_keys(ui, out);
        clear_selection_on_escape(ui, app, form, out);
    }
}

/// Escape clears what is selected, unless a field or something that is open has it.
fn clear_selection_on_escape(ui: &Ui, app: &App, form: &FormState, out: &mut Vec<Command>) {
    let has_selected_rows = app
        .table()
        .is_some_and(|kind| app.view.tables.row_selection.count(kind) > 0);
    let is_free =
        form.open_field.is_none() && !ui.text_edit_focused() && !egui::Popup::is_any_open(ui.ctx());
    if has_selected_rows && is_free && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape))
    {
        out.push(Command::SelectRows(RowSelectionCommand::Clear));
    }
}

/// Who a key belongs to.
struct KeyContext {
    /// A dialog is open.
    is_dialog_open: bool,
    /// The keyboard is in a field to type into.
    is_in_text_field: bool,
    /// No record is on screen, so that keys for records mean something else or nothing.
    is_recordless_page: bool,
    /// That field holds something that is not written yet, or is none of a record's.
    has_pending_input: bool,
}

impl KeyContext {
    fn current(ui: &Ui, app: &App, dialog: &Dialog, form: &FormState) -> Self {
        let is_in_text_field = ui.text_edit_focused();
        let focused = ui.memory(|memory| memory.focused());
        let is_record = form.focused_field.is_some() && form.focused_field == focused;
        KeyContext {
            is_dialog_open: *dialog != Dialog::None,
            is_in_text_field,
            is_recordless_page: !super::page_has_details(app.view.page)
                && app.view.page != Page::Charts,
            has_pending_input: is_in_text_field && (form.is_typing() || !is_record),
        }
    }

    /// Whether a key is left to whatever has the keyboard.
    fn claims(&self, shortcut: &egui::KeyboardShortcut, action: Action) -> bool {
        let menu = action.spec().menu;
        if self.is_dialog_open && matches!(menu, Menu::Edit | Menu::Record) {
            return true;
        }
        if menu != Menu::Edit {
            return false;
        }
        match action {
            Action::Undo | Action::Redo => self.has_pending_input,
            Action::SelectAllRows => self.is_in_text_field,
            Action::Replace | Action::GoToLine => false,
            _ if self.is_recordless_page => true,
            _ => {
                self.is_in_text_field
                    && !shortcut.modifiers.command
                    && shortcut.logical_key == Key::Delete
            }
        }
    }
}

/// Whether the keys of the reader, which are plain letters, mean something just now.
struct ReaderKeyContext {
    accepts_keys: bool,
    /// A reason for a dismissal is being chosen.
    chooses_reason: bool,
    /// Something else would be pressed by Enter.
    has_focus: bool,
}

impl ReaderKeyContext {
    fn current(ui: &Ui, app: &App, dialog: &Dialog, form: &FormState) -> Self {
        let is_here = app.view.page == Page::Reader && app.reader_document().is_some();
        let is_free =
            *dialog == Dialog::None && form.open_field.is_none() && form.expanded_target.is_none();
        let coding = app.view.reading.coding.as_ref();
        ReaderKeyContext {
            accepts_keys: is_here
                && is_free
                && !ui.text_edit_focused()
                && !egui::Popup::is_any_open(ui.ctx()),
            chooses_reason: coding.is_some_and(|coding| coding.dismissal_note.is_some()),
            has_focus: ui.memory(|memory| memory.focused().is_some()),
        }
    }

    fn accepts(&self, what: ReaderAction) -> bool {
        // Enter also presses what has the focus, and chooses a reason.
        let takes_enter = !self.chooses_reason && !self.has_focus;
        self.accepts_keys && (what != ReaderAction::ShowRecord || takes_enter)
    }
}

/// Enter opens the editor of a cell, and the arrows go from column to column, where the keyboard is
/// at no other thing.
fn handle_cell_keys(ui: &Ui, app: &App, out: &mut Vec<Command>) {
    // Enter means nothing else on a focused row. The arrows do: with a focus, egui moves it by
    // them.
    let focused = ui.memory(|memory| memory.focused());
    let row: Option<egui::Id> = ui.data(|data| data.get_temp(record_table::focused_row_key()));
    let is_here = app
        .selected()
        .is_some_and(|at| app.table() == Some(at.kind));
    if !is_here || focused.is_some() && focused != row {
        return;
    }
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::Enter) {
            out.push(Command::RunAction(Action::EditCell));
        }
        for (key, by) in [(Key::ArrowRight, 1), (Key::ArrowLeft, -1)] {
            if focused.is_none() && input.consume_key(Modifiers::NONE, key) {
                out.push(Command::MoveColumn(by));
            }
        }
    });
}

/// Arrow keys walk the rows, unless they belong to a text field or to whatever has the focus.
fn handle_row_keys(ui: &Ui, out: &mut Vec<Command>) {
    if ui.memory(|m| m.focused().is_some()) && ui.text_edit_focused() {
        if ui.memory(|m| m.focused()) != Some(egui::Id::unique("search")) {
            return;
        }
        // In the search field up and down mean nothing else, so that a search can be walked at
        // once.
        ui.input_mut(|input| {
            for (key, action) in [
                (Key::ArrowDown, Action::NextRecord),
                (Key::ArrowUp, Action::PreviousRecord),
            ] {
                if input.consume_key(Modifiers::NONE, key) {
                    out.push(Command::RunAction(action));
                }
            }
        });
        return;
    }
    ui.input_mut(|input| {
        // The most special first.
        for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
            if input.consume_key(Modifiers::SHIFT, key) {
                out.push(Command::SelectRows(RowSelectionCommand::ExtendBy(by)));
            }
        }
        for (key, action) in [
            (Key::ArrowDown, Action::NextRecord),
            (Key::ArrowUp, Action::PreviousRecord),
            (Key::J, Action::NextRecord),
            (Key::K, Action::PreviousRecord),
        ] {
            if input.consume_key(Modifiers::NONE, key) {
                out.push(Command::RunAction(action));
                // The letter itself must not reach a widget.
                input
                    .events
                    .retain(|e| !matches!(e, Event::Text(t) if t == "j" || t == "k"));
            }
        }
        if input.consume_key(Modifiers::NONE, Key::E) {
            input
                .events
                .retain(|e| !matches!(e, Event::Text(t) if t == "e"));
            out.push(Command::RunAction(Action::EditRecord));
        }
        if input.consume_key(Modifiers::NONE, Key::Slash) {
            input
                .events
                .retain(|e| !matches!(e, Event::Text(t) if t == "/"));
            out.push(Command::RunAction(Action::Find));
        }
    });
}
