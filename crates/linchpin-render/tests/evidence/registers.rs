//! Registers to make images of: the one that comes with the program, and some that nobody should
//! write.

use linchpin_register::bundled;
use linchpin_register::{Chart, LoadedRegister, RegisterFileText, load, load_files};

/// Charts that ask for more than the standard ones do.
const CHARTS: &str = r##"
        // Only what is dated: "a remark", and a [bracket.
        (
            id: "narrowed",
            title: "Commitments of the Vision, \"narrowed\" \\ 한미",
            records: [Commitments],
            mark: Bar,
            x: (aggregate: Count),
            y: (field: "themes", empty: true),
            filter: [
                (field: "document", is: ["defense-vision-2023"]),
                (field: "status", is: ["none"], not: true),
            ],
            note: r#"Raw "words", with // no comment in them."#,
        ), // behind it
        (
            id: "small-multiples",
            title: "One for each priority",
            records: [Commitments],
            mark: Bar,
            x: (aggregate: Count),
            y: (field: "strength", missing: "no step given"),
            facet: (field: "priority", missing: "Outside the priorities"),
            color: (field: "strength"),
        ),
        (
            id: "meetings",
            title: "Bodies, with what works through them",
            records: [Bodies],
            mark: Table,
            columns: ["name", "commitments"],
            search: "group",
        ),
        (id: "linked", title: "Who meets", records: [Bodies, Parties, Instruments], mark: Network,
            filter: [(field: "members", is: ["us"])]),
        (id: "squares", title: "One by one", records: [Commitments], mark: Waffle,
        color: (field: "strength"),
            filter: [(field: "themes", is: ["extended-deterrence", "nuclear-forces"])]),
        (id: "of-the-vision", title: "How much of it is of the Vision", records: [Commitments],
            mark: Bullet, y: (field: "themes"), x: (aggregate: Count, derive: (
                how: Ratio,
                of: [(field: "mode", is: ["FutureAction"])],
                by: [(field: "document", is: ["defense-vision-2023"])],
            ))),
        (id: "joined", title: "By mode", records: [Commitments], mark: Dumbbell,
            y: (field: "themes"), color: (field: "mode"), x: (aggregate: Count)),
        (id: "dated", title: "Since 2020", records: [Events, Instruments, Bodies], mark: Timeline,
            filter: [(field: "date", from: "2020")]),
        (id: "pairs", title: "Bodies by themes", records: [Commitments], mark: Matrix,
            x: (field: "bodies", limit: 5), y: (field: "themes"), count: Strict, voices: Document),
"##;

/// The register that comes with the program.
pub fn shipped() -> LoadedRegister {
    load(bundled::ALLIANCE_TEXT, Vec::new())
}

/// The same with charts of its own.
pub fn with_charts() -> LoadedRegister {
    let text = bundled::ALLIANCE_TEXT.replacen(
        "\n    charts: [\n",
        &format!("\n    charts: [\n{CHARTS}\n"),
        1,
    );
    let loaded = load(text, Vec::new());
    assert_eq!(loaded.diagnostic_count(), 0, "{:?}", loaded.diagnostics);
    loaded
}

/// A folder of files: heads in several of them, Korean, comments at every place, raw texts, line
/// ends of Windows, several records a line.
pub fn folder() -> LoadedRegister {
    let people = "\u{feff}#![enable(implicit_some)]\r\n// 사람들\r\n(format: 1, \
    title: \"한미 “동맹” & <b>\", compilers: [\"가\"],\r\n\
        parties: [ // who\r\n  (id: \"us\", name: \"U\\u{b7}S\", kind: State), \
        /* on one line */ (id: \"한국\", name: r#\"대한\"민국\"#, kind: State),\r\n],\r\n\
        ladder: [(id: \"will\", rank: 5, label: \"will ]]> --\"), (id: \"unranked\", \
        label: \"말\")])";
    let words = "(\n  format: 1, // again\n  compilers: [\"나\", \"가\"], \
    compiled: \"2026-11\",\n  documents: [\n\
        /* a comment\n over two lines */\n    // and another\n    (id: \"vision\", \
        title: \"비전 ) ] \\\"\", short: r##\"V\"#\"##,\n\
        kind: Communique, legal_character: PoliticalInferred, issuers: [\"us\"], \
        date: (date: \"2023\", basis: Stated),\n\
        url: \"https://example.org/?a=b&c=%20\"), // after\n  ],\n)";
    let promises = "(format: 1, commitments: [\n\
        (id: \"one\", title: \"하나\", statement: \"a\\nb\", committers: [\"us\", \"한국\"], \
        strength: \"will\", verb: \"will\",\n\
        mode: FutureAction, citations: [(document: \"vision\", paragraph: 1, \
        phrase: r#\"\"x\" <&>\"#)]),\n\
        // two\n\
        (id: \"two\", title: \"둘\u{fffe}\", statement: \"b\", parent: \"one\", \
        committers: [\"us\"], strength: \"unranked\",\n\
        verb: \"has\", mode: Inclusion, citations: [(document: \"vision\", paragraph: 2, \
        phrase: \"y\")]) /* three */ , ])";
    let files = [
        ("사람.ron", people),
        ("words.ron", words),
        ("z/promises.ron", promises),
    ];
    let files = files.map(|(name, text)| RegisterFileText {
        name: name.into(),
        text: text.into(),
        diagnostics: Vec::new(),
    });
    let loaded = load_files(files.into());
    assert_eq!(loaded.diagnostic_count(), 0, "{:?}", loaded.diagnostics);
    loaded
}

/// Every register with the charts that can be drawn of it.
pub fn all() -> Vec<(&'static str, LoadedRegister, Vec<Chart>)> {
    let all = [
        ("shipped.ron", shipped()),
        ("with-charts.ron", with_charts()),
        ("folder", folder()),
    ];
    all.map(|(name, loaded)| {
        let charts = linchpin_charts::charts_of(&loaded.register).to_vec();
        (name, loaded, charts)
    })
    .into()
}
