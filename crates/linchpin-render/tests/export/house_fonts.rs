//! The fonts of a house style: collections, fallbacks, letters that only they have, and files
//! that are damaged.

use crate::font_files::{collection, hebrew, hebrew_letters, with_letters};
use crate::report::options as report_options;
use linchpin_register::query::CountingRule;
use linchpin_register::{LoadedRegister, load};
use linchpin_render::export::house_style::HouseStyleText;
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::report::{ChartReport, ReportFormat};
use linchpin_render::export::{Format, HouseStyle, ImageError};
use linchpin_render::theme::SANS;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

const SEMIBOLD: &[u8] = include_bytes!("../../../../assets/fonts/LinchpinSans-SemiBold.otf");

/// A register with one figure and a chart of it.
fn register(title: &str) -> LoadedRegister {
    let text = format!(
        "#![enable(implicit_some)]\n(format: 1, title: \"T\", ladder: [], parties: [(id: \"a\", \
         name: \"A\", kind: State)], documents: [(id: \"d\", title: \"D\", short: \"D\", \
         kind: JointStatement, legal_character: PoliticalInferred, date: (date: \"2024-05-14\", \
         basis: Stated), url: \"https://example.org/d\")], figures: [(id: \"f\", title: \
         \"{title}\", statement: \"{title}.\", kind: Count, amount: Exactly(28500), unit: \
         \"people\", chartable: Yes, citations: [(document: \"d\", external: true)])], charts: \
         [(id: \"chart\", title: \"C\", records: [Figures], mark: Bar, x: (field: \"amount\"), \
         y: (field: \"title\"))])"
    );
    load(text, Vec::new())
}

/// A house style with the files next to it, or what is wrong with it.
fn house(name: &str, text: &str, files: &[(&str, Vec<u8>)]) -> Result<HouseStyle, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let path = folder.join("house.ron");
    fs::write(&path, text).unwrap();
    let read = HouseStyleText::read(&path).unwrap();
    read.house.clone().ok_or_else(|| read.messages().join("\n"))
}

fn options(house: &HouseStyle) -> ImageOptions {
    ImageOptions {
        house: Some(house.clone()),
        created: None,
        dpi: 96.0,
        ..ImageOptions::default()
    }
}

fn image(
    loaded: &LoadedRegister,
    format: Format,
    options: &ImageOptions,
) -> Result<Vec<u8>, ImageError> {
    let chart = &loaded.register.charts[0];
    let rule = CountingRule::default();
    let image = Studio::default().chart((loaded, "t.ron"), chart, rule, format, options);
    image.map(|image| image.bytes)
}

fn report(
    loaded: &LoadedRegister,
    format: ReportFormat,
    house: Option<&HouseStyle>,
) -> Result<Vec<u8>, String> {
    let charts: Vec<_> = loaded.register.charts.iter().collect();
    let report = ChartReport::from_charts(&loaded.register, &charts, CountingRule::default());
    let mut options = report_options();
    options.image.house = house.cloned();
    let mut go_on = |_, _| ControlFlow::Continue(());
    let written = report.write(format, &options, &mut Studio::default(), &mut go_on);
    written.map_err(|error| error.to_string())
}

/// A font with these signs alone, each shown as a Hangul syllable.
fn signs(signs: &str) -> Vec<u8> {
    let shown = signs.chars().zip('가'..);
    with_letters(SANS, &shown.collect::<Vec<_>>())
}

const HANJA: &str = "대한민국 (大韓民國)";

#[test]
fn chinese_characters_reach_every_export_through_a_fallback() {
    let loaded = register(HANJA);
    let refused = report(&loaded, ReportFormat::Pdf, None).unwrap_err();
    for part in ["U+5927 (大)", HANJA, "Chinese characters", "fallback"] {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    let files = [("hanja.otf", signs("大韓民國"))];
    let house = house("hanja", "(fonts: (fallback: [\"hanja.otf\"]))", &files).unwrap();
    for format in Format::ALL {
        let bytes = image(&loaded, format, &options(&house)).unwrap();
        assert!(bytes.len() > 1_000, "{format:?}");
    }
    report(&loaded, ReportFormat::Html, Some(&house)).unwrap();
    let pdf = report(&loaded, ReportFormat::Pdf, Some(&house)).unwrap();
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).unwrap();
    let text: String = text.split_whitespace().collect();
    assert!(text.contains("大韓民國"), "{text}");
}

#[test]
fn a_report_on_paper_is_set_in_the_fonts_of_the_house() {
    let files = [("body.otf", SEMIBOLD.to_vec())];
    let house = house("report-body", "(fonts: (regular: \"body.otf\"))", &files).unwrap();
    let pdf = report(&register("Personnel"), ReportFormat::Pdf, Some(&house)).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("+LinchpinSans-SemiBold"));
    assert!(!text.contains("LinchpinSans-Regular"));
}

#[test]
fn the_first_font_of_the_list_that_has_a_letter_is_used() {
    // Both have the sign; their outlines differ.
    let first = with_letters(SANS, &[('大', '가')]);
    let second = with_letters(SANS, &[('大', '힣'), ('韓', '힣')]);
    let files = [("1.otf", first), ("2.otf", second)];
    let svg = |fonts: &str| {
        let house = house("order", &format!("(fonts: (fallback: [{fonts}]))"), &files).unwrap();
        let bytes = image(&register("大"), Format::Svg, &options(&house)).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let both = svg("\"1.otf\", \"2.otf\"");
    let turned = svg("\"2.otf\", \"1.otf\"");
    let paths = |svg: &str| -> Vec<String> {
        let lines = svg.lines().filter(|line| line.starts_with("<path id="));
        let d = lines.filter_map(|line| line.split(" d=").nth(1));
        d.map(str::to_owned).collect()
    };
    assert_ne!(paths(&both), paths(&turned));
    assert_eq!(paths(&both), paths(&svg("\"1.otf\"")));
}

#[test]
fn a_face_of_a_collection_is_named_by_its_number() {
    let faces = [SANS.to_vec(), SEMIBOLD.to_vec()];
    let files = [("two.ttc", collection(&faces)), ("one.otf", SANS.to_vec())];
    let text = |font: &str| format!("(fonts: (regular: \"{font}\"))");
    for (face, has) in [(0, "Regular"), (1, "SemiBold")] {
        let font = format!("two.ttc#{face}");
        let house = house("collection", &text(&font), &files).unwrap();
        let pdf = image(&register("Personnel"), Format::Pdf, &options(&house)).unwrap();
        let pdf = String::from_utf8_lossy(&pdf);
        assert!(pdf.contains(&format!("+LinchpinSans-{has}")), "{font}");
        assert_eq!(pdf.matches("/FontFile3").count(), 1, "{font}");
    }
    for (font, words) in [
        (
            "two.ttc",
            "\"two.ttc\" cannot be used, it is a collection of 2 fonts: write the number of one \
             behind its name, such as \"two.ttc#0\" (0: Linchpin Sans Regular, 1: Linchpin Sans \
             SemiBold)",
        ),
        ("two.ttc#2", "the collection has no face 2, but 2 in all"),
        ("two.ttc#99999999999", "the collection has no face"),
        (
            "one.otf#1",
            "it holds a single font: write \"one.otf\" without",
        ),
        ("no.ttc#1", "no.ttc: there is no such file"),
    ] {
        let message = house("collection", &text(font), &files).unwrap_err();
        assert!(message.contains(words), "{font}: {message}");
    }
    assert!(house("collection", &text("one.otf#0"), &files).is_ok());
}

#[test]
fn each_refusal_of_a_file_has_its_own_reason() {
    let no_map = with_letters(SANS, &[]);
    let mut flat = SANS.to_vec();
    // The number of units to the em, in the table `head`.
    let record = flat.windows(4).position(|tag| tag == b"head").unwrap();
    let at = u32::from_be_bytes(flat[record + 8..record + 12].try_into().unwrap()) as usize;
    flat[at + 18..at + 20].copy_from_slice(&[0, 1]);
    for (name, bytes, words) in [
        (
            "web.woff2",
            b"wOF2 and so on".to_vec(),
            "packed for web pages (WOFF)",
        ),
        (
            "old.pfb",
            vec![0x80, 1, 0, 0],
            "it is a PostScript font (Type 1)",
        ),
        (
            "text.otf",
            b"no font at all".to_vec(),
            "it is no font, or a damaged one",
        ),
        ("empty.otf", Vec::new(), "it is no font, or a damaged one"),
        (
            "flat.otf",
            flat,
            "the heights that it states are impossible",
        ),
        (
            "huge.otf",
            vec![0; (64 << 20) + 1],
            "\"huge.otf\" is larger than 64 MiB",
        ),
        ("blank.otf", no_map, "it does not say which letters it has"),
    ] {
        let text = format!("(fonts: (regular: \"{name}\"))");
        let message = house("reasons", &text, &[(name, bytes)]).unwrap_err();
        assert!(message.contains(words), "{name}: {message}");
        let _ = fs::remove_file(
            Path::new(env!("CARGO_TARGET_TMPDIR"))
                .join("reasons")
                .join(name),
        );
    }
    let many = vec!["\"a.otf\""; 17].join(", ");
    let message = house("reasons", &format!("(fonts: (fallback: [{many}]))"), &[]).unwrap_err();
    assert!(
        message.contains("There are 17 fallback fonts: give at most 16"),
        "{message}"
    );
    let message = house("reasons", "(fonts: ())", &[]).unwrap_err();
    assert!(message.contains("lacks the field `regular`"), "{message}");
}

#[test]
fn a_damaged_font_is_refused_or_drawn_and_never_a_panic() {
    // Small, so that most damage hits something that is read.
    let letters: Vec<(char, char)> = (' '..='~').map(|c| (c, c)).collect();
    let sound = with_letters(SANS, &letters);
    let loaded = register("Personnel");
    let mut state: u32 = 5;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for case in 0..60 {
        let mut bytes = sound.clone();
        for _ in 0..1 + random(6) {
            // The directory and the short tables first: there, a byte decides about much.
            let reach = [400, 4_000, bytes.len()][random(3)];
            let at = random(reach.min(bytes.len()));
            match random(4) {
                0 => bytes.truncate(at.max(600)),
                _ => bytes[at] = [0, 1, 0x7F, 0x80, 0xFF][random(5)],
            }
        }
        let files = [("damaged.otf", bytes)];
        let text = "(fonts: (regular: \"damaged.otf\"))";
        let Ok(house) = house("damaged", text, &files) else {
            continue;
        };
        let format = Format::ALL[case % 3];
        if let Err(error) = image(&loaded, format, &options(&house)) {
            assert!(!error.to_string().is_empty());
        }
    }
}

#[test]
fn right_to_left_titles_are_in_order_in_every_format() {
    let letters: Vec<_> = hebrew_letters();
    let base = egui::FontDefinitions::default().font_data["Ubuntu-Light"]
        .bytes()
        .to_vec();
    let files = [("hebrew.ttf", with_letters(&base, &letters))];
    let house = house("hebrew", "(fonts: (fallback: [\"hebrew.ttf\"]))", &files).unwrap();
    let title = hebrew("xyz 28,500 (abc) def 1953");
    let loaded = register(&title);
    let refused = image(&loaded, Format::Svg, &ImageOptions::default()).unwrap_err();
    assert!(
        refused.to_string().contains("a font with Hebrew letters"),
        "{refused}"
    );
    let svg = image(&loaded, Format::Svg, &options(&house)).unwrap();
    let svg = String::from_utf8(svg).unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    // The middle of each text of the title, in the order of the file.
    let mut parts: Vec<(String, f32)> = Vec::new();
    for node in document.descendants().filter(|n| n.has_tag_name("text")) {
        let number = |name: &str| node.attribute(name).and_then(|n| n.parse::<f32>().ok());
        let (Some(x), Some(width)) = (number("x"), number("textLength")) else {
            continue;
        };
        let is_middle = node.attribute("text-anchor") == Some("middle");
        let middle = if is_middle { x } else { x + 0.5 * width };
        parts.push((node.text().unwrap_or_default().to_owned(), middle));
    }
    let x_of = |part: &str| {
        parts
            .iter()
            .find(|(text, _)| text.trim() == part)
            .map(|p| p.1)
    };
    let words = [
        hebrew("xyz"),
        "28,500".into(),
        hebrew("abc"),
        hebrew("def"),
        "1953".into(),
    ];
    let places: Vec<f32> = words
        .iter()
        .map(|word| x_of(word).expect("a part"))
        .collect();
    // Read from the right: each word stands to the left of the one before.
    assert!(
        places.windows(2).all(|pair| pair[0] > pair[1]),
        "{places:?}"
    );
    let all: String = parts.iter().map(|(text, _)| text.as_str()).collect();
    assert!(all.contains(&title), "{all}");
    for format in [Format::Png, Format::Pdf] {
        image(&loaded, format, &options(&house)).unwrap();
    }
    // On paper, a long text is broken into lines that fit.
    let words: Vec<String> = ('a'..='z').map(|c| String::from_iter([c; 8])).collect();
    let loaded = register(&hebrew(&words.join(" ")));
    let pdf = report(&loaded, ReportFormat::Pdf, Some(&house)).unwrap();
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).unwrap();
    for c in 'a'..='z' {
        // The extractor gives letters as they stand, and every word is a row of one letter.
        assert!(
            text.contains(&hebrew(&c.to_string().repeat(8))),
            "{c}: {text}"
        );
    }
}
