//! Where words stand, and when things happened.

use super::schema::record;
use super::vocabulary::{DateBasis, Voice};
use super::{Date, Document, Link, Party};

/// The most words that a quoted phrase may have.
pub const MAX_PHRASE_WORDS: usize = 10;

record! {
    /// The place of the words: a document, a paragraph, a short phrase that stands there verbatim,
    /// and who speaks.
    pub struct Citation "Citation" as Citation like "A citation" "(document: \"…\", paragraph: 1, \
        phrase: \"…\")" {
        document: required Link<Document>, "The document.";
        paragraph: optional u32, "The paragraph, counted from 1. Needed unless the citation is \
            external.";
        phrase: optional String, "At most ten words that stand there, character for character. \
            Needed unless the citation is external.";
        voice: optional Voice, "Who speaks.", default "the document itself";
        speaker: optional Link<Party>, "Whose words they are, where somebody is quoted or \
            paraphrased.";
        external: flag bool, "`true` for a fact that the coded documents do not state.";
        note: optional String, "A remark.";
    }
}

impl Citation {
    /// Who speaks.
    pub fn effective_voice(&self) -> Voice {
        self.voice.unwrap_or(Voice::Document)
    }
}

record! {
    /// A date with what it rests on.
    pub struct SourcedDate "Dated"
        like "A date with its basis" "(date: \"2023-11-13\", basis: Stated)"
    {
        date: required Date, "As exact as the source is.";
        basis: required DateBasis, "Whether the document states it, it is derived, or it comes \
            from elsewhere.";
        arithmetic: optional String, "How it was worked out. Needed when it is derived.";
        citations: list Citation, "Where it stands. Needed when it comes from elsewhere.";
    }
}

record! {
    /// A span of time.
    pub struct Period "Period" like "A period" "(from: \"2021\", to: \"2025\")" {
        from: required Date, "Its start.";
        to: optional Date, "Its end; left out while it goes on.";
    }
}
