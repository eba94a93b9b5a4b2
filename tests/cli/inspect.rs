//! `inspect`: what an exported image carries.

use crate::program::{SMALL, file, linchpin, refusal, result};
use std::path::PathBuf;

fn exported(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let path = path.to_str().unwrap().to_owned();
    let output = linchpin(&[
        "export",
        "--chart",
        "commitments-by-theme",
        "--to",
        &path,
        "--voices",
        "document",
    ]);
    assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
    path
}

#[test]
fn all_three_formats_say_the_same() {
    let mut texts = Vec::new();
    for name in ["inspected.png", "inspected.svg", "inspected.pdf"] {
        let path = exported(name);
        let text = result(&["inspect", &path]);
        for words in [
            "Commitments by theme\n",
            "\ncounted    all records, the documents' own voice\n",
            "\nregister   The U.S.-ROK Alliance: stated commitments\n",
            "\nas of      2026-11-22\n",
            "\nfile       us-rok-alliance.ron\n",
            "\ndrawing    unaltered since the export\n",
            "\ncompilers  The Linchpin project\n",
            "\nlicense    CC0-1.0\n",
            "\nThe data\n",
            "mark: Bar,",
            "  https://www.safia.hq.af.mil/",
        ] {
            assert!(text.contains(words), "{words:?} in {text}");
        }
        let json = result(&["inspect", &path, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["container"], name[name.len() - 3..].to_uppercase());
        assert_eq!(json["file"], path.as_str());
        assert_eq!(json["bytes"], std::fs::metadata(&path).unwrap().len());
        assert_eq!(json["drawing"]["state"], "unaltered");
        // What is drawn is pixels in one, shapes in the others.
        let mut evidence = json["evidence"].clone();
        let drawing = evidence.as_object_mut().unwrap().remove("drawing");
        assert_eq!(drawing.unwrap()["sha256"].as_str().map(str::len), Some(64));
        texts.push(evidence);
    }
    assert!(texts.windows(2).all(|two| two[0] == two[1]));
    assert_eq!(texts[0]["linchpin"], 1);
    assert_eq!(texts[0]["rule"]["voices"], "Document");
}

/// The size of an image with this scope of evidence, and its path.
fn with_scope(scope: &str, extension: &str) -> (u64, String) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{scope}.{extension}"));
    let path = path.to_str().unwrap().to_owned();
    let chart = [
        "export",
        "--chart",
        "commitments-by-theme",
        "--force",
        "--to",
        &path,
    ];
    let output = linchpin(&[&chart[..], &["--evidence", scope]].concat());
    assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
    (std::fs::metadata(&path).unwrap().len(), path)
}

#[test]
fn an_image_carries_as_much_as_was_asked_for() {
    for extension in ["png", "svg", "pdf"] {
        let [full, citations, none] =
            ["full", "citations", "none"].map(|scope| with_scope(scope, extension));
        assert!(full.0 > citations.0 && citations.0 > none.0, "{extension}");
        let json = |path: &str| -> serde_json::Value {
            let text = result(&["inspect", path, "--format", "json"]);
            serde_json::from_str(&text).unwrap()
        };
        let (all, some) = (json(&full.1), json(&citations.1));
        for (field, value) in [("sha256", 64), ("name", "us-rok-alliance.ron".len())] {
            let text = some["evidence"]["register"][field].as_str().unwrap();
            assert_eq!(text.len(), value);
        }
        assert_eq!(all["evidence"]["citations"], some["evidence"]["citations"]);
        assert!(some["evidence"]["citations"].as_array().unwrap().len() > 9);
        assert!(all["evidence"]["excerpt"].is_string());
        assert!(some["evidence"]["excerpt"].is_null());
        assert_eq!(some["evidence"]["data"]["rows"], serde_json::json!([]));
        assert_eq!(some["evidence"]["chart"]["definition"], "");
        assert_eq!(some["drawing"]["state"], "unaltered");
        let output = linchpin(&["inspect", &citations.1, "--excerpt", "no.ron"]);
        let words = "carries no records: the image was exported with its citations alone";
        assert!(output.err.contains(words), "{}", output.err);
        let output = linchpin(&["inspect", &none.1]);
        assert_eq!((output.out.as_str(), output.code), ("", Some(1)));
        assert!(
            output.err.contains("exported without evidence"),
            "{}",
            output.err
        );
        // An image without evidence is one of ours all the same: another may take its place.
        let chart = ["export", "--chart", "timeline", "--to", &none.1];
        let output = linchpin(&chart);
        assert_eq!(
            (output.err.as_str(), output.code),
            ("", Some(0)),
            "{extension}"
        );
    }
}

#[test]
fn an_image_that_was_altered_is_told_by_its_exit_code() {
    let (_, path) = with_scope("full", "svg");
    let text = std::fs::read_to_string(&path).unwrap();
    let altered = text.replacen("<rect x=\"", "<rect x=\"1", 1);
    assert_ne!(altered, text);
    let altered = file("altered.svg", &altered);
    let altered = altered.to_str().unwrap();
    let output = linchpin(&["inspect", altered]);
    assert_eq!(output.code, Some(1));
    let words = "was altered after its export: its shapes or texts are not those";
    assert!(output.err.contains(words), "{}", output.err);
    assert!(
        output.out.contains("drawing    altered: its shapes"),
        "{}",
        output.out
    );
}

#[test]
fn the_records_are_written_as_a_register() {
    let image = exported("inspected-2.png");
    let out = file("inspected-2.ron", "");
    let out = out.to_str().unwrap();
    result(&["inspect", &image, "--excerpt", out]);
    assert!(result(&["check", out]).starts_with("no problems: "));
    assert!(result(&["list", out]).contains("chart  commitments-by-theme"));
}

#[test]
fn what_carries_nothing_is_said_with_its_own_exit_code() {
    let register = file("inspected.ron", SMALL);
    let output = linchpin(&["inspect", register.to_str().unwrap()]);
    assert_eq!((output.out.as_str(), output.code), ("", Some(1)));
    assert!(
        output.err.contains("it is no PNG, SVG or PDF"),
        "{}",
        output.err
    );
    let bare = file("bare.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let output = linchpin(&["inspect", bare.to_str().unwrap()]);
    assert_eq!((output.out.as_str(), output.code), ("", Some(1)));
    assert!(output.err.contains("carries no chart"), "{}", output.err);
    assert!(refusal(&["inspect", "nowhere.png"]).contains("nowhere.png"));
    // An image that is opened in the window and is none says so before a window comes up.
    assert!(refusal(&[bare.to_str().unwrap()]).contains("carries no chart"));
}
