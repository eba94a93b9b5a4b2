//! What two sides made of one text, put together: the text of theirs, with what I changed carried
//! over to it.
//!
//! ```text
//! base, mine, theirs ─ weave ─► draft (pieces, conflicts) ─ written ─► text ─ load ─► does it hold together?
//! ```
//! Values, comments and white space are settled each on their own, by record and by field. What
//! both sides changed is a conflict, and the text has it as in theirs until somebody chooses. What
//! is sound in either text alone and not in both together is a conflict as well.

mod between;
mod conflict;
mod draft;
mod endings;
mod items;
mod level;
mod opened;
mod rows;
mod soundness;
mod stretch;
mod weave;

use super::compare::compare;
use super::difference::{Difference, Subject};
use super::renamed::{Renamed, after_renames, renames};
use super::said::Said;
use draft::{Piece, Sources, written};
use linchpin_register::{LoadedRegister, load};
use ron_lossless::Span;
use soundness::{Known, misfits};
use std::collections::HashSet;
use weave::Weave;

pub use conflict::{Clash, Conflict, Side};

/// How often records that do not fit together are looked for anew.
const MAX_ROUNDS: usize = 4;

/// How many of my records are tried one by one for being in the way of what the file holds now.
const MAX_TRIED: usize = 20;

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

/// Carries over to `theirs` what `mine` changed since `base`. Never fails: what cannot be settled
/// is in the conflicts, and a text that is broken is a conflict as a whole.
pub fn merge(base: &LoadedRegister, mine: &LoadedRegister, theirs: &LoadedRegister) -> Merge {
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
    let broken = base.is_broken || mine.is_broken || theirs.is_broken;
    let woven = (!broken).then(|| woven(base, mine, theirs)).flatten();
    match woven {
        Some((pieces, conflicts, sources)) => finished(pieces, conflicts, sources, theirs),
        None => {
            let choice = Piece::Choice {
                conflict: 0,
                mine: vec![whole(Side::Mine)],
                theirs: vec![whole(Side::Theirs)],
            };
            let said = |loaded: &LoadedRegister| Some(Said::plain(&loaded.text));
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
    theirs: &LoadedRegister,
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
fn woven(base: &LoadedRegister, mine: &LoadedRegister, theirs: &LoadedRegister) -> Option<Woven> {
    let known = Known::of(&[base, mine, theirs]);
    let eol = endings::common(&base.text, &mine.text, &theirs.text);
    let even = |loaded: &LoadedRegister| {
        let changed = eol.and_then(|eol| endings::with_ending(loaded, eol));
        changed.unwrap_or_else(|| loaded.clone())
    };
    let (base, mine, theirs) = (even(base), even(mine), even(theirs));
    let (of_mine, of_theirs) = (renames(&base, &mine), renames(&base, &theirs));
    // An id that one side changed is changed in the other texts first, so that links which came
    // meanwhile follow it.
    let (from_mine, left_mine) = parted(of_mine, &theirs);
    let (from_theirs, left_theirs) = parted(of_theirs, &mine);
    let both: Vec<Renamed> = from_mine.iter().chain(&from_theirs).cloned().collect();
    let carry = |loaded: LoadedRegister, renames: &[Renamed]| {
        after_renames(&loaded, renames).unwrap_or(loaded)
    };
    let base = carry(base, &both);
    let mine = carry(mine, &from_theirs);
    let theirs = carry(theirs, &from_mine);
    let sources = Sources {
        mine: mine.text.clone(),
        theirs: theirs.text.clone(),
    };
    let attempt = |strict: &HashSet<String>| {
        let mut weave = Weave {
            base: &base,
            mine: &mine,
            theirs: &theirs,
            renames: (&left_mine, &left_theirs),
            strict,
            conflicts: Vec::new(),
        };
        let pieces = weave.text()?;
        let conflicts = weave.conflicts;
        let texts = [&base, &mine, &theirs];
        let misfits = misfits(&pieces, conflicts.len(), &sources, &known, texts)?;
        Some(((pieces, conflicts, sources.clone()), misfits))
    };
    let mut strict = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let (woven, misfits) = attempt(&strict)?;
        if !misfits.any {
            return Some(woven);
        }
        let count = strict.len();
        strict.extend(misfits.ids);
        if strict.len() == count {
            break;
        }
    }
    // What the problem speaks about is asked about, and does not help: one of my other records is
    // in its way.
    let id = |difference: Difference| match difference.subject {
        Subject::Record { id, .. } => Some(id),
        Subject::Register => None,
    };
    let mut mine_alone: Vec<String> = compare(&base, &mine).into_iter().filter_map(id).collect();
    mine_alone.retain(|id| !strict.contains(id));
    for id in mine_alone.iter().take(MAX_TRIED) {
        let with_it = strict.iter().chain([id]).cloned().collect();
        if let Some((woven, misfits)) = attempt(&with_it)
            && !misfits.any
        {
            return Some(woven);
        }
    }
    strict.extend(mine_alone);
    let (woven, misfits) = attempt(&strict)?;
    (!misfits.any).then_some(woven)
}

/// Renames that can be carried over to the other side, and those that cannot: it has removed the
/// record or has another of that id.
fn parted(renames: Vec<Renamed>, other: &LoadedRegister) -> (Vec<Renamed>, Vec<Renamed>) {
    renames.into_iter().partition(|renamed| {
        let has = |id: &str| other.register.find(id).map(|at| at.kind);
        match (has(&renamed.from), has(&renamed.to)) {
            (Some(kind), None) => kind == renamed.kind,
            (None, Some(kind)) => kind == renamed.kind,
            _ => false,
        }
    })
}
