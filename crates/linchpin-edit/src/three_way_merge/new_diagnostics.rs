//! Whether what was put together holds together: no problem that neither side has alone.

use super::conflict::MergeSide;
use super::pieces::{MergePiece, MergeSources, write_merged};
use crate::record_nodes;
use linchpin_register::{LoadedRegister, RecordKind, load};
use ron_lossless::{Diagnostic, Span};
use std::collections::{HashMap, HashSet};

/// The problems that some texts have already, each as often as in the one that has it most often.
pub(super) struct KnownDiagnostics(HashMap<(&'static str, String), usize>);

impl KnownDiagnostics {
    pub fn new(texts: &[&LoadedRegister]) -> KnownDiagnostics {
        let mut all: HashMap<(&'static str, String), usize> = HashMap::new();
        for loaded in texts {
            let mut own: HashMap<(&'static str, String), usize> = HashMap::new();
            for problem in loaded.diagnostics.iter() {
                *own.entry((problem.code, problem.message.clone()))
                    .or_default() += 1;
            }
            for (key, count) in own {
                let known = all.entry(key).or_default();
                *known = count.max(*known);
            }
        }
        KnownDiagnostics(all)
    }

    fn new_in<'a>(&self, loaded: &'a LoadedRegister) -> Vec<&'a Diagnostic> {
        let mut left = self.0.clone();
        let is_new = |problem: &&Diagnostic| {
            let key = (problem.code, problem.message.clone());
            match left.get_mut(&key).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    false
                }
                None => true,
            }
        };
        loaded.diagnostics.iter().filter(is_new).collect()
    }
}

/// Problems that neither text has and both together have.
pub(super) struct NewDiagnostics {
    /// There are some.
    pub is_any: bool,
    /// The records that they speak about.
    pub record_ids: HashSet<String>,
}

/// What does not fit together, whichever side all conflicts are decided for. `None` where the text
/// would be broken.
pub(super) fn new_diagnostics(
    pieces: &[MergePiece],
    conflicts: usize,
    sources: &MergeSources,
    known: &KnownDiagnostics,
    texts: [&LoadedRegister; 3],
) -> Option<NewDiagnostics> {
    let mut new = NewDiagnostics {
        is_any: false,
        record_ids: HashSet::new(),
    };
    let all_ours = vec![MergeSide::Ours; conflicts];
    let both: [&[MergeSide]; 2] = [&[], &all_ours];
    for choices in &both[..if conflicts == 0 { 1 } else { 2 }] {
        let loaded = load(write_merged(pieces, sources, choices), Vec::new());
        if loaded.is_broken {
            return None;
        }
        let problems = known.new_in(&loaded);
        if problems.is_empty() {
            continue;
        }
        new.is_any = true;
        let records = record_spans(&loaded);
        for problem in problems {
            let labels = problem.labels.iter().map(|(span, _)| *span);
            for span in std::iter::once(problem.span).chain(labels) {
                let words = span.of(&loaded.text).trim_matches('"');
                let is_id = |text: &&LoadedRegister| text.register.find(words).is_some();
                let linked = texts.iter().any(is_id).then(|| words.to_owned());
                let at = records.partition_point(|(other, _)| other.start <= span.start);
                let enclosing = at.checked_sub(1).and_then(|at| records.get(at));
                let enclosing = enclosing.filter(|(other, _)| span.end <= other.end);
                new.record_ids.extend(enclosing.map(|(_, id)| id.clone()));
                new.record_ids.extend(linked);
            }
        }
    }
    Some(new)
}

/// Where every record stands, in the order of the text, with its id.
fn record_spans(loaded: &LoadedRegister) -> Vec<(Span, String)> {
    let all = RecordKind::ALL.iter();
    let all = all.flat_map(|kind| record_nodes::keyed_records(loaded, *kind));
    let mut found: Vec<(Span, String)> = all
        .map(|record| (loaded.tree.span(record.node), record.key.0))
        .collect();
    found.sort_by_key(|(span, _)| span.start);
    found
}
