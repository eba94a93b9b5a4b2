//! Any bytes, read as a document: no code of ours panics, and what comes out is a clean text.

use linchpin_render::theme::SANS;
use linchpin_text::extract::{
    ExtractError, Extraction, SOURCE_FORMATS, SourceFormat, extract_text,
};
use std::sync::Once;

/// Reads the bytes behind the first as a document of the format that the first stands for.
pub fn documents_of(data: &[u8]) {
    static ONCE: Once = Once::new();
    ONCE.call_once(watch_own_code);
    let Some((first, bytes)) = data.split_first() else {
        return;
    };
    let format = SOURCE_FORMATS[usize::from(*first) % SOURCE_FORMATS.len()].format;
    match extract_text(bytes.to_vec(), format, SANS) {
        Ok(extraction) => check_text(&extraction),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}

/// What holds for every text that was taken out of a document.
fn check_text(extraction: &Extraction) {
    let text = &extraction.text;
    assert!(text.ends_with('\n'), "{text:?}");
    for line in text.lines() {
        assert!(!line.is_empty() && line == line.trim(), "{line:?}");
        let odd = |c: char| c.is_control() || (c.is_whitespace() && c != ' ');
        assert!(!line.contains(odd) && !line.contains("  "), "{line:?}");
    }
    for note in &extraction.notes {
        assert!(!note.to_string().is_empty());
    }
    // A text that was made here stays as it is, but one that begins as files of another kind do is
    // taken for such a file.
    match extract_text(text.clone().into_bytes(), SourceFormat::Plain, SANS) {
        Ok(again) => assert_eq!(again.text, *text),
        Err(ExtractError::Binary(_)) => {}
        Err(why) => panic!("{why}: {text:?}"),
    }
}

/// Reading is guarded: a panic in code of others becomes an error without a word. In our own code
/// it is a fault all the same, and ends the run.
fn watch_own_code() {
    // The first reading sets the hook that is silent; ours goes before it.
    let _ = extract_text(b"a".to_vec(), SourceFormat::Plain, SANS);
    let silent = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location();
        let is_ours = |file: &str| {
            file.contains("linchpin") && !file.contains("/registry/") || file.starts_with("src/")
        };
        if place.is_some_and(|place| is_ours(place.file())) {
            eprintln!("{info}");
            std::process::abort();
        }
        silent(info);
    }));
}
