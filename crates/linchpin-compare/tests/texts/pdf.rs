//! Texts out of PDFs: lines, words, columns, paragraphs, what repeats, what cannot be read.

use crate::paper::{Sheet, Words, at, lines, pdf, pdf_with, sheet};
use crate::{notes, text};
use linchpin_register::load;
use linchpin_register::query::CountingRule;
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::report::{ChartReport, PaperSize, ReportFormat, ReportOptions};
use linchpin_text::extract::{Extraction, SourceFormat};
use std::ops::ControlFlow;

fn read(sheets: &[Sheet]) -> Extraction {
    text(pdf(sheets), SourceFormat::Pdf).unwrap()
}

fn paragraphs(found: &Extraction) -> Vec<&str> {
    found.text.lines().collect()
}

#[test]
fn lines_become_paragraphs_by_their_indents_their_space_and_their_ends() {
    let mut words = lines(
        60.0,
        760.0,
        12.0,
        &[
            "The two sides met in Seoul and spoke at some length of all that they had prom-",
            "ised – not least of the “U.S.–ROK” talks, the ROK-",
            "U.S. exercises, and a long-term plan. They were of one mind on most of these.",
            ">They meet again next year… or sooner, as the U.S. side would have it, if that is",
            "what both want.",
            "A line that ends early ends a paragraph, and so this one is another than that.",
        ],
    );
    words.extend(lines(
        60.0,
        670.0,
        12.0,
        &["Space between lines does the same."],
    ));
    words.extend(lines(
        60.0,
        640.0,
        12.0,
        &["• One point of several that", "• Another point"],
    ));
    let found = read(&[sheet(words)]);
    assert_eq!(
        paragraphs(&found),
        [
            "The two sides met in Seoul and spoke at some length of all that they had promised – \
            not least of the “U.S.–ROK” talks, the ROK-U.S. exercises, and a long-term plan. They \
            were of one mind on most of these.",
            "They meet again next year… or sooner, as the U.S. side would have it, if that is what \
            both want.",
            "A line that ends early ends a paragraph, and so this one is another than that.",
            "Space between lines does the same.",
            "• One point of several that",
            "• Another point",
        ]
    );
    assert_eq!(notes(&found), [""; 0]);
}

#[test]
fn two_columns_are_not_mixed() {
    let left = "Words of the left side stand here";
    let right = "Words of the right side go there";
    let mut words = vec![Words {
        size: 16.0,
        ..at(60.0, 780.0, "A title over both of the columns of this page")
    }];
    words.extend(lines(60.0, 740.0, 12.0, &[left; 5]));
    words.extend(lines(310.0, 740.0, 12.0, &[right; 5]));
    let found = read(&[sheet(words)]);
    let all = paragraphs(&found);
    assert_eq!(all[0], "A title over both of the columns of this page");
    let body = all[1..].join(" ");
    assert_eq!(body, [[left; 5].join(" "), [right; 5].join(" ")].join(" "));
}

#[test]
fn what_stands_on_every_page_is_left_out_and_told() {
    let page = |number: u8, body: &[&str]| {
        let mut words = vec![at(60.0, 810.0, "A JOINT PAPER OF TWO STATES")];
        words.extend(lines(60.0, 740.0, 12.0, body));
        words.push(at(290.0, 30.0, &format!("- {number} -")));
        sheet(words)
    };
    let found = read(&[
        page(
            1,
            &["They began a sentence on the first page of this paper that goes on and does not"],
        ),
        page(
            2,
            &[
                "end before the second. Then they began one more.",
                ">And another one here.",
            ],
        ),
        page(3, &["The end."]),
    ]);
    assert_eq!(
        paragraphs(&found),
        [
            "They began a sentence on the first page of this paper that goes on and does not end \
            before the second. Then they began one more.",
            "And another one here.",
            "The end.",
        ]
    );
    let note =
        "Left out, because it stands on several pages: page numbers, “A JOINT PAPER OF TWO STATES”";
    assert_eq!(notes(&found), [note]);
}

#[test]
fn korean_is_read_whole() {
    let words = lines(
        60.0,
        700.0,
        16.0,
        &[
            "양국은 확장억제를 강화하기로 하였다. 또한 정례 협",
            "의를 이어 가기로 하고 다음 회의를 준비하기로 하 ",
            "였다.",
        ],
    );
    let found = read(&[sheet(words)]);
    // One line carries the space at its end, so that the one without it stops within a word.
    assert_eq!(
        paragraphs(&found),
        [
            "양국은 확장억제를 강화하기로 하였다. 또한 정례 협의를 이어 가기로 하고 다음 회의를 준비하기로 하 였다."
        ]
    );
}

#[test]
fn pages_without_text_and_turned_text_are_told() {
    let mut turned = sheet(lines(60.0, 700.0, 12.0, &["Words that can be read."]));
    turned.more = "BT /F1 40 Tf 0.87 0.5 -0.5 0.87 100 100 Tm (DRAFT) Tj ET\n".into();
    let picture = || Sheet {
        is_picture: true,
        ..sheet(Vec::new())
    };
    let found = read(&[turned, picture(), sheet(Vec::new()), picture()]);
    assert_eq!(found.text, "Words that can be read.\n");
    assert_eq!(
        notes(&found),
        [
            "No text, only pictures: pages 2, 4",
            "Text that runs askew or sideways was left out: page 1"
        ]
    );
    let refused = text(pdf(&[picture()]), SourceFormat::Pdf).unwrap_err();
    assert!(
        refused.starts_with("This PDF holds pictures of pages and no text"),
        "{refused}"
    );
    assert_eq!(
        text(pdf(&[sheet(Vec::new())]), SourceFormat::Pdf).unwrap_err(),
        "There is no text in this PDF"
    );
}

#[test]
fn a_page_on_its_side_is_read_along_its_lines() {
    let mut page = sheet(Vec::new());
    page.more = "BT /F1 10 Tf 0 1 -1 0 200 100 Tm (The first line of two) Tj ET BT /F1 10 Tf 0 1 \
        -1 0 212 100 Tm (and the second.) Tj ET\n"
        .into();
    assert_eq!(
        read(&[page]).text,
        "The first line of two and the second.\n"
    );
}

#[test]
fn locked_and_broken_files_say_so() {
    let locked = "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O \
        (01234567890123456789012345678901) /U (01234567890123456789012345678901) >>";
    let words = || [sheet(lines(60.0, 700.0, 12.0, &["Secret."]))];
    let refused = text(pdf_with(&words(), locked), SourceFormat::Pdf).unwrap_err();
    assert!(
        refused.starts_with("This PDF is locked with a password"),
        "{refused}"
    );
    assert_eq!(
        text(b"Not one".to_vec(), SourceFormat::Pdf).unwrap_err(),
        "This is no PDF, whatever its name says"
    );
    let broken = text(b"%PDF-1.7\nnothing".to_vec(), SourceFormat::Pdf).unwrap_err();
    assert!(broken.starts_with("This PDF is damaged"), "{broken}");
}

#[test]
fn what_nests_without_end_is_refused() {
    let nested = |depth: usize| {
        let mut page = sheet(lines(60.0, 700.0, 12.0, &["Words."]));
        page.more = "[".repeat(depth);
        text(pdf(&[page]), SourceFormat::Pdf)
    };
    let refused = nested(1_500_000).unwrap_err();
    assert!(
        refused.starts_with("This PDF holds more than any document needs"),
        "{refused}"
    );
    // As deep as is read at all: the stack must hold it.
    assert!(nested(990_000).is_err_and(|why| why == "There is no text in this PDF"));
}

#[test]
fn our_own_report_is_read_with_its_korean() {
    let summary = "What the “U.S.–ROK” alliance – 한미동맹 – has stated: it will strengthen 확장억제, and \
        the two sides intend to work on this for a long time…";
    let register = format!("(format: 1, title: \"한미동맹: stated\", summary: \"{summary}\")");
    let register = load(register, Vec::new()).register;
    let report = ChartReport::from_charts(&register, &[], CountingRule::default());
    let options = ReportOptions {
        image: ImageOptions {
            created: None,
            ..ImageOptions::default()
        },
        paper: PaperSize::A4,
    };
    let mut go_on = |_, _| ControlFlow::Continue(());
    let bytes = report.write(
        ReportFormat::Pdf,
        &options,
        &mut Studio::default(),
        &mut go_on,
    );
    let found = text(bytes.unwrap(), SourceFormat::Pdf).unwrap();
    let all = paragraphs(&found);
    assert_eq!(all.first(), Some(&"한미동맹: stated"), "{all:#?}");
    assert!(all.contains(&summary), "{all:#?}");
}

#[test]
fn a_damaged_file_never_stops_the_program() {
    let whole = pdf(&[sheet(lines(
        60.0,
        700.0,
        12.0,
        &["Words that can be read,", "and more of them."],
    ))]);
    let mut seed = 7_u32;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    let mut read = 0;
    for _ in 0..150 {
        let mut bytes = whole.clone();
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            match next(3) {
                0 => bytes[at] = next(256) as u8,
                1 => drop(bytes.drain(at..(at + next(40)).min(whole.len() / 2).max(at))),
                _ => bytes.insert(at, b"0123456789<>[]()/ "[next(18)]),
            }
        }
        bytes.truncate(bytes.len() - next(3) * next(bytes.len() / 2));
        read += usize::from(
            text(bytes, SourceFormat::Pdf).is_ok_and(|found| found.text.ends_with('\n')),
        );
    }
    assert!(read > 30, "hardly any damaged file could be read: {read}");
}
