//! The items of three containers put together: matched, ordered, each settled or left to be chosen.

use super::conflict::{Clash, Conflict, Side};
use super::draft::{Item, Piece};
use super::level::Level;
use super::opened::{Opened, Opens};
use super::rows::{Match, Row};
use super::stretch::{Stretch, Three};
use super::weave::Weave;
use crate::listed::{self, Key, numbered};
use crate::renamed::Renamed;
use crate::same::{but_for_layout, meaning};
use linchpin_register::LoadedRegister;
use ron_lossless::{NodeId, NodeKind, Span};

impl Weave<'_> {
    /// The items of three containers of the same kind; `None` where they are not, or something
    /// inside cannot be settled.
    pub fn container(&mut self, at: Three, level: &Level) -> Option<Vec<Piece>> {
        let (base, mine, theirs) = (self.base, self.mine, self.theirs);
        let shape = |loaded: &LoadedRegister, node: NodeId| {
            let name = loaded.tree.name(&loaded.text, node).map(str::to_owned);
            (loaded.tree.kind(node), name)
        };
        let like =
            |loaded: &LoadedRegister, node: NodeId| shape(loaded, node) == shape(theirs, at.theirs);
        let alike = like(mine, at.mine) && at.base.is_none_or(|node| like(base, node));
        let is_list = theirs.tree.kind(at.theirs) == NodeKind::List;
        if !alike || (at.base.is_none() && !is_list) {
            return None;
        }
        let opens = Opens {
            base: match at.base {
                Some(node) => Some(Opened::of(base, node)?),
                None => None,
            },
            mine: Opened::of(mine, at.mine)?,
            theirs: Opened::of(theirs, at.theirs)?,
        };
        let opening = |opened: &Opened<'_>| Span::new(opened.span.start, opened.slots.open_tail);
        let opening = Stretch {
            base: opens.base.as_ref().map(opening),
            mine: opening(&opens.mine),
            theirs: opening(&opens.theirs),
        };
        let name = level.list_name();
        let mut out = match self.same_side(opening) {
            Some(side) => vec![self.part(side, opening)],
            None => {
                let bracket = |opened: &Opened<'_>| opened.slots.open;
                let inner = |span: Span, from: u32| Span::new(from, span.end);
                let from = opens.base.as_ref().map(bracket);
                let comments = Stretch {
                    base: opening.base.zip(from).map(|(span, from)| inner(span, from)),
                    mine: inner(opening.mine, bracket(&opens.mine)),
                    theirs: inner(opening.theirs, bracket(&opens.theirs)),
                };
                let bracket = Span::new(opening.theirs.start, comments.theirs.start);
                let mut out = vec![Piece::Part(Side::Theirs, bracket)];
                out.extend(self.between(comments, level, name)?);
                out
            }
        };
        let ordered = self.matched(&opens, level).rows();
        let mut order = None;
        if let Some(mine) = ordered.mine {
            let subject = level.subject()?;
            order = Some((self.conflicts.len(), mine));
            self.conflicts.push(Conflict {
                subject,
                field: name.map(str::to_owned),
                clash: Clash::Order,
                base: None,
                mine: None,
                theirs: None,
            });
        }
        let mut items: Vec<Item> = Vec::with_capacity(ordered.rows.len());
        let mut number: Vec<Option<usize>> = Vec::with_capacity(ordered.rows.len());
        for row in ordered.rows {
            let item = self.item(&opens, row, level)?;
            number.push(item.is_some().then_some(items.len()));
            items.extend(item);
        }
        let renumber = |rows: Vec<usize>| rows.into_iter().filter_map(|row| number[row]).collect();
        let mine = order.map(|(conflict, rows)| (conflict, renumber(rows)));
        out.push(Piece::Items { items, mine });
        out.extend(self.between(opens.closing(), level, name)?);
        let (close, end) = (opens.theirs.slots.close, opens.theirs.span.end);
        out.push(Piece::Part(Side::Theirs, Span::new(close, end)));
        Some(out)
    }

    fn matched(&self, opens: &Opens<'_>, level: &Level) -> Match {
        let has_fields = |opened: &Opened<'_>| {
            let tree = &opened.loaded.tree;
            opened
                .nodes()
                .any(|node| tree.kind(node) == NodeKind::Field)
        };
        let inside = matches!(level, Level::Inside);
        let has_keys = !inside || has_fields(&opens.mine) || has_fields(&opens.theirs);
        let base = opens.base.as_ref();
        if has_keys {
            let keys = |opened: &Opened<'_>, renames: &[Renamed]| keys(opened, level, renames);
            let base = base.map_or_else(Vec::new, |base| keys(base, &[]));
            let mine = keys(&opens.mine, self.renames.0);
            return Match::by_keys(&base, &mine, &keys(&opens.theirs, self.renames.1));
        }
        let says = |opened: &Opened<'_>| -> Vec<String> {
            let loaded = opened.loaded;
            let meanings = opened
                .nodes()
                .map(|node| meaning(&loaded.text, &loaded.tree, node));
            meanings.map(|value| value.line()).collect()
        };
        let base = base.map_or_else(Vec::new, says);
        Match::by_value(&base, &says(&opens.mine), &says(&opens.theirs))
    }

    /// What becomes of one row. The outer `None`: it cannot be settled here; the inner one: the
    /// item is gone.
    fn item(&mut self, opens: &Opens<'_>, row: Row, level: &Level) -> Option<Option<Item>> {
        let strict = self.is_strict(opens, row, level);
        let base = opens.base.as_ref().zip(row.base);
        let (side, opened, at) = match (row.mine, row.theirs) {
            (Some(mine), Some(theirs)) => {
                let field = level
                    .names_fields()
                    .then(|| name(&opens.theirs, theirs))
                    .flatten();
                let field = field.as_deref().or(level.list_name());
                let lead = self.between(
                    opens.stretch(row, |opened, at| opened.lead(at))?,
                    level,
                    field,
                )?;
                let at = Three {
                    base: base.and_then(|(base, at)| base.node(at)),
                    mine: opens.mine.node(mine)?,
                    theirs: opens.theirs.node(theirs)?,
                };
                let value = self.value(at, level, strict)?;
                let tail = self.between(
                    opens.stretch(row, |opened, at| opened.tail(at))?,
                    level,
                    field,
                )?;
                let only = None;
                return Some(Some(Item {
                    lead,
                    value,
                    tail,
                    only,
                }));
            }
            (Some(mine), None) => (Side::Mine, &opens.mine, mine),
            (None, Some(theirs)) => (Side::Theirs, &opens.theirs, theirs),
            (None, None) => return Some(None),
        };
        let stays =
            base.map(|(base, before)| but_for_layout(base.all_of(before), opened.all_of(at)));
        if !strict {
            match stays {
                Some(true) => return Some(None),
                None => return opened.item(at, side, None).map(Some),
                Some(false) => {}
            }
        }
        let node = opened.node(at)?;
        let clash = match (strict, side) {
            (true, _) => Clash::NotTogether,
            (false, Side::Mine) => Clash::TheyRemoved,
            (false, Side::Theirs) => Clash::IRemoved,
        };
        let base = base.and_then(|(base, at)| Some((base.loaded, base.node(at)?)));
        let said = |loaded: &LoadedRegister, node: NodeId| level.said(loaded, node);
        let conflict = Conflict {
            subject: level.subject_of(opened.loaded, node)?,
            field: level.names_fields().then(|| name(opened, at)).flatten(),
            clash,
            base: base.map(|(loaded, node)| said(loaded, node)),
            mine: (side == Side::Mine).then(|| said(opened.loaded, node)),
            theirs: (side == Side::Theirs).then(|| said(opened.loaded, node)),
        };
        let only = Some((self.conflicts.len(), side));
        self.conflicts.push(conflict);
        opened.item(at, side, only).map(Some)
    }

    /// An item that both sides have.
    fn value(&mut self, at: Three, level: &Level, strict: bool) -> Option<Vec<Piece>> {
        let stretch = self.stretch(at);
        let name = self.theirs.tree.field_name(&self.theirs.text, at.theirs);
        let name = name.map(str::to_owned);
        let kind = match (level, name) {
            (Level::Records(kind), _) => *kind,
            (_, Some(name)) => return self.field(at, level, &name),
            (_, None) => return self.inside(at),
        };
        let same = self.same_side(stretch);
        if let Some(side) = same.filter(|_| !strict || self.is_same(stretch)) {
            return Some(vec![self.part(side, stretch)]);
        }
        let subject = level.subject_of(self.theirs, at.theirs)?;
        let found = self.conflicts.len();
        let fields = Level::Fields(subject.clone(), kind);
        if !strict
            && at.base.is_some()
            && let Some(pieces) = self.container(at, &fields)
        {
            return Some(pieces);
        }
        self.conflicts.truncate(found);
        let says = |loaded: &LoadedRegister, node| meaning(&loaded.text, &loaded.tree, node);
        if at.base.is_none() && says(self.mine, at.mine) == says(self.theirs, at.theirs) {
            return Some(vec![self.part(Side::Theirs, stretch)]);
        }
        self.conflicts.push(Conflict {
            subject,
            field: None,
            clash: match (strict, at.base) {
                (_, None) => Clash::BothAdded,
                (true, _) => Clash::NotTogether,
                (false, _) => Clash::BothChanged,
            },
            base: at.base.map(|node| level.said(self.base, node)),
            mine: Some(level.said(self.mine, at.mine)),
            theirs: Some(level.said(self.theirs, at.theirs)),
        });
        Some(vec![self.choice(stretch)])
    }

    fn is_strict(&self, opens: &Opens<'_>, row: Row, level: &Level) -> bool {
        if self.strict.is_empty() || !matches!(level, Level::Records(_)) {
            return false;
        }
        let is_one = |opened: Option<&Opened<'_>>, at: Option<usize>| {
            let node = opened.zip(at).and_then(|(opened, at)| opened.node(at));
            let id = opened
                .zip(node)
                .map(|(opened, node)| listed::id(opened.loaded, node));
            id.is_some_and(|id| self.strict.contains(&id))
        };
        is_one(opens.base.as_ref(), row.base)
            || is_one(Some(&opens.mine), row.mine)
            || is_one(Some(&opens.theirs), row.theirs)
    }
}

/// What the items of a container go by.
fn keys(opened: &Opened<'_>, level: &Level, renames: &[Renamed]) -> Vec<Key> {
    let loaded = opened.loaded;
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let key = |node: NodeId| match level {
        Level::Records(kind) => {
            let id = listed::id(loaded, node);
            let before = renames.iter().find(|r| r.kind == *kind && r.to == id);
            before.map_or(id, |renamed| renamed.from.clone())
        }
        _ => tree.field_name(text, node).unwrap_or("").to_owned(),
    };
    let keys = numbered(opened.nodes().map(|node| (key(node), node)));
    keys.into_iter().map(|listed| listed.key).collect()
}

fn name(opened: &Opened<'_>, at: usize) -> Option<String> {
    let loaded = opened.loaded;
    let name = loaded.tree.field_name(&loaded.text, opened.node(at)?)?;
    Some(name.to_owned())
}
