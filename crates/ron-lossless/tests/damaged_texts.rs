//! The RON reader against thousands of damaged texts, with the `ron` crate as the judge.

#[path = "common/damage.rs"]
mod damage;

use damage::{Random, damage_once};
use ron_lossless::{
    Decode, Decoder, DefaultFormatRules, Diagnostic, EditError, NodeId, RonDocument, RonValue,
    Span, TokenKind, Tree, check_with_ron, codes, comments, decode_bytes, parse, path, tokens,
};
use serde::Deserialize;

const CASES: usize = 6_000;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Doc {
    title: String,
    count: Option<u32>,
    ratio: f64,
    active: bool,
    kind: Kind,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    parts: Vec<Part>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    id: String,
    size: i64,
    small: Option<u8>,
}

#[derive(Debug, PartialEq, Deserialize)]
enum Kind {
    Pledge,
    Practice,
}

impl Decode for Doc {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let fields = d.record(
            node,
            "Doc",
            &["title", "count", "ratio", "active", "kind", "tags", "parts"],
        )?;
        // Read everything first: a problem in one field hides none in the next.
        let title = fields.required(d, 0);
        let count = fields.optional(d, 1);
        let ratio = fields.required(d, 2);
        let active = fields.required(d, 3);
        let kind = fields.required(d, 4);
        let tags = fields.list(d, 5);
        let parts = fields.list(d, 6);
        Some(Doc {
            title: title?,
            count,
            ratio: ratio?,
            active: active?,
            kind: kind?,
            tags,
            parts,
        })
    }
}

impl Decode for Part {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let fields = d.record(node, "Part", &["id", "size", "small"])?;
        let (id, size) = (fields.required(d, 0), fields.required(d, 1));
        let small = fields.optional(d, 2);
        Some(Part {
            id: id?,
            size: size?,
            small,
        })
    }
}

impl Decode for Kind {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        match d.variant(node, "kind", &["Pledge", "Practice"])? {
            0 => Some(Kind::Pledge),
            _ => Some(Kind::Practice),
        }
    }
}

const VALID: [&str; 4] = [
    "(title: \"a\", ratio: 1, active: true, kind: Pledge)",
    "\u{feff}// 한미동맹\r\nDoc(\r\n    title: \"한국 \\\"x\\\" \\u{41}\",\r\n    count: \
    Some(28_500),\r\n    ratio: -2.5e3,\r\n    active: false,\r\n    kind: Practice,\r\n    tags: \
    [\"one\", r#\"t\"wo\"#, \"three\\\n   four\",],\r\n    parts: [\r\n        (id: \"p-1\", size: \
    140, small: None), // a note\r\n        Part(id: \"p-2\", size: -0x1F, small: 7),\r\n    \
    ],\r\n)\r\n",
    "#![enable(implicit_some)]\n(\n  parts: [\n    (\n      id: \"a\",\n      size: 1,\n    \
    ),\n    (\n      id: \"b\",\n      size: 2,\n    ),\n  ],\n  /* block /* nested */ */\n  kind: \
    r#Pledge,\n  r#title: \"two\nlines\",\n  ratio: .5, active: true, count: 3,\n)",
    "(title:\"\",ratio:1e2,active:true,kind:Pledge,tags:[],parts:[(id:\"\",size:+5,\
    small:Some(b'a'))])",
];

const PIECES: [&str; 43] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "'",
    "\\",
    "#",
    "r#\"",
    "\"#",
    "//",
    "/*",
    "*/",
    "\n",
    " ",
    "=",
    "title",
    "None",
    "Some(",
    "-",
    ".",
    "..",
    "1e400",
    "NaN",
    "inf",
    "0x",
    "한",
    "\u{feff}",
    "\u{a0}",
    "\u{200f}",
    "\0",
    "\r",
    "2024-01-02",
    "“",
    "id: \"x\"",
    "b'",
    "\n=======\n",
    "))",
    "«",
];

fn damaged(random: &mut Random) -> String {
    let mut text = VALID[random.below(VALID.len())].to_owned();
    for _ in 0..1 + random.below(3) {
        match random.below(6) {
            0 => {
                let cut = random.below(text.len() / 4 + 1);
                text.truncate(text.floor_char_boundary(text.len() - cut));
            }
            1 => {
                let (a, b) = (random.place(&text), random.place(&text));
                let copy = text[a.min(b)..a.max(b)].to_owned();
                text.insert_str(a, &copy);
            }
            _ => damage_once(random, &mut text, &PIECES),
        }
    }
    text
}

fn read(text: &str) -> (Option<Doc>, Vec<Diagnostic>) {
    let tree = parse(text);
    check_tree(text, &tree);
    let mut d = Decoder::new(text, &tree);
    let doc = tree.value().and_then(|node| Doc::decode(&mut d, node));
    let mut diagnostics = d.into_diagnostics();
    diagnostics.extend(tree.diagnostics.iter().cloned());
    (doc, diagnostics)
}

fn judge(text: &str) -> Result<Doc, ron::error::SpannedError> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn check_tokens(text: &str) {
    let mut end = 0;
    for token in tokens(text) {
        assert_eq!(token.span.start, end, "a gap before {token:?} in {text:?}");
        assert!(token.span.end > end && token.kind != TokenKind::End);
        assert!(
            text.get(token.span.range()).is_some(),
            "{token:?} cuts a character of {text:?}"
        );
        end = token.span.end;
    }
    assert_eq!(end as usize, text.len(), "bytes left over in {text:?}");
}

/// Every node lies inside its parent and after the one before it; every problem lies inside the
/// text.
fn check_tree(text: &str, tree: &Tree) {
    let mut open = vec![Tree::ROOT];
    while let Some(id) = open.pop() {
        let span = tree.span(id);
        assert!(
            text.get(span.range()).is_some(),
            "node {span:?} of {text:?}"
        );
        let mut end = span.start;
        for child in tree.children(id) {
            let inner = tree.span(child);
            assert!(
                inner.start >= end && inner.end <= span.end,
                "{inner:?} in {span:?}, after {end}, of {text:?}"
            );
            end = inner.end;
            open.push(child);
        }
    }
    check_diagnostics(text, &tree.diagnostics);
}

fn check_diagnostics(text: &str, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        let spans = diagnostic
            .labels
            .iter()
            .map(|label| label.0)
            .chain([diagnostic.span]);
        for span in spans {
            assert!(
                text.get(span.range()).is_some(),
                "{diagnostic:?} in {text:?}"
            );
        }
        assert!(
            codes::ALL.iter().any(|(code, _)| *code == diagnostic.code),
            "{diagnostic:?}"
        );
    }
}

#[test]
fn valid_texts_are_read_as_ron_reads_them() {
    for text in VALID {
        let (doc, diagnostics) = read(text);
        assert_eq!(diagnostics, []);
        assert_eq!(doc, judge(text).ok());
        assert!(doc.is_some());
    }
}

#[test]
fn damaged_texts_are_judged_as_ron_judges_them() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..CASES {
        let text = damaged(&mut random);
        check_tokens(&text);
        let (doc, diagnostics) = read(&text);
        check_diagnostics(&text, &diagnostics);
        match judge(&text) {
            // We are stricter than ron in one thing only.
            Ok(theirs) if theirs.ratio.is_finite() => {
                assert_eq!(diagnostics, [], "a false alarm for {text:?}");
                assert_eq!(doc, Some(theirs), "{text:?}");
                assert_eq!(check_with_ron(&text), None, "{text:?}");
                accepted += 1;
            }
            Ok(_) => assert!(!diagnostics.is_empty(), "{text:?}"),
            Err(error) => {
                assert!(
                    !diagnostics.is_empty(),
                    "no diagnostic for {text:?}: {error}"
                );
                refused += 1;
            }
        }
    }
    // The generator makes enough of both.
    assert!(
        accepted > CASES / 20 && refused > CASES / 4,
        "{accepted} accepted, {refused} refused"
    );
}

#[test]
fn a_word_that_is_a_value_to_ron_is_a_record_where_something_stands_behind_it() {
    let words = [
        "None", "true", "false", "inf", "inff32", "inff64", "NaN", "NaNf32", "NaNf64",
    ];
    for (word, inside) in words
        .iter()
        .flat_map(|word| ["", "1", "a: 1"].map(|i| (word, i)))
    {
        let text = format!("[{word}({inside})]");
        assert!(check_with_ron(&text).is_some(), "{text}");
        // Not in the reading of the text, but where a value of another type is wanted.
        let tree = parse(&text);
        assert_eq!(tree.diagnostics, [], "{text}");
        let item = tree.value().and_then(|list| tree.children(list).next());
        let item = item.unwrap();
        let mut d = Decoder::new(&text, &tree);
        assert_eq!(bool::decode(&mut d, item), None, "{text}");
        assert_eq!(f64::decode(&mut d, item), None, "{text}");
        assert_eq!(d.into_diagnostics().len(), 2, "{text}");
    }
}

#[test]
fn every_prefix_of_a_text_is_read() {
    for text in VALID {
        for (end, _) in text.char_indices() {
            let (_, diagnostics) = read(&text[..end]);
            assert!(!diagnostics.is_empty() || judge(&text[..end]).is_ok());
        }
    }
}

#[test]
fn endless_repetitions_are_read_to_their_end() {
    let mut pieces = PIECES.to_vec();
    pieces.extend([
        "\\\"\n",
        "\"\\\"\n",
        "(a:",
        "[(a: 1, ",
        "'ab",
        "a b ",
        "\"a\"b",
        "),",
        "[)",
        "r#",
        "/*/",
        "a: \"\n",
        "\n<<<<<<< x\n",
        "\n=======\n",
        "\n>>>>>>> x\n",
        "))",
        ")),(",
        "a\",",
        "«",
    ]);
    for piece in pieces {
        for start in ["", "(", "[1, ", "(a: 1, "] {
            let text = start.to_string() + &piece.repeat(20_000);
            check_tokens(&text);
            let (_, diagnostics) = read(&text);
            check_diagnostics(&text, &diagnostics);
        }
    }
}

/// For each code a text that has this problem.
#[test]
fn every_code_can_come_up() {
    let texts = [
        ("invisible-character", "(title:\u{a0}\"a\")"),
        ("unexpected-character", "(title: @)"),
        ("curly-quotes", "(title: “a”)"),
        ("unquoted-text", "(title: joint-statement)"),
        ("unclosed-text", "(title: \"a)"),
        ("stray-quote", "(title: \"a\"b\")"),
        ("bad-character", "(title: 'abc')"),
        ("unclosed-comment", "() /*"),
        ("attribute", "#![x] ()"),
        ("merge-conflict", "()\n<<<<<<< HEAD"),
        ("empty", ""),
        ("leading", "A title: (ratio: 1)"),
        ("trailing", "() x"),
        ("unclosed", "("),
        ("mismatched", "(]"),
        ("missing-comma", "(ratio: 1 count: 2)"),
        ("extra-comma", "(,)"),
        ("missing-colon", "(title \"a\")"),
        ("missing-value", "(title: )"),
        ("expected-value", "{1: }"),
        ("expected-field", "(1)"),
        ("quoted-name", "(\"title\": \"a\")"),
        ("unknown-field", "(titel: \"a\")"),
        ("duplicate-field", "(ratio: 1, ratio: 2)"),
        ("missing-field", "()"),
        ("wrong-name", "Dok()"),
        ("wrong-type", "(title: 1)"),
        ("unknown-name", "(kind: Pledg)"),
        ("bad-text", "(title: \"\\d\")"),
        ("bad-number", "(ratio: 2024-01-02)"),
        ("not-whole", "(count: 1.5)"),
        ("out-of-range", "(count: -1)"),
        ("rounded", "(ratio: 9007199254740993)"),
        ("not-finite", "(ratio: NaN)"),
    ];
    let mut seen: Vec<&str> = Vec::new();
    for (code, text) in texts {
        let (_, diagnostics) = read(text);
        assert!(
            diagnostics.iter().any(|p| p.code == code),
            "{code}: {diagnostics:?}"
        );
        seen.push(code);
    }
    let (_, diagnostics) = read(&"[".repeat(100));
    seen.extend(diagnostics.iter().map(|p| p.code));
    for bytes in [&b"\xff"[..], b"\xff\xfea\0", b"%PDF-", b"\0"] {
        seen.extend(
            decode_bytes(bytes.to_vec())
                .diagnostics
                .iter()
                .map(|p| p.code),
        );
    }
    seen.extend(check_with_ron("(").map(|p| p.code));
    // A text of 4 GB is too much for a test.
    seen.push("too-large");
    for (code, _) in codes::ALL {
        assert!(seen.contains(code), "nothing shows {code}");
    }
}

/// Whether all that looks like text to the lexer is text in the tree. Where a quotation mark is
/// missing it is not, and tokens alone do not tell a comment from a text.
fn tokens_are_nodes(text: &str) -> bool {
    let tree = parse(text);
    let mut texts = tokens(text).filter(|token| {
        use TokenKind::*;
        matches!(token.kind, Text | EscapedText | RawText | OpenText)
    });
    texts.all(|token| tree.span(tree.at(token.span.start)) == token.span)
}

type PathEdit<'a> = &'a dyn Fn(&mut RonDocument) -> Result<(), EditError>;

/// Edits by path are refused or leave no more errors than there were, and setting a scalar keeps
/// every comment and every byte around the value.
#[test]
fn damaged_texts_are_edited_safely() {
    let mut random = Random(0x0123_4567_89AB_CDEF);
    let (mut done, mut compared) = (0, 0);
    let all_comments = |text: &str| -> Vec<String> {
        let whole = Span::new(0, text.len() as u32);
        comments(text, whole).map(str::to_owned).collect()
    };
    for _ in 0..CASES / 3 {
        let text = damaged(&mut random);
        let has_true_tokens = tokens_are_nodes(&text);
        let part = || RonValue::Record(vec![("id".to_owned(), "new".into())]);
        let scalars = [path!["title"], path!["count"], path!["parts", 0, "size"]];
        let edits: [PathEdit; 7] = [
            &|doc| doc.set(scalars[0], "one \\ \"two\"\nthree"),
            &|doc| doc.set(scalars[1], 7),
            &|doc| doc.set(scalars[2], 1_000_000),
            &|doc| doc.push(path!["tags"], "new"),
            &|doc| doc.insert(path!["parts"], 1, part()),
            &|doc| doc.remove(path!["ratio"]),
            &|doc| doc.remove(path!["parts", 0]),
        ];
        for (index, edit) in edits.iter().enumerate() {
            let mut doc = RonDocument::parse(text.as_str());
            let before = doc.diagnostics().len();
            let old_value = scalars.get(index).and_then(|path| doc.get(path));
            let old_value = old_value.map(|node| node.span().range());
            match edit(&mut doc) {
                Ok(()) => {
                    assert!(doc.diagnostics().len() <= before, "{text:?}\n{doc}");
                    if let Some(old) = old_value {
                        assert!(doc.text().starts_with(&text[..old.start]), "{text:?}");
                        assert!(doc.text().ends_with(&text[old.end..]), "{text:?}");
                    }
                    if index < scalars.len() && has_true_tokens {
                        assert_eq!(all_comments(doc.text()), all_comments(&text), "{text:?}");
                        compared += 1;
                    }
                    done += 1;
                }
                Err(_) => assert_eq!(doc.text(), text),
            }
        }
        let mut doc = RonDocument::parse(text.as_str());
        if doc.format(&DefaultFormatRules::default()).is_ok() {
            let mut sorted = [all_comments(&text), all_comments(doc.text())];
            sorted.iter_mut().for_each(|comments| comments.sort());
            assert_eq!(sorted[0], sorted[1], "{text:?}");
        }
    }
    assert!(done > CASES / 3, "only {done} edits were made");
    assert!(compared > CASES / 6, "{compared} of {done}");
}
