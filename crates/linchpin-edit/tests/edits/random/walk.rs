//! A sequence of random steps on one draft, with everything that must hold after each.

use super::Random;
use super::model::Model;
use super::registers::files;
use super::{edit_generator, unchanged_parts};
use linchpin_edit::draft::{Draft, UndoGrouping};
use linchpin_edit::fix_all::fix_text;
use linchpin_edit::format::format_register;
use linchpin_edit::{Edit, plan_edit};
use linchpin_register::{LoadedRegister, RegisterFile, load_joined_files};
use ron_lossless::{FormatError, Span, TextEdit, TokenKind, edit_between, tokens};
use std::ops::AddAssign;
use std::sync::Arc;

/// How often what was done.
#[derive(Default)]
pub struct Tally {
    made: usize,
    refused: usize,
    broken: usize,
    /// Texts that were repaired.
    pub fixed: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.made += other.made;
        self.refused += other.refused;
        self.broken += other.broken;
        self.fixed += other.fixed;
    }
}

impl Tally {
    /// Panics where too little came about for the walk to show anything.
    pub fn enough(&self) {
        let Tally {
            made,
            refused,
            broken,
            fixed,
        } = *self;
        assert!(
            made > 4 * refused && broken > 20,
            "{made} {refused} {broken} {fixed}"
        );
    }
}

pub struct Walk {
    name: u64,
    random: Random,
    draft: Draft,
    now: LoadedRegister,
    /// The text after each number of steps.
    texts: Vec<Arc<str>>,
    on_disk: Arc<str>,
    tally: Tally,
}

impl Walk {
    pub fn new(start: LoadedRegister, name: u64, random: Random) -> Self {
        assert!(!start.is_broken, "{:?}\n{}", start.diagnostics, start.text);
        Walk {
            name,
            random,
            draft: Draft::new(start.text.clone(), start.files.clone()),
            texts: vec![start.text.clone()],
            on_disk: start.text.clone(),
            now: start,
            tally: Tally::default(),
        }
    }

    /// Takes so many steps, then undoes and redoes all of them.
    pub fn go(mut self, steps: usize) -> Tally {
        for _ in 0..steps {
            let broken = self.now.is_broken;
            match self.random.below(24) {
                0..=2 => self.type_something(),
                3 => self.outside(),
                4 => self.save(),
                5..=6 => self.undo(),
                7 => self.redo(),
                8 if !broken => self.lay_out(),
                9 if self.now.files.len() == 1 => self.repair(),
                _ if broken => {
                    self.tally.broken += 1;
                    self.undo();
                }
                _ => self.edit(),
            }
        }
        let (end, made) = (self.draft.text().clone(), self.draft.transactions().0.len());
        while self.draft.undo().is_some() {
            self.read();
        }
        assert_eq!(**self.draft.text(), *self.texts[0], "walk {}", self.name);
        while self.draft.transactions().0.len() < made {
            self.draft.redo();
        }
        self.read();
        assert_eq!(**self.draft.text(), *end, "walk {}", self.name);
        self.tally
    }

    /// Reads the text as it is now, and holds it against the files read afresh.
    fn read(&mut self) {
        let text = self.draft.text().clone();
        let parts = self.draft.parts().clone();
        let mut from = 0;
        for part in parts.iter() {
            assert_eq!(part.span.start, from, "a gap before {part:?}");
            assert!(text.get(part.span.range()).is_some());
            from = part.span.end + 1;
        }
        assert_eq!(from as usize, text.len() + 1);
        assert!(
            parts
                .iter()
                .map(|p| &p.name)
                .eq(self.now.files.iter().map(|p| &p.name))
        );
        self.now = load_joined_files(text.clone(), parts.clone());
        let each: Vec<&str> = parts.iter().map(|part| part.span.of(&text)).collect();
        let fresh = files(&each);
        assert_eq!(fresh.text, text);
        assert_eq!(fresh.files, parts);
        assert_eq!(fresh.diagnostics, self.now.diagnostics);
        assert_eq!(fresh.is_broken, self.now.is_broken);
        assert_eq!(records(&fresh), records(&self.now));
        // What is not unsaved stands on the disk.
        assert!(
            self.draft.is_dirty() || text == self.on_disk,
            "walk {}",
            self.name
        );
    }

    /// After something that is a step: notes its text.
    fn noted(&mut self) {
        self.read();
        let made = self.draft.transactions().0.len();
        self.texts.truncate(made);
        assert_eq!(self.texts.len(), made, "walk {}", self.name);
        self.texts.push(self.draft.text().clone());
        assert!(self.draft.transactions().1.is_empty());
    }

    fn edit(&mut self) {
        let Some(edit) = edit_generator::random_edit(&self.now, &mut self.random) else {
            return;
        };
        let before = self.now.clone();
        match self.draft.apply_edit(&before, &edit) {
            Err(_) => {
                self.tally.refused += 1;
                assert_eq!(**self.draft.text(), *before.text);
            }
            Ok(false) => assert_eq!(**self.draft.text(), *before.text),
            Ok(true) => {
                self.tally.made += 1;
                self.noted();
                let after = self.now.clone().checked_with_ron();
                let tell = || {
                    let change = plan_edit(&before, &edit).unwrap();
                    let (old, new) = (&before.text, &after.text);
                    format!(
                        "walk {}: {edit:?}\n{old}\n---\n{new}\n---\n{change:?}",
                        self.name
                    )
                };
                assert!(!after.is_broken, "{:?}\n{}", after.diagnostics, tell());
                let mut model = Model::of(&before);
                match model.make(&edit) {
                    Some(()) => same(Model::of(&after), model, &tell),
                    None => assert!(!before.diagnostics.is_empty(), "{}", tell()),
                }
                unchanged_parts::check(&before, &edit, &after);
                self.rest_is_the_same(&before, &edit);
            }
        }
    }

    /// Records that an edit does not speak of are read as before.
    fn rest_is_the_same(&self, before: &LoadedRegister, edit: &Edit) {
        let about = format!("{edit:?}");
        let links_change = matches!(edit, Edit::RenameRecord { .. } | Edit::RemoveRecords { .. });
        for (at, old) in before.register.iter_records() {
            let new = self.now.register.find(old.id());
            let new = new.and_then(|at| self.now.register.record(at));
            let named = about.contains(&format!("{:?}", old.id()));
            if named || (links_change && new.is_some()) {
                continue;
            }
            let is_first = before.register.find(old.id()) == Some(at);
            assert!(is_first);
            let json = new.map(|new| new.json());
            assert_eq!(json, Some(old.json()), "walk {}: {about}", self.name);
        }
    }

    fn undo(&mut self) {
        if self.draft.undo().is_some() {
            assert_eq!(
                **self.draft.text(),
                *self.texts[self.draft.transactions().0.len()]
            );
            self.read();
        }
    }

    fn redo(&mut self) {
        if self.draft.redo().is_some() {
            assert_eq!(
                **self.draft.text(),
                *self.texts[self.draft.transactions().0.len()]
            );
            self.read();
        }
    }

    fn save(&mut self) {
        assert!(self.draft.mark_saved(self.draft.version()));
        assert!(!self.draft.is_dirty());
        self.on_disk = self.draft.text().clone();
    }

    /// A few characters typed or deleted: in a comment, in a text, anywhere.
    fn type_something(&mut self) {
        const KEYS: &[&str] = &[
            "a", "한", " ", "\"", "\\", "\n", "\r\n", "(", ")", "[", ",", ":", "/", "*", "#", "r",
            "1", "//", "/*",
        ];
        let text = self.draft.text().clone();
        let mut at = self.somewhere(&text);
        for _ in 0..1 + self.random.below(4) {
            let text = self.draft.text().clone();
            let (splice, run) = match self.random.one_in(3) {
                true => {
                    let Some(c) = text[..at as usize].chars().next_back() else {
                        break;
                    };
                    let start = at - c.len_utf8() as u32;
                    (
                        TextEdit::new(Span::new(start, at), ""),
                        UndoGrouping::Deleting,
                    )
                }
                false => {
                    let key = KEYS[self.random.below(KEYS.len())];
                    (TextEdit::insert(at, key), UndoGrouping::Typing)
                }
            };
            at = splice.span.start + splice.text.len() as u32;
            match self.draft.apply_text_edits("Type", vec![splice], run) {
                Ok(true) => self.noted(),
                Ok(false) => {}
                Err(_) => {
                    assert_eq!(**self.draft.text(), *text);
                    break;
                }
            }
        }
    }

    fn somewhere(&mut self, text: &str) -> u32 {
        let wanted: &[TokenKind] = match self.random.below(5) {
            0..=1 => &[TokenKind::LineComment, TokenKind::BlockComment],
            2..=3 => &[TokenKind::Text, TokenKind::EscapedText, TokenKind::RawText],
            _ => &[],
        };
        let spans = tokens(text).filter(|token| wanted.contains(&token.kind));
        let spans: Vec<Span> = spans.map(|token| token.span).collect();
        let span = self.random.one_of(&spans).copied();
        let span = span.unwrap_or(Span::new(0, text.len() as u32));
        let mut at = span.start + self.random.below((span.end - span.start) as usize + 1) as u32;
        while !text.is_char_boundary(at as usize) {
            at -= 1;
        }
        at
    }

    /// Another program writes one of the files, or all of them.
    fn outside(&mut self) {
        let text = self.draft.text().clone();
        let parts = self.draft.parts().clone();
        let (mut joined, mut new_parts) = (String::new(), Vec::new());
        for part in parts.iter() {
            let mut own = part.span.of(&text).to_owned();
            if self.random.one_in(2) {
                let at = self.somewhere(&own) as usize;
                match self.random.below(3) {
                    0 => own.insert_str(at, "/* from outside */"),
                    1 => own.insert(at, ' '),
                    _ => own.push_str("\n// behind"),
                }
            }
            if !new_parts.is_empty() {
                joined.push('\n');
            }
            let start = joined.len() as u32;
            joined.push_str(&own);
            let span = Span::new(start, joined.len() as u32);
            let name = part.name.clone();
            new_parts.push(RegisterFile { name, span });
        }
        let steps = self.draft.transactions().0.len();
        let joined: Arc<str> = joined.into();
        self.on_disk = joined.clone();
        self.draft
            .apply_external_text("Another program", &joined, &new_parts.into());
        assert_eq!(*self.draft.text(), joined);
        assert!(!self.draft.is_dirty());
        let same = joined == text;
        assert_eq!(
            self.draft.transactions().0.len(),
            steps + usize::from(!same)
        );
        if same { self.read() } else { self.noted() }
    }

    /// The standard format, file by file, as one step.
    fn lay_out(&mut self) {
        let before = self.now.clone();
        let mut splices = Vec::new();
        for part in before.files.iter() {
            let own = part.span.of(&before.text);
            let laid = match format_register(own) {
                Ok(laid) => laid,
                // A number or an escape that is none.
                Err(FormatError::Syntax(_)) if !before.diagnostics.is_empty() => return,
                Err(why) => panic!("walk {}: {why:?}\n{own}", self.name),
            };
            assert_eq!(
                format_register(&laid).as_deref(),
                Ok(&*laid),
                "walk {}",
                self.name
            );
            let mut old: Vec<&str> = unchanged_parts::comments(own).iter().map(|c| c.1).collect();
            let mut new: Vec<&str> = unchanged_parts::comments(&laid)
                .iter()
                .map(|c| c.1)
                .collect();
            old.sort_unstable();
            new.sort_unstable();
            assert_eq!(old, new, "walk {}\n{own}\n---\n{laid}", self.name);
            splices.extend(edit_between(own, &laid).map(|mut splice| {
                splice.span = splice.span.shifted(part.span.start);
                splice
            }));
        }
        if self
            .draft
            .apply_text_edits("Lay out", splices, UndoGrouping::Separate)
            == Ok(true)
        {
            self.noted();
            assert_eq!(records(&before), records(&self.now));
            assert_eq!(before.diagnostic_count(), self.now.diagnostic_count());
            if before.diagnostics.is_empty() {
                let tell = || format!("walk {}", self.name);
                same(Model::of(&before), Model::of(&self.now), &tell);
            }
        }
    }

    fn repair(&mut self) {
        let before = self.draft.text().clone();
        let fixed = fix_text(&before);
        assert_eq!(fix_text(&fixed.text).fixes.len(), 0, "walk {}", self.name);
        assert_eq!(fix_text(&fixed.text).text, fixed.text);
        assert!(!fixed.fixes.is_empty() || fixed.text == *before);
        let splices = edit_between(&before, &fixed.text).into_iter().collect();
        if self
            .draft
            .apply_text_edits("Repair", splices, UndoGrouping::Separate)
            == Ok(true)
        {
            self.tally.fixed += 1;
            self.noted();
        }
    }
}

/// Panics with the lines that differ.
fn same(is: Model, wanted: Model, tell: &dyn Fn() -> String) {
    let (is, wanted) = (is.lines(), wanted.lines());
    if is != wanted {
        let only = |those: &[String], others: &[String]| -> Vec<String> {
            let only = those.iter().filter(|line| !others.contains(line));
            only.cloned().collect()
        };
        let (too_much, missing) = (only(&is, &wanted), only(&wanted, &is));
        panic!("too much: {too_much:#?}\nmissing: {missing:#?}\n{}", tell());
    }
}

/// Everything that was read: the head, and every record.
fn records(loaded: &LoadedRegister) -> Vec<String> {
    let r = &loaded.register;
    let head = format!(
        "{:?} {:?} {:?} {:?} {:?} {}",
        r.title, r.summary, r.compiled, r.compilers, r.license, loaded.unloaded_records
    );
    let all = r
        .iter_records()
        .map(|(at, record)| format!("{at:?} {}", record.json()));
    [head].into_iter().chain(all).collect()
}
