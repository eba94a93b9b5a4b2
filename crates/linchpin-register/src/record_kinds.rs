//! The one list of record types, and the register that holds them.

use super::check::CheckContext;
use super::english::Noun;
use super::link::LinkTarget;
use super::messages::{ID_TAKEN_HERE, Problem};
use super::record_spans::text_value;
use super::schema::FieldSpec;
use super::terms::{LadderStep, Priority, Theme};
use super::{
    Body, Chart, Commitment, Concern, Cue, Date, Dismissal, Document, Event, Figure, Instrument,
    Party, Recipe, Record, RecordRef,
};
use linchpin_report::visible::visible;
use ron_lossless::{Decode as _, Decoder, FieldNodes, NodeId, NodeKind, Span};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// A record of any type.
pub trait AnyRecord: Record {
    fn id(&self) -> &str;
    fn kind(&self) -> RecordKind;
    /// Its fields, as documented.
    fn fields(&self) -> &'static [FieldSpec];
    /// Every field as JSON; dates and ids as strings, vocabulary values by name.
    fn json(&self) -> serde_json::Value;
}

/// A record type that the register keeps in a list.
pub trait RegisterRecord: AnyRecord + Sized + 'static {
    const KIND: RecordKind;
    fn list(register: &Register) -> &[Self];
}

macro_rules! kinds {
    ($( $type:ident $list:ident $what:literal $many:literal $title:literal; )*) => {
        /// The record types, in the order of the file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum RecordKind { $( $type ),* }

        impl RecordKind {
            pub const ALL: &'static [RecordKind] = &[$( RecordKind::$type ),*];

            /// The name of its list in the file, such as "commitments".
            pub fn list(self) -> &'static str {
                match self { $( RecordKind::$type => stringify!($list) ),* }
            }

            /// "commitment"
            pub fn what(self) -> &'static str { self.noun().one }

            /// "Commitments"
            pub fn title(self) -> &'static str {
                match self { $( RecordKind::$type => $title ),* }
            }

            /// One record of the type and several, in running text.
            pub fn noun(self) -> Noun {
                match self { $( RecordKind::$type => Noun { one: $what, many: $many } ),* }
            }

            /// The fields of its records.
            pub fn fields(self) -> &'static [FieldSpec] {
                match self { $( RecordKind::$type => $type::FIELDS ),* }
            }

            /// What its records are, for people who edit the file.
            pub fn about(self) -> &'static str {
                match self { $( RecordKind::$type => $type::ABOUT.trim() ),* }
            }
        }

        /// Everything that one file says, as far as it is sound.
        #[derive(Clone, Debug, Default)]
        pub struct Register {
            /// What the register is about.
            pub title: String,
            /// A sentence or two on what it covers.
            pub summary: Option<String>,
            /// The date to which it has been brought.
            pub compiled: Option<Date>,
            /// Who has compiled it.
            pub compilers: Vec<String>,
            /// SPDX name of the licence of the data.
            pub license: Option<String>,
            $( pub $list: Vec<$type>, )*
            pub(super) index: HashMap<Box<str>, RecordRef>,
            pub(super) backlinks: std::sync::OnceLock<super::backlinks::Backlinks>,
            pub(super) source: super::origin::RegisterSource,
        }

        /// The fields of the whole file.
        pub const ROOT_FIELDS: &[&str] = &[
            "format", "title", "summary", "compiled", "compilers", "license",
            $( stringify!($list) ),*
        ];

        impl Register {
            /// How many records of a type there are.
            pub fn count(&self, kind: RecordKind) -> usize {
                match kind { $( RecordKind::$type => self.$list.len() ),* }
            }

            /// A record by its place.
            pub fn record(&self, at: RecordRef) -> Option<&dyn AnyRecord> {
                let index = at.index as usize;
                match at.kind {
                    $( RecordKind::$type => self.$list.get(index).map(|r| r as &dyn AnyRecord) ),*
                }
            }

            /// Reads one list, keeps the sound records and notes the node of each.
            fn decode_list(
                &mut self,
                kind: RecordKind,
                text: &str,
                d: &mut Decoder<'_>,
                nodes: &[NodeId],
                record_nodes: &mut RecordNodes,
            ) {
                match kind { $( RecordKind::$type => {
                    self.$list.reserve(nodes.len());
                    for &node in nodes {
                        let Some(record) = $type::decode(d, node) else {
                            record_nodes.mark_unloaded(text, d, node);
                            continue;
                        };
                        let at = RecordRef { kind, index: self.$list.len() as u32 };
                        // A record whose id is taken is not kept: no link could lead to it.
                        if self.insert_id(at, record.id.as_str(), text, d, node, record_nodes) {
                            self.$list.push(record);
                        }
                    }
                } )* }
            }

            /// Runs the rules of every record. `at` sets the check's place.
            pub(super) fn check_records<'a>(&'a self, check: &mut CheckContext<'a>) {
                $( for (index, record) in self.$list.iter().enumerate() {
                    check.enter_record(RecordRef { kind: RecordKind::$type, index: index as u32 });
                    record.check(check);
                    check.check_links(record);
                } )*
            }
        }

        $(
            impl LinkTarget for $type {
                const SHAPE: &'static str = concat!("id (", stringify!($list), ")");
                const KIND: RecordKind = RecordKind::$type;
            }
            impl AnyRecord for $type {
                fn id(&self) -> &str { self.id.as_str() }
                fn kind(&self) -> RecordKind { RecordKind::$type }
                fn fields(&self) -> &'static [FieldSpec] { $type::FIELDS }
                fn json(&self) -> serde_json::Value {
                    serde_json::to_value(self).unwrap_or_default()
                }
            }
            impl RegisterRecord for $type {
                const KIND: RecordKind = RecordKind::$type;
                fn list(register: &Register) -> &[Self] { &register.$list }
            }
        )*
    };
}

kinds! {
    Priority priorities "priority" "priorities" "Priorities";
    Theme themes "theme" "themes" "Themes";
    LadderStep ladder "ladder step" "ladder steps" "Ladder of strength";
    Cue cues "cue" "cues" "Cues";
    Party parties "party" "parties" "Parties";
    Document documents "document" "documents" "Documents";
    Commitment commitments "commitment" "commitments" "Commitments";
    Body bodies "body" "bodies" "Bodies";
    Instrument instruments "instrument" "instruments" "Instruments";
    Figure figures "figure" "figures" "Figures";
    Event events "event" "events" "Events";
    Concern concerns "concern" "concerns" "Concerns";
    Dismissal dismissals "dismissal" "dismissed sentences" "Dismissed sentences";
    Chart charts "chart" "charts" "Charts";
    Recipe recipes "recipe" "recipes" "Recipes";
}

impl Register {
    /// Where a record with this id stands.
    pub fn find(&self, id: &str) -> Option<RecordRef> {
        self.index.get(id).copied()
    }

    /// The record of type `T` with this id.
    pub fn get<T: RegisterRecord>(&self, id: &str) -> Option<&T> {
        let record_ref = self
            .find(id)
            .filter(|record_ref| record_ref.kind == T::KIND)?;
        T::list(self).get(record_ref.index as usize)
    }

    /// The name of a linked record for narrow places; the id itself where the link leads nowhere.
    pub fn short_title_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.find(id)
            .and_then(|at| self.record(at))
            .map_or(id, |r| r.short_title())
    }

    /// Every record, in the order of the file.
    pub fn iter_records(&self) -> impl Iterator<Item = (RecordRef, &dyn AnyRecord)> {
        RecordKind::ALL.iter().flat_map(move |&kind| {
            (0..self.count(kind) as u32).filter_map(move |index| {
                let at = RecordRef { kind, index };
                self.record(at).map(|r| (at, r))
            })
        })
    }

    /// Reads the lists of the roots, which are their fields from `first` on. A list goes on in the
    /// next file that has it.
    pub(super) fn decode_lists(
        &mut self,
        roots: &[FieldNodes],
        first: usize,
        text: &str,
        d: &mut Decoder<'_>,
    ) -> RecordNodes {
        // All are found before any is read, so that the index of ids gets its room at once.
        let lists: Vec<Vec<NodeId>> = (first..first + RecordKind::ALL.len())
            .map(|at| {
                let nodes = roots.iter().filter_map(|root| root.node(at));
                nodes.flat_map(|node| list_items(d, node)).collect()
            })
            .collect();
        let mut record_nodes = RecordNodes {
            by_kind: vec![Vec::new(); RecordKind::ALL.len()],
            unloaded_ids: HashSet::new(),
            record_count: lists.iter().map(Vec::len).sum(),
        };
        self.index.reserve(record_nodes.record_count);
        // In the order of the types, not of the file: of two records with one id the same one is
        // loaded however the lists are ordered.
        for (&kind, nodes) in RecordKind::ALL.iter().zip(&lists) {
            self.decode_list(kind, text, d, nodes, &mut record_nodes);
        }
        record_nodes
    }

    /// Enters an id; `false` where another record has it already.
    fn insert_id(
        &mut self,
        record_ref: RecordRef,
        id: &str,
        text: &str,
        d: &mut Decoder<'_>,
        node: NodeId,
        record_nodes: &mut RecordNodes,
    ) -> bool {
        use std::collections::hash_map::Entry;
        match self.index.entry(id.into()) {
            Entry::Vacant(slot) => {
                slot.insert(record_ref);
                record_nodes.push(record_ref.kind, node);
                true
            }
            Entry::Occupied(taken) => {
                let first = *taken.get();
                let problem = Problem::DuplicateId {
                    id,
                    kind: record_ref.kind,
                    owner: first.kind,
                };
                let problem = problem.at(id_span(text, d, node));
                d.report(match record_nodes.node(first) {
                    Some(first) => problem.with_label(id_span(text, d, first), ID_TAKEN_HERE),
                    None => problem,
                });
                false
            }
        }
    }
}

/// Where the records of a text stand.
#[derive(Default)]
pub(super) struct RecordNodes {
    /// The node of every loaded record, by type.
    pub by_kind: Vec<Vec<NodeId>>,
    /// The ids of records that could not be read.
    pub unloaded_ids: HashSet<String>,
    /// How many records the text has, loaded or not.
    pub record_count: usize,
}

impl RecordNodes {
    fn push(&mut self, kind: RecordKind, node: NodeId) {
        if let Some(nodes) = self.by_kind.get_mut(kind as usize) {
            nodes.push(node);
        }
    }

    fn node(&self, at: RecordRef) -> Option<NodeId> {
        let nodes = self.by_kind.get(at.kind as usize)?;
        nodes.get(at.index as usize).copied()
    }

    fn mark_unloaded(&mut self, text: &str, d: &Decoder<'_>, node: NodeId) {
        // So that links to it are not reported as well: its record is there.
        if let Some(id) = d.tree().field(text, node, "id") {
            let written = || Cow::Borrowed(d.text(id).trim_matches('"'));
            let id = text_value(text, d.tree(), id).unwrap_or_else(written);
            // As the links to it have it.
            self.unloaded_ids.insert(visible(&id).into_owned());
        }
    }
}

fn id_span(text: &str, d: &Decoder<'_>, node: NodeId) -> Span {
    let id = d.tree().field(text, node, "id");
    d.span(id.unwrap_or(node))
}

/// The items of a list, whatever they are; what could not be read at all is none.
fn list_items(d: &mut Decoder<'_>, node: NodeId) -> Vec<NodeId> {
    let tree = d.tree();
    match tree.kind(node) {
        NodeKind::List => tree
            .children(node)
            .filter(|item| tree.kind(*item) != NodeKind::Error)
            .collect(),
        NodeKind::Error => Vec::new(),
        found => {
            let problem = Problem::NotARecordList { found }.at(d.span(node));
            let fix = d.as_list(node).filter(|_| found == NodeKind::Record);
            d.report(problem.with_fix_if_any(fix));
            Vec::new()
        }
    }
}
