//! A register and the texts of its documents, held against each other as the program does it.

use linchpin_edit::text_diagnostics::with_text_diagnostics;
use linchpin_reading::text_library::TextFileBytes;
use linchpin_reading::{CheckedCitation, Coverage, TextLibrary, coverage, verify_citations};
use linchpin_register::{Document, LoadedRegister, load};
use ron_lossless::{Diagnostic, RonValue};

/// A register with one document, `d`, whose text is at `d.txt`. Each phrase, in its paragraph, is
/// that of a body; `more` are further fields of the document, `lists` further lists.
pub fn register(more: &str, phrases: &[(u32, &str)], lists: &str) -> String {
    let bodies = phrases
        .iter()
        .enumerate()
        .map(|(index, (paragraph, phrase))| {
            let phrase = RonValue::text(*phrase).line();
            format!(
                "        (id: \"b-{index}\", name: \"B\", kind: WorkingGroup, members: [\"us\"], \
            citations: [\n            (document: \"d\", paragraph: {paragraph}, phrase: {phrase}), \
            // {index}\n        ]),\n"
            )
        });
    let bodies: String = bodies.collect();
    format!(
        "(\n    format: 1,\n    title: \"T\",\n    parties: [(id: \"us\", name: \"U\", kind: \
        State)],\n    documents: [\n        (id: \"d\", title: \"D\", short: \"D\", kind: Treaty, \
        legal_character: LegallyBinding, date: (date: \"2020\", basis: Stated), \
        url: \"https://example.org\", text: \"d.txt\",{more}),\n    ],\n    bodies: [\n{bodies}    \
        ],\n{lists})\n"
    )
}

/// The texts of a register: that of the document `d`.
pub fn library(loaded: &LoadedRegister, text: &str) -> TextLibrary {
    TextLibrary::from_bytes(&loaded.register, &mut |document: &Document| {
        let path = document.text.clone()?;
        let bytes = Ok(text.as_bytes().to_vec());
        Some(TextFileBytes { path, bytes })
    })
}

/// What there is to say of a register where this is the text of its document. Without the text,
/// nothing is wrong with it.
pub fn looked(register: &str, text: &str) -> LoadedRegister {
    let loaded = load(register, Vec::new());
    assert_eq!(loaded.diagnostics.to_vec(), [], "{register}");
    let library = library(&loaded, text);
    with_text_diagnostics(loaded, &library)
}

/// The one problem of a register.
pub fn only(loaded: &LoadedRegister) -> &Diagnostic {
    assert_eq!(loaded.diagnostics.len(), 1, "{:?}", loaded.diagnostics);
    &loaded.diagnostics[0]
}

/// The register after the repair of a problem.
pub fn fixed(loaded: &LoadedRegister, problem: &Diagnostic) -> String {
    let repair = problem.fix.as_ref();
    let repair = repair.unwrap_or_else(|| panic!("no repair: {problem:?}"));
    repair
        .apply_edits(&loaded.text)
        .expect("a repair that fits")
}

/// What became of every citation of a register.
pub fn checked(register: &str, text: &str) -> (Vec<CheckedCitation>, TextLibrary) {
    let loaded = load(register, Vec::new());
    let library = library(&loaded, text);
    (verify_citations(&loaded.register, &library), library)
}

/// The sentences of the document.
pub fn covered(register: &str, text: &str) -> Coverage {
    let (checked, library) = checked(register, text);
    coverage(&library, "d", &checked).expect("a text")
}
