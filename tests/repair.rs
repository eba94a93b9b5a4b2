//! Repairs: each is right, and together they come to an end and never make a register worse.

use linchpin::edit::repair::repaired;
use linchpin::register::{Loaded, load};
use linchpin::ron_text::{Problem, codes, text_of, tokens};
use std::fs;
use std::path::Path;

/// Registers of every kind of mess: those with pinned messages, and sound ones.
fn registers() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut paths: Vec<_> = entries
        .filter(|p| p.extension().is_some_and(|e| e == "ron"))
        .collect();
    paths.sort();
    let mut all: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let text = text_of(fs::read(path).unwrap()).text;
            (path.file_name().unwrap().to_string_lossy().into(), text)
        })
        .collect();
    assert!(all.len() > 50);
    all.extend(SOUND.map(|text| ("sound".to_owned(), text.to_owned())));
    all
}

/// Small, sound registers in several layouts.
const SOUND: [&str; 4] = [
    "(\n    format: 1,\n    title: \"A register\", // of ours\n    compiled: \"2024-01\",\n    parties: [\n        (id: \"us\", name: \"United States\", kind: State, code: \"USA\"),\n        (\n            id: \"rok\",\n            name: \"Republic of Korea (남한)\",\n            kind: State,\n        ),\n        (id: \"alliance\", name: \"The Alliance\", kind: Grouping, members: [\"us\", \"rok\"]),\n    ],\n    themes: [(id: \"exercises\", name: \"Exercises\")],\n)\n",
    "\u{feff}Register(\r\n  format: 1,\r\n  title: \"한미동맹 \\\"x\\\"\",\r\n  /* notes /* nested */ */\r\n  documents: [\r\n    (\r\n      id: \"vision\",\r\n      title: \"The Vision\",\r\n      short: \"Vision\",\r\n      kind: MinistersVision,\r\n      legal_character: PoliticalInferred,\r\n      date: (date: \"2023-11-13\", basis: Stated),\r\n      url: \"https://example.org/vision\",\r\n      number: Some(3),\r\n    ),\r\n  ],\r\n)\r\n",
    "(format:1,title:r#\"raw \"text\"\"#,parties:[(id:\"us\",name:\"United States\",kind:State),(id:\"b\",name:\"two\nlines\",kind:Office,parent:Some(\"us\"),role:None)])",
    "(\n  format: 1,\n  title: \"Numbers\",\n  documents: [(id: \"d\", title: \"D\", short: \"D\", kind: Speech, legal_character: NoCharacter, date: (date: \"1953s\", basis: Stated), url: \"http://x.y/z\")],\n  figures: [\n    (\n      id: \"troops\",\n      title: \"Personnel\",\n      statement: \"About 28,500 serve.\",\n      kind: Count,\n      amount: Between(28000, 28500.5),\n      unit: \"personnel\",\n      chartable: No(\"a bound\"),\n      citations: [(document: \"d\", paragraph: 1, phrase: \"28,500\", external: true)],\n    ),\n  ],\n)\n",
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

/// xorshift: the same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn place(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }
}

fn damaged(random: &mut Random, from: &[(String, String)]) -> String {
    let mut text = from[random.below(from.len())].1.clone();
    for _ in 0..1 + random.below(3) {
        let at = random.place(&text);
        let near = text.floor_char_boundary((at + random.below(8)).min(text.len()));
        match random.below(6) {
            0 => text.insert_str(at, PIECES[random.below(PIECES.len())]),
            1 => text.replace_range(at..near, ""),
            2 => text.replace_range(at..near, PIECES[random.below(PIECES.len())]),
            3 => {
                let copy = text[at..near].to_string();
                text.insert_str(at, &copy);
            }
            _ => {
                let all: Vec<_> = tokens(&text).map(|t| t.span).collect();
                if let Some(span) = all.get(random.below(all.len())) {
                    text.replace_range(span.range(), "");
                }
            }
        }
    }
    text
}

fn broken(loaded: &Loaded) -> usize {
    loaded.tree.problems.len() + loaded.tree.problems_left_out
}

/// What is wrong with one repair of a text: nothing, or words.
fn fault(text: &str, before: &Loaded, problem: &Problem) -> Option<String> {
    let change = problem.repair.as_ref()?;
    let Some(after) = change.apply(text) else {
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
    // Its own place is in order: the same problem is not there again.
    let first = change.splices.first()?;
    let last = change.splices.last()?;
    let end = after.len() - (text.len() - last.span.end as usize);
    let place = first.span.start as usize..=end;
    let again = |p: &&Problem| {
        p.code == problem.code
            && p.message == problem.message
            && place.contains(&(p.span.start as usize))
            && change.splices.len() == 1
    };
    let again = loaded.problems.iter().find(again);
    again.map(|p| format!("it is there again: {p:?}"))
}

#[test]
fn explore() {
    let from = registers();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut faults = 0;
    let mut total = 0;
    let mut grew = 0;
    for case in 0..6000 {
        let text = damaged(&mut random, &from);
        let before = load(text.as_str(), Vec::new());
        for p in before.problems.iter() {
            total += p.repair.is_some() as usize;
            if let Some(words) = fault(&text, &before, p) {
                faults += 1;
                let lines: Vec<&str> = text.lines().collect();
                let at = linchpin::ron_text::Lines::new(&text)
                    .position(&text, p.span.start)
                    .line as usize;
                println!(
                    "## {case} {} [{}] {} => {words}\n{}",
                    p.message,
                    p.code,
                    p.repair.as_ref().unwrap().words,
                    lines[at.saturating_sub(3)..(at + 2).min(lines.len())].join("\n")
                );
            }
        }
        let r = repaired(&text);
        let n = (r.left.problem_count(), before.problem_count());
        if n.0 > n.1 && broken(&before) == 0 {
            grew += 1;
            println!("!! {case} grew {n:?}");
            for m in &r.changes {
                println!(
                    "     {} [{}] {} \n -{}\n +{}",
                    m.problem.message,
                    m.problem.code,
                    m.change.words,
                    m.lines[0].before,
                    m.lines[0].after
                );
            }
            for p in r.left.problems.iter() {
                println!("    left {} {}", p.code, p.message);
            }
        }
        let again = repaired(&r.text);
        assert!(again.changes.is_empty() && again.text == r.text, "{text:?}");
    }
    println!("{total} repairs, {faults} faults, {grew} grew");
}
