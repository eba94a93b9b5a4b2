//! Items put in, taken out and moved, in every layout that people write.

use ron_lossless::{
    NodeId, SourceChange, TextEdit, Tree, check_with_ron, edit, invert_edits, parse,
};

/// The text after an edit of its first list; checks that it is sound and can be undone.
fn after(text: &str, plan: impl Fn(&str, &Tree, NodeId) -> Option<Vec<TextEdit>>) -> String {
    let tree = parse(text);
    assert!(tree.diagnostics.is_empty(), "{text}");
    let splices = plan(text, &tree, tree.value().unwrap()).expect(text);
    let change = SourceChange::new("test", splices).expect("splices that do not overlap");
    let after = change.apply_edits(text).unwrap();
    assert!(
        parse(&after).diagnostics.is_empty(),
        "{text}\nbecame\n{after}"
    );
    assert_eq!(check_with_ron(&after), None, "{after}");
    let back = SourceChange::new("back", invert_edits(text, &change.edits)).unwrap();
    assert_eq!(back.apply_edits(&after).unwrap(), text);
    after
}

fn put(text: &str, at: usize, body: &str) -> String {
    after(text, |text, tree, list| {
        edit::insert(text, tree, list, at, edit::ItemText::Relative(body))
    })
}

fn take(text: &str, items: &[usize]) -> String {
    after(text, |text, tree, list| {
        edit::remove(text, tree, list, items)
    })
}

fn relocated(text: &str, from: usize, to: usize) -> String {
    after(text, |text, tree, list| {
        edit::move_item(text, tree, list, from, to)
    })
}

#[test]
fn items_are_put_in_as_their_neighbors_stand() {
    for (text, at, body, want) in [
        ("[]", 0, "\"a\"", "[\"a\"]"),
        ("[ ]", 9, "\"a\"", "[\"a\"]"),
        ("[1]", 1, "2", "[1, 2]"),
        ("[1,]", 1, "2", "[1, 2,]"),
        ("[1, 3]", 1, "2", "[1, 2, 3]"),
        ("[1, 3]", 0, "0", "[0, 1, 3]"),
        ("[1, /* x */ 3]", 1, "2", "[1, 2, /* x */ 3]"),
        ("(a: 1)", 1, "b: 2", "(a: 1, b: 2)"),
        (
            "[\n    1,\n    2,\n]",
            2,
            "3",
            "[\n    1,\n    2,\n    3,\n]",
        ),
        (
            "[\n    1,\n    2\n]",
            2,
            "3",
            "[\n    1,\n    2,\n    3,\n]",
        ),
        (
            "[\r\n\t1, // one\r\n\t2 // two\r\n]",
            2,
            "3",
            "[\r\n\t1, // one\r\n\t2, // two\r\n\t3,\r\n]",
        ),
        ("[\n  1, // one\n  3]", 1, "2", "[\n  1, // one\n  2,\n  3]"),
        ("[\n  1,\n  3]", 2, "4", "[\n  1,\n  3,\n  4,\n]"),
        ("[\n  1, 3\n]", 1, "2", "[\n  1,\n  2,\n  3\n]"),
        ("[\n  // none yet\n]", 0, "1", "[\n  // none yet\n    1,\n]"),
        ("[ // none yet\n]", 0, "1", "[ // none yet\n    1,\n]"),
        (
            "[\n  // first\n  1,\n]",
            0,
            "0",
            "[\n  0,\n  // first\n  1,\n]",
        ),
        (
            "[(\n    a: 1,\n), (\n    a: 2,\n)]",
            2,
            "(\n    a: 3,\n)",
            "[(\n    a: 1,\n), (\n    a: 2,\n), (\n    a: 3,\n)]",
        ),
        (
            "[(a: 1)]",
            1,
            "(\n    a: 2,\n    b: [\n        3,\n    ],\n)",
            "[(a: 1), (a: 2, b: [3])]",
        ),
        (
            "(\n    a: [],\n)",
            1,
            "b: [\n    (x: 1),\n]",
            "(\n    a: [],\n    b: [\n        (x: 1),\n    ],\n)",
        ),
    ] {
        assert_eq!(put(text, at, body), want, "{text}");
    }
}

#[test]
fn records_are_parted_by_a_blank_line_where_their_neighbors_are() {
    let one = "[\n    (\n        a: 1,\n    ),\n]";
    let two = "[\n    (\n        a: 1,\n    ),\n\n    (\n        a: 2,\n    ),\n]";
    assert_eq!(put(one, 1, "(\n    a: 2,\n)"), two);
    assert_eq!(
        put(one, 0, "(\n    a: 2,\n)"),
        two.replace("1", "x").replace("2", "1").replace("x", "2")
    );
    let tight = "[\n    (a: 1),\n    (a: 3),\n]";
    assert_eq!(
        put(tight, 1, "(a: 2)"),
        "[\n    (a: 1),\n    (a: 2),\n    (a: 3),\n]"
    );
    assert_eq!(take(two, &[1]), one);
    assert_eq!(take(&two.replace('1', "0"), &[0]), one.replace('1', "2"));
    assert_eq!(put("[]", 0, "(\n    a: 1,\n)"), one);
}

#[test]
fn items_go_with_their_comma_and_their_comments() {
    for (text, items, want) in [
        ("[1]", &[0][..], "[]"),
        ("[ 1, ]", &[0], "[]"),
        ("[1, 2, 3]", &[1], "[1, 3]"),
        ("[1, 2, 3]", &[2], "[1, 2]"),
        ("[1, 2, 3,]", &[2], "[1, 2,]"),
        ("[1, 2, 3]", &[0], "[2, 3]"),
        ("[1, 2, 3]", &[1, 2], "[1]"),
        ("[1, 2, 3]", &[0, 2], "[2]"),
        ("[/* a */ 1]", &[0], "[/* a */ ]"),
        (
            "[\n  1, // one\n  // about two\n  2, // two\n  3,\n]",
            &[1],
            "[\n  1, // one\n  3,\n]",
        ),
        (
            "[\n  1,\n\n  // apart\n\n  // about two\n  2\n]",
            &[1],
            "[\n  1,\n\n  // apart\n]",
        ),
        (
            "[\n  // apart\n\n  // about one\n  1,\n\n  2,\n]",
            &[0],
            "[\n  // apart\n\n  2,\n]",
        ),
        ("[\n  1,\n\n  2,\n]", &[0], "[\n  2,\n]"),
        ("[\n  1, 2,\n  3,\n]", &[1], "[\n  1,\n  3,\n]"),
        ("(a: 1, b: \"//\n\", c: 3)", &[1], "(a: 1, c: 3)"),
        ("[\r\n  1,\r\n  2,\r\n]", &[1], "[\r\n  1,\r\n]"),
        ("[\n  1,\n  2, ]", &[1], "[\n  1, ]"),
    ] {
        assert_eq!(take(text, items), want, "{text}");
    }
}

#[test]
fn items_move_with_their_comments() {
    for (text, from, to, want) in [
        ("[1, 2, 3]", 0, 2, "[2, 3, 1]"),
        ("[1, 2, 3]", 2, 0, "[3, 1, 2]"),
        ("[1, 2, 3]", 0, 9, "[2, 3, 1]"),
        (
            "[\n  // eins\n  1, // one\n\n  2\n]",
            0,
            1,
            "[\n  2,\n\n  // eins\n  1 // one\n]",
        ),
        ("[\n  1, // one\n  2]", 0, 1, "[\n  2, // one\n  1]"),
        (
            "[\n  1, /* a */ 2, // two\n  3,\n]",
            2,
            0,
            "[\n  3, /* a */ 1,\n  2, // two\n]",
        ),
    ] {
        assert_eq!(relocated(text, from, to), want, "{text}");
    }
}
