//! What is worked out from the register on screen: table indexes, selections, pictures. Made again only when what it depends on has changed,
//! and away from the frame where the register is large.

use super::assessing::{self, Lists};
use super::compared::{Pairing, PairingKey, Through, ThroughKey};
use super::dialog::NewChart;
use super::opened::{Opened, OpenedKey};
use linchpin_charts::picture::{Body, Picture};
use linchpin_charts::suggest::{Suggestion, suggest};
use linchpin_charts::{self, Field, FieldValue, Refusal};
use linchpin_register::query::{CountingRule, Query, Selection, TableIndex, select};
use linchpin_register::tables;
use linchpin_register::{Chart, RecordKind, Register};
use ron_lossless::Value;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// Up to this many records everything is worked out within the frame, …
const SMALL_RECORDS: usize = 20_000;
/// … but only up to this many where the register is new, and its table has to be indexed first.
const SMALL_NEW_RECORDS: usize = 4_000;

/// Up to this many bytes a text is worked out for the reader within the frame.
const SMALL_TEXT_BYTES: usize = 30_000;

/// A value that belongs to a key, and perhaps a newer one on its way.
pub(super) struct Lazy<K, V> {
    pub(super) value: Option<(K, Arc<V>)>,
    coming: Option<(K, Receiver<V>)>,
}

impl<K: PartialEq + Clone, V: Send + Sync + 'static> Lazy<K, V> {
    fn new() -> Self {
        Lazy {
            value: None,
            coming: None,
        }
    }

    /// Makes the value for `key`, at once or on a thread that calls `wake` when it is done.
    pub(super) fn want(
        &mut self,
        key: K,
        at_once: bool,
        wake: &Arc<dyn Fn() + Send + Sync>,
        make: impl FnOnce() -> V + Send + 'static,
    ) {
        if let Some((coming, receiver)) = &self.coming {
            match receiver.try_recv() {
                Ok(value) => {
                    self.value = Some((coming.clone(), Arc::new(value)));
                    self.coming = None;
                }
                Err(TryRecvError::Disconnected) => self.coming = None,
                Err(TryRecvError::Empty) => {}
            }
        }
        if self.value.as_ref().is_some_and(|(k, _)| *k == key) {
            return;
        }
        if at_once {
            self.value = Some((key, Arc::new(make())));
        } else if self.coming.is_none() {
            // One at a time: a newer key is taken up when this one is done.
            let (sender, receiver) = channel();
            let wake = wake.clone();
            std::thread::spawn(move || {
                let _ = sender.send(make());
                wake();
            });
            self.coming = Some((key, receiver));
        }
    }
}

/// A table's index, and the answer to its query.
struct TableState {
    revision: u64,
    index: Arc<TableIndex>,
    selection: Lazy<Query, Selection>,
    /// The table before the last edit, with the rows that there still are: shown until the new one is there.
    stale: Option<(Arc<TableIndex>, Arc<Selection>)>,
}

impl TableState {
    /// What is shown while a register with `count` records is being worked out.
    fn before(&self, count: usize) -> Option<(Arc<TableIndex>, Arc<Selection>)> {
        let Some((_, rows)) = &self.selection.value else {
            return self.stale.clone();
        };
        let mut rows = Selection::clone(rows);
        rows.rows.retain(|row| (*row as usize) < count);
        Some((self.index.clone(), Arc::new(rows)))
    }
}

/// Lets go of a table. It may be the last that knows an old register, and to forget that takes longer than a frame has.
fn forget(index: Arc<TableIndex>) {
    if index.register.count(index.kind) > SMALL_NEW_RECORDS {
        std::thread::spawn(move || drop(index));
    }
}

/// What a picture depends on.
type PictureKey = (u64, CountingRule, Chart);
/// What suggestions depend on: the register, the rule, the list and what narrows it.
type SuggestionsKey = (u64, CountingRule, RecordKind, Vec<(String, Value)>);

/// A chart's picture, and why it could not be drawn where it could not.
struct Drawn {
    picture: Picture,
    refusal: Option<Refusal>,
}

/// Everything worked out.
pub struct Derived {
    tables: HashMap<RecordKind, TableState>,
    pictures: HashMap<String, Lazy<PictureKey, Drawn>>,
    values: HashMap<(RecordKind, &'static str), Lazy<u64, Vec<FieldValue>>>,
    suggestions: Lazy<SuggestionsKey, Vec<Suggestion>>,
    opened: Lazy<OpenedKey, Option<Opened>>,
    assessments: Lazy<assessing::Key, Lists>,
    pub(super) pairing: Lazy<PairingKey, Pairing>,
    pub(super) through: Lazy<ThroughKey, Through>,
    pub(super) wake: Arc<dyn Fn() + Send + Sync>,
    /// Everything is worked out within the frame, however long that takes: for a picture of the window.
    pub is_patient: bool,
}

impl Derived {
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Derived {
            tables: HashMap::new(),
            pictures: HashMap::new(),
            values: HashMap::new(),
            suggestions: Lazy::new(),
            opened: Lazy::new(),
            assessments: Lazy::new(),
            pairing: Lazy::new(),
            through: Lazy::new(),
            wake: Arc::new(wake),
            is_patient: false,
        }
    }

    /// Sees to it that the table of a type is there, or on its way.
    pub fn want_table(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        kind: RecordKind,
        query: &Query,
    ) {
        let made = || TableState {
            revision,
            index: Arc::new(tables::of_kind(kind).index(register)),
            selection: Lazy::new(),
            stale: None,
        };
        let state = self.tables.entry(kind).or_insert_with(made);
        if state.revision != revision {
            let old = std::mem::replace(state, made());
            state.stale = old.before(register.count(kind));
            forget(old.index);
        }
        let (index, query_for) = (state.index.clone(), query.clone());
        let is_new = state.selection.value.is_none();
        let most = if is_new {
            SMALL_NEW_RECORDS
        } else {
            SMALL_RECORDS
        };
        let at_once = self.is_patient || register.count(kind) <= most;
        state
            .selection
            .want(query.clone(), at_once, &self.wake, move || {
                select(&index, &query_for)
            });
        if state.selection.value.is_some()
            && let Some((index, _)) = state.stale.take()
        {
            forget(index);
        }
    }

    /// The index of a type's table and the latest answer; `None` while the first is on its way. Until a new register is worked out, this is
    /// the table of the one before, with as many rows as there are records now.
    pub fn table(&self, kind: RecordKind) -> Option<(&TableIndex, &Selection)> {
        let state = self.tables.get(&kind)?;
        match (&state.selection.value, &state.stale) {
            (Some((_, rows)), _) => Some((&*state.index, &**rows)),
            (None, Some((index, rows))) => Some((&**index, &**rows)),
            (None, None) => None,
        }
    }

    /// Whether a newer answer is on its way.
    pub fn is_working(&self, kind: RecordKind) -> bool {
        self.tables
            .get(&kind)
            .is_some_and(|state| state.selection.coming.is_some())
    }

    /// Sees to it that a picture is there, or on its way.
    pub fn want_picture(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        chart: &Chart,
        rule: CountingRule,
    ) {
        let at_once = self.is_patient || is_small(register);
        let key = (revision, rule, chart.clone());
        let (register, chart) = (register.clone(), chart.clone());
        let lazy = self
            .pictures
            .entry(chart.id.as_str().to_owned())
            .or_insert_with(Lazy::new);
        lazy.want(key, at_once, &self.wake, move || {
            let picture = linchpin_charts::build(&register, &chart, rule);
            let refusal = match picture.body {
                Body::Empty(_) => linchpin_charts::refusal(&register, &chart, rule),
                _ => None,
            };
            Drawn { picture, refusal }
        });
    }

    /// A picture, where it is there.
    pub fn picture(&self, chart: &str) -> Option<&Picture> {
        if chart == linchpin_compare::series_picture::ID && !self.pictures.contains_key(chart) {
            return self.through().map(|through| &through.picture);
        }
        self.drawn(chart).map(|drawn| &drawn.picture)
    }

    /// Why a chart cannot be drawn, and the way out.
    pub fn refusal(&self, chart: &str) -> Option<&Refusal> {
        self.drawn(chart)?.refusal.as_ref()
    }

    fn drawn(&self, chart: &str) -> Option<&Drawn> {
        let (_, drawn) = self.pictures.get(chart)?.value.as_ref()?;
        Some(drawn)
    }

    /// Sees to every chart.
    pub fn want_all_pictures(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        rule: CountingRule,
    ) {
        for chart in linchpin_charts::of(register) {
            self.want_picture(revision, register, chart, rule);
        }
    }

    /// Sees to it that the values of a field are there, or on their way.
    pub fn want_values(&mut self, revision: u64, register: &Arc<Register>, field: Field) {
        let at_once = self.is_patient || register.count(field.kind) <= SMALL_NEW_RECORDS;
        let register = register.clone();
        let key = (field.kind, field.name);
        let lazy = self.values.entry(key).or_insert_with(Lazy::new);
        lazy.want(revision, at_once, &self.wake, move || {
            linchpin_charts::values(&register, &field)
        });
    }

    /// The values of a field with their counts, where they are there.
    pub fn values(&self, kind: RecordKind, field: &'static str) -> Option<&[FieldValue]> {
        let (_, values) = self.values.get(&(kind, field))?.value.as_ref()?;
        Some(values)
    }

    /// Sees to it that the lists of assessments are there, or on their way.
    pub fn want_assessments(&mut self, key: assessing::Key, register: &Arc<Register>) {
        let at_once = self.is_patient || register.commitments.len() <= SMALL_RECORDS;
        let register = register.clone();
        let (_, rule, since, today) = key;
        self.assessments.want(key, at_once, &self.wake, move || {
            Lists::of(&register, rule, since, today)
        });
    }

    /// The lists of assessments for a register; `None` while they are on their way.
    pub fn assessments(&self, revision: u64) -> Option<&Lists> {
        let ((of, ..), lists) = self.assessments.value.as_ref()?;
        (*of == revision).then_some(&**lists)
    }

    /// Sees to it that charts of a list are suggested, or will be.
    pub fn want_suggestions(
        &mut self,
        revision: u64,
        register: &Arc<Register>,
        rule: CountingRule,
        new: &NewChart,
    ) {
        let (kind, narrowed) = (new.kind, new.narrowed.clone());
        let key = (revision, rule, kind, narrowed.clone());
        // A dozen charts are tried.
        let at_once = self.is_patient || register.count(kind) <= SMALL_NEW_RECORDS / 10;
        let register = register.clone();
        self.suggestions.want(key, at_once, &self.wake, move || {
            suggest(&register, kind, &narrowed, rule)
        });
    }

    /// What is suggested for a new chart; `None` while it is on its way.
    pub fn suggestions(&self, new: &NewChart) -> Option<&[Suggestion]> {
        let ((_, _, kind, narrowed), all) = self.suggestions.value.as_ref()?;
        (*kind == new.kind && *narrowed == new.narrowed).then_some(&**all)
    }
}

impl Derived {
    /// Sees to it that a document with a text of so many bytes is worked out for the reader, or will be.
    pub(super) fn want_opened(
        &mut self,
        key: OpenedKey,
        bytes: usize,
        make: impl FnOnce() -> Option<Opened> + Send + 'static,
    ) {
        let at_once = self.is_patient || bytes <= SMALL_TEXT_BYTES;
        self.opened.want(key, at_once, &self.wake, make);
    }

    /// The document that was worked out last, where it has a text.
    pub fn opened(&self) -> Option<&Opened> {
        self.opened.value.as_ref()?.1.as_ref().as_ref()
    }
}

/// Whether pictures of a register are made within the frame.
fn is_small(register: &Register) -> bool {
    let counts = RecordKind::ALL.iter().map(|&kind| register.count(kind));
    counts.sum::<usize>() <= SMALL_RECORDS
}
