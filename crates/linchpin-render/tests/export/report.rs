//! A report as a page for the web: sound, closed to everything from outside, and whole.

use linchpin_register::bundled;
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, Register, load};
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::report::{
    ChartReport, PaperSize, ReportError, ReportFormat, ReportOptions,
};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

pub fn options() -> ReportOptions {
    ReportOptions {
        image: ImageOptions {
            created: None,
            ..ImageOptions::default()
        },
        paper: PaperSize::A4,
    }
}

pub fn report(register: &Register) -> ChartReport {
    let charts: Vec<&Chart> = linchpin_charts::charts_of(register).iter().collect();
    ChartReport::from_charts(register, &charts, CountingRule::default())
}

pub fn write(register: &Register, format: ReportFormat) -> Vec<u8> {
    let mut go_on = |_, _| ControlFlow::Continue(());
    let written = report(register).write(format, &options(), &mut Studio::default(), &mut go_on);
    written.unwrap()
}

fn page(register: &Register) -> String {
    String::from_utf8(write(register, ReportFormat::Html)).unwrap()
}

pub fn shipped() -> Arc<Register> {
    load(bundled::ALLIANCE_TEXT, Vec::new()).register
}

/// The page as elements. It is written so that it is sound as XML too, which is stricter than any
/// browser.
fn parsed(page: &str) -> Document<'_> {
    let allow = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    Document::parse_with_options(page, allow).unwrap()
}

/// Every element of the page, and of its drawings.
const ELEMENTS: &str = "a bdi body br caption circle clipPath dd defs desc details div dl dt ellipse figcaption figure g h1 h2 h3 \
    head header html image li line main meta nav ol p path polygon polyline rect section span style summary svg table tbody td \
    text th thead title tr use";

/// What no page may hold, whatever stands in a register.
fn assert_sound(page: &str) {
    let document = parsed(page);
    let allowed: BTreeSet<&str> = ELEMENTS.split_whitespace().collect();
    let mut ids = BTreeSet::new();
    let mut targets = Vec::new();
    let mut head_only = true;
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        assert!(allowed.contains(name), "<{name}>");
        if name == "body" {
            head_only = false;
        }
        assert!(
            head_only || !["meta", "style"].contains(&name),
            "<{name}> in the body"
        );
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(
                !key.to_lowercase().starts_with("on") && !["style", "src", "srcset"].contains(&key),
                "{key}={value}"
            );
            match key {
                "id" => assert!(ids.insert(value), "{value} twice"),
                "href" if value.starts_with('#') => targets.push(&value[1..]),
                "href" if name == "image" => assert!(value.starts_with("data:image/png;base64,")),
                "href" => {
                    let web = value.starts_with("https://") || value.starts_with("http://");
                    assert!(web && name == "a", "{value}");
                    assert_eq!(node.attribute("rel"), Some("noopener"));
                }
                "aria-labelledby" => targets.extend(value.split(' ')),
                "clip-path" => targets.extend(
                    value
                        .strip_prefix("url(#")
                        .and_then(|rest| rest.strip_suffix(')')),
                ),
                _ => {}
            }
        }
    }
    for target in targets {
        assert!(ids.contains(target), "nothing has the id {target}");
    }
    let policy = document
        .descendants()
        .find(|n| n.attribute("http-equiv") == Some("Content-Security-Policy"));
    let policy = policy.and_then(|n| n.attribute("content")).unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"));
}

fn words(node: Node<'_, '_>) -> String {
    node.descendants()
        .filter_map(|n| n.text().filter(|_| n.is_text()))
        .collect()
}

#[test]
fn the_shipped_report_is_sound_and_whole() {
    let register = shipped();
    let text = page(&register);
    assert_sound(&text);
    let document = parsed(&text);
    let named = |name: &'static str| {
        document
            .descendants()
            .filter(move |n| n.tag_name().name() == name && n.is_element())
    };
    assert_eq!(
        named("h1").map(words).collect::<Vec<_>>(),
        std::slice::from_ref(&register.title)
    );
    let facts: String = named("dd").map(words).collect();
    for fact in [
        "22 November 2026",
        "all records, all voices",
        register.sha256().unwrap(),
        "Linchpin ",
    ] {
        assert!(facts.contains(fact), "{fact} in {facts}");
    }
    for chart in linchpin_charts::charts_of(&register) {
        let id = format!("chart-{}", chart.id);
        let section = named("section").find(|n| n.attribute("id") == Some(&id));
        let section = section.unwrap_or_else(|| panic!("no {id}"));
        let has = |name: &str| section.descendants().any(|n| n.tag_name().name() == name);
        for part in ["svg", "figcaption", "table", "caption", "details"] {
            assert!(has(part), "{id} has no {part}");
        }
        assert!(words(section).contains(&chart.title), "{id}");
        assert!(words(section).contains("Cites "), "{id} cites nothing");
        let picture = linchpin_charts::build_or_explain(&register, chart, CountingRule::default());
        let rows = section
            .descendants()
            .filter(|n| n.tag_name().name() == "tr");
        assert_eq!(rows.count(), picture.data_table().rows.len() + 1, "{id}");
        let contents = named("nav").next().unwrap();
        let link = format!("#{id}");
        let mut links = contents.descendants().filter_map(|n| n.attribute("href"));
        assert!(links.any(|l| l == link), "{link} in the contents");
    }
    // Each document is named, and led to.
    let sources = named("section").find(|n| n.attribute("id") == Some("sources"));
    let sources = sources.unwrap();
    let links: Vec<&str> = sources
        .descendants()
        .filter_map(|n| n.attribute("href"))
        .collect();
    for document in &register.documents {
        assert!(
            words(sources).contains(&document.title),
            "{}",
            document.title
        );
        if let Some(url) = &document.url {
            assert!(links.contains(&url.as_str()), "{url}");
        }
    }
}

#[test]
fn the_numbers_of_passages_are_those_of_the_list() {
    let register = shipped();
    let report = report(&register);
    let numbers = report
        .sources
        .iter()
        .flat_map(|s| s.passages.iter().map(|p| p.number));
    let numbers: Vec<usize> = numbers.collect();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
    assert!(numbers.len() > 40);
    for figure in &report.figures {
        assert_eq!(figure.row_citation_numbers.len(), figure.data.rows.len());
        let of_rows: BTreeSet<usize> = figure
            .row_citation_numbers
            .iter()
            .flatten()
            .copied()
            .collect();
        let of_all: BTreeSet<usize> = figure.citation_numbers.iter().copied().collect();
        assert!(of_rows.is_subset(&of_all), "{}", figure.picture.id);
        // Each record behind a row has its passages at that row.
        for (row, cites) in figure.data.rows.iter().zip(&figure.row_citation_numbers) {
            for record in row.records.iter().filter_map(|at| register.record(*at)) {
                for citation in record.citations() {
                    let phrase = citation
                        .phrase
                        .as_deref()
                        .unwrap_or("The document as a whole");
                    let mut passages = report.sources.iter().flat_map(|s| &s.passages);
                    assert!(
                        passages.any(|p| cites.contains(&p.number) && p.words.contains(phrase)),
                        "{phrase}"
                    );
                }
            }
        }
    }
}

const NASTY: &str = r####"#![enable(implicit_some)]
(format: 1, title: "<script>alert(1)</script> \"q\" 'q' & </title></style>", summary: "--> ]]> \u{202E}oops <img src=x onerror=alert(1)>",
documents: [
    (id: "bad", title: "<b>Bold</b> & שלום عربي", short: "B&B <i>", kind: Speech, legal_character: Undetermined,
     date: (date: "2023", basis: Stated), url: "https://example.org/?a=1&b=\"2\"<x>'"),
    (id: "no-script", title: "javascript", short: "js", kind: Speech, legal_character: Undetermined,
     date: (date: "2023", basis: Stated), url: "javascript:alert(1)", archive_url: "data:text/html,x"),
],
parties: [(id: "us", name: "U<S>\u{0} & \"A\"", kind: State), (id: "rok", name: "\u{202E}<!-- -->", kind: State)],
figures: [(id: "n", label: "<svg onload=alert(1)>", amount: Exact(5), kind: Count, unit: "<u>",
    citations: [(document: "bad", paragraph: 1, phrase: "\"><script>x</script>")])],
charts: [
    (id: "one", title: "</svg><script>1</script>", records: [Parties], mark: Table, note: "<a href=javascript:x>"),
    (id: "two", title: "Twins", records: [Parties], mark: Bar, y: (field: "kind")),
    (id: "three", title: "Twins", records: [Parties], mark: Bar, y: (field: "kind")),
])"####;

#[test]
fn whatever_a_register_says_stays_words() {
    let loaded = load(NASTY, Vec::new());
    let register = &loaded.register;
    assert_eq!(register.charts.len(), 3, "{:?}", loaded.diagnostics);
    assert!(!register.documents.is_empty(), "{:?}", loaded.diagnostics);
    let text = page(register);
    assert_sound(&text);
    let document = parsed(&text);
    let mut titles = document.descendants().filter(|n| n.has_tag_name("h1"));
    assert_eq!(words(titles.next().unwrap()), register.title);
    assert!(!text.contains("<script") && !text.contains("javascript:alert(1)\""));
    assert!(!text.contains('\0'));
}

#[test]
fn a_register_with_nothing_in_it_gives_a_report_that_says_so() {
    let text = page(&Register::default());
    assert_sound(&text);
    assert!(text.contains("A register without a title"));
    assert!(text.contains("The register describes no documents."));
}

#[test]
fn a_report_can_be_stopped_between_two_charts() {
    let register = shipped();
    for format in ReportFormat::ALL {
        let mut seen = Vec::new();
        let mut stop = |done, of| {
            seen.push((done, of));
            match done {
                2 => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        };
        let report = report(&register);
        let written = report.write(format, &options(), &mut Studio::default(), &mut stop);
        assert_eq!(written.unwrap_err(), ReportError::Canceled);
        let all = linchpin_charts::charts_of(&register).len();
        assert_eq!(seen, [(1, all), (2, all)]);
    }
}

#[test]
fn every_chart_has_a_drawing_that_a_phone_shows_at_a_legible_size() {
    /// The narrowest letters that are read without effort, in pixels, and a usual phone.
    const LEAST_PX: f32 = 9.0;
    const PHONE_PX: f32 = 375.0;
    let text = page(&shipped());
    let document = parsed(&text);
    let is_svg = |node: &Node<'_, '_>| node.has_tag_name(("http://www.w3.org/2000/svg", "svg"));
    let figures = document
        .descendants()
        .filter(|n| n.tag_name().name() == "figure");
    let mut narrow_count = 0;
    for figure in figures {
        let drawings: Vec<Node<'_, '_>> = figure.descendants().filter(is_svg).collect();
        let classes: Vec<_> = drawings
            .iter()
            .filter_map(|n| n.attribute("class"))
            .collect();
        let shown = match classes.as_slice() {
            ["wide", "narrow"] => drawings[1],
            ["sideways"] => continue,
            other => panic!("{other:?}"),
        };
        narrow_count += 1;
        let number =
            |node: &Node<'_, '_>, name| -> Option<f32> { node.attribute(name)?.parse().ok() };
        let width = number(&shown, "width").unwrap();
        assert!(width <= PHONE_PX, "{width}");
        let letters = shown
            .descendants()
            .filter(|n| n.tag_name().name() == "text");
        let sizes = letters.filter_map(|n| number(&n, "font-size"));
        let least = sizes.fold(f32::MAX, f32::min) * PHONE_PX / width;
        assert!((LEAST_PX..40.0).contains(&least), "{least} px");
    }
    assert!(narrow_count >= 6, "{narrow_count} drawings for a phone");
    // Only one of the two is shown, and a screen reader reads one.
    for rule in [
        "figure > svg.narrow { display: none;",
        "@media screen and (max-width: 45rem) {\n  figure > svg.wide { display: none; }\n  \
        figure > svg.narrow { display: block; }",
    ] {
        assert!(text.contains(rule), "{rule}");
    }
}
