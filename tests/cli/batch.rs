//! `export --all` and recipes: many images in one go, and only what has changed the next time.

use crate::program::{ProgramOutput, linchpin};
use std::fs;
use std::path::{Path, PathBuf};

/// A register of two charts; `{recipes}` and `{title}` stand for what a test fills in.
const TWO: &str = "#![enable(implicit_some)]
(format: 1, title: \"Two\", parties: [
    (id: \"us\", name: \"United States\", kind: State),
    (id: \"rok\", name: \"Republic of Korea\", kind: State),
    (id: \"un\", name: \"United Nations\", kind: Organization),
], charts: [
    (id: \"kinds\", title: \"{title}\", records: [Parties], mark: Bar, y: (field: \"kind\")),
    (id: \"names\", title: \"Names\", records: [Parties], mark: Table),
], recipes: [{recipes}])";

/// A folder of its own for a test, with a register in it.
pub struct Desk(PathBuf);

impl Desk {
    pub fn new(name: &str) -> Desk {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("batch-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let desk = Desk(path);
        desk.register("Kinds", "");
        desk
    }

    pub fn register(&self, title: &str, recipes: &str) {
        let text = TWO.replace("{title}", title).replace("{recipes}", recipes);
        fs::write(self.0.join("two.ron"), text).unwrap();
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    pub fn export(&self, args: &[&str]) -> ProgramOutput {
        let (register, to) = (self.path("two.ron"), self.path("out"));
        let small = ["--width", "400", "--scale", "1"];
        let sized = if args.contains(&"--all") {
            &small[..]
        } else {
            &[]
        };
        linchpin(&[&["export", &register, "--to", &to], args, sized].concat())
    }

    /// What an export says of each file, then in all; the files without their folder.
    fn lines(&self, args: &[&str]) -> Vec<String> {
        let output = self.export(args);
        assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
        let folder = format!("{}/", self.path("out"));
        output.out.lines().map(|l| l.replace(&folder, "")).collect()
    }
}

const WRITTEN: [&str; 3] = [
    "kinds.png: written",
    "names.png: written",
    "2 images: 2 written",
];

#[test]
fn only_what_has_changed_is_made_again() {
    let desk = Desk::new("again");
    assert_eq!(desk.lines(&["--all"]), WRITTEN);
    let first = fs::read(desk.path("out/kinds.png")).unwrap();
    assert_eq!(
        desk.lines(&["--all"]),
        [
            "kinds.png: unchanged",
            "names.png: unchanged",
            "2 images: 2 unchanged"
        ]
    );
    assert_eq!(desk.lines(&["--all", "--force"]), WRITTEN);
    // The same bytes, although it was made again.
    assert_eq!(fs::read(desk.path("out/kinds.png")).unwrap(), first);

    // Other options are another image, and another format another file.
    assert_eq!(desk.lines(&["--all", "--theme", "dark"]), WRITTEN);
    assert_ne!(fs::read(desk.path("out/kinds.png")).unwrap(), first);
    let svg = desk.lines(&["--all", "--format", "svg,png"]);
    assert_eq!(svg.last().unwrap(), "4 images: 4 written");
    assert_eq!(fs::read(desk.path("out/kinds.png")).unwrap(), first);

    // Another chart.
    desk.register("Kinds of parties", "");
    let changed = desk.lines(&["--all"]);
    assert_eq!(changed[..2], ["kinds.png: written", "names.png: unchanged"]);
    assert_ne!(fs::read(desk.path("out/kinds.png")).unwrap(), first);
}

#[test]
fn a_file_that_was_changed_or_removed_is_made_again() {
    let desk = Desk::new("touched");
    desk.lines(&["--all"]);
    let whole = fs::read(desk.path("out/kinds.png")).unwrap();
    fs::write(desk.path("out/kinds.png"), &whole[1..]).unwrap();
    fs::remove_file(desk.path("out/names.png")).unwrap();
    assert_eq!(
        desk.lines(&["--all"]),
        [
            "kinds.png: written; it had been changed by hand",
            "names.png: written",
            "2 images: 2 written"
        ]
    );
    assert_eq!(fs::read(desk.path("out/kinds.png")).unwrap(), whole);

    // Without what is known of the folder, or with what cannot be read, all is made again.
    let known = desk.path("out/.linchpin-export.json");
    for broken in ["{", "[1]", "{\"version\":99,\"files\":{}}"] {
        fs::write(&known, broken).unwrap();
        assert_eq!(desk.lines(&["--all"]), WRITTEN, "{broken}");
    }
    fs::remove_file(&known).unwrap();
    assert_eq!(desk.lines(&["--all"]), WRITTEN);
}

#[test]
fn files_of_charts_that_are_gone_are_named_and_stay() {
    let desk = Desk::new("gone");
    desk.lines(&["--all"]);
    let text = fs::read_to_string(desk.path("two.ron")).unwrap();
    fs::write(
        desk.path("two.ron"),
        text.replace("id: \"names\"", "id: \"people\""),
    )
    .unwrap();
    let output = desk.export(&["--all"]);
    let left = desk.path("out/names.png");
    assert_eq!(
        output.err,
        format!("linchpin: {left} is left over from an earlier export: nothing asks for it now\n")
    );
    assert!(Path::new(&left).exists());
    fs::remove_file(&left).unwrap();
    assert_eq!(desk.export(&["--all"]).err, "");
}

#[test]
fn a_recipe_says_which_charts_how_large_and_in_which_formats() {
    let desk = Desk::new("recipe");
    desk.register(
        "Kinds",
        "(id: \"paper\", title: \"For the paper\", charts: [\"kinds\"], formats: [Png, Pdf], \
            size: \"90 x 60 mm\", dpi: 254),
         (id: \"web\", title: \"For the web\", formats: [Svg], size: \"500 px\", style: Dark, \
            evidence: Citations)",
    );
    assert_eq!(
        desk.lines(&["--recipe", "paper"]),
        [
            "kinds.png: written",
            "kinds.pdf: written",
            "2 images: 2 written"
        ]
    );
    let png = fs::read(desk.path("out/kinds.png")).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info();
    let info = reader.unwrap().info().clone();
    // 254 pixels to the inch are 10 to the millimeter.
    assert_eq!((info.width, info.height), (900, 600));

    assert_eq!(
        desk.lines(&["--recipes"]),
        [
            "paper/kinds.png: written",
            "paper/kinds.pdf: written",
            "web/kinds.svg: written",
            "web/names.svg: written",
            "4 images: 4 written"
        ]
    );
    assert_eq!(fs::read(desk.path("out/paper/kinds.png")).unwrap(), png);
    let svg = fs::read_to_string(desk.path("out/web/kinds.svg")).unwrap();
    assert!(svg.contains("width=\"500\""), "{}", &svg[..300]);
    assert!(svg.contains("the image was exported with its citations alone"));

    // What the recipe no longer asks for is named.
    desk.register(
        "Kinds",
        "(id: \"paper\", title: \"For the paper\", charts: [\"kinds\"], size: \"90 x 60 mm\", dpi: \
        254)",
    );
    let output = desk.export(&["--recipe", "paper"]);
    // The register is another one now, but says nothing else about this image.
    assert!(
        output
            .out
            .starts_with(&desk.path("out/kinds.png: unchanged"))
    );
    assert!(
        output.err.contains("kinds.pdf is left over"),
        "{}",
        output.err
    );
}

#[test]
fn a_recipe_that_cannot_be_followed_says_what_is_wrong_and_writes_nothing() {
    let desk = Desk::new("wrong");
    for (fields, words) in [
        (
            "size: \"huge\"",
            "The recipe \"bad\", size: \"huge\" is no size: write single-column,",
        ),
        (
            "size: \"90\"",
            "The recipe \"bad\", size: \"90\" has no unit: write for instance \"90 mm\"",
        ),
        (
            "margin: \"wide\"",
            "The recipe \"bad\", margin: \"wide\" is no length",
        ),
        (
            "dpi: 5",
            "The recipe \"bad\", dpi: 5 is no resolution: write 10 to 1920",
        ),
        ("house: \"none.ron\"", "The recipe \"bad\", house: "),
    ] {
        desk.register("Kinds", &format!("(id: \"bad\", title: \"Bad\", {fields})"));
        let output = desk.export(&["--recipe", "bad"]);
        assert_eq!(
            (output.out.as_str(), output.code),
            ("", Some(2)),
            "{fields}"
        );
        assert!(output.err.contains(words), "{fields}: {}", output.err);
        assert!(!Path::new(&desk.path("out")).exists(), "{fields}");
    }
}

#[test]
fn what_there_is_not_is_said_in_words() {
    let desk = Desk::new("unknown");
    let output = desk.export(&["--recipe", "papr"]);
    assert!(
        output.err.contains("The register has no recipes"),
        "{}",
        output.err
    );
    desk.register("Kinds", "(id: \"paper\", title: \"For the paper\")");
    let output = desk.export(&["--recipe", "papr"]);
    assert!(
        output.err.contains("Did you mean `paper`?"),
        "{}",
        output.err
    );
    assert_eq!(output.code, Some(2));

    let nothing = desk.export(&[]);
    assert!(
        nothing.err.contains("Say what to export"),
        "{}",
        nothing.err
    );
    let file = desk.path("all.png");
    let output = linchpin(&["export", "--all", "--to", &file]);
    assert!(output.err.contains("looks like a file"), "{}", output.err);
    assert!(!Path::new(&file).exists());
}

#[test]
fn a_report_is_one_file() {
    let desk = Desk::new("report");
    desk.register(
        "Kinds",
        "(id: \"paper\", title: \"For the paper\", charts: [\"names\"])",
    );
    let register = desk.path("two.ron");
    let report = |name: &str, more: &[&str]| {
        let to = desk.path(name);
        let output = linchpin(&[&["export", &register, "--to", &to], more].concat());
        assert_eq!((output.err.as_str(), output.code), ("", Some(0)), "{name}");
        fs::read(to).unwrap()
    };
    let page = String::from_utf8(report("all.html", &["--report"])).unwrap();
    assert!(page.contains("id=\"chart-kinds\"") && page.contains("id=\"chart-names\""));
    // A page can be nothing but a report.
    assert_eq!(report("again.html", &[]), page.as_bytes());
    let some = String::from_utf8(report("some.html", &["--report", "--recipe", "paper"])).unwrap();
    assert!(!some.contains("id=\"chart-kinds\"") && some.contains("id=\"chart-names\""));
    let counted = String::from_utf8(report("own.html", &["--voices", "document"])).unwrap();
    assert!(counted.contains("the documents&#39; own voice"));

    let (a4, letter) = (
        report("all.pdf", &["--report"]),
        report("letter.pdf", &["--report", "--paper", "letter"]),
    );
    assert!(a4.starts_with(b"%PDF-") && letter.starts_with(b"%PDF-") && a4 != letter);

    let to = desk.path("report.png");
    let output = linchpin(&["export", &register, "--report", "--to", &to]);
    assert!(
        output.err.contains("names no format of a report"),
        "{}",
        output.err
    );
    // What is not the user's to choose there is refused, rather than ignored.
    let to = desk.path("sized.pdf");
    let output = linchpin(&["export", &register, "--report", "--size", "a4", "--to", &to]);
    assert!(output.err.contains("cannot be used with"), "{}", output.err);
    assert_eq!(output.code, Some(2));
}
