//! What differs between two texts, in words.

use linchpin_edit::{DifferenceKind, diff_registers};
use linchpin_register::{LoadedRegister, load};

const TEXT: &str = include_str!("../../../../data/us-rok-alliance.ron");

fn loaded(text: &str) -> LoadedRegister {
    load(text, Vec::new())
}

fn words(old: &str, new: &str) -> Vec<String> {
    let found = diff_registers(&loaded(old), &loaded(new));
    found
        .iter()
        .map(|difference| difference.to_string())
        .collect()
}

const SMALL: &str = "(
    format: 1,
    title: \"Test\",
    parties: [
        // Alpha is ours.
        (id: \"a\", name: \"Alpha\", kind: State), // a state

        (id: \"b\", name: \"Beta\", kind: Grouping, members: [\"a\"]),
        (id: \"c\", name: \"감마\", kind: State),
    ],
)
";

#[test]
fn each_difference_is_one_short_sentence() {
    let beta = "        (id: \"b\", name: \"Beta\", kind: Grouping, members: [\"a\"]),\n";
    for (new, want) in [
        (SMALL.to_owned(), &[][..]),
        (
            SMALL.replace("\"Test\"", "\"Other\""),
            &["The register: title changed"],
        ),
        (
            SMALL.replace("kind: State),\n    ]", "kind: Grouping),\n    ]"),
            &["Party “감마”: kind changed"],
        ),
        (
            SMALL.replace(
                "kind: State), //",
                "kind: State, short: \"A\", note: \"n\"), //",
            ),
            &["Party “Alpha”: short and note changed"],
        ),
        (
            SMALL.replace(", members: [\"a\"]", ""),
            &["Party “Beta”: members taken out"],
        ),
        (SMALL.replace(beta, ""), &["Party “Beta”: removed"]),
        (
            SMALL
                .replace(beta, "")
                .replace("\n    ],\n)", &format!("\n{beta}    ],\n)")),
            &["Party “감마”: moved within its list"],
        ),
        (
            SMALL.replace(beta, &format!("{beta}{}", beta.replace("\"b\"", "\"d\""))),
            &["Party “Beta”: added"],
        ),
        (
            SMALL.replace("\"a\"", "\"alpha\""),
            &["Party “Alpha”: id changed from a to alpha"],
        ),
        (
            SMALL.replace("// a state", "// one"),
            &["Party “Alpha”: comments or layout changed"],
        ),
        (
            SMALL.replace("(id: \"c\"", "( id: \"c\""),
            &["Party “감마”: comments or layout changed"],
        ),
        (SMALL.replace('\n', "\r\n"), &["Comments or layout changed"]),
        (format!("// new\n{SMALL}"), &["Comments or layout changed"]),
        (
            SMALL.replace("\"Beta\"", "r\"Beta\""),
            &["Party “Beta”: comments or layout changed"],
        ),
    ] {
        assert_eq!(words(SMALL, &new), want, "{new}");
    }
}

#[test]
fn a_change_says_both_values_in_words() {
    let new = SMALL.replace(
        "kind: Grouping, members: [\"a\"]",
        "kind: State, members: [\"c\", \"a\"]",
    );
    let found = diff_registers(&loaded(SMALL), &loaded(&new));
    let DifferenceKind::Changed(fields) = &found[0].kind else {
        panic!("{found:?}");
    };
    let said = |at: usize| {
        let words =
            |said: &Option<linchpin_edit::DisplayValue>| said.as_ref().unwrap().text.clone();
        (words(&fields[at].old), words(&fields[at].new))
    };
    assert_eq!(said(1), ("Alpha".into(), "감마, Alpha".into()));
    assert_eq!(said(0).1, "state");
    assert_eq!(
        found[0].span.unwrap().of(&new).get(..9),
        Some("(id: \"b\",")
    );
}

#[test]
fn the_shipped_register_differs_from_itself_in_what_was_changed() {
    let new = TEXT
        .replacen("strength: ", "strength:  ", 1)
        .replacen("rank: 2", "rank: 12", 1);
    assert_eq!(words(TEXT, TEXT), [] as [&str; 0]);
    assert_eq!(words(TEXT, &new).len(), 2, "{:?}", words(TEXT, &new));
}
