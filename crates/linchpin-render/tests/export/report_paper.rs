//! A report on paper, read back by another program's reader.

use crate::report::{options, report, shipped, write};
use linchpin_register::load;
use linchpin_render::export::image::Studio;
use linchpin_render::export::report::{PaperSize, ReportFormat};
use lopdf::{Dictionary, Document, Object};
use std::ops::ControlFlow;

fn pdf(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The text of each page, without spaces.
fn texts(document: &Document) -> Vec<String> {
    let pages = document.get_pages();
    let text = |page: &u32| squeezed(&document.extract_text(&[*page]).unwrap());
    pages.keys().map(text).collect()
}

/// The links of each page: where they lead on the web, or `None` for a place in the file.
fn links(document: &Document) -> Vec<Vec<Option<String>>> {
    let pages = document.get_pages();
    let of_page = |page: &lopdf::ObjectId| {
        let links = document.get_page_annotations(*page).unwrap();
        let uri = |link: &&Dictionary| {
            let action = link.get(b"A").ok()?;
            let (_, action) = document.dereference(action).ok()?;
            let uri = action.as_dict().ok()?.get(b"URI").ok()?;
            Some(String::from_utf8_lossy(uri.as_str().ok()?).into_owned())
        };
        links.iter().map(uri).collect()
    };
    pages.values().map(of_page).collect()
}

#[test]
fn every_chart_has_its_page_its_line_in_the_contents_and_its_bookmark() {
    let register = shipped();
    let bytes = write(&register, ReportFormat::Pdf);
    let document = pdf(&bytes);
    let texts = texts(&document);
    assert!(texts[0].contains(&squeezed(&register.title)));
    assert!(texts[0].contains(&squeezed(register.summary.as_deref().unwrap())));
    assert!(texts[0].contains(register.sha256().unwrap()));
    let count = texts.len();
    let contents = squeezed(&document.extract_text(&[1]).unwrap());
    for (chart, number) in linchpin_charts::charts_of(&register).iter().zip(1..) {
        let title = squeezed(&chart.title);
        let is_on =
            |text: &String| text.contains(&format!("Figure{number}")) && text.contains(&title);
        let page = texts.iter().skip(1).position(is_on);
        let page = page.unwrap_or_else(|| panic!("no page for {title}")) + 2;
        // The contents name it with its page.
        assert!(contents.contains(&title), "{title} in {contents}");
        assert!(
            contents.contains(&format!("{page}")),
            "{page} in {contents}"
        );
    }
    for (text, number) in texts.iter().zip(1..) {
        assert!(
            text.contains(&format!("{number}of{count}")),
            "page {number}: {text}"
        );
    }
    let toc = document.get_toc().unwrap();
    let titles: Vec<&str> = toc.toc.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(
        titles.len(),
        linchpin_charts::charts_of(&register).len() + 1,
        "{titles:?}"
    );
    assert_eq!(titles.last(), Some(&"Sources"));
    assert!(titles[0].starts_with("1. "), "{titles:?}");
}

#[test]
fn links_lead_to_the_passages_and_from_there_to_the_documents() {
    let register = shipped();
    let document = pdf(&write(&register, ReportFormat::Pdf));
    let links = links(&document);
    // The cover leads to every chart and to the sources, each by number, words and page.
    let charts = linchpin_charts::charts_of(&register).len();
    assert!(links[0].len() >= 2 * charts, "{}", links[0].len());
    assert!(links[0].iter().all(Option::is_none));
    assert!(links[1].iter().all(Option::is_none) && links[1].len() > 3);
    let web: Vec<&String> = links.iter().flatten().flatten().collect();
    assert!(
        web.iter()
            .all(|url| url.starts_with("https://") || url.starts_with("http://"))
    );
    for document in &register.documents {
        if let Some(url) = &document.url {
            assert!(web.contains(&url), "{url}");
        }
    }
    let report = report(&register);
    for passage in report.sources.iter().flat_map(|s| &s.passages) {
        if let Some(url) = &passage.url {
            assert!(web.contains(&url), "{url}");
        }
    }
}

#[test]
fn it_is_tagged_and_its_fonts_are_inside() {
    let bytes = write(&shipped(), ReportFormat::Pdf);
    let document = pdf(&bytes);
    let catalog = document.catalog().unwrap();
    assert!(catalog.has(b"StructTreeRoot"));
    let mut kinds = std::collections::BTreeMap::new();
    for object in document.objects.values() {
        if let Object::Dictionary(dict) = object
            && let Ok(kind) = dict.get(b"S").and_then(Object::as_name)
        {
            *kinds.entry(kind.to_vec()).or_insert(0) += 1;
        }
    }
    let count = |kind: &[u8]| kinds.get(kind).copied().unwrap_or(0);
    let charts = linchpin_charts::charts_of(&shipped()).len();
    assert_eq!(
        (count(b"Figure"), count(b"Table")),
        (charts, charts),
        "{kinds:?}"
    );
    assert!(count(b"H1") == 1 && count(b"H2") > charts && count(b"TH") > charts);
    let fonts = document.objects.values().filter_map(|o| o.as_dict().ok());
    let fonts = fonts.filter(|d| d.has_type(b"FontDescriptor"));
    for font in fonts {
        assert!(font.has(b"FontFile3") || font.has(b"FontFile2"), "{font:?}");
    }
}

#[test]
fn paper_is_a4_or_letter() {
    let register = shipped();
    for (paper, size) in [
        (PaperSize::A4, [595.28, 841.89]),
        (PaperSize::Letter, [612.0, 792.0]),
    ] {
        let options = linchpin_render::export::report::ReportOptions { paper, ..options() };
        let mut go_on = |_, _| ControlFlow::Continue(());
        let report = report(&register);
        let bytes = report.write(
            ReportFormat::Pdf,
            &options,
            &mut Studio::default(),
            &mut go_on,
        );
        let document = pdf(&bytes.unwrap());
        for page in document.get_pages().values() {
            let dict = document.get_dictionary(*page).unwrap();
            let bounds = dict.get(b"MediaBox").unwrap().as_array().unwrap();
            let bounds: Vec<f32> = bounds.iter().map(|n| n.as_float().unwrap()).collect();
            assert!((bounds[2] - size[0]).abs() < 0.01 && (bounds[3] - size[1]).abs() < 0.01);
        }
    }
}

#[test]
fn a_long_table_goes_on_over_pages_and_loses_no_row() {
    let parties =
        (1..=120).map(|n| format!("(id: \"p-{n}\", name: \"Party number {n}\", kind: State)"));
    let parties = parties.collect::<Vec<_>>().join(",\n");
    let text = format!(
        "#![enable(implicit_some)]\n(format: 1, title: \"Long\", parties: [{parties}],
        charts: [(id: \"all\", title: \"All\", records: [Parties], mark: Table, y: (limit: 120))])"
    );
    let loaded = load(text, Vec::new());
    let mut report = report(&loaded.register);
    let data = &mut report.figures[0].data;
    assert_eq!(data.rows.len(), 120);
    // A cell that no page holds is broken between its lines.
    let long: Vec<String> = (1..=2_500).map(|n| format!("word{n};")).collect();
    data.rows[60].cells[1] = long.join(" ");
    let mut go_on = |_, _| ControlFlow::Continue(());
    let bytes = report.write(
        ReportFormat::Pdf,
        &options(),
        &mut Studio::default(),
        &mut go_on,
    );
    let texts = texts(&pdf(&bytes.unwrap()));
    let all: String = texts.concat();
    let mut rest = all.as_str();
    for word in &long {
        let at = rest.find(word).unwrap_or_else(|| panic!("no {word}"));
        rest = &rest[at + word.len()..];
    }
    for row in &report.figures[0].data.rows {
        assert!(all.contains(&squeezed(&row.cells[0])), "{:?}", row.cells[0]);
    }
    // The heads stand on every page that the table reaches.
    let columns = report.figures[0].data.columns.concat().to_lowercase();
    let head = squeezed(&columns);
    let heads = texts
        .iter()
        .filter(|text| text.to_lowercase().contains(&head))
        .count();
    assert!(heads > 4, "{heads} of {}", texts.len());
}

#[test]
fn a_report_says_that_it_meets_the_standard_of_accessible_pdf() {
    let bytes = write(&shipped(), ReportFormat::Pdf);
    let has = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
    assert!(has(b"<pdfuaid:part>1</pdfuaid:part>"));
    assert!(has(b"/DisplayDocTitle true") && has(b"/Lang(en)"));
    assert!(!has(b"/Suspects"));
    assert!(has(b"<dc:rights>") && has(b"The Linchpin project"));
    // No level of headings is left out on the way down.
    let document = pdf(&bytes);
    let is_heading = |kind: &[u8]| -> Option<u8> {
        let [b'H', level @ b'1'..=b'6'] = kind else {
            return None;
        };
        Some(level - b'0')
    };
    let elements = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok());
    let levels = elements.filter_map(|dict| is_heading(dict.get(b"S").ok()?.as_name().ok()?));
    let levels: std::collections::BTreeSet<u8> = levels.collect();
    assert_eq!(levels.into_iter().collect::<Vec<_>>(), [1, 2, 3]);
}
