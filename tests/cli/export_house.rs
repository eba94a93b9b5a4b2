//! `export --house`: the colors, fonts, logo and width of a house, and what is said of a house
//! style that is wrong.

use crate::export::{image, target};
use crate::program::{file, linchpin, refusal};
use std::fs;
use std::path::Path;

const CHART: &str = "commitments-by-strength";

/// A house style with the files beside it.
fn house(folder: &str, text: &str, files: &[(&str, Vec<u8>)]) -> String {
    let folder = target(folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let path = folder.join("house.ron");
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn semibold() -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read(root.join("assets/fonts/LinchpinSans-SemiBold.otf")).unwrap()
}

/// A logo in two colors, 60 by 20 pixels.
fn logo() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 60, 20);
    encoder.set_color(png::ColorType::Rgb);
    let pixel = |at: u32| {
        if at % 60 < 30 {
            [250, 20, 30]
        } else {
            [10, 200, 60]
        }
    };
    let pixels: Vec<u8> = (0..60 * 20).flat_map(pixel).collect();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    out
}

#[test]
fn the_colors_of_a_house_stand_in_the_file() {
    let path = house(
        "house-colors",
        "(name: \"Gazette\", width: \"120 mm\", colors: (text: \"#102030\", muted: \"#334455\", \
            ground: \"#FFF1E5\",
            accent: \"#990F3D\", ladder: \
[\"#AA7788\", \"#996677\", \"#885566\", \"#774455\", \"#663344\", \"#552233\", \"#441122\"]))",
        &[],
    );
    let svg = String::from_utf8(image("house.svg", CHART, &["--house", &path])).unwrap();
    for color in ["#102030", "#334455", "#fff1e5", "#774455", "#552233"] {
        assert!(svg.contains(color), "{color}");
    }
    let plain = String::from_utf8(image("house.svg", CHART, &[])).unwrap();
    assert!(!plain.contains("#fff1e5") && !plain.contains("#774455"));
    let width = |svg: &str| {
        let document = roxmltree::Document::parse(svg).unwrap();
        let width = document.root_element().attribute("width").unwrap();
        width.to_owned()
    };
    // As wide as it was asked for, in the unit of the house style.
    assert_eq!(width(&svg), "120mm");
    // What is asked for goes before what the house has.
    let args = ["--house", &path, "--size", "700 px"];
    let svg = String::from_utf8(image("house.svg", CHART, &args)).unwrap();
    assert_eq!(width(&svg), "700");
    let figures = String::from_utf8(image("house.svg", "figures", &["--house", &path])).unwrap();
    assert!(figures.contains("#990f3d"));
}

#[test]
fn the_fonts_and_the_logo_of_a_house_are_used() {
    let path = house(
        "house-files",
        "House(fonts: (regular: \"body.otf\"), logo: \"logo.png\")",
        &[("body.otf", semibold()), ("logo.png", logo())],
    );
    let pdf = image("house.pdf", CHART, &["--house", &path]);
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("+LinchpinSans-SemiBold"));
    assert!(!text.contains("LinchpinSans-Regular"));
    let svg = String::from_utf8(image("house-2.svg", CHART, &["--house", &path])).unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let number = |n: &roxmltree::Node<'_, '_>, name: &str| {
        n.attribute(name).unwrap().parse::<f32>().unwrap()
    };
    let root = document.root_element();
    let images: Vec<_> = (document.descendants())
        .filter(|n| n.has_tag_name("image"))
        .collect();
    assert_eq!(images.len(), 1);
    let logo = &images[0];
    // As wide as it is, in the lower right corner, with the blank edge of 16 points around.
    assert_eq!(
        (number(logo, "width"), number(logo, "height")),
        (84.0, 28.0)
    );
    assert_eq!(number(logo, "x") + 84.0, number(&root, "width") - 16.0);
    assert!(number(logo, "y") + 28.0 <= number(&root, "height") - 16.0 + 0.5);
    // No text runs into it.
    for text in document.descendants().filter(|n| n.has_tag_name("text")) {
        if text.attribute("transform").is_none() && number(&text, "y") > number(logo, "y") {
            let end = number(&text, "x") + number(&text, "textLength");
            assert!(end <= number(logo, "x"), "{:?}", text.text());
        }
    }
    let grey = image("house-2.svg", CHART, &["--house", &path, "--grey"]);
    assert_ne!(grey, svg.as_bytes());
}

#[cfg(unix)]
#[test]
fn fonts_and_logos_that_are_links_to_elsewhere_are_not_read() {
    use std::os::unix::fs::symlink;
    let elsewhere = house(
        "house-elsewhere",
        "()",
        &[("logo.png", logo()), ("body.otf", semibold())],
    );
    let elsewhere = Path::new(&elsewhere).parent().unwrap().to_owned();
    for (text, name) in [
        ("House(logo: \"logo.png\")", "logo.png"),
        ("House(fonts: (regular: \"body.otf\"))", "body.otf"),
    ] {
        let path = house("house-links", text, &[]);
        let link = Path::new(&path).with_file_name(name);
        for target in [name, "nothing"] {
            let _ = fs::remove_file(&link);
            symlink(elsewhere.join(target), &link).unwrap();
            let svg = crate::export::target("house-links.svg");
            let _ = fs::remove_file(&svg);
            let to = svg.to_str().unwrap();
            let said = refusal(&["export", "--chart", CHART, "--to", to, "--house", &path]);
            assert!(
                said.contains("a link leads out of the folder, to "),
                "{said}"
            );
            assert!(!svg.exists());
        }
        // A link that stays inside is as good as a file.
        fs::remove_file(&link).unwrap();
        fs::copy(elsewhere.join(name), link.with_extension("copy")).unwrap();
        symlink(link.with_extension("copy"), &link).unwrap();
        image("house-links-2.svg", CHART, &["--house", &path]);
        fs::remove_file(&link).unwrap();
    }
}

#[test]
fn the_sample_is_sound() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/house-style.ron");
    let svg = image("house-3.svg", CHART, &["--house", sample.to_str().unwrap()]);
    assert!(String::from_utf8(svg).unwrap().contains("#fffbf5"));
}

fn complaint(text: &str) -> String {
    let path = house("house-bad", text, &[("logo.png", b"no picture".to_vec())]);
    let to = target("house-bad.png");
    let _ = fs::remove_file(&to);
    let to = to.to_str().unwrap();
    let output = refusal(&["export", "--chart", CHART, "--to", to, "--house", &path]);
    assert!(!Path::new(to).exists());
    output.replace(&path, "house.ron")
}

#[test]
fn a_wrong_house_style_is_refused_at_the_place() {
    assert_eq!(
        complaint("(name: \"A\",\n colors: (text: \"red\", grund: \"#FFFFFF\"))"),
        "error[bad-value]: \"red\" is no color
 --> house.ron:2:17
  |
1 | (name: \"A\",
2 |  colors: (text: \"red\", grund: \"#FFFFFF\"))
  |                 ^^^^^
  |
  = help: write six hexadecimal digits, such as \"#0B5CAD\"

error[unknown-field]: A Palette has no field `grund`
 --> house.ron:2:24
  |
1 | (name: \"A\",
2 |  colors: (text: \"red\", grund: \"#FFFFFF\"))
  |                        ^^^^^
  |
  = help: did you mean `ground`?
linchpin: The house style house.ron has 2 errors: no image was written
"
    );
    for (text, words) in [
        ("", "error[empty]"),
        ("[1]", "error[wrong-type]"),
        ("(name: \"A\" width: \"3 mm\")", "error[missing-comma]"),
        ("(width: \"wide open\")", "\"wide open\" is no size"),
        (
            "(colors: (ladder: [\"#000000\"]))",
            "The ladder has 1 colors",
        ),
        (
            "(logo: \"logo.png\")",
            "\"logo.png\" cannot be used, it is no PNG that can be read",
        ),
        ("(logo: \"no.png\")", "no.png: there is no such file"),
        (
            "(logo: \"../logo.png\")",
            "\"../logo.png\" is no file next to the house style",
        ),
        (
            "(fonts: (regular: \"house.ron\"))",
            "cannot be used, it is no font, or a damaged one",
        ),
        (
            "(fonts: (semibold: \"logo.png\"))",
            "This Typeface lacks the field `regular`",
        ),
    ] {
        let output = complaint(text);
        assert!(output.contains(words), "{text}: {output}");
        assert!(output.contains("house.ron"), "{output}");
    }
    let to = target("house-bad.png");
    let to = to.to_str().unwrap();
    assert_eq!(
        refusal(&[
            "export",
            "--chart",
            CHART,
            "--to",
            to,
            "--house",
            "no/house.ron"
        ]),
        "linchpin: Cannot read no/house.ron: there is no such file\n"
    );
}

#[test]
fn faint_letters_are_a_warning() {
    let path = file("faint.ron", "(colors: (muted: \"#BBBBBB\"))");
    let to = target("faint.png");
    let to = to.to_str().unwrap();
    let path = path.to_str().unwrap();
    let output = linchpin(&["export", "--chart", CHART, "--to", to, "--house", path]);
    assert_eq!(output.code, Some(0));
    let words = "warning[low-contrast]: `muted` has a contrast of only 1.9 with the ground";
    assert!(output.err.starts_with(words), "{}", output.err);
}

#[test]
fn no_house_style_makes_the_program_fall() {
    let sound = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/house-style.ron"));
    let sound = sound.unwrap();
    let mut state: u32 = 11;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let path = target("house-random.ron");
    for _ in 0..2_000 {
        let mut bytes = sound.clone();
        for _ in 0..1 + random(4) {
            let at = random(bytes.len());
            match random(3) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes[at] = b"()[]\",:#/\\\n\xff0"[random(13)],
                _ => drop(bytes.drain(at..(at + random(30)).min(bytes.len()))),
            }
            if bytes.is_empty() {
                bytes.push(b'(');
            }
        }
        fs::write(&path, &bytes).unwrap();
        let read = linchpin_render::export::house_style::HouseStyleText::read(&path).unwrap();
        assert!(read.house.is_some() || !read.messages().is_empty());
    }
}
