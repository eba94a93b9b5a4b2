//! A commitment as it stands in one document: what a reader needs to judge it.

use super::coded::home;
use linchpin_reading::TextLibrary;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, RecordRef, Register};
use linchpin_text::prose::{find_all, normal};

/// One commitment of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
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
    pub step_words: String,
    /// 6 (firmest) to 0; `None` for kinds without a rank.
    pub rank: Option<u8>,
    pub paragraph: Option<u32>,
    pub phrase: Option<String>,
}

impl Side {
    /// A commitment with the place of its own words.
    pub fn new(register: &Register, record: RecordRef, commitment: &Commitment) -> Self {
        let at = home(commitment);
        let step = commitment.effective_step(register);
        Side {
            record,
            id: commitment.id.as_str().to_owned(),
            title: commitment.title.clone(),
            document: at.map_or_else(String::new, |c| c.document.as_str().to_owned()),
            verb: commitment.verb.clone(),
            hedges: commitment.hedges.clone(),
            step: step.map(|s| s.id.as_str().to_owned()),
            step_words: step.map_or_else(|| "no step".to_owned(), |s| s.ranked_label()),
            rank: step.and_then(|s| s.rank),
            paragraph: at.and_then(|c| c.paragraph),
            phrase: at.and_then(|c| c.phrase.clone()),
        }
    }

    /// The commitment with this id.
    pub fn of(register: &Register, id: &str) -> Option<Self> {
        let record = register.find(id)?;
        Some(Side::new(register, record, register.get::<Commitment>(id)?))
    }
}

/// What became of a commitment's words by the rank of their steps, and whether they have ranks that
/// can be held against each other.
pub(super) fn change(before: &Side, after: &Side, library: &TextLibrary) -> (WordingChange, bool) {
    let same = match have_same_words(before, after, library) {
        true => WordingChange::Repeated,
        false => WordingChange::Reworded,
    };
    match (before.rank, after.rank) {
        (Some(a), Some(b)) if a < b => (WordingChange::Strengthened, true),
        (Some(a), Some(b)) if a > b => (WordingChange::Weakened, true),
        (Some(_), Some(_)) => (same, true),
        _ => (same, before.step == after.step),
    }
}

/// Whether both are said with the same verb in the same words, as far as phrases and texts tell.
fn have_same_words(before: &Side, after: &Side, library: &TextLibrary) -> bool {
    if before.id == after.id {
        return true;
    }
    let alike = |text: &str| -> Vec<String> {
        let text = normal(text).text;
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    if alike(&before.verb) != alike(&after.verb) {
        return false;
    }
    let (Some(a), Some(b)) = (&before.phrase, &after.phrase) else {
        return alike(&before.title) == alike(&after.title);
    };
    alike(a) == alike(b) || stands_with(a, after, library) || stands_with(b, before, library)
}

/// Whether a phrase stands in the paragraph of a commitment. Ten words are chosen by hand: others
/// of the same sentence may have been chosen there.
fn stands_with(phrase: &str, side: &Side, library: &TextLibrary) -> bool {
    let prose = library.prose(&side.document);
    let Some((prose, paragraph)) = prose.zip(side.paragraph) else {
        return false;
    };
    let found = find_all(prose, phrase).0;
    found
        .iter()
        .any(|range| prose.paragraph_at(range.start) == Some(paragraph))
}

/// The same change seen the other way round.
pub(super) fn inverse(change: WordingChange) -> WordingChange {
    match change {
        WordingChange::New | WordingChange::Restored => WordingChange::Dropped,
        WordingChange::Dropped => WordingChange::New,
        WordingChange::Strengthened => WordingChange::Weakened,
        WordingChange::Weakened => WordingChange::Strengthened,
        WordingChange::Repeated | WordingChange::Reworded => change,
    }
}
