//! A commitment as it stands in one document: what a reader needs to judge it.

use super::coding_extent::own_citation;
use linchpin_reading::TextLibrary;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, RecordRef, Register};
use linchpin_text::prose::{find_in_paragraph, normalize};
use serde::Serialize;

/// One commitment of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommitmentInDocument {
    #[serde(skip)]
    pub record: RecordRef,
    pub id: String,
    pub title: String,
    /// The document in which its words stand, by id.
    pub document: String,
    pub verb: String,
    pub hedges: Vec<String>,
    /// Its step of the ladder, by id; `None` where nothing gives one.
    pub step: Option<String>,
    /// "5 · explicit commitment"; "no step" where nothing gives one.
    #[serde(skip)]
    pub step_label: String,
    /// 6 (firmest) to 0; `None` for kinds without a rank.
    pub rank: Option<u8>,
    pub paragraph: Option<u32>,
    pub phrase: Option<String>,
}

impl CommitmentInDocument {
    /// A commitment with the place of its own words.
    pub fn new(register: &Register, record: RecordRef, commitment: &Commitment) -> Self {
        let at = own_citation(commitment);
        let step = commitment.effective_step(register);
        CommitmentInDocument {
            record,
            id: commitment.id.as_str().to_owned(),
            title: commitment.title.clone(),
            document: at.map_or_else(String::new, |c| c.document.as_str().to_owned()),
            verb: commitment.verb.clone(),
            hedges: commitment.hedges.clone(),
            step: step.map(|s| s.id.as_str().to_owned()),
            step_label: step.map_or_else(|| "no step".to_owned(), |s| s.ranked_label()),
            rank: step.and_then(|s| s.rank),
            paragraph: at.and_then(|c| c.paragraph),
            phrase: at.and_then(|c| c.phrase.clone()),
        }
    }

    /// The commitment with this id.
    pub fn by_id(register: &Register, id: &str) -> Option<Self> {
        let record = register.find(id)?;
        Some(CommitmentInDocument::new(
            register,
            record,
            register.get::<Commitment>(id)?,
        ))
    }
}

/// What became of a commitment's words by the rank of their steps, and whether they have ranks that
/// can be held against each other.
pub(super) fn classify_change(
    before: &CommitmentInDocument,
    after: &CommitmentInDocument,
    library: &TextLibrary,
) -> (WordingChange, bool) {
    let same = match have_same_words(before, after, library) {
        true => WordingChange::Repeated,
        false => WordingChange::Reworded,
    };
    match (before.rank, after.rank) {
        (Some(a), Some(b)) if a < b => (WordingChange::Strengthened, true),
        (Some(a), Some(b)) if a > b => (WordingChange::Weakened, true),
        (Some(_), Some(_)) => (same, true),
        _ => (same, are_equally_firm(before, after, same)),
    }
}

/// Whether two commitments that have not both a rank are known to be as firm as each other.
fn are_equally_firm(
    before: &CommitmentInDocument,
    after: &CommitmentInDocument,
    change: WordingChange,
) -> bool {
    match (&before.step, &after.step) {
        // Without a step, only the same words are as firm as before.
        (None, None) => change == WordingChange::Repeated,
        (before, after) => before == after,
    }
}

/// Whether both are said with the same verb in the same words, as far as phrases and texts tell.
fn have_same_words(
    before: &CommitmentInDocument,
    after: &CommitmentInDocument,
    library: &TextLibrary,
) -> bool {
    if before.id == after.id {
        return true;
    }
    let normalized_words = |text: &str| -> Vec<String> {
        let text = normalize(text).text;
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    if normalized_words(&before.verb) != normalized_words(&after.verb) {
        return false;
    }
    // Without two phrases, the titles are all that there is to compare.
    let (Some(a), Some(b)) = (&before.phrase, &after.phrase) else {
        return normalized_words(&before.title) == normalized_words(&after.title);
    };
    normalized_words(a) == normalized_words(b)
        || is_in_cited_paragraph(a, after, library)
        || is_in_cited_paragraph(b, before, library)
}

/// Whether a phrase stands in the paragraph of a commitment. Ten words are chosen by hand: others
/// of the same sentence may have been chosen there.
fn is_in_cited_paragraph(phrase: &str, side: &CommitmentInDocument, library: &TextLibrary) -> bool {
    let prose = library.prose(&side.document);
    let Some((prose, paragraph)) = prose.zip(side.paragraph) else {
        return false;
    };
    // Only in that paragraph: searching the whole text for each pair would cost the square of it.
    find_in_paragraph(prose, paragraph, phrase).is_some()
}

/// The same change seen the other way round.
pub(super) fn invert_change(change: WordingChange) -> WordingChange {
    match change {
        WordingChange::New | WordingChange::Restored => WordingChange::Dropped,
        WordingChange::Dropped => WordingChange::New,
        WordingChange::Strengthened => WordingChange::Weakened,
        WordingChange::Weakened => WordingChange::Strengthened,
        WordingChange::Repeated | WordingChange::Reworded => change,
    }
}
