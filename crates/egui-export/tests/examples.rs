//! The examples run without a window, and make the files they promise.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Run an example in a folder of its own. Cargo builds examples before it runs tests.
fn run(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("example-{name}"));
    std::fs::create_dir_all(&folder).expect("a folder");
    let test = std::env::current_exe().expect("this test");
    let target = test.parent().and_then(Path::parent).expect("the target");
    let example = target.join("examples").join(name);
    let example = example.with_extension(std::env::consts::EXE_EXTENSION);
    let status = Command::new(example).arg(&folder).status();
    assert!(status.expect("the example is built").success(), "{name}");
    folder
}

#[test]
fn a_plot_is_saved_as_svg_and_pdf() {
    let folder = run("plot");
    let svg = std::fs::read_to_string(folder.join("plot.svg")).expect("an SVG");
    let document = roxmltree::Document::parse(&svg).expect("valid XML");
    let texts: Vec<&str> = document
        .descendants()
        .filter(|n| n.has_tag_name("text"))
        .filter_map(|n| n.text())
        .collect();
    for text in ["A falling ball", "Time (s)", "Height (m)", "In air"] {
        assert!(texts.contains(&text), "{text} in {texts:?}");
    }
    let pdf = std::fs::read(folder.join("plot.pdf")).expect("a PDF");
    let pdf = hayro_syntax::Pdf::new(pdf).expect("a sound PDF");
    assert_eq!(pdf.pages()[0].render_dimensions(), (360.0, 225.0));
}

#[test]
fn a_user_interface_is_saved_as_png_at_twice_its_size() {
    let folder = run("screenshot");
    let bytes = std::fs::read(folder.join("screenshot.png")).expect("a PNG");
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let reader = decoder.read_info().expect("a sound PNG");
    let info = reader.info();
    assert_eq!((info.width, info.height), (680, 620));
    // The background covers all of it; egui's own dark style is all gray here.
    assert_eq!(info.color_type, png::ColorType::Grayscale);
}

#[test]
fn a_tested_window_has_its_picture_taken() {
    let bytes = std::fs::read(run("kittest").join("kittest.png")).expect("a PNG");
    assert!(bytes.starts_with(b"\x89PNG"));
}
