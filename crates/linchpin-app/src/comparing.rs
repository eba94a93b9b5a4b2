//! What the page of comparisons shows: two documents beside each other, or something through the documents of a series.

use super::App;
use super::compared::{Pairing, PairingKey, Subject, Through, ThroughKey};
use super::comparison::{CompareAsk, Comparing, Follow, Mode, ROWS_AT_ONCE};
use super::offered_documents::offered;
use super::page::Page;
use super::turns::Turn;
use linchpin_compare::{alone, confirm, home_of, names, pair, undo};
use linchpin_edit::{Edit, Refused};
use linchpin_register::{Commitment, Document, Register};
use std::collections::BTreeSet;

impl App {
    /// The two documents that are compared.
    pub fn compared_documents(&self) -> Option<(&Document, &Document)> {
        let register: &Register = self.register();
        let chosen = &self.view.comparing;
        let of = |id: &Option<String>| id.as_deref().and_then(|id| register.get::<Document>(id));
        of(&chosen.before).zip(of(&chosen.after))
    }

    /// In place of documents that nobody has chosen, or that are gone, two are offered that belong together. Once for each register.
    fn offer_documents(&mut self) {
        let revision = Some(self.file.revision);
        if self.compared_documents().is_some() || self.view.comparing.offered == revision {
            return;
        }
        self.view.comparing.offered = revision;
        let register = self.register().clone();
        if let Some((before, after)) = offered(&register) {
            let chosen = &mut self.view.comparing;
            let there = |id: &Option<String>| {
                let id = id.as_deref();
                id.is_some_and(|id| register.get::<Document>(id).is_some())
            };
            if !there(&chosen.before) {
                chosen.before = Some(before.id.to_string());
            }
            if !there(&chosen.after) {
                chosen.after = Some(after.id.to_string());
            }
        }
    }

    /// What is followed through time; `None` where nothing is chosen yet.
    pub fn followed(&self) -> Option<Subject> {
        let register = self.register();
        let chosen = &self.view.comparing;
        match chosen.follow {
            Follow::Phrase => {
                let words = chosen.phrase.trim();
                (!words.is_empty()).then(|| Subject::Phrase(words.to_owned()))
            }
            Follow::Theme => {
                let id = chosen.theme.clone();
                let id = id.filter(|id| register.themes.iter().any(|t| t.id.as_str() == id))?;
                Some(Subject::Theme(id))
            }
            Follow::Commitment => {
                let id = chosen.commitment.clone();
                let id = id.filter(|id| register.get::<Commitment>(id).is_some())?;
                Some(Subject::Commitment(id))
            }
        }
    }

    /// The name of the series on screen; `None`: all documents.
    pub fn compared_series(&self) -> Option<String> {
        let register = self.register();
        let all = names(register);
        let chosen = self.view.comparing.series.as_deref();
        match chosen {
            Some("") => None,
            Some(name) if all.contains(&name) => Some(name.to_owned()),
            _ => {
                let own = match self.followed() {
                    Some(Subject::Commitment(id)) => home_of(register, &id)
                        .and_then(|document| register.get::<Document>(document)?.series.as_deref()),
                    _ => None,
                };
                own.or(all.first().copied()).map(str::to_owned)
            }
        }
    }

    /// The two documents beside each other, as far as they have been worked out.
    pub fn pairing(&self) -> Option<&Pairing> {
        let (before, after) = self.compared_documents()?;
        let found = self.derived.pairing()?;
        let is_it = found.matching.before == before.id.as_str()
            && found.matching.after == after.id.as_str();
        is_it.then_some(found)
    }

    /// What was followed, as far as it has been worked out.
    pub fn through(&self) -> Option<&Through> {
        let found = self.derived.through()?;
        let wanted = (self.followed()?, self.compared_series());
        (found.subject == wanted.0 && found.name == wanted.1).then_some(found)
    }

    /// Sees to it that what the page shows is there, or on its way.
    pub(super) fn prepare_comparing(&mut self) {
        if self.view.page != Page::Compare {
            return;
        }
        let (register, library) = (self.register().clone(), self.texts.library.clone());
        let (revision, texts) = (self.file.revision, self.texts.round);
        match self.view.comparing.mode {
            Mode::Documents => {
                self.offer_documents();
                let Some((before, after)) = self.compared_documents() else {
                    return;
                };
                let (before, after) = (before.id.to_string(), after.id.to_string());
                let key = PairingKey(revision, texts, before, after);
                self.derived.want_pairing(key, register, library);
            }
            Mode::Time => {
                let Some(subject) = self.followed() else {
                    return;
                };
                let key = ThroughKey(revision, texts, subject, self.compared_series());
                self.derived.want_through(key, register, library);
            }
            // They have a place of their own.
            Mode::Versions => {}
        }
    }

    /// Does what the page asks for.
    pub(super) fn in_comparing(&mut self, ask: CompareAsk) {
        let shown = self
            .compared_documents()
            .map(|(a, b)| (a.id.to_string(), b.id.to_string()));
        let chosen = &mut self.view.comparing;
        match ask {
            CompareAsk::Mode(mode) => chosen.mode = mode,
            CompareAsk::Before(id) => {
                chosen.choose(Some(id), shown.map(|(_, after)| after));
            }
            CompareAsk::After(id) => {
                chosen.choose(shown.map(|(before, _)| before), Some(id));
            }
            CompareAsk::Swap => {
                if let Some((before, after)) = shown {
                    chosen.choose(Some(after), Some(before));
                }
            }
            CompareAsk::Series(name) => chosen.series = Some(name),
            CompareAsk::Follow(follow) => chosen.follow = follow,
            CompareAsk::Phrase(words) => chosen.phrase = words,
            CompareAsk::Commitment(id) => {
                chosen.follow = Follow::Commitment;
                chosen.commitment = Some(id);
                chosen.search.clear();
            }
            CompareAsk::Theme(id) => chosen.theme = Some(id),
            CompareAsk::Search(words) => chosen.search = words,
            CompareAsk::Open(row) => {
                chosen.open.insert(row);
            }
            CompareAsk::More => chosen.shown += ROWS_AT_ONCE,
            CompareAsk::Step(by) => self.step_match(by),
            CompareAsk::Confirm(_)
            | CompareAsk::Pair(..)
            | CompareAsk::Alone(_)
            | CompareAsk::Undo(_) => self.decide_match(&ask),
        }
    }

    fn step_match(&mut self, by: i64) {
        let count = self
            .pairing()
            .map_or(0, |found| found.matching.matches.len());
        let chosen = &mut self.view.comparing;
        let last = count.saturating_sub(1) as i64;
        let now = chosen.at.map_or(-1.min(by), |at| at as i64);
        let next = match chosen.at {
            None => 0,
            Some(_) => (now + by).clamp(0, last),
        };
        chosen.at = (count > 0).then_some(next as usize);
        chosen.bring = true;
        chosen.shown = chosen.shown.max(next as usize + 1);
    }

    /// Makes an edit of what somebody says of a match.
    fn decide_match(&mut self, ask: &CompareAsk) {
        match self.decision(ask) {
            None => {}
            Some(Ok(edit)) => self.turn(Turn::Edit(edit)),
            Some(Err(Refused(why))) => self.notices.fail(why),
        }
    }

    fn decision(&self, ask: &CompareAsk) -> Option<Result<Edit, Refused>> {
        let found = self.pairing()?;
        let register = self.register();
        let (before, after) = (&found.matching.before, &found.matching.after);
        let documents = (before.as_str(), after.as_str());
        let at = |index: &usize| found.matching.matches.get(*index);
        let id = |side: &Option<linchpin_compare::Side>| side.as_ref().map(|s| s.id.clone());
        Some(match ask {
            CompareAsk::Confirm(index) => confirm(register, documents, at(index)?),
            CompareAsk::Undo(index) => undo(register, at(index)?),
            CompareAsk::Alone(index) => {
                let one = at(index)?;
                alone(register, documents, &id(&one.after).or(id(&one.before))?)
            }
            CompareAsk::Pair(index, other) => {
                let one = at(index)?;
                let both = match id(&one.after) {
                    Some(later) => (other.clone(), later),
                    None => (id(&one.before)?, other.clone()),
                };
                let library = &self.texts.library;
                pair(register, library, documents, (&both.0, &both.1))
            }
            _ => return None,
        })
    }
}

impl Comparing {
    /// The page as somebody would have it who has chosen two documents, or something to follow: a commitment or a theme by its id, else words.
    pub fn of(register: &Register, both: Option<(String, String)>, follow: Option<&str>) -> Self {
        let (before, after) = both.unzip();
        let mut chosen = Comparing {
            before,
            after,
            ..Comparing::default()
        };
        let Some(words) = follow else {
            return chosen;
        };
        chosen.mode = Mode::Time;
        if register.get::<Commitment>(words).is_some() {
            chosen.commitment = Some(words.to_owned());
        } else if register.get::<linchpin_register::Theme>(words).is_some() {
            chosen.follow = Follow::Theme;
            chosen.theme = Some(words.to_owned());
        } else {
            chosen.follow = Follow::Phrase;
            words.clone_into(&mut chosen.phrase);
        }
        chosen
    }

    fn choose(&mut self, before: Option<String>, after: Option<String>) {
        *self = Comparing {
            before,
            after,
            at: None,
            bring: false,
            shown: ROWS_AT_ONCE,
            open: BTreeSet::new(),
            ..self.clone()
        };
    }
}
