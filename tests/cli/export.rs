//! `export`: sizes, resolutions, edges, greys and grounds, as other programs' readers find them in
//! the files.

use crate::program::{file, linchpin, refusal};
use linchpin_render::export::PRESETS;
use std::fs;
use std::path::{Path, PathBuf};

/// Where an image of ours goes.
pub fn target(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Makes an image and reads it; nothing may be said.
pub fn image(name: &str, chart: &str, more: &[&str]) -> Vec<u8> {
    let path = target(name);
    let args = ["export", "--chart", chart, "--to", path.to_str().unwrap()];
    let output = linchpin(&[&args, more].concat());
    assert_eq!(
        (output.err.as_str(), output.code),
        ("", Some(0)),
        "{more:?}"
    );
    fs::read(path).unwrap()
}

struct Png {
    size: (u32, u32),
    per_meter: u32,
    color: png::ColorType,
    pixels: Vec<u8>,
}

fn read_png(bytes: &[u8]) -> Png {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    // A palette is a way to pack colors.
    let color = reader.output_color_type().0;
    let info = reader.info();
    let density = info.pixel_dims.unwrap();
    assert_eq!(density.unit, png::Unit::Meter);
    Png {
        size: (info.width, info.height),
        per_meter: density.xppu,
        color,
        pixels,
    }
}

fn pdf_size(bytes: Vec<u8>) -> (f32, f32) {
    let pdf = hayro_syntax::Pdf::new(bytes).unwrap();
    let page = &pdf.pages()[0];
    page.render_dimensions()
}

#[test]
fn every_preset_has_its_size_in_pixels_and_on_paper() {
    for preset in PRESETS {
        let args = ["--size", preset.id];
        let png = read_png(&image("preset.png", "commitments-by-priority", &args));
        let pixels = |pt: f64| (pt / 96.0 * f64::from(preset.dpi)).round() as u32;
        let (width, height) = (preset.size.width, preset.size.height);
        assert_eq!(png.size.0, pixels(width.layout_pt()), "{}", preset.id);
        assert_eq!(png.color, png::ColorType::Rgb, "{}", preset.id);
        let per_meter = (f64::from(preset.dpi) / 0.0254).round() as u32;
        assert_eq!(png.per_meter, per_meter, "{}", preset.id);
        let pdf = pdf_size(image("preset.pdf", "commitments-by-priority", &args));
        let points = |pt: f64| (pt * 0.75) as f32;
        assert!((pdf.0 - points(width.layout_pt())).abs() < 0.01, "{pdf:?}");
        if let Some(height) = height {
            assert_eq!(png.size.1, pixels(height.layout_pt()), "{}", preset.id);
            assert!((pdf.1 - points(height.layout_pt())).abs() < 0.01, "{pdf:?}");
        }
    }
}

#[test]
fn any_length_is_a_size() {
    for (size, dpi, pixels) in [
        ("90 x 80 mm", "300", (1063, 945)),
        ("16cm x 9cm", "150", (945, 531)),
        ("6.5 x 4 in", "200", (1300, 800)),
        ("1200x675 px", "96", (1200, 675)),
        ("360x288pt", "144", (720, 576)),
    ] {
        let args = ["--size", size, "--dpi", dpi];
        let png = read_png(&image("length.png", "commitments-by-priority", &args));
        assert_eq!(png.size, pixels, "{size}");
    }
    // The old words mean what they meant.
    let args = ["--width", "500", "--height", "400", "--scale", "3"];
    let png = read_png(&image("length.png", "commitments-by-priority", &args));
    assert_eq!((png.size, png.per_meter), ((1500, 1200), 11_339));
}

#[test]
fn grey_has_no_color_in_any_format() {
    let args = ["--grey", "--size", "single-column"];
    let png = read_png(&image("grey.png", "commitments-by-committer", &args));
    assert_eq!(png.color, png::ColorType::Grayscale);
    let svg = String::from_utf8(image("grey.svg", "commitments-by-committer", &args)).unwrap();
    let mut colors = 0;
    for quoted in svg.split("=\"#").skip(1) {
        let color = quoted.get(..6).unwrap();
        if color.bytes().all(|b| b.is_ascii_hexdigit()) {
            assert!(
                color[..2] == color[2..4] && color[2..4] == color[4..],
                "{color}"
            );
            colors += 1;
        }
    }
    assert!(colors > 20, "{colors}");
    let pdf = image("grey.pdf", "commitments-by-committer", &args);
    let operators = pdf_operators(&pdf);
    for op in ["rg", "RG", "k", "K", "cs", "CS"] {
        assert!(!operators.iter().any(|(name, _)| name == op), "{op}");
    }
    assert!(operators.iter().filter(|(name, _)| name == "g").count() > 20);
    // The same chart in color is not grey.
    let color = pdf_operators(&image("color.pdf", "commitments-by-committer", &[]));
    assert!(color.iter().any(|(name, _)| name == "rg"));
}

fn pdf_operators(bytes: &[u8]) -> Vec<(String, String)> {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let page = *document.get_pages().values().next().unwrap();
    let content = document.get_page_content(page);
    let content = lopdf::content::Content::decode(&content).unwrap();
    let words = |op: &lopdf::content::Operation| format!("{:?}", op.operands);
    (content.operations.iter())
        .map(|op| (op.operator.clone(), words(op)))
        .collect()
}

#[test]
fn a_transparent_image_has_no_ground() {
    let chart = "commitments-by-strength";
    let args = ["--transparent", "--size", "90 x 90 mm"];
    let png = read_png(&image("clear.png", chart, &args));
    assert_eq!(png.color, png::ColorType::Rgba);
    assert_eq!(png.pixels[..4], [0, 0, 0, 0]);
    let grey = read_png(&image(
        "clear.png",
        chart,
        &[&args[..], &["--grey"]].concat(),
    ));
    assert_eq!(grey.color, png::ColorType::GrayscaleAlpha);
    for (name, is_ground) in [("clear.svg", false), ("ground.svg", true)] {
        let args = if is_ground { &args[1..] } else { &args[..] };
        let svg = String::from_utf8(image(name, chart, args)).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let width = |n: roxmltree::Node<'_, '_>| n.attribute("width").map(|w| w.parse::<f32>());
        let view = document.root_element().attribute("viewBox").unwrap();
        let whole: f32 = view.split(' ').nth(2).unwrap().parse().unwrap();
        let mut rects = document.descendants().filter(|n| n.has_tag_name("rect"));
        let covers = |n| width(n).is_some_and(|w| w.unwrap() >= whole);
        assert_eq!(rects.any(covers), is_ground, "{name}");
    }
    let covers = |args: &[&str]| {
        let operators = pdf_operators(&image("clear.pdf", chart, args));
        operators.iter().filter(|(name, _)| name == "f").count()
    };
    assert_eq!(covers(&args) + 1, covers(&args[1..]));
}

#[test]
fn the_edge_is_as_blank_as_it_was_asked_for() {
    let blank_mm = |margin: &str| {
        let args = ["--size", "150 x 150 mm", "--dpi", "254", "--margin", margin];
        let png = read_png(&image("edge.png", "commitments-by-strength", &args));
        assert_eq!(png.size, (1500, 1500));
        let row = png.size.0 as usize * 3;
        let inked = |x: usize| {
            let mut pixels = png.pixels.chunks_exact(row).map(|r| &r[3 * x..3 * x + 3]);
            pixels.any(|pixel| pixel != [255; 3])
        };
        // Ten pixels to the millimeter.
        (0..1500).find(|x| inked(*x)).unwrap() as f32 / 10.0
    };
    for (margin, mm) in [("10 mm", 10.0), ("0 mm", 0.0), ("1 in", 25.4)] {
        let found = blank_mm(margin);
        assert!((found - mm).abs() < 0.4, "{margin}: {found} mm");
    }
}

#[test]
fn what_cannot_be_made_is_refused_with_what_would_be_right() {
    let target = target("refused.png");
    let _ = fs::remove_file(&target);
    let to = target.to_str().unwrap();
    let refused =
        |more: &[&str]| refusal(&[&["export", "--chart", "timeline", "--to", to], more].concat());
    assert_eq!(
        refused(&["--size", "90"]),
        "linchpin: --size: \"90\" has no unit: write for instance \"90 mm\" or \"90 px\"\n"
    );
    assert_eq!(
        refused(&["--margin", "5 ells"]),
        "linchpin: --margin: \"ells\" is no unit: write px, mm, cm, in or pt, such as \"90 mm\"\n"
    );
    assert_eq!(
        refused(&["--size", "50 mm", "--margin", "25mm"]),
        "linchpin: timeline: a blank edge of 25 mm leaves too little of 50 mm: make the edge \
        smaller or the image larger\n"
    );
    assert_eq!(
        refused(&["--dpi", "5"]),
        "linchpin: --scale goes from 0.1 to 20 (--dpi from 10 to 1920)\n"
    );
    assert!(refused(&["--size", "9999 cm"]).contains("at most 120 million"));
    assert!(refused(&["--style", "loud"]).contains("[possible values: light, dark, print, slide]"));
    assert!(refused(&["--size", "90 mm", "--width", "3"]).contains("cannot be used with"));
    assert!(!target.exists(), "nothing was written");
}

#[test]
fn letters_that_nobody_could_read_are_refused_or_said() {
    let path = target("small.png");
    let _ = fs::remove_file(&path);
    let to = path.to_str().unwrap();
    let export = |size: &[&str]| {
        linchpin(&[&["export", "--chart", "timeline", "--to", to][..], size].concat())
    };
    let output = export(&["--size", "60 x 40 mm"]);
    assert_eq!(output.code, Some(1));
    let words = "linchpin: timeline cannot be read: at 60 x 40 mm its smallest letters would be ";
    assert!(output.err.starts_with(words), "{}", output.err);
    assert!(
        output
            .err
            .contains("points, and print needs 6: single-column would do, or 66 x ")
    );
    assert!(!path.exists(), "{}", path.display());
    // On a screen whoever looks at it can enlarge it.
    let output = export(&["--size", "300 x 200 px"]);
    assert_eq!(output.code, Some(0));
    let words = "linchpin: timeline: its smallest letters have ";
    assert!(output.err.starts_with(words), "{}", output.err);
    assert!(path.exists());
}

#[test]
fn all_charts_say_which_are_too_small_for_a_size() {
    let folder = target("too-small");
    let _ = fs::remove_dir_all(&folder);
    let to = folder.to_str().unwrap();
    let export = |size| {
        let args = [
            "export", "--all", "--to", to, "--format", "svg", "--size", size,
        ];
        linchpin(&args)
    };
    let output = export("70 x 60 mm");
    assert_eq!(output.code, Some(1), "{}", output.err);
    let line = |output: &str| {
        let mut lines = output.lines();
        lines
            .find(|line| line.contains("timeline.svg"))
            .unwrap()
            .to_owned()
    };
    let said = line(&output.out);
    assert!(
        said.contains(": cannot be read: at 70 x 60 mm its smallest letters"),
        "{said}"
    );
    assert!(!folder.join("timeline.svg").exists());
    // An image that is small on a screen is made, and it is said each time.
    for outcome in ["written", "unchanged"] {
        let output = export("300 x 200 px");
        assert_eq!(output.code, Some(0), "{}", output.err);
        let said = line(&output.out);
        assert!(
            said.contains(&format!(": {outcome}; its smallest letters have ")),
            "{said}"
        );
    }
}

#[test]
fn a_character_without_a_glyph_stops_the_export() {
    let register = file(
        "private.ron",
        "(format: 1, title: \"Private\", parties: [(id: \"us\", name: \"United States\", kind: \
            State)], charts: [
            (id: \"sound\", title: \"Parties\", records: [Parties], mark: Bar, y: \
(field: \"kind\")),
            (id: \"odd\", title: \"Parties \u{E000} and 𗀀\", records: [Parties], mark: Bar, y: \
(field: \"kind\")),
        ])",
    );
    let register = register.to_str().unwrap();
    for name in ["odd.png", "odd.svg", "odd.pdf"] {
        let path = target(name);
        let _ = fs::remove_file(&path);
        let to = path.to_str().unwrap();
        assert_eq!(
            refusal(&["export", register, "--chart", "odd", "--to", to]),
            "linchpin: odd: no font has characters of the picture: U+E000 in \"Parties \u{E000} \
                and 𗀀\", U+17000 (𗀀) in \
             \"Parties \u{E000} and 𗀀\". Write other characters there, or name a font with \
             these characters in a house style, such as fonts: (fallback: [\"Font.otf\"])\n"
        );
        assert!(!path.exists(), "{name}");
    }
    let to = target("sound.png");
    let args = [
        "export",
        register,
        "--chart",
        "sound",
        "--to",
        to.to_str().unwrap(),
    ];
    assert_eq!(linchpin(&args).code, Some(0));
}

#[test]
fn numbers_are_written_as_asked_for() {
    let svg = |more: &[&str]| String::from_utf8(image("numbers.svg", "figures", more)).unwrap();
    let says = |svg: &str, words: &str| svg.contains(&format!(">{words}</text>"));
    let usual = svg(&[]);
    assert!(says(&usual, "28,500") && !says(&usual, "28.500"));
    let other = svg(&["--numbers", "continental"]);
    assert!(says(&other, "28.500") && !says(&other, "28,500"));
    let why = refusal(&[
        "export",
        "--chart",
        "figures",
        "--to",
        "x.svg",
        "--numbers",
        "mine",
    ]);
    assert!(
        why.contains("[possible values: English, Continental, French, Swiss]"),
        "{why}"
    );
}

#[test]
fn entries_of_a_full_timeline_stand_together_and_are_counted() {
    let event = |day: usize| {
        format!(
            "(id: \"e-{day}\", title: \"E {day}\", date: (date: \"19{:02}\", basis: Stated)),",
            day % 100
        )
    };
    let events: String = (0..70).map(event).collect();
    let text = format!(
        "(format: 1, title: \"Many\", events: [{events}], charts: [(id: \"c\", title: \"C\", \
        records: [Events], mark: Timeline)])"
    );
    let register = file("many-events.ron", &text);
    let to = target("many-events.svg");
    let output = linchpin(&[
        "export",
        register.to_str().unwrap(),
        "--chart",
        "c",
        "--force",
        "--to",
        to.to_str().unwrap(),
    ]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    let svg = fs::read_to_string(to).unwrap();
    assert!(
        svg.contains("those that begin in the same 5 years are drawn together"),
        "{svg}"
    );
}

#[test]
fn a_date_for_files_that_is_none_is_refused() {
    let to = target("no-date.svg");
    let export = crate::program::program()
        .args(["export", "--chart", "figures", "--to", to.to_str().unwrap()])
        .env("SOURCE_DATE_EPOCH", "yesterday")
        .output()
        .unwrap();
    let output = crate::program::read_output(export);
    assert_eq!(output.code, Some(2));
    assert!(
        output.err.contains("SOURCE_DATE_EPOCH is `yesterday`"),
        "{}",
        output.err
    );
    assert!(!to.exists());
}
