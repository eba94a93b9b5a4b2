//! Where the records stand in a document's text: the words to be marked for a reader, and the
//! citations whose words stand nowhere.

use super::library::Library;
use super::verify::{Checked, Outcome};
use linchpin_register::{Commitment, Dismissal, RecordKind, Register};
use linchpin_text::prose::Found;
use std::ops::Range;

/// Words of a text from which a record was coded. Names its record by id, so that it outlives an
/// edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The bytes of the whole text.
    pub range: Range<usize>,
    /// The paragraph in which it stands, from 1.
    pub paragraph: u32,
    pub kind: RecordKind,
    /// The id of the record.
    pub id: String,
    pub title: String,
    /// How firm a commitment is; `None` for other records.
    pub strength: Option<Strength>,
    /// Why a dismissed sentence yields no record.
    pub reason: Option<String>,
    pub fit: Fit,
}

/// How firm a commitment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// A step of the ladder, 0 to 6.
    Step(u8),
    /// A kind without a rank.
    Unranked,
}

/// How the words of a citation fit those of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Letter for letter, in their paragraph.
    Exact,
    /// But for quotation marks, dashes, case or white space.
    Normalized,
    /// In another paragraph than this one, which the citation names.
    Moved(u32),
}

/// A citation whose words stand nowhere in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Astray {
    pub id: String,
    pub title: String,
    /// The paragraph that it names.
    pub paragraph: Option<u32>,
    pub phrase: String,
}

/// What has been coded of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spots {
    /// By their places, longer ones first.
    pub all: Vec<Spot>,
    /// In the order of the register.
    pub astray: Vec<Astray>,
}

/// Where records stand in the text of a document, by what was found of their citations. Documents
/// that stand on one page are read together.
pub fn spots(register: &Register, library: &Library, document: &str, checked: &[Checked]) -> Spots {
    let mut spots = Spots::default();
    let Some((page, prose)) = library.get(document).zip(library.prose(document)) else {
        return spots;
    };
    for one in checked {
        let text = library.get(&one.document);
        let on_page = text.is_some_and(|text| text.document == page.document);
        let (true, Outcome::Looked(found)) = (on_page, &one.outcome) else {
            continue;
        };
        let Some(record) = register.record(one.record) else {
            continue;
        };
        let (id, title) = (record.id().to_owned(), record.title().to_owned());
        let fit = match found {
            Found::Exact(_) => Fit::Exact,
            Found::Normalized(_) => Fit::Normalized,
            Found::Moved { .. } => Fit::Moved(one.paragraph.unwrap_or_default()),
            Found::Broken => {
                spots.astray.push(Astray {
                    id,
                    title,
                    paragraph: one.paragraph,
                    phrase: one.phrase.clone(),
                });
                continue;
            }
        };
        let Some(range) = found.range() else { continue };
        let Some(paragraph) = prose.paragraph_at(range.start) else {
            continue;
        };
        spots.all.push(Spot {
            strength: strength(register, &id),
            reason: reason(register, &id),
            range,
            paragraph,
            kind: one.record.kind,
            id,
            title,
            fit,
        });
    }
    let place = |spot: &Spot| (spot.range.start, usize::MAX - spot.range.end);
    spots.all.sort_by_key(place);
    // A record may cite the same words twice, for itself and for its date.
    let mut seen: Vec<(Range<usize>, String)> = Vec::new();
    spots.all.retain(|spot| {
        seen.retain(|(range, _)| range.end > spot.range.start);
        let key = (spot.range.clone(), spot.id.clone());
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    spots
}

fn strength(register: &Register, id: &str) -> Option<Strength> {
    let commitment = register.get::<Commitment>(id)?;
    let rank = commitment.step(register).and_then(|step| step.rank);
    Some(rank.map_or(Strength::Unranked, Strength::Step))
}

fn reason(register: &Register, id: &str) -> Option<String> {
    let dismissal = register.get::<Dismissal>(id)?;
    let label = dismissal.reason.label();
    Some(match &dismissal.note {
        Some(note) => format!("{label}: {note}"),
        None => label.to_owned(),
    })
}

/// The spots that touch these bytes, of those in the order of their places.
pub fn touching(spots: &[Spot], range: Range<usize>) -> impl Iterator<Item = (usize, &Spot)> {
    let end = spots.partition_point(|spot| spot.range.start < range.end);
    let before = spots.iter().enumerate().take(end);
    before.filter(move |(_, spot)| spot.range.end > range.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Source;
    use crate::verify;
    use linchpin_register::load;

    const REGISTER: &str = r#"(
        ladder: [(id: "will", rank: 5, label: "Firm", verbs: ["will"]), (id: "does", label: "Practice", verbs: ["does"])],
        parties: [(id: "p", name: "P", kind: State)],
        documents: [
            (id: "page", title: "Page", short: "Page", kind: Speech, legal_character: NoCharacter, date: (date: "2024", basis: Stated), url: "https://x.org/", text: "page.txt"),
            (id: "foot", title: "Foot", short: "Foot", kind: Boilerplate, legal_character: NoCharacter, date: (date: "2024", basis: Stated), part_of: "page"),
        ],
        commitments: [
            (id: "a", title: "A", statement: "S", committers: ["p"], verb: "will", strength: "will", mode: FutureAction, citations: [
                (document: "page", paragraph: 1, phrase: "will “meet” again"),
                (document: "page", paragraph: 1, phrase: "will “meet” again"),
                (document: "page", paragraph: 2, phrase: "nowhere at all"),
            ]),
            (id: "b", title: "B", statement: "S", committers: ["p"], verb: "does", strength: "does", mode: Practice, citations: [
                (document: "foot", paragraph: 2, phrase: "They will \"meet\" again"),
            ]),
        ],
        dismissals: [(id: "d", reason: Other, note: "a joke", citations: [(document: "page", paragraph: 2, phrase: "하하")])],
    )"#;

    #[test]
    fn phrases_are_told_with_their_strength_and_how_they_fit() {
        let loaded = load(REGISTER, Vec::new());
        let register = &loaded.register;
        let library = Library::read(register, &mut |document| {
            let path = document.text.clone()?;
            let bytes = Ok("They will “meet” again.\n\n하하.".as_bytes().to_vec());
            Some(Source { path, bytes })
        });
        let checked = verify(register, &library);
        let found = spots(register, &library, "page", &checked);
        let told: Vec<_> = found
            .all
            .iter()
            .map(|s| {
                (
                    s.id.as_str(),
                    s.paragraph,
                    s.strength,
                    s.fit,
                    s.reason.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("b", 1, Some(Strength::Unranked), Fit::Moved(2), None),
                ("a", 1, Some(Strength::Step(5)), Fit::Exact, None),
                ("d", 2, None, Fit::Exact, Some("another reason: a joke")),
            ]
        );
        assert_eq!(found.astray.len(), 1);
        assert_eq!(found.astray[0].phrase, "nowhere at all");
        // The page of another document is the same text.
        assert_eq!(spots(register, &library, "foot", &checked), found);
        assert_eq!(
            spots(register, &library, "none", &checked),
            Spots::default()
        );
        let at = found.all[1].range.start;
        let here: Vec<_> = touching(&found.all, at..at + 1).map(|(i, _)| i).collect();
        assert_eq!(here, [0, 1]);
    }
}
