//! Where the records stand in a document's text: the words to be marked for a reader, and the
//! citations whose words stand nowhere.

use super::text_library::TextLibrary;
use super::verify::{CheckedCitation, VerificationOutcome};
use linchpin_register::vocabulary::DismissalReason;
use linchpin_register::{Commitment, Dismissal, RecordKind, Register};
use linchpin_text::prose::PhraseMatch;
use std::fmt;
use std::ops::Range;

/// Words of a text from which a record was coded. Names its record by id, so that it outlives an
/// edit.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedSegment {
    /// The bytes of the whole text.
    pub range: Range<usize>,
    /// The paragraph in which it stands, from 1.
    pub paragraph: u32,
    pub kind: RecordKind,
    /// The id of the record.
    pub id: String,
    pub title: String,
    /// How firm a commitment is; `None` for other records.
    pub strength: Option<CommitmentStrength>,
    /// Why a dismissed sentence yields no record; `None` for records.
    pub dismissal: Option<SegmentDismissal>,
    /// How the citation fits the text.
    pub anchor_status: AnchorStatus,
}

/// Why a sentence yields no record.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentDismissal {
    pub reason: DismissalReason,
    /// The reason in own words.
    pub note: Option<String>,
}

impl fmt::Display for SegmentDismissal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason.label())?;
        self.note.iter().try_for_each(|note| write!(f, ": {note}"))
    }
}

/// How firm a commitment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitmentStrength {
    /// A step of the ladder, 0 to 6.
    Step(u8),
    /// A kind without a rank.
    Unranked,
}

/// How the words of a citation fit those of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorStatus {
    /// Letter for letter, in their paragraph.
    Exact,
    /// But for quotation marks, dashes, case or white space.
    Normalized,
    /// In another paragraph than this one, which the citation names.
    Moved(u32),
}

/// A citation whose words stand nowhere in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokenAnchor {
    pub id: String,
    pub title: String,
    /// The paragraph that it names.
    pub paragraph: Option<u32>,
    pub phrase: String,
}

/// What has been coded of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodedSegments {
    /// By their places, longer ones first.
    pub segments: Vec<CodedSegment>,
    /// In the order of the register.
    pub broken_anchors: Vec<BrokenAnchor>,
}

/// Where records stand in the text of a document, by what was found of their citations. Documents
/// that stand on one page are read together.
pub fn coded_segments(
    register: &Register,
    library: &TextLibrary,
    document: &str,
    checked: &[CheckedCitation],
) -> CodedSegments {
    let mut coded = CodedSegments::default();
    let Some((page, prose)) = library.get(document).zip(library.prose(document)) else {
        return coded;
    };
    for citation in checked {
        let text = library.get(&citation.document);
        let on_page = text.is_some_and(|text| text.document == page.document);
        let (true, VerificationOutcome::Searched(found)) = (on_page, &citation.outcome) else {
            continue;
        };
        let Some(record) = register.record(citation.record) else {
            continue;
        };
        let (id, title) = (record.id().to_owned(), record.title().to_owned());
        let anchor_status = match found {
            PhraseMatch::Exact(_) => AnchorStatus::Exact,
            PhraseMatch::Normalized(_) => AnchorStatus::Normalized,
            PhraseMatch::Moved { .. } => {
                AnchorStatus::Moved(citation.paragraph.unwrap_or_default())
            }
            PhraseMatch::Broken => {
                coded.broken_anchors.push(BrokenAnchor {
                    id,
                    title,
                    paragraph: citation.paragraph,
                    phrase: citation.phrase.clone(),
                });
                continue;
            }
        };
        let Some(range) = found.range() else { continue };
        let Some(paragraph) = prose.paragraph_at(range.start) else {
            continue;
        };
        coded.segments.push(CodedSegment {
            strength: strength(register, &id),
            dismissal: dismissal(register, &id),
            range,
            paragraph,
            kind: citation.record.kind,
            id,
            title,
            anchor_status,
        });
    }
    // Longer ones first, so that what lies within another is painted over it.
    let sort_key = |segment: &CodedSegment| (segment.range.start, usize::MAX - segment.range.end);
    coded.segments.sort_by_key(sort_key);
    // A record may cite the same words twice, for itself and for its date.
    let mut seen: Vec<(Range<usize>, String)> = Vec::new();
    coded.segments.retain(|segment| {
        seen.retain(|(range, _)| range.end > segment.range.start);
        let key = (segment.range.clone(), segment.id.clone());
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    coded
}

fn strength(register: &Register, id: &str) -> Option<CommitmentStrength> {
    let commitment = register.get::<Commitment>(id)?;
    let rank = commitment
        .effective_step(register)
        .and_then(|step| step.rank);
    Some(rank.map_or(CommitmentStrength::Unranked, CommitmentStrength::Step))
}

fn dismissal(register: &Register, id: &str) -> Option<SegmentDismissal> {
    let dismissal = register.get::<Dismissal>(id)?;
    Some(SegmentDismissal {
        reason: dismissal.reason,
        note: dismissal.note.clone(),
    })
}

/// The segments that touch these bytes, of those in the order of their places.
pub fn segments_touching(
    segments: &[CodedSegment],
    range: Range<usize>,
) -> impl Iterator<Item = (usize, &CodedSegment)> {
    let end = segments.partition_point(|segment| segment.range.start < range.end);
    let before = segments.iter().enumerate().take(end);
    before.filter(move |(_, segment)| segment.range.end > range.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text_library::TextFileBytes;
    use crate::verify_citations;
    use linchpin_register::load;

    const REGISTER: &str = r#"(
        ladder: [(id: "will", rank: 5, label: "Firm", verbs: ["will"]), (id: "does",
            label: "Practice", verbs: ["does"])],
        parties: [(id: "p", name: "P", kind: State)],
        documents: [
            (id: "page", title: "Page", short: "Page", kind: Speech, legal_character: NoCharacter,
                date: (date: "2024", basis: Stated), url: "https://x.org/", text: "page.txt"),
            (id: "foot", title: "Foot", short: "Foot", kind: Boilerplate,
                legal_character: NoCharacter, date: (date: "2024", basis: Stated), part_of: "page"),
        ],
        commitments: [
            (id: "a", title: "A", statement: "S", committers: ["p"], verb: "will", strength: "will",
                mode: FutureAction, citations: [
                (document: "page", paragraph: 1, phrase: "will “meet” again"),
                (document: "page", paragraph: 1, phrase: "will “meet” again"),
                (document: "page", paragraph: 2, phrase: "nowhere at all"),
            ]),
            (id: "b", title: "B", statement: "S", committers: ["p"], verb: "does", strength: "does",
                mode: Practice, citations: [
                (document: "foot", paragraph: 2, phrase: "They will \"meet\" again"),
            ]),
        ],
        dismissals: [(id: "d", reason: Other, note: "a joke", citations: [(document: "page",
            paragraph: 2, phrase: "하하")])],
    )"#;

    #[test]
    fn phrases_are_told_with_their_strength_and_how_they_fit() {
        let loaded = load(REGISTER, Vec::new());
        let register = &loaded.register;
        let library = TextLibrary::from_bytes(register, &mut |document| {
            let path = document.text.clone()?;
            let bytes = Ok("They will “meet” again.\n\n하하.".as_bytes().to_vec());
            Some(TextFileBytes { path, bytes })
        });
        let checked = verify_citations(register, &library);
        let found = coded_segments(register, &library, "page", &checked);
        let told: Vec<_> = found
            .segments
            .iter()
            .map(|s| {
                (
                    s.id.as_str(),
                    s.paragraph,
                    s.strength,
                    s.anchor_status,
                    s.dismissal.as_ref().map(ToString::to_string),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (
                    "b",
                    1,
                    Some(CommitmentStrength::Unranked),
                    AnchorStatus::Moved(2),
                    None
                ),
                (
                    "a",
                    1,
                    Some(CommitmentStrength::Step(5)),
                    AnchorStatus::Exact,
                    None
                ),
                (
                    "d",
                    2,
                    None,
                    AnchorStatus::Exact,
                    Some("another reason: a joke".to_owned())
                ),
            ]
        );
        assert_eq!(found.broken_anchors.len(), 1);
        assert_eq!(found.broken_anchors[0].phrase, "nowhere at all");
        // The page of another document is the same text.
        assert_eq!(coded_segments(register, &library, "foot", &checked), found);
        assert_eq!(
            coded_segments(register, &library, "none", &checked),
            CodedSegments::default()
        );
        let at = found.segments[1].range.start;
        let here: Vec<_> = segments_touching(&found.segments, at..at + 1)
            .map(|(i, _)| i)
            .collect();
        assert_eq!(here, [0, 1]);
    }
}
