//! Registers in every layout that people write, and edits of them at random.

use super::Random;
use linchpin_edit::{Edit, EditTarget, MoveDirection, plan_edit};
use linchpin_register::schema::{FieldCardinality, FieldSpec, PathStep};
use linchpin_register::{FieldType, LoadedRegister, RecordKind, load};
use ron_lossless::{RonValue, Span, TextEdit, TokenKind, apply, tokens};

const LOOSE: &str = r##"#![enable(implicit_some)]
// 한국어 머리말
( // the register /* not a comment here */
    format: 1, title: r#"A "messy" register"#,
    /* nested /* comment */ here */
    summary: "Two
lines", license : "CC0-1.0" ,

    themes: [(id: "t-one", name: "하나"), (id: "t-two", name: "Two"), /* between */ (id: "t-three",
        name: "Three")],
    priorities: [
        (id: "p-one", name: "First", rank: 1), // one
        (id: "p-two", name: "Second", rank: 2)
    ],
    parties: [
        // Alpha is ours.
        (id: "a", name: "Alpha", kind: State), // a state

        // apart

        (id: "b", name: r"Beta", kind: Grouping, members: ["a"]),
	(
	    id: "c",
	    // about the name
	    name: "감마", /* behind */ // it
	    kind: State,
	    short: Some("Γ")
	), (id: "d", name: "Delta", kind: State, note: "a \"quoted\" \\ note")
    ],
    documents: [
        (
            id: "doc",
            title: "Doc", // the title
            short: "Doc",
            kind: Treaty,
            issuers: [
                "a",
                // and its friend
                "b", ],
            legal_character: LegallyBinding,
            date: (date: "2020", basis: Stated),
            // url next
            url: "https://example.org",
        ),
        (id: "speech", title: "연설", short: "Speech", kind: Treaty, issuers: ["c"],
            legal_character: LegallyBinding, date: (date: "2021-03", basis: Stated), note: "x"),
    ],
    events: [
        (id: "e-one", title: "E", date: (date: "2020", basis: Stated),
            citations: [(document: "doc", external: true)]),

        (
            id: "e-two", title: "E 2", date: (date: "2021", basis: Stated),
            citations: [(document: "doc", external: true), (document: "speech", external: true),
                // two
            ],
        ),
        (id: "e-three", title: "E 3", date: (date: "2022", basis: Stated),
            citations: [(document: "speech", external: true)]),
        // the end of events
    ]
)
// footer
"##;

/// The registers on which edits are tried.
pub fn bases() -> Vec<String> {
    let new = include_str!("../../../../data/new-register.ron").to_owned();
    vec![LOOSE.to_owned(), LOOSE.replace('\n', "\r\n"), new]
}

pub fn loaded(text: &str) -> LoadedRegister {
    load(text, Vec::new())
}

const WORDS: &[&str] = &[
    "alpha",
    "동맹",
    "a \"b\"",
    "one\ntwo",
    "x // y",
    "/* z */",
    "back\\slash",
];

/// What edits may touch.
#[derive(Clone, Copy)]
pub struct Reach<'a> {
    /// Fields of records, and nothing else.
    pub only_fields: bool,
    /// The records, by their number.
    pub records: &'a dyn Fn(usize) -> bool,
}

/// A text after some edits, none of which breaks it.
pub fn edited(base: &str, random: &mut Random, reach: Reach<'_>) -> String {
    let mut now = loaded(base);
    for _ in 0..1 + random.below(4) {
        let next = match random.below(5) {
            0 if !reach.only_fields => commented(&now.text, random),
            _ => {
                let edit = some_edit(&now, random, reach);
                let change = edit.and_then(|edit| plan_edit(&now, &edit).ok());
                change.and_then(|change| change.apply_edits(&now.text))
            }
        };
        let Some(next) = next.map(|text| loaded(&text)) else {
            continue;
        };
        if !next.is_broken && next.diagnostics.len() <= now.diagnostics.len() {
            now = next;
        }
    }
    now.text.to_string()
}

/// A word put into a comment, or a comment put before a line that begins with an item.
fn commented(text: &str, random: &mut Random) -> Option<String> {
    let number = random.below(1_000_000);
    let is_comment = |kind| matches!(kind, TokenKind::LineComment | TokenKind::BlockComment);
    let comments: Vec<Span> = tokens(text)
        .filter(|token| is_comment(token.kind))
        .map(|token| token.span)
        .collect();
    if random.below(2) == 0 {
        let span = random.one_of(&comments)?;
        return apply(
            text,
            &[TextEdit::insert(span.start + 2, format!(" note {number}"))],
        );
    }
    let is_name = |kind| matches!(kind, TokenKind::Word | TokenKind::LeftParen);
    let starts: Vec<Span> = tokens(text)
        .skip(6)
        .filter(|token| is_name(token.kind))
        .map(|token| token.span)
        .collect();
    let span = random.one_of(&starts)?;
    apply(
        text,
        &[TextEdit::insert(
            span.start,
            format!("/* note {number} */ "),
        )],
    )
}

fn some_edit(now: &LoadedRegister, random: &mut Random, reach: Reach<'_>) -> Option<Edit> {
    let all: Vec<(RecordKind, String)> = now
        .register
        .iter_records()
        .map(|(at, record)| (at.kind, record.id().to_owned()))
        .collect();
    let numbers: Vec<usize> = (0..all.len()).filter(|at| (reach.records)(*at)).collect();
    let (kind, id) = all.get(*random.one_of(&numbers)?)?.clone();
    let new_id = format!("{id}-{}", random.below(30));
    if !reach.only_fields {
        let by = [
            MoveDirection::Up,
            MoveDirection::Down,
            MoveDirection::First,
            MoveDirection::Last,
        ][random.below(4)];
        match random.below(10) {
            0 => {
                return Some(Edit::RemoveRecords {
                    ids: vec![id],
                    unlink: true,
                });
            }
            1 => return Some(Edit::DuplicateRecord { id, new_id }),
            2 => return Some(Edit::RenameRecord { id, new_id }),
            3 => return Some(Edit::MoveRecord { id, direction: by }),
            4 => {
                let title = Some(RonValue::text(*random.one_of(WORDS)?));
                let path = vec![PathStep::Field(
                    ["title", "summary", "license"][random.below(3)],
                )];
                return Some(Edit::set(EditTarget::Register, path, title));
            }
            _ => {}
        }
    }
    let fields: Vec<&FieldSpec> = kind
        .fields()
        .iter()
        .filter(|spec| spec.name != "id")
        .collect();
    let spec = random.one_of(&fields)?;
    let target = EditTarget::Record(id);
    let mut path = vec![PathStep::Field(spec.name)];
    let value = match spec.field_type {
        FieldType::Text => RonValue::text(*random.one_of(WORDS)?),
        FieldType::Vocabulary { terms: choices, .. } => {
            RonValue::bare(random.one_of(choices)?.name)
        }
        FieldType::Link(to) => {
            let targets: Vec<&String> = all
                .iter()
                .filter(|(kind, _)| *kind == to)
                .map(|(_, id)| id)
                .collect();
            RonValue::text(random.one_of(&targets)?.as_str())
        }
        FieldType::WholeNumber { .. } => RonValue::bare(random.below(200).to_string()),
        _ => {
            path.extend([PathStep::Field("date")]);
            RonValue::text(format!("20{}", 10 + random.below(20)))
        }
    };
    match (spec.is_list(), random.below(4)) {
        (true, 0) => Some(Edit::move_item(target, path, 0, 1)),
        (true, 1) => {
            path.push(PathStep::Index(random.below(2)));
            Some(Edit::set(target, path, None))
        }
        (true, _) => Some(Edit::append(target, path, value)),
        (false, 0) if spec.cardinality != FieldCardinality::Required => {
            Some(Edit::set(target, path, None))
        }
        (false, _) => Some(Edit::set(target, path, Some(value))),
    }
}
