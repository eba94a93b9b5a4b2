//! Edits of records: what they do to the lines of a file, and that they are what was asked for.

use linchpin_edit::{Edit, EditRefusal, EditTarget, MoveDirection, plan_edit};
use linchpin_register::schema::PathStep::{Field, Index};
use linchpin_register::{LoadedRegister, load};
use ron_lossless::RonValue;

const TEXT: &str = "#![enable(implicit_some)]
(
    format: 1, // the only one
    title: \"Test\",
    parties: [
        // Alpha is ours.
        (id: \"a\", name: \"Alpha\", kind: State), // a state

        (id: \"b\", name: r\"Beta\", kind: Grouping, members: [\"a\"]),
    ],
    documents: [
        (
            id: \"d\",
            title: \"Doc\", // the title
            short: \"Doc\",
            kind: Treaty,
            issuers: [
                \"a\",
                // and its friend
                \"b\",
            ],
            legal_character: LegallyBinding,
            date: (date: \"2020\", basis: Stated),
            url: \"https://example.org\",
            number: 1_000,
        ),
    ],
)
";

fn after(text: &str, edit: &Edit) -> (String, LoadedRegister) {
    let loaded = load(text, Vec::new());
    let change = plan_edit(&loaded, edit).unwrap_or_else(|why| panic!("{why}"));
    let text = change.apply_edits(text).unwrap();
    let after = load(text.as_str(), Vec::new()).checked_with_ron();
    assert!(!after.is_broken, "{text}");
    (text, after)
}

/// The lines that an edit takes away and puts in, as `git diff` shows them.
fn lines_of(edit: &Edit) -> String {
    diff(TEXT, &after(TEXT, edit).0)
}

fn diff(old: &str, new: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take(rest);
    let end = end.take_while(|(x, y)| x == y).count();
    let gone = a[start..a.len() - end]
        .iter()
        .map(|line| format!("-{}\n", line.trim_start()));
    let come = b[start..b.len() - end]
        .iter()
        .map(|line| format!("+{}\n", line.trim_start()));
    gone.chain(come).collect()
}

fn set(id: &str, path: &[linchpin_register::schema::PathStep], value: Option<RonValue>) -> Edit {
    Edit::set(EditTarget::Record(id.into()), path.to_vec(), value)
}

#[test]
fn a_field_is_given_anew_where_it_stands() {
    let text = |t: &str| Some(RonValue::text(t));
    for (edit, want) in [
        (
            set("d", &[Field("title")], text("한국")),
            "-title: \"Doc\", // the title\n+title: \"한국\", // the title\n",
        ),
        (
            set("b", &[Field("name")], text("B\"")),
            "-(id: \"b\", name: r\"Beta\", kind: Grouping, members: [\"a\"]),\n+(id: \"b\", \
            name: \"B\\\"\", kind: Grouping, members: [\"a\"]),\n",
        ),
        (
            set("d", &[Field("number")], Some(RonValue::bare("20000"))),
            "-number: 1_000,\n+number: 20_000,\n",
        ),
        (
            set("d", &[Field("date"), Field("date")], text("2020-05")),
            "-date: (date: \"2020\", basis: Stated),\n+date: (date: \"2020-05\", basis: Stated),\n",
        ),
        (
            set("d", &[Field("date"), Field("arithmetic")], text("x")),
            "-date: (date: \"2020\", basis: Stated),\n+date: (date: \"2020\", basis: Stated, \
            arithmetic: \"x\"),\n",
        ),
        (set("d", &[Field("note")], text("new")), "+note: \"new\",\n"),
        (set("d", &[Field("series")], text("s")), "+series: \"s\",\n"),
        (
            set("a", &[Field("short")], text("A")),
            "-(id: \"a\", name: \"Alpha\", kind: State), // a state\n+(id: \"a\", name: \"Alpha\", \
            short: \"A\", kind: State), // a state\n",
        ),
        (
            set("d", &[Field("url")], None),
            "-url: \"https://example.org\",\n",
        ),
        (
            set("d", &[Field("issuers"), Index(1)], None),
            "-// and its friend\n-\"b\",\n",
        ),
        (
            set("b", &[Field("members"), Index(0)], None),
            "-(id: \"b\", name: r\"Beta\", kind: Grouping, members: [\"a\"]),\n+(id: \"b\", name: \
            r\"Beta\", kind: Grouping),\n",
        ),
        (
            set(
                "d",
                &[Field("citations"), Index(0), Field("document")],
                text("d"),
            ),
            "+citations: [(document: \"d\")],\n",
        ),
    ] {
        assert_eq!(lines_of(&edit), want, "{edit:?}");
    }
    let title = Edit::set(
        EditTarget::Register,
        vec![Field("summary")],
        text("All of it"),
    );
    assert_eq!(lines_of(&title), "+summary: \"All of it\",\n");
}

#[test]
fn lists_grow_and_change_their_order() {
    let append = |id: &str, field, item: &str| {
        Edit::append(
            EditTarget::Record(id.into()),
            vec![Field(field)],
            RonValue::text(item),
        )
    };
    assert_eq!(lines_of(&append("d", "issuers", "c")), "+\"c\",\n");
    assert_eq!(
        lines_of(&append("a", "members", "b")),
        "-(id: \"a\", name: \"Alpha\", kind: State), // a state\n+(id: \"a\", name: \"Alpha\", \
        kind: State, members: [\"b\"]), // a state\n"
    );
    let turn = Edit::move_item(EditTarget::Record("d".into()), vec![Field("issuers")], 1, 0);
    assert_eq!(
        lines_of(&turn),
        "-\"a\",\n-// and its friend\n-\"b\",\n+// and its friend\n+\"b\",\n+\"a\",\n"
    );
    let whole = set(
        "d",
        &[Field("issuers")],
        Some(RonValue::List(vec![RonValue::text("b")])),
    );
    assert_eq!(lines_of(&whole), "-\"a\",\n");
}

#[test]
fn a_record_goes_with_its_comment_and_its_links() {
    let remove = |id: &str, unlink| Edit::RemoveRecords {
        ids: vec![id.into()],
        unlink,
    };
    assert_eq!(
        lines_of(&remove("b", false)),
        "-\n-(id: \"b\", name: r\"Beta\", kind: Grouping, members: [\"a\"]),\n"
    );
    let (text, loaded) = after(TEXT, &remove("a", true));
    assert_eq!(loaded.register.parties.len(), 1);
    assert!(
        !text.contains("\"a\"") && !text.contains("Alpha") && text.contains("// and its friend"),
        "{text}"
    );
    let cited = TEXT.replace("kind: State", "kind: State, note: \"x\"");
    let body = cited.replace(
        "    documents:",
        "    themes: [],\n    events: [\n        \
        (id: \"e\", title: \"E\", date: (date: \"2020\", basis: Stated), citations: \
        [(document: \"d\", external: true)]),\n    ],\n    documents:",
    );
    let why = plan_edit(&load(body.as_str(), Vec::new()), &remove("d", true)).unwrap_err();
    let refusal = EditRefusal::RequiredLink {
        from: linchpin_register::RecordKind::Event,
        id: "e".into(),
        to: linchpin_register::RecordKind::Document,
    };
    assert_eq!(why, refusal);
    let words = why.to_string();
    assert!(words.contains("\"e\"") && words.contains("needs this document"));
}

#[test]
fn an_id_is_renamed_wherever_it_is_used() {
    let rename = |new: &str| Edit::RenameRecord {
        id: "a".into(),
        new_id: new.into(),
    };
    let (text, loaded) = after(TEXT, &rename("alpha"));
    assert_eq!(text, TEXT.replace("\"a\"", "\"alpha\""));
    assert_eq!(loaded.diagnostics.len(), 0);
    for (new, says) in [("b", "already"), ("A b", "\"a-b\""), ("", "lower-case")] {
        let why = plan_edit(&load(TEXT, Vec::new()), &rename(new)).unwrap_err();
        assert!(why.to_string().contains(says), "{why}");
    }
}

#[test]
fn records_are_copied_and_moved() {
    let copy = Edit::DuplicateRecord {
        id: "d".into(),
        new_id: "d-2".into(),
    };
    let (text, loaded) = after(TEXT, &copy);
    assert_eq!(loaded.register.documents.len(), 2);
    let mut same = loaded.register.documents[1].clone();
    same.id = loaded.register.documents[0].id.clone();
    assert_eq!(same, loaded.register.documents[0]);
    assert_eq!(text.matches("// the title").count(), 2);
    let up = Edit::MoveRecord {
        id: "b".into(),
        direction: MoveDirection::Up,
    };
    let (text, loaded) = after(TEXT, &up);
    assert_eq!(loaded.register.parties[0].id.as_str(), "b");
    assert!(
        text.contains(
            "// Alpha is ours.\n        (id: \"a\", name: \"Alpha\", kind: State), \
        // a state\n    ],"
        ),
        "{text}"
    );
}

#[test]
fn many_edits_are_one_step() {
    let edits = ["a", "b"].map(|id| set(id, &[Field("note")], Some(RonValue::text("both"))));
    let both = Edit::Batch {
        label: "Set a note".into(),
        edits: edits.into(),
    };
    let (_, loaded) = after(TEXT, &both);
    assert!(
        loaded
            .register
            .parties
            .iter()
            .all(|p| p.note.as_deref() == Some("both"))
    );
    // Made one after the other, in one step.
    let twice = Edit::Batch {
        label: "Twice".into(),
        edits: vec![
            set("d", &[Field("title")], Some(RonValue::text("1"))),
            set("d", &[Field("title")], Some(RonValue::text("2"))),
        ],
    };
    let (_, loaded) = after(TEXT, &twice);
    assert_eq!(loaded.register.documents[0].title, "2");
}

#[test]
fn a_list_that_is_not_there_is_made_in_its_place() {
    let add = Edit::AddRecord {
        kind: linchpin_register::RecordKind::Theme,
        fields: vec![
            ("id".into(), RonValue::text("t")),
            ("name".into(), RonValue::text("T")),
        ],
        after: None,
    };
    let (text, loaded) = after(TEXT, &add);
    assert_eq!(loaded.register.themes.len(), 1);
    assert!(text.find("themes:") < text.find("parties:"), "{text}");
    assert_eq!(loaded.diagnostics.len(), 0);
}

#[test]
fn an_id_is_followed_however_it_is_written() {
    let text = "(format: 1, title: \"T\", parties: [(id: r\"us\", name: \"U\", kind: State), (id: \
        \"army\", name: \"A\", kind: Office, parent: r#\"us\"#)], documents: [(id: \"d\", title: \
        \"D\", short: \"D\", kind: Treaty, issuers: [\"\\u{75}s\"], legal_character: \
        LegallyBinding, date: (date: \"2020\", basis: Stated), url: \"https://example.org\")], \
        charts: [(id: \"c\", title: \"C\", records: [Documents], mark: Bar, y: \
        (field: \"issuers\"), filter: [(field: r\"issuers\", is: [\"us\", r\"us\", \
        \"\\x75s\"])]), (id: \"e\", title: \"E\", records: [Commitments], mark: Bar, y: \
        (field: \"mode\"), filter: [(field: \"document\", is: [\"d\"])])])";
    let renamed = |text: &str, id: &str, new_id: &str| {
        let edit = Edit::RenameRecord {
            id: id.into(),
            new_id: new_id.into(),
        };
        after(text, &edit).0
    };
    let us = renamed(text, "us", "usa");
    let wanted = text
        .replace("r\"us\"", "r\"usa\"")
        .replace("r#\"us\"#", "r#\"usa\"#")
        .replace("\"\\u{75}s\"", "\"usa\"")
        .replace("\"\\x75s\"", "\"usa\"")
        .replace("[\"us\"", "[\"usa\"");
    assert_eq!(us, wanted);
    let document = renamed(text, "d", "doc");
    let wanted = text
        .replace("id: \"d\"", "id: \"doc\"")
        .replace("[\"d\"]", "[\"doc\"]");
    assert_eq!(document, wanted);
}
