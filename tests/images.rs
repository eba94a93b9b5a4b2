//! Images as users make them: `linchpin export`, read back by other programs' readers.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CHARTS: [&str; 8] = [
    "figures",
    "commitments-by-priority",
    "commitments-by-theme",
    "commitments-by-strength",
    "commitments-by-committer",
    "timeline",
    "bodies-by-theme",
    "voices-by-strength",
];

fn linchpin(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linchpin"))
        .args(args)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .unwrap()
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("linchpin-images-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn export(folder: &Folder, chart: &str, name: &str, more: &[&str]) -> Vec<u8> {
    let path = folder.path(name);
    let output = linchpin(&[&["export", "--chart", chart, "--to", &path], more].concat());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // Another message would name characters without a glyph.
    let messages = String::from_utf8_lossy(&output.stderr);
    let mut others = messages
        .lines()
        .filter(|line| !line.contains("its smallest letters have"));
    assert_eq!(others.next(), None);
    std::fs::read(path).unwrap()
}

/// The title of a chart, as `linchpin list` has it.
fn title(chart: &str) -> String {
    let list = String::from_utf8(linchpin(&["list"]).stdout).unwrap();
    let line = list
        .lines()
        .find(|l| l.starts_with("chart") && l.split_whitespace().nth(1) == Some(chart))
        .unwrap();
    line.split_once(chart).unwrap().1.trim().to_owned()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_chart_is_a_valid_svg_with_its_title_and_source() {
    let folder = Folder::new("svg");
    for chart in CHARTS {
        for more in [&[][..], &["--svg-text", "real"]] {
            let bytes = export(&folder, chart, "chart.svg", more);
            let text = String::from_utf8(bytes).unwrap();
            let document = roxmltree::Document::parse(&text).unwrap();
            let words: String = document
                .descendants()
                .filter(|n| n.has_tag_name("text"))
                .filter_map(|n| n.text())
                .collect();
            assert!(
                squeezed(&words).contains(&squeezed(&title(chart))),
                "{chart}: {words}"
            );
            assert!(
                words.contains("Sources: ") || words.contains("Source: "),
                "{chart}"
            );
            assert!(words.contains("Register as of"), "{chart}");
            let metadata = document
                .descendants()
                .find(|n| n.has_tag_name("metadata"))
                .unwrap();
            assert!(
                metadata
                    .descendants()
                    .filter_map(|n| n.text())
                    .any(|t| t.contains("https://")),
                "{chart} names no address"
            );
        }
    }
}

#[test]
fn a_png_has_the_size_and_resolution_that_were_asked_for() {
    let folder = Folder::new("png");
    for (more, size, dpi) in [
        (
            &["--width", "800", "--height", "500", "--scale", "3"][..],
            (2400, 1500),
            288.0,
        ),
        (
            &["--width", "640", "--height", "400", "--dpi", "300"][..],
            (2000, 1250),
            300.0,
        ),
        (
            &[
                "--width", "300", "--height", "200", "--scale", "1", "--theme", "dark",
            ][..],
            (300, 200),
            96.0,
        ),
    ] {
        let bytes = export(&folder, "timeline", "chart.png", more);
        let reader = png::Decoder::new(std::io::Cursor::new(&bytes))
            .read_info()
            .unwrap();
        let info = reader.info();
        assert_eq!((info.width, info.height), size);
        let density = info.pixel_dims.unwrap();
        assert!(
            (f64::from(density.xppu) * 0.0254 - dpi).abs() < 0.1,
            "{density:?}"
        );
        let says = |key: &str| {
            info.utf8_text
                .iter()
                .find(|t| t.keyword == key)
                .and_then(|t| t.get_text().ok())
        };
        assert_eq!(says("Title").unwrap(), title("timeline"));
        assert!(says("Source").unwrap().contains("Register as of"));
        assert!(says("Citations").unwrap().contains("https://"));
        assert_eq!(says("Creation Time"), None);
    }
}

#[test]
fn a_pdf_has_its_words_as_text() {
    let folder = Folder::new("pdf");
    for chart in CHARTS {
        let bytes = export(&folder, chart, "chart.pdf", &[]);
        let document = lopdf::Document::load_mem(&bytes).unwrap();
        let text = squeezed(&document.extract_text(&[1]).unwrap());
        assert!(text.contains(&squeezed(&title(chart))), "{chart}: {text}");
        assert!(text.contains("Registerasof"), "{chart}: {text}");
    }
}

#[test]
fn korean_words_are_text_in_every_format() {
    let folder = Folder::new("korean");
    let register = folder.path("korean.ron");
    std::fs::write(
        &register,
        r#"#![enable(implicit_some)]
(format: 1, title: "한미 동맹", priorities: [(id: "p", name: "확장억제", rank: 1)], themes: [(id: "t", name: "억제")],
 ladder: [(id: "s", rank: 5, label: "명시적 약속", verbs: ["약속한다"])],
 parties: [(id: "rok", name: "대한민국", kind: State, code: "KOR")],
 documents: [(id: "d", title: "국방비전", short: "국방비전", kind: JointStatement, legal_character: PoliticalInferred, date: (date: "2023", basis: Stated), url: "https://example.org/d")],
 commitments: [(id: "c", title: "약속", statement: "약속을 지킨다.", committers: ["rok"], verb: "약속한다", strength: "s", mode: FutureAction, priority: "p", themes: ["t"],
   citations: [(document: "d", paragraph: 1, phrase: "약속한다")])])
"#,
    )
    .unwrap();
    let export = |name: &str| {
        let path = folder.path(name);
        let output = linchpin(&[
            "export",
            &register,
            "--chart",
            "commitments-by-priority",
            "--to",
            &path,
        ]);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        std::fs::read(path).unwrap()
    };
    assert!(
        String::from_utf8(export("k.svg"))
            .unwrap()
            .contains("확장억제")
    );
    let pdf = lopdf::Document::load_mem(&export("k.pdf")).unwrap();
    assert!(squeezed(&pdf.extract_text(&[1]).unwrap()).contains("확장억제"));
    assert!(export("k.png").starts_with(b"\x89PNG"));
}

#[test]
fn the_same_register_gives_the_same_bytes_and_the_date_is_the_one_given() {
    let folder = Folder::new("same");
    for name in ["a.png", "a.svg", "a.pdf"] {
        assert_eq!(
            export(&folder, "figures", name, &[]),
            export(&folder, "figures", name, &[]),
            "{name}"
        );
    }
    let dated = |name: &str, epoch: &str| {
        let path = folder.path(name);
        let status = Command::new(env!("CARGO_BIN_EXE_linchpin"))
            .args(["export", "--chart", "figures", "--to", &path])
            .env("SOURCE_DATE_EPOCH", epoch)
            .status()
            .unwrap();
        assert!(status.success());
        std::fs::read(path).unwrap()
    };
    let svg = String::from_utf8(dated("d.svg", "1700000000")).unwrap();
    assert!(svg.contains("2023-11-14T22:13:20Z"));
    assert_ne!(dated("d.pdf", "1700000000"), dated("d.pdf", "1600000000"));
}

#[test]
fn export_all_writes_every_chart_in_every_format() {
    let folder = Folder::new("all");
    let target = folder.path("figures");
    let output = linchpin(&[
        "export",
        "--all",
        "--to",
        &target,
        "--format",
        "png,svg,pdf",
        "--width",
        "500",
        "--scale",
        "1",
    ]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let written = String::from_utf8(output.stdout).unwrap();
    let files: Vec<&str> = written
        .lines()
        .filter_map(|line| line.strip_suffix(": written"))
        .collect();
    assert_eq!(files.len(), CHARTS.len() * 3);
    assert_eq!(
        written.lines().last(),
        Some(format!("{0} images: {0} written", CHARTS.len() * 3).as_str())
    );
    for line in files {
        assert!(Path::new(line).metadata().unwrap().len() > 500, "{line}");
    }
}

#[test]
fn what_cannot_be_exported_is_refused_in_words() {
    let folder = Folder::new("refused");
    let out = folder.path("x.png");
    for (args, words) in [
        (
            &["--chart", "timelin", "--to", &out][..],
            "Did you mean `timeline`?",
        ),
        (
            &["--chart", "timeline", "--to", "x.gif"][..],
            ".png, .svg or .pdf",
        ),
        (
            &["--chart", "timeline", "--to", &out, "--width", "100000"][..],
            "16384",
        ),
        (
            &["--chart", "timeline", "--to", &out, "--width", "NaN"][..],
            "16384",
        ),
        (
            &["--chart", "timeline", "--to", &out, "--scale=-1"][..],
            "--scale",
        ),
        (
            &["--chart", "timeline", "--to", "/no/such/folder/x.png"][..],
            "Cannot write /no/such/folder/x.png",
        ),
        (&["--chart", "timeline"][..], "--to"),
    ] {
        let output = linchpin(&[&["export"], args].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(words), "{args:?}: {said}");
    }
    assert!(!Path::new(&out).exists());
}

#[test]
fn the_window_is_painted_without_one() {
    let folder = Folder::new("screenshot");
    for (page, theme) in [
        ("overview", "light"),
        ("commitments", "dark"),
        ("charts", "light"),
    ] {
        let path = folder.path("window.png");
        let output = linchpin(&[
            "screenshot",
            "--page",
            page,
            "--to",
            &path,
            "--size",
            "1000x700",
            "--scale",
            "2",
            "--theme",
            theme,
        ]);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{page}");
        let reader = png::Decoder::new(std::io::Cursor::new(std::fs::read(path).unwrap()))
            .read_info()
            .unwrap();
        assert_eq!((reader.info().width, reader.info().height), (2000, 1400));
    }
    let output = linchpin(&[
        "screenshot",
        "--page",
        "nowhere",
        "--to",
        &folder.path("x.png"),
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("overview"));
}
