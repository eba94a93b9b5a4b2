//! Several edits in one step, at places that meet.

use linchpin_edit::{Edit, EditTarget, plan_edit};
use linchpin_register::load;
use linchpin_register::schema::PathStep::Field;
use ron_lossless::RonValue;

fn set(id: &str, field: &'static str, value: &str) -> Edit {
    Edit::set(
        EditTarget::Record(id.into()),
        vec![Field(field)],
        Some(RonValue::text(value)),
    )
}

fn after(text: &str, edits: Vec<Edit>) -> String {
    let loaded = load(text, Vec::new());
    let words = "Several".to_owned();
    let change = plan_edit(
        &loaded,
        &Edit::Batch {
            label: words,
            edits,
        },
    )
    .unwrap();
    let text = change.apply_edits(text).unwrap();
    let after = load(text.as_str(), Vec::new()).checked_with_ron();
    assert_eq!(
        after.diagnostics.len(),
        0,
        "{:?}\n{text}",
        after.diagnostics
    );
    text
}

#[test]
fn fields_that_come_to_stand_at_the_same_place_are_all_written() {
    let edits = || {
        vec![
            set("a", "note", "n"),
            set("a", "native_name", "앨파"),
            set("a", "name", "Alfa"),
            set("b", "note", "both"),
        ]
    };
    assert_eq!(
        after(
            "(format: 1, title: \"T\", parties: [(id: \"a\", name: \"A\", kind: State), \
            (id: \"b\", name: \"B\", kind: State)])",
            edits()
        ),
        "(format: 1, title: \"T\", parties: [(id: \"a\", name: \"Alfa\", kind: State, \
        native_name: \"앨파\", note: \"n\"), (id: \"b\", name: \"B\", kind: State, note: \"both\")])"
    );
    // No comma behind the last field: it is written once.
    assert_eq!(
        after(
            "(format: 1, title: \"T\", parties: [(\n    id: \"b\",\n    name: \"B\",\n    kind: \
            State\n), (\n    id: \"a\",\n    name: \"A\", // ours\n    kind: State // last\n)])",
            edits()
        ),
        "(format: 1, title: \"T\", parties: [(\n    id: \"b\",\n    name: \"B\",\n    kind: \
        State,\n    note: \"both\",\n), (\n    id: \"a\",\n    name: \"Alfa\", // ours\n    kind: \
        State, // last\n    native_name: \"앨파\",\n    note: \"n\",\n)])"
    );
}

#[test]
fn a_field_that_is_set_twice_is_written_once() {
    let text = "(format: 1, title: \"T\", parties: [(id: \"a\", name: \"A\", kind: State)])";
    let twice = after(text, vec![set("a", "note", "1"), set("a", "note", "2")]);
    assert_eq!(twice, text.replace("State", "State, note: \"2\""));
}

#[test]
fn one_list_takes_several_items() {
    let text = "(format: 1, title: \"T\", compilers: [\n    \"Kim\"\n], parties: [(id: \"a\", \
        name: \"A\", kind: State)])";
    let append = |item: &str| {
        Edit::append(
            EditTarget::Register,
            vec![Field("compilers")],
            RonValue::text(item),
        )
    };
    let three = after(text, vec![append("Lee"), append("Park"), append("Choi")]);
    let wanted = "\"Kim\",\n    \"Lee\",\n    \"Park\",\n    \"Choi\",\n]";
    assert_eq!(three, text.replace("\"Kim\"\n]", wanted));
}
