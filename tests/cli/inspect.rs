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
        texts.push(json["evidence"].clone());
    }
    assert!(texts.windows(2).all(|two| two[0] == two[1]));
    assert_eq!(texts[0]["linchpin"], 1);
    assert_eq!(texts[0]["rule"]["voices"], "Document");
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
