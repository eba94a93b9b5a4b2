//! A register in one file made into several, and back.

use linchpin_edit::merge_registers::merge_registers;
use linchpin_edit::split::split_register;
use linchpin_register::{LoadedRegister, RegisterFileText, load, load_files};

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
