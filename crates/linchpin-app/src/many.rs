//! Many records edited at once: what is asked for, and what it would do, worked out before it is done.

use super::App;
use super::dialog::Dialog;
use super::form::dialog_holder;
use super::jobs::Done;
use super::many_edit::{ManyEdit, Way};
use linchpin_edit::many::{Ids, Outlook, Removal, Task, outlook, removal};
use linchpin_register::{Form, RecordKind};
use std::sync::Arc;

/// Up to so many bytes of text and so many records, what an edit would do is worked out within the frame.
const AT_ONCE_BYTES: usize = 200_000;
const AT_ONCE_RECORDS: usize = 100;

/// What is asked of the text as it is at a version of the draft.
#[derive(Clone, Debug)]
struct Asked {
    ids: Ids,
    version: u64,
    /// `None`: what would become of taking them out.
    task: Option<Task>,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        // Whoever changes shared ids makes others of them.
        Arc::ptr_eq(&self.ids, &other.ids)
            && (self.version, &self.task) == (other.version, &other.task)
    }
}

/// What an edit of many records would do.
#[derive(Clone, Debug)]
pub enum Told {
    Edit(Outlook),
    Removal(Removal),
}

/// What was worked out.
pub struct Foreseen {
    asked: Asked,
    told: Told,
}

/// What is known of the edit in the open dialog.
#[derive(Default)]
pub struct Foresight {
    known: Option<Foreseen>,
    is_away: bool,
}

impl App {
    /// What the edit of many records in the open dialog would do; `None` while that is being worked out.
    pub fn foreseen(&self, dialog: &Dialog) -> Option<&Told> {
        let (asked, _) = self.asked(dialog)?;
        let known = self.foresight.known.as_ref();
        known
            .filter(|known| known.asked == asked)
            .map(|known| &known.told)
    }

    fn asked(&self, dialog: &Dialog) -> Option<(Asked, RecordKind)> {
        let (ids, kind, task) = match dialog {
            Dialog::Many(many) => {
                let task = many.task(&self.file.latest.register).ok()?;
                (&many.ids, many.kind, Some(task))
            }
            Dialog::RemoveMany { ids, kind } => (ids, *kind, None),
            _ => return None,
        };
        let asked = Asked {
            ids: ids.clone(),
            version: self.file.draft.version(),
            task,
        };
        Some((asked, kind))
    }

    /// Sees to it that it is known what the edit in the open dialog would do, or will be.
    pub(super) fn foresee(&mut self) {
        if !matches!(self.dialog, Dialog::Many(_) | Dialog::RemoveMany { .. }) {
            self.foresight.known = None;
            return;
        }
        if self.foresight.is_away || !self.file.is_fresh() || self.foreseen(&self.dialog).is_some()
        {
            return;
        }
        let Some((asked, kind)) = self.asked(&self.dialog) else {
            return;
        };
        let loaded = self.file.latest.clone();
        let small = loaded.text.len() <= AT_ONCE_BYTES && asked.ids.len() <= AT_ONCE_RECORDS;
        let work = move || {
            let told = match &asked.task {
                Some(task) => Told::Edit(outlook(&loaded, kind, &asked.ids, task)),
                None => Told::Removal(removal(&loaded, kind, &asked.ids)),
            };
            Foreseen { asked, told }
        };
        if small {
            self.foresight.known = Some(work());
            return;
        }
        self.foresight.is_away = true;
        self.jobs.start("Looking ahead", false, move |_| {
            let foreseen = work();
            Done::then(|app| app.foretold(foreseen))
        });
    }

    /// Takes in what an edit would do. What is asked for may have changed meanwhile.
    pub(super) fn foretold(&mut self, foreseen: Foreseen) {
        self.foresight.is_away = false;
        self.foresight.known = Some(foreseen);
    }

    /// Asks what is to be done to the rows that are picked out.
    pub(super) fn ask_many(&mut self, way: Way, field: Option<&'static str>) {
        let Some((kind, ids)) = self.marked_here() else {
            return;
        };
        if let Some(why) = self.cannot_edit() {
            self.notices.fail(why);
            return;
        }
        let specs = ManyEdit::specs(kind, way);
        let wanted = specs.iter().find(|spec| Some(spec.name) == field);
        // Hardly anybody gives many records the same text.
        let likely = specs.iter().find(|spec| !matches!(spec.form, Form::Text));
        let Some(spec) = wanted.or(likely).or(specs.first()) else {
            return;
        };
        self.form.focus_first = Some(dialog_holder());
        self.dialog = Dialog::Many(Box::new(ManyEdit {
            kind,
            ids,
            way,
            field: spec.name,
            takes_out: false,
            fields: Vec::new(),
        }));
    }

    /// The rows that are picked out in the table on screen.
    pub(super) fn marked_here(&self) -> Option<(RecordKind, Ids)> {
        let kind = self.table()?;
        Some((kind, self.view.marked.ids(kind)?.clone()))
    }
}
