//! `data/FORMAT.md` is true to the program: its tables are the program's own, its examples load,
//! and every problem code is in it.
//!
//! `LINCHPIN_BLESS=1 cargo test --test format` writes the tables anew. The last column of the
//! problem codes is written by hand and kept.

use linchpin_register::schema::{FieldCardinality, FieldSpec};
use linchpin_register::{
    Assessment, Citation, Continuity, FigureBase, Period, RecordKind, SourcedDate, amount, chart,
    codes, load, vocabulary,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/FORMAT.md")
}

fn page() -> String {
    std::fs::read_to_string(path()).unwrap()
}

/// What belongs between `<!-- name -->` and `<!-- end -->`; `now` is what stands there.
fn generated(name: &str, now: &str) -> String {
    if let Some(list) = name.strip_prefix("about: ") {
        return RecordKind::ALL
            .iter()
            .find(|k| k.list() == list)
            .map(|k| format!("{}\n", k.about()))
            .unwrap();
    }
    if let Some(of) = name.strip_prefix("fields: ") {
        return fields(match of {
            "Dated" => SourcedDate::FIELDS,
            "Period" => Period::FIELDS,
            "Base" => FigureBase::FIELDS,
            "Citation" => Citation::FIELDS,
            "Assessment" => Assessment::FIELDS,
            "Continuity" => Continuity::FIELDS,
            "Channel" => chart::Channel::FIELDS,
            "Derivation" => chart::Derivation::FIELDS,
            "Filter" => chart::ChartFilter::FIELDS,
            "Order" => chart::GroupOrder::FIELDS,
            "ReferenceLine" => chart::ReferenceLine::FIELDS,
            "Annotation" => chart::Annotation::FIELDS,
            list => RecordKind::ALL
                .iter()
                .find(|k| k.list() == list)
                .unwrap()
                .fields(),
        });
    }
    match name {
        "amounts" => {
            let rows = amount::AMOUNT_FORMS
                .iter()
                .map(|form| format!("| `{}` | {} |\n", form.example, form.meaning));
            format!(
                "| form | meaning |\n| --- | --- |\n{}",
                rows.collect::<String>()
            )
        }
        "vocabularies" => vocabularies(),
        "codes of the register" => problem_codes(codes::ALL, now),
        "codes of the text" => problem_codes(ron_lossless::codes::ALL, now),
        other => panic!("FORMAT.md asks for {other}, and nobody makes it"),
    }
}

fn fields(all: &[FieldSpec]) -> String {
    let mut out = String::from(
        "| name | needed | what stands there | meaning |\n| --- | --- | --- | --- |\n",
    );
    for field in all {
        let needed = if field.cardinality == FieldCardinality::Required {
            "yes"
        } else {
            "no"
        };
        let shape = match field.shape.strip_prefix('`') {
            Some(word) => format!("[{0}](#{1})", word.trim_matches('`'), anchor(word)),
            None if field.shape.starts_with(char::is_uppercase) && !field.shape.contains(' ') => {
                format!("`( )`, {}", nested(field.shape))
            }
            None => field.shape.to_owned(),
        };
        let shape = if field.cardinality == FieldCardinality::List {
            format!("list of {shape}")
        } else {
            shape
        };
        out.push_str(&format!(
            "| `{}` | {needed} | {shape} | {} |\n",
            field.name, field.doc
        ));
    }
    out
}

/// Where the fields of a record inside a record are explained.
fn nested(shape: &str) -> &'static str {
    match shape {
        "Citation" => "[a citation](#citations)",
        "Dated" => "[a date with its basis](#dates)",
        "Period" => "[a period](#dates)",
        "Base" => "a base, see below",
        "Assessment" => "an assessment, see below",
        "Continuity" => "a comparison, see below",
        "Channel" => "a channel, see below",
        "Filter" => "a filter, see below",
        "Derivation" => "a derivation, see below",
        "Order" => "an order, see below",
        "ReferenceLine" => "a line, see below",
        "Annotation" => "words at a place, see below",
        other => panic!("say where {other} is explained"),
    }
}

fn anchor(word: &str) -> String {
    word.trim_matches('`').to_lowercase().replace(' ', "-")
}

fn vocabularies() -> String {
    let mut out = String::new();
    for (title, terms) in vocabulary::all_vocabularies() {
        out.push_str(&format!(
            "### {title}\n\n| word | shown as | meaning |\n| --- | --- | --- |\n"
        ));
        for term in terms {
            let (name, label, meaning) = (term.name, term.label, term.meaning);
            out.push_str(&format!("| `{name}` | {label} | {meaning} |\n"));
        }
        out.push('\n');
    }
    out
}

fn problem_codes(all: &[(&str, &str)], now: &str) -> String {
    let fixes: BTreeMap<&str, &str> = now
        .lines()
        .filter_map(|line| {
            let mut cells = line.trim_matches('|').split(" | ");
            let code = cells.next()?.trim().strip_prefix('`')?.strip_suffix('`')?;
            Some((code, cells.nth(1)?.trim()))
        })
        .collect();
    let mut out = String::from("| code | what is wrong | what to do |\n| --- | --- | --- |\n");
    for (code, meaning) in all {
        let fix = fixes.get(code).copied().unwrap_or_default();
        out.push_str(&format!("| `{code}` | {meaning} | {fix} |\n"));
    }
    out
}

/// The page with every generated part made anew.
fn made_anew(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(start) = rest.find("<!-- ") {
        let (before, from) = rest.split_at(start);
        let (open, after) = from.split_once(" -->\n").expect("a marker ends its line");
        let (now, after) = after
            .split_once("<!-- end -->")
            .expect("every marker has its end");
        let name = open.trim_start_matches("<!-- ");
        out.push_str(&format!(
            "{before}<!-- {name} -->\n{}<!-- end -->",
            generated(name, now)
        ));
        rest = after;
    }
    out + rest
}

#[test]
fn the_tables_are_the_program_s_own() {
    let page = page();
    let anew = made_anew(&page);
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::write(path(), anew).unwrap();
        return;
    }
    for (now, right) in page.lines().zip(anew.lines()) {
        assert_eq!(
            now, right,
            "LINCHPIN_BLESS=1 cargo test --test format writes the tables anew"
        );
    }
    assert_eq!(page.lines().count(), anew.lines().count());
}

#[test]
fn every_problem_code_says_what_to_do() {
    let page = page();
    for (code, meaning) in codes::ALL.iter().chain(ron_lossless::codes::ALL) {
        let start = format!("| `{code}` | {meaning} | ");
        let row = page.lines().find_map(|line| line.strip_prefix(&start));
        let fix = row.unwrap_or_default().trim_end_matches('|').trim();
        assert!(
            fix.len() > 10 && fix.ends_with('.'),
            "{code} does not say what to do"
        );
    }
}

#[test]
fn every_field_of_the_head_and_every_list_is_named() {
    let page = page();
    for name in [
        "format",
        "title",
        "summary",
        "compiled",
        "compilers",
        "license",
    ] {
        assert!(page.contains(&format!("\n| `{name}` | ")), "{name}");
    }
    for kind in RecordKind::ALL {
        assert!(
            page.contains(&format!("<!-- fields: {} -->", kind.list())),
            "{kind:?}"
        );
        assert!(
            page.contains(&format!("```ron {}\n", kind.list())),
            "{kind:?} has no example"
        );
    }
}

/// The examples: what they are (the word after "ron"), and their text.
fn examples(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("\n```ron ").skip(1);
    blocks
        .map(|block| {
            let (what, rest) = block.split_once('\n').unwrap();
            (
                what.to_owned(),
                rest.split_once("\n```").unwrap().0.to_owned(),
            )
        })
        .collect()
}

fn problems(text: &str) -> Vec<String> {
    let loaded = load(text, Vec::new());
    loaded
        .diagnostics
        .iter()
        .map(|p| format!("{} at {:?}", p.message, p.span.of(text)))
        .collect()
}

#[test]
fn the_examples_are_a_register_without_problems() {
    let examples = examples(&page());
    assert!(examples.len() > 15);
    let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (at, (what, text)) in examples.iter().enumerate() {
        let cited = "citations: [(document: \"treaty-text\", external: true)]";
        let (list, record) = match what.as_str() {
            "file" => {
                assert_eq!(problems(text), [""; 0]);
                continue;
            }
            "date" => (
                "events",
                format!("(id: \"event-{at}\", title: \"A date\", date: {text}, {cited})"),
            ),
            "citation" => (
                "concerns",
                format!(
                    "(id: \"concern-{at}\", title: \"A citation\", statement: \"Cited.\", \
                    citations: [{text}])"
                ),
            ),
            "amount" => (
                "figures",
                format!(
                    "(id: \"figure-{at}\", title: \"An amount\", statement: \"Stated.\", kind: \
                    Count, amount: {text}, unit: \"things\", chartable: Yes, {cited})"
                ),
            ),
            list => (list, text.clone()),
        };
        lists.entry(list).or_default().push(record);
    }
    let lists: Vec<String> = lists
        .iter()
        .map(|(list, records)| format!("{list}: [\n{}\n],", records.join(",\n")))
        .collect();
    let text = format!(
        "(format: 1, title: \"The examples\",\n{}\n)",
        lists.join("\n")
    );
    assert_eq!(problems(&text), [""; 0]);
}
