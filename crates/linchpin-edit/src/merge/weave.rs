//! Three texts put together, container by container: the register, its lists, their records, their
//! fields.

use super::between::{Between, between};
use super::conflict::{Clash, Conflict, Side};
use super::draft::Piece;
use super::level::Level;
use super::stretch::{Stretch, Three};
use crate::renamed::Renamed;
use crate::said::Said;
use crate::same::meaning;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::comments;
use ron_lossless::{NodeId, NodeKind, Span, Tree};
use std::collections::HashSet;

/// The three texts, and what has been found in them so far.
pub(super) struct Weave<'a> {
    pub base: &'a LoadedRegister,
    pub mine: &'a LoadedRegister,
    pub theirs: &'a LoadedRegister,
    /// Records that both sides renamed, or one renamed and the other removed: from the base to
    /// mine, and to theirs.
    pub renames: (&'a [Renamed], &'a [Renamed]),
    /// The ids of records that somebody must decide about whatever has changed in them.
    pub strict: &'a HashSet<String>,
    pub conflicts: Vec<Conflict>,
}

impl Weave<'_> {
    /// The whole text; `None` where it can only be taken as a whole.
    pub fn text(&mut self) -> Option<Vec<Piece>> {
        let roots =
            |loaded: &LoadedRegister| -> Vec<NodeId> { loaded.tree.children(Tree::ROOT).collect() };
        let (b, m, t) = (roots(self.base), roots(self.mine), roots(self.theirs));
        if b.is_empty() || b.len() != m.len() || b.len() != t.len() {
            return None;
        }
        let mut from = (0, 0, 0);
        let mut out = Vec::new();
        for ((b, m), t) in b.into_iter().zip(m).zip(t) {
            let (in_b, in_m, in_t) = (
                self.base.tree.span(b),
                self.mine.tree.span(m),
                self.theirs.tree.span(t),
            );
            let before = Stretch {
                base: Some(Span::new(from.0, in_b.start)),
                mine: Span::new(from.1, in_m.start),
                theirs: Span::new(from.2, in_t.start),
            };
            out.extend(self.between(before, &Level::Register, None)?);
            let at = Three {
                base: Some(b),
                mine: m,
                theirs: t,
            };
            match self.settled(at, &Level::Register) {
                Some(side) => out.push(self.part(side, self.stretch(at))),
                None => out.extend(self.container(at, &Level::Register)?),
            }
            from = (in_b.end, in_m.end, in_t.end);
        }
        let end = |loaded: &LoadedRegister| loaded.text.len() as u32;
        let behind = Stretch {
            base: Some(Span::new(from.0, end(self.base))),
            mine: Span::new(from.1, end(self.mine)),
            theirs: Span::new(from.2, end(self.theirs)),
        };
        out.extend(self.between(behind, &Level::Register, None)?);
        Some(out)
    }

    pub fn stretch(&self, at: Three) -> Stretch {
        Stretch {
            base: at.base.map(|node| self.base.tree.span(node)),
            mine: self.mine.tree.span(at.mine),
            theirs: self.theirs.tree.span(at.theirs),
        }
    }

    pub fn part(&self, side: Side, at: Stretch) -> Piece {
        match side {
            Side::Mine => Piece::Part(side, at.mine),
            Side::Theirs => Piece::Part(side, at.theirs),
        }
    }

    /// The side that holds the newer words, where only one has changed them or both alike.
    pub fn same_side(&self, at: Stretch) -> Option<Side> {
        let (mine, theirs) = (at.mine.of(&self.mine.text), at.theirs.of(&self.theirs.text));
        let base = at.base.map(|span| span.of(&self.base.text));
        match () {
            () if mine == theirs || base == Some(mine) => Some(Side::Theirs),
            () if base == Some(theirs) => Some(Side::Mine),
            () => None,
        }
    }

    /// The same, but nothing that may hold records about which somebody must decide is settled as a
    /// whole.
    fn settled(&self, at: Three, level: &Level) -> Option<Side> {
        let stretch = self.stretch(at);
        let open = !self.strict.is_empty() && matches!(level, Level::Register);
        self.same_side(stretch)
            .filter(|_| !open || self.is_same(stretch))
    }

    /// Whether both sides have the same words there.
    pub fn is_same(&self, at: Stretch) -> bool {
        at.mine.of(&self.mine.text) == at.theirs.of(&self.theirs.text)
    }

    /// What stands between values. `None` where it cannot be settled inside a field.
    pub fn between(
        &mut self,
        at: Stretch,
        level: &Level,
        field: Option<&str>,
    ) -> Option<Vec<Piece>> {
        let (mine, theirs) = (at.mine.of(&self.mine.text), at.theirs.of(&self.theirs.text));
        let base = at.base.map_or("", |span| span.of(&self.base.text));
        Some(vec![match between(base, mine, theirs) {
            Between::Mine => self.part(Side::Mine, at),
            Between::Theirs => self.part(Side::Theirs, at),
            Between::Both(text) => Piece::Text(text),
            Between::Clash => {
                let subject = level.subject()?;
                let said = |text: &str| {
                    let all = Span::new(0, text.len() as u32);
                    let found: Vec<&str> = comments(text, all).collect();
                    (!found.is_empty()).then(|| Said::plain(&found.join("\n")))
                };
                let (base, mine, theirs) = (said(base), said(mine), said(theirs));
                self.conflicts.push(Conflict {
                    subject,
                    field: field.map(str::to_owned),
                    clash: Clash::Comments,
                    base,
                    mine,
                    theirs,
                });
                self.choice(at)
            }
        }])
    }

    /// Both versions of a stretch, for the conflict that was found last.
    pub fn choice(&self, at: Stretch) -> Piece {
        Piece::Choice {
            conflict: self.conflicts.len().saturating_sub(1),
            mine: vec![self.part(Side::Mine, at)],
            theirs: vec![self.part(Side::Theirs, at)],
        }
    }

    /// A field with its name.
    pub fn field(&mut self, at: Three, level: &Level, name: &str) -> Option<Vec<Piece>> {
        if let Some(side) = self.settled(at, level) {
            return Some(vec![self.part(side, self.stretch(at))]);
        }
        let found = self.conflicts.len();
        if let Some(pieces) = self.field_parts(at, level, name) {
            return Some(pieces);
        }
        self.conflicts.truncate(found);
        let subject = level.subject()?;
        let spec = level.spec(name);
        let said = |loaded: &LoadedRegister, field: NodeId| {
            let value = loaded.tree.field_value(field)?;
            Some(Said::of(loaded, spec, value))
        };
        let base = at.base.and_then(|field| said(self.base, field));
        self.conflicts.push(Conflict {
            subject,
            field: Some(name.to_owned()),
            clash: if base.is_some() {
                Clash::BothChanged
            } else {
                Clash::BothAdded
            },
            base,
            mine: said(self.mine, at.mine),
            theirs: said(self.theirs, at.theirs),
        });
        Some(vec![self.choice(self.stretch(at))])
    }

    /// The name and the value of a field, each on its own.
    fn field_parts(&mut self, at: Three, level: &Level, name: &str) -> Option<Vec<Piece>> {
        let value = |loaded: &LoadedRegister, field: NodeId| {
            let value = loaded.tree.field_value(field)?;
            let (outer, inner) = (loaded.tree.span(field), loaded.tree.span(value));
            (outer.end == inner.end).then_some((value, Span::new(outer.start, inner.start)))
        };
        let base = match at.base {
            Some(field) => Some(value(self.base, field)?),
            None => None,
        };
        let (mine, theirs) = (value(self.mine, at.mine)?, value(self.theirs, at.theirs)?);
        let names = Stretch {
            base: base.map(|(_, span)| span),
            mine: mine.1,
            theirs: theirs.1,
        };
        let side = self.same_side(names).or_else(|| {
            let comments =
                |loaded: &LoadedRegister, span: Span| comments(&loaded.text, span).count();
            let none = comments(self.mine, names.mine) + comments(self.theirs, names.theirs) == 0;
            none.then_some(Side::Theirs)
        })?;
        let mut out = vec![self.part(side, names)];
        let at = Three {
            base: base.map(|(node, _)| node),
            mine: mine.0,
            theirs: theirs.0,
        };
        let of_list = RecordKind::ALL.iter().find(|kind| kind.list() == name);
        match (level, of_list) {
            (Level::Register, Some(kind)) => match self.settled(at, level) {
                Some(side) => out.push(self.part(side, self.stretch(at))),
                None => out.extend(self.container(at, &Level::Records(*kind))?),
            },
            _ => out.extend(self.inside(at)?),
        }
        Some(out)
    }

    /// A value inside a field; `None` where both sides changed it, and not alike.
    pub fn inside(&mut self, at: Three) -> Option<Vec<Piece>> {
        let stretch = self.stretch(at);
        if let Some(side) = self.same_side(stretch) {
            return Some(vec![self.part(side, stretch)]);
        }
        let says =
            |loaded: &LoadedRegister, node: NodeId| meaning(&loaded.text, &loaded.tree, node);
        let base = at.base.map(|node| says(self.base, node));
        let (mine, theirs) = (says(self.mine, at.mine), says(self.theirs, at.theirs));
        let one_side =
            base.as_ref() == Some(&mine) || base.as_ref() == Some(&theirs) || mine == theirs;
        let is_list = self.theirs.tree.kind(at.theirs) == NodeKind::List;
        if (is_list || one_side)
            && let Some(pieces) = self.container(at, &Level::Inside)
        {
            return Some(pieces);
        }
        let said = |loaded: &LoadedRegister, span: Span| -> Vec<String> {
            comments(&loaded.text, span).map(str::to_owned).collect()
        };
        let in_base = stretch.base.map(|span| said(self.base, span));
        let (in_mine, in_theirs) = (
            said(self.mine, stretch.mine),
            said(self.theirs, stretch.theirs),
        );
        let side = match () {
            () if base.as_ref() == Some(&mine) && in_base.as_ref() == Some(&in_mine) => {
                Side::Theirs
            }
            () if mine == theirs && in_mine == in_theirs => Side::Theirs,
            () if base.as_ref() == Some(&theirs) && in_base.as_ref() == Some(&in_theirs) => {
                Side::Mine
            }
            () => return None,
        };
        Some(vec![self.part(side, stretch)])
    }
}
