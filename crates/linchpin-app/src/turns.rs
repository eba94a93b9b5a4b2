//! Edits of the draft, one after another: at once where the text is small, on a thread where it is large.

use super::App;
use super::jobs::Done;
use super::texts::AtHand;
use linchpin_charts::{in_text, is_standard};
use linchpin_edit::draft::{Draft, Run, by_part};
use linchpin_edit::layout::laid_out;
use linchpin_edit::repair::repaired_files;
use linchpin_edit::{Edit, Target, add_all};
use linchpin_register::{FileText, Loaded, RecordKind, Register, load_joined};
use ron_lossless::{Span, Splice, difference};
use std::collections::VecDeque;

/// Up to this many bytes a text is read again within the frame.
const READ_AT_ONCE_BYTES: usize = 200_000;
/// Up to this many bytes a text is changed within the frame. The text itself can be edited on screen up to here.
pub const CHANGE_AT_ONCE_BYTES: usize = 8_000_000;

/// Something to be done to the draft.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// An edit of records.
    Edit(Edit),
    /// Changes of the text as it was at a version of the draft.
    Splices {
        words: String,
        splices: Vec<Splice>,
        run: Run,
        version: u64,
    },
    /// Sets right whatever has one sure repair.
    FixAll,
    /// Gives every file the layout of the house.
    LayOut,
    /// Writes the standard charts into the text.
    KeepCharts,
    Undo,
    Redo,
}

/// How many records are edited within the frame.
const EDIT_AT_ONCE_RECORDS: usize = 100;

impl Turn {
    /// Whether it is about so many records that a frame would wait for it.
    fn is_long(&self) -> bool {
        match self {
            Turn::Edit(Edit::Many { edits, .. }) => edits.len() > EDIT_AT_ONCE_RECORDS,
            Turn::Edit(Edit::Remove { ids, .. }) => ids.len() > EDIT_AT_ONCE_RECORDS,
            _ => false,
        }
    }
}

/// What a turn has made of the draft.
pub struct Turned {
    opened: u64,
    pub draft: Draft,
    pub loaded: Loaded,
    /// What to say: what was undone, or why nothing was done.
    pub said: Said,
}

/// What there is to say about a turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Said {
    #[default]
    Nothing,
    Done(String),
    Refused(String),
}

/// The turns that wait, and whether one is under way.
#[derive(Debug, Default)]
pub struct Turns {
    waiting: VecDeque<Turn>,
    /// The draft is being changed or read on a thread.
    pub is_away: bool,
    /// The standard charts have been written for the edit that is next.
    kept: bool,
    /// Counts the files that were opened: what a thread has made of an earlier one is nobody's any more.
    opened: u64,
}

impl Turns {
    /// Counts the files that were opened.
    pub(super) fn opened(&self) -> u64 {
        self.opened
    }

    /// Forgets what waits: another file has been opened.
    pub(super) fn start_anew(&mut self) {
        *self = Turns {
            opened: self.opened + 1,
            ..Turns::default()
        };
    }
}

impl App {
    /// Does something to the draft, after whatever waits already.
    pub fn turn(&mut self, turn: Turn) {
        if !self.file.disk.is_exact {
            self.notices.fail(
                "This file is not UTF-8 text and cannot be edited as it is. Save it as UTF-8 first",
            );
            return;
        }
        self.turns.waiting.push_back(turn);
        self.work_off();
    }

    /// Works off what waits, as far as can be done now.
    pub(super) fn work_off(&mut self) {
        while !self.turns.is_away {
            let Some(next) = self.turns.waiting.front() else {
                break;
            };
            let needs_reading = matches!(next, Turn::Edit(_) | Turn::KeepCharts);
            if needs_reading && !self.file.is_fresh() {
                self.read_draft();
                continue;
            }
            // What is edited first must be there; where it could not be written, the edit says so itself.
            let needs_charts = changes_standard(&self.file.latest.register, next);
            if needs_charts && !std::mem::replace(&mut self.turns.kept, true) {
                self.turns.waiting.push_front(Turn::KeepCharts);
                continue;
            }
            let Some(turn) = self.turns.waiting.pop_front() else {
                break;
            };
            self.turns.kept &= turn == Turn::KeepCharts;
            if self.file.draft.text().len() > CHANGE_AT_ONCE_BYTES || turn.is_long() {
                self.turn_away(turn);
                return;
            }
            let texts = self.texts_at_hand();
            let said = carry_out(&mut self.file.draft, &self.file.latest, &texts, &turn);
            self.say(said);
        }
        self.type_through();
        if !self.turns.is_away && !self.file.is_fresh() {
            self.read_draft();
        }
    }

    /// What is typed does not wait until the text before it has been read.
    fn type_through(&mut self) {
        while self.file.draft.text().len() <= CHANGE_AT_ONCE_BYTES
            && let Some(Turn::Splices { .. } | Turn::Undo | Turn::Redo) = self.turns.waiting.front()
            && let Some(turn) = self.turns.waiting.pop_front()
        {
            let texts = self.texts_at_hand();
            let said = carry_out(&mut self.file.draft, &self.file.latest, &texts, &turn);
            self.say(said);
        }
    }

    /// Reads the draft as it is now.
    fn read_draft(&mut self) {
        let (text, parts) = (
            self.file.draft.text().clone(),
            self.file.draft.parts().clone(),
        );
        if text.len() <= READ_AT_ONCE_BYTES {
            self.file.take(load_joined(text, parts));
            return;
        }
        self.turns.is_away = true;
        let opened = self.turns.opened;
        self.jobs.start("Reading", false, move |_| {
            let loaded = load_joined(text, parts);
            loaded.register.warm_up();
            Done::then(move |app| app.reread(opened, loaded))
        });
    }

    /// Changes and reads a large text on a thread.
    fn turn_away(&mut self, turn: Turn) {
        self.turns.is_away = true;
        let opened = self.turns.opened;
        let (mut draft, latest) = (self.file.draft.clone(), self.file.latest.clone());
        let texts = self.texts_at_hand();
        self.jobs.start("Editing", true, move |_| {
            let said = carry_out(&mut draft, &latest, &texts, &turn);
            let loaded = match *latest.text == **draft.text() {
                true => latest,
                false => load_joined(draft.text().clone(), draft.parts().clone()),
            };
            loaded.register.warm_up();
            let turned = Turned {
                opened,
                draft,
                loaded,
                said,
            };
            Done::then(|app| app.turned(turned))
        });
    }

    /// Takes in the draft as it was read on a thread. It may have gone on meanwhile.
    pub(super) fn reread(&mut self, opened: u64, loaded: Loaded) {
        if opened != self.turns.opened {
            return;
        }
        self.turns.is_away = false;
        self.file.take(loaded);
        self.work_off();
    }

    /// Takes in what a thread has made of the draft.
    pub(super) fn turned(&mut self, turned: Turned) {
        if turned.opened != self.turns.opened {
            return;
        }
        self.turns.is_away = false;
        // The text before is large: it is let go of away from the frame.
        let old = std::mem::replace(&mut self.file.draft, turned.draft);
        std::thread::spawn(move || drop(old));
        if !std::sync::Arc::ptr_eq(&self.file.latest.text, &turned.loaded.text) {
            self.file.take(turned.loaded);
        }
        self.say(turned.said);
        self.read_what_waits();
        self.work_off();
    }

    fn say(&mut self, said: Said) {
        match said {
            Said::Nothing => {}
            Said::Done(words) => self.notices.say(words),
            Said::Refused(words) => self.notices.fail(words),
        }
    }
}

fn carry_out(draft: &mut Draft, latest: &Loaded, texts: &AtHand, turn: &Turn) -> Said {
    let done = match turn {
        Turn::Edit(edit) => draft.edit(latest, edit),
        Turn::Splices { version, .. } if *version != draft.version() => return Said::Nothing,
        Turn::Splices {
            words,
            splices,
            run,
            ..
        } => draft.splice(words.clone(), splices.clone(), *run),
        Turn::FixAll => return fix_all(draft, texts),
        Turn::LayOut => return lay_out(draft),
        Turn::KeepCharts => return keep_charts(draft, latest),
        Turn::Undo => {
            return match draft.undo() {
                Some(words) => Said::Done(format!("Undone: {words}")),
                None => Said::Done("There is nothing to undo".into()),
            };
        }
        Turn::Redo => {
            return match draft.redo() {
                Some(words) => Said::Done(format!("Done again: {words}")),
                None => Said::Done("There is nothing to do again".into()),
            };
        }
    };
    match done {
        Ok(_) => Said::Nothing,
        Err(why) => Said::Refused(why.to_string()),
    }
}

/// Whether a turn changes a standard chart, or adds one of the register's own, beside which the standard ones would vanish.
fn changes_standard(register: &Register, turn: &Turn) -> bool {
    matches!(turn, Turn::Edit(edit) if edits_standard(register, edit))
}

fn edits_standard(register: &Register, edit: &Edit) -> bool {
    let is_standard = |id: &String| register.find(id).is_none() && is_standard(register, id);
    match edit {
        Edit::Set { target, .. } | Edit::Append { target, .. } | Edit::MoveItem { target, .. } => {
            matches!(target, Target::Record(id) if is_standard(id))
        }
        Edit::Add { kind, .. } => *kind == RecordKind::Chart && register.charts.is_empty(),
        Edit::Duplicate { id, .. } | Edit::Rename { id, .. } | Edit::Shift { id, .. } => {
            is_standard(id)
        }
        Edit::Remove { ids, .. } => ids.iter().any(is_standard),
        Edit::Many { edits, .. } => edits.iter().any(|edit| edits_standard(register, edit)),
    }
}

/// Writes the standard charts into a text that has none of its own.
fn keep_charts(draft: &mut Draft, latest: &Loaded) -> Said {
    let register = &latest.register;
    if !register.charts.is_empty() {
        return Said::Done("The charts stand in the file already".into());
    }
    let splices = add_all(latest, RecordKind::Chart, &in_text(register));
    let done = splices.and_then(|splices| draft.splice(KEEP_CHARTS, splices, Run::Alone));
    match done {
        Ok(_) => Said::Done("The standard charts stand in the file now".into()),
        Err(why) => Said::Refused(why.to_string()),
    }
}

/// The words of the step.
const KEEP_CHARTS: &str = "Keep the standard charts in the file";

/// Sets right whatever has one sure repair. Several files are repaired together, so that links between them are seen.
fn fix_all(draft: &mut Draft, texts: &AtHand) -> Said {
    let files = draft.parts().iter().map(|part| FileText {
        name: part.name.clone(),
        text: part.span.of(draft.text()).to_owned(),
        problems: Vec::new(),
    });
    let repaired = repaired_files(files.collect(), &|document| texts.of(document));
    let splices = by_part(
        draft.text(),
        draft.parts(),
        &repaired.text,
        &repaired.left.parts,
    );
    let count = repaired.changes.len();
    if count == 0 {
        return Said::Done("No problem has one sure repair".into());
    }
    let words = match count {
        1 => "Fix one problem".to_owned(),
        many => format!("Fix {many} problems"),
    };
    match draft.splice(words.clone(), splices, Run::Alone) {
        Ok(_) => Said::Done(words),
        Err(why) => Said::Refused(why.to_string()),
    }
}

fn lay_out(draft: &mut Draft) -> Said {
    let mut splices = Vec::new();
    for part in draft.parts().iter() {
        let old = part.span.of(draft.text());
        let new = match laid_out(old) {
            Ok(new) => new,
            Err(why) => return Said::Refused(why.to_string()),
        };
        splices.extend(difference(old, &new).map(|splice| {
            let start = part.span.start;
            let span = Span::new(splice.span.start + start, splice.span.end + start);
            Splice::new(span, splice.text)
        }));
    }
    match draft.splice("Lay out the file", splices, Run::Alone) {
        Ok(true) => Said::Nothing,
        Ok(false) => Said::Done("The file is laid out already".into()),
        Err(why) => Said::Refused(why.to_string()),
    }
}
