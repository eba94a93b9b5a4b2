//! The registers that come with the program against the texts they were coded from. The texts
//! belong to their publishers and do not come with the project.

use linchpin_files::sibling_texts::read_document_text;
use linchpin_reading::text_library::TextFileBytes;
use linchpin_reading::{
    CheckedCitation, SentenceState, TextLibrary, VerificationOutcome, coverage, verify_citations,
};
use linchpin_register::{LoadedRegister, load};
use linchpin_text::prose::PhraseMatch;
use std::path::Path;

/// A register that comes with the program, the texts at hand, and what was found in them; `None`
/// where none of its texts is there.
fn looked(
    shipped: &linchpin_register::bundled::BundledRegister,
) -> Option<(LoadedRegister, TextLibrary, Vec<CheckedCitation>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sources");
    assert!(folder.is_dir(), "{} is not there", folder.display());
    let loaded = load(shipped.text, Vec::new());
    let library = TextLibrary::from_bytes(&loaded.register, &mut |document| {
        let (path, bytes) = read_document_text(&folder, document.id.as_str())?;
        Some(TextFileBytes {
            path: path.display().to_string(),
            bytes: bytes.map_err(|error| error.to_string()),
        })
    });
    if library.is_empty() {
        return None;
    }
    let checked = verify_citations(&loaded.register, &library);
    Some((loaded, library, checked))
}

#[test]
#[ignore = "needs the texts in ../shared/sources"]
fn needs_texts_every_citation_of_a_text_that_is_there_verifies() {
    for shipped in linchpin_register::bundled::BUNDLED_REGISTERS {
        let Some((loaded, _, checked)) = looked(shipped) else {
            continue;
        };
        let is_wrong = |one: &&CheckedCitation| {
            !matches!(
                one.outcome,
                VerificationOutcome::NoText | VerificationOutcome::Searched(PhraseMatch::Exact(_))
            )
        };
        let wrong: Vec<String> = checked
            .iter()
            .filter(is_wrong)
            .map(|one| {
                let id = loaded.register.record(one.record).map_or("", |r| r.id());
                let place = one.paragraph.unwrap_or_default();
                format!("{id}: {:?} in {place}: {:?}", one.phrase, one.outcome)
            })
            .collect();
        assert!(wrong.is_empty(), "{}:\n{}", shipped.name, wrong.join("\n"));
        let seen = checked
            .iter()
            .filter(|one| one.outcome != VerificationOutcome::NoText);
        println!(
            "{}: {} phrases stand where they should",
            shipped.name,
            seen.count()
        );
    }
}

#[test]
#[ignore = "needs the texts in ../shared/sources"]
fn needs_texts_every_sentence_of_a_text_that_is_there_is_coded_or_dismissed() {
    for shipped in linchpin_register::bundled::BUNDLED_REGISTERS {
        let Some((loaded, library, checked)) = looked(shipped) else {
            continue;
        };
        let mut open = Vec::new();
        for document in &loaded.register.documents {
            let id = document.id.as_str();
            let Some(coverage) = coverage(&library, id, &checked) else {
                continue;
            };
            let sentences = coverage.sentences.iter();
            let left = sentences.filter(|s| s.state == SentenceState::Open);
            open.extend(
                left.map(|s| format!("{id}: paragraph {}, sentence {}", s.paragraph, s.number)),
            );
            println!("{id}: {} sentences", coverage.sentences.len());
        }
        assert!(open.is_empty(), "{}:\n{}", shipped.name, open.join("\n"));
    }
}
