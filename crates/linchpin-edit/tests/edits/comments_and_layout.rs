//! Items carried into another text: with their comments, as that text is laid out.

use ron_lossless::{SourceChange, Span, apply, check_with_ron, edit, parse};

/// The list after the items of another one were put in.
fn carried(text: &str, at: usize, other: &str, items: &[usize]) -> String {
    let (tree, source) = (parse(text), parse(other));
    assert!(
        tree.diagnostics.is_empty() && source.diagnostics.is_empty(),
        "{text}{other}"
    );
    let copies = edit::copy(other, &source, source.value().unwrap(), items).unwrap();
    let splices = edit::insert_copied(text, &tree, tree.value().unwrap(), at, &copies).unwrap();
    let after = SourceChange::new("test", splices)
        .unwrap()
        .apply_edits(text)
        .unwrap();
    assert_eq!(check_with_ron(&after), None, "{after}");
    let values = |text: &str| {
        let tree = parse(text);
        tree.children(tree.value().unwrap()).count()
    };
    assert_eq!(values(&after), values(text) + items.len(), "{after}");
    after
}

const OTHER: &str = "[\n  // apart\n\n  // one\n  /* eins */\n  (a: 1,\n    b: [\n\t  2]), // \
    after\n  (c: 3) /* in */ , // behind\n  (d: r#\"x\n  y\"#, e: \"한\n국\")\n]";

#[test]
fn comments_and_inner_indents_come_along() {
    assert_eq!(
        carried("[\n        (z: 0),\n]", 1, OTHER, &[0, 1, 2]),
        "[\n        (z: 0),\n        // one\n        /* eins */\n        (a: 1,\n          b: \
        [\n        \t  2]), // after\n        (c: 3), /* in */ // behind\n        (d: r#\"x\n  \
        y\"#, e: \"한\n국\"),\n]"
    );
}

#[test]
fn items_come_to_stand_as_their_new_neighbors_do() {
    for (text, at, items, want) in [
        // Line endings of the new place, but never inside text.
        (
            "[\r\n\t(z: 0)\r\n]",
            1,
            &[0, 2][..],
            "[\r\n\t(z: 0),\r\n\t// one\r\n\t/* eins */\r\n\t(a: 1,\r\n\t  b: [\r\n\t\t  2]), // \
            after\r\n\t(d: r#\"x\n  y\"#, e: \"한\n국\"),\r\n]",
        ),
        // On one line where they can, else each on its own.
        (
            "[1, 2]",
            2,
            &[1],
            "[1, 2,\n    (c: 3), /* in */ // behind\n]",
        ),
        (
            "[(z: 0), ]",
            1,
            &[0],
            "[(z: 0),\n    // one\n    /* eins */\n    (a: 1,\n      b: [\n    \t  2]), // after\n]",
        ),
        // Blank lines between long records.
        (
            "[\n    (\n        z: 0,\n    ),\n]",
            1,
            &[0],
            "[\n    (\n        z: 0,\n    ),\n\n    // one\n    /* eins */\n    (a: 1,\n      b: \
            [\n    \t  2]), // after\n]",
        ),
        // Nothing there, or only remarks.
        ("[]", 0, &[1], "[\n    (c: 3), /* in */ // behind\n]"),
        (
            "[ // none\n]",
            0,
            &[1],
            "[ // none\n    (c: 3), /* in */ // behind\n]",
        ),
        (
            "[ /* none */ ]",
            0,
            &[1],
            "[ /* none */ \n    (c: 3), /* in */ // behind\n]",
        ),
        (
            "[\n    1, // one\n    // end\n]",
            0,
            &[1],
            "[\n    (c: 3), /* in */ // behind\n    1, // one\n    // end\n]",
        ),
        (
            "[\n    1, // one\n\n    // end\n]",
            1,
            &[1],
            "[\n    1, // one\n    (c: 3), /* in */ // behind\n\n    // end\n]",
        ),
        (
            "[\n    1, 2]",
            1,
            &[1],
            "[\n    1,\n    (c: 3), /* in */ // behind\n    2]",
        ),
        (
            "[\n    1 /* x */]",
            1,
            &[1],
            "[\n    1, /* x */\n    (c: 3), /* in */ // behind\n]",
        ),
    ] {
        assert_eq!(carried(text, at, OTHER, items), want, "{text}");
    }
    assert_eq!(
        carried("[1, 2]", 1, "[\n    // no\n\n    3,\n    4\n]", &[0, 1]),
        "[1, 3, 4, 2]"
    );
}

#[test]
fn a_value_takes_the_place_of_another() {
    let text = "(\r\n        a: (x: 1), // mine\r\n)";
    let span = |text: &str, words: &str| {
        let start = text.find(words).unwrap() as u32;
        Span::new(start, start + words.len() as u32)
    };
    let splice = edit::replace(
        text,
        &parse(text),
        span(text, "(x: 1)"),
        OTHER,
        span(OTHER, "(a: 1,\n    b: [\n\t  2])"),
    );
    assert_eq!(
        apply(text, &[splice]).unwrap(),
        "(\r\n        a: (a: 1,\r\n          b: [\r\n        \t  2]), // mine\r\n)"
    );
}

#[test]
fn nothing_is_carried_where_the_syntax_is_broken() {
    let (good, broken) = ("[1, 2]", "[1 2]");
    let list = |text: &str| parse(text).value().unwrap();
    assert_eq!(edit::copy(broken, &parse(broken), list(broken), &[0]), None);
    let items = edit::copy(good, &parse(good), list(good), &[1, 9]).unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(
        edit::insert_copied(broken, &parse(broken), list(broken), 0, &items),
        None
    );
    assert_eq!(
        edit::insert_copied(good, &parse(good), list(good), 0, &[]),
        Some(vec![])
    );
}

#[test]
fn each_file_of_a_register_keeps_its_line_endings() {
    let (unix, windows) = ("[\n    1,\n]", "[\r\n    2,\r\n]");
    let text = format!("{unix}\n{windows}\n{unix}");
    let first = Span::new(0, unix.len() as u32);
    let second = Span::new(first.end + 1, first.end + 1 + windows.len() as u32);
    let third = Span::new(second.end + 1, text.len() as u32);
    let tree = ron_lossless::parse_files(&text, &[first, second, third]);
    let mut splices = Vec::new();
    for list in tree.values() {
        let body = edit::ItemText::Relative("(\n    a: 3,\n)");
        splices.extend(edit::insert(&text, &tree, list, 9, body).unwrap());
    }
    let after = apply(&text, &splices).unwrap();
    let unix = "[\n    1,\n    (\n        a: 3,\n    ),\n]";
    let windows = "[\r\n    2,\r\n    (\r\n        a: 3,\r\n    ),\r\n]";
    assert_eq!(after, format!("{unix}\n{windows}\n{unix}"));
}
