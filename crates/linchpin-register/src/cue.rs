//! Cues: the words by which a text is read for commitments, besides the verbs of the ladder. Data,
//! so that a user may edit them.

use super::check::CheckContext;
use super::messages::Problem;
use super::schema::record;
use super::unseen::is_blank;
use super::vocabulary::CueKind;
use super::{Id, Link, Party, Record};

record! {
    /// Words that tell somebody who reads a text for commitments what they have before them: they
    /// decide which candidates the reader and `linchpin candidates` propose, and which of them are
    /// excluded. Where a register has none of a kind, the standard ones of that kind hold
    /// (`data/cues.ron` in the source); as soon as it has one, only its own do.
    pub struct Cue "Cue" {
        id: required Id, "Readable slug, unique in the register.";
        kind: required CueKind, "What the words tell.";
        words: list String, "The words, as they stand in a text; capitals do not count. An \
            asterisk at the start or the end of a word stands for any letters: \"*기로 하였다\".";
        parties: list Link<Party>, "Whom the words mean, where they stand for the parties that \
            speak.";
        note: optional String, "A remark.";
    }
}

impl Record for Cue {
    fn title(&self) -> &str {
        self.words.first().map_or(self.id.as_str(), String::as_str)
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        for word in &self.words {
            if is_blank(word) {
                check.report(&["words"], Problem::BlankCueWord);
            }
        }
    }
}
