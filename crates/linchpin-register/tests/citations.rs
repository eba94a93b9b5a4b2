//! Citations in every style, of documents and phrases that are nasty to write down.

use linchpin_register::tables::citation_styles::{ALL, CitedSource, by_id};
use linchpin_register::{Document, Register, load};

const REGISTER: &str = r##"(
    title: "Nasty citations",
    parties: [
        (id: "us", name: "United States", kind: State),
        (id: "mnd", name: "국방부", short: "MND", kind: Office),
        (id: "acme", name: "Smith & Sons {Ltd}", kind: Organization),
        (id: "doe", name: "Jane Doe", kind: Person),
    ],
    documents: [
        (
            id: "paper-1", title: "Costs_of #1: 50% & more", short: "Paper", kind: Editorial,
            issuers: ["us", "acme", "mnd"], legal_character: NoCharacter,
            date: (date: "2023-11-13", basis: Stated), url: "https://example.org/a_b?x=1&y=2",
                language: "en",
        ),
        (
            id: "성명-2024", title: "Why “now”?", short: "성명", kind: JointStatement,
            legal_character: PoliticalInferred, date: (date: "2024-02", basis: Stated),
                part_of: "paper-1",
        ),
        (
            id: "old", title: "An Old Paper", short: "Old", kind: Speech, issuers: ["doe"],
            legal_character: NoCharacter, date: (date: "1950s", basis: Stated),
            citations: [(document: "paper-1", external: true)],
        ),
    ],
    concerns: [
        (
            id: "c", title: "C", statement: "S",
            citations: [
                (document: "paper-1", paragraph: 3, phrase: "we will “pay” 50%", voice: Quoted,
                    speaker: "doe"),
                (document: "성명-2024", paragraph: 1, phrase: "강화할 것이다"),
                (document: "old", paragraph: 2, phrase: "a {b} \\ c ~ ^"),
            ],
        ),
    ],
)"##;

fn register() -> Register {
    let loaded = load(REGISTER, Vec::new());
    assert!(!loaded.is_broken);
    Register::clone(&loaded.register)
}

fn written(style: &str, citation: usize) -> String {
    let register = register();
    let citation = &register.concerns[0].citations[citation];
    let cited = CitedSource::of_citation(&register, citation).unwrap();
    assert_eq!(by_id(style).id, style);
    (by_id(style).write)(&cited)
}

#[test]
fn plain_says_who_what_when_where_and_the_words() {
    assert_eq!(
        written("plain", 0),
        "United States, Smith & Sons {Ltd}, MND, “Costs_of #1: 50% & more”, 13 November 2023, \
         para. 3, quoted by Jane Doe, “we will “pay” 50%”. \
         https://example.org/a_b?x=1&y=2#:~:text=we%20will%20%E2%80%9Cpay%E2%80%9D%2050%25"
    );
}

#[test]
fn markdown_links_the_title_and_escapes_what_means_something() {
    assert_eq!(
        written("markdown", 0),
        concat!(
            r"United States, Smith \& Sons {Ltd}, and 국방부, [Costs\_of \#1: 50% \& more]",
            r"(<https://example.org/a_b?x=1&y=2#:~:text=we%20will%20%E2%80%9Cpay%E2%80%9D%2050%25>), ",
            r"13 November 2023, para. 3, quoted by Jane Doe: “we will “pay” 50%”"
        )
    );
    assert_eq!(
        written("markdown", 2),
        r"Jane Doe, *An Old Paper*, the 1950s, para. 2: “a {b} \\ c \~ ^”"
    );
}

#[test]
fn bibtex_is_escaped_and_its_key_is_the_documents() {
    assert_eq!(
        written("bibtex", 0),
        r"@misc{paper-1,
  author = {{United States} and {Smith \& Sons \textbraceleft{}Ltd\textbraceright{}} and {국방부}},
  title = {{Costs\_of \#1: 50\% \& more}},
  year = {2023},
  month = nov,
  day = {13},
  howpublished = {Editorial},
  url = {https://example.org/a_b?x=1&y=2#:~:text=we%20will%20%E2%80%9Cpay%E2%80%9D%2050%25},
  language = {en},
  note = {para. 3, quoted by Jane Doe, ``we will ``pay'' 50\%''},
}
"
    );
    assert!(written("bibtex", 1).starts_with(
        "@misc{uc131uba85-2024,\n  title = {{Why ``now''?}},\n  year = {2024},\n  \
        month = feb,\n  how"
    ));
    let old = written("bibtex", 2);
    assert!(
        old.contains("year = {1950s},\n  howpublished = {Speech},\n  note"),
        "{old}"
    );
    assert!(
        old.contains(concat!(
            r"``a \textbraceleft{}b\textbraceright{} \textbackslash{} c ",
            r"\textasciitilde{} \textasciicircum{}''"
        )),
        "{old}"
    );
    // Whatever is cited of it, the key is the same, and every brace that opens closes.
    for citation in 0..3 {
        let entry = written("bibtex", citation);
        let mut depth = 0;
        for c in entry.chars() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            assert!(depth >= 0, "{entry}");
        }
        assert_eq!(depth, 0, "{entry}");
    }
}

#[test]
fn chicago_is_a_note() {
    assert_eq!(
        written("chicago", 0),
        "Jane Doe, quoted in United States, Smith & Sons {Ltd}, and 국방부, “Costs_of #1: 50% & \
         more,” November 13, 2023, para. 3, \
         https://example.org/a_b?x=1&y=2#:~:text=we%20will%20%E2%80%9Cpay%E2%80%9D%2050%25."
    );
    // What stands on the page of another document is found there.
    let statement = written("chicago", 1);
    assert!(
        statement.starts_with(
            "“Why ‘now’?” February 2024, para. 1, https://example.org/a_b?x=1&y=2#:~:text=%EA%B0%95"
        ),
        "{statement}"
    );
    assert_eq!(
        written("chicago", 2),
        "Jane Doe, “An Old Paper,” 1950s, para. 2."
    );
}

#[test]
fn a_whole_document_is_cited_without_a_place() {
    let register = register();
    let document = register.get::<Document>("paper-1").unwrap();
    for style in ALL {
        let text = (style.write)(&CitedSource::of_document(&register, document));
        assert!(text.contains("https://example.org/a_b?x=1&y=2"), "{text}");
        assert!(!text.contains(":~:") && !text.contains("para."), "{text}");
    }
    assert_eq!(by_id("nonsense").id, ALL[0].id);
}

/// The document of a register in which it has this date and address.
fn cited_as(style: &str, date: &str, url: &str) -> String {
    let text = REGISTER
        .replace("\"2023-11-13\"", &format!("\"{date}\""))
        .replace("https://example.org/a_b?x=1&y=2", url);
    let loaded = load(text.as_str(), Vec::new());
    assert!(
        loaded.diagnostics.iter().all(|d| d.code != "bad-date"),
        "{date}"
    );
    let register = &*loaded.register;
    let citation = &register.concerns[0].citations[0];
    (by_id(style).write)(&CitedSource::of_citation(register, citation).unwrap())
}

#[test]
fn every_style_says_how_sure_and_how_exact_a_date_is() {
    let url = "https://example.org";
    for (date, words, american) in [
        ("1953~", "about 1953", "about 1953"),
        (
            "1953-10-01?",
            "1 October 1953 (uncertain)",
            "October 1, 1953 (uncertain)",
        ),
        ("2024-35", "third quarter of 2024", "third quarter of 2024"),
        ("1953/1955", "1953 to 1955", "1953 to 1955"),
        (
            "2023-11-13/2023-11-15",
            "13 November 2023 to 15 November 2023",
            "November 13, 2023 to November 15, 2023",
        ),
        ("1953/..", "1953 or later", "1953 or later"),
        ("-0043-03-15", "15 March 44 BCE", "March 15, 44 BCE"),
    ] {
        for style in ["plain", "markdown"] {
            let text = cited_as(style, date, url);
            assert!(text.contains(&format!(", {words}, para. 3")), "{text}");
        }
        let chicago = cited_as("chicago", date, url);
        assert!(
            chicago.contains(&format!("” {american}, para. 3")),
            "{chicago}"
        );
        let bibtex = cited_as("bibtex", date, url);
        let year = format!("  year = {{{american}}},\n  howpublished");
        assert!(bibtex.contains(&year), "{bibtex}");
    }
    let old = cited_as("bibtex", "0950-03", url);
    assert!(
        old.contains("  year = {0950},\n  month = mar,\n  how"),
        "{old}"
    );
    let old = cited_as("chicago", "0950-03-07", url);
    assert!(old.contains("” March 7, 0950, para. 3"), "{old}");
}

#[test]
fn an_address_leads_to_one_place() {
    let words = "we%20will%20%E2%80%9Cpay%E2%80%9D%2050%25";
    for (url, at_words) in [
        (
            "https://example.org/a",
            format!("https://example.org/a#:~:text={words}"),
        ),
        (
            "https://example.org/a#",
            format!("https://example.org/a#:~:text={words}"),
        ),
        (
            "https://example.org/a.pdf#page=3",
            format!("https://example.org/a.pdf#page=3:~:text={words}"),
        ),
        (
            "https://example.org/a#section",
            format!("https://example.org/a#section:~:text={words}"),
        ),
        (
            "https://example.org/a#:~:text=old",
            "https://example.org/a#:~:text=old".into(),
        ),
        (
            "https://example.org/a#section:~:text=old,words",
            "https://example.org/a#section:~:text=old,words".into(),
        ),
    ] {
        let text = cited_as("plain", "2023", url);
        assert!(text.ends_with(&format!(". {at_words}")), "{text}");
    }
}
