//! Quick fixes: each is right, and together they come to an end and never make a register worse.

#[path = "../../ron-lossless/tests/common/damage.rs"]
mod damage;

use damage::{Random, damage_once};
use linchpin_edit::fix_all::fix_text;
use linchpin_register::{LoadedRegister, load};
use ron_lossless::{Diagnostic, codes, decode_bytes};
use std::fs;
use std::path::Path;

/// Registers of every kind of mess: those with pinned messages, and sound ones.
fn registers() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad");
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut paths: Vec<_> = entries
        .filter(|p| p.extension().is_some_and(|e| e == "ron"))
        .collect();
    paths.sort();
    let mut all: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let text = decode_bytes(fs::read(path).unwrap()).text;
            (path.file_name().unwrap().to_string_lossy().into(), text)
        })
        .collect();
    assert!(all.len() > 50);
    all.extend(SOUND.map(|text| ("sound".to_owned(), text.to_owned())));
    all
}

/// Small, sound registers in several layouts.
const SOUND: [&str; 4] = [
    "(\n    format: 1,\n    title: \"A register\", // of ours\n    compiled: \"2024-01\",\n    \
    parties: [\n        (id: \"us\", name: \"United States\", kind: State, \
    code: \"USA\"),\n        (\n            id: \"rok\",\n            name: \"Republic of Korea \
    (남한)\",\n            kind: State,\n        ),\n        (id: \"alliance\", name: \"The \
    Alliance\", kind: Grouping, members: [\"us\", \"rok\"]),\n    ],\n    themes: \
    [(id: \"exercises\", name: \"Exercises\")],\n)\n",
    "\u{feff}Register(\r\n  format: 1,\r\n  title: \"한미동맹 \\\"x\\\"\",\r\n  /* notes /* nested */ \
    */\r\n  documents: [\r\n    (\r\n      id: \"vision\",\r\n      title: \"The \
    Vision\",\r\n      short: \"Vision\",\r\n      kind: MinistersVision,\r\n      \
    legal_character: PoliticalInferred,\r\n      date: (date: \"2023-11-13\", basis: \
    Stated),\r\n      url: \"https://example.org/vision\",\r\n      number: Some(3),\r\n    \
    ),\r\n  ],\r\n)\r\n",
    "(format:1,title:r#\"raw \"text\"\"#,parties:[(id:\"us\",name:\"United States\",kind:State),\
    (id:\"b\",name:\"two\nlines\",kind:Office,parent:Some(\"us\"),role:None)])",
    "(\n  format: 1,\n  title: \"Numbers\",\n  documents: [(id: \"d\", title: \"D\", short: \"D\", \
    kind: Speech, legal_character: NoCharacter, date: (date: \"1953s\", basis: Stated), \
    url: \"http://x.y/z\")],\n  figures: [\n    (\n      id: \"troops\",\n      \
    title: \"Personnel\",\n      statement: \"About 28,500 serve.\",\n      kind: Count,\n      \
    amount: Between(28000, 28500.5),\n      unit: \"personnel\",\n      chartable: No(\"a \
    bound\"),\n      citations: [(document: \"d\", paragraph: 1, phrase: \"28,500\", external: \
    true)],\n    ),\n  ],\n)\n",
];

const PIECES: [&str; 44] = [
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
    "//",
    "/*",
    "\n",
    " ",
    "=",
    "title",
    "None",
    "null",
    "Some(",
    "-",
    ".",
    "\u{feff}",
    "\u{a0}",
    "\u{200b}",
    "2024-01-02",
    "“",
    "”",
    "id: \"x\"",
    "，",
    "：",
    "（",
    "）",
    "28,500",
    "true",
    "State ",
    "\n)",
    "\n],",
    "),",
    "id: \"us\",",
    "\n=======\n",
    "«",
    "13 November 2023",
];

fn damaged(random: &mut Random, from: &[(String, String)], slips: usize) -> String {
    let mut text = from[random.below(from.len())].1.clone();
    for _ in 0..slips {
        damage_once(random, &mut text, &PIECES);
    }
    text
}

fn broken(loaded: &LoadedRegister) -> usize {
    loaded.tree.diagnostics.len() + loaded.tree.diagnostics_omitted
}

/// What is wrong with one quick fix of a text: nothing, or words.
fn fault(text: &str, before: &LoadedRegister, problem: &Diagnostic) -> Option<String> {
    let change = problem.fix.as_ref()?;
    let Some(after) = change.apply_edits(text) else {
        return Some("it does not fit".into());
    };
    if after == text {
        return Some("it changes nothing".into());
    }
    let loaded = load(after.as_str(), Vec::new());
    let (was, is) = (broken(before), broken(&loaded));
    match codes::is_syntax(problem.code) {
        true if is > was => return Some(format!("{was} slips of the syntax became {is}")),
        false if is > was => return Some(format!("{was} slips of the syntax became {is}")),
        _ => {}
    }
    // Its own place is in order: the same diagnostic is not there again.
    let first = change.edits.first()?;
    let last = change.edits.last()?;
    let end = after.len() - (text.len() - last.span.end as usize);
    let place = first.span.start as usize..=end;
    let again = |p: &&Diagnostic| {
        p.code == problem.code
            && p.message == problem.message
            && place.contains(&(p.span.start as usize))
            && change.edits.len() == 1
    };
    let again = loaded.diagnostics.iter().find(again);
    again.map(|p| format!("it is there again: {p:?}"))
}

/// How many quick fixes there are in a text, and what is wrong with them.
fn faults(text: &str) -> (usize, Vec<String>) {
    let before = load(text, Vec::new());
    let repairs = before.diagnostics.iter().filter(|p| p.fix.is_some());
    let wrong = repairs.clone().filter_map(|p| {
        let words = fault(text, &before, p)?;
        Some(format!("{} [{}]: {words}, in\n{text}", p.message, p.code))
    });
    (repairs.count(), wrong.collect())
}

/// Quick fixes everything and holds what comes out against what there was.
fn check_all_repairs(text: &str) {
    let before = load(text, Vec::new());
    let repaired = fix_text(text);
    let after = &repaired.remaining;
    assert!(broken(after) <= broken(&before), "{text:?}");
    let kept = |loaded: &LoadedRegister| loaded.register.iter_records().count();
    if broken(after) == broken(&before) {
        assert!(kept(after) >= kept(&before), "{text:?}");
    }
    // What stood behind a mistake comes to light with its quick fix; nothing else does.
    let uncovers = |p: &Diagnostic| {
        codes::is_syntax(p.code)
            || p.code == "not-a-register"
            || p.code == "unknown-field"
            || p.code == "wrong-type"
    };
    let is_uncovered = broken(after) < broken(&before)
        || kept(after) > kept(&before)
        || repaired.fixes.iter().any(|made| uncovers(&made.diagnostic));
    assert!(
        after.diagnostic_count() <= before.diagnostic_count() || is_uncovered,
        "{text:?}"
    );
    for made in &repaired.fixes {
        assert!(!made.change.edits.is_empty() && !made.lines.is_empty());
        assert!(!made.change.label.is_empty());
    }
    let again = self::fix_text(&repaired.text);
    assert!(again.fixes.is_empty(), "{text:?}: {:?}", again.fixes);
    assert_eq!(again.text, repaired.text);
}

#[test]
fn every_repair_of_the_pinned_registers_is_right() {
    let mut total = 0;
    for (name, text) in registers() {
        let (count, wrong) = faults(&text);
        assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
        total += count;
        check_all_repairs(&text);
    }
    assert!(total > 60, "{total}");
}

/// One mistake in a sound register: whatever is offered is right, and most texts come back as they
/// were.
#[test]
fn a_single_slip_is_repaired_or_left_alone() {
    let sound = SOUND.map(|text| ("sound".to_owned(), text.to_owned()));
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut slips, mut better) = (0, 0);
    for _ in 0..2_000 {
        let text = damaged(&mut random, &sound, 1);
        let before = load(text.as_str(), Vec::new()).diagnostic_count();
        let (count, wrong) = faults(&text);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        slips += usize::from(before > 0);
        if count > 0 {
            check_all_repairs(&text);
            better += usize::from(fix_text(&text).remaining.diagnostic_count() < before);
        }
    }
    assert!(better * 4 > slips, "{better} of {slips}");
}

#[test]
fn repairs_of_damaged_registers_lead_forward_and_end() {
    let from = registers();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let (mut total, mut wrong) = (0, Vec::new());
    for _ in 0..1_500 {
        let slips = 1 + random.below(3);
        let text = damaged(&mut random, &from, slips);
        let (count, faults) = faults(&text);
        total += count;
        wrong.extend(faults);
        check_all_repairs(&text);
    }
    // Where several mistakes stand at one place, what looks sure may not be: it is left undone when
    // all are repaired together.
    assert!(wrong.len() * 500 < total, "{}", wrong.join("\n"));
}

#[test]
fn the_same_slip_thousands_of_times_is_repaired_each_time() {
    let party = |i: usize| format!("    (id: \"p-{i}\", name: \"P\" kind: Stat),\n");
    let parties: String = (0..1_500).map(party).collect();
    let text = format!("(\n  format: 1,\n  title: \"Many\",\n  parties: [\n{parties}  ],\n)\n");
    let repaired = fix_text(&text);
    assert_eq!(repaired.remaining.diagnostic_count(), 0);
    assert_eq!(repaired.fixes.len(), 3_000);
    assert_eq!(
        repaired.text,
        text.replace("\"P\" kind: Stat", "\"P\", kind: State")
    );
}
