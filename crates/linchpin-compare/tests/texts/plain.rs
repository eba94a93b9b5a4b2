//! Plain texts: encodings, wrapped lines, and that a text that was made once stays as it is.

use crate::{notes, text};
use linchpin_text::extract::SourceFormat;
use std::path::Path;

const WRAPPED: &str = "JOINT STATEMENT OF TWO SIDES\n\nThe “U.S.” side – as it said in 2023 – \
    will\u{a0}work\nto enable the talks… and the Re\u{ad}public of Korea\nwelcomes this.\n\n양국은 \
    앞으로 확장억제를 더욱\n강화하기로 하였다.\n";
const CLEAN: &str = "JOINT STATEMENT OF TWO SIDES\nThe “U.S.” side – as it said in 2023 – will \
    work to enable the talks… and the Republic of Korea welcomes this.\n양국은 앞으로 확장억제를 더욱 강화하기로 \
    하였다.\n";

#[test]
fn wrapped_lines_are_joined_and_told() {
    let found = text(WRAPPED.into(), SourceFormat::Plain).unwrap();
    assert_eq!(found.text, CLEAN);
    assert_eq!(
        notes(&found),
        ["6 lines were joined into 3 paragraphs: look whether they break where the document does"]
    );
    let windows = WRAPPED.replace('\n', "\r\n");
    assert_eq!(text(windows.into(), SourceFormat::Plain).unwrap(), found);
}

#[test]
fn what_was_made_once_stays_as_it_is() {
    for kind in [SourceFormat::Plain, SourceFormat::Pasted] {
        let once = text(WRAPPED.into(), kind).unwrap();
        let again = text(once.text.clone().into(), SourceFormat::Plain).unwrap();
        assert_eq!((again.text, again.notes), (once.text, Vec::new()));
    }
    // Random paragraphs of nasty pieces, however they are wrapped.
    let pieces = [
        "U.S.",
        "—",
        "\u{a0}",
        "가나",
        "\u{1100}\u{1161}",
        "it’s",
        "1.",
        "\u{200b}",
        "end.",
        "\n",
        "\n\n",
        "\t",
        "(a)",
        "long-",
        "\u{2028}",
        "\r\n",
    ];
    let mut seed = 3_u32;
    for round in 0..400 {
        let mut source = String::from("x");
        for _ in 0..round % 60 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            source.push_str(pieces[(seed >> 16) as usize % pieces.len()]);
            source.push(' ');
        }
        let once = text(source.clone().into(), SourceFormat::Plain).unwrap();
        let again = text(once.text.clone().into(), SourceFormat::Plain).unwrap();
        assert_eq!(again.text, once.text, "{source:?}");
        assert!(
            once.text.ends_with('\n') && !once.text.contains("\n\n"),
            "{source:?}"
        );
    }
}

#[test]
fn pasted_lines_are_joined_where_they_look_wrapped() {
    let pasted = "  The two sides met in the capital and they\nagreed to meet again in a year, or \
        sooner if\nthat were needed.\nThey spoke of other things as well, which do\nnot matter \
        here.  ";
    let found = text(pasted.into(), SourceFormat::Pasted).unwrap();
    assert_eq!(
        found.text,
        "The two sides met in the capital and they agreed to meet again in a year, or sooner if \
        that were needed.\nThey spoke of other things as well, which do not matter here.\n"
    );
    let lines = "Seoul, 3 May\nWe met.\nWe spoke.\n";
    assert_eq!(
        text(lines.into(), SourceFormat::Pasted).unwrap().text,
        lines
    );
}

#[test]
fn encodings_are_told_or_refused() {
    let utf16: Vec<u8> = "\u{feff}Two sides — 둘"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let found = text(utf16, SourceFormat::Plain).unwrap();
    assert_eq!(found.text, "Two sides — 둘\n");
    assert_eq!(
        notes(&found),
        ["The file was saved as UTF-16; the text is kept as UTF-8"]
    );
    assert_eq!(
        text(b"\xef\xbb\xbfMark".to_vec(), SourceFormat::Plain)
            .unwrap()
            .text,
        "Mark\n"
    );
    // “한국” in CP949.
    let refused = text(b"\xc7\xd1\xb1\xb9 ".repeat(9), SourceFormat::Plain).unwrap_err();
    assert!(
        refused.starts_with("The text is not saved as UTF-8"),
        "{refused}"
    );
    let refused = text(b"PK\x03\x04rest".to_vec(), SourceFormat::Plain).unwrap_err();
    assert!(
        refused.starts_with("The file is a ZIP archive"),
        "{refused}"
    );
    for empty in ["", " \n\t\n", "\u{feff}"] {
        assert_eq!(
            text(empty.into(), SourceFormat::Plain).unwrap_err(),
            "There is no text in it"
        );
    }
}

#[test]
fn the_ending_of_a_name_tells_the_kind() {
    let kinds = [
        ("a.PDF", SourceFormat::Pdf),
        ("a.htm", SourceFormat::Html),
        ("a.md", SourceFormat::Markdown),
        ("a.txt", SourceFormat::Plain),
        ("a", SourceFormat::Plain),
    ];
    for (name, kind) in kinds {
        assert_eq!(SourceFormat::from_path(Path::new(name)), kind, "{name}");
        assert_eq!(SourceFormat::from_name(kind.spec().name), Some(kind));
    }
}
