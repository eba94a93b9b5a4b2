//! A register in one file made into several, and back.

use crate::random::registers::{SECOND, SMALL, messy};
use crate::random_numbers::Random;
use linchpin_edit::format::format_register;
use linchpin_edit::merge_registers::merge_registers;
use linchpin_edit::split::split_register;
use linchpin_register::{LoadedRegister, RegisterFileText, load, load_files};
use ron_lossless::{Token, TokenKind, tokens};

fn files(text: &str) -> Vec<(String, String)> {
    let files = split_register(&load(text, Vec::new())).expect(text);
    files.into_iter().map(|f| (f.name, f.text)).collect()
}

fn folder(files: &[(String, String)]) -> LoadedRegister {
    let files = files.iter().map(|(name, text)| RegisterFileText {
        name: name.as_str().into(),
        text: text.clone(),
        diagnostics: Vec::new(),
    });
    load_files(files.collect()).checked_with_ron()
}

#[test]
fn every_remark_goes_with_what_it_stands_by() {
    let text = "#![enable(implicit_some)]\r\n// Ours\r\n(\r\n  format: 1,\r\n  title: \"동맹\", // \
        the title\r\n\r\n  // Who\r\n  parties: [\r\n    // apart\r\n\r\n    (id: \"us\", name: \
        r\"U\n S\", kind: State), // us\r\n  ], // all of them\r\n\r\n  // Nothing yet\r\n  \
        events: [],\r\n\r\n  /* Why */ themes: [(id: \"t\", name: \"T\")]\r\n  // The end\r\n)\r\n";
    let want = [
        (
            "parties.ron",
            "#![enable(implicit_some)]\r\n(\r\n  format: 1,\r\n\r\n  // Who\r\n  parties: [\r\n    \
            // apart\r\n\r\n    (id: \"us\", name: r\"U\n S\", kind: State), // us\r\n  ], // all \
            of them\r\n)\r\n",
        ),
        (
            "register.ron",
            "#![enable(implicit_some)]\r\n// Ours\r\n(\r\n  format: 1,\r\n  title: \"동맹\", // the \
            title\r\n\r\n  // Nothing yet\r\n  events: [],\r\n  // The end\r\n)\r\n",
        ),
        (
            "themes.ron",
            "#![enable(implicit_some)]\r\n(\r\n  format: 1,\r\n\r\n  /* Why */ themes: \
            [(id: \"t\", name: \"T\")],\r\n)\r\n",
        ),
    ];
    let found = files(text);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    assert_eq!(found, want);
}

#[test]
fn the_shipped_register_is_split_and_made_one_again() {
    let whole = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
    let files = files(linchpin_register::bundled::ALLIANCE_TEXT);
    assert!(files.len() > 8);
    let folder = folder(&files);
    assert_eq!(folder.diagnostic_count(), 0, "{:?}", folder.diagnostics);
    let empty = load(
        format!("(format: 1, title: \"{}\")", whole.register.title),
        Vec::new(),
    );
    let one = merge_registers(&folder, &empty, None).unwrap().loaded;
    let json = |loaded: &LoadedRegister| -> Vec<serde_json::Value> {
        loaded
            .register
            .iter_records()
            .map(|(_, r)| r.json())
            .collect()
    };
    assert_eq!(json(&one), json(&whole));
    // No remark is lost.
    let lines = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(|l| l.trim().to_owned()).collect();
        lines.retain(|l| l.starts_with("//"));
        lines.sort();
        lines
    };
    assert_eq!(lines(&folder.text), lines(&whole.text));
    assert_eq!(lines(&one.text), lines(&whole.text));
}

#[test]
fn one_line_is_split_as_well_and_what_is_broken_is_not() {
    let text = "(format: 1, title: \"T\", parties: [(id: \"us\", name: \"U\", kind: State)])";
    let files = files(text);
    assert_eq!(
        files[0].1,
        "(\n    format: 1,\n\n    parties: [(id: \"us\", name: \"U\", kind: State)],\n)\n"
    );
    assert_eq!(files[1].1, "(format: 1, title: \"T\")");
    assert_eq!(split_register(&load(&text[..60], Vec::new())), None);
    assert_eq!(split_register(&folder(&files)), None);
}

/// The files of a folder as one.
fn joined(folder: &LoadedRegister) -> LoadedRegister {
    let empty = load("(format: 1, title: \"Empty\")", Vec::new());
    merge_registers(folder, &empty, None).unwrap().loaded
}

/// Every record, as it is read.
fn records(loaded: &LoadedRegister) -> Vec<serde_json::Value> {
    let all = loaded.register.iter_records();
    all.map(|(_, record)| record.json()).collect()
}

/// The same text with numbered remarks between its signs, and how many there are up to here.
struct Remarks<'r> {
    random: &'r mut Random,
    count: usize,
    /// One of so many places has a remark.
    places: usize,
}

impl Remarks<'_> {
    fn put_into(&mut self, text: &str) -> String {
        let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let all: Vec<Token> = tokens(text).collect();
        let mut out = String::new();
        let mut is_attribute = false;
        for token in &all {
            let solid = !token.kind.is_trivia();
            is_attribute |= token.kind == TokenKind::Hash;
            if solid && (!is_attribute || token.kind == TokenKind::Hash) {
                self.put(&mut out, eol);
            }
            out.push_str(token.span.of(text));
            if is_attribute && token.kind == TokenKind::RightBracket {
                is_attribute = false;
                self.put(&mut out, eol);
            }
        }
        self.put(&mut out, eol);
        out
    }

    fn put(&mut self, out: &mut String, eol: &str) {
        if !self.random.one_in(self.places) {
            return;
        }
        self.count += 1;
        out.push_str([" ", eol, &format!("{eol}{eol}  "), ""][self.random.below(4)]);
        // `/` and a remark would be something else.
        if out.ends_with('/') {
            out.push(' ');
        }
        let number = self.count;
        out.push_str(&match self.random.below(4) {
            0 => format!("/* <{number}> */"),
            1 => format!("/* <{number}>{eol} two */ "),
            _ => format!("// <{number}>{eol}"),
        });
        out.push_str(["", " ", eol, &format!("{eol}{eol}\t")][self.random.below(4)]);
    }

    /// Every remark stands in the texts once.
    fn check(&self, texts: &[&str], before: &str) {
        for number in 1..=self.count {
            let mark = format!("<{number}>");
            let found: usize = texts.iter().map(|text| text.matches(&mark).count()).sum();
            let texts = texts.join("\n-----\n");
            assert_eq!(found, 1, "remark {number} of\n{before}\n-----\n{texts}");
        }
    }
}

#[test]
fn no_remark_is_lost_or_doubled_wherever_it_stands() {
    let small = SMALL.replace("    concerns: [", "    charts: [\n    ],\n    concerns: [");
    let tidy = format_register(&small).unwrap();
    let one_line = "(format: 1, title: \"T\", parties: [(id: \"a\", name: \"A\", kind: State)], \
        recipes: [], themes: [(id: \"t\", name: \"T\")])";
    let mut seen = 0;
    for seed in 1..=120 {
        let mut random = Random(seed * 0x9E37_79B9);
        let messy = messy(&small, &mut random);
        let text = [&*small, &tidy, &messy, one_line][random.below(4)];
        let places = [1, 2, 5, 20][random.below(4)];
        let mut remarks = Remarks {
            random: &mut random,
            count: 0,
            places,
        };
        let text = remarks.put_into(text);
        let loaded = load(text.as_str(), Vec::new()).checked_with_ron();
        assert_eq!(
            loaded.diagnostic_count(),
            0,
            "{:?}\n{text}",
            loaded.diagnostics
        );
        let files = files(&text);
        let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
        remarks.check(&texts, &text);
        let folder = folder(&files);
        assert_eq!(records(&folder), records(&loaded));
        let one = joined(&folder);
        remarks.check(&[&one.text], &folder.text);
        assert_eq!(records(&one), records(&loaded));
        seen += remarks.count;
    }
    assert!(seen > 5000, "{seen}");
}

#[test]
fn files_of_any_layout_keep_their_remarks_when_they_are_joined() {
    for seed in 1..=80 {
        let mut random = Random(seed * 0x51_7C_C1_B7);
        let (one, two) = match random.one_in(2) {
            true => (SMALL.to_owned(), SECOND.to_owned()),
            false => (messy(SMALL, &mut random), messy(SECOND, &mut random)),
        };
        let third = "(format: 1, license: \"MIT\", compilers: [\"Lee\", \"Park\"], charts: [])";
        let mut remarks = Remarks {
            random: &mut random,
            count: 0,
            places: [1, 3, 12][seed as usize % 3],
        };
        let texts = [&*one, &two, third].map(|text| remarks.put_into(text));
        let names = ["b.ron", "a.ron", "c.ron"].map(str::to_owned);
        let files: Vec<(String, String)> = names.into_iter().zip(texts).collect();
        let folder = folder(&files);
        assert!(
            !folder.is_broken,
            "{:?}\n{}",
            folder.diagnostics, folder.text
        );
        let joined = joined(&folder);
        remarks.check(&[&joined.text], &folder.text);
        assert_eq!(records(&joined).len(), records(&folder).len());
    }
}
