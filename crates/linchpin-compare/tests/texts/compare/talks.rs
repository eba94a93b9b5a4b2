//! A register of harbor talks, made for these tests.

use linchpin_reading::TextLibrary;
use linchpin_register::{LoadedRegister, load};

pub struct Promise {
    pub id: &'static str,
    pub title: &'static str,
    pub verb: &'static str,
    pub step: &'static str,
    pub theme: &'static str,
    pub document: &'static str,
    pub phrase: &'static str,
}

const fn promise(
    id: &'static str,
    title: &'static str,
    [verb, step, theme]: [&'static str; 3],
    document: &'static str,
    phrase: &'static str,
) -> Promise {
    Promise {
        id,
        title,
        verb,
        step,
        theme,
        document,
        phrase,
    }
}

const KEEP: &str = "Keep the light ship manned at night";
const PAINT: &str = "Paint the north pier";

/// Four rounds of talks: the first and third coded through, the second for the harbor, of the
/// fourth only passages.
pub const PROMISES: &[Promise] = &[
    promise(
        "lights-1",
        KEEP,
        ["will", "firm", "harbor"],
        "talks-1",
        "will keep the light ship manned at night",
    ),
    promise(
        "pier-1",
        PAINT,
        ["will", "firm", "harbor"],
        "talks-1",
        "will paint the north pier white",
    ),
    promise(
        "ferry-1",
        "Run a Sunday ferry",
        ["will", "firm", "ferries"],
        "talks-1",
        "a ferry on Sundays",
    ),
    promise(
        "patrol-1",
        "Patrol the breakwater",
        ["continues to", "habit", "harbor"],
        "talks-1",
        "continues to patrol the breakwater",
    ),
    promise(
        "lights-2",
        KEEP,
        ["intends to", "intent", "harbor"],
        "talks-2",
        "intends to keep the light ship manned at night",
    ),
    promise(
        "patrol-2",
        "Patrol the breakwater",
        ["will", "firm", "harbor"],
        "talks-2",
        "will patrol the breakwater",
    ),
    promise(
        "buoys-2",
        "Replace the channel buoys",
        ["will", "firm", "harbor"],
        "talks-2",
        "new buoys for the channel",
    ),
    promise(
        "lights-3",
        KEEP,
        ["intends to", "intent", "harbor"],
        "talks-3",
        "intends to keep the “light ship” manned at night",
    ),
    promise(
        "pier-3",
        PAINT,
        ["will", "firm", "harbor"],
        "talks-3",
        "will paint the north pier",
    ),
    promise(
        "patrol-3",
        "Patrol the breakwater",
        ["is committed to", "pledge", "harbor"],
        "talks-3",
        "is committed to patrol the breakwater",
    ),
    promise(
        "school-4",
        "Open a school for pilots",
        ["will", "firm", "ferries"],
        "talks-4",
        "a school for pilots",
    ),
];

/// The register with these promises. `more`: what else stands in the record with this id.
pub fn talks(promises: &[Promise], more: &[(&str, &str)]) -> LoadedRegister {
    let mut text = String::from(HEAD);
    for one in promises {
        let Promise {
            id,
            title,
            verb,
            step,
            theme,
            document,
            phrase,
        } = one;
        let more: String = more
            .iter()
            .filter(|(of, _)| of == id)
            .map(|(_, words)| *words)
            .collect();
        text.push_str(&format!(
            "        (id: \"{id}\", title: \"{title}\", statement: \"Both sides say it: \
            {title}.\", committers: [\"both\"], verb: \"{verb}\", strength: \"{step}\", mode: \
            FutureAction, themes: [\"{theme}\"],{more} citations: [(document: \"{document}\", \
            paragraph: 1, phrase: \"{phrase}\")]),\n"
        ));
    }
    text.push_str("    ],\n)\n");
    let loaded = load(text.as_str(), Vec::new());
    assert!(
        !loaded.is_broken && loaded.unloaded_records == 0,
        "{:#?}",
        loaded.diagnostics
    );
    loaded
}

const HEAD: &str = r##"#![enable(implicit_some)]
(
    format: 1,
    title: "Harbor talks",
    themes: [
        (id: "harbor", name: "Harbor"),
        (id: "ferries", name: "Ferries"),
    ],
    ladder: [
        (id: "pledge", rank: 5, label: "pledge", verbs: ["is committed to"]),
        (id: "firm", rank: 4, label: "firm", verbs: ["will"]),
        (id: "intent", rank: 3, label: "intention", verbs: ["intends to"]),
        (id: "habit", label: "habit", verbs: ["continues to"]),
    ],
    parties: [(id: "both", name: "Both sides", kind: Office)],
    documents: [
        (id: "talks-1", title: "First talks", short: "First", kind: Communique,
            legal_character: PoliticalInferred, date: (date: "2001-05-01", basis: Stated),
            url: "https://example.org/1", series: "Talks", number: 1, coded: Whole),
        (id: "talks-2", title: "Second talks", short: "Second", kind: Communique,
            legal_character: PoliticalInferred, date: (date: "2002-05-01", basis: Stated),
            url: "https://example.org/2", series: "Talks", number: 2, coded: Subjects,
            coded_for: ["harbor"]),
        (id: "talks-3", title: "Third talks", short: "Third", kind: Communique,
            legal_character: PoliticalInferred, date: (date: "2003-05-01", basis: Stated),
            url: "https://example.org/3", series: "Talks", number: 3, coded: Whole),
        (id: "talks-4", title: "Fourth talks", short: "Fourth", kind: Communique,
            legal_character: PoliticalInferred, date: (date: "2004-05-01", basis: Stated),
            url: "https://example.org/4", series: "Talks", number: 4, coded: Excerpts),
    ],
    commitments: [
"##;

/// Texts of the talks by the ids of their documents.
pub fn library(loaded: &LoadedRegister, texts: &[(&str, &str)]) -> TextLibrary {
    TextLibrary::from_bytes(&loaded.register, &mut |document| {
        let (id, text) = texts.iter().find(|(id, _)| *id == document.id.as_str())?;
        Some(linchpin_reading::text_library::TextFileBytes {
            path: format!("{id}.txt"),
            bytes: Ok(text.as_bytes().to_vec()),
        })
    })
}
