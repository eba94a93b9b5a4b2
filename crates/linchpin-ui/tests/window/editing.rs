//! Ways to edit records in a tested window.

use crate::desk::Desk;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::draft::Run;
use linchpin_register::{Commitment, RegisterRecord as _};
use ron_lossless::{Span, TextEdit};

/// The text as it is being edited.
pub fn text(desk: &Desk) -> String {
    desk.app().file.draft.text().to_string()
}

pub fn undo(desk: &mut Desk) {
    desk.press(Modifiers::COMMAND, Key::Z);
}

/// Shows a record by its row.
pub fn open(desk: &mut Desk, page: &str, title: &str) {
    desk.go(page);
    let row = desk
        .harness
        .get_all_by_role_and_label(Role::Row, title)
        .next()
        .unwrap();
    row.click();
    desk.run();
}

/// The first commitment, its details open.
pub fn first_open(desk: &mut Desk) -> Commitment {
    let first = Commitment::list(desk.app().register())[0].clone();
    open(desk, "Commitments", &first.title);
    first
}

/// A field to type into, if it is on screen.
pub fn field<'d>(desk: &'d Desk, name: &'d str) -> Option<Node<'d>> {
    let is_field = |role| matches!(role, Role::TextInput | Role::MultilineTextInput);
    let named = desk.harness.query_all_by_label(name);
    let mut fields = named.filter(|node| is_field(node.accesskit_node().role()));
    fields.next()
}

/// Types into the field that has the keyboard, in place of what is selected there.
pub fn type_over(desk: &mut Desk, name: &str, text: &str) {
    let field = field(desk, name).unwrap();
    assert!(field.is_focused(), "{name} has not the keyboard");
    field.type_text(text);
    desk.run();
}

/// Goes into a field and types in place of what stands there.
pub fn fill(desk: &mut Desk, name: &str, text: &str) {
    field(desk, name).unwrap().focus();
    desk.run();
    desk.press(Modifiers::COMMAND, Key::A);
    type_over(desk, name, text);
}

/// Opens the list of a button and takes something from it.
pub fn choose_in(desk: &mut Desk, button: &str, title: &str) {
    let button = desk.harness.get_by_role_and_label(Role::ComboBox, button);
    button.click_accesskit();
    desk.run();
    desk.choose(Role::ListBoxOption, title);
}

/// Writes something into the text after which it is no register any more.
pub fn break_text(desk: &mut Desk) {
    let version = desk.app().file.draft.version();
    desk.harness
        .state_mut()
        .queue_transaction(TransactionRequest::TextEdits {
            label: "Break it".into(),
            edits: vec![TextEdit::new(Span::new(0, 0), "[")],
            run: Run::Alone,
            version,
        });
    desk.run();
    assert!(desk.app().file.latest.is_broken);
}

/// Does something that is one step, and undoes it: every byte is as it was.
pub fn with_step(desk: &mut Desk, edit: impl FnOnce(&mut Desk)) {
    let before = text(desk);
    edit(desk);
    assert_ne!(text(desk), before, "nothing was written");
    let latest = &desk.app().file.latest;
    assert_eq!(latest.diagnostics.len(), 0, "{:?}", latest.diagnostics);
    undo(desk);
    assert_eq!(text(desk), before);
}
