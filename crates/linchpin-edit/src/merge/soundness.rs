//! Whether what was put together holds together: no problem that neither side has alone.

use super::conflict::Side;
use super::draft::{Piece, Sources, written};
use crate::listed;
use linchpin_register::{LoadedRegister, RecordKind, load};
use ron_lossless::{Diagnostic, Span};
use std::collections::{HashMap, HashSet};

/// The problems that some texts have already, each as often as in the one that has it most often.
pub(super) struct Known(HashMap<(&'static str, String), usize>);

impl Known {
    pub fn of(texts: &[&LoadedRegister]) -> Known {
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
        Known(all)
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
pub(super) struct Misfits {
    /// There are some.
    pub any: bool,
    /// The records that they speak about.
    pub ids: HashSet<String>,
}

/// What does not fit together, whichever side all conflicts are decided for. `None` where the text
/// would be broken.
pub(super) fn misfits(
    pieces: &[Piece],
    conflicts: usize,
    sources: &Sources,
    known: &Known,
    texts: [&LoadedRegister; 3],
) -> Option<Misfits> {
    let mut found = Misfits {
        any: false,
        ids: HashSet::new(),
    };
    let all_mine = vec![Side::Mine; conflicts];
    let both: [&[Side]; 2] = [&[], &all_mine];
    for choices in &both[..if conflicts == 0 { 1 } else { 2 }] {
        let loaded = load(written(pieces, sources, choices), Vec::new());
        if loaded.is_broken {
            return None;
        }
        let problems = known.new_in(&loaded);
        if problems.is_empty() {
            continue;
        }
        found.any = true;
        let records = records(&loaded);
        for problem in problems {
            let labels = problem.labels.iter().map(|(span, _)| *span);
            for span in std::iter::once(problem.span).chain(labels) {
                let words = span.of(&loaded.text).trim_matches('"');
                let is_id = |text: &&LoadedRegister| text.register.find(words).is_some();
                let linked = texts.iter().any(is_id).then(|| words.to_owned());
                let at = records.partition_point(|(other, _)| other.start <= span.start);
                let around = at.checked_sub(1).and_then(|at| records.get(at));
                let around = around.filter(|(other, _)| span.end <= other.end);
                found.ids.extend(around.map(|(_, id)| id.clone()));
                found.ids.extend(linked);
            }
        }
    }
    Some(found)
}

/// Where every record stands, in the order of the text, with its id.
fn records(loaded: &LoadedRegister) -> Vec<(Span, String)> {
    let all = RecordKind::ALL.iter();
    let all = all.flat_map(|kind| listed::records(loaded, *kind));
    let mut found: Vec<(Span, String)> = all
        .map(|record| (loaded.tree.span(record.node), record.key.0))
        .collect();
    found.sort_by_key(|(span, _)| span.start);
    found
}
