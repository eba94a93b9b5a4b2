//! Any bytes, read as a document's text: nothing panics, no word is lost between sentences, and
//! every stretch is one of whole characters.

use linchpin_reading::find_candidates;
use linchpin_register::bundled;
use linchpin_register::{Register, load};
use linchpin_text::prose::numbers::find_numbers;
use linchpin_text::prose::{Prose, find, normalize, sentences};
use ron_lossless::decode_bytes;
use std::sync::{Arc, OnceLock};

/// Reads the bytes as a text; its first line is looked for in it as a phrase, too.
pub fn texts_of(data: &[u8]) {
    let source = decode_bytes(data.to_vec());
    let prose = Prose::new(source.text.as_str());
    let text = prose.text();
    for (number, paragraph) in prose.paragraphs() {
        let seen = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let ranges = sentences(paragraph);
        let in_sentences: usize = ranges
            .iter()
            .map(|range| seen(&paragraph[range.clone()]))
            .sum();
        assert_eq!(
            in_sentences,
            seen(paragraph),
            "words are lost in {paragraph:?}"
        );
        for stated in find_numbers(paragraph) {
            assert!(paragraph.get(stated.range.clone()).is_some(), "{stated:?}");
        }
        let made = normalize(paragraph);
        assert!(
            paragraph
                .get(made.source_range(0..made.text.len()))
                .is_some()
        );
        let own = prose.span(number).map(|span| &text[span]);
        assert_eq!(own, Some(paragraph));
    }
    let phrase = text.lines().next().unwrap_or_default();
    for paragraph in [None, Some(0), Some(1), Some(2), Some(u32::MAX)] {
        if let Some(range) = find(&prose, paragraph, phrase).range() {
            assert!(text.get(range.clone()).is_some(), "{range:?} of {text:?}");
        }
    }
    for candidate in find_candidates(register(), "defense-vision-2023", &prose) {
        for range in [&candidate.sentence, &candidate.trigger, &candidate.phrase] {
            assert!(text.get(range.clone()).is_some(), "{candidate:?}");
        }
        let words = text[candidate.phrase.clone()].split_whitespace().count();
        assert!(words <= 10, "{words} words are quoted in {text:?}");
    }
}

/// The bundled register, whose ladder, parties and cues the rules go by.
fn register() -> &'static Register {
    static REGISTER: OnceLock<Arc<Register>> = OnceLock::new();
    REGISTER.get_or_init(|| load(bundled::ALLIANCE_TEXT, Vec::new()).register)
}
