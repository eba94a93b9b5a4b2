//! What two sides made of one text, put together: the text of theirs, with what I changed carried over to it.
//!
//! ```text
//! base, mine, theirs ─ weave ─► draft (pieces, conflicts) ─ written ─► text ─ load ─► does it hold together?
//! ```
//! Values, comments and white space are settled each on their own, by record and by field. What both sides changed is a conflict, and the
//! text has it as in theirs until somebody chooses. What is sound in either text alone and not in both together is a conflict as well.

mod between;
mod conflict;
mod draft;
mod endings;
mod items;
mod level;
mod opened;
mod rows;
mod stretch;
mod weave;

use super::compare::compare;
use super::difference::{Difference, Subject};
use super::renamed::{Renamed, after_renames, renames};
use super::said::Said;
use crate::register::{Loaded, RecordKind, load};
use crate::ron_text::{Problem, Span};
use draft::{Piece, Sources, written};
use std::collections::{HashMap, HashSet};
use weave::Weave;

pub use conflict::{Clash, Conflict, Side};

/// How often records that do not fit together are looked for anew.
const MAX_ROUNDS: usize = 4;

/// Two sides put together.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The text, with every conflict left as it is in theirs.
    pub text: String,
    /// What this text has of mine: how it differs from theirs.
    pub taken: Vec<Difference>,
    /// What somebody must decide, in the order of the text.
    pub conflicts: Vec<Conflict>,
    pieces: Vec<Piece>,
    sources: Sources,
}

/// Carries over to `theirs` what `mine` changed since `base`. Never fails: what cannot be settled is in the conflicts, and a text
/// that is broken is a conflict as a whole.
pub fn merge(base: &Loaded, mine: &Loaded, theirs: &Loaded) -> Merge {
    let whole = |side: Side| {
        let text = match side {
            Side::Mine => &mine.text,
            Side::Theirs => &theirs.text,
        };
        Piece::Part(side, Span::new(0, text.len() as u32))
    };
    let sources = Sources {
        mine: mine.text.clone(),
        theirs: theirs.text.clone(),
    };
    if mine.text == base.text || mine.text == theirs.text {
        return finished(vec![whole(Side::Theirs)], Vec::new(), sources, theirs);
    }
    if theirs.text == base.text {
        return finished(vec![whole(Side::Mine)], Vec::new(), sources, theirs);
    }
    let broken = base.broken || mine.broken || theirs.broken;
    let woven = (!broken).then(|| woven(base, mine, theirs)).flatten();
    match woven {
        Some((pieces, conflicts, sources)) => finished(pieces, conflicts, sources, theirs),
        None => {
            let choice = Piece::Choice {
                conflict: 0,
                mine: vec![whole(Side::Mine)],
                theirs: vec![whole(Side::Theirs)],
            };
            let said = |loaded: &Loaded| Some(Said::plain(&loaded.text));
            let conflict = Conflict {
                subject: Subject::Register,
                field: None,
                clash: Clash::WholeText,
                base: said(base),
                mine: said(mine),
                theirs: said(theirs),
            };
            finished(vec![choice], vec![conflict], sources, theirs)
        }
    }
}

/// The text with each conflict decided, in their order; those without a choice stay as in theirs.
pub fn settle(merge: &Merge, choices: &[Side]) -> String {
    written(&merge.pieces, &merge.sources, choices)
}

fn finished(
    pieces: Vec<Piece>,
    conflicts: Vec<Conflict>,
    sources: Sources,
    theirs: &Loaded,
) -> Merge {
    let text = written(&pieces, &sources, &[]);
    let taken = match *text == *theirs.text {
        true => Vec::new(),
        false => compare(theirs, &load(text.as_str(), Vec::new())),
    };
    Merge {
        text,
        taken,
        conflicts,
        pieces,
        sources,
    }
}

type Woven = (Vec<Piece>, Vec<Conflict>, Sources);

/// The texts put together record by record; `None` where nothing sound comes of it.
fn woven(base: &Loaded, mine: &Loaded, theirs: &Loaded) -> Option<Woven> {
    let known = Known::of(&[base, mine, theirs]);
    let eol = endings::common(&base.text, &mine.text, &theirs.text);
    let even = |loaded: &Loaded| {
        let changed = eol.and_then(|eol| endings::with_ending(loaded, eol));
        changed.unwrap_or_else(|| loaded.clone())
    };
    let (base, mine, theirs) = (even(base), even(mine), even(theirs));
    let (of_mine, of_theirs) = (renames(&base, &mine), renames(&base, &theirs));
    // An id that one side changed is changed in the other texts first, so that links which came meanwhile follow it.
    let (from_mine, left_mine) = parted(of_mine, &theirs);
    let (from_theirs, left_theirs) = parted(of_theirs, &mine);
    let both: Vec<Renamed> = from_mine.iter().chain(&from_theirs).cloned().collect();
    let carry =
        |loaded: Loaded, renames: &[Renamed]| after_renames(&loaded, renames).unwrap_or(loaded);
    let base = carry(base, &both);
    let mine = carry(mine, &from_theirs);
    let theirs = carry(theirs, &from_mine);
    let sources = Sources {
        mine: mine.text.clone(),
        theirs: theirs.text.clone(),
    };
    let mut strict = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let mut weave = Weave {
            base: &base,
            mine: &mine,
            theirs: &theirs,
            renames: (&left_mine, &left_theirs),
            strict: &strict,
            conflicts: Vec::new(),
        };
        let pieces = weave.text()?;
        let conflicts = weave.conflicts;
        let misfits = misfits(
            &pieces,
            &conflicts,
            &sources,
            &known,
            [&base, &mine, &theirs],
        )?;
        if misfits.is_empty() {
            return Some((pieces, conflicts, sources));
        }
        let count = strict.len();
        strict.extend(misfits);
        if strict.len() == count {
            return None;
        }
    }
    None
}

/// Renames that can be carried over to the other side, and those that cannot: it has removed the record or has another of that id.
fn parted(renames: Vec<Renamed>, other: &Loaded) -> (Vec<Renamed>, Vec<Renamed>) {
    renames.into_iter().partition(|renamed| {
        let has = |id: &str| other.register.find(id).map(|at| at.kind);
        match (has(&renamed.from), has(&renamed.to)) {
            (Some(kind), None) => kind == renamed.kind,
            (None, Some(kind)) => kind == renamed.kind,
            _ => false,
        }
    })
}

/// The problems that some texts have already, each as often as in the one that has it most often.
struct Known(HashMap<(&'static str, String), usize>);

impl Known {
    fn of(texts: &[&Loaded]) -> Known {
        let mut all: HashMap<(&'static str, String), usize> = HashMap::new();
        for loaded in texts {
            let mut own: HashMap<(&'static str, String), usize> = HashMap::new();
            for problem in loaded.problems.iter() {
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

    fn new_in<'a>(&self, loaded: &'a Loaded) -> Vec<&'a Problem> {
        let mut left = self.0.clone();
        let is_new = |problem: &&Problem| {
            let key = (problem.code, problem.message.clone());
            match left.get_mut(&key).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    false
                }
                None => true,
            }
        };
        loaded.problems.iter().filter(is_new).collect()
    }
}

/// The ids of records that a new problem speaks about, whichever side all conflicts are decided for. `None` where the text is broken,
/// or a problem speaks about no record.
fn misfits(
    pieces: &[Piece],
    conflicts: &[Conflict],
    sources: &Sources,
    known: &Known,
    texts: [&Loaded; 3],
) -> Option<HashSet<String>> {
    let mut found = HashSet::new();
    let all_mine = vec![Side::Mine; conflicts.len()];
    let choices: &[&[Side]] = if conflicts.is_empty() {
        &[&[]]
    } else {
        &[&[], &all_mine]
    };
    for choices in choices {
        let loaded = load(written(pieces, sources, choices), Vec::new());
        if loaded.broken {
            return None;
        }
        let problems = known.new_in(&loaded);
        if problems.is_empty() {
            continue;
        }
        let records = records(&loaded);
        for problem in problems {
            let labels = problem.labels.iter().map(|(span, _)| *span);
            let spans = std::iter::once(problem.span).chain(labels);
            let mut about_one = false;
            for span in spans {
                let words = span.of(&loaded.text).trim_matches('"');
                let is_id = |text: &&Loaded| text.register.find(words).is_some();
                let linked = texts
                    .iter()
                    .any(|text| is_id(&text))
                    .then(|| words.to_owned());
                let at = records.partition_point(|(other, _)| other.start <= span.start);
                let around = at.checked_sub(1).and_then(|at| records.get(at));
                let around = around.filter(|(other, _)| span.end <= other.end);
                let ids = around.map(|(_, id)| id.clone()).into_iter().chain(linked);
                for id in ids {
                    about_one = true;
                    found.insert(id);
                }
            }
            if !about_one {
                return None;
            }
        }
    }
    Some(found)
}

/// Where every record stands, in the order of the text, with its id.
fn records(loaded: &Loaded) -> Vec<(Span, String)> {
    let all = RecordKind::ALL.iter();
    let all = all.flat_map(|kind| super::listed::records(loaded, *kind));
    let mut found: Vec<(Span, String)> = all
        .map(|record| (loaded.tree.span(record.node), record.key.0))
        .collect();
    found.sort_by_key(|(span, _)| span.start);
    found
}
