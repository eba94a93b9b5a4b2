//! Two registers made into one.

use linchpin_edit::merge_registers::{
    MergeRegistersError, MergedRegisters, RegisterSide, merge_registers,
};
use linchpin_register::{LoadedRegister, RegisterFileText, load, load_files};

const A: &str = "\u{feff}#![enable(implicit_some)]\r\n// Ours\r\n(\r\n  format: 1,\r\n  \
    title: \"동맹\", // the title\r\n  compilers: [\"Kim\"],\r\n\r\n  // Who\r\n  parties: [\r\n    \
    // first\r\n    (id: \"us\", name: \"United States\", kind: State),\r\n    (id: \"rok\", \
    name: \"Korea\", native_name: \"대한민국\", kind: State) // second\r\n  ],\r\n\r\n  // \
    Apart\r\n)\r\n";

const B: &str = "// Theirs\n(\n    format: 1,\n    title: \"Other\",\n    themes: [\n        // of \
    all\n\n        (id: \"deterrence\", name: \"억제\"), // why\n    ],\n    parties: [\n        \
    (id: \"rok\", name: \"Korea\", kind: State, native_name: \"대한민국\"),\n        /* nested /* \
    remark */ */\n        // the office\n        (\n            id: \"seoul\",\n            \
    name: \"서울\\n사무소\",\n            kind: Office,\n            // of which state\n            \
    parent: \"us\",\n            note: r#\"two\n            lines\"#,\n        ), // behind \
    it\n    ],\n)\n";

fn loaded(text: &str) -> LoadedRegister {
    load(text, Vec::new())
}

fn joined(a: &str, b: &str, prefer: Option<RegisterSide>) -> MergedRegisters {
    let joined = merge_registers(&loaded(a), &loaded(b), prefer).unwrap();
    assert_eq!(
        joined.loaded.clone().checked_with_ron().diagnostic_count(),
        0,
        "{}",
        joined.loaded.text
    );
    joined
}

#[test]
fn what_the_first_lacks_comes_behind_with_its_comments() {
    let both = joined(A, B, None);
    assert_eq!((both.added, both.identical, both.resolved), (2, 1, 0));
    let parties = "    (id: \"rok\", name: \"Korea\", native_name: \"대한민국\", kind: State), // \
        second\r\n    /* nested /* remark */ */\r\n    // the office\r\n    (\r\n        \
        id: \"seoul\",\r\n        name: \"서울\\n사무소\",\r\n        kind: Office,\r\n        // of \
        which state\r\n        parent: \"us\",\r\n        note: r#\"two\n            \
        lines\"#,\r\n    ), // behind it\r\n  ],\r\n";
    let themes = "\r\n  themes: [\r\n      // of all\r\n\r\n      (id: \"deterrence\", \
        name: \"억제\"), // why\r\n  ],\r\n";
    let expected = A
        .replace(
            "    (id: \"rok\", name: \"Korea\", native_name: \"대한민국\", kind: State) // \
            second\r\n  ],\r\n",
            parties,
        )
        .replace(
            "  compilers: [\"Kim\"],\r\n",
            &format!("  compilers: [\"Kim\"],\r\n{themes}"),
        );
    assert_eq!(&*both.loaded.text, expected);
}

#[test]
fn merging_with_itself_or_again_changes_nothing() {
    assert_eq!(&*joined(A, A, None).loaded.text, A);
    let once = joined(A, B, None).loaded;
    let twice = joined(&once.text, B, None);
    assert_eq!(
        (&*twice.loaded.text, twice.added, twice.identical),
        (&*once.text, 0, 3)
    );
    let shipped = linchpin_register::bundled::ALLIANCE_TEXT;
    assert_eq!(&*joined(shipped, shipped, None).loaded.text, shipped);
}

#[test]
fn records_that_differ_are_named_field_by_field() {
    let other = B
        .replace("name: \"Korea\"", "name: \"Corea\"")
        .replace("native_name", "short");
    let Err(MergeRegistersError::Conflicts(conflicts)) =
        merge_registers(&loaded(A), &loaded(&other), None)
    else {
        panic!("merged");
    };
    let [rok] = conflicts.as_slice() else {
        panic!("{conflicts:?}");
    };
    let fields: Vec<(&str, Option<&str>, Option<&str>)> = rok
        .field_conflicts
        .iter()
        .map(|f| (f.name, f.a.as_deref(), f.b.as_deref()))
        .collect();
    let korean = Some("\"대한민국\"");
    assert_eq!(rok.id, "rok");
    assert_eq!(
        fields,
        [
            ("name", Some("\"Korea\""), Some("\"Corea\"")),
            ("short", None, korean),
            ("native_name", korean, None),
        ]
    );
    let ours = joined(A, &other, Some(RegisterSide::A));
    assert_eq!(ours.loaded.text, joined(A, B, None).loaded.text);
    let theirs = joined(A, &other, Some(RegisterSide::B));
    assert_eq!((theirs.added, theirs.identical, theirs.resolved), (2, 0, 1));
    let line =
        "    (id: \"rok\", name: \"Corea\", kind: State, short: \"대한민국\"), // second\r\n";
    assert!(theirs.loaded.text.contains(line), "{}", theirs.loaded.text);
}

#[test]
fn one_id_for_two_types_is_never_settled() {
    let other = "(format: 1, title: \"동맹\", themes: [(id: \"us\", name: \"We\")])";
    for prefer in [None, Some(RegisterSide::A), Some(RegisterSide::B)] {
        let Err(MergeRegistersError::Conflicts(conflicts)) =
            merge_registers(&loaded(A), &loaded(other), prefer)
        else {
            panic!("merged");
        };
        assert!(conflicts[0].differing_kinds().is_some());
    }
}

#[test]
fn what_cannot_be_read_in_full_is_not_merged() {
    let cut = &B[..B.len() - 10];
    let odd = B.replace("kind: Office", "kind: Ofice");
    let map = B.replace("themes: [", "events: (), themes: [");
    for bad in [cut, &odd, &map, "[]", ""] {
        let refused = merge_registers(&loaded(A), &loaded(bad), None).unwrap_err();
        assert_eq!(
            refused,
            MergeRegistersError::Unreadable(RegisterSide::B),
            "{bad}"
        );
        let refused = merge_registers(&loaded(bad), &loaded(A), None).unwrap_err();
        assert_eq!(
            refused,
            MergeRegistersError::Unreadable(RegisterSide::A),
            "{bad}"
        );
    }
    // Links into the other register are no trouble.
    let alone = B.replace("\"rok\", name: \"Korea\"", "\"other\", name: \"Other\"");
    assert!(loaded(&alone).diagnostic_count() > 0);
    assert_eq!(joined(A, &alone, None).added, 3);
}

#[test]
fn a_folder_becomes_one_file() {
    let head = "// Parties first\n(\n    format: 1,\n    title: \"동맹\",\n    compilers: \
        [\"Kim\"],\n    parties: [(id: \"us\", name: \"U\", kind: State)],\n)\n";
    let rest = "(format: 1, summary: \"S\",\n\n  // Words that place verbs\n  ladder: [\n    \
        (id: \"firm\", rank: 4, label: \"firm\", verbs: [\"will\"]),\n  ],\n  license: \"MIT\", \
        compilers: [\"Lee\", \"Kim\"])";
    let more = "(format: 1, parties: [(id: \"uk\", name: \"K\", kind: State)], ladder: \
        [(id: \"weak\", label: \"w\", verbs: [\"may\"])])";
    let files = [("a.ron", head), ("b.ron", rest), ("c.ron", more)];
    let files = files.map(|(name, text)| RegisterFileText {
        name: name.into(),
        text: text.to_owned(),
        diagnostics: Vec::new(),
    });
    let folder = load_files(files.into());
    assert_eq!(folder.diagnostic_count(), 0, "{:?}", folder.diagnostics);
    let both = merge_registers(
        &folder,
        &loaded(
            A.replace("(id: \"us\", name: \"United States\", kind: State),", "")
                .as_str(),
        ),
        None,
    )
    .unwrap();
    assert_eq!(both.loaded.diagnostic_count(), 0, "{}", both.loaded.text);
    assert_eq!(
        &*both.loaded.text,
        "// Parties first\n(\n    format: 1,\n    title: \"동맹\",\n    summary: \"S\",\n    \
        compilers: [\"Kim\", \"Lee\"],\n    license: \"MIT\",\n    // Words that place verbs\n    \
        ladder: [\n        (id: \"firm\", rank: 4, label: \"firm\", verbs: [\"will\"]),\n        \
        (id: \"weak\", label: \"w\", verbs: [\"may\"]),\n    ],\n    parties: [(id: \"us\", \
        name: \"U\", kind: State),\n        (id: \"uk\", name: \"K\", kind: State),\n        \
        (id: \"rok\", name: \"Korea\", native_name: \"대한민국\", kind: State), // second\n    ],\n)\n"
    );
}

#[test]
fn the_file_with_the_title_takes_in_the_others() {
    let parties = "(\r\n\tformat: 1,\r\n\tparties: [\r\n\t\t// apart\r\n\r\n\t\t(id: \"us\", \
        name: \"U\", kind: State),\r\n\t],\r\n)";
    let head = "// All of it\n(\n    format: 1,\n    title: \"T\",\n)\n";
    let files = [("a.ron", parties), ("z.ron", head)].map(|(name, text)| RegisterFileText {
        name: name.into(),
        text: text.to_owned(),
        diagnostics: Vec::new(),
    });
    let empty = loaded("(format: 1, title: \"Other\")");
    let one = merge_registers(&load_files(files.into()), &empty, None).unwrap();
    assert_eq!(
        &*one.loaded.text,
        "// All of it\n(\n    format: 1,\n    title: \"T\",\n    parties: [\n    \t// \
        apart\n\n    \t(id: \"us\", name: \"U\", kind: State),\n    ],\n)\n"
    );
}

#[test]
fn whatever_is_missing_comes_back() {
    use linchpin_register::RecordKind;
    use ron_lossless::{apply, edit};
    let whole = linchpin_register::bundled::ALLIANCE_TEXT;
    let mut chance = 7_u32;
    for round in 0..4 {
        let mut text = match round % 2 {
            0 => whole.to_owned(),
            _ => whole.replace('\n', "\r\n"),
        };
        // Some lists go, of others some records.
        for kind in RecordKind::ALL {
            let now = loaded(&text);
            let root = now.tree.value().unwrap();
            let Some(list) = now.tree.field(&text, root, kind.list()) else {
                // The register states none of these.
                continue;
            };
            let key = now.tree.field_key(&text, root, kind.list()).unwrap();
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let bits = chance >> 8;
            let splices = if bits.is_multiple_of(5) {
                let mut fields = now.tree.children(root);
                let field = fields.position(|f| now.tree.span(f).start == key.start);
                edit::remove(&text, &now.tree, root, &[field.unwrap()])
            } else {
                let count = now.tree.children(list).count();
                let gone: Vec<usize> = (0..count).filter(|i| bits >> (i % 24) & 1 == 1).collect();
                edit::remove(&text, &now.tree, list, &gone)
            };
            text = apply(&text, &splices.unwrap()).unwrap();
        }
        let all = loaded(whole).register.iter_records().count();
        let left = loaded(&text).register.iter_records().count();
        let back = joined(&text, whole, None);
        assert_eq!((back.added, back.identical), (all - left, left));
        assert_eq!(joined(whole, &text, None).loaded.text, whole.into());
    }
}
