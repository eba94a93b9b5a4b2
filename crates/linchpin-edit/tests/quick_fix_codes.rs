//! Every kind of diagnostic has decided: it has a sure quick fix, which is shown, or none, and why.

use linchpin_register::{codes, load};
use ron_lossless::{codes as ron, decode_bytes};

enum Decision {
    /// What a text looks like before and after the quick fix of its first diagnostic of this kind.
    /// Others of its kind may have none.
    Sure(&'static str, &'static str),
    /// Why nobody but the author can know.
    No(&'static str),
}
use Decision::{No, Sure};

/// The fields of a register; `…` stands for a party that is in order.
const DECISIONS: &[(&str, Decision)] = &[
    (ron::NOT_UTF8, No("the encoding would be a guess")),
    (
        ron::UTF16,
        No("it is no change of the text: `linchpin fix` saves the file as UTF-8"),
    ),
    (ron::BINARY, No("there is no text")),
    (ron::NUL, No("the file may be damaged elsewhere as well")),
    (ron::TOO_LARGE, No("nothing was read")),
    (ron::INVISIBLE, Sure("parties:\u{a0}[…]", "parties: […]")),
    (
        ron::UNEXPECTED,
        Sure("# Ours\nparties: […]", "// Ours\nparties: […]"),
    ),
    (
        ron::CURLY_QUOTES,
        Sure("summary: “Short”", "summary: \"Short\""),
    ),
    (
        ron::UNQUOTED,
        Sure("summary: In a few words", "summary: \"In a few words\""),
    ),
    (
        ron::UNCLOSED_TEXT,
        Sure(
            "\nsummary: \"Short,\nlicense: \"MIT\"",
            "\nsummary: \"Short\",\nlicense: \"MIT\"",
        ),
    ),
    (
        ron::STRAY_QUOTE,
        Sure(
            "summary: \"It is \"short\" now\"",
            "summary: \"It is \\\"short\\\" now\"",
        ),
    ),
    (
        ron::BAD_CHARACTER,
        Sure("summary: 'Short'", "summary: \"Short\""),
    ),
    (ron::UNCLOSED_COMMENT, No("where it ends is not known")),
    (
        ron::ATTRIBUTE,
        Sure("#![enable(x)]\n(title: \"A\")", "(title: \"A\")"),
    ),
    (
        ron::MERGE_CONFLICT,
        No("either version may be right, or parts of both"),
    ),
    (ron::EMPTY, No("there is nothing")),
    (ron::LEADING, No("the words may go, or become a comment")),
    (ron::TRAILING, No("a bracket too many may stand far above")),
    (
        ron::UNCLOSED,
        Sure("\nparties: […,\nthemes: []", "\nparties: […],\nthemes: []"),
    ),
    (
        ron::MISMATCHED,
        Sure("parties: […), themes: []", "parties: […], themes: []"),
    ),
    (ron::TOO_DEEP, No("the text is something else")),
    (
        ron::MISSING_COMMA,
        Sure("parties: […] themes: []", "parties: […], themes: []"),
    ),
    (
        ron::EXTRA_COMMA,
        Sure("parties: […],, themes: []", "parties: […], themes: []"),
    ),
    (
        ron::MISSING_COLON,
        Sure("summary = \"Short\"", "summary: \"Short\""),
    ),
    (ron::MISSING_VALUE, No("the value is not known")),
    (ron::EXPECTED_VALUE, No("the value is not known")),
    (
        ron::EXPECTED_FIELD,
        Sure(
            "ladder: [(id: \"a\", label: \"A\", rank: 1,000)]",
            "ladder: [(id: \"a\", label: \"A\", rank: 1000)]",
        ),
    ),
    (
        ron::QUOTED_NAME,
        Sure("\"summary\": \"Short\"", "summary: \"Short\""),
    ),
    (
        ron::NOT_RON,
        No("another program says so, and not how to set it right"),
    ),
    (
        ron::UNKNOWN_FIELD,
        Sure("sumary: \"Short\"", "summary: \"Short\""),
    ),
    (
        ron::DUPLICATE_FIELD,
        Sure("license: \"MIT\", license: \"MIT\"", "license: \"MIT\""),
    ),
    (ron::MISSING_FIELD, No("the value is not known")),
    (
        ron::WRONG_NAME,
        Sure(
            "parties: [Prty(id: \"b\", name: \"B\", kind: State)]",
            "parties: [Party(id: \"b\", name: \"B\", kind: State)]",
        ),
    ),
    (ron::WRONG_TYPE, Sure("summary: 2023", "summary: \"2023\"")),
    (
        ron::UNKNOWN_NAME,
        Sure(
            "parties: [(id: \"b\", name: \"B\", kind: stat)]",
            "parties: [(id: \"b\", name: \"B\", kind: State)]",
        ),
    ),
    (
        ron::BAD_TEXT,
        Sure("summary: \"C:\\docs\"", "summary: \"C:\\\\docs\""),
    ),
    (ron::BAD_NUMBER, No("the number is not known")),
    (
        ron::NOT_WHOLE,
        Sure(
            "ladder: [(id: \"a\", label: \"A\", rank: 3.0)]",
            "ladder: [(id: \"a\", label: \"A\", rank: 3)]",
        ),
    ),
    (ron::OUT_OF_RANGE, No("the number is not known")),
    (
        ron::ROUNDED,
        No("how many digits are known is the author's"),
    ),
    (ron::NOT_FINITE, No("the number is not known")),
    (
        codes::NOT_A_REGISTER,
        Sure(
            "{\"title\": \"A\", \"parties\": []}",
            "(title: \"A\", parties: [])",
        ),
    ),
    (
        codes::FORMAT,
        No("another format may mean other things by its fields"),
    ),
    (
        codes::BAD_ID,
        Sure(
            "parties: [(id: \"The B\", name: \"B\", kind: State, parent: \"The B\")]",
            "parties: [(id: \"the-b\", name: \"B\", kind: State, parent: \"the-b\")]",
        ),
    ),
    (
        codes::DUPLICATE_ID,
        Sure(
            "parties: […, …]",
            "parties: […, (id: \"us-2\", name: \"United States\", kind: State)]",
        ),
    ),
    (
        codes::DANGLING_LINK,
        Sure(
            "themes: [(id: \"exercises\", name: \"E\")], concerns: [(id: \"c\", title: \"C\", \
            statement: \"C\", themes: [\"exercses\"])]",
            "themes: [(id: \"exercises\", name: \"E\")], concerns: [(id: \"c\", title: \"C\", \
            statement: \"C\", themes: [\"exercises\"])]",
        ),
    ),
    (
        codes::WRONG_LINK,
        No("the record that is meant is not known"),
    ),
    (codes::CIRCLE, No("which parent is wrong is not known")),
    (
        codes::BAD_DATE,
        Sure("compiled: \"13 November 2023\"", "compiled: \"2023-11-13\""),
    ),
    (
        codes::BAD_AMOUNT,
        Sure(
            "figures: [(id: \"f\", amount: Exactly(28,500))]",
            "figures: [(id: \"f\", amount: Exactly(28500))]",
        ),
    ),
    (
        codes::BAD_VALUE,
        Sure(
            "figures: [(id: \"f\", chartable: true)]",
            "figures: [(id: \"f\", chartable: Yes)]",
        ),
    ),
    (
        codes::BAD_CODE,
        Sure(
            "parties: [(id: \"b\", name: \"B\", kind: State, code: \"kor\")]",
            "parties: [(id: \"b\", name: \"B\", kind: State, code: \"KOR\")]",
        ),
    ),
    (
        codes::BAD_URL,
        Sure(
            "documents: [(id: \"d\", title: \"D\", short: \"D\", kind: Speech, legal_character: \
            NoCharacter, date: (date: \"2023\", basis: Stated), url: \"HTTPS://example.org \")]",
            "documents: [(id: \"d\", title: \"D\", short: \"D\", kind: Speech, legal_character: \
            NoCharacter, date: (date: \"2023\", basis: Stated), url: \"https://example.org\")]",
        ),
    ),
    (codes::BAD_PATH, No("where the text belongs is not known")),
    (codes::BAD_PARAGRAPH, No("the paragraph is not known")),
    (codes::EMPTY_TEXT, No("the words are not known")),
    (
        codes::CONTROL_CHARACTER,
        Sure("summary: \"Sh\\u{7}o\u{1b}rt\"", "summary: \"Short\""),
    ),
    (
        codes::ZERO_WIDTH,
        Sure(
            "parties: [(id: \"b\", name: \"B\\u{200b}b\u{2060}\", kind: State)]",
            "parties: [(id: \"b\", name: \"Bb\", kind: State)]",
        ),
    ),
    (codes::LONG_TEXT, No("what can be left out is not known")),
    (codes::NO_CITATION, No("the source is not known")),
    (codes::LONG_PHRASE, No(NEEDS_TEXT)),
    (codes::PHRASE_NORMALIZED, No(NEEDS_TEXT)),
    (codes::PHRASE_MOVED, No(NEEDS_TEXT)),
    (
        codes::PHRASE_BROKEN,
        No("the words, the paragraph or the text may be wrong"),
    ),
    (codes::TEXT_CHANGED, No(NEEDS_TEXT)),
    (codes::TEXT_MISSING, No("where the text is is not known")),
    (
        codes::OPEN_SENTENCES,
        No("what they say is the author's to read"),
    ),
    (codes::NO_SPEAKER, No("the speaker is not known")),
    (codes::NO_SOURCE, No("the source is not known")),
    (
        codes::SECOND_HEAD,
        No("either of the two may be the right one"),
    ),
    (codes::NO_ARITHMETIC, No("the arithmetic is not known")),
    (codes::NO_EVIDENCE, No("the evidence is not known")),
    (
        codes::CHART_FIELD,
        Sure(
            "parties: […], charts: [(id: \"c\", title: \"C\", records: [Parties], mark: Bar, y: \
            (field: \"knd\"))]",
            "parties: […], charts: [(id: \"c\", title: \"C\", records: [Parties], mark: Bar, y: \
            (field: \"kind\"))]",
        ),
    ),
    (
        codes::CHART_NOT_DRAWN,
        No("there are several ways out, and which chart was meant is not known"),
    ),
    (
        codes::LADDER,
        No("the step may be wrong, or a note may be missing"),
    ),
    (codes::MISSING_UNIT, No("the unit is not known")),
    (codes::MISSING_BASE, No("the base is not known")),
    (
        codes::NOT_IN_PHRASE,
        No("the number may be wrong, or the phrase"),
    ),
    (codes::NOT_CHARTABLE, No("the reason is the author's")),
    (
        codes::BOUND,
        No("the amount or the words before it may be wrong"),
    ),
    (codes::ORDER, No("either date may be wrong")),
    (codes::NO_MEMBERS, No("the members are not known")),
];

/// Of a register alone these never come up.
const NEEDS_TEXT: &str = "sure, but only where the text is at hand: see tests/texts/problems.rs";

const PARTY: &str = "(id: \"us\", name: \"United States\", kind: State)";

/// A whole register with these fields; a text in brackets of its own is one already.
fn register(fields: &str) -> String {
    let fields = fields.replace('…', PARTY);
    match fields.starts_with(['{', '(']) || fields.starts_with("#!") {
        true => fields,
        false => format!("(format: 1, title: \"A\",{fields})"),
    }
}

#[test]
fn every_code_has_decided() {
    let all = ron::ALL.iter().chain(codes::ALL).map(|(code, _)| *code);
    let undecided: Vec<&str> = all
        .filter(|code| DECISIONS.iter().filter(|d| d.0 == *code).count() != 1)
        .collect();
    assert_eq!(undecided, [""; 0]);
}

#[test]
fn sure_repairs_do_what_they_should() {
    for (code, decision) in DECISIONS {
        let (before, after) = match decision {
            Sure(before, after) => (register(before), register(after)),
            No(why) => {
                assert!(!why.is_empty(), "{code}");
                continue;
            }
        };
        let loaded = load(before.as_str(), Vec::new());
        let problem = loaded.diagnostics.iter().find(|p| p.code == *code);
        let Some(problem) = problem else {
            panic!("{code} does not come up: {:?}", loaded.diagnostics);
        };
        let Some(change) = &problem.fix else {
            panic!("{code} has no repair: {problem:?}");
        };
        assert_eq!(
            change.apply_edits(&before).as_deref(),
            Some(after.as_str()),
            "{code}"
        );
        let capital = change.label.starts_with(|c: char| c.is_ascii_uppercase());
        assert!(capital && !change.label.ends_with('.'), "{}", change.label);
        let left = load(after, Vec::new());
        assert!(
            !left
                .diagnostics
                .iter()
                .any(|p| p.code == *code && p.fix.is_some()),
            "{code}: {:?}",
            left.diagnostics
        );
    }
}

/// A code without a quick fix never carries one, in any of the pinned registers.
#[test]
fn codes_that_have_none_carry_none() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "ron") {
            continue;
        }
        let source = decode_bytes(std::fs::read(path).unwrap());
        for problem in load(source.text, source.diagnostics).diagnostics.iter() {
            let none = |d: &&(&str, Decision)| d.0 == problem.code && matches!(d.1, No(_));
            if DECISIONS.iter().any(|d| none(&d)) {
                assert_eq!(problem.fix, None, "{problem:?}");
                seen += 1;
            }
        }
    }
    assert!(seen > 50);
}
