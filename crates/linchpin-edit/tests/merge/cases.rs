//! Merges by example: what is taken, what is asked, and in which words.

use linchpin_edit::{MergeSide, ThreeWayMerge, resolve_conflicts, three_way_merge};
use linchpin_register::load;

const BASE: &str = "// head
(
    format: 1,
    title: \"Test\",
    themes: [
        (id: \"x\", name: \"X\"),
        (id: \"y\", name: \"Y\"),
        (id: \"z\", name: \"Z\"),
    ],
    parties: [
        // Alpha is ours.
        (id: \"a\", name: \"Alpha\", kind: State), // a state

        (
            id: \"b\",
            name: \"Beta\",
            kind: Grouping,
            members: [\"a\"],
        ),

        (id: \"c\", name: \"감마\", kind: State),
    ],
)
";

/// What comes of two sides, each the base with some words replaced; an empty word stands for the
/// footer.
fn put_together(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> ThreeWayMerge {
    let side = |changes: &[(&str, &str)]| {
        let mut text = BASE.to_owned();
        for (old, new) in changes {
            assert!(text.contains(old), "{old}");
            text = text.replacen(
                old,
                new,
                if *old == "\"a\"" || *old == "\n" {
                    99
                } else {
                    1
                },
            );
        }
        load(text, Vec::new())
    };
    three_way_merge(&load(BASE, Vec::new()), &side(ours), &side(theirs))
}

/// The base with all of the changes.
fn with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(BASE.to_owned(), |text, (old, new)| {
        text.replacen(old, new, 1)
    })
}

fn words(merge: &ThreeWayMerge) -> (Vec<String>, Vec<String>) {
    let taken = merge
        .our_changes
        .iter()
        .map(|difference| difference.to_string());
    (
        taken.collect(),
        merge
            .conflicts
            .iter()
            .map(|conflict| conflict.to_string())
            .collect(),
    )
}

const GAMMA: &str = "\n        (id: \"c\", name: \"감마\", kind: State),\n";
const Y: &str = "        (id: \"y\", name: \"Y\"),\n";

#[test]
fn what_touches_other_places_is_taken_with_every_comment() {
    let new = format!(
        "{GAMMA}\n        // mine\n        (id: \"d\", name: \"D\", kind: State), // new\n"
    );
    let theirs_new = format!("{GAMMA}        (id: \"e\", name: \"E\", kind: State),\n");
    let both = format!(
        "{GAMMA}        (id: \"e\", name: \"E\", kind: State),\n\n        // mine\n        \
        (id: \"d\", name: \"D\", kind: State), // new\n"
    );
    type Changes<'a> = &'a [(&'a str, &'a str)];
    let cases: &[(Changes, Changes, Changes, &[&str])] = &[
        (
            &[("\"Alpha\"", "\"A\"")],
            &[("// a state", "// their note")],
            &[("\"Alpha\"", "\"A\""), ("// a state", "// their note")],
            &["Party “A”: name changed"],
        ),
        (
            &[("// a state", "// my note")],
            &[("\"Alpha\"", "\"A\"")],
            &[("\"Alpha\"", "\"A\""), ("// a state", "// my note")],
            &["Party “A”: comments or layout changed"],
        ),
        (
            &[(GAMMA, &new)],
            &[(GAMMA, &theirs_new)],
            &[(GAMMA, &both)],
            &["Party “D”: added"],
        ),
        (
            &[("members: [\"a\"]", "members: [\"a\", \"c\"]")],
            &[("kind: Grouping", "kind: State")],
            &[
                ("members: [\"a\"]", "members: [\"a\", \"c\"]"),
                ("kind: Grouping", "kind: State"),
            ],
            &["Party “Beta”: members changed"],
        ),
        (
            &[(Y, "")],
            &[("\"Z\"", "\"Zett\"")],
            &[(Y, ""), ("\"Z\"", "\"Zett\"")],
            &["Theme “Y”: removed"],
        ),
        (
            &[("// head", "// my head")],
            &[("\n)\n", "\n)\n// foot\n")],
            &[("// head", "// my head"), ("\n)\n", "\n)\n// foot\n")],
            &["Comments or layout changed"],
        ),
        (
            &[("\"Test\"", "\"Mine\"")],
            &[("    themes:", "    license: \"MIT\",\n    themes:")],
            &[
                ("\"Test\"", "\"Mine\""),
                ("    themes:", "    license: \"MIT\",\n    themes:"),
            ],
            &["The register: title changed"],
        ),
        (
            &[("\"Beta\"", "\"B\"")],
            &[(
                "            name: \"Beta\",\n            kind: Grouping,\n",
                "            kind: Grouping,\n            // last\n            name: \"Beta\",\n",
            )],
            &[(
                "            name: \"Beta\",\n            kind: Grouping,\n",
                "            kind: Grouping,\n            // last\n            name: \"B\",\n",
            )],
            &["Party “B”: name changed"],
        ),
    ];
    for (ours, theirs, want, taken) in cases {
        let merge = put_together(ours, theirs);
        assert_eq!(merge.text, with(want));
        assert_eq!(
            words(&merge),
            (taken.iter().map(|t| t.to_string()).collect(), Vec::new())
        );
    }
}

#[test]
fn items_of_both_sides_come_into_one_list() {
    let theirs = [("members: [\"a\"]", "members: [\"a\", \"b\"]")];
    let merge = put_together(&[("members: [\"a\"]", "members: [\"a\", \"c\"]")], &theirs);
    assert_eq!(
        merge.text,
        with(&[("members: [\"a\"]", "members: [\"a\", \"b\", \"c\"]")])
    );
    let same = put_together(
        &[
            ("members: [\"a\"]", "members: [\"b\", \"a\"]"),
            ("\"Test\"", "\"T\""),
        ],
        &theirs,
    );
    assert!(
        same.conflicts.is_empty() && same.text.matches("\"b\"").count() == 2,
        "{}",
        same.text
    );
}

#[test]
fn what_both_changed_is_asked_and_can_be_decided_either_way() {
    let merge = put_together(
        &[("\"Alpha\"", "\"Mine\""), ("\"X\"", "\"Mine\"")],
        &[("\"Alpha\"", "\"Theirs\""), ("\"X\"", "\"X, too\"")],
    );
    let asks = [
        "Theme “X, too”: you and the file both changed the name",
        "Party “Theirs”: you and the file both changed the name",
    ];
    assert_eq!(words(&merge).1, asks);
    let conflict = &merge.conflicts[1];
    let said = |said: &Option<linchpin_edit::DisplayValue>| said.clone().unwrap();
    assert_eq!(said(&conflict.values.base).text, "Alpha");
    assert_eq!(
        (
            conflict.choice_label(MergeSide::Ours),
            conflict.choice_label(MergeSide::Theirs)
        ),
        ("Mine".into(), "Theirs".into())
    );
    assert_eq!(said(&conflict.values.ours).source, "\"Mine\"");
    assert_eq!(
        merge.text,
        with(&[("\"Alpha\"", "\"Theirs\""), ("\"X\"", "\"X, too\"")])
    );
    assert_eq!(
        resolve_conflicts(&merge, &[MergeSide::Theirs, MergeSide::Ours]),
        with(&[("\"Alpha\"", "\"Mine\""), ("\"X\"", "\"X, too\"")])
    );
    assert_eq!(
        resolve_conflicts(&merge, &[MergeSide::Ours, MergeSide::Ours]),
        with(&[("\"Alpha\"", "\"Mine\""), ("\"X\"", "\"Mine\"")])
    );
    assert_eq!(resolve_conflicts(&merge, &[]), merge.text);
}

#[test]
fn records_removed_on_one_side_and_changed_on_the_other_are_asked_about() {
    let changed = GAMMA.replace("State", "Grouping");
    for (ours, theirs, ask, kept) in [
        (
            "",
            changed.as_str(),
            "Party “감마”: you removed it, and the file changed it",
            MergeSide::Theirs,
        ),
        (
            changed.as_str(),
            "",
            "Party “감마”: you changed it, and it is gone from the file",
            MergeSide::Ours,
        ),
    ] {
        let merge = put_together(&[(GAMMA, ours)], &[(GAMMA, theirs)]);
        assert_eq!(words(&merge).1, [ask]);
        let other = if kept == MergeSide::Ours {
            MergeSide::Theirs
        } else {
            MergeSide::Ours
        };
        assert_eq!(
            resolve_conflicts(&merge, &[kept]),
            with(&[(GAMMA, &changed)])
        );
        assert_eq!(resolve_conflicts(&merge, &[other]), with(&[(GAMMA, "")]));
        assert_eq!(merge.conflicts[0].choice_label(other), "Remove it");
    }
    let new = |name: &str| format!("{GAMMA}        (id: \"n\", name: \"{name}\", kind: State),\n");
    let merge = put_together(&[(GAMMA, &new("N1"))], &[(GAMMA, &new("N2"))]);
    assert_eq!(
        words(&merge).1,
        ["You and the file both added a party with the id “n”"]
    );
    assert_eq!(
        resolve_conflicts(&merge, &[MergeSide::Ours]),
        with(&[(GAMMA, &new("N1"))])
    );
}

#[test]
fn links_that_came_meanwhile_follow_a_new_id() {
    let merge = put_together(
        &[("\"a\"", "\"alpha\"")],
        &[(
            "\"감마\", kind: State",
            "\"감마\", kind: State, members: [\"a\"]",
        )],
    );
    assert_eq!(words(&merge).1, [] as [&str; 0]);
    assert!(
        merge.text.contains("kind: State, members: [\"alpha\"]"),
        "{}",
        merge.text
    );
    let theirs = put_together(
        &[(
            "\"감마\", kind: State",
            "\"감마\", kind: State, members: [\"a\"]",
        )],
        &[("\"a\"", "\"alpha\"")],
    );
    assert!(theirs.text == merge.text, "{}", theirs.text);
}

#[test]
fn what_does_not_fit_together_is_asked_about() {
    let removed = [(GAMMA, "")];
    let linked = [("members: [\"a\"]", "members: [\"c\"]")];
    let merge = put_together(&removed, &linked);
    let asks = words(&merge).1;
    assert!(
        asks.contains(
            &"Party “감마”: what you changed and what the file changed do not fit together"
                .to_owned()
        ),
        "{asks:?}"
    );
    assert_eq!(merge.text, with(&linked));
    assert_eq!(
        resolve_conflicts(&merge, &vec![MergeSide::Ours; asks.len()]),
        with(&removed)
    );
}

#[test]
fn layout_of_theirs_and_values_of_mine_come_together() {
    let merge = put_together(&[("\"Alpha\"", "\"A\""), (GAMMA, "")], &[("\n", "\r\n")]);
    assert_eq!(
        merge.text,
        with(&[("\"Alpha\"", "\"A\""), (GAMMA, "")]).replace('\n', "\r\n")
    );
    let turned =
        format!("        (id: \"z\", name: \"Z\"),\n        (id: \"x\", name: \"X\"),\n{Y}");
    let themes =
        format!("        (id: \"x\", name: \"X\"),\n{Y}        (id: \"z\", name: \"Z\"),\n");
    let merge = put_together(
        &[(&themes, &turned)],
        &[(
            Y,
            "        (id: \"y\", name: \"Y\"),\n        (id: \"w\", name: \"W\"),\n",
        )],
    );
    assert_eq!(
        words(&merge),
        (vec!["Theme “Z”: moved within its list".into()], vec![])
    );
    let order: Vec<usize> = ["\"Z\"", "\"X\"", "\"Y\"", "\"W\""]
        .map(|name| merge.text.find(name).unwrap())
        .into();
    assert!(order.is_sorted(), "{}", merge.text);
    let turned_too =
        format!("        (id: \"x\", name: \"X\"),\n        (id: \"z\", name: \"Z\"),\n{Y}");
    let merge = put_together(&[(&themes, &turned)], &[(&themes, &turned_too)]);
    let ask = "The register: you and the file both put the themes in another order";
    assert_eq!(words(&merge).1, [ask]);
    assert_eq!(merge.text, with(&[(&themes, &turned_too)]));
    assert_eq!(
        resolve_conflicts(&merge, &[MergeSide::Ours]),
        with(&[(&themes, &turned)])
    );
}
